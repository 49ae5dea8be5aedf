package agreement

import "math"

// maxPairs bounds what is made of every pair of raters: 200 raters. maxPairWork
// bounds pairs times different rows.
const (
	maxPairs    = 19900
	maxPairWork = 500_000_000
)

func (t *Table) tooManyPairs(raters int) bool {
	pairs := raters * (raters - 1) / 2
	return pairs > maxPairs || pairs*len(t.patterns) > maxPairWork
}

// Light is the mean of Cohen's kappa over all pairs of raters (Light 1971). It is
// undefined when a single pair's kappa is.
func (t *Table) Light() Value {
	sum, pairs := 0.0, 0.0
	v := t.everyPair(func(c *Confusion) Value {
		k := c.Cohen(Identity)
		sum += k.V
		pairs++
		return k
	})
	if !v.OK {
		return v
	}
	return Of(sum / pairs)
}

// Hubert is Hubert's kappa (1977), as named by Warrens (2010): observed and
// expected agreement are averaged over pairs of raters before kappa is formed.
// With complete data it equals Conger's; with missing ratings each pair counts
// the units it has in common.
func (t *Table) Hubert() Value {
	observed, expected, pairs := 0.0, 0.0, 0.0
	d := &difference{kind: diffNominal}
	v := t.everyPair(func(c *Confusion) Value {
		if c.n == 0 {
			return c.empty()
		}
		o, e := c.disagreements(d)
		observed += o / c.n
		expected += e / c.n / c.n
		pairs++
		return Value{OK: true}
	})
	if !v.OK {
		return v
	}
	return chanceCorrected(observed/pairs, expected/pairs)
}

// everyPair visits the pairs of raters who rated anything, and stops at the
// first that has no figure.
func (t *Table) everyPair(visit func(*Confusion) Value) Value {
	if v := t.persons(); !v.OK {
		return v
	}
	if v := t.comparable(); !v.OK {
		return v
	}
	raters := t.activeRaters()
	if t.tooManyPairs(len(raters)) {
		return undefined("the pairs of %d raters are more than are compared", len(raters))
	}
	for i, a := range raters {
		for _, b := range raters[i+1:] {
			if v := visit(t.Pair(a, b)); !v.OK {
				return v
			}
		}
	}
	return Value{OK: true}
}

// Cohen is [Confusion.Cohen] of the only two raters who rated anything, over the
// units both rated. With more raters it is not comparable: see [Table.Pairs],
// [Table.Conger] and [Table.Light].
func (t *Table) Cohen(w Weighting) Value {
	return t.ofTwo(func(c *Confusion) Value { return c.Cohen(w) })
}

// Scott is [Confusion.Scott] of the only two raters. It needs no persons: which
// of the two gave which label does not matter to it.
func (t *Table) Scott() Value {
	c, v := t.two()
	if !v.OK {
		return v
	}
	return c.Scott()
}

// ofTwo is a figure of the only two raters, who must be persons.
func (t *Table) ofTwo(f func(*Confusion) Value) Value {
	if v := t.persons(); !v.OK {
		return v
	}
	c, v := t.two()
	if !v.OK {
		return v
	}
	return f(c)
}

// two is the confusion of the only two columns that hold any rating.
func (t *Table) two() (*Confusion, Value) {
	switch r := t.activeRaters(); len(r) {
	case 0:
		return nil, tooFew("there is no rating")
	case 1:
		return nil, tooFew("only one rater rated anything")
	case 2:
		return t.columns(r[0], r[1]), Value{OK: true}
	default:
		return nil, notComparable("this coefficient is for two raters and there are %d: take the pairs, or a coefficient for many", len(r))
	}
}

// Pairs lists the confusions of all pairs of raters who rated anything, or none
// when columns are not persons or the pairs are too many (more than 200 raters).
func (t *Table) Pairs() []*Confusion {
	raters := t.activeRaters()
	if t.opt.Anonymous || t.tooManyPairs(len(raters)) {
		return nil
	}
	var out []*Confusion
	for i, a := range raters {
		for _, b := range raters[i+1:] {
			out = append(out, t.Pair(a, b))
		}
	}
	return out
}

// maxErrorCells bounds the cells that a standard error is computed over.
const maxErrorCells = 4_000_000

// CohenASE is the large-sample standard error of (weighted) kappa (Fleiss, Cohen
// & Everitt 1969), for intervals around it. With perfect agreement the formula
// gives 0, which is no knowledge: that is undefined here.
func (c *Confusion) CohenASE(w Weighting) Value {
	d, kappa, v := c.aseParts(w)
	if !v.OK {
		return v
	}
	if kappa == 1 {
		return undefined("perfect agreement, and the large-sample formula cannot tell its error")
	}
	rowMean, colMean, pe := c.meanWeights(d)
	sum := 0.0
	for _, x := range c.cells {
		term := 1 - d.between(x.a, x.b) - (rowMean[x.a]+colMean[x.b])*(1-kappa)
		sum += x.n / c.n * term * term
	}
	less := kappa - pe*(1-kappa)
	return standardError(sum-less*less, pe, c.n)
}

// CohenASE0 is the standard error on the supposition that kappa is 0, for tests
// against chance (Fleiss, Cohen & Everitt 1969).
func (c *Confusion) CohenASE0(w Weighting) Value {
	d, _, v := c.aseParts(w)
	if !v.OK {
		return v
	}
	rowMean, colMean, pe := c.meanWeights(d)
	sum := 0.0
	for i, a := range c.rowL {
		for j, b := range c.colL {
			term := 1 - d.between(a, b) - rowMean[a] - colMean[b]
			sum += c.row[i] / c.n * c.col[j] / c.n * term * term
		}
	}
	return standardError(sum-pe*pe, pe, c.n)
}

func (c *Confusion) aseParts(w Weighting) (*difference, float64, Value) {
	kappa := c.Cohen(w)
	if !kappa.OK {
		return nil, 0, kappa
	}
	if len(c.rowL)*len(c.colL) > maxErrorCells {
		return nil, 0, undefined("%d by %d labels are more than the standard error is computed for", len(c.rowL), len(c.colL))
	}
	d, v := c.t.weights(w)
	return d, kappa.V, v
}

// meanWeights are the mean weights that a row label meets among the columns, and
// a column label among the rows, and the expected weighted agreement.
func (c *Confusion) meanWeights(d *difference) (row, col map[int32]float64, pe float64) {
	row, col = make(map[int32]float64, len(c.rowL)), make(map[int32]float64, len(c.colL))
	for i, a := range c.rowL {
		for j, b := range c.colL {
			w := 1 - d.between(a, b)
			row[a] += c.col[j] / c.n * w
			col[b] += c.row[i] / c.n * w
		}
		pe += c.row[i] / c.n * row[a]
	}
	return row, col, pe
}

func standardError(variance, pe, n float64) Value {
	if !(pe < 1) {
		return undefined("chance alone gives full agreement")
	}
	if variance <= 1e-15 {
		return undefined("the large-sample formula finds no spread in these units")
	}
	return Of(math.Sqrt(variance/n) / (1 - pe))
}
