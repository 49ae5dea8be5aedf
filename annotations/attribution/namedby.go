package attribution

// namedReach is how many tokens may stand between "described" and "by".
const namedReach = 14

// namedBy reads "P was described as Q by X", and "P was hailed by X as Q": what is named
// and what it is called are the content.
func (r *reader) namedBy(lo, hi int, c *cue) (found, bool) {
	f := found{frame: FramePassive}
	i := c.group.hi
	if r.lex.by == 0 || r.lex.verbSecond || c.traits&verbObject == 0 || c.traits&citing != 0 || i >= hi {
		return f, false
	}
	var name run
	k := i
	switch {
	case r.tokens[i].is(likeAs) || r.tokens[c.verb].has(calls) && r.tokens[i].is(article) || r.tokens[i].quote >= 0:
		for k = i; k < min(hi, i+namedReach) && r.tokens[k].id != r.lex.by; k++ {
			t := &r.tokens[k]
			if t.quote < 0 && (!t.word() || t.is(relative|subord) && !t.is(prep|likeAs) || r.isVerb(k, lo)) {
				return f, false
			}
			if q := t.quote; q >= 0 {
				k = r.last[q]
			}
		}
		name = run{i, min(k, hi)}
	case r.tokens[i].id == r.lex.by:
	default:
		return f, false
	}
	if k+1 >= hi || r.tokens[k].id != r.lex.by {
		return f, false
	}
	src, ok := r.sourceAfter(k+1, hi, false)
	for m := src.lo + 1; m < src.hi; m++ {
		if r.tokens[m].is(likeAs) {
			src.hi = m // "hailed by the ministers as a triumph"
		}
	}
	if !ok {
		return f, false
	}
	if name.empty() {
		if src.hi+1 >= hi || !r.tokens[src.hi].is(likeAs) {
			return f, false
		}
		if r.at(src.hi + 1).is(formIng) {
			return f, false // "quoted by X as saying P"
		}
		name = r.endOf(src.hi, hi, hi)
	} else if !r.tokens[src.lo].capital && !r.holds(src, person|organisation|outlet|anonymous|document|several) && !r.endsInS(src.hi-1) {
		return f, false // "described as smart by half"
	}
	at := c.group.lo
	if r.at(at-1).kind == comma {
		at--
	}
	subject, ok := r.sourceBefore(lo, at)
	if !ok {
		return f, false
	}
	f.source, f.content = src, []run{subject, name}
	return f, true
}
