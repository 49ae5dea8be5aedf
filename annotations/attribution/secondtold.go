package attribution

// toldSecond reads what somebody has to tell where no verb of saying stands in a form of its own: "Berg wusste Gutes zu
// berichten: P", "In dem Brief ist von P keine Rede".
func (r *reader) toldSecond(u, lo, hi int) (found, bool) {
	f, ok := r.knowsToTell(lo, hi)
	if !ok {
		f, ok = r.noTalkOf(lo, hi)
	}
	if !ok {
		f, ok = r.seesNone(lo, hi)
	}
	if !ok {
		f, ok = r.rulesNotOut(lo, hi)
	}
	for _, view := range [...]func(int, int) (found, bool){r.seesSo, r.seesIn, r.findsNone, r.turnedAway} {
		if !ok {
			f, ok = view(lo, hi)
		}
	}
	if !ok {
		f, ok = r.fromWhom(lo, hi)
	}
	f.unit, f.from, f.verb = u, -1, verbSay
	return f, ok
}

// knowsToTell reads "X wusste Gutes zu berichten: P": an infinitive of saying with "zu" ends the clause before a colon or
// a clause, or the sentence.
func (r *reader) knowsToTell(lo, hi int) (found, bool) {
	for v := lo + 1; v+3 < hi && v < lo+maxBeforeView; v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		if t.capital || !r.hasAnyOf(run{v, v + 1}, knowing) {
			continue
		}
		z := v + 1
		for z+1 < hi && r.tokens[z].word() && r.tokens[z].quote < 0 && !(r.tokens[z].is(infinitive) && r.at(z+1).is(saying) && r.at(z+1).is(formBase) && !r.at(z+1).capital) {
			z++
		}
		if z+1 >= hi || !r.tokens[z].is(infinitive) || z == v+1 || z+2 < hi && r.at(z+2).word() {
			return found{}, false
		}
		s, ok := r.sourceBefore(lo, v)
		told := run{v + 1, z}
		if !ok || s.lo != lo || r.tokens[lo].is(prep) || r.tokens[lo].has(oblique) || r.pointsBack(s) {
			if !r.tokens[lo].is(prep | adverb) {
				return found{}, false
			}
			if s, ok = r.subjectAfter(r.behindAdverbs(v+1, z), z); !ok {
				return found{}, false
			}
			told.lo = s.hi
		}
		f := found{source: s, cue: run{v, v + 1}, far: run{z, z + 2}, frame: FramePreposed, content: []run{told}}
		if k := z + 3; k < hi && (r.at(z+2).kind == colon || r.at(z+2).kind == comma) {
			f.content, f.quoted = []run{{k, hi}}, r.quotedIn(run{k, hi})
		} else if !r.at(v+1).has(governs) && r.tokens[v+1].id != r.lex.by {
			return found{}, false // "hatte nichts zu sagen"
		}
		return f, r.speaks(s)
	}
	return found{}, false
}

// noTalkOf reads what a paper speaks of or does not: "In dem Brief ist von Strafen keine Rede".
func (r *reader) noTalkOf(lo, hi int) (found, bool) {
	end := r.withoutStop(lo, hi)
	if end-lo < 6 || !r.hasAnyOf(run{end - 1, end}, speeches) || !r.tokens[end-2].is(det|negative) || r.tokens[end-1].quote >= 0 {
		return found{}, false
	}
	v, of, in := -1, -1, -1
	for i := lo; i < end-2; i++ {
		switch t := &r.tokens[i]; {
		case t.kind == comma || t.kind == colon:
			return found{}, false
		case t.quote >= 0:
		case v < 0 && t.is(aux) && !t.is(have|modal|det) && i > lo:
			v = i
		case of < 0 && (t.id == r.lex.by || t.has(byThe)) && !r.tokens[i].is(number):
			of = i
		case in < 0 && t.has(outOf) && t.is(prep):
			in = i
		}
	}
	if v < 0 || of < 0 || in < 0 {
		return found{}, false
	}
	last := end - 2 // of the words that deny it
	for last-1 > max(v, of, in) && r.tokens[last-1].is(negative|adverb) && !r.tokens[last-1].is(prep) {
		last--
	}
	lim := func(i int) int {
		e := last
		for _, k := range [...]int{v, of, in} {
			if k > i && k < e {
				e = k
			}
		}
		return e
	}
	s, ok := r.sourceAfter(in+1, lim(in), true)
	if !ok || !r.isPaper(s) {
		return found{}, false
	}
	cue := run{v, v + 1}
	if of == v+1 {
		cue.hi++
	}
	return found{source: s, cue: cue, far: run{last, end}, frame: FramePassive, content: []run{{of + 1, lim(of)}}}, true
}

