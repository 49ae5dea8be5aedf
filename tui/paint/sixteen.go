package paint

import (
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// sixteen takes the bright cyan of a terminal of sixteen colours where its bright blue
// is the nearest: on a dark background that is hard to read (2.4 to 1 where it is pure
// blue, 4.1 on a console). No shade for a light background comes near it.
func (p *Painter) sixteen(y int) {
	for x := range p.cells.Width() {
		c := p.cells.CellAt(x, y)
		if c == nil || c.Width == 0 || c.Style.Fg == nil || colorprofile.ANSI.Convert(c.Style.Fg) != ansi.BrightBlue {
			continue
		}
		told := *c
		told.Style.Fg = ansi.BrightCyan
		p.cells.SetCell(x, y, &told)
	}
}
