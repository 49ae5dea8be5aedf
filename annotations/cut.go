package annotations

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Table names one way in which a text is cut into units.
type Table struct {
	Hash   Hash `cbor:"1,keyasint"` // SHA-256 of the sentence table
	Units  int  `cbor:"2,keyasint"` // how many units it has
	Needed int  `cbor:"3,keyasint"` // how many of them must be tagged
}

// Cut says how an article's text is cut into units, before and after a split, a
// join or a change of a unit's kind. The text itself never changes.
type Cut struct {
	Was     Table        `cbor:"1,keyasint"`
	Now     Table        `cbor:"2,keyasint"`
	Next    SentenceID   `cbor:"3,keyasint"` // the first ID that no unit ever had
	Touched []UnitChange `cbor:"4,keyasint"` // units that are new, gone, other words or another kind; ascending
}

// Absent stands in a [UnitChange] for a unit that is not there.
const Absent Kind = 255

// UnitChange is what a cut does to one unit.
type UnitChange struct {
	ID  SentenceID `cbor:"1,keyasint"`
	Was Kind       `cbor:"2,keyasint"` // Absent for a new one
	Now Kind       `cbor:"3,keyasint"` // Absent for one that is gone
}

// NextID is the first ID that no unit of the article ever had.
func (m *Meta) NextID() SentenceID { return max(m.Next, SentenceID(m.Sentences)+1) }

// SplitUnit cuts unit id in two before byte at of the text. The first part keeps
// the ID, so that what was said stays with it; the second gets next.
func SplitUnit(text string, units []Sentence, id SentenceID, at int, next SentenceID) ([]Sentence, error) {
	i := IndexOf(units, id)
	if i < 0 {
		return nil, fmt.Errorf("there is no sentence %s", id)
	}
	u := units[i]
	if at <= u.Span.Start || at >= u.Span.End || !RuneBorder(text, at) {
		return nil, fmt.Errorf("byte %d is not inside sentence %s (bytes %d to %d), or cuts a character in two", at, id, u.Span.Start, u.Span.End)
	}
	left, right := u, u
	left.Span.End = u.Span.Start + len(strings.TrimSpace(text[u.Span.Start:at]))
	right.Span.Start = u.Span.End - len(strings.TrimSpace(text[at:u.Span.End]))
	switch {
	case left.Span.Empty() || right.Span.Empty():
		return nil, errors.New("one of the two parts would hold nothing but blanks")
	case left.Dateline > left.Span.Len():
		left.Dateline, right.Dateline = 0, 0
	}
	right.ID, right.Dateline = next, 0
	out := slices.Insert(slices.Clone(units), i+1, right)
	out[i] = left
	return out, nil
}

// JoinUnits makes one unit of id and the one after it. The first keeps its ID;
// the other's is retired.
func JoinUnits(units []Sentence, id SentenceID) ([]Sentence, error) {
	i := IndexOf(units, id)
	switch {
	case i < 0:
		return nil, fmt.Errorf("there is no sentence %s", id)
	case i == len(units)-1:
		return nil, fmt.Errorf("sentence %s is the last one", id)
	}
	out := slices.Delete(slices.Clone(units), i+1, i+2)
	out[i].Span.End = units[i+1].Span.End
	return out, nil
}

// CutOf describes the change from the units of m to now. It fails when now does
// not tile text, or gives a unit's ID to words that lie elsewhere.
func CutOf(text string, m *Meta, was, now []Sentence) (Cut, error) {
	if err := CheckUnits(text, now); err != nil {
		return Cut{}, err
	}
	c := Cut{Was: m.Units(), Now: Table{Hash: HashOf(string(AppendTable(nil, now))), Units: len(now)}, Next: m.NextID()}
	before := make(map[SentenceID]Sentence, len(was))
	for _, u := range was {
		before[u.ID] = u
	}
	for _, u := range now {
		if u.Kind.Required() {
			c.Now.Needed++
		}
		c.Next = max(c.Next, u.ID+1)
		old, had := before[u.ID]
		delete(before, u.ID)
		switch {
		case !had:
			c.Touched = append(c.Touched, UnitChange{ID: u.ID, Was: Absent, Now: u.Kind})
		case u.Span.Start >= old.Span.End || old.Span.Start >= u.Span.End:
			return Cut{}, fmt.Errorf("sentence %s would move to other words", u.ID)
		case u != old:
			c.Touched = append(c.Touched, UnitChange{ID: u.ID, Was: old.Kind, Now: u.Kind})
		}
	}
	for _, u := range before {
		c.Touched = append(c.Touched, UnitChange{ID: u.ID, Was: u.Kind, Now: Absent})
	}
	if len(c.Touched) == 0 {
		return Cut{}, errors.New("nothing would change")
	}
	slices.SortFunc(c.Touched, func(a, b UnitChange) int { return int(a.ID) - int(b.ID) })
	return c, nil
}

// Inverse is the cut that takes c back.
func (c *Cut) Inverse() Cut {
	back := Cut{Was: c.Now, Now: c.Was, Next: c.Next, Touched: slices.Clone(c.Touched)}
	for i := range back.Touched {
		t := &back.Touched[i]
		t.Was, t.Now = t.Now, t.Was
	}
	return back
}

