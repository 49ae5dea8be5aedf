package attribution

import (
	"slices"

	"stet.example/stet/annotations"
)

// Suggestion is what a screen shows beside one unit.
type Suggestion struct {
	Tag        string             // ID of a codebook tag; "" when there is no idea, and then nothing is to be shown
	Rule       string             // ID of the codebook rule that decided
	Confidence float64            // share of tags like this one that were right when measured, 0 to 1
	Cues       []annotations.Span // the words that led to it, bytes of the text
	Sources    []Source           // who is named, in order, each once
	Partner    int                // for contested: index of the other unit, -1 for none
	Counter    []int              // units that may speak against this one, in order
}

// Source is one who vouches, as named in a unit.
type Source struct {
	Span annotations.Span // bytes of the text; empty when the source is carried over from another unit
	Who  string           // the source resolved, or its words
	Kind string           // ID of a codebook source kind; "" when not known
}

// sure is the confidence below which nothing is suggested.
const sure = 0.6

// Advise reads a text and gives one suggestion for each of its units: the call a
// screen makes when it opens an article. With no units given the text is cut by
// package segment; lang is a BCP 47 tag, empty to detect it.
func Advise(text string, units []annotations.Sentence, lang string) []Suggestion {
	return Suggest(text, units, Options{Lang: lang}).Suggestions(text)
}

// Suggestions gives one suggestion for each unit of a result, from the text that
// the result was made of.
func (res Result) Suggestions(text string) []Suggestion {
	out := make([]Suggestion, len(res.Units))
	for u, t := range res.Tags {
		out[u] = Suggestion{Tag: t.ID, Rule: t.Rule, Confidence: t.Confidence, Cues: t.Words, Partner: t.Partner}
		if t.Confidence < sure {
			out[u] = Suggestion{Confidence: t.Confidence, Partner: -1}
		}
	}
	for i := range res.Attributions {
		a := &res.Attributions[i]
		if len(a.Source) > 0 || a.Who != "" {
			out[a.Unit].name(text, res.Units[a.Unit].Span, a)
		}
	}
	for i := range res.Thoughts {
		a := &res.Thoughts[i]
		out[a.Unit].name(text, res.Units[a.Unit].Span, a)
	}
	for u, n := range res.carried {
		if n >= 0 && n < len(res.Attributions) && len(out[u].Sources) == 0 && out[u].Rule != "X-1" { // nobody vouches for a question
			out[u].name(text, res.Units[u].Span, &res.Attributions[n])
		}
	}
	for _, p := range res.Counter {
		out[p[0]].Counter = append(out[p[0]].Counter, p[1])
		out[p[1]].Counter = append(out[p[1]].Counter, p[0])
	}
	for u := range out {
		slices.Sort(out[u].Counter)
	}
	return out
}

// name adds the source of an attribution, if it is not there yet. A suggestion
// without a tag names nobody.
func (s *Suggestion) name(text string, unit annotations.Span, a *Attribution) {
	if s.Tag == "" {
		return
	}
	src := Source{Who: a.Who, Kind: a.Kind}
	if len(a.Source) > 0 {
		if src.Who == "" {
			src.Who = a.Source[0].In(text)
		}
		if a.Source[0].Start >= unit.Start && a.Source[0].End <= unit.End {
			src.Span = a.Source[0]
		}
	}
	for _, have := range s.Sources {
		if have.Who == src.Who {
			return
		}
	}
	s.Sources = append(s.Sources, src)
}

// frameConfidence is, for each frame, the share of units found by it that name a
// voucher, without and with quoted words.
var frameConfidence = [...][2]float64{
	FramePreposed: {0.95, 0.99}, FramePostposed: {0.98, 0.99}, FrameInverted: {0.99, 0.99}, FrameAccording: {0.98, 0.99},
	FrameCiting: {0.95, 0.99}, FrameColon: {0.81, 0.95}, FrameParticiple: {0.92, 0.99}, FramePassive: {0.88, 0.95}, FrameCarried: {0.8, 0.9},
}

// actsConfidence is the same for somebody who does something that is no saying before a colon: in the passages that were
// read most of them answer the voice before, whether that is found or not.
const actsConfidence = 0.5

// confidenceOf is the greatest confidence of the attributions own.
func (r *reader) confidenceOf(own []int) float64 {
	c := 0.0
	for _, n := range own {
		f := &r.found[n]
		q := 0
		if f.quoted {
			q = 1
		}
		if f.acts || r.lex.verbSecond && r.deniedInPerfect(f) { // of what is denied the voice was not found
			c = max(c, actsConfidence)
			continue
		}
		c = max(c, frameConfidence[f.frame][q])
	}
	return c
}

// silence is how sure it is that nobody vouches for unit u: not sure at all when
// its words are quoted or hold a verb of saying that was not understood.
func (r *reader) silence(u int) float64 {
	if r.lex == neutral {
		return 0
	}
	c := 0.94
	for i := r.claim[u]; i < r.end(u); i++ {
		t := &r.tokens[i]
		switch {
		case t.quote >= 0:
			return 0.2
		case t.is(saying):
			return 0.37
		case t.is(reporting | verbMind):
			c = min(c, 0.48)
		case t.is(speechNoun):
			c = min(c, 0.82)
		}
	}
	return c
}
