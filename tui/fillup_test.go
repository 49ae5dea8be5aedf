package tui_test

import "testing"

// After a panel was closed near the end of an article, or the window had grown, what had
// moved above the screen stayed there, though the rows below the last sentence were blank.
func TestNothingStaysAboveTheScreenWhereThereIsRoom(t *testing.T) {
	d, _ := open(t, ferries(t, 9), 80, 24)
	d.WaitFor("  1 -")
	d.Type("G")
	d.WaitFor("> 9")
	d.Type("?")
	d.WaitFor("Keys. Type to search")
	d.WaitGone("  1 -")
	d.Type("<esc>")
	d.WaitFor("  1 -", "> 9")
	d.resize(80, 11)
	d.WaitGone("  1 -")
	d.WaitFor("> 9")
	d.resize(80, 24)
	d.WaitFor("  1 -", "> 9")
}
