package attribution

import "strings"

// maxSource is the length in tokens of the longest source phrase.
const maxSource = 45

// sourceBefore reads the noun phrase that ends before token g, the subject of
// the verb there. lo is where its unit begins.
func (r *reader) sourceBefore(lo, g int) (run, bool) {
	j := r.skipBack(lo, g-1)
	if j < lo {
		return run{}, false
	}
	t := &r.tokens[j]
	if r.lex.verbSecond && j == lo && g > lo+1 && t.is(article) && t.has(nominative) && t.quote < 0 {
		return run{j, j + 1}, true // "Der wiederum sagte"
	}
	if s, ok := r.workBefore(lo, j); ok {
		return s, true
	}
	switch {
	case t.kind == comma && r.behindPlace(lo, j) && r.partBefore(lo, j) <= lo:
		j--
	case t.kind == comma || t.kind == dash:
		return r.interrupted(lo, j)
	case t.kind == closing || t.kind == mark2 && t.quote >= 0 && r.lex.verbSecond && r.shortQuote(int(t.quote)):
		return r.simple(lo, j+1)
	case !t.word():
		return run{}, false
	case t.is(relative) && !t.is(mark), t.is(subjectPronoun) && !t.is(relative) && !r.someOf(lo, j):
		if n := r.at(j + 1); j+1 < g && n.is(adverb) && n.is(objectPronoun) {
			return run{j, j + 2}, true // "She herself said"
		}
		return run{j, j + 1}, true
	case t.is(relative) && t.is(mark) && j == g-1 && j > lo && r.nounBefore(j-1) && r.tokens[g].is(formPast|formThird|verbDoc) &&
		(r.tokens[j-1].is(document|data|speechNoun|image|video) || !r.at(g+1).word()):
		return run{j, j + 1}, true // "a poll that shows P"
	case t.is(mark|subord|conj|prep) && !t.is(det):
		return run{}, false
	}
	s, ok := r.simple(lo, j+1)
	if ok && r.tokens[s.hi-1].is(speechNoun) {
		for i := s.hi - 2; i > s.lo; i-- {
			if r.tokens[i].is(prep) && !r.tokens[i].is(partOf) && r.tokens[i-1].capital {
				s.hi = i // "Berg in an interview said"
				break
			}
		}
	}
	if last := &r.tokens[max(s.hi-1, 0)]; ok && s.hi-s.lo > 1 && last.is(det) && last.is(adverb) && r.at(s.hi-2).word() && !r.at(s.hi-2).is(prep|det) {
		s.hi-- // "Berg and Lund both said"
	}
	if ok && r.lex.verbSecond {
		s.hi = r.beforeCiting(s)
	}
	if ok && r.placeAt(lo, s) {
		if left, found := r.simple(lo, s.lo-1); found {
			s.lo = left.lo
		}
	}
	if ok && !r.lex.verbSecond {
		s.hi = r.beforeCover(s)
		s.lo = min(r.earlier(lo, s), r.adjectives(lo, s))
		s.hi = r.withTime(s, g)
		if t := r.at(s.hi); s.hi < g && t.is(adverb) && t.is(objectPronoun) {
			s.hi++ // "Berg herself said"
		}
	}
	return s, ok
}

// someOf reports whether the pronoun at token j tells of whom some are: "many of you".
func (r *reader) someOf(lo, j int) bool {
	return j-2 >= lo && r.tokens[j].is(objectPronoun) && r.tokens[j-1].is(partOf) && r.tokens[j-2].is(det|number)
}

// placeAt reports whether a phrase is the second half of a place: "Berg of
// Columbia, South Carolina".
func (r *reader) placeAt(lo int, s run) bool {
	if s.lo-3 < lo || s.hi-s.lo > 2 || r.tokens[s.lo-1].kind != comma || !r.tokens[s.lo].capital {
		return false
	}
	if (r.tokens[lo].is(formIng) || r.lex.ending(r.word(lo)) == ingSuffix) && r.afterOpening(lo, s.hi) == s.lo {
		return false // "Writing in the Journal of Tides, Berg says P"
	}
	i := s.lo - 2
	for i > lo && r.tokens[i].word() && r.tokens[i].capital {
		i--
	}
	return i > lo && i < s.lo-2 && r.tokens[i].has(origin) && r.at(i-1).word() && !r.tokens[s.lo].is(title|person) && !r.tokens[s.lo-2].is(day)
}

