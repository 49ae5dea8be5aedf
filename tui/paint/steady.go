package paint

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// steady makes the columns of a row stay straight where terminals do not agree on how
// wide something is: a joined emoji is two cells in one and eight in the next, and the
// letters of many scripts are one, two or none. Such a cell takes the cursor to where
// the next one stands, so that whatever the terminal drew, the rest of the row is in
// its place. Where it may draw less than was counted on, blanks come first: what stood
// there before would be seen otherwise. A terminal that measures by clusters needs none
// of this.
func (p *Painter) steady(y int) {
	for x, w := 0, p.cells.Width(); x < w; x++ {
		c := p.cells.CellAt(x, y)
		if c == nil || c.Width == 0 || !disputed(c.Content) {
			continue
		}
		told := *c
		told.Content = c.Content + column(x+c.Width, w)
		if ansi.StringWidth(c.Content) < c.Width {
			told.Content = strings.Repeat(" ", c.Width) + column(x, w) + told.Content
		}
		if x+2*utf8.RuneCountInString(c.Content) > w { // as wide as it may be, it must not go on in the next row
			told.Content = ansi.ResetModeAutoWrap + told.Content + ansi.SetModeAutoWrap
		}
		p.cells.SetCell(x, y, &told)
	}
}

// column is a move within the row, to a column from 0; to the last where there is none
// such.
func column(x, width int) string { return fmt.Sprintf("\x1b[%dG", min(x+1, width)) }

// disputed reports whether terminals may differ in how wide a cluster is: it is more
// than one code point, or an emoji.
func disputed(cluster string) bool {
	const firstEmoji = 0x1F000
	r, n := utf8.DecodeRuneInString(cluster)
	return n < len(cluster) || r >= firstEmoji
}
