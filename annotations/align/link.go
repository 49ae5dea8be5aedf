package align

import (
	"cmp"
	"math"
	"slices"
)

// The one setting. Chosen on the pairs that are worked on, as the weights of fit.go
// are; the figures on the pairs kept apart are in doc.go.
const (
	stopShare   = 0.30 // weight of a word of grammar against a word of content
	kinShare    = 0.55 // weight of a word that is only akin
	forward     = 0.70 // share of "the original has what the rewrite says" in a score
	pairBonus   = 0.15 // for neighbouring words kept together
	rivalLead   = 0.02 // by how much a rival must score better
	surePair    = 0.55 // score from which mutual best pairs are taken for known
	headingCost = 2.00 // against a source of a heading, which has words of its article by nature
	tailGain    = 0.07 // what it must add when it goes on from the first
	moreGain    = 0.17 // what a further source must add to the share covered
	moreBack    = 0.30 // and how much of that source must be found in the rewrite
	soleGain    = 0.10 // the same two where it would do as the only source
	soleBack    = 0.25
)

// commonShare is the part of its weight that a word has by how common it is in any
// text: not, very, rather (see commonness).
var commonShare = [3]float64{1, 0.7, 0.8}

// matrix holds the scores of the pairs of b (rows) and a (columns) that are worth trying,
// and of each row and column the two best. All scores of two long texts would fill the
// memory of a machine, and hardly any pair has something to do with another.
type matrix struct {
	na, nb        int
	near          [][]scored // by sentence of b, in the order of a
	rows, columns []topTwo
}

// scored is a pair, in the row of its sentence of b.
type scored struct {
	at    int     // sentence of a
	fwd   float64 // share of b covered by a
	back  float64 // share of a covered by b
	score float64
}

const (
	maxSources = 4 // sentences that one can be merged from
	mergeReach = 6 // sentences between the first source and a further one
)

func scores(a, b *side, w []float64) *matrix {
	m := &matrix{na: len(a.units), nb: len(b.units)}
	m.near, m.rows, m.columns = make([][]scored, m.nb), make([]topTwo, m.nb), make([]topTwo, m.na)
	var near []scored
	for j := range b.units {
		near = near[:0]
		for i := range a.units {
			c := liken(&b.units[j], &a.units[i], w)
			m.rows[j].add(i, c.score)
			m.columns[i].add(j, c.score)
			if c.score >= worthTrying {
				c.at = i
				near = append(near, c)
			}
		}
		m.near[j] = slices.Clone(best(near))
	}
	return m
}

// best are the best of the pairs of one sentence, in their order.
func best(near []scored) []scored {
	if len(near) <= mostTried {
		return near
	}
	slices.SortStableFunc(near, func(x, y scored) int { return cmp.Compare(y.score, x.score) })
	near = near[:mostTried]
	slices.SortFunc(near, func(x, y scored) int { return cmp.Compare(x.at, y.at) })
	return near
}

// liken compares sentence u of b with v of a.
func liken(u, v *unit, w []float64) (c scored) {
	switch c.fwd = covered(u, v, w); {
	case c.fwd == 0:
	case u.same == v.same:
		c.fwd, c.back, c.score = 1, 1, 1+pairBonus
	default:
		c.back = covered(v, u, w)
		c.score = forward*c.fwd + (1-forward)*c.back + pairBonus*sharedPairs(u, v)
	}
	return c
}

// sure finds pairs that are each other's best: for each sentence of b its source,
// or -1. Only those that keep the order of most others are returned.
func (m *matrix) sure() []int {
	type heir struct {
		at    int
		score float64
	}
	ofA := make([]heir, m.na)
	for i := range ofA {
		ofA[i].at = -1
	}
	out, top := make([]int, m.nb), 0.0
	for j := range out {
		out[j], top = -1, 0
		for _, c := range m.near[j] {
			if c.score < surePair {
				continue
			}
			if c.score > top {
				out[j], top = c.at, c.score
			}
			if c.score > ofA[c.at].score {
				ofA[c.at] = heir{j, c.score}
			}
		}
	}
	for j, i := range out {
		if i >= 0 && ofA[i].at != j {
			out[j] = -1
		}
	}
	return out
}

// place says how well source i suits sentence j, by where the sentences around j
// come from: 1 between them, falling with the distance.
func place(sure []int, j, i int) float64 {
	best := 0.0
	for step := 1; step <= 4; step++ {
		for _, k := range [2]int{j - step, j + step} {
			if k < 0 || k >= len(sure) || sure[k] < 0 {
				continue
			}
			want := sure[k] + (j - k)
			d := math.Abs(float64(i - want))
			if v := 1/(1+0.5*max(0, d-1)) - 0.12*float64(step-1); v > best {
				best = v
			}
		}
	}
	return best
}

