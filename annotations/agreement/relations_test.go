package agreement

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// figures are all single and per-label figures of a table, per-label ones by
// label so that they can be compared after labels change places.
func figures(tab *Table) map[string]Value {
	out := make(map[string]Value)
	r := Report{Values: out}
	r.addTwo(tab)
	r.addMany(tab)
	out["percent"] = tab.Percent()
	for _, level := range allLevels {
		out[level.String()] = tab.Alpha(level)
	}
	for l, label := range tab.Labels() {
		out["fleiss "+label.String()] = tab.FleissLabels()[l]
		out["positive "+label.String()] = tab.PositiveAgreements()[l]
		out["negative "+label.String()] = tab.NegativeAgreements()[l]
	}
	return out
}

func same(t *rapid.T, what string, a, b map[string]Value) {
	t.Helper()
	for name, x := range a {
		y := b[name]
		if x.OK != y.OK || math.Abs(x.V-y.V) > 1e-8*(1+math.Abs(x.V)) {
			t.Fatalf("%s: %s was %v and is %v", what, name, x, y)
		}
	}
}

func TestOrderOfUnitsRatersAndLabelsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := drawValues(t)
		cells := drawCells(t, len(values))
		opt := Options{Ordered: true}
		before, err := NewTable(numbers(values...), cells, opt)
		if err != nil {
			t.Fatal(err)
		}
		want := figures(before)

		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		units := rng.Perm(len(cells))
		moved := make([][]int, len(cells))
		raters := rng.Perm(before.Raters())
		for u := range moved {
			moved[u] = make([]int, len(raters))
			for r, from := range raters {
				moved[u][r] = cells[units[u]][from]
			}
		}
		after, err := NewTable(numbers(values...), moved, opt)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "units and raters moved", want, figures(after))

		// Labels may change places when nothing reads their order: numbers keep
		// their values, so only figures by index may differ.
		perm := rng.Perm(len(values))
		labels, place := make([]Label, len(values)), make([]int, len(values))
		for to, from := range perm {
			labels[to] = NumberLabel(values[from])
			place[from] = to
		}
		for u, row := range cells {
			for r, c := range row {
				moved[u][r] = Missing
				if c != Missing {
					moved[u][r] = place[c]
				}
			}
		}
		after, err = NewTable(labels, moved, opt)
		if err != nil {
			t.Fatal(err)
		}
		got := figures(after)
		for _, byIndex := range []string{"cohen_kappa_linear_index", "cohen_kappa_quadratic_index", "gwet_ac2_ordinal"} {
			delete(want, byIndex)
		}
		same(t, "labels moved", want, got)
	})
}

func TestScaleOfNumbersChangesNoIntervalFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := drawValues(t)
		cells := drawCells(t, len(values))
		factor := rapid.SampledFrom([]float64{1e-300, 1e-9, 0.5, 1000, 1e300}).Draw(t, "factor")
		scaledValues := make([]float64, len(values))
		for i, v := range values {
			scaledValues[i] = v * factor
		}
		a, err := NewTable(numbers(values...), cells, Options{Ordered: true})
		if err != nil {
			t.Fatal(err)
		}
		b, err := NewTable(numbers(scaledValues...), cells, Options{Ordered: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, level := range allLevels {
			same(t, "rescaled", map[string]Value{level.String(): a.Alpha(level)}, map[string]Value{level.String(): b.Alpha(level)})
		}
		same(t, "rescaled", map[string]Value{"AC2": a.GwetAC(QuadraticByValue)}, map[string]Value{"AC2": b.GwetAC(QuadraticByValue)})
	})
}

func TestPerfectAgreementIsExactlyOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := drawValues(t)
		raters := rapid.IntRange(2, 5).Draw(t, "raters")
		units := rapid.SliceOfN(rapid.IntRange(0, len(values)-1), 0, 20).Draw(t, "units")
		cells := make([][]int, len(units))
		for u, l := range units {
			for range raters {
				cells[u] = append(cells[u], l)
			}
		}
		tab, err := NewTable(numbers(values...), cells, Options{Ordered: true})
		if err != nil {
			t.Fatal(err)
		}
		for name, v := range map[string]Value{
			"alpha": tab.Alpha(Nominal), "ordinal": tab.Alpha(Ordinal), "interval": tab.Alpha(Interval), "ratio": tab.Alpha(Ratio),
			"Fleiss": tab.Fleiss(Identity), "AC1": tab.GwetAC(Identity), "AC2": tab.GwetAC(LinearByValue),
			"even": tab.BrennanPrediger(Identity), "Conger": tab.Conger(Identity), "Light": tab.Light(), "Hubert": tab.Hubert(),
		} {
			if v.OK && v.V != 1 {
				t.Fatalf("%s of perfect agreement = %v", name, v.V)
			}
			if v.OK != tab.comparable().OK {
				t.Fatalf("%s is %v where the data %v", name, v, tab.comparable())
			}
		}
	})
}

// Relations that hold between coefficients by algebra.
func TestRelationsBetweenCoefficients(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.IntRange(2, 5).Draw(t, "labels")
		units := rapid.IntRange(2, 30).Draw(t, "units")
		values := make([]float64, q)
		for i := range values {
			values[i] = float64(i)
		}
		two := make([][]int, units)
		for u := range two {
			two[u] = []int{rapid.IntRange(0, q-1).Draw(t, "a"), rapid.IntRange(0, q-1).Draw(t, "b")}
		}
		tab, err := NewTable(numbers(values...), two, Options{Ordered: true})
		if err != nil {
			t.Fatal(err)
		}
		if !tab.comparable().OK {
			return
		}
		compared++
		n := 2 * float64(units)
		alpha, scott := tab.Alpha(Nominal), tab.Scott()
		c := tab.Pair(0, 1)
		for name, pair := range map[string][2]Value{
			"Fleiss of two raters is Scott's pi":              {tab.Fleiss(Identity), scott},
			"Conger of two raters is Cohen's kappa":           {tab.Conger(Identity), tab.Cohen(Identity)},
			"weighted Conger is weighted Cohen":               {tab.Conger(QuadraticByIndex), tab.Cohen(QuadraticByIndex)},
			"Hubert of two raters is Cohen's kappa":           {tab.Hubert(), tab.Cohen(Identity)},
			"Light of two raters is Cohen's kappa":            {tab.Light(), tab.Cohen(Identity)},
			"alpha is pi with a small-sample correction":      {alpha, Of(1 - (1-scott.V)*(n-1)/n)},
			"interval alpha is weighted Fleiss, corrected":    {tab.Alpha(Interval), Of(1 - (1-tab.Fleiss(QuadraticByValue).V)*(n-1)/n)},
			"agreement on a label is F1":                      {tab.PositiveAgreements()[0], c.F1(0)},
			"kappa does not pass its ceiling":                 {Of(min(tab.Cohen(Identity).V, c.CohenMax().V)), tab.Cohen(Identity)},
			"transposing the pair leaves Cohen as it is":      {c.Cohen(LinearByIndex), tab.Pair(1, 0).Cohen(LinearByIndex)},
			"nominal weights make AC2 AC1, one minus over pe": {tab.GwetAC(Identity), Of((tab.Percent().V - tab.GwetExpected().V) / (1 - tab.GwetExpected().V))},
		} {
			if math.Abs(pair[0].V-pair[1].V) > 1e-9 || pair[0].OK != pair[1].OK {
				t.Fatalf("%s: %v and %v", name, pair[0], pair[1])
			}
		}
	})
	if compared == 0 {
		t.Error("nothing was compared")
	}
}
