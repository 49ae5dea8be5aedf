package attribution

import (
	"slices"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// run is a half-open range of tokens.
type run struct{ lo, hi int }

func (s run) empty() bool { return s.hi <= s.lo }

// found is an attribution while it is being read, in tokens.
type found struct {
	source  run
	cue     run
	far     run // the rest of the cue: a particle, or the auxiliary of a participle
	content []run
	frame   Frame
	unit    int
	verb    trait // traits of the cue verb
	asWho   bool  // the source is a relative pronoun
	quoted  bool  // the content holds quoted words
	heard   bool  // in a court or the like, from nobody who is named
	more    bool  // the second clause of one voice, with a word of contrast in it
	acts    bool  // somebody does something that is no saying, before a colon
	colon   bool  // the cue ends its unit with a colon: what comes next is content
	who     string
	kind    string
	from    int // index of the attribution that it is carried over from, -1 for none
}

// reader holds a text while it is read.
type reader struct {
	text       string
	lex        *lexicon
	tokens     []token
	units      []annotations.Sentence
	ranges     []run // tokens of each unit
	claim      []int // first token of each unit behind its dateline
	from       []int // where reading of each unit begins: before claim where it was cut from the one before
	para       []int // paragraph of each unit
	paras      []run // units of each paragraph
	quotations []Quotation
	first      []int // first token of each quotation
	last       []int // last token of each quotation
	found      []found
	thoughts   []found        // what somebody thinks: apart from what is said
	shown      []int          // index of each attribution found among those given out, -1 for none
	byUnit     [][]int        // attributions of each unit
	reach      []int          // for each unit the attribution of another that reaches into it, or -1
	works      [][]found      // works cited in brackets, by unit; nil where there are none
	carried    []found        // by the mood of the verb
	lastUnit   int            // of the last of them
	firstNamed map[string]int // one more than the first token of each capitalised word; nil until asked for
}

// neutral has no words: quotations only.
var neutral = &lexicon{code: "und", index: map[string]uint16{}, words: make([]word, 1), persons: &persons{}}

func newReader(text string, units []annotations.Sentence, lang string) *reader {
	lex := lexiconFor(lang)
	if lex == nil {
		lex = neutral
	}
	r := &reader{text: text, lex: lex, units: fit(text, units)}
	l := lexer{text: text, lex: lex, out: make([]token, 0, len(text)/4)}
	for i := range r.units {
		u := &r.units[i]
		lo := len(l.out)
		l.tokenize(u.Span.Start, u.Span.End)
		r.ranges = append(r.ranges, run{lo, len(l.out)})
		c := lo
		for c < len(l.out) && int(l.out[c].start) < u.Span.Start+u.Dateline {
			c++
		}
		if c == lo && (i == 0 || strings.IndexByte(text[r.units[i-1].Span.End:u.Span.Start], '\n') >= 0) {
			c = clock(text, l.out, dateline(text, l.out, lo))
		}
		if c == lo {
			c = doubleLabel(l.out, lo)
		}
		if c == 0 && i == 0 {
			c = townline(text, l.out)
		}
		r.claim = append(r.claim, min(c, len(l.out)))
	}
	r.tokens = l.out
	r.joinHyphens()
	r.joinPlaces()
	r.namesLikeWords()
	r.paragraphs()
	q := quoter{text: text, tokens: r.tokens}
	spans := make([][2]int, len(r.paras))
	for i, p := range r.paras {
		spans[i] = [2]int{r.ranges[p.lo].lo, r.ranges[p.hi-1].hi}
	}
	q.run(spans)
	r.quotations = q.out
	r.index()
	r.joinCut()
	return r
}

// fit clips units to the text and to rune borders, and drops what is not in order.
func fit(text string, units []annotations.Sentence) []annotations.Sentence {
	out := slices.Clone(units)
	end := 0
	for i := range out {
		s := &out[i].Span
		s.Start = border(text, min(max(s.Start, end), len(text)))
		s.End = border(text, min(max(s.End, s.Start), len(text)))
		out[i].Dateline = min(max(out[i].Dateline, 0), s.Len())
		end = s.End
	}
	return out
}

// border moves i forward to the next rune border.
func border(text string, i int) int {
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

// paragraphs counts: a line break between two units starts a new one.
func (r *reader) paragraphs() {
	n := -1
	for i := range r.units {
		if i == 0 || strings.IndexByte(r.text[r.units[i-1].Span.End:r.units[i].Span.Start], '\n') >= 0 {
			n++
			r.paras = append(r.paras, run{i, i})
		}
		r.para = append(r.para, n)
		r.paras[n].hi = i + 1
	}
}

// index notes the tokens of each quotation.
func (r *reader) index() {
	r.first = make([]int, len(r.quotations))
	r.last = make([]int, len(r.quotations))
	for i := range r.first {
		r.first[i] = -1
	}
	for i := range r.tokens {
		if q := r.tokens[i].quote; q >= 0 {
			if r.first[q] < 0 {
				r.first[q] = i
			}
			r.last[q] = i
		}
	}
}

// joinCut lets a unit be read from the beginning of the one before where a
// splitter has cut a sentence in two ("Sen. Anna Berg (D-Vt.)" / "said …").
func (r *reader) joinCut() {
	r.from = slices.Clone(r.claim)
	for u := 1; u < len(r.units); u++ {
		lo, before := r.claim[u], r.ranges[u-1]
		if lo >= r.ranges[u].hi || before.empty() || r.para[u] != r.para[u-1] || lo-r.from[u-1] > maxUnit/4 {
			continue
		}
		first, last := &r.tokens[lo], &r.tokens[before.hi-1]
		if last.kind == closing && (first.kind == comma || first.word() && !first.capital && !first.digit) ||
			last.is(title) && first.capital && before.hi-before.lo < 4 {
			r.from[u] = r.from[u-1]
		}
	}
}

// maxUnit is how many tokens of a unit are read. No sentence is that long; the
// bound keeps time linear in a text without stops.
const maxUnit = 600

// end is the token behind what is read of unit u.
func (r *reader) end(u int) int { return min(r.ranges[u].hi, r.claim[u]+maxUnit) }

// at is token i, or a stop where there is none.
func (r *reader) at(i int) *token {
	if i < 0 || i >= len(r.tokens) {
		return &edge
	}
	return &r.tokens[i]
}

var edge = token{kind: stop, quote: -1}

// span is the bytes of a run of tokens.
func (r *reader) span(s run) annotations.Span {
	return annotations.Span{Start: int(r.tokens[s.lo].start), End: int(r.tokens[s.hi-1].end)}
}

func (r *reader) word(i int) string {
	t := r.at(i)
	return r.text[t.start:t.end]
}

// quotedIn reports whether a run holds quoted words.
func (r *reader) quotedIn(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].quote >= 0 {
			return true
		}
	}
	return false
}

