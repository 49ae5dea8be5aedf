package tui

import (
	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
)

// What is suggested is taken by one key, and the history says what was offered: so a
// suggestion counts as seen when the terminal has the frame that it stands in, not when that
// was laid out, and a key that takes one waits for that frame. Keys that come faster than a
// slow line, or one that stands still, would take one after the other unseen.

// framed notes what the frame holds that was drawn now.
func (a *app) framed() {
	a.undrawn = false
	if a.review != nil && !a.unseen() {
		a.review.Framed()
	}
}

// glance takes as seen what the last frame holds, once the terminal has it. What a message
// tells that is no key changes what is shown, so a key that waited for it waits for a frame.
func (a *app) glance(msg tea.Msg) {
	if a.review != nil && (a.term == nil || a.term.Written()) {
		a.review.Seen()
	}
	if _, ok := msg.(tea.KeyPressMsg); !ok {
		a.undrawn = true
	}
}

// unshown reports whether an action takes what the terminal does not show yet. Whoever
// draws at ticks asks View after each message, and in lines all is told.
func (a *app) unshown(id action.ID) bool {
	return takes(id) && a.term != nil && (a.undrawn || a.unseen() || !a.term.Written())
}

// takes reports whether an action takes what is suggested.
func takes(id action.ID) bool { return id == action.Accept || id == action.AcceptAll }

// afterFrame carries out what waited for a frame, if that is on the terminal already; else
// the painter tells when it is.
func (a *app) afterFrame() tea.Cmd {
	var cmds []tea.Cmd
	for a.term != nil && a.review != nil && !a.undrawn && !a.unseen() {
		if act := a.advice.after; act == nil || !takes(act.ID) || a.lacks(*act) || a.unanswered() {
			break
		}
		if !a.term.Written() && !a.term.Ready() { // which has asked to be told
			break
		}
		a.review.Seen()
		cmds = append(cmds, a.replay())
		a.stand()
		a.draw()
	}
	return tea.Batch(cmds...)
}
