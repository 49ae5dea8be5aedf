package interchange

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"stet.example/stet/annotations"
)

// HistoryError says what in a document does not go with its history.
type HistoryError struct {
	At  string // within the article: history[3], sentences[0].annotations[1], title
	Msg string
}

// Error implements error.
func (e *HistoryError) Error() string { return e.At + ": " + e.Msg }

// ProveHistory tells why d.Events are not the whole history of d as a store logged
// it, or nil. store is that store's identity, which is part of every record. It
// asks that the events are numbered without a gap and each names the hash of the one
// before; that each hash is that of what the event says; and that what they come to
// in the end is what d says: the article, the annotations of everybody, the rulings. byPlace counts the events whose hash cannot be worked out here, since a
// confidential note's salt is not written, nor what a salvage kept: these are held
// by the links of the chain alone.
//
// Who changes the file and works out all hashes anew is not noticed: for that there
// are checkpoints, and bundles.
func ProveHistory(d *Document, store [16]byte) (byPlace int, err error) {
	byPlace, err = proveChain(d.Events, store)
	if err != nil {
		return 0, err
	}
	return byPlace, followsFrom(d)
}

// proveChain looks at the events alone.
func proveChain(events []annotations.Event, store [16]byte) (byPlace int, err error) {
	enc, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		return 0, err
	}
	var prev annotations.Hash
	for i := range events {
		e := &events[i]
		at := fmt.Sprintf("history[%d]", i)
		switch {
		case e.Seq != uint64(i)+1:
			return 0, &HistoryError{at + ".seq", fmt.Sprintf("is %d, its place is %d: an event is missing, or was put in", e.Seq, i+1)}
		case e.Prev != prev:
			return 0, &HistoryError{at + ".prev", "is not the hash of the event before it: one of the two was changed"}
		case i > 0 && e.Pos <= events[i-1].Pos:
			return 0, &HistoryError{at + ".pos", fmt.Sprintf("is %d, and the event before it has %d", e.Pos, events[i-1].Pos)}
		}
		prev = e.Hash
		if !hashable(e) {
			byPlace++
			continue
		}
		h, err := eventHash(enc, store, e)
		if err != nil {
			return 0, &HistoryError{at, err.Error()}
		}
		if h != e.Hash {
			return 0, &HistoryError{at + ".hash", "is not that of what the event says, which is " + h.String() + ": it was changed"}
		}
	}
	return byPlace, nil
}

// hashable reports whether a file has all of an event that goes into its hash.
func hashable(e *annotations.Event) bool {
	sealed := func(a *annotations.Annotation) bool { return a != nil && a.Confidential != nil }
	return e.Kind.Known() && e.Kind != annotations.EventTeam && e.Recovered == nil && !sealed(e.Before) && !sealed(e.After)
}

// eventRest is the CBOR part of a record, as the store writes it.
type eventRest struct {
	Tool       string                  `cbor:"1,keyasint,omitempty"`
	Reason     string                  `cbor:"2,keyasint,omitempty"`
	Of         annotations.Act         `cbor:"3,keyasint,omitzero"`
	Rev        uint64                  `cbor:"4,keyasint,omitempty"`
	Before     *annotations.Annotation `cbor:"5,keyasint,omitempty"`
	After      *annotations.Annotation `cbor:"6,keyasint,omitempty"`
	RuleBefore *annotations.Ruling     `cbor:"7,keyasint,omitempty"`
	RuleAfter  *annotations.Ruling     `cbor:"8,keyasint,omitempty"`
	Evidence   *annotations.Evidence   `cbor:"9,keyasint,omitempty"`
	Meta       *annotations.Meta       `cbor:"10,keyasint,omitempty"`
	Offered    string                  `cbor:"12,keyasint,omitempty"`
	Cut        *annotations.Cut        `cbor:"13,keyasint,omitempty"`
	Assigned   []string                `cbor:"15,keyasint,omitempty"`
	Finish     *annotations.Finish     `cbor:"16,keyasint,omitempty"`
}

