package attribution

import "strings"

// voicedAt reads a verb that no list has beside a quotation: "“P,” raged Berg",
// "“P,” the old man lied". Only the place tells that it reports. The quotation
// must end with a comma, a question or an exclamation mark.
func (r *reader) voicedAt(lo, i, hi int) (cue, bool) {
	t := &r.tokens[i]
	if r.lex.verbSecond {
		return r.voicedSecond(lo, i, hi)
	}
	if t.suffix != edSuffix && !t.is(finiteVerb) || t.capital || i == lo {
		return cue{}, false
	}
	c := cue{group: run{i, i + 1}, verb: i, traits: verbMind | formPast}
	next := r.at(i + 1)
	if r.spokenBefore(lo, i) {
		return c, t.suffix == edSuffix && i+1 < hi && next.word() && (next.capital || next.is(det|person|anonymous) || nounish(next) && r.at(i+2).capital) && !next.is(day)
	}
	if i+1 < hi && next.word() && !next.is(prep|adverb|day|subord) && next.suffix != lySuffix {
		return cue{}, false
	}
	for k := i - 1; k > max(lo, i-7); k-- {
		b := &r.tokens[k]
		if !b.word() || b.quote >= 0 || b.is(aux|prep|mark|relative) && !b.is(partOf) || b.is(reporting|finiteVerb) && !b.is(person) {
			return cue{}, false
		}
		if r.spokenBefore(lo, k) {
			return c, b.capital || b.is(det|subjectPronoun|person)
		}
	}
	return cue{}, false
}

// voicedSecond reads the same where the verb stands second: what follows the comma
// behind a quotation can only be the verb ("„P“, winkt Berg ab").
func (r *reader) voicedSecond(lo, i, hi int) (cue, bool) {
	t := &r.tokens[i]
	if t.capital || t.digit || i+1 >= hi || t.is(det|prep|conj|subord|aux|relative|subjectPronoun) || t.is(adverb) && !r.at(i+1).has(reflexive) || t.is(reporting) && !r.at(i+1).has(reflexive) || r.at(i-1).kind != comma || !t.is(finiteVerb) && !strings.HasSuffix(r.word(i), "t") && !strings.HasSuffix(r.word(i), "te") || !r.spokenBefore(lo, i) {
		return cue{}, false
	}
	c := cue{group: run{i, i + 1}, verb: i, traits: verbMind | formPast}
	if r.tokens[i+1].has(reflexive) {
		c.group.hi++ // "freut sich Berg"
	}
	k := c.group.hi
	if r.at(k).is(prep) && r.at(k+1).is(day) && c.group.hi > i+1 {
		k += 2 // "ärgerte sich am Abend Berg"
	}
	next := r.at(k)
	return c, next.quote < 0 && (next.capital || (next.is(article) || next.is(det) && r.tokens[i+1].has(reflexive)) && (r.at(k+1).capital || r.lex.capitalNouns && r.at(k+2).capital && r.inflected(k+1)) || next.is(subjectPronoun)) && !next.is(day) && !next.has(oblique)
}

// spokenBefore reports whether a quotation that opens the unit, or began before
// it, ends right before token i with a sign that lets the sentence go on.
func (r *reader) spokenBefore(lo, i int) bool {
	k := i - 1
	if r.at(k).kind == comma {
		k--
	}
	if k <= lo || r.tokens[k].kind != mark2 || r.tokens[k].quote < 0 || r.last[r.tokens[k].quote] != k || r.quoteWords(r.tokens[k].quote) < 3 ||
		r.first[r.tokens[k].quote] > lo {
		return false
	}
	if k == i-2 || r.tokens[k-1].kind == comma {
		return true
	}
	w := r.word(k - 1)
	return w == "!" || w == "?"
}

// introduced reads a quotation behind a colon that no cue has claimed: "Tull
// smiled: “P”", "Here is Berg in May: “P”".
func (r *reader) introduced(u, begin int) {
	lo, hi := r.from[u], r.end(u)
	if r.lex == neutral || len(r.found) > begin && !r.lex.verbSecond {
		return
	}
	k := lo
	for k < hi && (r.tokens[k].kind != colon || r.tokens[k].quote >= 0 || r.at(k-1).digit && r.at(k+1).digit) { // not "nach dem 2:3"
		k++
	}
	if len(r.found) > begin {
		if r.found[begin].source.lo != k+1 || !r.inMood(run{k + 1, r.found[begin].cue.hi}) {
			return
		}
		if f, ok := r.inMoodBehind(lo, k, hi); ok { // "Berg bleibt gelassen: Der Händler habe erklärt, P"
			f.unit, f.from = u, -1
			r.found = append(r.found[:begin], f)
		}
		return
	}
	if f, ok := r.inMoodBehind(lo, k, hi); ok {
		f.unit, f.from = u, -1
		r.found = append(r.found, f)
		return
	}
	if k+3 >= hi || k-lo > 24 || k-lo < 2 || r.tokens[k+1].kind != mark2 || r.tokens[k+1].quote < 0 || r.quotedIn(run{lo, k}) {
		return
	}
	q := r.tokens[k+1].quote
	if r.quoteWords(q) < 3 || r.last[q] < hi-3 && r.last[q] != r.ranges[u].hi-1 {
		return
	}
	s, ok := r.commentator(lo, k)
	if !ok {
		s, ok = r.introducer(lo, k)
	}
	who, acts := r.whoActs(lo, k)
	if acts = acts && (!ok || s.lo > lo); acts {
		s, ok = who, true
	}
	if !ok {
		return
	}
	f := found{source: s, cue: run{k, k + 1}, content: []run{{k + 1, hi}}, frame: FrameColon, unit: u, from: -1, quoted: true, verb: verbSay, acts: acts}
	if s.hi < k && k-s.hi <= 4 && r.tokens[s.hi].word() {
		f.cue = run{s.hi, k}
	}
	r.found = append(r.found, f)
}

