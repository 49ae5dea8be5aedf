package main

import (
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
