package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

// items stores the evidence of a document.
func (l *loading) items(ctx context.Context, doc *interchange.Document, when time.Time) error {
	var changes []annotations.Change
	for i := range doc.Evidence {
		known, err := l.hasEvidence(ctx, doc.Evidence[i].ID)
		if err != nil {
			return err
		}
		if known {
			l.receipt.Evidence.Known++
			continue
		}
		changes = append(changes, annotations.Change{Kind: annotations.EventEvidence, Verb: "load", Evidence: &doc.Evidence[i]})
	}
	l.at(when)
	for part := range slices.Chunk(changes, 8) { // of at most some 100 KiB each
		if err := l.bring(ctx, doc, part); err != nil {
			return err
		}
	}
	return nil
}

// bring stores items in one act. Where the store declines that, each is tried alone.
func (l *loading) bring(ctx context.Context, doc *interchange.Document, items []annotations.Change) error {
	_, err := l.do(ctx, l.session, doc.Article.ID, items...)
	switch {
	case err == nil:
		l.receipt.Evidence.New += len(items)
	case !declined(err):
		return err
	case len(items) == 1:
		l.receipt.reject(fmt.Sprintf("article %s, evidence %s", doc.Article.Name, items[0].Evidence.ID), "%s", ofOne(err))
	default:
		for i := range items {
			if err := l.bring(ctx, doc, items[i:i+1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// declined reports whether the store refuses a statement for good: what cannot be said
// of the article, or by that person. That is nothing against the statements of others.
func declined(err error) bool {
	return errors.Is(err, store.ErrInvalid) || errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrForbidden)
}
