package store

import (
	"cmp"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// view is what stamp must know of a store. Engines implement it over their own
// transaction, so that it sees the batches before this one. What is there and cannot
// be read is an error: it must not pass for what is not there.
type view interface {
	size() (n uint64, last time.Time)
	meta(annotations.ArticleID) (annotations.Meta, bool, error)
	head(annotations.ArticleID) annotations.Head
	record(annotations.ArticleID, annotations.ReviewerKey) (annotations.Record, bool, error)
	ruling(annotations.ArticleID, annotations.SentenceID) (annotations.RulingRecord, bool, error)
	unit(*annotations.Meta, annotations.SentenceID) (unitSeen, error)
	hasEvidence(annotations.EvidenceID) bool
	team() (annotations.Team, error)
	nameTaken(name string) bool
	codebook(annotations.Hash) (*annotations.Codebook, error)
	top(actor string, m annotations.Mode) (annotations.Done, bool)
	blobSize(annotations.Hash) (int, bool)
	blob(h annotations.Hash, off, n int) (string, error)
	window(text annotations.Hash, from int) (string, error) // windowSize bytes of a text, fewer at its end
}

// windowSize is how much of a text is read to see whether a span lies on rune
// borders.
const windowSize = 1 << 10

// stamp turns a batch into the events it stands for, or says why it cannot be
// stored. It changes nothing. Hashes are the engine's to fill in.
func stamp(v view, b *Batch, now time.Time) ([]annotations.Event, error) {
	if err := checkBatch(v, b); err != nil {
		return nil, err
	}
	size, last := v.size()
	at := now.UTC().Truncate(time.Microsecond)
	if at.Before(last) {
		at = last // clocks go back; the log does not
	}
	if !hasDate(at.UnixMicro()) {
		return nil, &Error{Kind: ErrInvalid, What: fmt.Sprintf("this computer's clock is in the year %d", at.Year()), Safe: "Nothing was changed", Next: "Set the clock"}
	}
	s := stamper{v: v, b: b}
	var err error
	if s.team, err = v.team(); err != nil {
		return nil, err
	}
	if len(b.Changes) > 1 {
		s.records, s.rulings = map[annotations.ReviewerKey]annotations.Record{}, map[annotations.SentenceID]annotations.RulingRecord{}
	}
	if s.info, s.known, err = v.meta(b.Article); err != nil {
		return nil, err
	}
	head := v.head(b.Article)
	events := make([]annotations.Event, 0, len(b.Changes))
	for i := range b.Changes {
		c := &b.Changes[i]
		e := annotations.Event{
			Pos: size + uint64(i) + 1, Kind: c.Kind, Time: at, Actor: b.Actor, Act: b.Act, Mode: b.Mode, Of: b.Of,
			Article: b.Article, Seq: head.N + uint64(i) + 1, Sentence: c.Sentence, Verb: c.Verb, Reason: c.Reason,
			Tool: b.Tool, Codebook: s.info.Codebook,
		}
		if err := s.fill(&e, c); err != nil {
			what := nameOr(s.named(c), b.Article)
			if len(b.Changes) > 1 {
				what += fmt.Sprintf(": change %d of %d (%s)", i+1, len(b.Changes), verbOr(c))
			}
			return nil, &Error{Kind: kindOf(err), What: what, Safe: "Nothing was changed", Err: err}
		}
		events = append(events, e)
	}
	return events, nil
}

// named is what people call the article of c: of one that is being brought in and declined,
// the name that it would have had.
func (s *stamper) named(c *annotations.Change) string {
	if s.info.Name == "" && c.Meta != nil && len(c.Meta.Name) <= annotations.MaxName {
		return annotations.Visible(c.Meta.Name)
	}
	return s.info.Name
}

// kindOf keeps a sentinel that err carries already.
func kindOf(err error) error {
	for _, k := range []error{ErrNameTaken, ErrConflict, ErrNotFound, ErrDamaged, ErrForbidden} {
		if errors.Is(err, k) {
			return k
		}
	}
	return ErrInvalid
}

func nameOr(name string, id annotations.ArticleID) string {
	switch {
	case id == annotations.Desk:
		return "the team" // all that is of no article
	case name == "":
		return "article " + id.String()[:8]
	}
	return name
}

func verbOr(c *annotations.Change) string {
	if c.Verb == "" {
		return c.Kind.String()
	}
	return c.Verb
}

func checkBatch(v view, b *Batch) error {
	switch {
	case len(b.Changes) == 0:
		return invalid("a batch without changes")
	case len(b.Changes) > MaxChanges:
		return invalid("a batch of %d changes; the limit is %d", len(b.Changes), MaxChanges)
	case b.Act.N == 0 || b.Act.Session == annotations.SessionID{}:
		return invalid("a batch without session and number")
	case len(b.Tool) > annotations.MaxName || !utf8.ValidString(b.Tool):
		return invalid("the program's name is longer than %d bytes or not UTF-8", annotations.MaxName)
	case b.Mode > annotations.Redo:
		return invalid("mode %d is none of done, undone, redone", b.Mode)
	}
	if err := annotations.CheckName(b.Actor); err != nil {
		return &Error{Kind: ErrInvalid, What: "the reviewer's name cannot be used", Safe: "Nothing was changed", Next: "Give another with --as NAME", Err: err}
	}
	if b.Expect != nil && *b.Expect != v.head(b.Article) {
		return conflict("the article's history has moved on")
	}
	if b.Mode == annotations.Do {
		if !b.Of.IsZero() {
			return invalid("only undo and redo name an act")
		}
		return nil
	}
	if d, ok := v.top(b.Actor, b.Mode); !ok || d.Act != b.Of {
		return conflict("the act to take back is no longer %s's newest", b.Actor)
	}
	return nil
}

// stamper fills in events of one batch; it remembers what earlier changes of
// the batch did to the same sentence.
type stamper struct {
	v       view
	b       *Batch
	info    annotations.Meta
	known   bool
	team    annotations.Team
	book    *annotations.Codebook
	self    annotations.SentenceID // the sentence that was looked up last
	window  string                 // some bytes of the text, from byte from on
	from    int
	records map[annotations.ReviewerKey]annotations.Record // nil when there is one change
	rulings map[annotations.SentenceID]annotations.RulingRecord
	added   []annotations.EvidenceID
	blind   error // what kept it from looking at the world
}

func (s *stamper) fill(e *annotations.Event, c *annotations.Change) error {
	if len(c.Verb) > 32 || annotations.Visible(c.Verb) != c.Verb {
		return fmt.Errorf("verb %q is longer than 32 bytes or holds control characters", c.Verb)
	}
	if len(c.Reason) > annotations.MaxField || !utf8.ValidString(c.Reason) {
		return fmt.Errorf("the reason is longer than %d bytes or not UTF-8", annotations.MaxField)
	}
	if c.Kind != annotations.EventAnnotate && (c.Secret != "" || c.Offered != "") {
		return errors.New("only an annotation has a confidential note, or a suggestion before it")
	}
	if why := s.team.MayChange(s.b.Actor, c); why != "" {
		return &Error{Kind: ErrForbidden, What: why, Safe: "Nothing was changed", Next: "`stet team` shows who may do what"}
	}
	if c.Kind == annotations.EventImport {
		return s.imports(e, c)
	}
	if !s.known && s.b.Article != annotations.Desk {
		return notFound("no article %s in this store", s.b.Article)
	}
	if c.Sentence != 0 {
		if err := s.unit(e); err != nil {
			return err
		}
	}
	switch c.Kind {
	case annotations.EventAnnotate:
		return s.annotate(e, c)
	case annotations.EventRule:
		return s.rule(e, c)
	case annotations.EventEvidence:
		if c.Evidence == nil {
			return errors.New("no evidence item is given")
		}
		ev := *c.Evidence
		s.added = append(s.added, ev.ID)
		e.Evidence = &ev
		return annotations.CheckEvidence(&ev)
	case annotations.EventCodebook:
		if !s.known {
			return errors.New("only an article is judged by a codebook")
		}
		book, err := s.v.codebook(c.Codebook)
		if err != nil {
			return err
		}
		s.book, s.info.Codebook, e.Codebook = book, c.Codebook, c.Codebook
		return nil
	case annotations.EventCut, annotations.EventTeam, annotations.EventAssign, annotations.EventFinish:
		return s.arrange(e, c)
	}
	return fmt.Errorf("%s is not a kind of change", c.Kind)
}

func (s *stamper) codebook() (*annotations.Codebook, error) {
	if s.book != nil {
		return s.book, nil
	}
	book, err := s.v.codebook(s.info.Codebook)
	s.book = book
	return book, err
}

func (s *stamper) annotate(e *annotations.Event, c *annotations.Change) error {
	if c.Annotation == nil || c.Sentence == 0 {
		return errors.New("no sentence, or nothing to say of it")
	}
	k := annotations.ReviewerKey{Sentence: c.Sentence, Reviewer: s.b.Actor}
	was, had := s.records[k]
	if !had {
		var err error
		if was, had, err = s.v.record(s.b.Article, k); err != nil {
			return err
		}
	}
	if c.Rev != was.Rev {
		return conflict("sentence %s was changed in another window: you saw revision %d, it is at %d", c.Sentence, c.Rev, was.Rev)
	}
	book, err := s.codebook()
	if err != nil {
		return err
	}
	if c.On != 0 && c.On != e.Words.Start() {
		e.Words = annotations.FromStart(c.On)
	}
	after := c.Annotation.Clone()
	after.Codebook = book.Hash
	if err := annotations.CheckAnnotation(&after, annotations.Target{Article: s.b.Article, Sentence: c.Sentence}, book, s); err != nil {
		return cmp.Or(s.blind, err)
	}
	if err := checkSecret(c, &after); err != nil {
		return err
	}
	if had {
		before := was.Annotation.Clone()
		e.Before = &before
	}
	if c.Offered != "" && book.Tag(c.Offered) == nil {
		return fmt.Errorf("a suggestion of %q, which is not a tag of codebook %q", c.Offered, book.Name)
	}
	e.After, e.Rev, e.Offered = &after, was.Rev+1, c.Offered
	if s.records != nil {
		s.records[k] = annotations.Record{Annotation: after, Rev: e.Rev, Pos: e.Pos, Time: e.Time, Words: e.Words.Start()}
	}
	return nil
}

func checkSecret(c *annotations.Change, after *annotations.Annotation) error {
	if c.Secret == "" {
		return nil
	}
	if len(c.Secret) > annotations.MaxNote {
		return fmt.Errorf("the confidential note is longer than %d bytes", annotations.MaxNote)
	}
	if !after.Confidential.Opens(c.Secret) {
		return errors.New("the confidential note is not the one its seal stands for")
	}
	return nil
}

func (s *stamper) rule(e *annotations.Event, c *annotations.Change) error {
	if c.Sentence == 0 {
		return errors.New("a ruling needs a sentence")
	}
	was, had := s.rulings[c.Sentence]
	if !had {
		var err error
		if was, _, err = s.v.ruling(s.b.Article, c.Sentence); err != nil {
			return err
		}
	}
	if c.Rev != was.Rev {
		return conflict("the ruling on %s was changed in another window", c.Sentence)
	}
	if was.Verdict != "" {
		before := was.Ruling
		e.RuleBefore = &before
	}
	if c.Ruling != nil {
		book, err := s.codebook()
		if err != nil {
			return err
		}
		r := *c.Ruling
		r.Codebook, r.Words = book.Hash, s.ruledOn(e, c)
		if s.b.Mode == annotations.Do || r.Author == s.b.Actor {
			r.Author = ""
		}
		if err := annotations.CheckRuling(&r, book); err != nil {
			return err
		}
		e.RuleAfter = &r
	}
	e.Rev = was.Rev + 1
	if s.rulings != nil {
		s.rulings[c.Sentence] = e.Ruled()
	}
	return nil
}

// ruledOn is the start of the hash of the words that a ruling is made on: those of its
// sentence as it is cut now, but for one that somebody made before. What undo brings
// back, or comes from another store, was made on the words that it names, which are not
// known where it names none: nobody looked at the sentence again.
func (s *stamper) ruledOn(e *annotations.Event, c *annotations.Change) uint64 {
	switch {
	case c.On != 0:
		return c.On
	case s.b.Mode != annotations.Do, e.Verb == annotations.VerbMerge, e.Verb == annotations.VerbLoad && c.Ruling.Words != 0:
		return c.Ruling.Words
	}
	return e.Words.Start()
}

// TextBytes implements [annotations.World].
func (s *stamper) TextBytes() int { return s.info.TextBytes }

// Border implements [annotations.World].
func (s *stamper) Border(i int) bool {
	if i == 0 || i == s.info.TextBytes {
		return true
	}
	if i < s.from || i >= s.from+len(s.window) { // spans stand close together
		s.from = i - i%windowSize
		var err error
		if s.window, err = s.v.window(s.info.Text, s.from); err != nil {
			s.blame(err)
		}
		if i >= s.from+len(s.window) {
			s.window = ""
			return false
		}
	}
	return s.window[i-s.from]&0xC0 != 0x80
}

// HasSentence implements [annotations.World].
func (s *stamper) HasSentence(t annotations.Target) bool {
	if t.Article == s.b.Article && t.Sentence == s.self && s.self != 0 {
		return true
	}
	m, ok := s.info, s.known
	if t.Article != s.b.Article {
		var err error
		if m, ok, err = s.v.meta(t.Article); err != nil {
			s.blame(err)
		}
	}
	if !ok {
		return false
	}
	if m.Next != 0 && t.Sentence != 0 && t.Sentence < m.Next {
		return true // it was there: a link to what was joined since is history, not a mistake
	}
	_, ok, err := unitOf(s.v, &m, t.Sentence)
	if err != nil {
		s.blame(err)
	}
	return ok && err == nil
}

// blame keeps the first failure to look at the world: that answers yes or no.
func (s *stamper) blame(err error) {
	if s.blind == nil {
		s.blind = err
	}
}

// HasEvidence implements [annotations.World].
func (s *stamper) HasEvidence(id annotations.EvidenceID) bool {
	for _, a := range s.added {
		if a == id {
			return true
		}
	}
	return s.v.hasEvidence(id)
}
