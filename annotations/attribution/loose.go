package attribution

// voicedAt reads a verb that no list has beside a quotation: "“P,” raged Berg",
// "“P,” the old man lied". Only the place tells that it reports. The quotation
// must end with a comma, a question or an exclamation mark.
func (r *reader) voicedAt(lo, i, hi int) (cue, bool) {
	t := &r.tokens[i]
	if t.suffix != edSuffix && !t.is(finiteVerb) || t.capital || i == lo || r.lex.verbSecond {
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
	if len(r.found) > begin || r.lex == neutral {
		return
	}
	k := lo
	for k < hi && (r.tokens[k].kind != colon || r.tokens[k].quote >= 0) {
		k++
	}
	if k+3 >= hi || k-lo > 24 || k-lo < 2 || r.tokens[k+1].kind != mark2 || r.tokens[k+1].quote < 0 || r.quotedIn(run{lo, k}) {
		return
	}
	q := r.tokens[k+1].quote
	if r.quoteWords(q) < 3 || r.last[q] < hi-3 && r.last[q] != r.ranges[u].hi-1 {
		return
	}
	s, ok := r.subject(lo, k)
	if r.lex.verbSecond && (!ok || k-s.hi > 2) {
		return
	}
	if !ok || s.hi >= k || !r.speaks(s) {
		if s, ok = r.firstName(lo, k); !ok {
			return
		}
	}
	f := found{source: s, cue: run{k, k + 1}, content: []run{{k + 1, hi}}, frame: FrameColon, unit: u, from: -1, quoted: true, verb: verbSay}
	if s.hi < k && k-s.hi <= 4 && r.tokens[s.hi].word() {
		f.cue = run{s.hi, k}
	}
	r.found = append(r.found, f)
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
		return run{i, e}, true
	}
	return run{}, false
}
