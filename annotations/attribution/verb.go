package attribution

import "strings"

// verbAt decides whether token i is a reporting verb in use as a verb.
func (r *reader) verbAt(lo, i, hi int) (cue, bool) {
	t := r.tokens[i]
	var far run
	ahead := 0 // of its particle: "bekannt gab"
	if len(r.lex.words[t.id].particles) > 0 {
		if p, traits := r.particle(i, hi); p > 0 {
			t.traits |= traits
			far = run{p, p + 1}
		} else if traits = r.particleBefore(lo, i); traits != 0 {
			t.traits |= traits
			ahead = 1
		}
	}
	if !t.is(reporting|verbMind) || t.capital && (i > lo && !r.titleCase(lo, hi) || r.lex.capitalNouns && t.is(document|data)) {
		return cue{}, false
	}
	g := r.groupStart(lo, i-ahead)
	c := cue{group: run{g, i + 1}, verb: i, traits: t.traits, far: far, parted: !far.empty()}
	if !r.inUse(&c, &t, lo, hi) || t.has(putsAt) && !r.figureBehindAt(i, hi) || t.has(deems) && far.empty() && !r.deemedBehind(lo, i, hi) {
		return c, false
	}
	if far.empty() && ahead == 0 && r.anotherVerb(i, hi) {
		return c, false
	}
	if r.lex.verbSecond && !t.has(selfSay) && r.ofItself(lo, i, hi) || r.scareNoun(i) || r.oneReport(lo, i) {
		return c, false
	}
	if i+1 < hi && r.tokens[i+1].has(reflexive) && r.tokens[i+1].quote < 0 && !t.has(selfSay) {
		return c, false
	}
	r.extend(&c, &t, hi)
	return c, true
}

// ofItself reports whether "sich" belongs to the verb at token i though it stands
// apart from it: "wo der Hof sich befindet", "verspricht man sich".
func (r *reader) ofItself(lo, i, hi int) bool {
	if i+2 < hi && r.tokens[i+1].is(subjectPronoun) && r.tokens[i+2].has(reflexive) {
		return true
	}
	if r.at(i + 1).word() {
		return false
	}
	for k := i - 1; k > lo && r.tokens[k].kind != comma && r.tokens[k].quote < 0; k-- {
		if r.tokens[k].has(reflexive) {
			return true
		}
	}
	return false
}

// inUse reports whether the form t of cue c is a verb of its clause, and notes how
// it is used.
func (r *reader) inUse(c *cue, t *token, lo, hi int) bool {
	g, i := c.group.lo, c.verb
	hasBe, hasHave, hasModal := r.holds(run{g, i}, be), r.holds(run{g, i}, have), r.holds(run{g, i}, modal)
	before, after := r.at(g-1), r.at(i+1)
	switch {
	case t.is(formIng):
		c.ing = !hasBe
		if hasBe && t.is(verbDoc) && after.kind == stop && !r.lex.verbSecond {
			return false // "Her silence is revealing."
		}
		if c.ing && (r.gerund(g, i, hi) || !r.lex.verbSecond && r.hasAnyOf(run{i, i + 1}, likePrep)) {
			return false
		}
		if c.ing && (before.is(det|number) || before.possessive || after.is(partOf)) {
			return false
		}
	case r.lex.verbSecond && t.is(formParticiple) && (after.is(aux) || after.is(indirect) && !t.is(formThird)):
		return false // "verurteilt worden war", "entschieden werde erst"
	case r.lex.verbSecond && t.is(formBase) && hasModal && r.holds(run{g, i}, indirect):
		return false // "er müsse erklären, warum": told by another voice
	case t.is(formParticiple) && hasBe && !t.is(formBase):
		c.passive = true
	case t.is(formParticiple) && t.is(verbSay|verbClaim) && after.id != 0 && after.id == r.lex.by && !hasHave && before.kind == comma && !(t.has(plain) && r.bareNounAt(i+2)):
		c.passive = true // "the plan, first reported by X"
	case t.is(formPast | formParticiple):
		if v := r.raised(lo, g); hasHave && v >= 0 && t.is(saying|verbObject) {
			c.group.lo = r.groupStart(lo, v) // "is alleged to have said"
			return true
		}
		return r.pastInUse(g, i, t, hasHave)
	default:
		if v := r.raised(lo, g); v >= 0 && t.has(states) && t.is(verbMind) && t.is(nounFirst) && after.is(mark) {
			c.group.lo = r.groupStart(lo, v) // "began to suspect that P"
			return true
		}
		if !r.finite(g, i, hasModal) || hasHave && !t.is(formBase) && !r.lex.verbSecond {
			return false // "they had orders to leave"
		}
		if v := r.raised(lo, g); v >= 0 && (t.is(formBase) || r.lex.verbSecond) && (t.is(reporting) || t.has(clausal|states) && (after.is(mark) || after.quote >= 0)) {
			c.group.lo = r.groupStart(lo, v) // "seemed to suggest", "took to Instagram to remember “Q”"
			return true
		}
		c.infin = before.is(infinitive) || before.is(coord) && !hasModal && !t.is(formPast|formThird) && r.infinitiveIn(lo, g-1)
	}
	return true
}