// skipBack passes adverbs and days that stand between a subject and its verb
// ("Trump on Thursday said").
func (r *reader) skipBack(lo, j int) int {
	for j > lo {
		t := &r.tokens[j]
		if k := r.agoBefore(lo, j); k < j {
			j = k
			continue
		}
		switch {
		case t.quote >= 0:
			return j
		case t.is(day) && r.at(j-1).is(prep), t.is(day) && !t.capital && r.at(j-1).is(anaphor), t.is(day) && r.at(j-1).is(adverb) && !r.at(j-1).is(det):
			j -= 2
		case t.is(day) && !t.capital, t.is(adverb) && !t.is(det|prep), r.lex.verbSecond && t.is(contrast) && !t.capital && r.at(j-1).word():
			j-- // also "Berg aber sagte"
		case t.is(day) && t.capital && r.at(j-1).word() && r.at(j-1).capital:
			j--
		default:
			return j
		}
	}
	return j
}

// simple reads a noun phrase without commas that ends at token e (half open).
func (r *reader) simple(lo, e int) (run, bool) {
	verb, rel := -1, false
	i := e - 1
	for ; i >= lo && e-i <= maxSource; i-- {
		t := &r.tokens[i]
		if at, ok := r.partOfPhrase(lo, i, e); ok {
			i = at
			continue
		}
		if !t.word() || t.quote >= 0 {
			break
		}
		if r.thatDoes(lo, i) {
			verb, rel = -1, true
			continue
		}
		if r.subordinates(lo, i, e) || verb < 0 && i+1 < e && t.is(relative) && !t.is(prep|det) && !r.whoDoes(lo, i) {
			break // "… after the minister said", "the man whom Berg called"
		}
		if r.opensPhrase(lo, i, e) {
			i--
			break
		}
		if t.is(saying) && t.is(formBase) && i+1 < e && i > lo+1 && r.tokens[i-1].is(infinitive) && r.tokens[i+1].is(article) && !r.lex.verbSecond {
			break // "called back to say the FBI could not comment"
		}
		if t.has(owner) && i+1 < e && verb < 0 {
			i-- // "whose lawyers said P"
			break
		}
		if t.is(relative) && (verb >= 0 || !t.is(prep|det|mark) && r.whoDoes(lo, i)) && r.at(i-1).word() && i-1 >= lo {
			verb, rel = -1, true
			continue
		}
		if (verb == i+1 || verb == i+2 && r.tokens[i+1].is(adverb) && !r.tokens[verb].is(reporting|verbMind)) && t.is(relative) && t.is(subjectPronoun) && i-2 >= lo && r.tokens[i-1].kind == comma && r.tokens[i-2].capital {
			return r.simple(lo, i-1) // "Berg, who is chairman of the board said"
		}
		if t.is(likeAs) && (r.at(i-1).has(example) || r.namedAs(lo, i, e)) {
			continue // such as
		}
		if t.is(likeAs) && i < e-1 {
			if k := r.whoBefore(lo, i); k > lo {
				return r.simple(lo, k-1) // "Berg, who retired as mayor in May said"
			}
		}
		if t.is(conj) && !t.is(coord) || t.is(mark) && !t.is(det) || t.is(subord|relative) && !t.is(prep) &&
			!t.is(subjectPronoun) {
			break
		}
		if t.is(coord) {
			if !r.joins(lo, i, e) && !r.ampersand(lo, i, e) {
				break
			}
			continue
		}
		if t.is(mark) && r.at(i+1).is(det|subjectPronoun) {
			break
		}
		if r.isVerb(i, lo) && verb < 0 {
			verb = i
		}
	}
	start := i + 1
	if verb >= 0 && !rel {
		start = verb + 1
	}
	return r.trimSource(start, e)
}

// partOfPhrase reports whether the sign at token i belongs to the noun phrase that ends at e, and where what it
// closes begins: brackets, short quotations, "the ministers' spokesman", "a Sept. 15, 2011 letter".
func (r *reader) partOfPhrase(lo, i, e int) (begins int, ok bool) {
	switch t := &r.tokens[i]; {
	case t.kind == closing:
		return r.openingOf(lo, i), true
	case t.kind == mark2 && t.quote >= 0 && r.shortQuote(int(t.quote)) && r.first[t.quote] > lo:
		return r.first[t.quote], true
	case t.kind == mark2 && t.quote < 0 && i > lo && r.tokens[i-1].end == t.start || r.insidePhrase(lo, i, e):
		return i, true // also "the authors of that report"
	default:
		return i, t.kind == comma && t.quote < 0 && i-2 >= lo && i+2 < e && r.tokens[i-1].digit && r.tokens[i-2].is(day) && r.yearAt(i+1)
	}
}

