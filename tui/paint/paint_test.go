package paint_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/vt"
	"pgregory.net/rapid"

	"stet.example/stet/tui/paint"
)

var environ = []string{"TERM=xterm-256color", "COLORTERM=truecolor", "TTY_FORCE=1"}

// screen is a terminal that a painter writes to.
type screen struct {
	mu   sync.Mutex
	term *vt.Emulator
	raw  bytes.Buffer
	hold chan struct{} // writing waits until it is closed; nil: it does not
	err  error
}

func newScreen(w, h int) *screen {
	s := &screen{term: vt.NewEmulator(w, h)}
	go func() { _, _ = io.Copy(io.Discard, s.term) }() // its answers
	return s
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	hold, err := s.hold, s.err
	s.mu.Unlock()
	if hold != nil {
		<-hold
	}
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.raw.Write(p)
	return s.term.Write(p)
}

// text is what the terminal shows: content and style of each cell. A bold blank
// looks like any other.
func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	for y := range s.term.Height() {
		for x := range s.term.Width() {
			if c := s.term.CellAt(x, y); c != nil && c.Content != "" && (c.Content != " " || c.Style.Underline != 0) {
				fmt.Fprintf(&b, "%s%v|", c.Content, c.Style)
			} else {
				b.WriteString(" |")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (s *screen) sent() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()
}

// show draws a frame if it is time.
func show(p *paint.Painter, f paint.Frame) {
	if p.Ready() {
		p.Draw(f)
	}
}

// settle shows a frame and waits until it is on the terminal.
func settle(p *paint.Painter, again <-chan struct{}, f paint.Frame) {
	show(p, f)
	synctest.Wait()
	for {
		select {
		case <-again: // it was put off
			show(p, f)
			synctest.Wait()
		case <-time.After(time.Second): // of the bubble's clock: nothing is asked for any more
			return
		}
	}
}

func start(t *testing.T, out io.Writer, w, h int) (*paint.Painter, chan struct{}) {
	again := make(chan struct{}, 64)
	p := paint.New(out, w, h, paint.Options{Environ: environ, Again: func() { again <- struct{}{} }})
	t.Cleanup(func() { _ = p.Close() })
	p.Enter()
	return p, again
}

func row(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(0, 6).Draw(t, "runs") {
		word := rapid.SampledFrom([]string{"harbour", "é", "日本", "🚢", "  ", "·", "ال", "x", "👩‍🚒", "क्षत्रिय", "🇺🇦", "☎️"}).Draw(t, "word")
		style := rapid.SampledFrom([]string{"", "1", "4", "38;2;158;158;158", "38;2;47;195;147;1"}).Draw(t, "style")
		if style == "" {
			b.WriteString(word)
			continue
		}
		b.WriteString("\x1b[" + style + "m" + word + "\x1b[m")
	}
	return b.String()
}

// Whatever was shown before, and however the window changed: a frame looks as on
// a fresh terminal.
func TestAFrameLooksAsOnAFreshTerminal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(4, 60).Draw(rt, "w"), rapid.IntRange(2, 24).Draw(rt, "h")
		var frames []paint.Frame
		pool := rapid.SliceOfN(rapid.Custom(row), 1, 30).Draw(rt, "rows")
		for range rapid.IntRange(1, 6).Draw(rt, "frames") {
			f := paint.Frame{X: rapid.IntRange(-1, w-1).Draw(rt, "x"), Y: rapid.IntRange(0, h-1).Draw(rt, "y"), Title: rapid.SampledFrom([]string{"", "stet"}).Draw(rt, "title")}
			from := rapid.IntRange(0, len(pool)-1).Draw(rt, "from") // neighbours scroll
			for y := range rapid.IntRange(0, h).Draw(rt, "height") {
				f.Rows = append(f.Rows, pool[(from+y)%len(pool)])
			}
			frames = append(frames, f)
		}
		syncs, clusters := rapid.Bool().Draw(rt, "synchronized"), rapid.Bool().Draw(rt, "clusters")
		prepare := func(p *paint.Painter) {
			if syncs {
				p.Synchronize()
			}
			if clusters {
				p.Clusters()
			}
		}
		old, oldAt, sent := shown(t, w, h, prepare, frames)
		fresh, freshAt, _ := shown(t, w, h, prepare, frames[len(frames)-1:])
		if old != fresh {
			rt.Fatalf("after %d frames:\n%s\nfresh:\n%s\nsent: %q", len(frames), old, fresh, sent)
		}
		if frames[len(frames)-1].X >= 0 && oldAt != freshAt {
			rt.Fatalf("the cursor is at %v, on a fresh terminal at %v", oldAt, freshAt)
		}
	})
}

// shown is what a terminal shows after some frames, and what it was sent.
func shown(t *testing.T, w, h int, prepare func(*paint.Painter), frames []paint.Frame) (text string, at any, sent string) {
	synctest.Test(t, func(t *testing.T) {
		out := newScreen(w, h)
		defer out.term.Close()
		p, again := start(t, out, w, h)
		prepare(p)
		for _, f := range frames {
			settle(p, again, f)
		}
		text, at, sent = out.text(), out.term.CursorPosition(), out.sent()
		_ = p.Close()
	})
	return text, at, sent
}

func TestWhoDrawsNeverWaitsForTheTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newScreen(20, 3)
		defer out.term.Close()
		hold := make(chan struct{})
		out.hold = hold
		p, again := start(t, out, 20, 3)
		for i := range 1000 {
			show(p, paint.Frame{Rows: []string{fmt.Sprint("frame ", i)}, X: -1})
		}
		synctest.Wait()
		if out.sent() != "" {
			t.Fatal("the terminal took something")
		}
		out.mu.Lock()
		out.hold = nil
		out.mu.Unlock()
		close(hold)
		synctest.Wait()
		if len(again) != 1 {
			t.Fatalf("asked for %d frames, not for one", len(again))
		}
		<-again
		settle(p, again, paint.Frame{Rows: []string{"the newest"}, X: -1})
		if !strings.Contains(out.sent(), "the newest") || strings.Contains(out.sent(), "frame 5") {
			t.Errorf("sent: %q", out.sent())
		}
		_ = p.Close()
	})
}

func TestATerminalIsGivenBackAsItWasFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newScreen(20, 3)
		defer out.term.Close()
		p, again := start(t, out, 20, 3)
		p.Synchronize()
		p.Clusters()
		settle(p, again, paint.Frame{Rows: []string{"a", "b"}, X: 1, Y: 1, Title: "stet", Mouse: true})
		p.Leave()
		synctest.Wait()
		on, off := map[string]bool{}, map[string]bool{}
		for _, part := range strings.Split(out.sent(), "\x1b[?")[1:] {
			mode := strings.TrimRight(part[:strings.IndexAny(part, "hlupnc$")+1], "$")
			if n, isOn := strings.CutSuffix(mode, "h"); isOn {
				on[n], off[n] = true, false
			} else if n, isOff := strings.CutSuffix(mode, "l"); isOff {
				on[n], off[n] = false, true
			}
		}
		for _, mode := range []string{"1049", "2004", "1002", "1006", "2027"} {
			if on[mode] || !off[mode] {
				t.Errorf("mode %s was not switched off again: %q", mode, out.sent())
			}
		}
		if !on["25"] {
			t.Error("the cursor stays hidden")
		}
		if on["2026"] {
			t.Error("an update stays open")
		}
		if strings.Count(out.sent(), "\x1b[>1u") != strings.Count(out.sent(), "\x1b[<1u") {
			t.Errorf("the keyboard's mode is not given back: %q", out.sent())
		}
		// And taken again, after the shell: all anew.
		before := len(out.sent())
		p.Enter()
		settle(p, again, paint.Frame{Rows: []string{"a", "b"}, X: 1, Y: 1, Title: "stet", Mouse: true})
		for _, want := range []string{"\x1b[?1049h", "\x1b[?1002h", "\x1b[?2027h", "a", "b", "stet"} {
			if !strings.Contains(out.sent()[before:], want) {
				t.Errorf("taken back without %q: %q", want, out.sent()[before:])
			}
		}
		_ = p.Close()
	})
}

func TestATerminalThatDoesNotReadIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newScreen(20, 3)
		defer out.term.Close()
		hold := make(chan struct{})
		out.hold = hold
		p, _ := start(t, out, 20, 3)
		show(p, paint.Frame{Rows: []string{"a"}, X: -1})
		synctest.Wait()
		begun := time.Now()
		p.Leave()
		if took := time.Since(begun); took > time.Second {
			t.Errorf("waited %v", took)
		}
		close(hold)
		_ = p.Close()
		synctest.Wait() // what was held is written
	})
}

func TestATerminalThatIsGoneIsReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newScreen(20, 3)
		defer out.term.Close()
		gone := errors.New("input/output error")
		out.err = gone
		p, again := start(t, out, 20, 3)
		settle(p, again, paint.Frame{Rows: []string{"a"}, X: -1})
		settle(p, again, paint.Frame{Rows: []string{"b"}, X: -1})
		if err := p.Close(); !errors.Is(err, gone) {
			t.Errorf("closing says %v", err)
		}
	})
}

func TestSequencesGoOutWithTheNextFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newScreen(20, 3)
		defer out.term.Close()
		p, again := start(t, out, 20, 3)
		f := paint.Frame{Rows: []string{"a"}, X: -1}
		settle(p, again, f)
		p.Say("\x1b]52;c;YQ==\a")
		settle(p, again, f) // nothing else changed
		if !strings.HasSuffix(out.sent(), "\x1b]52;c;YQ==\a") {
			t.Errorf("sent: %q", out.sent())
		}
		_ = p.Close()
	})
}

func TestColoursAreThoseOfTheTerminal(t *testing.T) {
	for _, c := range []struct {
		environ string
		want    string
	}{
		{"TERM=xterm-256color COLORTERM=truecolor", "\x1b[38;2;47;195;147m"},
		{"TERM=xterm-256color", "\x1b[38;5;"},
		{"TERM=xterm", "\x1b["},
		{"TERM=xterm-256color NO_COLOR=1", "tag"},
		{"TERM=tmux-256color TMUX=/nowhere,1,0", "\x1b[38;5;"},
		{"TERM=tmux-256color TMUX=/nowhere,1,0 COLORTERM=truecolor", "\x1b[38;2;47;195;147m"},
	} {
		synctest.Test(t, func(t *testing.T) {
			out := newScreen(20, 3)
			defer out.term.Close()
			p := paint.New(out, 20, 3, paint.Options{Environ: append(strings.Fields(c.environ), "TTY_FORCE=1")})
			p.Enter()
			show(p, paint.Frame{Rows: []string{"\x1b[38;2;47;195;147mtag\x1b[m"}, X: -1})
			synctest.Wait()
			if !strings.Contains(out.sent(), c.want) {
				t.Errorf("%s: no %q in %q", c.environ, c.want, out.sent())
			}
			if strings.Contains(c.environ, "NO_COLOR") && strings.Contains(out.sent(), "\x1b[38") {
				t.Errorf("%s: a colour in %q", c.environ, out.sent())
			}
			_ = p.Close()
		})
	}
}
