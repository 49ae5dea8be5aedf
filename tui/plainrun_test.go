package tui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// talkOf starts lines on an article of their own.
func talkOf(t *testing.T, art *annotations.Article, opts ...func(*tui.Options)) (*talker, scene) {
	t.Helper()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), art)
	l := newLines(t, st, id, opts...).(*talker) //nolint:forcetypeassert // it makes no other
	return l, scene{t, l, st, id}
}

func TestWordsAreMarkedByQuestions(t *testing.T) {
	l, s := talkOf(t, ferries(t, 6))
	s.Press("v")
	s.Expect("Source 1 of 1 of sentence 2. Which words name it")
	s.Answer("not there")
	s.Expect("“not there” does not stand there, letter by letter.")
	s.Answer("Sentence 2")
	s.Expect("Which words are the cue")
	s.Answer("says")
	s.Answer("e")
	s.Expect("“e” is but a letter of a word there")
	s.Answer("en")
	s.Expect("stands there")
	s.Answer("of#1 … no")
	s.Expect("Anything more?", "Sentence 2")
	s.Press("n")
	s.Expect("Who is it?", "Now: “Sentence 2”")
	s.Answer("the board")
	s.Press("k")
	s.Choose("a")
	s.Press("#")
	s.Answer("3")
	s.Expect("the board, named official, 3 of them")
	s.Press("+")
	s.Expect("Source 2 of 2")
	s.Answer("of ferries")
	l.line("")
	l.line("")
	l.line("")
	s.Expect("2 source the board. Saved.")
	a := s.said(2)
	body := ferries(t, 6).Body
	if len(a.Attributions) != 2 {
		t.Fatalf("%+v", a.Attributions)
	}
	one, two := a.Attributions[0], a.Attributions[1]
	if one.Source[0].In(body) != "Sentence 2" || one.Cue[0].In(body) != "says" || len(one.Content) != 2 || one.Content[1].In(body) != "no" ||
		one.Name != "the board" || one.Count != 3 || one.Kind != "named_official" || two.Source[0].In(body) != "of ferries" {
		t.Errorf("%+v", a.Attributions)
	}
}

func TestWordsAreNoKeysAndAMistakeEndsTheLine(t *testing.T) {
	_, s := talkOf(t, ferries(t, 6))
	s.Press("sex")
	s.Expect("“sex” is neither a key nor the name of an action")
	s.Press("s sourced nonsense x")
	s.Expect("2 sourced. Saved.", "3 sourced. Saved.", "“nonsense” is neither")
	s.Press("B s")
	s.Expect("B does nothing here", "The rest of the line was left.")
	s.Press(":second pair")
	s.Expect("4 second check wanted. Saved.")
	s.Press(":undo")
	s.Expect("Undid")
	s.Press(":tag")
	s.Expect("actions have these words", "s, 1: sourced.")
	s.Press("m not now ; x")
	s.Expect("4 note. Saved.", "4 contextual. Saved.")
	if a := s.said(5); !a.IsZero() || s.said(4).Note != "not now" {
		t.Errorf("%+v, %+v", a, s.said(4))
	}
}

func TestCopyingInLinesPrintsTheCitation(t *testing.T) {
	l, s := talkOf(t, ferries(t, 6))
	s.Press("y")
	s.Expect("“Sentence 2 of ferries", "sentence 2 of harbour-post")
	if out := l.out.String(); strings.Contains(out, "copied") || strings.Contains(out, "\x1b") {
		t.Errorf("it says that something was copied:\n%s", out)
	}
}

func TestHelpAndTheCodebookAreToldWhole(t *testing.T) {
	l, s := talkOf(t, ferries(t, 6))
	s.Press("K")
	s.Expect("Codebook stet", "C-a set against", "X-2 no voucher", "Example:")
	s.Press("?")
	s.Expect("s, 1: sourced.", "Not now: There is no tag to take away.", "control c: quit.")
	l.line("")
	s.Expect("Sentence 2 of 6", "What is it? s sourced")
}

