// Package cells measures and cuts text in terminal cells. Everything here works
// on grapheme clusters, so that "é" in two code points, a joined emoji, Arabic
// and CJK keep columns straight. Text must have gone through
// annotations.Visible: control characters have no width anybody agrees on.
package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Meter measures in the way one terminal does: by whole grapheme clusters where
// it says that it knows them (mode 2027), else by adding up code points, as
// terminals without that mode draw them.
type Meter struct {
	Clusters bool
}

// Width is the number of cells that s takes.
func (m Meter) Width(s string) int {
	if ascii(s) {
		return len(s)
	}
	if m.Clusters {
		return ansi.StringWidth(s)
	}
	return ansi.StringWidthWc(s)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Cut returns the start of s that fits w cells, with "…" at its end when
// something was left out.
func (m Meter) Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if m.Width(s) <= w {
		return s
	}
	if m.Clusters {
		return ansi.Truncate(s, w, "…")
	}
	return cutWc(s, w)
}

// cutWc cuts what is wider than w cells by the sum of its code points. [ansi.TruncateWc]
// leaves whole what fits by clusters.
func cutWc(s string, w int) string {
	const more = "…" // a cell
	used := 0
	for g := graphemes.FromString(s); g.Next(); {
		if used += ansi.StringWidthWc(g.Value()); used > w-1 {
			return s[:g.Start()] + more
		}
	}
	return s
}

// Pad cuts s to w cells and fills it with blanks to exactly w.
func (m Meter) Pad(s string, w int) string {
	s = m.Cut(s, w)
	return s + Blanks(w-m.Width(s))
}

// Left pads s on its left to exactly w cells.
func (m Meter) Left(s string, w int) string {
	s = m.Cut(s, w)
	return Blanks(w-m.Width(s)) + s
}

// Blanks is n blanks; none when n is negative.
func Blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }

// Line is one row of wrapped text: bytes [Start, End) of the text, without the
// blanks at which it was broken.
type Line struct{ Start, End int }

// Wrap breaks s into rows of at most w cells, at blanks where there are any and
// between grapheme clusters where a word is longer than a row. It returns at
// least one row; w below 1 counts as 1.
func (m Meter) Wrap(s string, w int) []Line {
	b := breaker{m: m, s: s, w: max(w, 1), blank: -1}
	if ascii(s) {
		for i := range len(s) {
			b.add(i, i+1, 1)
		}
	} else {
		for g := graphemes.FromString(s); g.Next(); {
			b.add(g.Start(), g.End(), m.Width(g.Value()))
		}
	}
	return b.finish()
}

// breaker collects clusters into rows.
type breaker struct {
	m     Meter
	s     string
	w     int
	lines []Line
	start int // of the row
	used  int // cells in it
	blank int // start of the last run of blanks in it, or -1
	after int // end of that run
	tail  int // cells used after that run
}

func (b *breaker) add(from, to, width int) {
	if b.s[from] == ' ' {
		if b.used == 0 && len(b.lines) > 0 {
			b.start = to // a row never starts with the blank it was broken at
			return
		}
		if b.blank < 0 || b.after != from {
			b.blank = from
		}
		b.after, b.tail = to, 0
		b.used += width
		return
	}
	for b.used+width > b.w && from > b.start { // what follows the blank may be too wide still
		if b.blank > b.start || b.blank == b.start && b.after > b.start {
			b.lines = append(b.lines, Line{b.start, b.blank})
			b.start, b.used = b.after, b.tail
		} else {
			b.lines = append(b.lines, Line{b.start, from})
			b.start, b.used = from, 0
		}
		b.blank, b.tail = -1, 0
	}
	b.used += width
	b.tail += width
}

func (b *breaker) finish() []Line {
	end := len(b.s)
	if b.blank >= 0 && b.after == end && b.used > b.w {
		end = b.blank // blanks at the very end that do not fit
	}
	if b.start < end || len(b.lines) == 0 {
		b.lines = append(b.lines, Line{b.start, end})
	}
	return b.lines
}
