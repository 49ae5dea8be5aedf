package store

import (
	"context"

	"stet.example/stet/annotations"
)

// ruledThere is what a log says of the rulings on one sentence.
type ruledThere struct {
	byRev map[uint64]annotations.Event
	first map[annotations.Act]uint64 // the first revision that an act made
}

func rulingsOn(ctx context.Context, st Store, article annotations.ArticleID, at annotations.SentenceID) (ruledThere, error) {
	r := ruledThere{map[uint64]annotations.Event{}, map[annotations.Act]uint64{}}
	for after := uint64(0); ; {
		list, next, err := st.Events(ctx, Query{Article: article, Sentence: at}, after, perRead)
		if err != nil {
			return r, err
		}
		for _, e := range list {
			if e.Kind != annotations.EventRule {
				continue
			}
			r.byRev[e.Rev] = e
			if _, seen := r.first[e.Act]; !seen {
				r.first[e.Act] = e.Rev
			}
		}
		if len(list) == 0 || next <= after {
			return r, nil
		}
		after = next
	}
}

// made is the event that made what stands at a revision. An act that takes something back
// brings back what stood before it, which keeps its author. It is nil where that is not
// to be seen, since the history may not be seen in full.
func (r ruledThere) made(rev uint64) *annotations.Event {
	for {
		e, known := r.byRev[rev]
		switch {
		case !known:
			return nil
		case e.Mode == annotations.Do:
			return &e
		}
		before, back := r.first[e.Of]
		if !back || before == 0 || before-1 >= rev {
			return nil // what it took back is not to be seen
		}
		rev = before - 1
	}
}

// own reports whether the ruling at a revision was made by actor: another lead may have
// ruled the same, and that stays. A history that may not be seen in full names nobody else.
func (r ruledThere) own(actor string, rev uint64) bool {
	e := r.made(rev)
	return e == nil || e.Actor == actor
}

// author is who made the ruling at a revision, "" where that is not to be seen.
func (r ruledThere) author(rev uint64) string {
	if e := r.made(rev); e != nil {
		return e.Actor
	}
	return ""
}
