package tui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// agreeing is a store with five tagged sentences, one of them wrong in the
// lead's eyes.
func agreeing(t *testing.T) (store.Store, annotations.ArticleID) {
	t.Helper()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	tags(t, st, id, "ben", "ssxss")
	return st, id
}

func TestABlindCheckOfFive(t *testing.T) {
	st, id := agreeing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("nothing needs you")
	d.Type("r")
	d.WaitFor("blind check", "0 of 5", "5 sentences to check", "What is it?", "100.0 %")
	t.Logf("\n%s", d.Text())
	check := func(done int) {
		t.Helper()
		text := d.Text()
		if strings.Contains(text, "ben") || strings.Contains(text, "Harbour Board") {
			t.Fatalf("blind sentence %d shows what ben said:\n%s", done, text)
		}
		d.Type("s")
		d.WaitFor("you, blind: sourced", "1 ben", "Harbour Board")
		if strings.Contains(d.Text(), "X contextual") {
			d.Type("a")
			d.WaitFor("It is:")
			d.Type("s")
			d.WaitFor("Why?")
			d.Type("a board says it<enter>")
			d.WaitFor("Which rule")
			d.Type("<enter>")
		} else {
			d.Type(".")
		}
	}
	for done := range 2 {
		check(done)
		d.WaitFor(fmt.Sprintf("%d of 5", done+1), "What is it?", "Saved.")
	}
	before := d.Text()
	d.Stop() // as a hangup would
	d.WaitEnd()
	d = lead(t, st, 80, 24)
	d.WaitFor("nothing needs you")
	d.Type("r")
	d.WaitFor("going on: 2 of 5 are checked", "What is it?")
	if seed := seedOn(before); seed == "" || seedOn(d.Text()) != seed {
		t.Errorf("another draw: seed %q, then %q", seedOn(before), seedOn(d.Text()))
	}
	for done := 2; done < 4; done++ {
		check(done)
		d.WaitFor(fmt.Sprintf("%d of 5", done+1), "What is it?", "Saved.")
	}
	check(4)
	d.WaitFor("the audit bound", "at most 20.0 % wrong at 95 % (1 of 5)")
	t.Logf("\n%s", d.Text())
	got := rulings(t, st, id)
	stets, amends := 0, 0
	for _, r := range got {
		switch r.Verdict {
		case annotations.Stet:
			stets++
		case annotations.Amend:
			amends++
		}
	}
	if len(got) != 5 || stets != 4 || amends != 1 || got[4].Tag != "sourced" || got[4].Reason != "a board says it" {
		t.Errorf("rulings %+v", got)
	}
	events, _, err := st.Events(t.Context(), store.Query{Article: id, Actor: "ana"}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	events = slices.DeleteFunc(events, func(e annotations.Event) bool { return e.Kind != annotations.EventRule })
	if len(events) != 5 {
		t.Fatalf("%d rulings in the log", len(events))
	}
	for _, e := range events {
		if e.Verb != "audit "+seedOn(before) || e.Reason != "blind: sourced" {
			t.Errorf("the log has verb %q, reason %q", e.Verb, e.Reason)
		}
	}
	d.Type("r")
	d.WaitFor("all 5 of this draw are checked", "R draws anew")
}

// seedOn is the seed that the screen names.
func seedOn(text string) string {
	_, rest, _ := strings.Cut(text, "seed ")
	seed, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(seed)
}

func TestUndoInABlindCheckAsksAgain(t *testing.T) {
	st, id := agreeing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("nothing needs you")
	d.Type("r")
	d.WaitFor("What is it?")
	d.Type("<esc>")
	d.WaitGone("What is it?")
	d.Type(".")
	d.WaitFor("first say what you would tag it")
	d.Type("<enter>c")
	d.WaitFor("you, blind: contested")
	d.Type("qwho?<enter>")
	d.WaitFor("query. Saved.", "What is it?", "0 of 5")
	d.Type("<esc>")
	d.WaitGone("What is it?")
	d.Type("u")
	d.WaitFor("Undid: ruling query", "you, blind: contested")
	if got := rulings(t, st, id); len(got) != 0 {
		t.Errorf("after undo: %+v", got)
	}
}

func TestTheLeadsDeskInAnySize(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("disagreements")
	for _, keys := range []string{"", "2", "3", "1<enter>", ".", "<esc>"} {
		d.Type(keys)
		for i := range 25 {
			d.resize(20+(i*37)%140, 5+(i*23)%50)
		}
		d.resize(39, 24)
		d.WaitFor("39×24 is too small")
		d.resize(60, 16)
		d.WaitFor("ana")
		d.WaitGone("too small")
		d.sameAfresh()
	}
	d.WaitFor(">4  Sentence 4")
}

// The sentence under judgement stays on the screen whatever panel is open, in the
// smallest window, however long it is.
func TestALongSentenceIsNeverCovered(t *testing.T) {
	a := &annotations.Article{Meta: annotations.Meta{Title: "Long", Outlet: "Harbour Post", Published: "2026-01-02"}}
	a.Body = "Begin " + strings.Repeat("and more words follow here ", 60) + "end."
	a.Units = []annotations.Sentence{{ID: 1, Span: annotations.Span{End: len(a.Body)}}}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), a)
	for who, tag := range map[string]string{"ben": "sourced", "eve": "contextual"} {
		if _, err := store.Do(t.Context(), st, storetest.Session(t, who), id, storetest.Tag(1, 0, tag)); err != nil {
			t.Fatal(err)
		}
	}
	d := lead(t, st, 60, 16)
	d.WaitFor("disagreements")
	d.Type("<enter>")
	d.WaitFor(">1  Begin and more", "ben")
	d.Type(strings.Repeat("<pgdown>", 12))
	d.WaitFor("end.", "eve")
	d.Type(strings.Repeat("<pgup>", 12))
	d.WaitFor(">1  Begin and more")
	for _, keys := range []string{".", "a", "0", "q", "K", "t"} {
		d.Type(keys)
		d.Until(func(text string) bool {
			return strings.Contains(text, "Begin and more") && strings.Contains(text, "esc")
		}, "open a panel under the sentence after "+keys)
		d.Type("<esc>")
		d.WaitFor("stet")
	}
}