func TestAFullDiskIsToldInLines(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	f := &faulty{Store: st}
	rescue := filepath.Join(t.TempDir(), "rescue.jsonl")
	l := newLines(t, f, id, func(o *tui.Options) { o.Rescue = rescue }).(*talker) //nolint:forcetypeassert // it makes no other
	full := error(&store.Error{Kind: store.ErrFull, What: "no room left to save", Safe: "What was saved before is safe", Next: "Free some room"})
	f.fail.Store(&full)
	l.Press("s")
	l.Expect("No room left to save", "Not saved yet: 1")
	if strings.Contains(l.out.String(), "Saved.") {
		t.Errorf("something is called saved:\n%s", l.out)
	}
	if _, err := os.Stat(rescue); err != nil {
		t.Error(err)
	}
	f.fail.Store(nil)
	l.Press("x")
	l.Expect("2 sourced. Saved.", "3 contextual. Saved.")
	l.Quit()
}

// What the end of the program finds unsaved is an error that names the rescue
// file.
func TestLinesEndWithAnErrorWhenNothingCanBeSaved(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	f := &faulty{Store: st}
	bad := error(&store.Error{Kind: store.ErrPoisoned, What: "the disk failed", Safe: "Nothing more is written"})
	f.fail.Store(&bad)
	rescue := filepath.Join(t.TempDir(), "rescue.jsonl")
	var out strings.Builder
	err := tui.RunPlain(t.Context(), tui.Options{
		Store: f, Session: storetest.Session(t, "ana"), Article: id, Clock: storetest.Clock(), Input: strings.NewReader("s\n"), Output: &out, Rescue: rescue,
	}, false)
	if err == nil || !strings.Contains(err.Error(), rescue) {
		t.Errorf("the error is %v", err)
	}
	if strings.Contains(out.String(), "Saved.") {
		t.Errorf("something is called saved:\n%s", out.String())
	}
}

func TestLongPagesWaitForSomebodyWhoReads(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	var out strings.Builder
	err := tui.RunPlain(t.Context(), tui.Options{
		Store: st, Session: storetest.Session(t, "ana"), Article: id, Clock: storetest.Clock(), Size: tui.Size{Width: 60},
		Input: strings.NewReader("?\n\nx\nq\nq\n"), Output: &out,
	}, true)
	if err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if strings.Count(text, "lines more. Enter goes on") != 2 || strings.Contains(text, "control c: quit") || !strings.Contains(text, "2 contextual. Saved.") {
		t.Errorf("the page did not wait, or the line that ended it was lost:\n%s", text)
	}
	for _, line := range strings.Split(text, "\n") {
		if len([]rune(line)) > 60 {
			t.Errorf("%q is longer than the terminal is wide", line)
		}
	}
}

// What another reviewer saves is told between lines.
func TestOthersAreHeardInLines(t *testing.T) {
	l, s := talkOf(t, ferries(t, 6))
	ben := storetest.Session(t, "ben")
	for i := uint64(0); ; i++ {
		if i == 5000 {
			t.Fatalf("nobody was heard:\n%s", l.out)
		}
		if _, err := store.Do(t.Context(), s.st, ben, s.id, storetest.Tag(3, i, []string{"sourced", "contextual"}[i%2])); err != nil {
			t.Fatal(err)
		}
		l.line("")
		if strings.Contains(l.out.String(), "Ben: tag") || strings.Contains(l.out.String(), "ben: tag") {
			return
		}
	}
}

// A tutor's words stand above the text and change with what is done; clicks
// still meet their sentence.
func TestATutorSpeaksAboveTheText(t *testing.T) {
	c := &coach{}
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Expect("0 acts so far. Tag the next one.")
		s.Press("s")
		s.Expect("1 acts so far.", "2 sourced. Saved.")
	}, func(o *tui.Options) { *c = coach{st: o.Store}; o.Coach = c })
	d, _ := open(t, ferries(t, 6), 80, 24, func(o *tui.Options) { o.Coach = &coach{st: o.Store} })
	d.WaitFor("0 acts so far. Tag the next one.")
	row := -1
	for y, line := range strings.Split(d.Text(), "\n") {
		if strings.Contains(line, "Sentence 4 of") {
			row = y
		}
	}
	d.Click(20, row)
	d.WaitFor("> 4")
}

// coach counts the acts that the store holds.
type coach struct {
	st   store.Store
	acts int
}

func (c *coach) Notice(article annotations.ArticleID, _ annotations.SentenceID) {
	rows, err := c.st.State(context.Background(), article, 1, 1000, 1000)
	if err == nil {
		c.acts = len(rows)
	}
}

func (c *coach) Lines() []string {
	return []string{fmt.Sprintf("%d acts so far. Tag the next one.", c.acts)}
}
