package agreement

import (
	"cmp"
	"math"
	"slices"
)

// Weighting says how near two different labels are to each other in a weighted
// coefficient. ByValue spaces numeric labels by their values and labels in words
// by their place; ByIndex always spaces them by their place in the list.
type Weighting uint8

// The weightings. Disagreement between labels at scaled places x and y in [0, 1]:
const (
	Identity         Weighting = iota // 1 for any two different labels
	LinearByValue                     // |x - y|        (Cicchetti & Allison 1971)
	QuadraticByValue                  // (x - y)²       (Fleiss & Cohen 1973)
	LinearByIndex                     // |x - y|, by place in the list
	QuadraticByIndex                  // (x - y)², by place in the list
	OrdinalByIndex                    // m(m+1) / q(q-1) for m places apart (Gwet 2014)
)

// String names the weighting as metrics do.
func (w Weighting) String() string {
	names := [...]string{"identity", "linear", "quadratic", "linear_index", "quadratic_index", "ordinal"}
	if int(w) < len(names) {
		return names[w]
	}
	return "unknown weighting"
}

// difference measures how far labels lie apart, 0 for a label and itself. All
// kinds are scaled so that sums neither overflow nor vanish; a coefficient does
// not change with the scale.
type difference struct {
	kind diffKind
	x    []float64  // scaled: place of each label in [0, 1]; ratio: its value
	a, b float64    // scaled: a|Δ| + bΔ²
	sets *setFamily // set kinds: the members of each label
}

type diffKind uint8

const (
	diffNominal diffKind = iota
	diffScaled
	diffRatio
	diffJaccard
	diffMASI
)

// directLimit is the number of different labels up to which pairs are summed one
// by one; beyond it closed forms take over where there are any.
const directLimit = 64

// What bounds the pairs of labels summed where there is no closed form: a few
// seconds.
const (
	maxPairwise     = 1e9
	maxPairwiseSets = 2e8 // the same for sets, whose comparison takes longer
)

func (d *difference) between(c, k int32) float64 {
	if c == k {
		return 0
	}
	switch d.kind {
	case diffScaled:
		delta := math.Abs(d.x[c] - d.x[k])
		return d.a*delta + d.b*delta*delta
	case diffRatio:
		return ratioDifference(d.x[c], d.x[k])
	case diffJaccard, diffMASI:
		return 1 - d.sets.likeness(c, k).by(d.kind)
	}
	return 1
}

// ratioDifference is ((c-k)/(c+k))² for values of 0 or more.
func ratioDifference(c, k float64) float64 {
	sum := c + k
	if math.IsInf(sum, 0) {
		c, k = c/2, k/2
		sum = c + k
	}
	if sum == 0 {
		return 0
	}
	q := (c - k) / sum
	return q * q
}

// self is the sum over all ordered pairs of labels of n[c]·n[k]·difference.
// labels are ascending and hold every label with n > 0.
func (d *difference) self(labels []int32, n []float64) float64 {
	direct := len(labels) <= directLimit || d.kind == diffRatio
	if d.sets != nil && d.sets.listed { // few pairs of sets share a member
		direct = len(labels)*len(labels) <= 2*len(d.sets.alike)
	}
	if direct {
		sum := 0.0
		for i, c := range labels {
			for j := i + 1; j < len(labels); j++ {
				sum += n[i] * n[j] * d.between(c, labels[j])
			}
		}
		return 2 * sum
	}
	total, squares := 0.0, 0.0
	for _, v := range n {
		total += v
		squares += v * v
	}
	switch d.kind {
	case diffScaled:
		return d.cross(labels, n, labels, n)
	case diffJaccard, diffMASI:
		return math.Max(0, total*total-squares-2*d.sets.alikeSum(d.kind, labels, n))
	}
	return total*total - squares
}

// cross is the sum over pairs of p[c]·r[k]·difference, one label from each side.
func (d *difference) cross(pl []int32, p []float64, rl []int32, r []float64) float64 {
	closed := d.kind == diffNominal || d.kind == diffScaled
	if !closed || len(pl)*len(rl) <= directLimit*directLimit {
		sum := 0.0
		for i, c := range pl {
			for j, k := range rl {
				sum += p[i] * r[j] * d.between(c, k)
			}
		}
		return sum
	}
	if d.kind == diffNominal {
		return crossNominal(pl, p, rl, r)
	}
	return d.a*d.crossLinear(pl, p, rl, r) + d.b*d.crossSquare(pl, p, rl, r)
}

