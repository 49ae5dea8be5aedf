package agreement

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
)

// Cell is one cell of a confusion: how many units A gave one label and B the
// other.
type Cell struct {
	A, B  int // indexes into the confusion's labels
	Units int // at least 1
}

// Confusion is the cross table of two sides over the units that both rated: two
// raters, or a rater and the rulings. Only cells that occur are kept.
type Confusion struct {
	SideA, SideB string // who: names of raters, or "rulings"
	t            *Table
	cells        []cell // by a, then b
	n            float64
	rowL, colL   []int32
	row, col     []float64
}

type cell struct {
	a, b int32
	n    float64
}

// Pair is the confusion of the raters in columns a and b (from 0). Units that
// one of them did not rate are left out. Columns that do not exist, or are not
// persons, give an empty confusion, all of whose figures are in words.
func (t *Table) Pair(a, b int) *Confusion {
	if t.opt.Anonymous || min(a, b) < 0 || max(a, b) >= t.raters {
		return &Confusion{SideA: t.RaterName(a), SideB: t.RaterName(b), t: t}
	}
	return t.columns(a, b)
}

// denseLabels is the number of labels up to which a cross table is summed in a
// square.
const denseLabels = 64

func (t *Table) columns(a, b int) *Confusion {
	c := &Confusion{SideA: t.RaterName(a), SideB: t.RaterName(b), t: t}
	q := len(t.labels)
	var square []float64
	if q <= denseLabels {
		square = make([]float64, q*q)
	}
	for i := range t.patterns {
		la, lb := t.patterns[i].cells[a], t.patterns[i].cells[b]
		switch {
		case la == Missing || lb == Missing || t.mult[i] == 0:
		case square != nil:
			square[int(la)*q+int(lb)] += t.mult[i]
		default:
			c.cells = append(c.cells, cell{la, lb, t.mult[i]})
		}
	}
	for i, n := range square {
		if n > 0 {
			c.cells = append(c.cells, cell{int32(i / q), int32(i % q), n})
		}
	}
	return c.finish()
}

// Against is the confusion of each rater (side A) against a ruling for each unit
// (side B), a label index or [Missing] where nothing was ruled. The rulings are
// matched to units by place; surplus ones, and labels that do not exist, are
// ignored. On a bootstrap replicate, which has no units, all are empty.
func (t *Table) Against(rulings []int) []*Confusion {
	out := make([]*Confusion, t.raters)
	for r := range out {
		out[r] = &Confusion{SideA: t.RaterName(r), SideB: "rulings", t: t}
	}
	for u, p := range t.unit {
		if u >= len(rulings) || rulings[u] < 0 || rulings[u] >= len(t.labels) {
			continue
		}
		for r, c := range t.patterns[p].cells {
			if c != Missing {
				out[r].cells = append(out[r].cells, cell{c, int32(rulings[u]), 1})
			}
		}
	}
	for _, c := range out {
		c.finish()
	}
	return out
}

