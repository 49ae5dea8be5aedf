package interchange_test

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
)

var jsonValue = regexp.MustCompile(`[:\[,]("(?:[^"\\]|\\.)*"|-?[0-9]+|null|true|\[\])`)

// Whatever one value of a file is replaced by, the file is refused with a
// place, or what is taken of it is sound and the receipt accounts for the rest.
func TestAnyValueReplacedIsNoticedOrHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := write(t, interchange.JSON, interchangetest.Draw(t))
		start := bytes.Index(b, []byte(`"articles":`))
		if rapid.IntRange(0, 9).Draw(t, "in the head") == 0 {
			start = 0
		}
		all := jsonValue.FindAllSubmatchIndex(b[start:], -1)
		at := all[rapid.IntRange(0, len(all)-1).Draw(t, "which")]
		other := all[rapid.IntRange(0, len(all)-1).Draw(t, "by another of the file")]
		with := rapid.SampledFrom([]string{"null", "-1", "0", "4294967296", "1e99", `""`, `"x"`, `"s001"`, "[]", "{}", "true", `"\u0000"`, "other"}).Draw(t, "with")
		if with == "other" {
			with = string(b[start+other[2] : start+other[3]])
		}
		b = slices.Concat(b[:start+at[2]], []byte(with), b[start+at[3]:])
		e, receipt, err := interchange.ReadJSON(bytes.NewReader(b))
		if err != nil {
			var file *interchange.FileError
			if !errors.As(err, &file) {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		if err := interchange.Verify(interchange.JSON, write(t, interchange.JSON, *e), *e); err != nil {
			t.Fatalf("what was taken is not sound: %v", err)
		}
		for _, p := range slices.Concat(receipt.Rejected, receipt.Repaired) {
			if p.Path == "" || p.Msg == "" {
				t.Fatalf("a problem without a place: %+v", p)
			}
		}
		lost := receipt.Annotations.In - receipt.Annotations.Out + receipt.Rulings.In - receipt.Rulings.Out + receipt.Evidence.In - receipt.Evidence.Out + receipt.Events.In - receipt.Events.Out
		if lost > 0 && len(receipt.Rejected) == 0 {
			t.Fatalf("%d pieces were lost without a word: %+v", lost, receipt)
		}
	})
}

// spoiled lists ways to make the sample unsound, and what is said of each.
func spoiled(t *testing.T) []spoiling {
	return []spoiling{
		{"no generator", func(e *interchange.Export) { e.Generator = "" }, "names no generator"},
		{"no article", func(e *interchange.Export) { e.Documents[0].Article = nil }, "article (none): the document lacks its article"},
		{"text changed", func(e *interchange.Export) { e.Documents[0].Article.Body += " " }, "do not follow from its text"},
		{"a sentence moved", func(e *interchange.Export) { e.Documents[0].Article.Units[1].Span.End-- }, "belong to no sentence"},
		{"carriage returns", func(e *interchange.Export) {
			a := e.Documents[0].Article
			a.Body = strings.TrimSuffix(a.Body, "\n") + "\r\n"
			if err := a.Seal(); err != nil {
				t.Fatal(err)
			}
		}, "carriage returns"},
		{"a span cuts a character", func(e *interchange.Export) {
			at := e.Documents[0].Reviewers[0].Records[3].Attributions
			at[0].Content[0].Start++
		}, "ana on s003: attributions[0].content: bytes"},
		{"a name that is a path", func(e *interchange.Export) { e.Documents[0].Article.Name = "a/b" }, "its name is not made of ASCII"},
		{"no UTF-8 in the title", func(e *interchange.Export) { e.Documents[0].Article.Title = "\xff" }, "not valid UTF-8"},
		{"an item that nobody has", func(e *interchange.Export) { e.Documents[0].Evidence = nil }, "no evidence item"},
		{"an unknown codebook", func(e *interchange.Export) {
			r := e.Documents[0].Rulings[4]
			r.Codebook = annotations.Hash{1}
			e.Documents[0].Rulings[4] = r
		}, "codebook 01000000 is not in the export; add it"},
		{"another codebook in force", func(e *interchange.Export) { e.Documents[0].Codebook = interchangetest.SecondCodebook() }, "it is judged by codebook"},
		{"a codebook that was altered", func(e *interchange.Export) { e.Documents[0].Codebook.Source[0]++ }, "its hash is not that of its source"},
		{"an article twice", func(e *interchange.Export) { e.Documents = append(e.Documents, e.Documents[0]) }, "stands twice"},
		{"a reviewer twice", func(e *interchange.Export) {
			d := &e.Documents[0]
			d.Reviewers = append(d.Reviewers, d.Reviewers[0])
		}, `reviewer "ana" stands twice`},
		{"a year that cannot be written", func(e *interchange.Export) { e.Exported = e.Exported.AddDate(9000, 0, 0) }, "the year 11026 cannot be written"},
		{"an event of another article", func(e *interchange.Export) { e.Documents[0].Events = []annotations.Event{{Pos: 7}} }, "event 7 belongs to article"},
		{"no UTF-8 in an event", func(e *interchange.Export) {
			d := &e.Documents[0]
			d.Events = []annotations.Event{{Pos: 7, Article: d.Article.ID, Before: &annotations.Annotation{Note: "\xff"}}}
		}, "a text is not valid UTF-8"},
	}
}

