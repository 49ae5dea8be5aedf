package annotations

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Record is an annotation with its place in history.
type Record struct {
	Annotation
	Rev  uint64    // counts the changes of this record, from 1
	Pos  uint64    // the event that made it
	Time time.Time // of that event
	// Words is the start of the SHA-256 of the words that were judged: when
	// they are no longer the sentence's, it was cut since.
	Words uint64
}

// On reports whether r was said of these words.
func (r *Record) On(words string) bool { return r.Words == HashOf(words).Start() }

// OfOtherWords reports whether r was said of other words than its sentence has now: it
// was split or joined since, and nobody has looked again. Of an old record it is not
// known, and then it is taken to be of these.
func (r *Record) OfOtherWords(words string) bool { return r.Words != 0 && !r.On(words) }

// RulingRecord is a ruling with its place in history.
type RulingRecord struct {
	Ruling
	By   string
	Rev  uint64
	Pos  uint64
	Time time.Time
}

// ReviewerKey names the annotation of one reviewer on one sentence.
type ReviewerKey struct {
	Sentence SentenceID
	Reviewer string
}

// ArticleState is what the log says of one article.
type ArticleState struct {
	Meta        Meta
	Head        Head
	Annotations map[ReviewerKey]Record
	Rulings     map[SentenceID]RulingRecord
	Progress    map[string]Progress // by reviewer
}

// Progress is how far one reviewer is with one article.
type Progress struct {
	Tagged   int            // units that must be tagged and are
	Extra    int            // other units with a tag
	Unsure   int            // units marked unsure
	ByTag    map[string]int // units with each tag
	Pos      uint64         // the reviewer's last event there
	Time     time.Time      // of that event
	Current  SentenceID     // its sentence
	Finished bool           // the reviewer has said so
}

// Count returns p after the reviewer's annotation of a unit changed from before
// (nil for none) to after by event e.
func (p Progress) Count(before, after *Annotation, e *Event) Progress {
	p.ByTag = maps.Clone(p.ByTag)
	if p.ByTag == nil {
		p.ByTag = map[string]int{}
	}
	for _, d := range []struct {
		a  *Annotation
		by int
	}{{before, -1}, {after, +1}} {
		if d.a == nil {
			continue
		}
		if d.a.Unsure {
			p.Unsure += d.by
		}
		if d.a.Tag == "" {
			continue
		}
		if e.Unit.Required() {
			p.Tagged += d.by
		} else {
			p.Extra += d.by
		}
		if p.ByTag[d.a.Tag] += d.by; p.ByTag[d.a.Tag] == 0 {
			delete(p.ByTag, d.a.Tag)
		}
	}
	p.Pos, p.Time, p.Current = e.Pos, e.Time, e.Sentence
	return p
}

// Done is an act with the events it made: Count of them, the first at First.
type Done struct {
	Act   Act
	First uint64
	Count int
}

// History is what one person can take back and do again, oldest first.
type History struct {
	Undo []Done
	Redo []Done
}

// State is everything the log says, and nothing else: the fold of its events.
type State struct {
	Size     uint64 // number of events
	Last     time.Time
	Articles map[ArticleID]*ArticleState
	Evidence map[EvidenceID]Evidence
	Acts     map[string]*History // by person
	Team     Team
	TeamSet  bool // somebody has set the team
	last     Done // the act that the newest event belongs to
}

// NewState is the state before the first event.
func NewState() *State {
	return &State{Articles: map[ArticleID]*ArticleState{}, Evidence: map[EvidenceID]Evidence{}, Acts: map[string]*History{}}
}

func newArticleState(m Meta) *ArticleState {
	return &ArticleState{
		Meta: m, Annotations: map[ReviewerKey]Record{}, Rulings: map[SentenceID]RulingRecord{}, Progress: map[string]Progress{},
	}
}

