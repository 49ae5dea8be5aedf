package slate

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// split finds the tokens of each line of a text, in bytes of the text.
func split(text string) [][]annotations.Span {
	var out [][]annotations.Span
	at := 0
	for _, line := range strings.Split(text, "\n") {
		tokens, start := []annotations.Span{}, -1
		for i, r := range line {
			switch blank := standoff.Blank(r); {
			case blank && start >= 0:
				tokens = append(tokens, annotations.Span{Start: at + start, End: at + i})
				start = -1
			case !blank && start < 0:
				start = i
			}
		}
		if start >= 0 {
			tokens = append(tokens, annotations.Span{Start: at + start, End: at + len(line)})
		}
		out = append(out, tokens)
		at += len(line) + 1
	}
	return out
}

// place finds the bytes that a span means.
func (r *reader) place(s span) (annotations.Span, error) {
	if len(s.from) == 0 {
		return annotations.Span{}, errors.New("the label is for the whole document; tags belong to sentences")
	}
	first, err := r.one(s.from)
	if err != nil {
		return first, err
	}
	last, err := r.one(s.to)
	if err != nil {
		return last, err
	}
	if last.End <= first.Start {
		return last, errors.New("the span ends before it begins")
	}
	return annotations.Span{Start: first.Start, End: last.End}, nil
}

// one finds the bytes of a point: a line, a token or a character.
func (r *reader) one(p point) (annotations.Span, error) {
	if p[0] >= len(r.lines) {
		return annotations.Span{}, fmt.Errorf("there is no line %d; the text has %d, from 0", p[0], len(r.lines))
	}
	tokens := r.lines[p[0]]
	switch {
	case len(tokens) == 0:
		return annotations.Span{}, fmt.Errorf("line %d is blank", p[0])
	case len(p) == 1:
		return annotations.Span{Start: tokens[0].Start, End: tokens[len(tokens)-1].End}, nil
	case p[1] >= len(tokens):
		return annotations.Span{}, fmt.Errorf("line %d has %d words, none is number %d", p[0], len(tokens), p[1])
	}
	t := tokens[p[1]]
	if len(p) == 2 {
		return t, nil
	}
	n := 0
	for i, c := range t.In(r.Article.Body) {
		if n == p[2] {
			return annotations.Span{Start: t.Start + i, End: t.Start + i + utf8.RuneLen(c)}, nil
		}
		n++
	}
	return t, fmt.Errorf("word %d of line %d has %d characters, none is number %d", p[1], p[0], n, p[2])
}

// label reads an item with one span: its labels are tags.
func (r *reader) label(it item, line int) {
	if len(it.labels) == 0 {
		r.desk.Rejected(r.file, line, "says nothing: it has no label")
		return
	}
	s, err := r.place(it.spans[0])
	unit, whole := 0, false
	if err == nil {
		unit, whole, err = r.Within(s)
	}
	r.desk.Receipt.Annotations.In += len(it.labels)
	if err != nil {
		r.desk.Rejected(r.file, line, "%v", err)
		return
	}
	for _, l := range it.labels {
		tag, repair, err := r.Tag(l)
		if err != nil {
			r.desk.Rejected(r.file, line, "%v", err)
			continue
		}
		r.ballot.Add(standoff.Vote{Unit: unit, By: r.by, Tag: tag, Whole: whole, Line: line, Repair: repair})
	}
}

// link reads an item with two spans.
func (r *reader) link(it item) (link, error) {
	if len(it.spans) != 2 {
		return link{}, fmt.Errorf("ties %d places together; a link has two", len(it.spans))
	}
	var l link
	for _, rel := range []annotations.Relation{annotations.Disputes, annotations.Supports, annotations.Repeats, annotations.DerivedFrom} {
		for _, label := range it.labels {
			if strings.EqualFold(strings.ReplaceAll(string(rel), " ", "_"), strings.ReplaceAll(label, "-", "_")) {
				l.Relation = rel
			}
		}
	}
	if l.Relation == "" || len(it.labels) != 1 {
		return l, errors.New("is a link that does not say what of: stet knows disputes, supports, repeats, derived_from, one a link")
	}
	var units [2]int
	for i, s := range it.spans {
		at, err := r.place(s)
		if err != nil {
			return l, err
		}
		if units[i], _, err = r.Within(at); err != nil {
			return l, err
		}
	}
	l.from, l.To = units[0], r.Target(units[1])
	return l, nil
}
