package agreement

import (
	"encoding/csv"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func readSheet(t testing.TB, text string) Case {
	t.Helper()
	c, err := ReadSheet(strings.NewReader(text), "x")
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return c
}

// The same three units by two raters, as different programs save them.
func TestOneTableHoweverItWasSaved(t *testing.T) {
	want := Case{
		Name: "x", Derived: true, Labels: words("a b"), Raters: []string{"ana", "ben"},
		Ratings: [][]int{{0, 1}, {1, 1}, {Missing, 0}},
	}
	for story, text := range map[string]string{
		"commas":                     "ana,ben\na,b\nb,b\n,a\n",
		"no line end at the end":     "ana,ben\na,b\nb,b\n,a",
		"a byte order mark and CRLF": "\uFEFFana,ben\r\na,b\r\nb,b\r\n,a\r\n",
		"line ends of an old Mac":    "ana,ben\ra,b\rb,b\r,a\r",
		"semicolons":                 "ana;ben\na;b\nb;b\n;a\n",
		"tabs":                       "ana\tben\na\tb\nb\tb\n\ta\n",
		"everything quoted":          "\"ana\",\"ben\"\n\"a\",\"b\"\n\"b\",\"b\"\n\"\",\"a\"\n",
		"blanks around":              " ana , ben \n a , b \n b , b \n , a \n",
		"NA":                         "ana,ben\na,b\nb,b\nNA,a\n",
		"a point":                    "ana,ben\na,b\nb,b\n.,a\n",
		"null":                       "ana,ben\na,b\nb,b\nnull,a\n",
		"empty lines between":        "\n\nana,ben\na,b\n\nb,b\n,a\n\n",
		"with names of units":        "Unit,ana,ben\n1,a,b\n2,b,b\n3,,a\n",
		"an empty column at the end": "ana,ben,\na,b,\nb,b,\n,a,\n",
		"a row a rating":             "unit,rater,rating\n1,ana,a\n1,ben,b\n2,ana,b\n2,ben,b\n3,ben,a\n",
		"a row a rating, by rater":   "item;coder;code\n1;ana;a\n2;ana;b\n3;ana;NA\n1;ben;b\n2;ben;b\n3;ben;a\n",
		"other columns, other order": "note,by,tag,id\nx,ana,a,1\ny,ben,b,1\n,ana,b,2\n,ben,b,2\n,,,3\n,ben,a,3\n",
		"a rating said twice, once":  "unit,rater,rating\n1,ana,a\n1,ben,b\n2,ana,b\n2,ben,b\n3,ben,\n3,ben,a\n3,ben,NA\n",
		"tabs, everything quoted":    "\"ana\"\t\"ben\"\n\"a\"\t\"b\"\n\"b\"\t\"b\"\nNA\t\"a\"\n",
	} {
		if got := readSheet(t, text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: read as %+v", story, got)
		}
	}
}

func TestLabelsOfATableAreNumbersOrWords(t *testing.T) {
	for _, c := range []struct {
		story, text string
		labels      []Label
	}{
		{"numbers ascend", "r,s\n10,2\n2,-1.5e0\n", numbers(-1.5, 2, 10)},
		{"1, 1.0 and +1 are one", "r,s\n1,1.0\n+1,01\n", numbers(1)},
		{"a decimal comma between semicolons", "r;s\n1,5;2\n1,5;1,5\n", numbers(1.5, 2)},
		{"a decimal comma in quotation marks is words", "r,s\n\"1,5\",2\n2,2\n", words("1,5 2")},
		{"one word makes all words", "r,s\n10,2\n2,x\n", words("10 2 x")},
		{"a date is words", "r,s\n2024-01-02,2024-01-02\n", words("2024-01-02")},
		{"a thousand with a point and a comma is words", "r;s\n1.000,5;1\n", words("1 1.000,5")},
		{"hexadecimal is words", "r,s\n0x10,1\n", words("0x10 1")},
		{"Inf is words", "r,s\nInf,1\n", words("1 Inf")},
		{"e is words", "r,s\ne,.\n", words("e")},
		{"nothing rated", "r,s\n,\n", []Label{}},
		{"a line end inside a cell", "r,s\n\"a\nb\",c\n", []Label{TextLabel("a\nb"), TextLabel("c")}},
		{"a quotation mark inside a cell", "r,s\n\"so \"\"called\"\"\",c\n", []Label{TextLabel("c"), TextLabel(`so "called"`)}},
	} {
		slices.SortFunc(c.labels, compareLabels)
		got := readSheet(t, c.text)
		if !slices.Equal(got.Labels, c.labels) {
			t.Errorf("%s: %v, want %v", c.story, got.Labels, c.labels)
		}
		if ordered := len(got.Labels) > 0 && got.Labels[0].Numeric; got.Ordered != ordered {
			t.Errorf("%s: ordered %v", c.story, got.Ordered)
		}
	}
}

func TestTablesThatCannotBeReadNameTheLine(t *testing.T) {
	for _, c := range []struct{ story, text, want string }{
		{"names alone", "ana,ben\n", "line 2: there are no ratings"},
		{"no names, words", "a,b\na,a\nb,b\n", "line 1: the first line should name the raters, and all it holds are ratings"},
		{"no names, numbers", "1,2\n1,1\n", "line 1: the first line should name the raters, and these could be ratings"},
		{"no names, some missing", "1,NA\n1,1\n", "line 1: the first line should name the raters"},
		{"a short row", "ana,ben\na,b\na\n", "line 3 has 1 cells where the first line has 2"},
		{"a long row", "ana,ben\na,b,c\n", "line 2 has 3 cells"},
		{"commas among semicolons", "ana;ben\na,b\n", "line 2 has 1 cells"},
		{"a rater twice", "ana,ana\na,b\n", `line 1: two columns are named "ana"`},
		{"a unit twice", "unit,ana\n1,a\n2,a\n1,b\n", `line 4: the unit "1" stands in line 2 already`},
		{"rated twice", "unit,rater,tag\n1,ana,a\n2,ana,a\n1,ana,a\n", `line 4: ana rates the unit "1" a second time`},
		{"who rates", "unit,rater,tag\n1,,a\n", `line 2: the column "rater" is empty`},
		{"which unit", "unit,rater,tag\n,ana,a\n", `line 2: the column "unit" is empty`},
		{"only units", "unit,article\n1,a\n", "line 1: no column is a rater's"},
		{"no name above", "ana,\na,b\n", "line 2: there is something in column 2"},
		{"an open quotation", "ana,ben\n\"a,b\n", "line 2: a quotation mark is not closed"},
		{"a quotation mark inside", "ana,ben\na\"x,b\n", "line 2: a quotation mark"},
		{"too large", "r,s\n1,2\n1e999,1\n", "line 3: the number 1e999 is too large"},
		{"another encoding", "ana,ben\na,b\n\xe4,b\n", "line 3: this is not UTF-8"},
		{"UTF-16", "a\x00n\x00a\x00", "line 1: this is not UTF-8"},
		{"empty", "\n", "empty"},
	} {
		got, err := ReadSheet(strings.NewReader(c.text), "x")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %+v, error %v, want one with %q", c.story, got, err, c.want)
		}
	}
}

