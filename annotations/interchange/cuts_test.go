package interchange_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/labelstudio"
	"stet.example/stet/annotations/interchange/prodigy"
	"stet.example/stet/annotations/interchange/sheet"
	"stet.example/stet/annotations/interchange/w3c"
	"stet.example/stet/annotations/interchange/webanno"
	"stet.example/stet/annotations/segment"
)

// beside is a library that has no article, but the texts that lie beside the files:
// asked for one, it cuts it by the rules.
type beside struct {
	*interchangetest.Desk
	texts map[string]string // by the names that lead to them
}

func (b *beside) Article(text annotations.Hash, name string) (*annotations.Article, error) {
	for called, words := range b.texts {
		if called != name && annotations.HashOf(words) != text {
			continue
		}
		for _, a := range b.Made {
			if a.Body == words {
				return a, nil
			}
		}
		return b.Make(words, interchange.About{}, called)
	}
	return nil, nil
}

// TestAStoreWithoutTheTextGetsTheSentencesOfWhoeverWroteTheFile: a reviewer joined
// two sentences and split another. Cut by the rules, a fresh store would have no
// place for what was said of them.
func TestAStoreWithoutTheTextGetsTheSentencesOfWhoeverWroteTheFile(t *testing.T) {
	for _, d := range []interchange.Dialect{brat.New(), webanno.New(), doccano.New(), labelstudio.New(), prodigy.New(), w3c.New(), sheet.New()} {
		t.Run(string(d.Format()), func(t *testing.T) {
			e := interchangetest.Sample(t)
			e.Documents = e.Documents[:1]
			doc := &e.Documents[0]
			a := *doc.Article
			var err error
			if a.Units, err = annotations.JoinUnits(a.Units, 3); err != nil {
				t.Fatal(err)
			}
			at := strings.Index(a.Body, "two council aides")
			if a.Units, err = annotations.SplitUnit(a.Body, a.Units, 2, at, 9); err != nil {
				t.Fatal(err)
			}
			if err := a.Seal(); err != nil {
				t.Fatal(err)
			}
			doc.Article, doc.Rulings, doc.Secrets, doc.Evidence = &a, nil, nil, nil
			says := annotations.Record{Annotation: annotations.Annotation{Tag: "sourced", Codebook: a.Codebook}, Rev: 1}
			doc.Reviewers = []interchange.Reviewer{{Name: "ana", Records: map[annotations.SentenceID]annotations.Record{3: says, 9: says}}}
			w, err := d.Write(e, interchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			files := slices.DeleteFunc(w.Files, func(f interchange.File) bool { return strings.HasSuffix(f.Name, ".xml") })
			lib := &beside{&interchangetest.Desk{}, map[string]string{a.Name: a.Body, a.ID.String(): a.Body}}
			got, r, err := d.Read(files, lib)
			if err != nil || len(r.Rejected)+len(r.Repaired) > 0 || len(got.Documents) != 1 {
				t.Fatalf("%v, %+v", err, r)
			}
			back := got.Documents[0].Article
			if rules := segment.Append(nil, a.Body, segment.Options{}); len(rules) == len(a.Units) && rules[2].Span == a.Units[2].Span {
				t.Fatal("the rules cut as the reviewer did: nothing is tried")
			}
			for i, u := range a.Units {
				if i >= len(back.Units) || back.Units[i].Span != u.Span || back.Units[i].ID != u.ID {
					t.Fatalf("cut as %v, not as %v", back.Units, a.Units)
				}
			}
			if people := got.Documents[0].Reviewers; len(people) != 1 || people[0].Records[3].Tag != "sourced" || people[0].Records[9].Tag != "sourced" {
				t.Errorf("said: %+v", people)
			}
		})
	}
}

// TestAStoreThatHasTheTextKeepsItsSentences: what was said there hangs on them.
func TestAStoreThatHasTheTextKeepsItsSentences(t *testing.T) {
	e := interchangetest.Sample(t)
	e.Documents = e.Documents[:1]
	w, err := doccano.New().Write(e, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	joined := recut(t, e.Documents[0].Article, nil, [2]int{0, 0}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 4}, [2]int{5, 5}, [2]int{6, 6})
	there := e
	there.Documents = []interchange.Document{{Article: joined, Codebook: e.Documents[0].Codebook}}
	got, _, err := doccano.New().Read(w.Files, &interchangetest.Desk{Export: there})
	if err != nil || len(got.Documents) != 1 || !slices.Equal(got.Documents[0].Article.Units, joined.Units) {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestCutsLeadBackToTheSameSentences(t *testing.T) {
	seen := 0
	interchangetest.Until(t, func() bool { return seen > 0 }, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		sheets, err := interchange.Sheets(&e)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sheets {
			plain := *s.Article()
			plain.Units = segment.Append(nil, plain.Body, segment.Options{})
			back, err := interchange.Recut(&plain, s.Cuts())
			if err != nil || !slices.Equal(back.Units, s.Article().Units) || back.Table != s.Article().Table {
				t.Fatalf("%q: %v", s.Cuts(), err)
			}
			seen++
		}
	})
}

func TestCutsThatDoNotFitTheTextAreRefused(t *testing.T) {
	a := &annotations.Article{Body: "  Fares rise. Nobody asked 🚢.\n\nWhy?\n"}
	a.Units = segment.Append(nil, a.Body, segment.Options{})
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		story, cuts, want string
	}{
		{"as the rules have it", "2+11 15 2+4p", ""},
		{"the first two joined, the second ID given up", "2+27 2+4p#3", ""},
		{"a heading that is no sentence", "2+11k1 15 2+4p", ""},
		{"nothing at all", "", "no number"},
		{"the text was edited", "2+12 15 2+4p", "belong to no sentence|not trimmed|inside"},
		{"two units without white space between", "2+11 14 0+1 2+4p", ""},
		{"the last sentence is missing", "2+11 15", "belong to no sentence"},
		{"one beyond the end", "2+11 15 2+4p 5", "text"},
		{"the same ID twice", "2+11 15#1 2+4p", "taken"},
		{"an ID that is none", "2+11#0 15 2+4p", "no ID of a sentence"},
		{"an ID below nothing", "2+11 15#-1 2+4p", "no ID of a sentence"},
		{"an ID far below nothing", "2+11 15#-4294967295 2+4p", "no ID of a sentence"},
		{"an ID beyond the last there can be", "2+11 15#4294967296 2+4p", "no number in range"},
		{"no ID behind the last there can be", "2+11#4294967295 15 2+4p", "taken"},
		{"a paragraph below nothing", "2+11p-1 15 2+4p", "no number of a paragraph"},
		{"the number of a kind below nothing", "2+11k-1 15 2+4p", "no kind"},
		{"a kind of a later version", "2+11k99 15 2+4p", "does not know"},
		{"a dateline longer than the sentence", "2+11d12 15 2+4p", "dateline"},
		{"a unit of nothing", "2+11 0+0 15 2+4p", "no length"},
		{"a dateline beyond the end", "2+11d4000000000 15 2+4p", "dateline"},
		{"the same letter twice", "2+11d3d3 15 2+4p", "twice"},
		{"it goes back", "2+11 -5+15 2+4p", "backwards"},
		{"a number beyond all bounds", "2+99999999999 15 2+4p", "no number in range"},
		{"words", "2+11 eighteen 2+4p", "no number"},
		{"a letter of a later version", "2+11z4 15 2+4p", "nothing that is known"},
	} {
		b, err := interchange.Recut(a, c.cuts)
		switch {
		case c.want == "":
			if err != nil || interchange.Cuts(b) != c.cuts {
				t.Errorf("%s: %v", c.story, err)
			}
		case err == nil || !slices.ContainsFunc(strings.Split(c.want, "|"), func(w string) bool { return strings.Contains(err.Error(), w) }):
			t.Errorf("%s: %v; it should say %q", c.story, err, c.want)
		}
	}
}

// TestHostileCutsCostNoMoreThanTheirText: what is counted is counted once, however
// often and however far the words say.
func TestHostileCutsCostNoMoreThanTheirText(t *testing.T) {
	a := &annotations.Article{Body: strings.Repeat("a", 8<<20)}
	a.Units = []annotations.Sentence{{ID: 1, Span: annotations.Span{End: len(a.Body)}}}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	for _, cuts := range []string{
		"8388608" + strings.Repeat("d8388608", 100_000),
		strings.Repeat("1d8388600 ", 100_000),
		strings.Repeat("0+0d8388600 ", 100_000),
		"8388608" + strings.Repeat("d1", 1<<20),
	} {
		if _, err := interchange.Recut(a, cuts); err == nil { // with any of them counted through, it is hours
			t.Errorf("%.20q was taken", cuts)
		}
	}
}

func TestWordsOfTheReceiptWhereTheTextWasEditedSince(t *testing.T) {
	e := interchangetest.Sample(t)
	e.Documents = e.Documents[:1]
	w, err := doccano.New().Write(e, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w.Files[0].Data = []byte(strings.Replace(string(w.Files[0].Data), "Ferry fares to rise", "Ferry fares are to rise", 1))
	got, r, err := doccano.New().Read(w.Files, &interchangetest.Desk{})
	if err != nil || len(got.Documents) != 1 {
		t.Fatal(err)
	}
	if len(r.Repaired) == 0 || r.Repaired[0].Line != 1 || !strings.Contains(r.Repaired[0].Msg, "cut by the rules") {
		t.Errorf("%v", r.Repaired)
	}
}

// TestChangedQuotationMarksChangeNoCut: other programs straighten quotation marks,
// which have three bytes and become one.
func TestChangedQuotationMarksChangeNoCut(t *testing.T) {
	e := interchangetest.Sample(t)
	e.Documents = e.Documents[:1]
	a := recut(t, e.Documents[0].Article, nil, [2]int{0, 0}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 5}, [2]int{6, 6})
	e.Documents = []interchange.Document{{Article: a, Codebook: e.Documents[0].Codebook}}
	w, err := labelstudio.New().Write(e, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	straight := strings.NewReplacer("“", `\"`, "”", `\"`)
	data := []byte(straight.Replace(string(w.Files[0].Data)))
	got, r, err := labelstudio.New().Read([]interchange.File{{Name: "a.json", Data: data}}, &interchangetest.Desk{})
	if err != nil || len(got.Documents) != 1 || len(r.Repaired) > 0 {
		t.Fatalf("%v, %+v", err, r)
	}
	if n := len(got.Documents[0].Article.Units); n != 5 || len(got.Documents[0].Article.Body) == len(a.Body) {
		t.Errorf("%d sentences, not the 5 of the file", n)
	}
}

func FuzzRecut(f *testing.F) {
	a := interchangetest.Article(f)
	seeds := 0
	for _, cuts := range []string{interchange.Cuts(a), "19k1 2+96d34p 2+77p 64 24 33 24", "1", "0+0", "9p-1#4294967295"} {
		f.Add(cuts)
		seeds++
	}
	if seeds < 5 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, cuts string) {
		b, err := interchange.Recut(a, cuts)
		if err != nil {
			return
		}
		if err := annotations.CheckUnits(b.Body, b.Units); err != nil {
			t.Fatalf("%q: %v", cuts, err)
		}
		if again, err := interchange.Recut(a, interchange.Cuts(b)); err != nil || !slices.Equal(again.Units, b.Units) {
			t.Fatalf("%q became %q: %v", cuts, interchange.Cuts(b), err)
		}
	})
}

