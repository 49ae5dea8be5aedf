package brat_test

import (
	"bytes"
	"errors"
	"flag"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/standoff"
	"stet.example/stet/annotations/interchange/internal/standoff/standofftest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func write(t rapid.TB, e interchange.Export) interchange.Written {
	t.Helper()
	w, err := brat.New().Write(e, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestGoldenFiles(t *testing.T) {
	w := write(t, standofftest.Sample())
	standofftest.Golden(t, w.Files, *update)
	if w.Unit != annotations.CodePoints || w.Ranges != 11 {
		t.Errorf("%d ranges in %s", w.Ranges, w.Unit)
	}
}

func TestTheSampleComesBackWhole(t *testing.T) {
	e := standofftest.Sample()
	w := write(t, e)
	got, receipt, err := brat.New().Read(w.Files, standofftest.Of(e))
	if err != nil {
		t.Fatal(err)
	}
	if !receipt.Clean() {
		t.Fatalf("rejected %v, repaired %v", receipt.Rejected, receipt.Repaired)
	}
	// A link leads to sentence 5, which has a T line of its own, without a tag.
	want, have := e.Documents[0].Reviewers[0].Records, got.Documents[0].Reviewers[0].Records
	for id, rec := range want {
		r := have[id]
		r.Rev = rec.Rev
		if !r.Equal(rec.Annotation) || !r.Time.Equal(rec.Time) {
			t.Errorf("%s came back as %+v, not %+v", id, r, rec)
		}
	}
	if len(have) != len(want) || len(got.Documents[0].Evidence) != 1 || got.Documents[0].Reviewers[0].Name != "ana" {
		t.Errorf("%d annotations of %d, %d items", len(have), len(want), len(got.Documents[0].Evidence))
	}
}

func TestATeamGivesOneAnswerAndCountsTheRest(t *testing.T) {
	w := write(t, standofftest.Team())
	ann := string(w.Files[1].Data)
	for _, want := range []string{"Contested ", "Reviewer T3 lea ", "A"} {
		if want == "Reviewer T3 lea " {
			want = "\tRuling T3\tlea "
		}
		if !strings.Contains(ann, want) {
			t.Errorf("no %q in\n%s", want, ann)
		}
	}
	got := map[string]int{}
	for _, l := range w.Losses {
		got[l.What] = l.Count
	}
	for what, n := range map[string]int{"annotations beside the one answer": 5, "rulings": 1, "sentences on which reviewers differ": 1, "details of articles": 6, "evidence items without a sentence": 1} {
		if got[what] != n {
			t.Errorf("%s: %d, want %d (%v)", what, got[what], n, w.Losses)
		}
	}
	if bytes.Contains(w.Files[1].Data, []byte("clerk")) {
		t.Error("confidential words are in the file")
	}
}

func TestTheSameStateGivesTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		a, b := write(t, e), write(t, e)
		for i := range a.Files {
			if !bytes.Equal(a.Files[i].Data, b.Files[i].Data) {
				t.Fatalf("%s differs", a.Files[i].Name)
			}
		}
	})
}

// fold is what the format keeps of an annotation.
func fold(a *annotations.Article, x annotations.Annotation) annotations.Annotation {
	x = x.Clone()
	x.Confidential, x.Verdict = nil, ""
	x.Note = oneLine(x.Note)
	x.Links = slices.DeleteFunc(x.Links, func(l annotations.Link) bool { return l.To.Article != a.ID || blank(a, l.To.Sentence) })
	for i := range x.Links {
		x.Links[i].Note = oneLine(x.Links[i].Note)
	}
	for i := range x.Attributions {
		at := &x.Attributions[i]
		at.Source, at.Cue, at.Content = words(a, at.Source), words(a, at.Cue), words(a, at.Content)
	}
	x.Attributions = slices.DeleteFunc(x.Attributions, func(at annotations.Attribution) bool {
		return len(at.Source)+len(at.Cue)+len(at.Content) == 0 && at.Name+at.Kind == ""
	})
	if len(x.Links) == 0 {
		x.Links = nil
	}
	if len(x.Attributions) == 0 {
		x.Attributions = nil
	}
	return x
}

