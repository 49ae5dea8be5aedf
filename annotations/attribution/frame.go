package attribution

// findAttributions reads every unit.
func (r *reader) findAttributions() {
	r.citations()
	for u := range r.units {
		begin := len(r.found)
		r.unit(u)
		r.introduced(u, begin)
		r.inView(u, begin)
		r.attitude(u, begin)
		r.differs(u, begin)
		r.verdict(u, begin)
		r.byline(u, begin)
		if u < len(r.works) {
			r.found = append(r.found, r.works[u]...)
		}
	}
	r.labels()
}

// unit reads the attributions of one unit.
func (r *reader) unit(u int) {
	lo, hi := r.claim[u], r.end(u)
	if lo >= hi {
		return
	}
	begin := len(r.found)
	list := r.cues(lo, hi)
	lo = r.from[u]
	for n := range list {
		c := &list[n]
		before := lo
		if n > 0 && !(r.lex.verbSecond && len(r.found) == begin) {
			before = list[n-1].group.hi
		}
		f, ok := r.frame(u, begin, before, c)
		if k := len(r.found); !ok || k > begin && !r.lex.verbSecond && r.found[k-1].frame == FrameAccording && r.found[k-1].source.lo < c.group.lo && c.group.hi <= r.found[k-1].source.hi {
			continue // no "he wrote" in "according to a post he wrote"
		}
		f.unit, f.cue, f.far, f.verb, f.from = u, c.group, c.far, c.traits, -1
		if f.asWho && len(r.found) == begin && r.whoCloses(lo, c, &f) {
			f.asWho = false
		}
		if n := len(f.content); n > 0 && r.lex.verbSecond {
			f.content[n-1] = r.withoutParticle(f.content[n-1], c)
			f.content[0] = r.ownClause(begin, f.content[0], &f)
			r.cutBefore(begin, c, &f)
		}
		for _, p := range f.content {
			f.quoted = f.quoted || r.quotedIn(p)
		}
		if s, ok := r.closed(f.source); ok {
			f.source = s
			f.source = r.wholePhrase(f.source, u, c)
		} else {
			continue
		}
		switch {
		case !r.keep(c, &f):
		case r.thinks(c, &f):
			r.think(begin, c, &f)
		case !r.inside(begin, c, &f):
			r.endBefore(begin, c, &f)
			r.found = append(r.found, f)
			r.quotedSaying(c, &f)
		}
	}
	r.separate(begin, hi)
	r.outlook(u, begin)
}

// wholePhrase mends the ends of a source: in front of a verb that closes its clause it ends before a day, and "That"
// opens it ("That student said P"); behind its verb it ends before the one it is said to.
func (r *reader) wholePhrase(s run, u int, c *cue) run {
	if r.lex.verbSecond {
		if s = r.withoutMe(r.withoutExample(s)); s.hi == c.group.lo {
			return r.beforeDay(s)
		} else if s.lo >= c.group.hi {
			return r.beforeDative(s)
		}
		return s
	}
	if lo := r.claim[u]; s.lo == lo+1 && r.tokens[lo].is(anaphor) && r.tokens[lo].is(mark) && s.hi <= c.group.lo && !r.tokens[s.lo].capital && !r.tokens[s.lo].is(det|subjectPronoun) {
		s.lo = lo
	}
	return s
}

// inside reports whether a cue stands in what the cue before it reports, at the
// very beginning: "said that he would offer P" has one voice. What an outlet
// says that somebody said has two.
func (r *reader) inside(begin int, c *cue, f *found) bool {
	n := len(r.found)
	if n == begin || f.source.empty() || c.lead != 0 || f.frame != FramePreposed && f.frame != FrameParticiple {
		return false
	}
	before := &r.found[n-1]
	if before.frame == FrameCiting && len(before.content) == 1 && before.content[0] == f.source {
		return false // "X, citing Y, reported P"
	}
	if len(before.content) == 0 || before.frame == FramePostposed || before.frame == FrameInverted {
		return false
	}
	last := before.content[len(before.content)-1]
	if r.lex.verbSecond && c.group.lo >= last.hi && f.source == before.source {
		return false // "Er warnte vor P und forderte die Leute auf, Q"
	}
	if f.source.lo < last.lo && f.frame == FramePreposed && !r.lex.verbSecond {
		return false // "said P and noted Q"
	}
	if f.frame == FrameParticiple {
		if r.at(c.group.lo-1).is(likeAs) && f.source.hi < c.group.lo {
			return false // "quoted Berg as saying P"
		}
		return f.source.lo >= last.lo && c.group.hi <= last.hi && !f.quoted
	}
	if f.source.lo != last.lo && (f.source.lo > last.lo+2 || !r.tokens[last.lo].is(mark)) {
		return f.source.lo > last.lo && c.group.hi <= last.hi && r.deep(c, f)
	}
	return !(c.traits&saying != 0 && r.holds(before.source, outlet|document) && !r.tokens[f.source.lo].is(subjectPronoun))
}

