package tui

import (
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
	acts  int                         // that had gone through before it was read
	proof func() error                // that the text is the one that was imported; nil: it is
	rest  func() (*review.Doc, error) // all that was said; nil: doc has it
	err   error
}

// reviewProved is what a long article was shown before.
type reviewProved struct {
	article annotations.ArticleID
	acts    int         // that had gone through before it was read
	said    *review.Doc // nil: it was there
	err     error
}

// review reads an article for the screen; at is the sentence to begin with, or 0
// for the one where the reviewer was.
func (l loader) review(id annotations.ArticleID, at annotations.SentenceID) reviewLoaded {
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
	if d.Book, err = l.book(d.Article.About().Codebook); err != nil {
		return reviewLoaded{err: err}
	}
	if d.Start == 0 && sum.Progress.Tagged > muchSaid { // what is untagged is not known yet
		d.Start = sum.Progress.Current
	}
	if here := annotations.PlaceOf(d.Article, d.Start); l.ahead && d.Start != 0 && here >= 0 && sum.Progress.Tagged > muchSaid {
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

// article is a text and its sentences. A long one is read where it is looked at, and on
// a screen before it is known that it is what was imported, which proof tells; but not
// where each look is a question to another process.
func (l loader) article(sum *store.Summary) (a annotations.Text, proof func() error, err error) {
	shared, ok := store.Whole(l.store).(interface{ Owns() bool })
	if near := !ok || shared.Owns(); near && sum.TextBytes >= longText {
		r := store.Read(l.ctx, l.store, sum)
		if l.ahead {
			return r, r.Prove, nil
		}
		return r, nil, r.Prove()
	}
	a, err = store.Load(l.ctx, l.store, sum.ID)
	return a, nil, err
}

// proved is a text as article has it, and known to be what was imported; nil with an error.
func (l loader) proved(sum *store.Summary) (annotations.Text, error) {
	a, proof, err := l.article(sum)
	if err == nil && proof != nil {
		err = proof()
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// saidAround fills in what the store holds of the sentences around a place. IDs are
// nearly those of places: what a cut brought in from elsewhere is there with the rest.
func (l loader) saidAround(d *review.Doc, here int) error {
	art, n := d.Article, d.Article.Len()
	from, to := art.Unit(max(here-around, 0)).ID, art.Unit(here).ID
	for i := max(here-around, 0); i < min(here+2*around, n); i++ {
		if id := art.Unit(i).ID; int(id) <= n {
			from, to = min(from, id), max(to, id)
		}
	}
	if to-from > 8*around {
		from, to = art.Unit(here).ID, art.Unit(here).ID
	}
	d.Mine = map[annotations.SentenceID]*annotations.Record{}
	d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
	rows, err := l.store.State(l.ctx, art.About().ID, from, to+1, 1<<16)
	l.take(rows, d)
	return err
}
