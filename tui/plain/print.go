package plain

import (
	"fmt"
	"io"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
)

// printer writes lines; after a failure it writes no more and keeps the error.
type printer struct {
	w     io.Writer
	width int // cells; 0 = not known
	err   error
}

// say writes text, each of its lines made harmless and, where the width is
// known, broken at words.
func (p *printer) say(text string) {
	for _, line := range p.lines(text) {
		if p.err == nil {
			_, p.err = fmt.Fprintln(p.w, line)
		}
	}
}

// lines are those that text takes.
func (p *printer) lines(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		line = annotations.Visible(line)
		if p.width <= 0 {
			out = append(out, line)
			continue
		}
		for _, row := range (cells.Meter{}).Wrap(line, p.width) {
			out = append(out, line[row.Start:row.End])
		}
	}
	return out
}

// sentence makes a sentence of words.
func sentence(s string) string { return dialog.Ended(dialog.Capital(strings.TrimSpace(s))) }

// ended puts a full stop behind words that have no end.
func ended(s string) string { return dialog.Ended(strings.TrimSpace(s)) }
