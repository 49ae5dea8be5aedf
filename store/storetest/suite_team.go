package storetest

import (
	"errors"
	"slices"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// recut splits sentence 2 of an article of [Article] in the middle.
func recut(t *testing.T, s store.Store, id annotations.ArticleID) (annotations.Change, *annotations.Article) {
	t.Helper()
	a, err := store.Load(t.Context(), s, id)
	if err != nil {
		t.Fatal(err)
	}
	u := a.Units[1]
	now, err := annotations.SplitUnit(a.Body, a.Units, u.ID, u.Span.Start+len("Sentence 2 "), a.NextID())
	if err != nil {
		t.Fatal(err)
	}
	change, err := store.Recut(t.Context(), s, a, now, "split", u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return change, a
}

func cuts(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 4))
	mustDo(t, s, ana, id, Tag(2, 0, "sourced"))
	change, was := recut(t, s, id)
	mustDo(t, s, ana, id, change)
	now, err := store.Load(t.Context(), s, id)
	if err != nil {
		t.Fatal(err)
	}
	if len(now.Units) != len(was.Units)+1 || now.Units[2].ID != was.NextID() || now.Body != was.Body {
		t.Errorf("after the split: %+v", now.Units)
	}
	if _, err := store.Do(t.Context(), s, ana, id, change); !errors.Is(err, store.ErrConflict) {
		t.Errorf("a cut of sentences that were cut since: %v; want conflict", err)
	}
	mustDo(t, s, ana, id, Tag(now.Units[2].ID, 0, "contested"))
	for range 2 {
		if _, _, err := store.Revert(t.Context(), s, ana, annotations.Undo); err != nil {
			t.Fatal(err)
		}
	}
	if back, err := store.Load(t.Context(), s, id); err != nil || !slices.Equal(back.Units, was.Units) {
		t.Errorf("after undo: %+v, %v", back.Units, err)
	}
	if again, _ := recut(t, s, id); again.Cut.Now.Hash == change.Cut.Now.Hash {
		t.Error("the next split uses the number of a sentence that was another one before")
	}
}

func teams(t *testing.T, s store.Store) {
	lea := Session(t, "lea")
	if team, err := s.Team(t.Context()); err != nil || !team.Empty() {
		t.Errorf("before any was set: %+v, %v", team, err)
	}
	id := Import(t, s, lea, Article(t, "ferries", 3))
	set := func(who *store.Session, team annotations.Team) error {
		_, err := store.Do(t.Context(), s, who, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team})
		return err
	}
	member := func(name string, role annotations.Role) annotations.Member {
		return annotations.Member{Name: name, Role: role}
	}
	if err := set(lea, annotations.Team{Members: []annotations.Member{member("ana", annotations.Reviewer)}}); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a team without a lead: %v; want invalid", err)
	}
	team := annotations.Team{Members: []annotations.Member{member("ana", annotations.Reviewer), member("lea", annotations.Lead)}, Overlap: annotations.Overlap{Each: 2}}
	if err := set(lea, team); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Team(t.Context()); err != nil || !slices.Equal(got.Members, team.Members) || got.Overlap != team.Overlap {
		t.Errorf("team %+v, %v", got, err)
	}
	ana := Session(t, "ana")
	mustDo(t, s, ana, id, Tag(1, 0, "sourced"))
	for what, err := range map[string]error{
		"a reviewer sets the team": set(ana, annotations.Team{}),
		"a reviewer rules":         do(t, s, ana, id, annotations.Change{Kind: annotations.EventRule, Sentence: 1, Ruling: &annotations.Ruling{Verdict: annotations.Stet, Reviewer: "ana"}}),
		"a reviewer deals out":     do(t, s, ana, id, annotations.Change{Kind: annotations.EventAssign, Assigned: []string{"ana"}}),
		"a stranger tags":          do(t, s, Session(t, "eve"), id, Tag(2, 0, "sourced")),
	} {
		if !errors.Is(err, store.ErrForbidden) {
			t.Errorf("%s: %v; want forbidden", what, err)
		}
	}
}

func do(t *testing.T, s store.Store, who *store.Session, id annotations.ArticleID, c ...annotations.Change) error {
	t.Helper()
	_, err := store.Do(t.Context(), s, who, id, c...)
	return err
}

func dealtOut(t *testing.T, s store.Store) {
	lea := Session(t, "lea")
	id := Import(t, s, lea, Article(t, "ferries", 3))
	assign := func(names ...string) error {
		return do(t, s, lea, id, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: names})
	}
	if err := assign("ben", "ana"); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("names out of order: %v; want invalid", err)
	}
	if err := assign("ana", "ben"); err != nil {
		t.Fatal(err)
	}
	finish := func(who string, done bool) {
		mustDo(t, s, lea, id, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: who, Done: done}})
	}
	finish("ana", true)
	see := func(reviewer string) store.Summary {
		sum, err := s.Summary(t.Context(), reviewer, id)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	if sum := see("ana"); !slices.Equal(sum.Assigned, []string{"ana", "ben"}) || !sum.Progress.Finished {
		t.Errorf("assigned %v, finished %v", sum.Assigned, sum.Progress.Finished)
	}
	if see("ben").Progress.Finished {
		t.Error("ben has finished, too")
	}
	finish("ana", false)
	if see("ana").Progress.Finished {
		t.Error("who goes on has still finished")
	}
	if _, _, err := store.Revert(t.Context(), s, lea, annotations.Undo); err != nil || !see("ana").Progress.Finished {
		t.Errorf("undo of going on: %v", err)
	}
}

// Taking back what changed nothing finished an article that nobody had finished, and
// took back what somebody else had settled since.
func finishUndone(t *testing.T, s store.Store) {
	lea, ana := Session(t, "lea"), Session(t, "ana")
	id := Import(t, s, lea, Article(t, "ferries", 3))
	finish := func(by *store.Session, who string, done bool) annotations.Change {
		c := annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: who, Done: done}}
		if by != nil {
			mustDo(t, s, by, id, c)
		}
		return c
	}
	want := func(what string, done bool) {
		t.Helper()
		if sum, err := s.Summary(t.Context(), "ana", id); err != nil || sum.Progress.Finished != done {
			t.Errorf("%s: finished is %v, %v", what, sum.Progress.Finished, err)
		}
	}
	revert := func(by *store.Session, m annotations.Mode) {
		t.Helper()
		if _, _, err := store.Revert(t.Context(), s, by, m); err != nil {
			t.Fatal(err)
		}
	}
	finish(ana, "ana", false)
	revert(ana, annotations.Undo)
	want("undo of going on with what was not finished", false)
	finish(ana, "ana", true)
	finish(ana, "ana", true)
	revert(ana, annotations.Undo)
	want("undo of finishing twice", true)
	revert(ana, annotations.Undo)
	want("undo of finishing", false)
	revert(ana, annotations.Redo)
	revert(ana, annotations.Redo)
	want("redo of both", true)
	mustDo(t, s, lea, id, finish(nil, "ana", false), finish(nil, "ben", true), finish(nil, "ana", true))
	revert(lea, annotations.Undo)
	want("undo of two in one act", true)
	finish(lea, "ana", true)
	finish(ana, "ana", false)
	finish(ana, "ana", true)
	if _, _, err := store.Revert(t.Context(), s, lea, annotations.Undo); !errors.Is(err, store.ErrConflict) {
		t.Errorf("a lead takes back what ana said herself since: %v", err)
	}
	want("undo that was refused", true)
}
