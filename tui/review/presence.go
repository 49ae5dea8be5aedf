package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// hereLabel stands before the names of those who are on the current sentence.
const hereLabel = "also here"

// Meet tells who else is on which sentence now. The list is read while frames are
// drawn and must not be changed afterwards.
func (s *Screen) Meet(at map[annotations.SentenceID][]string) { s.others = at }

// othersOn are the names of those who are on the unit at place i.
func (s *Screen) othersOn(i int) []string { return s.others[s.sentence(i).ID] }

// companion is the one cell between a unit's number and its letter: "@" where
// somebody else is. It is always there, so that nothing moves when people do.
func (s *Screen) companion(i int) string {
	if len(s.othersOn(i)) == 0 {
		return " "
	}
	return s.view.look.Theme.In(theme.Dim, "@")
}

// margin is what stands before the n-th row of a unit, n > 0: the names of those
// who are on it before the second, blanks before the others.
func (s *Screen) margin(i, n, gutter, w int) string {
	names, end := s.othersOn(i), " "
	if w >= barred {
		end = s.bar(i)
	}
	gutter -= len([]rune(end))
	if n != 1 || len(names) == 0 {
		return cells.Blanks(gutter) + end
	}
	m := s.view.look.Meter
	return "  " + s.view.look.Theme.In(theme.Dim, m.Pad(m.Cut(s.atNames(names, gutter-2), gutter-2), gutter-2)) + end
}

// beyond is who is on a unit of one row, for its right end, where free cells are
// left; "" when they do not suffice.
func (s *Screen) beyond(i, free int) string {
	names := s.othersOn(i)
	if len(names) == 0 || len(s.wrap(i).rows) != 1 {
		return ""
	}
	words := s.atNames(names, free-2)
	if s.view.look.Meter.Width(words)+2 > free {
		return ""
	}
	return "  " + s.view.look.Theme.In(theme.Dim, words)
}

// atNames is "@ana @ben", or "@ana +2" where that takes more than w cells.
func (s *Screen) atNames(names []string, w int) string {
	m := s.view.look.Meter
	all := "@" + annotations.Visible(strings.Join(names, " @"))
	if len(names) == 1 || m.Width(all) <= w {
		return all
	}
	more := fmt.Sprintf(" +%d", len(names)-1)
	return m.Cut("@"+annotations.Visible(names[0]), max(w-len(more), 2)) + more
}

// company tells in a sentence who else is on the unit at place i; "" for nobody.
func (s *Screen) company(i int) string {
	names := s.othersOn(i)
	switch len(names) {
	case 0:
		return ""
	case 1:
		return dialog.Capital(annotations.Visible(names[0])) + " is on it, too."
	}
	return dialog.Capital(annotations.Visible(strings.Join(names[:len(names)-1], ", ")+" and "+names[len(names)-1])) + " are on it, too."
}

// maxAround is how many people Around names.
const maxAround = 5

// Around tells in sentences who else is in the article; "" for nobody.
func (s *Screen) Around() string {
	var words []string
	left := 0
	for _, id := range slices.Sorted(maps.Keys(s.others)) {
		i := s.place(id)
		for _, name := range s.others[id] {
			if i < 0 || len(words) == maxAround {
				left++
				continue
			}
			words = append(words, fmt.Sprintf("%s is on sentence %d.", annotations.Visible(name), i+1))
		}
	}
	if left > 0 {
		words = append(words, fmt.Sprintf("%d more are in this article.", left))
	}
	return strings.Join(words, " ")
}
