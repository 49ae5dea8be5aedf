package tui_test

import "testing"

// Esc and the key typed next arrive as one, with alt, where the line is slow or tmux stands
// between. Both were lost then, the list stayed open, and what was typed on for something
// else went into it.
func TestAKeyTypedBehindEscIsItsOwn(t *testing.T) {
	d, id := open(t, ferries(t, 4), 100, 30)
	d.Type("x")
	d.WaitFor("2 contextual. Saved.")
	d.Type("xx")
	d.WaitFor("3 of 3 tagged", "✓ saved")
	d.Type("F")
	d.WaitFor("finish the article")
	d.Send("\x1bf")
	d.WaitFor("Step through which sentences?")
	d.Send("\x1bm")
	d.WaitFor("Note")
	d.Type("one two")
	d.WaitFor("one two")
	d.Send("\x1bb") // a word back, in a line
	d.Type("and <enter>")
	d.WaitFor("note. Saved.")
	if a := d.said(id, 4); a.Note != "one and two" {
		t.Errorf("the note is %q", a.Note)
	}
	d.Type("V")
	d.WaitFor("range from 4")
	d.Send("\x1bk")
	d.WaitFor("> 3")
	d.WaitGone("range 3, 4")
}
