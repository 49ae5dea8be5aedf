package attribution

import (
	"slices"

	"stet.example/stet/annotations"
)

// thinksThat reports whether a verb of mind tells what somebody else thinks: a clause
// follows ("Biologists believe that P", "Berg hopes the gates will open"). What "I
// think" leads in, and whom "those who believe P" names, is not reported.
func (r *reader) thinksThat(c *cue, f *found, after *token) bool {
	hi := r.end(f.unit)
	mind := r.ofMind(c)
	if mind && (f.asWho || r.speaksForSelf(c, f)) {
		return false
	}
	if r.lex.verbSecond && !mind && r.at(c.group.hi).kind == comma && r.inMood(run{c.group.hi, hi}) {
		return true // "Berg findet, das Tor müsse zu"
	}
	switch {
	case after.is(mark), after.is(subjectPronoun) && !after.is(det), after.has(question) && !after.is(relative):
		return true
	case after.kind == comma:
		return r.thatBehind(c.group.hi+1, hi)
	}
	if mind && (after.is(det|number) || after.digit || after.capital) && r.clauseFollows(c.group.hi, hi) {
		return true
	}
	if mind && (r.bareClause(c.group.hi, hi) || r.parentedClause(c.group.hi, hi)) {
		return true
	}
	return mind && !c.parted && !r.tokens[c.verb].has(clausal) && r.expects(c, f, after)
}

// parentedClause reports whether a clause begins at token i whose subject and verb an insertion parts:
// "believe the blaze, now in its sixth day, began with a spark".
func (r *reader) parentedClause(i, hi int) bool {
	if t := r.at(i); !t.is(det) && !t.capital || t.quote >= 0 {
		return false
	}
	first := -1
	for k := i + 1; k < min(hi-1, i+maxSource/2); k++ {
		switch t := &r.tokens[k]; {
		case t.quote >= 0 || !t.word() && t.kind != comma:
			return false
		case t.kind == comma && first >= 0:
			n := &r.tokens[k+1]
			return r.isVerb(k+1, i) || n.suffix == edSuffix || n.is(modal)
		case t.kind == comma:
			first = k
		}
	}
	return false
}

// bareClause reports whether a clause whose subject has no article begins at token i: "believes ships
// were late".
func (r *reader) bareClause(i, hi int) bool {
	t := r.at(i)
	if !t.word() || t.quote >= 0 || t.is(prep|conj|adverb|aux|objectPronoun|subord) && !t.is(number) {
		return false
	}
	for k := i + 1; k < min(hi, i+5); k++ {
		if u := &r.tokens[k]; !u.word() || u.is(prep|relative|infinitive|conj) && !u.is(partOf) {
			return false
		}
		if r.tokens[k].is(aux) {
			return true
		}
	}
	return false
}

// expects reports whether somebody who can vouch expects or fears what is told by a noun or an infinitive:
// "Analysts expect a loss", "The firm hopes to reopen in May". What somebody fears for or thinks of is
// no claim.
func (r *reader) expects(c *cue, f *found, after *token) bool {
	if after.is(prep) && !after.is(infinitive) || !after.word() || after.is(objectPronoun|subord|conj|aux) && !after.is(det|adverb) {
		return r.frets(c.group.hi, r.end(f.unit))
	}
	s := r.core(f.source)
	if after.is(infinitive) && (!r.at(c.group.hi+1).word() || r.at(c.group.hi+1).is(det) || !r.holds(s, organisation) && r.nameIn(s).empty()) {
		return false // "Officials expect to leave": a plan, and nobody's by name
	}
	return !c.passive && !c.infin && (r.tokens[s.lo].is(subjectPronoun) || r.holds(s, person|organisation|outlet|anonymous|several) || !r.nameIn(s).empty())
}

// frets reports whether "about" opens what somebody worries over within a word of token i: "worry about
// the closing", "worried more about the closing".
func (r *reader) frets(i, hi int) bool {
	for k := i; k < min(hi, i+2); k++ {
		if t := &r.tokens[k]; t.has(topical) && !t.is(partOf) {
			return true
		} else if !t.is(adverb | det) {
			return false
		}
	}
	return false
}