// link finds the sources of each sentence of b, the closest first.
func link(a, b *side, w []float64, stop []bool) [][]int {
	return newFits(a, b, w, stop).sources()
}

// sources chooses, in rounds.
func (f *fits) sources() [][]int {
	for range rounds {
		if !f.round() {
			break
		}
	}
	out := make([][]int, f.m.nb)
	for j, i := range f.anchors {
		if i >= 0 {
			out[j] = f.more(j)
		}
	}
	return out
}

// round chooses by what is known, and takes the outcome for known. It reports
// whether that is anything new.
func (f *fits) round() bool {
	best := make([]int, f.m.nb)
	for j := range best {
		best[j] = f.best(j)
	}
	if slices.Equal(best, f.anchors) {
		return false
	}
	f.know(best)
	return true
}

// best is the one source that suits sentence j best, or -1.
func (f *fits) best(j int) int {
	best, top := -1, 0.0
	for k := range f.candidates[j] {
		if s := f.likely(j, &f.candidates[j][k]); s > top {
			best, top = f.candidates[j][k].at, s
		}
	}
	return best
}

// more adds the further sources of a merged sentence.
func (f *fits) more(j int) []int {
	first := f.anchors[j]
	from := []int{first}
	for len(from) < maxSources {
		next, top := -1, 0.0
		for i := max(0, first-mergeReach); i <= min(f.m.na-1, first+mergeReach); i++ {
			if slices.Contains(from, i) || covered(&f.b.units[j], &f.a.units[i], f.w) == 0 {
				continue
			}
			if g := f.added(j, from, i); g > top && f.further(j, from, i, g) {
				next, top = i, g
			}
		}
		if next < 0 {
			break
		}
		from = append(from, next)
	}
	return from
}

// further reports that source i, which adds a share of gain to those in from, is
// one more that sentence j is merged from.
func (f *fits) further(j int, from []int, i int, gain float64) bool {
	switch rest := f.rest(j, i); {
	case gain >= moreGain && rest >= moreBack:
		return true
	case gain >= soleGain && rest >= soleBack && f.sole(j, i):
		return true
	}
	return gain >= tailGain && f.tail(from, i)
}

// sole reports that i would do as the only source of sentence j.
func (f *fits) sole(j, i int) bool {
	k := slices.IndexFunc(f.candidates[j], func(c candidate) bool { return c.at == i })
	return k >= 0 && f.likely(j, &f.candidates[j][k]) > 0
}

// tail reports a sentence that goes on from the source before it ("That could
// happen by …") and that no other sentence of b rests on.
func (f *fits) tail(from []int, i int) bool {
	if !slices.Contains(from, i-1) || len(f.heirs[i]) > 0 || len(f.a.units[i].tokens) == 0 {
		return false
	}
	return anaphors()[f.a.units[i].tokens[0].low]
}

var anaphors = lazily(list, "that this these those such it they he she")

// rest is the share of source i that sentence j has, of what the other sentences
// resting on i leave over.
func (f *fits) rest(j, i int) float64 {
	v := &f.a.units[i]
	left, got := 0.0, 0.0
	for n, id := range v.stems {
		taken := false
		for _, k := range f.heirs[i] {
			if k != j && credit(&f.b.units[k], id, v.kins[n]) > 0 {
				taken = true
				break
			}
		}
		if taken {
			continue
		}
		left += f.w[id]
		got += f.w[id] * credit(&f.b.units[j], id, v.kins[n])
	}
	if left == 0 {
		return 0
	}
	return got / left
}

// added is the share of sentence j's weight that source i covers and the sources
// in from do not. Words of grammar add nothing.
func (f *fits) added(j int, from []int, i int) float64 {
	u := &f.b.units[j]
	got := 0.0
	for k, id := range u.stems {
		if f.stop[id] {
			continue
		}
		c := credit(&f.a.units[i], id, u.kins[k])
		for _, s := range from {
			if c > 0 {
				c -= credit(&f.a.units[s], id, u.kins[k])
			}
		}
		got += f.w[id] * max(0, c)
	}
	if u.mass == 0 {
		return 0
	}
	return got / u.mass
}

// credit is 1 for a stem that v has, kinShare for one that is akin to one of its.
func credit(v *unit, id int32, kins []int32) float64 {
	if _, ok := slices.BinarySearch(v.stems, id); ok {
		return 1
	}
	for _, k := range kins {
		if _, ok := slices.BinarySearch(v.kinSet, k); ok {
			return kinShare
		}
	}
	return 0
}
