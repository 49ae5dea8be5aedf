// Package tuitest runs a program's screens on a terminal that lives in the
// test: what it draws are cells that can be read, and keys go in as a person
// types them. Tests wait for a state, never for a time.
package tuitest

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
)

// patience is how long a state may take to come about.
const patience = 15 * time.Second

// Screen is a running program and the grid of cells that it has drawn.
type Screen struct {
	tb   testing.TB
	mu   sync.Mutex // held by whoever writes to the grid or reads it
	term *vt.SafeEmulator
	in   *io.PipeWriter
	Err  error // what the program returned, once Ended is closed
	// Ended is closed when the program has returned.
	Ended chan struct{}
	stop  context.CancelFunc
	raw   lockedBuffer
	// resized is set when the grid has had another size.
	resized bool
}

// Start runs a program on a terminal of w by h cells. The program is given the
// terminal's two ends and must return when its input ends or ctx does.
func Start(tb testing.TB, w, h int, run func(ctx context.Context, in io.Reader, out io.Writer) error) *Screen {
	tb.Helper()
	ctx, stop := context.WithCancel(context.Background())
	term := vt.NewSafeEmulator(w, h)
	in, keys := io.Pipe()
	s := &Screen{tb: tb, term: term, in: keys, Ended: make(chan struct{}), stop: stop}
	go answer(term, keys)
	go func() {
		s.Err = run(ctx, in, &cooked{screen: s})
		close(s.Ended)
		_, _ = io.Copy(io.Discard, in) // whoever still writes must not hang
	}()
	tb.Cleanup(func() {
		stop()
		select {
		case <-s.Ended:
		case <-time.After(patience):
			tb.Error("the program does not end")
		}
		_ = keys.Close()
		_ = term.InputPipe().(io.Closer).Close() //nolint:forcetypeassert // the emulator's own close races with its reader
	})
	return s
}

// answer hands the terminal's answers to the program. They wait outside of the
// terminal, which answers while it is written to: a program that does not read
// while it writes must not hang both.
func answer(term io.Reader, keys io.Writer) {
	answers := make(chan []byte, 1<<12)
	go func() {
		for b := range answers {
			if _, err := keys.Write(b); err != nil {
				break
			}
		}
		for range answers { // nobody reads them any more
		}
	}()
	defer close(answers)
	for {
		b := make([]byte, 256)
		n, err := term.Read(b)
		if n > 0 {
			answers <- b[:n]
		}
		if err != nil {
			return
		}
	}
}

// cooked writes what a terminal in cooked mode would be sent: input that is no
// terminal makes the renderer rely on line feeds that return the carriage.
type cooked struct{ screen *Screen }

