package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// textOf cuts a text as an import does.
func textOf(text string) *annotations.Article {
	a := &annotations.Article{Body: text}
	a.Language = "en"
	a.Units = segment.Append(nil, a.Body, segment.Options{Lang: "en"})
	return a
}

// saidHere is what ana said of a sentence, as it is on the disk.
func (b *byHand) saidHere(id annotations.SentenceID) annotations.Annotation {
	b.t.Helper()
	rows, err := b.o.Store.State(b.t.Context(), b.review.Article(), id, id+1, 10)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, r := range rows {
		if r.Reviewer == "ana" && r.Ruling == nil {
			return r.Annotation.Annotation
		}
	}
	return annotations.Annotation{}
}

// The other side that was proposed for a sentence was joined with the sentence before:
// taking the suggestion linked to a sentence that was gone.
func TestASuggestionDoesNotLeadToASentenceThatWasJoined(t *testing.T) {
	t.Parallel()
	b := opened(t, textOf("The gate is old. The ministry said the bridge is safe. But engineers say the bridge is not safe.\n"))
	b.all()
	b.types("g3\na")
	b.all()
	a := b.saidHere(3)
	if len(a.Links) != 1 || a.Links[0].To.Sentence != 2 {
		t.Fatalf("%+v %q: the test shows nothing", a, b.message)
	}
	b.types("u")
	b.all()
	b.types("g1\nJg2\na")
	b.all()
	if b.saidHere(3).Tag != "contested" {
		t.Errorf("%q", b.message)
	}
	for _, l := range b.saidHere(3).Links {
		if b.review.Place(l.To.Sentence) == 0 {
			t.Errorf("a link to %d, which is no longer there: %q", l.To.Sentence, b.message)
		}
	}
}

// While a key waited for suggestions, a refused save let the keys behind it go first: the
// suggestion was taken on another sentence.
func TestKeysKeepTheirOrderWhileAPartIsRead(t *testing.T) {
	t.Parallel()
	b := longStarted(t, 9000)
	b.all()
	b.types("g5000\n")
	b.types("aj")
	if !b.waits() {
		t.Fatal("nothing waits")
	}
	_, cmd := b.Update(b.load.reload(b.shown(), all(), 0)) // as after a save that was refused
	b.work = append(b.work, cmd)
	b.all()
	if a := b.saidHere(5000); a.Tag != "sourced" {
		t.Errorf("5000 is %q; %q", a.Tag, b.message)
	}
	if at, _ := b.review.Number(); at != 5002 {
		t.Errorf("at %d", at)
	}
}

