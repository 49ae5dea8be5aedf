//go:build !windows

package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

func TestCompactionKeepsEverythingAndTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	digestOf := func(path string) string {
		t.Helper()
		s, err := store.Open(t.Context(), store.Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		d, err := digest(t.Context(), s, false)
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		return d
	}
	old, want := content(t, path), digestOf(path)
	out, err := store.Compact(t.Context(), store.Options{Path: path, App: "test"}, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if out.Before != int64(len(old)) || out.After == 0 || out.Events != 11 || content(t, out.Kept) != old {
		t.Errorf("%+v; the old file had %d bytes", out, len(old))
	}
	if got := digestOf(path); got != want {
		t.Error("the new file does not hold what the old one did")
	}
	storetest.MustCheckFile(t, path)
	s, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Do(t.Context(), s, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 9).ID, storetest.Tag(1, 1, "contested")); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if f.IsDir() {
			t.Errorf("%s was left behind", f.Name())
		}
	}
}

// While another program has the store, nothing is compacted; and while it is
// compacted nobody else gets it.
func TestCompactionNeedsTheLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	s := storetest.Open(t, path)
	_, err := store.Compact(t.Context(), store.Options{Path: path}, time.Now())
	explained(t, err, store.ErrHeld)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = store.Compact(t.Context(), store.Options{Path: path + ".none"}, time.Now())
	explained(t, err, store.ErrNotFound)
}

// A store of more sessions, people and events than fit beside the bucket list, or
// in one run of a chain, is as it should be after every way of writing it.
func TestALargerCrowdIsKeptInOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	open := func() *store.Bolt { // without a watch over reads: many are timed here
		t.Helper()
		s, err := store.Open(t.Context(), store.Options{Path: path, Create: true, Clock: storetest.Clock()})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	id := storetest.Import(t, s, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 9))
	crowd := make([]*store.Session, 40)
	for i := range crowd {
		crowd[i] = storetest.Session(t, string(rune('a'+i%26))+"-"+string(rune('a'+i/26)))
	}
	for round := range uint64(4) {
		for i, who := range crowd {
			if round > 0 && i%3 != 0 && round < 3 {
				continue // some stay away for a while
			}
			rows, err := s.State(t.Context(), id, 1, 2, 1000)
			if err != nil {
				t.Fatal(err)
			}
			rev := uint64(0)
			for _, r := range rows {
				if r.Reviewer == who.Actor {
					rev = r.Annotation.Rev
				}
			}
			b := who.Batch(id, storetest.Tag(1, rev, "sourced"))
			first, err := s.Append(t.Context(), b)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := s.Append(t.Context(), b); err != nil || again != first {
				t.Fatalf("the same act again: %+v, %v; want %+v", again, err, first)
			}
		}
		storetest.MustCheck(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		storetest.MustCheckFile(t, path)
		s = open()
	}
	events, err := everyEvent(s, store.Query{Article: id}, 0)
	if err != nil || len(events) < 100 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	for after := range events {
		got, _, err := s.Events(t.Context(), store.Query{Article: id}, uint64(after), 3)
		if err != nil || len(got) == 0 || got[0].Pos != uint64(after)+1 {
			t.Fatalf("after %d: %d events, %v", after, len(got), err)
		}
	}
	for _, who := range crowd {
		for _, mode := range []annotations.Mode{annotations.Undo, annotations.Undo, annotations.Redo, annotations.Undo} {
			if _, _, err := store.Revert(t.Context(), s, who, mode); err != nil {
				t.Fatalf("%s: %v", who.Actor, err)
			}
		}
	}
	storetest.MustCheck(t, s)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
