package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

func finish(done bool) annotations.Change {
	return annotations.Change{Kind: annotations.EventFinish, Finish: &annotations.Finish{Reviewer: "ana", Done: done}}
}

// Whoever has finished an article in a blind team has seen the others' tags: to tag
// on, or to open the article again, would make an agreement out of copying.
func TestFinishingBindsInABlindTeam(t *testing.T) {
	st, id, people := guardedDesk(t)
	ctx := t.Context()
	ana, lea := store.For(st, "ana"), store.For(st, "lea")
	do := func(s store.Store, who string, c annotations.Change) error {
		_, err := store.Do(ctx, s, people[who], id, c)
		return err
	}
	for _, c := range []annotations.Change{finish(false), storetest.Tag(2, 0, "sourced"), finish(true)} {
		if err := do(ana, "ana", c); err != nil {
			t.Fatal(err)
		}
	}
	_, _, undo := store.Revert(ctx, ana, people["ana"], annotations.Undo)
	undone := undo == nil
	for name, err := range map[string]error{
		"tags on":        do(ana, "ana", storetest.Tag(3, 0, "sourced")),
		"changes a tag":  do(ana, "ana", storetest.Tag(1, 1, "contested")),
		"opens it again": do(ana, "ana", finish(false)),
	} {
		if !errors.Is(err, store.ErrForbidden) {
			t.Errorf("ana %s: %v", name, err)
		}
	}
	if undone {
		t.Error("ana undoes a tag")
	}
	// Where a lead asks, she answers.
	ask := annotations.Change{Kind: annotations.EventRule, Sentence: 3, Ruling: &annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}}
	if err := do(lea, "lea", ask); err != nil {
		t.Fatal(err)
	}
	if err := do(ana, "ana", storetest.Tag(3, 0, "sourced")); err != nil {
		t.Errorf("ana answers: %v", err)
	}
	// A lead opens it.
	if err := do(lea, "lea", finish(false)); err != nil {
		t.Fatal(err)
	}
	if err := do(ana, "ana", storetest.Tag(4, 0, "sourced")); err != nil {
		t.Errorf("ana goes on: %v", err)
	}
}

