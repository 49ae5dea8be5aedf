package tui

import (
	"context"
	"fmt"
	"strings"

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
	reloaded struct {
		doc  review.Doc
		some bool // doc holds what is said of the sentences at
		at   []annotations.SentenceID
		show annotations.SentenceID
		what changed // that was to be read
		acts int     // that had gone through before it was read
		err  error
	}
	historyLoaded struct {
		page *dialog.Page
		err  error
	}
	drained  struct{ list []settled }
	attached struct {
		asked action.Attach
		item  annotations.Evidence
		found string
		err   error
	}
	edited struct {
		text string
		same bool // as it was
		err  error
	}
	searched struct {
		asked action.SearchText
		hits  []dialog.Hit
		more  bool
		// damaged are the names of articles that were passed over.
		damaged []string
		err     error
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
	d.Mine = map[annotations.SentenceID]*annotations.Record{}
	d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
	page := 1000
	for from := annotations.SentenceID(1); ; {
		rows, err := l.store.State(l.ctx, id, from, ^annotations.SentenceID(0), page)
		if err != nil {
			return err
		}
		l.take(rows, d)
		if len(rows) < page {
			break
		}
		if last := rows[len(rows)-1].Sentence; last == from {
			page *= 2 // more people than that have spoken of one sentence
		} else {
			from = last
		}
	}
	sum, err := l.store.Summary(l.ctx, l.who, id)
	if err != nil {
		return err
	}
	return l.state(&sum, d)
}

// state fills in how far the reviewer is with an article.
func (l loader) state(sum *store.Summary, d *review.Doc) error {
	var err error
	d.Finished = sum.Progress.Finished
	d.Binding, err = l.binding()
	return err
}

// binding reports whether what the reviewer finishes stays so until a lead opens it.
func (l loader) binding() (bool, error) {
	team, err := l.store.Team(l.ctx)
	return !team.Empty() && !team.Open && team.RoleOf(l.who) == annotations.Reviewer, err
}

// take sorts out what one's own word is, and what is ruled.
func (l loader) take(rows []store.Row, d *review.Doc) {
	for i := range rows {
		switch r := &rows[i]; {
		case r.Ruling != nil:
			d.Rulings[r.Sentence] = *r.Ruling
		case r.Reviewer == l.who:
			mine := r.Annotation // the page of rows goes
			d.Mine[r.Sentence] = &mine
		}
	}
}

// shown says what stands on the screen, so that no more than has changed is read.
type shown struct {
	article     annotations.ArticleID
	table, book annotations.Hash
}

// reload reads anew what was said, of all sentences or of those that changed; the
// article too when it is no longer cut as it is shown, and the codebook when it is no
// longer judged by that one.
func (l loader) reload(s shown, what changed, show annotations.SentenceID) tea.Msg {
	out := reloaded{show: show, what: what}
	sum, err := l.store.Summary(l.ctx, l.who, s.article)
	if err == nil && sum.Table != s.table {
		out.doc.Article, err = l.proved(&sum)
	}
	if err == nil && sum.Codebook != s.book {
		out.doc.Book, err = l.book(sum.Codebook)
	}
	switch {
	case err != nil:
	case what.whole || out.doc.Article != nil || out.doc.Book != nil:
		err = l.said(s.article, &out.doc)
	default:
		out.some, out.at = true, what.at
		if err = l.state(&sum, &out.doc); err == nil {
			err = l.saidOf(s.article, what.at, &out.doc)
		}
	}
	out.err = err
	return out
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
			Text: reasonOf(e), Close: true, Role: theme.Plain,
		})
	}
	if len(all) == 0 {
		p.Paras = []dialog.Para{{Text: "Nobody said anything of it yet."}}
	}
	return historyLoaded{page: p}
}

// reasonOf is why somebody did something: of a ruling what the lead wrote, a question say.
func reasonOf(e *annotations.Event) string {
	if e.RuleAfter == nil || e.RuleAfter.Reason == "" || e.Mode != annotations.Do {
		return e.Reason
	}
	return strings.TrimPrefix(e.Reason+"; "+e.RuleAfter.Reason, "; ")
}
