package attribution

// frameSecond tries the builds of a language whose verb stands second.
func (r *reader) frameSecond(u, begin int, c *cue) (found, bool) {
	lo, hi := r.from[u], r.end(u)
	if r.tokens[c.verb].has(expletive) {
		return r.asItSays(u, lo, hi, c)
	}
	if r.tokens[c.verb].has(standsIn) {
		return r.inPaper(lo, hi, c.group.lo, c)
	}
	if last := r.tokens[max(c.group.hi, c.far.hi)-1]; r.tokens[c.verb].has(emerges) && last.has(outOf) && !last.is(prep) {
		return r.emerges(u, lo, hi, c)
	}
	if f, ok := r.whileLast(lo, hi, c); ok {
		return f, true
	}
	src, ok := r.sourceBefore(lo, c.group.lo)
	if last := r.at(src.hi - 1); ok && src.hi == c.group.lo-1 && r.tokens[src.hi].kind == comma && last.word() && !last.capital && last.traits == 0 && src.hi-src.lo > 1 && !r.commaIn(src.lo, src.hi) {
		return found{}, false // "Die Preise stiegen, sagte keiner"
	}
	if ok && r.tokens[src.hi-1].is(behind) && src.hi-src.lo > 1 {
		return found{}, false // "Einer Studie zufolge lehnen …"
	}
	if ok && r.opensRelative(src, c) {
		return found{source: run{src.lo, src.lo + 1}, frame: FramePreposed, asWho: true, content: []run{{src.lo + 1, c.group.lo}}}, true
	}
	if ok && (c.traits&formParticiple == 0 || c.traits&(formPast|formThird|formBase) != 0) {
		if f, ok := r.asSaid(u, lo, hi, src, c); ok {
			return f, true
		}
		if f, ok := r.postposed(u, src, c); ok && !(f.frame == FramePostposed && r.pictureShows(src, c)) && !(len(r.found) > begin && f.frame == FramePostposed && r.at(src.lo-1).kind == comma && !r.closesQuote(src.lo-1) && r.inMood(run{c.group.hi, hi})) {
			return f, true
		}
		if c.group.hi > c.verb+1 && r.tokens[c.group.hi-1].is(prep) && !r.tokens[src.lo].has(oblique) {
			return r.preposed(lo, hi, src, c) // "X sprach von P"
		}
	}
	if f, ok := r.second(u, lo, hi, c); ok {
		f.source = r.sharedSubject(begin, &f, c)
		return f, true
	}
	if n := len(r.found); n > begin && r.at(c.group.lo-1).is(coord) && c.traits&saying != 0 && !r.found[n-1].source.empty() {
		return r.preposed(lo, hi, r.found[n-1].source, c) // "X sagte P und betonte Q"
	}
	if f, ok := r.andSaid(begin, lo, hi, c); ok {
		return f, true
	}
	if !ok || r.noSubject(lo, c.group.lo, src) || c.traits&formParticiple != 0 && c.traits&(formPast|formThird|formBase) == 0 {
		return found{}, false
	}
	return r.preposed(lo, hi, src, c)
}

// second reads a clause whose verb stands second and whose subject may follow
// it ("Zudem sagte X, …"), and one whose participle or particle stands last ("X
// hat … gesagt", "X teilte … mit").
func (r *reader) second(u, lo, hi int, c *cue) (found, bool) {
	g, after, lim := c.group.lo, c.group.hi, hi
	if c.traits&formParticiple != 0 && (c.traits&(formPast|formThird|formBase) == 0 || r.closedBy(lo, c)) {
		if g = r.haveOf(lo, g); g < 0 {
			return r.by(u, lo, hi, c)
		}
		after = g + 1
		if after+1 < c.group.lo && r.tokens[after].has(reflexive) {
			after++
		}
		if after < c.group.lo {
			c.far, lim = run{g, after}, c.group.lo
		}
	} else if v := r.modalOf(lo, c); v >= 0 {
		g, after = v, v+1
		c.far, lim = run{v, v + 1}, c.group.lo
	} else if c.far.lo > c.group.lo {
		lim = c.far.lo
	}
	if f, ok := r.soSays(u, hi, g, after, lim); ok {
		return f, true
	}
	if f, ok := r.hasSaid(lo, hi, g, after, c); ok {
		return f, true
	}
	t := &r.tokens[lo]
	if at := r.thatPart(lo, g); at > lo && after <= c.group.hi {
		for r.at(after).has(focus) {
			after++
		}
		if src, ok := r.subjectAfter(after, lim); ok {
			return found{source: src, frame: FrameInverted, content: []run{r.clause(lo, at)}}, true
		}
	}
	if src, ok := r.inBody(lo, g, after); ok && c.traits&(verbObject|saying) != 0 {
		return found{source: src, frame: FramePreposed, content: []run{{lo, hi}}}, true
	}
	src, ok := r.sourceBefore(lo, g)
	ok = ok && !r.tokens[src.lo].has(oblique) && !r.at(src.lo-1).is(prep) && !r.isClause(src) && !r.pointsBack(src) && !r.timeAlone(src)
	if !ok || t.is(adverb|prep|anaphor|conj|subord) && src.lo-lo < 3 && !t.is(det&^anaphor) && !(t.has(focus) && src.lo == lo+1) || t.is(anaphor) && src.hi-src.lo == 1 || r.foreField(lo, g, after, src) || r.subjectBehind(c, lo, after, src) {
		for after < lim && (r.tokens[after].is(adverb|day) && !r.tokens[after].is(det|prep) || r.wordIn(after, ourselves) && r.tokens[after].has(oblique)) {
			after++ // "Das bestätigte uns auch X"
		}
		if src, ok = r.subjectAfter(r.behindDashes(after, lim), lim); !ok {
			return found{}, false
		}
		src = r.beforeGoverned(src, c)
	}
	f, ok := r.secondContent(u, lo, hi, g, lim, c, found{source: src, frame: FramePreposed})
	if ok && g == lo+1 && t.is(anaphor) && len(f.content) == 1 && r.paperAlone(f.content[0]) {
		f.content[0] = run{lo, g} // "Das bestätigte eine Sprecherin dem „Kurier“"
	}
	return f, ok
}