// TestOneFileWithABadCutDoesNotHideThatOfAnother: two files tell of one text. The cut of
// the first does not fit any more; that of the second does, and is taken.
func TestOneFileWithABadCutDoesNotHideThatOfAnother(t *testing.T) {
	e := interchangetest.Sample(t)
	e.Documents = e.Documents[:1]
	a := recut(t, e.Documents[0].Article, nil, [2]int{0, 0}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 5}, [2]int{6, 6})
	says := map[annotations.SentenceID]annotations.Record{}
	for _, u := range a.Units {
		says[u.ID] = annotations.Record{Annotation: annotations.Annotation{Tag: "sourced", Codebook: a.Codebook}, Rev: 1}
	}
	e.Documents = []interchange.Document{{Article: a, Codebook: e.Documents[0].Codebook, Reviewers: []interchange.Reviewer{{Name: "ana", Records: says}}}}
	words := interchange.Cuts(a)
	for _, c := range []struct {
		of       interchange.Dialect
		old, bad string
	}{
		{brat.New(), words, words + " 5"},
		{webanno.New(), "#Sentence.id=s" + a.Units[1].ID.String()[1:], "#Sentence.id=" + a.Units[0].ID.String()},
		{doccano.New(), words, words + " 5"},
		{labelstudio.New(), words, words + " 5"},
		{prodigy.New(), words, words + " 5"},
		{w3c.New(), words, words + " 5"},
	} {
		t.Run(string(c.of.Format()), func(t *testing.T) {
			w, err := c.of.Write(e, interchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var files []interchange.File
			for _, name := range []string{"1-bad", "2-good"} {
				for _, f := range w.Files {
					if strings.HasSuffix(f.Name, ".xml") {
						continue
					}
					base, rest, _ := strings.Cut(f.Name, ".")
					if base == a.Name {
						f.Name = name + "." + rest
					} else if name == "1-bad" {
						f.Name = name + f.Name
					}
					if name == "1-bad" {
						f.Data = []byte(strings.ReplaceAll(string(f.Data), c.old, c.bad))
					}
					files = append(files, f)
				}
			}
			broken := slices.ContainsFunc(files, func(f interchange.File) bool { return strings.Contains(string(f.Data), c.bad) })
			if !broken {
				t.Fatalf("%q stands in no file: nothing is tried", c.old)
			}
			lib := &beside{&interchangetest.Desk{}, map[string]string{a.Name: a.Body, a.ID.String(): a.Body}}
			got, r, err := c.of.Read(files, lib)
			if err != nil || len(got.Documents) != 1 {
				t.Fatalf("%v, %+v", err, r)
			}
			back := got.Documents[0].Article
			if !slices.EqualFunc(back.Units, a.Units, func(u, v annotations.Sentence) bool { return u.Span == v.Span && u.ID == v.ID }) {
				t.Errorf("cut as %v, not as %v; %v", interchange.Cuts(back), words, r.Repaired)
			}
			told := slices.ContainsFunc(r.Repaired, func(p interchange.Problem) bool {
				return strings.Contains(p.Msg, "do not fit the text") && strings.Contains(p.Msg, "others were taken")
			})
			if !told {
				t.Errorf("the bad cut is not named: %v", r.Repaired)
			}
		})
	}
}

