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
	"stet.example/stet/tui"
)

// counting counts the entries that a screen reads.
type counting struct {
	store.Store
	read atomic.Int64
}

func (c *counting) Articles(ctx context.Context, who string, after annotations.ArticleID, limit int) ([]store.Summary, error) {
	list, err := c.Store.Articles(ctx, who, after, limit)
	c.read.Add(int64(len(list)))
	return list, err
}

func (c *counting) Summary(ctx context.Context, who string, id annotations.ArticleID) (store.Summary, error) {
	c.read.Add(1)
	return c.Store.Summary(ctx, who, id)
}

const manyArticles = 1100

// many makes a store of so many articles that the desk does not read all of them.
func many(t *testing.T) (st *counting, byName []store.Listed) {
	t.Helper()
	m, err := store.NewMemory(store.StoreID{1}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	lea := storetest.Session(t, "lea")
	for i := range manyArticles {
		a := storetest.Article(t, fmt.Sprintf("quay %d", i), 2)
		if i == 500 {
			a.Title = "Zebra quartz"
		}
		storetest.Import(t, m, lea, a)
	}
	byName, err = m.List(t.Context(), store.ByName, store.Listed{}, 2*manyArticles)
	if err != nil || len(byName) != manyArticles {
		t.Fatalf("%d articles, %v", len(byName), err)
	}
	return &counting{Store: m}, byName
}

func tagIn(t *testing.T, st store.Store, who string, id annotations.ArticleID) {
	t.Helper()
	if _, err := store.Do(t.Context(), st, storetest.Session(t, who), id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
}

func titleOf(t *testing.T, st *counting, id annotations.ArticleID) string {
	t.Helper()
	sum, err := st.Store.Summary(t.Context(), "ana", id)
	if err != nil {
		t.Fatal(err)
	}
	return sum.Title
}

// A desk of many articles is there at once, because it reads the entries of those
// alone that are seen: the ones that were touched lately, and the others as they
// come on the screen.
func TestADeskOfManyArticlesReadsWhatItShows(t *testing.T) {
	st, byName := many(t)
	tagIn(t, st, "ana", byName[700].ID)
	d := show(t, st, annotations.Desk, 100, 30)
	d.WaitFor("desk   more than 1000 articles", titleOf(t, st, byName[700].ID), "1/2   50%", titleOf(t, st, byName[0].ID))
	if n := st.read.Load(); n > 250 {
		t.Errorf("%d entries were read for the first screen", n)
	}
	d.Type("G")
	d.WaitFor("desk   1100 articles", titleOf(t, st, byName[manyArticles-1].ID), "0/2    0%")
	for range 3 {
		d.Type("<pgup>")
	}
	d.WaitFor(titleOf(t, st, byName[manyArticles-60].ID))
	if n := st.read.Load(); n > 800 {
		t.Errorf("%d entries were read for a few screens", n)
	}
	tagIn(t, st.Store, "ben", byName[333].ID)
	d.Type("g")
	d.WaitFor("desk   1100 articles", titleOf(t, st, byName[333].ID))
	d.Type("/")
	d.WaitFor("Show articles with these letters")
	d.Type("zebra quartz<enter>")
	d.WaitFor("> ", "Zebra quartz", "0/2    0%")
	d.Type("<enter>")
	d.WaitFor("0 of 2 tagged", "quay 500")
	d.Type("s")
	d.WaitFor("1 sourced. Saved.")
	d.Type("q<esc>")
	d.WaitFor("desk   1100 articles", "1/2   50%")
}

// In lines the same desk is told, and a number opens any of its articles.
func TestADeskOfManyArticlesInLines(t *testing.T) {
	st, byName := many(t)
	tagIn(t, st, "ana", byName[0].ID) // first either way: so places are those of names
	var out strings.Builder
	err := tui.RunPlain(t.Context(), tui.Options{
		Store: st, Session: storetest.Session(t, "ana"), Clock: storetest.Clock(), Reports: t.TempDir(),
		Input: strings.NewReader("1050\nq\nG\nq\n"), Output: &out,
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	last := byName[manyArticles-1]
	for _, want := range []string{"1100 articles", "1 " + byName[0].Name, "1 of 2 tagged", byName[1049].Name, fmt.Sprintf("%d %s. %s", manyArticles, last.Name, titleOf(t, st, last.ID))} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not told:\n%s", want, out.String())
		}
	}
}
