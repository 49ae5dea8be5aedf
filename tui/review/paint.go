package review

import (
	"slices"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// marker returns the panel in which words are marked, if it is the open one.
func (s *Screen) marker() (*marker, bool) {
	m, ok := dialog.Inner(s.Panel).(*marker)
	return m, ok
}

// marksOf are the stretches that stand out in a unit: those of the marker; in
// the current sentence what led to its suggestion, or its source and cue.
func (s *Screen) marksOf(i int) []mark {
	u := s.sentence(i).Span
	var out []mark
	take := func(sp annotations.Span, role theme.Role) {
		if sp.Start < u.End && sp.End > u.Start {
			out = append(out, mark{sp, role})
		}
	}
	if len(s.marks) > 0 {
		for _, m := range s.marks {
			take(m.span, m.role)
		}
		return out
	}
	if i != s.cur || s.found {
		return nil
	}
	if sug := s.suggested(i); sug != nil {
		for _, sp := range sug.Words {
			take(sp, theme.Orange)
		}
		return out
	}
	if a := s.said(i); a != nil {
		for _, at := range a.Attributions {
			for _, sp := range at.Source {
				take(sp, theme.Green)
			}
			for _, sp := range at.Cue {
				take(sp, theme.Orange)
			}
		}
	}
	return out
}

// rowSpan are the bytes of the text that row n of the unit at place i shows.
func (s *Screen) rowSpan(i, n int) annotations.Span {
	sp, from := s.wrap(i).spans[n], s.sentence(i).Span.Start
	return annotations.Span{Start: from + sp.Start, End: from + sp.End}
}

// painted draws a row, which shows the bytes of the text, with its marks. Of marks
// that overlap the last wins.
func (s *Screen) painted(line string, of annotations.Span, marks []mark, role theme.Role) string {
	text := s.in(of)
	borders := []int{0, len(line)}
	onRow := make([]mark, 0, len(marks)) // in bytes of the line
	for _, m := range marks {
		if m.span.Start >= of.End || m.span.End <= of.Start {
			continue
		}
		a := asShown(text, max(m.span.Start-of.Start, 0))
		b := asShown(text, min(m.span.End-of.Start, len(text)))
		onRow = append(onRow, mark{annotations.Span{Start: a, End: b}, m.role})
		borders = append(borders, a, b)
	}
	slices.Sort(borders)
	out := ""
	for n := 1; n < len(borders); n++ {
		a, b := borders[n-1], borders[n]
		if a == b {
			continue
		}
		r := role
		for _, m := range onRow {
			if m.span.Start <= a && m.span.End >= b {
				r = m.role
			}
		}
		out += s.view.look.Theme.In(r, line[a:b])
	}
	return out
}

// cursorIn is where the cursor stands in unit i while words are marked: column
// after the gutter and row of the unit.
func (s *Screen) cursorIn(i int) (x, y int, ok bool) {
	u := s.sentence(i).Span
	if s.cursor < u.Start || s.cursor >= u.End {
		return 0, 0, false
	}
	for n := len(s.wrap(i).rows) - 1; n >= 0; n-- {
		if s.cursor >= s.rowSpan(i, n).Start {
			return s.columnOf(i, n, s.cursor), n, true
		}
	}
	return 0, 0, false
}

// columnOf is the column, after the gutter, of a byte of the text that row n of unit i
// shows.
func (s *Screen) columnOf(i, n, at int) int {
	of := s.rowSpan(i, n)
	shown := asShown(s.in(of), min(at-of.Start, of.Len()))
	return s.view.look.Meter.Width(s.wrap(i).rows[n][:shown])
}

// cursorAt is where the cursor stands while words are marked: in which unit, and there.
func (s *Screen) cursorAt() (place, x, y int, ok bool) {
	if s.cursor < 0 {
		return 0, 0, 0, false
	}
	for i := max(s.cur-2, 0); i <= min(s.cur+2, s.n-1); i++ {
		if x, y, ok := s.cursorIn(i); ok {
			return i, x, y, true
		}
	}
	return 0, 0, 0, false
}

// keepInside scrolls inside a sentence that is taller than the screen, so that the word
// the cursor is on is seen.
func (s *Screen) keepInside() {
	if i, _, y, ok := s.cursorAt(); ok && i == s.cur {
		s.view.inner = max(y-s.view.height+1, min(s.view.inner, y))
	}
}

// follow moves the rows so that the word the cursor is on is seen, where it stands in a
// sentence around the one under judgement.
func (s *Screen) follow() {
	place, _, y, ok := s.cursorAt()
	if !ok {
		return
	}
	v := &s.view
	row := y + s.gap(place) - v.skip // of the screen
	for i := v.top; i < place; i++ {
		row += s.rowsOf(i)
	}
	for i := place; i < v.top; i++ {
		row -= s.rowsOf(i)
	}
	for ; row < 0; row++ {
		if v.skip--; v.skip < 0 {
			v.top--
			v.skip = s.rowsOf(v.top) - 1
		}
	}
	for ; row >= v.height; row-- {
		if v.skip++; v.skip >= s.rowsOf(v.top) {
			v.top, v.skip = v.top+1, 0
		}
	}
}

// byteAt is the byte of the text drawn at column x of row y of the body; -1 for
// none.
func (s *Screen) byteAt(x, y int) int {
	i := s.At(y)
	if i < 0 {
		return -1
	}
	row := y + s.view.skip
	for k := s.view.top; k < i; k++ {
		row -= s.rowsOf(k)
	}
	row -= s.gap(i)
	c := s.wrap(i)
	if row < 0 || row >= len(c.rows) {
		return -1
	}
	of, col := s.rowSpan(i, row), s.gutter(s.view.whole)
	for g := graphemes.FromString(c.rows[row]); g.Next(); {
		w := s.view.look.Meter.Width(g.Value())
		if x >= col && x < col+max(w, 1) {
			return of.Start + asWritten(s.in(of), g.Start())
		}
		col += w
	}
	return -1
}

// shortSuggestion is the word beside a suggested letter.
func (s *Screen) shortSuggestion(sug *Suggestion) string {
	if len(sug.Attributions) > 0 {
		if k := s.doc.Book.SourceKind(sug.Attributions[0].Kind); k != nil {
			return k.Short
		}
	}
	if sug.Rule == "X-2" {
		return "unsrc"
	}
	return ""
}
