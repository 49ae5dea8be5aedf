package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// A pipe that nobody writes to, or a reader who never ends, does not keep a
// command that was told to stop.
func TestASilentInputEndsWithTheCommand(t *testing.T) {
	silent, writer := io.Pipe()
	defer writer.Close() //nolint:errcheck // it never fails
	ctx, stop := context.WithCancel(t.Context())
	a := inputApp(ctx, silent)
	r, name, err := a.input("-")
	if err != nil || name != "standard input" {
		t.Fatal(name, err)
	}
	done := make(chan error, 1)
	go func() { _, err := io.ReadAll(r); done <- err }()
	if _, err := writer.Write([]byte("words, and then silence")); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("the reading ended with %v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestInputIsWhatTheFileHolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.txt")
	want := strings.Repeat("a line of words\n", 100_000)
	if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
	a := inputApp(t.Context(), strings.NewReader("unused"))
	r, _, err := a.input(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close() //nolint:errcheck // only read
	if got, err := io.ReadAll(r); err != nil || string(got) != want {
		t.Errorf("%d bytes of %d, %v", len(got), len(want), err)
	}
	if _, _, err := a.input(path + ".not"); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a file that is not there: %v", err)
	}
	if r, _, err := a.input(os.DevNull); err != nil {
		t.Errorf("the empty device is an empty file: %v", err)
	} else {
		r.Close() //nolint:errcheck // only read
	}
}

func inputApp(ctx context.Context, stdin io.Reader) *app {
	a := &app{environment: &environment{stdin: stdin, isTerminal: func(any) bool { return false }}}
	a.root = &cobra.Command{Use: "stet", Run: func(*cobra.Command, []string) {}}
	a.root.SetContext(ctx)
	return a
}
