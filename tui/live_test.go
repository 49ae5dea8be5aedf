package tui_test

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Somebody else works on the same store: the screen shows it by itself, and never
// moves the reviewer or takes a key.
func TestWhatOthersDoAppears(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30)
	lea := storetest.Session(t, "lea")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.", "> 3")
	rule := annotations.Change{Kind: annotations.EventRule, Sentence: 3, Verb: "rule", Ruling: &annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}}
	if _, err := store.Do(t.Context(), d.st, lea, id, rule); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("lea: ruling query", "who says so?", "> 3")

	// The same person in another window.
	ana := storetest.Session(t, "ana")
	if _, err := store.Do(t.Context(), d.st, ana, id, storetest.Tag(5, 0, "contested")); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("5 C", "2 of 5 tagged", "> 3")

	// While a note is being written nothing moves; afterwards it is there.
	d.Type("mfirst")
	d.WaitFor("first")
	if _, err := store.Do(t.Context(), d.st, ana, id, storetest.Tag(6, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	d.Type(" second<enter>")
	d.WaitFor("3 of 5 tagged")
	if a := d.said(id, 3); a.Note != "first second" {
		t.Errorf("note %q", a.Note)
	}
}

func TestTheDeskShowsWhatOthersDo(t *testing.T) {
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	storetest.Import(t, st, ana, storetest.Article(t, "ferries", 6))
	d := show(t, st, annotations.Desk, 100, 30)
	d.WaitFor("1 article")
	storetest.Import(t, st, storetest.Session(t, "lea"), storetest.Article(t, "trains", 6))
	d.WaitFor("2 articles")
}