// deep reports whether a cue in the middle of what is reported belongs to it: it
// is weak and no conjunction parts it, or "that", "what" and the like lead to it.
func (r *reader) deep(c *cue, f *found) bool {
	t := r.at(f.source.lo - 1)
	if t.is(conj) && !t.is(mark) || t.kind == semicolon && t.quote < 0 {
		return false
	}
	return t.is(mark) || t.has(question) && !t.is(relative) && r.at(f.source.lo-2).kind != comma || c.traits&saying == 0 && !t.is(subord|relative)
}

// frame tries the builds in turn.
func (r *reader) frame(u, begin, before int, c *cue) (found, bool) {
	lo, hi := r.from[u], r.end(u)
	switch {
	case c.lead == useAccording:
		return r.according(begin, lo, hi, before, c)
	case c.ing:
		return r.participle(begin, lo, hi, c)
	case c.passive:
		if f, ok := r.inPaper(lo, hi, c.group.lo, c); ok && r.lex.verbSecond {
			return f, true // "In dem Video wird behauptet, P"
		}
		return r.passive(lo, hi, c)
	}
	if t := r.at(c.group.lo - 1); r.tokens[c.verb].has(asks) && (c.group.lo == lo || t.is(subord) && !t.is(mark)) {
		return r.asked(hi, c)
	}
	if r.tokens[c.verb].has(expletive) && r.at(c.verb+1).has(dummy) {
		return r.itSays(u, lo, hi, c)
	}
	if f, ok := r.opening(lo, hi, c); ok {
		return f, true
	}
	if f, ok := r.oneMore(begin, lo, hi, c); ok {
		return f, true
	}
	if f, ok := r.inverted(u, before, c); ok {
		return f, true
	}
	if r.lex.verbSecond {
		return r.frameSecond(u, begin, c)
	}
	src, ok := r.sourceBefore(lo, c.group.lo)
	if ok && r.holdsCue(u, begin, src) {
		ok = false // "Berg admitted in court that P, questioned Q": no clause is a source
	}
	if ok {
		if f, ok := r.asSaid(u, lo, hi, src, c); ok {
			return f, true
		}
		if f, ok := r.postposed(u, src, c); ok {
			return f, true
		}
	} else if src, ok = r.shared(begin, lo, c); !ok {
		return found{}, false
	}
	return r.preposed(lo, hi, src, c)
}

// holdsCue reports whether a cue of the same unit that is no relative clause's stands in a phrase.
func (r *reader) holdsCue(u, begin int, s run) bool {
	for _, f := range r.found[begin:] {
		if f.unit == u && s.lo < f.cue.lo && f.cue.hi < s.hi && s.lo == f.source.lo && (f.frame == FramePreposed || f.frame == FramePostposed) {
			return true
		}
	}
	return false
}

// asSaid reads "P, as X said".
func (r *reader) asSaid(u, lo, hi int, src run, c *cue) (found, bool) {
	at := src.lo - 2
	if at <= lo+1 || !r.tokens[at+1].is(likeAs) || r.tokens[at].kind != comma && !r.closesQuote(at) || !r.endsClause(c, hi) {
		return found{}, false
	}
	if r.tokens[at].kind == mark2 {
		at++
	}
	f := found{source: src, frame: FramePostposed, content: r.leftContent(u, at)}
	if n := r.at(c.group.hi + 1); r.at(c.group.hi).kind == comma && n.is(aux) && !n.is(det) && !r.lex.verbSecond {
		f.content = append(f.content, r.endOf(c.group.hi+1, hi, hi)) // "The board, as the paper shows, has doubts"
	}
	return f, true
}