// pastInUse tells verbs in the past from participles that stand before or behind
// a noun: "the alleged plan", "a group called X", "a report published by X".
func (r *reader) pastInUse(g, i int, t *token, hasHave bool) bool {
	before, after := r.at(g-1), r.at(i+1)
	if g == i && (before.possessive || before.is(document|data|speechNoun|image|video) && r.reduced(i, g-2)) {
		return false // "the board's repeated warnings", "letters found in a drawer suggest P"
	}
	if g == i && !r.behindThat(g, t) && before.is(det|number) && !before.is(subjectPronoun) && nounish(after) && !(before.is(anaphor) && after.capital && r.at(i+2).capital && !r.at(i-2).word()) && !(before.digit && r.at(g-2).capital && r.at(g-2).quote < 0 && !r.at(g-2).is(day)) && !(t.has(plain) && (before.digit || before.is(adverb) || before.is(number) && r.at(g-2).is(prep))) {
		return false
	}
	if t.has(asks) && after.id != 0 && after.id == r.lex.by && (before.kind != wordToken || before.is(subord)) {
		return true // "Asked by X whether P, …"
	}
	if g == i && before.is(prep) && !before.is(subord) {
		return false
	}
	if after.id != 0 && after.id == r.lex.by && !hasHave && t.is(formParticiple) && !(r.lex.verbSecond && t.is(formThird)) && !(t.has(plain) && r.bareNounAt(i+2)) {
		return false // but "said by phone"
	}
	if g == i && t.has(issuing) && !r.lex.verbSecond && before.is(document|speechNoun) && (after.is(prep|day) || after.is(adverb) && !after.is(det)) {
		return false // "a statement issued after the talks said P"
	}
	if !r.lex.verbSecond && !hasHave && t.is(formParticiple) && !t.is(formPast|formThird|formBase) && !(after.id != 0 && after.id == r.lex.by) {
		return false // "a trap known as a lure"
	}
	if !r.lex.verbSecond && g == i && before.kind == comma && t.is(verbClaim) && after.is(infinitive) && !r.at(i+2).is(det|person|objectPronoun|outlet|organisation) && !r.at(i+2).capital {
		return false // "posts from May, alleged to come from clerks"
	}
	if r.calledSo(g, i, t) {
		return false // "a former sergeant named Ali Berg"
	}
	if g < i && t.is(verbObject|verbWill) && before.kind == comma && (after.is(likeAs) || after.is(infinitive) && r.at(i+2).capital) && !r.holds(run{g, i}, aux|negative) && !r.lex.verbSecond {
		return false // "…, once offered to Pittsburgh,", "two men, later identified as guards"
	}
	if g == i && !r.lex.verbSecond && t.is(formParticiple) && before.is(speechNoun) && after.is(prep) && r.at(g-2).is(article) && r.at(g-3).is(prep) && t.has(strict) {
		return false // "said in a statement read on television that P"
	}
	if t.has(chargedWith) && after.is(partOf) {
		return false // "the man accused of stealing"
	}
	if t.has(asks) && (after.is(negative) || g == i && before.kind == comma && (after.is(prep) && after.id != r.lex.by || after.has(question))) || g == i && before.kind == comma && t.is(verbObject) && after.is(day|prep) && !after.is(afterCue) {
		return false // "who asked not to be named", ", published on Monday,"
	}
	if g == i && t.has(naming) && before.kind == comma && (after.kind == mark2 || (after.capital || after.is(likeAs)) && !r.lex.verbSecond) && i-2 >= 0 && !r.tokens[i-2].capital && !r.tokens[i-2].is(person) {
		return false // "a robot, named “Hope”, won"
	}
	if g == i && t.has(naming) && after.kind == mark2 && after.quote >= 0 && r.shortQuote(int(after.quote)) && !r.at(r.last[after.quote]+1).word() && !r.lex.verbSecond {
		return false // "a user called “Anon”, who wrote P"
	}
	if g == i && t.has(naming) && (after.capital || after.quote >= 0 || after.kind == mark2 || after.is(likeAs) && !r.lex.verbSecond && !hasHave) && !before.capital && before.word() &&
		!before.is(person|outlet|anonymous|subjectPronoun|relative|coord|adverb|conj) {
		return false
	}
	if g == i && !r.lex.verbSecond && t.is(verbObject|verbDoc) && after.is(prep|day) && !after.is(infinitive|afterCue) && !before.capital && before.word() &&
		!before.is(person|organisation|outlet|anonymous|document|data|subjectPronoun|relative|coord|adverb|conj|det|number) {
		return false // "visas issued in May"
	}
	if g == i && t.is(verbObject) && !t.has(states) && after.capital && !before.capital && before.word() &&
		!before.is(person|organisation|outlet|anonymous|document|subjectPronoun|relative|coord|adverb|conj) {
		return false // "a group called X"
	}
	return true
}

