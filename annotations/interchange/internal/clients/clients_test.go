package clients_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/claimreview"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/docx"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/clients"
	"stet.example/stet/annotations/interchange/labelstudio"
	"stet.example/stet/annotations/interchange/prodigy"
	"stet.example/stet/annotations/interchange/w3c"
	"stet.example/stet/annotations/interchange/webanno"
)

// meant is what an export says, in the words of the clients, found without any
// writer's help.
type meant struct {
	sheets []*interchange.Sheet
	one    bool                // a program with one answer a sentence
	strict bool                // judged by the codebook in force alone
	name   func(string) string // of a tag in that program
	parts  string              // characters at which a program ends its lines, and its marks
}

// marks are what must be shown of a sheet; with may for what may be left out,
// because another codebook judged it.
func (m meant) marks(s *interchange.Sheet) (must, may []clients.Mark) {
	a := s.Article()
	for i, u := range a.Units {
		words := strings.TrimLeft(u.Span.In(a.Body), m.parts)
		start := utf8.RuneCountInString(a.Body[:u.Span.End-len(words)])
		words = strings.TrimRight(words, m.parts)
		end := start + utf8.RuneCountInString(words)
		add := func(tag, by string, sure bool) {
			if tag == "" || words == "" {
				return
			}
			x := clients.Mark{Start: start, End: end, Label: m.name(tag), By: by}
			if m.one {
				x.By = ""
			}
			if may = append(may, x); sure {
				must = append(must, x)
			}
		}
		voices := s.Voices(a.Units[i].ID)
		same := !slices.ContainsFunc(voices, func(v interchange.Voice) bool { return v.Codebook != s.Codebook().Hash })
		if r, ok := s.Ruling(u.ID); ok && r.Codebook != s.Codebook().Hash {
			same = false
		}
		if !m.one {
			for _, v := range voices {
				add(v.Tag, v.By, !m.strict || v.Codebook == s.Codebook().Hash)
			}
			continue
		}
		if add(s.Answer(u.ID).Tag, "", same || !m.strict); m.strict && !same {
			// Who is left decides.
			for _, v := range voices {
				add(v.Tag, "", false)
			}
			if r, ok := s.Ruling(u.ID); ok {
				add(r.Tag, "", false)
			}
		}
	}
	return must, may
}

// compare tells where what a client shows is not what was meant. Only marks over
// whole sentences count; parts of attributions have their place checked already.
func (m meant) compare(t *rapid.T, got []clients.Reading, shown func(clients.Mark) (clients.Mark, bool)) {
	t.Helper()
	if len(got) != len(m.sheets) {
		t.Fatalf("%d texts are shown, %d were exported", len(got), len(m.sheets))
	}
	order := func(a, b clients.Mark) int {
		return cmp.Or(a.Start-b.Start, a.End-b.End, cmp.Compare(a.Label, b.Label), cmp.Compare(a.By, b.By))
	}
	for _, s := range m.sheets {
		r := readingOf(t, got, s.Article())
		if !alike(s.Article().Body, r.Text) {
			t.Fatalf("%s: the text %q is not the article's", r.Name, r.Text)
		}
		must, may := m.marks(s)
		var have []clients.Mark
		for _, x := range r.Marks {
			if x, ok := shown(x); ok {
				x.Note = ""
				have = append(have, x)
			}
		}
		slices.SortFunc(have, order)
		for _, x := range must {
			if !slices.Contains(have, x) {
				t.Fatalf("%s: %+v is not shown; shown are %+v", r.Name, x, have)
			}
		}
		for _, x := range have {
			if !slices.Contains(may, x) {
				t.Fatalf("%s: %+v is shown and was not said; said were %+v", r.Name, x, may)
			}
		}
	}
}

// alike reports whether two texts differ in white space alone.
func alike(a, b string) bool {
	plain := func(s string) string {
		return strings.TrimRightFunc(strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return ' '
			}
			return r
		}, s), unicode.IsSpace)
	}
	return plain(a) == plain(b)
}

func written(t *rapid.T, d interchange.Dialect, e interchange.Export, o interchange.Options) []interchange.File {
	t.Helper()
	w, err := d.Write(e, o)
	if err != nil {
		t.Fatal(err)
	}
	return w.Files
}

func sheetsOf(t *rapid.T, e interchange.Export) []*interchange.Sheet {
	t.Helper()
	sheets, err := interchange.Sheets(&e)
	if err != nil {
		t.Fatal(err)
	}
	return sheets
}

// readingOf gives what a client read of an article. A file is named after its
// article, with a plus for each dot where the client's own names end at a dot,
// and a number where another's name is the same on some disks; the order of files
// says nothing, as a dot and a plus sort differently.
func readingOf(t *rapid.T, got []clients.Reading, a *annotations.Article) clients.Reading {
	t.Helper()
	for _, r := range got {
		if name, _, _ := strings.Cut(r.Name, "~"); name == a.Name || name == strings.ReplaceAll(a.Name, ".", "+") {
			return r
		}
	}
	t.Fatalf("the client read nothing of %q", a.Name)
	return clients.Reading{}
}

func same(s string) string { return s }

func all(m clients.Mark) (clients.Mark, bool) { m.By = ""; return m, true }

func TestBratShowsEachAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		got, err := clients.Brat(written(t, brat.New(), e, interchange.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		capital := func(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
		meant{sheetsOf(t, e), true, false, capital, "\n\v\f\r\x1c\x1d\x1e\u0085\u2028\u2029"}.compare(t, got, func(m clients.Mark) (clients.Mark, bool) {
			return m, !slices.Contains([]string{"Source", "Cue", "Content", "Untagged"}, m.Label)
		})
	})
}

func TestDoccanoTakesEverySpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		m := meant{sheetsOf(t, e), true, true, same, ""}
		got, err := clients.DoccanoRelations(written(t, doccano.New(), e, interchange.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		m.compare(t, got, all)
		got, err = clients.DoccanoSpans(written(t, doccano.New(), e, interchange.Options{Shape: "spans"}))
		if err != nil {
			t.Fatal(err)
		}
		m.compare(t, got, all)
		got, err = clients.DoccanoClasses(written(t, doccano.New(), e, interchange.Options{Shape: "class"}))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range m.sheets {
			if n := strings.Count(readingOf(t, got, s.Article()).Text, "\x00"); n < len(s.Article().Units) {
				t.Fatalf("%d lines for %d sentences", n, len(s.Article().Units))
			}
		}
	})
}

func TestLabelStudioTakesEachReviewersRegions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		got, err := clients.LabelStudio(written(t, labelstudio.New(), e, interchange.Options{Suggest: rapid.Bool().Draw(t, "suggest")}))
		if err != nil {
			t.Fatal(err)
		}
		meant{sheetsOf(t, e), false, true, same, ""}.compare(t, got, func(m clients.Mark) (clients.Mark, bool) {
			label, ok := strings.CutPrefix(m.Label, "tag:")
			m.Label = label
			return m, ok
		})
	})
}

func TestProdigyTakesEachTask(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		got, err := clients.Prodigy(written(t, prodigy.New(), e, interchange.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sheetsOf(t, e) {
			r := readingOf(t, got, s.Article())
			var want []string
			for k, u := range s.Article().Units {
				for _, v := range s.Voices(u.ID) {
					if v.Tag != "" && v.Codebook == s.Codebook().Hash {
						want = append(want, fmt.Sprint(k, v.Tag, v.By))
					}
				}
			}
			for _, x := range r.Marks {
				if w := fmt.Sprint(x.Start, x.Label, x.By); slices.Contains(want, w) {
					want = slices.DeleteFunc(want, func(s string) bool { return s == w })
				}
			}
			if len(want) > 0 {
				t.Fatalf("%s: not answered: %v", r.Name, want)
			}
		}
	})
}

func TestINCEpTIONReadsEachAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		got, err := clients.WebAnno(written(t, webanno.New(), e, interchange.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		meant{sheetsOf(t, e), true, false, same, ""}.compare(t, got, func(m clients.Mark) (clients.Mark, bool) {
			m.By = ""
			return m, m.Label != ""
		})
	})
}

func TestAWebAnnotationClientFindsEachTarget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		texts := map[string]string{}
		unit := rapid.SampledFrom([]annotations.Unit{annotations.CodePoints, annotations.UTF16}).Draw(t, "unit")
		files := written(t, w3c.New(), e, interchange.Options{Offsets: unit})
		for _, f := range files {
			base := strings.TrimSuffix(strings.TrimSuffix(f.Name, ".anno.jsonld"), ".utf16")
			for _, s := range sheetsOf(t, e) {
				if strings.Contains(string(f.Data), `"stet:name": "`+s.Article().Name+`"`) {
					texts[base] = s.Article().Body
				}
			}
		}
		got, err := clients.WebAnnotations(files, texts)
		if err != nil {
			t.Fatal(err)
		}
		meant{sheetsOf(t, e), false, true, same, ""}.compare(t, got, func(m clients.Mark) (clients.Mark, bool) { return m, true })
	})
}

func TestASpreadsheetReadsTheTableAndRunsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		var b bytes.Buffer
		if err := interchange.Write(&b, interchange.CSV, e); err != nil {
			t.Fatal(err)
		}
		rows, err := clients.Table(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		want := 1
		for _, s := range sheetsOf(t, e) {
			for _, u := range s.Article().Units {
				want += max(1, len(s.Voices(u.ID)))
			}
		}
		if len(rows) != want {
			t.Fatalf("%d rows, %d are meant", len(rows), want)
		}
	})
}

func TestAWordProcessorShowsEachComment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		got, err := clients.Document(written(t, docx.New(), e, interchange.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sheetsOf(t, e) {
			r := readingOf(t, got, s.Article())
			want := 0
			for _, u := range s.Article().Units {
				if a := s.Answer(u.ID); a.Tag != "" || a.Open() {
					want++
				}
			}
			if len(r.Marks) != want {
				t.Fatalf("%s: %d comments for %d sentences with an answer", r.Name, len(r.Marks), want)
			}
		}
	})
}

func TestClaimReviewsAreTheCheckersWordsAlone(t *testing.T) {
	published := 0
	interchangetest.Until(t, func() bool { return published > 0 }, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		w, err := claimreview.New().Write(e, interchange.Options{Page: "https://checks.example/a?b=c"})
		if errors.Is(err, claimreview.ErrNothing) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		list, err := clients.ClaimReviews(w.Files)
		if err != nil {
			t.Fatal(err)
		}
		published += len(list)
	})
}
