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
	if last := &r.tokens[e-1]; e-p < 3 || e < hi && (r.tokens[e].quote >= 0 || r.tokens[e].kind == opening) || !r.mayBeFinite(e-1) || e-p == 3 && r.at(p+1).capital && !last.is(aux) {
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

// hailsFrom is the word before the place of a body, behind the case that says whose: "der Leitstelle in Warnau".
const hailsFrom = "in"

// countsNew reports whether a number or a word for how many stands behind a noun at token i: it opens another phrase
// ("nach Angaben der Polizei zwei Bewohner").
func (r *reader) countsNew(i int) bool {
	t, b := &r.tokens[i], &r.tokens[i-1]
	return b.capital && b.word() && !t.capital && t.is(number) && !t.digit && !t.is(article) && r.at(i+1).word()
}

// aroundSomebody reports whether the preposition at token i brings who leads the group that begins at s: "ein Team um die
// Biologin Nele Roth".
func (r *reader) aroundSomebody(s, i int) bool {
	if r.word(i) != "um" || i == s || i+1 >= len(r.tokens) || !endsIn("-"+r.word(i-1), r.lex.lists[circles]) {
		return false
	}
	n := r.at(i + 1)
	return n.quote < 0 && n.word() && !n.is(day|number) && !n.digit && (n.capital || n.is(det) && r.at(i+2).capital && !r.at(i+2).is(day))
}

// roleWhere is the end of a role without an article behind a name and the comma at i, which says where: "Jan Berg, Analyst
// beim Bankhaus Süd: P". It is i where a verb may stand.
func (r *reader) roleWhere(s, i, hi int) int {
	if !r.lex.capitalNouns || i+3 >= hi || !r.tokens[i-1].capital || i-s < 2 || !r.tokens[i-2].capital || !r.at(i+1).capital || r.at(i+1).is(det|prep|day) || !r.at(i+2).is(prep) || r.at(i+2).capital {
		return i
	}
	for k := i + 2; k < hi; k++ {
		switch t := &r.tokens[k]; {
		case t.kind == colon || t.kind == stop || t.kind == comma:
			return k
		case t.quote >= 0 || !t.word() || !t.capital && (!t.is(prep|det|coord) && !r.inflected(k) || t.is(aux|finiteVerb|indirect|reporting) && !t.is(det)):
			return i
		}
	}
	return hi
}

// inItsCase cuts what stands before "zufolge" to the phrase in the case that the word wants: "die Tiere der Untersuchung",
// "der Umsatz dem Bericht".
func (r *reader) inItsCase(s run) run {
	t := &r.tokens[s.lo]
	other := t.is(det) && t.has(newPhrase) && !t.has(oblique) || t.is(number) && !t.is(article)
	for i := s.lo + 2; i < s.hi; i++ {
		if d := &r.tokens[i]; d.is(det) && !d.capital && r.tokens[i-1].capital && (other && (d.has(ofWhom) || d.has(oblique)) || d.has(oblique) && !d.has(ofWhom)) {
			return run{i, s.hi}
		}
	}
	return s
}

// behindItsColon is what goes on behind the colon that closes "P, sagt X am Montag: Q".
func (r *reader) behindItsColon(i, hi int) []run {
	if !r.lex.verbSecond {
		return nil
	}
	for k := i; k+2 < hi && k < i+6; k++ {
		t := &r.tokens[k]
		if t.kind == colon && !r.at(k-1).digit { // not "nach dem 0:3"
			return []run{{k + 1, hi}}
		} else if !t.word() && !(t.kind == comma && r.at(k+1).is(coord)) || t.quote >= 0 { // "heißt es, und weiter: Q"
			return nil
		}
	}
	return nil
}

// soonAt reports whether a particle stands at token p, behind no more than two small words from token i on: "stellt X wenig
// später klar".
func (r *reader) soonAt(i, p int) bool {
	if p < i || p > i+2 {
		return false
	}
	for ; i < p; i++ {
		if t := &r.tokens[i]; !t.word() || t.capital || t.is(det|prep|negative) {
			return false
		}
	}
	return true
}

// withoutRemark is where a source ends before what only describes it: the participle or adjective between the commas before
// its verb ("Der Zeuge, sichtlich erschöpft, sagte") that is no age, and the relative clause behind a paper that a verb or preposition
// brings ("heißt es in dem Brief, der dieser Zeitung vorliegt").
func (r *reader) withoutRemark(f *found) int {
	s := f.source
	k := r.firstComma(s.lo, s.hi)
	if k >= s.hi || k == s.lo {
		return s.hi
	}
	if f.frame == FrameAccording || f.frame == FramePostposed && r.holdsHint(f.cue, expletive) {
		if r.relativeLast(k, r.end(f.unit)) >= s.hi && r.isPaper(run{s.lo, k}) {
			return k
		}
		return s.hi
	}
	last, t := &r.tokens[s.hi-1], r.at(k+1)
	if f.frame != FramePreposed && f.frame != FrameColon || r.commaIn(k+1, s.hi) || !last.word() || last.capital || last.digit || last.quote >= 0 || last.is(det|prep) || t.digit || t.is(number) && !t.is(det) && r.at(k+2).has(stretch) || t.is(definite) || t.has(ofWhich) || t.is(prep) && r.at(k+2).is(definite) {
		return s.hi
	}
	return k
}

// cameFrom reports whether "aus" at token i tells where somebody unknown comes from: behind an adjective and its noun ("eine
// ältere Frau aus Ellern"), or before an article where the clause ends ("eine Stimme aus dem Publikum").
func (r *reader) cameFrom(s, i int) bool {
	t, n := &r.tokens[s], r.at(i+1)
	if !r.lex.capitalNouns || !t.is(article) || t.is(definite) || !r.tokens[i-1].capital || i-s < 2 || i-s > 3 || i-s == 3 && !r.inflected(s+1) || !r.hasAnyOf(run{i, i + 1}, hailing) || r.hasAnyOf(run{i - 1, i}, reporters) {
		return false
	}
	if n.capital && n.word() {
		return n.quote < 0 && n.id == 0
	}
	return n.is(definite|article) && r.word(i) != hailsFrom && r.at(i+2).capital && !r.at(i+2).is(document) && !r.at(i+3).word()
}

// toldTo reports whether the article at token i brings the outlet that the one who speaks behind the verb told it to: "sagte
// ein Sprecher der Nachrichtenagentur dpa".
func (r *reader) toldTo(s, i int) bool {
	v, b := r.at(s-1), &r.tokens[i-1]
	if (r.outletAt(i+1) || r.at(i+1).capital && r.outletAt(i+2)) && b.capital && b.id == 0 && r.tokens[i-2].capital {
		return true // "sagte Anna Berg der Zeitung"
	}
	if !v.is(saying) || v.quote >= 0 || !b.capital || !b.is(person|organisation) && !r.bodyAt(i-1) && !endsIn(r.word(i-1), r.lex.lists[women]) || r.hasAnyOf(run{i - 1, i}, reporters) {
		return false
	}
	n, name := r.at(i+1), r.at(i+2)
	if n.capital && !n.is(outlet) && r.outletAt(i+2) && r.inflected(i+1) {
		return true // "der Deutschen Presse-Agentur"
	}
	return r.outletAt(i+1) && (name.capital || name.is(outlet) || name.kind == mark2 && r.at(i+3).capital)
}

// withoutExample is a source without the word behind it that calls it an example: "Der Arzt Jan Berg etwa".
func (r *reader) withoutExample(s run) run {
	for s.hi-s.lo > 1 && r.tokens[s.hi-1].has(approx) && !r.tokens[s.hi-1].capital {
		s.hi--
	}
	return s
}

// withoutMe is a source without the pronoun behind it that it was said to: "wie ein Sprecher der Stadt uns mitteilte".
func (r *reader) withoutMe(s run) run {
	for t := &r.tokens[max(s.lo, s.hi-1)]; s.hi-s.lo > 1 && t.has(oblique) && !t.is(det) && !t.capital && t.quote < 0; t = &r.tokens[s.hi-1] {
		s.hi--
	}
	return s
}

// nounless reports whether a phrase has no noun, name or pronoun, so that nobody can speak: "sehr wohl", "ein verbindendes".
func (r *reader) nounless(s run) bool {
	if s.empty() {
		return false
	}
	for i := s.lo; i < s.hi; i++ {
		t := &r.tokens[i]
		if !t.word() || t.capital || t.quote >= 0 || t.digit || t.is(subjectPronoun|person|anonymous|outlet|relative) {
			return false
		}
	}
	first, last := &r.tokens[s.lo], &r.tokens[s.hi-1]
	return !first.is(det|number) || s.hi-s.lo > 1 && last.id == 0
}
