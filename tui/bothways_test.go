package tui_test

import (
	"bytes"
	"context"
	"io"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// A player does what a story says, on the screens or in lines. The words of a
// story are those of a reviewer: keys, answers, and what is to be read then.
type player interface {
	// Press gives command keys, parted by blanks: "s", "# 3 s", "home".
	Press(keys string)
	// Answer writes text into the question that is open, and enter.
	Answer(text string)
	// Choose picks by its letter from a list that has letters.
	Choose(letter string)
	// Write writes a text of several lines, and ends it.
	Write(lines ...string)
	// Leave closes the open question without an answer.
	Leave()
	// Expect fails unless all words are shown, or were told since the last step.
	Expect(words ...string)
	// Restart ends the program as a signal would and starts it anew.
	Restart()
	// Quit leaves by the key and fails unless the program ends well.
	Quit()
	// InLines reports whether lines are talked in.
	InLines() bool
}

// scene is what a story plays on.
type scene struct {
	*testing.T
	player
	st store.Store
	id annotations.ArticleID
}

// said returns what ana says of a sentence.
func (s scene) said(n annotations.SentenceID) annotations.Annotation {
	s.Helper()
	return (&desk{t: s.T, st: s.st}).said(s.id, n)
}

// bothWays plays a story on the screens and in lines, each on a store of its own.
func bothWays(t *testing.T, art func(*testing.T) *annotations.Article, play func(s scene), opts ...func(*tui.Options)) {
	t.Helper()
	for _, way := range []struct {
		name  string
		start func(t *testing.T, st store.Store, id annotations.ArticleID, opts ...func(*tui.Options)) player
	}{{"on the screens", newScreens}, {"in lines", newLines}} {
		t.Run(way.name, func(t *testing.T) {
			st := storetest.New(t)
			id := storetest.Import(t, st, storetest.Session(t, "ana"), art(t))
			play(scene{t, way.start(t, st, id, opts...), st, id})
		})
	}
}

// screens plays on the emulated terminal.
type screens struct {
	t    *testing.T
	d    *desk
	st   store.Store
	id   annotations.ArticleID
	opts []func(*tui.Options)
}

func newScreens(t *testing.T, st store.Store, id annotations.ArticleID, opts ...func(*tui.Options)) player {
	t.Helper()
	s := &screens{t: t, st: st, id: id, opts: opts}
	s.start()
	return s
}

func (s *screens) start() {
	s.d = show(s.t, s.st, s.id, 110, 40, s.opts...)
	s.d.WaitFor("tagged")
}

func (s *screens) Press(keys string) {
	s.t.Helper()
	for _, k := range strings.Fields(keys) {
		if len([]rune(k)) > 1 && strings.Trim(k, "0123456789") != "" && strings.Trim(k, k[:1]) != "" {
			k = "<" + k + ">"
		}
		s.d.Type(k)
	}
}
func (s *screens) Answer(text string)     { s.t.Helper(); s.d.Type("<ctrl+u>"); s.d.Type(text + "<enter>") }
func (s *screens) Choose(letter string)   { s.t.Helper(); s.d.Type(letter) }
func (s *screens) Leave()                 { s.t.Helper(); s.d.Type("<esc>") }
func (s *screens) Expect(words ...string) { s.t.Helper(); s.d.WaitFor(words...) }
func (s *screens) InLines() bool          { return false }

func (s *screens) Write(lines ...string) {
	s.t.Helper()
	s.d.Type(strings.Join(lines, "<alt+enter>") + "<enter>")
}

func (s *screens) Restart() {
	s.t.Helper()
	s.d.Stop()
	s.d.WaitEnd()
	s.start()
}

func (s *screens) Quit() {
	s.t.Helper()
	s.d.Type("q")
	s.d.WaitFor("desk")
	s.d.Type("q")
	s.d.WaitEnd()
}

// talker plays in lines. Its reader tells when the program waits for a line, so
// that what it wrote before is whole.
type talker struct {
	t     *testing.T
	st    store.Store
	id    annotations.ArticleID
	opts  []func(*tui.Options)
	lines chan string
	idle  chan struct{}
	ended chan error
	stop  context.CancelFunc
	out   *talkBuffer
	mark  int
	over  bool
}

type talkBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *talkBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *talkBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// lineFeed hands lines over one by one.
type lineFeed struct {
	lines <-chan string
	idle  chan<- struct{}
	ctx   context.Context //nolint:containedctx // a reader has none of its own
}

func (f *lineFeed) Read(p []byte) (int, error) {
	select {
	case f.idle <- struct{}{}:
	case <-f.ctx.Done():
		return 0, io.EOF
	}
	select {
	case line, ok := <-f.lines:
		if !ok {
			return 0, io.EOF
		}
		return copy(p, line+"\n"), nil
	case <-f.ctx.Done():
		return 0, io.EOF
	}
}

func newLines(t *testing.T, st store.Store, id annotations.ArticleID, opts ...func(*tui.Options)) player {
	t.Helper()
	l := &talker{t: t, st: st, id: id, opts: opts}
	l.start()
	return l
}

func (l *talker) start() {
	l.t.Helper()
	ctx, stop := context.WithCancel(l.t.Context())
	l.lines, l.idle, l.ended, l.stop, l.out = make(chan string), make(chan struct{}), make(chan error, 1), stop, &talkBuffer{}
	l.mark, l.over = 0, false
	o := tui.Options{
		Store: l.st, Session: storetest.Session(l.t, "ana"), Article: l.id, Version: "test", Clock: storetest.Clock(),
		Input: &lineFeed{l.lines, l.idle, ctx}, Output: l.out, Rescue: l.t.TempDir() + "/rescue.jsonl", Reports: l.t.TempDir(),
	}
	for _, f := range l.opts {
		f(&o)
	}
	ended, reading := l.ended, ctx
	go func() { ended <- tui.RunPlain(reading, o, false) }()
	l.t.Cleanup(stop)
	l.settle()
}

// settle waits until the program wants a line, or has ended.
func (l *talker) settle() {
	l.t.Helper()
	select {
	case <-l.idle:
	case err := <-l.ended:
		l.over = true
		if err != nil {
			l.t.Fatalf("it ended: %v\n%s", err, l.out)
		}
	case <-time.After(15 * time.Second):
		l.t.Fatalf("it neither asks nor ends; it said:\n%s", l.out)
	}
}

func (l *talker) line(text string) {
	l.t.Helper()
	if l.over {
		l.t.Fatalf("it has ended; %q is not heard:\n%s", text, l.out)
	}
	l.mark = len(l.out.String())
	l.lines <- text
	l.settle()
}

func (l *talker) Press(keys string)    { l.t.Helper(); l.line(keys) }
func (l *talker) Answer(text string)   { l.t.Helper(); l.line(text) }
func (l *talker) Choose(letter string) { l.t.Helper(); l.line(letter) }
func (l *talker) Leave()               { l.t.Helper(); l.line("esc") }
func (l *talker) InLines() bool        { return true }
func (l *talker) Write(lines ...string) {
	l.t.Helper()
	from := len(l.out.String())
	for _, text := range append(lines, ".") {
		l.line(text)
	}
	l.mark = from
}

func (l *talker) Expect(words ...string) {
	l.t.Helper()
	told := l.out.String()[l.mark:]
	for _, w := range words {
		if !strings.Contains(told, w) {
			l.t.Fatalf("%q was not told. Told since the last line:\n%s", w, told)
		}
	}
}

func (l *talker) Restart() {
	l.t.Helper()
	l.stop()
	if err := <-l.ended; err != nil {
		l.t.Fatalf("it ended with: %v", err)
	}
	l.start()
}

func (l *talker) Quit() {
	l.t.Helper()
	l.line("q")
	l.line("q")
	if !l.over {
		l.t.Fatalf("it goes on:\n%s", l.out)
	}
}

func ferriesOf(n int) func(*testing.T) *annotations.Article {
	return func(t *testing.T) *annotations.Article { t.Helper(); return ferries(t, n) }
}

func TestStoryTagThrough(t *testing.T) {
	bothWays(t, ferriesOf(4), func(s scene) {
		s.Press("s")
		s.Expect("2 sourced. Saved.", "1 of 3 tagged")
		s.Press("x")
		s.Expect("3 contextual. Saved.", "2 of 3 tagged")
		s.Press("3")
		s.Expect("3 of 3 tagged")
		s.Press("space")
		s.Expect("very sentence is tagged")
		s.Quit()
		if a, b := s.said(2), s.said(4); a.Tag != "sourced" || b.Tag != "contextual" {
			s.Errorf("%+v, %+v", a, b)
		}
	})
}

func TestStoryContestedAndItsOtherSide(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("s")
		s.Press("c")
		s.Expect("Against which sentence?", "2 of 5 tagged")
		s.Answer("2")
		s.Expect("How do 3 and 2 dispute?")
		s.Choose("r")
		s.Expect("3 contested against 2. Saved.")
		s.Press("c")
		s.Expect("Against which sentence?")
		s.Answer("inside")
		s.Expect("4 contested, the other side inside it. Saved.")
		s.Press("c")
		s.Expect("Against which sentence?")
		s.Leave()
		s.Press("k")
		s.Expect("nfinished")
		s.Press("l")
		s.Expect("Which sentence?")
		s.Answer("2, 6")
		s.Expect("What is 5 to 2, 6?")
		s.Choose("s")
		s.Expect("5 supports 2, 6. Saved.")
		s.Press("l")
		s.Answer("6")
		s.Choose("-")
		s.Expect("5 no longer linked to 6. Saved.")
		if a := s.said(3); len(a.Links) != 1 || a.Links[0].Manner != annotations.Rhetorical {
			s.Errorf("3: %+v", a)
		}
		if a := s.said(5); len(a.Links) != 1 || a.Links[0].Relation != annotations.Supports {
			s.Errorf("5: %+v", a)
		}
	})
}

