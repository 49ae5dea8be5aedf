package attribution

// fromWhom reads clauses that name behind a preposition whose view or word it is, and hold no verb of saying: "Aus der Partei
// ist zu hören, P", "Kritik kommt vom Verband", "Für Berg steht fest: P", "Geht es nach Berg, P".
func (r *reader) fromWhom(lo, hi int) (found, bool) {
	if hi-lo < 5 {
		return found{}, false
	}
	for _, view := range [...]func(int, int) (found, bool){r.heardFrom, r.heardLast, r.certainFor, r.goesBy, r.comesFrom, r.inCircle, r.heldAccountable, r.criticises} {
		if f, ok := view(lo, hi); ok {
			return f, true
		}
	}
	return found{}, false
}

// heardFrom reads "Aus Parteikreisen ist zu hören, P" and "Aus dem Amt verlautet, P".
func (r *reader) heardFrom(lo, hi int) (found, bool) {
	if !r.tokens[lo].has(outOf) || !r.tokens[lo].is(prep) || r.tokens[lo].quote >= 0 {
		return found{}, false
	}
	s, ok := r.sourceAfter(lo+1, hi, false)
	v := s.hi
	if !ok || v+2 >= hi {
		return found{}, false
	}
	e := v + 1
	if !r.tokens[v].has(standsIn) || !r.tokens[v].is(saying) {
		if !r.tokens[v].is(aux) || r.tokens[v].is(have|modal) || !r.tokens[e].is(infinitive) || !r.hasAnyOf(run{e + 1, e + 2}, hearing) {
			return found{}, false
		}
		e += 2
	} else if !r.hasAnyOf(run{v, v + 1}, hearing) {
		return found{}, false // "Im Bericht steht P" is read elsewhere
	}
	if e+2 >= hi || r.tokens[e].kind != comma && r.tokens[e].kind != colon {
		return found{}, false
	}
	return found{source: s, cue: run{v, e}, frame: FramePreposed, content: []run{{e + 1, hi}}}, true
}

// certainFor reads "Für Berg steht fest: P" and "Für den Verband ist klar, dass P".
func (r *reader) certainFor(lo, hi int) (found, bool) {
	if !r.tokens[lo].has(governs) || !r.hasAnyOf(run{lo, lo + 1}, holdingFor) {
		return found{}, false
	}
	s, ok := r.sourceAfter(lo+1, hi, false)
	e := s.hi + 1
	for ok && e < hi && e < s.hi+3 && r.tokens[e].word() && !r.tokens[e].capital && !r.tokens[e].is(det|negative) && !r.hasAnyOf(run{e, e + 1}, certain) {
		e++
	}
	if !ok || e+3 >= hi || !r.tokens[s.hi].is(aux|finiteVerb) || !r.hasAnyOf(run{e, e + 1}, certain) || r.at(e+1).kind != colon && !(r.at(e+1).kind == comma && r.at(e+2).is(mark)) || !r.speaks(s) && !r.tokens[s.lo].is(det) {
		return found{}, false
	}
	return found{source: s, cue: run{s.hi, s.hi + 1}, far: run{e, e + 1}, frame: FramePreposed, content: []run{{e + 2, hi}}, quoted: r.quotedIn(run{e + 2, hi})}, true
}

// goesBy reads whose will it is: "Geht es nach Berg, bleibt das Tor offen".
func (r *reader) goesBy(lo, hi int) (found, bool) {
	v, i := lo, lo+1
	if r.tokens[lo].is(subord) {
		v, i = -1, lo+1 // "Wenn es nach Berg geht, P"
	} else if !r.hasAnyOf(run{lo, lo + 1}, goingBy) {
		return found{}, false
	}
	if i+4 >= hi || !r.tokens[i].has(dummy) || !r.at(i+1).has(behindAfter) {
		return found{}, false
	}
	end := r.firstComma(i+2, hi)
	if v < 0 {
		if v = end - 1; !r.hasAnyOf(run{v, v + 1}, goingBy) {
			return found{}, false
		}
		end--
	}
	s := run{i + 2, end}
	if s.empty() || end+2 >= hi || s.hi-s.lo > 8 || !r.tokens[s.hi-1].capital && r.tokens[s.hi-1].kind != closing || !r.speaks(s) && !r.tokens[s.lo].is(det) {
		return found{}, false
	}
	cue := run{i + 1, i + 2}
	if v == lo {
		cue.lo = v
	} else {
		end++
	}
	return found{source: s, cue: cue, frame: FrameAccording, content: []run{{end + 1, hi}}}, true
}

