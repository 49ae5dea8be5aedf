package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// A command that was interrupted as it opened the store warned that the history "could
// not be compared with what was seen of it here": who reads that looks for a forger.
func TestAStoppedCommandDoesNotSuspectTheHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	a := &app{environment: w.environment()}
	d, err := a.open(t.Context(), "list", false)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // nothing was written
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if said := d.watched(ctx); said != "" {
		t.Errorf("it warns: %s", said)
	}
}

// closedStore is a context that ends when the store was opened and closed again.
type closedStore struct {
	context.Context
	lock   string
	opened *bool
	ended  chan struct{}
}

func (c closedStore) over() bool {
	info, err := os.Stat(c.lock)
	switch {
	case err != nil:
		return false
	case info.Size() > 0:
		*c.opened = true
	}
	return *c.opened && info.Size() == 0
}

func (c closedStore) Done() <-chan struct{} {
	if c.over() {
		return c.ended
	}
	return c.Context.Done()
}

func (c closedStore) Err() error {
	if c.over() {
		return context.Canceled
	}
	return c.Context.Err()
}

// Once the store was read, "stet export" did not heed ctrl+c: of a large store it went on
// for seconds, and wrote the file that nobody wanted any more.
func TestAnExportThatIsStoppedWritesNothing(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"export", "-o", "out.json"}, {"export", "--format", "csv", "-o", "out.csv"}, {"export", "--format", "html", "-o", "out.html"},
		{"export", "--format", "html", "-o", "out.zip"}, {"export", "--format", "all", "-o", "out"},
	} {
		w := newWorld(t)
		db := filepath.Join(w.dir, "s.db")
		w.must("--db", db, "import", w.file("pier.txt", story))
		ended := make(chan struct{})
		close(ended)
		ctx := closedStore{t.Context(), db + ".lock", new(bool), ended}
		out := filepath.Join(w.dir, args[len(args)-1])
		w.stderr.Reset()
		code := run(ctx, w.environment(), append([]string{"--db", db}, append(args[:len(args)-1:len(args)-1], out)...))
		if code != exitFailed || !strings.Contains(w.stderr.String(), "stopped on request") {
			t.Errorf("%v: exit code %d: %s", args, code, w.stderr.String())
		}
		if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%v: it was written (%v)", args, err)
		}
	}
}

func TestWorkThatIsStoppedIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	begun, never := make(chan struct{}), make(chan struct{})
	defer close(never)
	go func() { <-begun; stop() }()
	if _, err := unlessStopped(ctx, func() (int, error) { close(begun); <-never; return 1, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if n, err := unlessStopped(t.Context(), func() (int, error) { return 2, os.ErrExist }); n != 2 || !errors.Is(err, os.ErrExist) {
		t.Errorf("%d, %v", n, err)
	}
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("the caller's panic is %v", p)
		}
	}()
	unlessStopped(t.Context(), func() (int, error) { panic("broken") }) //nolint:errcheck // it does not return
}

// stopsAtSave is a store during whose save the program is told to stop.
type stopsAtSave struct {
	store.Store
	stop context.CancelFunc
	lost bool // the answer does not come any more
}

func (s stopsAtSave) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	r, err := s.Store.Append(ctx, b)
	s.stop()
	if s.lost {
		return store.Receipt{}, ctx.Err()
	}
	return r, err
}

// An undo that was interrupted just after it was saved said "start it again to go on":
// that took back the act before as well.
func TestAStoppedUndoIsNotToBeRunAgain(t *testing.T) {
	t.Parallel()
	for _, lost := range []bool{false, true} {
		w := newWorld(t)
		w.must("import", w.file("pier.txt", story))
		w.must("tag", "pier", "1", "sourced")
		w.must("tag", "pier", "2", "contextual")
		a := &app{environment: w.environment()}
		d, err := a.open(t.Context(), "undo", false)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		d.Store = stopsAtSave{d.Store, stop, lost}
		w.stdout.Reset()
		_, err = d.revert(ctx, annotations.Undo)
		switch said := w.stdout.String(); {
		case !lost && (err != nil || !strings.Contains(said, "undone: ")):
			t.Errorf("it says %q, %v", said, err)
		case lost && (err == nil || errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "look there before you run it again")):
			t.Errorf("it says %v", err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// stopsAt is an input that never comes, and at which the program is told to stop.
type stopsAt struct {
	stop context.CancelFunc
	end  context.Context //nolint:containedctx // of the test
}

func (s stopsAt) Read([]byte) (int, error) {
	s.stop()
	<-s.end.Done()
	return 0, io.EOF
}

// A merge that was told to stop while it waited for standard input went on waiting, and
// said when that ended that it "is neither a store nor a journal of one".
func TestAStoppedMergeDoesNotBlameItsInput(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	for _, command := range []string{"merge", "load", "restore", "import"} {
		ctx, stop := context.WithCancel(t.Context())
		env := w.environment()
		env.stdin = stopsAt{stop, t.Context()}
		w.stderr.Reset()
		code := run(ctx, env, []string{command, "-"})
		if said := w.stderr.String(); code != exitFailed || !strings.Contains(said, "stopped on request") || strings.Contains(said, "neither") {
			t.Errorf("%s: exit code %d: %s", command, code, said)
		}
	}
	w.must("check")
}

// The mirror of a store whose check was interrupted "cannot be replayed: context
// canceled", and the advice was to remove it.
func TestAStoppedCheckSaysNothingAgainstTheMirror(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	db := filepath.Join(w.dir, "s.db")
	w.must("--db", db, "import", w.file("pier.txt", story))
	a := &app{environment: w.environment()}
	d, err := a.openAt(t.Context(), "list", store.Options{Path: db})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // nothing was written
	ctx, stop := context.WithCancel(t.Context())
	stop()
	c := &checked{Path: db}
	if err := c.mirror(ctx, d, db+".mirror"); !errors.Is(err, context.Canceled) || len(c.Warnings) > 0 {
		t.Errorf("%v, and it warns: %q", err, c.Warnings)
	}
}
