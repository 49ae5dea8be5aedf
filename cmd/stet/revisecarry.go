package main

import (
	"context"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// rowKey is whose word it is, of which sentence; a ruling is nobody's.
type rowKey struct {
	sentence annotations.SentenceID
	reviewer string
}

// carriedOver is what a revision took along, and what the store did not take.
type carriedOver struct {
	n     int // annotations and rulings
	left  []leftBehind
	stale []leftBehind // said of other words than the sentence had: nobody's word on these
}

// leftBehind is something said of the old text that the new one goes without: who said
// it has left the team, or is no lead any more.
type leftBehind struct {
	N    int    `json:"n"` // the new sentence
	By   string `json:"by"`
	What string `json:"what"` // annotation or ruling
	Why  string `json:"why"`
}

// carry is one change of a revision, and the place of its sentence in the new text.
type carry struct {
	annotations.Change
	n int
}

// follow says of unchanged sentences what everybody said of them before, each
// under their own name. What the store declines is left and named, and the others go on.
func (d *desk) follow(ctx context.Context, r *revision) (out carriedOver, err error) {
	by, stale, err := d.carries(ctx, r)
	out.stale = stale
	if err != nil {
		return out, err
	}
	people := make([]string, 0, len(by))
	for who := range by {
		people = append(people, who)
	}
	slices.Sort(people)
	for _, who := range people {
		s, err := store.NewSession(who, d.tool())
		if err != nil {
			return out, err
		}
		for part := range slices.Chunk(by[who], store.MaxChanges) {
			if err := d.carryOver(ctx, s, r.now.ID, part, &out); err != nil {
				return out, err
			}
		}
	}
	slices.SortStableFunc(out.left, func(x, y leftBehind) int { return x.N - y.N })
	return out, nil
}

// carries lists what is to be said of the new text, by whom, and what stays behind
// because it was said of other words.
func (d *desk) carries(ctx context.Context, r *revision) (by map[string][]carry, stale []leftBehind, err error) {
	rows, err := d.rows(ctx, r.old.ID)
	if err != nil {
		return nil, nil, err
	}
	there, err := d.rows(ctx, r.now.ID)
	if err != nil {
		return nil, nil, err
	}
	has := map[rowKey]bool{}
	for _, row := range there {
		has[rowKey{row.Sentence, row.Reviewer}] = true
	}
	of := map[annotations.SentenceID][]store.Row{}
	for _, row := range rows {
		of[row.Sentence] = append(of[row.Sentence], row)
	}
	by = map[string][]carry{}
	for i := range r.now.Units {
		from, ok := r.plan.Follows(i)
		if !ok {
			continue
		}
		for _, row := range of[r.old.Units[from].ID] {
			if has[rowKey{r.now.Units[i].ID, row.Reviewer}] {
				continue
			}
			c := annotations.Change{Verb: "carry", Sentence: r.now.Units[i].ID, Reason: fmt.Sprintf("carried from sentence %d of %s by %s", from+1, r.old.Name, d.session.Actor)}
			words := r.old.Units[from].Span.In(r.old.Body)
			switch {
			case row.Ruling != nil && row.Ruling.Verdict == "", row.Ruling == nil && row.Annotation.IsZero():
			case row.Ruling != nil && row.Ruling.OfOtherWords(words):
				stale = append(stale, leftBehind{i + 1, row.Ruling.By, "ruling", "made on other words: the sentence was cut since"})
			case row.Ruling != nil:
				ruling := row.Ruling.Ruling
				c.Kind, c.Ruling = annotations.EventRule, &ruling
				by[row.Ruling.By] = append(by[row.Ruling.By], carry{c, i + 1})
			case row.Annotation.OfOtherWords(words):
				stale = append(stale, leftBehind{i + 1, row.Reviewer, "annotation", ofOtherWords})
			default:
				a := r.carried(row.Annotation.Annotation, from, i)
				c.Kind, c.Annotation = annotations.EventAnnotate, &a
				by[row.Reviewer] = append(by[row.Reviewer], carry{c, i + 1})
			}
		}
	}
	return by, stale, nil
}

// carryOver stores what one person said in one act; where the store declines that,
// each alone.
func (d *desk) carryOver(ctx context.Context, s *store.Session, to annotations.ArticleID, list []carry, out *carriedOver) error {
	changes := make([]annotations.Change, len(list))
	for i := range list {
		changes[i] = list[i].Change
	}
	_, err := d.do(ctx, s, to, changes...)
	switch {
	case err == nil:
		out.n += len(list)
		return nil
	case !store.Refused(err): // a conflict: somebody may have said something there meanwhile
		return err
	case len(list) > 1:
		for i := range list {
			if err := d.carryOver(ctx, s, to, list[i:i+1], out); err != nil {
				return err
			}
		}
		return nil
	}
	what := "annotation"
	if list[0].Ruling != nil {
		what = "ruling"
	}
	out.left = append(out.left, leftBehind{list[0].n, s.Actor, what, ofOne(err)})
	return nil
}
