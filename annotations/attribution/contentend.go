package attribution

import "strings"

// endOf finds where content that begins at i ends: at limit, at the next cue
// with a subject of its own, at ", according to", at ", adding".
func (r *reader) endOf(i, hi, limit int) run {
	s := i
	direct := s < hi && r.tokens[s].quote >= 0
	for ; i < limit; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 {
			continue
		}
		if direct && i > s && r.at(i-1).quote >= 0 && t.word() && r.leavesQuote(i) && r.last[r.at(i-1).quote] == i-1 {
			break
		}
		if t.is(reporting) && t.is(formIng) && i > s && r.at(i-1).kind == mark2 && r.at(i-1).quote >= 0 {
			break
		}
		if t.kind != comma && t.kind != dash && t.kind != semicolon {
			if t.is(coord|contrastMid) && i > s && !(t.is(contrastMid) && r.tokens[i-1].is(negative|aux)) && (r.verbFollows(i+1, hi) || r.tellsOn(s, i+1)) {
				break
			}
			continue
		}
		if r.newVoice(i+1, hi) || t.kind == comma && r.tellsOn(s, i+1) || !direct && t.kind == comma && r.afterthought(i+1, limit) {
			break
		}
	}
	for i > s && (r.tokens[i-1].kind == comma || r.tokens[i-1].kind == semicolon || r.tokens[i-1].kind == dash) && r.tokens[i-1].quote < 0 {
		i--
	}
	return run{s, i}
}

// tellsOn reports whether a verb in the writer's own mood stands at token i,
// behind words in the mood of reported speech that begin at s: "er sei unschuldig
// und weigerte sich".
func (r *reader) tellsOn(s, i int) bool {
	t := r.at(i)
	if !r.lex.mood || !r.lex.verbSecond || t.capital || t.quote >= 0 || t.is(indirect|aux|conj|prep|det) || !t.is(reporting|finiteVerb) && !(t.id == 0 && strings.HasSuffix(r.word(i), "te")) {
		return false
	}
	return t.is(formPast|finiteVerb) && !t.is(formParticiple) || t.id == 0
}

// afterthought reports whether what follows a comma is a relative clause that
// runs to the end: the writer's own remark more often than not.
func (r *reader) afterthought(i, hi int) bool {
	t := r.at(i)
	if i < hi && t.is(prep) && !t.is(relative) {
		i++
		t = r.at(i)
	}
	doing := t.suffix == ingSuffix && !t.capital && !r.lex.verbSecond // ", drawing a sharp reply"
	if i >= hi || t.quote >= 0 || doing && r.hasAnyOf(run{i, i + 1}, outcomes) || !doing && (!t.is(relative) || t.is(mark)) {
		return false
	}
	for ; i < hi; i++ {
		if r.tokens[i].kind == comma || r.tokens[i].quote >= 0 {
			return false
		}
	}
	return true
}

// leavesQuote reports whether an adjunct of the saying follows a quotation.
func (r *reader) leavesQuote(i int) bool {
	t := &r.tokens[i]
	if t.is(keeps) {
		return false
	}
	return t.is(prep|day) || t.is(subord) && !t.is(mark)
}

// verbFollows reports whether "and" is followed by another verb of speech that
// shares its subject.
func (r *reader) verbFollows(i, hi int) bool {
	for k := i; k < min(hi, i+4); k++ {
		t := &r.tokens[k]
		if t.is(saying) && t.is(formPast|formThird) && !t.is(formIng) && t.quote < 0 {
			return true
		}
		if !t.is(adverb | aux) {
			return false
		}
	}
	return false
}

