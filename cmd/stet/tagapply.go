package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// edit applies the flags to what stands on sentence n.
func (e *editor) edit(ctx context.Context, n int, was annotations.Annotation) (annotations.Annotation, error) {
	a, o := was.Clone(), e.o
	a.Codebook = e.book.Hash
	if e.tag != "-" && a.Tag != e.tag {
		a.Tag = e.tag
		if r := e.book.Rule(a.Rule); r == nil || r.Tag != a.Tag {
			a.Rule = "" // it decided for another tag
		}
		if a.Tag == "" {
			a.Inside = false
		}
	}
	if o.changed("rule") {
		a.Rule = o.rule
	}
	if o.noSource {
		a.Attributions = nil
	}
	if o.attributions() > 0 {
		list, err := e.attributions(ctx, n)
		if err != nil {
			return a, err
		}
		a.Attributions = list
	}
	if err := e.editLinks(&a); err != nil {
		return a, err
	}
	if err := e.editEvidence(&a); err != nil {
		return a, err
	}
	return a, e.editMarks(&a)
}

// checkWords refuses words that the codebook does not have, with those it has,
// before anything is done: a flag to be taken off under a wrong name would stay in
// silence.
func (e *editor) checkWords() error {
	o, book := e.o, e.book
	var rules, flags, kinds []string
	for i := range book.Rules {
		rules = append(rules, book.Rules[i].ID)
	}
	for i := range book.Flags {
		flags = append(flags, book.Flags[i].ID)
	}
	for i := range book.SourceKinds {
		kinds = append(kinds, book.SourceKinds[i].ID)
	}
	for _, l := range []struct {
		what       string
		said, have []string
		free       string // a word that is allowed besides
	}{{"rule", []string{o.rule}, rules, ""}, {"flag", o.flags, flags, ""}, {"flag", o.noFlags, flags, "all"}, {"source kind", o.kinds, kinds, ""}} {
		for _, word := range l.said {
			if word != l.free && !slices.Contains(l.have, word) {
				return fmt.Errorf("%q is no %s of codebook %q. Nothing was changed. It has %s", word, l.what, book.Name, strings.Join(l.have, ", "))
			}
		}
	}
	return nil
}

// attributions builds what the flags say of sources, marked in sentence n.
func (e *editor) attributions(ctx context.Context, n int) ([]annotations.Attribution, error) {
	unit, words, err := e.words(ctx, n)
	if err != nil {
		return nil, err
	}
	o := e.o
	var out []annotations.Attribution
	for i := range o.attributions() {
		at := annotations.Attribution{
			Name: pick(o.sources, i, false), Kind: pick(o.kinds, i, true), Count: pick(o.counts, i, true), Hops: pick(o.hops, i, true), Terms: pick(o.terms, i, true),
		}
		if span, found := once(words, at.Name); at.Name != "" && found == 1 {
			at.Source = []annotations.Span{shift(span, unit.Span.Start)}
		}
		for _, part := range []struct {
			flag, words string
			to          *[]annotations.Span
		}{{"cue", pick(o.cues, i, true), &at.Cue}, {"content", pick(o.contents, i, true), &at.Content}} {
			if part.words == "" {
				continue
			}
			span, found := once(words, part.words)
			switch {
			case found == 0:
				return nil, fmt.Errorf("--%s: sentence %d does not hold the words %q. Nothing was changed. `stet show` prints it; the words must stand there letter by letter", part.flag, n, part.words)
			case found > 1:
				return nil, fmt.Errorf("--%s: sentence %d holds the words %q more than once. Nothing was changed. Give more of them", part.flag, n, part.words)
			}
			*part.to = []annotations.Span{shift(span, unit.Span.Start)}
		}
		out = append(out, at)
	}
	return out, nil
}

// pick takes the i-th value of a flag; one given once counts for all where
// spread says so.
func pick[T any](list []T, i int, spread bool) (v T) {
	switch {
	case i < len(list):
		return list[i]
	case spread && len(list) == 1:
		return list[0]
	}
	return v
}

// once finds words in text. found is 0, 1, or 2 for more than one place.
func once(text, words string) (s annotations.Span, found int) {
	if words == "" {
		return s, 0
	}
	i := strings.Index(text, words)
	if i < 0 {
		return s, 0
	}
	s = annotations.Span{Start: i, End: i + len(words)}
	if strings.Contains(text[i+1:], words) {
		return s, 2
	}
	return s, 1
}