// shared is the subject of a verb that stands behind "and": that of the verb
// before, or of the clause.
func (r *reader) shared(begin, lo int, c *cue) (run, bool) {
	before := r.at(r.skipBack(lo, c.group.lo-1))
	if !before.is(conj) && before.kind != comma && !c.infin {
		return run{}, false
	}
	if r.foundToBe(lo, c) {
		return run{}, false
	}
	if s, ok := r.byWhen(begin, lo, c.group.lo); ok {
		return s, true
	}
	if n := len(r.found); n > begin && r.found[n-1].frame == FramePreposed {
		return r.found[n-1].source, !r.parallel(r.found[n-1].cue, c.group.lo)
	}
	return r.subject(lo, c.group.lo)
}

// parallel reports whether a verb at token i goes on with the auxiliary that stands in what the cue before it reports:
// "said it would close if the road had been cleared and had not told of it".
func (r *reader) parallel(cue run, i int) bool {
	t := &r.tokens[i]
	if r.lex.verbSecond || !t.is(have) || r.tokens[cue.lo].is(have) {
		return false
	}
	for k := cue.hi; k < i; k++ {
		if r.tokens[k].id == t.id && r.tokens[k].quote < 0 {
			return true
		}
	}
	return false
}

// opening reads "Said X: P", where the verb comes first of all.
func (r *reader) opening(lo, hi int, c *cue) (found, bool) {
	if c.group.lo != lo || c.traits&saying == 0 || c.traits&(verbTell|verbObject) != 0 || r.lex.verbSecond {
		return found{}, false
	}
	src, ok := r.sourceAfter(c.group.hi, hi, false)
	if !ok || src.hi+2 >= hi || r.tokens[src.hi].kind != comma && r.tokens[src.hi].kind != colon {
		return found{}, false
	}
	if !r.tokens[c.verb].has(plain) && (r.at(src.hi+1).quote < 0 || !r.properName(src) && !r.holds(src, person)) {
		return found{}, false // "Added benefits: P"
	}
	return found{source: src, frame: FrameInverted, content: []run{{src.hi + 1, hi}}}, true
}

// speech are the verbs that may follow what they report.
const speech = saying | verbMind | verbDoc

// closesQuote reports whether a quotation ends at token i, or before the comma
// there.
func (r *reader) closesQuote(i int) bool {
	t := r.at(i)
	if t.kind == comma && t.quote < 0 {
		t = r.at(i - 1)
		if t.quote >= 0 && r.quoteWords(t.quote) < 4 {
			return false
		}
	}
	if t.kind != mark2 || t.quote < 0 || r.titled(int(t.quote)) {
		return false
	}
	_, work := r.workBefore(max(0, i-2*maxSource), i)
	return !work
}

// finalOr reports whether a clause may end at token i.
func (r *reader) finalOr(i, hi int) bool {
	return i >= hi || !r.tokens[i].word() || r.tokens[i].is(prep|subord|day|conj|adverb) || r.lex.verbSecond && r.hasAnyOf(run{i, i + 1}, byMeans)
}

