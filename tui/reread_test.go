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

// unlisted is a store that cannot say how far articles are, so many times; each try is
// told.
type unlisted struct {
	store.Store
	left  atomic.Int64
	tried chan struct{}
}

func (u *unlisted) Summary(ctx context.Context, who string, id annotations.ArticleID) (store.Summary, error) {
	if u.left.Add(-1) >= 0 {
		select {
		case u.tried <- struct{}{}:
		default:
		}
		return store.Summary{}, errors.New("the entry cannot be read now")
	}
	return u.Store.Summary(ctx, who, id)
}

func unreadable(t *testing.T) *unlisted {
	t.Helper()
	return &unlisted{Store: storetest.New(t), tried: make(chan struct{}, 1)}
}

// What others did to the open article was never shown when it could not be read at the
// first try; and what was refused stayed on the screen.
func TestAnArticleIsReadAgainWhenItCouldNotBe(t *testing.T) {
	t.Parallel()
	for _, way := range []struct {
		name  string
		start func(*testing.T, store.Store, annotations.ArticleID, ...func(*tui.Options)) player
	}{{"on the screens", newScreens}, {"in lines", newLines}} {
		t.Run(way.name, func(t *testing.T) {
			st := unreadable(t)
			id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
			p := way.start(t, st, id)
			p.Press("s")
			p.Expect("2 sourced. Saved.")
			st.left.Store(2)
			if _, err := store.Do(t.Context(), st.Store, storetest.Session(t, "ana"), id, storetest.Tag(5, 0, "contested")); err != nil {
				t.Fatal(err)
			}
			if p.InLines() { // it looks between lines
				for st.left.Load() > 0 {
					p.Press("g 3")
				}
				p.Press("g 2")
				p.Press("g 5")
				p.Expect("contested")
			} else {
				p.Expect("5 C", "2 of 5 tagged")
			}
			p.Quit()
		})
	}
}

// While the article cannot be read the reviewer works on; the fault is said once, and
// its words go when it is over.
func TestWorkGoesOnWhileAnArticleCannotBeReadAgain(t *testing.T) {
	t.Parallel()
	st := unreadable(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	d := show(t, st, id, 100, 30)
	d.WaitFor("0 of 5 tagged")
	st.left.Store(1 << 40)
	if _, err := store.Do(t.Context(), st.Store, storetest.Session(t, "ana"), id, storetest.Tag(5, 0, "contested")); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("The entry cannot be read now")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.", "1 of 5 tagged")
	for range 2 { // tries later it still stands there
		select {
		case <-st.tried:
		default:
		}
		select {
		case <-st.tried:
		case <-time.After(15 * time.Second):
			t.Fatal("it is not tried again")
		}
	}
	d.WaitFor("2 sourced. Saved.")
	st.left.Store(0)
	d.WaitFor("2 of 5 tagged", "5 C")
	if strings.Contains(d.Text(), "cannot be read") {
		t.Errorf("the fault is still said:\n%s", d.Text())
	}
}

// A comparison that could not be read anew stayed as it was.
func TestAComparisonIsReadAgainWhenItCouldNotBe(t *testing.T) {
	t.Parallel()
	whole, original, rewrite := pier(t)
	st := &unlisted{Store: whole, tried: make(chan struct{}, 1)}
	d := show(t, st, annotations.Desk, 120, 40, func(o *tui.Options) { o.Compare = &tui.Comparison{AID: original, BID: rewrite} })
	d.WaitFor("6  left out  ~X contextual")
	st.left.Store(2)
	if _, err := store.Do(t.Context(), whole, storetest.Session(t, "lea"), original, storetest.Tag(6, 0, "contested")); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("6  left out  C contested")
}

// A count within a range was left aside without a word.
func TestACountInARangeIsNotLeftAsideWithoutAWord(t *testing.T) {
	d, id := open(t, ferries(t, 12), 80, 24)
	d.Type("Vj#4s")
	d.WaitFor("which sentences are meant", "range 2, 3", "0 of 11 tagged")
	d.Type("#4K")
	d.WaitFor("a count does nothing with that key", "range 2, 3")
	d.Type("#2js")
	d.WaitFor("2-5 sourced. Saved.", "4 of 11 tagged")
	if a := d.said(id, 6); !a.IsZero() {
		t.Errorf("6 is tagged: %+v", a)
	}
}

// A lead had ruled that no tag is right: the comparison showed what the reviewers said, or
// a suggestion. A question that a lead asks was not to be seen at all.
func TestAComparisonKnowsWhatALeadRuled(t *testing.T) {
	st, original, rewrite := pier(t)
	do := func(who string, c annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, storetest.Session(t, who), original, c); err != nil {
			t.Fatal(err)
		}
	}
	rule := func(s annotations.SentenceID, r annotations.Ruling) annotations.Change {
		return annotations.Change{Kind: annotations.EventRule, Sentence: s, Verb: "rule", Ruling: &r}
	}
	do("zoe", storetest.Tag(6, 0, "contested"))
	for _, w := range []int{80, 120} {
		d := show(t, st, annotations.Desk, w, 50, func(o *tui.Options) { o.Compare = &tui.Comparison{AID: original, BID: rewrite} })
		if w == 80 {
			d.WaitFor("6  left out  C contested", "7  left out  ~")
			do("max", rule(6, annotations.Ruling{Verdict: annotations.Neither, Reason: "no claim"}))
			d.WaitFor("6  left out  ? neither")
			do("max", rule(7, annotations.Ruling{Verdict: annotations.Neither, Reason: "no claim"}))
			d.WaitFor("7  left out  ? neither")
			do("max", rule(8, annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}))
			do("max", rule(1, annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}))
		}
		d.WaitFor("6  left out  ? neither", "8  left out  ~C contested · query by max", "1  from 1, 2, merged · query by max on 1")
		d.Stop()
		d.WaitEnd()
	}
}

