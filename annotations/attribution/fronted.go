package attribution

// subjectBehind reports whether an object stands before the verb and the subject
// behind it, in languages where either may: "Den Plan nannte Berg falsch". Token
// after is the first behind the verb, src what stands before it.
func (r *reader) subjectBehind(c *cue, lo, after int, src run) bool {
	if c.traits&verbObject == 0 || c.parted || src.lo != lo || !r.tokens[lo].is(article) || r.holds(src, person|organisation|document|data|outlet) || r.commaIn(src.lo, src.hi) {
		return false
	}
	n := r.at(after)
	if n.quote >= 0 || !n.word() {
		return false
	}
	if n.is(article) && !n.is(definite) && !n.has(oblique) && r.at(after+1).is(person) {
		return true // "Den Schaden bezifferte ein Sprecher auf P"
	}
	return n.capital && r.surname(after) && !r.tokens[lo].has(nominative) || n.has(nominative) && !r.tokens[lo].has(nominative)
}

// subjectAfter reads the subject that stands behind its verb at token i: no phrase
// in a case that no subject has.
func (r *reader) subjectAfter(i, lim int) (run, bool) {
	src, ok := r.sourceAfter(i, lim, false)
	if n := r.at(i + 1); ok && r.at(i).is(anaphor) && n.is(prep) && !n.capital && !n.is(det) && r.attributeEnd(i, lim) == i {
		return src, false // "deutet das auf P hin"
	}
	if t := r.at(i); ok && src.hi-src.lo == 1 && !t.capital && t.word() && t.quote < 0 && !t.digit && !t.is(det|number|subjectPronoun|person|anonymous) {
		return src, false // "versprach aber viel"
	}
	return src, ok && !r.tokens[src.lo].has(oblique) && !r.tokens[src.lo].is(negative)
}

// soSays reads "P, so schätzt X, Q": the verb stands at g behind the word.
func (r *reader) soSays(u, hi, g, after, lim int) (found, bool) {
	if g-2 <= r.from[u] || !r.tokens[g-1].has(needsComma) || r.tokens[g-2].kind != comma && r.tokens[g-2].kind != mark2 && r.tokens[g-2].kind != dash {
		return found{}, false
	}
	if r.at(after).has(dummy) {
		after++ // "so schildert es X"
	}
	src, ok := r.subjectAfter(after, lim)
	if !ok {
		return found{}, false
	}
	for i := src.lo + 1; i < src.hi; i++ {
		if e := r.relativeLast(i, hi); r.tokens[i].kind == comma && e == i {
			src.hi = i // it closes the insertion
		} else if e > i {
			src.hi = min(e, lim)
			break
		}
	}
	f := found{source: src, frame: FrameInverted, content: r.leftContent(u, g-1)}
	for k := src.hi; k < min(hi, src.hi+5) && !(r.tokens[k].word() && r.tokens[k].capital); k++ {
		if r.tokens[k].kind == comma {
			src.hi = k // "so berichten X unabhängig voneinander, Q"
			break
		}
	}
	if src.hi+2 < hi && (r.tokens[src.hi].kind == comma || r.tokens[src.hi].kind == dash) {
		f.content = append(f.content, run{src.hi + 1, hi})
	}
	return f, true
}

// hasSaid reads "P, hat X mitgeteilt": the auxiliary at g stands behind the only comma of the
// sentence, and the participle closes it.
func (r *reader) hasSaid(lo, hi, g, after int, c *cue) (found, bool) {
	if g-4 < lo || c.far.lo != g || c.traits&saying == 0 || r.tokens[g-1].kind != comma || r.tokens[g-1].quote >= 0 || c.group.hi < r.withoutStop(c.group.hi, hi) && r.at(c.group.hi).kind != opening {
		return found{}, false
	}
	if lets := r.tokens[g].has(admits) && !r.tokens[g].is(modal) && r.inMood(run{lo, g - 1}); !lets && (!r.tokens[g].is(have) || r.commaIn(lo, g-1)) {
		return found{}, false // "P, ließ X mitteilen"
	}
	src, ok := r.subjectAfter(after, c.group.lo)
	if !ok || r.tokens[src.lo].is(prep) && !r.tokens[src.lo].is(det) {
		return found{}, false
	}
	return found{source: src, frame: FrameInverted, content: []run{r.clause(lo, g-1)}}, true
}

