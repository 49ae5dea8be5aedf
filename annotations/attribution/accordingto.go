package attribution

import "strings"

// according reads "according to X, P" and "P, according to X".
func (r *reader) according(begin, lo, hi, before int, c *cue) (found, bool) {
	f := found{frame: FrameAccording}
	if c.traits&behind != 0 {
		return r.behindSource(lo, hi, c)
	}
	if r.tokens[c.verb].has(whereby) || c.group.hi == c.verb+2 && r.tokens[c.verb+1].has(ofWhich) {
		return r.whereby(lo, hi, c)
	}
	s := c.group.hi
	opens := c.group.lo-lo < 2
	src, ok := r.sourceAfter(s, hi, !r.lex.capitalNouns)
	if inner := r.tokens[s-1].is(sourceInside); inner && s < hi && !r.tokens[s].capital && !r.tokens[s].has(ofWhom) && !r.manyOf(s) {
		src, ok = run{s, s}, true // "nach eigenen Angaben"
	}
	if !ok && r.tokens[s-1].is(sourceInside) && s+1 < hi && r.tokens[s].id == r.lex.by && r.lex.by != 0 {
		src, ok = r.sourceAfter(s+1, hi, false) // "nach Angaben von X"
	}
	if !ok && r.tokens[s-1].is(sourceInside) {
		src, ok = run{s, s}, true
	}
	if !ok || r.lex.capitalNouns && src.hi == src.lo+1 && !r.tokens[src.lo].capital && r.tokens[src.lo].traits&^(formParticiple|verbMind) == 0 && src.hi >= hi-1 {
		return f, false // "die Musik laut gedreht"
	}
	if n := r.at(s + 1); r.lex.verbSecond && opens && r.at(s).has(oblique) && n.word() && !n.capital && !n.is(adverb) && !strings.HasSuffix(r.word(s+1), "en") && (r.mayBeFinite(s+1) || r.at(s+2).is(article) && !r.at(s+2).has(oblique)) {
		src.hi = s + 1 // "Laut dem stieg der Umsatz"
	}
	if r.tokens[c.group.hi-1].is(sourceInside) {
		c.group.hi = c.group.lo + 1
		src.lo = c.group.hi
	}
	src.hi = r.madeBy(src, hi)
	if n := r.officeEnd(src, hi); opens && n > 0 {
		src.hi = n // "According to Berg, the head of the board, the pier is safe"
	}
	if opens {
		src.hi = r.beforeClaim(src, hi)
	}
	if r.governsBehind(begin, src, c) {
		return f, false
	}
	src = r.ownWords(r.inserted(src, c))
	if f.source = src; r.lex.verbSecond && r.hasAnyOf(c.group, relying) {
		f.content = r.ofItsReport(begin, c)
		return f, len(f.content) > 0 // not "wollte sich mit Verweis auf das Verfahren nicht äußern"
	}
	if opens {
		i := src.hi
		if i < hi && !r.tokens[i].word() && r.tokens[i].quote < 0 {
			i = r.behindRelative(i+1, hi)
		}
		f.content = []run{r.endOf(i, hi, hi)}
		return f, i < hi
	}
	if before := r.at(c.group.lo - 1); before.is(subord | conj | relative) {
		f.content = []run{r.endOf(min(src.hi+1, hi), hi, hi)}
		return f, src.hi+1 < hi
	}
	f.content = []run{r.clause(max(lo, r.clauseStart(before, c.group.lo)), c.group.lo)}
	f.content = append(f.content, r.restBehind(src, hi, c)...)
	return f, true
}

// madeBy is where a source ends behind which stands who made it, without a link: "According to a post she wrote in May, P".
func (r *reader) madeBy(src run, hi int) int {
	t := r.at(src.hi)
	if r.lex.verbSecond || src.empty() || src.hi >= hi || !t.is(subjectPronoun) || t.is(relative|det) || t.quote >= 0 || !r.holds(src, document|data|speechNoun) {
		return src.hi
	}
	for k := src.hi + 2; k < min(hi-1, src.hi+maxVerdict); k++ {
		if u := &r.tokens[k]; u.quote >= 0 || u.kind == stop {
			break
		} else if u.kind == comma {
			return k
		}
	}
	return src.hi
}

