package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

// gather collects what is exported.
func (d *desk) gather(ctx context.Context, o exportOptions, names []string) (interchange.Export, error) {
	var e interchange.Export
	var ids []annotations.ArticleID
	for _, name := range names {
		sum, err := d.find(ctx, name)
		if err != nil {
			return e, err
		}
		if !slices.Contains(ids, sum.ID) {
			ids = append(ids, sum.ID)
		}
	}
	if len(names) == 0 {
		if err := d.everyArticle(ctx, func(s store.Summary) error { ids = append(ids, s.ID); return nil }); err != nil {
			return e, err
		}
	}
	used := map[annotations.Hash]bool{}
	for _, id := range ids {
		doc, err := d.document(ctx, id, o, used)
		if err != nil {
			return e, err
		}
		e.Documents = append(e.Documents, doc)
	}
	for i := range e.Documents {
		delete(used, e.Documents[i].Codebook.Hash)
	}
	if err := d.whereabouts(ctx, &e); err != nil {
		return e, err
	}
	for h := range used {
		book, err := d.book(ctx, h)
		if err != nil {
			return e, err
		}
		e.Codebooks = append(e.Codebooks, book)
	}
	return e, nil
}

// asOf is the time of the newest change in an export, in whole seconds; where
// nobody said anything yet, of the newest event in the store.
func (d *desk) asOf(ctx context.Context, e *interchange.Export) (time.Time, error) {
	var when time.Time
	later := func(t time.Time) {
		if t.After(when) {
			when = t
		}
	}
	for i := range e.Documents {
		for _, r := range e.Documents[i].Reviewers {
			for _, rec := range r.Records {
				later(rec.Time)
			}
		}
		for _, r := range e.Documents[i].Rulings {
			later(r.Time)
		}
	}
	if when.IsZero() {
		info, err := d.Stat(ctx)
		if err != nil || info.Events == 0 {
			return d.clock().UTC().Truncate(time.Second), err
		}
		last, _, err := d.Events(ctx, store.Query{}, info.Events-1, 1)
		if err != nil {
			return when, err
		}
		for i := range last {
			later(last[i].Time)
		}
	}
	return when.UTC().Truncate(time.Second), nil
}

// document gathers one article; used collects the codebooks that annotations name.
func (d *desk) document(ctx context.Context, id annotations.ArticleID, o exportOptions, used map[annotations.Hash]bool) (interchange.Document, error) {
	art, err := store.Load(ctx, d.Store, id)
	if err != nil {
		return interchange.Document{}, err
	}
	doc := interchange.Document{Article: art, Rulings: map[annotations.SentenceID]annotations.RulingRecord{}}
	if doc.Codebook, err = d.book(ctx, art.Codebook); err != nil {
		return doc, err
	}
	rows, err := d.rows(ctx, id)
	if err != nil {
		return doc, err
	}
	by := map[string]map[annotations.SentenceID]annotations.Record{}
	items := map[annotations.EvidenceID]bool{}
	gone, unruled, lost := 0, 0, 0
	for _, r := range rows {
		switch {
		case r.Ruling != nil && r.Ruling.Verdict == "", r.Ruling == nil && (r.Annotation.IsZero() || o.reviewer != "" && o.reviewer != r.Reviewer):
			// taken back, or another's: the file would not have it anyway
		case art.Index(r.Sentence) < 0 && r.Ruling != nil:
			unruled++
		case art.Index(r.Sentence) < 0:
			gone++ // it was joined with another since; its history tells
		case r.Ruling != nil:
			doc.Rulings[r.Sentence] = *r.Ruling
			used[r.Ruling.Codebook] = true
		default:
			n := len(r.Annotation.Links)
			r.Annotation.Links = slices.DeleteFunc(r.Annotation.Links, func(l annotations.Link) bool { return l.To.Article == art.ID && art.Index(l.To.Sentence) < 0 })
			lost += n - len(r.Annotation.Links)
			if by[r.Reviewer] == nil {
				by[r.Reviewer] = map[annotations.SentenceID]annotations.Record{}
			}
			by[r.Reviewer][r.Sentence] = r.Annotation
			used[r.Annotation.Codebook] = true
			for _, u := range r.Annotation.Evidence {
				items[u.ID] = true
			}
		}
	}
	const goneSince = "%s: %s of sentences that are no longer there left out; --history has them"
	if gone > 0 {
		d.say(goneSince, art.Name, plural(gone, "annotation"))
	}
	if unruled > 0 {
		d.say(goneSince, art.Name, plural(unruled, "ruling"))
	}
	if lost > 0 {
		d.say("%s: %s to sentences that are no longer there left out", art.Name, plural(lost, "link"))
	}
	for who, records := range by {
		doc.Reviewers = append(doc.Reviewers, interchange.Reviewer{Name: who, Records: records})
	}
	if err := d.exportedItems(ctx, &doc, items); err != nil {
		return doc, err
	}
	if o.confidential {
		if doc.Secrets, err = d.secrets(ctx, by); err != nil {
			return doc, err
		}
	}
	if o.history {
		err = d.withHistory(ctx, &doc)
	}
	return doc, err
}

