package attribution

import (
	"slices"

	"stet.example/stet/annotations"
)

// The IDs of the built-in codebook's tags.
const (
	sourcedTag    = "sourced"
	contestedTag  = "contested"
	contextualTag = "contextual"
)

// contestedConfidence is the share of contested tags that a reader of the made-up
// passages and of the seed articles agreed with.
const contestedConfidence = 0.7

// tags decides every unit in the order of the codebook: contested before sourced
// before contextual.
func (r *reader) tags() ([]Tag, []claim, []int) {
	topics := make([]topic, len(r.units))
	r.byUnit = make([][]int, len(r.units))
	for n := range r.found {
		r.byUnit[r.found[n].unit] = append(r.byUnit[r.found[n].unit], n)
	}
	for u := range r.units {
		topics[u] = r.topicOf(u)
	}
	r.reach = r.carriers()
	carried := slices.Clone(r.reach)
	out := make([]Tag, len(r.units))
	for u := range r.units {
		out[u] = r.tag(u, carried[u], topics)
	}
	claims := r.claims(carried, out)
	for u, n := range carried {
		if n >= 0 {
			carried[u] = r.shown[n]
		}
	}
	return out, claims, carried
}

// carriers is, for each unit, the attribution of another unit whose content
// reaches into it, -1 for none.
func (r *reader) carriers() []int {
	out := make([]int, len(r.units))
	for u := range out {
		out[u] = -1
	}
	for n := range r.found {
		f := &r.found[n]
		for _, c := range f.content {
			u := f.unit
			for u > 0 && r.ranges[u].lo > c.lo {
				u--
			}
			for ; u < len(out) && r.ranges[u].lo < c.hi; u++ {
				if u != f.unit && r.ranges[u].hi > c.lo && out[u] < 0 {
					out[u] = n
				}
			}
		}
	}
	return out
}

func (r *reader) tag(u, carrier int, topics []topic) Tag {
	var own []int
	for _, n := range r.byUnit[u] {
		if r.vouches(n) {
			own = append(own, n)
		}
	}
	if c, ok := r.contested(u, own, topics); ok {
		return Tag{ID: contestedTag, Rule: c.rule, Words: c.words, Partner: c.partner, Confidence: contestedConfidence}
	}
	if len(own) > 0 && !(len(own) == 1 && r.found[own[0]].frame == FrameColon && r.word(r.ranges[u].hi-1) == "?") { // "Q: Were you there?"
		t := Tag{ID: sourcedTag, Rule: "S-1", Partner: -1, Confidence: r.confidenceOf(own)}
		for _, n := range own {
			if f := &r.found[n]; !f.cue.empty() {
				t.Words = append(t.Words, r.span(f.cue))
			}
		}
		t.Words = apart(t.Words)
		return t
	}
	if carrier >= 0 && r.vouches(carrier) && r.onlyAsks(u) {
		return Tag{ID: contextualTag, Rule: "X-1", Partner: -1, Confidence: 0.97} // a question within somebody's words
	}
	if carrier >= 0 && r.vouches(carrier) {
		t := Tag{ID: sourcedTag, Rule: "S-2", Partner: -1, Confidence: 0.97}
		if f := &r.found[carrier]; !f.cue.empty() {
			t.Words = []annotations.Span{r.span(f.cue)}
		}
		return t
	}
	if t, ok := r.thinker(u); ok {
		return t
	}
	if t, ok := r.goesOnWith(u); ok {
		return t
	}
	if r.asserts(u) {
		return Tag{ID: contextualTag, Rule: "X-2", Partner: -1, Confidence: r.silence(u)}
	}
	return Tag{ID: contextualTag, Rule: "X-1", Partner: -1, Confidence: min(0.9, r.silence(u))}
}

// goesOnWith is the tag of a unit that goes on with what the unit before it in the paragraph was
// told by somebody: "That includes two children".
func (r *reader) goesOnWith(u int) (Tag, bool) {
	lo := r.claim[u]
	if u == 0 || r.para[u] != r.para[u-1] || lo >= r.ranges[u].hi {
		return Tag{}, false
	}
	p, n := r.phraseAt(lo, r.ranges[u].hi)
	for ; r.lex.verbSecond && lo+1 < r.end(u) && r.tokens[lo].word() && r.tokens[lo].quote < 0 && (n == 0 || p.use != useCarries); p, n = r.phraseAt(lo, r.ranges[u].hi) {
		lo++ // "Die Partei liegt demnach vorn"
	}
	if n == 0 || p.use != useCarries {
		return Tag{}, false
	}
	for _, k := range r.byUnit[u-1] {
		if r.vouches(k) {
			return Tag{ID: sourcedTag, Rule: "S-2", Words: []annotations.Span{r.span(run{lo, lo + n})}, Partner: -1, Confidence: anaphorConfidence}, true
		}
	}
	return Tag{}, false
}

// anaphorConfidence is put as low as that of a contrast: of two careful readers of the seed
// articles one took "That includes P" for sourced, the other for the outlet's own.
const anaphorConfidence = 0.7

