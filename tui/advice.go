package tui

import (
	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
)

// advising is the advice that is on its way: what is proposed, what stands beside
// and which evidence there is are read behind the first frame.
type advising struct {
	asked int            // questions without an answer yet
	after *action.Action // what waits for the answer; nil for nothing
}

// advise has the article on the screen read for advice.
func (a *app) advise() tea.Cmd {
	art, inHand := a.review.Adviser()
	aims, at := a.review.Aims(), a.review.Current()
	a.advice.asked++
	whole := func() tea.Msg { return a.load.advise(art, inHand, aims) }
	if !a.load.suggest || inHand != nil || len(art.Units) <= partUnits {
		return whole
	}
	a.advice.asked++
	return tea.Sequence(func() tea.Msg { return suggestAround(art, at) }, whole)
}

// awaits reports whether an action needs advice that is on its way, and keeps it
// until that is here: a key typed ahead must do what it does a moment later.
func (a *app) awaits(act action.Action) bool {
	if a.review == nil || a.advice.asked == 0 {
		return false
	}
	switch act.ID {
	case action.Accept, action.AcceptAll, action.Step, action.Source, action.Link, action.Evidence:
		a.advice.after, a.waiting = &act, true
		a.say("reading the article …", false)
		return true
	}
	return false
}

// advised takes advice and does what waited for it.
func (a *app) advised(msg advised) tea.Cmd {
	a.advice.asked--
	a.report(msg.err)
	if a.review != nil && a.review.Article() == msg.article {
		a.review.Advise(msg.advice)
	}
	act := a.advice.after
	if act == nil || a.advice.asked > 0 {
		return nil
	}
	a.advice.after, a.waiting, a.message = nil, false, ""
	cmd := a.do(*act)
	if a.waiting {
		return cmd
	}
	return tea.Batch(cmd, a.replay())
}
