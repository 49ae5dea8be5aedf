package audit

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// wideAt is the width from which details stand beside, in cells.
const wideAt = 100

// Body draws h rows of at most w cells, and the cursor.
func (s *Screen) Body(l dialog.Look, w, h int) (rows []string, x, y int) {
	switch {
	case s.denied != "":
		return message(l, s.denied, w, h), -1, 0
	case !s.loaded && s.unread != "":
		return append([]string{s.tabs(l, w)}, message(l, "The store could not be read: "+s.unread, w, h-1)...), -1, 0
	case !s.loaded:
		return append([]string{s.tabs(l, w)}, message(l, "reading the store …", w, h-1)...), -1, 0
	case s.doc.Figures == nil:
		return message(l, "the figures could not be read", w, h), -1, 0
	}
	foot := 0
	if s.Panel != nil {
		foot = 1 + min(s.Panel.Want(), max(h*2/5, min(4, h-3)))
	}
	if s.at != nil {
		rows, x, y = s.settleBody(l, w, h-foot)
	} else {
		rows, x, y = s.listBody(l, w, h-foot)
	}
	rows = dialog.Fill(rows, h-foot)
	if s.Panel == nil {
		return rows, x, y
	}
	s.From = len(rows) + 1
	panel, px, py := s.Panel.Rows(l, w, foot-1)
	if px >= 0 { // else the cursor stays on the entry, or the sentence
		x, y = px, len(rows)+1+py
	}
	return dialog.Fill(append(append(rows, rule(l, w)), panel...), h), x, y
}

func rule(l dialog.Look, w int) string {
	return l.Theme.In(theme.Dim, " "+strings.Repeat("─", max(w-2, 0)))
}

func message(l dialog.Look, words string, w, h int) []string {
	rows := []string{""}
	for _, row := range dialog.Wrapped(l, words, w-4) {
		rows = append(rows, "  "+row)
	}
	return dialog.Fill(rows, h)
}

// listBody draws a section: tabs, entries, and what is known of the marked one.
func (s *Screen) listBody(l dialog.Look, w, h int) (rows []string, x, y int) {
	rows = append(rows, s.tabs(l, w))
	side, below := 0, 0
	switch {
	case s.Panel != nil:
	case w >= wideAt:
		side = min(max(w*2/5, 38), 64)
	default:
		below = max(min(h/3, 8), 3)
	}
	list := s.list()
	s.rowsOfList = max(h-1-below, 1)
	text := w
	if side > 0 {
		text = w - side - 2
	}
	if len(list.fits) == 0 {
		rows = append(rows, "", "  "+l.Theme.In(theme.Plain, l.Meter.Cut(s.nothing(), w-2)))
	}
	list.top = max(0, min(list.top, list.cur))
	if list.top == 1 && list.all[list.fits[0]].head != "" {
		list.top = 0 // the heading above the first entry
	}
	if list.cur-list.top >= s.rowsOfList {
		list.top = list.cur - s.rowsOfList + 1
	}
	x = -1
	for n := list.top; n < len(list.fits) && n < list.top+s.rowsOfList; n++ {
		e := &list.all[list.fits[n]]
		if n == list.cur && e.head == "" {
			x, y = 1, len(rows)
		}
		rows = append(rows, s.row(l, e, n == list.cur, text))
	}
	rows = dialog.Fill(rows, h-below)
	e := s.marked()
	if e == nil || e.facts == nil {
		return rows, x, y
	}
	if side > 0 {
		return append(rows[:1:1], beside(l, rows[1:], clipped(l, factRows(l, e.facts(), side-1, true), h-1, side-1), text)...), x, y
	}
	if below > 0 {
		rows = append(append(rows[:h-below], rule(l, w)), clipped(l, factRows(l, e.facts(), w, false), below-1, w)...)
	}
	return dialog.Fill(rows, h), x, y
}

func (s *Screen) nothing() string {
	switch {
	case s.list().filter != "":
		return "nothing has these letters: “" + annotations.Visible(s.list().filter) + "”; esc shows all"
	case s.section == needs && s.narrow != nil:
		return "nothing is open of " + annotations.Visible(s.narrow.words) + " any more; esc shows all"
	case s.section == needs && s.doc.Figures.Totals.Tagged == 0:
		return "nobody has tagged anything yet"
	case s.section == needs:
		return "nothing needs you"
	case s.section == mixed:
		return "nobody mixes anything up: no sentence has two different tags"
	}
	return "nothing was found"
}

