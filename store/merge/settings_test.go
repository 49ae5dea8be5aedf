package merge

import (
	"context"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// What two leads settled apart comes to the same in both stores, and a later
// choice that was made in knowledge of it holds.
func TestSettingsThatWereMadeApart(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	one, two := otherBook("one"), otherBook("two")
	x := newDesk(t, "x")
	x.bring(a)
	x.assign(a.ID, "cyd")
	y := x.copied("y")
	x.assign(a.ID, "ana")
	y.assign(a.ID, "ben")
	x.judge("lena", a.ID, one)
	y.tag("ben", a.ID, 1, "sourced") // takes time
	y.tag("ben", a.ID, 1, "contested")
	y.judge("max", a.ID, two)
	x.finish(a.ID, "ana", true)
	y.finish(a.ID, "ben", true)
	y.finish(a.ID, "ben", false)
	r := x.merge(y)
	y.merge(x)
	for _, d := range []*desk{x, y} {
		sum, err := d.Summary(context.Background(), "", a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(sum.Assigned, " "); got != "ana ben" {
			t.Errorf("%s: assigned to %q", d.name, got)
		}
		if sum.Codebook != two.Hash {
			t.Errorf("%s: judged by %s, not by the one chosen last", d.name, sum.Codebook.Short())
		}
		if got := strings.Join(d.finishers(a.ID), " "); got != "ana" {
			t.Errorf("%s: finished by %q", d.name, got)
		}
	}
	if r.Settings.Taken != 3 || r.Settings.In != 3 || len(r.Differences) != 2 {
		t.Errorf("%+v %+v", r.Settings, r.Differences)
	}
	y.assign(a.ID, "dan")
	x.merge(y)
	if sum, err := x.Summary(context.Background(), "", a.ID); err != nil || strings.Join(sum.Assigned, " ") != "dan" {
		t.Errorf("assigned to %q, %v", sum.Assigned, err)
	}
	size := x.size()
	if x.merge(y); x.size() != size {
		t.Error("merged again, something was stored")
	}
}

// Another store makes nobody a lead here, and what only a lead may settle is taken
// from leads of this team alone.
func TestAnotherStoreGivesNobodyRights(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lena", Role: annotations.Lead}}}
	x.do("lena", annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team})
	y := newDesk(t, "y") // ben's own, where he is whatever he likes
	y.bring(a)
	own := annotations.Team{Members: []annotations.Member{{Name: "ben", Role: annotations.Lead}}, Open: true}
	y.do("ben", annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &own})
	y.do("ben", a.ID, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: []string{"ben"}})
	y.judge("ben", a.ID, otherBook("one"))
	y.do("ben", a.ID, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: "ana", Done: true}})
	y.do("ben", a.ID, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: "ben", Done: true}})
	r := x.merge(y)
	if now, err := x.Team(context.Background()); err != nil || !sameTeam(&now, &team) {
		t.Errorf("the team is %+v, %v", now, err)
	}
	sum, err := x.Summary(context.Background(), "", a.ID)
	if err != nil || len(sum.Assigned) > 0 || sum.Codebook == otherBook("one").Hash {
		t.Errorf("assigned to %q, judged by %s, %v", sum.Assigned, sum.Codebook.Short(), err)
	}
	if got := strings.Join(x.finishers(a.ID), " "); got != "ben" {
		t.Errorf("finished by %q: one's own mark comes along, one for another does not", got)
	}
	if len(r.LeftOut) != 3 || r.Settings.Taken != 1 {
		t.Errorf("left out %+v, %+v", r.LeftOut, r.Settings)
	}
	if _, err := store.Do(context.Background(), x, x.person("ben"), a.ID, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: []string{"ben"}}); err == nil {
		t.Error("ben became a lead")
	}
}

// What may not be settled here does not come in with the article itself, either.
func TestAnArticleBringsNoAssignmentsThatNobodyMayMakeHere(t *testing.T) {
	t.Parallel()
	x, y := newDesk(t, "x"), newDesk(t, "y")
	x.bring(article(t, "harbour"))
	x.settleTeam(annotations.Member{Name: "ana", Role: annotations.Reviewer}, annotations.Member{Name: "ben", Role: annotations.Reviewer}, annotations.Member{Name: "lena", Role: annotations.Lead})
	other, third := article(t, "pier"), article(t, "quay")
	y.bring(other)
	y.bring(third)
	y.do("ben", other.ID, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: []string{"ana"}})
	y.assign(third.ID, "ana")
	r := x.merge(y)
	for id, want := range map[annotations.ArticleID]string{other.ID: "", third.ID: "ana"} {
		if sum, err := x.Summary(context.Background(), "", id); err != nil || strings.Join(sum.Assigned, " ") != want {
			t.Errorf("%s is assigned to %q, not to %q; %v", id, sum.Assigned, want, err)
		}
	}
	if len(r.LeftOut) != 1 {
		t.Errorf("left out: %+v", r.LeftOut)
	}
}

// Merging stores the taking back of a ruling in the name of the lead who merges: it
// must have been taken back by a lead of this team.
func TestNobodyButALeadTakesARulingBackElsewhere(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	x := newDesk(t, "x")
	x.bring(a)
	for s := range annotations.SentenceID(3) {
		x.rule("lena", a.ID, s+1, &annotations.Ruling{Verdict: annotations.Stet})
	}
	y := x.copied("y") // ben's own copy, where there is no team
	x.settleTeam(annotations.Member{Name: "ben", Role: annotations.Reviewer}, annotations.Member{Name: "lena", Role: annotations.Lead})
	y.rule("ben", a.ID, 1, nil)
	y.rule("lena", a.ID, 2, nil)
	y.rule("ben", a.ID, 3, nil)
	y.rule("lena", a.ID, 3, &annotations.Ruling{Verdict: annotations.Query}) // she knew, and ruled again
	r := x.merge(y)
	if got := x.says(a.ID, 1); got != "ruling: stet" {
		t.Errorf("ben's: %q", got)
	}
	if got := x.says(a.ID, 2); got != "ruling: " {
		t.Errorf("lena's: %q", got)
	}
	if got := x.says(a.ID, 3); got != "ruling: query" {
		t.Errorf("lena's after ben's: %q", got)
	}
	if len(r.LeftOut) != 1 || !strings.Contains(r.LeftOut[0].Why, "ben") {
		t.Errorf("left out: %+v", r.LeftOut)
	}
}
