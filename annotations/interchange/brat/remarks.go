package brat

import (
	"errors"
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// remark reads an attribute or a note.
func (r *reader) remark(x *remark) {
	if x.note && (x.kind == noteReviewer || x.kind == noteRuling || x.kind == noteSentences) {
		return // read already
	}
	var err error
	if l := r.links[x.target]; l != nil {
		err = r.onLink(l, x)
	} else {
		var vote int
		var rec *annotations.Record
		if vote, rec, err = r.standing(x.target); err == nil {
			err = r.onSentence(r.ballot.Vote(vote).Unit, rec, x)
		}
	}
	if err != nil {
		r.reject(x.line, "%v", err)
	}
}

func (r *reader) onLink(l *linked, x *remark) error {
	switch {
	case x.note && x.kind == noteManner:
		l.Manner = annotations.Manner(x.words)
	case x.note && x.kind == noteWords:
		if l.Note != "" {
			l.Note += " "
		}
		l.Note += x.words
	default:
		return fmt.Errorf("%q says nothing of a link in stet", standoff.Clip(x.kind, 40))
	}
	return nil
}

func (r *reader) onSentence(unit int, rec *annotations.Record, x *remark) error {
	change := func(f func(*annotations.Annotation)) error { return r.Change(unit, rec, f) }
	if !x.note {
		return r.attribute(change, x)
	}
	switch x.kind {
	case noteWords:
		return change(func(a *annotations.Annotation) {
			if a.Note != "" {
				a.Note += "\n"
			}
			a.Note += x.words
		})
	case noteEvidence:
		var item standoff.Item
		if err := standoff.DecodeLine(x.words, &item); err != nil {
			return err
		}
		e, stance := item.Evidence()
		id, err := r.Item(e)
		if err != nil {
			return err
		}
		return change(func(a *annotations.Annotation) {
			a.Evidence = append(a.Evidence, annotations.Use{ID: id, Stance: stance})
		})
	case noteAttribution:
		at, err := r.attribution(x.words)
		if err != nil {
			return err
		}
		return change(func(a *annotations.Annotation) { a.Attributions = append(a.Attributions, at) })
	}
	return fmt.Errorf("notes of the type %q have no place in stet", standoff.Clip(x.kind, 40))
}

func (r *reader) attribute(change func(func(*annotations.Annotation)) error, x *remark) error {
	if flag, ok := r.names.attrs[x.kind]; ok {
		return change(func(a *annotations.Annotation) {
			if !a.HasFlag(flag) {
				a.ToggleFlag(flag)
			}
		})
	}
	switch x.kind {
	case "Unsure":
		return change(func(a *annotations.Annotation) { a.Unsure = true })
	case "Inside":
		return change(func(a *annotations.Annotation) { a.Inside = true })
	case "Rule":
		return change(func(a *annotations.Annotation) { a.Rule = x.words })
	case "Check":
		check, ok := annotations.ParseCheck(x.words)
		if !ok {
			return fmt.Errorf("the second reading is wanted or done, not %q", standoff.Clip(x.words, 40))
		}
		return change(func(a *annotations.Annotation) { a.Check = check })
	}
	return fmt.Errorf("the attribute %q is none of stet's, and no flag of codebook %q", standoff.Clip(x.kind, 40), r.Codebook.Name)
}

func (r *reader) attribution(words string) (annotations.Attribution, error) {
	var line attribution
	if err := standoff.DecodeLine(words, &line); err != nil {
		return annotations.Attribution{}, err
	}
	at := annotations.Attribution{Name: line.Name, Kind: line.Kind, Count: line.Count, Hops: line.Hops, Terms: line.Terms}
	for _, part := range []struct {
		kind, id string
		spans    *[]annotations.Span
	}{{typeSource, line.Source, &at.Source}, {typeCue, line.Cue, &at.Cue}, {typeContent, line.Content, &at.Content}} {
		if part.id == "" {
			continue
		}
		if r.kinds[part.id] != part.kind {
			return at, fmt.Errorf("%s is no %s that was read", standoff.Clip(part.id, 40), part.kind)
		}
		*part.spans = r.parts[part.id]
		r.used[part.id] = true
	}
	return at, nil
}

// loose makes attributions of the words that relations tie to a claim and no
// note names: a person drew them in brat. The first source goes with the first
// cue and the first content of its claim, and so on.
func (r *reader) loose() {
	made := map[int][]annotations.Attribution{}
	var order []*relation
	count := map[string]int{} // claims' parts so far
	for i := range r.doc.relations {
		x := &r.doc.relations[i]
		vote, _, err := r.standing(x.from)
		spans, words := r.parts[x.to]
		if err != nil || !words || r.used[x.to] || !strings.HasPrefix(x.kind, "Has_") {
			continue
		}
		r.used[x.to] = true
		key := fmt.Sprint(vote, r.kinds[x.to])
		n := count[key]
		count[key]++
		if n == len(made[vote]) {
			made[vote] = append(made[vote], annotations.Attribution{})
			order = append(order, x)
		}
		at := &made[vote][n]
		switch r.kinds[x.to] {
		case typeSource:
			at.Source = spans
		case typeCue:
			at.Cue = spans
		case typeContent:
			at.Content = spans
		}
	}
	filed := map[int]bool{}
	for _, x := range order {
		vote, rec, err := r.standing(x.from)
		if err != nil || filed[vote] {
			continue
		}
		filed[vote] = true
		for _, at := range made[vote] {
			if err := r.Change(r.ballot.Vote(vote).Unit, rec, func(a *annotations.Annotation) { a.Attributions = append(a.Attributions, at) }); err != nil {
				r.reject(x.line, "%v", err)
			}
		}
	}
	for i := range r.doc.entities {
		e := &r.doc.entities[i]
		if _, words := r.parts[e.id]; words && !r.used[e.id] {
			r.reject(e.line, "%v", errors.New("these words belong to no attribution: draw Has_source, Has_cue or Has_content from a sentence to them"))
		}
	}
}
