package tui_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
	"stet.example/stet/tui/action"
)

// open imports an article and shows it.
func open(t *testing.T, a *annotations.Article, w, h int, opts ...func(*tui.Options)) (*desk, annotations.ArticleID) {
	t.Helper()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), a)
	d := show(t, st, id, w, h, opts...)
	d.WaitFor(a.Name[:12], "tagged")
	return d, id
}

func ferries(t *testing.T, n int) *annotations.Article {
	t.Helper()
	return storetest.Article(t, "ferries", n)
}

func TestSayEverythingOfASentence(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 40)
	d.Type("c")
	d.WaitFor("Against which sentence?")
	d.Type("<esc>")
	d.WaitFor("> 3")
	d.Type("k")
	d.WaitFor("> 2", "unfinished")
	for _, step := range []struct{ keys, ask, answer, done string }{
		{"o", "Who vouches", "no<enter>b", "2 source no, named other. Saved."},
		{"r", "Which rule decided?", "b", "2 rule C-b. Saved."},
		{"e", "Evidence", "https://harbour.example/r<enter>we were not asked<enter>page 4<enter>r", "2 evidence that refutes. Saved."},
		{"m", "Note", "first line<alt+enter>second line<enter>", "2 note. Saved."},
		{"M", "Confidential note", "from the skipper<enter>", "2 confidential note. Saved."},
		{"w", "Flags", "ab<enter>", "2 flags"},
		{"!", "", "", "2 marked unsure. Saved."},
		{"z", "", "", "2 second check wanted. Saved."},
		{"i", "", "", "2 has its other side inside. Saved."},
		{"l", "Which sentence?", "4 5<enter>s", "2 supports 4, 5. Saved."},
	} {
		d.Type(step.keys)
		if step.ask != "" {
			d.WaitFor(step.ask)
			d.Type(step.answer)
		}
		d.WaitFor(step.done)
	}
	d.WaitFor("C?", "supports 4  supports 5")
	a := d.said(id, 2)
	if len(a.Attributions) != 1 || a.Attributions[0].Name != "no" || len(a.Attributions[0].Source) != 1 {
		t.Errorf("attributions %+v; the name stands in the sentence once and should be marked", a.Attributions)
	}
	if a.Rule != "C-b" || len(a.Evidence) != 1 || a.Note != "first line\nsecond line" || len(a.Flags) != 2 || !a.Unsure || !a.Inside || a.Check != annotations.CheckWanted || len(a.Links) != 2 {
		t.Errorf("stored: %+v", a)
	}
	if v, err := d.st.Secret(t.Context(), *a.Confidential); err != nil || v != "from the skipper" {
		t.Errorf("the confidential note: %q, %v", v, err)
	}
	d.Type("t")
	d.WaitFor("History of 2", "evidence", "tag contested")
	d.Type("<esc>")
	d.WaitGone("History of 2")
	d.Type("q")
	d.WaitFor("desk")
	d.Type("q")
	d.WaitEnd()
}

func TestUndoAndRedoAcrossARestart(t *testing.T) {
	d, id := open(t, ferries(t, 5), 80, 24)
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	d.Type("x")
	d.WaitFor("3 contextual. Saved.")
	d.Type("<ctrl+c>")
	d.WaitEnd()
	e := show(t, d.st, id, 80, 24)
	e.WaitFor("2 of 4 tagged")
	e.Type("u")
	e.WaitFor("Undid: tag contextual on 3. Saved.", "1 of 4 tagged", "> 3")
	e.Type("u")
	e.WaitFor("Undid: tag sourced on 2. Saved.", "0 of 4 tagged")
	e.Type("u")
	e.WaitFor("There is nothing to undo.")
	e.Type("UU")
	e.WaitFor("2 of 4 tagged")
	if got := e.said(id, 3).Tag; got != "contextual" {
		t.Errorf("3 is %q after redo", got)
	}
}

// An undo is asked for and the next key is typed before it is answered: the
// key must count on what stands after the undo.
func TestKeysTypedDuringAnUndoWait(t *testing.T) {
	d, id := open(t, ferries(t, 5), 80, 24)
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	d.Type("ux")
	d.WaitFor("2 contextual. Saved.")
	if a := d.said(id, 2); a.Tag != "contextual" {
		t.Errorf("2 is %+v", a)
	}
}