func TestStorySourceAndItsKind(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("o")
		s.Expect("Who vouches for it?")
		s.Answer("the skipper")
		s.Expect("What kind of source")
		s.Choose("b")
		s.Expect("2 source the skipper, named_other. Saved.")
		s.Press("s")
		s.Press("o")
		s.Answer("no one")
		s.Expect("What kind of source")
		s.Leave()
		s.Press("r")
		s.Expect("ag the sentence first")
		s.Press("k")
		s.Press("r")
		s.Expect("Which rule decided?")
		s.Choose("a")
		s.Expect("2 rule S-1. Saved.")
		a := s.said(2)
		if len(a.Attributions) != 1 || a.Attributions[0].Name != "the skipper" || a.Attributions[0].Kind != "named_other" || a.Rule != "S-1" {
			s.Errorf("%+v", a)
		}
		if b := s.said(3); !b.IsZero() {
			s.Errorf("a question that was left changed something: %+v", b)
		}
	})
}

func TestStoryEvidence(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("e")
		s.Expect("Evidence")
		s.Answer("https://harbour.example/r")
		s.Expect("What it says, word for word")
		s.Write("we were not asked")
		s.Expect("Where in it")
		s.Answer("page 4")
		s.Expect("What does it do to the claim?")
		s.Choose("r")
		s.Expect("2 evidence that refutes. Saved.")
		a := s.said(2)
		if len(a.Evidence) != 1 || a.Evidence[0].Stance != annotations.Refutes {
			s.Errorf("%+v", a)
		}
	})
}

