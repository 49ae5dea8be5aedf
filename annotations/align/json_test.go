package align

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"stet.example/stet/annotations/segment"
)

func TestAPairGoesInAndAResultComesOut(t *testing.T) {
	in := `{"id":"p1","a":{"text":"“We will stay,” she said. Ten boats sank."},"b":{"text":"“We will go,” she said. A heading","sentences":[[0,26],[27,36]]}}`
	var p Pair
	if err := json.Unmarshal([]byte(in), &p); err != nil {
		t.Fatal(err)
	}
	r := Compare(p.A, p.B)
	r.ID = p.ID
	out, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"p1","links":[{"b":0,"from":[0]},{"b":1,"from":[]}],"changes":[{"b":0,"type":"quote_altered","was":"We will stay,","now":"We will go,"}],"left_out":[1]}`
	if string(out) != want {
		t.Errorf("got  %s\nwant %s", out, want)
	}
}

func TestAnEmptyResultHasNoNulls(t *testing.T) {
	out, err := json.Marshal(Compare(Side{}, Side{}))
	if want := `{"id":"","links":[],"changes":[],"left_out":[]}`; err != nil || string(out) != want {
		t.Errorf("got %s, %v; want %s", out, err, want)
	}
}

func TestBadPairsSayWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"no side b", `{"id":"x","a":{"text":"A."}}`, `no side "b"`},
		{"a span outside", `{"id":"x","a":{"text":"A."},"b":{"text":"B.","sentences":[[0,9]]}}`, "outside"},
		{"spans that overlap", `{"id":"x","a":{"text":"A."},"b":{"text":"B. C.","sentences":[[0,3],[2,5]]}}`, "inside the one before"},
		{"a span that cuts a character", `{"id":"x","a":{"text":"A."},"b":{"text":"ü.","sentences":[[1,3]]}}`, "cut a character"},
		{"no object", `[1]`, "pair"},
	} {
		var p Pair
		err := json.Unmarshal([]byte(c.in), &p)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", c.name, err, c.want)
		}
	}
}

// FuzzCompare holds for any two texts: one link a sentence, all numbers in range,
// every source used or left out, words that stand where they are said to.
func FuzzCompare(f *testing.F) {
	seeds := 0
	for _, c := range changeCases {
		f.Add(c.was+" "+c.now, c.now)
		seeds++
	}
	f.Add("", "\x00")
	f.Add("“”“ ‘", "$ % 10,,5 1:2:3")
	if seeds == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, x, y string) {
		if !utf8.ValidString(x) || !utf8.ValidString(y) || len(x)+len(y) > 4000 {
			t.Skip()
		}
		p := Pair{
			A: Side{x, segment.Append(nil, x, segment.Options{})},
			B: Side{y, segment.Append(nil, y, segment.Options{})},
		}
		r := Compare(p.A, p.B)
		if len(r.Links) != len(p.B.Units) {
			t.Fatalf("%d links for %d sentences", len(r.Links), len(p.B.Units))
		}
		used := make([]bool, len(p.A.Units))
		for j, l := range r.Links {
			if l.B != j {
				t.Fatalf("link %d is for sentence %d", j, l.B)
			}
			for _, i := range l.From {
				used[i] = true
			}
		}
		for _, i := range r.LeftOut {
			if used[i] {
				t.Fatalf("sentence %d is used and left out", i)
			}
			used[i] = true
		}
		for i, u := range used {
			if !u {
				t.Fatalf("sentence %d is neither used nor left out", i)
			}
		}
		for _, c := range r.Changes {
			if c.WasSpan.In(x) != c.Was || c.NowSpan.In(y) != c.Now || c.Was == "" && c.Now == "" || c.B < 0 || c.B >= len(r.Links) {
				t.Fatalf("%+v", c)
			}
		}
		for _, o := range r.Orphans {
			if len(o.Support) == 0 || slices.ContainsFunc(append(o.Support, o.Against...), func(i int) bool { return !slices.Contains(r.LeftOut, i) }) {
				t.Fatalf("%+v: its support is not all left out", o)
			}
		}
		PlanRevision(p.A, p.B)
		var quotes QuoteIndex
		quotes.Add("a", p.A)
		quotes.Add("b", p.B)
		quotes.Variants()
	})
}
