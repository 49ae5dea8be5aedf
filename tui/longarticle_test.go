package tui

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/segment"
	"stet.example/stet/tui/review"
)

// longArticle is a text of n sentences, ten a paragraph, each with a voice of its own.
func longArticle(n int) *annotations.Article {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Pier %d will close in May, Anna Berg%d said on Monday.", i, i)
		b.WriteString(map[bool]string{true: "\n\n", false: " "}[i%10 == 9])
	}
	a := &annotations.Article{Body: b.String()}
	a.Language = "en"
	a.Units = segment.Append(nil, a.Body, segment.Options{Lang: "en"})
	return a
}

// A text of 100,000 sentences was read for suggestions as one, in 200 MiB.
func TestALongArticleIsReadForSuggestionsInParts(t *testing.T) {
	t.Parallel()
	a := longArticle(2*partUnits + 500)
	got, quotes := suggestions(a)
	if len(quotes) != 0 {
		t.Errorf("%d quotations where there are none", len(quotes))
	}
	if len(got) != len(a.Units) {
		t.Fatalf("%d of %d sentences have a suggestion", len(got), len(a.Units))
	}
	whole := attribution.Suggest(a.Body, a.Units, attribution.Options{Lang: "en"})
	n := 0
	for _, at := range whole.Attributions {
		u := a.Units[at.Unit]
		list := got[u.ID].Attributions
		if len(list) != 1 || fmt.Sprint(list[0].Source, list[0].Cue, list[0].Content) != fmt.Sprint(at.Source, at.Cue, at.Content) {
			t.Fatalf("%q: %+v; read as a whole it is %+v", u.Span.In(a.Body), list, at)
		}
		for _, s := range list[0].Source {
			if !u.Span.Contains(s) {
				t.Fatalf("%q: the source is elsewhere, at %v", u.Span.In(a.Body), s)
			}
		}
		n++
	}
	if n != len(a.Units) {
		t.Errorf("%d attributions in %d sentences", n, len(a.Units))
	}
}

// Parts end with a paragraph, follow on one another, and are not endless.
func TestPartsCoverAnArticleAndEndWithParagraphs(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, partUnits, partUnits + 1, 3*partUnits + 7} {
		units := make([]annotations.Sentence, n)
		for i := range units {
			units[i].Paragraph = uint32(i / 7)
		}
		at := 0
		for at < n {
			end := partEnd(units, at)
			if end <= at || end-at > partUnits || end > n {
				t.Fatalf("of %d, a part from %d to %d", n, at, end)
			}
			if end < n && units[end].Paragraph == units[end-1].Paragraph {
				t.Errorf("of %d, a part ends at %d within a paragraph", n, end)
			}
			at = end
		}
	}
}

// What stands around the sentence where the reviewer is does not wait for the rest.
func TestOfALongArticleTheSentencesAroundComeFirst(t *testing.T) {
	t.Parallel()
	a := longArticle(partUnits + 500)
	for _, at := range []int{0, 2000, len(a.Units) - 1} {
		first, _ := suggestAround(a, a.Units[at].ID).(advised)
		list := first.advice.Suggested[a.Units[at].ID].Attributions
		if len(list) != 1 || list[0].Name != fmt.Sprintf("Anna Berg%d", at) {
			t.Errorf("at %d: %+v", at, list)
		}
		if n := len(first.advice.Suggested); n > partUnits/4 {
			t.Errorf("at %d: %d sentences were read", at, n)
		}
	}
}

// What stands around the reviewer was read again while the whole was under way, came
// after it, and took its place.
func TestAPartOfTheSuggestionsNeverTakesThePlaceOfAll(t *testing.T) {
	t.Parallel()
	a := longArticle(partUnits + 500)
	s := review.New(review.Doc{Article: a, Book: codebook.Builtin(), Reviewer: "ana"})
	part, _ := suggestAround(a, a.Units[0].ID).(advised)
	s.Advise(part.advice)
	if _, inHand := s.Adviser(); inHand != nil {
		t.Errorf("%d suggestions count as all", len(inHand))
	}
	all, quotes := suggestions(a)
	s.Advise(review.Advice{Suggested: all, Quotations: quotes})
	s.Advise(part.advice)
	if _, inHand := s.Adviser(); len(inHand) != len(a.Units) {
		t.Errorf("%d suggestions are left of %d", len(inHand), len(a.Units))
	}
}
