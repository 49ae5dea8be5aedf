// Package dialog holds the panels that open under the text: a line or a few of
// them to write in, a list to pick from, a page to read. A panel never covers
// the sentence being judged; the screen gives it rows at the bottom.
//
// The editor is our own and small: the ready-made one looks up clipboard
// programs at every start and would run them.
package dialog

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/theme"
)

// Look is what panels draw with.
type Look struct {
	Theme *theme.Theme
	Meter cells.Meter
}

// Hint is a key and what it does, for the hint line.
type Hint struct{ Key, Words string }

// Panel is one dialog.
type Panel interface {
	// Press takes a key. It returns false when the panel has no use for it.
	Press(k tea.KeyPressMsg) bool
	// Paste takes pasted text; it is never read as keys.
	Paste(text string)
	// Rows draws the panel, at most h rows of w cells, and says where the cursor
	// stands; x below 0 means nowhere.
	Rows(l Look, w, h int) (rows []string, x, y int)
	// Want is how many rows the panel would like.
	Want() int
	// Hints are the panel's keys.
	Hints() []Hint
	// Outcome says whether the panel is over, and whether it was cancelled.
	Outcome() (over, cancelled bool)
}

// Input is a line to write in, or several.
type Input struct {
	About    []string // what it is about, above the prompt; wrapped, the end of it where there is no room for all
	Prompt   string
	Help     string            // what enter does: "save"
	Multi    bool              // alt+enter and ctrl+j start a new line
	Offers   []string          // earlier answers; tab goes through those that fit
	Whole    string            // this alone, typed, is an answer and needs no enter; "" for none
	Proposed bool              // what stands there is a proposal: what is written first takes its place
	Max      int               // bytes; 0 = annotations.MaxField
	Live     func(text string) // told what stands there whenever that changes; nil for nobody
	clusters []string
	at       int
	typed    string // what stood there before the first tab
	offer    int    // which offer stands there, from 1; 0 = none
	left     bool   // what was typed or pasted last did not fit, and a part was left out
	told     string // what Live was told last
	drawn    laid   // how it was drawn last
	end      ending
}

// ending is how panels end.
type ending struct{ over, cancelled bool }

// Outcome implements [Panel].
func (e ending) Outcome() (over, cancelled bool) { return e.over, e.cancelled }

// Again makes the key that opened the line an answer, alone in it: gg. It is none where
// it is no one sign, or a digit.
func (i *Input) Again(key, words string) {
	if r := []rune(key); len(r) == 1 && !unicode.IsDigit(r[0]) {
		i.Whole = key
		i.Prompt += fmt.Sprintf(" (%s again: %s)", key, words)
	}
}

// NewInput makes an input that holds text.
func NewInput(prompt, text string) *Input {
	i := &Input{Prompt: prompt, Help: "save"}
	i.Set(text)
	i.told = i.Text()
	return i
}

// Set replaces the text and puts the cursor at its end.
func (i *Input) Set(text string) {
	i.clusters = split(text)
	i.at = len(i.clusters)
}

// split is text as signs that people see.
func split(text string) (clusters []string) {
	for g := graphemes.FromString(text); g.Next(); {
		clusters = append(clusters, g.Value())
	}
	return clusters
}

// Text is what was written, without blanks around it.
func (i *Input) Text() string { return strings.TrimSpace(strings.Join(i.clusters, "")) }

func (i *Input) size() int {
	n := 0
	for _, c := range i.clusters {
		n += len(c)
	}
	return n
}

// limit is how many bytes may stand there.
func (i *Input) limit() int {
	if i.Max == 0 {
		return annotations.MaxField
	}
	return i.Max
}

// Clean is text as it may be written into a note: line ends are line feeds, tabs are
// blanks, other control characters and what was no character are left out.
func Clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(text)
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || r == unicode.ReplacementChar) {
			return -1
		}
		return r
	}, text)
}

// Paste implements [Panel]. Control characters are left out; line ends become
// blanks where there is one line only.
func (i *Input) Paste(text string) {
	i.insert(text)
	i.tell()
}

