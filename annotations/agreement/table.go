package agreement

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Missing is the cell of a rater who did not rate a unit.
const Missing = -1

// Label is one category: words, or a number on a scale. Two numbers are the
// same label when they are equal as numbers (1 and 1.0); words and numbers never
// are ("1" and 1).
type Label struct {
	Text    string  // the words; unused for a number
	Number  float64 // the value; unused for words
	Numeric bool    // whether the label is a number
}

// TextLabel is a category in words.
func TextLabel(s string) Label { return Label{Text: s} }

// NumberLabel is a category that is a number. [NewTable] refuses one that is not
// finite.
func NumberLabel(v float64) Label {
	if v == 0 {
		v = 0 // -0 and 0 are one label
	}
	return Label{Number: v, Numeric: true}
}

// String gives the label as the key of a per-label figure: its words, or the
// shortest decimal form of its number.
func (l Label) String() string {
	if !l.Numeric {
		return l.Text
	}
	if b, err := json.Marshal(l.Number); err == nil {
		return string(b)
	}
	return strconv.FormatFloat(l.Number, 'g', -1, 64)
}

// MarshalJSON writes a number or a string.
func (l Label) MarshalJSON() ([]byte, error) {
	if l.Numeric {
		return json.Marshal(l.Number)
	}
	return json.Marshal(l.Text)
}

// Options say what the columns and the labels of a table mean.
type Options struct {
	// Ordered is true when the labels lie on a scale, lowest first. Without it
	// every figure that needs an order is "not comparable".
	Ordered bool
	// Anonymous is true when a column is not one person throughout. Without
	// persons there is no Cohen, Conger, Light or Hubert.
	Anonymous bool
	// Raters names the columns, for words in warnings and confusions; optional.
	Raters []string
}

// Table holds ratings of units (rows) by raters (columns). It is immutable and
// safe for concurrent use. Equal rows are kept once with their number, so the
// cost of a figure grows with the number of different rows, not of units.
type Table struct {
	labels   []Label
	opt      Options
	raters   int
	patterns []pattern
	mult     []float64 // how many units show each pattern
	unit     []int32   // unit → pattern; nil in a bootstrap replicate
}

// pattern is one way in which a unit was rated.
type pattern struct {
	cells  []int32   // label or Missing, by rater
	labels []int32   // labels given at least once, ascending
	counts []float64 // how often each was given
	n      float64   // ratings in all
}

// NewTable makes a table of cells[unit][rater], each an index into labels or
// [Missing]. A unit without any cell counts as rated by nobody. It refuses
// labels that occur twice or are not finite, cells outside the labels and rows
// of different length, naming the place (counted from 1).
func NewTable(labels []Label, cells [][]int, opt Options) (*Table, error) {
	if err := checkLabels(labels); err != nil {
		return nil, err
	}
	t := &Table{labels: slices.Clone(labels), opt: opt, unit: make([]int32, 0, len(cells))}
	t.opt.Raters = slices.Clone(opt.Raters)
	for _, row := range cells {
		t.raters = max(t.raters, len(row))
	}
	m := patternMaker{raters: t.raters}
	seen := make(map[string]int32)
	var key []byte
	for u, row := range cells {
		if len(row) != t.raters && len(row) != 0 && !opt.Anonymous {
			return nil, fmt.Errorf("unit %d has %d ratings where another has %d: give every unit one cell a rater, missing ones too", u+1, len(row), t.raters)
		}
		key = key[:0]
		for r, c := range row {
			if c < Missing || c >= len(labels) {
				return nil, fmt.Errorf("unit %d, rater %d: label number %d does not exist, there are %d (from 0)", u+1, r+1, c, len(labels))
			}
			key = binary.AppendVarint(key, int64(c))
		}
		p, ok := seen[string(key)]
		if !ok {
			p = int32(len(t.patterns))
			seen[string(key)] = p
			t.patterns = append(t.patterns, m.pattern(row))
			t.mult = append(t.mult, 0)
		}
		t.mult[p]++
		t.unit = append(t.unit, p)
	}
	return t, nil
}

func checkLabels(labels []Label) error {
	seen := make(map[Label]int, len(labels))
	for i, l := range labels {
		if l.Numeric {
			if math.IsNaN(l.Number) || math.IsInf(l.Number, 0) {
				return fmt.Errorf("label %d is %v: a label on a scale must be a finite number", i+1, l.Number)
			}
			l = NumberLabel(l.Number)
		} else {
			l = TextLabel(l.Text)
		}
		if first, dup := seen[l]; dup {
			return fmt.Errorf("labels %d and %d are both %q: name each label once", first+1, i+1, l.String())
		}
		seen[l] = i
	}
	return nil
}

// patternMaker makes patterns whose slices share large blocks of memory.
type patternMaker struct {
	raters int
	given  []int32 // scratch
	whole  block[int32]
	counts block[float64]
}

// block hands out pieces of memory without an allocation each.
type block[T any] struct {
	free []T
	size int // of the newest piece: small tables take little, large ones few pieces
}

