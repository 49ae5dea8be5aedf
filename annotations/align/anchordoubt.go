package align

import (
	"slices"
	"strings"
	"unicode"
)

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
		r.rivalOfSplit(i)
	}
}

// rivalOfSplit asks about old sentence i, that went nowhere, when what another one
// was split into may be its pieces.
func (r *anchoring) rivalOfSplit(i int) {
	for k := range r.old {
		if len(r.group[k]) < 2 {
			continue
		}
		var all []uint32
		for _, j := range r.group[k] {
			all = append(all, r.new[j].grams...)
		}
		slices.Sort(all)
		if contained(r.old[i].grams, all) >= wholeParts {
			r.ask[i] = true
			r.others[i] = append(r.others[i], r.group[k]...)
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
	if len(r.old[i].words) < fewWords && within(r.old[i].words, r.new[j].words) {
		return true // letters alone do not show a short one that is misspelt as well
	}
	in := contained(r.old[i].grams, r.new[j].grams)
	if in >= wholeParts || r.claimed[j] {
		return in >= wholeParts
	}
	l := r.old[i].like(&r.new[j])
	return l >= editedAway || r.here(i, j) && (in >= partly || l >= editedHere)
}

// within reports words that stand in a row among others, some perhaps spelt otherwise.
func within(words, others []string) bool {
	for at := 0; at+len(words) <= len(others) && len(words) > 0; at++ {
		if spelling(words, others[at:at+len(words)]) {
			return true
		}
	}
	return false
}

// pieceOf reports that new sentence j may be a piece of old sentence i, which
// stands nowhere as a whole.
func (r *anchoring) pieceOf(i, j int) bool {
	if r.toNew[i] >= 0 || contained(r.new[j].grams, r.old[i].grams) < pieceShare {
		return false
	}
	return r.lost(i) || r.ask[i]
}

// misspelt reports that new sentence j is old sentence i in another spelling.
func (r *anchoring) misspelt(i, j int) bool {
	return r.old[i].same != r.new[j].same && spelling(r.old[i].words, r.new[j].words)
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
		if !respelt(a[i], b[i]) {
			return false
		}
	}
	return true
}

// respelt reports two spellings of one word. Two figures, and two number words, days
// or months, are not; a name keeps its first letter and differs in one.
func respelt(a, b string) bool {
	if a == b {
		return true
	}
	low, lower := strings.ToLower(a), strings.ToLower(b)
	if strings.ContainsAny(a+b, "0123456789") || low != lower && exact(low) && exact(lower) {
		return false
	}
	x, y := []rune(a), []rune(b)
	same, longest := common(strings.Split(a, ""), strings.Split(b, "")), max(len(x), len(y))
	if unicode.IsUpper(x[0]) && unicode.IsUpper(y[0]) {
		return x[0] == y[0] && same >= longest-1 || strings.EqualFold(a, b)
	}
	return float64(same) >= sameWord*float64(longest)
}

// exact reports words that are put for one another on purpose only.
func exact(low string) bool {
	_, isNumber := numberWords[low]
	_, isOrdinal := ordinalWords[low]
	return isNumber || isOrdinal || calendar()[low]
}

var calendar = lazily(list, `january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday`)

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