// paperAlone reports whether a run is the name of a paper in quotation marks and no more.
func (r *reader) paperAlone(s run) bool {
	q := r.at(s.lo).quote
	return q >= 0 && r.first[q] == s.lo && r.titled(int(q)) && r.last[q]+2 >= s.hi && (r.last[q]+1 >= s.hi || !r.at(r.last[q]+1).word())
}

// secondContent is what such a clause says: what follows its comma or colon, what
// its pronoun points at, or the object of its verb. g is where the verb or its
// auxiliary stands, lim where its participle or particle does.
func (r *reader) secondContent(u, lo, hi, g, lim int, c *cue, f found) (found, bool) {
	src := f.source
	if t := &r.tokens[lo]; src.lo > g && g-2 > lo && t.quote < 0 && (t.is(mark) || t.has(question)) && r.tokens[g-1].kind == comma {
		f.frame, f.content = FrameInverted, []run{{lo, g - 1}} // "Dass Q, schloss X aus"
		return f, true
	}
	separable := c.far.lo > c.group.lo
	if r.at(c.group.hi).is(coord) {
		if s := r.inPerfect(g, src, c); !s.empty() {
			f.content = []run{s} // "X hatte das bestritten und erklärt, P"
			return f, true
		}
	}
	i := max(src.hi, c.group.hi, c.far.hi)
	for from := i; i < hi && r.tokens[i].kind != comma && r.tokens[i].kind != colon && (r.tokens[i].quote < 0 || c.traits&saying != 0 && r.titleAt(i)); i++ {
		if n := r.at(i + 1); i > from+1 && r.tokens[i].is(coord) && (n.is(saying) || n.is(verbObject) && r.tokens[from].has(governs)) && n.is(formPast|formThird) && !n.capital {
			f.content = []run{{lo, i}} // "X bestätigte Q und erklärte, P"
			return f, true
		}
	}
	if i < hi && c.traits&(saying|verbObject) != 0 && r.turnsOn(i, hi) {
		s := run{max(src.hi, c.group.hi), i}
		if c.far.hi == i && c.far.lo > s.lo {
			s.hi = c.far.lo
		}
		if !s.empty() {
			f.content = []run{s} // "X räumte Q ein, wies jedoch P zurück"
			return f, true
		}
	}
	if from := max(src.hi, c.group.hi, c.far.hi); i < hi && r.tokens[i].kind == comma && from < i && r.goesThrough(i, hi) {
		f.content = []run{r.endOf(from, hi, hi)} // "hofft auf eine dritte, unabhängige Untersuchung"
		return f, c.traits&(saying|verbObject) != 0
	}
	if e := r.objectsClause(i, hi, src, c); e > 0 {
		f.content = []run{{lo, e}} // "kündigte ein Werk an, das 2030 öffnen soll"
		if e == i {
			f.content[0].lo = max(c.group.hi, src.hi) // "Zwar lobt X den Plan, doch Y"
		}
		return f, true
	}
	for i < hi && (r.tokens[i].kind == comma || r.tokens[i].kind == colon) && r.tokens[i].quote < 0 {
		f.colon = r.tokens[i].kind == colon
		i++
	}
	if i >= hi || r.tokens[i].kind == stop {
		return r.nounContent(u, lo, hi, g, lim, c, f)
	}
	f.colon = false
	f.content = []run{r.endOf(i, hi, hi)}
	return f, separable || c.traits&saying != 0 || r.tokens[i].is(mark) || r.tokens[i].quote >= 0 || c.traits&verbObject != 0 && (r.infinitiveBehind(i, hi) || r.tokens[i].is(likeAs))
}

