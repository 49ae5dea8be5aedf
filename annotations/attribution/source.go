package attribution

// maxSource is the length in tokens of the longest source phrase.
const maxSource = 45

// sourceBefore reads the noun phrase that ends before token g, the subject of
// the verb there. lo is where its unit begins.
func (r *reader) sourceBefore(lo, g int) (run, bool) {
	j := r.skipBack(lo, g-1)
	if j < lo {
		return run{}, false
	}
	t := &r.tokens[j]
	switch {
	case t.kind == comma || t.kind == dash:
		return r.interrupted(lo, j)
	case t.kind == closing:
		return r.simple(lo, j+1)
	case !t.word():
		return run{}, false
	case t.is(relative) && !t.is(mark), t.is(subjectPronoun) && !t.is(relative):
		return run{j, j + 1}, true
	case t.is(mark|subord|conj|prep) && !t.is(det):
		return run{}, false
	}
	return r.simple(lo, j+1)
}

// skipBack passes adverbs and days that stand between a subject and its verb
// ("Trump on Thursday said").
func (r *reader) skipBack(lo, j int) int {
	for j > lo {
		t := &r.tokens[j]
		switch {
		case t.quote >= 0:
			return j
		case t.is(day) && r.at(j-1).is(prep):
			j -= 2
		case t.is(day) && !t.capital, t.is(adverb) && !t.is(det|prep):
			j--
		case t.is(day) && t.capital && r.at(j-1).word() && r.at(j-1).capital:
			j--
		default:
			return j
		}
	}
	return j
}

// simple reads a noun phrase without commas that ends at token e (half open).
func (r *reader) simple(lo, e int) (run, bool) {
	verb, rel := -1, false
	i := e - 1
	for ; i >= lo && e-i <= maxSource; i-- {
		t := &r.tokens[i]
		if t.kind == closing {
			i = r.openingOf(lo, i)
			continue
		}
		if t.kind == mark2 && t.quote >= 0 && r.shortQuote(int(t.quote)) && r.first[t.quote] > lo {
			i = r.first[t.quote]
			continue
		}
		if !t.word() || t.quote >= 0 {
			break
		}
		if t.is(relative) && verb >= 0 && r.at(i-1).word() && i-1 >= lo {
			verb, rel = -1, true
			continue
		}
		if t.is(likeAs) && r.at(i-1).is(det) {
			continue // such as
		}
		if t.is(conj) && !t.is(coord) || t.is(mark) && !t.is(det) || t.is(subord|relative) && !t.is(prep) &&
			!t.is(subjectPronoun) {
			break
		}
		if t.is(coord) {
			if r.at(i-1).kind == comma || r.at(i-1).is(day) || r.verbIn(lo, i) {
				break
			}
			continue
		}
		if t.is(mark) && r.at(i+1).is(det|subjectPronoun) {
			break
		}
		if r.isVerb(i, lo) && verb < 0 {
			verb = i
		}
	}
	start := i + 1
	if verb >= 0 && !rel {
		start = verb + 1
	}
	return r.trimSource(start, e)
}

// shortQuote reports whether a quotation is a nickname or a title, not speech.
func (r *reader) shortQuote(q int) bool { return r.last[q]-r.first[q] <= 6 }

func (r *reader) openingOf(lo, i int) int {
	for k := i; k >= lo && i-k < 20; k-- {
		if r.tokens[k].kind == opening {
			return k
		}
	}
	return i
}

// isVerb guesses whether token i is a finite verb.
func (r *reader) isVerb(i, lo int) bool {
	t := &r.tokens[i]
	switch {
	case !t.word() || t.quote >= 0 || t.capital && i > lo:
		return false
	case t.possessive:
		return false
	case t.is(aux | finiteVerb):
		return true
	case t.suffix == edSuffix && i > lo:
		next := r.at(i + 1)
		return !r.at(i-1).is(det|prep|coord|adverb) && r.at(i-1).word() &&
			(next.is(det|subjectPronoun|objectPronoun|adverb) || next.capital)
	case t.is(reporting|verbMind) && t.is(formPast|formThird) && !t.is(document|data|image|video|speechNoun):
		return !r.at(i-1).is(det|prep) || r.at(i-1).is(subjectPronoun)
	}
	return false
}

