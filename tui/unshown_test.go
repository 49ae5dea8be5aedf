package tui_test

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// Over a range or a count, a took what was suggested for sentences that were never on the
// screen: one key tagged forty sentences that nobody had looked at, and the history could
// not say what had been offered.
func TestARangeTakesNoSuggestionThatWasNeverOnTheScreen(t *testing.T) {
	for _, c := range []struct{ keys, first, took, left string }{
		{"Vg60<enter>", ">60", "60 as suggested; ", "are left, unseen until now"}, // each run of them is one range
		{"#40", "For how many", " 1-", "are left, unseen until now"},
	} {
		t.Run(c.keys, func(t *testing.T) {
			st := storetest.New(t)
			id := storetest.Import(t, st, storetest.Session(t, "ana"), voices(t, 60))
			d := show(t, st, id, 80, 24, suggesting)
			d.WaitFor("s~", "> 1")
			d.Type(c.keys)
			d.WaitFor(c.first)
			d.Type("a")
			d.WaitFor(c.took, c.left, "✓ saved")
			for s, offered := range offered(t, st, id) {
				if offered == "" {
					t.Errorf("%d was taken as suggested, and never offered", s)
				}
			}
			if a := d.said(id, 1); a.Tag != "sourced" {
				t.Errorf("1 was on the screen: %+v", a)
			}
			if a := d.said(id, 30); a.Tag != "" {
				t.Errorf("30 was never on the screen: %+v", a)
			}
		})
	}
}

// Who goes through the range first has seen all of it, whoever draws.
func TestARangeThatWasGoneThroughIsTakenWhole(t *testing.T) {
	for _, c := range []struct {
		name string
		how  func(*tui.Options)
	}{
		{"at once", func(*tui.Options) {}},
		{"at ticks", func(o *tui.Options) { o.Ticks = true }},
		{"over SSH", func(o *tui.Options) { o.Remote = true }},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := storetest.New(t)
			id := storetest.Import(t, st, storetest.Session(t, "ana"), voices(t, 60))
			d := show(t, st, id, 80, 24, suggesting, c.how)
			d.WaitFor("s~", "> 1")
			d.Type("V")
			for n := 2; n <= 40; n++ {
				d.Type("j")
				d.WaitFor(fmt.Sprintf(">%2d s~", n))
			}
			d.Type("a")
			d.WaitFor("1-40 as suggested. Saved.", "40 of 60 tagged")
			if got := offered(t, st, id); got[1] != "sourced" || got[20] != "sourced" || got[40] != "sourced" {
				t.Errorf("offered: %v", got)
			}
		})
	}
}

// In lines a took the suggestions that stood behind others on one line, or in a count,
// before any of them was told.
func TestInLinesNoSuggestionIsTakenThatWasNotTold(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), voices(t, 20))
	p := newLines(t, st, id, suggesting)
	p.Expect("Suggested: sourced")
	p.Press("a a a")
	p.Expect("1 sourced, as suggested. Saved.")
	p.Expect("not told yet")
	p.Expect("The rest of the line was left.")
	p.Press("# 5 a")
	p.Expect("2 sourced, as suggested; 4 more are left, unseen until now. Saved.")
	p.Press("a")
	p.Expect("3 sourced, as suggested. Saved.")
	p.Quit()
	for s, tag := range offered(t, st, id) {
		if tag == "" || s > 3 {
			t.Errorf("%d was taken; offered: %q", s, tag)
		}
	}
}

// stalled is a terminal that shows nothing more while it is stopped, as by ctrl+s, or
// behind a line that is gone.
type stalled struct {
	io.Writer
	mu sync.Mutex
}

func (s *stalled) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Writer.Write(b)
}

// taggedIn is how many sentences of an article ana has tagged.
func taggedIn(t *testing.T, st store.Store, id annotations.ArticleID) int {
	t.Helper()
	sum, err := st.Summary(t.Context(), "ana", id)
	if err != nil {
		t.Fatal(err)
	}
	return sum.Progress.Tagged
}

// stopped shows an article of 60 sentences on a terminal that has its first frame and stands
// still from then on, until it is unlocked.
func stopped(t *testing.T) (*desk, annotations.ArticleID, *stalled) {
	t.Helper()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), voices(t, 60))
	var out *stalled
	d := show(t, st, id, 80, 24, suggesting, func(o *tui.Options) {
		out = &stalled{Writer: o.Output}
		o.Output = out
	})
	d.WaitFor("s~", "> 1", "0 of 60 tagged")
	out.mu.Lock()
	return d, id, out
}

// Keys that came faster than the terminal showed anything took one suggestion after the
// other, to the end of the article.
func TestNoSuggestionIsTakenBeforeTheTerminalHasShownIt(t *testing.T) {
	d, id, out := stopped(t)
	d.Type(strings.Repeat("a", 40) + "<ctrl+c><ctrl+c>")
	d.WaitEnd()
	if n := taggedIn(t, d.st, id); n > 1 {
		t.Errorf("%d were tagged while the terminal showed nothing", n)
	}
	out.mu.Unlock()
}

// They wait, and all that is typed behind them: what they take then was shown.
func TestKeysThatTakeSuggestionsWaitForTheTerminal(t *testing.T) {
	d, id, out := stopped(t)
	d.Type(strings.Repeat("a", 40) + "jx")
	out.mu.Unlock()
	d.WaitFor("41 of 60 tagged", "42 contextual. Saved.")
	for s, tag := range offered(t, d.st, id) {
		if tag == "" && s <= 40 {
			t.Errorf("%d was never offered", s)
		}
	}
	if a := d.said(id, 41); a.Tag != "" {
		t.Errorf("41 was stepped over: %+v", a)
	}
}

// What was tagged while the terminal showed nothing was recorded as decided with the
// suggestion in sight.
func TestTheHistorySaysNothingWasSeenOnATerminalThatShowedNothing(t *testing.T) {
	d, id, out := stopped(t)
	d.Type(strings.Repeat("x", 50))
	d.Until(func(string) bool { return taggedIn(t, d.st, id) == 50 }, "tag 50")
	got := offered(t, d.st, id)
	out.mu.Unlock()
	if got[1] != "sourced" || got[2] != "sourced" {
		t.Errorf("the first were on the screen: %v", got)
	}
	for s := annotations.SentenceID(25); s <= 50; s++ {
		if seen, there := got[s]; !there || seen != "" {
			t.Errorf("%d was never on the screen; offered: %q, %v", s, seen, there)
		}
	}
}

// What was typed before the article was read for suggestions took one in the moment it was
// known, before it was on the screen.
func TestAKeyThatWaitsForASuggestionWaitsUntilItIsShown(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), voices(t, 3000))
	d := show(t, st, id, 80, 24, suggesting)
	d.WaitFor(">   1", "0 of 3000 tagged")
	d.Type("a")
	d.WaitFor("1 sourced, as suggested. Saved.", ">   2")
	if got := offered(t, st, id); got[1] != "sourced" {
		t.Errorf("offered: %v", got)
	}
}