func shift(s annotations.Span, by int) annotations.Span {
	return annotations.Span{Start: s.Start + by, End: s.End + by}
}

// words reads one unit of the article and its text, without the rest.
func (e *editor) words(ctx context.Context, n int) (annotations.Sentence, string, error) {
	u, err := e.unit(ctx, &e.sum.Meta, n)
	if err != nil {
		return u, "", err
	}
	text, err := e.Blob(ctx, e.sum.Text, u.Span.Start, u.Span.Len())
	return u, text, err
}

func (e *editor) editLinks(a *annotations.Annotation) error {
	if slices.Contains(e.o.noLink, "all") {
		a.Links = nil
	}
	for _, to := range e.drop {
		a.Links = slices.DeleteFunc(a.Links, func(l annotations.Link) bool { return l.To == to })
	}
	for _, l := range e.links {
		if !slices.ContainsFunc(a.Links, func(m annotations.Link) bool { return m.To == l.To && m.Relation == l.Relation }) {
			a.Links = append(a.Links, l)
		}
	}
	if len(a.Links) == 0 {
		a.Links = nil
	}
	if e.o.changed("inside") {
		a.Inside = e.o.inside
	}
	if !e.o.changed("manner") {
		return nil
	}
	found := false
	for i := range a.Links {
		l := &a.Links[i]
		named := slices.ContainsFunc(e.links, func(m annotations.Link) bool { return m.To == l.To && m.Relation == annotations.Disputes })
		if l.Relation == annotations.Disputes && (named || len(e.o.disputes) == 0) {
			l.Manner, found = annotations.Manner(e.o.manner), true
		}
	}
	if !found {
		return usage("--manner says how a sentence disputes another, and it disputes none. Nothing was changed. Name it with --disputes N")
	}
	return nil
}

func (e *editor) editEvidence(a *annotations.Annotation) error {
	for _, word := range e.o.noEvidence {
		before := len(a.Evidence)
		a.Evidence = slices.DeleteFunc(a.Evidence, func(u annotations.Use) bool { return word == "all" || u.ID.String() == word })
		if word != "all" && len(a.Evidence) == before {
			return fmt.Errorf("no evidence %q is attached there. Nothing was changed. `stet show --json` lists the items", word)
		}
	}
	if len(a.Evidence) == 0 {
		a.Evidence = nil
	}
	for i := range e.items {
		use := annotations.Use{ID: e.items[i].ID, Stance: annotations.Stance(e.o.stance)}
		if k := slices.IndexFunc(a.Evidence, func(u annotations.Use) bool { return u.ID == use.ID }); k >= 0 {
			a.Evidence[k] = use
		} else {
			a.Evidence = append(a.Evidence, use)
		}
	}
	return nil
}

// editMarks sets flags, notes, unsure and the second reading.
func (e *editor) editMarks(a *annotations.Annotation) error {
	o := e.o
	for _, id := range o.flags {
		if !a.HasFlag(id) {
			a.ToggleFlag(id)
		}
	}
	for _, id := range o.noFlags {
		switch {
		case id == "all":
			a.Flags = nil
		case a.HasFlag(id):
			a.ToggleFlag(id)
		}
	}
	if len(a.Flags) == 0 {
		a.Flags = nil
	}
	if o.changed("note") {
		a.Note = o.note
	}
	if o.changed("verdict") {
		a.Verdict = o.verdict
	}
	if o.changed("confidential") {
		if err := e.seal(a); err != nil {
			return err
		}
	}
	if o.unsure || o.noUnsure {
		a.Unsure = o.unsure
	}
	if o.changed("check") {
		c, ok := annotations.ParseCheck(o.check)
		if !ok {
			return usage("--check is %q, not one of wanted, done, none", o.check)
		}
		a.Check = c
	}
	return nil
}

// seal puts the confidential note under a salt of its own. The same note as
// before keeps its seal.
func (e *editor) seal(a *annotations.Annotation) error {
	words := e.o.confidential
	switch {
	case words == "":
		a.Confidential = nil
		return nil
	case a.Confidential.Opens(words):
		return nil
	}
	var salt [16]byte
	if _, err := io.ReadFull(e.random, salt[:]); err != nil {
		return fmt.Errorf("draw a salt: %w. Nothing was changed", err)
	}
	a.Confidential = annotations.Seal(salt, words)
	return nil
}
