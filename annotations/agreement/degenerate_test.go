package agreement

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Data that cannot be judged is answered in words, for every coefficient.
func TestDegenerateDataIsAnsweredInWords(t *testing.T) {
	ab := words("A B")
	for _, c := range []struct {
		story  string
		labels []Label
		cells  [][]int
		opt    Options
		starts string // of every chance-corrected figure
		pct    Value
	}{
		{"nothing at all", nil, nil, Options{}, "too few", Value{}},
		{"labels but no unit", ab, nil, Options{}, "too few", Value{}},
		{"units without cells", ab, [][]int{{}, {}}, Options{}, "too few", Value{}},
		{"all missing", ab, [][]int{{Missing, Missing}, {Missing, Missing}}, Options{}, "too few", Value{}},
		{"one rater", ab, [][]int{{0}, {1}, {0}}, Options{}, "too few", Value{}},
		{"two raters who never met", ab, [][]int{{0, Missing}, {Missing, 1}}, Options{}, "too few", Value{}},
		{"one unit, agreed", ab, [][]int{{0, 0}}, Options{}, "too few", Of(1)},
		{"one unit, disputed", ab, [][]int{{0, 1}}, Options{}, "too few", Of(0)},
		{"one pairable unit among singles", ab, [][]int{{0, 1}, {0, Missing}, {1, Missing}}, Options{}, "too few", Of(0)},
		{"one label used", ab, [][]int{{0, 0}, {0, 0}, {0, 0}}, Options{}, "undefined", Of(1)},
		{"one label used, another only alone", ab, [][]int{{0, 0}, {0, 0}, {1, Missing}}, Options{}, "undefined", Of(1)},
		{"one label in the list", words("A"), [][]int{{0, 0}, {0, 0}}, Options{}, "undefined", Of(1)},
	} {
		tab := mustTable(t, c.labels, c.cells, c.opt)
		if got := tab.Percent(); got.OK != c.pct.OK || got.V != c.pct.V {
			t.Errorf("%s: percent agreement %v, want %v", c.story, got, c.pct)
		}
		r := Report{Values: make(map[string]Value)}
		r.addTwo(tab)
		r.addMany(tab)
		r.Values["alpha"] = tab.Alpha(Nominal)
		for name, v := range r.Values {
			if v.OK || (!strings.HasPrefix(v.Why, c.starts) && !strings.HasPrefix(v.Why, "not comparable: the labels") && !strings.HasPrefix(v.Why, "too few")) {
				t.Errorf("%s: %s = %v, want words that start with %q", c.story, name, v, c.starts)
			}
		}
		for _, v := range tab.FleissLabels() {
			if v.OK {
				t.Errorf("%s: kappa of a label = %v", c.story, v)
			}
		}
	}
}

func TestEachReasonNamesItself(t *testing.T) {
	three := [][]int{{0, 1, 0}, {1, 1, 1}, {0, 0, 1}}
	for _, c := range []struct {
		story string
		got   Value
		want  string
	}{
		{"kappa for three", mustTable(t, words("A B"), three, Options{}).Cohen(Identity), "for two raters and there are 3"},
		{"persons unknown", mustTable(t, words("A B"), three, Options{Anonymous: true}).Light(), "not persons"},
		{"no order", mustTable(t, words("A B"), three, Options{}).Alpha(Ordinal), "have no order"},
		{"words on an interval", mustTable(t, words("A B"), three, Options{Ordered: true}).Alpha(Interval), `"A" is words`},
		{"below zero on a ratio", mustTable(t, numbers(-1, 1), three, Options{Ordered: true}).Alpha(Ratio), "-1 is below zero"},
		{"mixed labels by value", mustTable(t, []Label{TextLabel("A"), NumberLabel(1)}, three, Options{Ordered: true}).Fleiss(LinearByValue), "some are words"},
		{"a weighting that does not exist", mustTable(t, numbers(0, 1), three, Options{Ordered: true}).Fleiss(99), "no weighting"},
		{"a level that does not exist", mustTable(t, numbers(0, 1), three, Options{Ordered: true}).Alpha(99), "no level"},
		{"a pair that does not exist", mustTable(t, words("A B"), three, Options{}).Pair(0, 9).Cohen(Identity), "no unit in common"},
		{"no error of perfect agreement", mustTable(t, words("A B"), [][]int{{0, 0}, {1, 1}}, Options{}).Pair(0, 1).CohenASE(Identity), "perfect agreement"},
		{"unused label", mustTable(t, words("A B C"), three, Options{}).PositiveAgreements()[2], "nobody used the label"},
		{"everybody's label", mustTable(t, words("A B"), [][]int{{0, 0}, {0, 0}}, Options{}).NegativeAgreements()[0], "nobody used another"},
		{"infinity", Of(math.Inf(1)), "range of numbers"},
		{"no number", Of(math.NaN()), "range of numbers"},
	} {
		if c.got.OK || !strings.Contains(c.got.Why, c.want) {
			t.Errorf("%s: %v, want words with %q", c.story, c.got, c.want)
		}
	}
}

