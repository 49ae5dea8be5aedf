package attribution

// attitude reads who only shows what they think, where nobody speaks in the sentence and the verb stands
// second: "Der Verband zeigte sich enttäuscht", "Enttäuscht reagierte der Verband", "Berg gab sich am
// Abend gelassen: …". The whole sentence tells it, or what stands behind the colon.
func (r *reader) attitude(u, begin int) {
	lo, hi := r.from[u], r.end(u)
	if len(r.found) > begin || !r.lex.verbSecond {
		return
	}
	for _, view := range [...]func(int, int, int) (found, bool){r.claimsTo, r.seesItself, r.toldSecond} {
		if f, ok := view(u, lo, hi); ok {
			r.found = append(r.found, f)
			return
		}
	}
	for v := lo + 1; v < min(hi, lo+maxBeforeView+2); v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == comma || t.kind == colon || t.is(aux) && !t.is(det) {
			return
		}
		if t.capital || !t.has(raising) && !(t.has(selfSay) && r.at(v+1).has(reflexive)) {
			continue
		}
		if f, ok := r.showsView(lo, v, hi); ok {
			f.unit, f.from, f.verb, f.cue = u, -1, verbSay, run{v, v + 1}
			r.found = append(r.found, f)
		}
		return
	}
}

// showsView reads the clause whose verb at v shows a view.
func (r *reader) showsView(lo, v, hi int) (found, bool) {
	f := found{frame: FramePreposed, content: []run{{lo, hi}}}
	after := v + 1
	if r.at(after).has(reflexive) {
		after++
	}
	if r.mannerFirst(lo, v) {
		for after < hi && (r.tokens[after].has(focus) || r.tokens[after].is(adverb|day) && !r.tokens[after].is(det)) {
			after++
		}
		s, ok := r.subjectAfter(after, hi)
		f.source = s
		return f, ok
	}
	s, ok := r.sourceBefore(lo, v)
	if !ok || r.tokens[s.lo].has(oblique) || r.at(s.lo-1).is(prep) || r.isClause(s) || r.pointsBack(s) || r.timeAlone(s) {
		if !r.tokens[lo].is(prep|adverb) || r.tokens[lo].is(det) {
			return f, false
		}
		if s, ok = r.subjectAfter(after, hi); !ok {
			return f, false // "Am Abend zeigte sich X enttäuscht"
		}
		after = s.hi
	}
	f.source = s
	for i := after; i < hi; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || t.is(negative) || t.kind == stop || t.kind == comma {
			return f, false
		}
		if n := r.at(i + 1); !t.has(states) || t.capital && !r.at(i-1).is(prep) || n.capital && n.word() {
			continue
		}
		k := i + 1
		for k < hi && r.tokens[k].word() {
			k++
		}
		if k+1 < hi && r.tokens[k].kind == colon {
			f.content, f.quoted = []run{{k + 1, hi}}, r.quotedIn(run{k + 1, hi})
		}
		return f, true
	}
	return f, false
}

// mannerFirst reports whether nothing but how somebody takes it stands before the verb at v: "Enttäuscht",
// "Deutlich skeptischer", "Mit Unverständnis".
func (r *reader) mannerFirst(lo, v int) bool {
	if v-lo > 3 || !r.tokens[v-1].has(states) {
		return false
	}
	for i := lo; i < v-1; i++ {
		if t := &r.tokens[i]; t.quote >= 0 || !t.word() || t.is(det) || t.capital && i > lo {
			return false
		}
	}
	return true
}

// inBody is who is meant by a "man" at token i behind the verb, where the place before the verb is
// a body: "Im Ministerium verweist man auf P", "Beim Verband rechnet man mit P".
func (r *reader) inBody(lo, g, i int) (run, bool) {
	if !r.tokens[lo].has(outOf) && !r.tokens[lo].is(prep) || !r.at(i).is(subjectPronoun) || !r.at(i).has(oblique) || r.at(i).quote >= 0 {
		return run{}, false
	}
	s, ok := r.sourceAfter(lo+1, g, false)
	if !ok || s.hi != g || r.holds(s, day|number) {
		return run{}, false
	}
	for k := s.lo; k < s.hi; k++ {
		if r.bodyAt(k) || r.tokens[k].capital && r.tokens[g].has(deems) && endsIn("-"+r.word(k), r.lex.lists[people]) {
			return s, true
		}
	}
	return run{}, false
}

// bodyAt reports whether a word for a body stands at token i, alone or as the last part of a compound:
// "Finanzministerium", "Stadtverwaltung".
func (r *reader) bodyAt(i int) bool {
	t := &r.tokens[i]
	return t.word() && t.capital && (t.is(organisation|outlet) || endsIn("-"+r.word(i), r.lex.bodies))
}
