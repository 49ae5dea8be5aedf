package audit

import (
	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/action"
)

// exampleOf is the ruling that an example would be made of: the one on this
// sentence, else the newest made here, where a tag stands after it.
func (s *Screen) exampleOf() *made {
	p := s.at.item().place
	if r, rev, ok := s.ruling(p); ok && s.tagOf(r, p) != "" && !s.blind() {
		return &made{p, r, rev}
	}
	if s.last != nil && s.tagOf(s.last.ruling, s.last.place) != "" {
		return s.last
	}
	return nil
}

// example copies a ruling as an example of the codebook. A store's codebooks are
// never edited: their hash is part of every annotation.
func (s *Screen) example() []action.Outcome {
	m := s.exampleOf()
	text := audit.ExampleTOML(annotations.Example{
		Text: s.doc.Figures.Text(m.place), Tag: s.tagOf(m.ruling, m.place), Rule: m.ruling.Rule, Why: m.ruling.Reason,
	})
	return []action.Outcome{
		action.CopyText{Text: text},
		action.Say{Words: "copied " + m.place.String() + " as TOML: paste it into your codebook file; stet codebook check FILE proves it"},
	}
}