// eventHash is the hash of e's record in the log of a store: SHA-256 of a zero byte
// and the record, whose layout package store gives. It is worked out here anew, so
// that a file can be judged without the store that wrote it.
func eventHash(enc cbor.EncMode, store [16]byte, e *annotations.Event) (annotations.Hash, error) {
	if len(e.Actor) > 255 || len(e.Verb) > 255 {
		return annotations.Hash{}, errors.New("its actor or verb is longer than 255 bytes")
	}
	b := append(make([]byte, 0, 512), 0, 1, byte(e.Kind), byte(e.Mode), byte(e.Unit))
	b = append(b, store[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Time.UnixMicro()))
	b = append(b, e.Act.Session[:]...)
	b = binary.BigEndian.AppendUint64(b, e.Act.N)
	b = append(b, e.Article[:]...)
	b = binary.BigEndian.AppendUint64(b, e.Seq)
	b = binary.BigEndian.AppendUint32(b, uint32(e.Sentence))
	b = append(append(append(b, e.Words[:]...), e.Codebook[:]...), e.Prev[:]...)
	b = append(append(b, byte(len(e.Actor))), e.Actor...)
	b = append(append(b, byte(len(e.Verb))), e.Verb...)
	rest, err := enc.Marshal(eventRest{
		Tool: e.Tool, Reason: e.Reason, Of: e.Of, Rev: e.Rev, Before: brief(e.Before, e.Codebook), After: brief(e.After, e.Codebook),
		RuleBefore: e.RuleBefore, RuleAfter: e.RuleAfter, Evidence: e.Evidence, Meta: e.Meta, Offered: e.Offered, Cut: e.Cut,
		Assigned: e.Assigned, Finish: e.Finish,
	})
	if err != nil {
		return annotations.Hash{}, fmt.Errorf("it cannot be hashed: %w", err)
	}
	return sha256.Sum256(append(b, rest...)), nil
}

// brief leaves an annotation's codebook out where it is the event's own.
func brief(a *annotations.Annotation, own annotations.Hash) *annotations.Annotation {
	if a == nil || a.Codebook != own {
		return a
	}
	b := *a
	b.Codebook = annotations.Hash{}
	return &b
}

// said names what one reviewer says of one sentence.
type said struct {
	id annotations.SentenceID
	by string
}

// outcome is what a history comes to.
type outcome struct {
	born     *annotations.Meta
	table    annotations.Hash
	book     annotations.Hash
	assigned []string
	last     map[said]*annotations.Event
	ruled    map[annotations.SentenceID]*annotations.Event
	place    map[*annotations.Event]int
}

// outcomeOf goes through the events. What one says was there before has to be what
// the one before it left, which holds events together that have no hash to go by.
func outcomeOf(events []annotations.Event) (*outcome, error) {
	o := &outcome{last: map[said]*annotations.Event{}, ruled: map[annotations.SentenceID]*annotations.Event{}, place: map[*annotations.Event]int{}}
	for i := range events {
		e := &events[i]
		o.place[e] = i
		switch e.Kind {
		case annotations.EventImport:
			if e.Meta != nil && o.born == nil {
				o.born, o.table, o.book, o.assigned = e.Meta, e.Meta.Table, e.Meta.Codebook, e.Meta.Assigned
			}
		case annotations.EventCodebook:
			o.book = e.Codebook
		case annotations.EventCut:
			if e.Cut != nil {
				o.table = e.Cut.Now.Hash
			}
		case annotations.EventAssign:
			o.assigned = e.Assigned
		case annotations.EventAnnotate:
			who := said{e.Sentence, e.Actor}
			if !sameSaid(o.after(who), e.Before) {
				return nil, &HistoryError{fmt.Sprintf("history[%d].before", i), "is not what " + e.Actor + "'s event before it left: one of the two was changed"}
			}
			o.last[who] = e
		case annotations.EventRule:
			o.ruled[e.Sentence] = e
		default:
		}
	}
	return o, nil
}

// after is what somebody's last event so far left of a sentence; nil for nothing.
func (o *outcome) after(who said) *annotations.Annotation {
	if e := o.last[who]; e != nil {
		return e.After
	}
	return nil
}

// sameSaid compares what was said, as far as a file holds it.
func sameSaid(a, b *annotations.Annotation) bool {
	if a == nil || b == nil {
		return (a == nil || a.IsZero()) && (b == nil || b.IsZero())
	}
	return unsalted(*a).Equal(unsalted(*b))
}

