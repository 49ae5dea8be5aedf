package attribution

// answeredSecond reads the same where the verb stands second.
func (r *reader) answeredSecond(u int, own []int) (run, bool) {
	if at, ok := r.otherwise(u); ok {
		return at, true
	}
	if at, ok := r.notShared(u); ok {
		return at, true
	}
	if at, ok := r.deemedWrong(u); ok {
		return at, true
	}
	if at, ok := r.inTruth(u, own); ok {
		return at, true
	}
	for _, n := range own {
		f := &r.found[n]
		if at, ok := r.turnsDown(f); ok {
			return at, true
		}
		if !f.asWho && !f.cue.empty() && (r.deniedInPerfect(f) || r.hasAnyOf(f.cue, counters) || !f.far.empty() && r.hasAnyOf(f.cue, countersBack) && r.hasAnyOf(f.far, countersBack)) {
			return f.cue, true
		}
	}
	if at, ok := r.contrastIn(u, own); ok {
		return at, true
	}
	return r.provedWrong(own)
}

// otherwise finds "anders" at the end of a clause that tells how somebody sees, reckons or remembers it: "sieht
// das anders", "erinnert sich anders: P".
func (r *reader) otherwise(u int) (run, bool) {
	lo := r.claim[u]
	for i := lo; i < r.end(u); i++ {
		t := &r.tokens[i]
		if t.quote >= 0 {
			return run{}, false
		}
		if !t.has(disagrees) || !t.is(adverb) || i+1 < r.end(u) && r.at(i+1).word() {
			continue
		}
		colon := r.at(i+1).kind == colon
		for k := i - 1; k > max(lo, i-7) && r.tokens[k].word(); k-- {
			if b := &r.tokens[k]; b.is(aux|infinitive|negative) && !b.is(det) {
				return run{}, false
			} else if colon || b.is(anaphor) && !r.at(k+1).capital {
				return run{i, i + 1}, true
			}
		}
	}
	return run{}, false
}

// notShared finds words that turn down what was said where they close a clause: "ist davon nicht überzeugt",
// "will das nicht gelten lassen".
func (r *reader) notShared(u int) (run, bool) {
	for i := r.claim[u] + 1; i < r.end(u); i++ {
		if t := &r.tokens[i]; t.quote >= 0 {
			return run{}, false
		} else if t.opens&(1<<useDiffer) == 0 {
			continue
		}
		if n := r.differsAt(i, r.end(u)); n > 0 && (!r.canOrMust(r.claim[u], i) || r.hasAnyOf(run{i + n - 1, i + n}, grasping) && (i+n >= r.end(u) || r.tokens[i+n].kind != comma)) && (i+n >= r.end(u) || !r.tokens[i+n].word() || r.tokens[i+n].is(coord)) {
			return run{i, i + n}, true
		}
	}
	return run{}, false
}

// canOrMust reports whether a modal verb that tells no will stands between two tokens: "können davon nichts wissen".
func (r *reader) canOrMust(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if t := &r.tokens[i]; t.is(modal) && !t.is(try) {
			return true
		}
	}
	return false
}

// deemedWrong finds what somebody holds to be wrong, or does not accept: "hält das für vorgeschoben", "teilt diese
// Sorge ausdrücklich nicht", "erkannte das Ergebnis nicht an".
func (r *reader) deemedWrong(u int) (run, bool) {
	hi := r.end(u)
	for i := r.claim[u] + 1; i+3 < hi; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 {
			return run{}, false
		}
		holds, shares := t.has(deems) && !t.capital, r.hasAnyOf(run{i, i + 1}, sharing)
		if !holds && !shares || !r.at(i+1).is(anaphor|definite|article) && !(r.at(i+1).has(oblique) && r.at(i+1).is(det)) {
			continue
		}
		for k := i + 2; k < min(hi, i+10) && r.tokens[k].word(); k++ {
			if holds && r.tokens[k].has(untrue) && r.hasAnyOf(run{i + 2, k}, asWhat) {
				return run{i, k + 1}, true
			}
			if last := k + 1; shares && r.tokens[k].is(negative) && !r.tokens[k].is(det) && (last >= hi || !r.tokens[last].word() || r.tokens[last].is(prep) && !r.at(last+1).word()) {
				return run{i, k + 1}, true
			}
		}
	}
	return run{}, false
}

// contrastIn finds a word of contrast in a unit, outside of what is said.
func (r *reader) contrastIn(u int, own []int) (run, bool) {
	for i := r.claim[u] + 1; i < r.end(u); i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || !t.is(contrast) || !t.is(adverb) || i+1 >= r.end(u) || !r.at(i+1).word() && r.at(i+1).kind != comma || r.at(i-1).has(reflexive) {
			continue
		}
		if r.ownContrast(own, i) {
			return run{}, false
		}
		strong := r.hasAnyOf(run{i, i + 1}, onlyContrast) || r.holds(run{r.claim[u], i}, document|data)
		return run{i, i + 1}, !r.said(own, i) && (strong || len(own) > 0)
	}
	return run{}, false
}

