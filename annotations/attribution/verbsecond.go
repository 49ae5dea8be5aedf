package attribution

import "strings"

// timeAlone reports whether a phrase before a verb tells nothing but a time: "Drei Wochen später
// schrieb X". Where the verb stands second its subject follows.
func (r *reader) timeAlone(s run) bool {
	time := false
	for i := s.lo; i < s.hi; i++ {
		t := &r.tokens[i]
		if time && i > s.lo+1 && t.kind == comma && (r.at(i+1).is(prep) || r.at(i+1).is(day)) {
			return true // "Ein Jahr später, am 11. Juli, schrieb X"
		}
		if !t.is(det|number|adverb|day) && !t.has(stretch|approx) {
			return false
		}
		time = time || t.has(stretch)
	}
	return time
}

// inflected reports whether a word ends as an adjective before its noun does.
func (r *reader) inflected(i int) bool {
	w := r.word(i)
	for _, e := range r.lex.adjectives {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// objectLast reports whether nothing but an object stands behind the one who speaks, from token i to the
// end, and the words before the verb at g are in the mood of reported speech: "P, begründete X den
// Schritt", "P, hielt X dem Minister entgegen".
func (r *reader) objectLast(lo, g, i, hi int) bool {
	if !r.lex.verbSecond || !r.inMood(run{lo, g}) || !r.at(i).is(det) {
		return false
	}
	k := i
	for k < hi && r.tokens[k].word() && r.tokens[k].quote < 0 {
		k++
	}
	return k-i < 8 && (k >= hi || r.tokens[k].kind == stop)
}

// inDate reports whether token i is the month or the year of a date whose day has a stop: "vom 3. September
// 2020".
func (r *reader) inDate(s, i int) bool {
	k := i - 1
	if r.tokens[i].digit {
		k--
	} else if !r.tokens[i].is(day) {
		return false
	}
	return k >= s && r.lex.capitalNouns && r.tokens[k].digit && r.text[r.tokens[k].end-1] == '.' && r.at(k+1).is(day)
}

// outletAt reports whether a word for an outlet stands at token i, alone or as the last part of a
// compound: "Zeitung", "Presse-Agentur", "Westrundfunk".
func (r *reader) outletAt(i int) bool {
	t := r.at(i)
	if !t.word() || !t.capital || t.quote >= 0 {
		return false
	}
	return t.is(outlet) || endsIn(r.word(i), r.lex.outlets)
}

// endsIn reports whether a word is a compound with one of the endings.
func endsIn(w string, endings []string) bool {
	for _, e := range endings {
		if len(w) > len(e) && strings.EqualFold(w[len(w)-len(e):], e) {
			return true
		}
	}
	return false
}

// concedes reports whether a unit opens with what one voice holds against another behind its comma:
// "Während X P für sicher hält, warnt Y". Both clauses must have a verb of saying or thinking.
func (r *reader) concedes(u int, own []int) (run, bool) {
	lo, f := r.claim[u], &r.found[own[0]]
	if !r.lex.verbSecond || !r.tokens[lo].is(while) || r.tokens[lo].quote >= 0 || f.cue.empty() || f.source.empty() {
		return run{}, false
	}
	first := min(f.cue.lo, f.source.lo)
	for _, n := range own[1:] {
		if r.found[n].who != f.who {
			return run{lo, lo + 1}, true
		}
	}
	if len(own) == 1 && f.source.lo == lo+1 && r.countsOtherwise(f.cue.hi, r.end(u)) {
		return run{lo, lo + 1}, true
	}
	for i := lo + 1; i+1 < first; i++ {
		if t := &r.tokens[i]; t.quote < 0 && !t.capital && t.is(saying|verbObject) && r.at(i+1).kind == comma {
			return run{lo, lo + 1}, true
		}
	}
	return run{}, false
}

// countsOtherwise reports whether the main clause behind the comma at i has a figure of its own, or quoted words, behind its
// verb and its subject: ", zählte die Polizei „rund 2000“".
func (r *reader) countsOtherwise(i, hi int) bool {
	if i+3 >= hi || r.tokens[i].kind != comma || !r.finiteAt(i+1) && !strings.HasSuffix(r.word(i+1), "te") {
		return false
	}
	s, ok := r.subjectAfter(i+2, hi)
	for k := s.hi; ok && k < hi; k++ {
		if t := &r.tokens[k]; t.digit || t.quote >= 0 {
			return true
		}
	}
	return false
}

// beforeGoverned is the subject behind its verb without what the verb governs: "berichtete eine Lotsin von
// einem Streit". A name behind "von" says who somebody works for.
func (r *reader) beforeGoverned(s run, c *cue) run {
	for i := s.hi - 2; i > s.lo && r.hasAnyOf(run{c.verb, c.verb + 1}, accusing) && c.far.lo == s.hi; i-- {
		if t := &r.tokens[i]; t.has(ofWhom) && t.is(definite) && r.tokens[i-1].capital {
			return run{s.lo, i} // "wirft die Firma der Partei vor"
		}
	}
	if !r.tokens[c.verb].has(governs) {
		return s
	}
	for i := s.lo + 1; i+1 < s.hi; i++ {
		if t := &r.tokens[i]; t.id == r.lex.by && t.quote < 0 && !(r.at(i+1).capital || r.at(i+1).is(definite)) {
			s.hi = i
		}
	}
	return s
}

// beforeDative is a subject behind its verb without the one it is said to: "pflichtete Jan Berg seinem Trainer bei".
func (r *reader) beforeDative(s run) run {
	for i := s.lo + 1; i+1 < s.hi; i++ {
		if t := &r.tokens[i]; t.is(det|poss) && t.has(oblique) && !t.has(ofWhom) && !t.capital && t.quote < 0 && r.tokens[i-1].capital {
			return run{s.lo, i}
		}
	}
	return s
}

// sideBySide finds the comma between two voices that the same verb sets side by side: "Die Regierung spricht
// von P, der Verband spricht von Q".
func (r *reader) sideBySide(own []int) (int, bool) {
	for k := 1; k < len(own) && r.lex.verbSecond; k++ {
		a, b := &r.found[own[k-1]], &r.found[own[k]]
		if a.who == b.who || a.frame != FramePreposed || b.frame != FramePreposed || a.cue.empty() || b.cue.empty() || b.source.lo < a.cue.hi {
			continue
		}
		v, w := r.word(a.cue.lo), r.word(b.cue.lo)
		if at := b.source.lo - 1; r.tokens[at].kind == comma && r.setAgainst(b) {
			return at, true
		} else if r.tokens[at].kind == comma && len(v) > 3 && len(w) > 3 && v[:3] == w[:3] {
			return at, true
		}
	}
	return 0, false
}

// opensCondition reports whether a verb opens its sentence and a comma parts it from the clause that follows, so that
// it tells what may be: "Sagt das Volk Ja, fahren die Bagger auf".
func (r *reader) opensCondition(c *cue, f *found) bool {
	if f.quoted || c.group.lo != r.claim[f.unit] || f.source.lo < c.group.hi {
		return false
	}
	for i := f.source.hi; i < r.end(f.unit); i++ {
		if t := &r.tokens[i]; t.kind == colon || t.quote >= 0 {
			return false
		} else if t.kind == comma {
			n := r.at(i + 1)
			return n.word() && !n.capital && !n.is(det|prep|subjectPronoun|subord|conj|mark|negative|adverb|relative)
		}
	}
	return false
}

// passesSentence reports whether a court sentences somebody to something: "hat den Fahrer zu vier Jahren Haft
// verurteilt".
func (r *reader) passesSentence(c *cue, f *found) bool {
	if f.quoted || !r.hasAnyOf(c.group, sentences) {
		return false
	}
	for i := r.claim[f.unit]; i < r.end(f.unit); i++ {
		if r.tokens[i].is(infinitive) && r.tokens[i].quote < 0 {
			return true
		}
	}
	return false
}

// beforeDay is a source in front of a verb that closes its clause, without when and where it spoke: "wie das
// Unternehmen am Mittwoch in Oberrode mitteilte".
func (r *reader) beforeDay(s run) run {
	for i := s.lo + 2; i+1 < s.hi; i++ {
		if n := i + 1; r.tokens[i].is(prep) && r.tokens[i-1].capital && (r.tokens[n].is(day) || r.outletAt(n) || r.tokens[n].is(det) && r.outletAt(n+1) || r.hasAnyOf(run{n, n + 1}, occasions) || r.tokens[n].is(det) && (r.at(n+1).is(document) || r.hasAnyOf(run{n + 1, n + 2}, occasions))) {
			return run{s.lo, i}
		}
	}
	return s
}

// noSpeech reports whether a verb of saying tells no speech here: it opens a condition, a court sentences somebody, or it
// is a noun that only a paper makes a verb of ("the report states that P").
func (r *reader) noSpeech(c *cue, f *found) bool {
	if r.lex.verbSecond {
		return r.opensCondition(c, f) || r.passesSentence(c, f) || r.idleObject(c, f) || r.nounless(f.source)
	}
	return r.hasAnyOf(run{c.verb, c.verb + 1}, papersOnly) && !r.holds(r.core(f.source), document|data) && !(r.at(c.group.hi).is(prep) && !r.at(c.group.hi).is(likeAs) && r.thatAhead(c.group.hi))
}

// idleObject reports whether the object of a verb of saying makes another verb of it: "geben den Ton an", "fügt Salz hinzu",
// "Jedes Bild erzählt seine Geschichte". So does a condition that nobody has met ("wenn die Bank sprechen würde").
func (r *reader) idleObject(c *cue, f *found) bool {
	v := run{c.verb, c.verb + 1}
	behind := run{c.verb + 1, r.end(f.unit)}
	if n := r.at(c.group.hi); c.traits&formBase != 0 && n.is(indirect) && !n.capital && !r.at(c.group.hi+1).word() && !r.holds(f.source, outlet|document) {
		return true
	}
	if f.quoted || f.colon {
		return false
	}
	if r.hasAnyOf(v, proving) && r.tokens[r.claim[f.unit]].is(anaphor) && r.doesNotProve(run{r.claim[f.unit], behind.hi - 1}) {
		return true // "Das belegt die Studie nicht"
	}
	if r.hasAnyOf(v, disowning) && r.hasAnyOf(behind, matches) {
		return true // "bestreitet das Spiel am Samstag"
	}
	if !c.far.empty() && r.hasAnyOf(run{c.far.lo - 1, c.far.lo}, idleObjects) {
		return true
	}
	if r.hasAnyOf(v, adding) && c.parted {
		return f.frame == FramePreposed && len(f.content) > 0 && !r.tokens[f.content[0].lo].is(mark) && !r.inMood(f.content[0]) && !r.holdsHint(f.content[0], claimed)
	}
	if r.hasAnyOf(v, talks) && !c.parted && r.talksWith(behind) || r.testifies(c, f) {
		return true
	}
	behind.hi = r.firstComma(behind.lo, behind.hi)
	return r.hasAnyOf(v, telling) && r.hasAnyOf(behind, stories) && r.hasAnyOf(behind, theirOwn) && (r.tokens[f.source.lo].is(det) || r.tokens[f.source.lo].has(newPhrase)) && !r.holds(f.source, person|organisation|anonymous|number) && !r.inMood(f.content[0])
}

// talksWith reports whether nothing but whom somebody talks with stands in a run, and not of what: "sprach lange mit dem Torwart".
func (r *reader) talksWith(s run) bool {
	with := false
	for i := s.lo; i < s.hi && r.tokens[i].kind != stop; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || t.kind == comma || t.kind == colon || t.has(governs|topical|byThe) || t.id == r.lex.by || t.has(deemed) && t.is(likeAs) {
			return false
		}
		with = with || r.hasAnyOf(run{i, i + 1}, talkedWith)
	}
	return with
}

// testifies reports whether somebody only speaks in court, and what he says is not told: "sagte am Montag vor Gericht aus".
func (r *reader) testifies(c *cue, f *found) bool {
	return !c.far.empty() && r.hasAnyOf(c.far, outOfCourt) && r.hasAnyOf(run{c.verb, c.verb + 1}, says) && len(f.content) == 1 && f.content[0].lo <= f.cue.lo && f.content[0].hi >= c.far.hi && f.frame == FramePreposed
}
