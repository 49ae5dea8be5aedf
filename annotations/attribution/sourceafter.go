package attribution

// sourceAfter reads the noun phrase that begins at token i. long lets it run
// over every kind of preposition, as behind "according to".
func (r *reader) sourceAfter(i, hi int, long bool) (run, bool) {
	if r.at(i).is(adverb) && r.at(i).is(subord) && !r.at(i).is(det) && r.at(i+1).is(det|poss) {
		i++ // "according to even his own supporters"
	}
	if r.lex.verbSecond && i < hi && r.tokens[i].is(subjectPronoun) && !r.tokens[i].is(det) && r.tokens[i].quote < 0 && r.at(i+1).kind != comma {
		return run{i, i + 1}, true
	}
	s, last := i, i
	if n := r.attributeEnd(i, hi); n > i {
		i, last = n, n
	}
	for i < hi && i-s < maxSource {
		t := &r.tokens[i]
		if t.kind == opening {
			if c := r.closingOf(i, hi); c > i {
				i = c + 1
				last = i
				continue
			}
			break
		}
		if t.kind == mark2 && t.quote < 0 && i > s && r.tokens[i-1].end == t.start && r.at(i+1).word() {
			i++
			continue // "the Harbour Workers' Union"
		}
		if t.kind == comma {
			if n := r.explained(s, i, hi); n > i {
				return run{s, n}, i > s
			}
			break
		}
		if t.kind == mark2 && t.quote >= 0 && (i > s || r.lex.capitalNouns && (r.closesQuote(i-2) || r.namesBehind(i-1))) && r.shortQuote(int(t.quote)) && (!r.lex.capitalNouns || r.at(i+1).capital) {
			i = r.last[t.quote] + 1
			last = min(i, hi)
			continue
		}
		if !t.word() || t.quote >= 0 || r.endsSource(s, i, long) {
			break
		}
		i++
		last = i
	}
	if last = min(last, hi); !r.lex.verbSecond {
		last = r.beforeAsking(s, last)
	}
	for last > s && r.tokens[last-1].is(prep|coord|adverb) && !r.tokens[last-1].capital && !r.publicly(s, last-1) {
		last--
	}
	if last <= s || r.tokens[s].is(prep|aux|subord) && !r.tokens[s].is(det) && !r.tokens[s].capital {
		return run{}, false
	}
	return run{s, last}, true
}

// endsSource reports whether a source that begins at s cannot go on with the word
// at token i.
func (r *reader) endsSource(s, i int, long bool) bool {
	t, next := &r.tokens[i], r.at(i+1)
	if t.is(aux) && !t.possessive && !r.hasRelative(s, i) && !(i == s && (t.capital || t.is(det)) && next.capital) ||
		t.is(coord) && (next.is(reporting|aux) || next.suffix == edSuffix && !long) && !(r.hasRelative(s, i) && !next.is(saying)) {
		return true
	}
	if i == s || r.inDate(s, i) {
		return false
	}
	if t.is(infinitive) && !r.lex.verbSecond && !r.leaveTo(s, i) && next.word() && !next.capital && !next.digit && !next.is(det|poss|number|person|organisation) && next.id != 0 {
		return true // "told by the council to leave"
	}
	if b := &r.tokens[i-1]; t.id != 0 && t.id == r.lex.by && (b.suffix == edSuffix || b.is(formParticiple)) {
		return false // "a letter signed by 40 doctors"
	}
	if r.lex.capitalNouns && i-1 > s && t.has(ofWhom) && t.is(det) && r.toldTo(s, i) {
		return true // "sagte Anna Berg der Zeitung"
	}
	if t.is(subord|conj) && !t.is(coord|prep|relative) || t.is(subjectPronoun) && !t.is(relative|det) {
		return true
	}
	if r.lex.capitalNouns && r.goesOnAfter(s, i) {
		return false
	}
	if r.lex.capitalNouns && r.countsNew(i) {
		return true
	}
	if b := &r.tokens[i-1]; r.lex.capitalNouns && (b.capital || b.kind == closing || b.kind == mark2) && (!t.capital && !t.is(det|coord) && !t.is(partOf) || t.has(newPhrase) || t.digit && !next.has(ofWhom)) {
		return true
	}
	if long && !r.lex.verbSecond && t.is(prep) && t.is(subord) && !r.hasRelative(s, i) {
		return true // "according to the coroner after an autopsy"
	}
	return !long && (r.leavesName(s, i) && !(t.is(prep) && t.is(subord) && !r.lex.verbSecond && r.hasRelative(s, i) && next.digit) || t.is(day) && t.capital || r.whenAt(i))
}

