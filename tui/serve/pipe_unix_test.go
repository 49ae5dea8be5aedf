//go:build unix

package serve_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stet.example/stet/tui/serve"
)

// A named pipe in the place of the file of keys was waited for, and only SIGKILL ended
// the server.
func TestAPipeIsNoFileOfKeys(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "keys")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := serve.OpenKeys(pipe)
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil || !strings.Contains(err.Error(), "is no ordinary file") {
			t.Errorf("it says %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for a writer")
	}
}