// blind is a team of a lead and two reviewers; open: they see each other's work.
func blind(t *testing.T, st store.Store, open bool) {
	t.Helper()
	team := annotations.Team{Open: open, Members: []annotations.Member{
		{Name: "ana", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}, {Name: "zoe", Role: annotations.Reviewer},
	}}
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "lea"), annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team}); err != nil {
		t.Fatal(err)
	}
}

// The lead had the team work blind, or no more: an open comparison went on showing what
// it showed.
func TestAComparisonFollowsTheTeam(t *testing.T) {
	st, original, rewrite := pier(t)
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "zoe"), original, storetest.Tag(6, 0, "contested")); err != nil {
		t.Fatal(err)
	}
	blind(t, st, true)
	d := show(t, store.For(st, "ana"), annotations.Desk, 120, 40, func(o *tui.Options) { o.Compare = &tui.Comparison{AID: original, BID: rewrite} })
	d.WaitFor("6  left out  C contested")
	blind(t, st, false)
	d.WaitFor("6  left out  ~X contextual")
	d.Type("/")
	d.WaitFor("Search both texts")
	blind(t, st, true)
	d.Type("pier<enter>")
	d.WaitFor("6  left out  C contested")
}

// So did an open article: with what was ruled on it, and with what others said of the
// text that it was made from.
func TestAnArticleFollowsTheTeam(t *testing.T) {
	st, original, rewrite := pier(t)
	do := func(who string, id annotations.ArticleID, c annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, storetest.Session(t, who), id, c); err != nil {
			t.Fatal(err)
		}
	}
	do("zoe", original, storetest.Tag(1, 0, "contested"))
	do("zoe", rewrite, storetest.Tag(1, 0, "contested"))
	do("lea", rewrite, annotations.Change{Kind: annotations.EventRule, Sentence: 1, Verb: "rule", Ruling: &annotations.Ruling{Verdict: annotations.Stet, Reviewer: "zoe"}})
	blind(t, st, true)
	d := show(t, store.For(st, "ana"), rewrite, 120, 40, suggesting, func(o *tui.Options) { o.Against = original })
	d.WaitFor("(zoe", "stet by lea")
	blind(t, st, false)
	d.WaitGone("(zoe")
	d.WaitGone("by lea")
	d.Type("C")
	d.WaitFor("compare", "1  from 1, 2, merged")
	blind(t, st, true)
	d.Type("q")
	d.WaitFor("echo-pier", "(zoe", "by lea")
}