// goesOnAfter reports whether a source goes on with the word at token i though no article stands there: "Mandy Kruse (34) aus Zerlitz".
func (r *reader) goesOnAfter(s, i int) bool {
	b, n := &r.tokens[i-1], r.at(i+1)
	if r.aroundSomebody(s, i) || r.cameFrom(s, i) || b.capital && r.tokens[i].capital && r.tokens[i].is(prep) && n.capital { // "vom Gasthaus Am Deich"
		return true
	}
	if n.capital && n.id == 0 && b.capital && i-2 > s && r.tokens[i-2].is(det) && r.tokens[i-2].has(ofWhom) && r.word(i) == hailsFrom {
		return true // "ein Sprecher der Leitstelle in Warnau"
	}
	return n.capital && n.quote < 0 && (b.kind == closing || b.capital && n.id == 0 && (r.tokens[s].is(article) && !r.tokens[s].is(definite) && i == s+2)) && r.hasAnyOf(run{i, i + 1}, hailing)
}

// explained is the end of what explains the name before the comma at i: an
// apposition, or an age and one more ("Berg, 22, of Portsea, Maine"). It is i
// where nothing does.
func (r *reader) explained(s, i, hi int) int {
	if i+1 < hi && r.degree(i+1) && !r.at(i+2).word() && r.namelike(s) {
		if i+2 < hi && r.tokens[i+2].kind == comma && r.tokens[i+2].quote < 0 {
			return r.explained(s, i+2, hi)
		}
		return i + 2
	}
	if n := max(r.roleNamed(s, i, hi), r.houseBehind(i, hi)); n > i {
		return n
	}
	if i+1 < hi && r.partyAt(i+1) && (i+2 >= hi || !r.tokens[i+2].word()) {
		return i + 2
	}
	if e := r.relativeLast(i, hi); e > i && r.tellsWho(run{s, i}) {
		return e
	}
	if e := r.roleWhere(s, i, hi); e > i {
		return e
	}
	n := r.apposition(i, hi)
	if n > i && (r.remark(run{s, i}, i+1, n, false) || r.clauseBehind(i+1, n)) {
		return i
	}
	if !r.at(i+1).digit || n >= hi || r.tokens[n].kind != comma {
		return n
	}
	if r.at(n + 1).is(partOf) {
		return r.placeEnd(n+1, hi)
	}
	if r.at(n + 1).has(origin) {
		return r.originEnd(n, hi)
	}
	return r.apposition(n, hi)
}

// roleNamed is the end of the name behind the comma at i that says who the role at
// s is ("said the minister, Anna Berg"), i where none does.
func (r *reader) roleNamed(s, i, hi int) int {
	bare := !r.lex.capitalNouns && r.tokens[i-1].is(person) && !r.tokens[i-1].capital && !r.plural(run{s, i}) && r.lex.persons.given[r.word(i+1)] != anySex && !r.commaIn(s, i)
	if r.lex.capitalNouns || !bare && ((!r.tokens[s].is(det) || r.tokens[s].capital) && !r.ownerIn(run{s, min(i, s+4)}) || !r.holds(run{s, i}, person|poss) && !r.ownerIn(run{s, i}) && !(i == s+1 && r.tokens[s].is(number)) || r.commaIn(s, i)) {
		return i
	}
	k := i + 1
	for k < hi && k-i < 6 && r.tokens[k].word() && r.tokens[k].capital && r.tokens[k].quote < 0 && !r.tokens[k].is(day|det|prep) && (k == i+1 || !r.tokens[k].is(title)) {
		k++
	}
	if k-i < 2 || k-i < 3 && !r.tokens[s].is(poss) || k < hi && r.tokens[k].kind != comma && r.tokens[k].kind != stop {
		return i
	}
	return k
}

func (r *reader) hasRelative(s, i int) bool {
	for k := s; k < i; k++ {
		if r.tokens[k].is(relative) {
			return true
		}
	}
	return false
}

// placeEnd is the end of "of Portsea, Maine" at token i.
func (r *reader) placeEnd(i, hi int) int {
	for k := i + 1; k < hi; k++ {
		t := &r.tokens[k]
		if t.kind == comma && r.at(k+1).capital && !r.at(k+2).is(finiteVerb|aux|reporting) || t.word() && (t.capital || t.is(det|prep)) {
			continue
		}
		return k
	}
	return hi
}

func (r *reader) closingOf(i, hi int) int {
	for k := i; k < min(hi, i+20); k++ {
		if r.tokens[k].kind == closing {
			return k
		}
	}
	return i
}

