package annotations

import (
	"strings"
	"testing"
)

// asked counts how often a sentence is looked at.
type asked struct {
	*Article
	n int
}

func (a *asked) Unit(i int) Sentence { a.n++; return a.Article.Unit(i) }

// A sentence is found by its ID before the first cut and behind it; an article that was
// never cut, which may be long, is not gone through for one.
func TestPlaceOf(t *testing.T) {
	a := &Article{Body: strings.Repeat("Pier costs more and more. ", 99) + "Pier costs more and more."}
	for i := range 100 {
		a.Units = append(a.Units, Sentence{ID: SentenceID(i + 1), Span: Span{Start: i * 26, End: i*26 + 25}})
	}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	text := &asked{Article: a}
	for id, want := range map[SentenceID]int{0: -1, 1: 0, 57: 56, 100: 99, 101: -1, ^SentenceID(0): -1} {
		if got := PlaceOf(text, id); got != want {
			t.Errorf("%d stands at %d, want %d", id, got, want)
		}
	}
	if text.n != 0 {
		t.Errorf("%d sentences were looked at", text.n)
	}
	now, err := SplitUnit(a.Body, a.Units, 57, a.Units[56].Span.Start+11, a.NextID())
	if err != nil {
		t.Fatal(err)
	}
	cut, err := CutOf(a.Body, &a.Meta, a.Units, now)
	if err != nil {
		t.Fatal(err)
	}
	a.Units = now
	a.Recut(&cut)
	for i, u := range a.Units {
		if got := PlaceOf(a, u.ID); got != i {
			t.Errorf("%d stands at %d, want %d", u.ID, got, i)
		}
	}
	if got := PlaceOf(a, 5000); got != -1 {
		t.Errorf("what is not there stands at %d", got)
	}
}
