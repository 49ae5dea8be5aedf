package tui

import (
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/review"
)

// open shows an article, or why it cannot be shown.
func (a *app) open(msg reviewLoaded) tea.Cmd {
	if msg.err != nil {
		return a.shut(msg.err)
	}
	a.review = review.New(msg.doc)
	a.review.Keyed(func(id action.ID) string { return a.keyOf(action.Review, id) })
	a.bind(msg.doc.Book)
	a.ownActs(msg.acts)
	a.draft = msg.draft
	a.unread.some = false // it was read just now
	a.tellDraft(msg.doc.Draft)
	a.tellBroken()
	cmds := []tea.Cmd{a.readAsked, a.carry([]action.Outcome{action.Moved{Article: a.review.Article(), Sentence: a.review.Current()}})}
	if msg.rest == nil { // else it is not known yet where links lead
		cmds = append(cmds, a.advise(a.review))
	}
	if msg.proof == nil && msg.rest == nil {
		return tea.Batch(append(cmds, a.replay())...)
	}
	a.proving = true
	m := reviewProved{article: a.review.Article(), acts: msg.acts}
	return tea.Batch(append(cmds, tea.Tick(5*time.Millisecond, func(time.Time) tea.Msg {
		if msg.rest != nil {
			m.said, m.err = msg.rest()
		}
		if msg.proof != nil && m.err == nil {
			m.err = msg.proof()
		}
		return m
	}))...)
}

// ownActs shows on an article what its reviewer did there that was not on the disk when
// it was read, as on a disk that is full: acts had gone through then, and some may have
// since.
func (a *app) ownActs(acts int) {
	all := a.review.Queued(a.out.queued(a.review.Article()))
	if !all || a.out.through() != acts {
		a.stale, a.behind = true, changed{whole: true}
	}
}

// proved goes on when a long article, which is shown already, was read to its end and
// is the one that was imported; else it is shown no longer.
func (a *app) proved(msg reviewProved) tea.Cmd {
	a.proving = false
	here := a.review != nil && a.review.Article() == msg.article
	switch {
	case msg.err != nil && here:
		return a.shut(msg.err)
	case msg.said != nil && here:
		a.review.Complete(*msg.said)
		a.ownActs(msg.acts)
		return tea.Batch(a.advise(a.review), a.replay(), giveBack)
	}
	return a.replay()
}

// giveBack frees what reading so much took, three times what is kept of it.
func giveBack() tea.Msg {
	debug.FreeOSMemory()
	return nil
}

// shut leaves an article that cannot be shown for the desk. Keys that were typed
// meanwhile were meant for it: they do nothing elsewhere, and hide no message.
func (a *app) shut(err error) tea.Cmd {
	_, written := a.writing()
	lost := a.keepDraft()
	a.review, a.held, a.advice.after = nil, nil, nil
	a.report(err)
	switch {
	case lost != nil:
		a.say(strings.TrimSuffix(a.message, ".")+". "+dialog.Capital(lost.Error()), true)
	case written:
		a.say(strings.TrimSuffix(a.message, ".")+". "+noteKept, true)
	}
	return tea.Batch(a.readDesk(), a.replay())
}
