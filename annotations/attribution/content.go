package attribution

// leftContent is what stands before token g: the quotation that closes there,
// or the clause from the beginning of the unit.
func (r *reader) leftContent(u, g int) []run {
	lo := r.from[u]
	e := g
	for e > lo && r.tokens[e-1].kind == comma {
		e--
	}
	start := lo
	if q := r.at(e - 1).quote; q >= 0 && r.first[q] < lo {
		if start = r.first[q]; r.para[u] != r.para[r.unitOf(start, u)] {
			start = r.ranges[r.paras[r.para[u]].lo].lo
		}
		// quoted sentences before the quotation that closes here
	} else {
		start = r.behindColon(u, lo, e)
	}
	return []run{r.clause(start, e)}
}

// unitOf is the unit of token i, at or before u.
func (r *reader) unitOf(i, u int) int {
	for u > 0 && r.ranges[u].lo > i {
		u--
	}
	return u
}

// clause trims a run of what does not belong to what is said: an opening
// conjunction, the comma before the source.
func (r *reader) clause(lo, hi int) run {
	for lo < hi && r.tokens[lo].quote < 0 && (r.tokens[lo].kind == comma || r.tokens[lo].is(conj|contrast) && !r.tokens[lo].is(det)) {
		lo++
	}
	for hi > lo && r.tokens[hi-1].kind == comma {
		hi--
	}
	return run{lo, hi}
}

// clauseStart is where the clause before token g begins, not before the last cue.
func (r *reader) clauseStart(before, g int) int {
	if before >= g {
		return g
	}
	return 0
}

// resumed is what goes on behind "X said": quoted words, or the rest of the
// clause behind a comma.
func (r *reader) resumed(i, hi int, clause bool) []run {
	for k := i; k < hi; k++ {
		if r.tokens[k].quote >= 0 {
			before := r.at(k - 1)
			if k+1 >= hi || r.quoteWords(r.tokens[k].quote) < 2 && k > i+1 || before.word() && !before.is(coord) && k > i {
				k = max(k, r.last[r.tokens[k].quote])
				continue
			}
			if before.is(coord) && k-1 > i {
				k--
			}
			return []run{{k, hi}}
		}
		if r.tokens[k].is(reporting) && !r.tokens[k].is(person) {
			return nil
		}
	}
	if !clause {
		return nil
	}
	if n := r.at(i + 2); i+1 < hi && r.tokens[i].kind == comma && r.tokens[i+1].is(conj) && !r.lex.verbSecond && (n.is(adverb|formPast|finiteVerb) && !n.is(det|nounFirst) || n.suffix == edSuffix) {
		return nil // "“P,” he began, and then made several"
	}
	if i+1 < hi && r.tokens[i].kind == comma && !r.tokens[i+1].is(reporting|formIng) && r.tokens[i+1].suffix != ingSuffix &&
		!r.tokens[i+1].is(relative|det|poss) && hi-i > 4 {
		return []run{{i + 1, hi}}
	}
	return nil
}

// preposed reads "X said P".
func (r *reader) preposed(lo, hi int, src run, c *cue) (found, bool) {
	f := found{source: src, frame: FramePreposed}
	f.asWho = r.tokens[src.lo].is(relative) && src.hi-src.lo == 1
	if f.asWho && src.lo-lo > 2 && src.lo-lo < 14 && r.tokens[lo].is(subjectPronoun) && r.tokens[lo].is(objectPronoun) && r.tokens[lo+1].is(be) && r.at(src.lo-1).word() {
		f.source, f.asWho = run{lo + 2, src.lo}, false // "It was Berg who said P"
	}
	f.content = r.rightContent(lo, hi, c, src)
	if p := r.at(src.lo - 1); len(f.content) == 1 && src.lo > lo && p.is(relative) && p.quote < 0 && !f.asWho && r.verbAhead(f.content[0].lo, c.verb) {
		f.content = []run{{src.lo - 1, src.lo}, f.content[0]} // "which Berg said was closed"
	}
	if len(f.content) == 0 {
		if c.group.hi < hi && (r.colonEnds(c.group.hi, hi) || r.quoteFollows(c, hi)) {
			f.colon, f.frame = true, FrameColon
			return f, true
		}
		return f, false
	}
	return f, true
}