// comesFrom reads "Scharfe Kritik kommt vom Verband: P": a noun for a view opens the sentence.
func (r *reader) comesFrom(lo, hi int) (found, bool) {
	n := lo
	for n < min(hi, lo+4) && !r.hasAnyOf(run{n, n + 1}, views) {
		if !r.tokens[n].word() || n > lo && r.tokens[n].capital {
			return found{}, false
		}
		n++
	}
	v := n + 1
	if v+2 >= hi || n >= lo+4 || r.tokens[n].quote >= 0 || !r.hasAnyOf(run{v, v + 1}, coming) {
		return found{}, false
	}
	i := r.behindAdverbs(v+1, hi)
	if t := r.at(i); i+1 >= hi || t.id != r.lex.by && !t.has(byThe) && !t.has(outOf) {
		return found{}, false
	}
	s, ok := r.sourceAfter(i+1, hi, false)
	if !ok || !r.speaks(s) && !r.tokens[s.lo].is(det) && !r.tokens[i].has(byThe) {
		return found{}, false
	}
	f := found{source: s, cue: run{lo, v + 1}, frame: FramePreposed, content: []run{{lo, hi}}, verb: verbSay}
	if k := s.hi; k+2 < hi && r.tokens[k].kind == colon {
		f.content, f.quoted = []run{{k + 1, hi}}, r.quotedIn(run{k + 1, hi})
	}
	return f, true
}

// heardLast reads the same where its verb closes a clause with "wie": "Wie aus Parteikreisen verlautete, P", "P, wie aus dem
// Amt zu hören war".
func (r *reader) heardLast(lo, hi int) (found, bool) {
	k := lo
	for k+4 < hi && !(r.tokens[k].is(likeAs) && r.tokens[k].quote < 0 && (k == lo || r.tokens[k-1].kind == comma) && (r.at(k+1).has(outOf) && r.at(k+1).is(prep) || r.tokens[k+1].id == r.lex.by || r.at(k+1).has(byThe))) {
		k++
	}
	e := k
	for e < hi && r.tokens[e].kind != comma && r.tokens[e].kind != stop {
		e++
	}
	if k+4 >= hi || e-k < 4 {
		return found{}, false
	}
	v := e - 1
	if r.tokens[v].is(aux) && !r.tokens[v].is(have|modal) && r.tokens[v-2].is(infinitive) {
		v -= 2
	}
	if !r.hasAnyOf(run{max(v, e-2), e}, hearing) || v == e-1 && !r.tokens[v].has(standsIn) {
		return found{}, false
	}
	s, ok := r.sourceAfter(k+2, v, false)
	if known := v == e-1 || s.hi-s.lo == 1 || r.holds(s, person|organisation|outlet|anonymous) || r.holdsPeople(s); !ok || !known { // not "aus der Küche zu hören"
		return found{}, false
	}
	f := found{source: s, cue: run{v, e}, frame: FramePostposed}
	if k > lo {
		f.content = []run{r.clause(lo, k)}
		if e+1 < hi && r.tokens[e].kind == comma {
			f.content = append(f.content, run{e + 1, hi})
		}
		return f, !f.content[0].empty()
	}
	f.frame, f.content = FramePreposed, []run{{min(e+1, hi), hi}}
	return f, e+1 < hi
}

// holdsPeople reports whether a word of a phrase is one for people who talk, or for a body.
func (r *reader) holdsPeople(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if t := &r.tokens[i]; t.capital && (endsIn("-"+r.word(i), r.lex.lists[people]) || r.bodyAt(i)) {
			return true
		}
	}
	return false
}

