package agreement

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func read(t testing.TB, text string) []Case {
	t.Helper()
	cases, err := ReadCases(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return cases
}

const oneCase = `{"name":"a","labels":[1,2],"ordered_scale":true,"raters_identifiable":true,"ratings":[[1,2],[2,2],[null,1]]}`

func TestOneCaseOrManyInEveryShape(t *testing.T) {
	two := strings.Replace(oneCase, `"a"`, `"b"`, 1)
	for _, c := range []struct {
		story, text string
		names       []string
	}{
		{"a file", `{"format":"stet-agreement-cases/1","conventions":{"x":["y"]},"cases":[` + oneCase + `,` + two + `]}`, []string{"a", "b"}},
		{"one case", oneCase, []string{"a"}},
		{"a list", "[" + oneCase + "," + two + "]", []string{"a", "b"}},
		{"line by line", oneCase + "\n" + two + "\n", []string{"a", "b"}},
		{"with a byte order mark", "\uFEFF" + oneCase, []string{"a"}},
		{"without a name", `{"ratings":[]}`, []string{"case 1"}},
		{"an empty list", `{"cases":[]}`, nil},
		{"with things not known", `{"name":"a","expected":{"x":[1,{"y":null}]},"ratings":[["u","v"]],"notes":""}`, []string{"a"}},
	} {
		var names []string
		for _, got := range read(t, c.text) {
			names = append(names, got.Name)
		}
		if !reflect.DeepEqual(names, c.names) {
			t.Errorf("%s: cases %q, want %q", c.story, names, c.names)
		}
	}
	got := read(t, oneCase)[0]
	if want := [][]int{{0, 1}, {1, 1}, {Missing, 0}}; !reflect.DeepEqual(got.Ratings, want) || !got.Ordered || got.Anonymous || got.Derived {
		t.Errorf("read as %+v", got)
	}
}

func TestLabelsTakenFromTheRatings(t *testing.T) {
	for _, c := range []struct {
		story, text string
		labels      []Label
		ordered     bool
	}{
		{"numbers come ascending and ordered", `{"ratings":[[10,2],[2,1.5]]}`, numbers(1.5, 2, 10), true},
		{"words come without order", `{"ratings":[["b","a"]]}`, words("a b"), false},
		{"unlisted words have no order, whatever is said", `{"ordered_scale":true,"ratings":[["b","a"]]}`, words("a b"), false},
		{"listed words do", `{"ordered_scale":true,"labels":["b","a"],"ratings":[["b","a"]]}`, words("b a"), true},
		{"1 and 1.0 and 1e0 are one", `{"ratings":[[1,1.0,1e0]]}`, numbers(1), true},
		{"1 and \"1\" are two", `{"ratings":[[1,"1"]]}`, []Label{NumberLabel(1), TextLabel("1")}, false},
		{"true is a label", `{"ratings":[[true,false]]}`, words("false true"), false},
	} {
		got := read(t, c.text)[0]
		if !reflect.DeepEqual(got.Labels, c.labels) || got.Ordered != c.ordered {
			t.Errorf("%s: %v, ordered %v", c.story, got.Labels, got.Ordered)
		}
	}
}

func TestReadingErrorsNameTheirPlace(t *testing.T) {
	for _, c := range []struct{ story, text, want string }{
		{"empty", "", "file is empty"},
		{"white space", " \n ", "file is empty"},
		{"cut off", `{"ratings":[[1,2`, "column 17: the file ends"},
		{"NaN", "{\"ratings\":[[1,2],\n [NaN,1]]}", "line 2, column 3: NaN and Infinity"},
		{"minus infinity", `{"ratings":[[-Infinity]]}`, "column 14: NaN and Infinity"},
		{"no JSON", "{\"ratings\":[[1,2],\n[1,x]]}", "line 2, column 4: this is not JSON"},
		{"too large", `{"ratings":[[1e999,1]]}`, "column 14: the number 1e999 is too large"},
		{"unknown rating", "{\"name\":\"n\",\"labels\":[1],\n\"ratings\":[[1,1],[1,7]]}", `line 2, column 21: case "n", unit 2, rater 2: 7 is not among the labels`},
		{"words for numbers", `{"labels":[1],"ratings":[["1",1]]}`, `"1" is not among the labels`},
		{"labels after ratings", `{"ratings":[["x"]],"labels":["y"]}`, `column 14: case "case 1", unit 1, rater 1: "x"`},
		{"label twice", `{"labels":["a","b","a"],"ratings":[]}`, `column 20: the label "a" is listed twice`},
		{"name twice", oneCase + "\n" + oneCase, `line 2, column 9: two cases are named "a"`},
		{"member twice", `{"ratings":[],"ratings":[]}`, `"ratings" stands twice`},
		{"short row", "{\"ratings\":[[1,2],\n[1]]}", `line 2, column 1: case "case 1", unit 2 has 1 ratings where others have 2`},
		{"no ratings", `{"name":"a"}`, `no "ratings"`},
		{"both", `{"cases":[],"ratings":[]}`, "not both"},
		{"a single value", `7`, "not single values"},
		{"ratings no list", `{"ratings":{}}`, `"ratings" must be a list`},
		{"unit no list", `{"ratings":[1]}`, "a unit's ratings must be a list"},
		{"rating an object", `{"ratings":[[{}]]}`, "must be words or a number"},
		{"set in a set", `{"ratings":[[[["a"]]]]}`, "must be words or a number"},
		{"sets and labels", `{"ratings":[[["a"],"a"]]}`, "mixed"},
		{"name no words", `{"name":1,"ratings":[]}`, `"name" must be words`},
		{"flag no flag", `{"ordered_scale":"yes","ratings":[]}`, "must be true or false"},
		{"other format", `{"format":"x/2","cases":[]}`, `format "x/2" is not known`},
		{"raters and columns", `{"raters":["a"],"ratings":[[1,2]]}`, "names 1 raters and has 2 columns"},
		{"clusters and units", `{"clusters":["a"],"ratings":[[1,2],[1,2]]}`, "1 clusters for 2 units"},
		{"rubbish behind", oneCase + "}", "not JSON"},
		{"case no object", `[1]`, "a case must be an object"},
		{"deep", strings.Repeat("[", 100000), "a case must be an object"},
	} {
		cases, err := ReadCases(strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: read %d cases, error %v, want one with %q", c.story, len(cases), err, c.want)
		}
	}
}

func TestRaggedRowsOfAnonymousRatersAndEmptyUnits(t *testing.T) {
	c := read(t, `{"raters_identifiable":false,"labels":["a","b"],"ratings":[["a","a","b"],["b"],[],["a","a"]]}`)[0]
	tab, err := c.Table()
	if err != nil {
		t.Fatal(err)
	}
	if tab.Units() != 4 || tab.PairableUnits() != 2 || tab.PairableValues() != 5 {
		t.Errorf("%d units, %d pairable, %d values", tab.Units(), tab.PairableUnits(), tab.PairableValues())
	}
	if c := read(t, `{"ratings":[[],[1,2],[]]}`)[0]; len(c.Ratings) != 3 {
		t.Errorf("empty units were dropped: %v", c.Ratings)
	}
}

func TestWhatIsWrittenReadsBackTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab1é\"\\<&> 語")), 1, 4, -1)
		c := Case{Name: text.Draw(t, "name"), Anonymous: rapid.Bool().Draw(t, "anonymous"), Ordered: rapid.Bool().Draw(t, "ordered")}
		seen := make(map[Label]bool)
		for range rapid.IntRange(1, 4).Draw(t, "labels") {
			l := TextLabel(text.Draw(t, "label"))
			if rapid.Bool().Draw(t, "number") {
				l = NumberLabel(rapid.Float64().Draw(t, "value"))
			}
			if !seen[l] {
				seen[l] = true
				c.Labels = append(c.Labels, l)
			}
		}
		c.Ratings = drawCells(t, len(c.Labels))
		if rapid.Bool().Draw(t, "clusters") {
			c.Clusters = make([]string, len(c.Ratings))
			for u := range c.Clusters {
				c.Clusters[u] = text.Draw(t, "cluster")
			}
		}
		var b bytes.Buffer
		if err := WriteCases(&b, []Case{c}); err != nil {
			t.Fatal(err)
		}
		back, err := ReadCases(&b)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Clusters) == 0 {
			c.Clusters = nil // none are written
		}
		if len(back) != 1 || !reflect.DeepEqual(back[0], c) {
			t.Fatalf("wrote %+v, read %+v", c, back)
		}
	})
}

