package interchange_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/labelstudio"
	"stet.example/stet/annotations/interchange/prodigy"
	"stet.example/stet/annotations/interchange/sheet"
	"stet.example/stet/annotations/interchange/w3c"
	"stet.example/stet/annotations/interchange/webanno"
)

// alike are articles whose names differ in little and whose texts differ in a
// line end, as a revision may; each is tagged by another person.
func alike(t *testing.T) interchange.Export {
	t.Helper()
	book := codebook.Builtin()
	e := interchange.Export{Generator: "stet", Version: "1", Exported: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
	for i, name := range []string{"A.b", "a.b", "a-b", "a.B", "a-2"} {
		a := &annotations.Article{Body: "Fares rise.\nNobody asked us." + strings.Repeat("\n", i), Meta: annotations.Meta{Name: name, Codebook: book.Hash}}
		a.Units = []annotations.Sentence{{ID: 1, Span: annotations.Span{End: 11}}, {ID: 2, Span: annotations.Span{Start: 12, End: 28}}}
		if err := a.Seal(); err != nil {
			t.Fatal(err)
		}
		says := annotations.Record{Annotation: annotations.Annotation{Tag: "sourced", Codebook: book.Hash}, Rev: 1}
		e.Documents = append(e.Documents, interchange.Document{
			Article: a, Codebook: book,
			Reviewers: []interchange.Reviewer{{Name: "of " + name, Records: map[annotations.SentenceID]annotations.Record{1: says}}},
		})
	}
	return e
}

func TestArticlesThatDifferInLittleKeepTheirOwnAnnotations(t *testing.T) {
	for _, d := range []interchange.Dialect{brat.New(), webanno.New(), doccano.New(), labelstudio.New(), prodigy.New(), w3c.New(), sheet.New()} {
		t.Run(string(d.Format()), func(t *testing.T) {
			e := alike(t)
			w, err := d.Write(e, interchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			taken := map[string]bool{}
			var given []interchange.File
			for _, f := range w.Files {
				if fold := strings.ToLower(f.Name); taken[fold] {
					t.Errorf("a disk that knows no capitals would keep one of two files %s", f.Name)
				} else {
					taken[fold] = true
				}
				if f.Name != "label_config.xml" {
					given = append(given, f)
				}
			}
			slices.Reverse(given)
			lib := &interchangetest.Desk{Export: e}
			back, r, err := d.Read(given, lib)
			if err != nil || len(r.Rejected) > 0 || len(lib.Made) > 0 || len(back.Documents) != len(e.Documents) {
				t.Fatalf("%v, rejected %v, %d articles made", err, r.Rejected, len(lib.Made))
			}
			for i := range back.Documents {
				doc := &back.Documents[i]
				if who := "of " + doc.Article.Name; len(doc.Reviewers) != 1 || doc.Reviewers[0].Name != who || doc.Reviewers[0].Records[1].Tag != "sourced" {
					t.Errorf("%s has %+v", doc.Article.Name, doc.Reviewers)
				}
			}
		})
	}
}

func TestNamesAreToldApartOnEveryDisk(t *testing.T) {
	got := interchange.Apart([]string{"a", "A", "b", "A.b", "a.B"})
	if want := []string{"a~2", "A", "b", "A.b", "a.B~2"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