// provedWrong finds what one of own says of what was said before: "Diese Version sei widerlegt", "Dieser
// Einwand treffe nicht zu".
func (r *reader) provedWrong(own []int) (run, bool) {
	for _, n := range own {
		f := &r.found[n]
		if len(f.content) == 0 || f.asWho {
			continue
		}
		s := r.toComma(r.firstClause(f.content[0]))
		for !s.empty() && !r.tokens[s.hi-1].word() {
			s.hi--
		}
		if s.hi-s.lo > 2 && r.untrueBehind(s) {
			return s, true // "Von einer Krise kann keine Rede sein"
		}
		if r.falseThere(s) {
			return s, true // "Technische Fragen seien nur vorgeschoben"
		}
		if s.hi-s.lo < 4 || !r.tokens[s.lo].is(anaphor|definite) || !r.holdsHint(run{s.lo, s.lo + 3}, claimed) {
			continue
		}
		for i := s.lo + 2; i < s.hi; i++ {
			if t := &r.tokens[i]; t.is(negative) || t.has(untrue) || t.is(dispute) && i == s.hi-1 {
				return s, true
			}
		}
	}
	return run{}, false
}

// falseThere reports whether a clause in the mood of reported speech calls something untrue that was spoken of before.
func (r *reader) falseThere(s run) bool {
	if s.hi-s.lo < 3 || s.hi-s.lo > verdictWords || !r.tokens[s.hi-1].has(untrue) || r.tokens[s.hi-1].capital || !r.inMood(s) || r.quotedIn(s) {
		return false
	}
	known := false
	for i := s.lo; i < s.hi; i++ {
		t := &r.tokens[i]
		if t.is(negative) {
			return false
		}
		known = known || t.capital && i > s.lo && t.end-t.start > 4 && r.namedBefore(run{i, i + 1})
	}
	return known
}

// deniedInPerfect reports whether somebody has denied what was said before: "hatte dies stets zurückgewiesen".
func (r *reader) deniedInPerfect(f *found) bool {
	if f.far.empty() || len(f.content) == 0 || f.content[0].empty() || !r.tokens[f.far.lo].is(have) || f.content[0].hi > f.cue.lo || !r.holds(f.cue, dispute) {
		return false
	}
	s := f.content[0]
	return r.tokens[s.lo].is(anaphor) || r.tokens[s.lo].is(det) && r.holdsHint(s, claimed)
}

// inTruth finds what the outlet, or a voice named in the unit, holds against what was said before: "In Wahrheit", and
// "Tatsächlich" where the clause narrows or denies. What is carried over goes on with the voice before.
func (r *reader) inTruth(u int, own []int) (run, bool) {
	lo, hi := r.claim[u], r.end(u)
	if lo+3 >= hi || r.tokens[lo].quote >= 0 || r.onlyCarried(own) {
		return run{}, false
	}
	if r.tokens[lo].is(prep) && r.hasAnyOf(run{lo + 1, lo + 2}, inTruth) {
		return run{lo, lo + 2}, true
	}
	if !r.hasAnyOf(run{lo, lo + 1}, actually) || !r.at(lo+1).word() {
		return run{}, false
	}
	for i := lo + 1; i < min(hi, lo+verdictWords) && r.tokens[i].word(); i++ {
		if r.tokens[i].is(negative) || r.hasAnyOf(run{i, i + 1}, only) {
			return run{lo, lo + 1}, true
		}
	}
	return run{}, false
}