// A text that is no table was read as one, its first line a rater and each further line a
// label: a page of figures, none of which was one. A table of one rater with a column for
// the units was meant as a table, and is told why it has no figures.
func TestATextIsNoTableOfRatings(t *testing.T) {
	for story, text := range map[string]string{
		"a text":                      "The port closed.\nThe ferries ran on.\nNobody knew why.\n",
		"a text with a comma later":   "\n\nThe port closed.\nThe ferries, too.\n",
		"a text of one line":          "The port closed.",
		"line ends of an old Mac":     "The port closed.\rThe ferries ran on.\r",
		"one rater and nothing else":  "ana\nsourced\ncontested\n",
		"one quoted name with commas": "\"The port, and the pier\"\nclosed\n",
	} {
		cases, err := ReadRatings(strings.NewReader(text), "x")
		if err == nil || !strings.Contains(err.Error(), "line 1: ") && !strings.Contains(err.Error(), "line 3: ") || !strings.Contains(err.Error(), "one column, and agreement is between raters") {
			t.Errorf("%s: %d cases, error %v", story, len(cases), err)
		}
	}
	if _, err := ReadRatings(strings.NewReader("unit\tana\n1\ta\n2\tb\n"), "x"); err != nil {
		t.Errorf("units and one rater: %v", err)
	}
}

// A quotation that goes over two sentences: between commas the marks would be
// doubled, between tabs they are not, and must not swallow what lies between them.
func TestQuotationMarksBetweenTabsSwallowNoRows(t *testing.T) {
	c := readSheet(t, "id\ttext\ttag\tby\n1\t\"We close.\ta\tana\n2\tThey go.\"\tb\tana\n2\tThey go.\"\ta\tben\n")
	if len(c.Ratings) != 2 || len(c.Raters) != 2 || len(c.Labels) != 2 {
		t.Errorf("%+v", c)
	}
}

func TestArticlesOfATableAreItsClusters(t *testing.T) {
	c := readSheet(t, "article,sentence,ana,ben\np,1,a,b\np,2,a,a\nq,1,b,b\n")
	if want := []string{"p", "p", "q"}; !slices.Equal(c.Clusters, want) {
		t.Errorf("clusters %q, want %q", c.Clusters, want)
	}
	if _, err := c.Intervals(BootstrapOptions{Seed: 1}); err != nil {
		t.Error(err)
	}
	if _, err := ReadSheet(strings.NewReader("article,sentence,ana\np,1,a\nq,1,a\np,1,b\n"), "x"); err == nil {
		t.Error("a sentence of one article stands twice and nobody minds")
	}
}

