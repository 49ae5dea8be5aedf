package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// What others save while the lead's desk is open comes by itself; the mark stays on
// its entry, also when others come in above it.
func TestTheLeadsDeskFollowsWhatOthersDo(t *testing.T) {
	st, id := differing(t)
	d := lead(t, st, 100, 30)
	d.WaitFor("disagreements, what hangs most on them first: 2", "ben contextual by X-1")
	d.Type("G")
	d.WaitFor("> harbour-post-20…-51dc 5")
	dan := storetest.Session(t, "dan")
	if _, err := store.Do(t.Context(), st, dan, id, storetest.Tag(2, 0, "contextual")); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("contextual", "> harbour-post-20…-51dc 5", "first: 3")
	// The section of figures keeps its intervals while they are made anew.
	d.Type("2")
	d.WaitFor("95 % intervals by resampling")
	if _, err := store.Do(t.Context(), st, dan, id, storetest.Tag(3, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	d.Type("1")
	d.WaitFor("first: 4")
	// While a question is typed nothing moves; afterwards it is there.
	d.Type("<enter>")
	d.WaitFor("settle")
	d.Type("qwho")
	d.WaitFor("What do you ask")
	if _, err := store.Do(t.Context(), st, dan, id, storetest.Tag(6, 0, "contested")); err != nil {
		t.Fatal(err)
	}
	d.Type(" says so?<enter>")
	d.WaitFor("query. Saved.")
	d.Type("<esc>")
	d.WaitFor("who says so?", "sourced 2, contested 1", "harbour-post-20…-51dc 6")
}

// A blind check is not disturbed: figures that come in the middle would tell.
func TestABlindCheckIsNotDisturbed(t *testing.T) {
	st, id := agreeing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("nothing needs you")
	d.Type("r")
	d.WaitFor("What is it?", "0 of 5")
	tags(t, st, id, "eve", "xxsxx")
	d.Type("s")
	d.WaitFor("you, blind: sourced", "1 ben")
	if strings.Contains(d.Text(), "eve") {
		t.Errorf("the check was changed under the lead:\n%s", d.Text())
	}
	d.Type("<esc>")
	d.WaitFor("disagreements", "eve")
}

// Kept to some matters, of which the last was ruled on, the lead's desk said that nothing
// needed the lead; and that it was kept to some was told once, then nowhere.
func TestADeskThatIsKeptToSomeMattersSaysSo(t *testing.T) {
	st, id := differing(t)
	tags(t, st, id, "dan", "c-----")
	d := lead(t, st, 100, 30)
	d.WaitFor("3 matters")
	d.Type("3")
	d.WaitFor("tags taken for each other")
	y, _ := rowOf(d.Text(), "contested and sourced")
	if y < 0 {
		y, _ = rowOf(d.Text(), "sourced and contested")
	}
	d.Click(5, y)
	d.Type("<enter>")
	d.WaitFor("first: 1", "contested: 1   3 matters")
	d.Type("2")
	d.WaitFor("agreement on tags")
	d.WaitGone("contested: 1   3 matters")
	d.Type("1<enter>")
	d.WaitFor("settle")
	d.Type("as")
	d.WaitFor("Why?")
	d.Type("<enter><enter>")
	d.WaitFor("2 matters", "nothing is open of", "any more; esc shows all")
	d.Type("<esc>")
	d.WaitFor("first: 2")
	d.Type("/ferr")
	d.Type("<enter>")
	d.Until(func(text string) bool {
		return !strings.Contains(text, "letters (empty") && strings.Contains(text, "“ferr”: ")
	}, "say what it is kept to")
}

// So did the reviewer's desk: what a filter hid was missed.
func TestADeskThatIsFilteredSaysSo(t *testing.T) {
	st, ana := storetest.New(t), storetest.Session(t, "ana")
	for _, name := range []string{"ferries", "trains"} {
		a := storetest.Article(t, name, 4)
		a.Name = name
		storetest.Import(t, st, ana, a)
	}
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("desk   2 articles", "trains")
	d.Type("/ferr<enter>")
	d.WaitGone("trains")
	d.WaitFor("desk   “ferr”: 1", "ferries")
	d.Type("<esc>")
	d.WaitFor("desk   2 articles", "trains")
}

// From the tenth on, reviewers had "…" where the key stands that picks them.
func TestReviewersBeyondTheNinthHaveNoKey(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 4))
	for n := range 12 {
		tags(t, st, id, fmt.Sprintf("rev%02d", n+1), []string{"s", "x"}[n%2])
	}
	d := lead(t, st, 80, 60)
	d.WaitFor("first: 1")
	d.Type("<enter>")
	d.WaitFor("settle", " 9 rev09", "rev12")
	if _, row := rowOf(d.Text(), "rev10"); !strings.HasPrefix(row, "   rev10") {
		t.Errorf("%q", row)
	}
	d.Type(".")
	d.WaitFor("Whose stands?", "9 rev09")
}
