package tui_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// row is the first row of the screen that holds words, and where; -1 for none.
func rowOf(text, words string) (y int, row string) {
	for y, row := range strings.Split(text, "\n") {
		if strings.Contains(row, words) {
			return y, row
		}
	}
	return -1, ""
}

// The letters of a list go up to n, and j and k are among them.
func TestEveryLetterOfAListPicksItsItem(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 40)
	d.Type("w")
	d.WaitFor("[ ] j laundered", "[ ] k tension")
	d.Type("jk")
	d.WaitFor("[x] j laundered", "[x] k tension")
	d.Type("<enter>")
	d.WaitFor("flags laundered, tension. Saved.")
	d.Type("ovessel<enter>")
	d.WaitFor("What kind of source", "k other outlet")
	d.Type("k")
	d.WaitFor("2 source vessel, other outlet. Saved.")
	if a := d.said(id, 2); !slices.Equal(a.Flags, []string{"laundered", "tension"}) || a.Attributions[0].Kind != "other_outlet" {
		t.Errorf("stored: %+v", a)
	}
	d.Type("r")
	d.WaitFor("tag the sentence first")
	d.Type("lj") // where no item has the letter, and nothing is typed, it is a letter of a word
	d.WaitFor("or words of it: j")
}

// At eighty columns most of what help says of a key does not fit: the marked line
// says it all, and the list is gone through by pages.
func TestTheMarkedLineOfAListIsShownWhole(t *testing.T) {
	d, _ := open(t, ferries(t, 6), 80, 24)
	d.Type("?")
	d.WaitFor("tag as sourced and go to the next untagged sent…")
	d.Type("<down>")
	d.WaitFor("tag as sourced and go to the next untagged\n", "   sentence\n")
	d.Type("<pgdown><pgdown><pgdown>")
	d.Until(func(text string) bool { return !strings.Contains(text, " untag ") && strings.Contains(text, " > ") }, "go on by pages")
	d.Type("<pgup><pgup><pgup><pgup>")
	d.WaitFor(" > s 1")
	d.Type("<end>")
	d.WaitFor(" > ^l")
	d.Type("<home>")
	d.WaitFor(" > s 1")
	d.Type("sentence next untagged go") // the words in any order
	d.WaitFor("go to the next untagged")
	d.Type("<ctrl+u>zzzz")
	d.WaitFor("nothing fits")
}

// Whatever is open, the hint line says how it ends; and the sentence keeps its rows
// where there are enough for both.
func TestPanelsSayHowTheyEndAndLeaveTheSentence(t *testing.T) {
	words := strings.Fields("The board said that one two three four five six seven eight nine ten eleven twelve of the pilots had left the harbour before the lights on the outer pier went out, and that nobody was told why it took so long to call all of them back again.")
	a := &annotations.Article{Body: strings.Join(words, " ") + "\nThe pier is old.\n"}
	cut := strings.IndexByte(a.Body, '\n')
	a.Units = []annotations.Sentence{{ID: 1, Span: annotations.Span{End: cut}}, {ID: 2, Span: annotations.Span{Start: cut + 1, End: len(a.Body) - 1}, Paragraph: 1}}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d, _ := open(t, a, size[0], size[1])
		for _, key := range []string{"v", "o", "e", "l", "w", "m", "M", "p", "S", "g", "/", "f", "F", "*", "K", "?", ":", "c"} {
			d.Type(key)
			d.Until(func(text string) bool {
				y, row := rowOf(text, "esc ")
				return y >= size[1]-3 && (strings.Contains(row, "enter ") || key == "K" && strings.Contains(row, "esc close"))
			}, fmt.Sprintf("say how %s ends, at %v", key, size))
			shown := strings.Join(strings.Fields(d.Text()), " ")
			if words := "The board said that"; !strings.Contains(shown, words) || size[0] == 60 && !strings.Contains(shown, "again.") {
				t.Errorf("%s at %v leaves of the sentence:\n%s", key, size, d.Text())
			}
			d.Type("<esc>")
			d.WaitGone("esc c")
		}
		d.Stop()
		d.WaitEnd()
	}
}

