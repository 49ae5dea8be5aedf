package attribution

// bareAnswer is how many words a statement has at most that only says no.
const bareAnswer = 6

// disagreesAt finds the verb by which somebody in unit u disagrees and says no more of it:
// "Engineers disagree.", "Berg disagreed, saying P", "The union said it “strongly disagrees”".
// What somebody disagrees with stands before it, so that "with" brings another matter.
func (r *reader) disagreesAt(u int, own []int) (run, bool) {
	hi := r.end(u)
	if r.lex.verbSecond {
		return r.speaksAgainst(r.claim[u], hi)
	}
	for i := r.claim[u] + 1; i < hi; i++ {
		t, n := &r.tokens[i], r.at(i+1)
		if r.disputesThe(u, i) {
			return run{i, i + 1}, true
		}
		if !t.has(disagrees) || i+1 < hi && n.word() || r.at(i-1).is(negative|infinitive|modal) {
			continue
		}
		at := i
		for at > r.claim[u] && (r.tokens[at-1].suffix == lySuffix || r.tokens[at-1].is(adverb) && !r.tokens[at-1].is(det)) {
			at--
		}
		if t.quote < 0 {
			s, ok := r.sourceBefore(r.claim[u], at)
			if ok && s.lo <= r.claim[u]+1 && !r.verbIn(r.claim[u], s.lo) {
				return run{i, i + 1}, true
			}
		}
		for _, k := range own { // "said it disagrees": the one who speaks, or "we"
			if f := &r.found[k]; len(f.content) > 0 && at-f.content[0].lo <= 3 && r.selfOnly(run{f.content[0].lo, at}) {
				return run{i, i + 1}, true
			}
		}
	}
	return run{}, false
}

// disputesThe reports whether a verb at token i says of whatever was said that it is not so: "The army
// disputed the toll", "She disputes the 40-ton figure".
func (r *reader) disputesThe(u, i int) bool {
	if t := &r.tokens[i]; t.quote >= 0 || !t.is(dispute) || !r.at(i+1).is(definite) || !r.hasAnyOf(run{i, i + 1}, disputing) || r.at(i-1).is(negative|infinitive|modal) {
		return false
	}
	s, ok := r.sourceBefore(r.claim[u], i)
	return ok && s.lo <= r.claim[u]+1 && !r.verbIn(r.claim[u], s.lo)
}

// speaksAgainst reads the same where the verb stands second: "Dem widersprach X", "X widersprach
// dieser Darstellung", "X widersprach: „P“", "Das sieht X anders".
func (r *reader) speaksAgainst(lo, hi int) (run, bool) {
	back, verb, said := false, false, false // a word that points back, a verb that is no auxiliary, one of saying
	for i := lo; i < hi && i < lo+maxSource; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || !t.word() {
			return run{}, false
		}
		if n := r.differsAt(i, hi); n > 0 {
			return run{i, i + n}, i > lo && (t.is(aux|finiteVerb|reporting) || r.differsLast(lo, i, i+n, hi))
		}
		ends := i+1 >= hi || !r.tokens[i+1].word() || r.tokens[i+1].is(coord) && t.is(dispute|adverb)
		switch {
		case !t.has(disagrees):
		case t.is(adverb) && i == lo:
			return run{i, i + 1}, r.at(i+1).is(finiteVerb) && !r.at(i+1).is(aux) && r.at(i+2).is(anaphor|subjectPronoun) // "Anders sieht es X"
		case t.is(adverb):
			return run{i, i + 1}, (ends || r.loudly(i+1, hi)) && back && verb
		case !t.is(reporting):
			return run{i, i + 1}, ends && said // "erzählen anderes"
		default:
			alone := i == lo+1 && r.tokens[lo].has(oblique) || r.holdsHint(run{lo, i}, claimed) || r.loudly(i+1, hi)
			return run{i, i + 1}, i > lo && (ends || alone || r.pointsToClaim(i+1, hi) || r.toSomebody(i+1, hi))
		}
		back = back || t.is(anaphor) && !r.at(i+1).capital
		verb = verb || t.is(finiteVerb) && !t.is(aux)
		said = said || t.is(saying) && !t.capital
	}
	return run{}, false
}

