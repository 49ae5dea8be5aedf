package agreement

import (
	"cmp"
	"slices"
)

// Percent is the mean, over units with two ratings or more, of the share of
// their pairs of ratings that agree. Range 0 to 1. It is no coefficient: chance
// is in it.
func (t *Table) Percent() Value {
	if v := t.anyPair(); !v.OK {
		return v
	}
	return Of(1 - t.observed(&difference{kind: diffNominal}))
}

// anyPair is OK when some unit has two ratings.
func (t *Table) anyPair() Value {
	if t.PairableUnits() == 0 {
		if len(t.activeRaters()) == 0 {
			return tooFew("there is no rating")
		}
		return tooFew("no unit has two ratings")
	}
	return Value{OK: true}
}

// observed is the mean disagreement of pairs inside pairable units, each unit
// weighing the same (Gwet 2014, ch. 4: 1 - pa). It is exactly 0 when none
// disagrees.
func (t *Table) observed(d *difference) float64 {
	sum, units := 0.0, 0.0
	for i, p := range t.patterns {
		if p.n < 2 {
			continue
		}
		units += t.mult[i]
		if len(p.labels) > 1 {
			sum += t.mult[i] * d.self(p.labels, p.counts) / (p.n * (p.n - 1))
		}
	}
	return sum / units
}

// UnitAgreement is Fleiss's P_i for every unit in order: the share of its pairs
// that agree. A unit with fewer than two ratings has none.
func (t *Table) UnitAgreement() []Value {
	d := &difference{kind: diffNominal}
	of := make([]Value, len(t.patterns))
	for i, p := range t.patterns {
		if p.n < 2 {
			of[i] = tooFew("the unit has %d of the 2 ratings it takes", int(p.n))
			continue
		}
		of[i] = Of(1 - d.self(p.labels, p.counts)/(p.n*(p.n-1)))
	}
	out := make([]Value, len(t.unit))
	for u, p := range t.unit {
		out[u] = of[p]
	}
	return out
}

// weighted is the common shape of the multi-rater coefficients: guard, weights,
// observed and expected disagreement.
func (t *Table) weighted(w Weighting, expected func(*difference) (float64, Value)) Value {
	if v := t.comparable(); !v.OK {
		return v
	}
	d, v := t.weights(w)
	if !v.OK {
		return v
	}
	de, v := expected(d)
	if !v.OK {
		return v
	}
	return chanceCorrected(t.observed(d), de)
}

// Fleiss is Fleiss's kappa (1971), chance being that all raters share one
// distribution of labels. Missing ratings are handled, and weights applied, as
// by Gwet (2014): the distribution is the mean over rated units, one rating
// sufficing. For two raters and complete data it equals Scott's pi.
func (t *Table) Fleiss(w Weighting) Value {
	return t.weighted(w, func(d *difference) (float64, Value) {
		labels, pi := sparse(t.proportions())
		return d.self(labels, pi), Value{OK: true}
	})
}

// GwetAC is Gwet's AC1 (Identity) or AC2 (any other weighting): chance is
// T_w/q(q-1) · Σ π(1-π), T_w the sum of all weights (Gwet 2008; 2014). q is the
// length of the label list, used or not.
func (t *Table) GwetAC(w Weighting) Value {
	return t.weighted(w, func(d *difference) (float64, Value) {
		pe, v := t.gwetExpected(d)
		return 1 - pe, v
	})
}

// GwetExpected is AC1's chance agreement.
func (t *Table) GwetExpected() Value {
	if v := t.comparable(); !v.OK {
		return v
	}
	pe, v := t.gwetExpected(&difference{kind: diffNominal})
	if !v.OK {
		return v
	}
	return Of(pe)
}

func (t *Table) gwetExpected(d *difference) (float64, Value) {
	q := float64(len(t.labels))
	if q < 2 {
		return 0, undefined("the list holds %d label, two are needed", len(t.labels))
	}
	spread := 0.0
	for _, pi := range t.proportions() {
		spread += pi * (1 - pi)
	}
	labels, ones := t.everyLabel(1)
	return (q*q - d.self(labels, ones)) / (q * (q - 1)) * spread, Value{OK: true}
}

// BrennanPrediger is the coefficient with even chance for every label of the
// list (Brennan & Prediger 1981), also known as Bennett's S and Randolph's
// free-marginal kappa.
func (t *Table) BrennanPrediger(w Weighting) Value {
	return t.weighted(w, func(d *difference) (float64, Value) {
		q := len(t.labels)
		if q < 2 {
			return 0, undefined("the list holds %d label, two are needed", q)
		}
		labels, even := t.everyLabel(1 / float64(q))
		return d.self(labels, even), Value{OK: true}
	})
}

func (t *Table) everyLabel(v float64) ([]int32, []float64) {
	labels, n := make([]int32, len(t.labels)), make([]float64, len(t.labels))
	for i := range labels {
		labels[i], n[i] = int32(i), v
	}
	return labels, n
}

// Conger is Conger's kappa (1980), Cohen's for many raters: chance is the mean
// over pairs of raters of what their own distributions give. Missing ratings
// count as by Gwet (2014): each rater's distribution is over the units that
// rater rated. For two raters and complete data it equals Cohen's kappa.
func (t *Table) Conger(w Weighting) Value {
	if v := t.persons(); !v.OK {
		return v
	}
	return t.weighted(w, func(d *difference) (float64, Value) {
		raters := t.activeRaters()
		r := float64(len(raters))
		// Over ordered pairs of different raters: the sum over all pairs less
		// each rater with herself.
		mean := make([]float64, len(t.labels))
		own := 0.0
		for _, used := range t.raterCounts(raters) {
			labels, share := used.shares()
			own += d.self(labels, share)
			for i, l := range labels {
				mean[l] += share[i] / r
			}
		}
		labels, share := sparse(mean)
		return (r*r*d.self(labels, share) - own) / (r * (r - 1)), Value{OK: true}
	})
}

// usage is how often some labels were given, by label; only those that were.
type usage []labelCount

type labelCount struct {
	label int32
	n     float64
}

// merge sorts by label and adds up equal ones.
func (u usage) merge() usage {
	slices.SortFunc(u, func(a, b labelCount) int { return cmp.Compare(a.label, b.label) })
	out := u[:0]
	for _, x := range u {
		if k := len(out) - 1; k >= 0 && out[k].label == x.label {
			out[k].n += x.n
		} else {
			out = append(out, x)
		}
	}
	return out
}

func (u usage) total() float64 {
	n := 0.0
	for _, x := range u {
		n += x.n
	}
	return n
}

func (u usage) counts() (labels []int32, n []float64) {
	for _, x := range u {
		labels = append(labels, x.label)
		n = append(n, x.n)
	}
	return labels, n
}

func (u usage) shares() (labels []int32, share []float64) {
	labels, share = u.counts()
	total := u.total()
	for i := range share {
		share[i] /= total
	}
	return labels, share
}

// raterCounts is what each listed rater gave.
func (t *Table) raterCounts(raters []int) []usage {
	out := make([]usage, len(raters))
	for i, p := range t.patterns {
		if t.mult[i] == 0 {
			continue
		}
		for k, r := range raters {
			if c := p.cells[r]; c != Missing {
				out[k] = append(out[k], labelCount{c, t.mult[i]})
			}
		}
	}
	for k := range out {
		out[k] = out[k].merge()
	}
	return out
}

// persons is OK when a column is one person throughout.
func (t *Table) persons() Value {
	if t.opt.Anonymous {
		return notComparable("the columns are not persons, and this coefficient compares persons")
	}
	return Value{OK: true}
}
