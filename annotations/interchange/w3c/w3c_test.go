package w3c_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/w3c"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestRoundTrip(t *testing.T) {
	for _, u := range []annotations.Unit{annotations.CodePoints, annotations.UTF16} {
		t.Run(string(u), func(t *testing.T) { interchangetest.RoundTrip(t, w3c.New(), interchange.Options{Offsets: u}) })
	}
}

func TestGoldenFiles(t *testing.T) {
	for _, u := range []annotations.Unit{annotations.CodePoints, annotations.UTF16} {
		w, err := w3c.New().Write(interchangetest.Sample(t), interchange.Options{Offsets: u})
		if err != nil {
			t.Fatal(err)
		}
		if w.Unit != u || w.Ranges == 0 {
			t.Errorf("%d ranges in %s", w.Ranges, w.Unit)
		}
		interchangetest.Golden(t, w, *update)
	}
}

func TestPositionsInBytesAreRefused(t *testing.T) {
	if _, err := w3c.New().Write(interchangetest.Sample(t), interchange.Options{Offsets: annotations.Bytes}); err == nil {
		t.Error("no error")
	}
}

// item is what a client of the model reads.
type item struct {
	ID         string
	Type       string
	Motivation string
	Created    string
	Modified   string
	Body       []struct{ Type, Purpose, Source string }
	Target     struct {
		Source   string
		Selector []struct {
			Type, Exact, Prefix, Suffix string
			Start, End                  int
		}
	}
}

type collection struct {
	ID    string
	Total int
	First *struct{ Items []item }
}

func TestAnyExportObeysTheModel(t *testing.T) {
	id := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := 0
	interchangetest.Until(t, func() bool { return seen > 0 }, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		w, err := w3c.New().Write(e, interchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for i, f := range w.Files {
			var c collection
			if err := json.Unmarshal(f.Data, &c); err != nil {
				t.Fatal(err)
			}
			if (c.Total == 0) != (c.First == nil) || c.First != nil && len(c.First.Items) != c.Total {
				t.Fatalf("total %d beside %+v", c.Total, c.First)
			}
			if c.First == nil {
				continue
			}
			runes := []rune(e.Documents[i].Article.Body)
			for _, x := range c.First.Items {
				seen++
				if !id.MatchString(x.ID) || ids[x.ID] {
					t.Fatalf("the id %s is no UUID, or taken", x.ID)
				}
				ids[x.ID] = true
				if err := obeys(&x, runes); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func obeys(x *item, text []rune) error {
	switch x.Motivation {
	case "tagging", "commenting", "describing", "linking", "questioning":
	default:
		return fmt.Errorf("motivation %s", x.Motivation)
	}
	for _, when := range []string{x.Created, x.Modified} {
		if when != "" && !strings.HasSuffix(when, "Z") {
			return fmt.Errorf("the date %s is not in UTC", when)
		}
	}
	if len(x.Body) == 0 || x.Target.Source == "" || len(x.Target.Selector) != 2 {
		return fmt.Errorf("%s lacks a body, a source or one of the selectors", x.ID)
	}
	q, p := x.Target.Selector[0], x.Target.Selector[1]
	if string(text[p.Start:p.End]) != q.Exact {
		return fmt.Errorf("%q does not stand at %d to %d", q.Exact, p.Start, p.End)
	}
	if len([]rune(q.Prefix)) > 32 || len([]rune(q.Suffix)) > 32 || !strings.Contains(string(text), q.Prefix+q.Exact+q.Suffix) {
		return fmt.Errorf("%q does not stand between %q and %q", q.Exact, q.Prefix, q.Suffix)
	}
	return nil
}

func TestTheSameSentenceHasTheSameIDInEveryExport(t *testing.T) {
	a, b := interchangetest.Sample(t), interchangetest.Sample(t)
	b.Documents[0].Reviewers = b.Documents[0].Reviewers[:1]
	b.Documents[0].Rulings = nil
	var got [2][]string
	for i, e := range []interchange.Export{a, b} {
		w, err := w3c.New().Write(e, interchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var c collection
		if err := json.Unmarshal(w.Files[0].Data, &c); err != nil {
			t.Fatal(err)
		}
		for _, x := range c.First.Items {
			got[i] = append(got[i], x.ID)
		}
	}
	all := strings.Join(got[0], " ")
	for _, id := range got[1] {
		if !strings.Contains(all, id) {
			t.Errorf("%s is new", id)
		}
	}
	if len(got[1]) == 0 || len(got[1]) >= len(got[0]) {
		t.Errorf("%d and %d annotations", len(got[0]), len(got[1]))
	}
}

func TestAnArticleWithoutAnnotationsOrURLIsAnEmptyCollection(t *testing.T) {
	e := interchangetest.Sample(t)
	e.Documents[0].Reviewers, e.Documents[0].Rulings = nil, nil
	w, err := w3c.New().Write(e, interchange.Options{})
	if err != nil || bytes.Contains(w.Files[0].Data, []byte(`"first"`)) || !bytes.Contains(w.Files[0].Data, []byte(`"total": 0`)) {
		t.Errorf("%v\n%s", err, w.Files[0].Data)
	}
	e = interchangetest.Sample(t)
	e.Documents[0].Article.URL = "not a web address"
	w, err = w3c.New().Write(e, interchange.Options{})
	if err != nil || !bytes.Contains(w.Files[0].Data, []byte(`"source": "urn:uuid:`)) || len(w.Losses) == 0 {
		t.Errorf("%v, losses %v", err, w.Losses)
	}
}
