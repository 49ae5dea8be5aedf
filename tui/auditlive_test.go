package tui_test

import (
	"strings"
	"testing"

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
