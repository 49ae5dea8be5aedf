package attribution

// reduced reports whether a form at token i that may be past or participle is a
// participle behind its noun ("A statement posted on the board's page said"): the words
// behind it are prepositional phrases and times up to a verb of saying, and two finite
// verbs cannot follow each other so.
func (r *reader) reduced(i, lo int) bool {
	t := &r.tokens[i]
	if r.lex.verbSecond || i <= max(lo, 0) || t.capital || !t.is(formParticiple) || t.is(formBase|aux|mark) && !t.is(finiteVerb) {
		return false
	}
	b := &r.tokens[i-1]
	if !b.word() || b.quote >= 0 || !r.nounLike(b) {
		return false
	}
	n := r.at(i + 1)
	if !n.is(prep|day) && !n.has(outward) || n.is(mark|infinitive) && !n.is(prep) {
		return false
	}
	opened := n.is(prep) // a preposition waits for its noun
	for k := i + 2; k < min(len(r.tokens), i+14); k++ {
		u := &r.tokens[k]
		if !u.word() || u.quote >= 0 || u.is(subord|relative|conj|subjectPronoun) && !u.is(prep|det) {
			return false
		}
		switch {
		case u.is(reporting) && u.is(formPast|formThird) && !u.is(nounFirst) && !opened && !r.at(k-1).is(det|prep|poss) && k > i+2:
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

// nounLike reports whether a token may be the noun that a participle belongs to.
func (r *reader) nounLike(t *token) bool {
	return !t.possessive && !t.is(det|prep|conj|subord|aux|subjectPronoun|objectPronoun|relative|adverb|negative)
}
