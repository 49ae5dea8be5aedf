package review

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// piers is an article of n short sentences.
func piers(t *testing.T, n int) *annotations.Article {
	t.Helper()
	var body strings.Builder
	art := &annotations.Article{}
	for i := range n {
		from := body.Len()
		fmt.Fprintf(&body, "Pier %d is old.", i+1)
		art.Units = append(art.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: from, End: body.Len()}, Kind: annotations.KindSentence})
		body.WriteByte(' ')
	}
	art.Body = strings.TrimSpace(body.String())
	if err := art.Seal(); err != nil {
		t.Fatal(err)
	}
	return art
}

// saved is the one act that outcomes ask for.
func saved(t *testing.T, out []action.Outcome) action.Save {
	t.Helper()
	for _, o := range out {
		if s, ok := o.(action.Save); ok {
			return s
		}
	}
	t.Fatalf("nothing is saved: %+v", out)
	return action.Save{}
}

// A note, evidence, a confidential note and a mark stood on an untagged sentence; with "a"
// what was carried from the older text took their place, and all of them were gone.
func TestWhatIsCarriedOverLeavesWhatWasSaidHere(t *testing.T) {
	art := piers(t, 3)
	here := annotations.Annotation{
		Note: "ask the mayor", Unsure: true, Confidential: annotations.Seal([16]byte{1}, "from the skipper"), Flags: []string{"opinion"},
		Evidence: []annotations.Use{{ID: annotations.EvidenceID{1}, Stance: annotations.Refutes}}, Attributions: []annotations.Attribution{{Name: "Berg"}},
		Links: []annotations.Link{{Relation: annotations.Supports, To: annotations.Target{Article: art.ID, Sentence: 3}}},
	}
	there := annotations.Annotation{
		Tag: "sourced", Rule: "S-1", Note: "as in May", Attributions: []annotations.Attribution{{Name: "Anna Berg"}},
		Evidence: []annotations.Use{{ID: annotations.EvidenceID{2}, Stance: annotations.EvidenceSupports}},
	}
	s := New(Doc{
		Article: art, Book: codebook.Builtin(), Reviewer: "ana", Start: 1,
		Mine: map[annotations.SentenceID]*annotations.Record{1: {Annotation: here, Rev: 1}},
		Carried: map[annotations.SentenceID]Suggestion{
			1: {Tag: "sourced", Whole: &there, From: "1 of harbour-may"}, 2: {Tag: "sourced", Whole: &there, From: "2 of harbour-may"},
		},
	})
	a := saved(t, s.Do(action.Accept, "")).Changes[0].Annotation
	if a.Tag != "sourced" || a.Rule != "S-1" || !strings.Contains(a.Note, "ask the mayor") || !strings.Contains(a.Note, "as in May") || !a.Unsure ||
		a.Confidential == nil || len(a.Evidence) != 2 || len(a.Links) != 1 || len(a.Attributions) != 1 || a.Attributions[0].Name != "Berg" {
		t.Errorf("saved is %+v", *a)
	}
	s.moveTo(1) // where nothing was said it is taken as it is
	a = saved(t, s.Do(action.Accept, "")).Changes[0].Annotation
	if a.Codebook = (annotations.Hash{}); !a.Equal(there) {
		t.Errorf("saved is %+v, carried was %+v", *a, there)
	}
}

// A search over the store finds sentences as they are cut there. Behind a split that was
// not saved yet, or one of another window's, a hit in the article on the screen led to the
// sentence that has its number here.
func TestAHitInTheArticleOnTheScreenLeadsToItsSentence(t *testing.T) {
	for _, link := range []bool{false, true} {
		art := piers(t, 4)
		s := New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana", Start: 1})
		s.moveTo(0)
		hit := dialog.Hit{Target: annotations.Target{Article: art.ID, Sentence: 4}, Name: art.Name, N: 4, Words: "Pier 4 is old."}
		s.ShowHits("pier 4", []dialog.Hit{hit}, false, link)
		s.split(2, art.Units[1].Span.Start+5) // 4 is the fifth now
		s.Slot.Press(enter())
		if !link {
			if s.Current() != 4 {
				t.Errorf("%q was chosen; the reviewer stands on %q", hit.Words, s.text(s.cur))
			}
			continue
		}
		if c := saved(t, s.Slot.Press(typed("s"))); c.Changes[0].Annotation.Links[0].To != hit.Target || !strings.Contains(c.Words, "1 supports 5") {
			t.Errorf("%q was chosen; linked is %+v, %q", hit.Words, c.Changes[0].Annotation.Links, c.Words)
		}
	}
}

// What was found may be gone when it is chosen: others joined it with the one before.
func TestAHitThatIsGoneIsSaidToBe(t *testing.T) {
	for _, link := range []bool{false, true} {
		art := piers(t, 4)
		s := New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana", Start: 1})
		s.moveTo(0)
		hit := dialog.Hit{Target: annotations.Target{Article: art.ID, Sentence: 4}, Name: art.Name, N: 4, Words: "Pier 4 is old."}
		s.ShowHits("pier 4", []dialog.Hit{hit}, false, link)
		s.moveTo(2)
		s.join("")
		out := s.Slot.Press(enter())
		if say, ok := out[0].(action.Say); !ok || !strings.Contains(say.Words, "no longer there") || s.Slot.Panel != nil {
			t.Errorf("%+v", out)
		}
	}
}

// Of the sentences with links to one that was joined with the one before, a hundred
// followed; the message named all, and the others led nowhere from then on.
func TestASentenceWithTooManyLinksToItIsNotJoined(t *testing.T) {
	for _, n := range []int{maxRange, maxRange + 1} {
		art := piers(t, n+2)
		gone := annotations.Target{Article: art.ID, Sentence: 2}
		mine := map[annotations.SentenceID]*annotations.Record{}
		for i := range n {
			a := annotations.Annotation{Tag: "sourced", Links: []annotations.Link{{To: gone, Relation: annotations.Supports}}}
			mine[annotations.SentenceID(i+3)] = &annotations.Record{Annotation: a, Rev: 1}
		}
		s := New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana", Mine: mine})
		s.moveTo(0)
		out := s.join("sourced")
		if n == maxRange {
			if c := saved(t, out); len(c.Changes) != n+2 || len(s.linkedTo(gone)) != 0 {
				t.Errorf("%d changes, %d still lead to what is gone", len(c.Changes), len(s.linkedTo(gone)))
			}
			continue
		}
		if say, ok := out[0].(action.Say); !ok || !strings.Contains(say.Words, "101 sentences are linked to 2") || s.n != n+2 {
			t.Errorf("%+v", out)
		}
	}
}
