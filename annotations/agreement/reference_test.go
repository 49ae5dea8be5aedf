package agreement

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// naiveAlpha is the textbook route: the whole coincidence matrix, and each
// level's difference as it is printed.
func naiveAlpha(values []float64, cells [][]int, level Level) (float64, bool) {
	q := len(values)
	o := make([][]float64, q)
	for i := range o {
		o[i] = make([]float64, q)
	}
	for _, row := range cells {
		m := 0
		for _, c := range row {
			if c != Missing {
				m++
			}
		}
		for i, c := range row {
			for j, k := range row {
				if i != j && c != Missing && k != Missing {
					o[c][k] += 1 / float64(m-1)
				}
			}
		}
	}
	n, margins := 0.0, make([]float64, q)
	for c := range o {
		for k := range o {
			margins[c] += o[c][k]
		}
		n += margins[c]
	}
	difference := func(c, k int) float64 {
		switch x, y := values[c], values[k]; level {
		case Ordinal:
			s := -(margins[c] + margins[k]) / 2
			for g := min(c, k); g <= max(c, k); g++ {
				s += margins[g]
			}
			return s * s
		case Interval:
			return (x - y) * (x - y)
		case Ratio:
			return (x - y) * (x - y) / (x + y) / (x + y)
		}
		return 1
	}
	do, de := 0.0, 0.0
	for c := range o {
		for k := range o {
			if c != k {
				do += o[c][k] * difference(c, k)
				de += margins[c] * margins[k] * difference(c, k)
			}
		}
	}
	if de == 0 {
		return 0, false
	}
	return 1 - (n-1)*do/de, true
}

// drawCells draws ratings of some labels with missing ones among them.
func drawCells(t *rapid.T, q int) [][]int {
	raters := rapid.IntRange(1, 6).Draw(t, "raters")
	return rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(Missing, q-1), raters, raters), 0, 25).Draw(t, "cells")
}

func drawValues(t *rapid.T) []float64 {
	q := rapid.IntRange(1, 7).Draw(t, "labels")
	values := make([]float64, q)
	for i := range values {
		values[i] = 1 + float64(i) + rapid.Float64Range(0, 0.9).Draw(t, "value")
	}
	return values
}

var allLevels = []Level{Nominal, Ordinal, Interval, Ratio}

var allWeightings = []Weighting{Identity, LinearByValue, QuadraticByValue, LinearByIndex, QuadraticByIndex, OrdinalByIndex}

