package attribution

// inverted reads `"P," said X`.
func (r *reader) inverted(u, before int, c *cue) (found, bool) {
	lo, hi := r.from[u], r.end(u)
	g := c.group.lo
	prev := r.at(g - 1)
	if c.traits&speech == 0 && !((c.traits&verbWill != 0 || r.lex.verbSecond && c.traits&verbObject != 0 && r.at(lo).quote >= 0) && r.closesQuote(g-1) || r.lex.verbSecond && c.traits&verbObject != 0 && prev.kind == comma && r.inMood(run{lo, g - 1})) || g == lo && (u == 0 || r.at(g-1).quote < 0 || !r.free(u)) || c.infin {
		return found{}, false
	}
	if !r.lex.verbSecond && c.group.hi > c.verb+1 && r.tokens[c.group.hi-1].has(topical) {
		return found{}, false // "“P,” X said of Y"
	}
	quoted := r.closesQuote(g-1) || !r.lex.verbSecond && r.callsOut(lo, g-1)
	if !quoted && prev.kind != comma && prev.kind != dash || g-1 < before && !quoted {
		return found{}, false
	}
	lim := hi
	if c.far.lo >= c.group.hi {
		lim = c.far.lo
	}
	src, ok := r.subjectAfter(r.behindAdverbs(c.group.hi, lim), lim)
	if !ok || r.tokens[src.lo].is(objectPronoun|mark|adverb) && !r.tokens[src.lo].is(subjectPronoun) && !r.herNoun(src) {
		return found{}, false
	}
	if quoted && (r.statesIn(src) || src.hi < hi && r.isVerb(src.hi, lo)) {
		if _, ok := r.sourceBefore(lo, g); ok {
			return found{}, false
		}
	}
	if s, ok := r.sourceBefore(lo, g); ok && !quoted && !r.lex.verbSecond && (r.explainedName(lo, g, s) || r.nameInserted(lo, g)) {
		return found{}, false // "Berg, a lawyer from Ellery, said P", "One of them, Jan Berg, said P"
	}
	if !quoted && r.tokens[c.verb].has(plain) && !r.lex.verbSecond {
		return r.invertedPlain(u, g, src)
	}
	restricted := !quoted && (r.restricted(lo, g) || !r.lex.verbSecond && !r.at(src.hi).is(conj) && (r.named(src) && r.clauseBefore(lo, g-1) || r.properName(src) && r.undivided(lo, g-1)))
	if !quoted && (src.hi < hi && r.tokens[src.hi].word() && !r.lex.verbSecond || !r.finalOr(src.hi, hi) && !r.soonAt(src.hi, c.far.lo) && !r.objectLast(lo, g, src.hi, hi) ||
		!r.lex.verbSecond && !restricted && r.introduces(lo, g-1) || r.tokens[src.lo].is(mark) || g-lo < 3) {
		return found{}, false
	}
	closes := c.traits&(verbClaim|verbTell) != 0 && c.traits&formThird != 0 && (src.hi >= hi || r.tokens[src.hi].kind == stop) // "P, warns X."
	if !quoted && (c.traits&verbTell != 0 && !closes || r.tokens[src.lo].is(day)) {
		return found{}, false
	}
	if s, ok := r.sourceBefore(lo, g); ok && !quoted && !(r.lex.verbSecond && r.inMood(run{lo, g - 1})) && s.lo-lo < 8 && (s.lo == lo || !r.verbIn(lo, s.lo)) && !r.closesBy(lo, g, hi, src) && !restricted {
		return found{}, false
	}
	f := found{source: src, frame: FrameInverted}
	f.content = r.leftContent(u, g)
	if rest := r.resumed(src.hi, hi, false); len(rest) > 0 {
		f.content = append(f.content, rest...)
	} else if more := r.behindItsColon(max(src.hi, c.far.hi), hi); len(more) > 0 {
		f.content = append(f.content, more...) // "P, sagt X am Montag: Q"
	} else if !quoted {
		f.content = append(f.content, r.goesOn(src.hi, hi)...)
	}
	return f, true
}

// closesBy reports whether a name, and nothing but a sign behind it, stands behind
// ", reported" at g, and the words before may have a verb that no list has.
func (r *reader) closesBy(lo, g, hi int, src run) bool {
	if r.lex.verbSecond || !r.namelike(src.lo) || src.hi < hi && r.tokens[src.hi].word() {
		return false
	}
	for i := lo + 1; i < g-1; i++ {
		if r.tokens[i].suffix == edSuffix && !r.at(i-1).is(det|prep|coord) && r.at(i+1).is(prep) {
			return true
		}
	}
	return false
}

