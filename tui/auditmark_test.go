package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A sentence may stand in two parts of a list, a reviewer's name in three. When others
// saved something the mark jumped to the first of them, and the next enter was about
// something else.
func TestTheMarkStaysInItsPartOfTheList(t *testing.T) {
	st, id := differing(t)
	unsure := storetest.Tag(4, 1, "contextual")
	unsure.Annotation.Rule, unsure.Annotation.Unsure = "X-1", true
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "ben"), id, unsure); err != nil {
		t.Fatal(err)
	}
	d := lead(t, st, 100, 40)
	d.WaitFor("unsure, ask you: 1")
	d.Type("G")
	under := func(head string) func(string) bool {
		return func(text string) bool {
			y, _ := rowOf(text, head)
			rows := strings.Split(text, "\n")
			return y > 0 && y+1 < len(rows) && strings.HasPrefix(rows[y+1], " > harbour-post")
		}
	}
	d.Until(under("unsure, ask you"), "mark the sentence of which somebody is unsure")
	dan := storetest.Session(t, "dan")
	if _, err := store.Do(t.Context(), st, dan, id, storetest.Tag(annotations.SentenceID(2), 0, "contextual")); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("first: 3")
	d.Until(under("unsure, ask you"), "keep the mark in its part of the list")
}

// On the lead's desk, which lists many articles, an undo told a sentence's number and not
// of which article.
func TestAnUndoOnTheLeadsDeskSaysInWhichArticle(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 120, 30)
	d.WaitFor("first: 2")
	d.Type("<enter>.")
	d.WaitFor("Whose stands?")
	d.Type("1<enter><enter>")
	d.WaitFor("harbour-post-2026-01-02-51dc 4 stet ben. Saved.")
	d.Type("u")
	d.WaitFor("Undid: ruling stet on 4 in harbour-post-2026-01-02-51dc. Saved.")
}

// The history of a sentence said that a lead asks, and not what: the question stood nowhere
// in it. And the list of what leads ask told by half a sentence which key answers.
func TestTheHistoryTellsWhatALeadAsked(t *testing.T) {
	st, id := differing(t)
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "ana"), id, storetest.Tag(4, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	ruleOn(t, st, "lea", id, 4, annotations.Ruling{Verdict: annotations.Query, Reviewer: "ana", Reason: "Who said this?"})
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("a lead asks you 1 question")
	d.Type("r")
	d.WaitFor("What leads ask you and where they ruled against you.", "R there", "answers.")
	d.Type("<enter>")
	d.WaitFor("> 4", "R answer")
	d.Type("t")
	d.WaitFor("History of 4", "lea  ruling query", "   Who said this?")
}

// Where the filter showed no entry, enter was told that there is nothing behind "this line".
func TestEnterOnAnEmptyListSaysWhyItIsEmpty(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 100, 30)
	d.WaitFor("first: 2")
	d.Type("/zzz<enter>")
	d.WaitFor("nothing has these letters")
	d.Type("<enter>")
	d.Until(func(text string) bool {
		return strings.Count(text, "nothing has these letters: “zzz”; esc shows all") == 2
	}, "say why there is nothing to open")
}
