//go:build !windows

package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Where somebody may not write, restore and merge said "Make room".
func TestWhoMayNotWriteIsNotToldToMakeRoom(t *testing.T) {
	t.Parallel()
	at := func(why error) string {
		return unwritten("s.db", &fs.PathError{Op: "mkdir", Path: "/elsewhere/.stet-restore-1", Err: why}, "The store was not touched", "Make room, and run it again").Error()
	}
	for _, why := range []error{syscall.EACCES, syscall.EPERM, syscall.EROFS} {
		if said := at(why); strings.Contains(said, "Make room") || !strings.Contains(said, "You may not write there") || !strings.Contains(said, "not touched") {
			t.Error(said)
		}
	}
	if said := at(syscall.ENOSPC); !strings.Contains(said, "Make room") {
		t.Error(said)
	}
}

// Of a store that may not be read, or that there was no room to copy, merge said "open
// other.db: permission denied" and nothing of what became of the store, or what to do.
func TestMergeSaysWhatItCouldNotReadOrWrite(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	other := filepath.Join(w.dir, "other.db")
	w.must("backup", other)
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=16k", "stet-test", dir).CombinedOutput(); err != nil {
		t.Skipf("this system does not let a test mount a medium: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	code := w.run("--db", filepath.Join(dir, "s.db"), "merge", other)
	if said := w.stderr.String(); code != exitFailed || !strings.Contains(said, "s.db cannot be written: no space left") || !strings.Contains(said, "not touched") || strings.Contains(said, ".stet-merge") {
		t.Errorf("exit code %d: %s", code, said)
	}
	said := notCopied("other.db", dir, &fs.PathError{Op: "open", Path: other, Err: syscall.EACCES}, nil).Error()
	if !strings.Contains(said, "other.db cannot be read: permission denied. Nothing was changed") {
		t.Error(said)
	}
}

// With a TMPDIR that is not there, check stopped after the pages with "stat …: no such
// file or directory"; where there was no room, it said to remove a mirror that is in order.
func TestCheckAndDemoWithoutAFolderForThrowAwayFiles(t *testing.T) {
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	dir := t.TempDir()
	gone := filepath.Join(dir, "gone")
	t.Setenv("TMPDIR", gone)
	out := w.must("check", "--deep")
	if said := out + w.stderr.String(); !strings.Contains(said, "is whole") || !strings.Contains(said, "mirror was not looked at") || !strings.Contains(said, "TMPDIR") || strings.Contains(said, "remove") {
		t.Errorf("check says %s", said)
	}
	w.tty = true
	if code, said := w.run("demo", "--plain"), w.stderr.String(); code != exitFailed || !strings.Contains(said, gone) || !strings.Contains(said, "Nothing was changed. Set TMPDIR") {
		t.Errorf("demo ends with %d: %s", code, said)
	}
	w.tty = false

	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8k", "stet-test", dir).CombinedOutput(); err != nil {
		t.Skipf("this system does not let a test mount a medium: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	t.Setenv("TMPDIR", dir)
	out = w.must("check", "--deep")
	if said := out + w.stderr.String(); !strings.Contains(said, "is whole") || !strings.Contains(said, "no room for a copy in "+dir) || strings.Contains(said, "remove") {
		t.Errorf("check says %s", said)
	}
}

// A load that was interrupted while it read told that "1 file could not be read".
func TestAStoppedLoadDoesNotBlameTheFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	table := w.file("table.csv", w.must("export", "--format", "csv"))
	book := filepath.Join(w.dir, "book.toml")
	if err := syscall.Mkfifo(book, 0o600); err != nil {
		t.Skip(err)
	}
	ctx, stop := stoppedBy(t, book)
	defer stop()
	w.stderr.Reset()
	db := filepath.Join(w.dir, "new.db")
	code := run(ctx, w.environment(), []string{"--db", db, "--codebook", book, "load", table})
	if said := w.stderr.String(); code != exitFailed || !strings.Contains(said, "stopped on request") || strings.Contains(said, "could not be read") {
		t.Errorf("exit code %d: %s", code, said)
	}
	if left, err := filepath.Glob(db + "*"); err != nil || fmt.Sprint(left) != fmt.Sprint([]string{db + ".lock"}) {
		t.Errorf("there is %v (%v)", left, err)
	}
}

// stoppedBy gives a context that ends when somebody begins to read from a pipe.
func stoppedBy(t *testing.T, pipe string) (context.Context, context.CancelFunc) {
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		f, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits for the reader
		stop()
		if err == nil {
			<-t.Context().Done()
			f.Close() //nolint:errcheck // nothing was written
		}
	}()
	return ctx, stop
}
