package tui

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/store"
	"stet.example/stet/tui/review"
)

// elsewhere looks up sentences of other articles, reading each article once. What this
// store has not is there without a name; what stands in a later revision, too, is there
// with its place in that.
func (l loader) elsewhere(aims []annotations.Target) (map[annotations.Target]review.Elsewhere, error) {
	out := make(map[annotations.Target]review.Elsewhere, len(aims))
	slices.SortFunc(aims, func(a, b annotations.Target) int {
		return cmp.Or(bytes.Compare(a.Article[:], b.Article[:]), int(a.Sentence)-int(b.Sentence))
	})
	for from := 0; from < len(aims); {
		to := from
		for to < len(aims) && aims[to].Article == aims[from].Article {
			to++
		}
		if err := l.sentences(aims[from:to], out); err != nil {
			return out, err
		}
		from = to
	}
	return out, nil
}

// sentences looks up sentences of one article.
func (l loader) sentences(aims []annotations.Target, out map[annotations.Target]review.Elsewhere) error {
	id := aims[0].Article
	sum, err := l.store.Summary(l.ctx, l.who, id)
	if errors.Is(err, store.ErrNotFound) {
		for _, t := range aims {
			out[t] = review.Elsewhere{}
		}
		return nil
	}
	if err != nil {
		return err
	}
	newer, err := l.newest(id)
	if err != nil {
		return err
	}
	text := store.Read(l.ctx, l.store, &sum)
	for _, t := range aims {
		e := review.Elsewhere{Name: sum.Name}
		if i := annotations.PlaceOf(text, t.Sentence); i >= 0 {
			e.N, e.Words, e.Newer = i+1, strings.Clone(text.In(text.Unit(i).Span)), newer.of(i)
		}
		out[t] = e
	}
	return text.Fault()
}

// chain lists the later revisions of an article, the newest last: of several that were
// made of one, the latest. Which text an article was made from is what its file says:
// where that goes in a circle, none is the newest.
func (l loader) chain(id annotations.ArticleID) (out []annotations.Meta, err error) {
	const most = 64 // that were made of one text
	for seen := map[annotations.ArticleID]bool{id: true}; ; seen[id] = true {
		list, err := l.store.Revisions(l.ctx, id, most)
		if err != nil || len(list) == 0 {
			return out, err
		}
		var next annotations.Meta
		for _, r := range list {
			sum, err := l.store.Summary(l.ctx, l.who, r.ID)
			if err != nil {
				return out, err
			}
			if next.ID == annotations.Desk || next.Revision <= sum.Revision {
				next = sum.Meta
			}
		}
		if seen[next.ID] {
			return nil, nil
		}
		id, out = next.ID, append(out, next)
	}
}

// newest tells where an article's sentences stand in its latest revision; the zero value
// when there is none.
func (l loader) newest(id annotations.ArticleID) (n newest, err error) {
	chain, err := l.chain(id)
	if err != nil || len(chain) == 0 {
		return n, err
	}
	was, err := store.Load(l.ctx, l.store, id)
	if err != nil {
		return n, err
	}
	n.at, n.doubt = make([]int, len(was.Units)), make([]bool, len(was.Units))
	for i := range n.at {
		n.at[i] = i
	}
	for i := range chain {
		now, err := store.Load(l.ctx, l.store, chain[i].ID)
		if err != nil {
			return n, err
		}
		plan := align.PlanRevision(align.Side{Text: was.Body, Units: was.Units}, align.Side{Text: now.Body, Units: now.Units})
		n.follow(&plan)
		was, n.art = now, now
	}
	return n, nil
}

// newest is the latest revision of an article; art is nil for none.
type newest struct {
	art *annotations.Article
	at  []int // where each sentence of the article stands in it, from 0; -1 where that is not one place
	// doubt says of which a person must say whether they are the same: a figure changed, say.
	doubt []bool
}

// follow goes on by one revision.
func (n *newest) follow(plan *align.Plan) {
	likely := map[int]int{} // what asks whether it is an old sentence
	for i := range plan.New {
		if p := &plan.New[i]; p.Fate == align.PlanAsk && len(p.Old) == 1 {
			likely[p.Old[0]] = i
		}
	}
	for i, at := range n.at {
		if at < 0 {
			continue
		}
		n.at[i] = -1
		if to := &plan.Old[at]; !to.Ask && len(to.New) == 1 {
			n.at[i] = to.New[0]
		} else if now, ok := likely[at]; ok {
			n.at[i], n.doubt[i] = now, true
		}
	}
}

// of is the newer text of the sentence at a place; nil when there is no revision.
func (n *newest) of(i int) *review.Newer {
	if n.art == nil {
		return nil
	}
	out := &review.Newer{To: annotations.Target{Article: n.art.ID}, Name: n.art.Name, Doubt: n.doubt[i]}
	if at := n.at[i]; at >= 0 {
		u := n.art.Units[at]
		out.To.Sentence, out.N, out.Words = u.ID, at+1, u.Span.In(n.art.Body)
	}
	return out
}

// evidence reads all items of the store.
func (l loader) evidence() (map[annotations.EvidenceID]annotations.Evidence, error) {
	const page = 5000
	out := map[annotations.EvidenceID]annotations.Evidence{}
	for after := (annotations.EvidenceID{}); ; {
		items, err := l.store.Evidence(l.ctx, after, page)
		if err != nil {
			return out, err
		}
		for _, e := range items {
			out[e.ID], after = e, e.ID
		}
		if len(items) < page {
			return out, nil
		}
	}
}