func (b *block[T]) take(n int) []T {
	if n > len(b.free) {
		b.size = min(max(2*b.size, 64), 4096)
		b.free = make([]T, max(n, b.size))
	}
	out := b.free[:n:n]
	b.free = b.free[n:]
	return out
}

func (m *patternMaker) pattern(row []int) pattern {
	p := pattern{cells: m.whole.take(m.raters)}
	m.given = m.given[:0]
	for r := range p.cells {
		p.cells[r] = Missing
		if r < len(row) && row[r] != Missing {
			p.cells[r] = int32(row[r])
			m.given = append(m.given, int32(row[r]))
		}
	}
	slices.Sort(m.given)
	different := 0
	for i, l := range m.given {
		if i == 0 || l != m.given[i-1] {
			different++
		}
	}
	p.labels, p.counts = m.whole.take(different)[:0], m.counts.take(different)[:0]
	for i, l := range m.given {
		if i == 0 || l != m.given[i-1] {
			p.labels = append(p.labels, l)
			p.counts = append(p.counts, 0)
		}
		p.counts[len(p.counts)-1]++
	}
	p.n = float64(len(m.given))
	return p
}

// Labels returns the categories, in the order of the scale.
func (t *Table) Labels() []Label { return slices.Clone(t.labels) }

// Units is the number of units, rated or not.
func (t *Table) Units() int {
	n := 0.0
	for _, m := range t.mult {
		n += m
	}
	return int(n)
}

// Raters is the number of columns.
func (t *Table) Raters() int { return t.raters }

// RaterName is the name of column r (from 0), or "rater 3" where none was given.
func (t *Table) RaterName(r int) string {
	if r >= 0 && r < len(t.opt.Raters) && t.opt.Raters[r] != "" {
		return t.opt.Raters[r]
	}
	return fmt.Sprintf("rater %d", r+1)
}

// Loads is how many ratings each column holds.
func (t *Table) Loads() []int {
	out := make([]int, t.raters)
	for i, p := range t.patterns {
		for r, c := range p.cells {
			if c != Missing {
				out[r] += int(t.mult[i])
			}
		}
	}
	return out
}

// PairableUnits is the number of units with two ratings or more: the only ones
// that can show agreement.
func (t *Table) PairableUnits() int {
	n := 0.0
	for i, p := range t.patterns {
		if p.n >= 2 {
			n += t.mult[i]
		}
	}
	return int(n)
}

// PairableValues is the number of ratings in those units: the n of
// Krippendorff's coincidence matrix.
func (t *Table) PairableValues() int {
	n := 0.0
	for i, p := range t.patterns {
		if p.n >= 2 {
			n += t.mult[i] * p.n
		}
	}
	return int(n)
}

// withMult is the same patterns with other numbers: a bootstrap replicate.
func (t *Table) withMult(mult []float64) *Table {
	r := *t
	r.mult, r.unit = mult, nil
	return &r
}

// activeRaters lists the columns that hold at least one rating.
func (t *Table) activeRaters() []int {
	used := make([]bool, t.raters)
	for i, p := range t.patterns {
		if t.mult[i] == 0 {
			continue
		}
		for r, c := range p.cells {
			if c != Missing {
				used[r] = true
			}
		}
	}
	var out []int
	for r, u := range used {
		if u {
			out = append(out, r)
		}
	}
	return out
}

// comparable says why no chance-corrected coefficient can be had of t, or is OK.
// Three things must be there: two ratings of one unit, a second such unit, and
// two different labels among those ratings. Without the last a formula may still
// yield 1 or 0, but it would say nothing: nobody showed that labels can be told
// apart.
func (t *Table) comparable() Value {
	units := 0.0
	first, varies := int32(Missing), false
	for i, p := range t.patterns {
		if p.n < 2 || t.mult[i] == 0 {
			continue
		}
		units += t.mult[i]
		if first == Missing {
			first = p.labels[0]
		}
		varies = varies || len(p.labels) > 1 || p.labels[0] != first
	}
	switch {
	case len(t.activeRaters()) == 0:
		return tooFew("there is no rating")
	case units == 0:
		return tooFew("no unit has two ratings")
	case units == 1:
		return tooFew("only one unit has two ratings, and chance cannot be told from one")
	case !varies:
		return undefined("no variation, every rating is %q", t.labels[first].String())
	}
	return Value{OK: true}
}

// proportions is π of Gwet (2014): for each label the mean over rated units of
// the share of the unit's ratings that chose it.
func (t *Table) proportions() []float64 {
	pi := make([]float64, len(t.labels))
	units := 0.0
	for i, p := range t.patterns {
		if p.n == 0 {
			continue
		}
		units += t.mult[i]
		for j, l := range p.labels {
			pi[l] += t.mult[i] * p.counts[j] / p.n
		}
	}
	for l := range pi {
		if units > 0 {
			pi[l] /= units
		}
	}
	return pi
}