// verbAhead reports whether a clause without a subject begins at token i.
func (r *reader) verbAhead(i, cue int) bool {
	t := r.at(i)
	if t.is(adverb) && !t.is(det) || t.suffix == lySuffix {
		t = r.at(i + 1)
	}
	return t.is(aux|finiteVerb|indirect) && !t.possessive || t.suffix == edSuffix || t.is(formPast|formThird) && !t.is(nounFirst) && i > cue
}

// verbPhraseEnd cuts an object where "and" or "but" brings the next verb of the
// same subject ("praised X and won Y").
func (r *reader) verbPhraseEnd(s run) int {
	for i := s.lo + 1; i < s.hi; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || !t.is(conj) || t.is(prep|subord) && !t.is(coord) {
			continue
		}
		n := r.at(i + 1)
		if n.is(formPast|finiteVerb|aux) && !n.is(nounFirst) || n.suffix == edSuffix {
			if r.tokens[i-1].kind == comma {
				return i - 1
			}
			return i
		}
	}
	return s.hi
}

// colonEnds reports whether a unit ends with a colon.
func (r *reader) colonEnds(i, hi int) bool {
	return hi > i && r.tokens[hi-1].kind == colon
}

// rightContent is what follows the cue.
func (r *reader) rightContent(lo, hi int, c *cue, src run) []run {
	i := c.group.hi
	if i >= hi {
		return nil
	}
	first := i
	i = r.behindTopic(c, r.behindHearer(c, i, hi), hi)
	for i < hi && (r.tokens[i].kind == comma || r.tokens[i].kind == colon) {
		i++
	}
	if t := r.at(i); i > c.group.hi && i < hi && r.tokens[i-1].kind == comma && t.is(saying) && t.is(formPast|formThird) && !t.capital && !r.lex.verbSecond && r.at(i+1).is(det|person|organisation) {
		return nil // "She never complained, recalls a friend"
	}
	if t := r.at(i); i > c.group.hi && i < hi && r.tokens[i-1].kind == comma && t.is(saying) && t.is(formIng) && !r.lex.verbSecond {
		return nil // "told another story, saying P"
	}
	if i > c.group.hi && i+2 < hi && r.tokens[i-1].kind == comma && r.tokens[i+1].kind == comma && r.tokens[i+2].is(mark) && r.lex.ending(r.word(i)) == lySuffix && !r.lex.verbSecond {
		i += 2 // "said, flatly, that P"
	}
	if i > c.group.hi && i < hi && r.tokens[i-1].kind == comma && r.tokens[i].is(citing) && !r.lex.verbSecond && r.thatBehind(i, hi) {
		for r.tokens[i].kind != comma {
			i++ // "reported, citing Y, that P"
		}
		i++
	}
	if (i >= hi || r.tokens[i].kind == stop) && r.tokens[c.verb].has(asks) && !r.lex.verbSecond && r.wantsFor(first, i) {
		i = first // "asked the court for help"
	}
	if i >= hi || r.tokens[i].kind == stop {
		return nil
	}
	if r.tokens[i].is(mark) && r.tokens[i].is(det|anaphor) && r.at(i+1).kind == comma && r.at(i+2).is(conj) {
		return []run{{i, i + 1}} // "denied that, but …"
	}
	if s := src.lo - 1; !src.empty() && s >= lo && s-lo < 3 && r.tokens[s].is(likeAs) && !r.tokens[i].is(mark) && !r.at(s-1).is(adverb) {
		i = c.group.hi
		for i < hi && (r.tokens[i].kind != comma && r.tokens[i].kind != colon || r.tokens[i].quote >= 0) {
			i++
		}
		if i+1 < hi {
			return []run{r.endOf(i+1, hi, hi)}
		}
		return nil
	}
	e := r.endOf(i, hi, r.limit(lo, hi, src, i))
	if c.traits&saying == 0 {
		e.hi = r.verbPhraseEnd(e)
	}
	if e.empty() {
		return nil
	}
	e.hi = r.beforeTime(e)
	return []run{e}
}

