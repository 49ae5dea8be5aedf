package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// The smallest terminal that the screens are drawn on, in cells.
const (
	minWidth  = 40
	minHeight = 10
)

// roomy is the height from which a panel and a message leave a sentence its rows.
const roomy = 24

// View implements [tea.Model], for the renderer that draws at ticks.
func (a *app) View() tea.View {
	if a.term != nil {
		return tea.View{}
	}
	f := a.seen()
	a.framed()
	v := tea.NewView(strings.Join(f.Rows, "\n"))
	v.AltScreen, v.WindowTitle = true, f.Title
	if f.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if f.X >= 0 {
		v.Cursor = tea.NewCursor(f.X, f.Y)
		v.Cursor.Blink = false
	}
	return v
}

// frame draws the whole screen: title, rule, body, hints, message. Every row is
// one string, so that a renderer of rows can take them as they are.
func (a *app) frame() (rows []string, x, y int) {
	if a.w == 0 || a.unseen() {
		words := fmt.Sprintf("%d×%d is too small: stet needs %d×%d", a.w, a.h, minWidth, minHeight)
		if len(a.held) > 0 {
			words += ". What was typed waits until it is larger; ctrl+c leaves without it."
		}
		return dialog.Fill(dialog.Wrapped(a.look, words, a.w), a.h), -1, 0
	}
	t := a.look.Theme
	rows = append(rows, a.title(), t.In(theme.Dim, " "+strings.Repeat("─", a.w-2)))
	rows = append(rows, a.coachRows(a.h-4)...)
	message := a.messageRows()
	room := a.h - 1 - len(rows) - len(message)
	var body []string
	a.overTop = len(rows)
	switch most := a.top().Beside(room); {
	case a.over == nil:
		body, x, y = a.top().Body(a.look, a.w, room)
	case most == 0:
		body, x, y = a.over.pick.Rows(a.look, a.w, room)
	default:
		list, px, py := a.over.pick.Rows(a.look, a.w, most)
		above, _, _ := a.top().Body(a.look, a.w, room-len(list)-1)
		body = append(append(above, t.In(theme.Dim, " "+strings.Repeat("─", a.w-2))), list...)
		x, y = px, len(above)+1+py
		a.overTop += len(above) + 1
	}
	rows = append(rows, dialog.Fill(body, room)...)
	a.hintAt = len(rows)
	return append(append(rows, a.hintRow()), message...), x, y + a.bodyTop()
}

// What is shown at least of a reviewer's name, and of where one is, in cells.
const (
	leastName  = 6
	leastTitle = 12
)

// title says where one is, who works, and whether all is saved.
func (a *app) title() string {
	m, t := a.look.Meter, a.look.Theme
	left, right := a.top().Title()
	left = " stet  " + annotations.Visible(left)
	if right = annotations.Visible(right); right != "" {
		right += "   "
	}
	saved, role := a.saved()
	who := annotations.Visible(a.o.Session.Actor)
	over := m.Width(left) + m.Width(right) + m.Width(who) + m.Width(saved) + 7 - a.w
	if over > 0 { // where one is goes before a long name, and before how many others are there
		who = m.Cut(who, max(m.Width(who)-over, leastName))
	}
	right += who
	if others := a.others(); others != "" && a.review == nil && over+m.Width(others)+3 <= 0 {
		right = others + "   " + right
	}
	if room := a.w - m.Width(saved) - 5 - min(m.Width(left)-len(" stet "), leastTitle); m.Width(right) > room {
		right = a.fewer(right, max(room, 0))
	}
	free := a.w - m.Width(right) - m.Width(saved) - 4
	if bare, ok := strings.CutPrefix(left, " stet "); ok && m.Width(left) > max(free-1, 8) {
		left = bare // which program this is is known
	}
	left = m.Cut(left, max(free-1, 8))
	gap := a.w - m.Width(left) - m.Width(right) - m.Width(saved) - 4
	if gap < 1 { // a narrow terminal: the count and the saved state matter most
		right = m.Cut(right, max(m.Width(right)+gap-1, 0))
		gap = 1
	}
	return t.In(theme.Title, left) + cells.Blanks(gap) + t.In(theme.Plain, right) + cells.Blanks(3) + t.In(role, saved)
}

