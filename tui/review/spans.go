package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// mark is a stretch of the text that stands out while words are marked.
type mark struct {
	span annotations.Span
	role theme.Role
}

// marker is the panel in which the sources of one sentence are marked word by
// word. The sentence stays above it; the cursor moves through its words, and a
// sentence before and after, since a pronoun's source may stand there.
type marker struct {
	s      *Screen
	place  int
	list   []annotations.Attribution
	at     int      // which attribution
	made   []string // names that words made which were marked here
	words  []annotations.Span
	cur    int // which word
	anchor int // where a selection began; -1 = none
	next   string
	note   string
	keys   *dialog.Page // its keys, listed in place of what is marked; nil when they are not
	pulled bool         // the selection was made by dragging
	fields int          // the row on which what is marked begins to be listed
	over   bool
	cancel bool
}

// askSpans opens the marker for the current sentence.
func (s *Screen) askSpans() []action.Outcome {
	m := &marker{s: s, place: s.cur, list: s.copyOf(s.cur).Attributions, anchor: -1}
	if len(m.list) == 0 {
		m.list = []annotations.Attribution{{}}
	}
	from, to := max(s.cur-2, 0), min(s.cur+2, s.n-1)
	near := annotations.Span{Start: s.sentence(from).Span.Start, End: s.sentence(to).Span.End}
	m.words = wordsOf(s.in(near), near.Start)
	start := s.sentence(s.cur).Span.Start
	m.cur = max(slices.IndexFunc(m.words, func(w annotations.Span) bool { return w.Start >= start }), 0)
	return m.open()
}

func (m *marker) open() []action.Outcome {
	m.over, m.cancel, m.next = false, false, ""
	m.light()
	m.s.Open(m, m.after)
	m.s.OnCancel(func() []action.Outcome { m.s.cursor, m.s.marks = -1, nil; return nil })
	return nil
}

// selection is what is marked now: from the anchor to the cursor.
func (m *marker) selection() annotations.Span {
	a, b := m.cur, m.cur
	if m.anchor >= 0 {
		a, b = min(m.anchor, m.cur), max(m.anchor, m.cur)
	}
	return annotations.Span{Start: m.words[a].Start, End: m.words[b].End}
}

// light makes the marks stand out in the text.
func (m *marker) light() {
	at := &m.list[m.at]
	var marks []mark
	for _, part := range []struct {
		list []annotations.Span
		role theme.Role
	}{{at.Content, theme.Dim}, {at.Source, theme.Green}, {at.Cue, theme.Orange}} {
		for _, sp := range part.list {
			marks = append(marks, mark{sp, part.role})
		}
	}
	if len(m.words) > 0 {
		sel := m.selection()
		marks = append(marks, mark{sel, theme.Match})
		m.s.cursor = m.words[m.cur].Start
	}
	m.s.marks = marks
}

// Press implements [dialog.Panel].
func (m *marker) Press(k tea.KeyPressMsg) bool {
	m.note = ""
	key := k.String()
	if m.keys != nil && m.listed(key, k) {
		return true
	}
	m.keys = nil
	at := &m.list[m.at]
	switch key {
	case "?":
		m.keys = keysPage()
	case "esc":
		m.over, m.cancel = true, true
	case "enter":
		m.over = true
	case "right", "l", "w":
		m.cur = min(m.cur+1, len(m.words)-1)
	case "left", "h", "b":
		m.cur = max(m.cur-1, 0)
	case "down":
		m.toRow(1)
	case "up":
		m.toRow(-1)
	case "space", "v":
		if m.anchor >= 0 {
			m.anchor = -1
		} else {
			m.anchor = m.cur
		}
	case "home", "0", "end", "$":
		m.toEnd(key == "home" || key == "0")
	case "o":
		m.put("source", &at.Source, false)
	case "O":
		m.put("source", &at.Source, true)
	case "c":
		m.put("cue", &at.Cue, false)
	case "C":
		m.put("cue", &at.Cue, true)
	case "t":
		m.put("content", &at.Content, false)
	case "T":
		m.put("content", &at.Content, true)
	case "x":
		m.unname()
		at.Source, at.Cue, at.Content = nil, nil, nil
	case "tab":
		m.at = (m.at + 1) % len(m.list)
	case "+":
		m.list, m.at = append(m.list, annotations.Attribution{}), len(m.list)
	case "-":
		m.remove()
	case "n", "k", "#", "p", "r":
		m.next, m.over = key, true
	default:
		return false
	}
	m.light()
	return true
}

