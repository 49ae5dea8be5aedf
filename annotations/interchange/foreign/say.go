package foreign

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// Mark is a label on a span, as a file has it.
type Mark struct {
	By    string
	Label string
	When  time.Time
	At    Place
	Piece string // which attribution of the sentence it belongs to, where the file says
}

// Answered says that packs give one tag for the sentence, and which: a label of
// the file that is the same adds nothing to them.
func (d *Doc) Answered(p *interchange.Packed, at Place) {
	if p != nil {
		d.answers[p.Sentence] = &answer{tag: p.Answer.Tag, at: at}
	}
}

// Mark takes a label on a span: a tag for the sentences that it means, or a
// part of an attribution. It returns those sentences, none when it was refused.
func (v *View) Mark(c Claim, m Mark) []annotations.SentenceID {
	v.Doc.in.Met()
	return v.mark(c, m)
}

func (v *View) mark(c Claim, m Mark) []annotations.SentenceID {
	in := v.Doc.in
	tag, repair, tagErr := TagOf(v.Codebook, m.Label)
	part := NoPart
	if tagErr != nil {
		part = PartOf(m.Label)
	}
	if tagErr != nil && part == NoPart {
		in.Reject(m.At, "%v", tagErr)
		return nil
	}
	s, moved, err := v.Find(c)
	if err != nil {
		in.Reject(m.At, "%v", err)
		return nil
	}
	ids, whole, err := v.Over(s)
	if err != nil {
		in.Reject(m.At, "%v", err)
		return nil
	}
	in.Receipt.Ranges++
	if part != NoPart {
		err = v.piece(part, s, ids, &m)
	} else {
		err = v.tag(tag, ids, &m)
	}
	if err != nil {
		in.Reject(m.At, "%v", err)
		return nil
	}
	in.Took()
	for _, r := range []string{repair, moved} {
		if r != "" {
			in.Repair(m.At, "%s", r)
		}
	}
	switch {
	case part != NoPart:
	case !whole:
		in.Repair(m.At, "the span covers a part of %s only; the tag was given to the sentence", ids[0])
	case len(ids) > 1:
		in.Repair(m.At, "the span covers %s to %s; the tag was given to each", ids[0], ids[len(ids)-1])
	}
	return ids
}

// Tag gives a tag to one sentence.
func (d *Doc) Tag(id annotations.SentenceID, m Mark) bool {
	d.in.Met()
	tag, repair, err := TagOf(d.Codebook, m.Label)
	if err == nil {
		err = d.tag(tag, []annotations.SentenceID{id}, &m)
	}
	if err != nil {
		d.in.Reject(m.At, "%v", err)
		return false
	}
	if repair != "" {
		d.in.Repair(m.At, "%s", repair)
	}
	d.in.Took()
	return true
}

// tag gives a tag to all the sentences, or to none.
func (d *Doc) tag(tag string, ids []annotations.SentenceID, m *Mark) error {
	for _, id := range ids {
		if e := d.people[m.By][id]; e != nil && e.hasTag {
			if e.Tag == tag && e.taggedIn != d.in.file {
				continue // two files say the same
			}
			if e.Tag == tag {
				return fmt.Errorf("%s has the tag %q by %s already (line %d)", id, tag, m.By, e.tagged.Line)
			}
			return fmt.Errorf("%s has the tag %q by %s (line %d) and cannot be %q too", id, e.Tag, m.By, e.tagged.Line, tag)
		}
	}
	for _, id := range ids {
		if a := d.answers[id]; a != nil && !a.seen {
			a.seen = true
			if a.tag == tag {
				continue
			}
			d.in.Repair(m.At, "the label of %s is %q, stet wrote %q: taken as a change by %s", id, tag, a.tag, m.By)
		}
		if err := d.mutate(m.By, id, func(e *entry) error {
			e.taggedIn = d.in.file
			return e.setTag(tag, m, d.Codebook)
		}); err != nil {
			return err
		}
	}
	return nil
}

func (e *entry) setTag(tag string, m *Mark, book *annotations.Codebook) error {
	e.hasTag, e.tagged = true, m.At
	if e.Tag == tag {
		if !e.packed {
			e.touch(m.When)
		}
		return nil
	}
	e.touch(m.When)
	e.Tag = tag
	if r := book.Rule(e.Rule); r == nil || r.Tag != tag {
		e.Rule = ""
	}
	return nil
}

// piece adds s to an attribution of the sentence that it lies in.
func (d *Doc) piece(part Part, s annotations.Span, ids []annotations.SentenceID, m *Mark) error {
	if len(ids) != 1 {
		return fmt.Errorf("the %s covers %s to %s: nobody can say whose attribution it is", part, ids[0], ids[len(ids)-1])
	}
	return d.mutate(m.By, ids[0], func(e *entry) error {
		if e.packed {
			return e.known(part, s)
		}
		i, ok := e.pieces[m.Piece]
		if !ok {
			i = len(e.Attributions)
			e.Attributions = append(e.Attributions, annotations.Attribution{})
			next := map[string]int{m.Piece: i}
			for k, v := range e.pieces {
				next[k] = v
			}
			e.pieces = next
		}
		list := part.List(&e.Attributions[i])
		if slices.Contains(*list, s) {
			return fmt.Errorf("the %s stands there twice", part)
		}
		*list = append(*list, s)
		slices.SortFunc(*list, func(a, b annotations.Span) int { return a.Start - b.Start })
		e.touch(m.When)
		return nil
	})
}