// fewer leaves out of what stands at the right of the title, the last first, what has no
// room: half a count says nothing.
func (a *app) fewer(right string, w int) string {
	const apart = "   "
	for a.look.Meter.Width(right) > w {
		i := strings.LastIndex(right, apart)
		if i < 0 {
			return a.look.Meter.Cut(right, w)
		}
		right = right[:i]
	}
	return right
}

func (a *app) saved() (string, theme.Role) {
	n := a.out.waiting()
	a.out.mu.Lock()
	stuck := a.out.stuck
	a.out.mu.Unlock()
	switch {
	case stuck != nil:
		return fmt.Sprintf("NOT SAVED: %d", n), theme.Bad
	case n > 0:
		return "saving …", theme.Dim
	case a.savedAt.IsZero():
		return "", theme.Dim
	}
	return "✓ saved " + a.savedAt.Format("15:04:05"), theme.Good
}

// messageRows is the message, whole where the window has the rows for it: what
// went wrong, whether the work is safe, and the next step stand in one sentence or two.
// In a small window what went well takes no second row from an open panel and the
// sentence above it; it is there again when the panel is closed.
func (a *app) messageRows() []string {
	role := theme.Plain
	if a.bad {
		role = theme.Bad
	}
	most := max(1, min(4, a.h/6))
	if !a.bad && a.h < roomy && a.typing() {
		most = 1
	}
	lines := dialog.Wrapped(a.look, a.message, max(a.w-1, 1))
	if most == 1 {
		lines = []string{a.look.Meter.Cut(a.message, a.w-1)}
	}
	if len(lines) > most {
		lines[most-1] = a.look.Meter.Cut(strings.Join(lines[most-1:], " "), a.w-1)
		lines = lines[:most]
	}
	for i, line := range lines {
		lines[i] = a.look.Theme.In(role, " "+line)
	}
	return lines
}

// mouse: a click selects, on a hint it runs it; the wheel steps.
func (a *app) mouse(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.MouseClickMsg); ok && m.Button == tea.MouseLeft && m.Y == a.hintAt {
		return a.clickHint(m.X)
	}
	if a.over != nil {
		return a.mouseOver(msg)
	}
	if a.typing() {
		switch m := msg.(type) {
		case tea.MouseClickMsg:
			if m.Button == tea.MouseLeft {
				return tea.Batch(a.carry(a.top().Click(m.X, m.Y-a.bodyTop())), a.chosen())
			}
		case tea.MouseMotionMsg:
			if d, ok := a.top().(dragged); ok && m.Button == tea.MouseLeft {
				d.Drag(m.X, m.Y-a.bodyTop())
			}
		case tea.MouseWheelMsg:
			a.top().Wheel(wheel(m))
		}
		return nil
	}
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		by := wheel(msg)
		if by == 0 {
			return nil
		}
		a.message = "" // as by a key
		id, up := action.Next, action.Prev
		if a.scope() == action.Settle {
			id, up = action.PageDown, action.PageUp
		}
		if by < 0 {
			id = up
		}
		if act, ok := a.keys.Get(a.scope(), id); ok {
			return a.do(act)
		}
	case tea.MouseClickMsg:
		if msg.Button == tea.MouseLeft {
			return a.click(msg.X, msg.Y)
		}
	}
	return nil
}

// dragged is a screen that takes the mouse while its button is held.
type dragged interface{ Drag(x, y int) }

// wheel is which way a wheel turned: 1 down, -1 up, 0 to a side.
func wheel(m tea.MouseWheelMsg) int {
	switch m.Button {
	case tea.MouseWheelDown:
		return 1
	case tea.MouseWheelUp:
		return -1
	}
	return 0
}

func (a *app) click(x, y int) tea.Cmd {
	a.message = ""
	return a.carry(a.top().Click(x, y-a.bodyTop()))
}
