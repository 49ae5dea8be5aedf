//go:build !windows

package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

func heldBy(t *testing.T, path string, wait time.Duration) *store.HeldError {
	t.Helper()
	begun := time.Now()
	s, err := store.Open(t.Context(), store.Options{Path: path, Program: "stet list", Wait: wait})
	took := time.Since(begun)
	if err == nil {
		t.Fatal("opened twice", s.Close())
	}
	var held *store.HeldError
	if !errors.As(err, &held) || !errors.Is(err, store.ErrHeld) {
		t.Fatalf("%v; want HeldError", err)
	}
	if took < wait || took > wait+3*time.Second {
		t.Errorf("waited %s, not %s", took, wait)
	}
	return held
}

func TestAStoreThatIsHeldNamesItsHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	c := startChild(t, "hold", path)
	if line, _ := c.line(); line != "held" {
		t.Fatal(line, c.err)
	}
	held := heldBy(t, path, 200*time.Millisecond)
	if held.PID != c.cmd.Process.Pid || held.Program != "stet review" || held.Stopped || held.Host != "" || held.Since == "" {
		t.Errorf("%+v; want pid %d", held, c.cmd.Process.Pid)
	}
	want := fmt.Sprintf("%s is held by pid %d (stet review). Nothing was changed, its work is safe. Quit it there (q), or wait for it with --wait 1m; `stet doctor` shows more", path, c.cmd.Process.Pid)
	if held.Error() != want {
		t.Errorf("got  %s\nwant %s", held, want)
	}
	if err := c.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
		return err != nil || strings.Contains(string(b), ") T ")
	})
	if _, err := os.Stat("/proc/self/stat"); err == nil {
		if held := heldBy(t, path, 0); !held.Stopped || !strings.Contains(held.Error(), "which is stopped (ctrl+z)") || !strings.Contains(held.Error(), "fg") {
			t.Errorf("%+v: %s", held, held)
		}
	}
	if err := errors.Join(c.cmd.Process.Signal(syscall.SIGCONT), c.in.Close()); err != nil {
		t.Fatal(err)
	}
	if line, _ := c.line(); line != "closed" {
		t.Fatal(line, c.err)
	}
	storetest.Open(t, path)
}

// waitFor waits for a state that comes by itself.
func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("it never came")
		}
	}
}

func TestTheLockOfADeadProgramIsNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	c := startChild(t, "hold", path)
	if line, _ := c.line(); line != "held" {
		t.Fatal(line, c.err)
	}
	c.kill()
	left, err := os.ReadFile(path + ".lock")
	if err != nil || !strings.Contains(string(left), fmt.Sprint(c.cmd.Process.Pid)) {
		t.Fatalf("the lock file says %q, %v: a crash cannot be told from an orderly end", left, err)
	}
	s := storetest.Open(t, path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadFile(path + ".lock"); err != nil || len(left) != 0 {
		t.Errorf("after an orderly end the lock file says %q, %v", left, err)
	}
}

func TestALockFileFullOfAnythingIsNoObstacle(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	made(t, path)
	for _, junk := range []string{"not json", "{\"pid\":-1}", "\x00\x00\x00", strings.Repeat("x", 1<<16)} {
		if err := os.WriteFile(path+".lock", []byte(junk), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), store.Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+".lock", []byte(junk), 0o600); err != nil {
			t.Fatal(err)
		}
		if held := heldBy(t, path, 0); !strings.Contains(held.Error(), "is held by") {
			t.Error(held)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	storetest.Open(t, path)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := store.Open(ctx, store.Options{Path: path, Wait: time.Hour}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v; want the deadline", err)
	}
}

// Two programs that both want the store take turns, and what either was told is
// saved is there.
func TestTwoProgramsTakeTurnsAndLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	a, b := startChild(t, "append", path, "endless"), (*child)(nil)
	saved := readUntil(t, a, 5)
	held := heldBy(t, path, 100*time.Millisecond)
	if held.PID != a.cmd.Process.Pid {
		t.Errorf("held by %d, want %d", held.PID, a.cmd.Process.Pid)
	}
	a.kill()
	for line, ok := a.line(); ok; line, ok = a.line() {
		saved = max(saved, savedAct(line))
	}
	b = startChild(t, "append", path, "some")
	last := readAll(t, b)
	if last < saved+12 {
		t.Errorf("the second ended at act %d, the first at %d", last, saved)
	}
	checkScript(t, path, last)
}