func TestAlphaIsTheTextbookFormula(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		values := drawValues(t)
		cells := drawCells(t, len(values))
		tab, err := NewTable(numbers(values...), cells, Options{Ordered: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, level := range allLevels {
			got := tab.Alpha(level)
			want, ok := naiveAlpha(values, cells, level)
			if !got.OK {
				if ok && tab.PairableUnits() > 1 {
					t.Fatalf("%s: %s, textbook says %v", level, got.Why, want)
				}
				continue
			}
			compared++
			if math.Abs(got.V-want) > 1e-9 {
				t.Fatalf("%s = %v, textbook says %v", level, got.V, want)
			}
		}
	})
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// naiveWeights is the weight matrix cell by cell.
func naiveWeights(values []float64, w Weighting) [][]float64 {
	q := len(values)
	lo, hi := values[0], values[q-1]
	out := make([][]float64, q)
	for i := range out {
		out[i] = make([]float64, q)
		for j := range out[i] {
			v, p := math.Abs(values[i]-values[j])/(hi-lo), math.Abs(float64(i-j))/float64(q-1)
			m := math.Abs(float64(i - j))
			out[i][j] = 1 - map[Weighting]float64{
				Identity: min(m, 1), LinearByValue: v, QuadraticByValue: v * v,
				LinearByIndex: p, QuadraticByIndex: p * p,
				OrdinalByIndex: (m + 1) * m / float64(q*(q-1)),
			}[w]
		}
	}
	return out
}

// naiveMany is irrCAC's way: agreement matrices and weights, for Fleiss, AC,
// Brennan–Prediger and Conger.
func naiveMany(w [][]float64, cells [][]int) (pa, fleiss, gwet, even, conger float64) {
	q := len(w)
	pi, units, pairable := make([]float64, q), 0.0, 0.0
	raters := 0
	if len(cells) > 0 {
		raters = len(cells[0])
	}
	shares, rated := make([][]float64, raters), make([]float64, raters)
	for r := range shares {
		shares[r] = make([]float64, q)
	}
	for _, row := range cells {
		x, n := make([]float64, q), 0.0
		for r, c := range row {
			if c != Missing {
				x[c]++
				n++
				shares[r][c]++
				rated[r]++
			}
		}
		if n == 0 {
			continue
		}
		units++
		for k := range pi {
			pi[k] += x[k] / n
		}
		if n < 2 {
			continue
		}
		pairable++
		for k := range x {
			star := 0.0
			for l := range x {
				star += w[k][l] * x[l]
			}
			pa += x[k] * (star - 1) / (n * (n - 1))
		}
	}
	pa /= pairable
	tw, spread := 0.0, 0.0
	for k := range pi {
		spread += pi[k] / units * (1 - pi[k]/units)
		for l := range pi {
			tw += w[k][l]
			fleiss += w[k][l] * pi[k] / units * pi[l] / units
			even += w[k][l] / float64(q*q)
		}
	}
	gwet = tw / float64(q*(q-1)) * spread
	return pa, fleiss, gwet, even, naiveConger(w, shares, rated)
}

// naiveConger is chance agreement averaged over ordered pairs of raters.
func naiveConger(w, shares [][]float64, rated []float64) float64 {
	sum, pairs := 0.0, 0.0
	for g := range shares {
		for h := range shares {
			if g == h || rated[g] == 0 || rated[h] == 0 {
				continue
			}
			pairs++
			for k := range w {
				for l := range w {
					sum += w[k][l] * shares[g][k] / rated[g] * shares[h][l] / rated[h]
				}
			}
		}
	}
	return sum / pairs
}

func TestCoefficientsOfManyRatersAreGwetsFormulas(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		values := drawValues(t)
		if len(values) < 2 {
			return
		}
		cells := drawCells(t, len(values))
		tab, err := NewTable(numbers(values...), cells, Options{Ordered: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range allWeightings {
			pa, fleiss, gwet, even, conger := naiveMany(naiveWeights(values, w), cells)
			for name, c := range map[string]struct {
				got Value
				pe  float64
			}{
				"Fleiss": {tab.Fleiss(w), fleiss}, "AC": {tab.GwetAC(w), gwet},
				"Brennan–Prediger": {tab.BrennanPrediger(w), even}, "Conger": {tab.Conger(w), conger},
			} {
				if !c.got.OK || 1-c.pe < 1e-9 {
					continue
				}
				compared++
				if want := (pa - c.pe) / (1 - c.pe); math.Abs(c.got.V-want) > 1e-8*(1+math.Abs(want)) {
					t.Fatalf("%s, %s weights = %v, formula says %v", name, w, c.got.V, want)
				}
			}
		}
	})
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// With many labels the closed forms take over; they must say the same.
func TestClosedFormsAgreeWithSummingPairs(t *testing.T) {
	const q = 90
	rng := rand.New(rand.NewPCG(7, 7))
	values := make([]float64, q)
	for i := range values {
		values[i] = 1 + float64(i) + rng.Float64()/2
	}
	var cells [][]int
	for range 400 {
		base := rng.IntN(q)
		row := []int{base, min(q-1, base+rng.IntN(4)), Missing}
		if rng.IntN(2) == 0 {
			row[2] = rng.IntN(q)
		}
		cells = append(cells, row)
	}
	// One unit with more different labels than are summed pair by pair.
	wide := make([]int, 0, 75)
	for range 75 {
		wide = append(wide, rng.IntN(q))
	}
	for u := range cells {
		for len(cells[u]) < len(wide) {
			cells[u] = append(cells[u], Missing)
		}
	}
	cells = append(cells, wide)
	tab := mustTable(t, numbers(values...), cells, Options{Ordered: true})
	for _, level := range allLevels {
		want, _ := naiveAlpha(values, cells, level)
		if got := tab.Alpha(level); math.Abs(got.V-want) > 1e-9 {
			t.Errorf("%s alpha = %v, want %v", level, got, want)
		}
	}
	for _, w := range allWeightings {
		pa, fleiss, gwet, even, conger := naiveMany(naiveWeights(values, w), cells)
		for name, c := range map[string][2]float64{
			"Fleiss": {tab.Fleiss(w).V, fleiss}, "AC": {tab.GwetAC(w).V, gwet},
			"even": {tab.BrennanPrediger(w).V, even}, "Conger": {tab.Conger(w).V, conger},
		} {
			if want := (pa - c[1]) / (1 - c[1]); math.Abs(c[0]-want) > 1e-9 {
				t.Errorf("%s with %s weights = %v, want %v", name, w, c[0], want)
			}
		}
	}
}

// naiveSetAlpha sums all pairs of ratings without any index.
func naiveSetAlpha(m SetMeasure, cells [][]Set) float64 {
	var all []Set
	do := 0.0
	for _, row := range cells {
		var given []Set
		for _, s := range row {
			if s != nil {
				given = append(given, s)
			}
		}
		if len(given) < 2 {
			continue
		}
		all = append(all, given...)
		for i := range given {
			for j := range given {
				if i != j {
					do += SetDistance(m, given[i], given[j]) / float64(len(given)-1)
				}
			}
		}
	}
	de := 0.0
	for i := range all {
		for j := range all {
			if i != j {
				de += SetDistance(m, all[i], all[j])
			}
		}
	}
	return 1 - float64(len(all)-1)*do/de
}

func TestSetAlphaIsTheTextbookFormula(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 9))
	names := []string{"police", "mayor", "court", "report", "witness", "minister", "firm", "union", "poll", "leak"}
	draw := func() Set {
		if rng.IntN(8) == 0 {
			return nil
		}
		s := Set{}
		for _, n := range names {
			if rng.IntN(4) == 0 {
				s = append(s, n)
			}
		}
		return s
	}
	var cells [][]Set
	for range 120 {
		cells = append(cells, []Set{draw(), draw(), draw()})
	}
	st, err := NewSetTable(cells, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(st.Table().Labels()); n <= directLimit {
		t.Fatalf("only %d different sets: the index is not used", n)
	}
	for _, m := range []SetMeasure{Jaccard, MASI} {
		want := naiveSetAlpha(m, cells)
		if got := st.Alpha(m); !got.OK || math.Abs(got.V-want) > 1e-9 {
			t.Errorf("%s alpha = %v, want %v", m, got, want)
		}
		// The way without a list of pairs must agree.
		st.sets.listed = false
		if got := st.Alpha(m); !got.OK || math.Abs(got.V-want) > 1e-9 {
			t.Errorf("%s alpha without list = %v, want %v", m, got, want)
		}
		st.sets.listed = true
	}
}
