package main

import (
	"context"
	"errors"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

// soonThere adds what stet's own files of the same load say of an article: it is
// not stored yet, and will stand where the store has nothing later.
func (l *loading) soonThere(article annotations.ArticleID, there map[annotations.ReviewerKey]annotations.Record) {
	for _, doc := range l.own {
		if doc.Article.ID != article {
			continue
		}
		for _, r := range doc.Reviewers {
			for id, rec := range r.Records {
				key := annotations.ReviewerKey{Sentence: id, Reviewer: r.Name}
				if old, said := there[key]; !rec.IsZero() && (!said || rec.Time.After(old.Time)) {
					there[key] = rec
				}
			}
		}
	}
}

// echo takes out of another program's document what only repeats, in a poorer
// form, what the store has: see [interchange.Echoes]. Evidence that nothing names
// any more goes too.
func (l *loading) echo(ctx context.Context, doc *interchange.Document) error {
	rows, err := l.rows(ctx, doc.Article.ID)
	if err != nil {
		return err
	}
	there := map[annotations.ReviewerKey]annotations.Record{}
	for i := range rows {
		if r := &rows[i]; r.Ruling == nil && !r.Annotation.IsZero() {
			there[annotations.ReviewerKey{Sentence: r.Sentence, Reviewer: r.Reviewer}] = r.Annotation
		}
	}
	l.soonThere(doc.Article.ID, there)
	var failed error
	echoes := interchange.Echoes{Body: doc.Article.Body, Item: func(id annotations.EvidenceID) *annotations.Evidence {
		if i := slices.IndexFunc(doc.Evidence, func(e annotations.Evidence) bool { return e.ID == id }); i >= 0 {
			return &doc.Evidence[i]
		}
		e, err := l.Item(ctx, id)
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
			if old, said := there[annotations.ReviewerKey{Sentence: id, Reviewer: who.Name}]; said {
				rec.Annotation = echoes.Of(old.Annotation, rec.Annotation)
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