// differsLast reports whether words that speak against somebody close their clause, with the verb before
// them: "wollte von einer Krise nichts wissen", "sind da jedoch weniger zuversichtlich".
func (r *reader) differsLast(lo, i, e, hi int) bool {
	if e < hi && r.tokens[e].word() {
		return false
	}
	wants := r.tokens[e-1].capital || !r.tokens[i].is(negative) || e-i > 2 // "andere Zahlen", "weniger zuversichtlich"
	for k := lo; k < i && !wants; k++ {
		wants = r.tokens[k].is(try)
	}
	return wants && r.holds(run{lo + 1, i}, aux|finiteVerb|reporting)
}

// toSomebody reports whether the object at token i is a person or a body: "widersprach der Behörde".
func (r *reader) toSomebody(i, hi int) bool {
	return i+1 < hi && r.tokens[i].has(ofWhom|oblique) && r.tokens[i].is(det) && r.tokens[i+1].capital && r.tokens[i+1].is(person|organisation)
}

// loudly reports whether nothing but one word for the manner stands between token i and the end of a
// clause: "dementiert heftig".
func (r *reader) loudly(i, hi int) bool {
	t := r.at(i)
	return i < hi && t.word() && !t.capital && t.quote < 0 && !t.is(det|prep|subjectPronoun|negative|conj) && (i+1 >= hi || !r.tokens[i+1].word())
}

// selfOnly reports whether nothing but a pronoun for the one who speaks stands in a run, and
// what opens a clause or a quotation.
func (r *reader) selfOnly(s run) bool {
	n := 0
	for i := s.lo; i < s.hi; i++ {
		switch t := &r.tokens[i]; {
		case t.is(subjectPronoun) && !t.is(relative):
			n++
		case t.word() && !t.is(mark):
			return false
		}
	}
	return n == 1
}

// saysNo is what one of own says that is nothing but a denial of what was said before it:
// "Not so", "“Nonsense”", "Engineers say it is not".
func (r *reader) saysNo(own []int) (run, bool) {
	for _, n := range own {
		f := &r.found[n]
		if len(f.content) == 0 || f.asWho {
			continue
		}
		s := f.content[0]
		for !s.empty() && !r.tokens[s.lo].word() {
			s.lo++
		}
		for e := s.lo; e < s.hi; e++ { // the first sentence of it
			if k := r.tokens[e].kind; k == stop || k == colon || k == semicolon || k == comma {
				s.hi = e
			}
		}
		for !s.empty() && !r.tokens[s.hi-1].word() {
			s.hi--
		}
		if s.empty() || s.hi-s.lo > bareAnswer || r.quotedIn(s) && r.tokens[s.lo].quote < 0 {
			continue
		}
		if r.verdictAlone(s) || !r.lex.verbSecond && r.cutShort(s) && !r.ofSpeaker(s, f.source) {
			return s, true
		}
	}
	return run{}, false
}

// verdictAlone reports whether a few words are a verdict without a verb: "not so", "not true",
// "nonsense".
func (r *reader) verdictAlone(s run) bool {
	no := false
	for i := s.lo; i < s.hi; i++ {
		switch t := &r.tokens[i]; {
		case t.has(untrue):
			return i == s.hi-1 && !no
		case t.is(negative) && i == s.hi-1 && i > s.lo && r.tokens[i-1].has(claimed):
			return true // "Stimmt nicht"
		case t.is(negative):
			no = true
		case i == s.hi-1:
			return no && (t.has(claimed) && !t.is(document|data) || t.is(conj|subord) && t.is(subord))
		case r.lex.verbSecond && t.has(claimed) && (!t.capital || i == s.lo):
		case !t.is(det|adverb) && t.suffix != lySuffix && !(r.lex.verbSecond && i == s.lo && r.inflected(i)):
			return false
		}
	}
	return false
}