func TestResumesOnTheSameSentence(t *testing.T) {
	d, id := open(t, ferries(t, 40), 80, 24)
	d.Type("g27<enter>")
	d.WaitFor(">27", "27/40")
	d.Stop() // as SIGHUP or SIGTERM would
	d.WaitEnd()
	e := show(t, d.st, id, 80, 24)
	e.WaitFor(">27", "27/40")
	e.Type("<ctrl+c>")
	e.WaitEnd()
	f := show(t, d.st, annotations.Desk, 80, 24)
	f.WaitFor("> harbour-post")
}

func TestGotoAndSearch(t *testing.T) {
	d, _ := open(t, ferries(t, 40), 80, 24)
	d.Type("G")
	d.WaitFor(">40")
	d.Type("gg")
	d.WaitFor("> 1")
	d.Type("g99<enter>")
	d.WaitFor("there are 1 to 40")
	d.Type("/SENTENCE 33<enter>")
	d.WaitFor(">33")
	d.Type("n")
	d.WaitFor(">33")
	d.Type("/nowhere at all<enter>")
	d.WaitFor("is nowhere in this article")
}

// What an article, a title or a name holds is shown as symbols; its bytes
// never reach the terminal.
func TestNothingIsSentRaw(t *testing.T) {
	evil := "Hello \x1b[2J\x1b]0;pwned\x07 world\x9b31m \u202ereversed\u202c \u0085 tail 👩‍🚀 日本 عربى.\nSecond\x08 line here."
	a := &annotations.Article{Meta: annotations.Meta{Title: "T\x1b[31m", Outlet: "o\x07"}, Body: evil}
	cut := strings.IndexByte(evil, '\n')
	a.Units = []annotations.Sentence{
		{ID: 1, Span: annotations.Span{End: cut}}, {ID: 2, Span: annotations.Span{Start: cut + 1, End: len(evil)}, Paragraph: 1},
	}
	evilBody := strings.ToValidUTF8(evil, "\u009b")
	a.Body = evilBody
	a.Units[0].Span.End = strings.IndexByte(evilBody, '\n')
	a.Units[1].Span = annotations.Span{Start: a.Units[0].Span.End + 1, End: len(evilBody)}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	st := storetest.New(t)
	storetest.Import(t, st, storetest.Session(t, "ana"), a)
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("T␛[31m")
	d.Type("<enter>")
	d.WaitFor("Hello ␛[2J␛]0;pwned␇ world", "⇄reversed⇄", "Second␈ line")
	raw := string(d.Raw())
	for _, bad := range []string{"\x1b[2J\x1b]0;pwned", "pwned\x07", "\u202e", "\u009b31m", "\x08 line", "T\x1b[31m"} {
		if strings.Contains(raw, bad) {
			t.Errorf("%q was sent to the terminal", bad)
		}
	}
	d.Type("s")
	d.WaitFor("1 sourced. Saved.")
}

func TestPasteIsNeverCommands(t *testing.T) {
	d, id := open(t, ferries(t, 5), 80, 24)
	d.Paste("sxq\x03")
	d.Type("m")
	d.WaitFor("Note")
	d.Paste("a\tb\x1b[31mc\nd")
	d.Type("<enter>")
	d.WaitFor("note. Saved.")
	d.WaitFor("0 of 4 tagged")
	if note := d.said(id, 2).Note; strings.ContainsRune(note, 0x1b) || !strings.HasPrefix(note, "a b") || !strings.HasSuffix(note, "c\nd") {
		t.Errorf("note %q", note)
	}
}

// Where nothing but "too small" is drawn, keys tagged sentences that nobody saw. They wait
// until there is something to see.
func TestKeysWaitWhereNothingIsDrawn(t *testing.T) {
	d, id := open(t, ferries(t, 5), 80, 24)
	d.resize(39, 9)
	d.WaitFor("39×9 is too small")
	d.Type("s")
	d.WaitFor("What was typed waits until it")
	d.Type("/sentence 5")
	if a := d.said(id, 2); !a.IsZero() {
		t.Errorf("of sentence 2 %+v is said", a)
	}
	d.resize(80, 24)
	d.WaitFor("1 of 4 tagged", "Search this article", " sentence 5")
	d.resize(39, 9)
	d.WaitFor("39×9 is too small")
	d.Type("<backspace>4<enter>x") // a text goes on; what ends it waits, and what comes after
	d.WaitFor("What was typed waits until it")
	d.resize(80, 24)
	d.WaitFor("4 contextual. Saved.")
	d.resize(39, 9)
	d.WaitFor("39×9 is too small")
	d.Type("q") // leaves at once
	d.resize(80, 24)
	d.WaitFor("stet  desk")
	d.resize(39, 9)
	d.WaitFor("39×9 is too small")
	d.Type("x")
	// It waits for no one who leaves at once, and that was not said.
	d.Until(func(text string) bool {
		return strings.Contains(strings.Join(strings.Fields(text), " "), "waits until it is larger; ctrl+c leaves without it.")
	}, "say what ctrl+c does with it")
	d.Type("<ctrl+c>")
	d.WaitEnd()
}

