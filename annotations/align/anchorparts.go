package align

import (
	"slices"
	"strings"
)

// parts joins what was split or merged: neighbours on one side that together are
// one sentence on the other.
func (r *anchoring) parts() {
	r.certainMergers()
	for n := maxParts; n >= 2; n-- {
		for i := range r.old {
			if r.freeOld(i) {
				r.split(i, n)
			}
		}
		for i := 0; i+n <= len(r.old); i++ {
			if r.allFree(r.freeOld, i, n) {
				r.merge(i, n)
			}
		}
	}
}

// certainMergers joins neighbours that stand word for word in one new sentence at
// the place where they were, even those that have twins elsewhere: which of the
// twins it is, the place says. Long ones without twins are joined at any place.
// Two rows of sentences that would do are left.
func (r *anchoring) certainMergers() {
	still := func(i int) bool { return r.toNew[i] < 0 && r.group[i] == nil }
	for n := maxParts; n >= 2; n-- {
		into := make(map[int][]int)
		for i := 0; i+n <= len(r.old); i++ {
			if !r.allFree(still, i, n) {
				continue
			}
			from, to := r.slot(i)
			if r.allFree(r.unmistakable, i, n) {
				from, to = 0, len(r.new)
			}
			for j := from; j < to; j++ {
				if r.freeNew(j) && wordForWord(&r.new[j], r.old[i:i+n]) {
					into[j] = append(into[j], i)
				}
			}
		}
		for j, rows := range into {
			if len(rows) == 1 && r.onlyRow(into, j, rows[0], n) {
				for k := rows[0]; k < rows[0]+n; k++ {
					r.group[k], r.ask[k], r.others[k] = []int{j}, false, nil
				}
				r.claimed[j] = true
			}
		}
	}
}

// unmistakable reports an old sentence of many words that has no twin.
func (r *anchoring) unmistakable(i int) bool {
	return len(r.old[i].words) >= fewWords && len(r.occursOld[r.old[i].same]) == 1
}

// onlyRow reports that none of the n sentences from i would also go into another
// new sentence than j.
func (r *anchoring) onlyRow(into map[int][]int, j, i, n int) bool {
	for other, rows := range into {
		for _, k := range rows {
			if other != j && k < i+n && i < k+n {
				return false
			}
		}
	}
	return true
}

// split joins old sentence i to n new ones in a row.
func (r *anchoring) split(i, n int) {
	best, top, second := -1, 0.0, 0.0
	for j := 0; j+n <= len(r.new); j++ {
		if !r.allFree(r.freeNew, j, n) {
			continue
		}
		if l := together(r.old[i].grams, r.new[j:j+n]); l > 0 {
			if r.here(i, j) {
				l += hereBonus
			}
			best, top, second = better(best, top, second, j, l)
		}
	}
	if best < 0 {
		return
	}
	r.group[i] = sequence(best, n)
	r.ask[i] = doubtful(top, second, r.here(i, best) && wordForWord(&r.old[i], r.new[best:best+n]), spelt(&r.old[i], r.new[best:best+n]))
	for _, k := range r.group[i] {
		r.claimed[k] = true
	}
}

// merge joins the n old sentences from i to one new one.
func (r *anchoring) merge(i, n int) {
	best, top, second := -1, 0.0, 0.0
	for j := range r.new {
		if !r.freeNew(j) {
			continue
		}
		if l := together(r.new[j].grams, r.old[i:i+n]); l > 0 {
			if r.here(i, j) {
				l += hereBonus
			}
			best, top, second = better(best, top, second, j, l)
		}
	}
	if best < 0 {
		return
	}
	for k := 0; k+n <= len(r.old); k++ {
		if k == i || !r.allFree(r.freeOld, k, n) {
			continue
		}
		l := together(r.new[best].grams, r.old[k:k+n])
		if l > 0 && r.here(k, best) {
			l += hereBonus
		}
		if l > top {
			return // those go into it; their turn comes
		}
		second = max(second, l)
	}
	whole := r.here(i, best) && wordForWord(&r.new[best], r.old[i:i+n])
	words := spelt(&r.new[best], r.old[i:i+n])
	for k := i; k < i+n; k++ {
		r.group[k] = []int{best}
		r.ask[k] = doubtful(top, second, whole, words)
	}
	r.claimed[best] = true
}

