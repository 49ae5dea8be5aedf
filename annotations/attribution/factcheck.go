package attribution

import "slices"

// ratesUntrue reports whether a clause of a fact check calls what went round untrue: "The quote is made up", "No evidence
// supports this claim", "Das Zitat ist frei erfunden", "Dabei handelt es sich um eine Montage", "Belege dafür gibt es nicht".
func (r *reader) ratesUntrue(s run) bool {
	if r.lex == neutral || s.hi-s.lo < 3 {
		return false
	}
	if !r.lex.verbSecond {
		return r.shownFalse(s) || r.shownOtherwise(s) || r.unproved(s) || r.noneOfThis(s)
	}
	return r.shownFalse(s) || r.shownOtherwise(s) || r.isFake(s) || r.hasNoProof(s) || r.doesNotProve(s) || r.noneOfIt(s)
}

// wordIn reports whether the word at token i is in a list.
func (r *reader) wordIn(i int, list string) bool {
	return i >= 0 && i < len(r.tokens) && slices.Contains(r.lex.lists[list], r.word(i))
}

// shownAt is the token behind a subject that is what goes round, "Die genannte Zahl", "Beide Angaben", which opens s; 0 where
// none does.
func (r *reader) shownAt(s run) int {
	if !r.tokens[s.lo].is(det|anaphor|definite) && !r.wordIn(s.lo, allOf) {
		return 0
	}
	for i := s.lo + 1; i < min(s.hi-1, s.lo+4); i++ {
		t := &r.tokens[i]
		if t.capital || !r.lex.capitalNouns && (t.has(claimed) || r.wordIn(i, goingRound)) {
			if t.has(claimed) || endsIn("-"+r.word(i), r.lex.lists[goingRound]) {
				return i + 1
			}
			return 0
		}
		if r.lex.capitalNouns && !r.inflected(i) || !t.word() || t.is(prep|aux|conj|reporting) {
			return 0
		}
	}
	return 0
}

// shownFalse reads "Das Zitat ist frei erfunden", "Die genannte Zahl war im Mai falsch", "Diese Zahl ist nicht korrekt".
func (r *reader) shownFalse(s run) bool {
	i := r.shownAt(s)
	if i == 0 || !r.tokens[i].is(aux) {
		return false
	}
	last := s.hi - 1
	no := r.denies(i+1, last)
	if r.tokens[last].has(untrue) || r.wordIn(last, faked) {
		return !no
	}
	if !r.lex.verbSecond {
		return no && r.wordIn(last, right) || !no && r.untrueBehind(s)
	}
	return no && r.tokens[last].has(claimed) && !r.tokens[last].capital
}

// shownOtherwise reads "Das Video zeigt nicht Halden", "Das Foto stammt nicht aus Halden".
func (r *reader) shownOtherwise(s run) bool {
	i := r.shownAt(s)
	if i == 0 || i+1 >= s.hi {
		return false
	}
	if !r.lex.verbSecond {
		at := run{i, min(s.hi, i+4)}
		return r.wordIn(i, distorting) || r.wordIn(i-1, goingRound) && r.tokens[i].is(aux) && r.denies(at.lo, at.hi) && r.hasAnyOf(at, showing)
	}
	if !r.wordIn(i, showing) {
		return false
	}
	return r.denies(i+1, min(s.hi, i+4))
}

// unproved reads "There is no evidence for this", "No evidence supports this claim", "The photos do not prove that".
func (r *reader) unproved(s run) bool {
	last := s.hi - 1
	back := r.tokens[last].is(anaphor) || r.tokens[last].has(claimed) && r.tokens[last-1].is(anaphor|definite)
	if !back || !r.denies(s.lo, last) {
		return false
	}
	for i := s.lo + 1; i < last; i++ {
		if r.wordIn(i, evidence) && r.tokens[i-1].is(negative) || r.wordIn(i, proving) && r.tokens[i-1].is(negative) {
			return true
		}
	}
	return false
}

