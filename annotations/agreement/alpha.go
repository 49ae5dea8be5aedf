package agreement

import (
	"cmp"
	"fmt"
	"slices"
)

// Level is the level of measurement of Krippendorff's alpha: what may be done
// with the labels besides telling them apart.
type Level uint8

// The levels, each with its difference function (Krippendorff 2004, ch. 11).
const (
	Nominal  Level = iota // different is different
	Ordinal               // squared distance in ranks
	Interval              // (c - k)²
	Ratio                 // ((c - k) / (c + k))², for values of 0 or more
)

// String names the level as metrics do.
func (l Level) String() string {
	names := [...]string{"nominal", "ordinal", "interval", "ratio"}
	if int(l) < len(names) {
		return names[l]
	}
	return "unknown level"
}

// Alpha is Krippendorff's alpha, 1 - Do/De over the coincidence matrix
// (Krippendorff 1980; 2011, "Computing Krippendorff's Alpha-Reliability").
// Values are paired only inside units with two ratings or more, each unit's
// pairs weighing 1/(m-1) for its m ratings, so missing ratings need no
// imputation. Range: at most 1; 0 is chance; below 0 is systematic
// disagreement.
func (t *Table) Alpha(level Level) Value {
	if v := t.comparable(); !v.OK {
		return v
	}
	labels, n := t.pairableMargins()
	d, v := t.levelDifference(level, labels, n)
	if !v.OK {
		return v
	}
	return t.alpha(d, labels, n)
}

func (t *Table) alpha(d *difference, labels []int32, n []float64) Value {
	if why := t.tooMuchWork(d, labels); why != "" {
		return undefined("%s", why)
	}
	total := 0.0
	for _, v := range n {
		total += v
	}
	observed := 0.0
	for i, p := range t.patterns {
		if p.n >= 2 && t.mult[i] > 0 && len(p.labels) > 1 {
			observed += t.mult[i] * d.self(p.labels, p.counts) / (p.n - 1)
		}
	}
	return chanceCorrected(observed/total, d.self(labels, n)/(total*(total-1)))
}

// tooMuchWork says why the sums for d would take minutes, or nothing. Only
// differences without a closed form can.
func (t *Table) tooMuchWork(d *difference, labels []int32) string {
	switch d.kind {
	case diffRatio:
		work := float64(len(labels)) * float64(len(labels))
		for i := range t.patterns {
			k := float64(len(t.patterns[i].labels))
			work += k * k
		}
		if work > maxPairwise {
			return fmt.Sprintf("%d different values are more than the ratio scale is computed for", len(labels))
		}
	case diffJaccard, diffMASI:
		if d.sets.visits > maxPairwiseSets {
			return "too many sets share a member"
		}
	}
	return ""
}

// pairableMargins counts each label in units with two ratings or more: the
// margins of the coincidence matrix. Only labels that occur are listed.
func (t *Table) pairableMargins() (labels []int32, n []float64) {
	dense := make([]float64, len(t.labels))
	for i, p := range t.patterns {
		if p.n < 2 {
			continue
		}
		for j, l := range p.labels {
			dense[l] += t.mult[i] * p.counts[j]
		}
	}
	return sparse(dense)
}

// sparse drops zero entries.
func sparse(dense []float64) (labels []int32, n []float64) {
	for l, v := range dense {
		if v > 0 {
			labels = append(labels, int32(l))
			n = append(n, v)
		}
	}
	return labels, n
}

// levelDifference makes the difference function of a level for the labels that
// occur.
func (t *Table) levelDifference(level Level, labels []int32, n []float64) (*difference, Value) {
	ok := Value{OK: true}
	if level == Nominal {
		return &difference{kind: diffNominal}, ok
	}
	if !t.opt.Ordered {
		return nil, notComparable("the labels have no order, and the %s scale needs one", level)
	}
	if level == Ordinal {
		return t.rankDifference(labels, n), ok
	}
	used := make([]Label, len(labels))
	for i, l := range labels {
		used[i] = t.labels[l]
		if !used[i].Numeric {
			return nil, notComparable("label %q is words, and the %s scale needs numbers", used[i].Text, level)
		}
		if level == Ratio && used[i].Number < 0 {
			return nil, notComparable("label %s is below zero, and the ratio scale starts at zero", used[i])
		}
	}
	d := &difference{x: make([]float64, len(t.labels))}
	switch level {
	case Interval:
		d.kind, d.b = diffScaled, 1
		for i, x := range scaled(used) {
			d.x[labels[i]] = x
		}
	case Ratio:
		d.kind = diffRatio
		for i, l := range labels {
			d.x[l] = used[i].Number
		}
	default:
		return nil, undefined("there is no level of measurement number %d", level)
	}
	return d, ok
}

// rankDifference is the ordinal difference: the squared number of ratings from
// the middle of one label's rank range to the middle of the other's. That is
// Krippendorff's (Σ n_g - (n_c+n_k)/2)², summed over g from c to k.
func (t *Table) rankDifference(labels []int32, n []float64) *difference {
	d := &difference{kind: diffScaled, b: 1, x: make([]float64, len(t.labels))}
	total, below := 0.0, 0.0
	for _, v := range n {
		total += v
	}
	for _, i := range t.scaleOrder(labels) {
		d.x[labels[i]] = (below + n[i]/2) / total
		below += n[i]
	}
	return d
}

// scaleOrder lists the positions in labels from the low end of the scale to the
// high: numbers by value, words by their place in the list.
func (t *Table) scaleOrder(labels []int32) []int {
	order := make([]int, len(labels))
	for i := range order {
		order[i] = i
	}
	if words, _ := t.labelKinds(); words == 0 {
		slices.SortFunc(order, func(i, j int) int {
			return cmp.Compare(t.labels[labels[i]].Number, t.labels[labels[j]].Number)
		})
	}
	return order
}
