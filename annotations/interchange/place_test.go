package interchange_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
)

// recut gives the sample's article with other sentences: spans joins runs of the
// old ones, and the IDs are given anew.
func recut(t *testing.T, a *annotations.Article, edit func(body string) string, runs ...[2]int) *annotations.Article {
	t.Helper()
	out := *a
	out.Units = nil
	for i, r := range runs {
		u := a.Units[r[0]]
		u.ID = annotations.SentenceID(i + 1)
		u.Span.End = a.Units[r[1]].Span.End
		out.Units = append(out.Units, u)
	}
	if edit != nil {
		out.Body = edit(a.Body)
		shift := len(out.Body) - len(a.Body)
		for i := range out.Units {
			if i > 0 {
				out.Units[i].Span.Start += shift
			}
			out.Units[i].Span.End += shift
		}
	}
	if err := out.Seal(); err != nil {
		t.Fatal(err)
	}
	return &out
}

// TestAPackFollowsItsSentenceWhereTheTextIsCutOtherwise: IDs count sentences, so
// after a cut in one of two stores the same ID is another sentence's there. A tag
// must never end on words that nobody tagged.
func TestAPackFollowsItsSentenceWhereTheTextIsCutOtherwise(t *testing.T) {
	a := interchangetest.Article(t)
	say := func(id annotations.SentenceID, to ...annotations.SentenceID) string {
		rec := annotations.Record{Rev: 1, Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Annotation: annotations.Annotation{Tag: "contested", Codebook: a.Codebook, Inside: true}}
		for _, n := range to {
			rec.Links = append(rec.Links, annotations.Link{Relation: annotations.Disputes, Manner: annotations.Direct, To: annotations.Target{Article: a.ID, Sentence: n}})
		}
		rec.Words = annotations.HashOf(a.Units[id-1].Span.In(a.Body)).Start()
		e := interchangetest.Sample(t)
		e.Documents = e.Documents[:1]
		e.Documents[0].Article, e.Documents[0].Rulings, e.Documents[0].Events, e.Documents[0].Evidence, e.Documents[0].Secrets = a, nil, nil, nil, nil
		e.Documents[0].Reviewers = []interchange.Reviewer{{Name: "ana", Records: map[annotations.SentenceID]annotations.Record{id: rec}}}
		sheets, err := interchange.Sheets(&e)
		if err != nil {
			t.Fatal(err)
		}
		text, err := sheets[0].Pack(id, "")
		if err != nil || text == "" {
			t.Fatalf("%q, %v", text, err)
		}
		return text
	}
	book := interchangetest.Sample(t).Documents[0].Codebook
	read := func(in *annotations.Article, text string) (*interchange.Packed, error) {
		return interchange.NewUnpacker(in, book, annotations.NewOffsets(in.Body)).Unpack(text)
	}
	joined := recut(t, a, nil, [2]int{0, 0}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 4}, [2]int{5, 5}, [2]int{6, 6})
	longer := recut(t, a, func(s string) string { return strings.Replace(s, "Ferry fares to rise", "Ferry fares are to rise", 1) },
		[2]int{0, 0}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 4}, [2]int{5, 5}, [2]int{6, 6})
	for _, c := range []struct {
		name  string
		in    *annotations.Article
		of    annotations.SentenceID
		links []annotations.SentenceID
		want  annotations.SentenceID // 0: refused
		to    []annotations.SentenceID
	}{
		{"the same cut", a, 4, []annotations.SentenceID{2}, 4, []annotations.SentenceID{2}},
		{"two before it were joined", joined, 4, []annotations.SentenceID{6}, 3, []annotations.SentenceID{5}},
		{"of two alike, the one at its place", joined, 7, []annotations.SentenceID{5}, 6, []annotations.SentenceID{4}},
		{"it was joined itself", joined, 3, nil, 0, nil},
		{"what it links to was joined", joined, 4, []annotations.SentenceID{2, 1}, 3, []annotations.SentenceID{1}},
		{"words were put in before it", longer, 4, []annotations.SentenceID{6}, 3, []annotations.SentenceID{5}},
		{"a sentence was edited", longer, 1, nil, 0, nil},
	} {
		p, err := read(c.in, say(c.of, c.links...))
		if c.want == 0 {
			if !errors.Is(err, interchange.ErrOtherCut) {
				t.Errorf("%s: %v, not refused as cut otherwise", c.name, err)
			}
			continue
		}
		if err != nil || p.Sentence != c.want || len(p.Voices) != 1 {
			t.Errorf("%s: %+v, %v; not sentence %s", c.name, p, err, c.want)
			continue
		}
		var to []annotations.SentenceID
		for _, l := range p.Voices[0].Links {
			to = append(to, l.To.Sentence)
		}
		if !slices.Equal(to, c.to) {
			t.Errorf("%s: links to %v, not %v", c.name, to, c.to)
		}
		if left := len(c.links) - len(c.to); len(p.Repaired) != left {
			t.Errorf("%s: %d links are gone, said of them: %q", c.name, left, p.Repaired)
		}
	}
}

func TestAPackWhosePlacesLeaveItsSentenceOutIsRefused(t *testing.T) {
	a := interchangetest.Article(t)
	book := interchangetest.Sample(t).Documents[0].Codebook
	text := `{"sentence":"s002","places":[{"sentence":"s003","byte":[0,4],"words":"00"}],"annotations":[{"by":"ana","tag":"sourced","rev":1,"updated":"2026-01-02T03:04:05Z"}]}`
	if p, err := interchange.NewUnpacker(a, book, annotations.NewOffsets(a.Body)).Unpack(text); err == nil {
		t.Errorf("read as %+v", p)
	}
}