// wordForWord reports that the parts have all the words of the whole in their
// order, but for a few that join them.
func wordForWord(whole *text, parts []text) bool {
	extra := len(whole.words)
	for i := range parts {
		extra -= len(parts[i].words)
	}
	if extra > joiningWords*(len(parts)-1) || extra < 0 {
		return false
	}
	words := make([]string, 0, len(whole.words))
	for _, p := range parts {
		words = append(words, p.words...)
	}
	return common(whole.words, words) == len(words) && spelt(whole, parts)
}

// doubtful reports parts that are not in place, not whole, not in the same words,
// or not alone.
func doubtful(top, second float64, wordForWord, spelt bool) bool {
	return !wordForWord && (top < partsSure+hereBonus || !spelt) || second > 0 && second >= top-rivalMargin
}

// spelt reports that the parts have the words of the whole, some perhaps spelt
// otherwise. One of the two sides may have a few words of grammar more, which join
// the parts or begin one.
func spelt(whole *text, parts []text) bool {
	var gone []string
	come := slices.Clone(whole.words)
	for _, p := range parts {
		for _, w := range p.words {
			if k := slices.Index(come, w); k >= 0 {
				come = slices.Delete(come, k, k+1)
			} else {
				gone = append(gone, w)
			}
		}
	}
	gone = slices.DeleteFunc(gone, func(w string) bool {
		k := slices.IndexFunc(come, func(c string) bool { return respelt(w, c) })
		if k >= 0 {
			come = slices.Delete(come, k, k+1)
		}
		return k >= 0
	})
	extra := append(gone, come...)
	return (len(gone) == 0 || len(come) == 0) && len(extra) <= joiningWords*(len(parts)-1) &&
		!slices.ContainsFunc(extra, func(w string) bool { return !stopWords()[strings.ToLower(w)] })
}

func better(best int, top, second float64, j int, l float64) (int, float64, float64) {
	if l > top {
		return j, l, top
	}
	return best, top, max(second, l)
}

func (r *anchoring) here(i, j int) bool {
	from, to := r.slot(i)
	return from <= j && j < to
}

func (r *anchoring) allFree(free func(int) bool, at, n int) bool {
	for k := at; k < at+n; k++ {
		if !free(k) {
			return false
		}
	}
	return true
}

func sequence(at, n int) []int {
	s := make([]int, n)
	for k := range s {
		s[k] = at + k
	}
	return s
}

// together is how like the whole the parts are as a row, or 0 when they are not
// it or one of them is not needed.
func together(whole []uint32, parts []text) float64 {
	size := 0
	for i := range parts {
		size += len(parts[i].grams)
	}
	if mostAlike(size, len(whole)) < wholeParts {
		return 0 // whatever they say: most pairs are told apart by their lengths
	}
	var all []uint32
	best := 0.0
	for _, p := range parts {
		if contained(p.grams, whole) < wholeParts {
			return 0
		}
		best = max(best, likeness(p.grams, whole))
		all = append(all, p.grams...)
	}
	slices.Sort(all)
	l := likeness(all, whole)
	if l < wholeParts || l < best+partsLead || len(parts) > 2 && !allNeeded(whole, parts, l) {
		return 0
	}
	return l
}

// allNeeded reports that without any one of the parts the rest is less like the
// whole than l.
func allNeeded(whole []uint32, parts []text, l float64) bool {
	for k := range parts {
		var rest []uint32
		for i, p := range parts {
			if i != k {
				rest = append(rest, p.grams...)
			}
		}
		slices.Sort(rest)
		if likeness(rest, whole) >= l {
			return false
		}
	}
	return true
}
