package annotations

import (
	"encoding/hex"
	"slices"
	"strings"
)

// Annotation is what one reviewer says of one sentence. Its zero value says
// nothing and stands for "not touched".
type Annotation struct {
	Tag          string        `json:"tag,omitempty" cbor:"1,keyasint,omitempty"`  // ID of a codebook tag; "" = untagged
	Rule         string        `json:"rule,omitempty" cbor:"2,keyasint,omitempty"` // ID of the codebook rule that decided
	Codebook     Hash          `json:"codebook,omitzero" cbor:"3,keyasint,omitzero"`
	Attributions []Attribution `json:"attributions,omitempty" cbor:"4,keyasint,omitempty"`
	Evidence     []Use         `json:"evidence,omitempty" cbor:"5,keyasint,omitempty"`
	Links        []Link        `json:"links,omitempty" cbor:"6,keyasint,omitempty"`
	Inside       bool          `json:"inside,omitempty" cbor:"7,keyasint,omitempty"` // the other side stands inside this sentence
	Flags        []string      `json:"flags,omitempty" cbor:"8,keyasint,omitempty"`  // codebook flag IDs, sorted
	Note         string        `json:"note,omitempty" cbor:"9,keyasint,omitempty"`
	Confidential *Sealed       `json:"confidential,omitempty" cbor:"10,keyasint,omitempty"`
	Unsure       bool          `json:"unsure,omitempty" cbor:"11,keyasint,omitempty"` // asks the lead
	Check        Check         `json:"check,omitempty" cbor:"12,keyasint,omitempty"`
	Verdict      string        `json:"verdict,omitempty" cbor:"13,keyasint,omitempty"` // on the claim, in the checker's words, meant for publication
}

// Attribution is one "X said P": who vouches, by which words, for what. The
// three are lists because each may stand in pieces; pieces are ordered and do
// not overlap. A piece may lie in another sentence (a pronoun's source).
type Attribution struct {
	Source  []Span `json:"source,omitempty" cbor:"1,keyasint,omitempty"`
	Cue     []Span `json:"cue,omitempty" cbor:"2,keyasint,omitempty"`
	Content []Span `json:"content,omitempty" cbor:"3,keyasint,omitempty"`
	Name    string `json:"name,omitempty" cbor:"4,keyasint,omitempty"`  // who it is, resolved: "UNODC", "two officials (unnamed)"
	Kind    string `json:"kind,omitempty" cbor:"5,keyasint,omitempty"`  // ID of a codebook source kind
	Count   int    `json:"count,omitempty" cbor:"6,keyasint,omitempty"` // how many sources; 0 = not said
	Hops    int    `json:"hops,omitempty" cbor:"7,keyasint,omitempty"`  // 1 = spoke to this outlet, 2 = via another; 0 = not said
	Terms   string `json:"terms,omitempty" cbor:"8,keyasint,omitempty"` // on record, background …
}

// Relation is what a link says.
type Relation string

// The relations between sentences.
const (
	Disputes    Relation = "disputes"
	Supports    Relation = "supports"
	Repeats     Relation = "repeats"
	DerivedFrom Relation = "derived from"
)

// Manner is how a link disputes.
type Manner string

// The manners of a dispute: direct, both cannot be true; rhetorical, both can
// but the text opposes them; partial, they overlap.
const (
	Direct     Manner = "direct"
	Rhetorical Manner = "rhetorical"
	Partial    Manner = "partial"
)

// Target names a sentence in any article of the store.
type Target struct {
	Article  ArticleID  `json:"article" cbor:"1,keyasint"`
	Sentence SentenceID `json:"sentence" cbor:"2,keyasint"`
}

// Link ties a sentence to another one.
type Link struct {
	Relation Relation `json:"relation" cbor:"1,keyasint"`
	Manner   Manner   `json:"manner,omitempty" cbor:"2,keyasint,omitempty"` // for Disputes only
	To       Target   `json:"to" cbor:"3,keyasint"`
	Note     string   `json:"note,omitempty" cbor:"4,keyasint,omitempty"`
}

// Stance is what an evidence item does to a claim.
type Stance string

// The stances of evidence. Undercuts weakens the grounds, refutes denies the claim.
const (
	EvidenceSupports Stance = "supports"
	Undercuts        Stance = "undercuts"
	Refutes          Stance = "refutes"
	Neutral          Stance = "neutral"
)

