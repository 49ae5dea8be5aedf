package merge

import (
	"context"
	"errors"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Undo goes by what was merged: it takes back what the person did here, and what
// was done elsewhere only by hand.
func TestUndoTakesNothingBackThatWasMerged(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	y := newDesk(t, "y")
	y.bring(a)
	y.tag("ana", a.ID, 3, "contested")
	for _, kind := range []string{"memory", "file"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			var x store.Store = newDesk(t, "x")
			if kind == "file" {
				x = storetest.New(t)
			}
			ana := storetest.Session(t, "ana")
			id := storetest.Import(t, x, storetest.Session(t, "lena"), a)
			for s := range annotations.SentenceID(2) {
				if _, err := store.Do(t.Context(), x, ana, id, storetest.Tag(s+1, 0, "sourced")); err != nil {
					t.Fatal(err)
				}
			}
			if _, _, err := store.Revert(t.Context(), x, ana, annotations.Undo); err != nil {
				t.Fatal(err)
			}
			if _, err := Merge(t.Context(), x, y, Options{Lead: "lena", Tool: "stet test"}); err != nil {
				t.Fatal(err)
			}
			tagOf := func(s annotations.SentenceID) string {
				rows, err := x.State(t.Context(), id, s, s+1, 9)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rows {
					if r.Reviewer == "ana" {
						return r.Annotation.Tag
					}
				}
				return ""
			}
			if tagOf(3) != "contested" {
				t.Fatal("nothing was merged")
			}
			// What was undone before the merge can be done again after it, and back.
			for _, step := range []struct {
				mode annotations.Mode
				want string
			}{{annotations.Redo, "sourced"}, {annotations.Undo, ""}, {annotations.Redo, "sourced"}} {
				if _, _, err := store.Revert(t.Context(), x, ana, step.mode); err != nil || tagOf(2) != step.want {
					t.Errorf("sentence 2: %q, %v; want %q", tagOf(2), err, step.want)
				}
			}
			for range 2 {
				if _, _, err := store.Revert(t.Context(), x, ana, annotations.Undo); err != nil {
					t.Error(err)
				}
			}
			if _, _, err := store.Revert(t.Context(), x, ana, annotations.Undo); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("there is more to undo: %v", err)
			}
			if tagOf(1) != "" || tagOf(2) != "" || tagOf(3) != "contested" {
				t.Errorf("after undo: %q, %q, %q", tagOf(1), tagOf(2), tagOf(3))
			}
			storetest.MustCheck(t, x)
		})
	}
}

// Where a merge has changed what an act left, undo says so and stops there.
func TestUndoStopsWhereAMergeChangedWhatStood(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	x.tag("ana", a.ID, 1, "sourced")
	x.tag("ana", a.ID, 2, "sourced")
	y := x.copied("y")
	y.tag("ana", a.ID, 1, "contested") // in knowledge of ours
	x.tag("ana", a.ID, 3, "sourced")
	x.merge(y)
	undo := func() error {
		_, _, err := store.Revert(context.Background(), x, x.person("ana"), annotations.Undo)
		return err
	}
	if err := errors.Join(undo(), undo()); err != nil {
		t.Errorf("what the merge left alone: %v", err)
	}
	err := undo()
	if !errors.Is(err, store.ErrConflict) || !strings.Contains(err.Error(), "replaced since, by a merge") {
		t.Errorf("%v; want a conflict", err)
	}
	if got := x.says(a.ID, 1) + x.says(a.ID, 2) + x.says(a.ID, 3); got != "ana: contested" {
		t.Errorf("it says %q", got)
	}
	// A lead's undo does not take back what another lead ruled since.
	x.rule("lena", a.ID, 4, &annotations.Ruling{Verdict: annotations.Stet})
	x.rule("max", a.ID, 4, &annotations.Ruling{Verdict: annotations.Query})
	if _, _, err := store.Revert(context.Background(), x, x.person("lena"), annotations.Undo); !errors.Is(err, store.ErrConflict) {
		t.Errorf("%v; want a conflict", err)
	}
	if got := x.says(a.ID, 4); got != "ruling: query" {
		t.Errorf("it says %q", got)
	}
}
