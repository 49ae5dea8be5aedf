package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/theme"
)

// Fit returns the indexes of the items that have the letters of words in order,
// the best first; all of them when words is blank. Every word must fit.
func Fit(words string, items []string) []int {
	var out []int
	if strings.TrimSpace(words) == "" {
		for i := range items {
			out = append(out, i)
		}
		return out
	}
	for _, m := range fuzzy.Find(strings.TrimSpace(words), items) {
		out = append(out, m.Index)
	}
	return out
}

// Item is one line of a list.
type Item struct {
	Key   string // one character that picks it at once; "" for none
	Label string
	Words string // more about it, dim
	On    bool   // for lists in which several may be on
	Off   string // why it cannot be picked; "" when it can
}

// Pick is a list to choose from, by letter, by moving and enter, or, with
// Filter set, by typing some of its words.
type Pick struct {
	Prompt string
	Items  []Item
	Filter bool
	Many   bool // keys and space switch items on and off; enter is done
	// Free takes what was typed when enter finds no item marked: numbers, say. It
	// returns "" or why it does not do.
	Free    func(typed string) string
	Later   string // what enter without choice does; "" when it does nothing
	typed   *Input
	fits    []int
	cur     int // into fits; -1 = none marked
	chosen  int // into Items; -1 = none
	trouble string
	end     ending
}

// NewPick makes a list with nothing chosen.
func NewPick(prompt string, items []Item) *Pick {
	p := &Pick{Prompt: prompt, Items: items, chosen: -1, typed: NewInput("", "")}
	p.filter()
	return p
}

// Typing makes the list one that is narrowed by typing; nothing is marked
// until the reviewer moves or types.
func (p *Pick) Typing() *Pick {
	p.Filter = true
	p.filter()
	return p
}

// Chosen is the index of the item picked, -1 for none.
func (p *Pick) Chosen() int { return p.chosen }

// Typed is what was typed to narrow the list.
func (p *Pick) Typed() string { return p.typed.Text() }

func (p *Pick) filter() {
	labels := make([]string, len(p.Items))
	for i, it := range p.Items {
		labels[i] = it.Label + " " + it.Words
	}
	p.fits = Fit(p.typed.Text(), labels)
	p.cur = 0
	if p.Filter && (p.typed.Text() == "" || p.Free != nil && p.Free(p.typed.Text()) == "") {
		p.cur = -1
	}
	p.trouble = ""
}

// Press implements [Panel].
func (p *Pick) Press(k tea.KeyPressMsg) bool {
	switch key := k.String(); {
	case key == "esc":
		p.end = ending{true, true}
	case key == "enter":
		p.enter()
	case key == "down" || key == "ctrl+n" || key == "j" && !p.Filter:
		p.cur = min(p.cur+1, len(p.fits)-1)
	case key == "up" || key == "ctrl+p" || key == "k" && !p.Filter:
		p.cur = max(p.cur-1, 0)
	case p.Filter:
		if !p.typed.Press(k) {
			return false
		}
		p.filter()
	case p.Many && key == "space":
		if p.cur >= 0 && p.cur < len(p.fits) {
			p.flip(p.fits[p.cur])
		}
	default:
		return p.letter(k.Text)
	}
	return true
}

func (p *Pick) letter(text string) bool {
	for i, it := range p.Items {
		if it.Key == "" || it.Key != text {
			continue
		}
		for at, n := range p.fits {
			if n == i {
				p.cur = at
			}
		}
		if p.Many {
			p.flip(i)
		} else {
			p.choose(i)
		}
		return true
	}
	return false
}

func (p *Pick) flip(i int) { p.Items[i].On = !p.Items[i].On }

func (p *Pick) choose(i int) {
	if p.Items[i].Off != "" {
		p.trouble = p.Items[i].Off
		return
	}
	p.chosen, p.end.over = i, true
}

func (p *Pick) enter() {
	switch {
	case p.Many:
		p.end.over = true
	case p.cur >= 0 && p.cur < len(p.fits):
		p.choose(p.fits[p.cur])
	case p.Free != nil && p.typed.Text() != "":
		if p.trouble = p.Free(p.typed.Text()); p.trouble == "" {
			p.end.over = true
		}
	case p.Later != "" && p.typed.Text() == "":
		p.end.over = true
	default:
		p.trouble = "nothing fits"
	}
}

// Paste implements [Panel].
func (p *Pick) Paste(text string) {
	if p.Filter {
		p.typed.Paste(text)
		p.filter()
	}
}

// Want implements [Panel].
func (p *Pick) Want() int { return 2 + len(p.Items) }

// Hints implements [Panel].
func (p *Pick) Hints() []Hint {
	h := []Hint{{"enter", "choose"}, {"↑ ↓", "move"}}
	switch {
	case p.Many:
		h = []Hint{{"letter", "on, off"}, {"enter", "save"}}
	case p.Later != "":
		h[0] = Hint{"enter", "choose, or " + p.Later}
	}
	return append(h, Hint{"esc", "cancel"})
}

// Outcome implements [Panel].
func (p *Pick) Outcome() (over, cancelled bool) { return p.end.Outcome() }

// Rows implements [Panel].
func (p *Pick) Rows(l Look, w, h int) ([]string, int, int) {
	head, x := l.Theme.In(theme.Strong, l.Meter.Cut(" "+p.Prompt, w)), -1
	if p.Filter {
		lead := " " + p.Prompt + " "
		typed := annotations.Visible(strings.Join(p.typed.clusters, ""))
		typed = l.Meter.Cut(typed, max(w-l.Meter.Width(lead)-1, 1))
		head = l.Theme.In(theme.Strong, lead) + typed
		x = min(l.Meter.Width(lead)+l.Meter.Width(annotations.Visible(strings.Join(p.typed.clusters[:p.typed.at], ""))), w-1)
	}
	rows := []string{head}
	if p.trouble != "" {
		rows = append(rows, l.Theme.In(theme.Bad, l.Meter.Cut("   "+annotations.Visible(p.trouble), w)))
	}
	room := max(h-len(rows), 0)
	from := max(0, min(max(p.cur, 0)-room/2, len(p.fits)-room))
	for at := from; at < len(p.fits) && at < from+room; at++ {
		rows = append(rows, p.row(l, p.fits[at], at == p.cur, w))
	}
	return rows[:min(len(rows), max(h, 1))], x, 0
}

func (p *Pick) row(l Look, i int, marked bool, w int) string {
	it := p.Items[i]
	mark := "   "
	if marked {
		mark = " > "
	}
	if p.Many {
		mark += map[bool]string{true: "[x] ", false: "[ ] "}[it.On]
	}
	role := theme.Plain
	if marked {
		role = theme.Current
	}
	key := ""
	if it.Key != "" {
		key = it.Key + " "
	}
	label := l.Meter.Cut(annotations.Visible(it.Label), max(w-len(mark)-len(key)-1, 1))
	rest := w - len(mark) - len(key) - l.Meter.Width(label) - 2
	words := it.Words
	if it.Off != "" {
		words = "(" + it.Off + ")"
	}
	out := l.Theme.In(role, mark) + l.Theme.In(theme.Key, key) + l.Theme.In(role, label)
	if words != "" && rest > 6 {
		out += cells.Blanks(2) + l.Theme.In(theme.Dim, l.Meter.Cut(annotations.Visible(words), rest))
	}
	return out
}
