package attribution

// otherFigure finds the cue by which the first of own gives another figure for what the voice before counted:
// "Police put it at 6,000", "estimated the number at half of that". A later one may estimate what its own
// unit said.
func (r *reader) otherFigure(u int, own []int) (run, bool) {
	f := &r.found[own[0]]
	if r.lex.verbSecond || f.cue.empty() || f.asWho || f.frame != FramePreposed || r.holds(f.cue, negative) || !r.hasAnyOf(f.cue, figuring) {
		return run{}, false
	}
	i, hi := f.cue.hi, min(r.end(u), f.cue.hi+5)
	if r.tokens[i-1].is(objectPronoun) {
		i-- // "put it" may be one cue
	}
	t := r.at(i)
	if i >= hi || t.quote >= 0 || !(t.is(objectPronoun) && !t.is(det) || t.is(definite) && r.hasAnyOf(run{i + 1, hi}, figures)) {
		return run{}, false
	}
	for k := i + 1; k < hi; k++ {
		if n := r.at(k + 1); r.tokens[k].is(prep) && r.hasAnyOf(run{k, k + 1}, figureAt) && (n.digit || n.is(number|adverb) || n.quote >= 0) && r.countsBefore(u) {
			return run{f.cue.lo, i + 1}, true
		}
	}
	return run{}, false
}

// countsBefore reports whether the unit before u, or the one before that, holds a figure.
func (r *reader) countsBefore(u int) bool {
	for v := u - 1; v >= max(0, u-2); v-- {
		for i := r.claim[v]; i < r.end(v); i++ {
			if t := &r.tokens[i]; t.digit || t.is(number) && !t.is(article) {
				return true
			}
		}
	}
	return false
}

// accusesBack finds the verb by which who has just said P accuses another: "said its guns were silent and
// accused the rebels of firing". Who does so answers the voice before.
func (r *reader) accusesBack(own []int) (run, bool) {
	if r.lex.verbSecond {
		return run{}, false
	}
	for k := 1; k < len(own); k++ {
		a, b := &r.found[own[k-1]], &r.found[own[k]]
		if a.frame == FramePreposed && b.frame == FramePreposed && !a.asWho && !b.asWho && a.source == b.source && len(a.content) > 0 && r.at(b.cue.lo-1).is(coord) && !r.holds(b.cue, negative) && r.hasAnyOf(b.cue, blaming) {
			return b.cue, true
		}
	}
	return run{}, false
}
