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
	if errors.Is(err, store.ErrForbidden) && sum.Codebook != under {
		err = fmt.Errorf("it was said under codebook %s, not %s by which the article is judged here: %w", under.Short(), sum.Codebook.Short(), err)
	}
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
// them: the rest of what was said is kept. A link to another article leads to the
// sentence that stands where the file says, whatever its ID is here. gone is true
// where nothing is left.
func (l *loading) reach(ctx context.Context, s *statement) (gone bool, err error) {
	if s.record == nil {
		return false, nil
	}
	links := slices.Clone(s.record.Links)
	s.record.Links = nil
	for _, link := range links {
		why, err := l.follow(ctx, s, &link)
		if err != nil {
			return false, err
		}
		if why == "" {
			s.record.Links = append(s.record.Links, link)
			continue
		}
		called := link.To.Sentence
		if where, told := s.from.export.Where(link.To); told && where.Called != 0 {
			called = where.Called
		}
		l.receipt.reject(s.path, "the link to sentence %s of %s: %s", called, l.farName(s, link.To), why)
	}
	return s.record.IsZero() && len(links) > 0, nil
}

// follow makes a link lead to the sentence of the store that it means; why says what
// is in the way. Those of the statement's own article were checked when the file was
// read.
func (l *loading) follow(ctx context.Context, s *statement, link *annotations.Link) (why string, err error) {
	t := link.To
	if t.Article == s.doc.Article.ID {
		return "", nil
	}
	art, ok := l.others[t.Article]
	if !ok {
		if art, err = store.Load(ctx, l.Store, t.Article); err != nil && !errors.Is(err, store.ErrNotFound) {
			return "", err
		}
		l.others[t.Article] = art
	}
	const again = ". Load that article too, then this file again"
	if art == nil {
		return "the store does not have the article" + again, nil
	}
	where, told := s.from.export.Where(t)
	if !told {
		if art.Index(t.Sentence) < 0 {
			return "the store does not have the sentence" + again, nil
		}
		return "", nil
	}
	if link.To.Sentence, err = where.In(art); err != nil {
		link.To.Sentence = t.Sentence
		return err.Error(), nil
	}
	return "", nil
}

// farName is what the article of a link is called: here, or where the file was made.
func (l *loading) farName(s *statement, t annotations.Target) string {
	if art := l.others[t.Article]; art != nil {
		return "article " + art.Name
	}
	if where, ok := s.from.export.Where(t); ok && where.Article != "" {
		return fmt.Sprintf("article %s (%s)", where.Article, t.Article)
	}
	return "article " + t.Article.String()
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
