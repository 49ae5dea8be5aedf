package tui_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// teamBook is a codebook with other tags than the built-in one.
const teamBook = "name = \"team\"\nversion = \"2\"\n[[questions]]\nask = \"What?\"\nthen = \"That.\"\n" +
	"[[tags]]\nid = \"fact\"\nkey = \"r\"\nletter = \"F\"\ndefinition = \"A fact.\"\n[[tags]]\nid = \"view\"\nkey = \"w\"\nletter = \"W\"\ndefinition = \"A view.\"\n"

// rejudged puts an article under another codebook, as somebody else would.
func rejudged(t *testing.T, st store.Store, id annotations.ArticleID, src string) {
	t.Helper()
	book, err := codebook.Parse("team.toml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.PutBlob(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "ben"), id, annotations.Change{Kind: annotations.EventCodebook, Codebook: book.Hash}); err != nil {
		t.Fatal(err)
	}
}

// A number leads to a sentence that the filter hides. A range that began there held
// nothing, and the next tag ended the program with a fault of its own.
func TestARangeOfWhichTheFilterShowsNothing(t *testing.T) {
	d, id := open(t, ferries(t, 12), 100, 24)
	d.Type("sssfuntagged<enter>g2<enter>")
	d.WaitFor("untagged: 8", "> 2")
	for _, key := range []string{"x", ".", "!", "0", "o", "m", "w", "a", "z"} {
		d.Type("V")
		d.WaitFor("range from 2", "range none")
		d.Type(key)
		d.WaitFor("“untagged” shows no sentence of the range", "f all shows the rest")
		d.Type("<esc>")
		d.WaitFor("no range")
	}
	d.Type("Vjj") // what the filter shows of a range is what an act is about
	d.WaitFor("range 5, 6", "> 6")
	d.Type("x")
	d.WaitFor("5, 6 contextual. Saved.")
	if a := d.said(id, 2); a.Tag != "sourced" {
		t.Errorf("2, which is hidden, is %+v", a)
	}
}

// With one sentence of a range shown, the tag looked at the one where the range ended,
// which was hidden: it found that tagged so already, and tagged nothing.
func TestTheOneSentenceOfARangeThatTheFilterShows(t *testing.T) {
	d, id := open(t, ferries(t, 12), 100, 24)
	d.Type("sssfuntagged<enter>g3<enter>")
	d.WaitFor("untagged: 8", "> 3")
	d.Type("Vj")
	d.WaitFor("range 5", "> 5")
	d.Type("g4<enter>")
	d.WaitFor("> 4", "range none")
	d.Type("<esc>g5<enter>Vg4<enter>")
	d.WaitFor("> 4", "range 5")
	d.Type("s")
	d.WaitFor("5 sourced. Saved.", "untagged: 7", "> 6")
	if a := d.said(id, 5); a.Tag != "sourced" {
		t.Errorf("5 is %+v", a)
	}
}

// Of a range in which one sentence only had a suggestion, the other side of that one
// was asked for, and linked to the sentence where the range ended.
func TestTheOtherSideIsThatOfTheSentenceThatLacksIt(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), read(t, "The ferry is old.\n\nThe hull is sound, the board said.\n\nIt is green.\n\nIt has a roof.\n\nIt is long.\n"))
	rejudged(t, st, id, "name = \"team\"\nversion = \"2\"\n[[questions]]\nask = \"What?\"\nthen = \"That.\"\n"+
		"[[tags]]\nid = \"sourced\"\nkey = \"s\"\nletter = \"S\"\ndefinition = \"Said.\"\nneeds = [\"other side\"]\n[[tags]]\nid = \"rest\"\nkey = \"x\"\nletter = \"X\"\ndefinition = \"Else.\"\n")
	d := show(t, st, id, 110, 30, suggesting)
	d.WaitFor("2 s~")
	d.Type("g3<enter>x")
	d.WaitFor("3 rest. Saved.")
	d.Type("g2<enter>Vj")
	d.WaitFor("range 2, 3", "> 3")
	d.Type("a")
	d.WaitFor("Against which sentence?", "> 2")
	d.Type("5<enter>d")
	d.WaitFor("2 sourced against 5. Saved.")
	if a := d.said(id, 2); a.Tag != "sourced" || len(a.Links) != 1 {
		t.Errorf("2 is %+v", a)
	}
	if a := d.said(id, 3); len(a.Links) != 0 {
		t.Errorf("3 is linked: %+v", a)
	}
}

// After others put the article under another codebook, repeating what was said with a
// tag of the old one ended the program with a fault of its own.
func TestATagThatTheCodebookNoLongerHasIsNotRepeated(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 5))
	d := show(t, st, id, 110, 40)
	d.WaitFor("s sourced")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	rejudged(t, st, id, teamBook)
	d.WaitFor("udged by codebook team", "r fact", "w view")
	d.Type(".")
	d.WaitFor("the codebook no longer has the tag “sourced”")
	d.Type("w.")
	d.WaitFor("view (repeated). Saved.")
}

