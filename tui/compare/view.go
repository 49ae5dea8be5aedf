package compare

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

const (
	wideAt = 100 // cells from which the two texts stand side by side
	gutter = 4   // cells before the text of a block
)

// Body draws h rows of at most w cells, and the cursor.
func (s *Screen) Body(l dialog.Look, w, h int) (rows []string, x, y int) {
	foot := 0
	if s.Panel != nil {
		foot = 1 + min(s.Panel.Want(), max(h*2/5, min(4, h-3)))
	}
	s.cache.ready(l, w)
	rows = s.headRows(l, w, h-foot)
	s.drawn = s.drawn[:0]
	for range rows {
		s.drawn = append(s.drawn, -1)
	}
	body, y := s.blockRows(l, w, max(h-foot-len(rows), 0))
	y += len(rows)
	rows = dialog.Fill(append(rows, body...), h-foot)
	if s.Panel == nil {
		return rows, 1, y
	}
	s.From = len(rows) + 1
	panel, px, py := s.Panel.Rows(l, w, foot-1)
	if x = 1; px >= 0 { // else the cursor stays on the change
		x, y = px, len(rows)+1+py
	}
	return dialog.Fill(append(append(rows, rule(l, w)), panel...), h), x, y
}

func rule(l dialog.Look, w int) string {
	return l.Theme.In(theme.Dim, " "+strings.Repeat("─", max(w-2, 0)))
}

// blockRows draws as many blocks as fit, the marked one among them, and says on
// which row that begins.
func (s *Screen) blockRows(l dialog.Look, w, h int) (rows []string, y int) {
	s.room = h
	if len(s.fits) == 0 {
		return []string{"", "  " + l.Theme.In(theme.Dim, "there is nothing to show")}, 0
	}
	s.top = max(0, min(s.top, s.cur))
	used := len(s.rowsAt(l, w, s.cur))
	first := s.cur
	for first > s.top && used+len(s.rowsAt(l, w, first-1)) <= h {
		first--
		used += len(s.rowsAt(l, w, first))
	}
	s.top = first
	own := len(s.rowsAt(l, w, s.cur))
	s.inner = max(0, min(s.inner, own-h))
	s.tall = own-s.inner > h
	for n := s.top; n < len(s.fits) && len(rows) < h; n++ {
		block := s.rowsAt(l, w, n)
		if n == s.cur {
			y = len(rows)
			if s.inner > 0 { // its own line stays where it is
				block = append([]string{s.lineOf(l, w, &s.blocks[s.fits[n]], true)}, block[s.inner+1:]...)
			} else if s.section(n) != "" {
				y++
			}
		}
		for _, row := range block {
			rows = append(rows, row)
			s.drawn = append(s.drawn, n)
		}
	}
	y = min(y, max(h-1, 0))
	return rows[:min(len(rows), h)], y
}

// page goes on or back by a screen; in a block that is taller it scrolls.
func (s *Screen) page(step int) {
	switch {
	case step > 0 && s.tall:
		s.inner += max(s.room-1, 1)
		return
	case step < 0 && s.inner > 0:
		s.inner = max(s.inner-max(s.room-1, 1), 0)
		return
	}
	at, used := s.cur, 0
	for used < s.room-1 && at+step >= 0 && at+step < len(s.fits) {
		used += s.cache.tall(s.fits[at])
		at += step
	}
	s.moveTo(at)
}

// rowsAt are the rows of the block at place n of those shown: a heading where a
// part of the list begins, the block's own line, its texts, its changes.
func (s *Screen) rowsAt(l dialog.Look, w, n int) []string {
	i := s.fits[n]
	body := s.cache.body(i, func() []string { return s.bodyRows(l, w, &s.blocks[i]) })
	var rows []string
	if head := s.section(n); head != "" {
		rows = append(rows, l.Theme.In(theme.Strong, l.Meter.Cut(" "+head, w)))
	}
	rows = append(rows, s.lineOf(l, w, &s.blocks[i], n == s.cur))
	return append(rows, body...)
}

// section is the heading over place n of those shown; "" for none.
func (s *Screen) section(n int) string {
	b := &s.blocks[s.fits[n]]
	if b.first(s.lead) >= 0 || n > 0 && s.blocks[s.fits[n-1]].first(s.lead) < 0 {
		return ""
	}
	if s.lead == original {
		return "New in the rewrite:"
	}
	return "Left out of the original:"
}

// lineOf is the line of a block: its number, where it comes from, what became of
// it.
func (s *Screen) lineOf(l dialog.Look, w int, b *block, marked bool) string {
	lead := "   "
	if marked {
		lead = " > "
	}
	words, role := s.lineWords(b)
	if marked {
		return l.Theme.In(theme.Current, l.Meter.Cut(lead+words, w))
	}
	return l.Theme.In(role, l.Meter.Cut(lead+words, w))
}

