package align

import "strings"

// doubtGone asks about a sentence that is gone while some new or edited sentence
// stands where it was: it may have been rewritten out of recognition, or taken in.
func (r *anchoring) doubtGone() {
	for i := range r.old {
		if len(r.group[i]) > 1 && r.strayPiece(i) {
			r.ask[i] = true
		}
		if !r.freeOld(i) {
			if r.lost(i) {
				r.swallowed(i)
			}
			continue
		}
		for j := range r.new {
			if r.toOld[j] < 0 && r.partOf(i, j) {
				r.ask[i] = true
				r.others[i] = append(r.others[i], j)
			}
		}
	}
}

// swallowed adds to what old sentence i, that is asked about, may be: those edited
// and merged sentences that have all its words.
func (r *anchoring) swallowed(i int) {
	for j := range r.new {
		if r.claimed[j] && r.toOld[j] < 0 && contained(r.old[i].grams, r.new[j].grams) >= wholeParts {
			r.others[i] = append(r.others[i], j)
		}
	}
}

// partOf reports that old sentence i, which went nowhere, may be in new sentence
// j, which is no old one word for word.
func (r *anchoring) partOf(i, j int) bool {
	in := contained(r.old[i].grams, r.new[j].grams)
	if in >= wholeParts || r.claimed[j] {
		return in >= wholeParts
	}
	l := r.old[i].like(&r.new[j])
	return l >= editedAway || r.here(i, j) && (in >= partly || l >= editedHere)
}

// pieceOf reports that new sentence j may be a piece of old sentence i, which
// stands nowhere as a whole.
func (r *anchoring) pieceOf(i, j int) bool {
	if r.toNew[i] >= 0 || contained(r.new[j].grams, r.old[i].grams) < pieceShare {
		return false
	}
	return r.lost(i) || r.ask[i]
}

// lost reports that old sentence i went nowhere, or nobody knows where.
func (r *anchoring) lost(i int) bool { return r.toNew[i] < 0 && r.group[i] == nil }

// strayPiece reports a new sentence without a past that might as well be one of
// the pieces that old sentence i was split into.
func (r *anchoring) strayPiece(i int) bool {
	for j := range r.new {
		if !r.claimed[j] && contained(r.new[j].grams, r.old[i].grams) >= pieceShare {
			return true
		}
	}
	return false
}

// spelling reports texts whose words go together one by one, where each pair is
// the same or nearly so letter by letter. A word put for another is not spelling.
func spelling(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := strings.Split(a[i], ""), strings.Split(b[i], "")
		if a[i] != b[i] && (strings.ContainsAny(a[i]+b[i], "0123456789") || float64(common(x, y)) < sameWord*float64(max(len(x), len(y)))) {
			return false
		}
	}
	return true
}

// slip reports that old sentence i, which has no twin, and new sentence j differ
// in the spelling of one long word: that is told wherever it stands.
func (r *anchoring) slip(i, j int) bool {
	a, b := r.old[i].words, r.new[j].words
	if !r.unmistakable(i) || len(r.occursNew[r.new[j].same]) != 1 || len(a) != len(b) {
		return false
	}
	n := 0
	for k := range a {
		if a[k] == b[k] {
			continue
		}
		n++
		x, y := []rune(a[k]), []rune(b[k])
		if min(len(x), len(y)) < longWord || common(strings.Split(a[k], ""), strings.Split(b[k], "")) < max(len(x), len(y))-1 {
			return false
		}
	}
	return n == 1
}
