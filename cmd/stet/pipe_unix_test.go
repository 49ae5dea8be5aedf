//go:build !windows

package main

import (
	"context"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A named pipe in the place of a codebook or a configuration was waited for, and the
// command did not end when it was told to: only SIGKILL helped.
func TestAPipeThatNobodyWritesToIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pipe := filepath.Join(w.dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	told, stop := context.WithCancel(t.Context())
	stop()
	for _, args := range []string{"codebook check " + pipe, "--config " + pipe + " list", "--codebook " + pipe + " import " + w.file("pier.txt", story)} {
		code := make(chan int, 1)
		go func() { code <- run(told, w.environment(), strings.Fields(args)) }()
		select {
		case got := <-code:
			if got != exitFailed || !strings.Contains(w.stderr.String(), "stopped on request") {
				t.Errorf("stet %s ends with %d: %s", args, got, w.stderr.String())
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("stet %s does not end", args)
		}
		w.stderr.Reset()
	}
}

// What is written to a pipe is read, as a shell's <(…) gives it.
func TestACodebookComesThroughAPipe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	book := w.must("codebook", "--toml")
	w.stdin = book
	w.stdout.Reset()
	if out := w.must("codebook", "check", "-"); !strings.Contains(out, "standard input: codebook ") {
		t.Errorf("it says %q", out)
	}
	w.stdout.Reset()
	if code := w.run("codebook", "check", filepath.Join(w.dir, "nothere")); code != exitFailed || !strings.Contains(w.stderr.String(), "nothere cannot be read: no such file or directory. Nothing was done. Check the path") {
		t.Errorf("it says %q", w.stderr.String())
	}
}
