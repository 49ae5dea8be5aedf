package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/tui/learn"
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

// The last step takes longest. Who left in the middle of it found nothing of what he had
// said, and the twelve sentences to do again.
func TestTheLastStepGoesOnWhereItWasLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wants := func(when, out string, words ...string) {
		t.Helper()
		for _, want := range words {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is not told in\n%s", when, want, out)
			}
		}
	}
	w.stdin = "g 2\ns\ng 4\nx\ng 4\nm why\ng 13\nc 12 ; d\ng 3\ne https://a.example ; . ; ; s\ng 5\nM secret\n"
	wants("the first time", w.must("learn", "--plain", "--from", "12"), "agree on 3 of 3 sentences",
		"What you said is kept: stet learn goes on with it; stet learn --from 12 begins the step anew.")
	w.stdin = "g 13\nt\ng 4\nt\ng 8\ns\n"
	wants("again", w.must("learn", "--plain"), "What you said in this step before is here again.", "Left: 8, 14, 20,", "Contested. Against 12.", "Note: why.",
		"8 sourced. Saved.", "agree on 4 of 4 sentences")

	// Another learner of the same account begins at the beginning, and takes nothing away.
	w.stdin = ""
	if out := w.must("--as", "ben", "learn", "--plain"); !strings.Contains(out, "Step 1 of 12") {
		t.Errorf("ben is where ana was:\n%s", out)
	}
	w.stdin = "g 5\n"
	w.must("--as", "ben", "learn", "--plain")
	w.stdin = "u\n"
	out := w.must("learn", "--plain")
	wants("a third time", out, "Left: 14, 20,", "Undid:")
	// What was taken back is: all of it came back as one act.
	w.stdin = ""
	wants("after an undo", w.must("learn", "--plain"), "You are at step 12 of 12. stet learn goes on there")
}

// Whoever cuts sentences in the last step finds the tags again all the same.
func TestTheLastStepGoesOnAfterACut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stdin = "g 2\nS\ntwo officials\ng 2\ns\nl 3 ; s\ng 5\nx\n"
	w.must("learn", "--plain", "--from", "12")
	w.stdin = ""
	out := w.must("learn", "--plain")
	if !strings.Contains(out, "What you said in this step before is here again.") || !strings.Contains(out, "Left: 8, 13,") && !strings.Contains(out, "Left: 4, 8, 13,") {
		t.Errorf("it begins anew:\n%s", out)
	}
}

// A lesson that was done to the end begins anew, and one of a file that names no learner
// is anybody's.
func TestAWholeLessonBeginsAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var in strings.Builder
	for _, k := range learn.Key() {
		in.WriteString("g " + strings.TrimLeft(k.Sentence.String(), "s0") + "\nx\n")
	}
	w.stdin = in.String()
	if out := w.must("learn", "--plain", "--from", "12"); !strings.Contains(out, "Step 12, On your own: done.") || strings.Contains(out, "is kept") {
		t.Errorf("it ends with\n%s", out)
	}
	w.stdin = ""
	if out := w.must("learn", "--plain"); !strings.Contains(out, "Step 1 of 12") || strings.Contains(out, "here again") {
		t.Errorf("it goes on where nothing is left:\n%s", out)
	}
	path := filepath.Join(w.dir, ".local", "state", "stet", "learn.json")
	for text, want := range map[string]string{
		`{"step":7}`: "Step 7 of 12", `{"learners":{"ana":{"step":12,"said":{"4000":{"tag":"sourced"},"2":{"tag":"nonsense"}}}}}`: "Step 12 of 12",
		`{"learners":{"ana":{"step":12,"said":{"x":{}}}}}`: "Step 1 of 12", `{"learners":{"ana":{"step":-1}}}`: "Step 1 of 12",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out := w.must("learn", "--plain"); !strings.Contains(out, want) {
			t.Errorf("with %s it says\n%s", text, out)
		}
	}
}
