package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Session numbers one person's acts in one run of the program. It is safe for
// concurrent use, but the order of acts is then anybody's.
type Session struct {
	ID    annotations.SessionID
	Actor string
	Tool  string
	mu    sync.Mutex
	n     uint64
}

// NewSession draws a new session for actor.
func NewSession(actor, tool string) (*Session, error) {
	s := &Session{Actor: actor, Tool: tool}
	if _, err := rand.Read(s.ID[:]); err != nil {
		return nil, fmt.Errorf("start a session: %w", err)
	}
	return s, nil
}

// Batch makes the session's next batch.
func (s *Session) Batch(article annotations.ArticleID, changes ...annotations.Change) Batch {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return Batch{Act: annotations.Act{Session: s.ID, N: s.n}, Actor: s.Actor, Tool: s.Tool, Article: article, Changes: changes}
}

// Failed takes the newest batch's number back after the store refused it, so
// that the next one may use it. It must not be called when it is not known
// whether the batch was stored.
func (s *Session) Failed(b Batch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.Act.Session == s.ID && b.Act.N == s.n {
		s.n--
	}
}

// Do appends one batch of changes in the name of s.
func Do(ctx context.Context, st Store, s *Session, article annotations.ArticleID, changes ...annotations.Change) (Receipt, error) {
	return s.Send(ctx, st, s.Batch(article, changes...))
}

// Send appends the session's newest batch. When it is not known whether that was stored
// it asks again, which never stores it twice. The number of what was refused is free
// again; that of what may be there, as after a failed disk, is not.
func (s *Session) Send(ctx context.Context, st Store, b Batch) (Receipt, error) {
	r, err := st.Append(ctx, b)
	unsure := errors.Is(err, ErrUnknown)
	for tries := 0; errors.Is(err, ErrUnknown) && tries < 3 && ctx.Err() == nil; tries++ {
		r, err = st.Append(ctx, b)
	}
	if Refused(err) || err != nil && !unsure && !errors.Is(err, ErrPoisoned) {
		s.Failed(b)
	}
	return r, err
}

// Revert takes back the actor's newest act (annotations.Undo), or does again
// the act taken back last (annotations.Redo). It returns the events that were
// reverted, for a message that names them; ErrNotFound when there are none.
func Revert(ctx context.Context, st Store, s *Session, mode annotations.Mode) ([]annotations.Event, Receipt, error) {
	b, events, err := Reverting(ctx, st, s, mode)
	if err != nil {
		return nil, Receipt{}, err
	}
	r, err := s.Send(ctx, st, b)
	return events, r, err
}

// Reverting makes the batch that [Revert] would append, and returns the events
// that it reverts.
func Reverting(ctx context.Context, st Store, s *Session, mode annotations.Mode) (Batch, []annotations.Event, error) {
	d, events, err := st.Undoable(ctx, s.Actor, mode)
	if err != nil {
		return Batch{}, nil, err
	}
	changes := annotations.Invert(events)
	if len(changes) == 0 {
		return Batch{}, nil, nothingTo(mode)
	}
	if err := rebaseWords(ctx, st, s.Actor, events, changes); err != nil {
		return Batch{}, nil, err
	}
	if err := rebase(ctx, st, s.Actor, events, changes); err != nil {
		return Batch{}, nil, err
	}
	if err := rebaseFinish(ctx, st, events, changes); err != nil {
		return Batch{}, nil, err
	}
	b := s.Batch(events[0].Article, changes...)
	b.Mode, b.Of = mode, d.Act
	return b, events, nil
}

// place names what a change replaces: what a person says of a sentence, or the
// ruling on it.
type place struct {
	kind     annotations.EventKind
	sentence annotations.SentenceID
}

// rebase gives inverted changes the revisions that they replace now. Acts are
// taken back newest first, so what stands on each sentence is what the act to be
// taken back left there, but under a later revision. Where it is not, a merge has
// changed it, or another lead has ruled: that must not be taken back with it.
func rebase(ctx context.Context, st Store, actor string, events []annotations.Event, changes []annotations.Change) error {
	left := map[place]*annotations.Event{}
	for i := range events {
		left[place{events[i].Kind, events[i].Sentence}] = &events[i]
	}
	revs := map[place]uint64{}
	ruled := map[annotations.SentenceID]ruledThere{}
	for i := range changes {
		c := &changes[i]
		k := place{c.Kind, c.Sentence}
		if _, seen := revs[k]; !seen {
			rows, err := st.State(ctx, events[0].Article, c.Sentence, c.Sentence+1, 1<<16)
			if err != nil {
				return err
			}
			now := standing(rows, actor, k)
			own := now.leftBy(left[k])
			if own && k.kind == annotations.EventRule {
				there, err := rulingsOn(ctx, st, events[0].Article, k.sentence)
				if err != nil {
					return err
				}
				ruled[k.sentence] = there
				own = now.rev == left[k].Rev || there.own(actor, now.rev)
			}
			if !own {
				return &Error{
					Kind: ErrConflict, What: fmt.Sprintf("what %s did last on sentence %s was replaced since, by a merge or by another lead", actor, c.Sentence),
					Safe: "Nothing was changed", Next: "Change it by hand; undo goes back no further",
				}
			}
			revs[k] = now.rev
		}
		if c.Ruling != nil {
			c.Ruling.Author = ruled[c.Sentence].author(c.Rev - 1)
		}
		c.Rev = revs[k]
		revs[k]++
	}
	return nil
}