func TestSetsAreReadJudgedAndWrittenBack(t *testing.T) {
	text := `{"name":"sources","ratings":[[["police"],["police","mayor"]],[[],[]],[["mayor"],null],[["court"],["court"]],[["police"],["mayor"]]]}`
	c := read(t, text)[0]
	if c.Sets == nil || c.Sets[2][1] != nil || c.Sets[1][0] == nil {
		t.Fatalf("empty and missing sets are mixed up: %v", c.Sets)
	}
	r, err := Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "equal sets", r.Values["percent_agreement"], 0.5, 12)
	near(t, "masi", r.Values["krippendorff_alpha_masi"], naiveSetAlpha(MASI, c.Sets), 12)
	near(t, "jaccard", r.Values["krippendorff_alpha_jaccard"], naiveSetAlpha(Jaccard, c.Sets), 12)
	if v := r.Values["cohen_kappa"]; v.OK || !strings.HasPrefix(v.Why, "not comparable") {
		t.Errorf("Cohen of sets = %v", v)
	}
	if r.Values["krippendorff_alpha_masi"].V <= r.Values["krippendorff_alpha_nominal"].V {
		t.Error("partial agreement counts for nothing")
	}
	var b bytes.Buffer
	if err := WriteCases(&b, []Case{c}); err != nil {
		t.Fatal(err)
	}
	if back, err := ReadCases(&b); err != nil || !reflect.DeepEqual(back, []Case{c}) {
		t.Errorf("wrote %+v, read %+v, %v", c, back, err)
	}
}

