package tui_test

import (
	"testing"

	"stet.example/stet/annotations"
)

// Evidence could be attached and never again taken away, nor could what it does to the
// claim be put right, but by undoing all that was done since.
func TestEvidenceIsTakenAwayAndPutRight(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 24)
	d.Type("e")
	d.WaitFor("Evidence: a URL")
	d.Type("<enter>") // there is nothing to be found yet
	d.WaitFor("nothing was typed yet")
	d.Type("https://port.example/log<enter><enter>page 3<enter>s")
	d.WaitFor("2 evidence that supports. Saved.")
	d.Type("x")
	d.WaitFor("2 contextual. Saved.", "> 3")
	d.Type("ehttps://port.example/a<enter><enter><enter>n")
	d.WaitFor("3 evidence that is neutral. Saved.")
	d.Type("g2<enter>e")
	d.WaitFor("it supports (choose it to change that)", "   https://port.example/log, page 3")
	if own, _ := rowOf(d.Text(), "port.example/log, page 3  it"); own < 0 {
		t.Errorf("what is attached is not said:\n%s", d.Text())
	}
	d.Type("<enter>") // nothing is marked: that says so
	d.WaitFor("nothing is marked yet")
	d.Type("<down>")
	d.WaitGone("nothing is marked yet")
	d.Type("<enter>")
	d.WaitFor("What does it do to the claim?", "> s supports", "- nothing    take it away")
	d.Type("r")
	d.WaitFor("2 evidence that refutes. Saved.", "refutes https://port.example/log")
	if a := d.said(id, 2); len(a.Evidence) != 1 || a.Evidence[0].Stance != annotations.Refutes {
		t.Errorf("stored: %+v", a.Evidence)
	}
	d.Type("e<down><enter>-")
	d.WaitFor("2 evidence taken away. Saved.")
	d.WaitGone("refutes https")
	if a := d.said(id, 2); len(a.Evidence) != 0 || a.Tag != "contextual" {
		t.Errorf("stored: %+v", a)
	}
	d.Type("u")
	d.WaitFor("refutes https://port.example/log")
}
