package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// The lesson's store is thrown away. Half a note that was being written as it ended was
// kept all the same, in a file that nothing would ever ask for again.
func TestTheLessonKeepsNoHalfANote(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tty = true
	w.stdin = "m" + "half a note" + "\x03"
	w.must("learn", "--from", "9")
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Base(path) != "learn.json" {
			t.Errorf("the lesson left %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// Who has turned suggestions off could not do the step that is about them, nor go on.
func TestTheLessonTeachesSuggestionsToAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stdin = "g 18\na\n"
	out := w.must("learn", "--plain", "--from", "7", "--config", w.file("own.toml", "suggest = false\n"))
	if !strings.Contains(out, "Step 7, Suggestions: done.") {
		t.Errorf("the step is not done:\n%s", out)
	}
}

// Where nothing can be written (a home of somebody else, a full disk) the lesson ended
// with its first step: "the tutor cannot go on".
func TestTheLessonGoesOnThoughItsStepIsNotRemembered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.vars["XDG_STATE_HOME"] = w.file("no-folder", "")
	w.stdin = "g 5\ns\n"
	out := w.must("learn", "--plain")
	for _, want := range []string{"Step 2, Sourced: done.", "You are at step 3 of 12. stet learn --from 3 goes on there."} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not told in\n%s", want, out)
		}
	}
	if !strings.Contains(w.stderr.String(), "will not know how far this one came") {
		t.Errorf("nobody is told: %q", w.stderr.String())
	}
}

// That a step is done was told once more whenever a mistake in the next one was taken
// back: as if it had been done again.
func TestAStepIsPraisedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stdin = "g 5\nx\nu\n"
	if out := w.must("learn", "--plain"); strings.Count(out, "Step 1, Moving: done.") != 1 {
		t.Errorf("it says\n%s", out)
	}
}
