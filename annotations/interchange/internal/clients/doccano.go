package clients

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"stet.example/stet/annotations/interchange"
)

// asciiLines cuts JSON lines and asks that they are ASCII, since doccano guesses
// what other bytes mean; a tilde with a brace makes its guesser think of Chinese.
func asciiLines(data []byte) ([][]byte, error) {
	if i := bytes.Index(data, []byte("~{")); i >= 0 {
		return nil, fmt.Errorf("byte %d begins a shift into GB 2312: doccano would guess HZ", i)
	}
	for i, c := range data {
		if c > 0x7E || c < 0x20 && c != '\n' {
			return nil, fmt.Errorf("byte %d is %#x: doccano guesses the encoding of what is not ASCII", i, c)
		}
	}
	return jsonLines(data)
}

func jsonLines(data []byte) ([][]byte, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if data[len(data)-1] != '\n' {
		return nil, errors.New("the last line has no end")
	}
	lines := bytes.Split(data[:len(data)-1], []byte("\n"))
	for i, l := range lines {
		if !json.Valid(l) || l[0] != '{' {
			return nil, fmt.Errorf("line %d is no JSON object", i+1)
		}
	}
	return lines, nil
}

// columns asks that all lines have the same members, since they are read as one
// table.
func columns(lines [][]byte) error {
	var first []string
	for i, l := range lines {
		var m map[string]json.RawMessage
		if err := json.Unmarshal(l, &m); err != nil {
			return err
		}
		keys := slices.Sorted(maps.Keys(m))
		if i == 0 {
			first = keys
		}
		if !slices.Equal(keys, first) {
			return fmt.Errorf("line %d has the members %v, the first %v", i+1, keys, first)
		}
	}
	return nil
}

// keep checks spans as doccano's import keeps them: whole, in the text, none
// over another.
func keep(t text, marks []Mark) error {
	last := 0
	for _, m := range marks {
		if _, err := t.slice(m.Start, m.End); err != nil {
			return err
		}
		if m.Label == "" || m.Start < last {
			return fmt.Errorf("the span %d–%d has no label, or lies over the one before: it would be dropped in silence", m.Start, m.End)
		}
		last = m.End
	}
	return nil
}

// DoccanoRelations reads NAME.doccano.jsonl as JSONL(Relation).
func DoccanoRelations(files []interchange.File) ([]Reading, error) {
	return each(files, ".doccano.jsonl", func(name string, data []byte) (*Reading, error) {
		out := &Reading{Name: name}
		lines, err := asciiLines(data)
		if err != nil || len(lines) != 1 {
			return nil, fmt.Errorf("%d lines: %w", len(lines), err)
		}
		var line struct {
			Text     string
			Entities []struct {
				ID    *int
				Start int `json:"start_offset"`
				End   int `json:"end_offset"`
				Label string
			}
			Relations []struct {
				ID   *int
				From int `json:"from_id"`
				To   int `json:"to_id"`
				Type string
			}
		}
		if err := json.Unmarshal(lines[0], &line); err != nil {
			return nil, err
		}
		if strings.TrimSpace(line.Text) == "" {
			return nil, errors.New("an empty text is an error")
		}
		out.Text = line.Text
		t := newText(line.Text)
		starts := map[int]int{}
		for _, e := range line.Entities {
			from, to, err := t.span(e.Start, e.End)
			if err != nil {
				return nil, err
			}
			if e.ID == nil {
				return nil, errors.New("an entity has no id")
			}
			if _, twice := starts[*e.ID]; twice {
				return nil, fmt.Errorf("the entity %d stands twice", *e.ID)
			}
			starts[*e.ID] = from
			out.Marks = append(out.Marks, Mark{Start: from, End: to, Label: e.Label})
		}
		seen := map[int]bool{}
		for _, r := range line.Relations {
			from, ok1 := starts[r.From]
			to, ok2 := starts[r.To]
			if !ok1 || !ok2 || r.Type == "" || r.ID == nil || seen[*r.ID] {
				return nil, fmt.Errorf("relation %d→%d: an end is no entity, it has no type, or its id stands twice", r.From, r.To)
			}
			seen[*r.ID] = true
			out.Links = append(out.Links, Link{From: from, To: to, Label: r.Type})
		}
		return out, keep(t, out.Marks)
	})
}

// DoccanoSpans reads NAME.doccano-seq.jsonl as sequence labelling.
func DoccanoSpans(files []interchange.File) ([]Reading, error) {
	return each(files, ".doccano-seq.jsonl", func(name string, data []byte) (*Reading, error) {
		lines, err := asciiLines(data)
		if err != nil || len(lines) != 1 {
			return nil, fmt.Errorf("%d lines: %w", len(lines), err)
		}
		var line struct {
			Text  string
			Label [][]any
		}
		if err := json.Unmarshal(lines[0], &line); err != nil {
			return nil, err
		}
		out := &Reading{Name: name, Text: line.Text}
		t := newText(line.Text)
		for _, l := range line.Label {
			if len(l) != 3 {
				return nil, fmt.Errorf("%v is no triple", l)
			}
			start, ok1 := l[0].(float64)
			end, ok2 := l[1].(float64)
			label, ok3 := l[2].(string)
			if !ok1 || !ok2 || !ok3 || start != math.Trunc(start) || end != math.Trunc(end) {
				return nil, fmt.Errorf("%v is no triple of start, end and label", l)
			}
			from, to, err := t.span(int(start), int(end))
			if err != nil {
				return nil, err
			}
			out.Marks = append(out.Marks, Mark{Start: from, End: to, Label: label})
		}
		return out, keep(t, out.Marks)
	})
}

// DoccanoClasses reads NAME.doccano-class.jsonl as text classification. The
// marks stand one behind the other, as if the texts were one: Start is the
// number of the line.
func DoccanoClasses(files []interchange.File) ([]Reading, error) {
	return each(files, ".doccano-class.jsonl", func(name string, data []byte) (*Reading, error) {
		lines, err := asciiLines(data)
		if err != nil {
			return nil, err
		}
		out := &Reading{Name: name}
		for i, l := range lines {
			var line struct {
				Text  string
				Label []string
			}
			if err := json.Unmarshal(l, &line); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			if line.Text == "" || len(line.Label) > 1 || line.Label == nil {
				return nil, fmt.Errorf("line %d: no text, no list of labels, or more than one: %v", i+1, line.Label)
			}
			out.Text += line.Text + "\x00"
			for _, label := range line.Label {
				out.Marks = append(out.Marks, Mark{Start: i, Label: label})
			}
		}
		return out, columns(lines)
	})
}
