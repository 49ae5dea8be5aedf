package tui_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// read cuts a text as an import does.
func read(t *testing.T, text string) *annotations.Article {
	t.Helper()
	r, err := ingest.Read(t.Context(), strings.NewReader(text), ingest.Options{Name: "story.txt", Outlet: "Harbour Post", Published: "2026-01-02", Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	return r.Article
}

const story = `Ferry service ends

The ferry will stop in May, the harbour board said on Monday.

According to the Coastal Safety Board (CSB), the hull is sound. But officials still say the ship is unsafe.

“We asked for years,” said the skipper, Ines Okafor. “Nobody came. Okay? And now they close the line.”

The pier is old.
`

func suggesting(o *tui.Options) { o.Suggest = true }

func TestARangeIsTaggedAsOneAct(t *testing.T) {
	d, id := open(t, ferries(t, 12), 80, 24)
	d.Type("Vjjj")
	d.WaitFor("range 2-5", "| 2", "| 4", "> 5")
	d.Type("x")
	d.WaitFor("2-5 contextual. Saved.", "4 of 11 tagged", "> 6")
	d.Type("#3s")
	d.WaitFor("6-8 sourced. Saved.", "7 of 11 tagged")
	d.Type("V#2j!")
	d.WaitFor("9-11 marked unsure. Saved.")
	d.Type("uuu")
	d.WaitFor("0 of 11 tagged")
	for s := annotations.SentenceID(2); s < 12; s++ {
		if a := d.said(id, s); !a.IsZero() {
			t.Errorf("%s after three undos: %+v", s, a)
		}
	}
	d.Type("#")
	d.WaitFor("For how many sentences")
	d.Type("<esc>")
	d.WaitGone("For how many sentences")
}

func TestAFilterIsTheSteppingOrder(t *testing.T) {
	d, _ := open(t, ferries(t, 12), 80, 24)
	d.Type("sxsx")
	d.WaitFor("4 of 11 tagged")
	d.Type("fsourced<enter>")
	d.WaitFor("sourced: 2", "stepping through sourced")
	d.Type("<home>")
	d.WaitFor("> 2")
	d.Type("j")
	d.WaitFor("> 4")
	d.Type("j")
	d.Type("k")
	d.WaitFor("> 2")
	d.Type("fall<enter>")
	d.WaitFor("all sentences")
	d.WaitGone("sourced: 2")
	d.Type("j")
	d.WaitFor("> 3")
	d.Type("fruled on<enter>")
	d.WaitFor("none")
}

func TestSuggestionsAreShownAndTakenNeverCounted(t *testing.T) {
	art := read(t, story)
	d, id := open(t, art, 110, 30, suggesting)
	d.WaitFor("s~", "suggested", "0 of 8 tagged")
	d.Type("a")
	d.WaitFor("sourced, as suggested. Saved.", "1 of 8 tagged")
	a := d.said(id, 2)
	if a.Tag != "sourced" || len(a.Attributions) == 0 || len(a.Attributions[0].Cue) == 0 {
		t.Errorf("taken: %+v", a)
	}
	events, _, err := d.st.Events(t.Context(), store.Query{Article: id, Sentence: 2}, 0, 9)
	if err != nil || len(events) != 1 || events[0].Offered != "sourced" {
		t.Errorf("the history does not say what was offered: %+v, %v", events, err)
	}
	d.Type("x")
	d.WaitFor("3 contextual. Saved.")
	events, _, err = d.st.Events(t.Context(), store.Query{Article: id, Sentence: 3}, 0, 9)
	if err != nil || len(events) != 1 || events[0].Offered == "" || events[0].Offered == events[0].After.Tag {
		t.Errorf("corrected: %+v, %v", events, err)
	}
}

func TestAQuotationIsTakenInOneKey(t *testing.T) {
	art := read(t, story)
	d, id := open(t, art, 110, 30, suggesting)
	n := 0
	for i, u := range art.Units {
		if strings.HasPrefix(u.Span.In(art.Body), "Nobody") || strings.Contains(u.Span.In(art.Body), "“Nobody") {
			n = i + 1
		}
	}
	if n == 0 {
		t.Fatal("the quotation was cut in another way")
	}
	d.Type("g" + string(rune('0'+n)) + "<enter>")
	d.WaitFor("> " + string(rune('0'+n)))
	d.Type("A")
	d.WaitFor("as suggested. Saved.")
	for i, u := range art.Units[n-1 : n+2] {
		want := []string{"sourced", "contextual", "sourced"}[i] // a question asserts nothing, whoever asks it
		if a := d.said(id, u.ID); a.Tag != want || (len(a.Attributions) > 0) != (want == "sourced") {
			t.Errorf("%s of the quotation is tagged %+v", u.ID, a)
		}
	}
	d.Type("u")
	d.WaitFor("Undid: accept sourced, contextual on 6-8. Saved.")
	for _, u := range art.Units {
		if a := d.said(id, u.ID); a.Tag != "" {
			t.Errorf("%s is still %s after one undo", u.ID, a.Tag)
		}
	}
}

func TestWordsAreMarkedOneByOne(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30)
	d.Type("v")
	d.WaitFor("Source 1 of 1 of sentence 2", "source", "content")
	d.Type("<home><space><right>o")
	d.WaitFor("Sentence 2")
	d.Type("<right><right><right>c")
	d.Type("<end>t")
	d.Type("n<ctrl+u>the board<enter>")
	d.WaitFor("who")
	d.Type("k")
	d.WaitFor("What kind of source?")
	d.Type("a")
	d.Type("#3<enter>p2<enter>rbackground<enter>")
	d.WaitFor("count 3", "hops 2", "terms background")
	d.Type("+")
	d.WaitFor("Source 2 of 2")
	d.Type("<home>o<enter>")
	d.WaitFor("2 source the board. Saved.")
	a := d.said(id, 2)
	if len(a.Attributions) != 2 {
		t.Fatalf("%+v", a.Attributions)
	}
	body := ferries(t, 6).Body
	one := a.Attributions[0]
	if one.Source[0].In(body) != "Sentence 2" || one.Cue[0].In(body) != "says" || one.Content[0].In(body) != "." ||
		one.Name != "the board" || one.Count != 3 || one.Hops != 2 || one.Terms != "background" || one.Kind == "" {
		t.Errorf("%+v", one)
	}
	if two := a.Attributions[1]; two.Source[0].In(body) != "Sentence" {
		t.Errorf("%+v", two)
	}
	d.Type("v<esc>")
	d.WaitGone("Source 1 of 2")
}

func TestSplitAndJoinCarryWhatWasSaid(t *testing.T) {
	art := read(t, "The port closed, but the ferries ran on. Nobody was hurt.\n")
	d, id := open(t, art, 100, 30)
	d.Type("i")
	d.WaitFor("tag the sentence first")
	d.Type("x")
	d.WaitFor("1 contextual. Saved.")
	d.Type("g1<enter>S")
	d.WaitFor("Cut where?")
	d.Type("but the<enter>")
	d.WaitFor("1 split in two. Saved.", "2 of 3 tagged", "The port closed,")
	now, err := store.Load(t.Context(), d.st, id)
	if err != nil || len(now.Units) != 3 || now.Units[1].Span.In(now.Body) != "but the ferries ran on." {
		t.Fatalf("%+v, %v", now, err)
	}
	if a, b := d.said(id, now.Units[0].ID), d.said(id, now.Units[1].ID); a.Tag != "contextual" || b.Tag != "contextual" {
		t.Errorf("%+v, %+v", a, b)
	}
	d.Type("jc")
	d.WaitFor("Against which")
	d.Type("<esc>")
	d.WaitFor("> 3", "C!")
	d.Type("g1<enter>")
	d.WaitFor("> 1", "C!")
	d.Type("J")
	d.WaitFor("Their tags differ")
	d.Type("2")
	d.WaitFor("1 joined with the next. Saved.", "1 of 2 tagged")
	if a := d.said(id, 1); a.Tag != "contested" {
		t.Errorf("joined: %+v", a)
	}
	d.Type("u")
	d.WaitFor("2 of 3 tagged")
	d.Type("uu")
	d.WaitFor("1 of 2 tagged")
	if now, err = store.Load(t.Context(), d.st, id); err != nil || len(now.Units) != 2 {
		t.Errorf("%d units after undo, %v", len(now.Units), err)
	}
}

// Somebody else cut a sentence after ana had tagged it: she is told, and the tag
// is neither dropped nor believed.
func TestATagOfOtherWordsIsShownAsSuch(t *testing.T) {
	art := read(t, "The port closed, but the ferries ran on. Nobody was hurt.\n")
	st := storetest.New(t)
	ana, ben := storetest.Session(t, "ana"), storetest.Session(t, "ben")
	id := storetest.Import(t, st, ana, art)
	if _, err := store.Do(t.Context(), st, ana, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	stored, err := store.Load(t.Context(), st, id)
	if err != nil {
		t.Fatal(err)
	}
	now, err := annotations.SplitUnit(stored.Body, stored.Units, 1, strings.Index(stored.Body, "but"), stored.NextID())
	if err != nil {
		t.Fatal(err)
	}
	c, err := store.Recut(t.Context(), st, stored, now, "split", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Do(t.Context(), st, ben, id, c); err != nil {
		t.Fatal(err)
	}
	d := show(t, st, id, 100, 30)
	d.WaitFor("S#", "1 of 3 tagged")
	d.Type("g1<enter>")
	d.WaitFor("said of other words")
	d.Type("F")
	d.WaitFor("cut since it was tagged")
	d.Type("<esc>s")
	d.WaitFor("1 sourced. Saved.")
	d.WaitGone("S#")
}

func TestEvidenceOfAFileIsCopiedAndItsQuoteLookedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.txt")
	if err := os.WriteFile(path, []byte("Page one.\nThe “hull”  is sound.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, id := open(t, ferries(t, 6), 110, 30, func(o *tui.Options) { o.Files = true })
	d.Type("e" + path + "<enter>the \"hull\" is sound<enter><enter>s")
	d.WaitFor("quote found in the copy: no")
	d.Type("e" + path + "<enter>The \"hull\" is sound<enter>line 2<enter>s")
	d.WaitFor("quote found in the copy: yes, line 2. Saved.")
	a := d.said(id, 2)
	if len(a.Evidence) != 2 {
		t.Fatalf("%+v", a.Evidence)
	}
	d.Type("j")
	d.Type("ereport line<down><enter>")
	d.WaitFor("What does it do")
	d.Type("u")
	d.WaitFor("3 evidence that undercuts. Saved.")
	if b := d.said(id, 3); len(b.Evidence) != 1 {
		t.Errorf("an item used before was not attached again: %+v", b)
	}
	d.Type("e/no/such/file<enter><enter><enter>s")
	d.WaitFor("was not attached")
}

func TestANoteIsWrittenInTheEditor(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30, func(o *tui.Options) {
		o.Editor = func(path string) *exec.Cmd {
			c := exec.Command("sh", "-c", `printf 'two\nlines\n' > "$0"`, path)
			c.Stdin = strings.NewReader("") // a pipe that never ends would be waited for
			return c
		}
	})
	d.Type("E")
	d.WaitFor("2 note. Saved.")
	if a := d.said(id, 2); a.Note != "two\nlines" {
		t.Errorf("note %q", a.Note)
	}
}

// An editor that was left without a word (:q!) was answered with "2 says that already",
// of a sentence that says nothing.
func TestAnEditorThatWroteNothingLeavesTheNote(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30, func(o *tui.Options) {
		o.Editor = func(string) *exec.Cmd {
			c := exec.Command("true")
			c.Stdin = strings.NewReader("")
			return c
		}
	})
	for _, note := range []string{"", "As told."} {
		if note != "" {
			d.Type("m" + note + "<enter>")
			d.WaitFor("2 note. Saved.")
		}
		d.Type("E")
		d.WaitFor("The note is as it was: the editor changed nothing")
		if a := d.said(id, 2); a.Note != note {
			t.Errorf("note %q", a.Note)
		}
	}
}

func TestSearchInEveryArticleAndALinkAcross(t *testing.T) {
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 6))
	other := storetest.Import(t, st, ana, storetest.Article(t, "trains", 6))
	d := show(t, st, annotations.Desk, 110, 30)
	d.WaitFor("2 articles")
	d.Type("*SENTENCE 4 of<enter>")
	d.WaitFor("“SENTENCE 4 of”: 2")
	d.Type("<esc>")
	d.Type("*of ferries<enter>")
	d.WaitFor("Sentence 1 of ferries")
	d.Type("jj<enter>")
	d.WaitFor("> 3", "Sentence 3 of ferries")
	d.Type("l<down><down><enter>")
	d.WaitFor("Link to a sentence of any article")
	d.Type("4 of trains<enter>")
	d.WaitFor(`“4 of trains”: 1`)
	d.Type("<enter>")
	d.WaitFor("What is 3 to")
	d.Type("s")
	d.WaitFor("3 supports", ":4. Saved.")
	if a := d.said(id, 3); len(a.Links) != 1 || a.Links[0].To != (annotations.Target{Article: other, Sentence: 4}) {
		t.Errorf("%+v", a.Links)
	}
}

func TestAnArticleIsFinishedAndOpenedAgain(t *testing.T) {
	d, id := open(t, ferries(t, 4), 100, 30)
	d.Type("F")
	d.WaitFor("3 are not finished")
	d.Type("<esc>xxx")
	d.WaitFor("3 of 3 tagged")
	d.Type("Ff")
	d.WaitFor("finished. Saved.")
	sum, err := d.st.Summary(t.Context(), "ana", id)
	if err != nil || !sum.Progress.Finished {
		t.Fatalf("%+v, %v", sum.Progress, err)
	}
	d.Type("u")
	d.WaitFor("Undid: finish")
	d.Type("F")
	d.WaitFor("finish the article")
}