// inPerfect is what stands between the auxiliary at g, behind its subject or with it, and the participle that ends the
// clause, of a verb that says nothing but what somebody claims: "X hatte in der Sitzung Bedenken geltend gemacht".
func (r *reader) inPerfect(g int, src run, c *cue) run {
	if c.far.lo != g || c.far.hi > c.group.lo || !r.tokens[g].is(have) || c.traits&formParticiple == 0 || c.traits&(verbObject|saying) == 0 {
		return run{}
	}
	s := run{max(c.far.hi, src.hi), c.group.lo}
	for s.lo < s.hi {
		t := &r.tokens[s.lo]
		if s.hi-s.lo == 1 && t.has(topical) && r.isOutlet(src) {
			return s // "hatte darüber berichtet"
		}
		if t.has(focus) || t.is(adverb|contrast) && !t.is(det|prep|negative) {
			s.lo++
			continue
		}
		e := r.adjunctEnd(s)
		if e == s.lo {
			break
		}
		s.lo = e
	}
	if s.empty() || r.commaIn(s.lo, s.hi) || r.quotedIn(s) || r.tokens[s.lo].has(reflexive) || r.tokens[s.lo].is(subjectPronoun|negative) && !r.tokens[s.lo].is(det) || r.tokens[s.lo].has(oblique) && !r.tokens[s.lo].is(det) {
		return run{}
	}
	for s.hi-s.lo > 1 && r.tokens[s.hi-1].is(adverb) && !r.tokens[s.hi-1].is(det|prep) {
		s.hi--
	}
	against := r.tokens[c.verb].is(dispute) && (r.tokens[s.lo].is(anaphor) || r.holdsHint(s, claimed))
	if against {
		return s // "X hatte dies stets zurückgewiesen"
	}
	if r.governedAbout(s, src) {
		return s // "Die „Post“ hatte über den Fall berichtet"
	}
	if r.toldInPerfect(s, src, c) {
		return s // "X hat vor Glätte gewarnt"
	}
	if c.group.hi != c.verb+2 && !(r.tokens[s.lo].is(prep) && r.holds(src, anonymous)) {
		return run{} // "Analysten hatten mit P gerechnet"
	}
	for i := s.lo; i < s.hi; i++ {
		if t := &r.tokens[i]; t.capital && !t.is(day) || t.digit {
			return s
		}
	}
	return run{}
}

// governedAbout reports whether what an outlet has reported on stands in a run: "über den Fall".
func (r *reader) governedAbout(s, src run) bool {
	return r.tokens[s.lo].has(governs) && s.hi-s.lo > 1 && r.isOutlet(src)
}

// toldInPerfect reports whether what the verb of c governs stands between its auxiliary and its participle, and somebody who
// can speak has told it: "hat vor Glätte gewarnt". A noun alone tells what was done ("hat den Abbau angekündigt").
func (r *reader) toldInPerfect(s, src run, c *cue) bool {
	last, t := src.hi-1, &r.tokens[s.lo]
	if src.empty() || r.tokens[s.hi-1].is(negative) || r.hasAnyOf(run{c.verb, c.verb + 1}, sentences) {
		return false
	}
	if r.at(c.group.hi).word() {
		return false // "hatte A eingeräumt und B zugesichert"
	}
	named := last > src.lo && r.tokens[last].capital && r.tokens[last-1].capital && !r.tokens[last].is(day)
	if !named && !r.holds(src, person|organisation|outlet|anonymous) && !r.bodyAt(last) {
		return false
	}
	return t.is(prep) && !t.is(det) && (t.has(governs) || r.hasAnyOf(run{s.lo, s.lo + 1}, callsFor))
}

