package main

import (
	"strings"
	"testing"
)

// Who made somebody else the lead of a team that there was not yet could change nothing
// more from then on, and read of it at the next command.
func TestATeamIsToldWhomItShutsOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("team", "set", "lea", "lead")
	for _, want := range []string{"note: ana does not belong to the team from then on and can change nothing", "`stet --as lea team set ana reviewer`"} {
		if !strings.Contains(w.stderr.String(), want) {
			t.Errorf("%q is not told: %q", want, w.stderr.String())
		}
	}
	w.stderr.Reset()
	w.must("--as", "lea", "team", "set", "ana", "lead")
	w.must("--as", "lea", "team", "set", "bob", "reviewer")
	if w.stderr.Len() > 0 {
		t.Errorf("what takes nothing away is told: %q", w.stderr.String())
	}
	w.must("team", "set", "ana", "reviewer")
	if !strings.Contains(w.stderr.String(), "note: ana is no lead from then on") {
		t.Errorf("it says %q", w.stderr.String())
	}
}

// Somebody at a terminal is asked, and anything but yes changes nothing.
func TestATeamAsksWhomItShutsOut(t *testing.T) {
	t.Parallel()
	for answer, code := range map[string]int{"yes\n": exitOK, "no\n": exitFailed, "\n": exitFailed, "": exitFailed} {
		w := newWorld(t)
		w.must("import", w.file("pier.txt", story))
		w.tty, w.stdin = true, answer
		got := w.run("team", "set", "lea", "lead")
		if said := w.stderr.String(); got != code || !strings.Contains(said, "ana does not belong to the team from then on") || !strings.Contains(said, "Type yes to go on") ||
			code != exitOK && !strings.Contains(said, "Nothing was changed") {
			t.Errorf("%q ends with %d, not %d: %q", answer, got, code, said)
		}
		w.tty = false
		w.stdout.Reset()
		if out := w.must("team"); strings.Contains(out, "no team") == (code == exitOK) {
			t.Errorf("after %q the team is %q", answer, out)
		}
	}
}

// What a team lacks was told by the name of an inner field, and without a word of what to do.
func TestATeamWithoutALeadIsRefusedInWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	want := "stet: a team needs a lead, else nobody could change it again. Nothing was changed. Name one first: `stet team set NAME lead`\n"
	if code := w.run("team", "set", "bob", "reviewer"); code != exitFailed || w.stderr.String() != want {
		t.Errorf("it ends with %d: %q", code, w.stderr.String())
	}
	w.must("team", "set", "ana", "lead")
	w.must("team", "set", "bob", "reviewer")
	w.stderr.Reset()
	if code := w.run("team", "remove", "ana"); code != exitFailed || !strings.Contains(w.stderr.String(), "needs a lead") || !strings.Contains(w.stderr.String(), "`stet team dissolve`") {
		t.Errorf("it ends with %d: %q", code, w.stderr.String())
	}
}