// joins reports whether the conjunction at token i stands inside of a noun phrase
// that ends at e.
func (r *reader) joins(lo, i, e int) bool {
	if r.lex.by != 0 && i+2 < e && r.at(i+2).id == r.lex.by && r.at(i-1).kind != comma {
		return true // "a draft dated Feb. 26 and seen by Berg"
	}
	b := r.at(i - 1)
	if b.is(objectPronoun) && !b.is(subjectPronoun|adverb|poss) {
		return false // "passed him and Lund said"
	}
	return b.kind != comma && !b.is(day) && !r.verbIn(lo, i)
}

// nounBefore reports whether token i is a plain noun, so that an article behind
// it begins another phrase.
func (r *reader) nounBefore(i int) bool {
	if i < 0 {
		return false
	}
	t := &r.tokens[i]
	if !r.lex.verbSecond && !t.is(formIng) && strings.HasSuffix(r.word(i), "ing") && r.at(i-1).word() && r.endsInS(i-1) && !r.at(i-1).is(aux|finiteVerb|reporting) {
		return false // "scientists using the method"
	}
	return t.word() && t.quote < 0 && !t.capital && !t.possessive && t.suffix == noSuffix && !t.has(approx) &&
		!t.is(try|det|prep|coord|conj|subord|adverb|aux|number|reporting|verbMind|relative|subjectPronoun|finiteVerb|likeAs|day) && !r.at(i-1).is(have) && !(t.is(afterCue) && r.at(i-2).is(have))
}

// shortQuote reports whether a quotation is a nickname or a title, not speech.
func (r *reader) shortQuote(q int) bool {
	return r.last[q]-r.first[q] <= 6 && r.at(r.last[q]-1).word()
}

func (r *reader) openingOf(lo, i int) int {
	for k := i; k >= lo && i-k < 20; k-- {
		if r.tokens[k].kind == opening {
			return k
		}
	}
	return i
}

// isVerb guesses whether token i is a finite verb.
func (r *reader) isVerb(i, lo int) bool {
	t := &r.tokens[i]
	switch {
	case !t.word() || t.quote >= 0 || t.capital && i > lo:
		return false
	case t.possessive, r.beingDone(i, lo):
		return false
	case i > lo+2 && (r.doneByPlan(i) || r.pluralOf(i)):
		return false // "plans to cut carbon"
	case t.is(aux) && t.is(det) && r.at(i+1).capital:
		return false // "sein Anwalt"
	case r.reduced(i, lo), i > 0 && r.beingDone(i-1, lo):
		return false
	case (t.is(nounFirst) || t.is(finiteVerb) && !t.is(aux|formPast) && r.endsInS(i)) && i == lo && !r.at(i-1).word() && !r.lex.verbSecond:
		return false // "Posts on the board said"
	case t.is(finiteVerb) && r.lex.by != 0 && (r.at(i+1).id == r.lex.by || r.at(i+1).is(prep) && r.at(i+2).id == r.lex.by) && !t.is(aux) && !(r.at(i+1).id == r.lex.by && r.hasAnyOf(run{i, i + 1}, standing)):
		return false // "a team led by Berg", "a study paid for by Berg"
	case t.has(disagrees) && t.is(verbMind) && i > lo && !r.lex.verbSecond:
		return true
	case t.is(aux | finiteVerb | indirect):
		return true
	case t.has(plain) && t.is(formBase) && i > max(lo, 0) && (r.tokens[i-1].is(several) || r.endsInS(i-1)):
		return true // "Witnesses say the man shouted"
	case t.is(verbMind|verbObject|verbClaim) && t.is(formBase) && !t.is(nounFirst|formParticiple|det|prep|conj|adverb) && i > max(lo, 0) && !r.lex.verbSecond:
		b, n := r.at(i-1), r.at(i+1)
		return b.word() && !b.possessive && (b.is(several) && !b.is(det) || r.endsInS(i-1) && b.traits&^(common|person|organisation|official|document|data) == 0) && (n.is(det|subjectPronoun|objectPronoun|mark) || n.capital)
	case t.suffix == edSuffix && i > lo:
		next := r.at(i + 1)
		return (!r.at(i-1).is(det|prep|coord|adverb) || r.at(i-1).is(negative)) && r.at(i-1).word() &&
			(next.is(det|subjectPronoun|objectPronoun|adverb) || next.capital) && !next.is(day)
	case t.is(formPast) && t.is(formParticiple) && i > lo && (r.at(i+1).has(outward) || r.at(i+1).is(day)) && r.at(i+2).is(reporting|aux):
		return false // "a video posted online shows P"
	case t.is(formPast) && t.is(formParticiple) && r.at(i+1).is(day|prep) && (!r.at(i+1).is(infinitive|afterCue) || r.at(i+2).is(day)) && i > lo:
		return false // "the report published on Monday"
	case t.is(reporting|verbMind) && t.is(formPast|formThird) && !t.is(document|data|image|video|speechNoun):
		return !r.at(i-1).is(det|prep) || r.at(i-1).is(subjectPronoun)
	}
	return false
}

