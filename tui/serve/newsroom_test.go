package serve

import (
	"context"
	"slices"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A session is told of what its person may see, and of nothing else.
func TestWhomAnActConcerns(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	lea, ana, ben := storetest.Session(t, "lea"), storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 9))
	do := func(s *store.Session, article annotations.ArticleID, c annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, s, article, c); err != nil {
			t.Fatal(err)
		}
	}
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	do(lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team})
	n := newNewsroom(st)
	read(t, n, st)
	readers := map[string]*reader{}
	for who, s := range map[string]*store.Session{"ana": ana, "ana elsewhere": storetest.Session(t, "ana"), "ben": ben, "lea": storetest.Session(t, "lea"), "zoe": storetest.Session(t, "zoe")} {
		readers[who] = &reader{st: st, who: s.Actor, session: s.ID, known: &readerSight{}}
	}
	for _, step := range []struct {
		what string
		do   func()
		want []string
	}{
		{"ana tags", func() { do(ana, id, storetest.Tag(2, 0, "sourced")) }, []string{"ana elsewhere", "lea"}},
		{"ben tags", func() { do(ben, id, storetest.Tag(2, 0, "sourced")) }, []string{"lea"}},
		{"a ruling", func() {
			do(lea, id, annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Stet}})
		}, []string{"ana", "ana elsewhere", "ben", "lea", "zoe"}},
		{"ana finishes", func() {
			do(ana, id, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: "ana", Done: true}})
		}, []string{"ana elsewhere", "ben", "lea", "zoe"}},
		{"ben tags after ana has finished", func() { do(ben, id, storetest.Tag(3, 0, "sourced")) }, []string{"ana", "ana elsewhere", "lea"}},
		{"the team works openly", func() {
			open := team.Clone()
			open.Open = true
			do(lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &open})
		}, []string{"ana", "ana elsewhere", "ben", "lea", "zoe"}},
		{"ana tags openly", func() { do(ana, id, storetest.Tag(4, 0, "sourced")) }, []string{"ana elsewhere", "ben", "lea"}},
	} {
		before := n.at()
		step.do()
		read(t, n, st)
		lines, _, whole := n.since(before)
		if len(lines) != 1 || !whole {
			t.Fatalf("%s: %d headlines, %v", step.what, len(lines), whole)
		}
		for who, r := range readers {
			if got, want := r.concerned(t.Context(), lines), slices.Contains(step.want, who); got != want {
				t.Errorf("%s: %s is told: %v, want %v", step.what, who, got, want)
			}
		}
	}
}

// A tail passes over what does not concern its session, and tells of what does.
func TestATailPassesOver(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	ana, ben := storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 9))
	n := newNewsroom(st)
	read(t, n, st)
	tail := n.tail(t.Context(), n.at(), reader{st: st, who: "ana", session: ana.ID, known: &readerSight{}})
	for s := range annotations.SentenceID(3) {
		if _, err := store.Do(t.Context(), st, ana, id, storetest.Tag(s+1, 0, "sourced")); err != nil {
			t.Fatal(err)
		}
		read(t, n, st)
	}
	if _, err := store.Do(t.Context(), st, ben, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	read(t, n, st)
	if size := <-tail; size != n.at() {
		t.Errorf("told of the end at %d, which is ana's own act; ben's is %d", size, n.at())
	}
}

func read(t *testing.T, n *newsroom, st store.Store) {
	t.Helper()
	info, err := st.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n.read(t.Context(), info.Events)
}

