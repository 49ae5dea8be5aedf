package tui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/store"
	"stet.example/stet/tui/review"
)

// maxSuggest bounds the texts that suggestions are made for, in bytes.
const maxSuggest = 16 << 20

// advise makes what an article is shown with once it stands on the screen: what
// is proposed, unless that is in hand, what stands beside it, the evidence items of
// the store, and the sentences of other articles that links lead to.
func (l loader) advise(art *annotations.Article, inHand map[annotations.SentenceID]review.Suggestion, aims []annotations.Target) tea.Msg {
	d := review.Doc{Article: art, Suggested: inHand}
	if l.suggest && inHand == nil {
		d.Suggested, d.Quotations = suggestions(art)
	}
	err := l.beside(&d)
	items, wrong := l.evidence()
	away, lost := l.elsewhere(aims)
	return advised{
		article: art.ID, err: errors.Join(err, wrong, lost),
		advice: review.Advice{Suggested: d.Suggested, Quotations: d.Quotations, Beside: d.Beside, Evidence: items, Elsewhere: away},
	}
}

// elsewhere looks up sentences of other articles. What this store has not is there
// without a name.
func (l loader) elsewhere(aims []annotations.Target) (map[annotations.Target]review.Elsewhere, error) {
	out := make(map[annotations.Target]review.Elsewhere, len(aims))
	for _, t := range aims {
		e, err := l.sentence(t)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return out, err
		}
		out[t] = e
	}
	return out, nil
}

func (l loader) sentence(t annotations.Target) (review.Elsewhere, error) {
	sum, err := l.store.Summary(l.ctx, l.who, t.Article)
	if err != nil {
		return review.Elsewhere{}, err
	}
	e := review.Elsewhere{Name: sum.Name}
	table, err := l.store.Blob(l.ctx, sum.Table, 0, -1)
	if err != nil {
		return e, err
	}
	units, err := annotations.ParseTable([]byte(table))
	if err != nil {
		return e, err
	}
	i := slices.IndexFunc(units, func(u annotations.Sentence) bool { return u.ID == t.Sentence })
	if i < 0 {
		return e, nil
	}
	e.N = i + 1
	e.Words, err = l.store.Blob(l.ctx, sum.Text, units[i].Span.Start, units[i].Span.Len())
	return e, err
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