// cutShort reports whether a few words are a pronoun and a verb that the words before must
// complete: "it is not", "they have not", "he did not".
func (r *reader) cutShort(s run) bool {
	if s.hi-s.lo > 2 && r.tokens[s.lo].is(mark) {
		s.lo++
	}
	if t := &r.tokens[s.lo]; s.hi-s.lo < 2 || s.hi-s.lo > 3 || !t.is(subjectPronoun) || t.is(relative) || !r.tokens[s.lo+1].is(aux) {
		return false
	}
	return r.tokens[s.hi-1].is(negative)
}

// saysYes is what one of own says that is nothing but an affirmation of what was denied before it:
// "Berg says there is", "they say it does".
func (r *reader) saysYes(own []int) (run, bool) {
	for _, n := range own {
		f := &r.found[n]
		if len(f.content) == 0 || f.asWho || r.lex.verbSecond {
			continue
		}
		s := f.content[0]
		for !s.empty() && !r.tokens[s.hi-1].word() {
			s.hi--
		}
		if s.hi-s.lo == 3 && r.tokens[s.lo].is(mark) {
			s.lo++
		}
		if s.hi-s.lo != 2 || r.quotedIn(s) {
			continue
		}
		t, v := &r.tokens[s.lo], &r.tokens[s.lo+1]
		if (t.is(subjectPronoun) && !t.is(relative) || t.has(dummy)) && v.is(aux) && !v.is(negative) && !r.ofSpeaker(s, f.source) {
			return s, true
		}
	}
	return run{}, false
}

// ofSpeaker reports whether the pronoun at the head of what is said may mean the one who says it:
// "The council said it would not".
func (r *reader) ofSpeaker(s, source run) bool {
	t := &r.tokens[s.lo]
	if t.is(mark) {
		t = r.at(s.lo + 1)
	}
	if t.has(dummy) {
		return false // "there is"
	}
	if source.empty() || t.is(pluralPronoun) == r.many(source) {
		it := t.is(objectPronoun) && !r.many(source) && r.holds(source, person) && !r.holds(source, organisation|outlet)
		return !it
	}
	return t.is(pluralPronoun) && !r.holds(source, person)
}

// many reports whether a source names more than one, also where its noun is on no list: "several
// conservatives".
func (r *reader) many(s run) bool {
	last := s.hi - 1
	return r.plural(s) || !s.empty() && r.tokens[s.lo].is(number|det) && !r.tokens[s.lo].is(poss|article) && !r.tokens[last].capital && r.endsInS(last)
}

// denial finds the words by which one of own denies what another voice said, and the unit of that
// voice.
func (r *reader) denial(u int, own []int, topics []topic) (words run, partner int, ok bool) {
	if cue, ok := r.deniedHere(own); ok {
		if p := r.accused(u, topics); p >= 0 {
			return cue, p, true
		}
	}
	before := r.voiceBefore(u)
	if cue, ok := r.deniesWhatWasSaid(own); ok && before >= 0 {
		return cue, before, true
	}
	if before >= 0 {
		if cue, ok := r.deniesOutright(own); ok {
			return cue, before, true
		}
		if words, ok := r.noneSuch(own); ok {
			return words, before, true
		}
	}
	if cue, ok := r.deniesAny(own); ok {
		if p := r.partner(u, topics); p >= 0 {
			return cue, p, true
		}
		if before >= 0 && r.speaksOf(run{cue.hi, r.end(u)}, &topics[before]) {
			return cue, before, true // the voice right before, and one word of it in what is denied
		}
	}
	said, found := r.calledUntrue(u, own)
	if !found {
		said, found = r.saysNo(own)
	}
	if !found && before >= 0 && r.denies(r.claim[before], r.ranges[before].hi) {
		said, found = r.saysYes(own)
	}
	return said, before, found && before >= 0
}

// speaksOf reports whether a run has a word of a topic.
func (r *reader) speaksOf(s run, t *topic) bool {
	for i := s.lo; i < s.hi; i++ {
		w := &r.tokens[i]
		if w.word() && w.end-w.start >= 4 && !w.is(common|det|prep|aux|reporting) && t.has(stem(r.text[w.start:w.end])) {
			return true
		}
	}
	return false
}