// isOutlet reports whether an outlet opens or ends a source, or a name in quotation marks does.
func (r *reader) isOutlet(src run) bool {
	last := src.hi - 1
	return !src.empty() && (r.outletAt(src.lo) || r.outletAt(src.lo+1) || r.outletAt(last) || r.tokens[last].kind == mark2 && r.tokens[last].quote >= 0)
}

// adjunctEnd is the token behind a phrase that opens a run and tells where or when, s.lo where nothing follows it: "in der
// Sitzung". A preposition that a verb of saying governs opens none.
func (r *reader) adjunctEnd(s run) int {
	t := &r.tokens[s.lo]
	if !t.is(prep) || t.capital || t.has(governs) && !r.at(s.lo+1).is(day) || t.id == r.lex.by || !t.has(outOf) && !r.at(s.lo+1).is(day) && !r.at(s.lo+2).is(day) {
		return s.lo
	}
	k := s.lo + 1
	for k < s.hi && r.tokens[k].word() && !r.tokens[k].capital && !r.tokens[k].is(day) {
		k++
	}
	k++
	if k >= s.hi || !r.tokens[k].word() || r.tokens[k].is(coord) || r.tokens[k].has(ofWhom) && r.tokens[k].is(det) {
		return s.lo
	}
	return k
}

// seesNone reads who does not see what others do: "Der Minister sieht dagegen keinen Engpass". Somebody who can speak sees
// it in the present; nothing but small words stands between the verb and the "no".
func (r *reader) seesNone(lo, hi int) (found, bool) {
	for v := lo + 1; v+2 < hi && v < lo+maxBeforeView; v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		if t.capital || !r.hasAnyOf(run{v, v + 1}, beholding) {
			continue
		}
		n := v + 1
		for n < hi && n < v+4 && r.tokens[n].is(adverb|contrast) && !r.tokens[n].is(det|negative) {
			n++
		}
		s, ok := r.sourceBefore(lo, v)
		if !ok || s.lo > lo+1 || n+1 >= hi || !r.tokens[n].is(negative) || !r.tokens[n].has(newPhrase) || !r.speaks(s) || r.tokens[s.lo].is(subjectPronoun) && r.tokens[s.lo].has(oblique) || r.tokens[lo].is(prep) {
			return found{}, false
		}
		last := s.hi - 1
		if n == v+1 && !r.holds(s, person|organisation|outlet|anonymous|document) && !r.bodyAt(last) && !(last > s.lo && r.tokens[last-1].capital && !r.tokens[last-1].is(det)) {
			return found{}, false // "Der Fahrer sieht keine Ampel"
		}
		return found{source: s, cue: run{v, v + 1}, frame: FramePreposed, content: []run{{n, r.withoutStop(n, hi)}}}, true
	}
	return found{}, false
}

// rulesNotOut reads who says that something may be by not ruling it out: "Der Sprecher wollte nicht ausschließen, dass P".
func (r *reader) rulesNotOut(lo, hi int) (found, bool) {
	for v := lo + 1; v+3 < hi && v < lo+maxBeforeView; v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		if !t.is(modal|try|finiteVerb) || t.capital {
			continue
		}
		e := v + 1
		for e < hi && e < v+maxBeforeView && r.tokens[e].word() && !r.hasAnyOf(run{e, e + 1}, conceding) {
			e++
		}
		if e+1 >= hi || !r.hasAnyOf(run{e, e + 1}, conceding) || !r.tokens[e-1].is(negative) || r.at(e+1).word() {
			return found{}, false
		}
		s, ok := r.sourceBefore(lo, v)
		if !ok || s.lo != lo || r.tokens[lo].is(prep|adverb) && !r.tokens[lo].is(det) || r.tokens[lo].has(oblique) || r.pointsBack(s) {
			if s, ok = r.subjectAfter(r.behindAdverbs(v+1, e), e); !ok {
				return found{}, false
			}
		}
		f := found{source: s, cue: run{v, v + 1}, far: run{e - 1, e + 1}, frame: FramePreposed}
		if r.at(e+1).kind == comma && e+2 < hi {
			f.content = []run{{e + 2, hi}}
		} else {
			f.content = []run{{lo, hi}}
		}
		return f, r.speaks(s)
	}
	return found{}, false
}

