package attribution

import "strings"

// leaveTo reports whether an infinitive at token i belongs to a relative clause that
// says what a source may not do: "an official who was not authorized to speak".
func (r *reader) leaveTo(s, i int) bool {
	for k := i - 1; k > s; k-- {
		if t := &r.tokens[k]; t.is(relative) {
			return r.tokens[i-1].has(cover)
		}
	}
	return false
}

// beforeCiting is where a source ends behind which stands whom it cites, or to whom it spoke: "wie
// die Agentur unter Berufung auf Diplomaten meldet".
func (r *reader) beforeCiting(s run) int {
	for i := s.lo + 1; i+1 < s.hi; i++ {
		t, n := &r.tokens[i], &r.tokens[i+1]
		b := &r.tokens[i-1]
		if t.capital || !b.capital && b.kind != mark2 && b.kind != closing && !b.is(day) {
			continue
		}
		if t.is(det) && !t.has(oblique) && i+2 == s.hi && n.is(outlet) && b.capital {
			return i // "wie ein Sprecher der dpa sagte"
		}
		if t.is(prep) && (n.is(citing) || !n.capital && r.outletAt(i+2)) || t.has(oblique) && !t.has(ofWhom) && (n.capital || n.kind == mark2) {
			return r.skipBack(s.lo, i-1) + 1 // "wie Berg dem Sender sagte"
		}
	}
	return s.hi
}

// leavesName reports whether the preposition at i begins an adjunct ("said Smith
// in an interview") and not a part of the name ("the minister for trade").
func (r *reader) leavesName(s, i int) bool {
	t := &r.tokens[i]
	if !r.lex.verbSecond && r.lex.ending(r.word(i)) == lySuffix && r.hasRelative(s, i) {
		return false // "who may not speak publicly"
	}
	if t.suffix == lySuffix && !r.tokens[i-1].is(article) || t.is(adverb) && !t.is(det) || t.suffix == ingSuffix && !r.tokens[i-1].is(det|prep|poss) {
		return true
	}
	next := r.at(i + 1)
	if t.is(partOf) && !r.lex.verbSecond && (next.suffix == ingSuffix || next.is(formIng) || next.is(negative) && r.at(i+2).suffix == ingSuffix) {
		return true // "accused by the court of taking bribes"
	}
	if !t.is(prep) || t.is(partOf) {
		return false
	}
	if t.is(subord) && !r.lex.verbSecond {
		return true // "commented the coach after the match"
	}
	if next.is(day|poss|number|speechNoun) || r.at(i+2).is(speechNoun|day) {
		return true
	}
	return r.tokens[i-1].capital || r.tokens[s].is(subjectPronoun)
}

// whoBefore is the relative pronoun behind a name and a comma that stands right before the verb of "as" at token i,
// lo where there is none.
func (r *reader) whoBefore(lo, i int) int {
	for k := i - 2; k > max(lo+1, i-5) && r.tokens[k+1].word() && !r.tokens[k+1].is(det|prep); k-- {
		if t := &r.tokens[k]; t.is(relative) && t.is(subjectPronoun) && !r.lex.verbSecond && r.tokens[k-1].kind == comma && r.tokens[k-2].capital {
			return k
		}
	}
	return lo
}

// whoDoes reports whether a relative pronoun behind a noun is the subject of
// its clause: "those who back the plan".
func (r *reader) whoDoes(lo, i int) bool {
	n := r.at(i + 1)
	return i > lo && r.tokens[i].is(subjectPronoun) && (r.tokens[i-1].is(person|anaphor|several) || r.tokens[i-1].capital && r.tokens[i-1].word() || r.tokens[i-1].is(det) && r.standsAlone(i-1)) && n.word() && !n.capital && !n.is(det|subjectPronoun|prep|day)
}

// publicly reports whether the adverb at token i belongs to a relative clause of the source that begins at s: "an official
// who was not allowed to speak publicly".
func (r *reader) publicly(s, i int) bool {
	return !r.lex.verbSecond && r.lex.ending(r.word(i)) == lySuffix && r.hasRelative(s, i)
}

// opensAsAdverb reports whether the word at token i, which has its capital from the sentence that it opens, is an adverb
// and no name: "Significantly, the man said".
func (r *reader) opensAsAdverb(i int) bool {
	t := &r.tokens[i]
	if r.lex.verbSecond || !t.capital || t.traits != 0 || r.at(i+1).kind != comma || r.at(i-1).word() {
		return false
	}
	for _, e := range r.lex.lists[adverbEnds] {
		if strings.HasSuffix(r.word(i), e) {
			return true
		}
	}
	return false
}

// ampersand reports whether the sign at token i joins two words of one name: "Hoof & Feather".
func (r *reader) ampersand(lo, i, e int) bool {
	return r.word(i) == "&" && i > lo && i+1 < e && r.tokens[i-1].capital && r.tokens[i+1].capital
}
