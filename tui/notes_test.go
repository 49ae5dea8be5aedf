package tui_test

import "testing"

const (
	ctrlLeft, ctrlRight = "\x1b[1;5D", "\x1b[1;5C"
	ctrlK, altB         = "\x0b", "\x1bb"
)

// A note was broken in the middle of words; the arrows went by its paragraphs, however
// many rows each had, so that in a note of one paragraph they did nothing; and home,
// end, ^u and ^k took the whole note for a line: ^k threw away all lines below.
func TestANoteIsWrittenAsItIsDrawn(t *testing.T) {
	d, id := open(t, ferries(t, 6), 60, 24)
	d.Type("m")
	d.WaitFor("Note")
	d.Paste("The harbour master confirmed by telephone that none of the lights were on\nSecond line of it\nThird")
	d.WaitFor("\n  The harbour master confirmed by telephone that none of\n", "\n  the lights were on\n", "\n  Second line of it\n  Third\n")
	d.Type("<home>1 <up><end>!<up><home><up>")
	cursorOn(d, "The harbour")
	d.Type("<down>")
	cursorOn(d, "the lights")
	d.Send(ctrlRight + "X" + ctrlLeft)
	d.WaitFor("\n  theX lights were on\n")
	cursorOn(d, "theX")
	d.Send(ctrlK)
	d.WaitFor("telephone that none of\n", "\n  Second line of it!\n  1 Third\n")
	d.Send(ctrlK + ctrlK + ctrlK)
	d.WaitFor("none of 1\n  Third\n")
	d.Send(ctrlRight + ctrlRight + altB + "\x15")
	d.WaitFor("\n  Third\n")
	d.Type("<enter>")
	d.WaitFor("2 note. Saved.")
	if a := d.said(id, 2); a.Note != "Third" {
		t.Errorf("stored: %q", a.Note)
	}
}

// The wheel does in a long note what it does in a list.
func TestTheWheelGoesThroughANote(t *testing.T) {
	d, _ := open(t, ferries(t, 6), 60, 16)
	d.Type("m")
	d.WaitFor("Note")
	d.Paste("first\n2\n3\n4\n5\n6\n7\n8\n9\nlast")
	d.WaitFor("\n  last\n")
	d.Type("<home>")
	for range 12 {
		d.Mouse(64, 10, 12)
	}
	d.WaitFor("\n  first\n")
	cursorOn(d, "first")
	d.Mouse(65, 10, 12)
	cursorOn(d, "2\n"[:1])
	d.Type("<pgdown><pgdown><pgdown><pgdown>")
	d.WaitFor("\n  last\n")
}
