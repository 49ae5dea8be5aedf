package plain_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// room is a store with one article of twelve sentences; the first that is to be tagged
// is 2.
type room struct {
	t  *testing.T
	st store.Store
	id annotations.ArticleID
}

func newRoom(t *testing.T) *room {
	t.Helper()
	st := storetest.New(t)
	return &room{t, st, storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 12))}
}

// talk gives an input to the program, and returns what it said.
func (r *room) talk(in io.Reader, interactive bool, opts ...func(*tui.Options)) string {
	r.t.Helper()
	return r.talkUntil(r.t.Context(), in, interactive, opts...)
}

func (r *room) talkUntil(ctx context.Context, in io.Reader, interactive bool, opts ...func(*tui.Options)) string {
	r.t.Helper()
	var out strings.Builder
	o := tui.Options{
		Store: r.st, Session: storetest.Session(r.t, "ana"), Article: r.id, Version: "test", Clock: storetest.Clock(),
		Input: in, Output: &out, Rescue: r.t.TempDir() + "/rescue.jsonl", Reports: r.t.TempDir(),
	}
	for _, f := range opts {
		f(&o)
	}
	if err := tui.RunPlain(ctx, o, interactive); err != nil {
		r.t.Fatalf("%v after\n%s", err, out.String())
	}
	return out.String()
}

// said is what ana says of a sentence.
func (r *room) said(n annotations.SentenceID) annotations.Annotation {
	r.t.Helper()
	rows, err := r.st.State(context.Background(), r.id, n, n+1, 10)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, row := range rows {
		if row.Reviewer == "ana" {
			return row.Annotation.Annotation
		}
	}
	return annotations.Annotation{}
}

// "esc leaves any question": in the second line of a note it became part of the note,
// and nothing but ctrl+c led out of it.
func TestANoteIsLeftAfterAnyLine(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("m\nfirst\nesc\ns\n"), false)
	if !strings.Contains(out, "Cancelled.") || !strings.Contains(out, "2 sourced. Saved.") || r.said(2).Note != "" {
		t.Errorf("the note is %q after\n%s", r.said(2).Note, out)
	}
	r.talk(strings.NewReader("g 3\nm\nfirst\n\\esc\n\\.\nlast\n.\n"), false)
	if got, want := r.said(3).Note, "first\nesc\n.\nlast"; got != want {
		t.Errorf("the note is %q, want %q", got, want)
	}
}

// A line that was dropped, a script that broke off, ctrl+c: half a note was saved as
// if it had been said, in place of the note that stood there.
func TestHalfANoteIsNoNote(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.talk(strings.NewReader("m\nwhole\n.\n"), false)
	if got := r.said(2).Note; got != "whole" {
		t.Fatalf("the note is %q", got)
	}
	out := r.talk(strings.NewReader("g 2\nm\nhalf a no"), false)
	if r.said(2).Note != "whole" || !strings.Contains(out, "nothing of this answer was saved") {
		t.Errorf("the note is %q after\n%s", r.said(2).Note, out)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r.talkUntil(ctx, io.MultiReader(strings.NewReader("g 2\nm\nhalf a note\n"), interrupt{stop}), false)
	if got := r.said(2).Note; got != "whole" {
		t.Errorf("after an interrupt the note is %q", got)
	}
}

// interrupt is an input in the middle of which somebody presses ctrl+c.
type interrupt struct{ stop func() }

func (i interrupt) Read([]byte) (int, error) {
	i.stop()
	return 0, errors.New("the terminal is gone")
}

// A minus empties a note, and one behind a backslash is a note of a minus.
func TestAMinusForANote(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.talk(strings.NewReader("m\nwhole\n.\nm\n\\-\n.\n"), false)
	if got := r.said(2).Note; got != "-" {
		t.Errorf("the note is %q", got)
	}
	r.talk(strings.NewReader("g 2\nm\n-\n.\n"), false)
	if got := r.said(2).Note; got != "" {
		t.Errorf("the note is %q", got)
	}
}

// A number opens an article on the desk and names a sentence in each list; on a
// sentence "12" tagged it as sourced and the next as contested.
func TestANumberIsNoTags(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"12", "23", "11", "j12", "19 s"} {
		r := newRoom(t)
		out := r.talk(strings.NewReader(line+"\n"), false)
		if strings.Contains(out, "Saved.") || !strings.Contains(out, "goes to that sentence") {
			t.Errorf("%q:\n%s", line, out)
		}
	}
	r := newRoom(t)
	if out := r.talk(strings.NewReader("1\ng12\nx\n#2s\n"), false); !strings.Contains(out, "2 sourced. Saved.") || !strings.Contains(out, "12 contextual. Saved.") {
		t.Errorf("keys with numbers behind them:\n%s", out)
	}
}

// A page waited with "anything else ends it"; whoever ended it by q, as pages are
// ended everywhere, left the article, and from the desk the program.
func TestQEndsAPageAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"q", "esc"} {
		r := newRoom(t)
		out := r.talk(strings.NewReader("?\n"+end+"\nx\n"), true)
		if strings.Count(out, "lines more") != 1 || !strings.Contains(out, "2 contextual. Saved.") || strings.Contains(out, "The desk.") {
			t.Errorf("%q left more than the page:\n%s", end, out)
		}
	}
}

