package agreement

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// simulated makes n units in clusters of ten by raters who hit the truth with
// the chance given, the truth leaning differently in every cluster.
func simulated(n, raters int, skill float64, seed uint64) (cells [][]int, clusters []string) {
	rng := rand.New(rand.NewPCG(seed, 99))
	lean := 0.0
	for u := range n {
		if u%10 == 0 {
			lean = rng.Float64()
		}
		truth := 0
		if rng.Float64() < lean {
			truth = 1 + rng.IntN(2)
		}
		row := make([]int, raters)
		for r := range row {
			switch x := rng.Float64(); {
			case x < skill:
				row[r] = truth
			case x < 0.97:
				row[r] = rng.IntN(3)
			default:
				row[r] = Missing
			}
		}
		cells = append(cells, row)
		clusters = append(clusters, fmt.Sprint("article ", u/10))
	}
	return cells, clusters
}

func alphaOf(t *Table) Value { return t.Alpha(Nominal) }

func TestBootstrapIsTheSameForTheSameSeed(t *testing.T) {
	cells, clusters := simulated(300, 3, 0.7, 1)
	tab := mustTable(t, words("S C X"), cells, Options{})
	run := func(seed uint64, stats ...Statistic) []ConfidenceInterval {
		got, err := Bootstrap(tab, clusters, BootstrapOptions{Seed: seed}, stats...)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	a, b := run(7, alphaOf, (*Table).Percent), run(7, alphaOf)
	if a[0] != b[0] {
		t.Errorf("seed 7 gave %v and %v", a[0], b[0])
	}
	if c := run(8, alphaOf); c[0].Low == a[0].Low && c[0].High == a[0].High {
		t.Error("another seed gave the same interval")
	}
	if i := a[0]; i.Clusters != 30 || i.Replicates != 1000 || i.Level != 0.95 || i.Seed != 7 || !(i.Low.V < i.Estimate.V && i.Estimate.V < i.High.V) {
		t.Errorf("%+v", i)
	}
	if s := a[0].String(); s != pinnedInterval {
		t.Errorf("interval %q, want %q on every machine", s, pinnedInterval)
	}
}

// The replicate must be what a table of the drawn articles is.
func TestReplicatesAreTablesOfTheDrawnArticles(t *testing.T) {
	cells, clusters := simulated(60, 3, 0.6, 2)
	tab := mustTable(t, words("S C X"), cells, Options{})
	source := rand.NewPCG(5, 0)
	var want []float64
	for range 50 {
		var drawn [][]int
		for range 6 {
			c := int(below(source, 6))
			drawn = append(drawn, cells[c*10:c*10+10]...)
		}
		if v := mustTable(t, words("S C X"), drawn, Options{}).Alpha(Nominal); v.OK {
			want = append(want, v.V)
		}
	}
	got, err := Bootstrap(tab, clusters, BootstrapOptions{Seed: 5, Replicates: 50}, alphaOf)
	if err != nil {
		t.Fatal(err)
	}
	low, high := ends(want, BootstrapOptions{Replicates: 50, Level: 0.95})
	if math.Abs(got[0].Low.V-low.V) > 1e-9 || math.Abs(got[0].High.V-high.V) > 1e-9 {
		t.Errorf("%v, want %v to %v", got[0], low, high)
	}
}

func TestArticlesMakeWiderIntervalsThanSentences(t *testing.T) {
	// Raters who agree in some articles and guess in others.
	rng := rand.New(rand.NewPCG(4, 4))
	var cells [][]int
	var clusters []string
	for a := range 20 {
		for range 15 {
			x := rng.IntN(2)
			y := x
			if a%2 == 0 {
				y = rng.IntN(2)
			}
			cells = append(cells, []int{x, y})
			clusters = append(clusters, fmt.Sprint(a))
		}
	}
	tab := mustTable(t, words("A B"), cells, Options{})
	width := func(c []string) float64 {
		got, err := Bootstrap(tab, c, BootstrapOptions{Seed: 1}, alphaOf)
		if err != nil {
			t.Fatal(err)
		}
		return got[0].High.V - got[0].Low.V
	}
	if byArticle, bySentence := width(clusters), width(nil); byArticle < 1.2*bySentence {
		t.Errorf("by article %v wide, by sentence %v", byArticle, bySentence)
	}
}

func TestIntervalsThatCannotBeAreGivenInWords(t *testing.T) {
	sound, clusters := simulated(40, 2, 0.8, 3)
	agreed := [][]int{{0, 0}, {1, 1}, {0, 0}, {1, 1}, {0, 0}, {1, 1}, {0, 0}, {1, 1}, {0, 0}, {1, 1}, {0, 0}, {1, 1}}
	rare := make([][]int, 40)
	for u := range rare {
		rare[u] = []int{0, 0}
	}
	rare[0] = []int{0, 1}
	for _, c := range []struct {
		story    string
		cells    [][]int
		clusters []string
		want     string
	}{
		{"one article", sound, make([]string, 40), "1 cluster cannot be resampled"},
		{"no unit", nil, nil, "0 cluster cannot"},
		{"perfect agreement", agreed, nil, "same figure"},
		{"a label seen once", rare, nil, "resamples have no figure"},
	} {
		tab := mustTable(t, words("A B C"), c.cells, Options{})
		got, err := Bootstrap(tab, c.clusters, BootstrapOptions{Seed: 1}, alphaOf)
		if err != nil {
			t.Fatal(err)
		}
		if i := got[0]; i.Low.OK || i.High.OK || !strings.Contains(i.Why, c.want) {
			t.Errorf("%s: %+v, want words with %q", c.story, i, c.want)
		}
		if b, err := json.Marshal(got); err != nil || !strings.Contains(string(b), `"low":null`) {
			t.Errorf("%s: %s, %v", c.story, b, err)
		}
	}
	tab := mustTable(t, words("A B C"), sound, Options{})
	for _, opt := range []BootstrapOptions{{Replicates: -1}, {Replicates: 2_000_000}, {Level: 1}, {Level: -1}, {Level: math.NaN()}} {
		if _, err := Bootstrap(tab, nil, opt, alphaOf); err == nil {
			t.Errorf("options %+v were taken", opt)
		}
	}
	if _, err := Bootstrap(tab, clusters[1:], BootstrapOptions{}, alphaOf); err == nil {
		t.Error("clusters of the wrong length were taken")
	}
	if few := (ConfidenceInterval{Clusters: 4}).Warnings(); !warned(few, WarnFewGroups) {
		t.Errorf("four articles: %v", few)
	}
}

func TestIntervalsOfCases(t *testing.T) {
	cells, clusters := simulated(200, 3, 0.7, 6)
	plain := Case{Name: "tags", Labels: words("S C X"), Ratings: cells, Clusters: clusters}
	sets := Case{Name: "sources", Clusters: clusters}
	for _, row := range cells {
		var s []Set
		for _, c := range row {
			switch c {
			case Missing:
				s = append(s, nil)
			default:
				s = append(s, Set{"police", fmt.Sprint(c)})
			}
		}
		sets.Sets = append(sets.Sets, s)
	}
	for _, c := range []Case{plain, sets} {
		got, err := c.Intervals(BootstrapOptions{Seed: 11, Replicates: 200})
		if err != nil {
			t.Fatal(err)
		}
		r, err := Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 4 {
			t.Errorf("%s: %d intervals", c.Name, len(got))
		}
		for name, i := range got {
			if i.Estimate != r.Values[name] || !i.Low.OK || !(i.Low.V < i.Estimate.V && i.Estimate.V < i.High.V) {
				t.Errorf("%s: %s is %v, interval %v", c.Name, name, r.Values[name], i)
			}
		}
		r.Intervals = got
		if b, err := json.Marshal(r); err != nil || !strings.Contains(string(b), `"seed":11`) {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}

func TestEvenDrawsUnderAnyNumber(t *testing.T) {
	source := rand.NewPCG(1, 1)
	counts := make([]int, 3)
	for range 30000 {
		counts[below(source, 3)]++
	}
	for i, n := range counts {
		if n < 9500 || n > 10500 {
			t.Errorf("%d came %d times of 30,000", i, n)
		}
	}
	for range 1000 {
		if x := below(source, 1<<63+1); x > 1<<63 {
			t.Fatalf("%d is not below", x)
		}
	}
}
