package dialog

import (
	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/theme"
)

// Para is a paragraph of a page: a head that stands out, and text.
type Para struct {
	Key   string // keys that the text is about, in a column before it
	Head  string
	Text  string
	Role  theme.Role // of the head
	Close bool       // no blank line before it
}

// Page is something to read beside the sentence.
type Page struct {
	Title string
	Paras []Para
	Again string // the key that opened it, as people are shown it, closes it too
	// Beside has it stand beside the text, where there is room: it is read with that in sight.
	Beside bool
	top    int
	rows   int // at the last drawing
	end    ending
}

// Press implements [Panel].
func (p *Page) Press(k tea.KeyPressMsg) bool {
	key := k.String()
	if p.Again != "" && action.Show(key) == p.Again {
		key = "esc"
	}
	switch key {
	case "esc", "q", "enter":
		p.end = ending{true, false}
	case "j", "down":
		p.top++
	case "k", "up":
		p.top--
	case "space", "pgdown", "ctrl+f":
		p.top += max(p.rows-2, 1)
	case "pgup", "ctrl+b":
		p.top -= max(p.rows-2, 1)
	case "g", "home":
		p.top = 0
	case "G", "end":
		p.top = 1 << 30
	default:
		return false
	}
	return true
}

// Wheel implements [Wheeled].
func (p *Page) Wheel(by int) { p.top += by }

// Paste implements [Panel]: there is nothing to paste into.
func (p *Page) Paste(string) {}

// Want implements [Panel].
func (p *Page) Want() int { return 4 * len(p.Paras) }

// Hints implements [Panel].
func (p *Page) Hints() []Hint {
	return []Hint{{"j k", "scroll"}, {"space", "page down"}, {"esc", "close"}}
}

// Outcome implements [Panel].
func (p *Page) Outcome() (over, cancelled bool) { return p.end.Outcome() }

// Rows implements [Panel].
func (p *Page) Rows(l Look, w, h int) ([]string, int, int) {
	var body []string
	for i, para := range p.Paras {
		if i > 0 && !para.Close {
			body = append(body, "")
		}
		if para.Head != "" {
			for _, row := range Wrapped(l, para.Head, w-2) {
				body = append(body, " "+l.Theme.In(para.Role, row))
			}
		}
		if para.Key != "" {
			body = append(body, l.keyed(para, w)...)
			continue
		}
		if para.Text != "" {
			for _, row := range Wrapped(l, para.Text, w-4) {
				body = append(body, "   "+row)
			}
		}
	}
	p.rows = max(h-1, 1)
	p.top = max(0, min(p.top, len(body)-p.rows))
	rows := []string{l.Theme.In(theme.Strong, l.Meter.Cut(" "+annotations.Visible(p.Title), w))}
	rows = append(rows, body[p.top:min(len(body), p.top+p.rows)]...)
	return rows[:min(len(rows), max(h, 1))], -1, 0
}

// keyed is a paragraph about keys, which stand before its first row.
func (l Look) keyed(para Para, w int) (rows []string) {
	const column = 10
	lead := l.Theme.In(theme.Key, l.Meter.Pad(para.Key, column))
	for _, row := range Wrapped(l, para.Text, max(w-column-3, 8)) {
		rows = append(rows, " "+lead+" "+row)
		lead = cells.Blanks(column)
	}
	return rows
}

// Wrapped breaks text that may hold anything into rows of at most w cells.
func Wrapped(l Look, text string, w int) []string {
	var out []string
	text = annotations.Visible(text)
	for _, line := range l.Meter.Wrap(text, w) {
		out = append(out, text[line.Start:line.End])
	}
	return out
}

// Fill pads rows to exactly h with empty ones, or cuts them.
func Fill(rows []string, h int) []string {
	for len(rows) < h {
		rows = append(rows, "")
	}
	return rows[:max(h, 0)]
}
