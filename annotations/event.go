package annotations

import (
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// EventKind says what an event changes.
type EventKind uint8

// The kinds of event. Numbers are part of the stored format: they are never
// reused, and a kind that this version does not know is kept as it is.
const (
	EventImport   EventKind = 1 // an article arrives
	EventAnnotate EventKind = 2 // a reviewer's annotation of a sentence changes
	EventRule     EventKind = 3 // a lead rules on a sentence
	EventEvidence EventKind = 4 // an evidence item is added
	EventCodebook EventKind = 5 // an article is judged by another codebook from here on
	EventCut      EventKind = 6 // an article's text is cut into other units
	EventTeam     EventKind = 7 // who works here and by which rules; filed under Desk
	EventAssign   EventKind = 8 // who is to do an article
	EventFinish   EventKind = 9 // a reviewer has finished an article, or goes on with it
)

// String gives the kind's name in logs.
func (k EventKind) String() string {
	switch k {
	case EventImport:
		return "import"
	case EventAnnotate:
		return "annotate"
	case EventRule:
		return "rule"
	case EventEvidence:
		return "evidence"
	case EventCodebook:
		return "codebook"
	case EventCut:
		return "cut"
	case EventTeam:
		return "team"
	case EventAssign:
		return "assign"
	case EventFinish:
		return "finish"
	}
	return fmt.Sprintf("kind-%d", uint8(k))
}

// Known reports whether this version knows what k means.
func (k EventKind) Known() bool { return k >= EventImport && k <= EventFinish }

// SessionID names one run of one program for one person; it is random.
type SessionID [8]byte

// String gives 16 hexadecimal digits.
func (s SessionID) String() string { return hex.EncodeToString(s[:]) }

// Act names a batch of changes for good: what one key did. N counts from 1 in
// each session.
type Act struct {
	Session SessionID `cbor:"1,keyasint"`
	N       uint64    `cbor:"2,keyasint"`
}

// IsZero reports whether a names nothing.
func (a Act) IsZero() bool { return a == Act{} }

// String gives session/n.
func (a Act) String() string { return fmt.Sprintf("%s/%d", a.Session, a.N) }

// Mode says how an act came about.
type Mode uint8

// The modes of an act.
const (
	Do   Mode = iota // somebody did it
	Undo             // it takes back the act it names
	Redo             // it does again the act that the undo it names took back
)

// Change is what a caller asks a store to record. Exactly the field that
// belongs to Kind is read.
type Change struct {
	Kind       EventKind
	Verb       string      // what was done, for people: "tag", "note", "link" …; at most 32 bytes
	Sentence   SentenceID  // 0 for changes of a whole article
	Rev        uint64      // EventAnnotate, EventRule: the revision this replaces, 0 for none yet
	Annotation *Annotation // EventAnnotate: what the reviewer says now
	Ruling     *Ruling     // EventRule: the ruling now; nil takes it back
	Evidence   *Evidence   // EventEvidence
	Meta       *Meta       // EventImport
	Codebook   Hash        // EventCodebook
	Secret     string      // EventAnnotate: the confidential note that Annotation.Confidential stands for
	Offered    string      // EventAnnotate: the tag that a suggestion showed when this was decided
	On         uint64      // EventAnnotate, EventRule: the words that were judged elsewhere (Record.Words); 0 = the sentence's own
	Cut        *Cut        // EventCut
	Team       *Team       // EventTeam
	Assigned   []string    // EventAssign: reviewers, sorted
	Finish     *Finish     // EventFinish
	Reason     string      // why, in the person's words
}

// Event is one entry of the log: a change with who, when, and what stood there
// before. Nothing changes but by an event; none is ever altered or removed.
type Event struct {
	Pos     uint64    // place in the log, dense from 1
	Kind    EventKind // what it changes
	Time    time.Time // UTC, whole microseconds, never before the event at Pos-1
	Actor   string    // who
	Act     Act       // the batch it belongs to
	Mode    Mode      // done, undone, redone
	Of      Act       // for Undo and Redo: the act that is reverted
	Article ArticleID // Desk for none
	Seq     uint64    // place in the article's chain, dense from 1

	Sentence SentenceID // 0 for none
	Unit     Kind       // of that sentence
	Words    Hash       // SHA-256 of the sentence's text
	Verb     string
	Reason   string
	Tool     string // name and version of the program
	Codebook Hash   // in force for this change

	Rev        uint64      // EventAnnotate, EventRule: the revision that After is
	Before     *Annotation // EventAnnotate; nil = none
	After      *Annotation // EventAnnotate; nil = none
	RuleBefore *Ruling     // EventRule; nil = none
	RuleAfter  *Ruling     // EventRule; nil = taken back
	Evidence   *Evidence   // EventEvidence
	Meta       *Meta       // EventImport
	Offered    string      // EventAnnotate: the tag that a suggestion showed; "" = none
	Cut        *Cut        // EventCut
	Team       *Team       // EventTeam
	Assigned   []string    // EventAssign
	Finish     *Finish     // EventFinish
	Recovered  []byte      // the record, as it was stored, that a salvage took this from; nil otherwise

	Prev Hash // Hash of the event at Seq-1 of the same article; zero for the first
	Hash Hash // of this event, by the store's format
}

// Head is the end of an article's chain.
type Head struct {
	N    uint64 // Seq of its last event, 0 for none
	Hash Hash   // of that event
}

// Invert returns the changes that take events back, newest first. All events
// must be of one act; kinds that cannot be taken back are left out. Nobody looks at a
// sentence to take something back: what comes back was said of the words that were
// judged then.
func Invert(events []Event) []Change {
	var out []Change
	recut := slices.ContainsFunc(events, func(e Event) bool { return e.Kind == EventCut })
	for i := len(events) - 1; i >= 0; i-- {
		e := &events[i]
		c := Change{Kind: e.Kind, Verb: e.Verb, Sentence: e.Sentence, Rev: e.Rev}
		switch e.Kind {
		case EventAnnotate:
			if !recut { // else the units of the act, and their words, go with it
				c.On = e.Words.Start()
			}
			c.Annotation = &Annotation{}
			if e.Before != nil {
				b := e.Before.Clone()
				c.Annotation = &b
			}
		case EventRule:
			if e.RuleBefore != nil {
				r := *e.RuleBefore
				c.Ruling = &r
			}
		case EventCut:
			back := e.Cut.Inverse()
			c.Cut = &back
		case EventFinish:
			c.Finish = &Finish{Reviewer: e.Finish.Reviewer, Done: !e.Finish.Done}
		default:
			continue
		}
		out = append(out, c)
	}
	return cutsFirst(out)
}

// cutsFirst puts a cut ahead of what is said of units that are there after it,
// so that it is said of their words then; and behind what is said of those that
// it takes away.
func cutsFirst(list []Change) []Change {
	i := slices.IndexFunc(list, func(c Change) bool { return c.Kind == EventCut })
	if i < 0 {
		return list
	}
	gone := func(c Change) bool {
		return slices.ContainsFunc(list[i].Cut.Touched, func(t UnitChange) bool { return t.ID == c.Sentence && t.Now == Absent })
	}
	var before, after []Change
	for k, c := range list {
		switch {
		case k == i:
		case k < i && gone(c):
			before = append(before, c)
		default:
			after = append(after, c)
		}
	}
	return append(append(before, list[i]), after...)
}

// VerbMerge is the verb of events that bring in what was said in another store, VerbLoad
// of those that come from a file.
const (
	VerbMerge = "merge"
	VerbLoad  = "load"
)

// Reversible reports whether undo takes e back. What was merged is in its author's
// name and was done elsewhere: it is not the last thing that the author did here,
// and undo goes by it.
func (e *Event) Reversible() bool {
	return e.Kind.Undoable() && (e.Mode != Do || e.Verb != VerbMerge)
}

// Undoable reports whether events of kind k can be taken back.
func (k EventKind) Undoable() bool {
	return k == EventAnnotate || k == EventRule || k == EventCut || k == EventFinish
}
