package review

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
)

// A hint that was drawn before others put the article under another codebook was
// clicked: its tag was in none, and the program ended with a fault of its own.
func TestATagThatIsInNoCodebookIsRefused(t *testing.T) {
	art := &annotations.Article{Body: "One.", Units: []annotations.Sentence{{ID: 1, Span: annotations.Span{End: 4}}}}
	s := New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana"})
	out := s.Do(action.Tag+"-fact", "fact")
	if len(out) != 1 || !strings.Contains(out[0].(action.Say).Words, "no longer has the tag “fact”") {
		t.Errorf("%+v", out)
	}
	if a := s.said(0); a != nil {
		t.Errorf("said: %+v", a)
	}
}