// introducer is who speaks behind the colon at k.
func (r *reader) introducer(lo, k int) (run, bool) {
	if w := r.word(lo + 1); r.lex.capitalNouns && r.tokens[lo].is(adverb) && k-lo > 4 && !r.tokens[lo+1].capital && (strings.HasSuffix(w, "t") || strings.HasSuffix(w, "te")) && r.tokens[lo+2].is(article) {
		s, ok := r.sourceAfter(lo+2, k, false)
		return s, ok && r.speaks(s) // "Hier sparte der Minister nicht mit Kritik: “P”"
	}
	s, ok := r.subject(lo, k)
	switch v := r.unknownVerb(lo, k); {
	case v > 0:
		return run{lo, v}, !r.commaIn(v, k)
	case r.lex.verbSecond && (!ok || k-s.hi > 2 && (k-s.hi > 5 && !r.actsAtOnce(lo, k, s) || !r.speaks(r.beforeBracket(s)) || r.commaIn(s.hi, k))):
		return run{}, false
	case ok && s.hi < k && r.speaks(s), ok && s == run{lo, k} && !r.lex.verbSecond && r.holds(s, person) && r.tokens[k-1].capital:
		return s, true
	}
	return r.firstName(lo, k)
}

// commentator is the name before the colon at k where only what it speaks about stands behind it, and no verb: "Jan Berg
// (TSV Halden) zum Spiel: “P”".
func (r *reader) commentator(lo, k int) (run, bool) {
	i := lo
	for i < k && r.tokens[i].word() && r.tokens[i].capital && !r.tokens[i].is(prep|det|subord|conj|day) {
		i++
	}
	name := run{lo, i}
	if i > lo && i < k && r.tokens[i].kind == opening {
		i = r.closingOf(i, k) + 1
	}
	if name.empty() || i <= lo || !r.hasAnyOf(run{i, min(i+1, k)}, aboutWhat) {
		return run{}, false
	}
	for i++; i < k; i++ {
		if t := &r.tokens[i]; t.kind == comma || t.kind == dash || !t.capital && t.is(aux|finiteVerb|reporting) && !t.is(det|prep) {
			return run{}, false
		}
	}
	return name, r.speaks(name)
}

// beforeBracket is a phrase up to the bracket in it: "Lena Roth" of "Lena Roth (61)".
func (r *reader) beforeBracket(s run) run {
	for i := s.lo + 1; i < s.hi; i++ {
		if r.tokens[i].kind == opening {
			return run{s.lo, i}
		}
	}
	return s
}

// actsAtOnce reports whether a name opens the clause before a colon at k and its verb stands right behind
// it: "Inge K. nimmt dem Hund den Biss nicht übel: “P”".
func (r *reader) actsAtOnce(lo, k int, s run) bool {
	return s.lo == lo && k-s.hi <= 12 && !r.nameIn(s).empty() && (r.tokens[s.hi].is(finiteVerb|reporting) || r.tokens[s.hi].kind == stop && r.at(s.hi+1).is(finiteVerb))
}

// unknownVerb is the first small word behind the capital that ends the first phrase
// before a colon at k, where nouns have capitals: "Der Trainer haderte mit …: “P”".
// It is 0 where none stands there.
func (r *reader) unknownVerb(lo, k int) int {
	if !r.lex.capitalNouns {
		return 0
	}
	for i := lo + 1; i < min(k, lo+7); i++ {
		t := &r.tokens[i]
		if !t.word() || t.capital || !r.tokens[i-1].capital {
			continue
		}
		if w := r.word(i); t.id != 0 || !strings.HasSuffix(w, "t") && !strings.HasSuffix(w, "te") || !r.tokens[lo].capital || r.tokens[lo].is(prep|adverb|conj|subord) {
			return 0
		}
		return i
	}
	return 0
}

// speaks reports whether a phrase can name somebody who speaks.
func (r *reader) speaks(s run) bool {
	t := &r.tokens[s.lo]
	if s.hi-s.lo == 1 && t.is(subjectPronoun) {
		return !t.is(relative)
	}
	return r.holds(s, person|anonymous|document|organisation|outlet) || !r.nameIn(s).empty() && !r.holds(s, day)
}

// firstName is the first name of two words or more in a run, or of one that no
// list has.
func (r *reader) firstName(lo, hi int) (run, bool) {
	for i := lo; i < hi; i++ {
		t := &r.tokens[i]
		if !t.word() || !t.capital || t.id != 0 && !t.is(title) || i == lo && !r.at(i+1).capital {
			continue
		}
		e := i + 1
		for e < hi && r.tokens[e].word() && r.tokens[e].capital && !r.tokens[e].is(day) {
			e++
		}
		if r.lex.verbSecond && e+2 < hi && r.tokens[e].kind == opening && r.tokens[e+1].digit && r.tokens[e+2].kind == closing {
			e += 3 // "Lena Roth (51) ist erleichtert: „P“"
		}
		return run{i, e}, true
	}
	return run{}, false
}
