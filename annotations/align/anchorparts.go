package align

import "slices"

// parts joins what was split or merged: neighbours on one side that together are
// one sentence on the other.
func (r *anchoring) parts() {
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
	r.ask[i] = doubtful(top, second)
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
	for k := i; k < i+n; k++ {
		r.group[k] = []int{best}
		r.ask[k] = doubtful(top, second)
	}
	r.claimed[best] = true
}

// doubtful reports parts that are not in place, not whole, or not alone.
func doubtful(top, second float64) bool {
	return top < partsSure+hereBonus || second > 0 && second >= top-rivalMargin
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
	if l := likeness(all, whole); l >= wholeParts && l >= best+partsLead {
		return l
	}
	return 0
}
