package agreement

import (
	"strings"
	"testing"
)

// More tables that are handed down in print, with the figures beside them.

// Three observers, fifteen units, many cells empty: the worked example that the
// encyclopaedias print after Krippendorff.
func TestKrippendorffThreeObserversFifteenUnits(t *testing.T) {
	tab := grid(t, numbers(1, 2, 3, 4), Options{Ordered: true},
		". . . . . 3 4 1 2 1 1 3 3 . 3",
		"1 . 2 1 3 3 4 3 . . . . . . .",
		". . 2 1 3 4 4 . 2 1 1 3 3 . 4")
	near(t, "nominal", tab.Alpha(Nominal), 0.691, 3)
	near(t, "interval", tab.Alpha(Interval), 0.811, 3)
	if n := tab.PairableValues(); n != 26 {
		t.Errorf("%d pairable values, want 26", n)
	}
}

// Feinstein and Cicchetti 1990: the same agreement, other margins, other kappa.
// Cicchetti and Feinstein 1990 add the agreement on yes and on no; Byrt, Bishop
// and Carlin 1993 the coefficient that does not mind the margins.
func TestFeinsteinCicchetti1990Paradoxes(t *testing.T) {
	for _, c := range []struct {
		counts                       []int
		agree, kappa, yes, no, pabak float64
	}{
		{[]int{40, 9, 6, 45}, .85, .70, .84, .86, .70},
		{[]int{80, 10, 5, 5}, .85, .32, .91, .40, .70},
		{[]int{45, 15, 25, 15}, .60, .13, .69, .43, .20},
		{[]int{25, 35, 5, 35}, .60, .26, .56, .64, .20},
	} {
		tab := cross(t, words("yes no"), Options{}, c.counts...)
		near(t, "agreement", tab.Percent(), c.agree, 2)
		near(t, "kappa", tab.Cohen(Identity), c.kappa, 2)
		near(t, "on yes", tab.PositiveAgreements()[0], c.yes, 2)
		near(t, "on no", tab.PositiveAgreements()[1], c.no, 2)
		near(t, "without margins", tab.BrennanPrediger(Identity), c.pabak, 2)
	}
}

// Sim and Wright 2005: two clinicians on 39 patients, with the largest kappa that
// their margins allow; and pain on four steps, with weights.
func TestSimWright2005(t *testing.T) {
	p := cross(t, words("relevant not"), Options{}, 22, 2, 4, 11).Pair(0, 1)
	near(t, "kappa", p.Cohen(Identity), .67, 2)
	near(t, "the largest possible", p.CohenMax(), .89, 2)
	pain := cross(t, numbers(1, 2, 3, 4), Options{Ordered: true}, 15, 3, 1, 1, 4, 18, 3, 2, 4, 5, 16, 4, 1, 2, 4, 17)
	near(t, "unweighted", pain.Cohen(Identity), .55, 2)
	near(t, "linear", pain.Cohen(LinearByValue), .61, 2)
	near(t, "quadratic", pain.Cohen(QuadraticByValue), .67, 2)
}

// Viera and Garrett 2005: two residents on the use of noon lectures.
func TestVieraGarrett2005(t *testing.T) {
	tab := cross(t, words("yes no"), Options{}, 15, 5, 10, 70)
	near(t, "agreement", tab.Percent(), .85, 2)
	near(t, "expected", tab.Pair(0, 1).CohenExpected(), .65, 2)
	near(t, "kappa", tab.Cohen(Identity), .57, 2)
}

// Gwet 2002: nearly all agree, and kappa says they do not.
func TestGwet2002KappaIsNotSatisfactory(t *testing.T) {
	tab := cross(t, words("+ -"), Options{}, 118, 5, 2, 0)
	near(t, "agreement", tab.Percent(), .944, 3)
	near(t, "kappa", tab.Cohen(Identity), -.0234, 4)
	near(t, "AC1", tab.GwetAC(Identity), .941, 3)
}

// The diagnoses of Fleiss 1971 with raters told apart, as R's irr hands them on:
// Light's kappa is the mean over pairs, Conger's takes each rater's own margins.
func TestLight1971AndConger1980OnTheDiagnosesOfFleiss(t *testing.T) {
	counts := [][]int{
		{0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0},
		{2, 0, 4, 0, 0}, {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0}, {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6},
		{1, 0, 0, 5, 0}, {1, 1, 0, 4, 0}, {0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1},
		{0, 0, 5, 0, 1}, {3, 0, 0, 1, 2}, {5, 1, 0, 0, 0}, {0, 2, 0, 4, 0}, {1, 0, 2, 0, 3},
		{0, 0, 0, 0, 6}, {0, 1, 0, 5, 0}, {0, 2, 0, 1, 3}, {2, 0, 0, 4, 0}, {1, 0, 0, 4, 1},
		{0, 5, 0, 1, 0}, {4, 0, 0, 0, 2}, {0, 2, 0, 4, 0}, {1, 0, 5, 0, 0}, {0, 0, 0, 0, 6},
	}
	cells := make([][]int, len(counts))
	for u, row := range counts {
		for l, n := range row { // in irr's file each patient's diagnoses stand in the order of the scale
			for range n {
				cells[u] = append(cells[u], l)
			}
		}
	}
	tab := mustTable(t, words("depression personality schizophrenia neurosis other"), cells, Options{})
	near(t, "Light", tab.Light(), .459, 3)
	near(t, "Conger", tab.Conger(Identity), .442, 3)
	near(t, "Fleiss does not tell raters apart", tab.Fleiss(Identity), .430, 3)
}

// Passonneau 2006: the distance of two sets is 1 less their Jaccard likeness times
// 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, else 0.
func TestPassonneau2006MASI(t *testing.T) {
	set := func(s string) Set { return strings.Fields(s) }
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"1 2", "1 2", 0}, {"1 2", "1 2 3 4", 1 - 2./4*2/3}, {"1 2 3", "2 3 4", 1 - 2./4/3}, {"a", "b", 1}, {"a b", "a c", 1 - 1./3/3},
	} {
		near(t, c.a+" against "+c.b, Of(SetDistance(MASI, set(c.a), set(c.b))), c.want, 12)
	}
}
