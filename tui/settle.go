package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
)

// settle tells the screen what became of the acts that were saved.
func (a *app) settle(list []settled) tea.Cmd {
	var cmds []tea.Cmd
	for i := range list {
		cmds = append(cmds, a.settleOne(&list[i]))
	}
	a.sayBehind(slices.DeleteFunc(slices.Clone(list), func(s settled) bool { return !s.behind }))
	if a.plight != "" && a.out.waiting() == 0 {
		if a.message == a.plight {
			a.say("What could not be saved is saved now.", false)
		}
		a.plight = ""
	}
	if len(list) > 0 && a.review == nil && a.audit == nil && a.compared == nil {
		cmds = append(cmds, a.readDesk()) // it was read before this was on the disk
	}
	a.notice()
	return tea.Batch(append(cmds, a.caughtUp())...)
}

// settleOne tells what became of one.
func (a *app) settleOne(s *settled) tea.Cmd {
	if s.revert != annotations.Do && !isStuck(s.err) {
		a.reverts = max(a.reverts-1, 0)
	}
	switch {
	case s.idle():
		a.say(dialog.Capital(s.err.Error())+".", false)
		return a.replay()
	case isStuck(s.err):
		a.report(s.err)
		a.plight = a.message
		cmd := a.againSoon(s.err) // it stays queued, and on the screen with "…"
		if a.out.reverting() {    // keys wait for nothing else that is queued
			a.reverts = 0
			cmd = tea.Batch(cmd, a.replay())
		}
		return cmd
	case s.err != nil:
		return a.refused(s)
	case s.revert != annotations.Do:
		a.savedAt = a.o.Clock()
		return a.reverted(*s)
	}
	a.savedAt = a.o.Clock()
	if a.review != nil && a.review.Article() == s.article {
		a.review.Saved(s.changes)
	}
	if a.out.waiting() == 0 && a.message == annotations.Visible(s.words+" …") {
		a.say(dialog.Capital(s.words)+". Saved.", false)
	}
	return nil
}

// refused says why an act was not stored, keeps what was written in it, and has read anew
// what is stored. Until that is there keys wait: nothing more is typed on what it said.
func (a *app) refused(s *settled) tea.Cmd {
	if !s.behind {
		a.report(s.refused())
	}
	dropped := a.out.anew(s.article)
	a.sayBehind(dropped)
	for _, d := range dropped {
		if d.revert != annotations.Do { // keys wait for it no longer
			a.reverts = max(a.reverts-1, 0)
		}
	}
	for _, d := range append([]settled{*s}, dropped...) {
		switch {
		case d.revert != annotations.Do:
		case a.review != nil && a.review.Article() == d.article:
			a.review.Refused(d.changes)
		default:
			a.keepAway(&d)
		}
	}
	return a.reload(all(), 0)
}

// sayBehind adds to why an act was refused that what was typed behind it was not saved.
func (a *app) sayBehind(dropped []settled) {
	const words = "What was typed behind it was not saved either"
	switch {
	case len(dropped) == 0 || strings.Contains(a.message, words):
	case a.bad && a.message != "":
		a.say(strings.TrimSuffix(a.message, ".")+". "+words, true)
	default: // why is no longer on the screen
		a.report(dropped[0].err)
	}
}
