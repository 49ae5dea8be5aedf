package attribution

import "strings"

// paperBefore reports whether the phrase before a verb is headed by a paper, a
// film or figures: "A poll by the board released in May shows P".
func (r *reader) paperBefore(g int, after *token) bool {
	if !after.word() || after.is(prep|aux|conj) && !(after.is(prep) && r.quantity(g+1, g+5)) || r.at(g-1).possessive {
		return false
	}
	vague := !after.is(det|subjectPronoun|objectPronoun|number|prep) && !after.has(question) && !after.capital && !after.is(mark) && !after.digit

	from := g - 1
	if r.contrastBefore(g) {
		from = g - 4
	} else if r.at(from).kind == comma { // "A poll, conducted in May, shows P"
		for from--; from > max(0, g-30) && (r.tokens[from].kind != comma || r.tokens[from].quote >= 0); from-- {
		}
		return from > 0 && r.tokens[from].kind == comma && !vague && r.paperHeads(from)
	}
	for i := from; i >= max(0, g-12); i-- {
		t := &r.tokens[i]
		if !t.word() || t.quote >= 0 || t.is(relative|subord) && !t.is(prep) {
			return false
		}
		if t.is(document|data|image|video) && !t.is(verbSay|aux) {
			next := r.at(i + 1)
			return !r.at(i-1).is(infinitive) && (!vague || i+1 < g && (next.is(prep|formParticiple|day) || next.suffix == edSuffix))
		}
	}
	return false
}

// paperHeads reports whether a paper, a film or figures stand right before token i, or before what a
// preposition ties to them: "A timetable from 1997".
func (r *reader) paperHeads(i int) bool {
	for k := i - 1; k >= max(0, i-6) && r.tokens[k].word() && r.tokens[k].quote < 0; k-- {
		if r.tokens[k].is(document | data | image | video) {
			return k == i-1 || r.tokens[k+1].is(prep) && !r.tokens[k+1].is(infinitive)
		}
		if r.tokens[k].is(aux | relative | subjectPronoun) {
			break
		}
	}
	return false
}

// paperCloses reports whether a paper or figures and what belongs to them stand between a comma and the
// verb at token g, which a sign follows: "P, scores released on Monday show, Q".
func (r *reader) paperCloses(g int, after *token) bool {
	if after.word() || r.lex.verbSecond {
		return false
	}
	for i := g - 1; i >= max(1, g-9); i-- {
		t := &r.tokens[i]
		if !t.word() || t.quote >= 0 || t.is(aux|relative|subjectPronoun) {
			return false
		}
		if t.is(document|data|image|video) && !t.is(aux) {
			k := i
			for k > max(1, i-4) && r.tokens[k-1].word() {
				k--
			}
			return r.tokens[k-1].kind == comma && r.endsInS(i) == r.tokens[g].is(formBase)
		}
	}
	return false
}

// contrastBefore reports whether a word of contrast between commas stands before token g: "Emails,
// however, show P".
func (r *reader) contrastBefore(g int) bool {
	return g > 4 && !r.lex.verbSecond && r.at(g-1).kind == comma && r.at(g-3).kind == comma && r.at(g-2).is(contrast|while)
}