// nounContent is what such a clause says when nothing follows its comma or colon.
func (r *reader) nounContent(u, lo, hi, g, lim int, c *cue, f found) (found, bool) {
	src, separable := f.source, c.far.lo > c.group.lo
	if f.content = r.pointedAt(u, lo, g); len(f.content) > 0 && src.lo > g {
		return f, true
	}
	if !f.colon && c.traits&(verbObject|saying) != 0 && r.objectOf(c, &f, lo, hi) {
		f.content = []run{{lo, hi}} // "X fordert Q": the whole sentence tells it
		return f, true
	}
	if q := r.quoteBetween(lo, g); src.lo > g && !q.empty() {
		f.content = []run{q} // "Von einem „Q“ sprach X"
		return f, true
	}
	if src.lo > g && !f.colon && r.tokens[lo].has(governs) && g-lo > 2 && !r.at(lo+1).is(day) && src.hi >= r.withoutStop(g, min(lim, hi)) {
		f.content = []run{{lo, hi}} // "Vor Q warnte X"
		return f, true
	}
	if q := r.quoteBetween(max(src.hi, g+1), c.group.lo); !q.empty() {
		f.content = []run{q} // "X hat den Bericht als „Q“ zurückgewiesen"
		return f, true
	}
	if s := r.inPerfect(g, src, c); !s.empty() {
		f.content = []run{s} // "X hatte Bedenken geltend gemacht"
		return f, true
	}
	if end := min(lim, hi); src.lo > g && !f.colon && (separable || c.traits&verbObject != 0) && src.hi < end {
		f.content = []run{r.clause(src.hi, r.withoutStop(src.hi, end))}
		return f, !f.content[0].empty()
	}
	return f, f.colon
}

// infinitiveBehind reports whether a clause with "zu" and an infinitive begins at
// token i: "forderte X, das Tor zu schließen".
func (r *reader) infinitiveBehind(i, hi int) bool {
	if t := r.at(i); t.is(prep) && r.at(i+1).is(infinitive) || t.is(subord) {
		return false // "ohne zu fragen"
	}
	for ; i+1 < hi && r.tokens[i].kind != comma; i++ {
		if n := r.at(i + 1); r.tokens[i].is(infinitive) && r.tokens[i].quote < 0 && n.word() && !n.capital && !n.is(det|adverb) && !r.at(i+2).capital {
			return true
		}
	}
	return false
}

// foreField reports whether what stands before the verb at g is no subject: it
// opens with a preposition or an adverb, or a pronoun that only a subject can be
// follows the verb ("Aus diesem Grund forderte X", "Der Politik schlug er vor").
func (r *reader) foreField(lo, g, after int, src run) bool {
	if n := r.at(after); n.is(subjectPronoun) && !n.is(det) && !n.has(dummy) && !(r.tokens[g].has(deems) && r.tokens[g].is(formPast|formThird) && r.speaks(src)) && n.quote < 0 && g > lo && !(n.is(pluralPronoun) && r.tokens[lo].has(nominative)) {
		return true
	}
	s := lo
	for s < g && (r.tokens[s].is(conj) && !r.tokens[s].is(adverb) || r.tokens[s].is(adverb) && !r.tokens[s].is(det) && r.at(s+1).is(prep) && !r.at(s+1).is(det)) {
		s++
	}
	t := r.at(s)
	if t.quote >= 0 || s >= g {
		return false
	}
	if (t.is(prep) && !t.is(det|day) || t.is(likeAs) && r.at(after).word()) && (!r.commaIn(s, g) || t.is(prep) && r.tokens[g-1].kind == comma) {
		return true
	}
	return (t.is(adverb) && !t.is(det) || t.has(states) && !t.is(person)) && s+1 == g && src.hi-src.lo == 1
}

// pictureShows reports whether a verb closes a clause that tells what a picture has in it: "ein Foto, das den Hafen zeigt".
func (r *reader) pictureShows(src run, c *cue) bool {
	b := r.at(src.lo - 1)
	return b.kind == comma && b.quote < 0 && !r.closesQuote(src.lo-2) && r.tokens[src.lo].is(definite) && src.hi == c.group.lo && r.wordIn(c.verb, showing)
}

