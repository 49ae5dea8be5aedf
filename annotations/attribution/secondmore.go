package attribution

// oneMore reads the second of two clauses that share their subject, where the verb stands second: "X sah P, räumte aber
// ein, dass Q", "X nannte P richtig, mahnte jedoch zur Eile". A word of contrast or an adverb stands behind the verb at
// once, and nothing that could be its subject behind that.
func (r *reader) oneMore(begin, lo, hi int, c *cue) (found, bool) {
	g, i := c.group.lo, c.group.hi
	if b := r.at(g - 1); !r.lex.verbSecond || c.traits&(formPast|formThird) == 0 || c.traits&(saying|verbObject) == 0 || b.kind != comma || b.quote >= 0 || g-3 < lo {
		return found{}, false
	}
	if t := r.at(i); t.has(oblique) && t.word() && !t.is(det) && !t.has(reflexive) {
		i++ // "hält ihn aber für zu klein"
	}
	k := r.behindAdverbs(i, hi)
	if k == i || r.subjectAt(k, hi, c) && !(len(r.found) > begin && r.objectAt(k, hi, c)) {
		return found{}, false
	}
	s, ok := run{}, false
	n := len(r.found)
	if n > begin {
		s, ok = r.found[n-1].source, r.found[n-1].frame == FramePreposed && !r.found[n-1].source.empty()
	} else {
		s, ok = r.subjectOfFirst(lo, g)
	}
	if !ok || s.hi > g {
		return found{}, false
	}
	f := found{source: s, frame: FramePreposed, more: !r.tokens[c.verb].is(dispute)}
	for ; k < hi && r.tokens[k].kind != comma && r.tokens[k].kind != colon && r.tokens[k].quote < 0; k++ {
	}
	if i = r.behindAdverbs(i, hi); k+1 < hi && r.tokens[k].quote < 0 && (c.traits&saying != 0 || r.at(k+1).is(mark) || r.infinitiveBehind(k+1, hi)) {
		f.content = []run{r.endOf(k+1, hi, hi)}
		return f, true
	}
	f.content = []run{{i, r.withoutStop(i, hi)}}
	return f, !f.content[0].empty()
}

// subjectAt reports whether what stands at token i may be the subject of the verb of c before it. The object of a verb
// that takes nothing else for what it says is told from one by its article alone.
func (r *reader) subjectAt(i, hi int, c *cue) bool {
	t := r.at(i)
	switch {
	case i >= hi, i == c.far.lo, !t.word() && t.quote < 0, t.is(prep) && !t.is(det), t.is(mark):
		return false
	}
	return c.traits&verbObject == 0 || t.is(subjectPronoun) && !t.is(det) || t.has(nominative) || t.is(article) && !t.is(definite) && !t.has(oblique)
}

// objectAt reports whether the phrase at token i that the particle of its verb closes is an object, behind a clause that named
// who speaks: "begrüßte P, mahnte aber eine Frist an".
func (r *reader) objectAt(i, hi int, c *cue) bool {
	if c.far.lo <= i || r.tokens[i].is(subjectPronoun) && !r.tokens[i].is(det) || r.tokens[i].has(nominative) {
		return false
	}
	s, ok := r.sourceAfter(i, c.far.lo, false)
	return ok && s.hi == c.far.lo && !r.holds(s, person|organisation|outlet|anonymous) && !(s.hi-s.lo > 1 && r.tokens[s.hi-1].capital && r.tokens[s.hi-2].capital)
}

// turnsOn reports whether the comma at token i parts a clause from a second one of the same subject, with a word of contrast
// behind its verb: "räumte Fehler ein, wies jedoch P zurück".
func (r *reader) turnsOn(i, hi int) bool {
	k := i + 2
	if k >= hi || r.tokens[i].kind != comma || r.tokens[i].quote >= 0 || r.at(i+1).is(indirect) || !r.finiteAt(i+1) && len(r.lex.words[r.tokens[i+1].id].particles) == 0 {
		return false
	}
	if t := &r.tokens[k]; t.has(oblique) && t.word() && !t.is(det) {
		k++
	}
	return k < hi && r.tokens[k].is(contrast) && !r.tokens[k].capital && r.tokens[k].quote < 0
}

// subjectOfFirst is the subject of the clause that opens a sentence at lo, whose end stands before token g.
func (r *reader) subjectOfFirst(lo, g int) (run, bool) {
	v := lo + 1
	if r.tokens[lo].is(adverb|day) && r.tokens[v].kind == comma {
		for v++; v < g && v < lo+maxBeforeView && r.tokens[v].word(); v++ { // "Heute, elf Jahre später, sitzt er"
		}
		v++
	}
	for v < g && !r.finiteAt(v) {
		if r.tokens[v].kind == comma {
			e := r.relativeEnd(v, g)
			if e == v {
				return run{}, false
			}
			v = e
		}
		v++
	}
	if v >= g {
		return run{}, false
	}
	if t := &r.tokens[lo]; t.is(prep|adverb|day) && !t.is(det) {
		return r.subjectAfter(r.behindAdverbs(v+1, g), g)
	}
	s, ok := r.sourceBefore(lo, v)
	if e := r.firstComma(lo, v); e < v {
		s, ok = run{lo, e}, true
	}
	return s, ok && s.lo == lo && !r.tokens[lo].is(prep|subord|conj) && !r.pointsBack(s) && !r.tokens[lo].has(oblique)
}

// ownContrast reports whether token i stands in the second clause of a voice: there it sets its own words against each other.
func (r *reader) ownContrast(own []int, i int) bool {
	for _, n := range own {
		if f := &r.found[n]; f.more && f.cue.hi <= i {
			return true
		}
	}
	return false
}

