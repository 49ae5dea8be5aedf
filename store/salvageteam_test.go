package store_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// withoutEvents hurts the frames of some events in a journal.
func withoutEvents(journal []byte, lost ...uint64) []byte {
	out := bytes.Clone(journal)
	for b := out; len(b) > 17; {
		n := 9 + int(binary.BigEndian.Uint32(b))
		if b[8] == 'E' && slices.Contains(lost, binary.BigEndian.Uint64(b[9:])) {
			b[n-1] ^= 1
		}
		b = b[n:]
	}
	return out
}

// What a team arranged after an event that is lost comes home as it was: who is to
// do an article, how it is cut, who has finished, the team itself; and what people
// said who have left the team since.
func TestSalvageBringsHomeWhatATeamArranged(t *testing.T) {
	st := storetest.New(t)
	ctx := t.Context()
	people := map[string]*store.Session{}
	for _, who := range []string{"ana", "ben", "lea"} {
		people[who] = storetest.Session(t, who)
	}
	id := storetest.Import(t, st, people["lea"], storetest.Article(t, "ferries", 4))
	do := func(who string, article annotations.ArticleID, c annotations.Change) uint64 {
		t.Helper()
		r, err := store.Do(ctx, st, people[who], article, c)
		if err != nil {
			t.Fatal(err)
		}
		return r.First
	}
	team := func(members ...annotations.Member) annotations.Change {
		return annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &annotations.Team{Members: members}}
	}
	ana, ben, lea := annotations.Member{Name: "ana", Role: annotations.Reviewer}, annotations.Member{Name: "ben", Role: annotations.Lead}, annotations.Member{Name: "lea", Role: annotations.Lead}
	lost := []uint64{do("lea", annotations.Desk, team(ana, ben, lea)), do("ana", id, storetest.Tag(1, 0, "sourced"))}
	do("ana", id, storetest.Tag(2, 0, "sourced"))
	do("ben", id, storetest.Tag(2, 0, "contested"))
	do("ben", id, annotations.Change{Kind: annotations.EventRule, Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Stet}})
	do("lea", id, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: []string{"ana", "ben"}})
	do("ana", id, storetest.Tag(3, 0, "contextual")) // of all of sentence 3
	a, err := store.Load(ctx, st, id)
	if err != nil {
		t.Fatal(err)
	}
	u := a.Units[2]
	now, err := annotations.SplitUnit(a.Body, a.Units, u.ID, u.Span.Start+len("Sentence 3 "), a.NextID())
	if err != nil {
		t.Fatal(err)
	}
	cut, err := store.Recut(ctx, st, a, now, "split", u.ID)
	if err != nil {
		t.Fatal(err)
	}
	do("ana", id, cut)
	do("ana", id, storetest.Tag(a.NextID(), 0, "sourced"))
	do("ana", id, finish(true))
	do("lea", annotations.Desk, team(ana, lea)) // ben has left

	var journal bytes.Buffer
	if _, err := st.Export(ctx, &journal, 0); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "stet.db.mirror"), withoutEvents(journal.Bytes(), lost...), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Salvage(ctx, filepath.Join(dir, "stet.db"), filepath.Join(dir, "new.db"), "stet test", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Put) > 0 || len(s.Lost) != len(lost) || s.Recovered == 0 {
		t.Errorf("could not be placed: %v; lost %v; recovered %d", s.Put, s.Lost, s.Recovered)
	}
	back := storetest.Open(t, filepath.Join(dir, "new.db"))
	was, err := st.Team(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if is, err := back.Team(ctx); err != nil || !slices.Equal(is.Members, was.Members) {
		t.Errorf("the team is %+v, %v", is, err)
	}
	want, err := st.Summary(ctx, "ana", id)
	if err != nil {
		t.Fatal(err)
	}
	got, err := back.Summary(ctx, "ana", id)
	if err != nil || !slices.Equal(got.Assigned, want.Assigned) || got.Table != want.Table || !got.Progress.Finished {
		t.Errorf("assigned to %q, cut %s, finished %v; %v", got.Assigned, got.Table.Short(), got.Progress.Finished, err)
	}
	for _, at := range []annotations.SentenceID{2, 3, a.NextID()} {
		was, err := st.State(ctx, id, at, at+1, 9)
		if err != nil {
			t.Fatal(err)
		}
		is, err := back.State(ctx, id, at, at+1, 9)
		if err != nil || len(is) != len(was) || len(was) == 0 {
			t.Errorf("sentence %s: %d of %d rows, %v", at, len(is), len(was), err)
			continue
		}
		for i := range was {
			if !is[i].Annotation.Annotation.Equal(was[i].Annotation.Annotation) || is[i].Annotation.Words != was[i].Annotation.Words || (is[i].Ruling == nil) != (was[i].Ruling == nil) {
				t.Errorf("sentence %s, %q: %+v; was %+v", at, was[i].Reviewer, is[i], was[i])
			}
		}
	}
}
