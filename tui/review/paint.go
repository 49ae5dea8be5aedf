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
	u := s.doc.Article.Units[i].Span
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

// painted draws a row, which begins at byte from of the text, with its marks. Of
// marks that overlap the last wins.
func (s *Screen) painted(line string, from int, marks []mark, role theme.Role) string {
	borders := []int{0, len(line)}
	for _, m := range marks {
		for _, b := range []int{m.span.Start - from, m.span.End - from} {
			if b > 0 && b < len(line) {
				borders = append(borders, b)
			}
		}
	}
	slices.Sort(borders)
	out := ""
	for n := 1; n < len(borders); n++ {
		a, b := borders[n-1], borders[n]
		if a == b {
			continue
		}
		r := role
		for _, m := range marks {
			if m.span.Start <= from+a && m.span.End >= from+b {
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
	u := s.doc.Article.Units[i].Span
	if s.cursor < u.Start || s.cursor >= u.End {
		return 0, 0, false
	}
	c := s.wrap(i)
	for n := len(c.starts) - 1; n >= 0; n-- {
		if at := s.cursor - u.Start - c.starts[n]; at >= 0 {
			return s.view.look.Meter.Width(c.rows[n][:min(at, len(c.rows[n]))]), n, true
		}
	}
	return 0, 0, false
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
	if row < 0 || row >= len(c.starts) {
		return -1
	}
	col, at := s.gutter(s.view.whole), s.doc.Article.Units[i].Span.Start+c.starts[row]
	for g := graphemes.FromString(c.rows[row]); g.Next(); {
		w := s.view.look.Meter.Width(g.Value())
		if x >= col && x < col+max(w, 1) {
			return at
		}
		col, at = col+w, at+len(g.Value())
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