// A note whose enter waits is written, but not saved: leaving keeps it.
func TestANoteWhoseEnterWaitsIsKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "drafts")
	keep := func(o *tui.Options) { o.Drafts = folder }
	d, id := open(t, ferries(t, 5), 80, 24, keep)
	d.Type("mThe owner")
	d.WaitFor("The owner")
	d.resize(39, 9)
	d.WaitFor("39×9 is too small")
	d.Type(" says so<enter>")
	d.WaitFor("What was typed waits until it")
	d.Type("<ctrl+c>")
	d.WaitEnd()
	e := show(t, d.st, id, 80, 24, keep)
	e.WaitFor("Half a note on sentence 2 was kept")
	e.Type("m")
	e.WaitFor("The owner says so")
}

func TestSmallWindowsAndResizes(t *testing.T) {
	d, _ := open(t, ferries(t, 30), 80, 24)
	d.resize(39, 24)
	d.WaitFor("39×24 is too small")
	d.resize(60, 16)
	d.WaitFor("> 2", "s sourced")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	d.resize(10, 2)
	d.WaitFor("too small")
	for i := range 60 { // a storm
		d.resize(20+(i*37)%140, 5+(i*23)%50)
	}
	d.resize(100, 30)
	d.WaitFor("> 3", "? keys", "\n "+strings.Repeat("─", 98)+"\n") // the frame of this size
	d.sameAfresh()
}

// The sentence under judgement is on the screen after any move, in any size.
func TestCurrentSentenceIsAlwaysVisible(t *testing.T) {
	a := &annotations.Article{}
	var b strings.Builder
	for i := range 120 {
		start := b.Len()
		b.WriteString(strings.Repeat("words and more ", 1+(i*7)%23) + "end.")
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: start, End: b.Len()}, Paragraph: uint32(i / 3)})
		b.WriteString("\n")
	}
	a.Body = b.String()
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	d, _ := open(t, a, 64, 12)
	for _, keys := range []string{"j", "G", "k", "g60<enter>", "<pgdown>", "<pgup>", "<pgup>", "<home>", "jjjjjjjj", "kkk", "<end>", "<pgup>"} {
		d.Type(keys)
		d.Until(func(text string) bool {
			rows := strings.Split(text, "\n")
			n := strings.Fields(rows[0])
			for _, f := range n {
				if cur, of, ok := strings.Cut(f, "/"); ok && of == "120" {
					for _, row := range rows[2:] {
						if strings.HasPrefix(strings.ReplaceAll(row, " ", ""), ">"+cur) {
							return true
						}
					}
				}
			}
			return false
		}, "show the current sentence after "+keys)
	}
}

// A thousand keys typed while the article is still being read: none is lost.
func TestTypedAhead(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 1001))
	d := show(t, st, id, 80, 24)
	d.Type(strings.Repeat("s", 999))
	d.WaitFor("999 of 1000 tagged", "1000 sourced. Saved.")
	rows, err := st.State(t.Context(), id, 0, 2000, 5000)
	if err != nil || len(rows) != 999 {
		t.Errorf("%d stored, %v", len(rows), err)
	}
	events, _, err := st.Events(t.Context(), store.Query{Article: id}, 1, 5000)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(events); i++ {
		if events[i].Sentence != events[i-1].Sentence+1 {
			t.Fatalf("event %d is of %s after %s", i, events[i].Sentence, events[i-1].Sentence)
		}
	}
}

func TestEveryActionIsInHelp(t *testing.T) {
	d, _ := open(t, ferries(t, 30), 110, 60)
	book := 0
	for _, a := range action.Table(nil) {
		if a.Scope != action.Review && a.Scope != action.Everywhere || len(a.Keys) == 0 {
			continue
		}
		book++
		d.Type("?")
		d.WaitFor("Keys. Type to search")
		d.Type(a.Hint)
		d.Until(func(text string) bool {
			return strings.Contains(text, a.Words[:min(len(a.Words), 30)]) || strings.Contains(text, a.Hint+" ") && strings.Contains(text, " (")
		}, "list "+a.Hint+" with its words, or why it is off")
		d.Type("<esc>")
		d.WaitGone("Keys. Type to search")
	}
	if book < 30 {
		t.Errorf("only %d actions", book)
	}
}