// blank reports whether a sentence is made of separators alone, which the format
// has no annotation for.
func blank(a *annotations.Article, id annotations.SentenceID) bool {
	return len(words(a, []annotations.Span{a.Units[a.Index(id)].Span})) == 0
}

func oneLine(s string) string {
	s, _ = standoff.OneLine(s)
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

// words cuts spans as the format does.
func words(a *annotations.Article, list []annotations.Span) []annotations.Span {
	return brat.Whole(a.Body, brat.Pieces(a.Body, list))
}

func TestWhatTheFormatHoldsComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := standofftest.Single(t, interchangetest.Draw(t))
		w := write(t, e)
		got, receipt, err := brat.New().Read(w.Files, standofftest.Of(e))
		if err != nil {
			t.Fatal(err)
		}
		if !receipt.Clean() {
			t.Fatalf("rejected %v, repaired %v\n%s", receipt.Rejected, receipt.Repaired, w.Files[1].Data)
		}
		for _, d := range e.Documents {
			for _, r := range d.Reviewers {
				for id, rec := range r.Records {
					if blank(d.Article, id) {
						continue
					}
					want := fold(d.Article, rec.Annotation)
					have := standofftest.Said(got, d.Article.ID, r.Name, id)
					if have == nil {
						if !want.IsZero() {
							t.Fatalf("%s of %s is gone: %+v", id, d.Article.Name, want)
						}
						continue
					}
					if !have.Equal(want) || !have.Time.Equal(rec.Time) {
						t.Fatalf("%s came back as\n%+v, not\n%+v", id, have.Annotation, want)
					}
				}
			}
		}
	})
}

// small is a text whose second half stands behind an emoji.
const small = "UNODC says X 😀. The ministry says Y."

func load(t *testing.T, text, ann string) (*interchange.Export, *interchange.Receipt, *standofftest.Library) {
	t.Helper()
	lib := &standofftest.Library{}
	files := []interchange.File{{Name: "doc.txt", Data: []byte(text)}, {Name: "doc.ann", Data: []byte(ann)}, {Name: "annotation.conf"}}
	e, r, err := brat.New().Read(files, lib)
	if err != nil {
		t.Fatal(err)
	}
	return e, r, lib
}