func TestZeroOnARatioScaleIsNoTrouble(t *testing.T) {
	tab := mustTable(t, numbers(0, 1, 2), [][]int{{0, 0}, {0, 1}, {2, 2}}, Options{Ordered: true})
	want, _ := naiveAlpha([]float64{0, 1, 2}, [][]int{{0, 0}, {0, 1}, {2, 2}}, Ratio)
	near(t, "ratio", tab.Alpha(Ratio), want, 12)
}

func TestExtremeNumbersStayFinite(t *testing.T) {
	labels := numbers(0, math.SmallestNonzeroFloat64, 1e-300, 1, 1e300, math.MaxFloat64)
	cells := [][]int{{0, 1}, {1, 2}, {3, 4}, {4, 5}, {5, 5}, {0, 0}, {2, 2}}
	both := append(numbers(-math.MaxFloat64), labels...)
	for name, tab := range map[string]*Table{
		"from zero":  mustTable(t, labels, cells, Options{Ordered: true}),
		"both signs": mustTable(t, both, cells, Options{Ordered: true}),
	} {
		for _, level := range allLevels {
			v := tab.Alpha(level)
			if level == Ratio && name == "both signs" {
				continue
			}
			if !v.OK || math.IsNaN(v.V) || math.IsInf(v.V, 0) || v.V > 1 {
				t.Errorf("%s, %s alpha = %v", name, level, v)
			}
		}
		for _, w := range allWeightings {
			if v := tab.GwetAC(w); !v.OK || v.V > 1 {
				t.Errorf("%s, %s AC = %v", name, w, v)
			}
		}
	}
}

func TestTablesThatCannotBeAreRefusedWithTheirPlace(t *testing.T) {
	for _, c := range []struct {
		story  string
		labels []Label
		cells  [][]int
		want   string
	}{
		{"NaN label", numbers(1, math.NaN()), nil, "label 2 is NaN"},
		{"infinite label", numbers(math.Inf(-1)), nil, "label 1 is -Inf"},
		{"label twice", words("A B A"), nil, "labels 1 and 3"},
		{"zero and minus zero", numbers(0, math.Copysign(0, -1)), nil, "labels 1 and 2"},
		{"cell beyond the labels", words("A B"), [][]int{{0, 1}, {0, 2}}, "unit 2, rater 2"},
		{"cell below missing", words("A B"), [][]int{{-2, 1}}, "unit 1, rater 1"},
		{"a short row", words("A B"), [][]int{{0, 1}, {0}}, "unit 2 has 1 ratings"},
	} {
		if _, err := NewTable(c.labels, c.cells, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.story, err, c.want)
		}
	}
}