// Writes reports that words are being marked here.
func (m *marker) Writes() bool { return true }

// toEnd goes to the first or the last word of the sentence.
func (m *marker) toEnd(first bool) {
	u := m.s.sentence(m.place).Span
	for i, w := range m.words {
		if w.Start >= u.Start && w.End <= u.End {
			m.cur = i
			if first {
				return
			}
		}
	}
}

func (m *marker) put(what string, to *[]annotations.Span, more bool) {
	if len(m.words) == 0 {
		return
	}
	sel := m.selection()
	list := []annotations.Span{sel}
	if more {
		list = append(slices.Clone(*to), sel)
		slices.SortFunc(list, func(a, b annotations.Span) int { return a.Start - b.Start })
		for i := 1; i < len(list); i++ {
			if list[i].Start < list[i-1].End {
				m.note = "the pieces of a " + what + " must not overlap"
				return
			}
		}
	}
	if what == "source" && !more {
		m.unname()
	}
	if at, name := &m.list[m.at], oneLine(m.s.in(sel)); what == "source" && at.Name == "" && len(name) <= annotations.MaxField { // longer, it is no name
		at.Name, m.made = name, append(m.made, name)
	}
	*to = list
	m.anchor = -1
}

// unname takes away the name that marked words made here: it goes with them. One that was
// written, or was there before, stays.
func (m *marker) unname() {
	if at := &m.list[m.at]; slices.Contains(m.made, at.Name) {
		at.Name = ""
	}
}

func (m *marker) remove() {
	m.list = slices.Delete(m.list, m.at, m.at+1)
	if len(m.list) == 0 {
		m.list = []annotations.Attribution{{}}
	}
	m.at = min(m.at, len(m.list)-1)
}

// after goes on when the panel is over: to a field, or to the disk.
func (m *marker) after() []action.Outcome {
	if m.cancel {
		return nil
	}
	if m.next != "" {
		return m.field()
	}
	m.s.cursor, m.s.marks = -1, nil
	list := slices.DeleteFunc(slices.Clone(m.list), saysNothing)
	if len(list) == 0 {
		list = nil
	}
	words := "has no source"
	if len(list) > 0 {
		words = "sources marked"
		if list[0].Name != "" {
			words = "source " + list[0].Name
		}
	}
	return m.s.each([]int{m.place}, "source", words, func(_ int, a *annotations.Annotation) { a.Attributions = list })
}

// field asks for one of the attribution's other fields and comes back.
func (m *marker) field() []action.Outcome {
	at := &m.list[m.at]
	if m.next == "k" {
		kinds := m.s.doc.Book.SourceKinds
		p := dialog.NewPick("What kind of source?", m.s.kindItems())
		p.Aligned = true
		p.Mark(1 + slices.IndexFunc(kinds, func(k annotations.SourceKind) bool { return k.ID == at.Kind }))
		m.s.Open(p, func() []action.Outcome {
			if at.Kind = ""; p.Chosen() > 0 {
				at.Kind = kinds[p.Chosen()-1].ID
			}
			return m.open()
		})
		m.s.OnCancel(m.open)
		return nil
	}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	ask := map[string]struct{ prompt, now string }{
		"n": {"Who is it? The name, resolved", at.Name}, "#": {"How many sources does it stand for? (empty: not said)", number(at.Count)},
		"p": {"How many hops? 1 spoke to this outlet, 2 by way of another (empty: not said)", number(at.Hops)},
		"r": {"On what terms? on record, background …", at.Terms},
	}[m.next]
	in := dialog.NewInput(ask.prompt, ask.now)
	in.Help = "back"
	if m.next == "n" {
		in.Offers = m.s.names
	}
	field := m.next
	m.s.Open(in, func() []action.Outcome { m.set(at, field, in.Text()); return m.open() })
	m.s.OnCancel(m.open)
	return nil
}

