package main

import (
	"context"
	"fmt"
	"math"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
)

// codebookError says why an article cannot be judged by another codebook.
type codebookError struct{ msg string }

func (e *codebookError) Error() string { return e.msg }

// adopt has an article judged by book from here on. All that was said of it
// must fit; what is there stays as it is.
func (d *desk) adopt(ctx context.Context, id annotations.ArticleID, book *annotations.Codebook) error {
	sum, err := d.Summary(ctx, d.session.Actor, id)
	if err != nil || sum.Codebook == book.Hash {
		return err
	}
	c, err := d.adoption(ctx, &sum, book)
	if err != nil {
		return err
	}
	if _, err := d.do(ctx, d.session, id, c); err != nil {
		return err
	}
	return d.adopted(ctx, &sum, book)
}

// adoption is the change by which an article is judged by book, if all that
// was said of it fits. The store then has the codebook.
func (d *desk) adoption(ctx context.Context, sum *store.Summary, book *annotations.Codebook) (annotations.Change, error) {
	c := annotations.Change{Kind: annotations.EventCodebook, Verb: "codebook", Codebook: book.Hash}
	rows, err := d.rows(ctx, sum.ID)
	if err != nil {
		return c, err
	}
	old, err := d.book(ctx, sum.Codebook)
	if err != nil {
		return c, err
	}
	for _, r := range rows {
		if err := fits(sum.ID, r.Sentence, r.Annotation.Annotation, r.Ruling, book); err != nil {
			who := r.Reviewer
			if r.Ruling != nil {
				who = r.Ruling.By
			}
			return c, &codebookError{fmt.Sprintf("%s is judged by codebook %q %s and cannot be judged by %q %s: sentence %d, %s: %v. Nothing was changed. Change what was said there first, or keep the codebook",
				sum.Name, old.Name, old.Version, book.Name, book.Version, d.number(ctx, sum.ID, r.Sentence), who, err)}
		}
	}
	_, err = d.PutBlob(ctx, string(book.Source))
	return c, err
}

// adopted says that an article is judged by another codebook now.
func (d *desk) adopted(ctx context.Context, sum *store.Summary, book *annotations.Codebook) error {
	old, err := d.book(ctx, sum.Codebook)
	if err != nil {
		return err
	}
	d.books[book.Hash] = book
	words := "only its wording differs"
	if lines := codebook.Diff(old, book).Lines(); len(lines) > 0 {
		words = strings.Join(lines, "; ")
	}
	d.say("%s is judged by codebook %q %s from here on (%s)", sum.Name, book.Name, book.Version, words)
	return nil
}

// fits tells why what stands on a sentence could not be said under book, or nil.
func fits(id annotations.ArticleID, s annotations.SentenceID, a annotations.Annotation, r *annotations.RulingRecord, book *annotations.Codebook) error {
	if r != nil {
		if r.Verdict == "" {
			return nil
		}
		ruling := r.Ruling
		ruling.Codebook = book.Hash
		return annotations.CheckRuling(&ruling, book)
	}
	a.Codebook = book.Hash
	return annotations.CheckAnnotation(&a, annotations.Target{Article: id, Sentence: s}, book, anyWorld{})
}

// anyWorld is a world where every place exists: only the scheme is checked.
type anyWorld struct{}

// TextBytes implements [annotations.World].
func (anyWorld) TextBytes() int { return math.MaxInt }

// Border implements [annotations.World].
func (anyWorld) Border(int) bool { return true }

// HasSentence implements [annotations.World].
func (anyWorld) HasSentence(annotations.Target) bool { return true }

// HasEvidence implements [annotations.World].
func (anyWorld) HasEvidence(annotations.EvidenceID) bool { return true }
