package tui_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// Somebody else works on the same store: the screen shows it by itself, and never
// moves the reviewer or takes a key.
func TestWhatOthersDoAppears(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30)
	lea := storetest.Session(t, "lea")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.", "> 3")
	rule := annotations.Change{Kind: annotations.EventRule, Sentence: 3, Verb: "rule", Ruling: &annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}}
	if _, err := store.Do(t.Context(), d.st, lea, id, rule); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("3: lea asks: who says so?; R there answers", "> 3", "query by lea")
	d.Type("jR")
	d.WaitFor("no lead asks anything of this sentence, nor ruled against your tag; open: 3", "> 4")
	d.Type("k")

	// The same person in another window.
	ana := storetest.Session(t, "ana")
	if _, err := store.Do(t.Context(), d.st, ana, id, storetest.Tag(5, 0, "contested")); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("5 C", "2 of 5 tagged", "> 3")

	// While a note is being written nothing moves; afterwards it is there.
	d.Type("mfirst")
	d.WaitFor("first")
	if _, err := store.Do(t.Context(), d.st, ana, id, storetest.Tag(6, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	d.Type(" second<enter>")
	d.WaitFor("3 of 5 tagged")
	if a := d.said(id, 3); a.Note != "first second" {
		t.Errorf("note %q", a.Note)
	}
}

func TestTheDeskShowsWhatOthersDo(t *testing.T) {
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	storetest.Import(t, st, ana, storetest.Article(t, "ferries", 6))
	d := show(t, st, annotations.Desk, 100, 30)
	d.WaitFor("1 article")
	storetest.Import(t, st, storetest.Session(t, "lea"), storetest.Article(t, "trains", 6))
	d.WaitFor("2 articles")
}

// A comparison follows what others say of its two texts, and of no other; what
// comes while the reviewer types waits.
func TestAComparisonShowsWhatOthersDo(t *testing.T) {
	st, original, rewrite := pier(t)
	other := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	d := show(t, st, annotations.Desk, 120, 40, func(o *tui.Options) { o.Compare = &tui.Comparison{AID: original, BID: rewrite} })
	d.WaitFor("compare", "> 1  from 1, 2, merged")
	lea := storetest.Session(t, "lea")
	say := func(id annotations.ArticleID, s annotations.SentenceID) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, lea, id, storetest.Tag(s, 0, "contextual")); err != nil {
			t.Fatal(err)
		}
	}
	say(other, 2)
	say(rewrite, 1)
	d.WaitFor("lea: tag", "> 1  from 1, 2, merged")
	if strings.Contains(d.Text(), "ferries") {
		t.Error("it tells of another article")
	}
	d.Type("/")
	d.WaitFor("Search both texts")
	say(original, 6)
	d.Type("pier")
	d.WaitFor("Search both texts", "pier", "6  left out  ~X contextual")
	d.Type("<enter>")
	d.WaitFor("6  left out  X contextual")
}

// What others save after the screen was read, and before it listens, is not missed.
func TestWhatOthersDoWhileTheScreenOpensAppears(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	lea := storetest.Session(t, "lea")
	for n := range 20 {
		d := show(t, st, id, 100, 30)
		d.WaitFor("ferries")
		s := annotations.SentenceID(n%5 + 2)
		if _, err := store.Do(t.Context(), st, lea, id, storetest.Tag(s, uint64(n/5), []string{"sourced", "contested", "contextual", "sourced"}[n/5])); err != nil {
			t.Fatal(err)
		}
		d.WaitFor("lea: tag")
		d.Stop()
		d.WaitEnd()
	}
}

// Of many events at once only the newest was looked at: what somebody did to the article
// on the screen was not shown, when their next act was about another one.
func TestWhatOthersDoHereIsShownAlsoWhenTheyGoOnElsewhere(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30)
	lea := storetest.Session(t, "lea")
	away := storetest.Import(t, d.st, lea, storetest.Article(t, "trains", 6))
	rule := func(id annotations.ArticleID, reason string) {
		t.Helper()
		c := annotations.Change{Kind: annotations.EventRule, Sentence: 2, Verb: "rule", Ruling: &annotations.Ruling{Verdict: annotations.Query, Reason: reason}}
		if _, err := store.Do(t.Context(), d.st, lea, id, c); err != nil {
			t.Fatal(err)
		}
	}
	d.Type("m") // so that both are there before the screen looks
	d.WaitFor("Note")
	rule(id, "who says so?")
	rule(away, "and there?")
	d.Type("<esc>")
	d.WaitFor("who says so?", "> 2")
}

// unread is a store whose log cannot be read so many times.
type unread struct {
	store.Store
	left atomic.Int64
}

func (d *unread) Events(ctx context.Context, q store.Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	if q.Article == annotations.Desk && d.left.Add(-1) >= 0 {
		return nil, after, errors.New("the log cannot be read now")
	}
	return d.Store.Events(ctx, q, after, limit)
}

// What others did was never shown when the log could not be read at the first try.
func TestWhatOthersDidIsReadAgainWhenItCouldNotBe(t *testing.T) {
	t.Parallel()
	for _, way := range []struct {
		name  string
		start func(*testing.T, store.Store, annotations.ArticleID, ...func(*tui.Options)) player
	}{{"on the screens", newScreens}, {"in lines", newLines}} {
		t.Run(way.name, func(t *testing.T) {
			st := &unread{Store: storetest.New(t)}
			id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
			p := way.start(t, st, id)
			p.Press("s")
			p.Expect("2 sourced. Saved.")
			st.left.Store(2)
			rule := annotations.Change{Kind: annotations.EventRule, Sentence: 3, Verb: "rule", Ruling: &annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}}
			if _, err := store.Do(t.Context(), st, storetest.Session(t, "lea"), id, rule); err != nil {
				t.Fatal(err)
			}
			for end := time.Now().Add(15 * time.Second); p.InLines() && st.left.Load() >= 0 && time.Now().Before(end); {
				p.Press("g 3") // it looks between lines
			}
			if p.InLines() {
				p.Press("g 2")
				p.Press("j")
			}
			p.Expect("who says so?")
			p.Quit()
		})
	}
}
