package dialog

import (
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/theme"
)

// Rows implements [Panel].
func (p *Pick) Rows(l Look, w, h int) ([]string, int, int) {
	rows, x, y := p.head(l, w, h)
	if words := p.remark(); words != "" {
		rows = append(rows, l.Theme.In(theme.Bad, l.Meter.Cut("   "+annotations.Visible(words), w)))
	}
	p.drawn = p.drawn[:0]
	for range rows {
		p.drawn = append(p.drawn, -1)
	}
	room := max(h-len(rows), 0)
	if echo := p.echo(); len(echo) > 0 {
		for i := range echo[:min(len(echo), room)] {
			rows = append(rows, p.row(l, &echo[i], false, w))
		}
		return rows[:min(len(rows), max(h, 1))], x, y
	}
	p.column = p.widest(l, w)
	var whole []string // the marked item, with all its words
	if p.cur >= 0 && p.cur < len(p.fits) {
		whole = p.unfolded(l, &p.Items[p.fits[p.cur]], w, min(room/2, 5))
	}
	p.shown = max(room-max(len(whole)-1, 0), 0)
	from := max(0, min(max(p.cur, 0)-p.shown/2, len(p.fits)-p.shown))
	for at := from; at < len(p.fits) && at < from+p.shown; at++ {
		item := []string{""}
		if at == p.cur {
			item = whole
			if !p.Filter {
				x, y = 1, len(rows)
			}
		} else {
			item[0] = p.row(l, &p.Items[p.fits[at]], false, w)
		}
		for range item {
			p.drawn = append(p.drawn, p.fits[at])
		}
		rows = append(rows, item...)
	}
	return rows[:min(len(rows), max(h, 1))], x, y
}

// widest is the width of the items' labels, with what stands before them; those that are
// much wider than the others may stand out of the column.
func (p *Pick) widest(l Look, w int) (cells int) {
	if !p.Aligned {
		return 0
	}
	const looked = 200 // of a long list not all are measured for each frame
	for i := range p.Items[:min(len(p.Items), looked)] {
		if p.Numbers > 0 && p.Items[i].Key != "" { // it is none of those that are listed
			continue
		}
		lead, label, _ := p.parts(l, &p.Items[i], false, w)
		if n := l.Meter.Width(lead) + l.Meter.Width(label); n <= max(w/3, min(32, w/2)) {
			cells = max(cells, n)
		}
	}
	return cells
}

// head is what is asked, with what was typed beside it, or under it where that
// leaves too little room to type.
func (p *Pick) head(l Look, w, h int) (rows []string, x, y int) {
	if !p.Filter {
		return p.prompt(l, w, h), -1, 0
	}
	lead := " " + annotations.Visible(p.Prompt) + " "
	if room := w - l.Meter.Width(lead); room >= leastTyped || h < 3 {
		typed, col := p.typed.window(l, max(room, 1))
		lead = l.Meter.Cut(lead, max(w-1, 1))
		return []string{l.Theme.In(theme.Strong, lead) + typed}, min(l.Meter.Width(lead)+col, w-1), 0
	}
	typed, col := p.typed.window(l, max(w-3, 1))
	rows = p.prompt(l, w, h)
	return append(rows, cells.Blanks(2)+typed), col + 2, len(rows)
}

// prompt is what is asked, on two rows where it needs them and some are left for the
// list.
func (p *Pick) prompt(l Look, w, h int) (rows []string) {
	words := Wrapped(l, p.Prompt, max(w-1, 1))
	if len(words) > 1 && h < 4 {
		words = []string{l.Meter.Cut(annotations.Visible(p.Prompt), w-1)}
	} else if len(words) > 2 {
		words = []string{words[0], l.Meter.Cut(strings.Join(words[1:], " "), w-1)}
	}
	for _, row := range words {
		rows = append(rows, l.Theme.In(theme.Strong, " "+row))
	}
	return rows
}

// leastTyped is how many cells a line to type in has at least.
const leastTyped = 24

// remark is why the last answer did not do, or why nothing is listed.
func (p *Pick) remark() string {
	typed := p.typed.Text()
	switch {
	case p.trouble != "":
		return p.trouble
	case typed == "" || len(p.fits) > 0:
		return ""
	case p.Free != nil:
		return p.Free(typed)
	}
	return "nothing fits"
}

// echo is what a free answer stands for.
func (p *Pick) echo() []Item {
	typed := p.typed.Text()
	if p.Echo == nil || p.cur >= 0 || typed == "" || p.Free == nil || p.Free(typed) != "" {
		return nil
	}
	return p.Echo(typed)
}

func (p *Pick) row(l Look, it *Item, marked bool, w int) string {
	lead, label, words := p.parts(l, it, marked, w)
	used := l.Meter.Width(lead) + l.Meter.Width(label)
	gap := max(p.column-used, 0) + 2
	rest := w - used - gap
	out := p.styled(l, it, marked, lead, label)
	if words != "" && rest > 6 {
		out += cells.Blanks(gap) + l.Theme.In(theme.Dim, l.Meter.Cut(words, rest))
	}
	return out
}

// parts are what an item's row is made of: mark, box and key; the label; and more
// about it.
func (p *Pick) parts(l Look, it *Item, marked bool, w int) (lead, label, words string) {
	lead = "   "
	if marked {
		lead = " > "
	}
	if p.Many {
		lead += map[bool]string{true: "[x] ", false: "[ ] "}[it.On]
	}
	if it.Key != "" {
		lead += it.Key + " "
	}
	digits := len(it.Label) - len(strings.TrimLeft(it.Label, "0123456789"))
	if digits > 0 {
		lead += cells.Blanks(p.Numbers - digits)
	}
	label = l.Meter.Cut(annotations.Visible(it.Label), max(w-l.Meter.Width(lead)-1, 1))
	if words = it.Words; it.Off != "" {
		words = "(" + it.Off + ")"
	}
	return lead, label, annotations.Visible(words)
}

func (p *Pick) styled(l Look, it *Item, marked bool, lead, label string) string {
	role := theme.Plain
	if marked {
		role = theme.Current
	}
	if it.Key == "" {
		return l.Theme.In(role, lead) + l.Theme.In(role, label)
	}
	return l.Theme.In(role, strings.TrimSuffix(lead, it.Key+" ")) + l.Theme.In(theme.Key, it.Key+" ") + l.Theme.In(role, label)
}

// unfolded draws the marked item with all its words, on at most rows of them: they
// go on beside the label, or under it where the label leaves too little room.
func (p *Pick) unfolded(l Look, it *Item, w, most int) []string {
	lead, label, words := p.parts(l, it, true, w)
	first := p.styled(l, it, true, lead, label)
	used := l.Meter.Width(lead) + l.Meter.Width(label)
	gap := max(p.column-used, 0) + 2
	used += gap
	if most < 2 || l.Meter.Width(words) <= w-used {
		return []string{p.row(l, it, true, w)}
	}
	var rows []string
	from := used
	if w-used < leastTyped {
		rows, from = append(rows, first), 6
	}
	text := Wrapped(l, words, max(w-from-1, 1))
	if room := most - len(rows); len(text) > room {
		left := strings.Join(text[room-1:], " ")
		text = append(text[:room-1], l.Meter.Cut(left, w-from-1))
	}
	for i, row := range text {
		row = l.Theme.In(theme.Dim, row)
		if i == 0 && len(rows) == 0 {
			rows = append(rows, first+cells.Blanks(gap)+row)
		} else {
			rows = append(rows, cells.Blanks(from)+row)
		}
	}
	return rows
}