// apposition is the end of what stands behind the comma at i and explains the
// name before it, i when nothing does.
func (r *reader) apposition(i, hi int) int {
	t := r.at(i + 1)
	if i+1 >= hi || !t.word() || t.quote >= 0 {
		return i
	}
	if n := r.nameApposed(i+1, hi); n > i {
		return n
	}
	if !r.apposes(i + 1) {
		return i
	}
	rel, second := t.is(relative), i
	for k := i + 1; k < hi; k++ {
		u := &r.tokens[k]
		rel = rel || u.is(relative)
		if second > i && !rel && r.isVerb(k, i) && !r.namesNoun(k) {
			return second // "Berg, the head of the board, the pier is safe"
		}
		if !rel && (r.isVerb(k, i) && !r.namesNoun(k) || u.is(indirect) || r.lex.verbSecond && u.is(infinitive) && !r.at(k+1).capital) {
			return i
		}
		if t.is(relative) && (u.is(saying) || u.has(calls) && u.is(formPast) && k == i+2 && r.at(k+1).is(det)) && !u.is(formBase|formThird&nounFirst) {
			return i
		}
		if u.kind == comma && (t.digit || !r.apposedOn(k, hi)) || u.kind == dash || u.kind == semicolon ||
			u.kind == colon || u.quote >= 0 || u.kind == stop {
			return k
		}
		if u.kind == comma && second == i && r.at(k+1).is(article) && !r.lex.verbSecond {
			second = k
		}
	}
	return hi
}

// apposes reports whether an apposition can begin at token i.
func (r *reader) apposes(i int) bool {
	t, next := r.at(i), r.at(i+1)
	switch {
	case r.lex.capitalNouns && !t.capital && t.traits == 0 && !(next.capital && r.inflected(i)):
		return false // "sagte der Minister, längst Teil des Plans"
	case r.managing(i):
		return true
	case t.is(det):
		return !t.is(poss|subjectPronoun|anaphor) || t.is(poss) && !t.capital
	case t.is(relative):
		return !t.is(mark)
	case t.digit, t.is(person | organisation), t.has(formerly) && next.word() && !next.is(aux|adverb|conj|prep|subord|subjectPronoun):
		return true
	case t.capital:
		return next.possessive || r.at(i+2).possessive || !r.at(i-2).capital && (next.is(person) ||
			r.at(i+2).is(person)) || next.is(partOf)
	}
	return t.suffix == noSuffix && r.lex.ending(r.word(i)) != ingSuffix && !t.is(conj|prep|adverb|subord|aux|subjectPronoun|reporting|verbMind|negative|day|finiteVerb)
}

// managing reports whether a form in -ing at token i tells of the role behind it: "managing director".
func (r *reader) managing(i int) bool {
	n := r.at(i + 1)
	return !r.lex.verbSecond && r.lex.ending(r.word(i)) == ingSuffix && n.is(person|title) && !n.capital && !r.endsInS(i+1) && !n.is(reporting|verbMind)
}

// apposedOn reports whether an apposition goes on behind the comma at k.
func (r *reader) apposedOn(k, hi int) bool {
	t := r.at(k + 1)
	return k+1 < hi && (t.is(relative) && !t.is(mark) && (r.lex.verbSecond || !r.saysAtOnce(k+1, hi)) || t.capital && !t.is(title) && r.placed(k+1, hi) || t.is(article) && r.lastPart(k+1, hi))
}

// nameApposed is the end of a name between commas behind a noun, where nouns
// have capitals: "der Direktor der Behörde, Anna Berg, …".
func (r *reader) nameApposed(i, hi int) int {
	if !r.lex.capitalNouns {
		return 0
	}
	k := i
	for k < hi && k-i < 6 && r.tokens[k].word() && r.tokens[k].quote < 0 && (r.tokens[k].capital && !r.tokens[k].is(det) || k > i && (r.tokens[k].is(partOf) || r.tokens[k].has(ofWhom))) {
		k++
	}
	if k-i >= 2 && (k >= hi || r.tokens[k].kind == comma || r.tokens[k].kind == stop || r.tokens[k].kind == colon) {
		return k
	}
	return 0
}

// placed reports whether capitals up to a comma or the end follow: "Englewood,
// New Jersey".
func (r *reader) placed(i, hi int) bool {
	for i < hi && r.tokens[i].word() && r.tokens[i].capital {
		i++
	}
	return i >= hi || r.tokens[i].kind == comma || r.tokens[i].kind == stop && i+1 >= hi
}

// lastPart reports whether nothing but one more apposition follows to the end.
func (r *reader) lastPart(i, hi int) bool {
	for ; i < hi; i++ {
		if t := &r.tokens[i]; t.quote >= 0 || t.kind == comma || t.kind == dash || t.kind == colon {
			return false
		}
	}
	return true
}