// Numbers of sentences say nothing to anybody: what they stand for is shown before
// enter takes them, and what is wrong with them too.
func TestTheNumbersOfALinkAreShownAsSentences(t *testing.T) {
	d, _ := open(t, ferries(t, 30), 80, 24)
	d.Type("l25 4")
	d.WaitFor("or words of it: 25 4", "   25  Sentence 25 of", "   4  Sentence 4 of")
	d.Type(" 99")
	d.WaitFor("there is no sentence 99: there are 1 to 30")
	d.Type("<ctrl+u>25<enter>s")
	d.WaitFor("2 supports 25. Saved.")
	d.Type("e") // a long prompt leaves the line to type in its room, also when it is long itself
	url := "https://harbour.example/" + strings.Repeat("records/", 20) + "end"
	d.Type(url)
	d.WaitFor("an item used before:\n", "records/end\n")
	if x, y := d.Cursor(); y != 19 || x < 70 {
		t.Errorf("the cursor is at %d, %d:\n%s", x, y, d.Text())
	}
}

// What went wrong, whether the work is safe and the next step are more than a row.
func TestALongMessageIsShownWhole(t *testing.T) {
	st := storetest.New(t)
	storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	d := show(t, st, annotations.Desk, 60, 16, func(o *tui.Options) {
		o.Environ = append(o.Environ, "HOME=/home/ana")
		o.Import = func(_ context.Context, path string) (annotations.ArticleID, error) {
			return annotations.ArticleID{}, errors.New(path + ": it is empty; check that it is the file you meant, or give the whole name of it")
		}
	})
	d.WaitFor("harbour-post", "0/5")
	d.Type("iempty.txt<enter>")
	d.WaitFor("empty.txt: it is empty;", "the whole name of it") // a name is no start of a sentence
	d.Type("i~/a.txt<enter>")
	d.WaitFor("/home/ana/a.txt: it is empty;", "of it")
	y, row := rowOf(d.Text(), "/ filter")
	d.Click(strings.Index(row, "/ filter"), y) // the hints are where they are drawn
	d.WaitFor("Show articles with these letters")
}

func TestTheMouseInPanels(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 40)
	d.Type("w")
	d.WaitFor("[ ] b high stakes")
	y, _ := rowOf(d.Text(), "[ ] b high stakes")
	d.Click(10, y)
	d.WaitFor("[x] b high stakes")
	d.Mouse(65, 10, y)
	d.WaitFor(" > [ ] c")
	d.Type("<enter>")
	d.WaitFor("flags high_stakes. Saved.")
	d.Type("K")
	d.WaitFor("Codebook stet", "  sourced (key s)")
	for range 12 {
		d.Mouse(65, 10, 30)
	}
	d.WaitGone("  sourced (key s)")
	d.Type("<esc>")
	d.WaitGone("Codebook stet")
	d.Type("?")
	d.WaitFor("Keys. Type to search")
	d.Mouse(65, 10, 30)
	d.Mouse(65, 10, 30)
	d.WaitFor(" > c 2")
	y, _ = rowOf(d.Text(), "contextual  ")
	d.Click(20, y)
	d.WaitFor("2 contextual. Saved.")
	if a := d.said(id, 2); a.Tag != "contextual" || !slices.Equal(a.Flags, []string{"high_stakes"}) {
		t.Errorf("stored: %+v", a)
	}
}

