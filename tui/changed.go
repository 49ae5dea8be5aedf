package tui

import (
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/review"
)

// changed is what an article's screen must read anew after an undo, or after what
// somebody else did: some sentences, or all there is.
type changed struct {
	whole bool
	items bool // evidence was given that may be used here as well
	at    []annotations.SentenceID
}

// manyChanged is from how many sentences on all are read.
const manyChanged = 64

// all is a change of which no more is known.
func all() changed { return changed{whole: true} }

// add notes what an event changes.
func (c *changed) add(e *annotations.Event) {
	switch e.Kind {
	case annotations.EventAnnotate, annotations.EventRule:
		if !c.whole && !slices.Contains(c.at, e.Sentence) {
			c.at = append(c.at, e.Sentence)
		}
		c.whole = c.whole || len(c.at) > manyChanged
	case annotations.EventEvidence:
		c.items = true
	case annotations.EventImport, annotations.EventTeam, annotations.EventAssign, annotations.EventFinish:
	default: // the article is cut or judged otherwise, or it is not known what it is
		c.whole = true
	}
}

// join adds what another change says.
func (c *changed) join(d changed) {
	c.whole, c.items = c.whole || d.whole, c.items || d.items
	for _, s := range d.at {
		if !slices.Contains(c.at, s) {
			c.at = append(c.at, s)
		}
	}
	c.whole = c.whole || len(c.at) > manyChanged
}

// saidOf fills in what the store holds of some sentences of an article, and whether it
// is finished.
func (l loader) saidOf(id annotations.ArticleID, at []annotations.SentenceID, d *review.Doc) error {
	d.Mine = map[annotations.SentenceID]*annotations.Record{}
	d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
	for _, s := range at {
		rows, err := l.store.State(l.ctx, id, s, s+1, 1<<16)
		if err != nil {
			return err
		}
		l.take(rows, d)
	}
	return nil
}
