package attribution

import "slices"

// saidAs reports whether "as saying" at token g tells what somebody else was quoted
// with: "The Post quoted Berg as saying P", "Berg was quoted by the Post as saying P".
func (r *reader) saidAs(begin, g int) bool {
	n := len(r.found) - 1
	if n < begin || len(r.found[n].content) == 0 {
		return false
	}
	f := &r.found[n]
	s := f.content[0]
	return s.lo < g-1 && (f.frame == FramePreposed && s.lo == f.cue.hi && r.at(f.cue.hi-1).is(verbObject) && s.hi >= g || f.frame == FramePassive && r.onlyTime(f.source.hi, g-1)) && r.namesOne(run{s.lo, min(s.hi, g-1)})
}

// onlyTime reports whether nothing but when something was said stands between two tokens: "in 1999", "on Monday".
func (r *reader) onlyTime(i, hi int) bool {
	for ; i < hi; i++ {
		if t := &r.tokens[i]; i+5 < hi || !t.word() || t.quote >= 0 || !t.digit && !t.is(prep|day|det) {
			return false
		}
	}
	return true
}

// namesOne reports whether a run can name who speaks, and holds no verb.
func (r *reader) namesOne(s run) bool {
	return !s.empty() && !r.quotedIn(s) && !r.statesIn(s) && (r.speaks(s) || r.tokens[s.lo].is(det) || r.tokens[s.lo].is(subjectPronoun))
}

// thatIn is the "that" in a run which no noun for a paper or person stands before, 0
// where there is none.
func (r *reader) thatIn(s run) int {
	for i := s.lo + 1; i < s.hi; i++ {
		if r.tokens[i].is(mark) && (r.tokens[i-1].capital || !r.at(i+1).is(aux)) {
			return i
		}
	}
	return 0
}

// onlyWhere reports whether what stands behind a participle at i only says where or to
// whom, up to a comma: "writing in the Post, Berg said P".
func (r *reader) onlyWhere(i, hi int) bool {
	t := r.at(i)
	if i >= hi || !t.is(prep) || t.is(mark|infinitive|afterCue) {
		return false
	}
	for k := i; k < min(hi, i+maxSource); k++ {
		u := &r.tokens[k]
		if u.quote >= 0 || u.is(mark) || u.kind == colon {
			return false
		}
		if u.kind == comma {
			return r.at(k+1).quote < 0
		}
	}
	return false
}

// idle reports whether a participle reports nothing by itself: the writer's words
// ("criticised for calling X"), how or where somebody spoke, or when.
func (r *reader) idle(lo, hi int, c *cue) bool {
	g := c.group.lo
	prev, after := r.at(g-1), r.at(c.group.hi)
	switch {
	case prev.is(prep) && !prev.is(subord) && prev.id != r.lex.by && !after.is(mark):
		return true
	case c.traits&saying != 0 && c.lead == 0 && r.onlyWhere(c.group.hi, hi):
		return true
	case g > lo && after.kind == comma && r.at(c.group.hi+1).quote < 0 && !r.at(c.group.hi+1).is(mark):
		return true // "Jones, defending, said P"
	}
	return g > lo && prev.is(subord) && r.timed(lo, g) // "One month after announcing P, X left"
}

// endsInPerson reports whether a short phrase without an article closes its sentence
// with a noun for people: "said fire officials."
func (r *reader) endsInPerson(s run, hi int) bool {
	return s.hi-s.lo < 4 && r.tokens[s.hi-1].is(person) && r.nounBefore(s.lo) && (s.hi >= hi || r.tokens[s.hi].kind == stop)
}

// quotedSaying adds who an outlet quotes behind the words: "“P,” the agency quoted Li Chong, an official, as saying".
func (r *reader) quotedSaying(c *cue, f *found) {
	if r.wasQuotedBy(c, f) {
		if g, ok := r.postposed(f.unit, f.content[0], c); ok {
			g.cue, g.unit, g.from, g.verb, g.quoted = f.cue, f.unit, f.from, f.verb, true
			r.found[len(r.found)-1] = g
		}
		return
	}
	if r.lex.verbSecond || f.frame != FramePostposed || !f.quoted || !r.hasAnyOf(run{c.verb, c.verb + 1}, quotingVerbs) {
		return
	}
	hi := r.end(f.unit)
	for k := c.group.hi + 1; k+1 < min(hi, c.group.hi+maxSource); k++ {
		t, n := &r.tokens[k], &r.tokens[k+1]
		if t.quote >= 0 || t.kind == stop {
			return
		}
		if !t.is(likeAs) || !n.is(formIng) || !n.is(saying) {
			continue
		}
		s := run{c.group.hi, k}
		for !s.empty() && !r.tokens[s.hi-1].word() {
			s.hi--
		}
		if r.namesOne(s) {
			r.found = append(r.found, found{
				source: s, cue: run{k, k + 2}, content: slices.Clone(f.content), frame: FramePostposed, unit: f.unit, from: -1, verb: verbSay, quoted: true,
			})
		}
		return
	}
}

// wasQuotedBy reports whether somebody was quoted by an outlet with the words that stand before: "“P,” Berg was quoted by
// the agency as saying."
func (r *reader) wasQuotedBy(c *cue, f *found) bool {
	if r.lex.verbSecond || f.frame != FramePassive || f.source.empty() || len(f.content) != 1 || !r.hasAnyOf(run{c.verb, c.verb + 1}, quotingVerbs) {
		return false
	}
	at, s := f.source.hi, f.content[0]
	return s.hi == c.group.lo && r.closesQuote(s.lo-1) && r.at(at).is(likeAs) && r.at(at+1).is(formIng) && r.at(at+1).is(saying) && !r.at(at+2).word()
}