// objectOf reports whether the verb of c has a noun for its object, so that no
// clause can be told apart as what is said.
func (r *reader) objectOf(c *cue, f *found, lo, hi int) bool {
	i := max(c.group.hi, f.source.hi)
	if f.source.lo < c.group.lo {
		i = c.group.hi
	}
	end := r.withoutStop(i, hi)
	if c.far.lo >= i && c.far.lo < end && c.far.hi == end {
		end = c.far.lo
	}
	return (end-i > 1 || c.parted && end-i == 1) && !r.quotedIn(run{lo, hi}) && f.source.lo >= lo
}

// by reads the passive whose doer stands before the participle: "P wird von X als
// „Q“ bezeichnet".
func (r *reader) by(u, lo, hi int, c *cue) (found, bool) {
	v, doer := -1, -1
	for i := c.group.lo; i >= lo && r.tokens[i].kind != comma; i-- {
		t := &r.tokens[i]
		if n := r.at(i + 1); t.quote < 0 && (t.id == r.lex.by && t.id != 0 || t.has(byThe)) && (!n.is(number) || n.is(det)) {
			doer = i
		}
		if t.quote < 0 && t.is(be) && i < c.group.lo {
			v = i
			break
		}
	}
	if v >= 0 && r.tokens[c.verb].has(citedAs) {
		return r.quotedAs(u, lo, hi, v, c)
	}
	if v < 0 || doer < v {
		return r.inPaper(lo, hi, v, c)
	}
	src, ok := r.sourceAfter(doer+1, c.group.lo, false)
	if !ok {
		return found{}, false
	}
	c.far = run{v, v + 1}
	f := found{source: src, frame: FramePassive, content: []run{{lo, v}}}
	named := r.wordIn(src.hi, suchAs) && r.at(src.hi+1).quote >= 0 // "von Blogs wie „A“ und „B“ geteilt"
	for i := src.hi; i < c.group.lo; i++ {
		if q := r.tokens[i].quote; q >= 0 && !(named && (i == src.hi+1 || !r.tokens[i-1].is(likeAs) || r.tokens[i-1].quote >= 0)) {
			f.content = []run{{i, min(r.last[q]+1, c.group.lo)}}
			break
		}
	}
	if i := c.group.hi; i+2 < hi && r.tokens[i].kind == comma && r.at(i+1).is(mark) {
		f.content = []run{{i + 1, hi}} // "wurde von X mitgeteilt, dass Q"
	}
	return f, !f.content[0].empty()
}

// withoutStop is the end of a run without its full stop.
func (r *reader) withoutStop(lo, hi int) int {
	for hi > lo && r.tokens[hi-1].kind == stop {
		hi--
	}
	return hi
}

// pointedAt is what "Das teilte X mit" says: the unit before, and the pronoun.
func (r *reader) pointedAt(u, lo, g int) []run {
	if t := &r.tokens[lo]; g == lo+2 && t.is(adverb) && !t.is(det|prep) && r.at(lo+1).is(anaphor) {
		lo++ // "Genau das bezweifelte X"
	} else if !t.is(anaphor) || g != lo+1 {
		return nil
	}
	if u == 0 || r.claim[u-1] >= r.ranges[u-1].hi {
		return []run{{lo, lo + 1}}
	}
	return []run{{r.claim[u-1], r.ranges[u-1].hi}, {lo, lo + 1}}
}

// behindSource reads "X zufolge P", where the word stands behind the source.
func (r *reader) behindSource(lo, hi int, c *cue) (found, bool) {
	src, ok := r.simple(lo, c.group.lo)
	if !ok {
		return found{}, false
	}
	if r.lex.capitalNouns {
		src = r.inItsCase(r.nounPhraseBack(src))
	}
	f := found{source: src, frame: FrameAccording}
	if src.lo > lo {
		f.content = append(f.content, r.clause(lo, src.lo))
	}
	if c.group.hi < hi {
		f.content = append(f.content, run{c.group.hi, hi})
	}
	return f, true
}

// nounPhraseBack cuts a run to its last noun phrase: nouns have capitals, and a
// small word behind a noun that is no article begins something new.
func (r *reader) nounPhraseBack(s run) run {
	if r.attributeEnd(s.lo, s.hi) > s.lo {
		return s
	}
	for i := s.hi - 1; i > s.lo; i-- {
		t, before := &r.tokens[i], &r.tokens[i-1]
		if before.has(reflexive) || t.word() && !t.capital && before.capital && !t.is(det|coord|prep) || t.has(oblique) && t.is(det) && before.word() && !before.capital && !before.is(prep|coord|det) || before.is(aux|objectPronoun|subjectPronoun) &&
			!before.is(det) {
			return run{i, s.hi}
		}
	}
	return s
}
