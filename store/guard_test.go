package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// guardedDesk is a team of lea (lead), ana and ben, who both tagged sentence 1.
func guardedDesk(t *testing.T) (*store.Bolt, annotations.ArticleID, map[string]*store.Session) {
	t.Helper()
	st := storetest.New(t)
	people := map[string]*store.Session{}
	for _, who := range []string{"ana", "ben", "lea", "eve"} {
		people[who] = storetest.Session(t, who)
	}
	id := storetest.Import(t, st, people["lea"], storetest.Article(t, "ferries", 4))
	for _, who := range []string{"ana", "ben"} {
		c := storetest.Tag(1, 0, "sourced")
		c.Secret = "hush of " + who
		c.Annotation.Confidential = annotations.Seal([16]byte{who[0]}, c.Secret)
		if _, err := store.Do(t.Context(), st, people[who], id, c); err != nil {
			t.Fatal(err)
		}
	}
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	if _, err := store.Do(t.Context(), st, people["lea"], annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &team}); err != nil {
		t.Fatal(err)
	}
	return st, id, people
}

// authors lists whose words a store shows of an article, by every way there is.
func authors(t *testing.T, st store.Store, who string, id annotations.ArticleID) map[string]bool {
	t.Helper()
	ctx, out := t.Context(), map[string]bool{}
	rows, err := st.State(ctx, id, 1, 100, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		out[r.Reviewer] = true
		if c := r.Annotation.Confidential; c != nil {
			if _, err := st.Secret(ctx, *c); err == nil {
				out["secret of "+r.Reviewer] = true
			}
		}
	}
	for after := uint64(0); ; {
		list, next, err := st.Events(ctx, store.Query{Article: id}, after, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			break
		}
		if e := list[0]; e.Kind == annotations.EventAnnotate {
			out[e.Actor+" in the log"] = true
			if _, err := st.Secret(ctx, *e.After.Confidential); err == nil {
				out["secret of "+e.Actor] = true
			}
		}
		after = next
	}
	sum, err := st.Summary(ctx, who, id)
	if err != nil {
		t.Fatal(err)
	}
	list, err := st.Articles(ctx, who, annotations.Desk, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(list, sum) {
		for other, p := range s.Others {
			if len(p.ByTag) > 0 {
				out[other+"'s tags"] = true
			}
		}
	}
	return out
}

func TestReviewersAreBlindUntilTheyHaveFinished(t *testing.T) {
	st, id, people := guardedDesk(t)
	ana := store.For(st, "ana")
	got := authors(t, ana, "ana", id)
	for _, hidden := range []string{"ben", "ben in the log", "ben's tags", "secret of ben"} {
		if got[hidden] {
			t.Errorf("ana sees %s", hidden)
		}
	}
	for _, own := range []string{"ana", "ana in the log", "secret of ana"} {
		if !got[own] {
			t.Errorf("ana does not see %s", own)
		}
	}
	f := annotations.Change{Kind: annotations.EventFinish, Finish: &annotations.Finish{Reviewer: "ana", Done: true}}
	if _, err := store.Do(t.Context(), ana, people["ana"], id, f); err != nil {
		t.Fatal(err)
	}
	got = authors(t, ana, "ana", id)
	if !got["ben"] || !got["ben in the log"] || !got["ben's tags"] || got["secret of ben"] {
		t.Errorf("after finishing ana sees %v", got)
	}
	if got := authors(t, store.For(st, "lea"), "lea", id); !got["ana"] || !got["ben"] || !got["secret of ben"] || !got["ana's tags"] {
		t.Errorf("the lead sees %v", got)
	}
	if got := authors(t, store.For(st, "eve"), "eve", id); len(got) != 0 {
		t.Errorf("a stranger sees %v", got)
	}
}

func TestNobodyActsForOthersAndOnlyLeadsRule(t *testing.T) {
	st, id, people := guardedDesk(t)
	ctx := t.Context()
	ana, eve := store.For(st, "ana"), store.For(st, "eve")
	rule := annotations.Change{Kind: annotations.EventRule, Sentence: 1, Ruling: &annotations.Ruling{Verdict: annotations.Stet}}
	for name, try := range map[string]func() error{
		"ana rules": func() error { _, err := store.Do(ctx, ana, people["ana"], id, rule); return err },
		"ana tags as ben": func() error {
			_, err := store.Do(ctx, ana, people["ben"], id, storetest.Tag(2, 0, "sourced"))
			return err
		},
		"ana undoes ben":            func() error { _, _, err := store.Revert(ctx, ana, people["ben"], annotations.Undo); return err },
		"ana asks where ben stands": func() error { _, _, err := ana.Places("ben"); return err },
		"ana moves ben":             func() error { return ana.SetPlace("ben", store.Place{Article: id, Sentence: 2}) },
		"ana takes the whole log":   func() error { _, err := ana.Export(ctx, &bytes.Buffer{}, 0); return err },
		"eve tags": func() error {
			_, err := store.Do(ctx, eve, people["eve"], id, storetest.Tag(2, 0, "sourced"))
			return err
		},
		"ana sets the team": func() error {
			_, err := store.Do(ctx, ana, people["ana"], annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &annotations.Team{}})
			return err
		},
		"ana finishes for ben": func() error {
			f := annotations.Change{Kind: annotations.EventFinish, Finish: &annotations.Finish{Reviewer: "ben", Done: true}}
			_, err := store.Do(ctx, ana, people["ana"], id, f)
			return err
		},
	} {
		if err := try(); !errors.Is(err, store.ErrForbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := store.Do(ctx, store.For(st, "lea"), people["lea"], id, rule); err != nil {
		t.Errorf("the lead rules: %v", err)
	}
	if _, err := store.Do(ctx, ana, people["ana"], id, storetest.Tag(2, 0, "contextual")); err != nil {
		t.Errorf("ana tags: %v", err)
	}
}

// The rows of one sentence may lie on two pages of those that the guard reads. It went on
// behind the sentence that a page ended in, so the rest of its rows were gone: of eleven
// reviewers the last had their own tag of sentence 91 missing on the screen, and could
// not give it again, because it was there.
func TestNoRowIsLostBetweenTwoPagesOfTheGuard(t *testing.T) {
	for _, c := range []struct{ sentences, people, limit int }{
		{100, 11, 1000}, // pages end within a sentence
		{2, 1100, 1000}, // a sentence is longer than a page
		{90, 11, 20},    // a caller with small pages
	} {
		s := storetest.New(t)
		lea := storetest.Session(t, "lea")
		id := storetest.Import(t, s, lea, storetest.Article(t, "ferries", c.sentences))
		team := annotations.Team{Members: []annotations.Member{{Name: "lea", Role: annotations.Lead}}}
		last := ""
		for p := range c.people {
			last = fmt.Sprintf("p%04d", p)
			var tags []annotations.Change
			for n := range annotations.SentenceID(c.sentences) {
				tags = append(tags, storetest.Tag(n+1, 0, "sourced"))
			}
			if _, err := store.Do(t.Context(), s, storetest.Session(t, last), id, tags...); err != nil {
				t.Fatal(err)
			}
		}
		team.Members = append(team.Members, annotations.Member{Name: last, Role: annotations.Reviewer})
		if _, err := store.Do(t.Context(), s, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &team}); err != nil {
			t.Fatal(err)
		}
		mine, seen := store.For(s, last), 0
		for from := annotations.SentenceID(1); ; {
			rows, err := mine.State(t.Context(), id, from, ^annotations.SentenceID(0), c.limit)
			if err != nil {
				t.Fatal(err)
			}
			for i := range rows {
				if seen++; rows[i].Sentence != annotations.SentenceID(seen) || rows[i].Reviewer != last {
					t.Fatalf("%+v: row %d is of sentence %v by %s", c, seen, rows[i].Sentence, rows[i].Reviewer)
				}
			}
			if len(rows) < c.limit {
				break
			}
			from = rows[len(rows)-1].Sentence + 1 // they have one row a sentence
		}
		if seen != c.sentences {
			t.Errorf("%+v: %s sees %d of their %d rows", c, last, seen, c.sentences)
		}
	}
}