func TestWhatOthersWriteIsRead(t *testing.T) {
	for _, c := range []struct {
		story, ann         string
		annotations        int
		repaired, rejected int
		says               string // in the first problem
	}{
		{"the running example", "T1\tContested 0 15\tUNODC says X 😀.\nT2\tSourced 16 36\tThe ministry says Y.\nR1\tDisputes Arg1:T2 Arg2:T1\t\n#1\tAnnotatorNotes T1\tsee UNODC 2024 p. 12\n", 2, 0, 0, ""},
		{"a browser counted UTF-16 units", "T2\tSourced 17 37\tThe ministry says Y.\n", 1, 1, 0, "utf16"},
		{"a part stands for the sentence", "T1\tContested 0 14\tUNODC says X 😀\n", 1, 0, 0, "part of sentence 1"},
		{"positions off by one each", "T1\tSourced 1 6\tUNODC\n", 1, 2, 0, "found at byte 0"},
		{"a tag in other letters", "T1\tSOURCED 0 15\tUNODC says X 😀.\n", 1, 1, 0, `"SOURCED" was read as the tag "sourced"`},
		{"an unknown tag", "T1\tPerson 0 5\tUNODC\n", 0, 0, 1, "sourced, contested, contextual"},
		{"words that stand nowhere", "T1\tSourced 0 5\tOPEC\n", 0, 0, 1, "leads nowhere"},
		{"a span over two sentences", "T1\tSourced 0 36\tUNODC says X 😀. The ministry says Y.\n", 0, 0, 1, "from sentence 1 to 2"},
		{"a span past the end", "T1\tSourced 30 99\tsays Y.\n", 1, 2, 0, "found at byte"},
		{"two tags", "T1\tSourced 0 15\tUNODC says X 😀.\nT2\tContested 0 15\tUNODC says X 😀.\n", 0, 0, 2, "two tags"},
		{"the whole goes before a part", "T1\tSourced 0 5\tUNODC\nT2\tContested 0 15\tUNODC says X 😀.\n", 1, 0, 1, "the whole of it"},
		{"events, names and equivalences", "T1\tSourced 0 15\tUNODC says X 😀.\nE1\tSourced:T1\nN1\tReference T1 Wikipedia:1\tx\n*\tEquiv T1 T2\n", 1, 0, 3, "event"},
		{"a relation to nothing", "T1\tSourced 0 15\tUNODC says X 😀.\nR1\tDisputes Arg1:T1 Arg2:T9\n", 1, 0, 1, "T9"},
		{"a sentence that disputes itself", "T1\tSourced 0 15\tUNODC says X 😀.\nR1\tDisputes Arg1:T1 Arg2:T1\n", 1, 0, 1, "itself"},
		{"attributes", "T1\tSourced 0 15\tUNODC says X 😀.\nA1\tUnsure T1\nA2\tRule T1 S-1\nA3\tRule T1 C-a\nM1\tSpeculation T1\n", 1, 0, 2, "C-a"},
		{"words drawn by hand", "T1\tSourced 0 15\tUNODC says X 😀.\nT2\tSource 0 5\tUNODC\nT3\tCue 6 10\tsays\nR1\tHas_source Arg1:T1 Arg2:T2\nR2\tHas_cue Arg1:T1 Arg2:T3\n", 1, 0, 0, ""},
		{"no words to compare", "T1\tSourced 0 15\t\n", 1, 1, 0, "does not quote"},
		{"words of nobody", "T1\tSourced 0 15\tUNODC says X 😀.\nT2\tSource 0 5\tUNODC\n", 1, 0, 1, "belong to no attribution"},
		{"lines that are no annotation", "T1\tSourced 0 15\tUNODC says X 😀.\nhello\n\nX9 y\tz\n", 1, 0, 2, "no tab"},
		{"windows line ends in the annotations", "T1\tSourced 0 15\tUNODC says X 😀.\r\nA1\tUnsure T1\r\n", 1, 0, 0, ""},
	} {
		t.Run(c.story, func(t *testing.T) {
			e, r, _ := load(t, small, c.ann)
			problems := slices.Concat(r.Repaired, r.Rejected)
			if n := standofftest.Count(e); n != c.annotations || c.says != "part of sentence 1" && (len(r.Repaired) != c.repaired || len(r.Rejected) != c.rejected) {
				t.Errorf("%d annotations, %v", n, problems)
			}
			if c.says != "" && (len(problems) == 0 || !strings.Contains(problems[0].String(), c.says)) {
				t.Errorf("%v does not say %q", problems, c.says)
			}
			if r.Annotations.Out != c.annotations {
				t.Errorf("the receipt counts %d", r.Annotations.Out)
			}
		})
	}
}

func TestTextWithOtherLineEndsIsTheSameText(t *testing.T) {
	e := standofftest.Sample()
	w := write(t, e)
	text := strings.ReplaceAll(string(w.Files[0].Data), "\n", "\r\n")
	ann := "T1\tContextual 0 19\tFerry fares to rise\nT2\tSourced 121 161;163 179;180 192\t“Nobody asked us 🚢,” said Dr. M. Okafor, who runs a kiosk on the quay.\n"
	files := []interchange.File{{Name: "x.txt", Data: []byte(text)}, {Name: "x.ann", Data: []byte(ann)}}
	lib := standofftest.Of(e)
	got, r, err := brat.New().Read(files, lib)
	if err != nil {
		t.Fatal(err)
	}
	a := e.Documents[0].Article.ID
	if len(lib.Made) != 0 || !r.Clean() || standofftest.Said(got, a, "rita", 1) == nil || standofftest.Said(got, a, "rita", 3) == nil {
		t.Errorf("made %d articles, %v %v", len(lib.Made), r.Rejected, r.Repaired)
	}
}

