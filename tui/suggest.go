package tui

import (
	"errors"
	"slices"
	"strings"

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

// suggestAround reads what stands around a sentence of a long article, which is there long
// before the whole is.
func suggestAround(art *annotations.Article, at annotations.SentenceID) tea.Msg {
	out := advised{article: art.ID, advice: review.Advice{Suggested: map[annotations.SentenceID]review.Suggestion{}, Partial: true}}
	if len(art.Body) > maxSuggest {
		return out
	}
	from := max(art.Index(at)-partUnits/8, 0)
	out.advice.Quotations = suggestPart(art, from, min(from+partUnits/4, len(art.Units)), out.advice.Suggested)
	return out
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
	i := annotations.IndexOf(units, t.Sentence)
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

// partUnits is how many sentences are read at once for suggestions: more than all but
// books have. Of a longer text the parts are read one after the other, so that it
// takes little more memory than a part does; a voice is not carried over from one to
// the next, and counter-claims are looked for within each.
const partUnits = 4000

// suggestions are what is proposed for an article's sentences, and where its
// quotations are.
func suggestions(a *annotations.Article) (map[annotations.SentenceID]review.Suggestion, []annotations.Span) {
	out := map[annotations.SentenceID]review.Suggestion{}
	if len(a.Body) > maxSuggest {
		return out, nil
	}
	var quotes []annotations.Span
	for from := 0; from < len(a.Units); {
		to := partEnd(a.Units, from)
		quotes = append(quotes, suggestPart(a, from, to, out)...)
		from = to
	}
	return out, quotes
}

// partEnd is where the part ends that begins with unit from: before a paragraph, if
// one begins in its last quarter.
func partEnd(units []annotations.Sentence, from int) int {
	end := from + partUnits
	if end >= len(units) {
		return len(units)
	}
	for i := end; i > end-partUnits/4; i-- {
		if units[i].Paragraph != units[i-1].Paragraph {
			return i
		}
	}
	return end
}

// suggestPart adds what is proposed for some units of an article, read by themselves,
// and gives the quotations there.
func suggestPart(a *annotations.Article, from, to int, out map[annotations.SentenceID]review.Suggestion) []annotations.Span {
	units := slices.Clone(a.Units[from:to])
	base := units[0].Span.Start
	text := a.Body[base:units[len(units)-1].Span.End]
	for i := range units {
		units[i].Span = shift(units[i].Span, -base)
	}
	r := attribution.Suggest(text, units, attribution.Options{Lang: a.Language})
	for i, t := range r.Suggestions(text) {
		if t.Tag == "" || i >= len(units) || !units[i].Kind.Required() {
			continue // it has no idea
		}
		s := review.Suggestion{Tag: t.Tag, Rule: t.Rule, Words: shifted(t.Cues, base)}
		switch {
		case t.Tag == "contested" && t.Partner >= 0 && t.Partner < len(units):
			s.Partner = units[t.Partner].ID
		case t.Tag == "contested" && t.Rule == "C-a":
			s.Inside = true
		}
		for _, n := range t.Counter {
			if n >= 0 && n < len(units) {
				s.Rivals = append(s.Rivals, units[n].ID)
			}
		}
		out[units[i].ID] = s
	}
	for _, at := range r.Attributions {
		if at.Unit < 0 || at.Unit >= len(units) {
			continue
		}
		id := units[at.Unit].ID
		s, ok := out[id]
		if !ok {
			continue
		}
		name := at.Who
		if name == "" && len(at.Source) > 0 {
			name = at.Source[0].In(text)
		}
		s.Attributions = append(s.Attributions, annotations.Attribution{
			Source: shifted(at.Source, base), Cue: shifted(at.Cue, base), Content: shifted(at.Content, base), Name: strings.Clone(name), Kind: at.Kind,
		})
		out[id] = s
	}
	var quotes []annotations.Span
	for _, q := range r.Quotations {
		quotes = append(quotes, shift(q.Span, base))
	}
	return quotes
}

// shifted moves spans by so many bytes, in lists of their own.
func shifted(list []annotations.Span, by int) []annotations.Span {
	out := slices.Clone(list)
	for i := range out {
		out[i] = shift(out[i], by)
	}
	return out
}

func shift(s annotations.Span, by int) annotations.Span {
	return annotations.Span{Start: s.Start + by, End: s.End + by}
}
