package tui_test

import (
	"bytes"
	"context"
	"io"
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