// pointsBack reports whether a phrase is "das" or the like alone: what is said, not
// who says it.
func (r *reader) pointsBack(s run) bool {
	if t := &r.tokens[s.lo]; s.hi-s.lo > 1 && t.is(adverb) && !t.is(det|anaphor) && r.at(s.lo+1).is(anaphor) {
		s.lo++ // "Genau das sagte X"
	}
	for i := s.lo; i < s.hi; i++ {
		if t := &r.tokens[i]; i == s.lo && !t.is(anaphor) || i > s.lo && !t.is(adverb) {
			return false
		}
	}
	return true
}

// behindDashes is the token behind what stands between dashes at token i, i where
// none do: "gab heute – nach langer Pause – X bekannt".
func (r *reader) behindDashes(i, lim int) int {
	if r.at(i).kind != dash {
		return i
	}
	for k := i + 1; k < lim; k++ {
		if r.tokens[k].kind == dash {
			return k + 1
		}
	}
	return i
}

// quoteBetween is the first quotation that stands whole between two tokens.
func (r *reader) quoteBetween(lo, hi int) run {
	for i := lo; i < hi; i++ {
		if q := r.tokens[i].quote; q >= 0 && r.first[q] == i && r.last[q] < hi && !r.titled(int(q)) {
			return run{i, r.last[q] + 1}
		}
	}
	return run{}
}

// haveOf is the auxiliary of the perfect whose participle stands at token i, behind
// no comma but those around a name. It is -1 where there is none.
func (r *reader) haveOf(lo, i int) int {
	for g := i; g >= lo; g-- {
		if r.tokens[g].is(have) && r.tokens[g].quote < 0 {
			return g
		}
		if r.tokens[g].kind != comma || r.tokens[g].quote >= 0 {
			continue
		}
		if g == lo {
			return -1
		}
		k := g - 1
		for k > lo && g-k < 7 && r.tokens[k].kind != comma {
			k--
		}
		if r.tokens[k].kind != comma || !r.allNames(run{k + 1, g}) {
			return -1
		}
		g = k
	}
	return -1
}

// allNames reports whether a run has capitals only, as a name has.
func (r *reader) allNames(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if t := &r.tokens[i]; !t.word() || !t.capital || t.is(det) {
			return false
		}
	}
	return s.hi-s.lo > 1
}

// modalOf is the modal verb of the clause that an infinitive ends: "Das musste X
// einräumen". It is -1 where there is none.
func (r *reader) modalOf(lo int, c *cue) int {
	if c.traits&formBase == 0 || c.group.hi > c.verb+1 || r.at(c.group.hi).word() || r.at(c.group.lo-1).is(modal) {
		return -1
	}
	for i := c.group.lo - 1; i > lo && r.tokens[i].kind != comma; i-- {
		if r.tokens[i].has(admits) && r.tokens[i].quote < 0 {
			return i
		}
	}
	return -1
}

// behindPreposition reports whether a phrase belongs to one that a preposition opens
// at the beginning of the clause, so that it is no subject.
func (r *reader) behindPreposition(lo, g int, src run) bool {
	t := &r.tokens[lo]
	return src.lo > lo && t.is(prep) && !t.is(det|day) && !r.commaIn(lo, g)
}

// opensRelative reports whether what seems a subject before a verb that ends its clause
// is a relative pronoun and an object: "der die Truppe anführte".
func (r *reader) opensRelative(s run, c *cue) bool {
	if s.hi-s.lo < 2 || r.at(s.lo-1).kind != comma || r.at(c.group.hi).word() {
		return false
	}
	t, next := &r.tokens[s.lo], r.at(s.lo+1)
	return t.is(article) && t.is(definite) && next.is(det|prep) && !next.is(day)
}

