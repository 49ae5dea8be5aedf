package tui

import (
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/annotations/segment"
	"stet.example/stet/tui/review"
)

// What is read of an article around the sentences that are asked for. Who "he" is may
// have been named long before, and what speaks against a sentence stands up to thirty
// away, on both sides: so each part is read with a margin, and what is proposed for
// the margin is dropped. Margins end with a paragraph where one does not go on for long,
// because quotation marks are paired in paragraphs.
const (
	marginBefore = 400 // sentences
	marginAfter  = 40
	marginMore   = 100 // to the border of a paragraph, at most
	// maxPart bounds what is read at once, in bytes. It is no article's: so much in so
	// few sentences is no prose, and nothing is proposed for it.
	maxPart = 16 << 20
)

// margins are the places around a part that are read with it.
func margins(a annotations.Text, from, to int) (lo, hi int) {
	border := func(i int) bool { return a.Unit(i).Paragraph != a.Unit(i-1).Paragraph }
	lo = max(from-marginBefore, 0)
	for at := lo; at > max(lo-marginMore, 0); at-- {
		if border(at) {
			lo = at
			break
		}
	}
	if lo <= marginMore {
		lo = 0
	}
	hi = min(to+marginAfter, a.Len())
	for at := hi; at < min(hi+marginMore, a.Len()); at++ {
		if border(at) {
			hi = at
			break
		}
	}
	return lo, hi
}

// sampled is how much of a text is looked at to tell its language, in bytes: three
// pieces where it is longer, so that a preface in another language does not decide.
const sampled = 48 << 10

// languageOf is the language that an article is read in.
func languageOf(a annotations.Text) string {
	if lang := a.About().Language; lang != "" {
		return lang
	}
	size := a.Unit(a.Len() - 1).Span.End
	if size <= sampled {
		return segment.Detect(a.In(annotations.Span{End: size}))
	}
	var b strings.Builder
	for _, at := range []int{0, size / 2, size - sampled/3} {
		piece := a.In(annotations.Span{Start: at, End: at + sampled/3})
		b.WriteString(strings.ToValidUTF8(piece, "")) // a letter may be cut at either end
		b.WriteByte('\n')
	}
	return segment.Detect(b.String())
}

// part is some units of an article with what was found in them and around them.
type part struct {
	attribution.Result
	text     string // that the spans of the result are of
	units    []annotations.Sentence
	base     int // byte of the article where text begins
	from, to int // the units of the part, of those that were read
	first    int // place of the first that was read
}

// readPart reads the units from ≤ i < to of an article, with what stands around them.
func readPart(a annotations.Text, from, to int) part {
	lo, hi := margins(a, from, to)
	p := part{units: make([]annotations.Sentence, hi-lo), from: from - lo, to: to - lo, first: lo}
	for i := range p.units {
		p.units[i] = a.Unit(lo + i)
	}
	near := annotations.Span{Start: p.units[0].Span.Start, End: p.units[len(p.units)-1].Span.End}
	if p.base = near.Start; near.Len() <= maxPart {
		p.text = a.In(near)
	}
	if p.text == "" {
		return part{units: p.units, from: p.from, to: p.to, first: lo}
	}
	for i := range p.units {
		p.units[i].Span = shift(p.units[i].Span, -p.base)
	}
	p.Result = attribution.Suggest(p.text, p.units, attribution.Options{Lang: languageOf(a)})
	return p
}

// suggestPart is what is proposed for some units of an article, with an empty
// suggestion where there is no idea, and the quotations among them.
func suggestPart(a annotations.Text, from, to int) (map[annotations.SentenceID]review.Suggestion, []annotations.Span) {
	p := readPart(a, from, to)
	out := make(map[annotations.SentenceID]review.Suggestion, to-from)
	for _, u := range p.units[p.from:p.to] {
		out[u.ID] = review.Suggestion{}
	}
	list := p.Suggestions(p.text)
	for i := range list {
		if t := &list[i]; i >= p.from && i < p.to && t.Tag != "" && p.units[i].Kind.Required() {
			out[p.units[i].ID] = p.suggestion(t)
		}
	}
	for _, at := range p.Voices() {
		if at.Unit < p.from || at.Unit >= p.to {
			continue
		}
		id := p.units[at.Unit].ID
		s := out[id]
		if s.Tag == "" {
			continue
		}
		name := at.Who
		if name == "" && len(at.Source) > 0 {
			name = at.Source[0].In(p.text)
		}
		s.Attributions = append(s.Attributions, annotations.Attribution{
			Source: shifted(at.Source, p.base), Cue: shifted(at.Cue, p.base), Content: shifted(at.Content, p.base), Name: strings.Clone(name), Kind: at.Kind,
		})
		out[id] = s
	}
	p.carried(list, out)
	var quotes []annotations.Span
	near := annotations.Span{Start: a.Unit(from).Span.Start, End: a.Unit(to - 1).Span.End}
	for _, q := range p.Quotations {
		if at := shift(q.Span, p.base); at.Start < near.End && at.End > near.Start {
			quotes = append(quotes, at)
		}
	}
	return out, quotes
}

// carried names who vouches for a sentence in which nobody is named, because a voice goes
// on from the one before. No words are marked: there are none.
func (p *part) carried(list []attribution.Suggestion, out map[annotations.SentenceID]review.Suggestion) {
	for i := range list {
		t := &list[i]
		if i < p.from || i >= p.to || t.Rule != "S-2" || len(t.Sources) == 0 {
			continue
		}
		s := out[p.units[i].ID]
		if s.Tag == "" || len(s.Attributions) > 0 {
			continue
		}
		for _, src := range t.Sources {
			s.Attributions = append(s.Attributions, annotations.Attribution{Name: strings.Clone(src.Who), Kind: src.Kind})
		}
		out[p.units[i].ID] = s
	}
}

// suggestion is what the screen shows of one that was found.
func (p *part) suggestion(t *attribution.Suggestion) review.Suggestion {
	s := review.Suggestion{Tag: t.Tag, Rule: t.Rule, Words: shifted(t.Cues, p.base)}
	switch {
	case t.Tag == "contested" && t.Partner >= 0 && t.Partner < len(p.units):
		s.Partner = p.units[t.Partner].ID
	case t.Tag == "contested" && t.Rule == "C-a":
		s.Inside = true
	}
	for _, n := range t.Counter {
		if n >= 0 && n < len(p.units) {
			s.Rivals = append(s.Rivals, p.units[n].ID)
		}
	}
	return s
}

// scanUnits is how many sentences are read at once where all of an article are.
const scanUnits = 4000

// urgent is a sentence that needs a look first.
type urgent struct {
	at        int // its place
	contested bool
}

// urgentPart lists what needs a look first in the part of an article that begins with
// a place, and where the next part begins. What the codebook has no tag for is not
// proposed, and asks for no look.
func urgentPart(a annotations.Text, book *annotations.Codebook, from int) (out []urgent, next int) {
	next = min(from+scanUnits, a.Len())
	p := readPart(a, from, next)
	for i, t := range p.Suggestions(p.text) {
		s := review.Suggestion{Tag: t.Tag, Rule: t.Rule}
		if i >= p.from && i < p.to && p.units[i].Kind.Required() && s.Urgent() && book.Tag(t.Tag) != nil {
			out = append(out, urgent{p.first + i, t.Tag == "contested"})
		}
	}
	return out, next
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
