package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// cursorOn waits until the cursor stands on the first sign of words.
func cursorOn(d *desk, words string) {
	d.t.Helper()
	d.Until(func(text string) bool {
		x, y := d.Cursor()
		rows := strings.Split(text, "\n")
		if y < 0 || y >= len(rows) {
			return false
		}
		at := strings.Index(rows[y], words)
		return at >= 0 && x == len([]rune(rows[y][:at]))
	}, "put the cursor on "+words)
}

// A text as mail and wire services send it has a line end every seventy signs, inside of
// sentences: what is marked there was drawn nowhere, the cursor stayed where it was, and
// clicks on words did nothing.
func TestWordsOfATextInShortLinesAreMarked(t *testing.T) {
	d, id := open(t, read(t, "The pilots of the old ferry told the Coastal\nSafety Board on Monday that the lights on\nthe outer pier were out. Nobody was hurt\nby\u00ad cars.\n"), 80, 24)
	d.WaitFor("> 1", "told the Coastal Safety Board on")
	d.Type("v")
	d.WaitFor("Source 1 of 1 of sentence 1")
	d.Type(strings.Repeat("<right>", 8))
	cursorOn(d, "Coastal")
	d.Type("<space><right><right>")
	cursorOn(d, "Board")
	d.WaitFor("marked   Coastal Safety Board")
	if raw := string(d.Raw()); !strings.Contains(raw, "Coastal Safety Board") {
		t.Errorf("what is marked does not stand out")
	}
	d.Type("o")
	d.WaitFor("who      Coastal Safety Board") // a name is on one line
	y, row := rowOf(d.Text(), "Monday")
	d.Click(len([]rune(row[:strings.Index(row, "Monday")]))+2, y)
	cursorOn(d, "Monday")
	d.WaitFor("marked   Monday")
	d.Type("c<enter>")
	d.WaitFor("1 source Coastal Safety Board. Saved.")
	at := d.said(id, 1).Attributions
	if len(at) != 1 || at[0].Name != "Coastal Safety Board" || len(at[0].Source) != 1 || len(at[0].Cue) != 1 {
		t.Fatalf("stored: %+v", at)
	}
	d.Type("oouter pier<enter>-")
	d.WaitFor("Saved.")
	d.Type("o<ctrl+u>lights on the outer pier<enter>-") // as it is read: the line ends after "on"
	d.WaitFor("1 source lights on the outer pier. Saved.")
	if at := d.said(id, 1).Attributions; len(at) != 1 || len(at[0].Source) != 1 {
		t.Errorf("a name that stands in the sentence was not marked there: %+v", at)
	}
	d.Type("Son the outer<enter>")
	d.WaitFor("1 split in two. Saved.")
}

// In writings without blanks a clause was one word, and nothing inside of it could be
// marked.
func TestSignsAreWordsWhereNoBlanksAre(t *testing.T) {
	d, id := open(t, read(t, "港口管理局表示，起重机每年检查两次。工会不同意这一说法。\n"), 80, 24)
	d.Type("v")
	d.WaitFor("Source 1 of 1")
	d.Type("<space><right><right><right><right>o")
	d.WaitFor("source   港口管理局\n")
	d.Type("<right><space><right>c<enter>")
	d.WaitFor("1 source 港口管理局. Saved.")
	at := d.said(id, 1).Attributions
	if len(at) != 1 || at[0].Source[0] != (annotations.Span{End: 15}) || at[0].Cue[0] != (annotations.Span{Start: 15, End: 21}) {
		t.Errorf("stored: %+v", at)
	}
}

// In a sentence taller than the screen, and among the sentences around one, the word
// that the cursor is on went out of sight: it was marked blind.
func TestTheMarkedWordIsSeen(t *testing.T) {
	var long strings.Builder
	for i := range 120 {
		fmt.Fprintf(&long, "clause number%d of the statement, ", i)
	}
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d, id := open(t, read(t, "Alpha pilots left. Beta pilots stayed on for the whole of the long and cold night. The minister said "+long.String()+"and sat down. Gamma pilots left. Delta pilots slept.\n"), size[0], size[1])
		d.Type("g3<enter>v")
		d.WaitFor("Source 1 of 1 of sentence 3", "The minister")
		d.Type("<end><left>")
		cursorOn(d, "down")
		d.Type("<up>")
		d.WaitFor("number119")
		d.Type("<home><left><left>")
		cursorOn(d, "night")
		d.Type("<up><up><up>")
		d.WaitFor("Alpha")
		d.Type("<home>")
		cursorOn(d, "The minister")
		d.Type("<end><right><right>")
		cursorOn(d, "pilots left")
		d.Type("<space><left>o<enter>")
		d.WaitFor("3 source Gamma pilots. Saved.")
		d.Type("<esc>k")
		d.WaitFor("> 2")
		if at := d.said(id, 3).Attributions; len(at) != 1 || at[0].Name != "Gamma pilots" {
			t.Errorf("stored: %+v", at)
		}
		d.Stop()
		d.WaitEnd()
	}
}