// Whatever the data, no figure is outside the numbers and no coefficient above
// 1, and all of it can be written as JSON with a reason for every null.
func TestNothingEscapesWhateverTheData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.IntRange(1, 5).Draw(t, "labels")
		var labels []Label
		for i := range q {
			if rapid.Bool().Draw(t, "number") {
				labels = append(labels, NumberLabel(float64(i)*rapid.Float64().Draw(t, "value")))
			} else {
				labels = append(labels, TextLabel(string(rune('a'+i))))
			}
		}
		c := Case{
			Name: "any", Labels: labels, Ratings: drawCells(t, q),
			Ordered: rapid.Bool().Draw(t, "ordered"), Anonymous: rapid.Bool().Draw(t, "anonymous"),
		}
		r, err := Evaluate(c)
		if err != nil {
			if checkLabels(labels) != nil {
				return
			}
			t.Fatal(err)
		}
		all := []map[string]Value{r.Values}
		for _, m := range r.ByLabel {
			all = append(all, m)
		}
		for _, m := range all {
			for name, v := range m {
				switch {
				case math.IsNaN(v.V) || math.IsInf(v.V, 0):
					t.Fatalf("%s = %v", name, v.V)
				case v.OK == (v.Why != ""):
					t.Fatalf("%s: OK %v with words %q", name, v.OK, v.Why)
				case v.OK && v.V > 1+1e-12 && name != "units" && name != "raters" && !strings.Contains(name, "pairable"):
					t.Fatalf("%s = %v is above 1", name, v.V)
				}
			}
		}
		b, err := json.Marshal(Reports{r})
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]struct{ Why map[string]string }
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		for name, v := range r.Values {
			if _, said := back["any"].Why[name]; said == v.OK {
				t.Fatalf("%s is %v and its reason is there: %v", name, v, said)
			}
		}
	})
}

func TestValueInWords(t *testing.T) {
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Of(1), "1.000"}, {Of(0.9996), ">0.999"}, {Of(0.9994), "0.999"}, {Of(-0.0001), "0.000"},
		{Of(-0.25), "-0.250"}, {Value{}, "undefined"}, {tooFew("no unit has two ratings"), "too few: no unit has two ratings"},
	} {
		if got := c.v.String(); got != c.want {
			t.Errorf("%#v is shown as %q, want %q", c.v, got, c.want)
		}
	}
	if b, err := json.Marshal([]Value{Of(0.5), tooFew("x"), {V: math.NaN(), OK: true}}); err != nil || string(b) != "[0.5,null,null]" {
		t.Errorf("%s, %v", b, err)
	}
}

func TestWarningsTellWhatIsShaky(t *testing.T) {
	many := func(n int, row ...int) [][]int {
		var out [][]int
		for range n {
			out = append(out, row)
		}
		return out
	}
	sound := append(append(many(20, 0, 0), many(20, 1, 1)...), many(3, 0, 1)...)
	for _, c := range []struct {
		story string
		cells [][]int
		want  []string
	}{
		{"sound data", sound, nil},
		{"few units", sound[15:30], []string{WarnSmallN}},
		{"rare label, high agreement", append(append(many(80, 0, 0), many(8, 0, 1)...), many(7, 1, 0)...), []string{WarnPrevalence, WarnParadox}},
		{"a rater who never varies", append(many(20, 0, 0), many(20, 0, 1)...), []string{WarnConstant}},
		{"a rater who did little", append(append(many(40, 0, 1), many(60, Missing, 1)...), many(100, Missing, 0)...), []string{WarnLoad, WarnConstant}},
	} {
		got := mustTable(t, words("A B"), c.cells, Options{}).Warnings()
		for _, code := range c.want {
			if !warned(got, code) {
				t.Errorf("%s: no %s among %v", c.story, code, got)
			}
		}
		if len(c.want) == 0 && len(got) > 0 {
			t.Errorf("%s: warned of %v", c.story, got)
		}
	}
	mixed := MixedWarnings([]Provenance{
		{"v1", "cnn-1", 1, 40}, {"v2", "cnn-1", 2, 2}, {"v1", "bbc-1", 1, 0}, {"", "bbc-1", 0, 0},
	})
	if len(mixed) != 2 || !warned(mixed, WarnCodebook) || !warned(mixed, WarnRevision) || !strings.Contains(mixed[0].Text, "v1 (41 ratings)") || !strings.Contains(mixed[1].Text, "cnn-1") {
		t.Errorf("mixed provenance: %v", mixed)
	}
	if clean := MixedWarnings([]Provenance{{"v1", "a", 1, 1}, {"v1", "b", 2, 1}}); len(clean) != 0 {
		t.Errorf("clean provenance: %v", clean)
	}
}
