package tui

import (
	"errors"
	"math"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui/desk"
	"stet.example/stet/tui/dialog"
)

// Messages about the articles on the desk.
type (
	deskLoaded struct {
		desk.Filling
		turn int // of those that were asked for
		err  error
	}
	// entriesRead is what was lacking of some articles; titled, that it was asked
	// for all of them.
	entriesRead struct {
		list   []desk.Entry
		titled bool
		err    error
	}
)

// deskWhole is up to how many articles the desk reads the entries of all. Of more
// it reads so many names, and the entries of those of which somebody said something
// lately; the others are read as they come on the screen, the other names when the
// mark comes near their place or the desk is narrowed. So the desk of a large store
// is there as soon as that of a small one, and takes little more memory: each page
// of the file that is looked into counts as the program's, with those around it.
const deskWhole = 1000

// deskLately is how many articles at most are looked at for when they were touched.
const deskLately = 50

// desk reads what the desk shows, or of many articles the beginning.
func (l loader) desk() tea.Msg {
	if l.whole {
		return l.wholeDesk()
	}
	return l.fillDesk(deskWhole)
}

// wholeDesk reads the names of all articles.
func (l loader) wholeDesk() tea.Msg { return l.fillDesk(math.MaxInt) }

func (l loader) fillDesk(most int) tea.Msg {
	last, _, err := l.store.Places(l.who)
	out := deskLoaded{err: err}
	if out.Resume = last.Article; err == nil {
		out.Names, out.More, err = l.names(most)
	}
	switch {
	case err != nil:
	case len(out.Names) <= deskWhole && !out.More:
		out.Known, err = l.entries(true)
	default:
		out.Known, err = l.begun(out.Names, out.Resume)
	}
	out.err = err
	return out
}

// names lists articles by name; more says that there are others.
func (l loader) names(most int) (out []desk.Item, more bool, err error) {
	page := min(most, 4095) + 1
	for after := (store.Listed{}); ; {
		list, err := l.store.List(l.ctx, store.ByName, after, page)
		if err != nil {
			return nil, false, err
		}
		out = slices.Grow(out, len(list))
		for _, after = range list {
			out = append(out, desk.Item(after))
		}
		switch {
		case len(out) > most:
			return slices.Clone(out[:most]), true, nil
		case len(list) < page:
			return out, false, nil
		}
	}
}

// begun reads the entries of the articles of which somebody said something lately,
// and of the first of the others.
func (l loader) begun(names []desk.Item, resume annotations.ArticleID) ([]desk.Entry, error) {
	lately, err := l.store.List(l.ctx, store.Lately, store.Listed{}, deskLately)
	if err != nil {
		return nil, err
	}
	counts := map[annotations.ArticleID]bool{}
	var ids []annotations.ArticleID
	add := func(id annotations.ArticleID, lately bool) {
		if _, seen := counts[id]; !seen && id != annotations.Desk {
			counts[id], ids = lately, append(ids, id)
		}
	}
	for _, a := range lately {
		add(a.ID, true)
	}
	switch _, err := l.store.Summary(l.ctx, l.who, resume); {
	case err == nil:
		add(resume, true)
	case !errors.Is(err, store.ErrNotFound): // the place may be left of another store
		return nil, err
	}
	const first = 40
	for _, it := range names[:min(len(names), first)] {
		add(it.ID, false)
	}
	out, err := l.read(ids)
	for i := range out {
		out[i].Lately = counts[out[i].ID]
	}
	return out, err
}

// read reads some entries.
func (l loader) read(ids []annotations.ArticleID) (out []desk.Entry, err error) {
	for _, id := range ids {
		sum, err := l.store.Summary(l.ctx, l.who, id)
		if err != nil {
			return nil, err
		}
		later, err := l.store.Revisions(l.ctx, id, 1)
		if err != nil {
			return nil, err
		}
		e := entryOf(&sum, l.who)
		e.Older = len(later) > 0
		out = append(out, e)
	}
	return out, nil
}

