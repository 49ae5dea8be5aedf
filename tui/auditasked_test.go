package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/store/survey"
	"stet.example/stet/tui"
)

// ruleOn saves a ruling in the name of who.
func ruleOn(t *testing.T, st store.Store, who string, id annotations.ArticleID, s annotations.SentenceID, r annotations.Ruling) {
	t.Helper()
	rev := rulingRev(t, st, id, s)
	c := annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: s, Rev: rev, Ruling: &r}
	if _, err := store.Do(t.Context(), st, storetest.Session(t, who), id, c); err != nil {
		t.Fatal(err)
	}
}

func rulingRev(t *testing.T, st store.Store, id annotations.ArticleID, s annotations.SentenceID) uint64 {
	t.Helper()
	rows, err := st.State(t.Context(), id, s, s+1, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Ruling != nil {
			return r.Ruling.Rev
		}
	}
	return 0
}

// asked is what is open for who, "n verdict".
func asked(t *testing.T, st store.Store, who string) string {
	t.Helper()
	list, err := survey.NewAsks(st, who).Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i := range list {
		if list[i].Open {
			out = append(out, fmt.Sprint(list[i].N, " ", list[i].Verdict))
		}
	}
	return strings.Join(out, ", ")
}

// A question goes to the reviewer's desk, the answer to the lead's, a reply back,
// and a decision ends it; each step is an event that can be taken back.
func TestAQuestionGoesBackAndForth(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 16}, {120, 30}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			st := storetest.New(t)
			id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
			tags(t, st, id, "ana", "sxxss")
			tags(t, st, id, "eve", "sxsxs")
			ruleOn(t, st, "lea", id, 4, annotations.Ruling{Verdict: annotations.Query, Reviewer: "ana", Reason: "who says so?"})
			ruleOn(t, st, "lea", id, 5, annotations.Ruling{Verdict: annotations.Amend, Tag: "contextual", Rule: "X-2", Reason: "nobody vouches"})

			d := show(t, st, annotations.Desk, size[0], size[1])
			d.WaitFor("a lead asks you 1 question; 1 ruling is against your tag", "r asked")
			t.Logf("\n%s", d.Text())
			d.Type("r")
			d.WaitFor("What leads ask you", "lea asks")
			t.Logf("\n%s", d.Text())
			d.Type("<enter>")
			d.WaitFor("4/6", "R answer")
			d.Type("R")
			d.WaitFor("lea asks: who says so?", "Your answer:", "Sentence 4 of ferries")
			t.Logf("\n%s", d.Text())
			d.Type("<enter>")
			d.WaitFor("a question wants words")
			d.Type("Rthe board, on page 2<enter>")
			d.WaitFor("4 answered lea. Saved.")
			if got := asked(t, st, "ana"); got != "5 amend" {
				t.Errorf("after the answer ana is asked %q", got)
			}

			l := lead(t, st, 100, 30, func(o *tui.Options) { o.Session = storetest.Session(t, "lea") })
			l.WaitFor("open queries, answered ones first: 1", "query, answered", "ana answers: the board, on page 2")
			t.Logf("\n%s", l.Text())
			l.Type("<enter>")
			l.WaitFor("settle", "lea asks ana: who says so?", "ana answers: the board, on page 2")
			t.Logf("\n%s", l.Text())
			l.Type("qwhich board?<enter>")
			l.WaitFor("query. Saved.")

			d.WaitFor("4: lea asks: which board?; R there answers")
			d.Type("R")
			d.WaitFor("ana answers: the board, on page 2", "lea asks ana: which board?", "Your answer:")
			d.Type("the Harbour Board<enter>")
			d.WaitFor("4 answered lea. Saved.")
			d.Type("u")
			d.WaitFor("Undid: answer on 4")
			if got := asked(t, st, "ana"); got != "4 query, 5 amend" {
				t.Errorf("after undoing the answer ana is asked %q", got)
			}
			d.Type("U")
			d.WaitFor("Redid")
			if got := asked(t, st, "ana"); got != "5 amend" {
				t.Errorf("after doing it again ana is asked %q", got)
			}
			d.Type("t")
			d.WaitFor("History of 4", "redo of answer")
			d.Type("<esc>")

			// The ruling against ana goes when it was noted.
			d.Type("j")
			d.WaitFor("5/6")
			d.Type("R")
			d.WaitFor("contextual by X-2", "Your answer (enter without words: noted)")
			d.Type("<enter>")
			d.WaitFor("5: the ruling is noted. Saved.")
			d.Type("q")
			d.WaitFor("stet  desk")
			d.WaitGone("against your tag")
			if a := d.said(id, 5); a.Tag != "sourced" {
				t.Errorf("taking note changed the tag to %q", a.Tag)
			}
			ruleOn(t, st, "lea", id, 4, annotations.Ruling{Verdict: annotations.Stet, Reviewer: "ana"})
			if got := asked(t, st, "ana"); got != "" {
				t.Errorf("after it was settled ana is asked %q", got)
			}
		})
	}
}

// A ruling against a reviewer goes from the list when the tag is changed to fit.
func TestARulingIsObeyed(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	tags(t, st, id, "ana", "sxxss")
	ruleOn(t, st, "lea", id, 4, annotations.Ruling{Verdict: annotations.Amend, Tag: "sourced", Reason: "the board says it"})
	d := show(t, st, annotations.Desk, 100, 30)
	d.WaitFor("1 ruling is against your tag")
	d.Type("r<enter>")
	d.WaitFor("4/6")
	d.Type("s")
	d.WaitFor("4 S", "every sentence is tagged")
	d.Type("q")
	d.WaitFor("stet  desk")
	d.WaitGone("against your tag")
	d.Type("r")
	d.WaitFor("no lead asks you anything, nor ruled against you")
}