func (i *Input) tell() {
	if i.Live != nil && i.Text() != i.told {
		i.told = i.Text()
		i.Live(i.told)
	}
}

func (i *Input) insert(text string) {
	if text = Clean(text); !i.Multi {
		text = strings.ReplaceAll(text, "\n", " ")
	}
	if i.Proposed && text != "" {
		i.clusters, i.at, i.Proposed = nil, 0, false
	}
	room := max(i.limit()-i.size(), 0)
	i.left = len(text) > room
	for len(text) > room {
		text = text[:max(strings.LastIndexFunc(text, func(rune) bool { return true }), 0)]
	}
	i.put(text)
	i.offer = 0
}

// put puts text where the cursor is. What stands there may become other signs by it, an
// accent joins the letter before it, but nothing beyond a sign of one byte on either side:
// a long note is not looked through for each key.
func (i *Input) put(text string) {
	lo, hi := i.at, i.at
	for lo > 0 {
		if lo--; len(i.clusters[lo]) == 1 {
			break
		}
	}
	for hi < len(i.clusters) {
		if hi++; len(i.clusters[hi-1]) == 1 {
			break
		}
	}
	before, after := strings.Join(i.clusters[lo:i.at], ""), strings.Join(i.clusters[i.at:hi], "")
	mark := lo + len(split(before+text))
	i.clusters = slices.Replace(i.clusters, lo, hi, split(before+text+after)...)
	i.at = min(mark, len(i.clusters))
}

// Writes reports that a line is written here.
func (i *Input) Writes() bool { return true }

// Press implements [Panel].
func (i *Input) Press(k tea.KeyPressMsg) bool {
	taken := i.press(k)
	if !i.end.over {
		i.tell()
	}
	return taken
}

func (i *Input) press(k tea.KeyPressMsg) bool {
	i.left = false
	if k.Text == "" && k.Code != tea.KeyEnter { // it is gone about in, or changed: it is the writer's own now
		defer func() { i.Proposed = false }()
	}
	switch key := k.String(); key {
	case "enter":
		i.end.over = true
	case "esc":
		i.end = ending{true, true}
	case "alt+enter", "ctrl+j", "shift+enter":
		if i.Multi {
			i.insert("\n")
		}
	case "tab":
		i.tab(1)
	case "shift+tab":
		i.tab(-1)
	case "up", "down":
		if len(i.Offers) > 0 {
			i.tab(map[string]int{"up": -1, "down": 1}[key])
		} else {
			i.vertical(map[string]int{"up": -1, "down": 1}[key])
		}
	case "pgup", "pgdown":
		i.vertical(map[string]int{"pgup": -1, "pgdown": 1}[key] * max(i.drawn.room-1, 1))
	default:
		return i.edit(key, k.Text)
	}
	return true
}

func (i *Input) edit(key, text string) bool {
	switch key {
	case "left", "ctrl+b":
		i.at = max(i.at-1, 0)
	case "right", "ctrl+f":
		i.at = min(i.at+1, len(i.clusters))
	case "home", "ctrl+a":
		i.at = i.lineStart()
	case "end", "ctrl+e":
		i.at = i.lineEnd()
	case "ctrl+home":
		i.at = 0
	case "ctrl+end":
		i.at = len(i.clusters)
	case "ctrl+left", "alt+left", "alt+b":
		i.at = i.wordStart()
	case "ctrl+right", "alt+right", "alt+f":
		i.at = i.wordEnd()
	case "backspace", "ctrl+h":
		i.cut(max(i.at-1, 0), i.at)
	case "delete", "ctrl+d":
		i.cut(i.at, min(i.at+1, len(i.clusters)))
	case "ctrl+w", "alt+backspace":
		i.cut(i.wordStart(), i.at)
	case "alt+d":
		i.cut(i.at, i.wordEnd())
	case "ctrl+u": // at the line's own border it takes the line end, so that pressed again it goes on
		i.cut(min(i.lineStart(), max(i.at-1, 0)), i.at)
	case "ctrl+k":
		i.cut(i.at, max(i.lineEnd(), min(i.at+1, len(i.clusters))))
	default:
		if text == "" {
			return false
		}
		i.insert(text)
		i.end.over = i.Whole != "" && i.Text() == i.Whole
	}
	return true
}

