package brat

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"stet.example/stet/annotations/interchange/internal/standoff"
)

// maxPieces is how many pieces a span may have.
const maxPieces = 1 << 10

// entity is a T line.
type entity struct {
	id, kind string
	place    standoff.Place
	line     int
}

// remark is an A, M or # line.
type remark struct {
	kind, target string
	words        string // value of an attribute, words of a note
	line         int
	note         bool
}

// relation is an R line.
type relation struct {
	id, kind, from, to string
	line               int
}

// document is an .ann file, cut into its parts.
type document struct {
	entities  []entity
	remarks   []remark
	relations []relation
	lines     map[string]int // of each ID
}

var idForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z#]+[0-9]+$`) }) //nolint:gochecknoglobals // a lookup table

// parse cuts an .ann file. What stet has no place for is in the receipt; an ID
// given twice refuses the file, since nothing could say which is meant.
func parse(d *standoff.Desk, file, text string) (*document, error) {
	lines, err := standoff.Lines(file, text)
	if err != nil {
		return nil, err
	}
	doc := &document{lines: map[string]int{}}
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		id, rest, ok := strings.Cut(line, "\t")
		if !ok {
			d.Rejected(file, i+1, "is no annotation: it has no tab")
			continue
		}
		if id == "*" {
			d.Rejected(file, i+1, "says that annotations mean the same (*); stet has no place for it")
			continue
		}
		if !idForm().MatchString(id) || len(id) > 64 {
			d.Rejected(file, i+1, "%q is no ID of an annotation, such as T1", standoff.Clip(id, 40))
			continue
		}
		if first, twice := doc.lines[id]; twice {
			return nil, standoff.Refuse(file, i+1, "the ID %s stands in line %d too", id, first)
		}
		doc.lines[id] = i + 1
		if err := doc.line(id, rest, i+1); err != nil {
			d.Rejected(file, i+1, "%v", err)
		}
	}
	return doc, nil
}

// sentences is the note that says how the text was cut, or nil.
func (doc *document) sentences() *remark {
	for i := range doc.remarks {
		if r := &doc.remarks[i]; r.note && r.kind == noteSentences {
			return r
		}
	}
	return nil
}

func (doc *document) line(id, rest string, n int) error {
	data, tail, _ := strings.Cut(rest, "\t")
	switch id[0] {
	case 'T':
		e, err := parseEntity(data)
		if err != nil {
			return err
		}
		e.id, e.line, e.place.Words = id, n, tail
		doc.entities = append(doc.entities, e)
	case 'A', 'M':
		fields := strings.Fields(data)
		if len(fields) < 2 || len(fields) > 3 {
			return fmt.Errorf("an attribute is NAME TARGET or NAME TARGET VALUE, not %q", standoff.Clip(data, 40))
		}
		r := remark{kind: fields[0], target: fields[1], line: n}
		if len(fields) == 3 {
			r.words = fields[2]
		}
		doc.remarks = append(doc.remarks, r)
	case 'R':
		fields := strings.Fields(data)
		if len(fields) != 3 {
			return fmt.Errorf("a relation is TYPE ROLE:ID ROLE:ID, not %q", standoff.Clip(data, 40))
		}
		_, from, okFrom := strings.Cut(fields[1], ":")
		_, to, okTo := strings.Cut(fields[2], ":")
		if !okFrom || !okTo {
			return fmt.Errorf("a relation is TYPE ROLE:ID ROLE:ID, not %q", standoff.Clip(data, 40))
		}
		if strings.HasPrefix(fields[1], "Arg2:") && strings.HasPrefix(fields[2], "Arg1:") {
			from, to = to, from
		}
		doc.relations = append(doc.relations, relation{id: id, kind: fields[0], from: from, to: to, line: n})
	case '#':
		fields := strings.Fields(data)
		if len(fields) != 2 {
			return fmt.Errorf("a note is TYPE TARGET, not %q", standoff.Clip(data, 40))
		}
		doc.remarks = append(doc.remarks, remark{kind: fields[0], target: fields[1], words: tail, line: n, note: true})
	case 'E':
		return fmt.Errorf("is an event; stet has no place for events")
	case 'N':
		return fmt.Errorf("names an entry of a data base; stet has no place for it")
	default:
		return fmt.Errorf("annotations with the ID %s are unknown", id)
	}
	return nil
}

func parseEntity(data string) (entity, error) {
	kind, at, ok := strings.Cut(data, " ")
	if !ok || kind == "" {
		return entity{}, fmt.Errorf("a text-bound annotation is TYPE START END, not %q", standoff.Clip(data, 40))
	}
	e := entity{kind: kind}
	if strings.Count(at, ";") >= maxPieces {
		return e, fmt.Errorf("the span has more than %d pieces", maxPieces)
	}
	for _, piece := range strings.Split(at, ";") {
		ends := strings.Fields(piece)
		if len(ends) != 2 {
			return e, fmt.Errorf("%q is no START END", standoff.Clip(piece, 40))
		}
		var p [2]int
		for k := range ends {
			n, err := strconv.ParseInt(ends[k], 10, 32)
			if err != nil {
				return e, fmt.Errorf("%q is no position", standoff.Clip(ends[k], 40))
			}
			p[k] = int(n)
		}
		if p[0] < 0 || p[1] <= p[0] {
			return e, fmt.Errorf("the span %d %d is empty or stands before the text", p[0], p[1])
		}
		e.place.Pieces = append(e.place.Pieces, p)
	}
	return e, nil
}
