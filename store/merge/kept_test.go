package merge

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// TestTeamsStayAndTheirRulesHold merges into a store with a team.
func TestTeamsStayAndTheirRulesHold(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	y := x.copied("y")
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lena", Role: annotations.Lead}}}
	x.do("lena", annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team})
	x.tag("ana", a.ID, 1, "sourced")
	y.tag("ana", a.ID, 1, "contested")
	y.tag("eve", a.ID, 1, "contextual")
	y.rule("eve", a.ID, 1, &annotations.Ruling{Verdict: annotations.Stet})
	if _, err := Merge(t.Context(), x, y, Options{Lead: "ana", Tool: "t"}); !errors.Is(err, store.ErrForbidden) {
		t.Errorf("a reviewer merges: %v", err)
	}
	r := x.merge(y)
	if got := x.says(a.ID, 1); !strings.Contains(got, "ana (2)") || !strings.Contains(got, "eve: contextual") || strings.Contains(got, "ruling") {
		t.Errorf("it says %q", got)
	}
	if len(r.LeftOut) != 1 || !strings.Contains(r.LeftOut[0].Why, "only a lead") {
		t.Errorf("left out: %+v", r.LeftOut)
	}
	if now, err := x.Team(t.Context()); err != nil || !sameTeam(&now, &team) {
		t.Errorf("the team is %+v, %v", now, err)
	}
}