func (m *marker) set(at *annotations.Attribution, field, text string) {
	switch field {
	case "n":
		at.Name = text
		m.made = slices.DeleteFunc(m.made, func(name string) bool { return name == text }) // it is meant
		if len(at.Source) == 0 && text != "" {
			at.Source = m.s.occurrence(m.place, text)
		}
		return
	case "r":
		at.Terms = text
		return
	}
	n, err := strconv.Atoi(text)
	if text == "" {
		n, err = 0, nil
	}
	most := annotations.MaxSource
	if field == "p" {
		most = annotations.MaxHops
	}
	if err != nil || n < 0 || n > most {
		m.note = fmt.Sprintf("“%s” is no number from 0 to %d", annotations.Visible(text), most)
		return
	}
	if field == "#" {
		at.Count = n
	} else {
		at.Hops = n
	}
}

// Paste implements [dialog.Panel]: there is nothing to paste into.
func (m *marker) Paste(string) {}

// Want implements [dialog.Panel].
func (m *marker) Want() int {
	if m.keys != nil {
		return 12
	}
	return 8
}

// Hints implements [dialog.Panel].
func (m *marker) Hints() []dialog.Hint {
	if m.keys != nil {
		return []dialog.Hint{{Key: "↑ ↓", Words: "scroll"}, {Key: "esc", Words: "back to the words"}}
	}
	return []dialog.Hint{
		{Key: "← →", Words: "word"}, {Key: "space", Words: "from here"}, {Key: "o c t", Words: "say what"}, {Key: "enter", Words: "save"}, {Key: "esc", Words: "cancel"}, {Key: "?", Words: "keys"},
	}
}

// Outcome implements [dialog.Panel].
func (m *marker) Outcome() (over, cancelled bool) { return m.over, m.cancel }

// Rows implements [dialog.Panel].
func (m *marker) Rows(l dialog.Look, w, h int) ([]string, int, int) {
	if m.keys != nil {
		return m.keys.Rows(l, w, h)
	}
	at := &m.list[m.at]
	said := func(list []annotations.Span) string {
		var out []string
		for _, sp := range list {
			out = append(out, m.s.in(sp))
		}
		return strings.Join(out, " … ")
	}
	head := []string{fmt.Sprintf("Source %d of %d of sentence %d: mark words, then say what they are", m.at+1, len(m.list), m.place+1)}
	if m.note != "" {
		head = dialog.Wrapped(l, m.note, max(w-1, 1))
	} else if l.Meter.Width(head[0]) >= w { // o, c and t say below what there is to be said
		head = []string{fmt.Sprintf("Source %d of %d of sentence %d: mark words", m.at+1, len(m.list), m.place+1)}
	}
	more := at.Name
	if at.Kind != "" {
		more += "   kind " + strings.ReplaceAll(at.Kind, "_", " ")
	}
	for _, f := range []struct {
		label string
		n     int
	}{{"count", at.Count}, {"hops", at.Hops}} {
		if f.n > 0 {
			more += fmt.Sprintf("   %s %d", f.label, f.n)
		}
	}
	if at.Terms != "" {
		more += "   terms " + at.Terms
	}
	var rows []string
	for _, line := range head {
		rows = append(rows, l.Theme.In(theme.Strong, l.Meter.Cut(" "+line, w)))
	}
	if m.anchor >= 0 && len(m.words) > 0 {
		rows = append(rows, row(l, "", "marked", m.s.in(m.selection()), theme.Match, w))
	}
	m.fields = len(rows)
	rows = append(rows, row(l, "o", "source", said(at.Source), theme.Green, w), row(l, "c", "cue", said(at.Cue), theme.Orange, w),
		row(l, "t", "content", said(at.Content), theme.Plain, w), row(l, "n", "who", more, theme.Plain, w))
	return rows[:min(len(rows), max(h, 1))], -1, 0
}

// row is a key, what it sets, and what is set now.
func row(l dialog.Look, key, label, text string, role theme.Role, w int) string {
	if text == "" {
		text = "-"
	}
	return " " + l.Theme.In(theme.Key, l.Meter.Pad(key, 1)) + " " + l.Theme.In(theme.Dim, l.Meter.Pad(label, 8)) + " " + l.Theme.In(role, l.Meter.Cut(annotations.Visible(text), max(w-13, 1)))
}
