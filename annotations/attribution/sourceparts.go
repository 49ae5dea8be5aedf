package attribution

// ownedRole reports whether a short phrase says whose office somebody holds: "the
// board's chairman".
func (r *reader) ownedRole(s run) bool {
	owned := false
	for i := s.lo; i < s.hi; i++ {
		t := &r.tokens[i]
		if t.suffix == edSuffix || t.is(prep) && !t.is(partOf) {
			return false
		}
		owned = owned || t.possessive || t.is(article|poss)
	}
	return owned && s.hi-s.lo < 9
}

// allCapital reports whether every word of a run is a name or title.
func (r *reader) allCapital(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if t := &r.tokens[i]; !t.capital && !t.is(title) || t.is(prep|subord|det|day|adverb) {
			return false
		}
	}
	return !s.empty()
}

// opensClause reports whether token i is the first of its sentence, or of what
// follows a quotation, a conjunction or a dash.
func (r *reader) opensClause(lo, i int) bool {
	if i <= lo {
		return true
	}
	t := &r.tokens[i-1]
	return t.kind == mark2 || t.kind == dash || t.is(conj|contrast|mark) || i-1 == lo && t.is(subord)
}

// interrupted reads a subject that a phrase between commas follows: "X, a
// lawyer from Y, said". Token j is the comma before the verb.
func (r *reader) interrupted(lo, j int) (run, bool) {
	end, kind := j, r.tokens[j].kind
	for range 4 {
		k := r.partBefore(lo, j)
		if k <= lo {
			break
		}
		if name, ok := r.beforeDegrees(lo, k, j); ok {
			return run{name.lo, end}, true
		}
		inner := &r.tokens[k]
		if m := r.partBefore(lo, k-1); m > lo+1 && (m == k-2 && r.tokens[m].digit || r.tokens[m].has(origin)) { // "X, 22, of Y, said"
			if r.aside(k) && !r.tokens[k].has(origin) || r.partDone(k) || r.remark(run{m - 2, m - 1}, k, j, true) {
				end = k - 1
			}
			j = k - 1
			continue
		}
		left, ok := r.simple(lo, k-1)
		if !ok {
			return run{}, false
		}
		if name, found := r.beforeDegrees(lo, left.lo, k-1); found && left.hi == k-1 {
			left = name
		}
		if m := r.partBefore(lo, k-1); m > lo+1 && m <= left.lo && r.partDone(m) {
			j, end = m-1, m-1 // "The man, identified by the board as Jan Berg, 34, said"
			continue
		}
		if r.aside(k) && !(r.tokens[k].has(origin) && r.tokens[k].is(partOf)) || r.remark(left, k, j, true) || r.clauseBehind(k, j) {
			end = k - 1
		}
		if m := r.partBefore(lo, k-1); m > lo && m < k-2 && m <= left.lo && r.tokens[m].is(relative) && !r.tokens[m].is(mark) {
			j = k - 1 // "X, who lost his job, in May, said"
			continue
		}
		before := r.at(left.lo - 1)
		if before.kind == comma && left.lo > lo+1 && left.hi-left.lo <= 2 && r.tokens[left.lo].capital &&
			(r.tokens[left.lo-2].capital && (inner.is(prep|coord) || r.party(left)) || r.party(left)) {
			j = left.lo - 1 // "Aurora, Colorado, in May"
			continue
		}
		if left.hi-left.lo == 1 && inner.is(relative) && r.townOfRole(lo, left.lo) {
			j = left.lo - 1 // "Jan Berg, a doctor at the University of Marl, Ellery, who left in May, said"
			continue
		}
		if before.kind == comma && left.lo-2 > lo && r.namelike(left.lo) && r.tokens[left.lo-2].is(person) && !r.tokens[left.lo-2].capital {
			if role, ok := r.simple(lo, left.lo-1); ok && role.hi == left.lo-1 {
				return run{role.lo, end}, true
			}
		}
		if role, ok := r.roleBefore(lo, left); ok && inner.is(relative) {
			return run{role.lo, end}, true // "A member of the board, Anna Berg, who left in May, said"
		}
		if r.tokens[left.lo].is(det) && !r.tokens[left.lo].is(day) && r.namelike(k) && r.allCapital(run{k, j}) && !inner.is(prep) && (!inner.is(title) || r.tokens[k-2].is(person) || before.kind == comma) && left.hi == k-1 {
			return run{left.lo, end}, true // "the minister, Anna Berg, said"
		}
		if r.tokens[left.lo].is(poss) && left.hi-left.lo == 2 && left.hi == k-1 && j-k == 1 && inner.capital && inner.traits == 0 {
			return run{left.lo, j}, true // "his wife, Anna, said"
		}
		if before.kind == comma && left.lo-1 > lo && r.statesIn(run{lo, left.lo - 1}) {
			return run{left.lo, end}, true // "P, his lawyer, Anna Berg, said"
		}
		if before.kind != kind || left.lo-1 < lo || r.namelike(left.lo) && !inner.is(relative) && !r.listed(left.lo) {
			return run{left.lo, end}, true
		}
		if r.tokens[left.lo].capital {
			return run{left.lo, end}, true
		}
		j = left.lo - 1
	}
	return r.opener(lo, end)
}

// townOfRole reports whether the name at token i is the town of the house that the part before it ends with, and
// that part says who somebody is.
func (r *reader) townOfRole(lo, i int) bool {
	if i-2 <= lo || r.tokens[i-1].kind != comma || !r.tokens[i].capital || !r.tokens[i-2].capital {
		return false
	}
	k := r.partBefore(lo, i-1)
	return k-2 > lo && r.tokens[k].is(article) && !r.tokens[k].is(definite) && r.tokens[k-1].kind == comma && r.namelike(k-3) && r.holds(run{k, i - 2}, person) && r.holds(run{k, i - 2}, prep)
}