// afterOpening is the first token behind the phrases that open a clause: time and
// place, subordinate clauses, conjunctions. It is hi where nothing is left.
func (r *reader) afterOpening(lo, hi int) int {
	s := lo
	for s < hi {
		t := &r.tokens[s]
		if n := r.timePhrase(s, hi); n > s {
			s = n
			continue
		}
		if s > lo+2 && t.capital && r.tokens[s-1].kind == comma && r.tokens[s-2].capital && r.at(s+1).kind == comma {
			s += 2 // "Portsmouth, N.H., …"
			continue
		}
		if n := r.placeName(lo, s, hi); n > s {
			s = n
			continue
		}
		if t.is(prep|subord) && !t.is(det|relative) && r.quantity(s, hi) {
			break
		}
		if s == lo && t.is(reporting|verbMind) && t.is(formParticiple) || t.is(prep|subord) && !t.is(det|relative) || t.suffix == ingSuffix || t.is(formIng) || t.suffix == edSuffix ||
			s == lo && r.lex.ending(r.word(s)) == ingSuffix {
			k := s
			for k < hi && r.tokens[k].kind != comma && r.tokens[k].quote < 0 {
				k++
			}
			if k >= hi || r.tokens[k].kind != comma {
				return hi
			}
			s = k + 1
			continue
		}
		if n := r.at(s + 1); t.is(det) && (n.suffix == lySuffix || n.is(adverb)) && r.at(s+2).kind == comma && s+3 < hi {
			s += 3 // "More recently, X"
			continue
		}
		if !t.word() || t.is(conj|contrast|adverb) && !t.is(det) || t.suffix == lySuffix || s == lo && t.traits == 0 && r.lex.ending(r.word(s)) == lySuffix {
			s++
			continue
		}
		break
	}
	return s
}

// placeName is the token behind "New Hampshire," at s, where the phrase before
// it ended with a name: "At a rally in Salem, New Hampshire, X". It is s where
// no such place stands there, or nothing follows.
func (r *reader) placeName(lo, s, hi int) int {
	if s < lo+3 || r.tokens[s-1].kind != comma || !r.tokens[s-2].capital || !(r.tokens[s-3].is(prep) || r.tokens[s-3].capital) {
		return s
	}
	k := s
	for k < hi && k-s < 3 && r.tokens[k].word() && r.tokens[k].capital && !r.tokens[k].is(title) {
		k++
	}
	if k == s || k+2 >= hi || r.tokens[k].kind != comma {
		return s
	}
	for i := k + 1; i < min(hi, k+12); i++ { // a subject and its verb must follow
		t := &r.tokens[i]
		if !t.word() || t.quote >= 0 || i == k+1 && t.is(article) && !t.capital {
			return s
		}
		if i > k+1 && (r.isVerb(i, s) || t.suffix == edSuffix) {
			return k + 1
		}
	}
	return s
}

// subject reads the noun phrase at the beginning of the clause that starts at lo.
func (r *reader) subject(lo, hi int) (run, bool) {
	s := r.afterOpening(lo, hi)
	if s >= hi || r.tokens[s].quote >= 0 {
		return run{}, false
	}
	if r.tokens[s].is(subjectPronoun) {
		return run{s, s + 1}, true
	}
	e := s
	for e < hi && e-s < maxSource {
		t := &r.tokens[e]
		if t.kind == opening {
			if c := r.closingOf(e, hi); c > e {
				e = c + 1 // "Berg (Lab, Riverside) disagreed"
				continue
			}
		}
		if t.kind == comma || t.kind == dash {
			if n := r.namedRole(s, e, hi); t.kind == comma && n > e {
				e = n
				break
			}
			if n := r.apposition(e, hi); n > e && n < hi && !r.remark(run{s, e}, e+1, n, true) {
				e = n
			}
			break
		}
		if t.kind == mark2 && t.quote < 0 && e > s && r.tokens[e-1].end == t.start && r.at(e+1).word() {
			e++
			continue // "the pilots' union"
		}
		if !t.word() && t.kind != opening && t.kind != closing || t.quote >= 0 || e > s && (r.isVerb(e, s) ||
			t.suffix == edSuffix && !r.at(e-1).is(det) || r.doneBy(e) || r.personDid(e)) {
			break
		}
		if e > s && t.is(subjectPronoun) && !t.is(det|relative|objectPronoun) && r.at(e-1).word() && !r.at(e-1).is(prep|coord) {
			return run{e, e + 1}, true
		}
		if t.is(negative) || e > s && t.is(prep) && r.at(e+1).is(day) || t.is(subord) && !t.is(prep|det) || t.is(adverb) && !t.is(det) && e > s ||
			t.suffix == lySuffix && e > s {
			break
		}
		e++
	}
	return r.trimSource(s, e)
}
