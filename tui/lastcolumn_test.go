package tui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// The facts under the text went into the last column. A sign there that combines with the
// letter before it, as Thai has them, stood over another letter in tmux, which is told to
// write that column without going on to the next row.
func TestFactsLeaveTheLastColumnFree(t *testing.T) {
	name := "กรุงเทพมหานคร อมรรัตนโกสินทร์"
	d, _ := open(t, read(t, name+" said the minister will stop in May, and that nobody knows.\n"), 60, 16, suggesting)
	d.WaitFor("suggested")
	for _, row := range strings.Split(d.Text(), "\n") {
		if w := ansi.StringWidth(strings.TrimRight(row, " ")); strings.HasPrefix(row, "  suggested") && w > 59 {
			t.Errorf("%d cells: %q", w, row)
		}
	}
}
