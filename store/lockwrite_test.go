package store

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// A program that was killed while it wrote its name into the lock left the file empty:
// the trace of the crash before was gone with it, and nobody checked the store.
func TestTheTraceOfACrashIsNeverEmptied(t *testing.T) {
	l := &lockFile{path: filepath.Join(t.TempDir(), "stet.db.lock")}
	if err := os.WriteFile(l.path, []byte(`{"pid":1,"program":"one with a long name that went without a word"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	stop, empty := make(chan struct{}), 0
	var looking sync.WaitGroup
	looking.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if info, err := os.Stat(l.path); err != nil || info.Size() == 0 {
				empty++
			}
		}
	})
	for range 2000 {
		if err := l.sign("stet review"); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	looking.Wait()
	if empty > 0 {
		t.Errorf("it was empty at %d looks", empty)
	}
	if b, err := l.text(); err != nil || len(b) == 0 || b[len(b)-1] != '\n' {
		t.Errorf("it says %q, %v", b, err)
	}
}