// Words are marked by dragging over them, the cursor is on the word, and what else the
// marker can do is a key away.
func TestWordsAreDraggedOver(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 24)
	d.Type("v")
	d.WaitFor("Source 1 of 1", "? keys", "enter save")
	y, row := rowOf(d.Text(), "> 2")
	at := len([]rune(row[:strings.Index(row, "Sentence 2")]))
	d.Until(func(string) bool { x, cy := d.Cursor(); return x == at && cy == y }, "put the cursor on the first word")
	d.Type("<right>")
	d.Until(func(string) bool { x, cy := d.Cursor(); return x == at+len("Sentence ") && cy == y }, "put the cursor on the second word")
	d.Type("?")
	d.WaitFor("another source, take this one away, the next one")
	drag := func(from, to string) {
		d.Mouse(0, at+strings.Index(row[strings.Index(row, "Sentence 2"):], from), y)
		d.Mouse(32, at+strings.Index(row[strings.Index(row, "Sentence 2"):], to), y)
	}
	drag("2", "ferries")
	d.WaitFor("marked   2 of ferries")
	drag("Sentence", "2")
	d.WaitFor("marked   Sentence 2")
	d.Type("o<enter>")
	d.WaitFor("2 source Sentence 2. Saved.")
	if a := d.said(id, 2); len(a.Attributions) != 1 || a.Attributions[0].Name != "Sentence 2" {
		t.Errorf("stored: %+v", a)
	}
}

func TestWhatDoesNotFitIsSaid(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 24)
	d.Type("o")
	d.WaitFor("Who vouches")
	d.Paste(strings.Repeat("long ", 1000))
	d.WaitFor("Not all of it fits: the limit is 4096 bytes")
	d.Type("<left>")
	d.WaitFor("Who vouches")
	d.Type("<end><ctrl+u>Ida<enter>b")
	d.WaitFor("2 source Ida, named other. Saved.")
	if a := d.said(id, 2); a.Attributions[0].Name != "Ida" {
		t.Errorf("stored: %+v", a)
	}
}

// A paste that comes while an answer is awaited goes where it would have gone a moment
// later.
func TestAPasteWaitsWithTheKeysBeforeIt(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 24)
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	d.Type("um")
	d.Paste("words\nof a note")
	d.Type("<enter>")
	d.WaitFor("2 note. Saved.")
	if a := d.said(id, 2); a.Note != "words\nof a note" || a.Tag != "" {
		t.Errorf("stored: %+v", a)
	}
}

// A storm of sizes while something is open leaves what a fresh paint shows, and what
// was typed.
func TestAStormOfSizesOnPanels(t *testing.T) {
	for _, key := range []string{"v", "l2", "mfirst<alt+enter>second", "K", "?go", "w", "F", "ehttps://harbour.example/", "c"} {
		d, _ := open(t, ferries(t, 30), 80, 24)
		d.Type(key)
		d.WaitFor("esc c")
		same := false
		for try := 0; try < 6 && !same; try++ { // a frame may be looked at while half of it is written
			for i := range 40 {
				d.resize(20+(i*37)%140, 5+(i*23)%50)
			}
			d.resize(100, 30)
			d.WaitFor("\n "+strings.Repeat("─", 98)+"\n", "esc c")
			storm := d.Text()
			before := wipes(d)
			d.Type("<ctrl+l>")
			d.Until(func(text string) bool {
				y, _ := rowOf(text, "esc c")
				same = wipes(d) > before && text == storm
				return same || wipes(d) > before && y == 28
			}, "be painted anew")
		}
		if !same {
			t.Errorf("%s: a storm of sizes leaves something else than a fresh paint:\n%s", key, d.Text())
		}
		d.Stop()
		d.WaitEnd()
	}
}

// wipes is how often the whole screen was wiped.
func wipes(d *desk) int { return strings.Count(string(d.Raw()), "\x1b[2J") }

// spoken is a tutor that names keys.
type spoken struct{}

func (spoken) Notice(annotations.ArticleID, annotations.SentenceID) {}

func (spoken) Lines() []string {
	return []string{"Press {tag-sourced}, {note} or {accept-quotation}; {back} leaves."}
}

