package merge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

func (d *desk) settleTeam(members ...annotations.Member) {
	d.tb.Helper()
	d.do("lena", annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &annotations.Team{Members: members}})
}

// A merge lets people of the other store in while it stores what they said, and
// puts other codebooks in force. When it is killed on the way, the next one sets
// both right.
func TestAMergeAfterAKilledOneSetsTeamAndCodebookRight(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	y := x.copied("y")
	y.tag("max", a.ID, 1, "sourced")
	x.judge("lena", a.ID, otherBook("ours"))
	x.settleTeam(annotations.Member{Name: "ana", Role: annotations.Reviewer}, annotations.Member{Name: "lena", Role: annotations.Lead})
	want := x.merged(y)
	about := func(d *desk) string {
		t.Helper()
		team, err := d.Team(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		sum, err := d.Summary(context.Background(), "", a.ID)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, m := range team.Members {
			names = append(names, m.Name)
		}
		return strings.Join(names, " ") + ", judged by " + sum.Codebook.Short()
	}
	if got := about(want); got != about(x) || !strings.HasPrefix(got, "ana lena,") {
		t.Fatalf("a merge in one go leaves %s, where there was %s", got, about(x))
	}
	strangers, others := 0, 0
	for acts := 0; ; acts++ {
		d, left := x.copied("d"), acts
		_, err := Merge(t.Context(), halting{d, &left}, y, Options{Lead: "lena", Tool: "t"})
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		half := about(d)
		if strings.Contains(half, "max") {
			strangers++
		}
		if half[strings.Index(half, ","):] != about(x)[strings.Index(about(x), ","):] {
			others++
		}
		again := d.merged(y)
		if got := about(again); got != about(x) || !slices.Equal(again.state(), want.state()) {
			t.Errorf("killed after %d acts and merged again: %s, want %s\n%q\n%q", acts, got, about(x), again.state(), want.state())
		}
		// What a lead has made of the team since, stays.
		d.settleTeam(annotations.Member{Name: "lena", Role: annotations.Lead}, annotations.Member{Name: "max", Role: annotations.Reviewer})
		if got := about(d.merged(y)); !strings.HasPrefix(got, "lena max,") {
			t.Errorf("killed after %d acts, the team set, and merged again: %s", acts, got)
		}
	}
	if strangers == 0 || others == 0 {
		t.Errorf("it was killed with strangers in the team %d times, with another codebook %d times", strangers, others)
	}
}

// The names of three hundred guests are longer than a reason may be. They were left out
// of it then, so after a merge that was killed nobody knew who had come in for it: all of
// them stayed in the team for good.
func TestAnyNumberOfGuestsLeavesAfterAKilledMerge(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	y := x.copied("y")
	for i := range 300 {
		y.tag(fmt.Sprintf("reviewer-%04d of the harbour desk", i), a.ID, 1, "sourced")
	}
	ours := []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lena", Role: annotations.Lead}, {Name: "reviewer-0007 of the harbour desk", Role: annotations.Reviewer}}
	x.settleTeam(ours...)
	team := func(d *desk) []annotations.Member {
		t.Helper()
		team, err := d.Team(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return team.Members
	}
	most := 0
	for _, acts := range []int{0, 1, 2, 3, 4, 5, 20} {
		d, left := x.copied("d"), acts
		if _, err := Merge(t.Context(), halting{d, &left}, y, Options{Lead: "lena", Tool: "t"}); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		half := team(d)
		most = max(most, len(half))
		left = acts
		if _, err := Merge(t.Context(), halting{d, &left}, y, Options{Lead: "lena", Tool: "t"}); err != nil && !errors.Is(err, context.Canceled) { // killed again
			t.Fatal(err)
		}
		if now := team(d.merged(y)); !slices.Equal(now, ours) {
			t.Errorf("killed after %d acts, with %d in the team, and merged again: %d are in it", acts, len(half), len(now))
		}
	}
	if most != 302 {
		t.Errorf("it was killed with at most %d in the team; want all 302", most)
	}
}