// Evidence says as much as a tag, and so does a ruling; a question does not wait.
func TestEvidenceAndRulingsAreBlindToo(t *testing.T) {
	st, id, people := guardedDesk(t)
	ctx := t.Context()
	ev := annotations.Evidence{URL: "https://registry.example/ferries", Quote: "four ferries"}
	ev.Identify()
	for _, c := range []struct {
		who    string
		change annotations.Change
	}{
		{"ben", annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &ev}},
		{"lea", annotations.Change{Kind: annotations.EventRule, Sentence: 1, Ruling: &annotations.Ruling{Verdict: annotations.Amend, Tag: "contested", Reason: "the registry denies it"}}},
		{"lea", annotations.Change{Kind: annotations.EventRule, Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"}}},
	} {
		if _, err := store.Do(ctx, st, people[c.who], id, c.change); err != nil {
			t.Fatal(err)
		}
	}
	sees := func(who string) (items, amends, queries int) {
		t.Helper()
		s := store.For(st, who)
		list, err := s.Evidence(ctx, annotations.EvidenceID{}, 10)
		if err != nil {
			t.Fatal(err)
		}
		events, _, err := s.Events(ctx, store.Query{Article: id}, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		items = len(list)
		for _, e := range events {
			switch {
			case e.Kind == annotations.EventEvidence:
				items++
			case e.RuleAfter != nil && e.RuleAfter.Verdict == annotations.Amend:
				amends++
			case e.RuleAfter != nil:
				queries++
			}
		}
		rows, err := s.State(ctx, id, 1, 100, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Ruling != nil && r.Ruling.Verdict == annotations.Amend {
				amends++
			} else if r.Ruling != nil {
				queries++
			}
		}
		return items, amends, queries
	}
	for _, c := range []struct {
		who                   string
		items, amends, asking int
	}{{"ana", 0, 0, 2}, {"ben", 2, 0, 2}, {"eve", 0, 0, 0}, {"lea", 2, 2, 2}} {
		if i, a, q := sees(c.who); i != c.items || a != c.amends || q != c.asking {
			t.Errorf("%s sees %d items, %d rulings, %d questions; want %d, %d, %d", c.who, i, a, q, c.items, c.amends, c.asking)
		}
	}
	if _, err := store.Do(ctx, store.For(st, "ana"), people["ana"], id, finish(true)); err != nil {
		t.Fatal(err)
	}
	if i, a, q := sees("ana"); i != 2 || a != 2 || q != 2 {
		t.Errorf("after finishing ana sees %d items, %d rulings, %d questions", i, a, q)
	}
}

// Finishing would bind nothing if the words under a tag could be cut away.
func TestWhoHasFinishedCutsNothing(t *testing.T) {
	st, id, people := guardedDesk(t)
	split := func(s store.Store, who string) error {
		t.Helper()
		a, err := store.Load(t.Context(), s, id)
		if err != nil {
			t.Fatal(err)
		}
		u := a.Units[0]
		now, err := annotations.SplitUnit(a.Body, a.Units, u.ID, u.Span.Start+len("Sentence "), a.NextID())
		if err != nil {
			t.Fatal(err)
		}
		c, err := store.Recut(t.Context(), s, a, now, "split", u.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Do(t.Context(), s, people[who], id, c)
		return err
	}
	ana := store.For(st, "ana")
	if _, err := store.Do(t.Context(), ana, people["ana"], id, finish(true)); err != nil {
		t.Fatal(err)
	}
	explained(t, split(ana, "ana"), store.ErrForbidden)
	if err := split(store.For(st, "ben"), "ben"); err != nil {
		t.Errorf("ben, who is at work: %v", err)
	}
	_, _, undo := store.Revert(t.Context(), store.For(st, "ben"), people["ben"], annotations.Undo)
	if undo != nil {
		t.Errorf("ben takes it back: %v", undo)
	}
}

// An entry with the verb of a merge says in its reason whose words it brings, and
// the next merge believes it.
func TestOnlyLeadsBringInWhatOthersSaid(t *testing.T) {
	st, id, people := guardedDesk(t)
	c := storetest.Tag(2, 0, "sourced")
	c.Verb = annotations.VerbMerge
	_, err := store.Do(t.Context(), store.For(st, "ana"), people["ana"], id, c)
	explained(t, err, store.ErrForbidden)
	if _, err := store.Do(t.Context(), store.For(st, "lea"), people["ben"], id, c); err != nil {
		t.Errorf("a lead who merges: %v", err)
	}
}

// Merges and salvages leave items that belong to no article. They are for leads, and
// keep nobody from the rest.
func TestEvidenceOfNoArticleKeepsNobodyFromTheRest(t *testing.T) {
	st, id, people := guardedDesk(t)
	bring := func(who string, article annotations.ArticleID, url string) annotations.EvidenceID {
		t.Helper()
		ev := annotations.Evidence{URL: url}
		ev.Identify()
		if _, err := store.Do(t.Context(), st, people[who], article, annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &ev}); err != nil {
			t.Fatal(err)
		}
		return ev.ID
	}
	loose := bring("lea", annotations.Desk, "https://registry.example/loose")
	bring("ana", id, "https://registry.example/own")
	bring("ana", annotations.Desk, "https://registry.example/own-and-loose")
	for who, want := range map[string]int{"ana": 2, "ben": 0, "eve": 0, "lea": 3} {
		s := store.For(st, who)
		items, err := s.Evidence(t.Context(), annotations.EvidenceID{}, 10)
		if err != nil || len(items) != want {
			t.Errorf("%s sees %d items, %v; want %d", who, len(items), err, want)
		}
		eachShown(t, st, who)
		if list, _, err := s.Events(t.Context(), store.Query{}, 0, 100); err != nil || len(list) == 0 {
			t.Errorf("%s reads %d events, %v", who, len(list), err)
		}
	}
	// A merge brought an item once, and two who use it.
	c := storetest.Tag(2, 0, "sourced")
	c.Annotation.Evidence = []annotations.Use{{ID: loose, Stance: annotations.EvidenceSupports}}
	if _, err := store.Do(t.Context(), store.For(st, "lea"), people["ben"], id, c); err != nil {
		t.Fatal(err)
	}
	if items, err := store.For(st, "ben").Evidence(t.Context(), annotations.EvidenceID{}, 10); err != nil || len(items) != 1 || items[0].ID != loose {
		t.Errorf("ben, who uses it, sees %v, %v", items, err)
	}
	eachShown(t, st, "ben")
}

// eachShown asks for every item of a store by itself, in somebody's name: there are those,
// and no others, that the list of what they may see has.
func eachShown(t *testing.T, st store.Store, who string) {
	t.Helper()
	all, err := st.Evidence(t.Context(), annotations.EvidenceID{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	list, err := store.For(st, who).Evidence(t.Context(), annotations.EvidenceID{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range all {
		got, err := store.For(st, who).Item(t.Context(), item.ID) // a view that has read nothing yet
		switch shown := slices.Contains(list, item); {
		case shown && (err != nil || got != item):
			t.Errorf("%s asks for an item that the list shows: %+v, %v", who, got, err)
		case !shown && (!errors.Is(err, store.ErrNotFound) || got != annotations.Evidence{}):
			t.Errorf("%s asks for an item that is not to be seen: %+v, %v", who, got, err)
		}
	}
}

// Two leads may rule the same: that is two rulings, and one lead's undo must leave
// the other's. What an undo brought back keeps its author.
func TestUndoLeavesTheSameRulingOfAnotherLead(t *testing.T) {
	st := storetest.New(t)
	lea, max := storetest.Session(t, "lea"), storetest.Session(t, "max")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 4))
	at := annotations.SentenceID(0)
	rev := map[annotations.SentenceID]uint64{}
	rule := func(s *store.Session, v annotations.Verdict) {
		t.Helper()
		c := annotations.Change{Kind: annotations.EventRule, Sentence: at, Rev: rev[at], Ruling: &annotations.Ruling{Verdict: v, Reason: "why"}}
		if _, err := store.Do(t.Context(), st, s, id, c); err != nil {
			t.Fatal(err)
		}
		rev[at]++
	}
	undo := func(s *store.Session) error {
		_, _, err := store.Revert(t.Context(), st, s, annotations.Undo)
		if err == nil {
			rev[at]++
		}
		return err
	}
	stands := func() annotations.Verdict {
		t.Helper()
		rows, err := st.State(t.Context(), id, at, at+1, 9)
		if err != nil || len(rows) != 1 || rows[0].Ruling == nil {
			t.Fatalf("%+v, %v", rows, err)
		}
		return rows[0].Ruling.Verdict
	}

	at = 1 // max takes back what he ruled over lea's, and lea then takes back hers
	rule(lea, annotations.Stet)
	rule(max, annotations.Query)
	if err := undo(max); err != nil {
		t.Fatal(err)
	}
	if err := undo(lea); err != nil || stands() != "" {
		t.Errorf("lea takes back what came back to her: %v, %q stands", err, stands())
	}

	at = 2 // max rules as lea did
	rule(lea, annotations.Stet)
	rule(max, annotations.Stet)
	explained(t, undo(lea), store.ErrConflict)
	rule(max, annotations.Query)
	if err := undo(max); err != nil { // what comes back is max's, not lea's
		t.Fatal(err)
	}
	explained(t, undo(lea), store.ErrConflict)
	if stands() != annotations.Stet {
		t.Errorf("%q stands, not max's ruling", stands())
	}
	if err := undo(max); err != nil { // now lea's own is there again
		t.Fatal(err)
	}
	if err := undo(lea); err != nil || stands() != "" {
		t.Errorf("lea takes back her own: %v, %q stands", err, stands())
	}
}

// A team that works openly is open to its members: what they say to each other is
// no stranger's to read.
func TestAnOpenTeamIsNotOpenToStrangers(t *testing.T) {
	st, id, people := guardedDesk(t)
	team, err := st.Team(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	team.Open = true
	if _, err := store.Do(t.Context(), st, people["lea"], annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team}); err != nil {
		t.Fatal(err)
	}
	if got := authors(t, store.For(st, "eve"), "eve", id); len(got) != 0 {
		t.Errorf("a stranger sees %v", got)
	}
	if got := authors(t, store.For(st, "ana"), "ana", id); !got["ben"] || !got["ben's tags"] || got["secret of ben"] {
		t.Errorf("ana sees %v", got)
	}
}

// salvagedRulings is a store whose rulings came out of a salvage: each carries the record
// that it was taken from.
type salvagedRulings struct{ store.Store }

func (s salvagedRulings) Events(ctx context.Context, q store.Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	list, next, err := s.Store.Events(ctx, q, after, limit)
	for i := range list {
		if list[i].Kind == annotations.EventRule {
			list[i].Recovered = []byte("all that was ruled, and what before")
		}
	}
	return list, next, err
}

// What a question replaced is not for who has not finished, nor is the old record
// that tells it.
func TestARecoveredQuestionDoesNotTellWhatWasRuledBefore(t *testing.T) {
	st, id, people := guardedDesk(t)
	for rev, r := range []annotations.Ruling{{Verdict: annotations.Amend, Tag: "contested"}, {Verdict: annotations.Query, Reason: "who says so?"}} {
		c := annotations.Change{Kind: annotations.EventRule, Sentence: 2, Rev: uint64(rev), Ruling: &r}
		if _, err := store.Do(t.Context(), st, people["lea"], id, c); err != nil {
			t.Fatal(err)
		}
	}
	for who, told := range map[string]bool{"ana": false, "lea": true} {
		list, _, err := store.For(salvagedRulings{st}, who).Events(t.Context(), store.Query{Article: id, Sentence: 2}, 0, 10)
		if err != nil || len(list) == 0 {
			t.Fatalf("%s: %v, %v", who, list, err)
		}
		if e := list[len(list)-1]; e.RuleAfter == nil || (e.RuleBefore != nil) != told || (e.Recovered != nil) != told {
			t.Errorf("%s is told of %+v, %q; want %v", who, e.RuleBefore, e.Recovered, told)
		}
	}
}