// behindHearer is the token behind those who were told and what stands between them and what is said.
func (r *reader) behindHearer(c *cue, i, hi int) int {
	first := i
	if c.traits&verbTell != 0 && r.tokens[i].is(prep) && r.tokens[i].is(afterCue) && !r.at(i+1).is(day) && !r.whenOrHow(i) {
		i++ // "warned against P"
	} else if c.traits&verbTell != 0 || c.traits&verbWill != 0 && c.traits&(verbObject|verbTell) == 0 && r.at(i).is(objectPronoun) {
		i = r.hearer(c, i, hi)
		if r.at(i).is(infinitive) {
			i = first
		}
		i = r.behindThatDay(i, hi)
	} else if r.tokens[c.verb].has(plain) && r.hearers(i) {
		i += 2 // "said to reporters P"
	}
	if c.traits&(saying|verbDoc) != 0 {
		i = r.adjuncts(i, hi)
	}
	return i
}

// behindThatDay passes "the same day", "the following morning" between the one spoken to and "that".
func (r *reader) behindThatDay(i, hi int) int {
	if r.lex.verbSecond || !r.at(i).is(article|anaphor) {
		return i
	}
	for k := i + 1; k < min(hi-1, i+4); k++ {
		if t := &r.tokens[k]; !t.word() || t.quote >= 0 {
			break
		} else if (t.is(day) || t.has(stretch)) && r.tokens[k+1].is(mark) {
			return k + 1
		}
	}
	return i
}

// limit is where a clause that depends on another must end: at the comma that
// closes "While X said P," and ", who said P,".
func (r *reader) limit(lo, hi int, src run, from int) int {
	if src.empty() {
		return hi
	}
	before := r.at(src.lo - 1)
	first := src.lo-1 >= lo && before.is(subord) && (src.lo-1-lo <= 1) || r.opensSubordinate(lo, src.lo)
	rel := r.tokens[src.lo].is(relative) && (before.kind == comma || src.hi-src.lo == 1 && before.word() && r.commaIn(max(lo, src.lo-8), src.lo))
	if !first && !rel {
		return hi
	}
	for i := from; i < hi; i++ {
		t := &r.tokens[i]
		if t.quote < 0 && t.kind == comma && i+1 < hi && !r.at(i+1).is(conj) {
			return i
		}
	}
	return hi
}

// opensSubordinate reports whether a unit opens with a clause that depends on
// another ("As her team sent out pitches …"), and token i stands in it.
func (r *reader) opensSubordinate(lo, i int) bool {
	t := r.at(lo)
	if t.is(conj) && !t.is(subord) {
		lo++
		t = r.at(lo)
	}
	return i > lo && t.is(subord) && t.quote < 0 && !t.is(prep|mark|relative) && !t.has(question) && !r.lex.verbSecond && !r.commaIn(lo, i)
}

// hearer is the token behind the one spoken to ("told reporters that").
func (r *reader) hearer(c *cue, i, hi int) int {
	s := i
	for i < hi && i-s < 16 {
		t := &r.tokens[i]
		if t.is(mark) || i == s && t.has(question) && !t.is(relative) || !t.word() && t.kind != opening && t.kind != closing || t.quote >= 0 || t.is(infinitive) {
			return i
		}
		if i > s && (t.is(subjectPronoun) || t.is(det) && !r.at(i-1).is(prep|coord|poss) || t.is(prep|subord)) && !t.is(partOf) {
			return i
		}
		if i > s && t.is(day) {
			return i
		}
		if i > s && t.capital && r.at(i+1).possessive && r.tokens[i-1].is(outlet) && !r.lex.verbSecond {
			return i // "told CNN Berg's account “never happened”"
		}
		if i == s && t.is(objectPronoun) {
			if t.is(subjectPronoun) && r.at(i+1).is(aux) && !r.at(i+1).possessive {
				return i // "warned it would respond"
			}
			return i + 1
		}
		if i > s && t.is(aux|finiteVerb) && !t.possessive && !r.lex.verbSecond { // a clause has begun
			if c.traits&verbClaim != 0 {
				return s // "warn the bird could be gone"
			}
			return max(s, i-1) // "told reporters ships were late"
		}
		i++
	}
	return i
}