// inCircle reads "Im Dorf erzählt man sich, P", "Im Freundeskreis fürchtet man, dass P": the people who talk stand behind a
// preposition, and "man" for them behind the verb.
func (r *reader) inCircle(lo, hi int) (found, bool) {
	if !r.tokens[lo].is(prep) || r.tokens[lo].is(det) || r.tokens[lo].quote >= 0 {
		return found{}, false
	}
	s, ok := r.sourceAfter(lo+1, hi, false)
	v := s.hi
	if !ok || v+4 >= hi || !r.tokens[v].is(saying|verbObject) || !r.tokens[v].is(formPast|formThird) || !r.at(v+1).has(oblique) || !r.at(v+1).is(subjectPronoun) || !r.holdsPeople(s) {
		return found{}, false
	}
	k := v + 2
	if r.tokens[k].has(reflexive) {
		k++
	}
	if k = r.behindAdverbs(k, hi); k+2 >= hi || r.tokens[k].kind != comma || !r.at(k+1).is(mark) && !r.inMood(run{k + 1, hi}) {
		return found{}, false
	}
	return found{source: s, cue: run{v, v + 1}, frame: FramePreposed, content: []run{{k + 1, hi}}}, true
}

// heldAccountable reads "Verantwortlich macht X dafür Y", where what belongs to the verb opens the sentence.
func (r *reader) heldAccountable(lo, hi int) (found, bool) {
	v := lo + 1
	if r.tokens[lo].is(adverb) && r.hasAnyOf(run{v, v + 1}, accountable) {
		v++ // "Dafür verantwortlich macht X Y"
	}
	if v+2 >= hi || !r.hasAnyOf(run{v - 1, v}, accountable) || !r.tokens[v].has(clausal) {
		return found{}, false
	}
	s, ok := r.subjectAfter(v+1, hi)
	if !ok {
		return found{}, false
	}
	for i := s.lo + 1; i < s.hi; i++ {
		if t := &r.tokens[i]; t.is(det) && t.has(oblique) && r.tokens[i-1].capital {
			s.hi = i // "macht die Opposition den Minister"
		}
	}
	return found{source: s, cue: run{v - 1, v + 1}, frame: FramePreposed, content: []run{{s.hi, r.withoutStop(s.hi, hi)}}}, s.hi+1 < hi
}

// governsBehind reports whether the "von" behind "nach ersten Erkenntnissen" is what the verb of the voice before governs, and
// nobody's: "Die Polizei geht nach ersten Erkenntnissen von Brandstiftung aus".
func (r *reader) governsBehind(begin int, s run, c *cue) bool {
	n := len(r.found)
	if !r.lex.verbSecond || n == begin || s.empty() {
		return false
	}
	f := &r.found[n-1]
	if f.far.lo < s.hi || f.cue.hi > c.group.lo || f.far.lo > s.hi+1 {
		return false
	}
	for i := s.lo + 1; i < s.hi; i++ {
		if r.tokens[i].id == r.lex.by || r.tokens[i].has(byThe) {
			return true
		}
	}
	return false
}

// criticises reads "X übt scharfe Kritik an Y" and "Scharfe Kritik übt X".
func (r *reader) criticises(lo, hi int) (found, bool) {
	v := lo + 1
	for v+1 < hi && v < lo+maxBeforeView && !r.hasAnyOf(run{v, v + 1}, practising) {
		if t := &r.tokens[v]; t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		v++
	}
	if v+1 >= hi || v >= lo+maxBeforeView {
		return found{}, false
	}
	f := found{cue: run{v, v + 1}, frame: FramePreposed, content: []run{{lo, hi}}}
	ok := false
	if r.hasAnyOf(run{lo, v}, criticism) {
		f.source, ok = r.subjectAfter(v+1, hi)
		return f, ok
	}
	f.source, ok = r.sourceBefore(lo, v)
	for k := v + 1; k < min(hi, v+6) && r.tokens[k].word(); k++ {
		if r.hasAnyOf(run{k, k + 1}, criticism) {
			return f, ok && f.source.lo == lo && !r.tokens[lo].is(prep)
		}
	}
	return f, false
}