// stands is what stands in a place; zero for nothing.
type stands struct {
	rev    uint64
	note   annotations.Annotation
	ruling annotations.Ruling
}

func standing(rows []Row, actor string, k place) (now stands) {
	for _, r := range rows {
		switch {
		case r.Ruling != nil && k.kind == annotations.EventRule:
			now.rev, now.ruling = r.Ruling.Rev, r.Ruling.Ruling
		case r.Ruling == nil && r.Reviewer == actor && k.kind == annotations.EventAnnotate:
			now.rev, now.note = r.Annotation.Rev, r.Annotation.Annotation
		}
	}
	return now
}

// leftBy reports whether that is what an event left there, under whatever
// codebook it stands now.
func (s *stands) leftBy(e *annotations.Event) bool {
	if e == nil {
		return true
	}
	switch e.Kind {
	case annotations.EventAnnotate:
		var after annotations.Annotation
		if e.After != nil {
			after = *e.After
		}
		now := s.note
		now.Codebook, after.Codebook = annotations.Hash{}, annotations.Hash{}
		return now.Equal(after)
	case annotations.EventRule:
		var after annotations.Ruling
		if e.RuleAfter != nil {
			after = *e.RuleAfter
		}
		now := s.ruling
		now.Codebook, after.Codebook = annotations.Hash{}, annotations.Hash{}
		return now.Same(after)
	}
	return true
}

// Imported says what [Import] did.
type Imported struct {
	ID    annotations.ArticleID
	Name  string
	Known bool // the same text was there before; nothing was stored
}

// Import stores a sealed article to be judged by book. When the same text is in
// the store already, that one is named and nothing is stored. A name that is
// taken by another article gets more digits of the key.
func Import(ctx context.Context, st Store, s *Session, a *annotations.Article, book *annotations.Codebook) (Imported, error) {
	if known, err := st.Summary(ctx, s.Actor, a.ID); err == nil {
		return Imported{ID: a.ID, Name: known.Name, Known: true}, nil
	} else if !errors.Is(err, ErrNotFound) {
		return Imported{}, err
	}
	for _, blob := range []string{string(book.Source), string(annotations.AppendTable(nil, a.Units)), a.Body} {
		if _, err := st.PutBlob(ctx, blob); err != nil {
			return Imported{}, err
		}
	}
	m := a.Meta
	m.Codebook = book.Hash
	for digits := 4; ; digits += 4 {
		_, err := Do(ctx, st, s, m.ID, annotations.Change{Kind: annotations.EventImport, Verb: "import", Meta: &m})
		if err == nil {
			return Imported{ID: m.ID, Name: m.Name}, nil
		}
		if !errors.Is(err, ErrConflict) {
			return Imported{}, err
		}
		if known, err := st.Summary(ctx, s.Actor, a.ID); err == nil { // somebody else was quicker
			return Imported{ID: a.ID, Name: known.Name, Known: true}, nil
		}
		if !errors.Is(err, ErrNameTaken) || digits >= 32 {
			return Imported{}, err
		}
		m.Name = m.SuggestName(digits + 4)
	}
}

// Load reads an article with its text and sentences, and proves both by their
// hashes: what was damaged is ErrDamaged, never other words.
func Load(ctx context.Context, st Store, id annotations.ArticleID) (*annotations.Article, error) {
	sum, err := st.Summary(ctx, "", id)
	if err != nil {
		return nil, err
	}
	return load(ctx, st, &sum.Meta)
}

// load is Load of an article as it was cut when m was read.
func load(ctx context.Context, st Store, m *annotations.Meta) (*annotations.Article, error) {
	body, err := st.Blob(ctx, m.Text, 0, -1)
	if err != nil {
		return nil, err
	}
	table, err := st.Blob(ctx, m.Table, 0, -1)
	if err != nil {
		return nil, err
	}
	if annotations.HashOf(table) != m.Table || annotations.HashOf(body) != m.Text {
		return nil, notImported(m)
	}
	units, err := annotations.ParseTable([]byte(table))
	if err != nil {
		return nil, &Error{Kind: ErrDamaged, What: "the sentences of " + m.Name + " cannot be read", Next: "Run `stet check`", Err: err}
	}
	if len(units) > 0 && units[len(units)-1].Span.End > len(body) || !utf8.ValidString(body) {
		return nil, notImported(m)
	}
	return &annotations.Article{Meta: *m, Body: body, Units: units}, nil
}

func notImported(m *annotations.Meta) error {
	return &Error{Kind: ErrDamaged, What: "the text or the sentences of " + m.Name + " are not what was imported", Next: "Run `stet check`"}
}

// Recut puts the table of units now, which must be another cutting of a's text,
// into the store and returns the change that puts it in force.
func Recut(ctx context.Context, st Store, a *annotations.Article, now []annotations.Sentence, verb string, at annotations.SentenceID) (annotations.Change, error) {
	cut, err := annotations.CutOf(a.Body, &a.Meta, a.Units, now)
	if err != nil {
		return annotations.Change{}, &Error{Kind: ErrInvalid, What: a.Name + " cannot be cut so", Safe: "Nothing was changed", Err: err}
	}
	if _, err := st.PutBlob(ctx, string(annotations.AppendTable(nil, now))); err != nil {
		return annotations.Change{}, err
	}
	return annotations.Change{Kind: annotations.EventCut, Verb: verb, Sentence: at, Cut: &cut}, nil
}
