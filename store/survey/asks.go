package survey

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
)

// Asks reads what leads ask of one person, and where they ruled against them. It
// looks only at articles on which somebody ruled and of which the person has said
// something, and remembers those that did not change. It is safe for concurrent use.
type Asks struct {
	st  store.Store
	who string

	mu   sync.Mutex
	kept map[annotations.ArticleID]keptAsks
}

type keptAsks struct {
	head annotations.Head
	list []audit.Asked
}

// NewAsks makes a reader for who, that sees what st shows.
func NewAsks(st store.Store, who string) *Asks {
	return &Asks{st: st, who: who, kept: map[annotations.ArticleID]keptAsks{}}
}

// Read lists what is asked, what is open first, then by article and sentence. Its
// errors are the store's.
func (r *Asks) Read(ctx context.Context) ([]audit.Asked, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := []audit.Asked{}
	err := everyRuled(ctx, r.st, func(id annotations.ArticleID) error {
		sum, err := r.st.Summary(ctx, r.who, id)
		if err != nil || sum.Progress.Pos == 0 {
			return err
		}
		list, err := r.article(ctx, &sum)
		out = append(out, list...)
		return err
	})
	slices.SortStableFunc(out, func(a, b audit.Asked) int {
		return cmp.Or(cmp.Compare(rank(&a), rank(&b)), strings.Compare(a.Article, b.Article), cmp.Compare(a.N, b.N))
	})
	return out, err
}

// everyRuled calls fn with each article on which somebody ruled, in key order.
func everyRuled(ctx context.Context, st store.Store, fn func(annotations.ArticleID) error) error {
	const at = 256
	for after := (store.Listed{}); ; {
		list, err := st.List(ctx, store.Ruled, after, at)
		if err != nil {
			return err
		}
		for _, after = range list {
			if err := fn(after.ID); err != nil {
				return err
			}
		}
		if len(list) < at {
			return nil
		}
	}
}

// rank puts open questions first, then open decisions.
func rank(a *audit.Asked) int {
	switch {
	case a.Open && a.Query():
		return 0
	case a.Open:
		return 1
	}
	return 2
}

// article is what is asked of one article.
func (r *Asks) article(ctx context.Context, sum *store.Summary) ([]audit.Asked, error) {
	if k, ok := r.kept[sum.ID]; ok && k.head == sum.Head {
		return k.list, nil
	}
	rows, err := r.st.State(ctx, sum.ID, 1, ^annotations.SentenceID(0), 1<<30)
	if err != nil {
		return nil, err
	}
	a := audit.Article{Meta: sum.Meta, Rows: make([]audit.Row, len(rows))}
	ruled := map[annotations.SentenceID]*audit.Talk{}
	for i := range rows {
		a.Rows[i] = audit.Row(rows[i])
		if ruling := rows[i].Ruling; ruling != nil && ruling.Verdict != "" {
			ruled[rows[i].Sentence] = &audit.Talk{}
		}
	}
	var list []audit.Asked
	if len(ruled) > 0 {
		art, err := store.Load(ctx, r.st, sum.ID)
		if err != nil {
			return nil, err
		}
		a.Body, a.Units = art.Body, art.Units
		if err := r.hear(ctx, sum.ID, ruled); err != nil {
			return nil, err
		}
		list = audit.AskedOf(r.who, &a, ruled)
	}
	r.kept[sum.ID] = keptAsks{sum.Head, list}
	return list, nil
}

// hear reads an article's history into the talks about its sentences.
func (r *Asks) hear(ctx context.Context, id annotations.ArticleID, talks map[annotations.SentenceID]*audit.Talk) error {
	const at = 512
	for after := uint64(0); ; {
		list, next, err := r.st.Events(ctx, store.Query{Article: id}, after, at)
		if err != nil {
			return err
		}
		for i := range list {
			if t := talks[list[i].Sentence]; t != nil {
				t.Add(&list[i])
			}
		}
		if len(list) < at {
			return nil
		}
		after = next
	}
}
