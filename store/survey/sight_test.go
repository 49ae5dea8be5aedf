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
