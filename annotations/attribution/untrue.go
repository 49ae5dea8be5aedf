package attribution

// verdictWords is how many words a quotation has at most that does nothing but call
// untrue what the voice before said.
const verdictWords = 12

// calledUntrue is what one of own says that denies what was said before it: "That is not
// true", "We have seen no sign of that", "the claim was false".
func (r *reader) calledUntrue(u int, own []int) (run, bool) {
	for _, n := range own {
		f := &r.found[n]
		if len(f.content) == 0 {
			continue
		}
		s := f.content[0]
		if n := r.at(s.lo + 1); !f.quoted && r.tokens[s.lo].is(mark) && (n.is(anaphor|definite) || n.is(subjectPronoun) && n.is(objectPronoun)) {
			s.lo++ // "said that this was untrue"
		}
		for !s.empty() && !r.tokens[s.lo].word() {
			s.lo++
		}
		s = r.behindNo(s)
		s.hi = r.beforeSecondThat(s)
		if f.frame == FrameColon && !f.quoted {
			s.hi = min(s.hi, r.end(f.unit)) // the first sentence of a line
		}
		for !s.empty() && !r.tokens[s.hi-1].word() {
			s.hi--
		}
		if c := r.toComma(s); f.quoted && c.hi < s.hi && c.hi-c.lo > 2 && r.saysUntrue(c) {
			return c, true // "“They are lying, they know our names”"
		}
		if s.hi-s.lo < 3 || s.hi-s.lo > verdictWords {
			continue
		}
		if r.disowns(s) || r.correctsIt(s) || r.noneDid(s, u) {
			return s, true
		}
		if f.quoted && r.tokens[s.lo].quote < 0 && !(r.tokens[s.lo].is(anaphor) && !r.lex.verbSecond && r.tokens[s.lo+1].is(be)) {
			continue // but "That is “laughable”"
		}
		if r.saysUntrue(s) || (f.quoted || r.tokens[s.lo].has(dummy)) && r.endsAtClaim(s) {
			return s, true
		}
	}
	return run{}, false
}

// behindNo is what stands behind the "No" that opens an answer: "No, that is not right".
func (r *reader) behindNo(s run) run {
	for s.hi-s.lo > 3 && r.tokens[s.lo].is(negative) && r.tokens[s.lo+1].kind == comma {
		s.lo += 2
	}
	return s
}

// toComma is a run up to its first comma.
func (r *reader) toComma(s run) run {
	for i := s.lo; i < min(s.hi, s.lo+verdictWords); i++ {
		if r.tokens[i].kind == comma {
			return run{s.lo, i}
		}
	}
	return s
}

// beforeSecondThat is the end of the first of two clauses: "said that P and that Q".
func (r *reader) beforeSecondThat(s run) int {
	for i := s.lo + 1; i+1 < s.hi && i < s.lo+2*verdictWords; i++ {
		if r.tokens[i].is(coord) && r.tokens[i+1].is(mark) && r.tokens[i].quote < 0 {
			return i
		}
	}
	return s.hi
}

// disowns reports whether the one who speaks does not take as true what was said: "it does not
// recognise these claims", "we reject that accusation".
func (r *reader) disowns(s run) bool {
	t, last := &r.tokens[s.lo], &r.tokens[s.hi-1]
	if r.lex.verbSecond || !t.is(subjectPronoun) || t.is(relative) || !last.has(claimed) || last.is(document|data) || !r.tokens[s.hi-2].is(anaphor) {
		return false
	}
	for i := s.lo + 1; i < s.hi-2; i++ {
		if r.tokens[i].is(negative | dispute) {
			return true
		}
	}
	return false
}

