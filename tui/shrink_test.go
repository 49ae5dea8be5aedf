package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// The same keys come to the same log, whether the terminal keeps its size or shrinks to
// where nothing is shown and grows again between any two of them.
func TestWhatIsTypedAcrossAShrinkingTerminalIsWhatIsDone(t *testing.T) {
	for seed := range uint64(*walks) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 5)) //nolint:gosec // a test's choices
			var typed []string
			for all := acts(); len(typed) < 40; {
				keys := all[r.IntN(len(all))]
				if !strings.HasPrefix(keys, ":") { // whether undo is possible may be known before enter, or not yet
					typed = append(typed, keys)
				}
			}
			still, shrinking := shrunk(t, typed, nil), shrunk(t, typed, r)
			if still != shrinking {
				t.Errorf("%s\n%s", strings.Join(typed, " "), difference(still, shrinking))
			}
		})
	}
}

// shrunk types into a window of a new store, which shrinks and grows as r has it; it
// returns what was logged, and where the window is then.
func shrunk(t *testing.T, typed []string, r *rand.Rand) string {
	t.Helper()
	st := storetest.New(t)
	id := walking(t, st)
	order := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // a test's choices
	w := newWindow(t, order, st, "ana", id, 120, 130)
	w.rest()
	small := false
	for _, keys := range typed {
		for _, k := range keysOf(keys) {
			if r != nil && r.IntN(3) == 0 {
				small = !small
				size := tea.WindowSizeMsg{Width: 120, Height: 130}
				if small {
					size = tea.WindowSizeMsg{Width: 39, Height: 9}
				}
				w.send(size)
				w.rest()
			}
			w.send(k)
			w.rest()
		}
	}
	w.send(tea.WindowSizeMsg{Width: 120, Height: 130})
	w.rest()
	if len(w.a.held) > 0 {
		t.Fatalf("%d keys wait still", len(w.a.held))
	}
	var out []string
	events, _, err := st.Events(t.Context(), store.Query{Article: id}, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for i := range events {
		if e := &events[i]; e.Actor == "ana" {
			out = append(out, fmt.Sprintf("%d %v %s of %s: %s", i, e.Mode, e.Verb, e.Sentence, described(e)))
		}
	}
	at := annotations.SentenceID(0)
	if w.a.review != nil {
		at = w.a.review.Current()
	}
	return strings.Join(append(out, fmt.Sprint("at ", at)), "\n")
}
