package align

import (
	"encoding/json"
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
)

// Pair is a line of input of stet compare --jsonl.
type Pair struct {
	ID   string
	A, B Side
}

type wireSide struct {
	Text      string   `json:"text"`
	Sentences [][2]int `json:"sentences"`
}

// UnmarshalJSON reads {"id","a":{"text","sentences"?},"b":{…}}. A side without
// sentences is cut by package segment; given ones must be spans in bytes, in
// reading order, inside the text and on rune borders.
func (p *Pair) UnmarshalJSON(data []byte) error {
	var w struct {
		ID   string    `json:"id"`
		RawA *wireSide `json:"a"`
		RawB *wireSide `json:"b"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return fmt.Errorf("a pair to compare: %w", err)
	}
	var out Pair
	out.ID = w.ID
	for _, s := range []struct {
		name string
		wire *wireSide
		side *Side
	}{{"a", w.RawA, &out.A}, {"b", w.RawB, &out.B}} {
		if s.wire == nil {
			return fmt.Errorf("pair %q has no side %q: give it {\"text\": …}", w.ID, s.name)
		}
		side, err := s.wire.side()
		if err != nil {
			return fmt.Errorf("pair %q, side %q: %w", w.ID, s.name, err)
		}
		*s.side = side
	}
	*p = out
	return nil
}

func (w *wireSide) side() (Side, error) {
	s := Side{Text: w.Text}
	if w.Sentences == nil {
		s.Units = segment.Append(nil, w.Text, segment.Options{})
		return s, nil
	}
	at := 0
	for i, p := range w.Sentences {
		span := annotations.Span{Start: p[0], End: p[1]}
		if err := span.Check(w.Text); err != nil {
			return s, fmt.Errorf("sentence %d: %w", i, err)
		}
		if span.Start < at {
			return s, fmt.Errorf("sentence %d starts at byte %d, inside the one before", i, span.Start)
		}
		at = span.End
		s.Units = append(s.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: span})
	}
	return s, nil
}

// MarshalJSON writes {"id","links","changes","left_out"}, and "orphans" when there
// are any; lists are never null.
func (r Result) MarshalJSON() ([]byte, error) {
	out := struct {
		ID      string   `json:"id"`
		Links   []Link   `json:"links"`
		Changes []Change `json:"changes"`
		LeftOut []int    `json:"left_out"`
		Orphans []Orphan `json:"orphans,omitempty"`
	}{r.ID, make([]Link, len(r.Links)), r.Changes, r.LeftOut, r.Orphans}
	for i, l := range r.Links {
		if l.From == nil {
			l.From = []int{}
		}
		out.Links[i] = l
	}
	if out.Changes == nil {
		out.Changes = []Change{}
	}
	if out.LeftOut == nil {
		out.LeftOut = []int{}
	}
	return json.Marshal(out)
}
