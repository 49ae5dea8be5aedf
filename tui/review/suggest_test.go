package review

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// Two statements of one speaker name that speaker once.
func TestASuggestionNamesEachSourceOnce(t *testing.T) {
	s := &Screen{doc: Doc{Book: codebook.Builtin(), Article: &annotations.Article{Body: "The board said no."}}}
	sug := &Suggestion{Tag: "sourced", Rule: "S-1", Attributions: []annotations.Attribution{{Name: "the board"}, {Name: "a pilot"}, {}, {Name: "the board"}}}
	for _, words := range []string{s.why(sug), s.suggestedWords(sug)} {
		if strings.Count(words, "the board") != 1 || strings.Count(words, "a pilot") != 1 {
			t.Errorf("%q", words)
		}
	}
}
