package review

import (
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// keyRows lists the marker's keys.
func (m *marker) keyRows(l dialog.Look, w, h int) []string {
	rows := []string{l.Theme.In(theme.Strong, l.Meter.Cut(" Keys while words are marked", w))}
	for _, k := range [][2]string{
		{"← → h l", "word by word; home and end: the first and last of the sentence"},
		{"space v", "mark from here on, or drop the mark; the mouse drags"},
		{"o c t", "it is the source, the cue, the content; O C T add it as another piece"},
		{"x", "take the marks of this source away"},
		{"n k # p r", "its name, kind, how many they are, hops, terms"},
		{"+ - tab", "another source, take this one away, the next one"},
		{"enter esc", "save, leave everything as it was"},
	} {
		rows = append(rows, " "+l.Theme.In(theme.Key, l.Meter.Pad(k[0], 10))+" "+l.Theme.In(theme.Plain, l.Meter.Cut(k[1], max(w-13, 1))))
	}
	return rows[:min(len(rows), max(h, 1))]
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
	m.cur, m.pulled, m.keys = i, false, false
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
