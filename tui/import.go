package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// imported is what became of a file that was imported from the desk.
type imported struct {
	path  string
	id    annotations.ArticleID
	name  string // of the article
	known bool   // the store had it already
	err   error
}

// bringIn imports a file, and finds out which article it is.
func (l loader) bringIn(take func(context.Context, string) (annotations.ArticleID, error), path string) tea.Msg {
	m := imported{path: path}
	var before store.Stat
	if before, m.err = l.store.Stat(l.ctx); m.err == nil {
		m.id, m.err = take(l.ctx, path)
	}
	if m.err != nil {
		return m
	}
	m.name = "an article that cannot be read now"
	if sum, err := l.store.Summary(l.ctx, l.who, m.id); err == nil {
		m.name = sum.Name
	}
	since, _, err := l.store.Events(l.ctx, store.Query{Article: m.id}, before.Events, 256)
	m.known = err == nil
	for i := range since {
		m.known = m.known && since[i].Kind != annotations.EventImport
	}
	return m
}

// showImported says which article it is, and marks it.
func (a *app) showImported(m imported) tea.Cmd {
	switch {
	case m.err != nil && strings.HasPrefix(m.err.Error(), m.path): // as it was typed
		a.say(m.err.Error(), true)
	case m.err != nil:
		a.report(m.err)
	case m.known:
		a.say("It is in the store already: "+m.name+". Nothing was imported.", false)
	default:
		a.say("Imported. It is "+m.name+".", false)
	}
	if m.err == nil {
		a.desk.Seek(m.id)
	}
	return a.readDesk()
}