// Prompts and messages named the keys that actions have by default: the second g of
// "gg", and the lead's ".", "a", "r" and "q", also where others were chosen.
func TestNoPromptNamesAKeyThatIsNotInForce(t *testing.T) {
	bound := func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.review]\ngo-to = \"ctrl+g\"\n[keys.everywhere]\nback = \"Z\"\n"+
			"[keys.settle]\nstet = \"s\"\namend = \"ctrl+a\"\nopen = \"ctrl+o\"\n[keys.audit]\ncheck-blind = \"b\"\n[keys.compare]\ngo-to = \"ä\"\nswap = \"X\"\n")
	}
	d, _ := open(t, ferries(t, 12), 100, 24, bound)
	d.Type("G")
	d.WaitFor(">12")
	d.Send("\x07")
	d.WaitFor("Go to sentence, 1 to 12")
	d.WaitGone("the first)")
	d.Type("g") // it is no key here, and stands in the line
	d.WaitFor("Go to sentence, 1 to 12", "\n  g\n")
	d.Type("<esc>?by its number")
	d.WaitFor("go to a sentence by its number")
	d.WaitGone("g 19")

	st, _ := agreeing(t)
	e := lead(t, st, 100, 30, bound)
	e.WaitFor("nothing needs you")
	e.Type("b")
	e.WaitFor("blind check", "What is it?")
	e.Type("<esc>s")
	e.WaitFor("first say what you would tag it, with ^o.")
	e.Send("\x0f")
	e.WaitFor("What is it?")
	for i := range 5 {
		e.Type("s")
		e.WaitFor("you, blind: sourced")
		if i == 0 {
			e.WaitFor("s lets") // whether it stands or another tag does
		}
		e.Type("q")
		e.WaitFor("What do you ask?")
		e.Type("why?<enter>")
		if i < 4 {
			e.WaitFor("query. Saved.")
		}
	}
	e.WaitFor("open queries: 5. b goes on")
}

// Where help has no key and the commands have another one, no hint named a key that
// shows the rest, and messages told of ":", which did nothing.
func TestTheCommandsStandInForHelp(t *testing.T) {
	d, _ := open(t, ferries(t, 12), 100, 24, func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.review]\nfinish = []\nsearch = []\n[keys.everywhere]\npalette = \"ctrl+t\"\nhelp = []\n")
	})
	d.WaitFor("^t commands")
	d.Type("ß")
	d.WaitFor("ß does nothing here; ^t shows the commands")
	d.Type("n")
	d.WaitFor("search for something first, with ^t search")
	d.Type("q")
	d.WaitFor("1 article", "^t commands")
	e, _ := open(t, ferries(t, 12), 100, 24, func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.review]\nsearch = []\n[keys.everywhere]\npalette = []\n")
	})
	e.Type("n")
	e.WaitFor("search for something first, with ? search")
}

// The list of keys stayed open while others put the article under another codebook. A
// tag picked from it then ended the program with a fault of its own.
func TestACodebookIsNotChangedUnderTheListOfKeys(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 5))
	d := show(t, st, id, 110, 40)
	d.WaitFor("s sourced")
	d.Type("?tag as sourced")
	d.WaitFor("Keys. Type to search", "tag as sourced and go")
	rejudged(t, st, id, teamBook)
	other := show(t, st, id, 110, 40) // by now it is told of
	other.WaitFor("r fact", "w view")
	d.Type("<enter>")
	d.WaitFor("udged by codebook team", "r fact", "w view")
	d.Type("w")
	d.WaitFor("view. Saved.")
}

