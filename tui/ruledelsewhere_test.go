package tui_test

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// ruledThenSplit is a text of which a lead ruled that sentence 2 is contested, before that
// was split in two; ana says that what is left of it is sourced.
func ruledThenSplit(t *testing.T) (st store.Store, id annotations.ArticleID) {
	t.Helper()
	st = storetest.New(t)
	ana, lea := storetest.Session(t, "ana"), storetest.Session(t, "lea")
	art := read(t, "The port closed, the board said. The crews of eleven boats still land at the pier; the sea was calm on Monday.\n")
	id = storetest.Import(t, st, ana, art)
	do := func(who *store.Session, c annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, who, id, c); err != nil {
			t.Fatal(err)
		}
	}
	do(lea, annotations.Change{Kind: annotations.EventRule, Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Amend, Tag: "contested"}})
	art, err := store.Load(t.Context(), st, id)
	if err != nil {
		t.Fatal(err)
	}
	u := art.Units[1]
	now, err := annotations.SplitUnit(art.Body, art.Units, u.ID, u.Span.Start+len("The crews of eleven boats still land at the pier; "), art.NextID())
	if err != nil {
		t.Fatal(err)
	}
	cut, err := annotations.CutOf(art.Body, &art.Meta, art.Units, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.PutBlob(t.Context(), string(annotations.AppendTable(nil, now))); err != nil {
		t.Fatal(err)
	}
	do(ana, annotations.Change{Kind: annotations.EventCut, Verb: "split", Sentence: u.ID, Cut: &cut})
	do(ana, storetest.Tag(2, 0, "sourced"))
	return st, id
}

// Beside an edited sentence stood "ruled amend contested", and contested was what one key
// took: of words that the lead never saw.
func TestARulingOnOtherWordsIsNotProposedForARevision(t *testing.T) {
	st, was := ruledThenSplit(t)
	id := revision(t, st, storetest.Session(t, "ana"), "ferries-r2", was, 2,
		"The port closed, the board said. The crews of nine boats still land at the old pier. The sea was calm on Monday.\n")
	d := show(t, st, id, 110, 30)
	d.Type("g2<enter>")
	d.WaitFor("beside", "ana sourced", "sourced, as 2 of")
	d.WaitGone("ruled amend")
}

// A comparison, on the screen and as a page, showed the ruling's tag as the one that holds
// for what was left of the sentence.
func TestARulingOnOtherWordsIsNoneInAComparison(t *testing.T) {
	st, id := ruledThenSplit(t)
	text, err := tui.Compared(t.Context(), st, id)
	if err != nil {
		t.Fatal(err)
	}
	if got := text.Tags[1]; got != "sourced" {
		t.Errorf("what is left of the sentence is %q; ana says sourced, and nobody ruled on it", got)
	}
}
