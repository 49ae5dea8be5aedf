package attribution

import "stet.example/stet/annotations"

// deniesOutright is the cue of one of own that says that something is not so, whatever it is: "denied
// that anyone was hurt", "denies murder", "has denied any role". Who answers so answers the voice before.
// What is taken back of what the same sentence grants is no answer: "confirmed P but denied Q".
func (r *reader) deniesOutright(own []int) (run, bool) {
	for k, n := range own {
		f := &r.found[n]
		if f.cue.empty() || f.asWho || f.frame != FramePreposed || r.holds(f.cue, negative) || !r.deniesIn(f.cue) {
			continue
		}
		if r.toldByAnother(own, n) {
			continue // "She denies doping, her lawyer said"
		}
		if k > 0 && r.found[own[k-1]].verb&verbClaim != 0 && r.found[own[k-1]].verb&verbSay == 0 {
			continue
		}
		if r.deniedBehind(f.cue.hi, r.end(f.unit)) {
			return f.cue, true
		}
	}
	return run{}, false
}

// toldByAnother reports whether what stands around cue n is what another of own says.
func (r *reader) toldByAnother(own []int, n int) bool {
	for _, k := range own {
		for _, c := range r.found[k].content {
			if k != n && c.lo <= r.found[n].source.lo && r.found[n].cue.hi <= c.hi {
				return true
			}
		}
	}
	return false
}

// deniesIn reports whether a verb of denial stands in a cue.
func (r *reader) deniesIn(c run) bool {
	for i := c.lo; i < c.hi; i++ {
		if r.usedFor(i, useDenies) {
			return true
		}
	}
	return false
}

// deniedBehind reports whether what a verb of denial has behind it at token i is a claim whatever was said
// before: a clause, "being" or "having", "any role", "this", "that timeline", "murder". What "the" opens may
// be asked for; two nouns tell what is refused to somebody ("denies women access"). A plea ("denies three counts
// of theft", "denies causing death") answers who accuses: outsiders marked it so, a writer of the first passages did not.
func (r *reader) deniedBehind(i, hi int) bool {
	t, next := r.at(i), r.at(i+1)
	if i >= hi || t.quote >= 0 {
		return false
	}
	if t.is(adverb) && !t.is(det|prep) && r.lex.ending(r.word(i+1)) == ingSuffix {
		return true // "denied ever steering a contract"
	}
	switch {
	case r.lex.verbSecond:
		return r.pointsToClaim(i, hi) || r.clauseSoon(i, hi)
	case t.is(prep) && r.thatSoon(i, hi):
		return true // "denied in a statement that P"
	case t.is(mark), t.is(anaphor), t.has(question) && !t.is(relative), t.is(subjectPronoun) && !t.is(det), t.has(dummy), t.is(be | have):
		return true
	case r.lex.ending(r.word(i)) == ingSuffix && !t.is(det|prep):
		return true // "denied backing the rebels"
	case t.is(det|article) || t.capital:
		return t.is(det) && !t.is(article|poss|number) || r.clauseFollows(i, hi) || r.pointsToClaim(i, hi)
	case t.digit || t.is(number):
		return r.at(i + 1).word()
	}
	return t.word() && !t.is(prep|adverb|aux|objectPronoun) && r.at(i-1).is(formThird) && !r.at(i-1).is(formPast) && (i+1 >= hi || !next.word() || next.is(prep|conj))
}

// thatSoon reports whether a few words without a sign stand between token i and a "that".
func (r *reader) thatSoon(i, hi int) bool {
	for k := i; k < min(hi, i+6) && r.tokens[k].word() && r.tokens[k].quote < 0; k++ {
		if r.tokens[k].is(mark) {
			return true
		}
	}
	return false
}

// noneSuch finds the words by which one of own says that there is nothing of the kind: "no such call had
// taken place", "denied any such advance". "Such" points back to what was said before.
func (r *reader) noneSuch(own []int) (run, bool) {
	for _, n := range own {
		f := &r.found[n]
		if f.cue.empty() || f.asWho || r.lex.verbSecond {
			continue
		}
		hi := min(r.end(f.unit), f.cue.hi+verdictWords)
		for i := f.cue.hi + 1; i+1 < hi; i++ {
			if !r.tokens[i].has(example) || r.tokens[i+1].has(bareNoun) {
				continue
			}
			if b := &r.tokens[i-1]; b.is(negative) || b.is(det) && !b.is(article|number) && (i-1 == f.cue.hi && (r.holds(f.cue, dispute) || r.tokens[f.cue.hi-1].is(afterCue))) {
				return run{i - 1, i + 1}, true
			}
		}
	}
	return run{}, false
}