// saysUntrue reports whether a few words call "that", "it" or "the claim" untrue.
func (r *reader) saysUntrue(s run) bool {
	t := &r.tokens[s.lo]
	if r.ownedClaim(s) {
		s.lo++ // "Roths Behauptung ist falsch"
		return r.denies(s.lo+1, s.hi) && r.tokens[s.hi-1].is(negative) || r.tokens[s.hi-1].has(untrue) && !r.denies(s.lo, s.hi)
	}
	if (!t.is(definite) || r.lex.verbSecond || r.holdsHint(s, claimed)) && (t.is(definite|anaphor|subjectPronoun) || r.lex.verbSecond && (t.has(topical) || t.is(adverb) || r.hasAnyOf(run{s.lo, s.lo + 1}, quite))) && r.untrueBehind(s) {
		return true // "That is simply not the case", "the claims were without merit"
	}
	if t.is(definite|anaphor) && s.hi-s.lo > 3 && r.tokens[s.lo+1].has(claimed) && !(r.lex.verbSecond && !r.tokens[s.lo+1].capital) {
		s.lo++ // "the claim was false"
	} else if !t.is(anaphor) && !(t.is(subjectPronoun) && t.is(objectPronoun)) {
		return false
	}
	if r.lex.verbSecond && r.tokens[s.lo+1].has(claimed) {
		return r.denies(s.lo+2, s.hi) // "Das stimmt nicht"
	}
	if !r.tokens[s.lo+1].is(be) && !(r.lex.verbSecond && r.tokens[s.lo+1].is(aux)) {
		return false
	}
	denied, unknown := r.tokens[s.lo+1].is(negative), 0
	for i := s.lo + 2; i < s.hi; i++ {
		switch w := &r.tokens[i]; {
		case w.has(untrue):
			return !denied
		case w.has(claimed):
			return denied && !w.is(document|data)
		case w.is(negative):
			denied = true
		case w.word() && w.traits == 0 && w.hints == 0 && unknown == 0:
			unknown++ // "an absolute lie"
		case w.kind == mark2: // "“laughable”"
		case !w.word() || !w.is(det|adverb):
			return false
		}
	}
	return false
}

// untrueBehind reports whether a phrase that calls something untrue closes a run.
func (r *reader) untrueBehind(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if p, n := r.phraseAt(i, s.hi); n > 0 && p.use == useUntrue {
			return i+n == s.hi
		}
	}
	return false
}

// endsAtClaim reports whether a short quotation denies and its last word points back:
// "There is no truth in that".
func (r *reader) endsAtClaim(s run) bool {
	if !r.tokens[s.hi-1].is(anaphor) || !r.tokens[s.hi-2].is(prep) {
		return false
	}
	return r.denies(s.lo, s.hi-2) && !r.commaIn(s.lo, s.hi)
}

// deniesAny is the cue of one of own that disputes a claim: "denied that P", "denies
// having said P". What is denied or rejected in a noun may be a wish or a suit.
func (r *reader) deniesAny(own []int) (run, bool) {
	for _, n := range own {
		f := &r.found[n]
		next := r.at(f.cue.hi)
		if f.frame != FramePreposed || f.asWho || f.cue.empty() || r.holds(f.cue, negative) || !next.is(mark) && r.lex.ending(r.word(f.cue.hi)) != ingSuffix {
			continue
		}
		for i := f.cue.lo; i < f.cue.hi; i++ {
			if r.tokens[i].is(dispute) {
				return f.cue, true
			}
		}
	}
	return run{}, false
}

// deniedAtEnd finds the denial that closes a unit in which somebody else has spoken:
// "X says P, a charge Y rejects", ", which Y denies", ", although Y denies this".
func (r *reader) deniedAtEnd(u int, own []int) (run, bool) {
	lo, e := r.claim[u], r.end(u)-1
	for e > lo && !r.tokens[e].word() {
		e--
	}
	if e > lo && r.tokens[e].is(anaphor|objectPronoun) {
		e--
	}
	if !r.tokens[e].is(dispute) || r.tokens[e].quote >= 0 {
		return run{}, false
	}
	noun := r.tokens[e].is(nounFirst) && !r.at(e-1).is(several|subjectPronoun) && !r.endsInS(e-1)
	for k := e - 2; k > max(lo, e-10); k-- {
		if r.tokens[k].kind != comma && r.tokens[k].kind != dash {
			continue
		}
		t := &r.tokens[k+1]
		if something := t.has(bareNoun) && r.tokens[k+2].is(det|subjectPronoun); something || t.is(article) && r.tokens[k+2].has(claimed) && r.tokens[k+3].is(det|subjectPronoun) {
			return run{e, e + 1}, r.found[own[0]].cue.lo < k // "a claim the board disputes", "something she denies"
		}
		if noun {
			return run{}, false
		}
		other := t.is(while) || t.is(relative) && !t.is(mark|subjectPronoun) || t.is(article) && r.tokens[k+2].has(claimed)
		return run{e, e + 1}, other && r.found[own[0]].cue.lo < k
	}
	return run{}, false
}