// seesSo reads how somebody sees something: "Die Forscherin sieht die Küste in Gefahr", "Der Verband sieht den Plan skeptisch".
// What closes the clause is no object then.
func (r *reader) seesSo(lo, hi int) (found, bool) {
	end := r.withoutStop(lo, hi)
	for v := lo + 1; v+3 < end && v < lo+maxBeforeView; v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		if t.capital || !r.hasAnyOf(run{v, v + 1}, beholding) {
			continue
		}
		e := v + 1
		for e < end && r.tokens[e].word() {
			e++
		}
		last := &r.tokens[e-1]
		if !r.hasAnyOf(run{e - 1, e}, seenSo) || last.capital && !r.tokens[e-2].is(prep) && !r.tokens[e-3].is(prep) || r.at(v+1).has(oblique) && r.at(v+1).is(subjectPronoun) {
			return found{}, false
		}
		s, ok := r.sourceBefore(lo, v)
		if !ok || s.lo != lo || r.tokens[lo].is(prep|subjectPronoun) && !r.tokens[lo].is(det) || r.tokens[lo].has(oblique) || !r.speaks(s) || r.pointsBack(s) {
			return found{}, false
		}
		return found{source: s, cue: run{v, v + 1}, frame: FramePreposed, content: []run{{v + 1, e}}}, true
	}
	return found{}, false
}

// seesIn reads what somebody takes something for: "Die Partei sieht in dem Streit einen Beleg für P".
func (r *reader) seesIn(lo, hi int) (found, bool) {
	v := lo + 1
	for v+4 < hi && v < lo+maxBeforeView && (r.tokens[v].capital || !r.hasAnyOf(run{v, v + 1}, beholding)) {
		if t := &r.tokens[v]; t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		v++
	}
	k := r.behindAdverbs(v+1, hi)
	if v+4 >= hi || v >= lo+maxBeforeView || !r.tokens[k].has(outOf) || !r.tokens[k].is(prep) {
		return found{}, false
	}
	for i := k + 2; i+1 < min(hi, k+maxBeforeView) && r.tokens[i].word(); i++ {
		if t := &r.tokens[i]; !t.is(article|negative) || t.is(definite) || t.capital {
			continue
		}
		n := i + 1
		for n < hi && r.tokens[n].word() && !r.tokens[n].capital {
			n++
		}
		s, ok := r.sourceBefore(lo, v)
		ok = ok && s.lo == lo && !r.tokens[lo].has(oblique) && (!r.tokens[lo].is(prep|subjectPronoun) || r.tokens[lo].is(det))
		return found{source: s, cue: run{v, v + 1}, frame: FramePreposed, content: []run{{k, r.withoutStop(k, hi)}}}, ok && n < hi && r.hasAnyOf(run{n, n + 1}, takenFor)
	}
	return found{}, false
}

// findsNone reads what a study or the like has not found: "Die Untersuchung fand keinen Zusammenhang".
func (r *reader) findsNone(lo, hi int) (found, bool) {
	for v := lo + 1; v+2 < hi && v < lo+maxBeforeView; v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		if !r.hasAnyOf(run{v, v + 1}, finding) {
			continue
		}
		n := v + 1
		for n < hi && n < v+6 && r.tokens[n].word() && !r.tokens[n].is(negative) {
			n++
		}
		s, ok := r.sourceBefore(lo, v)
		if !ok || s.lo != lo || n+1 >= hi || !r.tokens[n].is(negative) || !r.holds(s, document|data) && !r.isPaper(s) && !r.hasAnyOf(s, examined) {
			return found{}, false
		}
		for k := n + 1; k < min(hi, n+4); k++ {
			if r.hasAnyOf(run{k, k + 1}, evidence) {
				return found{source: s, cue: run{v, v + 1}, frame: FramePreposed, content: []run{{v + 1, r.withoutStop(v+1, hi)}}}, true
			}
		}
		return found{}, false
	}
	return found{}, false
}
