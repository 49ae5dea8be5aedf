package tui_test

import "testing"

// Of the commands, "und" and enter ran redo: that does again what undo took back, and was
// listed before undo itself.
func TestACommandIsFoundByItsNameFirst(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30)
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	d.Type("x")
	d.WaitFor("3 contextual. Saved.")
	d.Type("u")
	d.WaitFor("Undid: tag contextual on 3. Saved.")
	d.Type(":und")
	d.WaitFor("> u           undo")
	d.Type("<enter>")
	d.WaitFor("Undid: tag sourced on 2. Saved.")
	if a := d.said(id, 3); a.Tag != "" {
		t.Errorf("3 is %q: redo was run", a.Tag)
	}
}
