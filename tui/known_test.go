package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
)

// At eighty columns three rows say what is known of a sentence. What had no room there
// was left out without a word: a note, evidence, that the lead is asked; and no key
// showed it.
func TestAllThatIsKnownIsToBeRead(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 16}} {
		d, _ := open(t, ferries(t, 6), size[0], size[1])
		d.Type("x")
		d.WaitFor("2 contextual. Saved.")
		d.Type("g2<enter>othe harbour master of the port<enter>-")
		d.WaitFor("Saved.", "source")
		d.Type("ehttps://port.example/a/long/address/of/a/report/that/is/kept<enter><enter>page 4<enter>s")
		d.WaitFor("evidence that supports. Saved.")
		d.Type("pThe claim could not be checked by anybody.<enter>")
		d.WaitFor("2 verdict. Saved.")
		d.Type("mThe harbour master confirmed by telephone that none of the lights on the outer pier were on<enter>")
		d.WaitFor("2 note. Saved.")
		d.Type("!")
		d.WaitFor("2 marked unsure. Saved.")
		d.Type("w")
		d.WaitFor("[ ] a ")
		d.Type("a<enter>")
		d.WaitFor("flags unsourced. Saved.")
		switch size[0] {
		case 60:
			d.WaitFor("more: t shows them")
		case 120:
			d.WaitFor("… t shows all")
		default: // each has its label, and what is cut says so
			d.WaitFor("flags  unsourced", "evidence  supports https", "unsure  the lead", "note  The harbour")
		}
		d.Type("t")
		d.WaitFor("History of 2, newest first", "As it stands now")
		var seen strings.Builder
		for { // row by row, to the oldest event: keys that are not waited for are drawn together
			text := d.Text()
			seen.WriteString(text)
			if strings.Contains(text, "ana  tag contextual") {
				break
			}
			d.Type("j")
			d.Until(func(now string) bool { return now != text }, "the next row")
		}
		all := strings.Join(strings.Fields(seen.String()), " ")
		for _, words := range []string{"the outer pier were on", "page 4", "checked by anybody", "unsure: the lead is asked", "flags: unsourced", "tag contextual"} {
			if !strings.Contains(all, words) {
				t.Errorf("%v: %q is not to be read:\n%s", size, words, d.Text())
			}
		}
		d.Stop()
		d.WaitEnd()
	}
}

// A query names no tag, and two blanks stood where one would be.
func TestAQueryIsShownInWords(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	ruleOn(t, st, "lea", id, 2, annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?"})
	d := show(t, st, id, 80, 24)
	d.WaitFor("ruling  query by lea: who says so?")
}
