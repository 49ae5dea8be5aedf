package tui_test

import (
	"bytes"
	"strings"
	"testing"

	"stet.example/stet/tui"
)

// The two renderers show the same: our own, and the one of Bubble Tea that draws
// at ticks, which is all there is on Windows.
func TestBothRenderersShowTheSame(t *testing.T) {
	ticking := func(o *tui.Options) { o.Ticks = true }
	own, _ := open(t, ferries(t, 30), 100, 30)
	stock, _ := open(t, ferries(t, 30), 100, 30, ticking)
	for _, step := range []struct{ keys, see string }{
		{"s", "2 sourced. Saved."}, {"jjj", "> 6"}, {"<pgdown>", ">"}, {"m", "Note"}, {"two words<enter>", "note. Saved."},
		{"?", "Keys. Type to search"}, {"<esc>", "? keys"}, {"gg", "> 1"}, {"<ctrl+l>", "> 1"}, {"/27<enter>", ">27"},
	} {
		for _, d := range []*desk{own, stock} {
			d.Type(step.keys)
			d.WaitFor(step.see)
		}
		want := own.Text()
		stock.Until(func(text string) bool { want = own.Text(); return text == want }, "be the same as with the other renderer after "+step.keys)
	}
	for _, d := range []*desk{own, stock} {
		d.Type("qq")
		d.WaitEnd()
	}
}

// Our own renderer left the cursor as the terminal has it, which blinks in many.
func TestTheCursorIsSteadyAndGivenBack(t *testing.T) {
	for name, ticks := range map[string]bool{"own": false, "stock": true} {
		d, _ := open(t, ferries(t, 6), 100, 24, func(o *tui.Options) { o.Ticks = ticks })
		d.Type("jm")
		d.WaitFor("Note", "3/6")
		d.Type("<esc>k")
		d.WaitFor("> 2")
		if raw := d.Raw(); bytes.Count(raw, []byte("\x1b[2 q")) != 1 || bytes.Contains(raw, []byte("\x1b[0 q")) {
			t.Errorf("%s: the cursor was made steady %d times", name, bytes.Count(raw, []byte("\x1b[2 q")))
		}
		d.Type("qq")
		d.WaitEnd()
		if raw := string(d.Raw()); strings.LastIndex(raw, "\x1b[0 q") < strings.LastIndex(raw, "\x1b[2 q") {
			t.Errorf("%s: the terminal did not get its own cursor back", name)
		}
	}
}
