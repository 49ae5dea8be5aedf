package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
)

// unread is what could not be read anew and is tried again until it can be: a screen
// that shows what is no longer so must not stay.
type unread struct {
	some  bool   // there is something
	due   bool   // the next try is on its way
	fault string // why, as it was said
}

// readAgain comes when it is time for the next try.
type readAgain struct{}

// postpone says why something could not be read anew, once, and has it tried again
// after a while; in lines, between lines.
func (a *app) postpone(err error, what changed) tea.Cmd {
	u := &a.unread
	if !u.some {
		a.report(err)
		u.some, u.fault = true, a.message
	}
	a.behind.join(what)
	if u.due || a.o.inLines != nil {
		return nil
	}
	u.due = true
	return tea.Tick(4*pause, func(time.Time) tea.Msg { return readAgain{} })
}

// again has read what was postponed as soon as the hands are free.
func (a *app) again() {
	a.unread.due = false
	a.stale = a.stale || a.unread.some
}

// readAtLast takes back what was said of a fault that is over.
func (a *app) readAtLast() {
	if a.unread.some && a.message == a.unread.fault {
		a.say("", false)
	}
	a.unread.some, a.unread.fault = false, ""
}

// rereadMsg takes what was read anew of the article on the screen.
func (a *app) rereadMsg(msg reloaded) tea.Cmd {
	switch {
	case a.review == nil:
		return a.replay()
	case msg.err != nil:
		return tea.Batch(a.postpone(msg.err, msg.what), a.replay())
	}
	a.readAtLast()
	if (msg.doc.Book != nil || msg.doc.Article != nil) && (a.over != nil || a.typing()) { // what is open is about what stands here
		a.stale, a.behind = true, all()
		return a.replay()
	}
	return a.reread(msg)
}

// reread shows what was read anew of the article on the screen, and asks for new
// advice where the old cannot be right: other sentences, or evidence that was not
// there before.
func (a *app) reread(msg reloaded) tea.Cmd {
	if msg.some {
		a.review.Refresh(msg.doc, msg.at)
	} else {
		a.review.Reload(msg.doc)
	}
	a.ownActs(msg.acts)
	a.keepRefused()
	if b := msg.doc.Book; b != nil {
		a.bind(b)
		a.say(fmt.Sprintf("judged by codebook %s, version %s, from here on; %s shows it", b.Name, b.Version, a.keyOf(action.Review, action.Codebook)), false)
	}
	var cmds []tea.Cmd
	if msg.doc.Article != nil || msg.what.items || a.review.LacksAdvice() {
		cmds = append(cmds, a.advise(a.review))
	}
	if msg.show != 0 {
		a.review.Show(msg.show)
		cmds = append(cmds, a.carry([]action.Outcome{action.Moved{Article: a.review.Article(), Sentence: a.review.Current()}}))
	}
	return tea.Batch(append(cmds, a.readAsked, a.replay())...)
}
