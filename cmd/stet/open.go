package main

import (
	"context"
	"errors"
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
)

// desk is an open store with who works on it.
type desk struct {
	*app
	store.Store
	session *store.Session
	warning string // of the store's history, for the screens to say, too
	books   map[annotations.Hash]*annotations.Codebook
	cuts    map[annotations.ArticleID][]annotations.Sentence // see number
	unread  error                                            // see number
}

// withStore opens the store, hands it to fn and closes it. Closing seals what
// was written, so its failure counts.
func (a *app) withStore(ctx context.Context, command string, create bool, fn func(*desk) error) error {
	d, err := a.open(ctx, command, create)
	if err != nil {
		return err
	}
	d.heed(ctx)
	err = fn(d)
	return errors.Join(err, d.unread, d.Close())
}

func (a *app) open(ctx context.Context, command string, create bool) (*desk, error) {
	set, err := a.settings()
	if err != nil {
		return nil, err
	}
	return a.openAt(ctx, command, store.Options{Path: set.db.value, Wait: a.flags.wait, Create: create, Clock: a.clock})
}

func (a *app) openAt(ctx context.Context, command string, o store.Options) (*desk, error) {
	who, err := a.reviewer()
	if err != nil {
		return nil, err
	}
	s, err := store.NewSession(who, a.tool())
	if err != nil {
		return nil, err
	}
	if a.shared != nil {
		return a.onShared(s), nil
	}
	o.Program, o.App, o.Lean = "stet "+command, a.tool(), showsScreens(command) || onlyReads(command)
	st, err := a.reach(ctx, command, who, o)
	if err != nil {
		return nil, err
	}
	d := &desk{app: a, Store: store.For(st, who), session: s, books: map[annotations.Hash]*annotations.Codebook{}, cuts: map[annotations.ArticleID][]annotations.Sentence{}}
	info, err := st.Stat(ctx)
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	for _, n := range info.Notices {
		a.say("note: %s", n)
	}
	return d, nil
}

// find looks an article up by its name, by the start or the end of its name, or by the
// start of its key.
func (d *desk) find(ctx context.Context, name string) (store.Summary, error) {
	id, err := store.Find(ctx, d.Store, name)
	if err != nil {
		return store.Summary{}, err
	}
	return d.Summary(ctx, d.session.Actor, id)
}

// book returns a codebook of the store.
func (d *desk) book(ctx context.Context, h annotations.Hash) (*annotations.Codebook, error) {
	if b := d.books[h]; b != nil {
		return b, nil
	}
	src, err := d.Blob(ctx, h, 0, -1)
	if err != nil {
		return nil, fmt.Errorf("the codebook %s cannot be read: %w", h.Short(), err)
	}
	b, err := codebook.Reparse("codebook "+h.Short(), []byte(src))
	if err != nil {
		return nil, err
	}
	d.books[h] = b
	return b, nil
}

// everyArticle calls fn with each article of the store, in key order.
func (d *desk) everyArticle(ctx context.Context, fn func(store.Summary) error) error {
	const at = 256
	var after annotations.ArticleID
	for {
		list, err := d.Articles(ctx, d.session.Actor, after, at)
		if err != nil {
			return err
		}
		for _, s := range list {
			after = s.ID
			if err := fn(s); err != nil {
				return err
			}
		}
		if len(list) < at {
			return nil
		}
	}
}

// rows returns all that was said of an article.
func (d *desk) rows(ctx context.Context, id annotations.ArticleID) ([]store.Row, error) {
	const most = 1 << 30 // State copies in short reads; an article's rows are all needed
	return d.State(ctx, id, 1, annotations.SentenceID(1<<32-1), most)
}

// takeIn stores an article, or finds it.
func (d *desk) takeIn(ctx context.Context, art *annotations.Article, book *annotations.Codebook) (store.Imported, error) {
	done, err := store.Import(ctx, d.Store, d.session, art, book)
	d.changed = d.changed || err == nil && !done.Known
	return done, err
}

// do appends one act. When it is not known whether it was stored it asks again,
// which never stores it twice.
func (d *desk) do(ctx context.Context, s *store.Session, article annotations.ArticleID, changes ...annotations.Change) (store.Receipt, error) {
	r, err := s.Send(ctx, d.Store, s.Batch(article, changes...))
	d.changed = d.changed || err == nil
	return r, d.inWords(ctx, article, err)
}