// thinksLast reports whether a verb of mind closes what somebody else thinks: "P, investigators
// believe".
func (r *reader) thinksLast(c *cue, f *found) bool {
	return f.frame == FramePostposed && !r.lex.verbSecond && r.ofMind(c) && !f.asWho && !r.speaksForSelf(c, f)
}

// ofMind reports whether a cue tells a thought: "believes", "was convinced".
func (r *reader) ofMind(c *cue) bool {
	return r.tokens[c.verb].has(states) || c.parted && r.tokens[c.group.hi-1].has(states)
}

// speaksForSelf reports whether a pronoun stands before a verb without an ending: "I
// think", "you know", "they hope".
func (r *reader) speaksForSelf(c *cue, f *found) bool {
	s, v := f.source, &r.tokens[c.verb]
	return s.hi-s.lo == 1 && r.tokens[s.lo].is(subjectPronoun) && v.is(formBase) && !v.is(formPast|formThird)
}

// thinks reports whether an attribution tells a thought: a verb of mind without quoted
// words at the head of what it leads in.
func (r *reader) thinks(c *cue, f *found) bool {
	return r.ofMind(c) && c.traits&reporting == 0 && (f.frame == FramePreposed || f.frame == FramePostposed && !f.quoted) && !r.opensQuoted(f)
}

// think keeps a thought of the unit that begins at attribution begin. Who thinks inside
// of what another voice says is kept behind an outlet or a paper only: "he said he
// believes P" has one voice.
func (r *reader) think(begin int, c *cue, f *found) {
	if n := len(r.found); n > begin && r.inside(begin, c, f) && (!r.holds(r.found[n-1].source, outlet|document) || r.tokens[f.source.lo].is(subjectPronoun)) {
		return
	}
	r.thoughts = append(r.thoughts, *f)
}

// thoughtsFound turns the thoughts into spans.
func (r *reader) thoughtsFound() []Attribution {
	out := make([]Attribution, 0, len(r.thoughts))
	for i := range r.thoughts {
		f := &r.thoughts[i]
		a := Attribution{Source: []annotations.Span{r.span(f.source)}, Cue: r.cueSpans(f), Who: f.who, Kind: f.kind, Frame: f.frame, Unit: f.unit}
		for _, c := range f.content {
			if !c.empty() {
				a.Content = append(a.Content, r.span(c))
			}
		}
		out = append(out, a)
	}
	return out
}

// thoughtConfidence is the share of thoughts found in PolNeAR's dev part that its
// annotators mark as attributions (39 of 48).
const thoughtConfidence = 0.81

// thinker is the tag of unit u when somebody is said to think what it tells.
func (r *reader) thinker(u int) (Tag, bool) {
	at, ok := r.thoughtOf(u)
	if !ok {
		return Tag{}, false
	}
	return Tag{ID: sourcedTag, Rule: "S-1", Words: []annotations.Span{r.span(r.thoughts[at].cue)}, Partner: -1, Confidence: thoughtConfidence}, true
}

// thoughtOf is the first thought of unit u.
func (r *reader) thoughtOf(u int) (int, bool) {
	at, _ := slices.BinarySearchFunc(r.thoughts, u, func(f found, u int) int { return f.unit - u })
	return at, at < len(r.thoughts) && r.thoughts[at].unit == u && !r.lex.verbSecond
}

// Voices gives everybody who may vouch: unit by unit those who speak, in the order of
// their cues, and behind them those who only think, so that the first of a unit is
// whom its tag rests on. Use it where sources are shown beside a tag; Attributions has
// speech alone.
func (res Result) Voices() []Attribution {
	out := make([]Attribution, 0, len(res.Attributions)+len(res.Thoughts))
	n := 0
	for _, a := range res.Attributions {
		for n < len(res.Thoughts) && res.Thoughts[n].Unit < a.Unit {
			out = append(out, res.Thoughts[n])
			n++
		}
		out = append(out, a)
	}
	return append(out, res.Thoughts[n:]...)
}