// verbIn reports whether a finite verb stands in the clause that ends at hi.
func (r *reader) verbIn(lo, hi int) bool {
	for i := hi - 1; i >= lo && hi-i < maxSource; i-- {
		t := &r.tokens[i]
		if t.kind == comma || t.kind == semicolon || t.kind == colon || t.kind == dash || t.quote >= 0 || t.is(relative) {
			return false
		}
		if r.isVerb(i, lo) || t.suffix == edSuffix && !r.at(i-1).is(det|prep|poss|document|data|image|video) && !r.at(i+1).is(prep) {
			return true
		}
	}
	return false
}

// trimSource drops what cannot begin a source, and refuses what cannot be one.
func (r *reader) trimSource(s, e int) (run, bool) {
	for s < e {
		t := &r.tokens[s]
		if t.kind == mark2 && t.quote >= 0 && r.first[t.quote] == s && r.lex.capitalNouns && r.at(s+1).capital && r.shortQuote(int(t.quote)) {
			break // "wie „Die Post“ meldete"
		}
		if !t.word() || t.is(conj|contrast) && !t.is(det) || t.is(adverb) && !t.is(det|number) && e-s > 1 && !r.describes(s, e) || t.possessive ||
			t.suffix == lySuffix || t.is(subord) && !t.is(prep) && !t.is(det) {
			s++
			continue
		}
		if r.opensAsAdverb(s) {
			s++
			continue
		}
		if t.is(prep) && t.is(subord) && !t.has(comparing) && !r.lex.verbSecond && r.quantity(s, e) {
			s++ // "since two members said"
			continue
		}
		if n := r.agoEnd(s, e); n > s {
			s = n // "Six months ago Mayor Berg said"
			continue
		}
		if t.is(prep) {
			if r.quantity(s, e) || t.has(timely) && r.at(s+1).is(person) && s+1 < e {
				break // "outside experts"
			}
			if n := r.introEnd(s, e); n > s {
				s = n
				continue
			}
			return run{}, false
		}
		if t.digit && s+3 < e && r.tokens[s+1].is(day) && r.tokens[s+1].capital && r.yearAt(s+2) && !r.lex.verbSecond {
			s += 3 // "4 October 2009 Rescue workers reported"
			continue
		}
		if t.is(day) && t.capital && s+2 < e && r.tokens[s+1].kind == comma {
			s += 2
			continue
		}
		if t.is(day) && r.at(s+1).is(day) && r.at(s+2).possessive {
			break // "last year's figures"
		}
		if t.is(day) && s+1 < e && (t.capital || t.is(adverb)) && !r.at(s+1).possessive && r.at(s+1).word() &&
			!r.at(s+1).is(prep) && !r.monthNamed(s) {
			s++
			continue
		}
		break
	}
	for e > s && (!r.tokens[e-1].word() && r.tokens[e-1].kind != closing && r.tokens[e-1].kind != mark2) {
		e--
	}
	for i := s; i < e; i++ {
		if q := r.tokens[i].quote; q >= 0 && (!r.shortQuote(int(q)) || i == s && r.first[q] < s) {
			return run{}, false
		}
	}
	if s+1 < e && !r.lex.verbSecond && r.tokens[s].has(dummy) && r.tokens[s+1].is(be) {
		return run{}, false // "there was no word from the crowds"
	}
	if s < e && !r.lex.verbSecond && r.tokens[s].is(be) && !r.tokens[s].capital {
		return run{}, false // "Saying so, in March, is another matter"
	}
	if s < e && (r.saysNothing(s, e) || r.accordingAt(s, e)) {
		return run{}, false // "Not so, says Berg", "according to records shown to the court"
	}
	if s >= e || e-s > maxSource || e-s == 1 && r.tokens[s].is(det|objectPronoun|adverb|number) &&
		!r.tokens[s].is(subjectPronoun|pluralPronoun) && !r.standsAlone(s) {
		return run{}, false
	}
	return run{s, e}, true
}