// TestATableOfSomeSentencesDoesNotHideATableOfAll: the first table says of some
// sentences only how they are cut, which is nothing; the second says it of all.
func TestATableOfSomeSentencesDoesNotHideATableOfAll(t *testing.T) {
	e := interchangetest.Sample(t)
	e.Documents = e.Documents[:1]
	a := recut(t, e.Documents[0].Article, nil, [2]int{0, 0}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 5}, [2]int{6, 6})
	says := map[annotations.SentenceID]annotations.Record{1: {Annotation: annotations.Annotation{Tag: "sourced", Codebook: a.Codebook}, Rev: 1}}
	e.Documents = []interchange.Document{{Article: a, Codebook: e.Documents[0].Codebook, Reviewers: []interchange.Reviewer{{Name: "ana", Records: says}}}}
	w, err := sheet.New().Write(e, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole := w.Files[0]
	lines := strings.SplitAfter(strings.TrimSuffix(string(whole.Data), "\n"), "\n")
	part := interchange.File{Name: "some.csv", Data: []byte(lines[0] + lines[len(lines)-1])}
	lib := &beside{&interchangetest.Desk{}, map[string]string{a.Name: a.Body}}
	got, r, err := sheet.New().Read([]interchange.File{part, whole}, lib)
	if err != nil || len(got.Documents) != 1 || len(r.Rejected) > 0 {
		t.Fatalf("%v, %+v", err, r)
	}
	back := got.Documents[0].Article
	if !slices.EqualFunc(back.Units, a.Units, func(u, v annotations.Sentence) bool { return u.Span == v.Span && u.ID == v.ID }) {
		t.Errorf("cut as %v, not as %v", interchange.Cuts(back), interchange.Cuts(a))
	}
}