// What needs a look first was read of the whole of a long article; when somebody else cut
// one sentence, the filter showed what was read around the reviewer only.
func TestALookAtTheWholeHoldsWhenOthersCut(t *testing.T) {
	t.Parallel()
	art := articleOf("en", 9000, func(i int) string {
		switch i % 1000 {
		case 500:
			return fmt.Sprintf("The ministry said bridge %d is safe.", i)
		case 501:
			return fmt.Sprintf("But engineers say bridge %d is not safe.", i-1)
		}
		return fmt.Sprintf("Pier %d will close in May, Anna Berg%d said on Monday.", i, i)
	})
	b := opened(t, art)
	b.all()
	b.types("fneeds a look\n")
	b.all()
	name, n := b.review.Filter()
	if name == "" || n < 5 {
		t.Fatalf("%q shows %d: %q", name, n, b.message)
	}
	lea := storetest.Session(t, "ana")
	shown := wholeOf(t, b.review)
	u := shown.Units[7]
	now, err := annotations.SplitUnit(shown.Body, shown.Units, u.ID, u.Span.Start+strings.Index(u.Span.In(shown.Body), " will"), shown.NextID())
	if err != nil {
		t.Fatal(err)
	}
	cut, err := annotations.CutOf(shown.Body, &shown.Meta, shown.Units, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.o.Store.PutBlob(t.Context(), string(annotations.AppendTable(nil, now))); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Do(t.Context(), b.o.Store, lea, shown.ID, annotations.Change{Kind: annotations.EventCut, Verb: "split", Sentence: u.ID, Cut: &cut}); err != nil {
		t.Fatal(err)
	}
	_, cmd := b.Update(b.load.reload(b.shown(), all(), 0))
	b.work = append(b.work, cmd)
	b.all()
	if _, of := b.review.Number(); of != 9001 {
		t.Fatalf("%d sentences", of)
	}
	if now, m := b.review.Filter(); now != name || m != n {
		t.Errorf("%q shows %d; before the cut it was %q with %d", now, m, name, n)
	}
}

// What somebody else did while the whole article was read came on the screen with the
// next key only.
func TestWhatOthersDidWhileKeysWaitedIsShown(t *testing.T) {
	t.Parallel()
	b := longStarted(t, 9000)
	b.measure()
	b.all()
	b.types("fneeds a look\n")
	if !b.waits() {
		t.Fatalf("%q", b.message)
	}
	rule := annotations.Change{Kind: annotations.EventRule, Sentence: 1, Verb: "rule", Ruling: &annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}}
	if _, err := store.Do(t.Context(), b.o.Store, storetest.Session(t, "lea"), b.review.Article(), rule); err != nil {
		t.Fatal(err)
	}
	info, err := b.o.Store.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.work = append([]tea.Cmd{func() tea.Msg { return b.load.news(b.known, info.Events, b.o.Session.ID) }}, b.work...)
	b.all()
	rows, _, _ := b.review.Body(b.look, 100, 24)
	if text := strings.Join(rows, "\n"); !strings.Contains(text, "who says so?") {
		t.Errorf("%q\n%s", b.message, text)
	}
}

// A range reaches over parts that were gone through, and are forgotten: what is taken of it is
// all of it.
func TestASuggestionForManyWaitsForAllOfThem(t *testing.T) {
	t.Parallel()
	b := longStarted(t, 30_000)
	b.all()
	const first = 5200
	b.types(fmt.Sprintf("g%d\nV", first))
	for range 49 {
		b.all()
		b.View()
		b.types("j")
	}
	b.all()
	b.View()
	for at := 7000; b.review.Proposed(first); at += 1500 {
		if at > 30_000 {
			t.Fatal("nothing is forgotten")
		}
		b.types(fmt.Sprintf("g%d\n", at))
		b.all()
	}
	b.types(fmt.Sprintf("g%d\n", first+49)) // they are on their way
	b.types("a")
	if b.review.Proposed(first) || !b.waits() {
		t.Error("it does not wait: the test shows nothing")
	}
	b.all()
	n := 0
	for i := first; i < first+50; i++ {
		if b.saidHere(annotations.SentenceID(i)).Tag == "sourced" {
			n++
		}
	}
	if n != 50 {
		t.Errorf("%d of 50 were taken: %q", n, b.message)
	}
}

// Who compared a revision before it was read what its sentences come from, came back to
// an article that did not say it.
func TestWhatIsReadWhileTextsAreComparedIsThereAfterwards(t *testing.T) {
	t.Parallel()
	st, who := storetest.New(t), storetest.Session(t, "ana")
	var ids []annotations.ArticleID
	for _, n := range []string{"eleven", "nine"} {
		art := textOf("The port closed in May, the board said. The crews of " + n + " boats cannot land at the pier.\n")
		if art.Revision = 1; len(ids) > 0 {
			art.Parent, art.Revision = ids[0], 2
		}
		if err := art.Seal(); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, storetest.Import(t, st, who, art))
	}
	b := inHand(t, st, who, ids[1])
	late := b.work
	b.work = nil
	b.types("C")
	_, cmd := b.Update(b.load.compared(Comparison{AID: ids[0], BID: ids[1]}, false, ""))
	b.work = append(late, cmd)
	b.all()
	b.types("q")
	b.all()
	b.types("g2\n")
	b.all()
	rows, _, _ := b.review.Body(b.look, 160, 24)
	if text := strings.Join(rows, "\n"); !strings.Contains(text, "before 2: “The crews of eleven") {
		t.Errorf("%s", text)
	}
}
