package dialog

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"
)

// Fit returns the indexes of the items that words fit, the best first; all of them
// when words is blank. The letters must stand in an item in their order; where that
// leaves nothing, each word's must, and the words may come in any order. What holds the
// words as they were typed goes before what has their letters here and there.
func Fit(words string, items []string) []int {
	var out []int
	parts := strings.Fields(words)
	if len(parts) == 0 {
		for i := range items {
			out = append(out, i)
		}
		return out
	}
	for _, m := range fuzzy.Find(strings.TrimSpace(words), items) {
		out = append(out, m.Index)
	}
	if len(out) > 0 || len(parts) == 1 {
		return literalFirst(out, items, Fold(strings.Join(parts, " ")))
	}
	score, fits := map[int]int{}, map[int]int{}
	for _, word := range parts {
		for _, m := range fuzzy.Find(word, items) {
			score[m.Index] += m.Score
			if fits[m.Index]++; fits[m.Index] == len(parts) {
				out = append(out, m.Index)
			}
		}
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Or(score[b]-score[a], a-b) })
	return out
}

// literalFirst puts what holds typed words before the rest, and changes no order else.
func literalFirst(fits []int, items []string, typed string) []int {
	var by [3][]int
	for _, i := range fits {
		n := apart(items[i], typed)
		by[n] = append(by[n], i)
	}
	return slices.Concat(by[:]...)
}

// apart is how far from what was typed an item is: 0 where one of its words begins
// with that, 1 where it stands within a word, 2 where its letters are scattered.
func apart(item, typed string) int {
	item = Fold(item)
	switch {
	case strings.HasPrefix(item, typed), strings.Contains(item, " "+typed):
		return 0
	case strings.Contains(item, typed):
		return 1
	}
	return 2
}

// Item is one line of a list.
type Item struct {
	Key   string // one character that picks it at once; "" for none
	Label string
	Name  string // what of the label it is called by: who types its beginning means it; "" for no such
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
	Free func(typed string) string
	// Echo shows what an answer that Free takes stands for, in place of the list; nil
	// or an empty answer leaves the list.
	Echo    func(typed string) []Item
	Aligned bool   // what there is more about items stands in a column
	Numbers int    // of how many digits the numbers are, that items begin with: they end in one column
	Later   string // what enter without choice does; "" when it does nothing
	typed   *Input
	fits    []int
	cur     int // into fits; -1 = none marked
	chosen  int // into Items; -1 = none
	trouble string
	drawn   []int // by row of the last drawing: which item stands there, an index into Items; -1 for none
	shown   int   // items of the last drawing
	column  int   // cells of the items' labels, where they are aligned; 0 where not
	end     ending
}

// Letter is the key of the nth item of a list, from 0: a, b, c …; "" when letters run out.
// j and k are among them, and move where no item has them.
func Letter(n int) string {
	if n >= 26 {
		return ""
	}
	return string(rune('a' + n))
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

// Writes reports whether something was typed.
func (p *Pick) Writes() bool { return p.typed.Text() != "" }

// Typed is what was typed to narrow the list.
func (p *Pick) Typed() string { return p.typed.Text() }

func (p *Pick) filter() {
	labels := make([]string, len(p.Items))
	for i := range p.Items {
		if p.typed.Text() == "" {
			break // all fit
		}
		labels[i] = p.Items[i].Label + " " + p.Items[i].Words
	}
	p.fits = Fit(p.typed.Text(), labels)
	p.namedFirst()
	if p.NoNumber(p.typed.Text()) != "" {
		p.fits = nil
	}
	p.cur = 0
	if p.Filter && (p.typed.Text() == "" || p.Free != nil && p.Free(p.typed.Text()) == "") {
		p.cur = -1
	}
	p.trouble = ""
}

// namedFirst puts items whose name begins with what was typed before those that only
// speak of it: "und" is undo, and not redo, which does again what undo took back.
func (p *Pick) namedFirst() {
	typed := Fold(p.typed.Text())
	if typed == "" {
		return
	}
	var named, rest []int
	for _, i := range p.fits {
		if strings.HasPrefix(Fold(p.Items[i].Name), typed) {
			named = append(named, i)
		} else {
			rest = append(rest, i)
		}
	}
	p.fits = append(named, rest...)
}

// NoNumber says why numbers that were typed do not do; "" when they do, or it is no
// numbers. Who types a number means that: an item that holds its digits somewhere is
// not offered for one that is none here.
func (p *Pick) NoNumber(typed string) string {
	if p.Free == nil || !strings.ContainsAny(typed, "0123456789") || strings.Trim(typed, "0123456789 ,;") != "" {
		return ""
	}
	return p.Free(typed)
}

// Press implements [Panel]. The letter of an item goes before moving by j and k.
func (p *Pick) Press(k tea.KeyPressMsg) bool {
	switch key := k.String(); {
	case key == "esc":
		p.end = ending{true, true}
	case key == "enter":
		p.enter()
	case p.moved(key):
	case p.Filter:
		if !p.typed.Press(k) {
			return false
		}
		p.filter()
	case p.Many && key == "space":
		if p.cur >= 0 && p.cur < len(p.fits) {
			p.flip(p.fits[p.cur])
		}
	case p.letter(k.Text):
	case key == "j":
		p.move(1)
	case key == "k":
		p.move(-1)
	default:
		return false
	}
	return true
}

// moved moves the mark, by the keys that no list takes for anything else.
func (p *Pick) moved(key string) bool {
	page := max(p.shown-1, 1)
	switch key {
	case "down", "ctrl+n":
		p.move(1)
	case "up", "ctrl+p":
		p.move(-1)
	case "pgdown":
		p.move(page)
	case "pgup":
		p.move(-page)
	case "home", "end":
		if p.Filter && p.typed.Text() != "" { // they are the line's
			return false
		}
		p.move(map[string]int{"home": -len(p.fits), "end": len(p.fits)}[key])
	default:
		return false
	}
	return true
}

func (p *Pick) move(by int) {
	p.trouble = "" // it was said of another item
	if len(p.fits) > 0 {
		p.cur = max(0, min(p.cur+by, len(p.fits)-1))
	}
}

// Wheel implements [Wheeled].
func (p *Pick) Wheel(by int) { p.move(by) }

// Click implements [Clicked]: what stands on row y is chosen, or switched on or off.
func (p *Pick) Click(_, y int) {
	if y < 0 || y >= len(p.drawn) || p.drawn[y] < 0 {
		return
	}
	i := p.drawn[y]
	p.cur = max(slices.Index(p.fits, i), 0)
	if p.Many {
		p.flip(i)
	} else {
		p.choose(i)
	}
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
	case p.typed.Text() == "" && len(p.fits) > 0:
		p.trouble = "nothing is marked yet: ↓ marks the first, and typing finds one"
	case p.typed.Text() == "" && p.Filter:
		p.trouble = "nothing was typed yet"
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
func (p *Pick) Want() int {
	asked := len(p.Prompt) / 76 // rows of the prompt beyond the first, about
	if p.Filter {               // what is typed may need a row, and a marked item's words some
		return 4 + len(p.Items) + asked
	}
	return 2 + len(p.Items) + asked
}

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