// Messages, hints and the tutor name the keys that are in force, not the defaults.
func TestRemappedKeysAreTheOnesThatAreNamed(t *testing.T) {
	bound := func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.review]\ntag-sourced = \"d\"\nnote = [\"ctrl+n\"]\nfinish = \"ctrl+g\"\nsearch = \"ctrl+s\"\naccept-quotation = []\n[keys.desk]\nimport = \"I\"\n[keys.everywhere]\nhelp = \"f1\"\n")
		o.Coach = spoken{}
		o.Import = func(context.Context, string) (annotations.ArticleID, error) { return annotations.Desk, nil }
	}
	d, _ := open(t, ferries(t, 2), 100, 24, bound)
	d.WaitFor("Press d, ^n or : accept quote; q leaves.", "f1 keys")
	d.Type("n")
	d.WaitFor("search for something first, with ^s")
	d.Type("ß")
	d.WaitFor("ß does nothing here; f1 shows the keys")
	d.Type("d")
	d.WaitFor("1 sourced. Saved.", "^n note")
	d.Type("x")
	d.WaitFor("^g shows what else could be said")
	e := show(t, storetest.New(t), annotations.Desk, 80, 24, bound)
	e.WaitFor("No article yet. Press I and give a file")
	e.Type("<enter>")
	e.WaitFor("there is no article yet; I imports one")
}

// The codebook named the key that its authors gave a tag, and the key that had opened it
// did not close it, where the reviewer had chosen others.
func TestThePagesFollowTheKeysThatAreInForce(t *testing.T) {
	d, _ := open(t, ferries(t, 2), 100, 24, func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.review]\ntag-sourced = \"d\"\ncodebook = \"B\"\nhistory = \"ctrl+t\"\n")
	})
	d.WaitFor("d sourced", "B codebook")
	d.Type("B")
	d.WaitFor("Codebook stet", "S  sourced (key d)")
	d.Type("Ktjjjj") // the keys of old close it no longer
	d.WaitFor("Codebook stet")
	d.WaitGone("S  sourced (key d)")
	d.Type("B")
	d.WaitGone("Codebook stet")
	d.Send("\x14")
	d.WaitFor("History of")
	d.Send("\x14")
	d.WaitGone("History of")

	st, _ := differing(t)
	e := lead(t, st, 80, 24, func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.settle]\ncodebook = \"B\"\nhistory = \"H\"\n")
	})
	e.WaitFor("> ", "disagreements")
	e.Type("<enter>")
	e.WaitFor("settle")
	for key, words := range map[string]string{"B": "Codebook stet", "H": "History of 4"} {
		e.Type(key)
		e.WaitFor(words)
		e.Type("Kt" + key)
		e.WaitGone(words)
	}
}

// In a wide window, too, the codebook opened below the text and left a few sentences of it.
func TestTheCodebookStandsBesideTheTextWhereThereIsRoom(t *testing.T) {
	for _, w := range []int{99, 100, 200} {
		d, _ := open(t, ferries(t, 40), w, 30)
		d.Type("gg")
		d.WaitFor("> 1", "20 ·")
		d.Type("K")
		d.WaitFor("Codebook stet", "S  sourced (key s)", "esc close")
		if text := d.Text(); strings.Contains(text, "20 ·") != (w >= 100) {
			t.Errorf("%d columns:\n%s", w, text)
		}
		d.Type("G")
		d.WaitGone("S  sourced (key s)")
		d.WaitFor("> 1", "Codebook stet")
		d.Type("<esc>")
		d.WaitGone("Codebook stet")
	}
}

// The lead's screens told of ".", "a" and "j" also where other keys did that.
func TestTheLeadsMessagesNameTheKeysThatAreInForce(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 80, 24, func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.settle]\nstet = \"s\"\namend = \"ctrl+a\"\n")
	})
	d.WaitFor("> ", "disagreements")
	d.Type("<enter>")
	d.WaitFor("s stet", "^a amend")
	d.Type("x")
	d.WaitFor("rule on a sentence first: s lets a tag stand, ^a gives another")
}