// exportedItems adds the items that annotations refer to. One that is not shown is
// left out with what refers to it, and said: a file is whole in itself.
func (d *desk) exportedItems(ctx context.Context, doc *interchange.Document, items map[annotations.EvidenceID]bool) error {
	hidden := map[annotations.EvidenceID]bool{}
	for id := range items {
		item, shown, err := d.shownEvidence(ctx, id)
		if err != nil {
			return err
		}
		if hidden[id] = !shown; shown {
			doc.Evidence = append(doc.Evidence, item)
		}
	}
	left := 0
	for _, r := range doc.Reviewers {
		for id, rec := range r.Records {
			n := len(rec.Evidence)
			if rec.Evidence = slices.DeleteFunc(rec.Evidence, func(u annotations.Use) bool { return hidden[u.ID] }); len(rec.Evidence) < n {
				left += n - len(rec.Evidence)
				r.Records[id] = rec
			}
		}
	}
	if left > 0 {
		d.say("%s: %s left out, which the rules of the team hide, or the store does not have", doc.Article.Name, plural(left, "evidence item"))
	}
	return nil
}

// withHistory adds the events of a document. Where they are the store's whole history
// of it, and the document is all that they come to, the file says so and can be held
// to it.
func (d *desk) withHistory(ctx context.Context, doc *interchange.Document) error {
	var err error
	if doc.Events, err = d.history(ctx, doc.Article.ID); err != nil {
		return err
	}
	st, err := d.Stat(ctx)
	if err != nil {
		return err
	}
	id, err := hex.DecodeString(st.ID)
	if err != nil || len(id) != len(doc.HistoryOf) {
		return fmt.Errorf("the store's identity %q is not 16 bytes in hexadecimal", st.ID)
	}
	if _, err := interchange.ProveHistory(doc, [16]byte(id)); err != nil {
		d.say("%s: the history in the file is for reading, without proof: it is a part of the whole, or more than what is exported (%v)", doc.Article.Name, err)
		return nil
	}
	doc.HistoryOf = [16]byte(id)
	return nil
}

// secrets reads the confidential notes that were not removed.
func (d *desk) secrets(ctx context.Context, by map[string]map[annotations.SentenceID]annotations.Record) (map[annotations.ReviewerKey]string, error) {
	out := map[annotations.ReviewerKey]string{}
	for who, records := range by {
		for id, r := range records {
			if r.Confidential == nil {
				continue
			}
			words, err := d.Secret(ctx, *r.Confidential)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if r.Confidential.Opens(words) {
				out[annotations.ReviewerKey{Sentence: id, Reviewer: who}] = words
			}
		}
	}
	return out, nil
}

// history reads all events of one article.
func (d *desk) history(ctx context.Context, id annotations.ArticleID) ([]annotations.Event, error) {
	const at = 512
	var out []annotations.Event
	var after uint64
	for {
		list, next, err := d.Events(ctx, store.Query{Article: id}, after, at)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		if len(list) < at {
			return out, nil
		}
		after = next
	}
}

// whereabouts adds where the sentences stand that links to other articles lead to,
// so that they are found where their texts are cut otherwise, or exported alone. A
// link to a sentence that was joined with another since is left out, and counted.
func (d *desk) whereabouts(ctx context.Context, e *interchange.Export) error {
	articles := map[annotations.ArticleID]*annotations.Article{}
	for i := range e.Documents {
		articles[e.Documents[i].Article.ID] = e.Documents[i].Article
	}
	e.Afar = map[annotations.Target]interchange.Whereabouts{}
	for i := range e.Documents {
		own, lost := e.Documents[i].Article, 0
		for _, r := range e.Documents[i].Reviewers {
			for id, rec := range r.Records {
				links := make([]annotations.Link, 0, len(rec.Links))
				for _, l := range rec.Links {
					art, err := d.linked(ctx, articles, l.To.Article)
					if err != nil {
						return err
					}
					if art == nil || art == own {
						links = append(links, l)
						continue
					}
					if w, ok := interchange.WhereIs(art, l.To.Sentence); ok {
						e.Afar[l.To] = w
						links = append(links, l)
					}
				}
				if n := len(rec.Links) - len(links); n > 0 {
					lost += n
					rec.Links = links
					r.Records[id] = rec
				}
			}
		}
		if lost > 0 {
			d.say("%s: %s to sentences of other articles that are no longer there left out", own.Name, plural(lost, "link"))
		}
	}
	return nil
}

// linked gives the article of a link, from those that were read or from the store;
// nil where neither has it.
func (d *desk) linked(ctx context.Context, read map[annotations.ArticleID]*annotations.Article, id annotations.ArticleID) (*annotations.Article, error) {
	if art, known := read[id]; known {
		return art, nil
	}
	art, err := store.Load(ctx, d.Store, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if err != nil {
		art = nil
	}
	read[id] = art
	return art, nil
}