// vouches reports whether an attribution stands at main-clause level and tells
// what somebody said, not only what they did by saying it.
func (r *reader) vouches(n int) bool {
	f := &r.found[n]
	if f.asWho && !f.quoted || f.source.empty() && f.from < 0 && f.frame != FrameCarried && !f.heard && !r.itGoesOn(f) {
		return false
	}
	switch f.kind {
	case "document", "data", "image", "video":
		return true
	}
	if (f.frame == FramePostposed || r.lex.verbSecond && f.frame == FrameInverted) && f.verb&verbObject != 0 || r.refuses(n) {
		return !r.refuses(n) // "P, the office estimated"
	}
	if r.lex.verbSecond && !f.cue.empty() && r.holdsHint(f.cue, deems) {
		return true // "hält das für falsch"
	}
	return f.quoted || f.verb&(verbObject|verbWill) == 0 || f.verb&saying != 0 || !f.cue.empty() && r.holdsHint(f.cue, states) || r.judges(f)
}

// itGoesOn reports whether "hieß es" goes on with what a voice in the unit before said, in the same
// paragraph.
func (r *reader) itGoesOn(f *found) bool {
	u := f.unit
	if f.cue.empty() || !r.holdsHint(f.cue, expletive) || u == 0 || r.para[u] != r.para[u-1] {
		return false
	}
	for _, n := range r.byUnit[u-1] {
		if !r.found[n].source.empty() && r.vouches(n) {
			return true
		}
	}
	return r.reach[u-1] >= 0
}

// refuses reports whether attribution n only tells that somebody would not talk, or why: "Neither side would
// discuss the plan", "has refused to comment, citing the trial".
func (r *reader) refuses(n int) bool {
	f := &r.found[n]
	if f.quoted || f.cue.empty() || r.lex.verbSecond {
		return false
	}
	if f.frame == FrameParticiple {
		return n > 0 && r.found[n-1].unit == f.unit && r.found[n-1].source == f.source && r.holdsHint(r.found[n-1].cue, evades) && !r.found[n-1].quoted
	}
	if r.holds(f.cue, negative) && r.tokens[f.cue.hi-1].has(plain) && r.holds(f.cue, modal) && len(f.content) > 0 && r.asksIn(f.content[0]) {
		return true // "would not say whether P"
	}
	if t := r.at(f.source.lo); !f.source.empty() && t.is(negative) && f.source.hi-f.source.lo <= 3 && f.verb&verbDoc == 0 {
		return true // "No group has claimed P"
	}
	talks := f.cue.hi - 1
	for talks > f.cue.lo && !r.tokens[talks].has(evaded) {
		talks-- // "has not commented on"
	}
	if !r.tokens[talks].has(evaded) || r.tokens[talks].has(plain) || !r.holds(f.cue, negative) && !r.holds(run{f.source.lo, min(f.source.hi, f.source.lo+1)}, negative) {
		return false
	}
	return len(f.content) == 0 || !r.asksIn(f.content[0])
}

// judges reports whether somebody takes a stand on something in words of their own,
// without a clause: "The coach defended the decision", "Farm groups criticised the tax".
func (r *reader) judges(f *found) bool {
	if f.verb&verbWill != 0 && r.holdsHint(f.cue, evades) {
		return false // "declined to say who would pay" vouches for nothing
	}
	if f.verb&(verbObject|verbWill) == 0 || f.frame != FramePreposed && f.frame != FramePassive || f.source.empty() || f.cue.empty() || r.holdsHint(f.cue, issuing|fights) {
		return false
	}
	head := r.core(f.source)
	return r.tokens[head.lo].is(subjectPronoun) || r.holds(head, person|organisation|outlet|anonymous|several|number) || !r.nameIn(head).empty()
}

// asksIn reports whether an indirect question opens among the first words of a run: "to
// say whether P".
func (r *reader) asksIn(s run) bool {
	for i := s.lo; i < min(s.hi, s.lo+3); i++ {
		if r.tokens[i].has(question) && r.tokens[i].quote < 0 {
			return true
		}
	}
	return false
}

func (r *reader) holdsHint(s run, x hint) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].has(x) {
			return true
		}
	}
	return false
}

// asserts reports whether a unit can be true or false: not a heading, not a
// question, and with a verb.
func (r *reader) asserts(u int) bool {
	if !r.units[u].Kind.Required() {
		return false
	}
	s := r.ranges[u]
	if s.empty() || r.word(s.hi-1) == "?" {
		return false
	}
	for i := r.claim[u]; i < s.hi; i++ {
		if t := &r.tokens[i]; r.isVerb(i, s.lo) || t.suffix == edSuffix || t.is(reporting) {
			return true
		}
	}
	return s.hi-r.claim[u] > 5
}

// apart puts spans in the order of the text, without those that reach into the one before.
func apart(list []annotations.Span) []annotations.Span {
	slices.SortStableFunc(list, func(a, b annotations.Span) int { return a.Start - b.Start })
	out := list[:0]
	for _, s := range list {
		if n := len(out); n == 0 || out[n-1].End <= s.Start {
			out = append(out, s)
		}
	}
	return out
}

// onlyAsks reports whether a unit that goes on with somebody's words is nothing but a question: it asserts nothing.
func (r *reader) onlyAsks(u int) bool {
	i := r.ranges[u].hi - 1
	if i >= r.ranges[u].lo && r.tokens[i].kind == mark2 {
		i--
	}
	return i >= r.ranges[u].lo && r.word(i) == "?"
}