// Each key on the hint line has an effect that can be seen.
func TestHintedKeysHaveAnEffect(t *testing.T) {
	for key, words := range map[string]string{
		"s": "2 sourced. Saved.", "c": "Against which sentence?", "x": "2 contextual. Saved.", "u": "There is nothing to undo.", "m": "enter save", "K": "Codebook stet", "?": "Keys. Type to search",
	} {
		d, _ := open(t, ferries(t, 6), 100, 30)
		d.isHinted(key)
		d.hasAnEffect(key, words)
		d.Stop()
		d.WaitEnd()
	}
}

func TestNoColor(t *testing.T) {
	c, _ := open(t, ferries(t, 6), 80, 24)
	c.Type("s")
	c.WaitFor("2 sourced. Saved.", "S ")
	if !strings.Contains(string(c.Raw()), "38;2;") {
		t.Error("without NO_COLOR no colour is sent: the test below would prove nothing")
	}
	d, _ := open(t, ferries(t, 6), 80, 24, func(o *tui.Options) { o.Environ = append(o.Environ, "NO_COLOR=1") })
	d.Type("s")
	d.WaitFor("2 sourced. Saved.", "S ")
	for _, seq := range []string{"\x1b[38;", "\x1b[48;", ";38;2;", "[31m"} {
		if strings.Contains(string(d.Raw()), seq) {
			t.Errorf("a colour was sent: %q", seq)
		}
	}
}

func TestRemappedKeysAndClashes(t *testing.T) {
	bind := func(toml string) func(*tui.Options) {
		return func(o *tui.Options) { o.Keys, o.KeysAt = []byte(toml), "config.toml" }
	}
	d, _ := open(t, ferries(t, 6), 110, 24, bind("[keys.review]\ntag-sourced = [\"d\"]\n"))
	d.Type("d")
	d.WaitFor("2 sourced. Saved.", "d sourced")
	d.Stop()
	d.WaitEnd()
	e, _ := open(t, ferries(t, 6), 110, 24, bind("\n[keys.review]\nnote = \"j\"\n"))
	e.WaitFor(`config.toml:3: "j" is the key of both`)
}

func TestMouse(t *testing.T) {
	d, _ := open(t, ferries(t, 6), 80, 24)
	d.WaitFor("> 2")
	d.Click(20, 5)
	d.WaitFor("> 4")
	row := strings.Split(d.Text(), "\n")[22]
	d.Click(strings.Index(row, "x contextual")+1, 22)
	d.WaitFor("4 contextual. Saved.")
}

func TestPanicLeavesAReport(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	reports := t.TempDir()
	d := show(t, &faulty{Store: st, panics: true}, id, 80, 24, func(o *tui.Options) { o.Reports = reports })
	d.WaitFor("tagged")
	d.Type("j")
	<-d.Ended
	if d.Err == nil || !strings.Contains(d.Err.Error(), reports) {
		t.Fatalf("the error is %v; want the report's place", d.Err)
	}
	files, err := filepath.Glob(reports + "/panic-*.txt")
	if err != nil || len(files) != 1 {
		t.Fatalf("reports: %v, %v", files, err)
	}
	if b, err := os.ReadFile(files[0]); err != nil || !strings.Contains(string(b), "SetPlace") {
		t.Errorf("the report does not say where: %v", err)
	}
	if !strings.Contains(string(d.Raw()), "\x1b[?1049l") {
		t.Error("the terminal was left on the other screen")
	}
}

// Older terminals send escape as one byte, which only time tells from the start
// of another key.
func TestALoneEscapeCancels(t *testing.T) {
	d, _ := open(t, ferries(t, 6), 80, 24)
	d.Type("m")
	d.WaitFor("Note")
	d.Send("\x1b")
	d.WaitGone("Note")
	d.Type("m")
	d.WaitFor("Note")
	d.Send("\x1b\x1b") // twice in a row, as impatient people do
	d.WaitGone("Note")
}

// A click into a note that is being written did nothing: the cursor had to be walked to
// the word that was wrong.
func TestAClickPutsTheCursorIntoAWord(t *testing.T) {
	d, id := open(t, ferries(t, 6), 80, 24)
	d.WaitFor("> 2")
	d.Type("mThe first lne")
	d.WaitFor("The first lne")
	rows := strings.Split(d.Text(), "\n")
	y := slices.IndexFunc(rows, func(r string) bool { return strings.Contains(r, "The first lne") })
	d.Click(strings.Index(rows[y], "ne"), y)
	d.Type("i<enter>")
	d.WaitFor("Saved.")
	if a := d.said(id, 2); a.Note != "The first line" {
		t.Errorf("the note is %q", a.Note)
	}
}
