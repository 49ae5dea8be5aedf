package tui

import (
	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/tui/review"
)

// maxSuggest bounds the texts that suggestions are made for at opening, in bytes:
// a reader must not wait for them.
const maxSuggest = 2 << 20

// suggestions are what is proposed for an article's sentences, and where its
// quotations are.
func suggestions(a *annotations.Article) (map[annotations.SentenceID]review.Suggestion, []annotations.Span) {
	if len(a.Body) > maxSuggest {
		return map[annotations.SentenceID]review.Suggestion{}, nil
	}
	r := attribution.Suggest(a.Body, a.Units, attribution.Options{Lang: a.Language})
	advice := r.Suggestions(a.Body)
	out := make(map[annotations.SentenceID]review.Suggestion, len(a.Units))
	for i, t := range advice {
		if t.Tag == "" || i >= len(a.Units) || !a.Units[i].Kind.Required() {
			continue // it has no idea
		}
		s := review.Suggestion{Tag: t.Tag, Rule: t.Rule, Words: t.Cues}
		switch {
		case t.Tag == "contested" && t.Partner >= 0 && t.Partner < len(a.Units):
			s.Partner = a.Units[t.Partner].ID
		case t.Tag == "contested" && t.Rule == "C-a":
			s.Inside = true
		}
		for _, n := range t.Counter {
			if n >= 0 && n < len(a.Units) {
				s.Rivals = append(s.Rivals, a.Units[n].ID)
			}
		}
		out[a.Units[i].ID] = s
	}
	for _, at := range r.Attributions {
		if at.Unit < 0 || at.Unit >= len(a.Units) {
			continue
		}
		id := a.Units[at.Unit].ID
		s, ok := out[id]
		if !ok {
			continue
		}
		name := at.Who
		if name == "" && len(at.Source) > 0 {
			name = at.Source[0].In(a.Body)
		}
		s.Attributions = append(s.Attributions, annotations.Attribution{Source: at.Source, Cue: at.Cue, Content: at.Content, Name: name, Kind: at.Kind})
		out[id] = s
	}
	var quotes []annotations.Span
	for _, q := range r.Quotations {
		quotes = append(quotes, q.Span)
	}
	return out, quotes
}