// The list of the marker's keys was cut at the right without a way to read on, and esc,
// pressed to close the list, threw away what had been marked.
func TestTheMarkersKeysAreReadWhole(t *testing.T) {
	for _, size := range [][2]int{{60, 12}, {60, 16}, {80, 24}} {
		d, id := open(t, ferries(t, 6), size[0], size[1])
		d.Type("v")
		d.WaitFor("Source 1 of 1 of sentence 2: mark words")
		d.Type("<space><right>o?")
		d.WaitFor("Keys while words are marked", "esc back to the words")
		var seen strings.Builder
		for range 16 {
			seen.WriteString(d.Text())
			d.Mouse(65, 10, size[1]-4) // the wheel
		}
		d.Type("<end>")
		d.WaitFor("as it was")
		for row := range strings.Lines(d.Text()) {
			if strings.Contains(row, "…") && !strings.Contains(row, "stet ") {
				t.Errorf("%v cuts %q", size, row)
			}
		}
		d.Type("<esc>")
		d.WaitFor("source   Sentence 2")
		d.Type("?<right>")
		d.WaitFor("source   Sentence 2")
		d.Type("<enter>")
		d.WaitFor("2 source Sentence 2. Saved.")
		if at := d.said(id, 2).Attributions; len(at) != 1 || at[0].Name != "Sentence 2" {
			t.Errorf("stored: %+v", at)
		}
		d.Stop()
		d.WaitEnd()
	}
}

// Where the links of a sentence need a row of their own, that row counted nowhere: a
// click chose the sentence after the one it was on, and what was below the rows of many
// links was pushed off the screen.
func TestRowsOfLinksCountAsRows(t *testing.T) {
	d, _ := open(t, read(t, "One two three four five six seven eight nine ten and eleven.\n\nOne.\nTwo.\nThree.\n\nFour.\n"), 80, 24)
	d.WaitFor("> 1")
	d.Type("c3 4 5<enter>d")
	d.WaitFor("1 contested against 3, 4, 5. Saved.", "vs 3 4 5")
	y, _ := rowOf(d.Text(), "vs 3 4 5")
	if up, _ := rowOf(d.Text(), "eleven."); up != y-1 {
		t.Fatalf("the links have no row of their own:\n%s", d.Text())
	}
	for _, words := range []string{"Two.", "One.", "Three.", "Four."} {
		y, row := rowOf(d.Text(), words)
		d.Click(20, y)
		d.Until(func(text string) bool { _, now := rowOf(text, words); return strings.HasPrefix(now, " >") }, "choose "+row)
	}
}

// Who marked other words as the source than at first kept the name that the first had made:
// the marks said one, the name another.
func TestANameThatWordsMadeFollowsTheWords(t *testing.T) {
	d, id := open(t, read(t, "On Monday three officials said the pier is old. It rained."), 100, 30)
	d.WaitFor("0 of 2 tagged")
	d.Type("v")
	d.WaitFor("Source 1 of 1")
	d.Type("<right>o") // Monday
	d.WaitFor("who      Monday")
	d.Type("<right><space><right>o")
	d.WaitFor("who      three officials")
	d.Type("x<right>o")
	d.WaitFor("who      said")
	d.Type("n")
	d.WaitFor("Who is it?")
	d.Type("<ctrl+u>the crew<enter>")
	d.WaitFor("who      the crew")
	d.Type("<left>o") // a name that was written stays
	d.WaitFor("source   officials", "who      the crew")
	d.Type("<enter>")
	d.WaitFor("1 source the crew. Saved.")
	if got := d.said(id, 1).Attributions; len(got) != 1 || got[0].Name != "the crew" {
		t.Errorf("%+v", got)
	}
}

// An enter too many behind a source's name said that it was a named official, the first of
// the list, whoever it was. Where no kind is known none is marked but "not said".
func TestAnEnterTooManySaysNoKindOfSource(t *testing.T) {
	d, id := open(t, read(t, "The pier is old, it is said. It rained."), 100, 30)
	d.WaitFor("0 of 2 tagged")
	d.Type("oUNODC<enter>")
	d.WaitFor("What kind of source is “UNODC”?", "> - not said")
	d.Type("<enter>")
	d.WaitFor("1 source UNODC. Saved.")
	if got := d.said(id, 1).Attributions; len(got) != 1 || got[0].Kind != "" {
		t.Errorf("%+v", got)
	}
	d.Type("o<enter>")
	d.WaitFor("What kind of source is “UNODC”?")
	d.Type("e")
	d.WaitFor("1 source UNODC, organisation. Saved.")
	d.Type("o<enter>")
	d.WaitFor("> e organisation")
	d.Type("<esc>vk") // while words are marked it was taken away
	d.WaitFor("What kind of source?", "> e organisation")
	d.Type("<enter><enter>")
	d.WaitFor("1 says that already")
}

// Of a range in which only some have the tag that a rule decides for, all were said to have
// it now. And an enter too many named the first rule of the list.
func TestARuleIsSaidOfThoseThatHaveItsTag(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30)
	d.Type("sxsg2<enter>Vjj")
	d.WaitFor("range 2-4")
	d.Type("r")
	d.WaitFor("Which rule decided?", "> - none")
	d.Type("<enter>")
	d.WaitFor("says that already")
	d.Type("g2<enter>Vjjr")
	d.WaitFor("S-1")
	d.Type("a")
	d.WaitFor("2, 4 rule S-1; 3 has another tag. Saved.")
	if a := d.said(id, 3); a.Rule != "" {
		t.Errorf("%+v", a)
	}
}
