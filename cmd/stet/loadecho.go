package main

import (
	"context"
	"errors"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

// echo takes out of another program's document what only repeats, in a poorer
// form, what the store has: see [interchange.Echoes]. Evidence that nothing names
// any more goes too.
func (l *loading) echo(ctx context.Context, doc *interchange.Document) error {
	rows, err := l.rows(ctx, doc.Article.ID)
	if err != nil {
		return err
	}
	there := map[annotations.ReviewerKey]*annotations.Annotation{}
	for i := range rows {
		if r := &rows[i]; r.Ruling == nil && !r.Annotation.IsZero() {
			there[annotations.ReviewerKey{Sentence: r.Sentence, Reviewer: r.Reviewer}] = &r.Annotation.Annotation
		}
	}
	var failed error
	echoes := interchange.Echoes{Body: doc.Article.Body, Item: func(id annotations.EvidenceID) *annotations.Evidence {
		if i := slices.IndexFunc(doc.Evidence, func(e annotations.Evidence) bool { return e.ID == id }); i >= 0 {
			return &doc.Evidence[i]
		}
		e, err := l.evidence(ctx, id)
		if err != nil {
			if !errors.Is(err, store.ErrNotFound) {
				failed = err
			}
			return nil
		}
		return &e
	}}
	used := map[annotations.EvidenceID]bool{}
	for i := range doc.Reviewers {
		who := &doc.Reviewers[i]
		for id, rec := range who.Records {
			if old := there[annotations.ReviewerKey{Sentence: id, Reviewer: who.Name}]; old != nil {
				rec.Annotation = echoes.Of(*old, rec.Annotation)
				who.Records[id] = rec
			}
			for _, u := range rec.Evidence {
				used[u.ID] = true
			}
		}
	}
	n := len(doc.Evidence)
	doc.Evidence = slices.DeleteFunc(doc.Evidence, func(e annotations.Evidence) bool { return !used[e.ID] })
	l.receipt.Evidence.Known += n - len(doc.Evidence) // a fuller form is there
	return failed
}
