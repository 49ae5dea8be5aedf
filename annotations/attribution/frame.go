package attribution

// findAttributions reads every unit.
func (r *reader) findAttributions() {
	for u := range r.units {
		r.unit(u)
	}
}

// unit reads the attributions of one unit.
func (r *reader) unit(u int) {
	lo, hi := r.claim[u], r.end(u)
	if lo >= hi {
		return
	}
	begin := len(r.found)
	list := r.cues(lo, hi)
	for n := range list {
		c := &list[n]
		before := lo
		if n > 0 {
			before = list[n-1].group.hi
		}
		f, ok := r.frame(u, begin, before, c)
		if !ok {
			continue
		}
		f.unit, f.cue, f.verb, f.from = u, c.group, c.traits, -1
		for _, p := range f.content {
			f.quoted = f.quoted || r.quotedIn(p)
		}
		if r.keep(c, &f) {
			r.found = append(r.found, f)
		}
	}
	r.separate(begin, hi)
	if begin == len(r.found) {
		r.label(u, lo, hi)
	}
}

// keep refuses attributions whose cue is too weak for what was found.
func (r *reader) keep(c *cue, f *found) bool {
	if c.lead != 0 {
		return !f.source.empty()
	}
	empty := true
	for _, p := range f.content {
		empty = empty && p.empty()
	}
	if empty && !f.colon {
		return false
	}
	after := r.at(c.group.hi)
	switch {
	case c.traits&reporting == 0:
		return f.quoted
	case c.traits&(reporting&^verbDoc) == 0 && !f.quoted && !after.is(subord) &&
		!r.holds(f.source, document|data|image|video|organisation):
		return false
	case c.traits&(reporting&^verbWill) == 0 && !f.quoted && after.id == 0 && !after.capital && after.word() && !after.digit:
		return false // "pledged delegates"
	}
	return !c.infin || f.quoted
}

// holds reports whether a word of a run has one of the traits.
func (r *reader) holds(s run, t trait) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].is(t) {
			return true
		}
	}
	return false
}

// frame tries the builds in turn.
func (r *reader) frame(u, begin, before int, c *cue) (found, bool) {
	lo, hi := r.claim[u], r.end(u)
	switch {
	case c.lead == useAccording:
		return r.according(lo, hi, before, c)
	case c.ing:
		return r.participle(begin, lo, hi, c)
	case c.passive:
		return r.passive(lo, hi, c)
	}
	if f, ok := r.inverted(u, before, c); ok {
		return f, true
	}
	if r.lex.verbSecond {
		if src, ok := r.sourceBefore(lo, c.group.lo); ok {
			if f, ok := r.postposed(u, src, c); ok {
				return f, true
			}
		}
		if f, ok := r.second(lo, hi, c); ok {
			return f, true
		}
	}
	src, ok := r.sourceBefore(lo, c.group.lo)
	if ok {
		if at := src.lo - 2; at > lo && r.tokens[at+1].is(likeAs) && r.tokens[at].kind == comma && r.endsClause(c, hi) {
			return found{source: src, frame: FramePostposed, content: r.leftContent(u, at)}, true
		}
		if f, ok := r.postposed(u, src, c); ok {
			return f, true
		}
	} else if src, ok = r.shared(begin, lo, c); !ok {
		return found{}, false
	}
	return r.preposed(lo, hi, src, c)
}

// shared is the subject of a verb that stands behind "and": that of the verb
// before, or of the clause.
func (r *reader) shared(begin, lo int, c *cue) (run, bool) {
	before := r.at(c.group.lo - 1)
	if !before.is(conj) && before.kind != comma && !c.infin {
		return run{}, false
	}
	if n := len(r.found); n > begin && r.found[n-1].frame == FramePreposed {
		return r.found[n-1].source, true
	}
	return r.subject(lo, c.group.lo)
}

// speech are the verbs that may follow what they report.
const speech = saying | verbMind | verbDoc