// followsFrom tells what d says that its events do not come to, or nil.
func followsFrom(d *Document) error {
	o, err := outcomeOf(d.Events)
	if err != nil {
		return err
	}
	if err := o.article(d.Article); err != nil {
		return err
	}
	people := map[string]map[annotations.SentenceID]annotations.Record{}
	for who := range o.last {
		people[who.by] = nil
	}
	for _, r := range d.Reviewers {
		people[r.Name] = r.Records
	}
	names := slices.Sorted(maps.Keys(people))
	for i, u := range d.Article.Units {
		for _, name := range names {
			rec, here := people[name][u.ID]
			if err := o.annotation(d, said{u.ID, name}, &rec, here && !rec.IsZero()); err != nil {
				return &HistoryError{fmt.Sprintf("sentences[%d]", i), err.Error()}
			}
		}
		r, here := d.Rulings[u.ID]
		if err := o.ruling(u.ID, &r, here && r.Verdict != ""); err != nil {
			return &HistoryError{fmt.Sprintf("sentences[%d].ruling", i), err.Error()}
		}
	}
	return nil
}

// article compares what is said of the article as a whole.
func (o *outcome) article(a *annotations.Article) error {
	if o.born == nil {
		return &HistoryError{"history", "does not begin with the import of the article"}
	}
	b := o.born
	for _, f := range []struct {
		name string
		same bool
	}{
		{"id", a.Name == b.Name}, {"key", a.ID == b.ID}, {"title", a.Title == b.Title}, {"outlet", a.Outlet == b.Outlet}, {"byline", a.Byline == b.Byline},
		{"published", a.Published == b.Published}, {"url", a.URL == b.URL}, {"language", a.Language == b.Language},
		{"revision", a.Revision == b.Revision}, {"parent", a.Parent == b.Parent}, {"imported", a.Original == b.Original},
		{"textSHA256", a.Text == b.Text}, {"codebook", a.Codebook == o.book}, {"sentences", a.Table == o.table}, {"assigned", slices.Equal(a.Assigned, o.assigned)},
	} {
		if !f.same {
			return &HistoryError{f.name, "is not what the history says: it was changed"}
		}
	}
	return nil
}

// annotation compares what a reviewer says of a sentence with their last event on it.
func (o *outcome) annotation(d *Document, who said, rec *annotations.Record, here bool) error {
	e := o.last[who]
	if e == nil || e.After == nil || e.After.IsZero() {
		if here {
			return fmt.Errorf("the history has nothing that %s says of it: it was put in", who.by)
		}
		return nil
	}
	now := reached(d.Article, e.After)
	switch {
	case !here && now.IsZero():
		return nil
	case !here:
		return fmt.Errorf("what %s says of it is missing: history[%d] has it", who.by, o.place[e])
	case rec.Rev != e.Rev || !rec.Time.Equal(e.Time) || !sameSaid(&rec.Annotation, &now):
		return fmt.Errorf("it is not what %s says last in the history, which is history[%d]", who.by, o.place[e])
	}
	return nil
}

func (o *outcome) ruling(id annotations.SentenceID, r *annotations.RulingRecord, here bool) error {
	e := o.ruled[id]
	there := e != nil && e.RuleAfter != nil && e.RuleAfter.Verdict != ""
	switch {
	case here && !there:
		return errors.New("the history has no ruling on it: it was put in")
	case !here && there:
		return fmt.Errorf("the ruling on it is missing: history[%d] has it", o.place[e])
	case here && (!r.Same(*e.RuleAfter) || r.By != e.Ruled().By || r.Rev != e.Rev || !r.Time.Equal(e.Time)):
		return fmt.Errorf("it is not the last ruling in the history, which is history[%d]", o.place[e])
	}
	return nil
}

// reached is a without links to sentences that the article no longer has: they are
// not exported.
func reached(art *annotations.Article, a *annotations.Annotation) annotations.Annotation {
	out := a.Clone()
	out.Links = slices.DeleteFunc(out.Links, func(l annotations.Link) bool { return l.To.Article == art.ID && art.Index(l.To.Sentence) < 0 })
	return out
}

// unsalted is a with a confidential note's digest alone: files seldom have its salt.
func unsalted(a annotations.Annotation) annotations.Annotation {
	if a.Confidential != nil {
		a.Confidential = &annotations.Sealed{Digest: a.Confidential.Digest}
	}
	return a
}
