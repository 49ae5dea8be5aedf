package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/store/storetest"
)

func TestACountIsTakenAtItsWord(t *testing.T) {
	d, id := open(t, ferries(t, 400), 100, 30)
	d.Type("#250j")
	d.WaitFor(">252")
	d.Type("#250k")
	d.WaitFor(">  2")
	d.Type("#150s")
	d.WaitFor("150 sentences at once are too many; the limit is 100")
	d.Type("#3e")
	d.WaitFor("one sentence at a time, without a count")
	d.Type("#3u")
	d.WaitFor("a count does nothing with that key")
	d.Type("#x")
	d.WaitFor("no number was given; a count is # 3, then the key")
	d.Type("#3?")
	d.WaitFor("a count does nothing with that key")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.", ">  3")
	d.Type("#2<space>")
	d.WaitFor(">  5")
	d.Type("#3x")
	d.WaitFor("5-7 contextual. Saved.")
	if a, b := d.said(id, 3), d.said(id, 7); a.Tag != "" || b.Tag != "contextual" {
		t.Errorf("3 %+v, 7 %+v", a, b)
	}
	d.Type("Vjje")
	d.WaitFor("one sentence at a time; drop the range first", "range 8-10")
	d.Type("<esc>")
	d.WaitFor("no range")
	d.Type("e")
	d.WaitFor("Evidence: a URL")
}

// After a search the words that led to a suggestion stand out again as soon as the
// reviewer moves on.
func TestTheMarksOfASearchDoNotStay(t *testing.T) {
	const cue = "38;2;230;159;0" // orange on dark
	d, _ := open(t, read(t, story), 80, 24, suggesting)
	d.WaitFor("suggested  sourced")
	d.Type("/sound<enter>")
	d.WaitFor("> 3")
	d.Type("/sound<enter>")
	d.WaitFor("“sound” is in this sentence only")
	seen := len(d.Raw())
	d.Type("j")
	d.WaitFor("> 4")
	d.Type("k")
	d.WaitFor("> 3")
	if !strings.Contains(string(d.Raw()[seen:]), cue) {
		t.Errorf("the cue is not marked after a search:\n%s", d.Text())
	}
}

// Enter, enter keeps what is known of a source, or proposed.
func TestTheKindOfASourceThatIsKnownIsMarked(t *testing.T) {
	d, id := open(t, read(t, story), 80, 24, suggesting)
	d.WaitFor("suggested  sourced")
	d.Type("g3<enter>o")
	d.WaitFor("Who vouches for it?", "Coastal Safety Board")
	d.Type("<enter>")
	d.WaitFor("> e organisation")
	d.Type("<enter>")
	d.WaitFor("organisation. Saved.")
	d.Type("o<enter>g")
	d.WaitFor(", data. Saved.")
	d.Type("o<enter>")
	d.WaitFor("> g data")
	d.Type("<esc>")
	if a := d.said(id, 3); a.Attributions[0].Kind != "data" {
		t.Errorf("stored: %+v", a)
	}
}

// A list of all that is missing must not cost what a long article is long.
func TestWhatIsMissingIsListedInPart(t *testing.T) {
	d, _ := open(t, ferries(t, 700), 80, 24)
	d.Type("F")
	d.WaitFor("Missing or open: 699; the first 500 are listed.", "(699 are not finished)")
	d.Type("<end><enter>")
	d.WaitFor(">501")
}

// An undo may reach into another article: it says into which.
func TestAnUndoElsewhereNamesTheArticle(t *testing.T) {
	st := storetest.New(t)
	one := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 4))
	other := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "trams", 4))
	d := show(t, st, one, 100, 24)
	d.WaitFor("> 2")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	d.Stop()
	d.WaitEnd()
	sum, err := st.Summary(t.Context(), "ana", one)
	if err != nil {
		t.Fatal(err)
	}
	e := show(t, st, other, 100, 24)
	e.WaitFor("trams", "> 2")
	e.Type("u")
	e.WaitFor("Undid: tag sourced on 2 in " + sum.Name + ". Saved.")
	if a := e.said(one, 2); a.Tag != "" {
		t.Errorf("stored: %+v", a)
	}
}

// A sentence that goes on below the screen says by which key.
func TestTheRestOfALongSentenceIsHinted(t *testing.T) {
	d, _ := open(t, read(t, "The board said: "+strings.Repeat("it is long and ", 200)+"over.\n\nThe pier is old.\n"), 80, 24)
	d.WaitFor("> 1", "pgdn page down")
	d.Type("<pgdown><pgdown><pgdown><pgdown><pgdown>")
	d.WaitFor("over.")
	d.Type("G")
	d.WaitGone("pgdn page down")
}
