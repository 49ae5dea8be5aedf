package attribution

import "strings"

// relativeLast is the sign that ends the relative clause behind the comma at i, where the verb of such a clause stands
// last ("Leute, die an den Runden teilnehmen"). It is i where a main clause follows, whose verb stands second.
func (r *reader) relativeLast(i, hi int) int {
	if !r.lex.verbSecond || i+3 >= hi || r.tokens[i].kind != comma || r.tokens[i].quote >= 0 {
		return i
	}
	p := i + 1
	if r.tokens[p].is(prep) && !r.tokens[p].is(det) {
		p++
	}
	if t := &r.tokens[p]; !t.is(definite) && !t.has(ofWhich) && !(t.has(oblique) && t.is(det)) || t.capital || t.quote >= 0 {
		return i
	}
	e := p + 1
	for e < hi && r.tokens[e].word() && r.tokens[e].quote < 0 {
		e++
	}
	if last := &r.tokens[e-1]; e-p < 3 || e < hi && (r.tokens[e].quote >= 0 || r.tokens[e].kind == opening) || !r.mayBeFinite(e-1) || e-p == 3 && r.tokens[p+1].capital && !last.is(aux) {
		return i
	}
	for k := p + 1; k < e-1; k++ {
		if t := &r.tokens[k]; !t.capital && !t.is(det|prep) && (t.is(indirect) || t.is(aux|finiteVerb) && !t.is(adverb) && !(t.is(formBase|be) && k == e-2)) {
			return i
		}
	}
	return e
}

// mayBeFinite reports whether the small word at token i may be the finite verb that closes a clause.
func (r *reader) mayBeFinite(i int) bool {
	t := &r.tokens[i]
	if t.capital || t.digit || t.is(indirect) && !t.is(have) || t.is(det|prep|conj|adverb|negative) && !t.is(aux) {
		return false
	}
	w := r.word(i)
	return t.is(aux|finiteVerb|reporting|verbMind) || strings.HasSuffix(w, "t") || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "te") || strings.HasSuffix(w, "rn") || strings.HasSuffix(w, "ln")
}

// tellsWho reports whether a relative clause behind a phrase tells for the first time who or what that is: not behind a
// pronoun, a name that stood before, or "the" and one noun that points back.
func (r *reader) tellsWho(s run) bool {
	t := &r.tokens[s.lo]
	if t.is(subjectPronoun) && !t.is(det) || t.is(anaphor) && !t.is(definite) || r.namedBefore(s) {
		return false
	}
	if !t.is(definite) && !(t.has(oblique) && t.is(det) && !r.tokens[s.lo].is(number)) {
		return true
	}
	for i := s.lo + 1; i < s.hi; i++ {
		if t := &r.tokens[i]; i > s.lo+1 && t.is(det) && t.has(ofWhom) {
			return true
		}
	}
	return false
}

// beforePreposition is a phrase up to what a preposition ties to it: "der Forscher" of "der Forscher vom Institut".
func (r *reader) beforePreposition(s run) run {
	for i := s.lo + 1; i < s.hi; i++ {
		if r.tokens[i].is(prep) && !r.tokens[i].capital {
			return run{s.lo, i}
		}
	}
	return s
}