func crossNominal(pl []int32, p []float64, rl []int32, r []float64) float64 {
	sp, sr, same, j := 0.0, 0.0, 0.0, 0
	for _, v := range r {
		sr += v
	}
	for i, c := range pl {
		sp += p[i]
		for j < len(rl) && rl[j] < c {
			j++
		}
		if j < len(rl) && rl[j] == c {
			same += p[i] * r[j]
		}
	}
	return sp*sr - same
}

// crossSquare uses Σpr(x-y)² = Σpx²·Σr + Σp·Σrx² - 2Σpx·Σrx around the middle.
func (d *difference) crossSquare(pl []int32, p []float64, rl []int32, r []float64) float64 {
	moments := func(labels []int32, n []float64) (s0, s1, s2 float64) {
		for i, l := range labels {
			x := d.x[l] - 0.5
			s0 += n[i]
			s1 += n[i] * x
			s2 += n[i] * x * x
		}
		return s0, s1, s2
	}
	p0, p1, p2 := moments(pl, p)
	r0, r1, r2 := moments(rl, r)
	return math.Max(0, p2*r0+p0*r2-2*p1*r1)
}

// crossLinear sweeps up the scale: Σpr|x-y| is the integral over cuts of the
// weight of pairs that the cut parts.
func (d *difference) crossLinear(pl []int32, p []float64, rl []int32, r []float64) float64 {
	type step struct{ x, p, r float64 }
	steps := make([]step, 0, len(pl)+len(rl))
	pTotal, rTotal := 0.0, 0.0
	j := 0
	for i, l := range pl {
		for ; j < len(rl) && rl[j] <= l; j++ {
			steps = append(steps, step{x: d.x[rl[j]], r: r[j]})
			rTotal += r[j]
		}
		steps = append(steps, step{x: d.x[l], p: p[i]})
		pTotal += p[i]
	}
	for ; j < len(rl); j++ {
		steps = append(steps, step{x: d.x[rl[j]], r: r[j]})
		rTotal += r[j]
	}
	// Labels mostly stand in the order of the scale, and then so do these.
	byPlace := func(a, b step) int { return cmp.Compare(a.x, b.x) }
	if !slices.IsSortedFunc(steps, byPlace) {
		slices.SortFunc(steps, byPlace)
	}
	sum, pBelow, rBelow := 0.0, 0.0, 0.0
	for i, s := range steps {
		if i > 0 {
			sum += (s.x - steps[i-1].x) * (pBelow*(rTotal-rBelow) + rBelow*(pTotal-pBelow))
		}
		pBelow += s.p
		rBelow += s.r
	}
	return math.Max(0, sum)
}

// weights makes the difference for a weighted coefficient over all labels of
// the list, used or not.
func (t *Table) weights(w Weighting) (*difference, Value) {
	if w == Identity {
		return &difference{kind: diffNominal}, Value{OK: true}
	}
	q := len(t.labels)
	switch {
	case w > OrdinalByIndex:
		return nil, undefined("there is no weighting number %d", w)
	case !t.opt.Ordered:
		return nil, notComparable("the labels have no order, and weights need one")
	case q < 2:
		return nil, undefined("the list holds %d label, weights need two", q)
	}
	x := make([]float64, q)
	for i := range x {
		x[i] = float64(i) / float64(q-1)
	}
	if byValue := w == LinearByValue || w == QuadraticByValue; byValue {
		switch words, numbers := t.labelKinds(); {
		case words > 0 && numbers > 0:
			return nil, notComparable("some labels are numbers and some are words")
		case words == 0:
			x = scaled(t.labels)
		}
	}
	d := &difference{kind: diffScaled, x: x}
	switch w {
	case LinearByValue, LinearByIndex:
		d.a = 1
	case QuadraticByValue, QuadraticByIndex:
		d.b = 1
	case OrdinalByIndex:
		// m(m+1)/q(q-1) with m = (q-1)Δ.
		d.a, d.b = 1/float64(q), float64(q-1)/float64(q)
	}
	return d, Value{OK: true}
}

func (t *Table) labelKinds() (words, numbers int) {
	for _, l := range t.labels {
		if l.Numeric {
			numbers++
		} else {
			words++
		}
	}
	return words, numbers
}

// scaled maps numeric labels onto [0, 1] by value, without overflow.
func scaled(labels []Label) []float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, l := range labels {
		lo, hi = math.Min(lo, l.Number), math.Max(hi, l.Number)
	}
	half := 1.0
	if math.IsInf(hi-lo, 0) {
		half = 0.5
	}
	span := hi*half - lo*half
	x := make([]float64, len(labels))
	for i, l := range labels {
		x[i] = (l.Number*half - lo*half) / span
	}
	return x
}
