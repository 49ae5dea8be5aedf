package survey_test

import (
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/store/survey"
)

// Who has finished an article sees what others said of it, and goes on tagging.
// Such tags agree with what was read, and the figures say how many they are. What
// was given before counts as ever, reopening makes nobody blind again, and a team
// that works openly claims nothing.
func TestTagsGivenAfterSightAreCounted(t *testing.T) {
	st := storetest.New(t)
	lea, ana, ben := storetest.Session(t, "lea"), storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 4))
	do := func(who *store.Session, article annotations.ArticleID, c ...annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, who, article, c...); err != nil {
			t.Fatal(err)
		}
	}
	team := func(open bool) {
		t.Helper()
		do(lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &annotations.Team{Open: open, Members: []annotations.Member{
			{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead},
		}}})
	}
	finish := func(who *store.Session, done bool) {
		t.Helper()
		do(who, id, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: who.Actor, Done: done}})
	}
	team(false)
	do(ben, id, storetest.Tag(1, 0, "sourced"), storetest.Tag(2, 0, "contextual"), storetest.Tag(3, 0, "sourced"), storetest.Tag(4, 0, "sourced"))
	do(ana, id, storetest.Tag(1, 0, "contextual"), storetest.Tag(2, 0, "contextual"))
	finish(ana, true)
	do(ana, id, storetest.Tag(1, 1, "sourced"))
	finish(ana, false)
	do(ana, id, storetest.Tag(3, 0, "sourced"))
	team(true)
	do(ana, id, storetest.Tag(4, 0, "sourced"))
	team(false)
	do(lea, id, storetest.Tag(2, 0, "contextual"))

	s := read(t, survey.New(st, "lea"))
	var seen []string
	for _, m := range s.Input.Moments {
		if m.Seen {
			seen = append(seen, m.Reviewer+" "+m.Sentence.String())
		}
	}
	if want := []string{"ana s001", "ana s003", "lea s002"}; !slices.Equal(seen, want) {
		t.Errorf("given after sight: %q, want %q", seen, want)
	}
	desk, err := audit.New(s.Input)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(desk.Sound.Tags.Warnings, func(w agreement.Warning) bool { return w.Code == agreement.WarnSeen })
	if i < 0 || !strings.HasPrefix(desk.Sound.Tags.Warnings[i].Text, "3 of the 9 tags compared") || !strings.Contains(desk.Sound.Tags.Warnings[i].Text, "by ana, lea:") {
		t.Errorf("warnings: %+v", desk.Sound.Tags.Warnings)
	}
}

// Who finished an article before there was a team sees what others say of it from
// the team's first day on.
func TestWhoHadFinishedBeforeTheTeamBeganSees(t *testing.T) {
	st := storetest.New(t)
	lea, ana, ben := storetest.Session(t, "lea"), storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 4))
	do := func(who *store.Session, article annotations.ArticleID, c ...annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, who, article, c...); err != nil {
			t.Fatal(err)
		}
	}
	finish := func(who *store.Session, done bool) {
		t.Helper()
		do(who, id, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: who.Actor, Done: done}})
	}
	do(ana, id, storetest.Tag(1, 0, "sourced"))
	finish(ana, true)
	finish(ben, true)
	finish(ben, false) // he goes on before the team is there, and is blind in it
	do(lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &annotations.Team{Members: []annotations.Member{
		{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead},
	}}})
	do(ben, id, storetest.Tag(1, 0, "contextual"))
	if sees, err := store.For(st, "ana").State(t.Context(), id, 1, 2, 9); err != nil || len(sees) != 2 {
		t.Fatalf("ana sees %d rows, %v", len(sees), err)
	}
	finish(ana, false)
	do(ana, id, storetest.Tag(1, 1, "contextual"))
	var seen []string
	for _, m := range read(t, survey.New(st, "lea")).Input.Moments {
		if m.Seen {
			seen = append(seen, m.Reviewer+" "+m.Sentence.String())
		}
	}
	if want := []string{"ana s001"}; !slices.Equal(seen, want) {
		t.Errorf("given after sight: %q, want %q", seen, want)
	}
}

// Who works blind sees how far the others are and not what they said: that all agree
// is then nobody's to say.
func TestNobodyAgreesUnseen(t *testing.T) {
	st := storetest.New(t)
	lea, ana, ben := storetest.Session(t, "lea"), storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 2))
	for _, c := range []struct {
		who *store.Session
		tag string
	}{{ana, "sourced"}, {ben, "contested"}} {
		for s := range annotations.SentenceID(2) {
			if _, err := store.Do(t.Context(), st, c.who, id, storetest.Tag(s+1, 0, c.tag)); err != nil {
				t.Fatal(err)
			}
		}
	}
	team := annotations.Team{Members: []annotations.Member{
		{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead},
	}}
	if _, err := store.Do(t.Context(), st, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team}); err != nil {
		t.Fatal(err)
	}
	agreed := func(who string) bool {
		t.Helper()
		s, err := survey.New(store.For(st, who), who).Read(t.Context(), survey.Options{})
		if err != nil {
			t.Fatal(err)
		}
		list := s.Standings(who)
		if len(list) != 1 || len(list[0].Open) != 2 {
			t.Fatalf("%s: %+v", who, list)
		}
		return list[0].Agreed
	}
	if agreed("ana") || agreed("lea") {
		t.Error("they differ, and it is said that they agree")
	}
	for s := range annotations.SentenceID(2) {
		if _, err := store.Do(t.Context(), st, ben, id, storetest.Tag(s+1, 1, "sourced")); err != nil {
			t.Fatal(err)
		}
	}
	if agreed("ana") || !agreed("lea") {
		t.Errorf("now they agree: to ana %v, to the lead %v", agreed("ana"), agreed("lea"))
	}
}