// named reports whether a phrase is a name, or a plain word or two and a name: "local station Coast 96".
func (r *reader) named(s run) bool {
	if r.tokens[s.lo].is(det | prep | subjectPronoun | objectPronoun | anaphor) {
		return false
	}
	for i := s.lo; i < min(s.lo+4, s.hi); i++ {
		if t := &r.tokens[i]; !t.word() || t.quote >= 0 {
			return false
		} else if t.capital {
			return !t.is(day)
		}
	}
	return false
}

// clauseBefore reports whether the words up to a comma at end begin with a clause of their own, whose verb
// a list has: "It doesn't cover the diesel, let alone the risk,".
func (r *reader) clauseBefore(lo, end int) bool {
	for i := lo; i < end; i++ {
		t := &r.tokens[i]
		if i == lo && t.is(anaphor) && i+2 < end && (r.tokens[i+1].is(aux|modal|be) || r.tokens[i+2].is(aux|modal|be)) {
			continue // "That is too high, argues X"
		}
		if !t.word() || t.quote >= 0 || t.is(relative|subord) && !t.is(det) {
			return false
		}
		if t.is(negative) || i > lo && t.is(aux|modal|be) && !r.at(i-1).is(det|prep|coord) {
			return true
		}
	}
	return false
}

// restricted reports whether the only comma before a verb at g stands right before it,
// and a relative clause without a comma before that: no comma parts such a subject from
// its verb, so the verb's subject follows ("Men who smoke die young, suggests a study"). Where the
// verb stands second, one comma is enough ("Berg wusste davon, behauptet Lund").
func (r *reader) restricted(lo, g int) bool {
	if r.tokens[g-1].kind != comma {
		return false
	}
	if r.commaIn(lo, g-1) {
		return r.lex.verbSecond && r.closesSubordinate(lo, g-1)
	}
	if r.lex.verbSecond {
		return true
	}
	for i := lo + 1; i < g-2; i++ {
		if t := &r.tokens[i]; t.quote < 0 && t.is(relative) && !t.is(mark) && r.tokens[i-1].word() && !r.tokens[i-1].is(prep|conj) {
			return true
		}
	}
	return false
}

// explainedName reports whether a phrase that ends before ", said" at g is a name and
// what explains it, and begins its clause: then it speaks itself.
func (r *reader) explainedName(lo, g int, s run) bool {
	if s.lo > r.afterOpening(lo, s.hi) || !r.tokens[s.lo].capital || !r.tokens[s.lo].is(title) && !r.namelike(s.lo) {
		return false
	}
	return r.commaIn(s.lo, g-1) && !r.statesIn(s)
}

// nameInserted reports whether nothing but a name stands between the commas before ", said" at g, and no
// verb before the first of them.
func (r *reader) nameInserted(lo, g int) bool {
	k := g - 2
	for k > lo && r.tokens[k].word() && r.tokens[k].capital && r.tokens[k].quote < 0 {
		k--
	}
	return k > lo && k < g-3 && r.tokens[k].kind == comma && !r.verbIn(lo, k) && !r.commaIn(lo, k)
}

// free reports whether the quotation that ends the unit before u, in the same
// paragraph, has no voice yet.
func (r *reader) free(u int) bool {
	if u == 0 || r.para[u] != r.para[u-1] {
		return false
	}
	end := r.ranges[u-1].hi - 1
	for n := len(r.found) - 1; n >= 0 && r.found[n].unit == u-1; n-- {
		for _, p := range r.found[n].content {
			if p.lo <= end && end < p.hi {
				return false
			}
		}
	}
	return true
}

// invertedPlain reads "P, said X" with a verb that needs no quoted words.
func (r *reader) invertedPlain(u, g int, src run) (found, bool) {
	lo, hi := r.from[u], r.end(u)
	if !r.invertsPlain(lo, g, hi, src) {
		return found{}, false
	}
	rest := r.resumed(src.hi, hi, true)
	if r.at(g-2).is(aux) && r.commaIn(src.lo, src.hi) { // "It was, said Berg, a mistake"
		end := src.lo
		for r.tokens[end].kind != comma {
			end++
		}
		src.hi, rest = end, []run{{end + 1, hi}}
	}
	if len(rest) == 0 && src.hi+1 < hi && r.tokens[src.hi].kind == colon {
		rest = []run{{src.hi + 1, hi}} // "Not so, said Berg: P"
	}
	f := found{source: src, frame: FrameInverted, content: r.leftContent(u, g)}
	if n := len(f.content); len(rest) == 0 && n == 1 && f.content[0].hi-f.content[0].lo == 1 && !r.lex.verbSecond && r.at(src.hi).kind == comma && r.at(src.hi+1).is(det) && r.statesIn(run{src.hi + 1, hi}) {
		rest = []run{{src.hi + 1, hi}} // "Eventually, says Berg, one of two things happens"
	}
	f.content = append(f.content, rest...)
	return f, true
}