// inverted reads `"P," said X`.
func (r *reader) inverted(u, before int, c *cue) (found, bool) {
	lo, hi := r.claim[u], r.end(u)
	g := c.group.lo
	prev := r.at(g - 1)
	if c.traits&speech == 0 || g == lo && (u == 0 || r.at(g-1).quote < 0) || c.infin {
		return found{}, false
	}
	quoted := r.closesQuote(g - 1)
	if !quoted && prev.kind != comma && prev.kind != dash || g-1 < before && !quoted {
		return found{}, false
	}
	src, ok := r.sourceAfter(c.group.hi, hi, false)
	if !ok || r.tokens[src.lo].is(objectPronoun|mark|adverb) && !r.tokens[src.lo].is(subjectPronoun) {
		return found{}, false
	}
	if !quoted && (src.hi < hi && r.tokens[src.hi].word() && !r.lex.verbSecond || !r.finalOr(src.hi, hi) ||
		!r.lex.verbSecond && r.introduces(lo, g-1) || r.tokens[src.lo].is(mark) || g-lo < 3) {
		return found{}, false
	}
	if !quoted && (c.traits&verbTell != 0 || r.tokens[src.lo].is(day)) {
		return found{}, false
	}
	if s, ok := r.sourceBefore(lo, g); ok && !quoted && s.lo-lo < 8 && (s.lo == lo || !r.verbIn(lo, s.lo)) {
		return found{}, false
	}
	f := found{source: src, frame: FrameInverted}
	f.content = r.leftContent(u, g)
	f.content = append(f.content, r.resumed(src.hi, hi, false)...)
	return f, true
}

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
	return t.kind == mark2 && t.quote >= 0
}

// finalOr reports whether a clause may end at token i.
func (r *reader) finalOr(i, hi int) bool {
	return i >= hi || !r.tokens[i].word() || r.tokens[i].is(prep|subord|day|conj|adverb)
}

// postposed reads "P, X said".
func (r *reader) postposed(u int, src run, c *cue) (found, bool) {
	lo, hi := r.claim[u], r.end(u)
	prev := r.at(src.lo - 1)
	quoted := r.closesQuote(src.lo - 1)
	if c.traits&speech == 0 || src.lo <= lo && !(quoted && u > 0) || c.infin {
		return found{}, false
	}
	if !quoted && (prev.kind != comma && prev.kind != dash || src.lo-1-lo < 2) {
		return found{}, false
	}
	after := r.at(c.group.hi)
	if !quoted {
		medial := after.kind == comma && c.group.hi < hi
		if !r.endsClause(c, hi) || r.introduces(lo, src.lo-1) && (!medial || r.tokens[lo].is(prep|subord|formIng) &&
			r.at(c.group.hi+1).quote >= 0) {
			return found{}, false
		}
		if medial && r.introduces(lo, src.lo-1) {
			return found{source: src, frame: FramePostposed, content: []run{r.clause(lo, src.lo), r.endOf(c.group.hi+1, hi, hi)}}, true
		}
	} else if src.lo <= lo && !r.endsClause(c, hi) {
		return found{}, false
	} else if after.is(mark) || after.quote >= 0 && r.quoteWords(r.at(src.lo-1).quote) < 3 {
		return found{}, false
	}
	f := found{source: src, frame: FramePostposed}
	f.content = r.leftContent(u, src.lo)
	f.content = append(f.content, r.resumed(c.group.hi, hi, true)...)
	return f, true
}

func (r *reader) quoteWords(q int32) int { return r.last[q] - r.first[q] - 1 }

// endsClause reports whether nothing that could be content follows the verb.
func (r *reader) endsClause(c *cue, hi int) bool {
	i := c.group.hi
	if c.traits&verbTell != 0 && i < hi && r.tokens[i].word() {
		i = r.hearer(i, hi)
	}
	if i >= hi {
		return true
	}
	t := &r.tokens[i]
	if t.kind == colon || t.quote >= 0 || t.kind == opening {
		return false
	}
	if !t.word() {
		return true
	}
	if t.is(mark) || t.is(det|subjectPronoun) && !t.is(prep|day) {
		return false
	}
	if !t.is(prep | subord | day | adverb) {
		return false
	}
	for k := i; k < min(hi, i+14); k++ {
		if r.tokens[k].is(mark) && !r.tokens[k].is(prep) || r.tokens[k].quote >= 0 {
			return false
		}
		if r.tokens[k].kind == comma {
			break
		}
	}
	return true
}

// introduces reports whether what stands before the comma at end is an opening
// phrase ("In an interview, X said") and not what is said.
func (r *reader) introduces(lo, end int) bool {
	t := &r.tokens[lo]
	if t.is(while|conj) || t.is(subord) && !t.is(prep) && !r.at(lo+1).is(subjectPronoun|det) {
		return !r.commaIn(lo, end)
	}
	for i := lo; i < end; i++ {
		u := &r.tokens[i]
		if u.quote >= 0 || r.isVerb(i, lo) || u.suffix == edSuffix && i > lo && !r.at(i-1).is(det) {
			return t.is(subord|formIng) || t.suffix == ingSuffix || t.suffix == edSuffix
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