func (i *Input) cut(from, to int) {
	i.clusters = append(i.clusters[:from:from], i.clusters[to:]...)
	i.at, i.offer = from, 0
}

// tab puts the next offer that fits what was typed in its place.
func (i *Input) tab(by int) {
	if i.offer == 0 {
		if i.typed = strings.Join(i.clusters, ""); i.Proposed {
			i.typed = "" // nobody typed it
		}
	}
	fits := Fit(i.typed, i.Offers)
	if len(fits) == 0 {
		return
	}
	n := (i.offer + by + len(fits) + 1) % (len(fits) + 1)
	if n == 0 {
		i.Set(i.typed)
	} else {
		i.Set(i.Offers[fits[n-1]])
	}
	i.offer = n
}

// Want implements [Panel].
func (i *Input) Want() int {
	about := 0
	for _, a := range i.About {
		about += 1 + len(a)/70
	}
	if i.Multi {
		return 6 + about
	}
	return 3 + about
}

// Hints implements [Panel].
func (i *Input) Hints() []Hint {
	h := []Hint{{"enter", i.Help}}
	if i.Proposed {
		h = append(h, Hint{"→", "change it"})
	}
	if len(i.Offers) > 0 {
		h = append(h, Hint{"tab", "earlier ones"})
	}
	if i.Multi {
		h = append(h, Hint{"alt+enter", "new line"})
	}
	return append(h, Hint{"esc", "cancel"})
}

// Outcome implements [Panel].
func (i *Input) Outcome() (over, cancelled bool) { return i.end.Outcome() }

// Rows implements [Panel].
func (i *Input) Rows(l Look, w, h int) ([]string, int, int) {
	const lead = 2
	var rows []string
	for _, about := range i.About {
		for _, row := range Wrapped(l, about, w-lead-1) {
			rows = append(rows, " "+l.Theme.In(theme.Plain, row))
		}
	}
	rows = append(rows[max(len(rows)-max(h-3, 0), 0):], i.asked(l, w, h)...)
	room := max(h-len(rows), 1)
	if h == 1 {
		rows = nil
	}
	i.drawn = laid{meter: l.Meter, w: max(w-lead-1, 1), room: room, top: len(rows), lead: lead}
	text, x, y := i.wrap()
	y += len(rows)
	for _, t := range text {
		if i.Proposed {
			t = l.Theme.In(theme.Dim, t)
		}
		rows = append(rows, cells.Blanks(lead)+t)
	}
	return rows, x + lead, y
}

// asked is the prompt, on two rows where it needs them and they are there; or that
// not all of what came fits.
func (i *Input) asked(l Look, w, h int) []string {
	if i.left {
		return []string{l.Theme.In(theme.Bad, l.Meter.Cut(fmt.Sprintf(" Not all of it fits: the limit is %d bytes. The rest was left out", i.limit()), w))}
	}
	if h < 3 {
		return []string{l.Theme.In(theme.Strong, l.Meter.Cut(" "+annotations.Visible(i.Prompt), w))}
	}
	var rows []string
	for _, row := range Wrapped(l, i.Prompt, max(w-1, 1)) {
		rows = append(rows, l.Theme.In(theme.Strong, " "+row))
	}
	return rows[:min(len(rows), 2)]
}

// window is the stretch of one line around the cursor that fits w cells, and the
// cursor's column in it.
func (i *Input) window(l Look, w int) (text string, x int) {
	widths := make([]int, i.at)
	for n := range i.at {
		widths[n] = l.Meter.Width(annotations.Visible(i.clusters[n]))
		x += widths[n]
	}
	from := 0
	for ; x > w-1 && from < i.at; from++ {
		x -= widths[from]
	}
	return l.Meter.Cut(annotations.Visible(strings.Join(i.clusters[from:], "")), w), x
}
