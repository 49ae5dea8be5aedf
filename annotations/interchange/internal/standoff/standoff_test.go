package standoff_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/standoff"
	"stet.example/stet/annotations/interchange/internal/standoff/standofftest"
)

func TestPlacesAreFoundInAnyUnitAndByTheirWords(t *testing.T) {
	const text = "A 😀 ship. A 😀 ship sank. Nobody knew."
	for _, c := range []struct {
		story  string
		place  standoff.Place
		want   string // START:END in bytes, or "" for nowhere
		repair string
	}{
		{"as it says", standoff.Place{Pieces: [][2]int{{0, 9}}, Words: "A 😀 ship."}, "0:12", ""},
		{"in UTF-16 units", standoff.Place{Pieces: [][2]int{{27, 39}}, Words: "Nobody knew."}, "31:43", "utf16"},
		{"in bytes", standoff.Place{Pieces: [][2]int{{31, 43}}, Words: "Nobody knew."}, "31:43", "byte"},
		{"nowhere near, but only once", standoff.Place{Pieces: [][2]int{{1, 3}}, Words: "sank"}, "25:29", "were found"},
		{"next to one of two, which of them nobody can say", standoff.Place{Pieces: [][2]int{{1, 8}}, Words: "ship"}, "", ""},
		{"words that stand nowhere", standoff.Place{Pieces: [][2]int{{0, 3}}, Words: "boat"}, "", ""},
		{"without words", standoff.Place{Pieces: [][2]int{{0, 1}}}, "0:1", ""},
		{"without words, past the end", standoff.Place{Pieces: [][2]int{{0, 99}}}, "", ""},
		{"pieces joined by a blank", standoff.Place{Pieces: [][2]int{{0, 1}, {4, 8}}, Words: "A ship"}, "0:11", ""},
		{"pieces joined by nothing", standoff.Place{Pieces: [][2]int{{0, 1}, {4, 8}}, Words: "Aship"}, "0:11", ""},
		{"pieces in disorder", standoff.Place{Pieces: [][2]int{{4, 8}, {0, 1}}, Words: "ship A"}, "", ""},
		{"no piece", standoff.Place{Words: "A"}, "", ""},
	} {
		t.Run(c.story, func(t *testing.T) {
			d := standoff.NewDesk(&standofftest.Library{})
			got, repair, err := d.Fit(annotations.NewOffsets(text), text, c.place, annotations.CodePoints)
			where := ""
			if err == nil {
				where = ends(got)
			}
			if where != c.want || !strings.Contains(repair, c.repair) || c.repair == "" && repair != "" {
				t.Errorf("%q, %q, %v", where, repair, err)
			}
		})
	}
}

func ends(list []annotations.Span) string {
	return fmt.Sprintf("%d:%d", list[0].Start, list[len(list)-1].End)
}

func TestJSONOnALineComesBackAndIsOneLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := standoff.Item{Stance: annotations.Refutes, URL: interchangetest.Text(t, 3, "url"), Quote: interchangetest.Text(t, 5, "quote"), Copy: annotations.HashOf("x")}
		s, err := standoff.EncodeLine(in)
		if err != nil {
			t.Fatal(err)
		}
		var out standoff.Item
		if strings.ContainsFunc(s, standoff.EndsLine) || standoff.DecodeLine(s, &out) != nil || out != in {
			t.Fatalf("%q became %+v", s, out)
		}
		if standoff.DecodeLine(s+"{}", &out) == nil || standoff.DecodeLine(`{"colour":1}`, &out) == nil {
			t.Fatal("more than the value was taken")
		}
	})
}

func TestFileNamesAreAllDifferentAndLeadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		pages, err := standoff.Pages(e)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		d := standoff.NewDesk(standofftest.Of(e))
		for _, p := range pages {
			if strings.Contains(p.Base, ".") || seen[strings.ToLower(p.Base)] {
				t.Fatalf("the base %q", p.Base)
			}
			seen[strings.ToLower(p.Base)] = true
			a, err := d.Known("", p.Base)
			if err != nil || a == nil || a.ID != p.Article.ID {
				t.Fatalf("%q does not lead back to %q", p.Base, p.Article.Name)
			}
		}
	})
}

func TestTheAnswerCarriesTheAnnotationOfWhoGaveIt(t *testing.T) {
	pages, err := standoff.Pages(standofftest.Team())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "sourced agreement ana S-1 record", "sourced reviewer ana S-1 record", "contested ruling lea C-c", "", "open", ""} {
		a := pages[0].Answers[i]
		got := []string{a.Tag, a.How, a.By, a.Rule}
		if a.Record != nil {
			got = append(got, "record")
		}
		if s := strings.Join(strings.Fields(strings.Join(got, " ")), " "); s != want {
			t.Errorf("sentence %d: %q, want %q", i+1, s, want)
		}
	}
}

func TestAFloodOfMistakesRefusesTheFiles(t *testing.T) {
	d := standoff.NewDesk(&standofftest.Library{})
	for i := range 50_000 {
		d.Rejected("x", i+1, "wrong")
	}
	_, _, err := d.Export("x")
	var wrong *interchange.FileError
	if !errors.As(err, &wrong) || !strings.Contains(err.Error(), "line 1: x: wrong") {
		t.Errorf("%v", err)
	}
	if n := len(d.Receipt.Rejected); n > 10_001 {
		t.Errorf("%d are kept", n)
	}
}

func TestSpansAreCarriedOverLineEnds(t *testing.T) {
	const raw = "One line.\r\nAnother\r\none.\r\n"
	lib := &standofftest.Library{}
	d := standoff.NewDesk(lib)
	a, err := d.Find(raw, "x", "x.txt")
	if err != nil {
		t.Fatal(err)
	}
	dr := d.Draft(a)
	got, err := standoff.NewCarrier(raw).Into(dr, []annotations.Span{{Start: 0, End: 9}, {Start: 11, End: 18}, {Start: 20, End: 24}})
	if err != nil || got[0].In(a.Body) != "One line." || got[1].In(a.Body) != "Another" || got[2].In(a.Body) != "one." {
		t.Errorf("%v %v", got, err)
	}
	if again, err := d.Find(strings.ReplaceAll(raw, "\r\n", "\n")+"\n", "x", "x.txt"); err != nil || again == nil {
		t.Errorf("%v %v", again, err)
	}
}

// A file separator is white space to some programs and a sentence to others.
func TestASentenceOfSeparatorsIsFoundWhereItIsMeant(t *testing.T) {
	a := &annotations.Article{Body: "One. \x1c Two.", Units: []annotations.Sentence{
		{ID: 1, Span: annotations.Span{End: 4}}, {ID: 2, Span: annotations.Span{Start: 5, End: 6}}, {ID: 3, Span: annotations.Span{Start: 7, End: 11}},
	}}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	d := standoff.NewDesk(&standofftest.Library{}).Draft(a)
	for s, want := range map[annotations.Span]string{
		{Start: 5, End: 6}:  "1 true <nil>",
		{Start: 4, End: 5}:  "0 false the span holds white space alone",
		{Start: 5, End: 11}: "2 true <nil>",
	} {
		unit, whole, err := d.Within(s)
		if got := fmt.Sprint(unit, whole, err); got != want {
			t.Errorf("%v: %s", s, got)
		}
	}
}