// Keys that were typed on after leaving the editor went before its note: that came to
// stand on the sentence after the one it was written of.
func TestKeysTypedBehindTheEditorWaitForItsNote(t *testing.T) {
	ready := filepath.Join(t.TempDir(), "ready") // a pipe that tells when the editor has left one
	if err := exec.Command("mkfifo", ready).Run(); err != nil {
		t.Skip(err)
	}
	paths := make(chan string, 1)
	d, id := open(t, ferries(t, 6), 100, 30, func(o *tui.Options) {
		o.Editor = func(path string) *exec.Cmd { // what it leaves is read when somebody writes it
			c := exec.Command("sh", "-c", `rm "$0" && mkfifo "$0" && echo ready > "$1"`, path, ready)
			c.Stdin = strings.NewReader("")
			paths <- path
			return c
		}
	})
	d.Type("E")
	path := <-paths
	if _, err := os.ReadFile(ready); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	d.Type("j")
	if _, err := f.WriteString("of two\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("✓ saved")
	if a := d.said(id, 2); a.Note != "of two" {
		t.Errorf("2 is %+v", a)
	}
}

// Where the disk was full, what could not be saved was gone from the screen when the
// article was left and opened again. It was not there either when it had been saved, and
// who judged the sentences once more was refused.
func TestActsThatWaitForTheDiskStayOnTheScreen(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 8))
	f := &faulty{Store: st}
	d := show(t, f, id, 100, 24)
	d.WaitFor("tagged")
	full := error(&store.Error{Kind: store.ErrFull, What: "no room left to save", Safe: "What was saved before is safe", Next: "Free some room"})
	f.fail.Store(&full)
	d.Type("sx")
	d.WaitFor("NOT SAVED: 2", "2 of 7 tagged")
	d.Type("q")
	d.WaitFor("1 article")
	d.Type("<enter>")
	d.WaitFor("2 S…", "3 X…", "2 of 7 tagged", "NOT SAVED: 2")
	d.Type("g2<enter>xG")
	d.WaitFor("2 X…", "NOT SAVED: 3")
	f.fail.Store(nil)
	d.WaitFor("2 X ", "3 X ", "✓ saved")
	if a, b := d.said(id, 2).Tag, d.said(id, 3).Tag; a != "contextual" || b != "contextual" {
		t.Errorf("stored: %q, %q", a, b)
	}
	f.fail.Store(&full) // a cut cannot be shown before it is there
	d.Type("g5<enter>J")
	d.WaitFor("NOT SAVED: 1")
	d.Type("q")
	d.WaitFor("1 article")
	d.Type("<enter>")
	d.WaitFor("5/8", "NOT SAVED: 1")
	f.fail.Store(nil)
	d.WaitFor("5/7", "✓ saved", "Sentence 8 of ferries")
}

// A long name of the reviewer left two letters of the article's in the title, or none,
// and a long name of one tag left no room to hint at the others.
func TestLongNamesLeaveRoomForTheOthers(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 5))
	rejudged(t, st, id, "name = \"team\"\nversion = \"2\"\n[[questions]]\nask = \"What?\"\nthen = \"That.\"\n"+
		"[[tags]]\nid = \"fact\"\nkey = \"d\"\nletter = \"F\"\ndefinition = \"A fact.\"\nname = \"a denial of what somebody else has claimed before\"\n"+
		"[[tags]]\nid = \"view\"\nkey = \"w\"\nletter = \"W\"\ndefinition = \"A view.\"\n[[tags]]\nid = \"rest\"\nkey = \"x\"\nletter = \"R\"\ndefinition = \"Else.\"\n")
	who := storetest.Session(t, "Bartholomäus-Maximilian von Hohenzollern")
	d := show(t, st, id, 80, 24, func(o *tui.Options) { o.Session = who })
	d.WaitFor(" stet  harbour-post-2026-01-0", "Bartholom", "d a denial of wha…", "w view", "x rest", "? keys")
	d.resize(60, 16)
	d.WaitFor(" harbour-post", "Barth", "w view", "x rest", "? keys")
	d.Type("w")
	d.WaitFor("✓ saved", "1 of 4 tagged", " harbour-p")
}

// neighbours are two others who are at the screens of the store.
type neighbours struct{}

// Stand implements [tui.Company].
func (neighbours) Stand(store.Place) {}

// Others implements [tui.Company].
func (neighbours) Others(annotations.ArticleID) (map[annotations.SentenceID][]string, int) {
	return nil, 2
}

// Watch implements [tui.Company].
func (neighbours) Watch(ctx context.Context) <-chan struct{} {
	out := make(chan struct{})
	context.AfterFunc(ctx, func() { close(out) })
	return out
}

// In a narrow window the title said how many others are there, and no longer where one is.
func TestWhereOneIsGoesBeforeHowManyOthersAreThere(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 60, 16, func(o *tui.Options) { o.Company = neighbours{} })
	d.WaitFor("lead's desk", "2 others here", "2 matters")
	d.Type("<enter>.1<enter><enter>")
	d.WaitFor(" settle  harbour-p", "✓ saved", "2 of 2")
	d.resize(100, 30)
	d.WaitFor(" settle  harbour-post", "2 others here")
}

// A message stayed when the mouse went on, and was read as if it were of the sentence
// that is marked now. Keys take it away, and so does the mouse.
func TestTheMouseTakesOldMessagesAwayAsKeysDo(t *testing.T) {
	d, _ := open(t, ferries(t, 12), 100, 24)
	for name, hand := range map[string]func(){
		"wheel": func() { d.Mouse(65, 10, 8) }, "click": func() { d.Click(20, 8) },
		"hint": func() { x, y := spotOf(d, "x contextual"); d.Click(x, y) },
	} {
		d.Type("g2<enter>n")
		d.WaitFor("> 2", "search for something first")
		hand()
		d.Until(func(text string) bool {
			return !strings.Contains(text, "search for something first") && !strings.Contains(text, "> 2")
		}, name+" takes the message away")
	}
}

// spotOf is where words stand on the screen, column and row from 0.
func spotOf(d *desk, words string) (x, y int) {
	d.t.Helper()
	y, row := rowOf(d.Text(), words)
	return len([]rune(row[:strings.Index(row, words)])), y
}