// row draws an entry; what was ruled on here says so.
func (s *Screen) row(l dialog.Look, e *entry, marked bool, w int) string {
	m, t := l.Meter, l.Theme
	if e.head != "" {
		return t.In(theme.Strong, m.Cut(" "+annotations.Visible(e.head), w))
	}
	lead, role := "   ", theme.Plain
	if marked {
		lead, role = " > ", theme.Current
	}
	label, words := e.text()
	if r, ok := s.made[annotations.Target{Article: e.place.Key, Sentence: e.place.Sentence}]; ok && r.ruling.Verdict != "" {
		words = "✓ " + verdictWords(r.ruling) + "  " + words
	}
	width := max(min(30, w*2/5), 10)
	label = shortened(l, annotations.Visible(label), width)
	if e.role != theme.Plain && !marked {
		return t.In(theme.Plain, lead+m.Pad(label, width)) + "  " + t.In(e.role, m.Cut(annotations.Visible(words), max(w-width-6, 1)))
	}
	return t.In(role, m.Cut(lead+m.Pad(label, width)+"  "+annotations.Visible(words), w-1))
}

// shortened cuts the middle out of a label: names differ at their ends, where
// the sentence's number stands.
func shortened(l dialog.Look, label string, w int) string {
	if l.Meter.Width(label) <= w {
		return label
	}
	i := strings.LastIndexByte(label, '-') // before the end of the key, and the number
	if i < 0 || l.Meter.Width(label[i:]) >= w/2 {
		return l.Meter.Cut(label, w)
	}
	return l.Meter.Cut(label[:i], w-l.Meter.Width(label[i:])) + label[i:]
}

// factRows draws facts: beside a list each under its label, below it in a line
// with it.
func factRows(l dialog.Look, facts []fact, w int, column bool) []string {
	var rows []string
	for _, f := range facts {
		role := f.role
		label := annotations.Visible(f.label)
		switch {
		case label == "":
			for _, row := range dialog.Wrapped(l, f.text, w-2) {
				rows = append(rows, " "+l.Theme.In(role, row))
			}
		case column:
			rows = append(rows, " "+l.Theme.In(theme.Dim, l.Meter.Cut(label, w-1)))
			for _, row := range dialog.Wrapped(l, f.text, w-3) {
				rows = append(rows, "  "+l.Theme.In(role, row))
			}
		default:
			lead := l.Meter.Cut(label, w/3)
			for i, row := range dialog.Wrapped(l, f.text, w-l.Meter.Width(lead)-4) {
				if i == 0 {
					rows = append(rows, " "+l.Theme.In(theme.Dim, lead)+"  "+l.Theme.In(role, row))
				} else {
					rows = append(rows, cells.Blanks(l.Meter.Width(lead)+3)+l.Theme.In(role, row))
				}
			}
		}
	}
	return rows
}

// clipped are the rows that have room. Where there are more, the last one ends with "…".
func clipped(l dialog.Look, rows []string, room, w int) []string {
	if len(rows) <= room || room < 1 {
		return rows[:max(min(len(rows), room), 0)]
	}
	last := strings.TrimRight(strip(rows[room-1]), " ")
	if l.Meter.Width(last) > w-2 {
		last = l.Meter.Cut(last, w-1)
	} else {
		last += " …"
	}
	return append(rows[:room-1:room-1], last)
}

func strip(row string) string { return ansi.Strip(row) }

// beside puts rows at the right of others.
func beside(l dialog.Look, rows, right []string, text int) []string {
	bar := l.Theme.In(theme.Dim, "│")
	for i := range rows {
		r := ""
		if i < len(right) {
			r = right[i]
		}
		rows[i] += cells.Blanks(text-l.Meter.Width(strip(rows[i]))) + " " + bar + r
	}
	return rows
}

// headRows say where one is in the queue, and of a check how it stands.
func (s *Screen) headRows(l dialog.Look, w, h int) []string {
	it := s.at.item()
	if s.drawn == nil {
		words := it.place.String()
		if it.words != "" {
			words += ": " + it.words
		}
		if it.matter != nil && len(it.matter.Why) > 0 {
			words += " [" + strings.Join(it.matter.Why, ", ") + "]"
		}
		return []string{l.Theme.In(theme.Dim, l.Meter.Cut(" "+annotations.Visible(words), w))}
	}
	by := len(s.at.queue) - s.drawn.risky
	rows := []string{l.Theme.In(theme.Strong, l.Meter.Cut(" "+boundWords(s.bound()), w))}
	if h >= 12 {
		words := fmt.Sprintf(" %d of %d checked, %d risky and %d by chance, seed %s", s.drawn.done, len(s.at.queue), s.drawn.risky, by, audit.SeedText(s.drawn.Seed))
		rows = append(rows, l.Theme.In(theme.Dim, l.Meter.Cut(words, w)))
	}
	return rows
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
