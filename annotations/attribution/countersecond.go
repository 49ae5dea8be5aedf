package attribution

// turnedAway reads who turns something away without a verb of saying: "Die Firma weist das von sich", "Berg tut das als
// Gerede ab", "Berg zweifelt an der Messung".
func (r *reader) turnedAway(lo, hi int) (found, bool) {
	for v := lo + 1; v+2 < hi && v < lo+maxBeforeView; v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		if t.capital || !r.hasAnyOf(run{v, v + 1}, turningAway) && !r.hasAnyOf(run{v, v + 1}, doubts) {
			continue
		}
		s, ok := r.sourceBefore(lo, v)
		from := v + 1
		if !ok || s.lo != lo || r.tokens[lo].is(prep|adverb|anaphor) && !r.tokens[lo].is(article) || r.tokens[lo].has(oblique) || r.pointsBack(s) {
			if s, ok = r.subjectAfter(r.behindAdverbs(v+1, hi), hi); !ok || !r.tokens[lo].is(anaphor|adverb|prep) {
				return found{}, false
			}
			from = s.hi
		}
		f := found{source: s, cue: run{v, v + 1}, frame: FramePreposed}
		if r.hasAnyOf(f.cue, doubts) {
			k := r.behindAdverbs(from, hi)
			f.content = []run{{k, r.withoutStop(k, hi)}}
			return f, k+2 < hi && r.hasAnyOf(run{k, k + 1}, doubtedAt) && r.at(k+1).is(det) && r.speaks(s)
		}
		e := from
		for e < hi && r.tokens[e].word() || e < hi && r.tokens[e].quote >= 0 {
			e++
		}
		if e-2 < from || r.tokens[e-1].quote >= 0 {
			return f, false
		}
		away := r.tokens[e-1].has(reflexive) && r.tokens[e-2].id == r.lex.by
		f.far = run{e - 1, e}
		if away {
			f.far.lo--
		} else if !r.hasAnyOf(f.far, particlesOnly) || !r.holdsHint(run{from, e}, deemed) || !r.hasAnyOf(run{v, v + 1}, doing) {
			return f, false
		}
		f.content = []run{{from, f.far.lo}}
		if from == s.hi && r.tokens[lo].is(anaphor) {
			f.content = []run{{lo, v}}
		}
		return f, !f.content[0].empty() && (r.speaks(s) || r.tokens[s.lo].is(det))
	}
	return found{}, false
}

// againstClaim finds the words that open a sentence of one voice and name another that it speaks against: "Anders als Berg",
// "Entgegen der Darstellung der Firma".
func (r *reader) againstClaim(u int, own []int) (run, bool) {
	lo := r.claim[u]
	if len(own) == 0 || lo+4 >= r.end(u) || r.tokens[lo].quote >= 0 {
		return run{}, false
	}
	f := &r.found[own[0]]
	if f.source.empty() || f.source.lo < lo+3 {
		return run{}, false
	}
	if r.hasAnyOf(run{lo, lo + 1}, contrary) {
		return run{lo, lo + 1}, r.at(lo+1).is(det) && r.holdsHint(run{lo + 2, lo + 4}, claimed)
	}
	if !r.tokens[lo].has(disagrees) || !r.at(lo+1).has(deemed) || !r.at(lo+1).is(likeAs) {
		return run{}, false
	}
	s := run{lo + 2, lo + 2}
	for s.hi < f.source.lo && r.tokens[s.hi].word() && (r.tokens[s.hi].capital || r.tokens[s.hi].is(article)) {
		s.hi++
	}
	return run{lo, lo + 2}, !s.empty() && !r.tokens[s.lo].is(prep) && (r.holds(s, person|organisation|outlet|anonymous) || s.hi-s.lo > 1 && !r.tokens[s.lo].is(det))
}

// restAgainst finds the word that sets a second voice, without a verb of its own, against the one before: "Roth hält den Bau für
// nötig, Berg hingegen für Verschwendung".
func (r *reader) restAgainst(u int, own []int) (run, bool) {
	hi := r.end(u)
	for _, n := range own {
		f := &r.found[n]
		if f.frame != FramePreposed || f.cue.empty() {
			continue
		}
		for i := f.cue.hi; i+4 < hi; i++ {
			t := &r.tokens[i]
			if t.quote >= 0 || t.kind == colon {
				break
			}
			if t.kind != comma || !r.at(i+1).capital && !r.at(i+1).is(article) {
				continue
			}
			k := i + 2
			for k < min(hi-1, i+7) && r.tokens[k].capital {
				k++
			}
			if c := &r.tokens[k]; c.is(contrast) && c.is(adverb) && !c.is(contrastMid) && r.at(k+1).is(prep) {
				return run{k, k + 1}, true
			}
		}
	}
	return run{}, false
}

// flatNo reports what one of own says that is a verdict with its verb first, behind what names the voice: "Aus Sicht der Firma
// ist das falsch".
func (r *reader) flatNo(f *found) (run, bool) {
	s := f.content[0]
	for s.hi > s.lo && !r.tokens[s.hi-1].word() {
		s.hi--
	}
	if f.frame != FrameAccording || s.hi-s.lo < 3 || s.hi-s.lo > bareAnswer || !r.tokens[s.lo].is(aux) && !r.tokens[s.lo].has(claimed) || !r.at(s.lo+1).is(anaphor) {
		return run{}, false
	}
	last := s.hi - 1
	return s, r.tokens[last].has(untrue) && !r.denies(s.lo, last) || r.tokens[last].is(negative) && r.tokens[s.lo].has(claimed)
}

// opposedSecond finds what sets two voices of one unit against each other where the verb stands second.
func (r *reader) opposedSecond(u int, own []int) (run, bool) {
	if !r.lex.verbSecond {
		return run{}, false
	}
	for _, build := range [...]func(int, []int) (run, bool){r.againstClaim, r.restAgainst} {
		if at, ok := build(u, own); ok {
			return at, true
		}
	}
	return run{}, false
}