// Fold applies events in order to an empty state.
func Fold(events []Event) (*State, error) {
	s := NewState()
	for i := range events {
		if err := s.Apply(&events[i]); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// BrokenError says that an event does not follow from the ones before it.
type BrokenError struct {
	Pos     uint64
	Article ArticleID
	Why     string
}

// Error implements error.
func (e *BrokenError) Error() string {
	return fmt.Sprintf("event %d (article %s): %s", e.Pos, e.Article, e.Why)
}

// Apply folds in the next event. On an error s is unchanged.
func (s *State) Apply(e *Event) error {
	broken := func(format string, args ...any) error {
		return &BrokenError{Pos: e.Pos, Article: e.Article, Why: fmt.Sprintf(format, args...)}
	}
	if e.Pos != s.Size+1 {
		return broken("comes after event %d", s.Size)
	}
	if e.Time.Before(s.Last) {
		return broken("is dated before the event ahead of it")
	}
	var head Head
	a := s.Articles[e.Article]
	if a != nil {
		head = a.Head
	}
	if e.Seq != head.N+1 || e.Prev != head.Hash {
		return broken("is number %d of its article's chain and does not follow number %d", e.Seq, head.N)
	}
	if a == nil && e.Kind != EventImport && e.Article != Desk {
		return broken("%s before the article was imported", e.Kind)
	}
	if why := s.change(a, e); why != "" {
		return broken("%s", why)
	}
	if a = s.Articles[e.Article]; a == nil {
		a = newArticleState(Meta{})
		s.Articles[e.Article] = a
	}
	a.Head = Head{N: e.Seq, Hash: e.Hash}
	s.Size, s.Last = e.Pos, e.Time
	s.remember(e)
	return nil
}

// change carries out what e says and returns "" or why it cannot be.
func (s *State) change(a *ArticleState, e *Event) string {
	switch e.Kind {
	case EventImport:
		if a != nil || e.Article == Desk || e.Meta == nil || e.Meta.ID != e.Article {
			return "imports an article that is there already, or another one"
		}
		s.Articles[e.Article] = newArticleState(*e.Meta)
	case EventAnnotate, EventRule, EventCodebook:
		if a == nil || e.Article == Desk {
			return "changes no article"
		}
		return a.change(e)
	case EventCut, EventAssign, EventFinish:
		if a == nil || e.Article == Desk {
			return "changes no article"
		}
		return a.arrange(e)
	case EventTeam:
		if e.Article != Desk || e.Team == nil {
			return "sets no team"
		}
		s.Team, s.TeamSet = e.Team.Clone(), true
	case EventEvidence:
		if e.Evidence == nil {
			return "adds an evidence item and has none"
		}
		s.Evidence[e.Evidence.ID] = *e.Evidence
	}
	return "" // a kind of a later version: kept in the log, no effect here
}

func (a *ArticleState) change(e *Event) string {
	switch e.Kind {
	case EventAnnotate:
		return a.annotate(e)
	case EventRule:
		return a.rule(e)
	default:
		a.Meta.Codebook = e.Codebook
		return ""
	}
}

func (a *ArticleState) annotate(e *Event) string {
	k := ReviewerKey{e.Sentence, e.Actor}
	was, had := a.Annotations[k]
	switch {
	case e.Rev != was.Rev+1:
		return fmt.Sprintf("makes revision %d of sentence %d by %s out of revision %d", e.Rev, e.Sentence, e.Actor, was.Rev)
	case had != (e.Before != nil) || had && !was.Annotation.Equal(*e.Before):
		return fmt.Sprintf("says that something else stood on sentence %d before", e.Sentence)
	case e.After == nil:
		return fmt.Sprintf("leaves nothing on sentence %d", e.Sentence)
	}
	a.Annotations[k] = Record{Annotation: e.After.Clone(), Rev: e.Rev, Pos: e.Pos, Time: e.Time, Words: e.Words.Start()}
	a.Progress[e.Actor] = a.Progress[e.Actor].Count(e.Before, e.After, e)
	return ""
}

// arrange carries out what concerns the article as a whole.
func (a *ArticleState) arrange(e *Event) string {
	switch e.Kind {
	case EventCut:
		return a.cut(e)
	case EventAssign:
		a.Meta.Assigned = slices.Clone(e.Assigned)
	case EventFinish:
		if e.Finish == nil || e.Finish.Reviewer == "" {
			return "finishes for nobody"
		}
		p := a.Progress[e.Finish.Reviewer]
		p.Finished = e.Finish.Done
		a.Progress[e.Finish.Reviewer] = p
	}
	return ""
}

func (a *ArticleState) cut(e *Event) string {
	switch {
	case e.Cut == nil:
		return "cuts nothing"
	case e.Cut.Was != a.Meta.Units():
		return "cuts sentences that were not there"
	}
	a.Meta.Recut(e.Cut)
	touched := make(map[SentenceID]UnitChange, len(e.Cut.Touched))
	for _, t := range e.Cut.Touched {
		touched[t.ID] = t
	}
	for k, r := range a.Annotations {
		if t, ok := touched[k.Sentence]; ok {
			a.Progress[k.Reviewer] = a.Progress[k.Reviewer].Recount(&r.Annotation, t)
		}
	}
	return ""
}

func (a *ArticleState) rule(e *Event) string {
	was, had := a.Rulings[e.Sentence]
	live := had && was.Verdict != ""
	switch {
	case e.Rev != was.Rev+1:
		return fmt.Sprintf("makes ruling %d of sentence %d out of ruling %d", e.Rev, e.Sentence, was.Rev)
	case live != (e.RuleBefore != nil) || live && !was.Same(*e.RuleBefore):
		return fmt.Sprintf("says that another ruling stood on sentence %d before", e.Sentence)
	}
	a.Rulings[e.Sentence] = e.Ruled()
	return ""
}

// Ruled is the record that an EventRule makes: of no verdict where it takes a ruling back.
func (e *Event) Ruled() RulingRecord {
	out := RulingRecord{By: e.Actor, Rev: e.Rev, Pos: e.Pos, Time: e.Time}
	if e.RuleAfter != nil {
		out.Ruling = *e.RuleAfter
		if out.Author != "" {
			out.By, out.Author = out.Author, ""
		}
	}
	return out
}

// remember keeps each person's acts so that they can be taken back. An act of
// several events stands as one.
func (s *State) remember(e *Event) {
	if s.last.Act == e.Act && s.last.First+uint64(s.last.Count) == e.Pos {
		s.last.Count++
	} else {
		s.last = Done{Act: e.Act, First: e.Pos, Count: 1}
	}
	if !e.Reversible() {
		return
	}
	h := s.Acts[e.Actor]
	if h == nil {
		h = &History{}
		s.Acts[e.Actor] = h
	}
	h.note(s.last, e.Mode)
}

// note records that d was done in mode m. It is called again, with a larger
// Count, for each further event of the same act.
func (h *History) note(d Done, m Mode) {
	grow := func(list []Done) bool {
		if n := len(list); n > 0 && list[n-1].Act == d.Act {
			list[n-1] = d
			return true
		}
		return false
	}
	switch m {
	case Do:
		if !grow(h.Undo) {
			h.Undo, h.Redo = append(h.Undo, d), nil
		}
	case Undo:
		if !grow(h.Redo) && len(h.Undo) > 0 {
			h.Undo, h.Redo = h.Undo[:len(h.Undo)-1], append(h.Redo, d)
		}
	case Redo:
		if !grow(h.Undo) && len(h.Redo) > 0 {
			h.Redo, h.Undo = h.Redo[:len(h.Redo)-1], append(h.Undo, d)
		}
	}
}

// Top returns the act that m (Undo or Redo) would take back, if there is one.
func (h *History) Top(m Mode) (Done, bool) {
	if h == nil {
		return Done{}, false
	}
	list := h.Undo
	if m == Redo {
		list = h.Redo
	}
	if len(list) == 0 {
		return Done{}, false
	}
	return list[len(list)-1], true
}

// Clone returns a copy that events can be applied to while s stays as it is. Both share
// what a record, a ruling, an evidence item or the team holds: [State.Apply] puts another
// in its place and never writes into one, and whoever reads a state must not either.
func (s *State) Clone() *State {
	c := *s
	c.Articles = make(map[ArticleID]*ArticleState, len(s.Articles))
	for id, a := range s.Articles {
		b := *a
		b.Annotations, b.Rulings, b.Progress = maps.Clone(a.Annotations), maps.Clone(a.Rulings), maps.Clone(a.Progress)
		c.Articles[id] = &b
	}
	c.Evidence = maps.Clone(s.Evidence)
	c.Acts = make(map[string]*History, len(s.Acts))
	for who, h := range s.Acts {
		c.Acts[who] = &History{Undo: slices.Clone(h.Undo), Redo: slices.Clone(h.Redo)}
	}
	return &c
}