// isClause reports whether a phrase is an indirect question, the object of a verb
// behind it ("Warum das Tor zu blieb, begründete X mit …"), or holds a clause.
func (r *reader) isClause(s run) bool {
	return r.tokens[s.lo].has(question) || r.commaIn(s.lo, s.hi) && r.statesIn(s)
}

// noSubject reports whether a phrase before the verb at g cannot be its subject: it
// belongs to a preposition, stands in another case, or is a clause.
func (r *reader) noSubject(lo, g int, src run) bool {
	if t := &r.tokens[src.lo]; src.hi-src.lo == 1 && t.has(states) && !t.is(person) && r.at(g+1).has(reflexive) {
		return true // "Skeptischer äußerte sich X"
	}
	return r.at(src.lo-1).is(prep) || r.tokens[src.lo].has(oblique) || r.behindPreposition(lo, g, src) || r.isClause(src)
}

// surname reports whether the word at token i stood before behind another name:
// "Anna Berg … Berg".
func (r *reader) surname(i int) bool {
	if !r.namedBefore(run{i, i + 1}) {
		return false
	}
	k := r.firstNamed[r.word(i)] - 1
	b := r.at(k - 1)
	return b.word() && b.capital && !b.is(det|prep|adverb|conj|subord)
}

// clauseBehind reports whether the part of a source between the commas before
// tokens k and j is a relative clause, in languages whose verb ends it: the
// writer's remark.
func (r *reader) clauseBehind(k, j int) bool {
	if !r.lex.verbSecond || j-k < 3 || !r.tokens[k].is(det) && !r.tokens[k].has(ofWhich) {
		return false
	}
	last := &r.tokens[j-1]
	return last.word() && !last.capital && !last.digit
}

// attributeEnd is the noun that an article at token i belongs to, behind words of
// the noun's attribute: "einer am Dienstag veröffentlichten Mitteilung". It is i
// where none stands between.
func (r *reader) attributeEnd(i, hi int) int {
	if !r.lex.capitalNouns || i >= hi || !r.tokens[i].is(det) || r.at(i+1).capital {
		return i
	}
	for k := i + 2; k < min(hi, i+9); k++ {
		t, b := &r.tokens[k], &r.tokens[k-1]
		if !t.word() || t.quote >= 0 || t.is(aux|finiteVerb|subjectPronoun) && !t.is(det) {
			return i
		}
		if t.capital && !b.is(prep|det|number) && !b.digit {
			if k == i+2 || b.capital || b.id != 0 && !(b.is(formPast|formParticiple) && r.inflected(k-1) && r.at(i+1).is(prep)) {
				return i
			}
			return k
		}
	}
	return i
}

// quotedAs reads "X wird von Y mit den Worten zitiert, P": the one quoted is the
// source. Token v is the auxiliary.
func (r *reader) quotedAs(u, lo, hi, v int, c *cue) (found, bool) {
	src, ok := r.sourceBefore(lo, v)
	if quoted := r.closesQuote(v - 1); !ok || quoted || r.tokens[lo].is(prep|adverb) {
		if src, ok = r.sourceAfter(v+1, c.group.lo, false); !ok {
			return found{}, false
		}
	}
	c.far = run{v, v + 1}
	f := found{source: src, frame: FramePassive}
	i := c.group.hi
	for i < hi && (r.tokens[i].kind == comma || r.tokens[i].kind == colon) && r.tokens[i].quote < 0 {
		i++
	}
	switch {
	case i < hi && r.tokens[i].kind != stop:
		f.content = []run{{i, hi}}
	case r.closesQuote(v - 1):
		f.content = r.leftContent(u, v)
	default:
		return f, false
	}
	return f, !f.content[0].empty()
}

