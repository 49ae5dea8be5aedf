package foreign

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// maxBroken is how many lines of a file may be no JSON before it is refused.
const maxBroken = 100

// Records hands out the objects of a file: one a line, or the items of a list.
// Lines that are no object are rejected, each by itself; a file with many of
// them is refused.
func (in *Intake) Records(f interchange.File, each func(n *Node)) error {
	return records(f, each, func(line int, why string) {
		in.Met()
		in.Reject(Place{Line: line}, "%s", why)
	})
}

// records hands out the objects of a file, and what is none.
func records(f interchange.File, each func(n *Node), wrong func(line int, why string)) error {
	if err := Sound(f); err != nil {
		return err
	}
	object := func(n *Node) {
		if n.Kind != Object {
			wrong(n.Line, fmt.Sprintf("is %s, not an object", n.Kind))
			return
		}
		each(n)
	}
	if list, lined := shape(f.Data); !lined {
		n, err := Parse(f.Data, 1)
		if err == nil {
			for _, item := range n.Each() {
				object(item)
			}
			return nil
		}
		if list {
			return refusal(f.Name, err)
		}
	}
	broken := 0
	for line, b := range Lines(f.Data) {
		if len(b) > MaxLine {
			return Refuse(f.Name, line, "the line is longer than %d bytes", MaxLine)
		}
		n, err := Parse(b, line)
		if err != nil {
			if broken++; broken > maxBroken {
				return Refuse(f.Name, line, "more than %d lines are no JSON; this is no JSONL file", maxBroken)
			}
			var syntax *SyntaxError
			if errors.As(err, &syntax) {
				wrong(syntax.Line, syntax.Why)
			}
			continue
		}
		object(n)
	}
	return nil
}

// shape looks at the first line: a list is one JSON value, and so may be a file
// whose first line is none.
func shape(data []byte) (list, lined bool) {
	first := firstLine(data)
	if bytes.HasPrefix(first, []byte("[")) {
		return true, false
	}
	_, err := Parse(first, 1)
	return false, err == nil || len(first) == 0
}

func firstLine(data []byte) []byte {
	for _, line := range Lines(data) {
		return bytes.TrimSpace(line)
	}
	return nil
}

// Tree reads a file that is one JSON value.
func Tree(f interchange.File) (*Node, error) {
	if err := Sound(f); err != nil {
		return nil, err
	}
	n, err := Parse(f.Data, 1)
	if err != nil {
		return nil, refusal(f.Name, err)
	}
	return n, nil
}

func refusal(file string, err error) error {
	var syntax *SyntaxError
	if errors.As(err, &syntax) {
		return Refuse(file, syntax.Line, "%s", syntax.Why)
	}
	return err
}

// Stem is the name of a file up to its first dot.
func Stem(name string) string {
	stem, _, _ := strings.Cut(path.Base(strings.ReplaceAll(name, `\`, "/")), ".")
	return stem
}

// Pair reads two positions.
func Pair(start, end *Node) ([2]int, error) {
	a, ok := start.Int()
	b, too := end.Int()
	switch {
	case !ok:
		return [2]int{}, errors.New("the start of the span is " + start.What() + ", not a whole number in range")
	case !too:
		return [2]int{}, errors.New("the end of the span is " + end.What() + ", not a whole number in range")
	}
	return [2]int{a, b}, nil
}

// Whole is the sentence that the text is, when it is exactly one.
func (v *View) Whole() (annotations.SentenceID, error) {
	s, ok := v.body(annotations.Span{Start: 0, End: len(v.words)})
	if !ok {
		return 0, errors.New("the text does not fit its article")
	}
	ids, whole, err := v.Over(s)
	switch {
	case err != nil:
		return 0, err
	case len(ids) > 1:
		return 0, errors.New("the text holds " + ids[0].String() + " to " + ids[len(ids)-1].String() + ": one label cannot be meant for each sentence")
	case !whole:
		return 0, errors.New("the text is a part of " + ids[0].String() + " only")
	}
	return ids[0], nil
}

// Linked reports whether anybody has such a link already.
func (d *Doc) Linked(from, to annotations.SentenceID, label string) bool {
	relation, _, ok := RelationOf(label)
	if !ok {
		return false
	}
	for _, records := range d.people {
		if e := records[from]; e != nil {
			for _, l := range e.Links {
				if l.Relation == relation && l.To == (annotations.Target{Article: d.Article.ID, Sentence: to}) {
					return true
				}
			}
		}
	}
	return false
}

// LineOr is the line on which n stands, or otherwise where it is not there.
func (n *Node) LineOr(otherwise int) int {
	if n == nil {
		return otherwise
	}
	return n.Line
}
