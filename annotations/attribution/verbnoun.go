package attribution

import "strings"

// goesOnTo reports whether the verb at token i only leads to another that reports: "went on to say".
func (r *reader) goesOnTo(i int) bool {
	k := i + 1
	if r.lex.verbSecond || !r.tokens[i].has(raising) || !r.at(k).is(afterCue) && !r.at(k).is(infinitive) {
		return false
	}
	if !r.at(k).is(infinitive) {
		k++
	}
	return r.at(k).is(infinitive) && r.at(k+1).is(saying)
}

// scareNoun reports whether token i is a noun, as a word or two in quotation marks part it from its article: "its
// “exclusive” report".
func (r *reader) scareNoun(i int) bool {
	m := r.at(i - 1)
	if r.lex.verbSecond || !r.tokens[i].is(formBase|formThird) || m.kind != mark2 || m.quote < 0 || r.last[m.quote] != i-1 || !r.shortQuote(int(m.quote)) {
		return false
	}
	b := r.at(r.first[m.quote] - 1)
	return b.is(det|poss) || b.possessive
}

// oneReport reports whether token i is a noun behind its article, as what stands between is one thing and would need
// another form of the verb: "following a British tabloid report that P".
func (r *reader) oneReport(lo, i int) bool {
	t, b := &r.tokens[i], r.at(i-1)
	if r.lex.verbSecond || !t.is(formBase) || t.is(formPast) || !t.is(nounFirst) || !b.word() || b.is(person|several) || strings.HasSuffix(r.word(i-1), "s") {
		return false
	}
	for k := i - 1; k >= max(lo, i-4); k-- {
		if a := &r.tokens[k]; a.is(article) {
			return !a.is(definite) && k < i-1 && !r.at(k+1).is(number|several)
		} else if !a.word() || a.is(prep|conj|aux|subjectPronoun|relative|subord) {
			return false
		}
	}
	return false
}
