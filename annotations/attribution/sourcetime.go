package attribution

// agoBefore is the token before a stretch of time that ends at token j and says how
// long ago somebody spoke ("the office less than two weeks ago said", "the board long
// ago warned"), j where none ends there.
func (r *reader) agoBefore(lo, j int) int {
	t := &r.tokens[j]
	if n := r.at(j + 1); j+2 < len(r.tokens) && t.has(stretch) && r.endsInS(j) && n.has(stretch) && !n.is(day) && !r.endsInS(j+1) {
		j++ // "a few weeks earlier said"
		if k := r.agoBefore(lo, j); k < j-1 {
			return k
		}
		return j - 1
	}
	if r.lex.verbSecond || t.quote >= 0 || !t.has(stretch) || t.is(day) || r.endsInS(j) {
		return j
	}
	k := j - 1
	if b := r.at(k); b.is(adverb) && !b.is(det) && k > lo {
		return k - 1 // "long ago", "much earlier"
	}
	if !r.at(k).has(stretch) {
		return j
	}
	k--
	for k > lo && k > j-7 && r.counts(k) {
		k--
	}
	if k == j-2 || k < lo {
		return j
	}
	if k > lo && r.tokens[k+1].has(comparing) && !r.tokens[k].capital {
		k-- // "less than two weeks ago"
	}
	return k
}

// agoEnd is the token behind a stretch of time at s that tells when somebody spoke, before a name or another
// phrase of its own: "Six months ago Mayor Berg", "Last year the board"; s where there is none.
func (r *reader) agoEnd(s, e int) int {
	if r.lex.verbSecond {
		return s
	}
	k := s
	for k < min(e, s+5) && (r.counts(k) || k == s && r.tokens[k].is(day|number|article)) {
		k++
	}
	long := k
	for k < e && r.tokens[k].has(stretch) && !r.tokens[k].possessive {
		k++
	}
	if k == long || k >= e-1 && !r.at(k).capital || k-s < 2 {
		return s
	}
	if t := &r.tokens[k]; !t.word() || t.quote >= 0 || !t.capital && !t.is(article|poss) || t.possessive {
		return s
	}
	if k-long == 1 && !r.tokens[s].is(day) {
		return s // "Two months Berg had waited"
	}
	return k
}

// counts reports whether token i may stand in a count of weeks or years: "less than
// two", "a few", "several".
func (r *reader) counts(i int) bool {
	t := &r.tokens[i]
	if !t.word() || t.quote >= 0 || t.capital {
		return false
	}
	return t.digit || t.is(number|article|adverb) || t.has(comparing|approx) || t.is(det) && !t.is(definite|poss|subjectPronoun)
}

// beforeTime is where what is said ends that is a noun and no clause: the time behind
// it tells when somebody said so ("announced her resignation yesterday").
func (r *reader) beforeTime(s run) int {
	if r.lex.verbSecond || s.hi-s.lo > 12 || r.at(s.lo).is(mark|infinitive|prep) || r.at(s.lo).has(question) {
		return s.hi
	}
	e := s.hi
	for e > s.lo && !r.tokens[e-1].word() && r.tokens[e-1].quote < 0 {
		e--
	}
	k := e
	for k > s.lo+1 && r.tokens[k-1].is(day) && !r.tokens[k-1].possessive {
		k--
	}
	if k == e {
		return s.hi
	}
	for i := s.lo; i < e; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || t.kind == comma || r.isVerb(i, s.lo-1) || t.suffix == edSuffix || t.is(infinitive|subjectPronoun|relative|conj) && !t.is(det) || t.is(formIng) || t.suffix == ingSuffix {
			return s.hi
		}
	}
	if p := r.at(k - 1); p.is(prep) && !p.is(partOf) && k-1 > s.lo+1 {
		k--
	} else if p.is(det|prep|number|adverb) || !r.tokens[k].capital && !r.tokens[k].is(adverb) && e-k < 2 {
		return s.hi
	}
	if k-s.lo < 2 {
		return s.hi
	}
	return k
}

// timeOnly reports whether nothing but a time stands between two tokens: "Last week", "Yesterday".
func (r *reader) timeOnly(lo, hi int) bool {
	timed := false
	for i := lo; i < hi; i++ {
		t := &r.tokens[i]
		if !t.word() || t.quote >= 0 || !t.is(day|adverb|det|prep|number) {
			return false
		}
		timed = timed || t.is(day)
	}
	return timed
}

// timePhrase is the token behind "Eight years ago," or "A few minutes later",
// i where no such phrase stands there.
func (r *reader) timePhrase(i, hi int) int {
	k := i
	if r.at(i).has(stretch) && !r.at(i+1).has(stretch) {
		return i
	}
	for k < min(hi, i+5) && r.tokens[k].is(det|number|day|adverb) && !r.tokens[k].is(subjectPronoun) {
		k++
	}
	if k >= hi || k == i && !r.tokens[k].has(stretch) || !r.tokens[k].has(stretch) && !(k > i && (r.tokens[k-1].has(stretch) || r.tokens[k-1].is(day))) {
		return i
	}
	hasTime := false
	for k < hi && (r.tokens[k].has(stretch) || r.tokens[k].is(adverb)) {
		hasTime = hasTime || r.tokens[k].has(stretch)
		k++
	}
	if hasTime && k < hi && r.tokens[k].is(subord) { // "Two weeks after the vote, X"
		for k < hi && (r.tokens[k].kind != comma || r.tokens[k].quote >= 0) {
			k++
		}
		if k >= hi {
			return i
		}
	}
	if k < hi && r.tokens[k].kind == comma {
		k++
		hasTime = hasTime || r.tokens[k-2].is(day)
	}
	if !hasTime || k >= hi || r.tokens[k].is(prep) {
		return i
	}
	return k
}

// whenAt reports whether the words at token i, behind a source, tell when it spoke: "last month", "two weeks ago".
func (r *reader) whenAt(i int) bool {
	t, n := &r.tokens[i], r.at(i+1)
	if r.lex.verbSecond || t.capital || t.possessive || r.at(i-1).is(det|prep) {
		return false
	}
	if t.is(day) {
		return n.is(day) && !n.possessive && !r.at(i+2).possessive || !n.word()
	}
	return (t.is(number|article) || t.digit) && n.has(stretch) && r.at(i+2).has(stretch) && !r.at(i+2).possessive
}

// behindWhen is the comma behind a time that stands at token i and nothing else: ", Berg said earlier this month, will
// go on". It is i where none stands, or where no verb goes on behind the comma.
func (r *reader) behindWhen(i, hi int) int {
	k := i
	for k < hi && k-i < 6 && r.tokens[k].word() && r.tokens[k].quote < 0 && (r.tokens[k].is(day|adverb) || r.tokens[k].has(stretch) || r.tokens[k].is(anaphor|prep) && r.at(k+1).is(day)) {
		k++
	}
	if r.lex.verbSecond || k == i || k+1 >= hi || r.tokens[k].kind != comma || !r.tokens[k+1].is(aux|finiteVerb) {
		return i
	}
	return k
}
