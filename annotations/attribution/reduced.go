package attribution

import "strings"

// reduced reports whether a form at token i that may be past or participle is a
// participle behind its noun ("A statement posted on the board's page said"): the words
// behind it are prepositional phrases and times up to a verb of saying, and two finite
// verbs cannot follow each other so.
func (r *reader) reduced(i, lo int) bool {
	t := &r.tokens[i]
	if r.lex.verbSecond || i <= max(lo, 0) || t.capital || !t.is(formParticiple) && t.suffix != edSuffix {
		return false
	}
	b := &r.tokens[i-1]
	if t.is(formBase|aux|mark) && !t.is(finiteVerb) && !(t.is(formParticiple) && !t.is(aux|mark) && b.is(document|data|speechNoun)) { // but "a letter read to the court"
		return false
	}
	if !t.is(formParticiple) && !b.is(document|image|video) {
		return false
	}
	if !b.word() || b.quote >= 0 || !r.nounLike(b) {
		return false
	}
	i = r.soOften(i)
	n := r.at(i + 1)
	if !n.is(prep|day) && !n.has(outward) || n.is(mark|infinitive) && !n.is(prep) {
		return false
	}
	opened := n.is(prep)                                  // a preposition waits for its noun
	many := strings.HasSuffix(r.text[b.start:b.end], "s") // so that a verb without an ending may follow: "letters found in Ava suggest P"
	for k := i + 2; k < min(len(r.tokens), i+14); k++ {
		u := &r.tokens[k]
		if !u.word() || u.quote >= 0 || u.is(subord|relative|conj|subjectPronoun) && !u.is(prep|det) && !(u.is(coord) && r.at(k-1).capital && r.at(k+1).capital) {
			return false
		}
		switch {
		case u.is(reporting) && (u.is(formPast|formThird) || many && u.is(saying|verbDoc)) && !u.is(nounFirst) && !opened && !r.at(k-1).is(det|prep|poss) && k > i+2:
			return true
		case u.is(prep):
			opened = true
		case u.is(article|poss) && !opened:
			return false
		case !u.is(det|adverb|number) || u.is(day):
			opened = false
		}
	}
	return false
}

// soOften is the last token of how often something was done behind the participle at i: "shared more than 40,000 times".
func (r *reader) soOften(i int) int {
	for k := i + 1; k < min(len(r.tokens), i+6); k++ {
		t := &r.tokens[k]
		switch {
		case r.hasAnyOf(run{k, k + 1}, counting):
			return k
		case !t.digit && !t.is(det|number|adverb|partOf|prep) && !t.has(comparing|approx):
			return i
		}
	}
	return i
}

// beingDone reports whether "being" or "having" at token i only leads a participle behind its
// noun: "two men being held said".
func (r *reader) beingDone(i, lo int) bool {
	t, n := &r.tokens[i], r.at(i+1)
	return t.is(aux) && !r.lex.verbSecond && i > max(lo, 0) && strings.HasSuffix(r.word(i), r.lex.endings[ingSuffix-1]) &&
		(n.suffix == edSuffix || n.is(formParticiple)) && r.tokens[i-1].word() && r.nounLike(&r.tokens[i-1])
}

// nounLike reports whether a token may be the noun that a participle belongs to.
func (r *reader) nounLike(t *token) bool {
	return !t.possessive && !t.is(det|prep|conj|subord|aux|subjectPronoun|objectPronoun|relative|adverb|negative)
}

// mainVerb is where the subject of a clause ends that was read up to the comma behind the
// clause: there must be a verb in it, so the first form that may be past is that verb and no
// participle ("The board sued on Friday, saying P"). It is the end where there is none.
func (r *reader) mainVerb(s run) int {
	if r.lex.verbSecond {
		return s.hi
	}
	for i := s.lo + 1; i < s.hi; i++ {
		t, n := &r.tokens[i], r.at(i+1)
		if t.kind == comma || t.is(relative) {
			return s.hi
		}
		if t.is(objectPronoun) && !t.is(poss) && i > s.lo+1 && r.nounBefore(i-1) {
			return i - 1 // "Drugmakers oppose it, warning of P"
		}
		past := t.suffix == edSuffix || t.is(formPast) || !t.capital && !t.is(adverb|prep) && strings.HasSuffix(r.word(i), r.lex.endings[edSuffix-1])
		if past && !t.capital && !r.at(i-1).is(det|prep|coord|poss) && !r.at(i-1).possessive && (!n.word() || n.is(prep|day|det|adverb) || n.capital || r.at(i+2).is(article)) {
			return i
		}
	}
	return s.hi
}
