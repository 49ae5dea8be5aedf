package tui_test

import (
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

// Evidence that cannot be attached costs a file's name, not all that was written of it.
// What is no file is never waited for.
func TestEvidenceThatCannotBeReadIsAskedForAgain(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "minutes.txt")
	if err := os.WriteFile(good, []byte("He said “we\nwere not asked” twice.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, id := open(t, ferries(t, 6), 110, 40, func(o *tui.Options) { o.Files = true })
	d.Type("e" + dir + "<enter>")
	d.WaitFor("What it says")
	d.Type("\"we were not asked\"<enter>page 4<enter>s")
	d.WaitFor("was not attached: it is no", "Evidence: a URL")
	d.Type("<ctrl+u>" + good + "x<enter><enter><enter>s")
	d.WaitFor("Give a URL with its https://, or a file")
	d.Type("<backspace><enter>")
	d.WaitFor("\"we were not asked\"")
	d.Type("<enter>")
	d.WaitFor("page 4")
	d.Type("<enter>s")
	d.WaitFor("2 evidence that supports; quote found in the copy: yes, line 1. Saved.")
	if a := d.said(id, 2); len(a.Evidence) != 1 {
		t.Errorf("stored: %+v", a.Evidence)
	}
}

// While somebody works, an article comes to be judged by another codebook: keys and
// tags are its own from then on.
func TestAScreenFollowsItsCodebook(t *testing.T) {
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, ferries(t, 5))
	d := show(t, st, id, 110, 40)
	d.WaitFor("s sourced")
	d.Type("sk0")
	d.WaitFor("2 untagged. Saved.")
	src := "name = \"team\"\nversion = \"2\"\n[[questions]]\nask = \"What?\"\nthen = \"That.\"\n" +
		"[[tags]]\nid = \"fact\"\nkey = \"r\"\nletter = \"F\"\ndefinition = \"A fact.\"\n[[tags]]\nid = \"view\"\nkey = \"w\"\nletter = \"W\"\ndefinition = \"A view.\"\n"
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
	d.WaitFor("udged by codebook team, version 2, from here on", "r fact", "w view")
	d.Type("w")
	d.WaitFor("2 view. Saved.", "2 W")
	if a := d.said(id, 2); a.Tag != "view" {
		t.Errorf("stored: %+v", a)
	}
	d.Type("u")
	d.WaitFor("Undid: tag view on 2. Saved.")
	d.Type("u")
	d.WaitFor("Your last act cannot be taken back: ", "Nothing was changed")
}

// The hints of an unfinished sentence name what its tag lacks.
func TestHintsNameWhatATagLacks(t *testing.T) {
	st := storetest.New(t)
	src := "name = \"team\"\nversion = \"1\"\n[[questions]]\nask = \"What?\"\nthen = \"That.\"\n" +
		"[[tags]]\nid = \"fact\"\nkey = \"b\"\nletter = \"F\"\ndefinition = \"A fact.\"\nneeds = [\"rule\"]\n[[tags]]\nid = \"view\"\nkey = \"d\"\nletter = \"W\"\ndefinition = \"A view.\"\n" +
		"[[rules]]\nid = \"F-1\"\ntag = \"fact\"\nname = \"plain\"\nwords = \"It is one.\"\n"
	book, err := codebook.Parse("team.toml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.PutBlob(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	art := ferries(t, 5)
	art.Codebook = book.Hash
	id := storetest.Import(t, st, storetest.Session(t, "ana"), art)
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "ana"), id, annotations.Change{Kind: annotations.EventCodebook, Codebook: book.Hash}); err != nil {
		t.Log(err) // it is that already
	}
	d := show(t, st, id, 110, 40)
	d.WaitFor("b fact")
	d.Type("bk")
	d.WaitFor("no rule named yet", "r rule")
	if text := d.Text(); strings.Contains(text, "l link") {
		t.Errorf("a link is hinted where a rule is missing:\n%s", text)
	}
}

// An editor that fails, or leaves what is no note, takes nothing of what was written
// with it: the note is as it was, and the message says where the text stands. Control
// characters never get into a note.
func TestWhatWasWrittenInAnEditorIsNeverLost(t *testing.T) {
	for name, c := range map[string]struct{ script, says, note, kept string }{
		"it fails after writing": {`printf draft > "$0"; exit 3`, "what you wrote stands in", "as it was", "draft"},
		"it is killed":           {`printf draft > "$0"; kill -9 $$`, "what you wrote stands in", "as it was", "draft"},
		"it fails at once":       {`exit 3`, "The note is as it was", "as it was", ""},
		"too much":               {`head -c 70000 /dev/zero | tr '\0' x > "$0"`, "the limit is 65536. The note is as it was; what you wrote stands in", "as it was", strings.Repeat("x", 70000)},
		"other bytes":            {`printf 'a\377b' > "$0"`, "not UTF-8. The note is as it was; what you wrote stands in", "as it was", "a\xffb"},
		"control characters":     {`printf 'one\000\033[31mtwo\r\nthree\n' > "$0"`, "2 note. Saved.", "one[31mtwo\nthree", ""},
	} {
		t.Run(name, func(t *testing.T) {
			tmp := t.TempDir()
			t.Setenv("TMPDIR", tmp)
			d, id := open(t, ferries(t, 6), 160, 40, func(o *tui.Options) {
				o.Editor = func(path string) *exec.Cmd {
					cmd := exec.Command("sh", "-c", c.script, path)
					cmd.Stdin = strings.NewReader("") // a pipe that never ends would be waited for
					return cmd
				}
			})
			d.Type("mas it was<enter>")
			d.WaitFor("2 note. Saved.")
			d.Type("E")
			if strings.Contains(c.says, "Saved") {
				d.WaitFor("three")
			}
			d.WaitFor(c.says)
			d.Type("q")
			d.WaitFor("desk")
			if got := d.said(id, 2).Note; got != c.note {
				t.Errorf("the note is %q; want %q", got, c.note)
			}
			files, err := filepath.Glob(filepath.Join(tmp, "stet-note-*", "note.txt"))
			if err != nil || len(files) != min(len(c.kept), 1) {
				t.Fatalf("left: %v, %v", files, err)
			}
			for _, f := range files {
				if b, err := os.ReadFile(f); err != nil || string(b) != c.kept {
					t.Errorf("%d bytes are kept, %v; want %d", len(b), err, len(c.kept))
				}
			}
		})
	}
}

