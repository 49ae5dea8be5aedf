package tui_test

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// Who opened an older text was told that C compares it with the newer one; it listed what
// the text may be compared with, or compared it with the one before.
func TestAnOlderTextIsComparedWithTheNewerOne(t *testing.T) {
	st, ana := storetest.New(t), storetest.Session(t, "ana")
	const calm = "The sea was calm on that day. Nobody was hurt in the storm on Sunday.\n"
	old := revision(t, st, ana, "port-r1", annotations.Desk, 1, "The port closed in May, the board said. "+calm)
	mid := revision(t, st, ana, "port-r2", old, 2, "The port closed in June, the board said. "+calm)
	last := revision(t, st, ana, "port-r3", mid, 3, "The port closed in July, the board said. "+calm)
	for _, c := range []struct {
		open annotations.ArticleID
		want string
	}{{old, "compare  port-r1 → port-r3"}, {mid, "compare  port-r2 → port-r3"}, {last, "compare  port-r2 → port-r3"}} {
		d := show(t, st, c.open, 120, 30)
		if c.open != last {
			d.WaitFor("this is an older text: port-r3 is the newer one; C compares")
		}
		d.Type("C")
		d.WaitFor(c.want, "{+July+}")
		d.Type("q")
		d.WaitFor("0 of 3 tagged")
		d.Stop()
		d.WaitEnd()
	}
}

// A lead had let one reviewer's tag stand where two differed: the comparison still said
// that they differ.
func TestAComparisonKnowsWhoseTagStands(t *testing.T) {
	st, original, rewrite := pier(t)
	do := func(who string, c annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), st, storetest.Session(t, who), original, c); err != nil {
			t.Fatal(err)
		}
	}
	do("lea", storetest.Tag(6, 0, "contextual"))
	do("zoe", storetest.Tag(6, 0, "sourced"))
	d := show(t, st, annotations.Desk, 120, 40, func(o *tui.Options) { o.Compare = &tui.Comparison{AID: original, BID: rewrite} })
	d.WaitFor("6  left out  ? differ")
	do("max", annotations.Change{Kind: annotations.EventRule, Sentence: 6, Ruling: &annotations.Ruling{Verdict: annotations.Stet, Reviewer: "zoe"}})
	d.WaitFor("6  left out  S sourced")
}