// known takes a visible piece of a pack as said; another one is a change that
// nobody can fit in.
func (e *entry) known(part Part, s annotations.Span) error {
	for i := range e.Attributions {
		if slices.Contains(*part.List(&e.Attributions[i]), s) {
			return nil
		}
	}
	return fmt.Errorf("the %s is new beside attributions that stet wrote: add it in stet", part)
}

// Say changes one annotation: a note, a rule, a flag. It counts as a statement.
func (d *Doc) Say(id annotations.SentenceID, m Mark, change func(a *annotations.Annotation) error) bool {
	d.in.Met()
	err := d.mutate(m.By, id, func(e *entry) error {
		before := e.Clone()
		if err := change(&e.Annotation); err != nil {
			return err
		}
		if !before.Equal(e.Annotation) {
			e.touch(m.When)
		}
		return nil
	})
	if err != nil {
		d.in.Reject(m.At, "%v", err)
		return false
	}
	d.in.Took()
	return true
}

// Rule gives the rule that decided. One for another tag than the sentence has by
// now belonged to a tag that was changed: it is left off, and named.
func (d *Doc) Rule(id annotations.SentenceID, m Mark, rule string) bool {
	stale := false
	ok := d.Say(id, m, func(a *annotations.Annotation) error {
		if r := d.Codebook.Rule(rule); r != nil && r.Tag != a.Tag && a.Rule == "" {
			stale = true
			return nil
		}
		a.Rule = rule
		return nil
	})
	if ok && stale {
		d.in.Repair(m.At, "the rule %s decides for another tag than %s has; it was left off", rule, id)
	}
	return ok
}

// Note gives a note, after one that is there already and says something else.
func (d *Doc) Note(id annotations.SentenceID, m Mark, words string) bool {
	fresh := d.people[m.By][id] != nil && d.people[m.By][id].packed
	return d.Say(id, m, func(a *annotations.Annotation) error {
		switch {
		case a.Note == words || strings.TrimSpace(words) == "":
		case a.Note == "" || fresh:
			a.Note = words
		default:
			a.Note += "\n" + words
		}
		return nil
	})
}

// Link links two sentences of the article.
func (d *Doc) Link(from, to annotations.SentenceID, label, note string, m Mark) bool {
	return d.Say(from, m, func(a *annotations.Annotation) error {
		relation, manner, ok := RelationOf(label)
		if !ok {
			return fmt.Errorf("%.60q is no relation that stet knows: %s", label, strings.Join(Relations(), ", "))
		}
		l := annotations.Link{Relation: relation, Manner: manner, Note: note, To: annotations.Target{Article: d.Article.ID, Sentence: to}}
		for _, k := range a.Links {
			if k.To == l.To && k.Relation == l.Relation {
				return nil // a pack said it, or another mark of the same
			}
		}
		a.Links = append(a.Links, l)
		return nil
	})
}

// Cite attaches an evidence item to a sentence.
func (d *Doc) Cite(id annotations.SentenceID, item annotations.Evidence, stance annotations.Stance, m Mark) bool {
	return d.Say(id, m, func(a *annotations.Annotation) error {
		if len(d.evidence) > MaxNodes {
			return errors.New("the file has too many evidence items")
		}
		item.Identify()
		if err := annotations.CheckEvidence(&item); err != nil {
			return err
		}
		if slices.ContainsFunc(a.Evidence, func(u annotations.Use) bool { return u.ID == item.ID }) {
			return nil
		}
		d.evidence[item.ID] = item
		a.Evidence = append(a.Evidence, annotations.Use{ID: item.ID, Stance: stance})
		return nil
	})
}

// Instant reads a time as other programs write it; the zero time when it is none.
func Instant(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1970 {
			return t.UTC().Truncate(time.Microsecond)
		}
	}
	return time.Time{}
}

// Holds reports whether by has, on a sentence, the words at s as that part of an attribution,
// white space at its ends aside.
func (d *Doc) Holds(by string, id annotations.SentenceID, part Part, s annotations.Span) bool {
	e := d.people[by][id]
	if part == NoPart || e == nil {
		return false
	}
	words := strings.TrimSpace(s.In(d.Article.Body))
	for i := range e.Attributions {
		for _, x := range *part.List(&e.Attributions[i]) {
			if x.Contains(s) && strings.TrimSpace(x.In(d.Article.Body)) == words {
				return true
			}
		}
	}
	return false
}

// Relates reports whether anybody's annotation of the sentence has a link of
// that relation, whatever it leads to.
func (d *Doc) Relates(from annotations.SentenceID, label string) bool {
	relation, _, ok := RelationOf(label)
	for _, records := range d.people {
		if e := records[from]; ok && e != nil {
			if slices.ContainsFunc(e.Links, func(l annotations.Link) bool { return l.Relation == relation }) {
				return true
			}
		}
	}
	return false
}
