package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

// setClock tells the time that was set, or the real one.
type setClock struct {
	mu   sync.Mutex
	at   time.Time // zero: the real time
	real func() time.Time
}

func (c *setClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return c.real()
	}
	return c.at
}

func (c *setClock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

func (c *setClock) release() { c.set(time.Time{}) }

// loading brings exports into a store.
type loading struct {
	*desk
	clock    *setClock
	sessions map[string]*store.Session // by person
	last     time.Time                 // of the newest event of the log
	receipt  *loadReceipt
	texts    *sharedTexts
	read     []*interchange.Export                          // what was read so far of this load
	own      []*interchange.Document                        // of stet's own files of this load, which is about to be stored
	foreign  bool                                           // what is loaded comes from another program
	put      map[annotations.Hash]bool                      // codebooks that are in the store
	others   map[annotations.ArticleID]*annotations.Article // that links lead to; nil = not in the store
	dated    bool                                           // another program has the store open: its clock dates what is stored
}

// statement is one thing to be stored: an annotation or a ruling.
type statement struct {
	from     *loadGroup
	doc      *interchange.Document
	path     string // where it stands, for the receipt
	by       string
	sentence annotations.SentenceID
	record   *annotations.Record
	ruling   *annotations.RulingRecord
	when     time.Time
	rev      uint64 // that it should become
	over     bool   // something else stands in its place
	against  string // what stands there and stays, in words
}

// start finds out where the log stands.
func (l *loading) start(ctx context.Context) error {
	l.put = map[annotations.Hash]bool{}
	st, err := l.Stat(ctx)
	if err != nil || st.Events == 0 {
		return err
	}
	list, _, err := l.Events(ctx, store.Query{}, st.Events-1, 1)
	if err == nil && len(list) > 0 {
		l.last = list[0].Time
	}
	return err
}

// all brings groups of files in: the articles and the evidence of all of them
// first, since links may lead to any, then what was said, oldest first, so that
// the log's times can be those of the files.
func (l *loading) all(ctx context.Context, groups []*loadGroup) error {
	earliest := l.clock.real()
	for _, g := range groups {
		for i := range g.export.Documents {
			for _, s := range statements(g, &g.export.Documents[i]) {
				if !s.when.IsZero() && s.when.Before(earliest) {
					earliest = s.when
				}
			}
		}
	}
	var all []statement
	for _, g := range groups {
		l.take(g)
		for i := range g.export.Documents {
			doc := &g.export.Documents[i]
			ok, err := l.article(ctx, doc, earliest)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if g.dialect == nil {
				l.own = append(l.own, doc)
			} else if err := l.echo(ctx, doc); err != nil {
				return err
			}
			if err := l.items(ctx, doc, earliest); err != nil {
				return err
			}
			all = append(all, statements(g, doc)...)
		}
	}
	// Of two files with the same statement stet's own goes first: it has all of it.
	slices.SortStableFunc(all, func(x, y statement) int {
		return cmp.Or(compareTimes(x.when, y.when), cmp.Compare(x.from.order(), y.from.order()))
	})
	bar := l.progress("loading")
	defer bar.end()
	for i := range all {
		l.take(all[i].from)
		if err := l.state(ctx, &all[i], all[i].from.books()); err != nil {
			return err
		}
		bar.at(uint64(i+1), uint64(len(all)))
	}
	return nil
}

// take turns to a group: its receipt, and the rules for its kind.
func (l *loading) take(g *loadGroup) { l.receipt, l.foreign = g.receipt, g.dialect != nil }

// compareTimes puts no time last: it will be dated now.
func compareTimes(x, y time.Time) int {
	switch {
	case x.IsZero() && y.IsZero():
		return 0
	case x.IsZero():
		return 1
	case y.IsZero():
		return -1
	}
	return x.Compare(y)
}

// statements lists what a document says, sentence by sentence.
func statements(g *loadGroup, doc *interchange.Document) []statement {
	var out []statement
	for i := range doc.Reviewers {
		r := &doc.Reviewers[i]
		for id, rec := range r.Records {
			out = append(out, statement{
				from: g, doc: doc, by: r.Name, sentence: id, record: &rec, when: rec.Time, rev: rec.Rev,
				path: fmt.Sprintf("article %s, sentence %s, %s", doc.Article.Name, id, r.Name),
			})
		}
	}
	for id, r := range doc.Rulings {
		out = append(out, statement{
			from: g, doc: doc, by: r.By, sentence: id, ruling: &r, when: r.Time, rev: r.Rev,
			path: fmt.Sprintf("article %s, sentence %s, ruling", doc.Article.Name, id),
		})
	}
	slices.SortFunc(out, func(x, y statement) int {
		return cmp.Or(cmp.Compare(x.sentence, y.sentence), cmp.Compare(x.by, y.by), cmp.Compare(x.path, y.path))
	})
	return out
}

// at sets the clock to a time in the file where the log allows it. It reports
// whether it did.
func (l *loading) at(when time.Time) bool {
	now := l.clock.real()
	if l.dated || when.IsZero() || when.Before(l.last) || when.After(now) {
		l.clock.release()
		l.last = now
		return when.IsZero()
	}
	l.clock.set(when)
	l.last = when
	return true
}

// article stores a document's article, or finds it. It reports false when the
// document cannot be taken at all.
func (l *loading) article(ctx context.Context, doc *interchange.Document, when time.Time) (bool, error) {
	l.at(when)
	done, err := l.takeIn(ctx, doc.Article, doc.Codebook)
	if store.Refused(err) {
		l.receipt.reject("article "+doc.Article.Name, "%s", ofOne(err))
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !done.Known {
		l.receipt.Articles.New++
		l.put[doc.Codebook.Hash] = true
		if done.Name != doc.Article.Name {
			l.say("%s: another article has that name; it is %s here", doc.Article.Name, done.Name)
		}
		return true, nil
	}
	l.receipt.Articles.Known++
	sum, err := l.Summary(ctx, "", done.ID)
	if err == nil && sum.Table != doc.Article.Table {
		err = l.recut(ctx, doc)
	}
	return err == nil, err
}

// recut brings what a document says to the sentences of the store, which cuts the same
// text otherwise.
func (l *loading) recut(ctx context.Context, doc *interchange.Document) error {
	there, err := store.Load(ctx, l.Store, doc.Article.ID)
	if err != nil {
		return err
	}
	article := "article " + doc.Article.Name
	l.receipt.Repaired = append(l.receipt.Repaired, problemJSON{Path: article, Msg: "the store cuts the same text into other sentences: what was said of those that stand in both was taken; `stet merge` with the store that the file is from takes the rest, too"})
	for _, h := range doc.Recut(there) {
		l.receipt.reject(fmt.Sprintf("%s, sentence %s, %s", article, h.Sentence, cmp.Or(h.By, "ruling")), "%s", h)
	}
	return nil
}

// state stores one statement unless the store says the same, or something later.
func (l *loading) state(ctx context.Context, s *statement, books map[annotations.Hash]*annotations.Codebook) error {
	tally := &l.receipt.Annotations
	if s.ruling != nil {
		tally = &l.receipt.Rulings
	}
	if gone, err := l.reach(ctx, s); gone || err != nil {
		return err
	}
	for range retries {
		rev, verdict, err := l.compare(ctx, s)
		if err != nil {
			return err
		}
		switch verdict {
		case sameThere:
			tally.Known++
			return nil
		case laterThere:
			l.receipt.reject(s.path, "the store has %s; that stands", s.against)
			return nil
		}
		err = l.store(ctx, s, rev, books)
		switch {
		case errors.Is(err, store.ErrConflict):
			continue
		case declined(err):
			l.receipt.reject(s.path, "%s", ofOne(err))
			return nil
		case err == nil:
			tally.New++
		}
		return err
	}
	return fmt.Errorf("%s: somebody keeps changing it. What was loaded before is saved. Load the file again", s.path)
}

type verdict int

const (
	notThere verdict = iota
	sameThere
	laterThere
)

// compare looks at what the store has in the place of s, and at its revision.
func (l *loading) compare(ctx context.Context, s *statement) (uint64, verdict, error) {
	rows, err := l.State(ctx, s.doc.Article.ID, s.sentence, s.sentence+1, 1<<20)
	if err != nil {
		return 0, notThere, err
	}
	for _, r := range rows {
		switch {
		case s.ruling != nil && r.Ruling != nil:
			if r.Ruling.Verdict == "" {
				return r.Ruling.Rev, notThere, nil
			}
			if l.foreign && r.Ruling.By == s.by && (r.Ruling.Time.Equal(s.when) || s.when.IsZero() && interchange.RepeatsRuling(r.Ruling.Ruling, s.ruling.Ruling)) {
				return r.Ruling.Rev, sameThere, nil // the file need not hold its reason, or its time
			}
			return r.Ruling.Rev, s.judge(r.Ruling.Same(s.ruling.Ruling) && r.Ruling.By == s.by, false, r.Ruling.Time), nil
		case s.record != nil && r.Ruling == nil && r.Reviewer == s.by:
			if r.Annotation.IsZero() {
				return r.Annotation.Rev, notThere, nil
			}
			if l.foreign {
				return r.Annotation.Rev, s.adds(&r.Annotation), nil
			}
			return r.Annotation.Rev, s.judge(sameWords(&r.Annotation.Annotation, &s.record.Annotation), withLinks(&r.Annotation.Annotation, &s.record.Annotation), r.Annotation.Time), nil
		}
	}
	return 0, notThere, nil
}

// sessionOf returns the session under which a person's words are stored.
func (l *loading) sessionOf(by string) (*store.Session, error) {
	if s := l.sessions[by]; s != nil {
		return s, nil
	}
	s, err := store.NewSession(by, l.tool())
	if err != nil {
		return nil, err
	}
	l.sessions[by] = s
	return s, nil
}

// codebook makes sure that the store has a codebook.
func (l *loading) codebook(ctx context.Context, h annotations.Hash, books map[annotations.Hash]*annotations.Codebook) error {
	if l.put[h] {
		return nil
	}
	c := books[h]
	if b := codebook.Builtin(); c == nil && bytes.Equal(h[:], b.Hash[:]) {
		c = b
	}
	if c == nil {
		return &store.Error{Kind: store.ErrNotFound, What: "codebook " + h.Short() + " is not in the file"}
	}
	if _, err := l.PutBlob(ctx, string(c.Source)); err != nil {
		return err
	}
	l.put[h] = true
	return nil
}
