package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/tui/review"
)

// maxSuggest bounds the texts that suggestions are made for, in bytes.
const maxSuggest = 16 << 20

// advise makes what an article is shown with once it stands on the screen: what
// is proposed, unless that is in hand, what stands beside it, and the evidence
// items of the store.
func (l loader) advise(art *annotations.Article, inHand map[annotations.SentenceID]review.Suggestion) tea.Msg {
	d := review.Doc{Article: art, Suggested: inHand}
	if l.suggest && inHand == nil {
		d.Suggested, d.Quotations = suggestions(art)
	}
	err := l.beside(&d)
	items, wrong := l.evidence()
	return advised{
		article: art.ID, err: errors.Join(err, wrong),
		advice: review.Advice{Suggested: d.Suggested, Quotations: d.Quotations, Beside: d.Beside, Evidence: items},
	}
}

// evidence reads all items of the store.
func (l loader) evidence() (map[annotations.EvidenceID]annotations.Evidence, error) {
	const page = 5000
	out := map[annotations.EvidenceID]annotations.Evidence{}
	for after := (annotations.EvidenceID{}); ; {
		items, err := l.store.Evidence(l.ctx, after, page)
		if err != nil {
			return out, err
		}
		for _, e := range items {
			out[e.ID], after = e, e.ID
		}
		if len(items) < page {
			return out, nil
		}
	}
}

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
