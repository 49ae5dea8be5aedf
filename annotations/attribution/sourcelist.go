package attribution

// earlier is where a source begins that ends with phrase s: at the name that s
// explains ("Berg, a lawyer from Ellery said"), or at the first part of a list
// ("Berg, Lund and Marsh said").
func (r *reader) earlier(lo int, s run) int {
	at := s.lo
	if g, ok := r.wholeGroup(lo, at); ok {
		return g
	}
	if at-1 > lo && r.tokens[at-1].is(coord) && r.tokens[at-2].kind == comma {
		at-- // "A, B, and C"
	}
	if at-2 < lo || r.tokens[at-1].kind != comma || r.tokens[at-1].quote >= 0 {
		return s.lo
	}
	left, ok := r.partOfList(lo, at-1)
	if !ok {
		return s.lo
	}
	head := &r.tokens[s.lo]
	if at == s.lo && r.lex.ending(r.word(left.lo)) == ingSuffix && left.lo == lo && head.is(article) {
		return s.lo // "Touring Africa, the new minister said"
	}
	if at == s.lo && (head.is(article) && !r.namelike(s.hi-1) || head.is(person)) && r.namelike(left.lo) && r.allCapital(left) && r.opensClause(lo, left.lo) {
		return left.lo
	}
	if at == s.lo && r.namelike(s.lo) && r.allCapital(s) && (r.opensClause(lo, left.lo) || r.afterOpening(lo, at-1) == left.lo) && r.holds(left, person) && r.ownedRole(left) {
		return left.lo // "the board's chairman, Anna Berg said", "Asked about it, the board's chairman, Anna Berg said"
	}
	if at == s.lo && !r.listIn(s) {
		return s.lo
	}
	first := left
	for range 12 { // no list of voices is longer
		if r.opensPlaces(first) && r.opensClause(lo, first.lo) {
			return first.lo
		}
		if !r.listPart(first) {
			return s.lo
		}
		if g, ok := r.wholeGroup(lo, first.lo); ok {
			return g
		}
		if r.opensList(lo, first.lo) {
			return first.lo
		}
		if first.lo-2 < lo || r.tokens[first.lo-1].kind != comma {
			return s.lo
		}
		next, ok := r.partOfList(lo, first.lo-1)
		if !ok {
			return s.lo
		}
		first = next
	}
	return s.lo
}

// partOfList reads the phrase that ends at token e, without the "including" that may open it.
func (r *reader) partOfList(lo, e int) (run, bool) {
	if k := r.partBefore(lo, e); k > lo && k+1 < e && r.tokens[k].has(partly) && !r.tokens[k].is(likeAs) {
		lo = k + 1
	}
	s, ok := r.simple(lo, e)
	return s, ok && s.hi == e
}

// listPart reports whether a phrase may be one of a list of voices: names, what an article
// opens, more than one of a kind, a share, or a group and for whom it speaks.
func (r *reader) listPart(s run) bool {
	head := &r.tokens[s.lo]
	if s.hi-s.lo > 6 || head.is(day) || r.holds(s, day) {
		return false
	}
	switch {
	case r.allCapital(s), head.is(det), r.tokens[s.hi-1].is(person), r.severalNamed(s):
		return true
	case head.digit && !r.yearAt(s.lo):
		return true // "45% of voters, 28% of …"
	case r.endsInS(s.lo) && s.hi-s.lo > 2 && r.lex.ending(r.word(s.lo+1)) == ingSuffix:
		return true // "Groups representing towns and counties, …"
	}
	return (head.is(person) || r.endsInS(s.lo)) && r.allCapital(run{s.lo + 1, s.hi}) // "captains Anna Berg, …"
}

// opensPlaces reports whether a phrase is somebody, a small word and a name, behind which other names go on:
// "Residents of Kano, Enugu and Jos", "Jan Berg of Kano, Jo Lund and Anna Vey".
func (r *reader) opensPlaces(s run) bool {
	last := s.hi - 1
	if r.lex.verbSecond || s.hi-s.lo < 3 || !r.tokens[last].capital || r.holds(s, day|relative) {
		return false
	}
	for last > s.lo && r.tokens[last].capital {
		last--
	}
	head := &r.tokens[s.lo]
	return last > s.lo && r.tokens[last].is(prep) && (head.is(several|organisation|title) || r.holds(s, person) || r.namelike(s.lo) || r.endsInS(s.lo) && !head.has(stretch) && r.tokens[s.lo+1].is(prep))
}

// opensList reports whether the first part of a list of voices may stand at token i: where a
// clause begins, behind "what", or behind what a comma parts from the clause.
func (r *reader) opensList(lo, i int) bool {
	if r.opensClause(lo, i) {
		return true
	}
	t := &r.tokens[i-1]
	return t.has(question) || t.kind == comma && i-2 >= lo && (i-2 == lo && r.tokens[lo].is(adverb|conj|contrast) || r.afterOpening(lo, i+1) == i)
}

// wholeGroup is where the group begins some of whom are named from token i on: "Several
// captains, including Berg and Lund".
func (r *reader) wholeGroup(lo, i int) (int, bool) {
	if i-3 < lo || !r.tokens[i-1].has(partly) || r.tokens[i-1].is(likeAs) || r.tokens[i-2].kind != comma {
		return i, false
	}
	g, ok := r.simple(lo, i-2)
	return g.lo, ok && g.hi == i-2 && !r.statesIn(g)
}

// listIn reports whether a phrase joins two parts by "and".
func (r *reader) listIn(s run) bool {
	for i := s.lo + 1; i < s.hi; i++ {
		if r.tokens[i].is(coord) {
			return true
		}
		if t := &r.tokens[i]; t.is(prep|relative) && !(t.is(partOf) && r.tokens[s.lo].digit) {
			return false
		}
	}
	return false
}

// severalNamed reports whether a short phrase is a noun for more than one: "labour unions".
func (r *reader) severalNamed(s run) bool {
	if s.hi-s.lo > 3 || !r.endsInS(s.hi-1) || r.tokens[s.hi-1].capital {
		return false
	}
	for i := s.lo; i < s.hi; i++ {
		if t := &r.tokens[i]; t.is(prep|day|adverb|aux|finiteVerb) || t.suffix == edSuffix || t.suffix == ingSuffix {
			return false
		}
	}
	return true
}