// Whoever lags behind by more than is kept is told, and looks for itself.
func TestWhoLagsBehindIsTold(t *testing.T) {
	t.Parallel()
	n := newNewsroom(nil)
	n.publish(3*maxHeadlines, make([]headline, 3*maxHeadlines))
	if lines, size, whole := n.since(0); whole || lines != nil || size != 3*maxHeadlines {
		t.Errorf("%d headlines, %d, %v", len(lines), size, whole)
	}
	if lines, _, whole := n.since(3*maxHeadlines - 7); !whole || len(lines) != 7 {
		t.Errorf("%d headlines, %v", len(lines), whole)
	}
	n.publish(3*maxHeadlines+100, nil) // could not be read
	if _, _, whole := n.since(3 * maxHeadlines); whole {
		t.Error("what could not be read counts as read")
	}
	if _, size, whole := n.since(3*maxHeadlines + 100); !whole || size != 3*maxHeadlines+100 {
		t.Errorf("%d, %v", size, whole)
	}
}

// The events that made the team an open one could not be read: the screen was told to
// look for itself, but what was known of the team before still decided what came after,
// and nothing that others said reached it any more.
func TestWhatCouldNotBeReadMayHaveChangedTheTeam(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	lea, ana, ben := storetest.Session(t, "lea"), storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 9))
	do := func(s *store.Session, article annotations.ArticleID, c annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, s, article, c); err != nil {
			t.Fatal(err)
		}
	}
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	do(lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team})
	n := newNewsroom(st)
	read(t, n, st)
	known := &readerSight{}
	tail := n.tail(t.Context(), n.at(), reader{st: st, who: "ana", session: ana.ID, known: known})
	do(ben, id, storetest.Tag(1, 0, "sourced")) // ana is not told: the team is blind
	read(t, n, st)
	do(lea, id, annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: 1, Ruling: &annotations.Ruling{Verdict: annotations.Stet}})
	read(t, n, st)
	if size := <-tail; size != n.at() {
		t.Fatalf("told of %d, not of the ruling at %d", size, n.at())
	}
	open := team.Clone()
	open.Open = true
	do(lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &open})
	info, err := st.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n.publish(info.Events, nil) // could not be read
	if size := <-tail; size != info.Events {
		t.Fatalf("told of %d, not of %d", size, info.Events)
	}
	do(ben, id, storetest.Tag(2, 0, "sourced"))
	read(t, n, st)
	select {
	case size := <-tail:
		if size != n.at() {
			t.Errorf("told of %d, not of ben's act at %d", size, n.at())
		}
	case <-time.After(soonTold):
		t.Error("ana is not told of what ben says, though the team is open now")
	}
}

// soonTold is how long a tail may take that has something to tell.
const soonTold = 5 * time.Second

// late is a store that cannot be asked how large it is, at first.
type late struct {
	store.Store
	asked, ready chan struct{}
}

func (l *late) Stat(ctx context.Context) (store.Stat, error) {
	select {
	case l.asked <- struct{}{}:
	default:
	}
	select {
	case <-l.ready:
		return l.Store.Stat(ctx)
	default:
		return store.Stat{}, &store.Error{Kind: store.ErrHeld, What: "the store is held by a stopped program"}
	}
}

// One question at the start that failed, and nobody heard of what others did for as long
// as the server ran.
func TestANewsroomThatCannotBeginBeginsLater(t *testing.T) {
	t.Parallel()
	st := &late{Store: storetest.New(t), asked: make(chan struct{}, 1), ready: make(chan struct{})}
	ana, ben := storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 9))
	n := newNewsroom(st)
	go n.run(t.Context())
	<-st.asked
	info, err := st.Store.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tail := n.tail(t.Context(), info.Events, reader{st: st, who: "ana", session: ana.ID, known: &readerSight{}})
	tag := func(s annotations.SentenceID) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, ben, id, storetest.Tag(s, 0, "sourced")); err != nil {
			t.Fatal(err)
		}
	}
	tag(2) // while it cannot begin
	close(st.ready)
	for s := annotations.SentenceID(3); s < 5; s++ {
		select {
		case <-tail:
		case <-time.After(10 * time.Second):
			t.Fatalf("ana was not told that ben tagged %d", s-1)
		}
		tag(s)
	}
}