// invertsPlain reports whether the phrase behind ", said" is the one who says
// it and not the beginning of what is said: no verb follows up to the end, or
// up to the comma that closes an insertion ("Trump, said Berg, would …").
func (r *reader) invertsPlain(lo, g, hi int, src run) bool {
	t := &r.tokens[src.lo]
	if t.is(subjectPronoun) && src.hi-src.lo > 1 {
		return false // "said they appeared genuine"
	}
	if !t.capital && !t.is(det|poss|person|anonymous|organisation|subjectPronoun) && !r.endsInPerson(src, hi) && !r.plainThenName(src) || t.is(day|mark|negative|objectPronoun) && !t.is(subjectPronoun) && !r.herNoun(src) ||
		r.statesIn(r.behindRetired(src)) || g-lo < 2 || r.quotedVerb(src, hi) || r.twoPhrases(src) {
		return false
	}
	if src.hi >= hi || r.tokens[src.hi].kind == stop || r.tokens[src.hi].kind == colon && !r.lex.verbSecond {
		return true
	}
	if r.tokens[src.hi].kind == comma {
		if n := r.at(src.hi + 1); r.allCapital(src) && n.is(aux) && !n.is(det) && !r.lex.verbSecond {
			return true // "…, but the truth, says Berg, is that P"
		}
		return !r.commaIn(lo, g-1) || !r.statesIn(run{src.hi + 1, hi})
	}
	return r.finalOr(src.hi, hi) && !r.statesIn(run{src.hi, hi})
}

// properName reports whether a phrase is a name, perhaps with its article: "the Harbour Post".
func (r *reader) properName(s run) bool {
	return r.named(s) || s.hi-s.lo > 1 && r.tokens[s.lo].is(article) && r.named(run{s.lo + 1, s.hi}) && r.tokens[s.lo+1].capital
}

// undivided reports whether words up to the comma at token i are one piece of some length that an article opens:
// a comma alone does not part a subject from its verb, so what they say is said by whoever stands behind it.
func (r *reader) undivided(lo, i int) bool {
	return i-lo > 4 && r.tokens[i].kind == comma && !r.commaIn(lo, i) && r.at(lo).is(article)
}

// plainThenName reports whether a phrase is a plain word or two and a name, whatever explains it: "local teacher Jan Berg, who".
func (r *reader) plainThenName(s run) bool {
	c := r.core(s)
	return r.named(s) && r.tokens[c.hi-1].capital
}

// behindRetired is a phrase without the participle before its title: "retired Col. Jan Berg".
func (r *reader) behindRetired(s run) run {
	if t := &r.tokens[s.lo]; t.suffix == edSuffix && !t.capital && s.hi-s.lo > 2 && r.tokens[s.lo+1].is(title|person) {
		s.lo++
	}
	return s
}

// herNoun reports whether a phrase opens with a word that is an object or an owner, and a noun stands behind it:
// "says her mother".
func (r *reader) herNoun(s run) bool {
	t := &r.tokens[s.lo]
	return t.is(poss) && t.is(objectPronoun) && s.hi-s.lo > 1 && r.nounBefore(s.hi-1) && (!r.at(s.hi).word() || r.at(s.hi).is(prep|day|conj))
}

// quotedVerb reports whether quoted words that begin with a small letter stand in a phrase or
// right behind it: they hold the verb of what is said ("says the road “stinks of smoke”"), a
// title or a nickname has a capital.
func (r *reader) quotedVerb(s run, hi int) bool {
	for i := s.lo + 1; i <= s.hi && i+1 < hi; i++ {
		t, n := &r.tokens[i], &r.tokens[i+1]
		if t.kind == mark2 && t.quote >= 0 && r.first[t.quote] == i && n.word() && !n.capital && !n.digit && r.at(i-1).word() {
			return true
		}
	}
	return false
}

// callsOut reports whether a question or an outcry without quotation marks ends at token i and
// its sentence goes on: "Had he read it? asked Berg".
func (r *reader) callsOut(lo, i int) bool {
	t, n := r.at(i), r.at(i+1)
	if i <= lo+1 || t.kind != stop || t.quote >= 0 || !n.word() || n.capital {
		return false
	}
	return r.text[t.start] == '?' || r.text[t.start] == '!'
}

// twoPhrases reports whether an article behind a plain noun opens another phrase in a run: a verb
// that no list has stands between them ("said the strike hit a depot").
func (r *reader) twoPhrases(s run) bool {
	for i := s.lo + 2; i < s.hi; i++ {
		if t := &r.tokens[i]; t.kind == comma || t.is(relative) {
			return false
		}
		if r.tokens[i].is(article) && r.nounBefore(i-1) {
			return true
		}
	}
	return false
}
