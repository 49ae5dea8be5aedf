package tui

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/review"
)

// Messages about advice: what is read of an article once it stands on the screen.
type (
	advised struct {
		article annotations.ArticleID
		advice  review.Advice
		newer   string // the name of the latest revision of the article, or "" when it is that
		err     error
	}
	// partRead is what is proposed for some sentences.
	partRead struct {
		of     annotations.Text // as it was cut when it was read
		advice review.Advice
	}
	// scanned is what needs a look first in the beginning of an article, up to a place.
	scanned struct {
		of   annotations.Text
		upTo int
		list []annotations.SentenceID
	}
)

// advising is the advice that is on its way. What stands beside, the evidence and
// where links lead are read once, behind the first frame; what is proposed is read
// part by part, around where the reviewer is.
type advising struct {
	asked   int                   // questions without an answer yet
	reading bool                  // a part is being read
	after   *action.Action        // what waits for answers; nil for nothing
	told    annotations.ArticleID // the article of which it was said that there is a newer text
}

// advise has read what an open article is shown with.
func (a *app) advise(s *review.Screen) tea.Cmd {
	art, aims := s.Shown(), s.Aims()
	a.advice.asked++
	return func() tea.Msg { return a.load.advise(art, aims) }
}

// advise reads what stands beside an article's sentences, the evidence items of the
// store, and the sentences of other articles that links lead to.
func (l loader) advise(art annotations.Text, aims []annotations.Target) tea.Msg {
	d := review.Doc{Article: art}
	err := l.beside(&d)
	items, wrong := l.evidence()
	away, lost := l.elsewhere(aims)
	later, fault := l.chain(art.About().ID)
	out := advised{
		article: art.About().ID, err: errors.Join(err, wrong, fault, lost),
		advice: review.Advice{Carried: d.Carried, Beside: d.Beside, Evidence: items, Elsewhere: away},
	}
	if len(later) > 0 {
		out.newer = later[len(later)-1].Name
	}
	return out
}

// readOn has the sentences around the current one read for suggestions, where they
// were not yet.
func (a *app) readOn() tea.Cmd {
	if a.review == nil || !a.load.suggest || a.advice.reading {
		return nil
	}
	var waits action.ID
	if a.advice.after != nil {
		waits = a.advice.after.ID
	}
	from, to, ok := a.review.Unread(waits)
	if !ok {
		return nil
	}
	a.advice.reading = true
	art := a.review.Shown()
	return func() tea.Msg {
		m := partRead{of: art}
		m.advice.Suggested, m.advice.Quotations = suggestPart(art, from, to)
		return m
	}
}

// awaits reports whether an action needs advice that is on its way, and keeps it
// until that is here: a key typed ahead must do what it does a moment later. Of what is
// proposed it waits for the sentences that are on the screen and those that it is about,
// not for all.
func (a *app) awaits(act action.Action) bool {
	if a.review == nil || !a.lacks(act) && !a.unshown(act.ID) {
		return false
	}
	if a.lacks(act) {
		a.say("reading the article …", false)
	}
	a.advice.after = &act
	return true
}

func (a *app) lacks(act action.Action) bool {
	unread := a.load.suggest && a.review.AwaitsReading(act.ID)
	switch act.ID {
	case action.Accept, action.AcceptAll, action.Step, action.Source, action.Link:
		return unread || a.advice.asked > 0
	case action.Evidence:
		return a.advice.asked > 0
	}
	return false
}

// adviceMsg takes advice and does what waited for it.
func (a *app) adviceMsg(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case advised:
		a.advice.asked--
		a.report(msg.err)
		switch {
		case a.review != nil && a.review.Article() == msg.article:
			a.review.Advise(msg.advice)
			a.tellNewer(msg.newer)
		case a.compared != nil && a.compared.under != nil && a.compared.under.Article() == msg.article:
			a.compared.under.Advise(msg.advice) // it is come back to
		}
	case partRead:
		a.advice.reading = false
		if a.review != nil && a.review.Shown() == msg.of {
			a.review.Advise(msg.advice)
		}
	case scanned:
		return a.scanOn(msg)
	}
	a.tellSuggested()
	if a.advice.after == nil {
		return nil
	}
	return a.replay()
}

// tellNewer says, once an article is open, that there is a later revision of it.
func (a *app) tellNewer(name string) {
	if name == "" || a.advice.told == a.review.Article() {
		return
	}
	a.advice.told = a.review.Article()
	if a.message == "" {
		a.say("this is an older text: "+name+" is the newer one; "+a.keyOf(action.Review, action.Compare)+" compares, and the desk opens it", false)
	}
}

// scan reads the whole of the article on the screen for what needs a look first. It
// takes a second for a hundred thousand sentences, is shown as it goes on, and ends with esc.
func (a *app) scan() tea.Cmd {
	a.await()
	return a.scanOn(scanned{of: a.review.Shown()})
}

// scanOn reads the next part.
func (a *app) scanOn(m scanned) tea.Cmd {
	switch {
	case a.review == nil || a.review.Shown() != m.of:
		a.came()
		return a.replay()
	case a.escaped():
		a.came()
		a.say(fmt.Sprintf("the article was read up to %d only; nothing was changed", m.upTo), false)
		return a.replay()
	case m.upTo == m.of.Len():
		a.came()
		a.say("", false)
		return tea.Batch(a.carry(a.review.ReadThrough(m.list)), a.replay())
	}
	a.say(fmt.Sprintf("reading the article, %d%%; esc stops …", m.upTo*100/m.of.Len()), false)
	book := a.review.Book()
	return func() tea.Msg {
		list, next := urgentPart(m.of, book, m.upTo)
		for _, x := range list {
			m.list = append(m.list, m.of.Unit(x.at).ID)
		}
		m.upTo = next
		return m
	}
}

// escaped takes the keys that were typed while an answer was awaited, if esc is the
// last of them.
func (a *app) escaped() bool {
	if n := len(a.held); n > 0 {
		if k, ok := a.held[n-1].(tea.KeyPressMsg); ok && k.Code == tea.KeyEscape {
			a.held = nil
			return true
		}
	}
	return false
}