// sharedSubject is the source of f, or that of the voice before where "und" stands right before the verb: what follows it
// is an object then ("Er warnte vor P und forderte die Leute auf, Q").
func (r *reader) sharedSubject(begin int, f *found, c *cue) run {
	n, b := len(r.found), r.at(c.group.lo-1)
	if n == begin || !b.is(coord) || b.quote >= 0 || f.source.lo < c.group.hi {
		return f.source
	}
	if p := &r.found[n-1]; (p.frame == FramePreposed || p.frame == FrameInverted) && !p.source.empty() && !p.asWho {
		return p.source
	}
	return f.source
}

// ownClause is what a voice tells in a whole sentence, without the clause of the voice before that a word of contrast parts
// from it: "Zwar sagt X P, doch Y hält Q für falsch".
func (r *reader) ownClause(begin int, s run, f *found) run {
	if len(r.found) == begin || f.source.lo <= s.lo || f.cue.empty() || s.lo >= f.cue.lo || s.hi <= f.cue.hi {
		return s
	}
	before := &r.found[len(r.found)-1]
	for i := f.source.lo - 1; i > max(before.cue.hi, before.source.hi, s.lo); i-- {
		if t := &r.tokens[i]; t.kind == comma && t.quote < 0 && r.at(i+1).is(contrastMid|conj) {
			return run{i + 2, s.hi}
		} else if t.kind == comma && i+1 == f.source.lo && r.setAgainst(f) {
			return run{i + 1, s.hi}
		} else if t.kind == comma {
			break
		}
	}
	return s
}

// objectsClause is the end of the relative clause behind the comma at i that belongs to the object of the verb of c: "warnte
// vor dem Druck, der auf den Kliniken laste". It is 0 where none does, i where another clause follows the object.
func (r *reader) objectsClause(i, hi int, src run, c *cue) int {
	o := run{c.group.hi, i}
	if c.far.lo >= o.lo && c.far.hi == i {
		o.hi = c.far.lo
	}
	if src.lo >= o.lo {
		o.lo = src.hi
	}
	if c.traits&verbObject != 0 && i+2 < hi && i > o.lo && r.tokens[i].kind == comma && r.tokens[i].quote < 0 && r.at(i+1).is(contrastMid) {
		return i // "Zwar lobt X den Plan, doch Y lehnt ihn ab"
	}
	if i+1 >= hi || o.hi-o.lo < 2 || !r.tokens[o.hi-1].capital || r.tokens[o.hi-1].is(day) || r.quotedIn(run{o.lo, hi}) {
		return 0
	}
	t, p := &r.tokens[o.lo], r.at(i+1)
	if governed := t.has(governs) && t.is(prep); c.traits&verbObject != 0 || !governed && (!t.is(det) || o.hi == i || t.has(oblique)) || p.is(prep) && !p.is(det) {
		return 0 // "sagte dem Blatt, die Zahl der Gäste steigt"
	}
	e := r.relativeLast(i, hi)
	if e > i && (e >= hi || r.tokens[e].kind == stop) {
		return hi
	}
	if e > i && r.tokens[e].kind == comma && r.at(e+1).is(coord) {
		return e
	}
	return 0
}

// andTold is what the second of two verbs tells without a clause, of somebody who can speak: "Der Minister kam und kündigte
// Hilfen an", "Die Bank hob die Zinsen an und rechnet mit Q". As with every object that is a noun the whole sentence tells it.
func (r *reader) andTold(src run, hi int, c *cue) (found, bool) {
	s := run{c.group.hi, r.withoutStop(c.group.hi, hi)}
	if c.far.lo >= s.lo && c.far.hi == s.hi {
		s.hi = c.far.lo
	}
	if s.empty() || c.far.empty() && c.group.hi == c.verb+1 && r.tokens[s.lo].is(prep) && !r.tokens[s.lo].has(governs) {
		return found{}, false
	}
	last := src.hi - 1
	named := last > src.lo && r.tokens[last].capital && r.tokens[last-1].capital
	if s.empty() || r.commaIn(s.lo, s.hi) || r.quotedIn(s) || r.tokens[c.group.hi-1].has(reflexive) || !r.tokens[s.hi-1].capital && !r.tokens[s.hi-1].digit || r.tokens[s.lo].has(reflexive) || !named && !r.holds(src, person|organisation|outlet|anonymous) && !r.bodyAt(last) {
		return found{}, false
	}
	return found{source: src, frame: FramePreposed, content: []run{{src.lo, hi}}}, true
}

// setAgainst reports whether a word that does nothing but set one voice against another stands behind the source or the verb
// of f: "Roth spricht hingegen von Q", "die Polizei dagegen geht von Q aus".
func (r *reader) setAgainst(f *found) bool {
	if f.source.empty() || f.frame != FramePreposed || f.source.hi > f.cue.lo {
		return false
	}
	for _, i := range [...]int{f.source.hi, f.cue.lo + 1} {
		if t := r.at(i); t.is(contrast) && t.is(adverb) && !t.capital && t.quote < 0 && !t.is(contrastMid) {
			return true
		}
	}
	return false
}

// cutBefore ends what the voice before tells at the comma before a voice that is set against it.
func (r *reader) cutBefore(begin int, c *cue, f *found) {
	n, k := len(r.found), f.source.lo-1
	if n == begin || k < 0 || r.tokens[k].kind != comma || r.tokens[k].quote >= 0 || !r.setAgainst(&found{source: f.source, cue: c.group, frame: f.frame}) && r.word(r.found[n-1].cue.lo) != r.word(c.verb) {
		return
	}
	p := r.found[n-1].content
	if e := len(p) - 1; e >= 0 && p[e].lo < k && k < p[e].hi {
		p[e].hi = k
	}
}