func (s *Screen) lineWords(b *block) (string, theme.Role) {
	words, role := "", theme.Strong
	switch {
	case b.state == leftOut:
		words, role = report.Numbers(b.a)+"  left out", theme.Dim
		if tag := s.tagWords(b.a[0]); tag != "" {
			words += "  " + tag
		}
		words += s.queries(b)
		if b.support != "" {
			words, role = words+"  ! "+b.support, theme.Bad
		}
		return words, role
	case s.lead == original && len(b.a) > 0:
		words = report.Numbers(b.a) + "  to " + report.Numbers(b.b)
		if b.state == verbatim {
			words += ", word for word"
		}
	default:
		words = report.Numbers(b.b) + "  " + b.group.Origin()
	}
	words += s.queries(b)
	if b.state == verbatim {
		role = theme.Dim
	}
	if b.state == isNew {
		role = theme.Cyan
	}
	if b.state == reworded {
		words += " · reworded"
	}
	if len(b.changes) > 0 {
		words += " · " + strings.Join(kindWords(kindsOf(&block{changes: b.changes})), ", ")
	}
	if len(b.orphans) > 0 {
		words, role = words+" · ! orphan", theme.Bad
	}
	return words, role
}

// queries tells which leads ask about the sentences of the original in a block; "" for
// none.
func (s *Screen) queries(b *block) string {
	words := ""
	for _, i := range b.a {
		if i >= len(s.doc.Queried) || s.doc.Queried[i] == "" {
			continue
		}
		words += " · query by " + annotations.Visible(s.doc.Queried[i])
		if b.state != leftOut {
			words += fmt.Sprintf(" on %d", i+1)
		}
	}
	return words
}

// tagWords is the tag of a sentence of the original as letter and name, "~" before
// it where it is only suggested.
func (s *Screen) tagWords(i int) string {
	id := s.doc.Report.A.Tag(i)
	if id == "" {
		return "no tag"
	}
	letter, name := s.tag(id)
	words := letter + " " + name
	if s.doc.Report.A.Suggests(i) {
		words = "~" + words
	}
	return annotations.Visible(words)
}

func (s *Screen) tag(id string) (letter, name string) {
	for _, t := range s.doc.Tags {
		if t.ID == id {
			return t.Letter, t.Name
		}
	}
	return "?", id
}

// bodyRows are the texts of a block and what changed.
func (s *Screen) bodyRows(l dialog.Look, w int, b *block) []string {
	var rows []string
	a, r := &s.doc.Report.A, &s.doc.Report.B
	switch {
	case w >= wideAt:
		rows = s.columns(l, w, b)
	case b.state == leftOut:
		rows = wrap(l, []run{{text: a.Claim(b.a[0])}}, w-gutter-1)
	case b.state == isNew || b.state == verbatim:
		rows = wrap(l, plainRuns(r, b.b), w-gutter-1)
	default:
		rows = wrap(l, woven(b.group.Parts, true, true), w-gutter-1)
	}
	for i := range rows {
		rows[i] = cells.Blanks(gutter) + rows[i]
	}
	for _, c := range b.changes {
		for i, row := range wrap(l, changeRuns(c, len(b.b) > 1), w-gutter-4) {
			rows = append(rows, cells.Blanks(gutter+2*min(i, 1))+row)
		}
	}
	for _, o := range b.orphans {
		for i, row := range wrap(l, []run{{"! " + report.OrphanWords(o), theme.Bad}}, w-gutter-4) {
			rows = append(rows, cells.Blanks(gutter+2*min(i, 1))+row)
		}
	}
	return rows
}

// columns puts the original's words beside the rewrite's.
func (s *Screen) columns(l dialog.Look, w int, b *block) []string {
	each := (w - gutter - 4) / 2
	var left, right []string
	switch b.state {
	case leftOut:
		left = wrap(l, plainRuns(&s.doc.Report.A, b.a), each)
		right = []string{l.Theme.In(theme.Dim, "left out")}
	case isNew:
		left = []string{l.Theme.In(theme.Dim, "no source")}
		right = wrap(l, plainRuns(&s.doc.Report.B, b.b), each)
	case verbatim, reworded, altered:
		left = wrap(l, woven(b.group.Parts, true, false), each)
		right = wrap(l, woven(b.group.Parts, false, true), each)
	}
	bar := l.Theme.In(theme.Dim, "│")
	rows := make([]string, max(len(left), len(right)))
	for i := range rows {
		var a, b string
		if i < len(left) {
			a = left[i]
		}
		if i < len(right) {
			b = right[i]
		}
		rows[i] = a + cells.Blanks(each-width(l, a)) + " " + bar + " " + b
	}
	return rows
}

func changeRuns(c align.Change, many bool) []run {
	head := report.Letter(c.Type) + " " + report.Words(c.Type)
	if many {
		head += fmt.Sprintf(" in %d", c.B+1)
	}
	out := []run{{head, roleOf(c.Type)}}
	if c.Was != "" {
		out = append(out, run{"  ", theme.Plain}, run{"[-" + squeeze(c.Was) + "-]", theme.Red})
	}
	if c.Now != "" {
		out = append(out, run{"  ", theme.Plain}, run{"{+" + squeeze(c.Now) + "+}", theme.Green})
	}
	return out
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func roleOf(t align.ChangeType) theme.Role {
	switch report.Letter(t) {
	case "Q":
		return theme.Red
	case "N":
		return theme.Purple
	case "S":
		return theme.Orange
	case "O":
		return theme.Yellow
	case "H":
		return theme.Blue
	}
	return theme.Cyan
}
