package attribution

// verdictWords is how many words a quotation has at most that does nothing but call
// untrue what the voice before said.
const verdictWords = 12

// calledUntrue is what one of own says that denies what was said before it: "That is not
// true", "We have seen no sign of that", "the claim was false".
func (r *reader) calledUntrue(own []int) (run, bool) {
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
		for !s.empty() && !r.tokens[s.hi-1].word() {
			s.hi--
		}
		if s.hi-s.lo < 3 || s.hi-s.lo > verdictWords || f.quoted && r.tokens[s.lo].quote < 0 {
			continue
		}
		if r.saysUntrue(s) || (f.quoted || r.tokens[s.lo].has(dummy)) && r.endsAtClaim(s) {
			return s, true
		}
	}
	return run{}, false
}

// saysUntrue reports whether a few words call "that", "it" or "the claim" untrue.
func (r *reader) saysUntrue(s run) bool {
	t := &r.tokens[s.lo]
	if t.is(definite|anaphor) && s.hi-s.lo > 3 && r.tokens[s.lo+1].has(claimed) {
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
		case !w.word() || !w.is(det|adverb):
			return false
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
		if f.frame != FramePreposed || f.asWho || f.cue.empty() || !next.is(mark) && r.lex.ending(r.word(f.cue.hi)) != ingSuffix {
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

// argues reports whether the first of own uses a verb by which the writer marks that
// something is argued: "insisted", not "said" or "indicated".
func (r *reader) argues(own []int) bool {
	v := r.found[own[0]].verb
	return v&verbClaim != 0 && v&(verbDoc|verbSay) == 0 || r.lex.verbSecond && v&verbObject != 0 && v&saying == 0
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
	if !r.tokens[e].is(dispute) || r.tokens[e].quote >= 0 || r.tokens[e].is(nounFirst) && !r.at(e-1).is(several|subjectPronoun) && !r.endsInS(e-1) {
		return run{}, false
	}
	for k := e - 2; k > max(lo, e-10); k-- {
		if r.tokens[k].kind != comma {
			continue
		}
		t := &r.tokens[k+1]
		other := t.is(while) || t.is(relative) && !t.is(mark|subjectPronoun) || t.is(article) && r.tokens[k+2].has(claimed)
		return run{e, e + 1}, other && r.found[own[0]].cue.lo < k
	}
	return run{}, false
}

// however finds the "however" between commas behind the source of a unit.
func (r *reader) however(u int) (run, bool) {
	if r.lex.verbSecond {
		return r.behindVerb(u)
	}
	for i := r.claim[u] + 2; i+1 < min(r.end(u), r.claim[u]+14); i++ {
		if t := &r.tokens[i]; t.quote < 0 && t.is(contrast) && r.tokens[i-1].kind == comma && r.tokens[i+1].kind == comma {
			return run{i, i + 1}, true
		}
	}
	return run{}, false
}

// behindVerb finds the "hingegen" right behind the verb of saying of a unit, in languages
// whose verb stands second: "Der Verband kritisierte hingegen, P".
func (r *reader) behindVerb(u int) (run, bool) {
	for _, n := range r.byUnit[u] {
		f := &r.found[n]
		if i := f.cue.hi; !f.cue.empty() && i < r.end(u) && r.tokens[i].is(contrast) && r.tokens[i].quote < 0 && f.cue.lo > f.source.lo {
			return run{i, i + 1}, true
		}
	}
	return run{}, false
}
