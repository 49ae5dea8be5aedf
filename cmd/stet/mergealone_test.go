//go:build linux || darwin

package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stet.example/stet/store"
	"stet.example/stet/store/attach"
)

// While stores are merged the clock tells the times of the other. Whoever joined this
// program then had what they did dated by it, a year wrong where the other store was a
// year old.
func TestNobodyJoinsAProgramThatMerges(t *testing.T) {
	t.Parallel()
	other := newWorld(t)
	other.now = time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	other.vars["STET_DB"] = filepath.Join(other.dir, "other.db")
	other.must("import", other.file("pier.txt", story))
	other.must("tag", "pier", "1", "sourced")

	w := newWorld(t)
	db := filepath.Join(w.dir, "stet.db")
	w.vars["STET_DB"], w.vars["XDG_RUNTIME_DIR"] = db, t.TempDir()
	w.tty = true // for the bar, which tells when it merges
	env, tried := w.environment(), false
	env.stderr = &onWord{word: "merging", fn: func() {
		tried = true
		st, err := attach.Open(t.Context(), attach.Options{
			Options: store.Options{Path: db, Program: "stet tag", App: "test", Wait: 50 * time.Millisecond}, Actor: "zed", Folders: attach.Folders(env.getenv),
		})
		if err == nil {
			t.Error("somebody joined a program whose clock tells the time of another store")
			err = errors.Join(store.ErrHeld, st.Close())
		}
		if !errors.Is(err, store.ErrHeld) {
			t.Errorf("%v; want that it is held", err)
		}
	}}
	if code := run(context.Background(), env, []string{"merge", other.vars["STET_DB"]}); code != exitOK || !tried {
		t.Errorf("exit code %d, tried: %v, %s", code, tried, env.stderr)
	}
	w.tty = false
	if out := w.must("log", "--json"); !strings.Contains(out, `"2024-01-02T`) {
		t.Errorf("the times of the other store were not kept: %s", out)
	}
}
