package tui

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui/review"
)

// What a long article is shown before: most of the time that reading one takes goes
// into the hashes of its text and of its sentences, and into what was said of them, of
// which a screen shows thirty. No key counts until all is there.
const (
	longText = 1 << 20 // bytes, from which on a text is shown before it is proved
	muchSaid = 3000    // sentences tagged, from which on those around the reviewer are read first
	// around is how many sentences before the reviewer's, and twice as many after it, are
	// read first.
	around = 150
)

// reviewLoaded is an article for the review screen, or why there is none.
type reviewLoaded struct {
	doc   review.Doc
	draft string                      // the file of its draft
	proof func() error                // that the text is the one that was imported; nil: it is
	rest  func() (*review.Doc, error) // all that was said; nil: doc has it
	err   error
}

// reviewProved is what a long article was shown before.
type reviewProved struct {
	article annotations.ArticleID
	said    *review.Doc // nil: it was there
	err     error
}

// review reads an article for the screen; at is the sentence to begin with, or 0
// for the one where the reviewer was.
func (l loader) review(id annotations.ArticleID, at annotations.SentenceID) tea.Msg {
	sum, err := l.store.Summary(l.ctx, l.who, id)
	if err != nil {
		return reviewLoaded{err: err}
	}
	out := reviewLoaded{draft: l.draftAt(id)}
	d := &out.doc
	d.Reviewer, d.Start = l.who, at
	if at == 0 {
		_, places, err := l.store.Places(l.who)
		if err != nil {
			return reviewLoaded{err: err}
		}
		d.Start = places[id]
	}
	if d.Article, out.proof, err = l.article(&sum); err != nil {
		return reviewLoaded{err: err}
	}
	if d.Book, err = l.book(d.Article.Codebook); err != nil {
		return reviewLoaded{err: err}
	}
	if d.Start == 0 && sum.Progress.Tagged > muchSaid { // what is untagged is not known yet
		d.Start = sum.Progress.Current
	}
	if here := d.Article.Index(d.Start); l.ahead && d.Start != 0 && here >= 0 && sum.Progress.Tagged > muchSaid {
		out.rest = func() (*review.Doc, error) {
			all := &review.Doc{}
			return all, l.said(id, all)
		}
		d.Part, d.Done = true, sum.Progress.Tagged
		if err = l.state(&sum, d); err == nil {
			err = l.saidAround(d, here)
		}
	} else {
		err = l.said(id, d)
	}
	if err != nil {
		return reviewLoaded{err: err}
	}
	d.Draft = readDraft(out.draft)
	return out
}

// article reads a text and its sentences; a long one before it is known that they are
// those which were imported, which proof tells.
func (l loader) article(sum *store.Summary) (a *annotations.Article, proof func() error, err error) {
	if l.ahead && sum.TextBytes >= longText {
		if a, proof, err = l.unproved(sum); a != nil || err != nil {
			return a, proof, err
		}
	}
	a, err = store.Load(l.ctx, l.store, sum.ID)
	return a, nil, err
}

// unproved reads a text and its sentences as they lie there: nil where they cannot
// even be shown.
func (l loader) unproved(sum *store.Summary) (*annotations.Article, func() error, error) {
	body, err := l.store.Blob(l.ctx, sum.Text, 0, -1)
	if err != nil {
		return nil, nil, err
	}
	units, err := l.table(sum)
	if err != nil || !inOrder(units, len(body)) {
		return nil, nil, err // who reads it with its proof tells what is wrong
	}
	proof := func() error {
		table, err := l.store.Blob(l.ctx, sum.Table, 0, -1)
		if err == nil && annotations.HashOf(table) == sum.Table && annotations.HashOf(body) == sum.Text && utf8.ValidString(body) {
			return nil
		}
		_, err = store.Load(l.ctx, l.store, sum.ID)
		return err
	}
	return &annotations.Article{Meta: sum.Meta, Body: body, Units: units}, proof, nil
}

// table reads the sentences of an article piece by piece: their table is as large as
// what is made of it.
func (l loader) table(sum *store.Summary) ([]annotations.Sentence, error) {
	const piece = 3000 * annotations.TableRecord
	units := make([]annotations.Sentence, 0, sum.Sentences)
	for at := 0; ; at += piece {
		s, err := l.store.Blob(l.ctx, sum.Table, at, piece)
		if err != nil {
			return nil, err
		}
		b := []byte(s)
		for ; len(b) >= annotations.TableRecord; b = b[annotations.TableRecord:] {
			units = append(units, annotations.TableAt(b))
		}
		if len(s) < piece || len(units) == sum.Sentences {
			return units, nil
		}
	}
}

// inOrder reports whether units follow one another within so many bytes of text.
func inOrder(units []annotations.Sentence, size int) bool {
	at := 0
	for i := range units {
		s := units[i].Span
		if s.Start < at || s.End < s.Start || s.End > size {
			return false
		}
		at = s.End
	}
	return len(units) > 0
}

// saidAround fills in what the store holds of the sentences around a place. IDs are
// nearly those of places: what a cut brought in from elsewhere is there with the rest.
func (l loader) saidAround(d *review.Doc, here int) error {
	units := d.Article.Units
	from, to := units[max(here-around, 0)].ID, units[here].ID
	for _, u := range units[max(here-around, 0):min(here+2*around, len(units))] {
		if int(u.ID) <= len(units) {
			from, to = min(from, u.ID), max(to, u.ID)
		}
	}
	if to-from > 8*around {
		from, to = units[here].ID, units[here].ID
	}
	d.Mine = map[annotations.SentenceID]*annotations.Record{}
	d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
	rows, err := l.store.State(l.ctx, d.Article.ID, from, to+1, 1<<16)
	l.take(rows, d)
	return err
}