// Use attaches an evidence item to a sentence.
type Use struct {
	ID     EvidenceID `json:"id" cbor:"1,keyasint"`
	Stance Stance     `json:"stance" cbor:"2,keyasint"`
}

// Check is where a sentence stands in a second reading.
type Check uint8

// The states of a second reading.
const (
	CheckNone   Check = iota
	CheckWanted       // a second pair of eyes is asked for
	CheckDone         // someone else has read it
)

var checkNames = [...]string{"none", "wanted", "done"}

// String gives the name that screens and exports use.
func (c Check) String() string {
	if int(c) < len(checkNames) {
		return checkNames[c]
	}
	return "unknown"
}

// ParseCheck is the inverse of [Check.String].
func ParseCheck(name string) (Check, bool) {
	i := slices.Index(checkNames[:], name)
	return Check(max(i, 0)), i >= 0
}

// Sealed stands in the log for a value that must not: Digest is the SHA-256 of
// Salt followed by the value, which lies beside the log and can be removed
// without breaking it.
type Sealed struct {
	Salt   [16]byte `json:"-" cbor:"1,keyasint"`
	Digest Hash     `json:"digest" cbor:"2,keyasint"`
}

// Seal makes the stand-in for value; salt must be random and never reused.
func Seal(salt [16]byte, value string) *Sealed {
	return &Sealed{Salt: salt, Digest: HashOf(string(salt[:]) + value)}
}

// Opens reports whether value is what s stands for.
func (s *Sealed) Opens(value string) bool { return s != nil && *s == *Seal(s.Salt, value) }

// EvidenceID is the key of an evidence item: the first 8 bytes of the SHA-256 of
// what it says, so that the same item added twice is one item.
type EvidenceID [8]byte

// String gives "e" and 16 hexadecimal digits.
func (id EvidenceID) String() string { return "e" + hex.EncodeToString(id[:]) }