// showsVerb reports whether the words around a form that is mostly a noun show
// that it is a verb: a subject before it, an object or clause behind it.
func (r *reader) showsVerb(g int, before, after *token) bool {
	if before.is(subjectPronoun|relative) && !before.is(mark) || before.is(document|data|image|video) && !after.is(prep|aux) {
		return true
	}
	if r.paperCloses(g, after) {
		return true
	}
	if before.kind == mark2 && r.closesQuote(g-1) && after.word() && !after.is(prep|conj|aux) {
		return true // "“P,” jokes Berg"
	}
	if before.kind == comma && (r.closesReport(g) || r.namesInQuotes(g) || after.is(mark) && !after.is(prep) && (r.tokens[g].is(formBase) || r.tokens[g].is(formThird) && !r.verbAhead(g+2, g))) {
		return true
	}
	if before.kind == comma && r.tokens[g].is(formThird) && (after.is(subjectPronoun|det) && !after.is(relative) || after.capital && !after.is(day)) && r.insertedBefore(g-1) {
		return true // "The secretary, who left in May, claims Berg lied"
	}
	if before.kind == comma && r.tokens[g].is(formThird) && after.is(prep) && r.insertedBefore(g-1) && r.thatAhead(g+1) {
		return true // "The builder, Lund Ltd, states in its plans that P"
	}
	if before.is(det) && !before.is(article|poss) && before.is(pluralPronoun|anaphor|det) && r.standsAlone(g-1) && !r.at(g-2).word() && r.tokens[g].is(verbObject) && r.tokens[g].is(formBase) && (after.is(article|poss) || after.capital) {
		return true // "Some blame the frost"
	}
	if !before.word() || before.is(det|poss|prep|adverb) || before.possessive {
		return false
	}
	if after.kind == colon && r.at(g+2).quote >= 0 && r.at(g+2).kind == mark2 && (before.capital || before.is(person) || before.kind == stop) {
		return true // "Berg emails: “P”"
	}
	if (before.is(person|several) || before.capital) && !before.is(det|title) && after.is(infinitive) && r.at(g+2).is(have) && !r.lex.verbSecond {
		return true // "Police claim to have found the car"
	}
	if before.is(person) && before.is(several) && r.lex.ending(r.word(g+1)) == ingSuffix {
		return true // "Eyewitnesses report seeing flames"
	}
	if before.is(person) && before.is(several) && !r.at(g-2).word() && r.tokens[g].is(formBase) && after.word() && after.traits == 0 && (r.tokens[g].is(verbSay) && r.endsInS(g+1) || r.tokens[g].has(states) && r.tokens[g].is(verbMind)) {
		return true // "Pilots report delays", "Police suspect arson"
	}
	if after.is(prep) && r.pluralBehindComma(g-1) {
		return true // "P, researchers at the institute report in May"
	}
	if after.kind == stop && !before.capital && r.endsInS(g-1) && (r.at(g-2).kind == comma || r.at(g-3).kind == comma) {
		return true // "…, campaigners claim."
	}
	if after.is(prep) && !before.is(prep|det) && r.thatAhead(g+1) || after.kind == comma && r.asBefore(g-1) {
		return true // "A team reports in May that P", "As Berg notes,"
	}
	if after.kind == comma && (before.capital && !before.is(title) || before.is(person|organisation) || r.endsInS(g-1)) && r.afterComma(g-1) {
		return true // "P, Frank notes, Q"
	}
	if (before.capital && !before.is(title) || before.is(person|organisation)) && (after.capital || after.is(infinitive|subord) && !after.is(prep&^infinitive) || after.kind == mark2) {
		return true // "Ryan calls Berg a racist"
	}
	if (before.capital && !before.is(title) || before.is(person|anonymous|organisation|outlet|document|data) && !before.is(formBase)) && after.kind == stop {
		return true // "…, the Portsea Post reports."
	}
	return after.is(mark|det|subjectPronoun|objectPronoun) || after.quote >= 0 && after.kind == mark2 ||
		after.is(afterCue) && before.capital && !after.is(prep&^afterCue)
}

// insertedBefore reports whether the comma at token j closes what tells more about the name or noun that opens the
// clause: "Jan Berg, 40,", "The group, which has members,".
func (r *reader) insertedBefore(j int) bool {
	k := j - 1
	for k > 0 && j-k < maxSource && r.tokens[k].word() && r.tokens[k].quote < 0 {
		k--
	}
	if k < 1 || r.tokens[k].kind != comma || !r.tokens[k+1].is(relative|article|title) && !r.tokens[k+1].digit && !r.allCapital(run{k + 1, j}) {
		return false
	}
	for i := k - 1; i >= max(0, k-7); i-- {
		t, b := &r.tokens[i], r.at(i-1)
		if !t.word() || t.is(aux|modal|finiteVerb|subord) || i < k-1 && t.is(formPast|formThird) && !t.capital {
			return false
		}
		if i == 0 || b.kind == stop || b.kind == mark2 || t.newline {
			return r.tokens[k-1].capital || r.nounBefore(k-1)
		}
	}
	return false
}

// namesInQuotes reports whether a verb at token g gives a name or pronoun behind it
// quoted words: "Lund, a columnist, calls Berg “a lucky man”".
func (r *reader) namesInQuotes(g int) bool {
	t := &r.tokens[g]
	if !t.has(calls) || !t.is(formThird) || !r.at(g+1).capital && !r.at(g+1).is(objectPronoun) {
		return false
	}
	for k := g + 2; k < g+5; k++ {
		if u := r.at(k); u.quote >= 0 {
			return u.kind == mark2
		} else if !u.word() || !u.capital {
			return false
		}
	}
	return false
}

// closesReport reports whether a verb at token g, and nobody but an outlet or a body
// behind it, close a sentence or its first part: ", reports the Herald.", ", reports local station
// Coast 96, citing Berg".
func (r *reader) closesReport(g int) bool {
	if !r.tokens[g].is(formThird) || r.tokens[g].is(formPast) {
		return false
	}
	known, plain := false, 0
	for k := g + 1; k < g+7; k++ {
		t := r.at(k)
		if t.kind == stop || t.kind == comma && r.at(k+1).is(formIng) {
			return known && k > g+1
		}
		if known && t.is(partOf) && k > g+2 && r.tokens[k-1].capital {
			return true // "…, notes Anna Berg of the board"
		}
		if !t.word() || t.quote >= 0 {
			return false
		}
		if !t.capital && !t.digit && !t.is(article) && !(k > g+1 && t.is(partOf) && r.at(k+1).capital) {
			if plain++; plain > 2 || known || t.is(prep|det|subord|subjectPronoun|aux|adverb) {
				return false
			}
			continue
		}
		known = known || t.is(outlet|organisation) || (t.capital || t.digit) && (k > g+1+plain || plain > 0 && r.at(k-1).is(outlet|organisation))
	}
	return false
}