// finish merges equal cells and sums the margins.
func (c *Confusion) finish() *Confusion {
	slices.SortFunc(c.cells, func(x, y cell) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	merged := c.cells[:0]
	for _, x := range c.cells {
		if k := len(merged) - 1; k >= 0 && merged[k].a == x.a && merged[k].b == x.b {
			merged[k].n += x.n
		} else {
			merged = append(merged, x)
		}
	}
	c.cells = merged
	rows, cols := make(usage, len(merged)), make(usage, len(merged))
	for i, x := range merged {
		rows[i], cols[i] = labelCount{x.a, x.n}, labelCount{x.b, x.n}
		c.n += x.n
	}
	c.rowL, c.row = rows.merge().counts()
	c.colL, c.col = cols.merge().counts()
	return c
}

// Units is the number of units that both sides rated.
func (c *Confusion) Units() int { return int(c.n) }

// Cells lists the cells that occur, by A's label and then B's.
func (c *Confusion) Cells() []Cell {
	out := make([]Cell, len(c.cells))
	for i, x := range c.cells {
		out[i] = Cell{A: int(x.a), B: int(x.b), Units: int(x.n)}
	}
	return out
}

// Labels returns the categories that the cells point into.
func (c *Confusion) Labels() []Label { return c.t.Labels() }

// MarshalJSON writes who, how many units, and the cells with their labels.
func (c *Confusion) MarshalJSON() ([]byte, error) {
	type jsonCell struct {
		A Label `json:"a"`
		B Label `json:"b"`
		N int   `json:"n"`
	}
	out := struct {
		SideA string     `json:"a"`
		SideB string     `json:"b"`
		Units int        `json:"units"`
		Cells []jsonCell `json:"cells"`
	}{c.SideA, c.SideB, c.Units(), make([]jsonCell, len(c.cells))}
	for i, x := range c.cells {
		out.Cells[i] = jsonCell{c.t.labels[x.a], c.t.labels[x.b], int(x.n)}
	}
	return json.Marshal(out)
}

// Percent is the share of units on which both sides agree.
func (c *Confusion) Percent() Value {
	if c.n == 0 {
		return c.empty()
	}
	same := 0.0
	for _, x := range c.cells {
		if x.a == x.b {
			same += x.n
		}
	}
	return Of(same / c.n)
}

func (c *Confusion) empty() Value {
	if c.t.opt.Anonymous {
		return c.t.persons()
	}
	return tooFew("%s and %s rated no unit in common", c.SideA, c.SideB)
}

// comparable is [Table.comparable] for two sides.
func (c *Confusion) comparable() Value {
	switch {
	case c.n == 0:
		return c.empty()
	case c.n == 1:
		return tooFew("%s and %s rated only one unit in common", c.SideA, c.SideB)
	case len(c.rowL) == 1 && len(c.colL) == 1 && c.rowL[0] == c.colL[0]:
		return undefined("no variation, every rating of %s and %s is %q", c.SideA, c.SideB, c.t.labels[c.rowL[0]].String())
	}
	return Value{OK: true}
}

// disagreements are the observed sum over units and the expected sum over units
// squared; both exact whole numbers for [Identity].
func (c *Confusion) disagreements(d *difference) (observed, expected float64) {
	for _, x := range c.cells {
		if x.a != x.b {
			observed += x.n * d.between(x.a, x.b)
		}
	}
	return observed, d.cross(c.rowL, c.row, c.colL, c.col)
}

// Cohen is Cohen's kappa (1960), or weighted kappa (Cohen 1968) for any other
// weighting than Identity. Chance is what the two sides' own distributions give.
func (c *Confusion) Cohen(w Weighting) Value {
	if v := c.comparable(); !v.OK {
		return v
	}
	d, v := c.t.weights(w)
	if !v.OK {
		return v
	}
	o, e := c.disagreements(d)
	return chanceCorrected(o/c.n, e/c.n/c.n)
}

// CohenExpected is the agreement that chance gives, Σ of products of margins.
func (c *Confusion) CohenExpected() Value {
	if v := c.comparable(); !v.OK {
		return v
	}
	_, e := c.disagreements(&difference{kind: diffNominal})
	return Of(1 - e/c.n/c.n)
}

// CohenMax is the largest kappa that these margins allow (Cohen 1960): the
// agreement would be Σ min(row, column).
func (c *Confusion) CohenMax() Value {
	if v := c.comparable(); !v.OK {
		return v
	}
	most, j := 0.0, 0
	for i, l := range c.rowL {
		for j < len(c.colL) && c.colL[j] < l {
			j++
		}
		if j < len(c.colL) && c.colL[j] == l {
			most += math.Min(c.row[i], c.col[j])
		}
	}
	_, e := c.disagreements(&difference{kind: diffNominal})
	return chanceCorrected((c.n-most)/c.n, e/c.n/c.n)
}

// Scott is Scott's pi (1955): chance is what the pooled distribution of both
// sides gives.
func (c *Confusion) Scott() Value {
	if v := c.comparable(); !v.OK {
		return v
	}
	pooled := make([]float64, len(c.t.labels))
	for i, l := range c.rowL {
		pooled[l] += c.row[i]
	}
	for i, l := range c.colL {
		pooled[l] += c.col[i]
	}
	labels, n := sparse(pooled)
	d := &difference{kind: diffNominal}
	o, _ := c.disagreements(d)
	return chanceCorrected(o/c.n, d.self(labels, n)/(4*c.n*c.n))
}

// Precision is the share of side A's choices of the label that side B made too.
// With rulings as side B it tells how often A is right when using the label.
func (c *Confusion) Precision(label int) Value {
	return c.share(label, func(both, row, _ float64) (float64, float64) { return both, row }, c.SideA)
}

// Recall is the share of side B's choices of the label that side A made too.
func (c *Confusion) Recall(label int) Value {
	return c.share(label, func(both, _, col float64) (float64, float64) { return both, col }, c.SideB)
}

// F1 is the harmonic mean of precision and recall, 2·both / (row + column): the
// specific agreement on the label, the same when the sides swap.
func (c *Confusion) F1(label int) Value {
	return c.share(label, func(both, row, col float64) (float64, float64) { return 2 * both, row + col }, "nobody")
}

func (c *Confusion) share(label int, of func(both, row, col float64) (float64, float64), who string) Value {
	if c.n == 0 {
		return c.empty()
	}
	if label < 0 || label >= len(c.t.labels) {
		return undefined("there is no label number %d", label)
	}
	both, row, col := 0.0, 0.0, 0.0
	for _, x := range c.cells {
		if x.a == int32(label) {
			row += x.n
		}
		if x.b == int32(label) {
			col += x.n
		}
		if x.a == int32(label) && x.b == int32(label) {
			both += x.n
		}
	}
	num, den := of(both, row, col)
	if den == 0 {
		if who == "nobody" {
			return undefined("nobody used the label")
		}
		return undefined("%s never used the label", who)
	}
	return Of(num / den)
}