// Words of the program begin with a large letter; what is told of a file or an article
// does not belong to it: "config.toml:3: …" was no file any more, and a title another.
func TestWhatIsToldKeepsItsNames(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	a := storetest.Article(t, "harbours", 5)
	a.Meta.Title, a.Meta.Outlet = "iPad thefts rise", "nrc"
	a.ID = annotations.ArticleID{}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	storetest.Import(t, r.st, storetest.Session(t, "ana"), a)
	faulty := func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.review]\nnote = [\"nonsense\"]\n")
	}
	out := r.talk(strings.NewReader("q\nq\n"), false, faulty) // an article, then the desk
	if !strings.Contains(out, " iPad thefts rise. nrc. ") {
		t.Errorf("the title is told as another:\n%s", out)
	}
	if before, _, _ := strings.Cut(out, "Article "); strings.Count(before, "\nconfig.toml") != 1 || strings.Contains(out, "Config.toml") {
		t.Errorf("the fault in the file is not told once, by the file's name:\n%s", out)
	}
}

// A key stands at the beginning of what is said of it: "E does nothing here" was told of
// e, and E is another key.
func TestAKeyIsToldAsItWasGiven(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.id = annotations.Desk
	if out := r.talk(strings.NewReader("e\n"), false); !strings.Contains(out, "\ne does nothing here; ? lists the keys.") {
		t.Errorf("it says\n%s", out)
	}
}

func TestQuestionsAreLeftEmptyInALine(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("e https://a.example/draft ; ; ; s\no the board ;\ne\n"), false)
	a := r.said(2)
	if len(a.Evidence) != 1 || len(a.Attributions) != 1 || a.Attributions[0].Name != "the board" {
		t.Fatalf("%+v after\n%s", a, out)
	}
	list, err := r.st.Evidence(t.Context(), annotations.EvidenceID{}, 10)
	if err != nil || len(list) != 1 || list[0].Quote != "" || list[0].Locator != "" {
		t.Errorf("%+v, %v after\n%s", list, err, out)
	}
}

// An answer that does not fit was cut off and saved: on a screen one sees that, in lines
// it was called saved and nothing more.
func TestWhatDoesNotFitIsNotSavedInPart(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("m\nshort\n.\nm\n"+strings.Repeat("long ", annotations.MaxNote/4)+"\n.\nesc\n"+
		"o "+strings.Repeat("y", annotations.MaxField+1)+" ; e\nesc\n"+
		"e https://a.example/"+strings.Repeat("x", annotations.MaxField)+" ; ; ; s\nesc\n"+
		"x\n"), false)
	a := r.said(2)
	if a.Note != "short" || len(a.Attributions) != 0 || len(a.Evidence) != 0 || a.Tag != "contextual" {
		t.Errorf("a note of %d bytes, %d sources, %d items of evidence, tag %q", len(a.Note), len(a.Attributions), len(a.Evidence), a.Tag)
	}
	if n := strings.Count(out, "That is too long"); n != 3 {
		t.Errorf("it was told %d times, not 3", n)
	}
	whole := strings.Repeat("y", annotations.MaxField)
	r.talk(strings.NewReader("g 3\no "+whole+" ; e\n"), false)
	if b := r.said(3); len(b.Attributions) != 1 || b.Attributions[0].Name != whole {
		t.Error("what just fits is not taken")
	}
}

// That an article's text was changed since stands on the desk's screen beside its figures;
// in lines it was said only when the older text had been opened.
// Who works in lines hears what a lead waits for before the article is opened, as the
// screen's desk shows it.
func TestTheDeskInLinesSaysWhatIsAsked(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	for _, s := range []annotations.SentenceID{2, 3} {
		if _, err := store.Do(t.Context(), r.st, storetest.Session(t, "ana"), r.id, storetest.Tag(s, 0, "sourced")); err != nil {
			t.Fatal(err)
		}
		q := annotations.Ruling{Verdict: annotations.Query, Reason: "Who said it?", Reviewer: "ana"}
		c := annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: s, Ruling: &q}
		if _, err := store.Do(t.Context(), r.st, storetest.Session(t, "lea"), r.id, c); err != nil {
			t.Fatal(err)
		}
		want := map[annotations.SentenceID]string{2: "A lead asks once there.", 3: "A lead asks 2 times there."}[s]
		if out := r.talk(strings.NewReader("q\n"), false, func(o *tui.Options) { o.Article = annotations.Desk }); !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
}

func TestTheDeskInLinesSaysWhatWasChanged(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	later := storetest.Article(t, "boats", 12)
	later.Name, later.Parent, later.Revision = "ferries-r2", r.id, 2
	storetest.Import(t, r.st, storetest.Session(t, "ana"), later)
	out := r.talk(strings.NewReader("q\n"), false, func(o *tui.Options) { o.Article = annotations.Desk })
	const says = "0 of 11 tagged. Its text was changed since: a later one is here."
	older, newer := "", ""
	for _, line := range strings.Split(out, "\n") {
		switch {
		case strings.Contains(line, "ferries-r2"):
			newer = line
		case strings.HasPrefix(line, "1 ") || strings.HasPrefix(line, "2 "):
			older = line
		}
	}
	if !strings.HasSuffix(older, says) || newer == "" || strings.Contains(newer, "changed") {
		t.Errorf("the older text is told as %q, the newer as %q, in\n%s", older, newer, out)
	}
}
