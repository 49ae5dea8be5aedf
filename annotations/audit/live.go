package audit

import (
	"slices"

	"stet.example/stet/annotations"
)

// Said is what one reviewer says of a sentence, in full.
type Said struct {
	Reviewer string
	Record   annotations.Record
}

// Said lists what reviewers say of the sentence at a place, by name, and the
// ruling in force, nil where there is none: what a screen needs to settle it.
func (d *Desk) Said(p Place) ([]Said, *annotations.RulingRecord) {
	u := d.x.unitAt(p.Key, p.Sentence)
	if u == nil {
		return nil, nil
	}
	out := make([]Said, len(u.said))
	for i := range u.said {
		out[i] = Said{d.x.people[u.said[i].who], *u.said[i].rec}
	}
	if u.ruling == nil {
		return out, nil
	}
	r := *u.ruling
	return out, &r
}

// Thread is what was said about the sentence at a place since a lead first ruled on
// it, oldest first; nil where the log was not read, or nobody did.
func (d *Desk) Thread(p Place) []Turn {
	if u := d.x.unitAt(p.Key, p.Sentence); u != nil {
		return d.x.thread(u)
	}
	return nil
}

// CheckAfter is the state of the check with rulings made since the desk was
// computed; a zero ruling takes one back. The desk itself stays as it is. With a
// seed it costs some 50 ms for forty thousand sentences, so that a bound can
// follow the lead's keys. Places that are not there are left out.
func (d *Desk) CheckAfter(rulings map[Place]annotations.Ruling) (Check, error) {
	x := *d.x
	x.units = slices.Clone(d.x.units)
	first := make(map[*article]int, len(x.articles))
	for i := 0; i < len(x.units); i += len(x.units[i].art.units) {
		first[x.units[i].art] = i
	}
	for p, r := range rulings {
		old := x.unitAt(p.Key, p.Sentence)
		if old == nil {
			continue
		}
		u := &x.units[first[old.art]+old.at]
		if u.ruling, u.past = nil, false; r.Verdict != "" { // it is made on what stands there now
			u.ruling = &annotations.RulingRecord{Ruling: r}
		}
		u.answer = x.answerOf(u)
	}
	return x.check()
}
