//go:build unix

package ingest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"stet.example/stet/annotations"
)

// A named pipe: with a writer it is read to its end, without one it is empty,
// and a writer that falls silent does not outlive the context.
func TestNamedPipes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := File(t.Context(), path, Options{}); !errors.Is(err, annotations.ErrEmpty) {
		t.Errorf("no writer: %v", err)
	}
	w, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := File(ctx, path, Options{})
		done <- err
	}()
	if _, err := w.WriteString("Words, and then silence"); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("silent writer: %v", err)
	}
	w.Close() //nolint:errcheck // the test is over
}