// turnsDown finds the words by which the voice of f turns down what was said before, where no single verb of denial does:
// "stellt das in Abrede", "Dass P, bestreitet X", "sprach von „Panikmache“", "Mein Mandant hat niemanden berührt".
func (r *reader) turnsDown(f *found) (run, bool) {
	if f.asWho || len(f.content) == 0 || f.content[0].empty() {
		return run{}, false
	}
	s := f.content[0]
	if at, ok := r.veryMuch(s); ok || f.cue.empty() {
		return at, ok
	}
	if at, ok := r.flatNo(f); ok {
		return at, true
	}
	switch {
	case r.hasAnyOf(f.cue, turningAway) && (r.holdsHint(f.far, reflexive) || r.hasAnyOf(f.cue, doing)) || r.hasAnyOf(f.cue, doubts) && f.frame == FramePreposed && r.hasAnyOf(run{s.lo, s.lo + 1}, doubtedAt):
		return f.cue, true // "weist das von sich"
	case r.hasAnyOf(f.cue, insisting) && r.tokens[s.lo].is(mark):
		return f.cue, true // "beharrt darauf, dass P"
	case r.hasAnyOf(f.cue, admitting) && !f.far.empty() && r.hasAnyOf(run{f.cue.hi, max(f.cue.hi, f.far.lo)}, only):
		return f.cue, true // "räumt lediglich eine Panne ein"
	case !f.far.empty() && r.hasAnyOf(f.far, denials):
		if end := f.far.lo; r.pointsToClaim(max(f.cue.hi, f.source.hi), end) || r.tokens[r.claim[f.unit]].is(anaphor) {
			return f.cue, true
		}
	case f.frame == FrameInverted && r.tokens[s.lo].is(mark) && r.holds(f.cue, dispute) && !r.holds(f.cue, negative):
		return f.cue, true
	case f.frame == FramePreposed && r.tokens[f.cue.hi-1].id == r.lex.by && r.badName(f.cue.hi, r.end(f.unit)):
		return f.cue, true
	case f.frame == FramePreposed && r.hasAnyOf(f.cue, disowning) && !r.holds(f.cue, negative) && !r.hasAnyOf(run{f.cue.hi, r.end(f.unit)}, matches):
		return f.cue, true // "bestreitet den Platzmangel"
	case r.hasAnyOf(f.cue, avowing) && r.inMood(s) && r.denies(s.lo, r.toComma(s).hi):
		return f.cue, true // "beteuerte, er habe davon nichts gewusst"
	}
	if at, ok := r.noSuchThing(s); ok {
		return at, true
	}
	return r.clientDidNot(s)
}

// noSuchThing finds "nichts dergleichen" and the like in the first clause of what is said.
func (r *reader) noSuchThing(s run) (run, bool) {
	s = r.toComma(r.firstClause(s))
	for i := s.lo + 1; i < s.hi; i++ {
		if r.hasAnyOf(run{i, i + 1}, suchlike) && r.tokens[i-1].is(negative) {
			return run{i - 1, i + 1}, true
		}
	}
	return run{}, false
}

// badName reports whether the noun at token i, behind an article and an adjective, is a word for what is not true:
// "einer „Falschmeldung“".
func (r *reader) badName(i, hi int) bool {
	for k := i; k < min(hi, i+4); k++ {
		t := &r.tokens[k]
		if t.word() && t.capital {
			return t.has(untrue)
		}
		if t.word() && !t.is(article) && !r.inflected(k) {
			return false
		}
	}
	return false
}

// veryMuch finds "sehr wohl" in a clause, which says that something is so that another voice has denied. Who feels so has
// a word like "sich" before it.
func (r *reader) veryMuch(s run) (run, bool) {
	for i := s.lo; i+2 < min(s.hi, s.lo+maxSource); i++ {
		if t := &r.tokens[i]; t.has(reflexive) || t.has(oblique) && !t.is(det) && !t.is(subjectPronoun) {
			return run{}, false
		}
		if r.hasAnyOf(run{i, i + 1}, very) && r.hasAnyOf(run{i + 1, i + 2}, indeed) {
			return run{i, i + 2}, r.at(i + 2).word()
		}
	}
	return run{}, false
}

// clientDidNot finds what a lawyer says that a client did not do, in the first clause of a quotation.
func (r *reader) clientDidNot(s run) (run, bool) {
	s = r.toComma(r.firstClause(s))
	if s.hi-s.lo < 4 || !r.hasAnyOf(run{s.lo, s.lo + 1}, clientsOwn) || !r.hasAnyOf(run{s.lo + 1, s.lo + 2}, clients) {
		return run{}, false
	}
	for i := s.lo + 2; i < s.hi; i++ {
		if t := &r.tokens[i]; t.is(negative) || t.has(untrue) {
			return s, true
		}
	}
	return run{}, false
}

// verdictAt is where the verdict of a unit opens: behind the word and the colon of a fact check ("Fazit: …"), where
// nouns have capitals, and behind "But".
func (r *reader) verdictAt(u int) int {
	lo := r.claim[u]
	if r.lex.verbSecond && lo+3 < r.end(u) && r.tokens[lo].word() && r.at(lo+1).kind == colon && r.hasAnyOf(run{lo, lo + 1}, verdicts) {
		return lo + 2
	}
	if r.at(lo).is(contrastMid) && r.at(lo+1).word() {
		return lo + 1 // "Doch das stimmt nicht"
	}
	return lo
}

// ownedClaim reports whether a run opens with a name in the case that says whose and a word for what somebody said: "Roths
// Behauptung".
func (r *reader) ownedClaim(s run) bool {
	t := &r.tokens[s.lo]
	return r.lex.verbSecond && s.hi-s.lo > 3 && t.capital && t.id == 0 && t.quote < 0 && r.endsInS(s.lo) && r.at(s.lo+1).capital && r.at(s.lo+1).has(claimed)
}