// calledSo reports whether "named" at token i gives somebody a name whom an article brings in: "a man named Jan Berg".
func (r *reader) calledSo(g, i int, t *token) bool {
	if r.lex.verbSecond || g < i || !t.has(naming) || t.has(calls) || !r.at(i+1).capital || !r.at(i-1).word() {
		return false
	}
	e := i + 1
	for r.at(e).capital && r.at(e).word() {
		e++
	}
	if r.at(e).is(likeAs|det|prep) && !r.at(e).is(partOf) {
		return false // "A witness named Berg as the driver"
	}
	for k := i - 1; k > max(0, i-5) && r.tokens[k].word(); k-- {
		if t := &r.tokens[k]; t.is(article) && !t.is(definite) {
			return true
		}
	}
	return false
}

// behindThat reports whether the verb t at token g has nothing before it in its sentence but a "das"
// that points back, in languages whose verb stands second: "Das sagte Berg". Where another verb
// follows it belongs to a noun: "Das erklärte Ziel ist P".
func (r *reader) behindThat(g int, t *token) bool {
	b := r.at(g - 1)
	first := g - 1
	if a := r.at(g - 2); a.is(adverb) && a.capital && !b.capital {
		first-- // "Genau das sagte Berg"
	}
	if !r.lex.verbSecond || t.is(formParticiple) && !t.is(formThird) || !b.is(anaphor) {
		return false
	}
	if r.at(g-2).kind == comma && r.at(g-2).quote < 0 && !b.capital {
		n := r.at(g + 1) // "P, das zeigt eine Studie": not "ein Bild, das zeigt, wie"
		return n.word() && n.quote < 0 && ((t.is(formThird|formBase) || len(r.lex.words[t.id].particles) > 0) && !n.is(prep) || n.is(det|subjectPronoun))
	}
	if t.is(formParticiple) && (!t.is(formThird) || r.inflected(g)) || !r.at(first).capital || r.at(first-1).word() {
		return false
	}
	for k := g + 1; k < g+maxSource && r.at(k).word(); k++ {
		if r.tokens[k].is(aux|finiteVerb) && r.tokens[k].quote < 0 {
			return false
		}
	}
	return true
}

