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
	splitAt(t, st, ana, id, 2, "The crews of eleven boats still land at the pier; ")
	do(ana, storetest.Tag(2, 0, "sourced"))
	return st, id
}

// splitAt cuts a sentence behind some of its words.
func splitAt(t *testing.T, st store.Store, who *store.Session, id annotations.ArticleID, n int, head string) {
	t.Helper()
	art, err := store.Load(t.Context(), st, id)
	if err != nil {
		t.Fatal(err)
	}
	u := art.Units[n-1]
	now, err := annotations.SplitUnit(art.Body, art.Units, u.ID, u.Span.Start+len(head), art.NextID())
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
	if _, err := store.Do(t.Context(), st, who, id, annotations.Change{Kind: annotations.EventCut, Verb: "split", Sentence: u.ID, Cut: &cut}); err != nil {
		t.Fatal(err)
	}
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

// taggedThenSplit is a text whose second sentence ana and ben call contested, before it was
// split in two; nobody has looked at what is left of it.
func taggedThenSplit(t *testing.T) (st store.Store, id annotations.ArticleID) {
	t.Helper()
	st = storetest.New(t)
	ana := storetest.Session(t, "ana")
	id = storetest.Import(t, st, ana, read(t, "The port closed, the board said. The crews of eleven boats still land at the pier; the sea was calm on Monday.\n"))
	for _, who := range []*store.Session{ana, storetest.Session(t, "ben")} {
		if _, err := store.Do(t.Context(), st, who, id, storetest.Tag(2, 0, "contested")); err != nil {
			t.Fatal(err)
		}
	}
	splitAt(t, st, ana, id, 2, "The crews of eleven boats still land at the pier; ")
	return st, id
}

// One key took a tag for an edited sentence that had been given to other words than those
// it comes from, and "ana contested" stood beside it as if it had been said of them.
func TestATagOfOtherWordsIsNotProposedForARevision(t *testing.T) {
	st, was := taggedThenSplit(t)
	id := revision(t, st, storetest.Session(t, "ana"), "ferries-r2", was, 2,
		"The port closed, the board said. The crews of nine boats still land at the old pier. The sea was calm on Monday.\n")
	d := show(t, st, id, 130, 30)
	d.Type("g2<enter>")
	d.WaitFor("beside", "eleven boats", "ana contested", "of other words, ben contested of other")
	d.WaitGone("as 2 of")
	d.Type("a")
	d.WaitFor("nothing is suggested")
	if a := d.said(id, 2); a.Tag != "" {
		t.Errorf("the tag of other words was taken: %+v", a)
	}
}

// A comparison gave what was left of a sentence the tag that was given to all of it.
func TestATagOfOtherWordsIsNoneInAComparison(t *testing.T) {
	st, id := taggedThenSplit(t)
	text, err := tui.Compared(t.Context(), st, id)
	if err != nil {
		t.Fatal(err)
	}
	if got := text.Tags[1]; got == "contested" || got != "" && !text.Suggested[1] {
		t.Errorf("what is left of the sentence is %q; nobody has tagged it", got)
	}
}

// A lead who let such a tag stand, on the words of now, has looked at them.
func TestATagOfOtherWordsThatALeadLetStandHolds(t *testing.T) {
	st, was := taggedThenSplit(t)
	lea := storetest.Session(t, "lea")
	stet := annotations.Change{Kind: annotations.EventRule, Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Stet, Reviewer: "ben"}}
	if _, err := store.Do(t.Context(), st, lea, was, stet); err != nil {
		t.Fatal(err)
	}
	text, err := tui.Compared(t.Context(), st, was)
	if err != nil || text.Tags[1] != "contested" || text.Suggested != nil && text.Suggested[1] {
		t.Errorf("%q, %v", text.Tags, err)
	}
	id := revision(t, st, storetest.Session(t, "ana"), "ferries-r2", was, 2,
		"The port closed, the board said. The crews of nine boats still land at the old pier. The sea was calm on Monday.\n")
	d := show(t, st, id, 130, 30)
	d.Type("g2<enter>")
	d.WaitFor("ruled stet", "contested, as 2 of")
}