// newVoice reports whether behind a comma another voice begins: a cue, or a
// conjunction with a subject and a cue.
func (r *reader) newVoice(i, hi int) bool {
	if i >= hi {
		return true
	}
	t := &r.tokens[i]
	if t.quote >= 0 || !t.word() {
		return false
	}
	if t.is(reporting) && t.is(formIng) {
		return true
	}
	if u, n := r.phraseAt(i, hi); n > 0 && u.use == useAccording {
		return true
	}
	if !t.is(conj | while) {
		return false
	}
	for k := i + 1; k < min(hi, i+10); k++ {
		u := &r.tokens[k]
		if u.quote >= 0 || u.kind == comma || u.kind == stop {
			return false
		}
		if u.is(saying) && u.is(formPast|formThird) && k > i+1 {
			return true
		}
		if u.is(aux) {
			return false
		}
	}
	return false
}

// newClause is the comma before ", but X said Q", -1 where f is built otherwise.
func (r *reader) newClause(f *found) int {
	if f.frame != FramePreposed || f.source.lo < 2 || f.source.empty() {
		return -1
	}
	i := f.source.lo - 1
	if r.at(i).kind == semicolon && r.at(i).quote < 0 {
		return i // "said P; Moscow said Q"
	}
	if r.at(i).kind == comma { // ", but her predecessor, Jan Berg, said Q"
		k := i - 1
		for k > 1 && i-k < 8 && r.tokens[k].word() && r.tokens[k].quote < 0 && !r.tokens[k].is(conj|while) {
			k--
		}
		if k < i-1 && r.tokens[k+1].is(det|poss) {
			i = k
		}
	}
	if t := r.at(i); t.is(conj|while) && !t.is(mark) && r.at(i-1).kind == comma {
		return i - 1
	}
	return -1
}

// separate takes from each content what belongs to a source and cue behind it
// in the same unit.
func (r *reader) separate(begin, hi int) {
	for n := begin; n < len(r.found); n++ {
		f := &r.found[n]
		if len(f.content) == 0 || f.frame == FramePostposed || f.frame == FrameInverted {
			continue
		}
		last := &f.content[len(f.content)-1]
		if last.hi > hi {
			continue
		}
		for m := n + 1; m < len(r.found); m++ {
			g := &r.found[m]
			if at := r.newClause(g); at > last.lo+1 && at < last.hi && r.tokens[at].quote < 0 && g.source.lo != f.source.lo {
				last.hi = at
			}
			if k := g.cue.lo - 1; g.frame == FramePreposed && g.source == f.source && k > last.lo+1 && k < last.hi && (r.tokens[k].is(conj) || r.lex.verbSecond && r.tokens[k].kind == comma) && r.tokens[k].quote < 0 {
				last.hi = k // "X said P but denied Q"
			}
			if g.frame == FramePostposed && g.source.lo > last.lo && last.hi > g.source.lo {
				last.hi = g.source.lo
				if len(g.content) > 0 && g.content[0].lo > last.lo+1 && g.content[0].lo < last.hi && r.tokens[g.content[0].lo-1].kind == semicolon {
					last.hi = g.content[0].lo - 1 // "X said P; Q, X said"
				}
				if last.hi > last.lo && r.tokens[last.hi-1].kind == comma {
					last.hi--
				}
			}
		}
	}
}

// wantsFor reports whether what stands between two tokens is who is asked, and "for"
// what: "the court for quick action".
func (r *reader) wantsFor(i, hi int) bool {
	for k := i + 1; k < min(hi, i+8); k++ {
		if t := &r.tokens[k]; t.is(partOf) && !r.tokens[k].has(origin) {
			return !r.at(k+1).is(day) && r.at(k+1).word()
		}
	}
	return false
}

// endBefore ends what the cues before report where somebody says all of it: "The board denied P, reports Berg".
func (r *reader) endBefore(begin int, c *cue, f *found) {
	g := c.group.lo
	if r.lex.verbSecond || f.frame != FrameInverted || f.source.lo < c.group.hi || r.at(g-1).kind != comma {
		return
	}
	for i := begin; i < len(r.found); i++ {
		for k := range r.found[i].content {
			if p := &r.found[i].content[k]; p.lo < g-1 && f.source.hi <= p.hi {
				p.hi = g - 1
			}
		}
	}
}