// entries reads all of them; lately says that when they were touched counts.
func (l loader) entries(lately bool) (out []desk.Entry, err error) {
	const page = 256
	later := map[annotations.ArticleID]bool{} // what others were made of
	for after := annotations.Desk; ; {
		list, err := l.store.Articles(l.ctx, l.who, after, page)
		if err != nil {
			return nil, err
		}
		for i := range list {
			e := entryOf(&list[i], l.who)
			e.Lately, after = lately, e.ID
			out = append(out, e)
			later[list[i].Parent] = true
		}
		if len(list) < page {
			break
		}
	}
	for i := range out {
		out[i].Older = later[out[i].ID]
	}
	return out, nil
}

// titles reads the entries of all articles, because the desk is to be narrowed.
func (l loader) titles() tea.Msg {
	list, err := l.entries(false)
	return entriesRead{list: list, titled: true, err: err}
}

// lacking reads what the desk lacks of some articles.
func (l loader) lacking(ids []annotations.ArticleID) tea.Msg {
	list, err := l.read(ids)
	return entriesRead{list: list, err: err}
}

func entryOf(s *store.Summary, who string) desk.Entry {
	e := desk.Entry{
		Item: desk.Item{ID: s.ID, Name: s.Name}, Title: s.Title, Outlet: s.Outlet, Published: s.Published, Tagged: s.Progress.Tagged,
		Required: s.Required, Finished: s.Progress.Finished, Touched: s.Progress.Time, Fresh: true,
		Yours: !s.Progress.Finished && slices.Contains(s.Assigned, who),
	}
	for _, p := range s.Others {
		if p.Time.After(e.Touched) {
			e.Touched = p.Time
		}
	}
	return e
}

// fillIn asks for what the desk lacks on the screen, one question at a time.
func (a *app) fillIn() tea.Cmd {
	if a.filling || a.review != nil || a.audit != nil || a.compared != nil {
		return nil
	}
	if a.desk.Short() {
		a.filling = true
		turn := a.deskTurn
		return func() tea.Msg {
			m, _ := a.load.wholeDesk().(deskLoaded)
			m.turn = turn
			return m
		}
	}
	ids := a.desk.Lacking()
	if len(ids) == 0 {
		return nil
	}
	a.filling = true
	return func() tea.Msg { return a.load.lacking(ids) }
}

// told takes what the desk lacked.
func (a *app) told(m entriesRead) {
	a.report(m.err)
	if m.titled && m.err == nil {
		a.say("", false)
	}
	if !m.titled {
		a.filling = false
	}
	if m.err != nil {
		m.list = nil
	}
	a.desk.Know(m.list)
}

// filled puts articles on the desk.
func (a *app) filled(m deskLoaded) tea.Cmd {
	a.filling = false
	if m.turn < a.deskTurn {
		return nil // a newer one is on its way
	}
	was := a.desk.Unread()
	if m.err != nil {
		why := dialog.Capital(m.err.Error())
		if why != was { // it is said once, however often it is tried
			a.report(m.err)
		}
		a.desk.Failed(why)
		return a.deskSoon() // what is there stays
	}
	if was != "" && a.message == annotations.Visible(was) {
		a.say("", false)
	}
	a.desk.Fill(m.Filling)
	return a.readAsked
}

// deskAgain comes when it is time to read a desk again that could not be read.
type deskAgain struct{}

// deskSoon reads the desk again after a while: a program that holds the store comes back,
// a folder is mounted again. In lines somebody asks for it.
func (a *app) deskSoon() tea.Cmd {
	if a.deskDue || a.o.inLines != nil {
		return nil
	}
	a.deskDue = true
	return tea.Tick(4*pause, func(time.Time) tea.Msg { return deskAgain{} })
}

// unreadDesk is read again while it is what is looked at; who comes back to it reads it.
func (a *app) unreadDesk() tea.Cmd {
	a.deskDue = false
	if a.desk.Unread() == "" || a.review != nil || a.compared != nil || a.audit != nil {
		return nil
	}
	return a.readDesk()
}

// readDesk reads the desk anew. One that is whole must not shrink for a while.
func (a *app) readDesk() tea.Cmd {
	n, more := a.desk.Len()
	a.deskTurn++
	read, turn := a.load.desk, a.deskTurn
	if n > 0 && !more {
		read = a.load.wholeDesk
	}
	return func() tea.Msg {
		m, _ := read().(deskLoaded)
		m.turn = turn
		return m
	}
}
