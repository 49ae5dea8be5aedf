package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// maxRevisions bounds how many earlier revisions of one statement are given a
// place in the log, so that a number in a file cannot fill the disk.
const maxRevisions = 10_000

// store appends one statement over revision rev. Earlier revisions that the
// file counts but does not hold get a place in the history that says so, and
// the revision number comes out as in the file. A statement made under another
// codebook than the article's is stored under that one: the article is judged
// by it for the length of the act.
func (l *loading) store(ctx context.Context, s *statement, rev uint64, books map[annotations.Hash]*annotations.Codebook) error {
	who, err := l.sessionOf(s.by)
	if err != nil {
		return err
	}
	sum, err := l.Summary(ctx, "", s.doc.Article.ID)
	if err != nil {
		return err
	}
	under := s.codebook()
	if err := l.codebook(ctx, under, books); err != nil {
		return err
	}
	kept := l.at(s.when)
	changes, err := l.lift(ctx, who, s, sum.Codebook, &rev)
	if err != nil {
		return err
	}
	changes = append(changes, s.change(rev))
	if sum.Codebook != under {
		n := len(changes) - 1
		changes = append(changes[:n:n], judgedBy(under), changes[n], judgedBy(sum.Codebook))
	}
	r, err := l.do(ctx, who, s.doc.Article.ID, changes...)
	if err != nil {
		return err
	}
	l.last = r.Time
	if !kept {
		l.receipt.Redated++
	}
	return nil
}

// reach takes off the links of s that lead to no sentence of the store, and names
// them: the rest of what was said is kept. gone is true where nothing is left.
func (l *loading) reach(ctx context.Context, s *statement) (gone bool, err error) {
	if s.record == nil {
		return false, nil
	}
	links := slices.Clone(s.record.Links)
	s.record.Links = nil
	for _, link := range links {
		there, err := l.has(ctx, s, link.To)
		if err != nil {
			return false, err
		}
		if there {
			s.record.Links = append(s.record.Links, link)
			continue
		}
		l.receipt.reject(s.path, "the link to sentence %s of article %s: the store does not have it. Load that article too, then this file again", link.To.Sentence, link.To.Article)
	}
	return s.record.IsZero() && len(links) > 0, nil
}

// has reports whether the store has a sentence; those of the statement's own
// article were checked when the file was read.
func (l *loading) has(ctx context.Context, s *statement, t annotations.Target) (bool, error) {
	if t.Article == s.doc.Article.ID {
		return true, nil
	}
	art, ok := l.others[t.Article]
	if !ok {
		var err error
		if art, err = store.Load(ctx, l.Store, t.Article); err != nil && !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
		l.others[t.Article] = art
	}
	return art != nil && art.Index(t.Sentence) >= 0, nil
}

func judgedBy(h annotations.Hash) annotations.Change {
	return annotations.Change{Kind: annotations.EventCodebook, Verb: "load", Codebook: h}
}

// codebook is the one that s was said under.
func (s *statement) codebook() annotations.Hash {
	if s.ruling != nil {
		return s.ruling.Codebook
	}
	return s.record.Codebook
}

// change is what s asks the store to record, over revision rev.
func (s *statement) change(rev uint64) annotations.Change {
	if s.ruling != nil {
		r := s.ruling.Ruling
		return annotations.Change{Kind: annotations.EventRule, Verb: "load", Sentence: s.sentence, Rev: rev, Ruling: &r}
	}
	a := s.record.Clone()
	c := annotations.Change{Kind: annotations.EventAnnotate, Verb: "load", Sentence: s.sentence, Rev: rev, Annotation: &a, On: s.record.Words}
	if words, told := s.doc.Secrets[annotations.ReviewerKey{Sentence: s.sentence, Reviewer: s.by}]; told && a.Confidential.Opens(words) {
		c.Secret = words
	}
	return c
}

// lift returns changes that say nothing and bring the place of s, where
// nothing stands, to the revision before the one it should become. What does
// not fit into the same act is stored at once.
func (l *loading) lift(ctx context.Context, who *store.Session, s *statement, book annotations.Hash, rev *uint64) ([]annotations.Change, error) {
	const most = store.MaxChanges - 3 // leaves room for s and two changes of codebook
	want := s.rev
	switch {
	case want > maxRevisions:
		l.say("%s: revision %d is too high to be kept", s.path, want)
		return nil, nil
	case s.over:
		return nil, nil
	}
	var changes []annotations.Change
	for ; *rev+1 < want; *rev++ {
		if len(changes) == most {
			if _, err := l.do(ctx, who, s.doc.Article.ID, changes...); err != nil {
				return nil, err
			}
			changes = nil
		}
		c := annotations.Change{Sentence: s.sentence, Rev: *rev, Verb: "load", Reason: fmt.Sprintf("revision %d of %d; the file does not hold it", *rev+1, s.rev)}
		if s.ruling != nil {
			c.Kind = annotations.EventRule
		} else {
			c.Kind, c.Annotation = annotations.EventAnnotate, &annotations.Annotation{Codebook: book}
		}
		changes = append(changes, c)
	}
	return changes, nil
}