// postposed reads "P, X said".
func (r *reader) postposed(u int, src run, c *cue) (found, bool) {
	lo, hi := r.from[u], r.end(u)
	prev := r.at(src.lo - 1)
	quoted := r.closesQuote(src.lo-1) && (src.lo > lo || r.free(u))
	if quoted && !r.lex.verbSecond && r.tokens[lo].quote < 0 && r.tokens[lo].is(reporting|verbMind) && r.tokens[lo].is(formIng) && r.at(c.group.hi).kind == colon {
		return found{}, false // "Stressing that it was “over,” X said: P"
	}
	if c.traits&speech == 0 && !(c.traits&(verbWill|verbObject) != 0 && quoted) && !r.willLast(lo, hi, src, c) || src.lo <= lo && !(quoted && u > 0) || c.infin {
		return found{}, false
	}
	if !quoted && (prev.kind != comma && prev.kind != dash || src.lo-1-lo < 2) {
		return found{}, false
	}
	if t := &r.tokens[src.lo]; !quoted && src.hi-src.lo == 1 && t.is(relative) && !t.is(mark|det) && !r.lex.verbSecond {
		return found{}, false // "wrote to Berg, who answered": what he answered is not told
	}
	after := r.at(c.group.hi)
	when := r.behindWhen(c.group.hi, hi)
	if !quoted {
		medial := after.kind == comma && c.group.hi < hi || when > c.group.hi
		e := r.behindDay(r.behindMe(c, hi), hi)
		final := (e >= hi || r.tokens[e].kind == stop) && src.lo-lo > 3
		if final { // nothing else is left that could be said
			return found{source: src, frame: FramePostposed, content: []run{r.clause(lo, src.lo)}}, true
		}
		if !r.endsClause(c, hi) || r.introduces(lo, src.lo-1) && (!medial || r.tokens[lo].is(prep|subord|formIng|formParticiple) &&
			r.at(c.group.hi+1).quote >= 0) {
			return found{}, false
		}
		if medial && r.introduces(lo, src.lo-1) {
			return found{source: src, frame: FramePostposed, content: []run{r.clause(lo, src.lo), r.endOf(when+1, hi, hi)}}, true
		}
	} else if src.lo <= lo && !r.endsClause(c, hi) {
		return found{}, false
	} else if after.is(mark) || after.quote >= 0 && r.quoteWords(r.quoteBefore(src.lo-1)) < 3 {
		return found{}, false
	}
	f := found{source: src, frame: FramePostposed}
	when = max(when, r.behindMe(c, hi))
	rest := r.resumed(when, hi, true)
	if n := r.at(when + 1); len(rest) == 0 && when+1 < hi && r.at(when).kind == comma && r.at(src.lo-2).is(aux) && r.at(src.lo-1).kind == comma && !n.is(relative|conj|reporting) && n.suffix != ingSuffix {
		rest = []run{{when + 1, hi}} // "It was, she said, over"
	}
	if !quoted && len(rest) > 0 && r.onlyRest(lo, src.lo) {
		f.content = rest
		return f, true
	}
	f.content = r.leftContent(u, src.lo)
	f.content = append(f.content, rest...)
	return f, true
}

// behindDay is the token behind a day that stands alone at token i: "the board warned today", "on Tuesday".
func (r *reader) behindDay(i, hi int) int {
	if i+1 < hi && r.tokens[i].is(prep) && r.tokens[i+1].is(day) {
		i++
	}
	if i < hi && r.tokens[i].is(day) {
		i++
	}
	return i
}

// quoteWords is how many tokens quotation q holds, 0 for none.
func (r *reader) quoteWords(q int32) int {
	if q < 0 {
		return 0
	}
	return r.last[q] - r.first[q] - 1
}

// quoteBefore is the quotation that ends at token i, or before the comma there.
func (r *reader) quoteBefore(i int) int32 {
	if t := r.at(i); t.kind == comma && t.quote < 0 {
		i--
	}
	return r.at(i).quote
}

// endsClause reports whether nothing that could be content follows the verb.
func (r *reader) endsClause(c *cue, hi int) bool {
	i := c.group.hi
	if c.traits&verbTell != 0 && i < hi && r.tokens[i].word() {
		i = r.hearer(c, i, hi)
	}
	if i >= hi {
		return true
	}
	t := &r.tokens[i]
	if t.kind == colon || t.quote >= 0 || t.kind == opening {
		return false
	}
	if !t.word() {
		return t.kind != comma || !r.at(i+1).is(mark)
	}
	if t.is(mark) || t.is(det|subjectPronoun) && !t.is(prep|day) {
		return false
	}
	if !t.is(prep|subord|day|adverb) || t.is(infinitive) && c.traits&verbTell != 0 || t.has(question) && r.tokens[c.verb].has(asks) {
		return false
	}
	for k := i; k < min(hi, i+14); k++ {
		u := &r.tokens[k]
		if u.is(mark) && !u.is(prep) || u.quote >= 0 || k == i+1 && t.is(day) && u.is(subjectPronoun) {
			return false
		}
		if r.tokens[k].kind == comma {
			break
		}
	}
	return true
}

func (r *reader) commaIn(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if r.tokens[i].kind == comma {
			return true
		}
	}
	return false
}
