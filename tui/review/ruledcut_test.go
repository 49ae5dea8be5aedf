package review

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// A lead ruled on a sentence, and it was split afterwards. The screen showed the ruling
// beside what is left of it, and counted that among the sentences that are ruled on.
func TestARulingOnOtherWordsIsShownAsSuch(t *testing.T) {
	const body = "The port closed, the board said."
	art := &annotations.Article{Body: body, Units: []annotations.Sentence{{ID: 1, Span: annotations.Span{End: len(body)}, Kind: annotations.KindSentence}}}
	if err := art.Seal(); err != nil {
		t.Fatal(err)
	}
	r := annotations.RulingRecord{By: "lea", Rev: 1, Ruling: annotations.Ruling{Verdict: annotations.Stet, Reason: "as it stands", Words: annotations.HashOf(body).Start()}}
	s := New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana", Rulings: map[annotations.SentenceID]annotations.RulingRecord{1: r}})
	if got := s.rulingWords(); got != "stet by lea: as it stands" || s.ruled() != 1 {
		t.Errorf("on these words: %q, %d ruled on", got, s.ruled())
	}
	r.Words = 0xabc
	s.Refresh(Doc{Mine: map[annotations.SentenceID]*annotations.Record{}, Rulings: map[annotations.SentenceID]annotations.RulingRecord{1: r}}, []annotations.SentenceID{1})
	if got := s.rulingWords(); !strings.Contains(got, "made on other words") || s.ruled() != 0 {
		t.Errorf("on others: %q, %d ruled on", got, s.ruled())
	}
	for _, f := range s.filters() {
		if f.name == "ruled on" && (f.n != 0 || f.holds(0)) {
			t.Errorf("the filter of what is ruled on shows it: %+v", f.n)
		}
	}
}
