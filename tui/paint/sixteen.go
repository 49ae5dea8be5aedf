package paint

import (
	"image/color"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// sixteen takes another colour of a terminal of sixteen where the nearest to a shade is hard
// to read. Of a light background's shades cyan (2.0 to 1 on xterm's white), yellow (1.7) and
// grey (4.0) are such, of a dark one's bright blue (2.4 where it is pure blue, 4.1 on a
// console); none is the nearest to a shade for the other background. Colour never says
// alone what is said, so the terminal's own does where no other is left.
func (p *Painter) sixteen(y int) {
	for x := range p.cells.Width() {
		c := p.cells.CellAt(x, y)
		if c == nil || c.Width == 0 || c.Style.Fg == nil {
			continue
		}
		told := *c
		if fg, ok := readable(colorprofile.ANSI.Convert(c.Style.Fg)); ok {
			told.Style.Fg = fg
			p.cells.SetCell(x, y, &told)
		}
	}
}

// readable is what is taken in place of a colour; false where that can stay.
func readable(c color.Color) (in color.Color, ok bool) {
	switch c {
	case ansi.BrightBlue:
		return ansi.BrightCyan, true
	case ansi.Yellow:
		return ansi.Red, true
	case ansi.Cyan, ansi.BrightBlack:
		return nil, true
	}
	return nil, false
}
