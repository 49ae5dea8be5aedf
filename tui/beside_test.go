package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// A new version of an article: what was edited stands beside its old words, and
// one key takes what was said of them.
func TestAnEditedSentenceStandsBesideItsOldWords(t *testing.T) {
	st := storetest.New(t)
	ana, ben := storetest.Session(t, "ana"), storetest.Session(t, "ben")
	old := read(t, "The port closed, the board said. But the crews of eleven boats still say that they can land at the pier. The sea was calm.\n")
	was := storetest.Import(t, st, ana, old)
	c := storetest.Tag(2, 0, "contested")
	c.Annotation.Inside = true
	c.Annotation.Attributions = []annotations.Attribution{{Name: "the crews"}}
	if _, err := store.Do(t.Context(), st, ana, was, c); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Do(t.Context(), st, ben, was, storetest.Tag(2, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	now := read(t, "The port closed, the board said. But the crews of nine boats still say that they can land at the old pier. The sea was calm.\n")
	now.Parent, now.Revision, now.Name = was, 2, "ferries-r2"
	id := storetest.Import(t, st, ana, now)
	d := show(t, st, id, 110, 30)
	d.Type("g2<enter>")
	d.WaitFor("c~", "beside", "eleven boats", "ben sourced", "contested, as 2 of")
	d.Type("a")
	d.WaitFor("2 contested, as suggested. Saved.")
	if a := d.said(id, 2); a.Tag != "contested" || !a.Inside || len(a.Attributions) != 1 {
		t.Errorf("%+v", a)
	}
	events, _, err := st.Events(t.Context(), store.Query{Article: id, Sentence: 2}, 0, 9)
	if err != nil || len(events) != 1 || events[0].Offered != "" {
		t.Errorf("one's own earlier words are no suggestion of the program: %+v, %v", events, err)
	}
}

func TestARewriteStandsBesideItsOriginal(t *testing.T) {
	st := storetest.New(t)
	lea := storetest.Session(t, "lea")
	original := storetest.Import(t, st, lea, read(t, "The ferry will stop in May, the harbour board said on Monday. The pier was built in 1931 by the county.\n"))
	if _, err := store.Do(t.Context(), st, lea, original, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	rule := annotations.Change{Kind: annotations.EventRule, Sentence: 1, Ruling: &annotations.Ruling{Verdict: annotations.Stet}}
	if _, err := store.Do(t.Context(), st, lea, original, rule); err != nil {
		t.Fatal(err)
	}
	art := read(t, "Commuters are angry about the plan.\n\nThe harbour board said on Monday that the ferry will stop in May.\n")
	id := storetest.Import(t, st, lea, art)
	d := show(t, st, id, 110, 30, func(o *tui.Options) { o.Against = original })
	d.WaitFor("tagged")
	n := 0
	for i, u := range art.Units {
		if strings.Contains(u.Span.In(art.Body), "ferry will stop") {
			n = i + 1
		}
	}
	d.Type("g" + string(rune('0'+n)) + "<enter>")
	d.WaitFor("in the original 1", "ruled stet", "sourced, as 1 of")
	d.Type("a")
	d.WaitFor("sourced, as suggested. Saved.")
}

// The lead had let another reviewer's tag stand: of the edited sentence one's own was
// proposed all the same.
func TestWhatTheLeadLetStandIsProposed(t *testing.T) {
	st := storetest.New(t)
	ana, ben := storetest.Session(t, "ana"), storetest.Session(t, "ben")
	was := storetest.Import(t, st, ana, read(t, "The port closed, the board said. But the crews of eleven boats still say that they can land at the pier. The sea was calm.\n"))
	for _, c := range []struct {
		who *store.Session
		do  annotations.Change
	}{
		{ana, storetest.Tag(2, 0, "contextual")},
		{ben, storetest.Tag(2, 0, "sourced")},
		{ben, annotations.Change{Kind: annotations.EventRule, Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Stet, Reviewer: "ben"}}},
	} {
		if _, err := store.Do(t.Context(), st, c.who, was, c.do); err != nil {
			t.Fatal(err)
		}
	}
	id := revision(t, st, ana, "ferries-r2", was, 2, "The port closed, the board said. But the crews of nine boats still say that they can land at the old pier. The sea was calm.\n")
	d := show(t, st, id, 110, 30)
	d.Type("g2<enter>")
	d.WaitFor("s~", "sourced, as 2 of")
	d.Type("a")
	d.WaitFor("2 sourced, as suggested. Saved.")
}
