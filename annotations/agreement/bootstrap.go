package agreement

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// Statistic is a figure of a table, e.g. func(t *Table) Value { return t.Alpha(Nominal) }.
type Statistic func(*Table) Value

// BootstrapOptions steer [Bootstrap]. The zero value is 1,000 replicates, 95%,
// seed 0.
type BootstrapOptions struct {
	Seed       uint64  // print it beside the interval
	Replicates int     // 0 for 1,000; at most 1,000,000
	Level      float64 // confidence, inside (0, 1); 0 for 0.95
}

// ConfidenceInterval is a figure with its bootstrap interval.
type ConfidenceInterval struct {
	Estimate   Value   `json:"estimate"`
	Low        Value   `json:"low"`
	High       Value   `json:"high"`
	Level      float64 `json:"level"`
	Clusters   int     `json:"clusters"`   // articles resampled
	Replicates int     `json:"replicates"` // drawn
	Undefined  int     `json:"undefined"`  // of those, without a figure; left out
	Seed       uint64  `json:"seed"`
	Why        string  `json:"why,omitempty"` // why an end is null
}

// String gives "0.743 [0.655, 0.812]", or the words for what is missing.
func (i ConfidenceInterval) String() string {
	if !i.Estimate.OK || !i.Low.OK || !i.High.OK {
		if i.Estimate.OK {
			return fmt.Sprintf("%s (no interval, %s)", i.Estimate, i.Low.Why)
		}
		return i.Estimate.String()
	}
	return fmt.Sprintf("%s [%s, %s]", i.Estimate, i.Low, i.High)
}

// maxUndefined is the share of replicates without a figure above which the rest
// would paint too good a picture.
const maxUndefined = 0.05

// Bootstrap gives percentile intervals for figures by resampling whole clusters
// (articles) with replacement, since sentences of one article are not
// independent (Davison & Hinkley 1997, §3.8). cluster[u] names the cluster of
// unit u; nil makes every unit its own. All figures are taken from the same
// replicates, in the order given.
//
// The draws are from PCG-64 (math/rand/v2) seeded with (Seed, 0), one after the
// other: replicate by replicate, one draw a cluster, each reduced to the number
// of clusters by Lemire's method with rejection; clusters are numbered in order
// of first appearance. Interval ends are order statistics with linear
// interpolation (type 7 of Hyndman & Fan 1996).
//
// With fewer than two clusters, when more than 5% of replicates have no figure,
// or when all have the same, there is an estimate and no interval. It refuses options out of range
// and a list of clusters of the wrong length.
func Bootstrap(t *Table, cluster []string, opt BootstrapOptions, stats ...Statistic) ([]ConfidenceInterval, error) {
	opt, err := opt.complete()
	if err != nil {
		return nil, err
	}
	if t.unit == nil && len(t.patterns) > 0 {
		return nil, fmt.Errorf("a bootstrap replicate cannot be resampled: pass the table itself")
	}
	if cluster != nil && len(cluster) != len(t.unit) {
		return nil, fmt.Errorf("%d cluster names for %d units: give one a unit", len(cluster), len(t.unit))
	}
	groups := t.group(cluster)
	out := make([]ConfidenceInterval, len(stats))
	for i, s := range stats {
		out[i] = ConfidenceInterval{Estimate: s(t), Level: opt.Level, Clusters: len(groups), Seed: opt.Seed}
		if len(groups) < 2 {
			out[i].Low = tooFew("%d cluster cannot be resampled", len(groups))
			out[i].High, out[i].Why = out[i].Low, out[i].Low.Why
		}
	}
	if len(groups) < 2 {
		return out, nil
	}
	draws := resample(t, groups, opt, stats)
	for i := range out {
		out[i].Replicates = opt.Replicates
		out[i].Undefined = opt.Replicates - len(draws[i])
		out[i].Low, out[i].High = ends(draws[i], opt)
		if !out[i].Estimate.OK {
			out[i].Low, out[i].High = out[i].Estimate, out[i].Estimate
		}
		out[i].Why = out[i].Low.Why
	}
	return out, nil
}

func (o BootstrapOptions) complete() (BootstrapOptions, error) {
	if o.Replicates == 0 {
		o.Replicates = 1000
	}
	if o.Level == 0 {
		o.Level = 0.95
	}
	if o.Replicates < 1 || o.Replicates > 1_000_000 {
		return o, fmt.Errorf("%d replicates: choose from 1 to 1,000,000", o.Replicates)
	}
	if !(o.Level > 0 && o.Level < 1) {
		return o, fmt.Errorf("confidence level %v: choose one between 0 and 1, such as 0.95", o.Level)
	}
	return o, nil
}

// tally is how many units of a cluster show a pattern.
type tally struct {
	pattern int32
	n       float64
}

// group sums each cluster to its tallies.
func (t *Table) group(cluster []string) [][]tally {
	var groups [][]tally
	number := make(map[string]int)
	for u, p := range t.unit {
		g := len(groups)
		if cluster != nil {
			n, ok := number[cluster[u]]
			if ok {
				g = n
			} else {
				number[cluster[u]] = g
			}
		}
		if g == len(groups) {
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], tally{p, 1})
	}
	for g, ts := range groups {
		slices.SortFunc(ts, func(a, b tally) int { return int(a.pattern) - int(b.pattern) })
		merged := ts[:0]
		for _, x := range ts {
			if k := len(merged) - 1; k >= 0 && merged[k].pattern == x.pattern {
				merged[k].n += x.n
			} else {
				merged = append(merged, x)
			}
		}
		groups[g] = merged
	}
	return groups
}

// resample returns the defined replicates of every figure.
func resample(t *Table, groups [][]tally, opt BootstrapOptions, stats []Statistic) [][]float64 {
	source := rand.NewPCG(opt.Seed, 0)
	draws := make([][]float64, len(stats))
	mult := make([]float64, len(t.patterns))
	for range opt.Replicates {
		clear(mult)
		for range groups {
			for _, x := range groups[below(source, uint64(len(groups)))] {
				mult[x.pattern] += x.n
			}
		}
		replicate := t.withMult(mult)
		for i, s := range stats {
			if v := s(replicate); v.OK {
				draws[i] = append(draws[i], v.V)
			}
		}
	}
	return draws
}

// below draws a number under n, without bias (Lemire 2019).
func below(source *rand.PCG, n uint64) uint64 {
	hi, lo := bits.Mul64(source.Uint64(), n)
	if lo < n {
		for threshold := -n % n; lo < threshold; {
			hi, lo = bits.Mul64(source.Uint64(), n)
		}
	}
	return hi
}

func ends(draws []float64, opt BootstrapOptions) (low, high Value) {
	missing := opt.Replicates - len(draws)
	if float64(missing) > maxUndefined*float64(opt.Replicates) || len(draws) == 0 {
		v := undefined("%d of %d resamples have no figure", missing, opt.Replicates)
		return v, v
	}
	slices.Sort(draws)
	if draws[0] == draws[len(draws)-1] {
		v := undefined("all resamples give the same figure, so they cannot tell its error")
		return v, v
	}
	tail := (1 - opt.Level) / 2
	return Of(quantile(draws, tail)), Of(quantile(draws, 1-tail))
}

func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := min(max(int(at), 0), len(sorted)-1)
	if i == len(sorted)-1 {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