// bareNounAt reports whether a noun that names nobody stands at token i, as in
// "said by phone".
func (r *reader) bareNounAt(i int) bool {
	n := r.at(i)
	return n.word() && !n.capital && !n.is(det|poss|anonymous|person)
}

// extend takes into the cue what belongs to its verb: "sich", "to say" behind
// "declined", a preposition, a particle.
func (r *reader) extend(c *cue, t *token, hi int) {
	i := c.verb
	if i+1 < hi && r.tokens[i+1].has(reflexive) && r.tokens[i+1].quote < 0 {
		c.group.hi++
	}
	if v := i + 2; t.has(evades) && v+2 < hi && (r.tokens[v+1].is(afterCue|subord) && !r.at(v+2).is(day) || r.tokens[v+1].is(det)) && r.tokens[i+1].is(infinitive) && r.tokens[v].has(evaded) && r.tokens[v].quote < 0 {
		c.group.hi = v + 1
		if v+1 < hi && r.tokens[v+1].is(afterCue) && !r.tokens[v+1].is(mark) {
			c.group.hi++
		}
	}
	for c.group.hi < hi && r.tokens[c.group.hi].is(afterCue) && !r.tokens[c.group.hi].is(mark) && r.tokens[c.group.hi].quote < 0 &&
		(t.is(verbObject) || r.tokens[c.group.hi].has(topical)) && !r.whenOrHow(c.group.hi) {
		c.group.hi++
	}
	if c.far.lo == c.group.hi {
		c.group.hi, c.far = c.far.hi, run{}
	}
}

// endsInS reports whether the word at token i looks like a plural.
func (r *reader) endsInS(i int) bool {
	w := r.word(i)
	return strings.HasSuffix(w, "s") || !r.lex.verbSecond && strings.HasSuffix(w, "men") && len(w) > 5 && r.tokens[i].traits&verbMind == 0
}

// raised is the verb before "to" at g-1 that leaves the subject to the infinitive
// at g ("seemed to suggest", "went on to say"), -1 when there is none.
func (r *reader) raised(lo, g int) int {
	v := g - 2
	if !r.at(g-1).is(infinitive) || v <= lo {
		return -1
	}
	if r.tokens[v].has(onward) {
		v--
	}
	for k := v - 2; k > lo && k > v-6 && r.tokens[k+1].word(); k-- {
		if p, n := r.phraseAt(k, g); n > 0 && p.use == useTakes {
			return k // "took to Instagram to say"
		}
	}
	if v > lo && r.tokens[v].has(raising) && r.tokens[v].quote < 0 {
		return v
	}
	return -1
}

// infinitiveIn reports whether an infinitive stands in the clause that ends at
// token e: what "and" joins to it is one too.
func (r *reader) infinitiveIn(lo, e int) bool {
	for i := e - 1; i >= max(lo, e-16); i-- {
		t := &r.tokens[i]
		if t.is(infinitive) && t.quote < 0 {
			return r.at(i+1).word() && !r.at(i+1).is(det|subjectPronoun) && !r.at(i+1).capital
		}
		if t.is(relative) || t.kind == semicolon {
			return false
		}
	}
	return false
}

// gerund reports whether a form in -ing is a noun: behind an adjective ("a stern
// warning"), or a verb with nothing to report ("writing for the court").
func (r *reader) gerund(g, i, hi int) bool {
	after := r.at(i + 1)
	if before := r.at(g - 1); before.is(speechNoun) && (after.suffix == edSuffix || after.is(formParticiple)) && !r.lex.verbSecond {
		return true // "decried news reporting based on leaks"
	}
	takes := after.quote >= 0 || after.is(prep) && r.quantity(i+1, hi) || after.kind == comma && r.at(i+2).quote >= 0 || after.is(infinitive) && r.tokens[i].is(verbWill) || after.is(mark|det|subjectPronoun|objectPronoun|subord) && !after.is(prep) || after.capital || after.kind == colon
	if takes {
		return false
	}
	if before := r.at(g - 1); before.word() && r.at(g-2).is(det|poss) && !before.is(speechNoun|document|person) {
		return true
	}
	if !after.is(prep) || r.tokens[i].is(verbObject) {
		return false
	}
	for k := i + 1; k < min(hi, i+16); k++ {
		if r.tokens[k].quote >= 0 || r.tokens[k].is(mark) {
			return false
		}
	}
	return true
}