func TestStoryNotesAndFlags(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("m")
		s.Expect("Note")
		s.Write("first line", "second line")
		s.Expect("2 note. Saved.")
		s.Press("M")
		s.Expect("Confidential note")
		s.Write("from the skipper")
		s.Expect("2 confidential note. Saved.")
		s.Press("w")
		s.Expect("Flags")
		s.Answer("ab")
		s.Expect("2 flags high_stakes, unsourced. Saved.")
		s.Press("!")
		s.Expect("2 marked unsure. Saved.")
		s.Press("z")
		s.Expect("2 second check wanted. Saved.")
		a := s.said(2)
		if a.Note != "first line\nsecond line" || len(a.Flags) != 2 || !a.Unsure || a.Check != annotations.CheckWanted || a.Confidential == nil {
			s.Fatalf("%+v", a)
		}
		if v, err := s.st.Secret(s.Context(), *a.Confidential); err != nil || v != "from the skipper" {
			s.Errorf("%q, %v", v, err)
		}
		s.Press("t")
		s.Expect("History of 2", "note")
	})
}

func TestStoryNotesInTheEditor(t *testing.T) {
	editor := func(o *tui.Options) {
		o.Editor = func(path string) *exec.Cmd {
			c := exec.Command("sh", "-c", `printf 'two\nlines\n' > "$0"`, path)
			c.Stdin = strings.NewReader("")
			return c
		}
	}
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("E")
		s.Expect("2 note. Saved.")
		if a := s.said(2); a.Note != "two\nlines" {
			s.Errorf("%+v", a)
		}
	}, editor)
}

func TestStoryUndoAndRedoAcrossARestart(t *testing.T) {
	bothWays(t, ferriesOf(5), func(s scene) {
		s.Press("s")
		s.Expect("2 sourced. Saved.")
		s.Press("x")
		s.Expect("3 contextual. Saved.")
		s.Restart()
		s.Expect("2 of 4 tagged")
		s.Press("u")
		s.Expect("Undid: tag contextual on s003. Saved.", "1 of 4 tagged")
		s.Press("u")
		s.Expect("Undid: tag sourced on s002. Saved.", "0 of 4 tagged")
		s.Press("u")
		s.Expect("There is nothing to undo.")
		s.Press("UU")
		s.Expect("2 of 4 tagged")
		if a := s.said(3); a.Tag != "contextual" {
			s.Errorf("%+v", a)
		}
	})
}

