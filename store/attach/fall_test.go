//go:build linux || darwin

package attach

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// childFall saves until the disk fails, says what its calls say from then on, and
// stays until its stdin ends: it is its stepping down that frees the store, not
// its death.
func childFall(path, dir, who string) int {
	ctx := context.Background()
	s, err := Open(ctx, Options{
		Options: store.Options{Path: path, Program: "stet review", App: "test", Create: true, Wait: 20 * time.Second}, Actor: who, Folders: []string{dir},
	})
	if err != nil {
		fmt.Println("open:", err)
		return 1
	}
	err = save(ctx, s, who)
	if !errors.Is(err, store.ErrPoisoned) {
		fmt.Println("failed:", err)
		return 1
	}
	<-s.Fallen()
	session, err := store.NewSession(who, "test")
	if err != nil {
		fmt.Println("failed:", err)
		return 1
	}
	_, write := s.Append(ctx, session.Batch(annotations.Desk))
	_, read := s.Stat(ctx)
	fmt.Println("fell", errors.Is(write, store.ErrPoisoned), errors.Is(read, store.ErrPoisoned), s.Owns())
	io.Copy(io.Discard, os.Stdin)
	fmt.Println("closed", s.Close())
	return 0
}

// An owner whose disk fails lets the store go although it lives on, and says so
// at each call. Its clients notice nothing: what they had sent is saved once, by
// the one of them that checks the file and takes over.
func TestAnOwnerWhoseDiskFailsStepsDown(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed; with it this test makes the disk fail (apt-get install strace)")
	}
	for _, k := range []int{6, 7, 30, 41} { // calls are counted for each thread, and a save makes two
		t.Run(fmt.Sprintf("at sync %d", k), func(t *testing.T) {
			t.Parallel()
			path, dir := filepath.Join(t.TempDir(), "stet.db"), filepath.Join(socketDir(t), "stet")
			first := startChild(t, "save", path, dir, "nobody") // makes the file, so that only saves can fail
			first.until(t, "saved")
			first.kill()
			owner := startUnder(t, []string{tool, "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "signal=none", "-e", fmt.Sprintf("inject=fdatasync:error=EIO:when=%d+", k)}, "fall", path, dir, "ana")
			crew := &crew{tb: t, path: path, dir: dir}
			crew.note("ana", owner.until(t, "ready"))
			ben, cyd := startChild(t, "save", path, dir, "ben"), startChild(t, "save", path, dir, "cyd")
			owned := make(chan string, 2)
			for who, c := range map[string]*child{"ben": ben, "cyd": cyd} {
				go func() {
					for line, ok := c.line(); ok; line, ok = c.line() {
						if crew.note(who, line); line == "owner" || line == "ready true" {
							owned <- who
						}
					}
					owned <- ""
				}()
			}
			fell := ""
			for line, ok := owner.line(); ok && fell == ""; line, ok = owner.line() {
				crew.note("ana", line)
				if strings.HasPrefix(line, "fell") || strings.HasPrefix(line, "failed") {
					fell = line
					break
				}
			}
			if fell != "fell true true false" {
				t.Fatalf("the owner said %q: %s", fell, owner.err)
			}
			next := <-owned
			if next == "" {
				t.Fatalf("a client ended: %s %s", ben.err, cyd.err)
			}
			before := crew.count()
			waitFor(t, func() bool { return crew.count() > before+50 })
			ben.kill()
			cyd.kill()
			if err := owner.in.Close(); err != nil {
				t.Fatal(err)
			}
			owner.until(t, "closed <nil>")
			t.Logf("%s took over; %d acts acknowledged, %d events", next, crew.count(), crew.check())
		})
	}
}

// A disk that fails while nobody else has the store open leaves a file that the
// next start checks and opens.
func TestAfterAFallTheStoreOpensAgain(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	b, err := store.Open(t.Context(), optionsFor(path, dir).Options)
	if err != nil {
		t.Fatal(err)
	}
	id := storetest.Import(t, b, storetest.Session(t, "ana"), storetest.Article(t, "bridges", 3))
	s := newStore(0)
	bad := &falling{engine: b}
	s.become = func(context.Context) (*owning, error) {
		return &owning{engine: &sentry{engine: bad, fell: s.stepDown}}, nil
	}
	if s, err = s.start(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.Fallen():
		t.Fatal("it fell before the disk failed")
	default:
	}
	ana := storetest.Session(t, "ana")
	if _, err := store.Do(t.Context(), s, ana, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	bad.now = true
	if _, err := store.Do(t.Context(), s, ana, id, storetest.Tag(2, 0, "sourced")); !errors.Is(err, store.ErrPoisoned) {
		t.Errorf("%v; want poisoned", err)
	}
	<-s.Fallen()
	if _, err := s.Stat(t.Context()); !errors.Is(err, store.ErrPoisoned) {
		t.Errorf("a look afterwards: %v; want poisoned", err)
	}
	if s.Owns() {
		t.Error("it is the owner still")
	}
	again := opened(t, optionsFor(path, dir)) // without waiting for s to be closed
	if _, err := store.Do(t.Context(), again, storetest.Session(t, "ana"), id, storetest.Tag(2, 0, "sourced")); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if _, err := s.Stat(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("a look after the end: %v; want closed", err)
	}
}

// falling is a store whose disk fails from a moment on.
type falling struct {
	engine
	now bool
}

// Append implements [store.Store].
func (f *falling) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	if f.now {
		return store.Receipt{}, &store.Error{Kind: store.ErrPoisoned, What: "the disk failed", Safe: "What was shown as saved before is safe"}
	}
	return f.engine.Append(ctx, b)
}