// Nothing unseen is accepted: where a quotation goes on below the screen, the message
// says so, and the same key takes the rest.
func TestALongQuotationIsTakenInParts(t *testing.T) {
	text := "“We asked,” said the skipper, Ines Okafor. “" + strings.Repeat("Nobody came to look at it at all. ", 24) + "And now they close it.”\n\nThe pier is old.\n"
	d, id := open(t, read(t, text), 80, 20, suggesting)
	d.WaitFor("s~")
	d.Type("A")
	d.WaitFor("1-13 as suggested; the quotation goes on at 14, unseen until now: A there", ">14")
	d.Type("A") // the rest is on the screen now, but for what has no room
	d.WaitFor("25 of 27 tagged", ">26")
	d.Type("A")
	d.WaitFor("26 of 27 tagged", ">27", "26 sourced, as suggested. Saved.")
	if a := d.said(id, 26); a.Tag != "sourced" {
		t.Errorf("26 is %+v", a)
	}
}

// clickOn clicks on words, on the first row that holds others.
func clickOn(d *desk, row, words string) {
	d.t.Helper()
	d.WaitFor(row)
	y, text := rowOf(d.Text(), row)
	at := strings.Index(text, words)
	if at < 0 {
		d.t.Fatalf("%q is not on the row %q", words, text)
	}
	d.Click(len([]rune(text[:at])), y)
}

// Everything can be done by the mouse alone, also inside of panels: their hints are
// keys to click.
func TestAllByMouse(t *testing.T) {
	d, id := open(t, read(t, story), 100, 40)
	clickOn(d, "According to the", "According")
	d.WaitFor("> 3")
	clickOn(d, "s sourced", "s sourced")
	d.WaitFor("3 sourced. Saved.")
	d.WaitFor("> 4")
	clickOn(d, "According to the", "According")
	d.WaitFor("> 3", "o source")
	clickOn(d, "? keys", "? keys")
	clickOn(d, "mark words", "mark words")
	d.WaitFor("Source 1 of 1 of sentence 3")
	clickOn(d, "According to the", "Coastal")
	clickOn(d, "According to the", "Safety")
	clickOn(d, "o c t say what", "o c")
	d.WaitFor("o source   Coastal Safety")
	clickOn(d, "According to the", "According")
	clickOn(d, "o c t say what", "c t")
	d.WaitFor("c cue      According")
	clickOn(d, "o c t say what", "enter save")
	d.WaitFor("3 source Coastal Safety. Saved.")
	clickOn(d, "m note", "m note")
	d.WaitFor("Note")
	d.Paste("seen")
	clickOn(d, "alt+enter new line", "enter save")
	d.WaitFor("3 note. Saved.")
	clickOn(d, "m note", "m note")
	clickOn(d, "esc cancel", "cancel")
	d.WaitGone("esc cancel")
	a := d.said(id, 3)
	if a.Note != "seen" || len(a.Attributions) != 1 || len(a.Attributions[0].Source) != 1 || len(a.Attributions[0].Cue) != 1 {
		t.Errorf("stored: %+v", a)
	}
}

// At the smallest size that is worked at, the tutor's step keeps its name and what to
// do; what is between goes.
func TestATutorInASmallWindow(t *testing.T) {
	lines := tutoring{"Step 1, Moving: done.", "Step 2 of 12, Sourced. A sentence is sourced when the text says who vouches for its main claim. Whether that is true is another question, and one that a tag does not answer. It need not be.", "Sentence 5 names the board: go there and press {tag-sourced}."}
	d, _ := open(t, ferries(t, 6), 60, 16, func(o *tui.Options) { o.Coach = lines })
	d.WaitFor("\n Step 2 of 12, Sourced.\n Sentence 5 names the board: go there and press s.\n")
	d.resize(100, 40)
	d.WaitFor("Step 1, Moving: done.", "It need not be.")
}

type tutoring []string

func (tutoring) Notice(annotations.ArticleID, annotations.SentenceID) {}
func (l tutoring) Lines() []string                                    { return l }
