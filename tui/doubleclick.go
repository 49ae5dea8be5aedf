package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/compare"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/review"
)

// doubled is how soon after a click another on the same cell is one with it.
const doubled = 400 * time.Millisecond

// clicked is a click that opened or closed something.
type clicked struct {
	x, y int
	at   time.Time
}

// layers are what lies over each other on the screen. They are compared, and no more.
type layers struct {
	over   *overlay
	panel  dialog.Panel
	review *review.Screen
	beside *compare.Screen
	audit  bool
}

func (a *app) layers() layers {
	l := layers{over: a.over, review: a.review, audit: a.audit != nil}
	if a.compared != nil {
		l.beside = a.compared.Screen
	}
	switch {
	case a.review != nil:
		l.panel = a.review.Panel
	case a.compared != nil:
		l.panel = a.compared.Panel
	case a.audit != nil:
		l.panel = a.audit.Panel
	default:
		l.panel = a.desk.Panel
	}
	return l
}

// clicks does what a click says, but for the second one of a double click where the first
// opened or closed something: it is for what was there.
func (a *app) clicks(m tea.MouseClickMsg) tea.Cmd {
	now := a.o.Clock()
	if c := a.clicked; c != nil && c.x == m.X && c.y == m.Y && now.Sub(c.at).Abs() < doubled {
		return nil
	}
	a.clicked = nil
	before := a.layers()
	cmd := a.mouse(m)
	if a.layers() != before {
		a.clicked = &clicked{m.X, m.Y, now}
	}
	return cmd
}
