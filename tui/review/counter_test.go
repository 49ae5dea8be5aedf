package review

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
)

// A count that is larger than the article went round it for minutes, where nearly
// every sentence was tagged.
func TestALargeCountGoesRoundTheArticleOnceAtMost(t *testing.T) {
	const n = 50_000
	art := &annotations.Article{Meta: annotations.Meta{Required: n}, Body: "A."}
	said := map[annotations.SentenceID]*annotations.Record{}
	for i := range n {
		id := annotations.SentenceID(i + 1)
		art.Units = append(art.Units, annotations.Sentence{ID: id, Span: annotations.Span{Start: 0, End: 2}, Kind: annotations.KindSentence})
		if i != 100 && i != 40_000 {
			said[id] = &annotations.Record{Annotation: annotations.Annotation{Tag: "sourced"}}
		}
	}
	s := New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana", Mine: said})
	for _, c := range []struct {
		digits string
		key    action.ID
		want   annotations.SentenceID
	}{
		{"3", action.NextUntagged, 40_001}, // it begins at 101, the first that is not tagged
		{"999998", action.NextUntagged, 40_001},
		{"999999", action.Next, n},
		{"999999", action.Prev, 1},
		{"2", action.NextUntagged, 40_001},
	} {
		s.Do(action.Count, "")
		for _, d := range c.digits + "j" {
			s.Press(tea.KeyPressMsg{Code: d, Text: string(d)})
		}
		if s.Do(c.key, ""); s.Current() != c.want {
			t.Errorf("%s times %s: at %d, want %d", c.digits, c.key, s.Current(), c.want)
		}
	}
}
