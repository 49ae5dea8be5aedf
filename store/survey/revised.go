package survey

import (
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/audit"
)

// revision is what became of a revision's sentences. It follows from the two ways
// in which old and new text are cut, and holds as long as they do.
type revision struct {
	old, now annotations.Hash // tables
	asks     []ask
}

// ask is a sentence of a revision that no old one follows into without asking.
type ask struct {
	at  annotations.SentenceID
	old []annotations.SentenceID // of the version before, that it may come from
}

// revisions counts, for each revision among the articles and each reviewer of the
// version before it, the sentences that ask and have no tag yet.
func (r *Reader) revisions(in *audit.Input) []audit.Revised {
	by := make(map[annotations.ArticleID]*audit.Article, len(in.Articles))
	for i := range in.Articles {
		by[in.Articles[i].Meta.ID] = &in.Articles[i]
	}
	var out []audit.Revised
	for i := range in.Articles {
		now := &in.Articles[i]
		old := by[now.Meta.Parent]
		if now.Meta.Parent == annotations.Desk || old == nil {
			continue
		}
		rev := r.revised[now.Meta.ID]
		if rev.old != old.Meta.Table || rev.now != now.Meta.Table {
			rev = revision{old.Meta.Table, now.Meta.Table, asksOf(old, now)}
			r.revised[now.Meta.ID] = rev
		}
		out = append(out, waiting(old, now, rev.asks)...)
	}
	return out
}

func asksOf(old, now *audit.Article) []ask {
	plan := align.PlanRevision(align.Side{Text: old.Body, Units: old.Units}, align.Side{Text: now.Body, Units: now.Units})
	var out []ask
	for _, q := range plan.Questions() {
		if !now.Units[q.New].Kind.Required() {
			continue
		}
		a := ask{at: now.Units[q.New].ID}
		for _, o := range q.Old {
			a.old = append(a.old, old.Units[o].ID)
		}
		out = append(out, a)
	}
	return out
}

// waiting counts by reviewer, in the order of their names.
func waiting(old, now *audit.Article, asks []ask) []audit.Revised {
	type key struct {
		who string
		at  annotations.SentenceID
	}
	was, is := map[key]bool{}, map[key]bool{}
	var people []string
	for _, x := range []struct {
		rows []audit.Row
		to   map[key]bool
	}{{old.Rows, was}, {now.Rows, is}} {
		for i := range x.rows {
			if row := &x.rows[i]; row.Reviewer != "" && row.Annotation.Tag != "" {
				x.to[key{row.Reviewer, row.Sentence}] = true
				people = append(people, row.Reviewer)
			}
		}
	}
	slices.Sort(people)
	var out []audit.Revised
	for _, who := range slices.Compact(people) {
		r := audit.Revised{Key: now.Meta.ID, Article: now.Meta.Name, Parent: old.Meta.Name, Reviewer: who}
		for _, a := range asks {
			if is[key{who, a.at}] || !slices.ContainsFunc(a.old, func(s annotations.SentenceID) bool { return was[key{who, s}] }) {
				continue
			}
			if r.Asks++; r.First == 0 {
				r.First = a.at
			}
		}
		if r.Asks > 0 {
			out = append(out, r)
		}
	}
	return out
}
