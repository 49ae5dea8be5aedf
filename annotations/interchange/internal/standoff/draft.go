package standoff

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// Draft gathers what files say of one article.
type Draft struct {
	interchange.Document
	Offsets *annotations.Offsets
	desk    *Desk
	place   map[annotations.SentenceID]int
	items   map[annotations.EvidenceID]bool
	said    map[string]map[annotations.SentenceID]annotations.Record
}

// TextBytes implements [annotations.World].
func (d *Draft) TextBytes() int { return len(d.Article.Body) }

// Border implements [annotations.World].
func (d *Draft) Border(i int) bool { return annotations.RuneBorder(d.Article.Body, i) }

// HasSentence implements [annotations.World]; other articles are taken to be
// there.
func (d *Draft) HasSentence(t annotations.Target) bool {
	if t.Article != d.Article.ID {
		return true
	}
	_, ok := d.place[t.Sentence]
	return ok
}

// HasEvidence implements [annotations.World].
func (d *Draft) HasEvidence(id annotations.EvidenceID) bool { return d.items[id] }

// Target names unit i.
func (d *Draft) Target(i int) annotations.Target {
	return annotations.Target{Article: d.Article.ID, Sentence: d.Article.Units[i].ID}
}

// Unit gives the place of a sentence, from 0, or -1.
func (d *Draft) Unit(id annotations.SentenceID) int {
	if i, ok := d.place[id]; ok {
		return i
	}
	return -1
}

// Item takes an evidence item in, and counts it, once, however many rows name it.
func (d *Draft) Item(e annotations.Evidence) (annotations.EvidenceID, error) {
	if e.Identify(); d.items[e.ID] {
		return e.ID, nil
	}
	d.desk.Receipt.Evidence.In++
	if err := annotations.CheckEvidence(&e); err != nil {
		return e.ID, err
	}
	d.items[e.ID] = true
	d.Evidence = append(d.Evidence, e)
	d.desk.Receipt.Evidence.Out++
	return e.ID, nil
}

// New starts a record by the article's codebook.
func (d *Draft) New(tag string, when time.Time) *annotations.Record {
	return &annotations.Record{Annotation: annotations.Annotation{Tag: tag, Codebook: d.Codebook.Hash}, Rev: 1, Time: when}
}

// Change makes a change to what is said of unit i where a store would take the
// result; otherwise the record stays as it was and the reason comes back. The
// change may set fields and append to lists, but not write into them.
func (d *Draft) Change(i int, rec *annotations.Record, change func(*annotations.Annotation)) error {
	if d.desk.spent() {
		return errors.New("too much is wrong with the file")
	}
	next := rec.Annotation
	change(&next)
	if err := annotations.CheckAnnotation(&next, d.Target(i), d.Codebook, d); err != nil {
		return err
	}
	rec.Annotation = next
	return nil
}

// Put files what a person says of unit i.
func (d *Draft) Put(by string, i int, rec *annotations.Record) error {
	if err := annotations.CheckName(by); err != nil {
		return err
	}
	if rec.IsZero() {
		return errors.New("says nothing that a store could keep")
	}
	if err := annotations.CheckAnnotation(&rec.Annotation, d.Target(i), d.Codebook, d); err != nil {
		return err
	}
	id := d.Article.Units[i].ID
	if _, twice := d.said[by][id]; twice {
		return fmt.Errorf("%s speaks of sentence %d twice; the first was taken", by, i+1)
	}
	if d.said[by] == nil {
		d.said[by] = map[annotations.SentenceID]annotations.Record{}
	}
	d.said[by][id] = *rec
	d.desk.Receipt.Annotations.Out++
	return nil
}

// Rule files what a lead decided on unit i: a tag and its rule, in the place of
// what reviewers said. rec holds both, and nothing else.
func (d *Draft) Rule(by string, i int, rec *annotations.Record) error {
	d.desk.Receipt.Annotations.In--
	d.desk.Receipt.Rulings.In++
	r := annotations.RulingRecord{By: by, Rev: 1, Time: rec.Time, Ruling: annotations.Ruling{
		Verdict: annotations.Amend, Tag: rec.Tag, Rule: rec.Rule, Codebook: d.Codebook.Hash,
		Words: annotations.HashOf(d.Article.Units[i].Span.In(d.Article.Body)).Start(),
	}}
	plain := annotations.Annotation{Tag: rec.Tag, Rule: rec.Rule, Codebook: rec.Codebook}
	id := d.Article.Units[i].ID
	_, twice := d.Rulings[id]
	switch {
	case twice:
		return fmt.Errorf("sentence %d is ruled on twice; the first was taken", i+1)
	case !rec.Annotation.Equal(plain):
		return errors.New("more is said of the sentence than a ruling holds: say it as a reviewer, without the mark of the ruling")
	}
	if err := annotations.CheckName(by); err != nil {
		return err
	}
	if err := annotations.CheckRuling(&r.Ruling, d.Codebook); err != nil {
		return err
	}
	if d.Rulings == nil {
		d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
	}
	d.Rulings[id] = r
	d.desk.Receipt.Rulings.Out++
	return nil
}

// Tag finds the codebook's tag for a label. A label in other letters, or a tag's
// name instead of its ID, is found with a note on the repair.
func (d *Draft) Tag(label string) (id, repair string, err error) {
	if d.Codebook.Tag(label) != nil {
		return label, "", nil
	}
	for _, t := range d.Codebook.Tags {
		if strings.EqualFold(t.ID, label) || strings.EqualFold(t.Name, label) {
			return t.ID, fmt.Sprintf("the label %q was read as the tag %q", Clip(label, 40), t.ID), nil
		}
	}
	var have []string
	for _, t := range d.Codebook.Tags {
		have = append(have, t.ID)
	}
	return "", "", fmt.Errorf("%q is not a tag of codebook %q; it has %s", Clip(label, 40), d.Codebook.Name, strings.Join(have, ", "))
}

// Within finds the unit that holds s. Whole means that s is all of it, but for
// white space.
func (d *Draft) Within(s annotations.Span) (unit int, whole bool, err error) {
	units := d.Article.Units
	given := s
	s = trim(s, d.Article.Body)
	if s.Empty() {
		// A unit may be made of what only some take for white space.
		i := slices.IndexFunc(units, func(u annotations.Sentence) bool { return u.Span == given })
		if i < 0 {
			return 0, false, errors.New("the span holds white space alone")
		}
		return i, true, nil
	}
	i := sort.Search(len(units), func(i int) bool { return units[i].Span.End > s.Start })
	if i == len(units) || s.Start < units[i].Span.Start {
		return 0, false, errors.New("the span stands in no sentence")
	}
	if !units[i].Span.Contains(s) {
		last := sort.Search(len(units), func(k int) bool { return units[k].Span.End >= s.End })
		return 0, false, fmt.Errorf("the span reaches from sentence %d to %d; one answer belongs to one sentence", i+1, min(last, len(units)-1)+1)
	}
	return i, s == trim(units[i].Span, d.Article.Body), nil
}

// trim takes blanks off both ends of s.
func trim(s annotations.Span, text string) annotations.Span {
	words := strings.TrimLeftFunc(s.In(text), Blank)
	s.Start = s.End - len(words)
	s.End = s.Start + len(strings.TrimRightFunc(words, Blank))
	return s
}