// What a lead writes is shown as symbols on the reviewer's screens.
func TestNothingIsSentRawToTheReviewer(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	tags(t, st, id, "ana", "sxxss")
	ruleOn(t, st, "lea", id, 4, annotations.Ruling{Verdict: annotations.Query, Reason: "who\x1b]0;pwned\x07?"})
	d := show(t, st, annotations.Desk, 100, 30)
	d.WaitFor("1 question")
	d.Type("r")
	d.WaitFor("who␛]0;pwned␇?")
	d.Type("<enter>")
	d.WaitFor("4/6")
	d.Type("R")
	d.WaitFor("Your answer")
	if strings.Contains(string(d.Raw()), "\x1b]0;pwned") {
		t.Error("a question was sent raw")
	}
}

// In a team that works blind a question to one reviewer is nobody else's.
func TestAQuestionIsOfOneReviewer(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "lea"), annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team}); err != nil {
		t.Fatal(err)
	}
	tags(t, st, id, "ana", "sxxss")
	tags(t, st, id, "ben", "sxxss")
	ruleOn(t, st, "lea", id, 3, annotations.Ruling{Verdict: annotations.Query, Reviewer: "ben", Reason: "why?"})
	ruleOn(t, st, "lea", id, 4, annotations.Ruling{Verdict: annotations.Query, Reason: "and this?"})
	for who, want := range map[string]string{"ana": "4 query", "ben": "3 query, 4 query", "lea": ""} {
		if got := asked(t, store.For(st, who), who); got != want {
			t.Errorf("%s is asked %q, want %q", who, got, want)
		}
	}
	list, err := survey.NewAsks(store.For(st, "ben"), "ben").Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	session := storetest.Session(t, "ben")
	if _, err := store.Do(t.Context(), store.For(st, "ben"), session, id, list[0].Answer(annotations.Record{Annotation: annotations.Annotation{}, Rev: 0}, "because")); err == nil {
		t.Error("an answer on top of a revision that is not there was taken")
	}
	rows, err := st.State(t.Context(), id, 3, 4, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Reviewer != "ben" {
			continue
		}
		if _, err := store.Do(t.Context(), store.For(st, "ben"), session, id, list[0].Answer(r.Annotation, "because")); err != nil {
			t.Fatal(err)
		}
	}
	if got := asked(t, store.For(st, "ben"), "ben"); got != "4 query" {
		t.Errorf("after the answer ben is asked %q", got)
	}
	in, err := survey.New(st, "lea").Read(t.Context(), survey.Options{Moments: true})
	if err != nil {
		t.Fatal(err)
	}
	desk, err := audit.New(in.Input)
	if err != nil {
		t.Fatal(err)
	}
	if q := desk.Queries[0]; !q.Answered || q.N != 3 || len(q.Thread) != 2 || q.Thread[1].Words != "because" {
		t.Errorf("the lead sees %+v", q)
	}
	seen, _, err := store.For(st, "ana").Events(t.Context(), store.Query{Article: id, Sentence: 3}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range seen {
		if e.Reason == "because" {
			t.Error("ana sees what ben answered before she has finished")
		}
	}
}

// The reviewer's side of it passes on the screens and in lines by the same script.
func TestAnAnswerInBothWays(t *testing.T) {
	bothWays(t, func(t *testing.T) *annotations.Article { return ferries(t, 6) }, func(s scene) {
		s.Press("s")
		s.Expect("2 sourced. Saved.")
		ruleOn(s.T, s.st, "lea", s.id, 2, annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"})
		s.Restart() // what others do meanwhile comes in its own time
		s.Press("k")
		s.Expect("who says so?")
		s.Press("R")
		s.Expect("Your answer")
		s.Answer("the board, on page 2")
		s.Expect("2 answered lea. Saved.")
		if got := asked(s.T, s.st, "ana"); got != "" {
			s.Errorf("after the answer ana is asked %q", got)
		}
		s.Press("u")
		s.Expect("Undid: answer on 2")
		if got := asked(s.T, s.st, "ana"); got != "2 query" {
			s.Errorf("after undo ana is asked %q", got)
		}
	})
}

// A question that came while the list of them was open moved the others in it: enter went
// to another sentence than the one that was marked.
func TestAQuestionThatComesDoesNotMoveThoseThatAreListed(t *testing.T) {
	st, lea := storetest.New(t), storetest.Session(t, "lea")
	ask := func(id annotations.ArticleID, s annotations.SentenceID, words string) {
		t.Helper()
		c := annotations.Change{Kind: annotations.EventRule, Sentence: s, Verb: "rule", Ruling: &annotations.Ruling{Verdict: annotations.Query, Reviewer: "ana", Reason: words}}
		if _, err := store.Do(t.Context(), st, lea, id, c); err != nil {
			t.Fatal(err)
		}
	}
	var ids []annotations.ArticleID
	for _, name := range []string{"ferries", "trains", "trams"} {
		id := storetest.Import(t, st, lea, storetest.Article(t, name, 6))
		if _, err := store.Do(t.Context(), st, storetest.Session(t, "ana"), id, storetest.Tag(3, 0, "sourced")); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	ask(ids[1], 3, "which trains?")
	d := show(t, st, annotations.Desk, 120, 30)
	d.WaitFor("a lead asks you 1 question")
	d.Type("r")
	d.WaitFor("What leads ask you", "which trains?")
	ask(ids[0], 3, "which ferries?")
	ask(ids[2], 3, "which trams?")
	d.WaitFor("leads ask you 3 questions", "which trains?")
	d.Type("<enter>")
	d.WaitFor("which trains?", "> 3", "Sentence 3 of trains")
}