// noneOfThis reads "None of this is true" and "That's not so".
func (r *reader) noneOfThis(s run) bool {
	t, last := &r.tokens[s.lo], s.hi-1
	if !r.wordIn(last, right) || s.hi-s.lo > 6 {
		return false
	}
	if t.is(negative) {
		return r.tokens[s.lo+1].is(prep) && r.at(s.lo+2).is(anaphor)
	}
	return t.is(anaphor) && r.tokens[s.lo+1].is(be) && r.denies(s.lo+1, last)
}

// isFake reads "Es handelt sich um eine Fälschung", "Dabei handelt es sich um Satire", "Dahinter steckt nur ein Fehler".
func (r *reader) isFake(s run) bool {
	last := s.hi - 1
	if r.denies(s.lo, last) {
		return false
	}
	bad := r.tokens[last].has(untrue) || r.wordIn(last, faked)
	if r.wordIn(s.lo, behindIt) {
		return r.wordIn(s.lo+1, sticks) && (bad || r.hasAnyOf(run{s.lo + 2, s.hi}, only))
	}
	return bad && (r.wordIn(s.lo, concerns) || r.wordIn(s.lo+1, concerns))
}

// hasNoProof reads "Belege dafür gibt es nicht", "Für die Behauptung gibt es keinen Beleg", "Der Behauptung fehlt jede
// Grundlage".
func (r *reader) hasNoProof(s run) bool {
	t := &r.tokens[s.lo]
	if r.wordIn(s.lo, evidence) {
		return r.tokens[s.lo+1].has(topical) && r.tokens[s.hi-1].is(negative)
	}
	lo := s.lo
	if r.wordIn(lo, forWhat) {
		lo++
		t = &r.tokens[lo]
	}
	if !t.is(det|anaphor|definite) || s.hi-lo < 4 || !r.holdsHint(run{lo + 1, lo + 3}, claimed) {
		return false
	}
	if lo > s.lo {
		return r.untrueBehind(s) || r.denies(lo, s.hi) && r.wordIn(s.hi-1, evidence)
	}
	return t.has(oblique|ofWhom) && r.hasAnyOf(s, lacks)
}

// doesNotProve reads "Die Fotos beweisen das nicht", "Einen Betrug belegen sie aber nicht", "Das belegt die Studie nicht".
func (r *reader) doesNotProve(s run) bool {
	if !r.tokens[s.hi-1].is(negative) || r.tokens[s.hi-1].is(det) || !r.hasAnyOf(s, proving) {
		return false
	}
	if s.hi-s.lo > 4 && r.tokens[s.lo].is(anaphor) && r.wordIn(s.lo+1, proving) && !r.commaIn(s.lo, s.hi) {
		return true
	}
	for i := s.lo + 1; i < s.hi-1; i++ {
		if t := &r.tokens[i]; t.is(anaphor) && !r.at(i+1).capital || t.is(subjectPronoun) && !t.is(det) {
			return true
		}
	}
	return false
}

// noneOfIt reads "Nichts davon stimmt" and "Dem ist nicht so".
func (r *reader) noneOfIt(s run) bool {
	if p, n := r.phraseAt(s.lo, s.hi); n == s.hi-s.lo && p.use == useUntrue {
		return true
	}
	return r.tokens[s.lo].is(negative) && r.tokens[s.lo+1].has(topical) && r.tokens[s.hi-1].has(claimed)
}

// correctly finds what opens the outlet's own account in a fact check: "Richtig ist: P", "Richtig ist vielmehr, dass P",
// "Fakt ist, dass P".
func (r *reader) correctly(u int) (run, bool) {
	lo, hi := r.claim[u], r.end(u)
	if !r.lex.verbSecond || lo+3 >= hi || r.tokens[lo].quote >= 0 || !r.tokens[lo+1].is(aux) {
		return run{}, false
	}
	n := &r.tokens[lo+2]
	if r.wordIn(lo, facts) && (n.kind == colon || n.kind == comma || n.is(contrast)) || r.wordIn(lo, right) && (n.kind == colon || n.is(contrast)) {
		return run{lo, lo + 2}, true
	}
	return run{}, false
}