// roleBefore is the phrase that opens a clause with an article before the comma of a name: "A member of the board, Anna
// Berg".
func (r *reader) roleBefore(lo int, name run) (run, bool) {
	if name.lo-2 <= lo || r.tokens[name.lo-1].kind != comma || !r.namelike(name.lo) || !r.allCapital(name) {
		return run{}, false
	}
	role, ok := r.simple(lo, name.lo-1)
	return role, ok && role.hi == name.lo-1 && r.tokens[role.lo].is(article) && r.opensClause(lo, role.lo) && !r.statesIn(role)
}

// beforeDegrees is the name that degrees and honours follow, the last of which stands alone between the comma before
// token k and the one at j: "Anna Berg, MD, PhD, said".
func (r *reader) beforeDegrees(lo, k, j int) (run, bool) {
	for range 4 {
		if j-k != 1 || k-1 <= lo || !r.degree(k) {
			return run{}, false
		}
		if name, ok := r.simple(lo, k-1); ok && r.namelike(name.lo) && !(name.hi-name.lo == 1 && r.degree(name.lo)) {
			return name, true
		}
		j = k - 1
		if k = r.partBefore(lo, j); k <= lo {
			return run{}, false
		}
	}
	return run{}, false
}

// degree reports whether token i is short and has two capitals at least, as degrees and honours have: "PhD", "R.N.".
func (r *reader) degree(i int) bool {
	capitals := 0
	for _, b := range []byte(r.word(i)) {
		if b >= 'A' && b <= 'Z' {
			capitals++
		}
	}
	return capitals > 1 && r.tokens[i].end-r.tokens[i].start < 6 && r.tokens[i].id == 0
}

// opener is the source that begins a unit and ends at token e: "X, 22, of Y, said", or the
// one behind a participle ("Speaking in Ellery, X, without a name, said").
func (r *reader) opener(lo, e int) (run, bool) {
	if r.tokens[lo].is(formIng) || r.lex.ending(r.word(lo)) == ingSuffix && !r.lex.verbSecond {
		lo = r.afterOpening(lo, e)
	}
	s, ok := r.trimSource(lo, e)
	if !ok || r.statesIn(s) || !r.tokens[s.lo].capital || r.sentenceIn(s) {
		return run{}, false
	}
	if t := &r.tokens[s.lo]; s.hi-s.lo > 2 && t.is(subjectPronoun) && !t.is(relative|det|poss) && !r.tokens[s.lo+1].is(conj) {
		return run{}, false // "It costs too much, notes Berg"
	}
	return s, true
}

// partDone reports whether a participle and "by" open the part at token i: what was
// done to the one before, and no name.
func (r *reader) partDone(i int) bool {
	t := &r.tokens[i]
	return r.lex.by != 0 && (t.suffix == edSuffix || t.is(formParticiple)) && r.at(i+1).id == r.lex.by
}

// party reports whether a phrase is the label of a member of parliament: "R-Texas".
func (r *reader) party(s run) bool {
	w := r.word(s.lo)
	return s.hi-s.lo == 1 && len(w) > 3 && w[1] == '-' && (w[0] == 'R' || w[0] == 'D' || w[0] == 'I')
}

// statesIn reports whether a finite verb stands in a run, outside of relative
// clauses.
func (r *reader) statesIn(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].is(relative) {
			return false
		}
		if r.isVerb(i, s.lo-1) {
			return true
		}
	}
	return false
}

// listed reports whether a phrase continues a list ("Y, Z and others").
func (r *reader) listed(i int) bool { return r.at(i - 2).is(coord) }

func (r *reader) namelike(i int) bool { return r.tokens[i].capital && r.at(i+1).capital }

// partBefore is the first token behind the comma or dash that opens the part
// which token j closes, lo when there is none.
func (r *reader) partBefore(lo, j int) int {
	kind := r.tokens[j].kind
	for i := j - 1; i > lo && j-i < maxSource; i-- {
		t := &r.tokens[i]
		if t.kind == closing {
			i = r.openingOf(lo, i)
			continue
		}
		if t.kind == kind {
			return i + 1
		}
		if t.kind == mark2 && t.quote >= 0 && r.shortQuote(int(t.quote)) && r.first[t.quote] > lo+1 {
			i = r.first[t.quote]
			continue // "a host of “The Five,” said"
		}
		if t.kind == semicolon || t.kind == colon || t.kind == stop || t.kind == mark2 && t.quote >= 0 {
			return lo
		}
	}
	return lo
}

// aside reports whether a part between commas says how or when something was
// said, and not who said it.
func (r *reader) aside(i int) bool {
	t := &r.tokens[i]
	if t.is(det) && !t.is(article) && r.lex.ending(r.word(i+1)) == ingSuffix && !r.lex.verbSecond {
		return true // "two officials, both speaking without leave, said"
	}
	if n := r.at(i + 1); t.has(partly) || t.has(formerly) && (n.is(det|person) || n.digit || n.id == 0 && n.suffix == noSuffix) && n.word() || t.is(adverb) && (r.at(i+1).is(article) || r.at(i+1).digit) {
		return false
	}
	if r.managing(i) {
		return false
	}
	return t.is(adverb|conj|contrast|day|formIng) && !t.is(det) || t.suffix == ingSuffix || t.suffix == lySuffix ||
		t.is(prep) && !r.at(i+1).digit || t.is(subord) && !t.is(relative) && !t.is(det)
}
