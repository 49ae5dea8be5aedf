package tui

import (
	"crypto/rand"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
)

// carry does what a screen asked for, in order.
func (a *app) carry(list []action.Outcome) tea.Cmd {
	var cmds []tea.Cmd
	for _, o := range list {
		cmds = append(cmds, a.carryOne(o))
	}
	return tea.Batch(cmds...)
}

func (a *app) carryOne(o action.Outcome) tea.Cmd {
	switch o := o.(type) {
	case action.Save:
		return a.save(o)
	case action.Revert:
		a.reverts++
		a.out.add(entry{revert: o.Mode})
		return a.drain
	case action.Moved:
		if err := a.o.Store.SetPlace(a.o.Session.Actor, store.Place{Article: o.Article, Sentence: o.Sentence}); err != nil {
			a.report(err)
		}
		a.notice()
	case action.Say:
		a.say(o.Words, o.Bad)
	case action.OpenArticle:
		a.opening = true
		return func() tea.Msg {
			acts := a.out.through()
			m := a.load.review(o.Article, o.At)
			m.acts = acts
			return m
		}
	case action.ImportFile:
		if a.o.Import == nil {
			a.say("import is off here; run: stet import FILE", true)
			return nil
		}
		a.await()
		path := a.atHome(o.Path)
		return func() tea.Msg { return a.load.bringIn(a.o.Import, path) }
	case action.Again:
		act, ok := a.keys.Find(a.scope(), o.Key)
		if !ok {
			a.unknown(o.Key)
			return nil
		}
		if a.review != nil {
			if why := a.review.Uncounted(act.ID); why != "" {
				a.say(why, false)
				return nil
			}
		}
		return a.do(act)
	case action.Attach:
		a.await()
		o.Evidence.File = a.atHome(o.Evidence.File)
		a.say("reading "+filepath.Base(o.Evidence.File)+" …", false)
		return func() tea.Msg { return a.load.attach(o) }
	case action.EditText:
		return a.edit(o.Text)
	case action.TakeDraft:
		a.takeDraft()
	case action.SearchText:
		a.await()
		a.say("searching …", false)
		return func() tea.Msg { return a.load.search(o) }
	case action.CopyText:
		if a.o.inLines != nil {
			a.o.inLines.tell(o.Text)
			return nil
		}
		return a.copied(o.Text)
	case action.AskAudit, action.AskDraw, action.AskUrgent, action.AskTitles, action.Reply, action.Compute:
		return a.carryAudit(o)
	case action.ReadAll:
		return a.scan()
	case action.SwapTexts:
		return a.swapTexts()
	case action.AskHistory:
		a.await()
		n := a.numberShown()
		return func() tea.Msg { return a.load.history(o.Article, o.Sentence, n) }
	}
	return nil
}

// atHome is a file's name with a leading ~/ spelt out, which no shell does here.
func (a *app) atHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if !ok || a.o.Remote {
		return path
	}
	for _, e := range a.o.Environ {
		if home, ok := strings.CutPrefix(e, "HOME="); ok && home != "" {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// save queues an act. A confidential note is sealed with a fresh salt first.
func (a *app) save(o action.Save) tea.Cmd {
	for i := range o.Changes {
		c := &o.Changes[i]
		if c.Secret == "" {
			continue
		}
		var salt [16]byte
		if _, err := rand.Read(salt[:]); err != nil {
			a.report(err)
			return nil
		}
		c.Annotation.Confidential = annotations.Seal(salt, c.Secret)
		a.review.Sealed(c.Sentence, c.Annotation.Confidential)
	}
	a.out.add(entry{article: o.Article, changes: o.Changes, words: o.Words, blobs: o.Blobs, cut: o.Cut})
	a.say(o.Words+" …", false)
	return a.drain
}

func (a *app) drain() tea.Msg { return drained{a.out.drain(a.load.ctx)} }

// reload reads anew what is said, as far as it changed; show is the sentence to go to.
func (a *app) reload(what changed, show annotations.SentenceID) tea.Cmd {
	if a.review == nil && a.audit != nil {
		return a.reloadAudit(true)
	}
	if a.review == nil {
		return tea.Batch(a.readDesk(), a.replay())
	}
	a.await()
	s := a.shown()
	return func() tea.Msg {
		acts := a.out.through()
		m, _ := a.load.reload(s, what, show).(reloaded)
		m.acts = acts
		return m
	}
}

// shown is what stands on the review screen.
func (a *app) shown() shown {
	return shown{a.review.Article(), a.review.Table(), a.review.Book().Hash}
}
