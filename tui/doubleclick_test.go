package tui_test

import (
	"strings"
	"testing"
	"time"

	"stet.example/stet/tui"
)

// quick makes all that is done in a test happen within a moment.
func quick(o *tui.Options) {
	o.Clock = func() time.Time { return time.Date(2026, 1, 2, 15, 4, 5, 0, time.UTC) }
}

// twice clicks twice on words, on the row that holds them.
func (d *desk) twice(words string) {
	d.t.Helper()
	d.WaitFor(words)
	y, row := rowOf(d.Text(), words)
	x := len([]rune(row[:strings.Index(row, words)])) + 1
	d.Click(x, y)
	d.Click(x, y)
}

// The second click of a double click fell on what stood behind the panel that the first one
// had closed: who clicked twice on "enter save" of a note tagged the sentence, and of the link
// picker one more thing was said than was read.
func TestADoubleClickDoesNoMoreThanAClick(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 30, quick)
	d.Type("mwho says so?")
	d.twice("enter save")
	d.WaitFor("2 note. Saved.")
	d.Type("j") // is behind both
	d.WaitFor("> 3")
	if a := d.said(id, 2); a.Tag != "" || a.Note != "who says so?" {
		t.Errorf("2 is %+v", a)
	}
	d.Type("c")
	d.WaitFor("Against which sentence?")
	d.twice("2  Sentence 2")
	d.WaitFor("How do 3 and 2 dispute?")
	d.Type("r")
	d.WaitFor("3 contested against 2. Saved.", "rhet")
	d.Type(":codebook")
	d.WaitFor("of its words: codebook") // the list moves as it gets shorter
	d.twice("show the codebook")
	d.WaitFor("Codebook stet")
	d.Type("<esc>")
	d.WaitFor("> 4")
}

// What is clicked twice and opens or closes nothing counts twice, and so does a click
// somewhere else, or later.
func TestClicksThatOpenNothingAllCount(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 30, quick)
	d.twice("s sourced")
	d.WaitFor("3 sourced. Saved.", "> 4")
	d.Type("m")
	d.twice("esc cancel")
	d.WaitGone("esc cancel")
	clickOn(d, "s sourced", "s sourced")
	d.WaitFor("4 sourced. Saved.")
	if a := d.said(id, 4); a.Tag != "sourced" {
		t.Errorf("4 is %+v", a)
	}
}

// A click on the title, or on the rule under it, went to the sentence of which the first
// rows are above the screen.
func TestAClickOnTheTitleGoesNowhere(t *testing.T) {
	d, _ := open(t, read(t, strings.Repeat("The harbour board met on the pier for the third time. ", 3)+
		strings.TrimSpace(strings.Repeat("The old boats and the new ones lie side by side all along the quay, ", 4))+" says a plan. "+
		strings.Repeat("The harbour board met on the pier for the third time. ", 6)), 60, 16)
	d.Type(strings.Repeat("j", 7))
	d.WaitFor("> 8")
	for y := range 2 {
		d.Click(20, y)
	}
	d.Type("k")
	d.WaitFor("> 7")
}