func TestKrippendorff2011AsATable(t *testing.T) {
	c := readSheet(t, `unit;A;B;C;D
1;1;1;.;1
2;2;2;3;2
3;3;3;3;3
4;3;3;3;3
5;2;2;2;2
6;1;2;3;4
7;4;4;4;4
8;1;1;2;1
9;2;2;2;2
10;.;5;5;5
11;.;.;1;1
12;.;3;.;.
`)
	r, err := Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797} {
		near(t, name, r.Values["krippendorff_alpha_"+name], want, 3)
	}
}

func TestEitherKindOfFileIsKnownByItsBeginning(t *testing.T) {
	for story, text := range map[string]string{"JSON": "\uFEFF \n" + oneCase, "a table": "\uFEFFr1,r2\n1,2\n2,2\n,1\n"} {
		got, err := ReadRatings(strings.NewReader(text), "a")
		if err != nil || len(got) != 1 || got[0].Name != "a" || len(got[0].Ratings) != 3 {
			t.Errorf("%s: %+v, %v", story, got, err)
		}
	}
	if _, err := ReadRatings(strings.NewReader(" \n"), "a"); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("an empty file: %v", err)
	}
}

// drawnSheet writes ratings as a table, in a shape and with a separator that are
// drawn. names[l] is label l.
func drawnSheet(rt *rapid.T, names []Label, cells [][]int) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(rt, "separator")
	w.UseCRLF = rapid.Bool().Draw(rt, "crlf")
	put := func(row ...string) {
		if w.Comma == '\t' { // all quoted, as csv.Writer does not
			for i, cell := range row {
				row[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(strings.Join(row, "\t") + "\n")
		} else if err := w.Write(row); err != nil {
			rt.Fatal(err)
		}
	}
	label := func(l int) string {
		if l == Missing {
			return "NA"
		}
		return names[l].Text
	}
	if rapid.Bool().Draw(rt, "a row a rating") {
		put("unit", "rater", "rating")
		for u, row := range cells {
			for r, l := range row {
				put(fmt.Sprint(u), fmt.Sprint("r", r), label(l))
			}
		}
		w.Flush()
		return b.String()
	}
	head := []string{"unit"}
	for r := range cells[0] {
		head = append(head, fmt.Sprint("r", r))
	}
	put(head...)
	for u, row := range cells {
		line := []string{fmt.Sprint(u)}
		for _, l := range row {
			line = append(line, label(l))
		}
		put(line...)
	}
	w.Flush()
	return b.String()
}

// Whatever is in the cells, and whichever shape and separator it is written in,
// the ratings are read as they were written.
func TestATableSaysWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		raters := rapid.IntRange(1, 4).Draw(rt, "raters")
		names := append(words("red \"blue\" gr;een ye,llow o\"range"), TextLabel("vio\tlet"))
		var cells [][]int
		for range rapid.IntRange(1, 8).Draw(rt, "units") {
			cells = append(cells, rapid.SliceOfN(rapid.IntRange(Missing, len(names)-1), raters, raters).Draw(rt, "unit"))
		}
		text := drawnSheet(rt, names, cells)
		got, err := ReadSheet(strings.NewReader(text), "x")
		if err != nil {
			rt.Fatalf("%q: %v", text, err)
		}
		if len(got.Ratings) != len(cells) || len(got.Raters) != raters {
			rt.Fatalf("%d units by %d raters, want %d by %d:\n%s", len(got.Ratings), len(got.Raters), len(cells), raters, text)
		}
		for u, row := range cells {
			for r, l := range row {
				if x := got.Ratings[u][r]; (x == Missing) != (l == Missing) || x != Missing && got.Labels[x] != names[l] {
					rt.Fatalf("unit %d, rater %d: read as %d, written as %v", u, r, x, l)
				}
			}
		}
	})
}

func FuzzReadSheet(f *testing.F) {
	seeds := []string{"ana,ben\na,b\nb,b\n", "unit;rater;rating\n1;ana;1,5\n1;ben;2\n", "a\tb\n\"x\"\"\ty\n", "\uFEFF\"r\r\n", "unit,by,tag\n1,,\n", "r,s\n1e5,-.5\n"}
	for _, s := range seeds {
		f.Add(s)
	}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ReadSheet(strings.NewReader(text), "x")
		if err != nil {
			return
		}
		r, err := Evaluate(c)
		if err != nil {
			t.Fatalf("what was read cannot be judged: %v", err)
		}
		for name, v := range r.Values {
			if v.OK == (v.Why != "") || v.OK && (math.IsNaN(v.V) || math.IsInf(v.V, 0)) {
				t.Errorf("%s is %+v", name, v)
			}
		}
	})
}
