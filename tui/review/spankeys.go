package review

import (
	"slices"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
)

// keysPage lists the marker's keys.
func keysPage() *dialog.Page {
	p := &dialog.Page{Title: "Keys while words are marked"}
	for _, k := range [][2]string{
		{"← → h l", "word by word; home and end: the first and last of the sentence"},
		{"↑ ↓", "row by row"},
		{"space v", "mark from here on, or drop the mark; the mouse drags"},
		{"o c t", "it is the source, the cue, the content"},
		{"O C T", "it is another piece of the source, the cue, the content"},
		{"x", "take the marks of this source away"},
		{"n k # p r", "its name, kind, how many they are, hops, terms"},
		{"+ - tab", "another source, take this one away, the next one"},
		{"enter esc", "save, leave everything as it was"},
	} {
		p.Paras = append(p.Paras, dialog.Para{Key: k[0], Text: k[1], Close: true})
	}
	return p
}

// listed goes about in the keys that are listed, or closes the list. It reports whether
// the key was for that; the others do what the list says of them.
func (m *marker) listed(key string, k tea.KeyPressMsg) bool {
	switch key {
	case "?", "esc", "q": // esc closes what was opened last, and not the marks with it
		m.keys = nil
	case "down", "up", "pgdown", "pgup", "home", "end", "ctrl+f", "ctrl+b":
		m.keys.Press(k)
	default:
		return false
	}
	return true
}

// Click implements [dialog.Clicked]: the row of a part is its letter.
func (m *marker) Click(_, y int) {
	if at := y - m.fields; m.keys == nil && at >= 0 && at < 4 {
		m.Press(tea.KeyPressMsg{Code: rune("octn"[at]), Text: "octn"[at : at+1]})
	}
}

// Wheel implements [dialog.Wheeled].
func (m *marker) Wheel(by int) {
	if m.keys != nil {
		m.keys.Wheel(by)
	}
}

// toRow puts the cursor on the word that stands nearest in the row above or below.
func (m *marker) toRow(by int) {
	place, x, y, ok := m.s.cursorAt()
	if !ok {
		return
	}
	for y += by; y < 0 || y >= len(m.s.wrap(place).rows); {
		if place += by; place < 0 || place >= m.s.n {
			return
		}
		if y = 0; by < 0 {
			y = len(m.s.wrap(place).rows) - 1
		}
	}
	row := m.s.rowSpan(place, y)
	best, off := -1, 0
	for i, w := range m.words {
		if w.Start < row.Start || w.Start >= row.End {
			continue
		}
		from := m.s.columnOf(place, y, w.Start)
		if d := max(from-x, x-from); best < 0 || d < off {
			best, off = i, d
		}
	}
	if best >= 0 {
		m.cur = best
	}
}

// point puts the cursor on the word at byte at of the text: a click. The first
// click begins a selection, the next one ends it; after one that was dragged the
// next click begins another.
func (m *marker) point(at int) {
	i := m.wordAt(at)
	if i < 0 {
		return
	}
	if m.anchor < 0 || m.pulled {
		m.anchor = i
	}
	m.cur, m.pulled, m.keys = i, false, nil
	m.light()
}

// drag takes the selection on to the word at byte at of the text.
func (m *marker) drag(at int) {
	if i := m.wordAt(at); i >= 0 && m.anchor >= 0 && i != m.cur {
		m.cur, m.pulled = i, true
		m.light()
	}
}

// wordAt is the word at byte at of the text; -1 for none.
func (m *marker) wordAt(at int) int {
	return slices.IndexFunc(m.words, func(w annotations.Span) bool { return at >= w.Start && at < w.End })
}

// unblanked reports whether a letter is of a writing that puts no blanks between words:
// there each sign is a word of its own, else only whole clauses could be marked.
func unblanked(r rune) bool {
	return unicode.IsLetter(r) && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// wordsOf lists the words of a piece of text that begins with byte from; each other sign
// that is no blank is a word of its own, so that quotation marks can be taken along. What
// people see as one sign, an emoji of several or a flag, is never cut.
func wordsOf(piece string, from int) []annotations.Span {
	var out []annotations.Span
	start := -1
	end := func(at int) {
		if start >= 0 {
			out = append(out, annotations.Span{Start: start, End: at})
		}
		start = -1
	}
	for g := graphemes.FromString(piece); g.Next(); {
		at := from + g.Start()
		r, _ := utf8.DecodeRuneInString(g.Value())
		switch inner := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’' || r == '-'; {
		case inner && start >= 0 && !unblanked(r):
		case inner:
			end(at)
			start = at
		default:
			end(at)
			if !unicode.IsSpace(r) {
				out = append(out, annotations.Span{Start: at, End: at + len(g.Value())})
			}
		}
	}
	end(from + len(piece))
	return out
}
