package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheLeadsDeskOnATerminal: a terminal gets the screen, unless the desk is asked
// for in print; a pipe is printed to.
func TestTheLeadsDeskOnATerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("--as", "ben", "tag", "pier", "2", "contextual")
	w.must("--as", "eve", "tag", "pier", "2", "sourced", "--source", "the board")
	w.tty = true
	w.stdin = "\x03"
	if out := w.must("audit"); !strings.Contains(out, "\x1b[?1049h") || strings.Contains(out, "what needs you\n") {
		t.Errorf("no screen was shown: %q", out[max(0, len(out)-400):])
	}
	if out := w.must("audit", "--quick"); !strings.Contains(out, "1  disagreements without a ruling") {
		t.Errorf("--quick prints\n%s", out)
	}
	w.tty = false
	if out := w.must("audit", "--quick"); !strings.Contains(out, "1  disagreements without a ruling") {
		t.Errorf("a pipe gets\n%s", out)
	}
	w.must("check")
}

// TestTheLeadsDeskOfAnArchive: where nothing can be written beside the store a pipe got the
// lead's desk, and a terminal was told that the store cannot be opened for writing.
func TestTheLeadsDeskOfAnArchive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("--as", "ben", "tag", "pier", "2", "contextual")
	w.must("--as", "eve", "tag", "pier", "2", "sourced", "--source", "the board")
	locks, err := filepath.Glob(filepath.Join(w.dir, ".local", "share", "stet", "stet.db.lock*"))
	if err != nil || len(locks) == 0 {
		t.Fatalf("the store has no lock: %v", err)
	}
	for _, path := range locks { // a folder cannot be opened for writing, whoever tries
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w.tty = true
	w.stdin = "\x03"
	out := w.must("audit")
	if strings.Contains(out, "\x1b[?1049h") || !strings.Contains(out, "what needs you") || !strings.Contains(out, "disagreements without a ruling") {
		t.Errorf("the desk is not printed:\n%q", out)
	}
	if said := w.stderr.String(); strings.Count(said, "nothing can be written beside the store") != 1 {
		t.Errorf("why it is no screen: %q", said)
	}
}