// restBehind is what goes on behind a source in the middle of what it says.
func (r *reader) restBehind(src run, hi int, c *cue) []run {
	switch {
	case src.hi+1 < hi && r.tokens[src.hi].kind == comma && !r.lex.verbSecond && r.nameOnly(src.hi+1, hi):
		return nil // "P, according to Berg's spokesman, Jan Lund."
	case src.hi+1 < hi && r.tokens[src.hi].kind == comma && r.at(c.group.lo-1).kind == comma &&
		!r.at(src.hi+1).is(conj|relative|formIng) && r.at(src.hi+1).suffix != ingSuffix:
		return []run{{src.hi + 1, hi}}
	case r.lex.verbSecond && r.tokens[c.verb].has(needsComma):
		if rest := r.behindItsColon(src.hi, hi); len(rest) > 0 {
			return rest // not "so Berg im Morgenmagazin"
		}
		return r.resumed(src.hi, hi, false)
	case r.lex.capitalNouns && src.hi < hi && r.tokens[src.hi].word() && !(r.tokens[src.hi].is(adverb) && !r.at(src.hi+1).word()):
		return []run{{src.hi, hi}}
	}
	return nil
}

// nameOnly reports whether nothing but a name stands from token i to the end.
func (r *reader) nameOnly(i, hi int) bool {
	for hi > i && !r.tokens[hi-1].word() && r.tokens[hi-1].quote < 0 {
		hi--
	}
	return hi-i > 0 && hi-i < 5 && r.allCapital(run{i, hi})
}

// beforeClaim is where a source that opens its sentence ends when what seemed an apposition is what is said.
func (r *reader) beforeClaim(src run, hi int) int {
	for i := src.lo; i < src.hi && (src.hi >= hi-1 || r.tokens[src.hi].kind != comma || r.at(i+1).is(number)); i++ {
		if r.tokens[i].kind == comma {
			src.hi = i
		}
	}
	return src.hi
}

// officeEnd is the second comma of a phrase that runs on to the end of its clause, where an
// office stands between two and a subject behind them; 0 where it is not so.
func (r *reader) officeEnd(src run, hi int) int {
	if r.lex.verbSecond || src.hi < hi-1 {
		return 0
	}
	first := src.lo
	for first < src.hi && r.tokens[first].kind != comma {
		first++
	}
	second := first + 1
	for second < src.hi && r.tokens[second].kind != comma {
		second++
	}
	if second+1 >= src.hi || !r.tokens[first+1].is(article|poss) || !r.tokens[first-1].capital {
		return 0
	}
	if n := r.at(second + 1); !n.is(det|subjectPronoun) && !n.capital {
		return 0
	}
	return second
}

// behindRelative is the token behind a relative clause or a participle that begins at token i and that a
// comma closes, i where there is none: "According to Berg, who wrote it, P", "According to the suit, filed on Monday, P".
func (r *reader) behindRelative(i, hi int) int {
	if i >= hi || r.lex.verbSecond || r.tokens[i].is(mark) || r.tokens[i].quote >= 0 {
		return i
	}
	t, n := &r.tokens[i], r.at(i+1)
	tells := !t.capital && (t.suffix == edSuffix || t.is(formParticiple)) && (n.is(prep|day) || n.suffix == lySuffix)
	if !t.is(relative) && !tells {
		return i
	}
	for k := i + 1; k < min(hi-1, i+maxSource); k++ {
		if t := &r.tokens[k]; t.quote >= 0 || t.kind == stop {
			break
		} else if t.kind == comma {
			return k + 1
		}
	}
	return i
}

// ownWords is a source that is somebody's own words, without what does not belong to them: "nach eigenen
// Angaben von einem Kombi überholt".
func (r *reader) ownWords(s run) run {
	for i := s.lo + 2; i+1 < s.hi && r.lex.verbSecond; i++ {
		if n := &r.tokens[i+1]; r.tokens[i].id == r.lex.by && (n.digit || n.has(approx)) {
			s.hi = i // "nach Angaben der Stadt von rund 60 Leuten genutzt"
		}
	}
	for _, own := range r.lex.own {
		if s.hi-s.lo > 2 && strings.HasPrefix(r.word(s.lo), own) && r.at(s.lo+1).capital {
			s.hi = s.lo + 2
		}
	}
	return s
}

// inserted is a source that stands between commas behind a verb that still wants its noun, without what only
// seems an apposition: "Das sind, so X, vier Punkte".
func (r *reader) inserted(s run, c *cue) run {
	if i := c.group.lo - 2; !r.lex.verbSecond || !r.tokens[c.verb].has(needsComma) || i < 0 || !r.at(i).is(aux) || r.at(i+1).kind != comma {
		return s
	}
	for k := s.lo; k < s.hi; k++ {
		if r.tokens[k].kind == comma {
			s.hi = k
		}
	}
	return s
}

// manyOf reports whether the word at token i tells how many of them say it, in the case that says whose: "nach Ansicht
// vieler Fahrerinnen".
func (r *reader) manyOf(i int) bool {
	return strings.HasSuffix(r.word(i), "er") && r.at(i+1).capital && !r.tokens[i].is(aux|prep)
}
