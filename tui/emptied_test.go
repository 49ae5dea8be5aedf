package tui_test

import (
	"slices"
	"testing"

	"stet.example/stet/annotations"
)

// Who emptied a note or a verdict was told "2 note. Saved.", as if one had been written.
func TestANoteThatWasEmptiedIsToldAsTakenAway(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30)
	for _, field := range []struct{ key, name string }{{"m", "note"}, {"p", "verdict"}} {
		d.Type(field.key + "the pier is old<enter>")
		d.WaitFor("2 " + field.name + ". Saved.")
		d.Type(field.key + "<ctrl+u><enter>")
		d.WaitFor("2 " + field.name + " taken away. Saved.")
		d.Type(field.key + "<enter>") // there is none
		d.WaitFor("nothing was written, so nothing was changed")
	}
	if a := d.said(id, 2); a.Note != "" || a.Verdict != "" {
		t.Errorf("note %q, verdict %q", a.Note, a.Verdict)
	}
}

// An enter too many on a range, with nothing written, took away the notes and verdicts that
// stood on its other sentences.
func TestNothingWrittenOnARangeTakesNothingAway(t *testing.T) {
	d, id := open(t, ferries(t, 8), 100, 30)
	d.Type("g3<enter>mby telephone<enter>")
	d.WaitFor("3 note. Saved.")
	d.Type("pnot so<enter>")
	d.WaitFor("3 verdict. Saved.")
	for _, key := range []string{"m", "p"} {
		d.Type("g2<enter>Vjjj")
		d.WaitFor("range 2-5")
		d.Type(key + "<enter>")
		d.WaitFor("nothing was written, so nothing was changed")
		d.Type("<esc>")
		d.WaitGone("range 2-5")
	}
	if a := d.said(id, 3); a.Note != "by telephone" || a.Verdict != "not so" {
		t.Errorf("note %q, verdict %q", a.Note, a.Verdict)
	}
}

// To set one flag on a range took all other flags of its sentences away; enter alone did,
// too. What is switched in the list is what changes.
func TestFlagsOfARangeKeepWhatWasNotSwitched(t *testing.T) {
	d, id := open(t, ferries(t, 8), 100, 40)
	d.Type("g3<enter>w")
	d.WaitFor("[ ] b high stakes")
	d.Type("b<enter>")
	d.WaitFor("3 flags high_stakes. Saved.")
	d.Type("g2<enter>Vjjjw")
	d.WaitFor("Flags")
	d.Type("<enter>")
	d.WaitFor("no flag was switched, so nothing was changed")
	d.Type("w")
	d.WaitFor("[ ] a unsourced")
	d.Type("a<enter>")
	d.WaitFor("2-5 flags unsourced. Saved.")
	for n, want := range map[annotations.SentenceID][]string{2: {"unsourced"}, 3: {"high_stakes", "unsourced"}, 5: {"unsourced"}} {
		if got := d.said(id, n).Flags; !slices.Equal(got, want) {
			t.Errorf("%d has the flags %v, want %v", n, got, want)
		}
	}
	d.Type("g2<enter>Vjjj") // the current one has unsourced
	d.WaitFor("range 2-5")
	d.Type("w")
	d.WaitFor("[x] a unsourced")
	d.Type("a<enter>")
	d.WaitFor("2-5 without the flags unsourced. Saved.")
	if got := d.said(id, 3).Flags; !slices.Equal(got, []string{"high_stakes"}) {
		t.Errorf("3 has the flags %v", got)
	}
}

// Of a range it was said that it has no source, though one of its sentences had two, and
// kept the second.
func TestARangeThatKeepsSomeSourcesIsNotSaidToHaveNone(t *testing.T) {
	d, id := open(t, ferries(t, 8), 100, 30)
	d.Type("g3<enter>v<space>llo+h<space>lo<enter>")
	d.WaitFor("3 source")
	d.WaitGone("saving …")
	if n := len(d.said(id, 3).Attributions); n != 2 {
		t.Fatalf("%d sources", n)
	}
	d.Type("g4<enter>oBerg<enter><enter>")
	d.WaitFor("4 source Berg. Saved.")
	d.Type("Vk")
	d.WaitFor("range 3, 4")
	d.Type("o<ctrl+u><enter>")
	d.WaitFor("3, 4 without the first source; 3 keeps others. Saved.")
	if n, m := len(d.said(id, 3).Attributions), len(d.said(id, 4).Attributions); n != 1 || m != 0 {
		t.Errorf("%d and %d sources", n, m)
	}
}