// verbIn reports whether a finite verb stands in the clause that ends at hi.
func (r *reader) verbIn(lo, hi int) bool {
	for i := hi - 1; i >= lo && hi-i < maxSource; i-- {
		t := &r.tokens[i]
		if t.kind == comma || t.kind == semicolon || t.kind == colon || t.kind == dash || t.quote >= 0 || t.is(relative) {
			return false
		}
		if r.isVerb(i, lo) || t.suffix == edSuffix && !r.at(i-1).is(det|prep|poss) && !r.at(i+1).is(prep) {
			return true
		}
	}
	return false
}

// trimSource drops what cannot begin a source, and refuses what cannot be one.
func (r *reader) trimSource(s, e int) (run, bool) {
	for s < e {
		t := &r.tokens[s]
		if !t.word() || t.is(conj|contrast) && !t.is(det) || t.is(adverb) && !t.is(det|number) && e-s > 1 || t.possessive ||
			t.suffix == lySuffix || t.is(subord) && !t.is(prep) && !t.is(det) {
			s++
			continue
		}
		if t.is(prep) {
			if n := r.introEnd(s, e); n > s {
				s = n
				continue
			}
			return run{}, false
		}
		if t.is(day) && s+1 < e && (t.capital || t.is(adverb)) && !r.at(s+1).possessive && r.at(s+1).word() &&
			!r.at(s+1).is(prep) {
			s++
			continue
		}
		break
	}
	for e > s && (!r.tokens[e-1].word() && r.tokens[e-1].kind != closing && r.tokens[e-1].kind != mark2) {
		e--
	}
	for i := s; i < e; i++ {
		if q := r.tokens[i].quote; q >= 0 && (!r.shortQuote(int(q)) || i == s && r.first[q] < s) {
			return run{}, false
		}
	}
	if s >= e || e-s > maxSource || e-s == 1 && r.tokens[s].is(det|objectPronoun|adverb|number) &&
		!r.tokens[s].is(subjectPronoun|pluralPronoun) && !r.standsAlone(s) {
		return run{}, false
	}
	return run{s, e}, true
}

// standsAlone reports whether a determiner may be a subject by itself: "many say".
func (r *reader) standsAlone(i int) bool {
	t := &r.tokens[i]
	return t.is(det) && !t.is(poss) && (t.end-t.start > 3 || t.is(number))
}

// introEnd finds the end of a prepositional phrase that opens a clause without a
// comma: the subject begins at a name, determiner or pronoun behind it.
func (r *reader) introEnd(s, e int) int {
	if r.at(s + 1).is(day) {
		i := s + 2
		for i < e && r.tokens[i].is(day|number) {
			i++
		}
		return i
	}
	for i := e - 1; i > s+1; i-- {
		t, before := &r.tokens[i], r.at(i-1)
		if before.is(prep|det|coord|title) || before.capital || before.possessive || t.possessive {
			continue
		}
		if t.capital || t.is(det|subjectPronoun) {
			return i
		}
	}
	return s
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
		inner := &r.tokens[k]
		left, ok := r.simple(lo, k-1)
		if !ok {
			return run{}, false
		}
		if r.aside(k) {
			end = k - 1
		}
		before := r.at(left.lo - 1)
		if before.kind != kind || left.lo-1 < lo || r.namelike(left.lo) && !inner.is(relative) && !r.listed(left.lo) {
			return run{left.lo, end}, true
		}
		if r.tokens[left.lo].capital {
			return run{left.lo, end}, true
		}
		j = left.lo - 1
	}
	if s, ok := r.trimSource(lo, end); ok && !r.statesIn(s) && r.tokens[s.lo].capital {
		return s, true // "X, 22, of Y, said"
	}
	return run{}, false
}

// statesIn reports whether a finite verb stands in a run, outside of relative
// clauses.
func (r *reader) statesIn(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].is(relative) {
			return false
		}
		if r.isVerb(i, s.lo) {
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
		if t.kind == semicolon || t.kind == colon || t.kind == stop || t.kind == mark2 {
			return lo
		}
	}
	return lo
}

// aside reports whether a part between commas says how or when something was
// said, and not who said it.
func (r *reader) aside(i int) bool {
	t := &r.tokens[i]
	return t.is(adverb|conj|contrast|day|formIng) && !t.is(det) || t.suffix == ingSuffix || t.suffix == lySuffix ||
		t.is(prep) && !r.at(i+1).digit || t.is(subord) && !t.is(relative) && !t.is(det)
}
