package review

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// tagged is the review of an article of n sentences of which one person has tagged all
// but a hundred, with two hundred sources, links and flags.
func tagged(tb testing.TB, n int) *Screen {
	tb.Helper()
	art := &annotations.Article{Meta: annotations.Meta{ID: annotations.ArticleID{1}, Required: n}}
	var body strings.Builder
	said := map[annotations.SentenceID]*annotations.Record{}
	book := codebook.Builtin()
	for i := range n {
		id, from := annotations.SentenceID(i+1), body.Len()
		fmt.Fprintf(&body, "Pier %d costs more than was planned.", i)
		art.Units = append(art.Units, annotations.Sentence{ID: id, Span: annotations.Span{Start: from, End: body.Len()}, Kind: annotations.KindSentence, Paragraph: uint32(i / 10)})
		body.WriteByte('\n')
		if i >= n/2 && i < n/2+min(100, n/4) {
			continue
		}
		r := &annotations.Record{Rev: 1}
		r.Codebook = book.Hash
		switch i % 4 {
		case 0, 1:
			r.Tag, r.Attributions = "sourced", []annotations.Attribution{{Name: fmt.Sprint("Person ", i%200), Kind: "named_other"}}
		case 2:
			r.Tag, r.Links = "contested", []annotations.Link{{Relation: annotations.Disputes, Manner: annotations.Direct, To: annotations.Target{Article: art.ID, Sentence: id - 1}}}
		case 3:
			r.Tag, r.Flags = "contextual", []string{"unsourced"}
		}
		said[id] = r
	}
	art.Body = body.String()
	for id, r := range said {
		r.Words = annotations.HashOf(art.Units[id-1].Span.In(art.Body)).Start()
	}
	s := New(Doc{Article: art, Book: book, Reviewer: "ana", Mine: said})
	s.Body(dialog.Look{Theme: theme.New(theme.Default, true), Meter: cells.Meter{Clusters: true}}, 120, 36)
	return s
}

// BenchmarkTagged is what keys take, with the frame after them, in an article that is
// tagged: a key must not grow with what was said, and a list of all must not freeze.
func BenchmarkTagged(b *testing.B) {
	look := dialog.Look{Theme: theme.New(theme.Default, true), Meter: cells.Meter{Clusters: true}}
	for _, n := range []int{50, 100_000} {
		for _, key := range []struct {
			name string
			do   func(s *Screen, i int)
		}{
			{"tag", func(s *Screen, i int) { s.Do(action.Tag+"-contextual", []string{"contextual", "sourced"}[i%2]) }},
			{"step", func(s *Screen, _ int) { s.Do(action.NextUntagged, "") }},
			{"filters", func(s *Screen, _ int) { s.Do(action.Step, "") }},
			{"missing", func(s *Screen, _ int) { s.Do(action.Finish, "") }},
			{"search", func(s *Screen, _ int) { s.search = "zebra"; s.Do(action.SearchNext, "") }},
		} {
			b.Run(fmt.Sprintf("%s/%d", key.name, n), func(b *testing.B) {
				s := tagged(b, n)
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					key.do(s, i)
					s.Body(look, 120, 36)
					s.Press(tea.KeyPressMsg{Code: tea.KeyEscape})
				}
			})
		}
	}
}

// BenchmarkHub is what it takes to read that 20,000 sentences speak against one.
func BenchmarkHub(b *testing.B) {
	art, said := hub(20_000)
	for b.Loop() {
		New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana", Mine: said})
	}
}

// hub is an article of n sentences of which all speak against the first, and what is said.
func hub(n int) (*annotations.Article, map[annotations.SentenceID]*annotations.Record) {
	art := &annotations.Article{Meta: annotations.Meta{ID: annotations.ArticleID{1}, Required: n}, Body: strings.Repeat("No. ", n)}
	said := map[annotations.SentenceID]*annotations.Record{}
	for i := range n {
		id := annotations.SentenceID(i + 1)
		art.Units = append(art.Units, annotations.Sentence{ID: id, Span: annotations.Span{Start: 4 * i, End: 4*i + 3}, Kind: annotations.KindSentence})
		r := &annotations.Record{Rev: 1}
		r.Tag, r.Links = "contested", []annotations.Link{{Relation: annotations.Disputes, To: annotations.Target{Article: art.ID, Sentence: 1}}}
		said[id] = r
	}
	return art, said
}