func (c *cooked) Write(p []byte) (n int, err error) {
	c.screen.raw.add(p)
	n = len(p)
	c.screen.mu.Lock()
	defer c.screen.mu.Unlock()
	// A frame for a size that is gone may scroll rows that are gone. Terminals do
	// nothing then; the emulator panics. What follows a new size is drawn whole.
	defer func() {
		if r := recover(); r != nil && !c.screen.resized {
			panic(r)
		}
	}()
	if _, err := c.screen.term.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

type lockedBuffer struct {
	mu sync.Mutex
	b  []byte
}

func (l *lockedBuffer) add(p []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b = append(l.b, p...)
}

// Raw returns every byte that the program has written.
func (s *Screen) Raw() []byte {
	s.raw.mu.Lock()
	defer s.raw.mu.Unlock()
	return bytes.Clone(s.raw.b)
}

// Type sends text as if it was typed, and named keys in angle brackets:
// "s<enter>", "<esc>" (in the form that what follows cannot change), "<ctrl+c>", "<space>", "<backspace>", "<up>" …
func (s *Screen) Type(text string) {
	s.tb.Helper()
	for text != "" {
		chunk := text
		if text[0] == '<' {
			if end := strings.IndexByte(text, '>'); end > 0 {
				chunk = text[:end+1]
			}
		} else if i := strings.IndexByte(text, '<'); i > 0 {
			chunk = text[:i]
		}
		text = text[len(chunk):]
		if seq, ok := named()[chunk]; ok {
			chunk = seq
		}
		s.send(chunk)
	}
}

// Send writes bytes to the terminal as they are: what a broken or hostile one
// might send.
func (s *Screen) Send(b string) {
	s.tb.Helper()
	s.send(b)
}

func (s *Screen) send(b string) {
	s.tb.Helper()
	done := make(chan error, 1)
	go func() { _, err := s.in.Write([]byte(b)); done <- err }()
	select {
	case err := <-done:
		if err != nil {
			s.tb.Fatalf("typing %q: %v", b, err)
		}
	case <-s.Ended:
	case <-time.After(patience):
		s.tb.Fatalf("the program does not read %q; the screen:\n%s", b, s.Text())
	}
}

func named() map[string]string {
	return map[string]string{
		"<enter>": "\r", "<esc>": "\x1b[27u", "<space>": " ", "<backspace>": "\x7f", "<tab>": "\t", "<shift+tab>": "\x1b[Z",
		"<up>": "\x1b[A", "<down>": "\x1b[B", "<right>": "\x1b[C", "<left>": "\x1b[D", "<home>": "\x1b[H", "<end>": "\x1b[F",
		"<pgup>": "\x1b[5~", "<pgdown>": "\x1b[6~", "<delete>": "\x1b[3~", "<f1>": "\x1bOP", "<alt+enter>": "\x1b\r",
		"<ctrl+c>": "\x03", "<ctrl+r>": "\x12", "<ctrl+l>": "\x0c", "<ctrl+p>": "\x10", "<ctrl+f>": "\x06", "<ctrl+b>": "\x02", "<ctrl+u>": "\x15", "<ctrl+j>": "\x0a",
	}
}

// Paste sends text as a bracketed paste.
func (s *Screen) Paste(text string) { s.tb.Helper(); s.send("\x1b[200~" + text + "\x1b[201~") }

// Click sends a click of the left button on a cell, from 0.
func (s *Screen) Click(x, y int) {
	s.tb.Helper()
	pos := itoa(x+1) + ";" + itoa(y+1)
	s.send("\x1b[<0;" + pos + "M\x1b[<0;" + pos + "m")
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// Resize changes the size of the grid; the program must be told by the test.
func (s *Screen) Resize(w, h int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.term.Resize(w, h)
	s.resized = true
}

// Stop ends the program's context, as a signal would.
func (s *Screen) Stop() { s.stop() }

// Text is the grid, without blanks at the ends of rows.
func (s *Screen) Text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rows []string
	for y := range s.term.Height() {
		rows = append(rows, s.row(y))
	}
	return strings.TrimRight(strings.Join(rows, "\n"), "\n") + "\n"
}

func (s *Screen) row(y int) string {
	var b strings.Builder
	for x := 0; x < s.term.Width(); x++ {
		c := s.term.CellAt(x, y)
		if c == nil || c.Content == "" {
			b.WriteByte(' ')
			continue
		}
		b.WriteString(c.Content)
		x += max(c.Width, 1) - 1
	}
	return strings.TrimRight(b.String(), " ")
}

// WaitFor fails the test unless the screen soon shows all of want.
func (s *Screen) WaitFor(want ...string) {
	s.tb.Helper()
	s.Until(func(text string) bool {
		for _, w := range want {
			if !strings.Contains(text, w) {
				return false
			}
		}
		return true
	}, "show "+strings.Join(want, " and "))
}

// WaitGone fails the test unless the screen soon shows none of what.
func (s *Screen) WaitGone(what string) {
	s.tb.Helper()
	s.Until(func(text string) bool { return !strings.Contains(text, what) }, "lose "+what)
}

// Until fails the test unless ok soon holds of the screen's text.
func (s *Screen) Until(ok func(text string) bool, what string) {
	s.tb.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok(s.Text()) {
			return
		}
		select {
		case <-s.Ended:
			if ok(s.Text()) {
				return
			}
			s.tb.Fatalf("the program ended (%v) and did not %s; last screen:\n%s", s.Err, what, s.Text())
		default:
		}
	}
	s.tb.Fatalf("the screen did not %s; it shows:\n%s", what, s.Text())
}

// WaitEnd fails the test unless the program ends soon and without an error.
func (s *Screen) WaitEnd() {
	s.tb.Helper()
	select {
	case <-s.Ended:
		if s.Err != nil {
			s.tb.Fatalf("the program ended with: %v", s.Err)
		}
	case <-time.After(patience):
		s.tb.Fatalf("the program goes on; it shows:\n%s", s.Text())
	}
}

// Cursor is where the terminal's cursor stands, column and row from 0, whether it is
// shown or not.
func (s *Screen) Cursor() (x, y int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.term.CursorPosition()
	return at.X, at.Y
}

// Mouse sends what the mouse does at a cell, from 0, as terminals number it: 0 the left
// button, 32 moved with it held, 64 and 65 the wheel turned up and down.
func (s *Screen) Mouse(what, x, y int) {
	s.tb.Helper()
	s.send("\x1b[<" + itoa(what) + ";" + itoa(x+1) + ";" + itoa(y+1) + "M")
}
