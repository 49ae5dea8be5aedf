package paint

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

const (
	steadyCursor = "\x1b[2 q" // a block; what the terminal's own is, blinks in many
	ownCursor    = "\x1b[0 q"

	mouseOn  = ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr
	mouseOff = ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseExtSgr
)

// draw works out what must be sent for the terminal to show f. The cursor is
// hidden while cells change, unless the terminal takes the update as one.
func (p *Painter) draw(f Frame) {
	p.modes(f)
	before := p.buf.Len()
	p.fill(f.Rows)
	visible := f.X >= 0 && f.Y >= 0
	mark := p.mark(visible)
	p.buf.WriteString(mark)
	from := p.buf.Len()
	p.scr.Render(p.cells.RenderBuffer)
	if visible {
		p.scr.MoveTo(f.X, f.Y)
	}
	_ = p.scr.Flush() // into p.buf, which takes all
	changed := p.buf.Len() > from
	if !changed && visible == p.cursor {
		p.take(before)
		return
	}
	if visible && (!p.cursor || !p.syncs) {
		p.buf.WriteString(ansi.SetModeTextCursorEnable)
	}
	if p.syncs {
		p.buf.WriteString(ansi.ResetModeSynchronizedOutput)
	}
	p.cursor = visible
}

// mark is what stands before an update.
func (p *Painter) mark(visible bool) string {
	s := ""
	if p.syncs {
		s = ansi.SetModeSynchronizedOutput
	}
	if p.cursor && (!visible || !p.syncs) {
		s += ansi.ResetModeTextCursorEnable
	}
	return s
}

// take cuts what goes out back to n bytes.
func (p *Painter) take(n int) {
	kept := p.buf.String()[:n]
	p.buf.Reset()
	p.buf.WriteString(kept)
}

// modes switches what a frame wants besides cells.
func (p *Painter) modes(f Frame) {
	if f.Mouse != p.mouse {
		p.mouse = f.Mouse
		if f.Mouse {
			p.buf.WriteString(mouseOn)
		} else {
			p.buf.WriteString(mouseOff)
		}
	}
	if f.Title != p.title {
		p.title = f.Title
		p.buf.WriteString(ansi.SetWindowTitle(f.Title))
	}
}

// floor stands for an empty last row: a blank that is not quite one. Where the
// last rows are blank the renderer clears the screen from the row above them, which
// is then missing where only changed rows are compared, and long where it is not.
const floor = "\x1b[2m \x1b[m"

// fill puts the rows that are not the last frame's into the cells.
func (p *Painter) fill(rows []string) {
	w, h := p.cells.Width(), p.cells.Height()
	if p.whole {
		p.scr.Erase()
		p.cells.Clear()
		p.rows = nil
		p.whole = false
	}
	changed := 0
	for y := range h {
		row, was, known := "", "", y < len(p.rows)
		if y < len(rows) {
			row = rows[y]
		}
		if y == h-1 && strings.TrimLeft(row, " ") == "" {
			row = floor
		}
		if known {
			was = p.rows[y]
		}
		if known && row == was {
			continue
		}
		uv.NewStyledString(row).Draw(p.cells, uv.Rect(0, y, w, 1))
		if p.cells.Method != ansi.GraphemeWidth {
			p.steady(y)
		}
		if p.o.Profile == colorprofile.ANSI {
			p.sixteen(y)
		}
		changed++
		if known {
			p.rows[y] = row
		} else {
			p.rows = append(p.rows, row)
		}
	}
	// Scrolling moves lines that did not change, so all are compared then; to look
	// for it costs more than the rest of a frame, and pays where many rows changed.
	scrolls := changed >= h/2
	p.scr.SetScrollOptim(scrolls)
	if scrolls {
		for y := range h {
			p.cells.TouchLine(0, y, w)
		}
	}
}