// andSaid reads "X kam und sagte, P", where the subject of the first verb is that
// of the second.
func (r *reader) andSaid(begin, lo, hi int, c *cue) (found, bool) {
	if len(r.found) > begin || c.traits&(saying|verbObject) == 0 || c.traits&formPast == 0 && c.traits&formThird == 0 || !r.at(c.group.lo-1).is(coord) {
		return found{}, false
	}
	src, ok := r.subjectOfFirst(lo, c.group.lo-1)
	if !ok {
		return found{}, false
	}
	i := c.group.hi
	for i < hi && r.tokens[i].kind != comma && r.tokens[i].kind != colon {
		i++
	}
	if i+1 >= hi || c.traits&saying == 0 {
		return r.andTold(src, hi, c)
	}
	return found{source: src, frame: FramePreposed, content: []run{r.endOf(i+1, hi, hi)}}, true
}

// titleAt reports whether token i stands in quotation marks that hold a name behind
// an article: "sagte der „Post“, P".
func (r *reader) titleAt(i int) bool {
	q := int(r.tokens[i].quote)
	return q >= 0 && r.shortQuote(q) && (r.at(r.first[q]-1).is(det) || r.at(r.first[q]-1).is(outlet) && r.at(r.first[q]-1).capital) && r.last[q]-r.first[q] < 5 && r.at(r.last[q]+1).kind == comma
}

// titled reports whether a quotation is the name of a paper or the like, where nouns
// have capitals: a few words behind an article or preposition, the first with a
// capital ("im „Tagblatt“").
func (r *reader) titled(q int) bool {
	if !r.lex.capitalNouns || r.last[q]-r.first[q] > 5 {
		return false
	}
	before, in := r.at(r.first[q]-1), r.at(r.first[q]+1)
	return before.word() && before.is(det|prep) && before.quote < 0 && !before.capital && in.capital && r.at(r.last[q]-1).word()
}

// goesOn is the rest of a clause that "sagte X am Montag" has cut in two, in
// languages whose verb may end it: "Man habe, sagte X, alles geprüft".
func (r *reader) goesOn(i, hi int) []run {
	if !r.lex.verbSecond {
		return nil
	}
	k := i
	for k < hi && k-i < 6 && r.tokens[k].word() && r.tokens[k].quote < 0 {
		k++
	}
	if k+2 >= hi || r.tokens[k].kind != comma || r.tokens[k].quote >= 0 || r.at(k+1).is(conj|subord|relative|article) || r.at(k+1).has(oblique|ofWhich) {
		return nil
	}
	return []run{{k + 1, hi}}
}

// namesBehind reports whether a word at token i brings the one who says it, so that a name in
// quotation marks may follow: "laut „Blatt“".
func (r *reader) namesBehind(i int) bool {
	if i < 0 || r.tokens[i].quote >= 0 {
		return false
	}
	p, n := r.phraseAt(i, i+1)
	return n == 1 && p.use == useAccording && !r.tokens[i].has(needsComma)
}

// thatPart is the comma or dash in "P, das teilte X mit", "P – das jedenfalls meint X", where the verb stands at g; lo where
// none does.
func (r *reader) thatPart(lo, g int) int {
	k := g - 1
	if k > lo && r.tokens[k].is(adverb) && !r.tokens[k].is(det) {
		k--
	}
	if k-1 > lo && r.tokens[k].is(anaphor) && (r.tokens[k-1].kind == comma || k < g-1 && r.tokens[k-1].kind == dash || k == g-1 && r.tokens[k-1].kind == colon) && r.tokens[k-1].quote < 0 {
		return k - 1
	}
	return lo
}

// closedBy reports whether a form that may be a participle is one: it ends its
// clause, and an auxiliary of the perfect or the passive stands before it ("hatte … berichtet").
func (r *reader) closedBy(lo int, c *cue) bool {
	if n := r.at(c.group.hi); n.word() && !n.is(coord) {
		return false
	}
	for i := c.group.lo; i >= lo && r.tokens[i].kind != comma; i-- {
		if r.tokens[i].is(have | be) {
			return true
		}
	}
	return false
}
