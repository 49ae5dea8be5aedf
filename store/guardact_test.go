package store_test

import (
	"errors"
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