// pluralBehindComma reports whether the phrase that ends at token i begins behind a
// comma with several persons, or with a body before a verb in the singular.
func (r *reader) pluralBehindComma(i int) bool {
	for k := i; k > i-9 && k > 0; k-- {
		t, b := &r.tokens[k], &r.tokens[k-1]
		if !t.word() || t.quote >= 0 || t.is(relative|subord) && !t.is(prep) {
			return false
		}
		if b.kind == comma && b.quote < 0 || b.kind == mark2 {
			return t.is(person|anonymous) && (t.is(several) || r.endsInS(k)) || t.is(article) && (r.at(k+1).is(organisation) && r.tokens[i+1].is(formThird) || r.at(k+1).is(person) && r.at(k+1).is(several))
		}
	}
	return false
}

// oneOnly reports whether the noun at token i names one thing: a verb without an
// ending cannot follow it.
func (r *reader) oneOnly(i int) bool {
	t := r.at(i)
	if r.asBefore(i) || !t.word() || t.is(subjectPronoun|several|number|relative|prep|infinitive|adverb|negative) || t.is(det) && r.standsAlone(i) || t.suffix == lySuffix || r.endsInS(i) {
		return false
	}
	for k := i - 1; k > i-8; k-- {
		b := r.at(k)
		if b.is(coord|person) || b.is(several|pluralPronoun) || b.is(number) || r.at(k).word() && r.endsInS(k) && (r.at(k+1).is(prep|relative|formParticiple) || r.at(k+1).suffix == edSuffix) {
			return false
		}
		if !b.word() {
			break
		}
	}
	return true
}

// toRefute reports whether an infinitive whose object ends before token g stands a few words before it: "to refute the
// New York Times report".
func (r *reader) toRefute(g int) bool {
	for i := g - 1; i > max(0, g-7) && r.tokens[i].word(); i-- {
		if r.tokens[i].is(infinitive) && !r.tokens[i+1].capital {
			return true
		}
	}
	return false
}

// thatAhead reports whether "that" opens a clause among the next tokens.
func (r *reader) thatAhead(i int) bool {
	for k := i; k < i+12; k++ {
		t := r.at(k)
		if !t.word() || t.quote >= 0 || t.is(aux|relative) && !t.is(mark) && !t.possessive {
			return false
		}
		if t.is(mark) {
			return true
		}
	}
	return false
}

// asBefore reports whether the phrase that ends at token i stands behind "as" at
// the beginning of a clause.
func (r *reader) asBefore(i int) bool {
	for k := i; k > i-7 && k >= 0; k-- {
		t := r.at(k)
		if t.is(likeAs) {
			b := r.at(k - 1)
			return k < i && !b.word()
		}
		if !t.word() {
			return false
		}
	}
	return false
}

// afterComma reports whether the name that ends at token i begins behind a comma.
func (r *reader) afterComma(i int) bool {
	for k := i; k > i-5; k-- {
		if b := r.at(k - 1); b.kind == comma {
			return true
		} else if !b.word() || !b.capital && !b.is(det|coord|subjectPronoun) {
			return false
		}
	}
	return false
}

// whatBefore reports whether "what" opens the clause whose verb stands at token g: "What the paper says is
// that P".
func (r *reader) whatBefore(g int) bool {
	for k := g - 1; k > max(-1, g-8) && r.tokens[k].word() && r.tokens[k].quote < 0; k-- {
		if t := &r.tokens[k]; t.has(question) && !r.at(k-1).word() {
			return true
		}
	}
	return false
}

// figureBehindAt reports whether "at" and a figure follow the verb at i: "put the
// number of dead at more than 20".
func (r *reader) figureBehindAt(i, hi int) bool {
	if t := r.at(i + 1); t.is(prep) && !t.is(det) && !r.quantity(i+1, hi) && !r.lex.verbSecond {
		return false // "put in a bid for 400 shares"
	}
	for k := i + 2; k < min(hi, i+16); k++ {
		t := &r.tokens[k]
		if !t.word() && t.kind != otherToken {
			return false
		}
		if t.is(prep) && !t.is(partOf|infinitive) {
			for m := k + 1; m < min(hi, k+5); m++ {
				if t := &r.tokens[m]; !r.clockAt(m) && (strings.ContainsAny(r.word(m), "0123456789") || t.is(number) && !t.is(det) && !r.at(m+1).word()) {
					return true
				}
			}
		}
	}
	return false
}

// clockAt reports whether a time of day stands at token i: "1:35".
func (r *reader) clockAt(i int) bool {
	return r.at(i+1).kind == colon && r.at(i+2).digit || r.at(i-1).kind == colon && r.at(i-2).digit
}

// titleCase reports whether most words of a unit are capitalised: a headline.
func (r *reader) titleCase(lo, hi int) bool {
	n, caps := 0, 0
	for i := lo; i < min(hi, lo+30); i++ {
		if t := &r.tokens[i]; t.word() && !t.is(prep|det|coord) && !t.digit {
			n++
			if t.capital {
				caps++
			}
		}
	}
	return n > 3 && caps*5 >= n*4
}
