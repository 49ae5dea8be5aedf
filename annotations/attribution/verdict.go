package attribution

// maxVerdict is how many tokens may stand between a quotation and the one whose words it is called.
const maxVerdict = 9

// verdict reads a quotation that is called somebody's words: "“P” was how X put it", "“P” was the verdict of X".
func (r *reader) verdict(u, begin int) {
	lo, hi := r.from[u], r.end(u)
	if len(r.found) > begin || r.lex.verbSecond {
		return
	}
	for i := lo + 1; i+3 < hi; i++ {
		t := &r.tokens[i]
		if !t.is(be) || t.quote >= 0 || t.is(negative) || !r.quoteEndsAt(i-1) {
			continue
		}
		f, ok := r.howPut(i+1, hi)
		if !ok {
			f, ok = r.verdictOf(i+1, hi)
		}
		if ok {
			f.frame, f.unit, f.from, f.verb, f.quoted = FramePostposed, u, -1, verbSay, true
			f.content = r.leftContent(u, i)
			r.found = append(r.found, f)
		}
		return
	}
}

// quoteEndsAt reports whether a quotation that is no title ends at token i, or before the comma there.
func (r *reader) quoteEndsAt(i int) bool {
	if t := r.at(i); t.kind == comma && t.quote < 0 {
		i--
	}
	t := r.at(i)
	return t.kind == mark2 && t.quote >= 0 && r.last[t.quote] == i && !r.titled(int(t.quote))
}

// howPut reads "how X put it" at token i.
func (r *reader) howPut(i, hi int) (found, bool) {
	if !r.tokens[i].has(question) || !r.hasAnyOf(run{i, i + 1}, manner) {
		return found{}, false
	}
	for v := i + 2; v+1 < min(hi, i+maxVerdict); v++ {
		if t := &r.tokens[v]; t.quote >= 0 || !t.word() {
			return found{}, false
		}
		if !r.hasAnyOf(run{v, v + 1}, putting) || !r.tokens[v+1].is(objectPronoun) && !r.tokens[v+1].is(det) {
			continue
		}
		s, ok := r.simple(i+1, v)
		return found{source: s, cue: run{v, v + 1}}, ok && s.hi == v
	}
	return found{}, false
}

// verdictOf reads "the verdict of X" at token i.
func (r *reader) verdictOf(i, hi int) (found, bool) {
	if !r.tokens[i].is(definite | article) {
		return found{}, false
	}
	for k := i + 1; k+2 < min(hi, i+5); k++ {
		t, n := &r.tokens[k], &r.tokens[k+1]
		if !t.word() || t.quote >= 0 {
			return found{}, false
		}
		if !r.hasAnyOf(run{k, k + 1}, wordsCalled) || !n.is(prep) || n.is(infinitive) {
			continue
		}
		s, ok := r.sourceAfter(k+2, hi, false)
		return found{source: s, cue: run{k, k + 1}}, ok && s.lo == k+2
	}
	return found{}, false
}
