package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A filter narrowed nothing before enter: one typed letters blind, and found out
// afterwards that nothing had them. Esc leaves the desk as it was, the mark on its
// article.
func TestTheDeskIsNarrowedWhileAFilterIsTyped(t *testing.T) {
	st := storetest.New(t)
	for _, seed := range []string{"anchors", "buoys", "cranes"} {
		a := storetest.Article(t, seed, 3)
		a.Name = seed
		storetest.Import(t, st, storetest.Session(t, "ana"), a)
	}
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("anchors", "buoys", "cranes")
	d.Type("G")
	d.WaitFor("> cranes")
	d.Type("/buoy")
	d.WaitFor("> buoys", "Show articles with these letters")
	d.WaitGone("cranes")
	d.Type("zz")
	d.WaitFor("no article has these letters: “buoyzz”")
	d.Type("<esc>")
	d.WaitFor("anchors", "> cranes")
	d.WaitGone("Show articles")
	d.Type("/")
	d.Paste("buoy")
	d.WaitGone("cranes")
	d.Type("<enter>")
	d.WaitFor("“buoy”: 1", "> buoys")
	d.Type("/<ctrl+u>cra<esc>")
	d.WaitFor("“buoy”: 1", "> buoys")
	d.WaitGone("Show articles")
}

// The lead's desk: its filter, its tabs by the mouse, and what is known of an entry ends
// with a mark where it is cut.
func TestTheLeadsDeskIsNarrowedAndTurned(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("[1 needs you", "disagreements")
	d.Type("/zzz")
	d.WaitFor("nothing has these letters: “zzz”")
	d.Type("<esc>")
	d.WaitFor("disagreements")
	d.WaitGone("Show entries")
	y, row := rowOf(d.Text(), "3 who mixes")
	d.Click(strings.Index(row, "3 who mixes")+3, y)
	d.WaitFor("[3 who mixes", "tags taken for each other")
	_, row = rowOf(d.Text(), "[3 who mixes")
	d.Click(strings.Index(row, "1 needs"), y)
	d.WaitFor("[1 needs you")
	_, row = rowOf(d.Text(), "[1 needs you")
	d.Click(len([]rune(row))+5, y) // beside them
	d.Type("j")
	d.WaitFor("[1 needs you")
}

// What was said last took two rows of a small window for as long as a panel was open,
// and with them the end of the sentence that was being judged.
func TestAMessageLeavesTheSentenceItsRows(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), read(t, "Outward signs on Friday pointed toward a major potential military escalation, with Defense Secretary Pete Hegseth ordering the Navy’s most advanced aircraft carrier strike group currently stationed in Europe to the Caribbean region amid a massive buildup of US forces there.\nThe pier is old.\n"))
	c := storetest.Tag(1, 0, "contextual")
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "ben"), id, c); err != nil {
		t.Fatal(err)
	}
	d := lead(t, st, 60, 16)
	d.WaitFor("[1 needs you")
	d.Type("r")
	d.WaitFor("What is it?", "Outward signs")
	d.WaitFor("\n 1 sentence to check, 0 of them risky. Seed")
	d.WaitFor("amid a massive buildup\n", "of US forces there.\n")
}

func TestWhatIsKnownOfAnEntryIsCutWithAMark(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), read(t, "The port shut.\nThe pilots of the old ferry told the Coastal Safety Board on Monday that the lights on the outer pier were out and that nobody in the harbour had been told why it took all of the night and a part of the next day to call the ships back.\n"))
	tags(t, st, id, "ben", "s")
	tags(t, st, id, "eve", "x")
	d := lead(t, st, 60, 16)
	d.WaitFor("that nobody in the harbour had been told why it took all …\n")
	d.resize(100, 10)
	d.WaitFor("│ been told why it took all of the …\n")
}