func TestReportsKeepTheOrderOfTheFileAndExplainEveryNull(t *testing.T) {
	reports, err := EvaluateAll(read(t, `[{"name":"z","ratings":[[1,1],[1,1]]},{"name":"a \"b\"","ratings":[["x","y"],["y","y"],["x",null]]}]`))
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(reports)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b, []byte(`{"z":{`)) || !bytes.Contains(b, []byte(`,"a \"b\"":{`)) {
		t.Errorf("the order of the file is lost: %s", b)
	}
	var out map[string]map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	nulls := 0
	for name, metrics := range out {
		why, _ := metrics["why"].(map[string]any)
		for metric, v := range metrics {
			if v == nil {
				nulls++
				if s, _ := why[metric].(string); s == "" {
					t.Errorf("%s: %s is null without a reason", name, metric)
				}
			}
		}
		if s, _ := why["unit_agreement"].(string); (name != "z") != (s != "") {
			t.Errorf("%s: reason for units %q", name, s)
		}
	}
	if nulls == 0 {
		t.Error("nothing was null")
	}
	if v := out["z"]["percent_agreement"]; v != 1.0 {
		t.Errorf("percent agreement printed as %v", v)
	}
}

func TestNumberAndWordsThatLookAlikeKeepTheirOwnFigures(t *testing.T) {
	r, err := Evaluate(read(t, `{"labels":[1,"1"],"ratings":[[1,"1"],["1","1"],[1,1]]}`)[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := r.ByLabel["positive_agreement"]; len(got) != 2 || !got["1"].OK || !got[`"1"`].OK {
		t.Errorf("figures by label: %v", got)
	}
}

func TestCasesBuiltByHandAreCheckedToo(t *testing.T) {
	bad := Case{Name: "bad", Labels: words("a"), Ratings: [][]int{{3}}}
	if _, err := Evaluate(bad); err == nil || !strings.Contains(err.Error(), `case "bad"`) {
		t.Errorf("Evaluate: %v", err)
	}
	if err := WriteCases(&bytes.Buffer{}, []Case{bad}); err == nil {
		t.Error("an index without label was written")
	}
	if _, err := bad.Intervals(BootstrapOptions{}); err == nil {
		t.Error("intervals of a bad case")
	}
	if _, err := bad.SetTable(); err == nil {
		t.Error("labels were taken for sets")
	}
}

func FuzzReadCases(f *testing.F) {
	seeds := []string{
		oneCase, `[` + oneCase + `]`, `{"cases":[` + oneCase + `]}`,
		`{"ratings":[[["a","b"],[]],[null,["b"]],[["a"],["b"]]]}`,
		`{"raters_identifiable":false,"ratings":[["a"],["a","b","b"],[]]}`,
		`{"name":"\u00e9\n\ud83d","x":{"y":[true,false,null,-0.5e+3]},"ratings":[[1E2,0]]} []`,
		`{"labels":[0,-1,1e308],"ordered_scale":true,"ratings":[[0,-1],[1e308,0]]}`,
	}
	if len(seeds) == 0 {
		f.Fatal("the seed corpus is empty")
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cases, err := ReadCases(bytes.NewReader(data))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "line ") && !strings.Contains(err.Error(), "is empty") {
				t.Fatalf("the error names no place: %v", err)
			}
			return
		}
		// What is taken must be JSON by the standard library's lights as well.
		dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
		for {
			var raw json.RawMessage
			if err := dec.Decode(&raw); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%q was taken and is not JSON: %v", data, err)
			}
		}
		reports, err := EvaluateAll(cases)
		if err != nil {
			t.Fatalf("what was read cannot be judged: %v", err)
		}
		if _, err := json.Marshal(reports); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := WriteCases(&b, cases); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadCases(&b); err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, b.Bytes())
		}
	})
}
