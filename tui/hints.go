package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// hintBox is where a hint stands on its row.
type hintBox struct {
	from, to int // columns
	act      action.Action
	key      string // of the open panel, in place of an action
}

// mostTag is how many cells of a tag's name a hint shows.
const mostTag = 16

// hintRow shows the keys that matter now.
func (a *app) hintRow() string {
	var ids []action.ID
	var panel []dialog.Hint
	switch {
	case a.over != nil:
		panel = a.over.pick.Hints()
	default:
		ids, panel = a.top().Hints()
		if x := a.askedHere(); x != nil && x.Open && len(panel) == 0 {
			ids = slices.Insert(slices.Clone(ids), 0, action.Answer)
		}
	}
	a.hints = a.hints[:0]
	row, used := "", 1
	cost := func(key, words string) int { return a.look.Meter.Width(key) + 1 + a.look.Meter.Width(words) + 2 }
	keep := 0 // cells that stay free for the key that shows all others
	if list := a.keys.Lists(a.scope()); slices.Contains(ids, action.Help) {
		keep = cost(a.keyOf(a.scope(), list.ID), list.Hint)
	}
	add := func(key, words string, keep int) bool {
		w := cost(key, words)
		if used+w+keep > a.w {
			return false
		}
		row += " " + a.look.Theme.In(theme.Key, key) + " " + a.look.Theme.In(theme.Dim, words) + " "
		used += w
		return true
	}
	for i, h := range panel {
		rest := 0 // how it ends must be seen, whatever else there is to say
		for _, later := range panel[i+1:] {
			if endsPanel(later.Key) {
				rest += cost(later.Key, later.Words)
			}
		}
		if from := used; add(h.Key, h.Words, rest) {
			a.hints = append(a.hints, a.keyBoxes(h.Key, from, used)...)
		}
	}
	for _, id := range ids {
		act, ok := a.keys.Get(a.scope(), id)
		if id == action.Help {
			act, keep = a.keys.Lists(a.scope()), 0
		}
		if !ok || len(act.Keys) == 0 {
			continue
		}
		from := used
		words := act.Hint
		if act.Tag != "" { // one tag's name must not take the room of the others
			words = a.look.Meter.Cut(words, mostTag)
		}
		if id == action.Back && a.scope() == action.Desk { // there is nothing to go back to
			words = "quit"
		}
		if add(a.keyOf(a.scope(), act.ID), words, keep) {
			a.hints = append(a.hints, hintBox{from: from, to: used, act: act})
		}
	}
	return row
}

// endsPanel reports whether a panel's key leads out of it, or to its other keys.
func endsPanel(key string) bool { return key == "enter" || key == "esc" || key == "?" }

// keyBoxes are where the keys of a panel's hint stand, that begins at one column and
// ends before another: one key's with its words, of several each by itself.
func (a *app) keyBoxes(keys string, from, to int) (boxes []hintBox) {
	list := strings.Fields(keys)
	for _, key := range list {
		w := a.look.Meter.Width(key)
		if _, ok := pressed(key); ok {
			boxes = append(boxes, hintBox{from: from, to: from + w, key: key})
		}
		from += w + 1
	}
	if len(list) == 1 && len(boxes) == 1 {
		boxes[0].to = to
	}
	return boxes
}

// pressed is the key that a panel's hint shows; false for words such as "letter".
func pressed(hint string) (tea.KeyPressMsg, bool) {
	if code, ok := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "←": tea.KeyLeft, "→": tea.KeyRight, "↑": tea.KeyUp, "↓": tea.KeyDown,
	}[hint]; ok {
		return tea.KeyPressMsg{Code: code}, true
	}
	switch {
	case hint == "space":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}, true
	case hint == "alt+enter":
		return tea.KeyPressMsg{Code: tea.KeyEnter, Mod: tea.ModAlt}, true
	case len(hint) == 1:
		return tea.KeyPressMsg{Code: rune(hint[0]), Text: hint}, true
	}
	return tea.KeyPressMsg{}, false
}

// clickHint does what the hint at a column of their row says.
func (a *app) clickHint(x int) tea.Cmd {
	for _, b := range a.hints {
		if x < b.from || x >= b.to {
			continue
		}
		if k, ok := pressed(b.key); ok {
			return tea.Batch(a.press(k), a.caughtUp())
		}
		a.message = "" // as by its key
		return a.do(b.act)
	}
	return nil
}
