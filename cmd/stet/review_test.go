package main

import (
	"strings"
	"testing"
)

// TestAReviewFromFileToExport imports a file by reviewing it, types a few keys,
// and finds what they said in the store.
func TestAReviewFromFileToExport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.file("pier.txt", story)
	w.tty = true
	w.stdin = "s" + "x" + "\x03"
	w.must("review", path)
	w.tty = false
	out := w.must("show", "pier")
	for _, want := range []string{"   1 S sourced", "   2 X contextual", "   3 ·"} {
		if !strings.Contains(out, want) {
			t.Errorf("there is no %q in\n%s", want, out)
		}
	}
	w.tty = true
	w.stdin = "u" + "\x03"
	w.must("review")
	w.tty = false
	if out := w.must("show", "pier", "--sentence", "2"); strings.Contains(out, "contextual") {
		t.Errorf("undo on the screen left\n%s", out)
	}
	w.must("check")
}

func TestTheDemoLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tty = true
	w.stdin = "x" + "\x03"
	out := w.must("demo")
	for _, want := range []string{"You tagged 1 of ", "stet review FILE", "store is gone"} {
		if !strings.Contains(out, want) {
			t.Errorf("at its end there is no %q in %q", want, out[max(0, len(out)-600):])
		}
	}
	w.tty = false
	if code := w.run("list"); code != exitFailed {
		t.Errorf("the demo made a store of the reviewer's own: exit code %d", code)
	}
}