func TestHostileFilesAreRefusedOrReported(t *testing.T) {
	for _, c := range []struct{ story, text, ann, says string }{
		{"not UTF-8", "abc.", "T1\tSourced 0 4\tabc\xff\n", "line 1: doc.ann: is not valid UTF-8"},
		{"an ID twice", "abc.", "T1\tSourced 0 4\tabc.\nT1\tSourced 0 4\tabc.\n", "stands in line 1 too"},
		{"a line without end", "abc.", "T1\tSourced 0 4\t" + strings.Repeat("x", standoff.MaxLine), "the limit is"},
		{"an empty text", " ", "T1\tSourced 0 4\tabc.\n", "cannot become an article"},
		{"a flood of wrong lines", "abc.", strings.Repeat("hello\n", 20_000), "others are wrong"},
	} {
		t.Run(c.story, func(t *testing.T) {
			_, _, err := brat.New().Read([]interchange.File{{Name: "doc.txt", Data: []byte(c.text)}, {Name: "doc.ann", Data: []byte(c.ann)}}, &standofftest.Library{})
			var wrong *interchange.FileError
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v does not say %q", err, c.says)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	w, err := brat.New().Write(standofftest.Sample(), interchange.Options{})
	if err != nil || len(w.Files) != 3 {
		f.Fatalf("no seeds: %v", err)
	}
	f.Add(string(w.Files[0].Data), string(w.Files[1].Data))
	f.Add(small, "T1\tSourced 0 15\tUNODC says X 😀.\nA1\tUnsure T1\nR1\tDisputes Arg1:T1 Arg2:T1\n#1\tAnnotatorNotes T1\tx\n")
	f.Add(small, "T1\tSourced 0 5;4 9\tx\nE1\tA:T1\n*\tEquiv T1\n")
	f.Fuzz(func(t *testing.T, text, ann string) {
		lib := &standofftest.Library{}
		e, r, err := brat.New().Read([]interchange.File{{Name: "a.txt", Data: []byte(text)}, {Name: "a.ann", Data: []byte(ann)}}, lib)
		if err != nil {
			return
		}
		if n := standofftest.Count(e); n != r.Annotations.Out || n > r.Annotations.In {
			t.Fatalf("%d annotations, the receipt says %+v", n, r.Annotations)
		}
		e.Generator, e.Version = "stet", "1"
		if _, err := brat.New().Write(*e, interchange.Options{}); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
	})
}

// What is left of an attribution to a line end says nothing that a reader could
// file, however many sources it is said to have.
func TestAnAttributionToALineEndIsALoss(t *testing.T) {
	e := standofftest.Sample()
	d := &e.Documents[0]
	gap := strings.Index(d.Article.Body, "\n")
	rec := d.Reviewers[0].Records[2]
	rec.Attributions = []annotations.Attribution{{Source: []annotations.Span{{Start: gap, End: gap + 1}}, Count: 2, Terms: "background"}}
	d.Reviewers[0].Records[2] = rec
	w := write(t, e)
	if !slices.ContainsFunc(w.Losses, func(l interchange.Loss) bool { return l.What == "attributions to separators alone" && l.Count == 1 }) {
		t.Errorf("%v", w.Losses)
	}
	if _, r, err := brat.New().Read(w.Files, standofftest.Of(e)); err != nil || !r.Clean() {
		t.Errorf("%v, rejected %v", err, r.Rejected)
	}
}
