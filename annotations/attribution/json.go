package attribution

import "stet.example/stet/annotations"

// Line is one object of the stream that "stet suggest --jsonl" writes. All
// offsets are bytes of the text, half open; sentences are numbered from 0.
type Line struct {
	ID           string            `json:"id"`
	Sentences    [][2]int          `json:"sentences"`
	Attributions []LineAttribution `json:"attributions"`
	Tags         []string          `json:"tags"`
	Counter      []Pair            `json:"counter"`
}

// LineAttribution is one attribution of a [Line].
type LineAttribution struct {
	Source  [][2]int `json:"source"`
	Cue     [][2]int `json:"cue"`
	Content [][2]int `json:"content"`
	Who     string   `json:"who,omitempty"`
	Kind    string   `json:"kind,omitempty"`
}

// Line makes of a result the object to write for the text with this id. No list
// in it is nil, so that none is written as null.
func (res Result) Line(id string) Line {
	out := Line{
		ID: id, Sentences: make([][2]int, 0, len(res.Units)), Tags: make([]string, 0, len(res.Tags)),
		Attributions: make([]LineAttribution, 0, len(res.Attributions)), Counter: append([]Pair{}, res.Counter...),
	}
	for _, u := range res.Units {
		out.Sentences = append(out.Sentences, [2]int{u.Span.Start, u.Span.End})
	}
	for _, a := range res.Attributions {
		out.Attributions = append(out.Attributions, LineAttribution{
			Source: offsets(a.Source), Cue: offsets(a.Cue), Content: offsets(a.Content), Who: a.Who, Kind: a.Kind,
		})
	}
	for _, t := range res.Tags {
		out.Tags = append(out.Tags, t.ID)
	}
	return out
}

func offsets(in []annotations.Span) [][2]int {
	out := make([][2]int, 0, len(in))
	for _, s := range in {
		out = append(out, [2]int{s.Start, s.End})
	}
	return out
}

// Units makes units of the spans that came with a text, in bytes.
func Units(spans [][2]int) []annotations.Sentence {
	out := make([]annotations.Sentence, 0, len(spans))
	for i, s := range spans {
		out = append(out, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: s[0], End: s[1]}})
	}
	return out
}
