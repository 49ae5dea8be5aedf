package agreement

import (
	"math"
	"strings"
	"testing"
)

// grid makes a table from text: one line a rater, one field a unit, "." missing,
// as published tables of many units are printed.
func grid(t testing.TB, labels []Label, opt Options, lines ...string) *Table {
	t.Helper()
	index := make(map[string]int)
	for i, l := range labels {
		index[l.String()] = i
	}
	var cells [][]int
	for r, line := range lines {
		for u, f := range strings.Fields(line) {
			if u == len(cells) {
				cells = append(cells, make([]int, len(lines)))
			}
			cells[u][r] = Missing
			if f != "." {
				l, ok := index[f]
				if !ok {
					t.Fatalf("label %q is not listed", f)
				}
				cells[u][r] = l
			}
		}
	}
	return mustTable(t, labels, cells, opt)
}

func mustTable(t testing.TB, labels []Label, cells [][]int, opt Options) *Table {
	t.Helper()
	tab, err := NewTable(labels, cells, opt)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func numbers(vs ...float64) []Label {
	out := make([]Label, len(vs))
	for i, v := range vs {
		out[i] = NumberLabel(v)
	}
	return out
}

func words(s string) []Label {
	var out []Label
	for _, w := range strings.Fields(s) {
		out = append(out, TextLabel(w))
	}
	return out
}

// cross makes a table of two raters from a square of counts.
func cross(t testing.TB, labels []Label, opt Options, counts ...int) *Table {
	t.Helper()
	var cells [][]int
	for i, n := range counts {
		for range n {
			cells = append(cells, []int{i / len(labels), i % len(labels)})
		}
	}
	return mustTable(t, labels, cells, opt)
}

// tallied makes an anonymous table from label counts a unit.
func tallied(t testing.TB, labels []Label, counts [][]int) *Table {
	t.Helper()
	cells := make([][]int, len(counts))
	for u, row := range counts {
		for l, n := range row {
			for range n {
				cells[u] = append(cells[u], l)
			}
		}
	}
	return mustTable(t, labels, cells, Options{Anonymous: true})
}

// near checks a figure to the last digit that is printed.
func near(t *testing.T, name string, got Value, want, digits float64) {
	t.Helper()
	if !got.OK {
		t.Errorf("%s: %s, want %v", name, got.Why, want)
	} else if math.Abs(got.V-want) > 0.5000001*math.Pow(10, -digits) {
		t.Errorf("%s = %.7f, want %v", name, got.V, want)
	}
}

func TestKrippendorff2011FourCodersWithMissingData(t *testing.T) {
	tab := grid(t, numbers(1, 2, 3, 4, 5), Options{Ordered: true},
		"1 2 3 3 2 1 4 1 2 . . .",
		"1 2 3 3 2 2 4 1 2 5 . 3",
		". 3 3 3 2 3 4 2 2 5 1 .",
		"1 2 3 3 2 4 4 1 2 5 1 .")
	near(t, "nominal", tab.Alpha(Nominal), 0.743, 3)
	near(t, "ordinal", tab.Alpha(Ordinal), 0.815, 3)
	near(t, "interval", tab.Alpha(Interval), 0.849, 3)
	near(t, "ratio", tab.Alpha(Ratio), 0.797, 3)
	if n := tab.PairableValues(); n != 40 {
		t.Errorf("%d pairable values, want 40", n)
	}
}

func TestHayesKrippendorff2007Ordinal(t *testing.T) {
	tab := grid(t, numbers(0, 1, 2, 3), Options{Ordered: true},
		"1 1 2 . 0 0 1 1 2 2 . 0 1 3 1 1 2 1 1 0 0 0 2 0 1 0 0 1 1 1 1 2 2 3 2 2 2 2 2 1",
		"1 1 3 0 0 0 0 . 2 1 1 0 2 3 1 1 1 2 1 0 0 0 3 0 2 1 0 2 1 1 1 1 2 2 2 2 2 2 2 1",
		"2 0 3 0 0 0 2 2 2 1 0 0 2 2 1 1 2 3 0 0 1 . 3 0 . 1 0 1 2 2 0 2 . 2 2 3 2 . 2 1",
		". 1 3 . . . . 0 . 1 0 0 2 2 . . . 3 1 . 1 0 3 0 2 1 1 2 2 . . 1 2 2 . . . 1 2 .",
		"2 . . 0 0 0 1 . 2 . . . . 3 1 1 2 . . 0 . 0 . . 2 . 0 . . 2 0 . 2 . 2 2 2 2 . 1")
	near(t, "ordinal", tab.Alpha(Ordinal), 0.7598, 4)
}

func TestFleiss1971PsychiatricDiagnoses(t *testing.T) {
	tab := tallied(t, words("depression personality schizophrenia neurosis other"), [][]int{
		{0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0},
		{2, 0, 4, 0, 0}, {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0}, {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6},
		{1, 0, 0, 5, 0}, {1, 1, 0, 4, 0}, {0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1},
		{0, 0, 5, 0, 1}, {3, 0, 0, 1, 2}, {5, 1, 0, 0, 0}, {0, 2, 0, 4, 0}, {1, 0, 2, 0, 3},
		{0, 0, 0, 0, 6}, {0, 1, 0, 5, 0}, {0, 2, 0, 1, 3}, {2, 0, 0, 4, 0}, {1, 0, 0, 4, 1},
		{0, 5, 0, 1, 0}, {4, 0, 0, 0, 2}, {0, 2, 0, 4, 0}, {1, 0, 5, 0, 0}, {0, 0, 0, 0, 6},
	})
	near(t, "kappa", tab.Fleiss(Identity), 0.430, 3)
	near(t, "agreement", tab.Percent(), 0.5556, 4)
	for l, want := range []float64{0.245, 0.245, 0.520, 0.471, 0.566} {
		near(t, tab.Labels()[l].String(), tab.FleissLabels()[l], want, 3)
	}
	if v := tab.Conger(Identity); v.OK || !strings.HasPrefix(v.Why, "not comparable") {
		t.Errorf("Conger without persons = %v", v)
	}
}

func TestMieskes2009KappaOfEachLabel(t *testing.T) {
	tab := grid(t, words("UH INP RB JJ PRP NN VB VBP MD"), Options{},
		"UH INP UH INP RB JJ INP PRP NN VB PRP INP RB INP MD PRP INP",
		"VB INP UH INP RB JJ INP PRP NN VBP PRP INP UH INP MD PRP INP",
		"UH INP UH INP RB JJ INP PRP RB VB PRP INP UH INP MD PRP INP")
	near(t, "kappa", tab.Fleiss(Identity), 0.80, 2)
	for l, want := range map[string]float64{"INP": 1, "JJ": 1, "MD": 1, "PRP": 1, "NN": 0.48, "RB": 0.56, "UH": 0.67, "VB": 0.29, "VBP": -0.02} {
		for i, label := range tab.Labels() {
			if label.Text == l {
				near(t, l, tab.FleissLabels()[i], want, 2)
			}
		}
	}
}

func TestCohen1960AndItsCeiling(t *testing.T) {
	tab := cross(t, numbers(1, 2, 3), Options{Ordered: true}, 25, 12, 3, 13, 2, 15, 12, 16, 2)
	c := tab.Pair(0, 1)
	near(t, "agreement", c.Percent(), 0.29, 2)
	near(t, "expected", c.CohenExpected(), 0.35, 2)
	near(t, "kappa", c.Cohen(Identity), -0.0923, 4)
	near(t, "AC1", tab.GwetAC(Identity), -0.04797, 5)
	near(t, "AC2", tab.GwetAC(QuadraticByValue), 0.1831, 4)
}

func TestSASPrintoutOfKappaAndItsErrors(t *testing.T) {
	tab := cross(t, numbers(1, 2, 3), Options{Ordered: true}, 0, 4, 1, 0, 8, 0, 0, 1, 5)
	c := tab.Pair(0, 1)
	near(t, "simple", c.Cohen(Identity), 0.4842, 4)
	near(t, "simple ASE", c.CohenASE(Identity), 0.1380, 4)
	near(t, "simple ASE under H0", c.CohenASE0(Identity), 0.1484, 4)
	near(t, "weighted", c.Cohen(LinearByValue), 0.4701, 4)
	near(t, "weighted ASE", c.CohenASE(LinearByValue), 0.1457, 4)
	near(t, "weighted ASE under H0", c.CohenASE0(LinearByIndex), 0.1426, 4)
}

// The anxiety ratings that come with R's irr, raters 2 and 3, who never used 5.
// irr drops that label and weighs by place in what is left, so its figures are
// the weights by index of the short list; weights by value do not mind.
func TestIrrAnxietyWeightsByIndexAndByValue(t *testing.T) {
	second := "3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4"
	third := "2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2"
	short := grid(t, numbers(1, 2, 3, 4, 6), Options{Ordered: true}, second, third).Pair(0, 1)
	full := grid(t, numbers(1, 2, 3, 4, 5, 6), Options{Ordered: true}, second, third).Pair(0, 1)
	near(t, "plain", short.Cohen(Identity), -0.006289308, 8)
	near(t, "linear by index", short.Cohen(LinearByIndex), 0.1459075, 7)
	near(t, "quadratic by index", short.Cohen(QuadraticByIndex), 0.2520325, 7)
	near(t, "plain z", Of(short.Cohen(Identity).V/short.CohenASE0(Identity).V), -0.0604067, 6)
	near(t, "linear z", Of(short.Cohen(LinearByIndex).V/short.CohenASE0(LinearByIndex).V), 1.282472, 6)
	near(t, "by value, either list", short.Cohen(LinearByValue), full.Cohen(LinearByIndex).V, 12)
	if a, b := short.Cohen(LinearByValue), short.Cohen(LinearByIndex); math.Abs(a.V-b.V) < 0.01 {
		t.Errorf("a gap in the scale makes no difference: %v by value, %v by place", a, b)
	}
}

func TestWarrens2010FourWaysToGeneraliseKappa(t *testing.T) {
	var cells [][]int
	for _, row := range []struct {
		n int
		s string
	}{
		{14, "NNNNNNNN"}, {1, "NNNANNNN"}, {1, "NNNNNNNA"}, {10, "AAAAAAAA"},
		{2, "AANAAAAN"}, {1, "AANANAAN"}, {1, "AANANANN"},
	} {
		for range row.n {
			var r []int
			for _, c := range row.s {
				r = append(r, strings.IndexRune("NA", c))
			}
			cells = append(cells, r)
		}
	}
	tab := mustTable(t, words("N A"), cells, Options{})
	// The paper's fourth digit is one too high for two of these: half a unit more
	// is allowed.
	const digits = 3.699
	near(t, "Randolph", tab.BrennanPrediger(Identity), 0.8358, digits)
	near(t, "Fleiss", tab.Fleiss(Identity), 0.8324, digits)
	near(t, "Hubert", tab.Hubert(), 0.8326, digits)
	near(t, "Light", tab.Light(), 0.8325, digits)
	near(t, "Conger is Hubert on complete data", tab.Conger(Identity), tab.Hubert().V, 12)
}

func TestGwetFourPointScale(t *testing.T) {
	tab := cross(t, numbers(1, 2, 3, 4), Options{Ordered: true},
		20, 5, 1, 0, 4, 15, 6, 1, 0, 5, 18, 4, 0, 1, 3, 12)
	near(t, "AC1", tab.GwetAC(Identity), 0.58046, 5)
	near(t, "AC1 chance", tab.GwetExpected(), 0.247294552169898, 12)
	near(t, "AC2", tab.GwetAC(QuadraticByValue), 0.84028, 5)
}

func TestGwet2008ParadoxByHand(t *testing.T) {
	tab := cross(t, words("y n"), Options{}, 8, 1, 0, 1)
	near(t, "AC1 chance", tab.GwetExpected(), 0.255, 4)
	near(t, "AC1", tab.GwetAC(Identity), 0.8658, 4)
	near(t, "Scott", tab.Scott(), 0.6078, 4)
}

func TestBrennanPrediger1981AndRandolph2005(t *testing.T) {
	tab := cross(t, numbers(1, 2, 3), Options{}, 50, 0, 10, 0, 10, 10, 10, 10, 0)
	near(t, "expected", tab.Pair(0, 1).CohenExpected(), 0.44, 2)
	near(t, "kappa", tab.Cohen(Identity), 0.29, 2)
	near(t, "even chance", tab.BrennanPrediger(Identity), 0.40, 2)
	yes := grid(t, words("Yes No"), Options{}, "Yes Yes Yes Yes", "Yes Yes Yes Yes", "Yes No No Yes")
	near(t, "Fleiss falls below chance", yes.Fleiss(Identity), -0.2, 2)
	near(t, "even chance does not", yes.BrennanPrediger(Identity), 0.33, 2)
	if !warned(yes.Warnings(), WarnParadox) || !warned(yes.Warnings(), WarnPrevalence) {
		t.Errorf("no warning of the paradox: %v", yes.Warnings())
	}
}

func warned(ws []Warning, code string) bool {
	for _, w := range ws {
		if w.Code == code {
			return w.Text != ""
		}
	}
	return false
}

func TestSetDistancesByHand(t *testing.T) {
	for _, c := range []struct {
		story         string
		a, b          Set
		jaccard, masi float64
	}{
		{"both name nobody", Set{}, Set{}, 0, 0},
		{"one names nobody", Set{}, Set{"police"}, 1, 1},
		{"the same, other order, twice", Set{"police", "mayor"}, Set{"mayor", "police", "mayor"}, 0, 0},
		{"one names half", Set{"police"}, Set{"police", "mayor"}, 0.5, 1 - 0.5*2/3},
		{"they overlap", Set{"a", "b"}, Set{"b", "c"}, 2. / 3, 1 - 1./9},
		{"nothing in common", Set{"a", "b"}, Set{"c"}, 1, 1},
	} {
		if d := SetDistance(Jaccard, c.a, c.b); math.Abs(d-c.jaccard) > 1e-12 {
			t.Errorf("%s: Jaccard %v, want %v", c.story, d, c.jaccard)
		}
		if d := SetDistance(MASI, c.b, c.a); math.Abs(d-c.masi) > 1e-12 {
			t.Errorf("%s: MASI %v, want %v", c.story, d, c.masi)
		}
	}
}

func TestConfusionAgainstRulings(t *testing.T) {
	tab := grid(t, words("S C X"), Options{Raters: []string{"Ada", "Bea"}}, "S S C X S .", "S C C X C X")
	got := tab.Against([]int{0, 0, 1, Missing, 1, 2, 0, 99})
	if n := got[0].Units(); n != 4 {
		t.Errorf("Ada was ruled on in %d units, want 4", n)
	}
	near(t, "Ada's precision on S", got[0].Precision(0), 0.667, 3)
	near(t, "Ada's recall on S", got[0].Recall(0), 1, 3)
	near(t, "Ada's F1 on S", got[0].F1(0), 0.8, 3)
	near(t, "Bea agrees with rulings", got[1].Percent(), 0.8, 3)
	if v := got[0].Precision(2); v.OK {
		t.Errorf("Ada never used X on a ruled unit, precision = %v", v)
	}
	if b, err := got[0].MarshalJSON(); err != nil || !strings.Contains(string(b), `{"a":"S","b":"C","n":1}`) {
		t.Errorf("JSON %s, %v", b, err)
	}
}
