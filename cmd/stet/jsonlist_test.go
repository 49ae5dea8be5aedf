package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// fallingStore reads so many entries of the history and then fails.
type fallingStore struct {
	store.Store
	left int
}

var errMedium = errors.New("the medium does not answer")

func (f *fallingStore) Events(ctx context.Context, q store.Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	list, next, err := f.Store.Events(ctx, q, after, limit)
	if len(list) > f.left {
		list, err = list[:f.left], errMedium
	}
	return list, next, err
}

// The history is printed as it is read. Where reading failed in the middle, the list that
// had been begun was left open, and whoever read it had no JSON at all.
func TestAHistoryThatEndsInTheMiddleIsJSON(t *testing.T) {
	t.Parallel()
	for left, want := range map[int]int{0: 0, 1: 1, 2: 2} {
		w := newWorld(t)
		db := filepath.Join(w.dir, "stet.db")
		w.must("--db", db, "import", w.file("pier.txt", story))
		w.must("--db", db, "tag", "pier", "1-3", "contextual")
		a := &app{environment: w.environment()}
		a.flags.json, a.flags.db = true, db
		w.stdout.Reset()
		err := a.withStore(t.Context(), "log", false, func(d *desk) error {
			d.Store = &fallingStore{d.Store, left}
			return d.log(t.Context(), historyQuery{}, false)
		})
		if !errors.Is(err, errMedium) {
			t.Errorf("%d entries could be read: it ends with %v", left, err)
		}
		var list []eventJSON
		if want == 0 && w.stdout.Len() == 0 {
			continue
		}
		if err := json.Unmarshal(bytes.TrimSpace(w.stdout.Bytes()), &list); err != nil || len(list) != want {
			t.Errorf("%d entries could be read: %d are printed, %v:\n%s", left, len(list), err, w.stdout.String())
		}
	}
}
