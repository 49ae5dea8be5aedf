package tui_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// revision imports a text as the one after another.
func revision(t *testing.T, st store.Store, who *store.Session, name string, of annotations.ArticleID, n int, text string) annotations.ArticleID {
	t.Helper()
	a := read(t, text)
	a.Name, a.Parent, a.Revision = name, of, n
	return storetest.Import(t, st, who, a)
}

func links(to ...annotations.Target) annotations.Change {
	c := storetest.Tag(1, 0, "contested")
	for _, t := range to {
		c.Annotation.Links = append(c.Annotation.Links, annotations.Link{Relation: annotations.Disputes, Manner: annotations.Direct, To: t})
	}
	return c
}

// A link to a sentence of an article that was revised since led to the old text without
// a word. It says now what stands in the newest text, and goes there.
func TestALinkIntoAnOldTextTellsOfTheNewer(t *testing.T) {
	st, ana := storetest.New(t), storetest.Session(t, "ana")
	const closed, calm, hurt = "The port closed in May, the board said. ", "The sea was calm. ", "Nobody was hurt in the storm on Sunday.\n"
	crews := func(boats, pier string) string {
		return "But the crews of " + boats + " boats still say that they can land at the " + pier + ". "
	}
	old := storetest.Import(t, st, ana, read(t, closed+crews("eleven", "pier")+calm+hurt))
	mid := revision(t, st, ana, "port-r2", old, 2, closed+crews("nine", "pier")+hurt)
	last := revision(t, st, ana, "port-r3", mid, 3, "It rained all day. "+closed+crews("nine", "old pier")+hurt)
	here := storetest.Import(t, st, ana, ferries(t, 4))
	change := links(annotations.Target{Article: old, Sentence: 1}, annotations.Target{Article: old, Sentence: 2}, annotations.Target{Article: old, Sentence: 3})
	if _, err := store.Do(t.Context(), st, ana, here, change); err != nil {
		t.Fatal(err)
	}
	d := show(t, st, here, 160, 45)
	d.Type("g1<enter>")
	d.WaitFor("vs 3 elsewhere", "the newer port-r3", "has it as 2", "eleven", "in the newer port-r3 it may be 3", "nine boats", "port-r3 is a newer text, which")
	d.Type("l")
	d.WaitFor("go to the newer text, port-r3 3")
	d.Type("port-r3 3<enter>")
	d.WaitFor("port-r3", "3/4", "> 3")
	d.Type("q")
	d.WaitFor("desk")
	d.Stop()
	d.WaitEnd()

	// Whoever opens an older text is told once.
	d = show(t, st, mid, 160, 45)
	d.WaitFor("this is an older text: port-r3 is the newer one")
	d.Type("j")
	d.WaitGone("older text")
	d.Type("s")
	d.WaitFor("Saved.")
	d.Stop()
	d.WaitEnd()
	d = show(t, st, old, 160, 45) // of several the newest is named
	d.WaitFor("this is an older text: port-r3 is the newer one")
	d.Stop()
	d.WaitEnd()
	d = show(t, st, last, 160, 45)
	d.WaitFor("0 of 4 tagged")
	d.Type("s")
	d.WaitFor("3 sourced. Saved.") // what is said behind the first frame would stand there
}

// reads counts how often what belongs to one article is read.
type reads struct {
	store.Store
	of        annotations.Hash
	summaries atomic.Int64
	tables    atomic.Int64
	id        annotations.ArticleID
}

func (r *reads) Summary(ctx context.Context, who string, id annotations.ArticleID) (store.Summary, error) {
	if id == r.id {
		r.summaries.Add(1)
	}
	return r.Store.Summary(ctx, who, id)
}

func (r *reads) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	if h == r.of {
		r.tables.Add(1)
	}
	return r.Store.Blob(ctx, h, off, n)
}

// Forty links into one article read its sentences forty times.
func TestAnArticleThatLinksLeadToIsReadOnce(t *testing.T) {
	st, ana := storetest.New(t), storetest.Session(t, "ana")
	other := storetest.Article(t, "trains", 50)
	to := storetest.Import(t, st, ana, other)
	here := storetest.Import(t, st, ana, ferries(t, 4))
	var aims []annotations.Target
	for n := range 40 {
		aims = append(aims, annotations.Target{Article: to, Sentence: annotations.SentenceID(n + 3)})
	}
	if _, err := store.Do(t.Context(), st, ana, here, links(aims...)); err != nil {
		t.Fatal(err)
	}
	counting := &reads{Store: st, of: other.Table, id: to}
	d := show(t, counting, here, 160, 45)
	d.Type("g1<enter>l")
	d.WaitFor("go to ", "Sentence 3 of trains")
	if s, n := counting.summaries.Load(), counting.tables.Load(); s != 1 || n != 1 {
		t.Errorf("the article is looked up %d times, its sentences are read %d times", s, n)
	}
}

// Two texts that each say they are made from the other were compared as often as there
// are revisions in the store, while keys waited.
func TestTextsThatAreMadeFromEachOtherAreNotComparedForEver(t *testing.T) {
	st, ana := storetest.New(t), storetest.Session(t, "ana")
	one, two := storetest.Article(t, "trains", 5), storetest.Article(t, "trams", 5)
	one.Parent, two.Parent = two.ID, one.ID
	to := storetest.Import(t, st, ana, one)
	storetest.Import(t, st, ana, two)
	for i := range 30 {
		from := storetest.Import(t, st, ana, storetest.Article(t, fmt.Sprint("ships", i), 2))
		a := storetest.Article(t, fmt.Sprint("boats", i), 2)
		a.Parent, a.Revision = from, 2
		storetest.Import(t, st, ana, a)
	}
	here := storetest.Import(t, st, ana, ferries(t, 4))
	if _, err := store.Do(t.Context(), st, ana, here, links(annotations.Target{Article: to, Sentence: 3})); err != nil {
		t.Fatal(err)
	}
	counting := &reads{Store: st, of: one.Table, id: to}
	d := show(t, counting, here, 160, 45)
	d.Type("g1<enter>l")
	d.WaitFor("go to ", "Sentence 3 of trains")
	if strings.Contains(d.Text(), "newer") {
		t.Errorf("\n%s", d.Text())
	}
	if n := counting.tables.Load(); n > 3 {
		t.Errorf("its sentences are read %d times", n)
	}
}

// To find out that there was no newer text, opening an article read the entries of a
// thousand others, or of twenty thousand where there was a link.
func TestOpeningAnArticleReadsNoOthers(t *testing.T) {
	st, byName := many(t)
	last := byName[manyArticles-1]
	tagged := byName[0]
	change := links(annotations.Target{Article: last.ID, Sentence: 2})
	if _, err := store.Do(t.Context(), st.Store, storetest.Session(t, "ana"), tagged.ID, change); err != nil {
		t.Fatal(err)
	}
	revision(t, st.Store, storetest.Session(t, "ana"), "quay-r2", last.ID, 2, "The quay was closed. It is open.\n")
	st.read.Store(0)
	d := show(t, st, tagged.ID, 160, 45)
	d.Type("g1<enter>")
	d.WaitFor("vs elsewhere", "quay-r2 is a newer", "text, which does not have it so")
	d.Stop()
	d.WaitEnd()
	if n := st.read.Load(); n == 0 || n > 10 {
		t.Errorf("%d entries were read", n)
	}
}