// outletDenies reads a unit in which nobody speaks and the outlet itself calls untrue what somebody said
// before: "The claim is false: P", "That is not true."
func (r *reader) outletDenies(u int) (contest, bool) {
	lo, hi := r.verdictAt(u), min(r.end(u), r.claim[u]+verdictWords)
	e := lo
	for e < hi && r.tokens[e].word() && r.tokens[e].quote < 0 {
		e++
	}
	if e-lo < 3 || e >= r.end(u) || r.tokens[e].quote >= 0 || !r.saysUntrue(run{lo, e}) && !r.weRate(run{lo, e}) && !r.ratesUntrue(run{lo, e}) {
		return contest{}, false
	}
	p := r.voiceBefore(u)
	return contest{rule: "C-b", words: []annotations.Span{r.span(run{lo, e})}, partner: p}, p >= 0
}

// outletCorrects reads a unit in which nobody speaks and the outlet sets what it knows against what somebody said
// right before: "In fact, the bridge was closed".
func (r *reader) outletCorrects(u int) (contest, bool) {
	lo, hi := r.claim[u], r.ranges[u].hi
	if u == 0 || lo >= hi || r.tokens[lo].quote >= 0 || r.reach[u] >= 0 {
		return contest{}, false
	}
	if at, ok := r.correctly(u); ok {
		p := r.voiceBefore(u)
		return contest{rule: "C-b", words: []annotations.Span{r.span(at)}, partner: p}, p >= 0
	}
	p, n := r.phraseAt(lo, hi)
	if n == 0 || p.use != useCorrects || lo+n >= hi || r.voiceBefore(u) != u-1 {
		return contest{}, false
	}
	return contest{rule: "C-b", words: []annotations.Span{r.span(run{lo, lo + n})}, partner: u - 1}, true
}

// differsBefore finds the words before the first cue of own by which its source speaks against the
// voice before: "A delegate gave a different version, saying P".
func (r *reader) differsBefore(u int, own []int) (run, bool) {
	f := &r.found[own[0]]
	for i := max(r.claim[u], f.source.hi); i < f.cue.lo; i++ {
		if r.tokens[i].quote >= 0 || r.tokens[i].opens&(1<<useDiffer) == 0 {
			continue
		}
		if n := r.differsAt(i, f.cue.lo); n > 0 {
			return run{i, i + n}, true
		}
	}
	return run{}, false
}

// clauseSoon reports whether a comma or colon and what is denied follow within a few words, in languages
// whose verb stands second: "bestreitet auf Anfrage, davon gewusst zu haben".
func (r *reader) clauseSoon(i, hi int) bool {
	for k := i; k < min(hi-1, i+6); k++ {
		if t := &r.tokens[k]; t.quote >= 0 || t.kind == stop {
			return false
		} else if t.kind == comma || t.kind == colon {
			return r.tokens[k+1].is(mark) || r.infinitiveBehind(k+1, hi) || t.kind == colon
		}
	}
	return false
}

// correctsIt reports whether what is said puts another figure in the place of the one before: "the true
// figure is 12", "the real number was closer to 40".
func (r *reader) correctsIt(s run) bool {
	if r.lex.verbSecond || s.hi-s.lo < 5 {
		return false
	}
	i := s.lo
	if r.tokens[i].is(mark) {
		i++
	}
	n := r.differsAt(i, s.hi)
	for k := i + n; n > 0 && k < min(s.hi-1, i+n+5); k++ {
		if r.tokens[k].is(be) {
			return true
		}
	}
	return false
}

// noneDid reports whether what is said opens with "nobody" or the like, and another voice right before said
// that somebody did: the verb must come again ("are being replaced", "nobody has been replaced").
func (r *reader) noneDid(s run, u int) bool {
	t, n := &r.tokens[s.lo], r.at(s.lo+1)
	if r.lex.verbSecond || !t.is(negative) || !t.is(det) && !n.is(aux|formPast|partOf) && n.suffix != edSuffix {
		return false
	}
	p := r.voiceBefore(u)
	if p < 0 || r.denies(r.claim[p], r.ranges[p].hi) {
		return false
	}
	v := s.lo + 1
	for v < s.hi && !r.tokens[v].is(aux) && r.tokens[v].word() {
		v++
	}
	for v < s.hi && r.tokens[v].is(aux|adverb) {
		v++
	}
	before := r.topicOf(p)
	return v < s.hi && r.speaksOf(run{v, v + 1}, &before)
}

// weRate reports whether the outlet gives its own mark to a claim, and calls it untrue: "We rate this claim False".
func (r *reader) weRate(s run) bool {
	return !r.lex.verbSecond && s.hi-s.lo == 5 && r.tokens[s.lo].is(pluralPronoun) && r.tokens[s.lo+2].is(anaphor|definite) && r.tokens[s.lo+3].has(claimed) && r.tokens[s.lo+4].has(untrue)
}
