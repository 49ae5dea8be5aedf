package attribution

import "strings"

// describes reports whether an adverb at token s belongs to the noun phrase that it
// opens: "nearly three in five", "early results".
func (r *reader) describes(s, e int) bool {
	t, n := &r.tokens[s], r.at(s+1)
	if s+1 >= e || !n.word() {
		return false
	}
	return t.has(approx) && (n.is(number) || n.digit) || t.has(timely) && !n.capital && (r.nounBefore(s+1) || n.is(document|data)) && !n.has(stretch)
}

// adjectives is where a phrase begins whose first adjective a comma parts from the
// others: "the bespectacled, 71-year-old diplomat". It is s.lo where none does.
func (r *reader) adjectives(lo int, s run) int {
	i := s.lo - 1
	if i-2 < lo || r.tokens[i].kind != comma || r.tokens[i].quote >= 0 {
		return s.lo
	}
	first, adj := &r.tokens[s.lo], &r.tokens[i-1]
	if first.capital || first.is(det|prep|conj|relative|adverb|subjectPronoun) || first.suffix != noSuffix || s.hi-s.lo < 2 ||
		adj.traits != 0 || adj.capital || !adjectival(r.word(i-1)) || !r.tokens[i-2].is(article) {
		return s.lo
	}
	return i - 2
}

// adjectival reports whether an English word ends as adjectives do and nouns do not.
func adjectival(w string) bool {
	for _, e := range []string{"ed", "ous", "ful", "less", "able", "ible", "ive"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// withTime is where a source ends that is a paper or figures: what stands behind
// it says when it came out, not when it spoke ("a poll released last week showed").
func (r *reader) withTime(s run, g int) int {
	if r.lex.verbSecond || !r.holds(s, document|data) {
		return s.hi
	}
	e := s.hi
	for i := s.hi; i < g && r.tokens[i].word(); i++ {
		if r.tokens[i].is(day) {
			e = i + 1
		}
	}
	return e
}

// personDid reports whether a verb in the past stands at token i behind a noun for one
// who acts: "The judge ruled in favour of X", but not "a man accused of P".
func (r *reader) personDid(i int) bool {
	t := &r.tokens[i]
	return !r.lex.verbSecond && t.is(formPast) && t.is(reporting|verbMind) && !t.is(nounFirst) && !t.has(chargedWith|naming) && r.at(i-1).is(person) && !r.at(i+1).is(adverb) && r.at(i+1).id != r.lex.by
}

// doneBy reports whether a verb stands at token i that "by" and a form in -ing
// follow: "The minister responded by saying P".
func (r *reader) doneBy(i int) bool {
	t, n := &r.tokens[i], r.at(i+2)
	return r.lex.by != 0 && r.at(i+1).id == r.lex.by && (n.is(formIng) || n.suffix == ingSuffix) && (t.suffix == edSuffix || t.is(formPast|finiteVerb))
}

// closed is a source without the part behind a comma that a small word ends ("Berg,
// whose new book tells of power and" before "said"). It is false for a source that
// ends so itself: its verb was on no list.
func (r *reader) closed(s run) (run, bool) {
	if s.hi-s.lo < 2 || r.lex.verbSecond {
		return s, true
	}
	last := &r.tokens[s.hi-1]
	if !last.word() || last.capital || last.quote >= 0 || !last.is(prep|coord) || last.is(adverb|det|number|document) {
		return s, true
	}
	c := r.core(s)
	return c, c.hi < s.hi
}
