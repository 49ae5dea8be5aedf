package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// In a team that works blind two keys, F and enter, finished an article for good, without
// a word that this binds; and the list then offered to open it again, which is refused.
func TestFinishingThatBindsTakesAWord(t *testing.T) {
	st, lea := storetest.New(t), storetest.Session(t, "lea")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 3))
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	if _, err := store.Do(t.Context(), st, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &team}); err != nil {
		t.Fatal(err)
	}
	view := store.For(st, "ana")
	d := show(t, view, id, 100, 30)
	d.Type("x")
	d.WaitFor("2 contextual. Saved.")
	d.Type("F")
	d.WaitFor("(1 is not finished)")
	d.Type("<esc>x")
	d.WaitFor("2 of 2 tagged", "✓ saved")
	d.Type("F<enter>")
	d.WaitFor("Finishing binds", "only a lead opens it again")
	d.Type("<enter>")
	d.WaitFor("not finished: that takes the word finish")
	d.Type("F<enter>finish<enter>")
	d.WaitFor("finished. Saved.")
	d.Type("F")
	d.WaitFor("finished  (that binds; a lead opens it again)")
	d.Type("<esc>q")
	d.WaitFor("2/2  done")

	// A lead lets the team see: from then on nothing binds.
	team.Open = true
	if _, err := store.Do(t.Context(), st, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &team}); err != nil {
		t.Fatal(err)
	}
	d.Type("<enter>")
	d.WaitFor("2 of 2 tagged")
	d.Type("Fr")
	d.WaitFor("open again. Saved.")
	d.Type("Ff")
	d.WaitFor("finished. Saved.")
}

// Nothing on the screen said that an article was finished. Where that binds a tag was shown
// and taken away again, and a note was refused when it was written.
func TestAFinishedArticleSaysSoBeforeAnythingIsWritten(t *testing.T) {
	st, lea := storetest.New(t), storetest.Session(t, "lea")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 4))
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	if _, err := store.Do(t.Context(), st, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &team}); err != nil {
		t.Fatal(err)
	}
	d := show(t, store.For(st, "ana"), id, 100, 30)
	d.Type("xxx")
	d.WaitFor("3 of 3 tagged", "✓ saved")
	d.Type("F<enter>finish<enter>")
	d.WaitFor("finished. Saved.", "3 of 3 tagged, done")
	for _, key := range []string{"s", "m", "E", "S", "a", "0", "e"} {
		d.Type("j" + key)
		d.WaitFor("you have finished this article, and that binds: only a lead opens it again")
		d.Type("k")
		d.WaitGone("that binds")
	}
	ruleOn(t, st, "lea", id, 3, annotations.Ruling{Verdict: annotations.Query, Reviewer: "ana", Reason: "why?"})
	d.WaitFor("lea")
	d.Type("g3<enter>")
	d.WaitFor("> 3", "why?")
	d.Type("mbecause<enter>") // what a lead asks of may be said more of
	d.WaitFor("3 note. Saved.")
}

// The team began to work blind while an article was open: F and enter finished it for
// good without the word that this takes, and the other way round asked for one.
func TestARuleOfTheTeamHoldsInAnArticleThatIsOpen(t *testing.T) {
	st, lea := storetest.New(t), storetest.Session(t, "lea")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 3))
	team := func(open bool) {
		t.Helper()
		now := annotations.Team{Open: open, Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
		if _, err := store.Do(t.Context(), st, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &now}); err != nil {
			t.Fatal(err)
		}
	}
	team(true)
	d := show(t, store.For(st, "ana"), id, 100, 30)
	d.Type("xx")
	d.WaitFor("2 of 2 tagged", "✓ saved")
	d.Type("F")
	d.WaitFor("nothing is missing; your tags are shown to the others")
	team(false)
	d.Until(func(text string) bool { // the list says it when it is opened anew
		d.Type("<esc>F")
		return strings.Contains(text, "and stay as they are")
	}, "say that it binds")
	d.Type("<esc>F<enter>")
	d.WaitFor("Finishing binds")
	d.Type("<esc>")
	team(true)
	d.Until(func(text string) bool {
		d.Type("<esc>F")
		return strings.Contains(text, "shown to the others") && !strings.Contains(text, "stay as they are")
	}, "say that it does not bind")
	d.Type("<esc>F<enter>")
	d.WaitFor("finished. Saved.")
}

// A quotation that goes on was taken without who says it, and asked for the source of
// each of its sentences afterwards.
func TestAQuotationThatGoesOnBringsItsSource(t *testing.T) {
	d, id := open(t, read(t, "“We asked for years,” Ines Okafor said. “Nobody came. And now they close the line.”\n"), 110, 30, suggesting)
	d.Type("g2<enter>")
	d.WaitFor("sourced S-2")
	d.Type("a")
	d.WaitFor("2 sourced, as suggested. Saved.")
	a := d.said(id, 2)
	if len(a.Attributions) != 1 || a.Attributions[0].Name != "Ines Okafor" || a.Attributions[0].Source != nil {
		t.Errorf("%+v", a.Attributions)
	}
}

// Who finishes an article may see what others said of it, and looked for that in vain: the
// screen of the article is one's own. Where it is asked whether to finish, the key is named.
func TestWhereOthersTagsAreSeenIsSaidBeforeFinishing(t *testing.T) {
	st, lea, ben := storetest.New(t), storetest.Session(t, "lea"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 3))
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	if _, err := store.Do(t.Context(), st, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &team}); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Do(t.Context(), st, ben, id, storetest.Tag(2, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	d := show(t, store.For(st, "ana"), id, 100, 30)
	d.Type("xx")
	d.WaitFor("2 of 2 tagged", "✓ saved")
	d.Type("F<enter>")
	d.WaitFor("Finishing binds: t shows you what the others said, and only a lead opens it again.")
	d.Type("finish<enter>")
	d.WaitFor("finished. Saved.")
	d.Type("g2<enter>t")
	d.WaitFor("History of 2", "ben", "sourced")
}
