package doccano

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// Format is the name of this dialect.
const Format interchange.Format = "doccano"

type dialect struct{}

// New returns the dialect of doccano.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }

// origin is where a line is from; doccano keeps it as it is.
type origin struct {
	Article  string `json:"stet_article"`
	Key      string `json:"stet_key"`
	Sentence string `json:"stet_sentence"`
	Title    string `json:"stet_title"`
	URL      string `json:"stet_url"`
	Cuts     string `json:"stet_cuts"`
	About    string `json:"stet_about"`
	Packs    string `json:"stet"`
}

type entity struct {
	ID    int    `json:"id"`
	Start int    `json:"start_offset"`
	End   int    `json:"end_offset"`
	Label string `json:"label"`
}

type relation struct {
	ID   int    `json:"id"`
	From int    `json:"from_id"`
	To   int    `json:"to_id"`
	Type string `json:"type"`
}

type relationsLine struct {
	Text      string     `json:"text"`
	Entities  []entity   `json:"entities"`
	Relations []relation `json:"relations"`
	origin
}

type spansLine struct {
	Text  string   `json:"text"`
	Label [][3]any `json:"label"`
	origin
}

type classLine struct {
	Text  string   `json:"text"`
	Label []string `json:"label"`
	origin
}

// Write implements [interchange.Dialect].
func (d dialect) Write(e interchange.Export, o interchange.Options) (interchange.Written, error) {
	var losses foreign.Losses
	sheets, err := foreign.Prepare(&e, &losses)
	if err != nil {
		return interchange.Written{}, err
	}
	var ending string
	var lines func(*interchange.Sheet) ([]any, error)
	switch o.Shape {
	case "", "relations":
		ending, lines = ".doccano.jsonl", relations
	case "spans":
		ending, lines = ".doccano-seq.jsonl", spans
	case "class":
		ending, lines = ".doccano-class.jsonl", class
	default:
		return interchange.Written{}, fmt.Errorf("doccano: the shape %q is not one of relations, spans, class", o.Shape)
	}
	w := interchange.Written{Unit: annotations.UTF16}
	for _, s := range sheets {
		list, err := lines(s)
		if err != nil {
			return interchange.Written{}, fmt.Errorf("doccano: article %s: %w", s.Article().Name, err)
		}
		var buf bytes.Buffer
		for _, line := range list {
			b, err := foreign.Encode(line)
			if err != nil {
				return interchange.Written{}, err
			}
			buf.Write(foreign.ASCII(b))
			buf.WriteByte('\n')
		}
		w.Files = append(w.Files, foreign.Files(s, ending, buf.Bytes()))
		lost(s, o.Shape, &losses)
	}
	w.Losses = losses.List()
	w.Ranges, err = foreign.ReadBack(d, w.Files, sheets)
	return w, err
}

// lost counts what doccano does not show. All of it travels in the packs.
func lost(s *interchange.Sheet, shape string, losses *foreign.Losses) {
	const kept = "doccano has no place for them; kept in the member stet, which stet reads back"
	for _, u := range s.Article().Units {
		if s.Answer(u.ID).Open() {
			losses.Add(1, "sentences on which reviewers differ", "doccano knows one label; they have none, and the tags are kept in the member stet")
		}
		if _, ok := s.Ruling(u.ID); ok {
			losses.Add(1, "rulings", kept)
		}
		for _, v := range s.Voices(u.ID) {
			losses.Add(len(v.Attributions), "attributions", kept)
			losses.Add(len(v.Evidence), "uses of evidence", kept)
			losses.Add(len(v.Flags), "flags", kept)
			if v.Note != "" {
				losses.Add(1, "notes", kept)
			}
			if v.Verdict != "" {
				losses.Add(1, "verdicts", kept)
			}
			for _, l := range v.Links {
				if shape == "spans" || shape == "class" || !drawn(s, u.ID, l) {
					losses.Add(1, "links", "doccano cannot draw them here; kept in the member stet, which stet reads back")
				}
			}
		}
	}
}

// drawn reports whether a link can be a relation: both ends have a label.
func drawn(s *interchange.Sheet, from annotations.SentenceID, l annotations.Link) bool {
	return l.To.Article == s.Article().ID && s.Answer(from).Tag != "" && s.Answer(l.To.Sentence).Tag != ""
}

func originOf(s *interchange.Sheet) origin {
	a := s.Article()
	return origin{Article: a.Name, Key: a.ID.String(), Title: a.Title, URL: a.URL}
}

// packs is what was said of every sentence, one a line.
func packs(s *interchange.Sheet) (string, error) {
	var lines []string
	for _, u := range s.Article().Units {
		p, err := s.Pack(u.ID, "")
		if err != nil {
			return "", err
		}
		if p != "" {
			lines = append(lines, p)
		}
	}
	return strings.Join(lines, "\n"), nil
}

func relations(s *interchange.Sheet) ([]any, error) {
	line := relationsLine{Text: s.Article().Body, Entities: []entity{}, Relations: []relation{}, origin: originOf(s)}
	line.Cuts, line.About = s.Cuts(), s.About()
	for _, u := range s.Article().Units {
		a := s.Answer(u.ID)
		if a.Tag != "" {
			pair := s.Offsets().Pair(u.Span, annotations.UTF16)
			line.Entities = append(line.Entities, entity{int(u.ID), pair[0], pair[1], a.Tag})
		}
		for _, v := range s.Voices(u.ID) {
			for _, l := range v.Links {
				r := relation{len(line.Relations) + 1, int(u.ID), int(l.To.Sentence), string(l.Relation)}
				same := func(x relation) bool { return x.From == r.From && x.To == r.To && x.Type == r.Type }
				if drawn(s, u.ID, l) && !slices.ContainsFunc(line.Relations, same) {
					line.Relations = append(line.Relations, r)
				}
			}
		}
	}
	var err error
	line.Packs, err = packs(s)
	return []any{line}, err
}

func spans(s *interchange.Sheet) ([]any, error) {
	line := spansLine{Text: s.Article().Body, Label: [][3]any{}, origin: originOf(s)}
	line.Cuts, line.About = s.Cuts(), s.About()
	for _, u := range s.Article().Units {
		if a := s.Answer(u.ID); a.Tag != "" {
			pair := s.Offsets().Pair(u.Span, annotations.UTF16)
			line.Label = append(line.Label, [3]any{pair[0], pair[1], a.Tag})
		}
	}
	var err error
	line.Packs, err = packs(s)
	return []any{line}, err
}

func class(s *interchange.Sheet) ([]any, error) {
	var out []any
	for i, u := range s.Article().Units {
		line := classLine{Text: u.Span.In(s.Article().Body), Label: []string{}, origin: originOf(s)}
		line.Sentence = u.ID.String()
		if i == 0 {
			line.Cuts, line.About = s.Cuts(), s.About()
		}
		if a := s.Answer(u.ID); a.Tag != "" {
			line.Label = append(line.Label, a.Tag)
		}
		var err error
		if line.Packs, err = s.Pack(u.ID, ""); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, nil
}