// nounish reports whether a token may be the noun behind an adjective.
func nounish(t *token) bool {
	return t.word() && !t.is(det|prep|subord|aux|subjectPronoun|adverb|conj|day)
}

// finite tells verbs from nouns of the same form: "officials claim" is one,
// "the claim", "of reports", "Trump's calls" are not.
func (r *reader) finite(g, i int, hasModal bool) bool {
	t, before, after := &r.tokens[i], r.at(g-1), r.at(i+1)
	if hasModal {
		return true
	}
	if r.contrastBefore(g) {
		before = r.at(g - 4) // "Satellite images, however, show P"
	} else if before.kind == closing && g > 3 && !r.lex.verbSecond && r.at(g-3).kind == opening {
		before = r.at(g - 4) // "the Office for Risk Management (NORM) reports"
	}
	if t.is(formBase) && g == i && !r.lex.verbSecond && after.kind == comma && !before.is(subjectPronoun) && (before.kind == comma || before.is(conj)) {
		return false // "no better than, say, a plan"
	}
	if g < i && t.is(nounFirst) && before.is(det|poss) && !before.is(subjectPronoun|relative) && !r.holds(run{g, i}, aux|negative) {
		return false // "the only question"
	}
	if g < i || before.is(subjectPronoun) && !t.is(nounFirst) && (!before.is(poss|objectPronoun|relative) || t.is(saying) && t.is(formThird) && !t.is(formBase)) {
		return true
	}
	if t.is(nounFirst) && !r.lex.verbSecond && g == i && (before.suffix == ingSuffix && !before.capital && r.at(g-2).is(prep) || t.is(formBase) && after.kind == stop && before.capital && before.is(outlet) && r.toRefute(g)) {
		return false // "about rebutting reports that P", "to refute the Times report."
	}
	if t.is(nounFirst) && (!r.showsVerb(g, before, after) && !r.paperBefore(g, after) || before.suffix == edSuffix ||
		r.at(g-2).is(article|poss) && !(r.at(g-3).is(prep) && r.paperBefore(g, after) || r.at(g-3).kind == comma && after.kind == comma) && !before.is(person|organisation|document|data|outlet|anonymous|image|video) && !before.capital && before.word()) {
		return false
	}
	if before.is(subjectPronoun) && !before.is(poss|objectPronoun|relative) || before.capital && t.is(saying) && !t.is(nounFirst) && !before.is(title) ||
		t.is(verbWill) && t.is(formThird) && after.is(infinitive) && before.word() && !before.is(det|poss|prep) && !before.possessive {
		return true
	}
	if t.is(formBase) && !t.is(formPast) && !r.lex.verbSecond && r.oneOnly(g-1) && (t.is(nounFirst) && !r.paperBefore(g, after) || t.is(verbObject|verbWill) && !t.is(nounFirst) && g == i && !before.capital) {
		return false // "a light show that lasts"
	}
	if before.possessive || before.is(poss) && !before.is(subjectPronoun|relative) {
		return false
	}
	if before.is(prep) && !before.is(infinitive) || before.is(conj) && !before.is(subjectPronoun) && after.is(prep) && !(r.lex.verbSecond && t.is(formThird)) {
		return false
	}
	if before.is(det) && (!t.is(formBase) || before.is(article)) {
		return r.behindThat(g, t) || before.is(relative|pluralPronoun) || t.is(saying) && !t.is(nounFirst) && r.standsAlone(g-1) // "another says"
	}
	if t.is(formThird) && after.is(be) && r.whatBefore(g) {
		return true
	}
	if t.is(formThird) && !r.lex.verbSecond && (after.is(aux) && !after.capital && !strings.HasSuffix(r.word(i+1), r.lex.endings[ingSuffix-1]) || after.is(prep) && !t.is(saying&^verbClaim)) {
		return after.is(subord) || after.is(afterCue) && t.is(verbObject) || after.is(infinitive) && t.is(verbMind) && t.has(states)
	}
	return true
}