// MarshalText implements [encoding.TextMarshaler].
func (id EvidenceID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (id *EvidenceID) UnmarshalText(b []byte) error {
	return unhex(id[:], []byte(strings.TrimPrefix(string(b), "e")), "an evidence key")
}

// Evidence is something outside the article that bears on a claim.
type Evidence struct {
	ID      EvidenceID `json:"id" cbor:"1,keyasint"`
	URL     string     `json:"url,omitempty" cbor:"2,keyasint,omitempty"`
	File    string     `json:"file,omitempty" cbor:"3,keyasint,omitempty"`    // name of a file, where there is no URL
	Locator string     `json:"locator,omitempty" cbor:"4,keyasint,omitempty"` // page, minute, table
	Quote   string     `json:"quote,omitempty" cbor:"5,keyasint,omitempty"`   // verbatim
	Fetched string     `json:"fetched,omitempty" cbor:"6,keyasint,omitempty"` // RFC 3339, UTC
	Copy    Hash       `json:"copySHA256,omitzero" cbor:"7,keyasint,omitzero"`
	Archive string     `json:"archive,omitempty" cbor:"8,keyasint,omitempty"` // URL of an archived copy
	Note    string     `json:"note,omitempty" cbor:"9,keyasint,omitempty"`
}

// Identify sets e.ID from what e says and returns it.
func (e *Evidence) Identify() EvidenceID {
	h := HashOf(strings.Join([]string{e.URL, e.File, e.Locator, e.Quote, e.Fetched, e.Copy.String(), e.Archive, e.Note}, "\x00"))
	e.ID = EvidenceID(h[:8])
	return e.ID
}

// Verdict is what a lead decides.
type Verdict string

// The verdicts of a lead: stet, let it stand; amend, to the ruling's tag;
// query, back to the reviewer; neither, nothing on offer is right.
const (
	Stet    Verdict = "stet"
	Amend   Verdict = "amend"
	Query   Verdict = "query"
	Neither Verdict = "neither"
)

// Ruling is the lead's decision on a sentence. It never edits a reviewer's
// annotation; it stands beside it.
type Ruling struct {
	Verdict  Verdict `json:"verdict" cbor:"1,keyasint"`
	Tag      string  `json:"tag,omitempty" cbor:"2,keyasint,omitempty"` // for Amend only
	Rule     string  `json:"rule,omitempty" cbor:"3,keyasint,omitempty"`
	Codebook Hash    `json:"codebook,omitzero" cbor:"4,keyasint,omitzero"`
	Reason   string  `json:"reason,omitempty" cbor:"5,keyasint,omitempty"`
	Reviewer string  `json:"reviewer,omitempty" cbor:"6,keyasint,omitempty"` // whose annotation it judges; "" = the sentence
	// Words is the start of the SHA-256 of the words that it was made on, as a store
	// writes it down: when they are no longer the sentence's, it was cut since. 0 where
	// it is not known, as of rulings that were made before stores wrote it down.
	Words uint64 `json:"words,omitempty" cbor:"7,keyasint,omitempty"`
	// Author made it, where that is another than who brings it back: whoever takes their
	// own ruling back does not make the one that stood before. In an event only: records
	// say by whom they are ([RulingRecord].By).
	Author string `json:"author,omitempty" cbor:"8,keyasint,omitempty"`
}

// OfOtherWords reports whether r was made on other words than its sentence has now,
// which nobody ruled on. Where it is not known, it is taken to be of these.
func (r *Ruling) OfOtherWords(words string) bool {
	return r.Words != 0 && r.Words != HashOf(words).Start()
}

// Same reports whether r and o decide the same, on the same words as far as both tell,
// whoever made them.
func (r Ruling) Same(o Ruling) bool {
	r.Author, o.Author = "", ""
	if r.Words == 0 || o.Words == 0 {
		r.Words, o.Words = 0, 0
	}
	return r == o
}

// IsZero reports whether a says nothing. The codebook alone says nothing.
func (a Annotation) IsZero() bool {
	a.Codebook = Hash{}
	return a.Equal(Annotation{})
}

// Equal reports whether a and b say the same.
func (a Annotation) Equal(b Annotation) bool {
	return a.Tag == b.Tag && a.Rule == b.Rule && a.Codebook == b.Codebook &&
		slices.EqualFunc(a.Attributions, b.Attributions, Attribution.Equal) &&
		slices.Equal(a.Evidence, b.Evidence) && slices.Equal(a.Links, b.Links) &&
		a.Inside == b.Inside && slices.Equal(a.Flags, b.Flags) && a.Note == b.Note &&
		(a.Confidential == b.Confidential || a.Confidential != nil && b.Confidential != nil && *a.Confidential == *b.Confidential) &&
		a.Unsure == b.Unsure && a.Check == b.Check && a.Verdict == b.Verdict
}

// Equal reports whether a and b are the same attribution.
func (a Attribution) Equal(b Attribution) bool {
	return slices.Equal(a.Source, b.Source) && slices.Equal(a.Cue, b.Cue) && slices.Equal(a.Content, b.Content) &&
		a.Name == b.Name && a.Kind == b.Kind && a.Count == b.Count && a.Hops == b.Hops && a.Terms == b.Terms
}

// Clone returns a deep copy of a.
func (a Annotation) Clone() Annotation {
	a.Attributions = slices.Clone(a.Attributions)
	for i := range a.Attributions {
		at := &a.Attributions[i]
		at.Source, at.Cue, at.Content = slices.Clone(at.Source), slices.Clone(at.Cue), slices.Clone(at.Content)
	}
	a.Evidence, a.Links, a.Flags = slices.Clone(a.Evidence), slices.Clone(a.Links), slices.Clone(a.Flags)
	if a.Confidential != nil {
		c := *a.Confidential
		a.Confidential = &c
	}
	return a
}

// HasFlag reports whether a carries the flag.
func (a *Annotation) HasFlag(id string) bool { return slices.Contains(a.Flags, id) }

// ToggleFlag adds the flag, or takes it away, keeping the flags sorted.
func (a *Annotation) ToggleFlag(id string) {
	i, found := slices.BinarySearch(a.Flags, id)
	if found {
		a.Flags = slices.Delete(slices.Clone(a.Flags), i, i+1)
		return
	}
	a.Flags = slices.Insert(slices.Clone(a.Flags), i, id)
}

// NamesOtherSide reports whether a says what disputes it: a disputing link, an
// evidence item that undercuts or refutes, or "inside this sentence".
func (a *Annotation) NamesOtherSide() bool {
	if a.Inside {
		return true
	}
	return slices.ContainsFunc(a.Links, func(l Link) bool { return l.Relation == Disputes }) ||
		slices.ContainsFunc(a.Evidence, func(u Use) bool { return u.Stance == Undercuts || u.Stance == Refutes })
}

// NamesSource reports whether a says who vouches for the claim.
func (a *Annotation) NamesSource() bool {
	return slices.ContainsFunc(a.Attributions, func(at Attribution) bool { return at.Name != "" || len(at.Source) > 0 })
}
