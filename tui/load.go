package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/review"
	"stet.example/stet/tui/theme"
)

// Messages that commands send back.
type (
	reviewLoaded struct {
		doc   review.Doc
		draft string       // the file of its draft
		proof func() error // that the text is the one that was imported; nil: it is
		err   error
	}
	reviewProved struct {
		article annotations.ArticleID
		err     error
	}
	reloaded struct {
		doc  review.Doc
		show annotations.SentenceID
		err  error
	}
	historyLoaded struct {
		page *dialog.Page
		err  error
	}
	imported struct {
		id  annotations.ArticleID
		err error
	}
	drained struct{ list []settled }
	advised struct {
		article annotations.ArticleID
		advice  review.Advice
		err     error
	}
	attached struct {
		asked action.Attach
		item  annotations.Evidence
		found string
		err   error
	}
	edited struct {
		text string
		err  error
	}
	searched struct {
		asked action.SearchText
		hits  []dialog.Hit
		more  bool
		err   error
	}
)

// loader reads from the store for the screens; its methods run in commands.
type loader struct {
	ctx   context.Context //nolint:containedctx // the program's, for commands that have none of their own
	store store.Store
	who   string
	// suggest shows what is proposed for sentences; files may be read as evidence.
	suggest, files bool
	ahead          bool   // a long text is shown before it is proved
	drafts         string // folder of half-written notes; "" keeps none
	whole          bool   // the desk has the names of all articles from the start
	// against is the original that rewrites are reviewed against, or Desk.
	against annotations.ArticleID
}

// review reads an article for the screen; at is the sentence to begin with, or 0
// for the one where the reviewer was.
func (l loader) review(id annotations.ArticleID, at annotations.SentenceID) tea.Msg {
	a, proof, err := store.LoadAhead(l.ctx, l.store, id)
	if err == nil && (!l.ahead || len(a.Body) < longText) {
		err, proof = proof(), nil
	}
	if err != nil {
		return reviewLoaded{err: err}
	}
	d, err := l.docOf(a)
	if err != nil {
		return reviewLoaded{err: err}
	}
	_, places, err := l.store.Places(l.who)
	if d.Start = at; at == 0 {
		d.Start = places[id]
	}
	file := l.draftAt(id)
	d.Draft = readDraft(file)
	return reviewLoaded{doc: d, draft: file, proof: proof, err: err}
}

// longText is from how many bytes on a text is shown before it is proved. No key
// counts until then.
const longText = 1 << 20

func (l loader) doc(id annotations.ArticleID) (review.Doc, error) {
	a, err := store.Load(l.ctx, l.store, id)
	if err != nil {
		return review.Doc{}, err
	}
	return l.docOf(a)
}

func (l loader) docOf(a *annotations.Article) (review.Doc, error) {
	book, err := l.book(a.Codebook)
	if err != nil {
		return review.Doc{}, err
	}
	d := review.Doc{Article: a, Book: book, Reviewer: l.who}
	return d, l.said(a.ID, &d)
}

func (l loader) book(h annotations.Hash) (*annotations.Codebook, error) {
	if b := codebook.Builtin(); b.Hash == h {
		return b, nil
	}
	src, err := l.store.Blob(l.ctx, h, 0, -1)
	if err != nil {
		return nil, err
	}
	return codebook.Reparse("codebook "+h.Short(), []byte(src))
}

// said fills in what the store holds of an article's sentences.
func (l loader) said(id annotations.ArticleID, d *review.Doc) error {
	d.Mine = map[annotations.SentenceID]annotations.Record{}
	d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
	const page = 5000
	for from := annotations.SentenceID(1); ; {
		rows, err := l.store.State(l.ctx, id, from, ^annotations.SentenceID(0), page)
		if err != nil {
			return err
		}
		for _, r := range rows {
			switch {
			case r.Ruling != nil:
				d.Rulings[r.Sentence] = *r.Ruling
			case r.Reviewer == l.who:
				d.Mine[r.Sentence] = r.Annotation
			}
			from = r.Sentence
		}
		if len(rows) < page {
			break
		}
	}
	sum, err := l.store.Summary(l.ctx, l.who, id)
	if err != nil {
		return err
	}
	d.Finished = sum.Progress.Finished
	return nil
}

// reload reads anew what was said; the article too when it is no longer cut as
// table says, and the codebook when it is no longer judged by that one.
func (l loader) reload(id annotations.ArticleID, table, book annotations.Hash, show annotations.SentenceID) tea.Msg {
	var d review.Doc
	sum, err := l.store.Summary(l.ctx, l.who, id)
	if err == nil && sum.Table != table {
		d.Article, err = store.Load(l.ctx, l.store, id)
	}
	if err == nil && sum.Codebook != book {
		d.Book, err = l.book(sum.Codebook)
	}
	if err == nil {
		err = l.said(id, &d)
	}
	return reloaded{doc: d, show: show, err: err}
}

// history makes a page of a sentence's events, newest first.
func (l loader) history(id annotations.ArticleID, s annotations.SentenceID, number int) tea.Msg {
	p := &dialog.Page{Title: fmt.Sprintf("History of %d, newest first", number)}
	var all []annotations.Event
	for after := uint64(0); ; {
		events, next, err := l.store.Events(l.ctx, store.Query{Article: id, Sentence: s}, after, 500)
		if err != nil {
			return historyLoaded{err: err}
		}
		all = append(all, events...)
		if len(events) < 500 {
			break
		}
		after = next
	}
	for i := len(all) - 1; i >= 0; i-- {
		e := &all[i]
		p.Paras = append(p.Paras, dialog.Para{
			Head: e.Time.Local().Format("2006-01-02 15:04:05") + "  " + e.Actor + "  " + Describe(e), //nolint:gosmopolitan // people read their own clock
			Text: e.Reason, Close: true, Role: theme.Plain,
		})
	}
	if len(all) == 0 {
		p.Paras = []dialog.Para{{Text: "Nobody said anything of it yet."}}
	}
	return historyLoaded{page: p}
}
