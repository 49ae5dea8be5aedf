package annotations

import (
	"slices"
	"testing"
)

func TestSpansFollowTheirWordsIntoAnotherText(t *testing.T) {
	was, now := "He said it, the board said.", "Then the board told us: he said it."
	a := Annotation{Tag: "sourced", Attributions: []Attribution{
		{Source: []Span{{112, 121}}, Cue: []Span{{122, 126}}, Content: []Span{{100, 110}}, Name: "the board"},
		{Cue: []Span{{122, 126}}}, {Source: []Span{{5, 9}}, Kind: "document"},
	}, Links: []Link{{Relation: Disputes, To: Target{Sentence: 1}}, {Relation: Disputes, To: Target{Sentence: 2}}}}
	to := func(t Target) Target {
		if t.Sentence == 1 {
			t.Sentence = 9
		}
		return t
	}
	same := Carried(a, Span{100, 127}, was, Span{7, 34}, was, to)
	if at := same.Attributions[0]; at.Source[0] != (Span{19, 28}) || at.Cue[0] != (Span{29, 33}) || len(same.Attributions) != 3 {
		t.Errorf("same words: %+v", same.Attributions)
	}
	if same.Links[0].To.Sentence != 9 || same.Links[1].To.Sentence != 2 {
		t.Errorf("links: %+v", same.Links)
	}
	other := Carried(a, Span{100, 127}, was, Span{50, 50 + len(now)}, now, to)
	at := other.Attributions[0]
	if len(other.Attributions) != 3 || at.Source[0] != (Span{55, 64}) || at.Cue[0] != (Span{77, 81}) || len(at.Content) != 0 || at.Name != "the board" {
		t.Errorf("other words: %+v", other.Attributions)
	}
	if d := other.Attributions[2]; len(d.Source) != 0 || d.Kind != "document" {
		t.Errorf("a source outside of the sentence: %+v", d)
	}
}

// A revision that made one sentence of two left out what had been said against both: its
// two links led to the same place, and a store takes no link twice.
func TestLinksToTwoThatBecameOneAreOne(t *testing.T) {
	a := Annotation{Tag: "contested", Links: []Link{
		{Relation: Disputes, To: Target{Sentence: 2}, Note: "the date"},
		{Relation: Supports, To: Target{Sentence: 3}},
		{Relation: Disputes, To: Target{Sentence: 3}, Manner: Partial, Note: "the sum"},
	}}
	want := []Link{
		{Relation: Disputes, To: Target{Sentence: 2}, Manner: Partial, Note: "the date; the sum"},
		{Relation: Supports, To: Target{Sentence: 2}},
	}
	toTwo := func(Target) Target { return Target{Sentence: 2} }
	if got := Carried(a, Span{0, 3}, "Yes", Span{0, 3}, "Yes", toTwo).Links; !slices.Equal(got, want) {
		t.Errorf("carried: %+v", got)
	}
	// A join dropped the manner and the note of the second.
	got, ok := Relinked(&a, Target{Sentence: 3}, Target{Sentence: 2})
	if !ok || !slices.Equal(got.Links, want) {
		t.Errorf("relinked: %+v", got.Links)
	}
	if a.Links[2].To.Sentence != 3 {
		t.Error("what was said before is changed")
	}
}