// TestCuts merges articles that were cut apart.
func TestCuts(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	split := func(d *desk, id annotations.SentenceID) {
		t.Helper()
		b, err := store.Load(t.Context(), d, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		u := b.Units[b.Index(id)]
		now, err := annotations.SplitUnit(b.Body, b.Units, id, u.Span.Start+9, b.NextID())
		if err != nil {
			t.Fatal(err)
		}
		c, err := store.Recut(t.Context(), d, b, now, "split", id)
		if err != nil {
			t.Fatal(err)
		}
		d.do("ana", a.ID, c)
	}
	x := newDesk(t, "x")
	x.bring(a)
	y := x.copied("y")
	split(y, 2)
	y.tag("ana", a.ID, 6, "sourced")
	x.tag("ben", a.ID, 3, "sourced")
	if r := x.merge(y); x.says(a.ID, 6) != "ana: sourced" || len(r.Differences)+len(r.LeftOut) > 0 {
		t.Errorf("a cut that builds on ours was not taken: %q %+v", x.says(a.ID, 6), r)
	}
	if r := y.merge(x); y.says(a.ID, 3) != "ben: sourced" || len(r.Differences)+len(r.LeftOut) > 0 {
		t.Errorf("a cut that ours builds on is a difference: %+v", r)
	}
	split(x, 4)
	split(y, 5)
	y.tag("ana", a.ID, 1, "contextual")
	y.tag("ana", a.ID, 5, "contextual")
	r := x.merge(y)
	if len(r.Differences) != 1 || !strings.Contains(r.Differences[0].What, "cut in two ways") || len(r.LeftOut) != 1 {
		t.Errorf("%+v", r)
	}
	if x.says(a.ID, 1) != "ana: contextual" || x.says(a.ID, 5) != "" {
		t.Errorf("sentence 1: %q, sentence 5: %q", x.says(a.ID, 1), x.says(a.ID, 5))
	}
}

// TestOtherCodebooks brings a statement that was made under another codebook.
func TestOtherCodebooks(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	y := x.copied("y")
	src := strings.Replace(string(codebook.Builtin().Source), "name = ", "name = \"other \" # ", 1)
	other, err := codebook.Parse("other.toml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	h, err := y.PutBlob(t.Context(), string(other.Source))
	if err != nil {
		t.Fatal(err)
	}
	y.do("ana", a.ID, annotations.Change{Kind: annotations.EventCodebook, Verb: "codebook", Codebook: h})
	y.tag("ana", a.ID, 1, "sourced")
	for _, team := range []annotations.Team{{}, {Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lena", Role: annotations.Lead}}}} {
		d := x.copied("d")
		if !team.Empty() {
			d.do("lena", annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team})
		}
		r := d.merge(y)
		if _, now := d.row(a.ID, 1, "ana"); now.Tag != "sourced" || now.Codebook != h {
			t.Errorf("it says %+v", now)
		}
		// The choice comes along, where whoever made it may make it here.
		want, left := h, 0
		if !team.Empty() {
			want, left = codebook.Builtin().Hash, 1
		}
		sum, err := d.Summary(t.Context(), "", a.ID)
		if err != nil || sum.Codebook != want || len(r.LeftOut) != left {
			t.Errorf("codebook %s in force, left out %+v, %v", sum.Codebook.Short(), r.LeftOut, err)
		}
	}
}

// TestConfidentialNotesComeAlong brings the value with its seal.
func TestConfidentialNotesComeAlong(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	y := newDesk(t, "y")
	y.bring(a)
	sealed := annotations.Seal([16]byte{1}, "her phone number")
	y.do("ana", a.ID, annotations.Change{Kind: annotations.EventAnnotate, Verb: "note", Sentence: 1, Annotation: &annotations.Annotation{Tag: "sourced", Confidential: sealed}, Secret: "her phone number"})
	x := newDesk(t, "x")
	x.merge(y)
	if got, err := x.Secret(t.Context(), *sealed); err != nil || got != "her phone number" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestTimesAreKept merges into an empty store, whose log can begin in the past.
func TestTimesAreKept(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	y := newDesk(t, "y")
	y.bring(a)
	for s := range annotations.SentenceID(3) {
		y.tag("ana", a.ID, 3-s, "sourced")
	}
	var at time.Time
	x, err := store.NewMemory(store.StoreID{7}, func() time.Time {
		if at.IsZero() {
			return time.Now()
		}
		return at
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Merge(t.Context(), x, y, Options{Lead: "lena", Tool: "t", Now: start.AddDate(1, 0, 0), SetClock: func(to time.Time) { at = to }})
	if err != nil || r.Redated != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	want := y.rows(a.ID)
	got, err := x.State(t.Context(), a.ID, 1, 99, 99)
	if err != nil || len(got) != 3 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	for i := range got {
		if !got[i].Annotation.Time.Equal(want[i].Annotation.Time) {
			t.Errorf("sentence %s: %s, was %s", got[i].Sentence, got[i].Annotation.Time, want[i].Annotation.Time)
		}
	}
	if !at.IsZero() {
		t.Error("the clock was not let go")
	}
}

// TestABoltStoreStoppedMidwayGoesOn stops a merge again and again; each time the
// store is sound, and in the end all is there.
func TestABoltStoreStoppedMidwayGoesOn(t *testing.T) {
	t.Parallel()
	x, y := storetest.New(t), newDesk(t, "y")
	for _, seed := range []string{"harbour", "pier", "weir", "lock"} {
		a := article(t, seed)
		y.bring(a)
		for s := range annotations.SentenceID(5) {
			y.tag("ana", a.ID, s+1, "sourced")
			y.tag("ben", a.ID, s+1, "contested")
		}
	}
	for stops := 0; ; stops++ {
		ctx, stop := context.WithCancel(t.Context())
		left := 3
		cut := stopping{Bolt: x, left: &left, stop: stop}
		r, err := Merge(ctx, cut, y, Options{Lead: "lena", Tool: "t"})
		stop()
		storetest.MustCheck(t, x)
		if err == nil {
			if stops < 2 || len(r.LeftOut) > 0 {
				t.Errorf("it was stopped %d times, left out %v", stops, r.LeftOut)
			}
			break
		}
		if !errors.Is(err, context.Canceled) || stops > 50 {
			t.Fatalf("after %d stops: %v", stops, err)
		}
	}
	rows := 0
	list, err := everyArticle(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		r, err := x.State(t.Context(), list[i].ID, 1, 99, 99)
		if err != nil {
			t.Fatal(err)
		}
		rows += len(r)
	}
	if rows != 40 {
		t.Errorf("%d of 40 statements came", rows)
	}
}

// stopping is a store whose user loses patience after some acts.
type stopping struct {
	*store.Bolt
	left *int
	stop func()
}

// Append implements [store.Store].
func (s stopping) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	if *s.left--; *s.left < 0 {
		s.stop()
	}
	return s.Bolt.Append(ctx, b)
}