// Units names the way in which m's text is cut.
func (m *Meta) Units() Table { return Table{Hash: m.Table, Units: m.Sentences, Needed: m.Required} }

// Recut enters c into m.
func (m *Meta) Recut(c *Cut) {
	m.Table, m.Sentences, m.Required, m.Next = c.Now.Hash, c.Now.Units, c.Now.Needed, c.Next
}

// Recount returns p after a unit that the reviewer said a of changed as t says.
// Only the counts change: the reviewer did nothing.
func (p Progress) Recount(a *Annotation, t UnitChange) Progress {
	was, now := Event{Unit: t.Was}, Event{Unit: t.Now}
	out := p
	if t.Was != Absent {
		out = out.Count(a, nil, &was)
	}
	if t.Now != Absent {
		out = out.Count(nil, a, &now)
	}
	out.Pos, out.Time, out.Current = p.Pos, p.Time, p.Current
	return out
}

// Relinked is what was said of a sentence that links to one that is gone, said of the
// one that that went into: else the link would lead nowhere. It reports false when a
// does not link there.
func Relinked(a *Annotation, gone, now Target) (Annotation, bool) {
	if !slices.ContainsFunc(a.Links, func(l Link) bool { return l.To == gone }) {
		return Annotation{}, false
	}
	out := a.Clone()
	for i := range out.Links {
		if out.Links[i].To == gone {
			out.Links[i].To = now
		}
	}
	out.Links = eachOnce(out.Links)
	return out, true
}

// eachOnce makes one of the links that say the same of one sentence, with the notes of
// all, in their order. It writes into links.
func eachOnce(links []Link) []Link {
	out := links[:0]
	for _, l := range links {
		i := slices.IndexFunc(out, func(m Link) bool { return m.To == l.To && m.Relation == l.Relation })
		if i < 0 {
			out = append(out, l)
			continue
		}
		out[i].Manner, out[i].Note = cmp.Or(out[i].Manner, l.Manner), bothTexts(out[i].Note, l.Note, "; ")
	}
	return out
}

// ErrTwoSecrets says why what was said of two sentences cannot be said of one: each has
// a confidential note of its own, of which only the seal is at hand.
var ErrTwoSecrets = errors.New("both sentences have a confidential note and one can keep one only: take one of them away, or write both into it, and join then")

// Joined is what was said of two sentences, said of the one they became: the
// sources, links, evidence, flags, notes and verdicts of both, under the given tag. A
// link from one to the other goes; when it disputed, the other side stands inside now.
// It fails with [ErrTwoSecrets] rather than let a confidential note go.
func Joined(a, b Annotation, tag string, self, gone Target) (Annotation, error) {
	if a.Confidential != nil && b.Confidential != nil && *a.Confidential != *b.Confidential {
		return Annotation{}, ErrTwoSecrets
	}
	out, b := a.Clone(), b.Clone()
	out.Tag = tag
	switch tag {
	case a.Tag:
	case b.Tag:
		out.Rule = b.Rule
	default:
		out.Rule = ""
	}
	for _, at := range b.Attributions {
		if !slices.ContainsFunc(out.Attributions, at.Equal) {
			out.Attributions = append(out.Attributions, at)
		}
	}
	for _, u := range b.Evidence {
		i := slices.IndexFunc(out.Evidence, func(v Use) bool { return v.ID == u.ID })
		if i < 0 {
			out.Evidence = append(out.Evidence, u)
			continue
		}
		out.Evidence[i].Stance = graver(out.Evidence[i].Stance, u.Stance)
	}
	out.Links = eachOnce(append(out.Links, b.Links...))
	within := func(l Link) bool { return l.To == self || l.To == gone }
	disputed := slices.ContainsFunc(out.Links, func(l Link) bool { return within(l) && l.Relation == Disputes })
	if out.Links = slices.DeleteFunc(out.Links, within); len(out.Links) == 0 {
		out.Links = nil
	}
	out.Inside = tag != "" && (a.Inside || b.Inside || disputed)
	for _, f := range b.Flags {
		if !out.HasFlag(f) {
			out.ToggleFlag(f)
		}
	}
	out.Note, out.Verdict = bothTexts(a.Note, b.Note, "\n\n"), bothTexts(a.Verdict, b.Verdict, "; ")
	if out.Confidential == nil {
		out.Confidential = b.Confidential
	}
	out.Unsure, out.Check = a.Unsure || b.Unsure, max(a.Check, b.Check)
	return out, nil
}

// graver is the stance of an item that has one towards each part: what speaks against
// the part speaks against the whole, and a tag may rest on it.
func graver(a, b Stance) Stance {
	order := []Stance{Neutral, EvidenceSupports, Undercuts, Refutes}
	if slices.Index(order, b) > slices.Index(order, a) {
		return b
	}
	return a
}

// bothTexts is what was written of one sentence and of the other.
func bothTexts(a, b, between string) string {
	switch {
	case a == "":
		return b
	case b == "" || b == a:
		return a
	}
	return a + between + b
}