type spoiling struct {
	name  string
	spoil func(*interchange.Export)
	want  string
}

func TestExportsThatAreNotSoundWriteNothing(t *testing.T) {
	for _, c := range spoiled(t) {
		t.Run(c.name, func(t *testing.T) {
			e := sample(t)
			c.spoil(&e)
			formats := []interchange.Format{interchange.JSON, interchange.JSONL, interchange.CSV, interchange.TSV}
			if c.name == "no UTF-8 in an event" {
				formats = formats[:1] // the others hold no history
			}
			for _, f := range formats {
				var b bytes.Buffer
				err := interchange.Write(&b, f, e)
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%s: got %v, want %s", f, err, c.want)
				}
				if b.Len() > 0 {
					t.Errorf("%s: %d bytes were written", f, b.Len())
				}
			}
		})
	}
	if err := interchange.Write(&bytes.Buffer{}, "docx", sample(t)); err == nil {
		t.Error("an unknown format is written")
	}
}

// large is an article of n sentences, each tagged and attributed.
func large(tb testing.TB, n int) interchange.Export {
	tb.Helper()
	book := codebook.Builtin()
	var body strings.Builder
	a := &annotations.Article{Meta: annotations.Meta{Title: "Large", Codebook: book.Hash}}
	records := map[annotations.SentenceID]annotations.Record{}
	for i := range n {
		start := body.Len()
		fmt.Fprintf(&body, "Sentence %d says that the toll – 4,20 € 🚢 – rose again, Dr. Okafor said.", i)
		id := annotations.SentenceID(i + 1)
		a.Units = append(a.Units, annotations.Sentence{ID: id, Span: annotations.Span{Start: start, End: body.Len()}, Paragraph: uint32(i / 4)})
		records[id] = annotations.Record{Rev: 1, Annotation: annotations.Annotation{
			Tag: "sourced", Rule: "S-1", Codebook: book.Hash,
			Attributions: []annotations.Attribution{{Name: "Okafor", Kind: "named_other", Source: []annotations.Span{{Start: start, End: start + 8}}}},
		}}
		body.WriteByte(' ')
	}
	a.Body = body.String()
	if err := a.Seal(); err != nil {
		tb.Fatal(err)
	}
	return interchange.Export{Generator: "stet", Version: "1", Documents: []interchange.Document{{
		Article: a, Codebook: book, Reviewers: []interchange.Reviewer{{Name: "ana", Records: records}},
	}}}
}

func BenchmarkWriteJSON(b *testing.B) {
	e := large(b, 10_000)
	for b.Loop() {
		var out bytes.Buffer
		if err := interchange.WriteJSON(&out, e); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(out.Len()))
	}
}

func BenchmarkReadJSON(b *testing.B) {
	var out bytes.Buffer
	if err := interchange.WriteJSON(&out, large(b, 10_000)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(out.Len()))
	for b.Loop() {
		if _, _, err := interchange.ReadJSON(bytes.NewReader(out.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}