// adjuncts passes "on Tuesday", "in a statement posted on X" before what is said.
func (r *reader) adjuncts(i, hi int) int {
	t := r.at(i)
	if r.at(i+1).is(mark) && !r.lex.verbSecond && (t.suffix == lySuffix || t.id == 0 && !t.capital && t.word() && r.lex.ending(r.word(i)) == lySuffix) {
		return i + 1 // "noted drily that P"
	}
	if !t.word() || t.quote >= 0 || !t.is(prep|day|adverb) || t.is(mark) {
		return i
	}
	depth := i
	for k := i; k < min(hi, i+30); k++ {
		u := &r.tokens[k]
		if u.quote >= 0 && (t.is(day) || t.is(adverb)) && !t.is(prep) && r.at(k-1).word() && !r.lex.verbSecond && r.verbIn(i, k) {
			break // "said Friday the count found “no trace”"
		}
		if u.quote >= 0 || u.kind == colon {
			return k
		}
		if u.is(mark) && k > i {
			return k
		}
		if u.kind == comma {
			if n := r.at(k + 1); k+1 < hi && (n.quote >= 0 || n.is(mark)) {
				return k + 1
			}
			for m := k + 1; m < min(hi-1, k+10) && r.tokens[m].quote < 0; m++ {
				if r.tokens[m].kind == comma && r.tokens[m+1].is(mark) && !r.tokens[m+1].is(prep) {
					return m + 1
				}
			}
			break
		}
		if k > i && u.is(subjectPronoun) && !u.is(relative) || k > i+1 && u.is(article|poss) && r.at(k-1).is(speechNoun|outlet|document) && r.clauseFollows(k, hi) {
			return k // "said in a statement the port was closed"
		}
		if !u.word() {
			break
		}
	}
	for depth < hi && !r.at(depth+1).possessive && (r.tokens[depth].is(day|adverb) && !r.pairAt(depth) && !r.tokens[depth].has(approx) || r.tokens[depth].is(prep) && r.at(depth+1).is(day)) {
		if r.tokens[depth].is(prep) {
			depth++
		}
		depth++
	}
	return min(depth, hi)
}

// pairAt reports whether a word at token i counts what follows and is no adverb: "urged
// both sides to stay".
func (r *reader) pairAt(i int) bool {
	t, n := &r.tokens[i], r.at(i+1)
	return !r.lex.verbSecond && t.is(det) && t.is(adverb) && !t.is(day) && n.word() && !n.is(det|prep|mark|adverb|subjectPronoun|day)
}

// introduces reports whether what stands before the comma at end is an opening
// phrase ("In an interview, X said") and not what is said.
func (r *reader) introduces(lo, end int) bool {
	t := &r.tokens[lo]
	if t.has(asks) && t.is(formParticiple) {
		return true // "Asked about Q, X said"
	}
	if t.is(while|conj) || t.is(subord) && !t.is(prep) && !r.at(lo+1).is(subjectPronoun|det) {
		return !r.commaIn(lo, end)
	}
	for i := lo; i < end; i++ {
		u := &r.tokens[i]
		if u.quote >= 0 || r.isVerb(i, lo) || r.doneBy(i) || u.suffix == edSuffix && i > lo && !r.at(i-1).is(det) {
			if t.is(subord) && r.commaIn(lo, end) && r.verbIn(lo, end) && !r.lex.verbSecond {
				return false // "If P, Q, the office said last week"
			}
			return t.is(subord|formIng) || t.suffix == ingSuffix || t.suffix == edSuffix
		}
	}
	return true
}
