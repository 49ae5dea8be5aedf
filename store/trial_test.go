package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A command that made the store and then failed left an empty one behind: the next list
// said "no article yet" where it should have said that there is no store, and a mistyped
// --db was never noticed again.
func TestAStoreMadeOnTrialGoesWithoutASave(t *testing.T) {
	for name, c := range map[string]struct {
		before func(t *testing.T, path string)
		during func(t *testing.T, path string, s *store.Bolt)
		stays  bool
	}{
		"nothing saved": {},
		"an article imported": {during: func(t *testing.T, _ string, s *store.Bolt) {
			storetest.Import(t, s, storetest.Session(t, "ana"), storetest.Article(t, "pier", 3))
		}, stays: true},
		"it was there, and empty": {before: func(t *testing.T, path string) { made(t, path) }, stays: true},
		"the mirror of a lost one was put aside": {before: func(t *testing.T, path string) {
			if err := os.WriteFile(path+".mirror", []byte("what a lost store had"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, stays: true},
		"another was put in its place": {during: func(t *testing.T, path string, _ *store.Bolt) {
			other := path + ".other"
			if err := os.WriteFile(other, []byte("not this program's"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(other, path); err != nil {
				t.Skipf("an open file cannot be replaced here: %v", err)
			}
		}, stays: true},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "stet.db")
			if c.before != nil {
				c.before(t, path)
			}
			s, err := store.Open(t.Context(), store.Options{Path: path, Create: true, Trial: true})
			if err != nil {
				t.Fatal(err)
			}
			if c.during != nil {
				c.during(t, path, s)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			for _, ending := range []string{"", ".mirror", ".place"} {
				if _, err := os.Stat(path + ending); !c.stays && !errors.Is(err, os.ErrNotExist) {
					t.Errorf("stet.db%s is still there (%v)", ending, err)
				} else if c.stays && ending == "" && err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// waited tells when somebody begins to wait for its end.
type waited struct {
	context.Context
	once  sync.Once
	began chan struct{}
}

func (w *waited) Done() <-chan struct{} {
	w.once.Do(func() { close(w.began) })
	return w.Context.Done()
}

// Who only reads made an empty store when the file went while the lock was waited for.
func TestAStoreThatGoesMeanwhileIsNotMadeAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	s, err := store.Open(t.Context(), store.Options{Path: path, Create: true, Trial: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx := &waited{Context: t.Context(), began: make(chan struct{})}
	told := make(chan error, 1)
	go func() {
		_, err := store.Open(ctx, store.Options{Path: path, Wait: time.Minute})
		told <- err
	}()
	<-ctx.began
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-told; !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%v; want no store there", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a store was made (%v)", err)
	}
}