// attributions turns what was found into spans.
func (r *reader) attributions() []Attribution {
	out := make([]Attribution, 0, len(r.found))
	r.shown = make([]int, len(r.found))
	for i := range r.found {
		f := &r.found[i]
		a := Attribution{Who: f.who, Kind: f.kind, Frame: f.frame, Unit: f.unit}
		if !f.source.empty() {
			a.Source = []annotations.Span{r.span(r.credited(i))}
		}
		if !r.tellsAll(f) {
			a.Cue = r.cueSpans(f)
		}
		for _, c := range f.content {
			if !c.empty() {
				a.Content = append(a.Content, r.span(c))
			}
		}
		slices.SortFunc(a.Content, func(x, y annotations.Span) int { return x.Start - y.Start })
		a.Content = disjoint(a.Content)
		r.shown[i] = -1
		if len(a.Source)+len(a.Cue)+len(a.Content) > 0 {
			r.shown[i] = len(out)
			out = append(out, a)
		}
	}
	return out
}

// disjoint joins spans that overlap.
func disjoint(in []annotations.Span) []annotations.Span {
	out := in[:0]
	for _, s := range in {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// cueSpans are the pieces of a cue.
func (r *reader) cueSpans(f *found) []annotations.Span {
	var out []annotations.Span
	for _, s := range []run{f.cue, f.far} {
		if !s.empty() {
			out = append(out, r.span(s))
		}
	}
	slices.SortFunc(out, func(x, y annotations.Span) int { return x.Start - y.Start })
	return out
}

// tellsAll reports whether the cue is a part of what is told: the object of a
// German verb is a noun, and no words are left for a cue ("X fordert Q").
func (r *reader) tellsAll(f *found) bool {
	if !r.lex.verbSecond || f.cue.empty() {
		return false
	}
	for _, c := range f.content {
		if c.lo <= f.cue.lo && f.cue.hi <= c.hi {
			return true
		}
	}
	return false
}
