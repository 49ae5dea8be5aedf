package attribution

// sourceAfter reads the noun phrase that begins at token i. long lets it run
// over every kind of preposition, as behind "according to".
func (r *reader) sourceAfter(i, hi int, long bool) (run, bool) {
	s, last := i, i
	for i < hi && i-s < maxSource {
		t := &r.tokens[i]
		if t.kind == opening {
			if c := r.closingOf(i, hi); c > i {
				i = c + 1
				last = i
				continue
			}
			break
		}
		if t.kind == comma {
			n := r.apposition(i, hi)
			if n == i {
				break
			}
			return run{s, n}, n > s
		}
		if t.kind == mark2 && t.quote >= 0 && i > s && r.shortQuote(int(t.quote)) {
			i = r.last[t.quote] + 1
			last = min(i, hi)
			continue
		}
		if !t.word() || t.quote >= 0 || i > s && (t.is(subord|conj) && !t.is(coord|prep|relative) ||
			t.is(subjectPronoun) && !t.is(relative|det)) {
			break
		}
		if i > s && r.lex.capitalNouns && !t.capital && r.tokens[i-1].capital && !t.is(det|coord) && !t.is(partOf) {
			break
		}
		if i > s && !long && r.leavesName(s, i) {
			break
		}
		if t.is(aux) && !t.possessive && !r.hasRelative(s, i) {
			break
		}
		if t.is(day) && t.capital && i > s && !long {
			break
		}
		if t.is(coord) && (r.at(i+1).is(reporting|aux) || r.at(i+1).suffix == edSuffix && !long) {
			break
		}
		i++
		last = i
	}
	last = min(last, hi)
	for last > s && r.tokens[last-1].is(prep|coord|adverb) && !r.tokens[last-1].capital {
		last--
	}
	if last <= s || r.tokens[s].is(prep|aux|subord) && !r.tokens[s].is(det) && !r.tokens[s].capital {
		return run{}, false
	}
	return run{s, last}, true
}

func (r *reader) hasRelative(s, i int) bool {
	for k := s; k < i; k++ {
		if r.tokens[k].is(relative) {
			return true
		}
	}
	return false
}

// leavesName reports whether the preposition at i begins an adjunct ("said Smith
// in an interview") and not a part of the name ("the minister for trade").
func (r *reader) leavesName(s, i int) bool {
	t := &r.tokens[i]
	if t.suffix == lySuffix || t.is(adverb) && !t.is(det) || t.suffix == ingSuffix && !r.tokens[i-1].is(det|prep|poss) {
		return true
	}
	if !t.is(prep) || t.is(partOf) {
		return false
	}
	next := r.at(i + 1)
	if next.is(day|poss|number|speechNoun) || r.at(i+2).is(speechNoun|day) {
		return true
	}
	return r.tokens[i-1].capital || r.tokens[s].is(subjectPronoun)
}

func (r *reader) closingOf(i, hi int) int {
	for k := i; k < min(hi, i+20); k++ {
		if r.tokens[k].kind == closing {
			return k
		}
	}
	return i
}

// apposition is the end of what stands behind the comma at i and explains the
// name before it, i when nothing does.
func (r *reader) apposition(i, hi int) int {
	t := r.at(i + 1)
	if i+1 >= hi || !t.word() || t.quote >= 0 {
		return i
	}
	if !r.apposes(i + 1) {
		return i
	}
	rel := t.is(relative)
	for k := i + 1; k < hi; k++ {
		u := &r.tokens[k]
		rel = rel || u.is(relative)
		if !rel && (r.isVerb(k, i) || u.is(indirect)) {
			return i
		}
		if t.is(relative) && u.is(saying) && !u.is(formBase|formThird&nounFirst) {
			return i
		}
		if u.kind == comma && (t.digit || !r.apposedOn(k, hi)) || u.kind == dash || u.kind == semicolon ||
			u.kind == colon || u.quote >= 0 || u.kind == stop {
			return k
		}
	}
	return hi
}

// apposes reports whether an apposition can begin at token i.
func (r *reader) apposes(i int) bool {
	t, next := r.at(i), r.at(i+1)
	switch {
	case t.is(det):
		return !t.is(poss|subjectPronoun|anaphor) || t.is(poss) && !t.capital
	case t.is(relative):
		return !t.is(mark)
	case t.digit, t.is(person | organisation):
		return true
	case t.capital:
		return next.possessive || r.at(i+2).possessive || !r.at(i-2).capital && (next.is(person) ||
			r.at(i+2).is(person)) || next.is(partOf)
	}
	return t.suffix == noSuffix && !t.is(conj|prep|adverb|subord|aux|subjectPronoun|reporting|verbMind|negative|day|finiteVerb)
}

// apposedOn reports whether an apposition goes on behind the comma at k.
func (r *reader) apposedOn(k, hi int) bool {
	t := r.at(k + 1)
	return k+1 < hi && (t.is(relative) && !t.is(mark) || t.capital && !t.is(title) && r.at(k+2).kind == comma)
}

// subject reads the noun phrase at the beginning of the clause that starts at lo.
func (r *reader) subject(lo, hi int) (run, bool) {
	s := lo
	for s < hi {
		t := &r.tokens[s]
		if t.is(prep|subord) && !t.is(det|relative) || t.suffix == ingSuffix || t.is(formIng) || t.suffix == edSuffix ||
			s == lo && r.lex.ending(r.word(s)) == ingSuffix {
			k := s
			for k < hi && r.tokens[k].kind != comma && r.tokens[k].quote < 0 {
				k++
			}
			if k >= hi || r.tokens[k].kind != comma {
				return run{}, false
			}
			s = k + 1
			continue
		}
		if !t.word() || t.is(conj|contrast|adverb) && !t.is(det) || t.suffix == lySuffix {
			s++
			continue
		}
		break
	}
	if s >= hi || r.tokens[s].quote >= 0 {
		return run{}, false
	}
	if r.tokens[s].is(subjectPronoun) {
		return run{s, s + 1}, true
	}
	e := s
	for e < hi && e-s < maxSource {
		t := &r.tokens[e]
		if t.kind == comma || t.kind == dash {
			if n := r.apposition(e, hi); n > e && n < hi {
				e = n
			}
			break
		}
		if !t.word() && t.kind != opening && t.kind != closing || t.quote >= 0 || e > s && (r.isVerb(e, s) ||
			t.suffix == edSuffix && !r.at(e-1).is(det)) {
			break
		}
		if e > s && t.is(subjectPronoun) && !t.is(det|relative) && r.at(e-1).word() && !r.at(e-1).is(prep|coord) {
			return run{e, e + 1}, true
		}
		if t.is(negative) || t.is(subord) && !t.is(prep|det) || t.is(adverb) && !t.is(det) && e > s ||
			t.suffix == lySuffix && e > s {
			break
		}
		e++
	}
	return r.trimSource(s, e)
}