func TestStorySplitAndJoin(t *testing.T) {
	text := func(t *testing.T) *annotations.Article {
		t.Helper()
		return read(t, "The port closed, but the ferries ran on. Nobody was hurt.\n")
	}
	bothWays(t, text, func(s scene) {
		s.Press("x")
		s.Expect("1 contextual. Saved.")
		s.Press("g")
		s.Answer("1")
		s.Press("S")
		s.Expect("Cut where?")
		s.Answer("but the")
		s.Expect("1 split in two. Saved.", "2 of 3 tagged")
		s.Press("j")
		s.Press("c")
		s.Expect("Against which")
		s.Leave()
		s.Press("g")
		s.Answer("1")
		s.Press("J")
		s.Expect("Their tags differ")
		s.Choose("2")
		s.Expect("1 joined with the next. Saved.", "1 of 2 tagged")
		if a := s.said(1); a.Tag != "contested" {
			s.Errorf("%+v", a)
		}
		s.Press("u")
		s.Expect("2 of 3 tagged")
	})
}

func TestStoryRangesAndCounts(t *testing.T) {
	bothWays(t, ferriesOf(12), func(s scene) {
		s.Press("V jjj")
		s.Expect("ange 2-5")
		s.Press("x")
		s.Expect("2-5 contextual. Saved.", "4 of 11 tagged")
		s.Press("# 3 s")
		s.Expect("6-8 sourced. Saved.", "7 of 11 tagged")
		s.Press("uu")
		s.Expect("0 of 11 tagged")
		for n := annotations.SentenceID(2); n < 12; n++ {
			if a := s.said(n); !a.IsZero() {
				s.Errorf("%s: %+v", n, a)
			}
		}
	})
}

func TestStoryFilter(t *testing.T) {
	bothWays(t, ferriesOf(12), func(s scene) {
		s.Press("s x s x")
		s.Expect("4 of 11 tagged")
		s.Press("f")
		s.Expect("Step through which sentences?")
		s.Answer("sourced")
		s.Expect("tepping through sourced: 2")
		s.Press("home")
		s.Expect("Sentence 2 of")
		s.Press("j")
		s.Expect("Sentence 4 of")
		s.Press("f")
		s.Answer("all")
		s.Expect("ll sentences")
		s.Press("j")
		s.Expect("Sentence 5 of")
	})
}

func TestStorySearchAndGo(t *testing.T) {
	bothWays(t, ferriesOf(40), func(s scene) {
		s.Press("/")
		s.Answer("SENTENCE 33")
		s.Expect("Sentence 33 of")
		s.Press("/")
		s.Answer("nowhere at all")
		s.Expect("is nowhere in this article")
		s.Press("g")
		s.Answer("99")
		s.Expect("there are 1 to 40")
		s.Press("G")
		s.Press("*")
		s.Expect("Search every article")
		s.Answer("Sentence 12 of")
		s.Expect(`"Sentence 12 of": 1`)
		s.Answer("12")
		s.Expect("Sentence 12 of")
	})
}

func TestStoryFinish(t *testing.T) {
	bothWays(t, ferriesOf(4), func(s scene) {
		s.Press("F")
		s.Expect("3 are not finished")
		s.Leave()
		s.Press("x x x")
		s.Expect("3 of 3 tagged")
		s.Press("F")
		s.Choose("f")
		s.Expect("finished. Saved.")
		sum, err := s.st.Summary(s.Context(), "ana", s.id)
		if err != nil || !sum.Progress.Finished {
			s.Fatalf("%+v, %v", sum.Progress, err)
		}
		s.Press("u")
		s.Expect("Undid: finish")
		s.Press("F")
		s.Expect("finish the article")
	})
}

func TestStorySuggestions(t *testing.T) {
	text := func(t *testing.T) *annotations.Article { t.Helper(); return read(t, story) }
	bothWays(t, text, func(s scene) {
		s.Expect("0 of 8 tagged")
		s.Press("a")
		s.Expect("2 sourced, as suggested. Saved.", "1 of 8 tagged")
		if a := s.said(2); a.Tag != "sourced" || len(a.Attributions) == 0 {
			s.Errorf("%+v", a)
		}
		s.Press("x")
		s.Expect("3 contextual. Saved.")
		s.Press("g")
		s.Answer("6")
		s.Press("A")
		if s.InLines() {
			s.Expect("Nobody came", "Take what is suggested")
			s.Answer("y")
		}
		s.Expect("as suggested. Saved.")
		s.Press("u")
		s.Expect("Undid: accept")
	}, suggesting)
}
