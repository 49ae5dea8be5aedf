package tui

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
)

// Whoever presses undo and leaves before it is answered ends without an error,
// where there was nothing to take back.
func TestLeavingWithNothingToUndoIsNoFailure(t *testing.T) {
	st := storetest.New(t)
	for _, m := range []annotations.Mode{annotations.Undo, annotations.Redo} {
		out := &outbox{store: st, session: storetest.Session(t, "ana")}
		out.add(entry{revert: m})
		if err := lastDrain(t.Context(), out, nil); err != nil {
			t.Errorf("%v: %v", m, err)
		}
	}
}
