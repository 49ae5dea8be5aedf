package attribution

import "strings"

// describes reports whether an adverb at token s belongs to the noun phrase that it
// opens: "nearly three in five", "early results".
func (r *reader) describes(s, e int) bool {
	if n := r.at(s + 1); r.tokens[s].has(approx) && n.is(det) && !n.is(article|poss|anaphor) && !r.lex.verbSecond {
		return true // "almost everybody in the region"
	}
	t, n := &r.tokens[s], r.at(s+1)
	if s+1 >= e || !n.word() {
		return false
	}
	return t.has(approx) && (n.is(number) || n.digit || r.shareAt(s+1)) || n.is(prep) && !t.capital && r.quantity(s+1, e) || t.has(timely) && !n.capital && (r.nounBefore(s+1) || n.is(document|data)) && !n.has(stretch)
}

// monthNamed reports whether a month at token i is the first name of somebody: "April Berg",
// but neither "Last April Berg" nor "Monday Berg".
func (r *reader) monthNamed(i int) bool {
	n, w := r.at(i+1), r.word(i)
	return n.capital && n.word() && !n.is(day|det|title|organisation) && !r.at(i-1).is(day|prep|adverb) && (w == "April" || w == "May" || w == "June" || w == "August")
}

// shareAt reports whether a part of a whole stands at token i: "a third", "half", "a quarter".
func (r *reader) shareAt(i int) bool {
	return r.tokens[i].is(article) && r.at(i+1).is(number) && !r.at(i+1).is(day)
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
	if r.lex.verbSecond || !r.holds(s, document|data|image|video) {
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

// subordinates reports whether a clause whose subject follows opens at token i:
// "after the minister said", ", with polls showing", "more than the unions say".
func (r *reader) subordinates(lo, i, e int) bool {
	t, n := &r.tokens[i], r.at(i+1)
	if i-2 >= lo && t.is(prep) && r.tokens[i-2].is(document|data|speechNoun) && (r.tokens[i-1].suffix == edSuffix || r.tokens[i-1].is(formParticiple)) {
		return false // "a statement issued after the talks said"
	}
	return t.is(prep) && t.is(subord) && (n.is(det|subjectPronoun) || n.capital || i > lo && n.word() && (r.tokens[i-1].has(stretch) || r.isVerb(i-1, lo))) && i+1 < e && !t.has(comparing) ||
		t.has(absolute) && (i == lo || r.tokens[i-1].kind == comma) || i+1 < e && r.outdone(i)
}

// namedAs reports whether "as" at token i gives a name to the one before: "a man
// identified only as Jan", "a woman who gave her name as Ana".
func (r *reader) namedAs(lo, i, e int) bool {
	if r.lex.verbSecond || i+1 >= e || i-2 <= lo {
		return false
	}
	b := i - 1
	if t := &r.tokens[b]; t.is(adverb) && t.is(objectPronoun) {
		return true // "a man identifying himself as a guard"
	}
	if !r.tokens[i+1].capital {
		return false
	}
	if r.tokens[b].is(adverb) {
		b--
	}
	if t := &r.tokens[b]; t.suffix == edSuffix || t.is(formParticiple) {
		return !r.at(b - 1).is(aux)
	}
	for k := b; k > max(lo, b-5); k-- {
		if t := &r.tokens[k]; !t.word() || t.is(aux) {
			return false
		} else if t.is(relative) && !t.is(mark) {
			return r.at(k - 1).word()
		}
	}
	return false
}

// opensPhrase reports whether token i begins a phrase of its own behind a noun:
// "at one point the crowd chanted", "something Berg said".
func (r *reader) opensPhrase(lo, i, e int) bool {
	t := &r.tokens[i]
	return i > lo && (r.tokens[i-1].has(bareNoun) && (t.capital || i+1 < e && t.is(det|subjectPronoun)) ||
		t.is(article) && r.nounBefore(i-1) && !r.at(i-2).is(relative) && !r.toDo(i-2) && !(r.tokens[i-1].is(person) && r.at(i+1).is(title)))
}

// toDo reports whether the "to" of an infinitive that belongs to a noun or a name stands at
// token i: "plans to win", "paths for Berg to win".
func (r *reader) toDo(i int) bool {
	b := r.at(i - 1)
	return r.at(i).is(infinitive) && (r.nounBefore(i-1) || b.capital && b.word())
}

// doneByPlan reports whether token i is an infinitive that belongs to the noun before its "to": "national plans to cut
// carbon".
func (r *reader) doneByPlan(i int) bool {
	t, noun, b := &r.tokens[i], r.at(i-2), r.at(i-3)
	if r.lex.verbSecond || !r.at(i-1).is(infinitive) || t.is(aux) || noun.capital {
		return false
	}
	if !r.endsInS(i - 2) {
		return b.is(article|poss) && r.nounBefore(i-2)
	}
	return b.word() && !b.capital && (b.is(prep|article|poss) || b.traits == 0 && b.suffix != edSuffix && !r.endsInS(i-3))
}

// pluralOf reports whether the form in -s at token i is the noun behind "of" and an adjective, and no verb: "a review of
// national plans".
func (r *reader) pluralOf(i int) bool {
	t, b := &r.tokens[i], r.at(i-1)
	return !r.lex.verbSecond && t.is(finiteVerb) && !t.is(aux|formPast) && r.endsInS(i) && r.at(i-2).is(partOf) && b.word() && !b.capital && b.traits&^common == 0 && !r.endsInS(i-1)
}

// saysNothing reports whether a run opens with a "not" and holds small words only.
func (r *reader) saysNothing(s, e int) bool {
	if r.lex.verbSecond || !r.tokens[s].is(negative) || r.tokens[s].is(det) || e-s < 2 {
		return false
	}
	for i := s + 1; i < e; i++ {
		if t := &r.tokens[i]; t.word() && !t.is(conj|subord|adverb) && !t.has(claimed|untrue) {
			return false
		}
	}
	return true
}

// insidePhrase reports whether a word at token i that often opens a clause stands inside of
// a noun phrase: "the authors of that report", "ministers and even some judges".
func (r *reader) insidePhrase(lo, i, e int) bool {
	if i <= lo || i+1 >= e || r.lex.verbSecond || !r.at(i+1).word() || r.tokens[i].quote >= 0 {
		return false
	}
	t, b, n := &r.tokens[i], &r.tokens[i-1], &r.tokens[i+1]
	if t.is(mark) {
		return t.is(anaphor) && b.is(partOf) && !n.is(det|subjectPronoun)
	}
	return t.is(subord) && t.is(adverb) && !t.is(prep|det) && b.is(coord) && !n.is(subjectPronoun)
}

// thatDoes reports whether "that" at token i opens a clause that tells what several do in a verb that no list has:
// "companies that turn out machines".
func (r *reader) thatDoes(lo, i int) bool {
	t, b, v, n := &r.tokens[i], r.at(i-1), r.at(i+1), r.at(i+2)
	return t.is(mark) && t.is(relative) && i > lo && !r.lex.verbSecond && t.quote < 0 && b.word() && !b.is(reporting|verbMind|aux|day|prep) && (b.is(several) || r.endsInS(i-1) && !b.possessive) &&
		v.word() && !v.capital && v.traits&^common == 0 && v.suffix == noSuffix && !r.endsInS(i+1) && n.word() && !n.is(aux|finiteVerb) && n.suffix != edSuffix
}

// outdone reports whether "than" at token i brings the one who says what is compared
// ("more than the unions say"), and no number ("more than 40 crews say").
func (r *reader) outdone(i int) bool {
	t, n := &r.tokens[i], r.at(i+1)
	if n.is(article) {
		n = r.at(i + 2)
	}
	return t.has(comparing) && t.is(subord) && !t.is(likeAs) && !r.lex.verbSecond && n.word() && !n.is(number) && !n.digit
}

// quantity reports whether the preposition at i opens a number: "about half of
// the voters", "over 40 percent", "at least a dozen".
func (r *reader) quantity(i, e int) bool {
	if r.at(i).is(partOf|infinitive) || i < len(r.tokens) && r.hasAnyOf(run{i, i + 1}, settings) {
		return false
	}
	n := i + 1
	e = min(e, len(r.tokens))
	if least := n < e && r.tokens[n].has(approx); least {
		n++
		if n < e && r.tokens[n].is(article) {
			n++
		}
	}
	if n+1 < e && r.shareAt(n) {
		return true // "over a quarter"
	}
	if n < e && r.tokens[n-1].has(approx) && r.tokens[n].is(det) && !r.tokens[n].is(article|poss|subjectPronoun) {
		return true // "at least some"
	}
	return n < e && (r.tokens[n].is(number) || r.tokens[n].digit) && !r.yearAt(n)
}

// yearAt reports whether token i is a year, as in "In 2012 voters said".
func (r *reader) yearAt(i int) bool {
	t := r.at(i)
	return t.digit && t.end-t.start == 4 && (r.text[t.start] == '1' || r.text[t.start] == '2')
}

// standsAlone reports whether a determiner may be a subject by itself: "many say".
func (r *reader) standsAlone(i int) bool {
	t := &r.tokens[i]
	if r.lex.verbSecond && t.is(article) && t.is(number) && !r.at(i+1).word() {
		return false // the particle in "räume ein, P"
	}
	return t.is(number) && !t.digit && !r.lex.verbSecond && r.at(i+1).is(saying) || t.is(det) && !t.is(poss) && (t.end-t.start > 3 || t.is(number)) || t.digit && !r.yearAt(i) && r.at(i+1).word()
}

// introEnd finds the end of a prepositional phrase that opens a clause without a
// comma: the subject begins at a name, determiner or pronoun behind it.
func (r *reader) introEnd(s, e int) int {
	if r.at(s + 1).is(day) {
		i := s + 2
		for i < e && r.tokens[i].is(day|number) {
			i++
		}
		return i
	}
	for i := e - 1; i > s+1; i-- {
		t, before := &r.tokens[i], r.at(i-1)
		if before.is(prep|det|coord|title) || before.capital || before.possessive || t.possessive {
			continue
		}
		if t.capital || t.is(det|subjectPronoun) {
			return i
		}
	}
	return s
}
