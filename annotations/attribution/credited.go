package attribution

import "slices"

// credited is the part of the source of found[n] that is shown: who is credited,
// without what only says again who that is. The abbreviation in brackets behind a
// name goes. So does an apposition between a name and its verb that tells which
// office somebody holds ("Berg, the mayor of Ellery, said"); one with "a" tells
// something new and stays, as does one behind the verb ("said Berg, the mayor").
// Behind "according to" a role ends at its comma, where the claim may begin. All
// other rules read the whole source.
func (r *reader) credited(n int) run {
	s := r.found[n].source
	if r.lex.verbSecond {
		if s.hi = r.withClause(&r.found[n]); s.hi == r.found[n].source.hi {
			s.hi = r.withoutRemark(&r.found[n])
		}
		return s
	}
	first := n
	for first > 0 && r.found[first-1].source == s && r.found[first-1].unit == r.found[n].unit {
		first-- // "Berg, the mayor, said P, adding Q": one voice, one phrase
	}
	c := r.core(s)
	switch r.found[first].frame {
	case FramePreposed, FramePostposed:
		if r.saidAgain(c, s) {
			return c
		}
	case FrameAccording:
		if r.nameBehind(c, s) {
			return c
		}
	}
	return r.withoutAbbreviation(s)
}

// saidAgain reports whether what stands in s behind the comma that ends head only
// tells more of it: the office that a name holds, or a participle.
func (r *reader) saidAgain(head, s run) bool {
	if head.hi+1 >= s.hi || r.tokens[head.hi].kind != comma {
		return false
	}
	t := &r.tokens[head.hi+1]
	if t.suffix == edSuffix || t.is(formParticiple) && !t.capital {
		return true // "The poll, taken in May, showed"
	}
	return r.ofIt(run{head.hi + 1, s.hi}) || r.officeBehind(head, s)
}

// ofIt reports whether a phrase tells of a part or a copy of what stands before it: "a copy of
// which was seen by the Herald", "most of whom are pilots".
func (r *reader) ofIt(p run) bool {
	for i := p.lo + 1; i+1 < min(p.hi, p.lo+4); i++ {
		if r.tokens[i].is(partOf) && r.tokens[i+1].is(relative) && !r.tokens[i+1].is(mark) {
			return true
		}
	}
	return false
}

// officeBehind reports whether head, a name, is followed in s by a comma and a
// phrase that names one office or person: "the mayor", "its chairman", "Berg's
// lawyer", "director of the harbour".
func (r *reader) officeBehind(head, s run) bool {
	if head.hi+1 >= s.hi || r.tokens[head.hi].kind != comma || r.tokens[head.lo].is(article) || !r.tokens[head.hi-1].capital {
		return false
	}
	p := r.core(run{head.hi + 1, s.hi})
	if r.at(s.hi).kind != comma && r.listIn(run{head.hi, s.hi}) {
		return false // "Ellery, the United Isles and Portsea said"
	}
	t := &r.tokens[p.lo]
	switch {
	case t.is(definite | poss):
		return true
	case t.is(det|number|prep|conj|relative|adverb) || t.suffix != noSuffix:
		return false
	case t.capital:
		return r.ownerIn(p)
	}
	return !r.listIn(run{head.hi, s.hi}) && (r.holds(p, person) || r.officeOf(p))
}

// officeOf reports whether a phrase is a noun with what it is in charge of behind
// it: "keeper of the lighthouse", "organiser for the crews".
func (r *reader) officeOf(p run) bool {
	for i := p.lo + 1; i < min(p.hi, p.lo+4); i++ {
		if t := &r.tokens[i]; t.is(prep) {
			return t.is(partOf) && r.nounBefore(i-1)
		}
	}
	return false
}

// nameBehind reports whether head is a role that says whose it is, and nothing but
// a name stands behind the comma that ends it: "the team's coach, Anna Berg".
func (r *reader) nameBehind(head, s run) bool {
	if head.hi+1 >= s.hi || r.tokens[head.hi].kind != comma || r.tokens[head.hi-1].capital || !r.ownedRole(head) {
		return false
	}
	return r.allCapital(run{head.hi + 1, s.hi})
}

// ownerIn reports whether a phrase says whose something is.
func (r *reader) ownerIn(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].possessive {
			return true
		}
	}
	return false
}

// withoutAbbreviation is a source without the capitals in brackets that end it:
// "the Harbour Workers' Union (HWU)".
func (r *reader) withoutAbbreviation(s run) run {
	n := s.hi
	if n-s.lo < 4 || r.tokens[n-1].kind != closing || r.tokens[n-3].kind != opening || !r.tokens[n-4].word() {
		return s
	}
	for i := s.lo; i < n-3; i++ {
		if r.tokens[i].kind == opening {
			return s // two bodies, each with its own
		}
	}
	w := r.word(n - 2)
	for i := range len(w) {
		if w[i] < 'A' || w[i] > 'Z' {
			return s
		}
	}
	if len(w) < 2 || len(w) > 8 {
		return s
	}
	return run{s.lo, n - 3}
}

// withClause is where the source of f ends with the relative clause between a person and the verb, where the verb
// stands second: "Eine Zeugin, die an der Ampel wartete, berichtete". What a body does besides is a remark.
func (r *reader) withClause(f *found) int {
	s := f.source
	if f.frame != FramePreposed && f.frame != FrameColon || s.empty() || f.cue.lo < s.hi+4 || r.tokens[s.hi].kind != comma {
		return s.hi
	}
	e := r.relativeEnd(s.hi, f.cue.lo+1)
	last := r.at(e - 1)
	if e == s.hi || e+1 != f.cue.lo || last.capital || last.digit || !r.tokens[s.hi+1].is(article) && !r.tokens[s.hi+1].has(oblique) && r.tokens[s.hi+1].is(prep) {
		return s.hi
	}
	first, head := &r.tokens[s.lo], r.word(s.hi-1)
	switch {
	case r.holds(r.beforePreposition(s), organisation|outlet) || r.namedBefore(s):
		return s.hi
	case first.is(poss), first.has(nominative), first.is(article) && !first.is(definite), !first.is(det) && !r.tokens[s.hi-1].is(person) && s.hi == s.lo+1:
		return e
	case first.is(definite) && endsIn(head, r.lex.lists[women]), first.is(det) && s.hi-s.lo > 3:
		return e
	}
	return s.hi
}

// relativeEnd is the comma that closes the relative clause or apposition that opens at the comma i, i where none does.
func (r *reader) relativeEnd(i, hi int) int {
	if r.tokens[i].kind != comma || i+3 >= hi {
		return i
	}
	if n := &r.tokens[i+1]; r.tokens[i+2].digit || !n.is(det) && !(n.is(prep) && r.tokens[i+2].is(det)) {
		return i
	}
	for k := i + 3; k < min(hi, i+maxSource); k++ {
		if t := &r.tokens[k]; t.quote >= 0 || t.kind == stop || t.kind == colon {
			break
		} else if t.kind == comma {
			return k
		}
	}
	return i
}

// hasAnyOf reports whether one of the words of a run is in a list.
func (r *reader) hasAnyOf(s run, list string) bool {
	for i := s.lo; i < s.hi; i++ {
		if slices.Contains(r.lex.lists[list], r.word(i)) {
			return true
		}
	}
	return false
}
