package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// program is the root as Bubble Tea runs it. A comparison has the whole screen: it
// draws its own frame, everything else is drawn by [app.View].
type program struct{ *app }

// Update implements [tea.Model].
func (p program) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := p.app.Update(msg)
	return p, cmd
}

// View implements [tea.Model].
func (p program) View() (v tea.View) {
	a := p.app
	if a.review != nil || a.compared == nil || a.w < minWidth || a.h < minHeight {
		return a.View()
	}
	defer func() {
		if r := recover(); r != nil {
			a.crash = panicked(a.o, r)
			v = tea.NewView("stet stopped: press ctrl+c")
		}
	}()
	v.AltScreen, v.WindowTitle = true, "stet compare"
	if a.o.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	rows, x, y := a.compareFrame()
	v.Content = strings.Join(rows, "\n")
	if x >= 0 && y >= 0 && y < a.h {
		v.Cursor = tea.NewCursor(min(x, a.w-1), y)
		v.Cursor.Blink = false
	}
	return v
}

// compareFrame draws title, rule, body, hints and message, as [app.frame] does for
// the other screens.
func (a *app) compareFrame() (rows []string, x, y int) {
	t := a.look.Theme
	rows = append(rows, a.compareTitle(), t.In(theme.Dim, " "+strings.Repeat("─", a.w-2)))
	rows = append(rows, a.coachRows(a.h-4)...)
	room := a.h - 2 - len(rows)
	var body []string
	if a.over != nil {
		list, px, py := a.over.pick.Rows(a.look, a.w, room*3/5)
		top, _, _ := a.compared.Body(a.look, a.w, room-len(list)-1)
		body = append(append(top, t.In(theme.Dim, " "+strings.Repeat("─", a.w-2))), list...)
		x, y = px, len(top)+1+py
	} else {
		body, x, y = a.compared.Body(a.look, a.w, room)
	}
	y += len(rows)
	rows = append(rows, dialog.Fill(body, room)...)
	return append(rows, a.compareHints(), a.messageRow()), x, y
}

func (a *app) compareTitle() string {
	m, t := a.look.Meter, a.look.Theme
	left, about := a.compared.Title()
	left, right := " stet  "+annotations.Visible(left), annotations.Visible(about)+"   "+annotations.Visible(a.o.Session.Actor)
	saved, role := a.saved()
	if saved != "" {
		saved = cells.Blanks(3) + saved
	}
	room := a.w - 1 - m.Width(saved)
	right = m.Cut(right, room*3/5)
	left = m.Cut(left, max(room-m.Width(right)-2, 0))
	gap := room - m.Width(left) - m.Width(right)
	return t.In(theme.Title, left) + cells.Blanks(gap) + t.In(theme.Plain, right) + t.In(role, saved)
}

// compareHints shows the keys that matter now.
func (a *app) compareHints() string {
	ids, panel := a.compared.Hints()
	if a.over != nil {
		ids, panel = nil, a.over.pick.Hints()
	}
	a.hints = a.hints[:0]
	row, used := "", 1
	add := func(key, words string) bool {
		w := a.look.Meter.Width(key) + 1 + a.look.Meter.Width(words)
		if used+w+2 > a.w {
			return false
		}
		row += " " + a.look.Theme.In(theme.Key, key) + " " + a.look.Theme.In(theme.Dim, words) + " "
		used += w + 2
		return true
	}
	for _, h := range panel {
		add(h.Key, h.Words)
	}
	for _, id := range ids {
		act, ok := a.keys.Get(action.Comparing, id)
		if !ok || len(act.Keys) == 0 {
			continue
		}
		from := used
		if add(action.Show(act.Keys[0]), act.Hint) {
			a.hints = append(a.hints, hintBox{from: from, to: used, act: act})
		}
	}
	return row
}

// whyCompare says in help and the palette why actions of a comparison can do
// nothing now.
func (a *app) whyCompare() {
	if a.over == nil || a.review != nil || a.compared == nil {
		return
	}
	for i := range a.over.pick.Items {
		a.over.pick.Items[i].Off = a.compared.Why(a.over.actions[i].ID)
	}
}

// mouseCompare: a click marks, on a hint it runs it; the wheel steps.
func (a *app) mouseCompare(msg tea.Msg) tea.Cmd {
	if a.over != nil || a.compared.Typing() {
		return nil
	}
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		id := action.Next
		if msg.Button == tea.MouseWheelUp {
			id = action.Prev
		}
		return a.doCompare(action.Action{ID: id})
	case tea.MouseClickMsg:
		if msg.Button != tea.MouseLeft {
			return nil
		}
		if msg.Y != a.h-2 {
			a.compared.At(msg.Y - a.top())
			return nil
		}
		for _, b := range a.hints {
			if msg.X >= b.from && msg.X < b.to {
				return a.do(b.act)
			}
		}
	}
	return nil
}
