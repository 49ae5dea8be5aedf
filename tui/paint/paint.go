package paint

import (
	"io"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Frame is what the terminal shall show.
type Frame struct {
	Rows  []string // from the top, one a screen line: text and SGR sequences
	X, Y  int      // the cursor's place in cells from 0; a negative one hides it
	Title string   // of the window
	Mouse bool     // clicks, wheel and drags are wanted
}

// shown is a frame that was: when it was done, and what it took, its making included.
type shown struct {
	done time.Time
	cost time.Duration
}

// Options are what a painter must know of the terminal.
type Options struct {
	Environ []string             // KEY=value: TERM and those that tell of colours
	Profile colorprofile.Profile // Unknown: found out from Environ
	// Again is called, on a goroutine of its own, when a frame was put off and the
	// time for it has come. The caller then draws what holds by then.
	Again func()
	// Cooked says that the terminal makes a line feed a new line.
	Cooked bool
}

// Painter draws frames on one terminal. Its methods may be called by several
// goroutines.
type Painter struct {
	o   Options
	out io.Writer

	mu      sync.Mutex
	buf     strings.Builder // what goes out next
	scr     *uv.TerminalRenderer
	cells   uv.ScreenBuffer
	rows    []string // of the last frame
	cursor  bool     // is shown
	title   string
	mouse   bool
	inside  bool       // the terminal is ours
	whole   bool       // the next frame starts from an empty screen
	syncs   bool       // the terminal takes updates as one
	writing bool       // by the other goroutine
	wanted  bool       // a frame was put off
	begun   time.Time  // when the frame at hand was
	last    [2]shown   // the frame before the last, and the last
	idle    *sync.Cond // writing went false
	jobs    chan string
	broken  error
}

// New makes a painter of a screen of w by h cells.
func New(out io.Writer, w, h int, o Options) *Painter {
	if o.Profile == colorprofile.Unknown {
		o.Profile = profile(out, o.Environ)
	}
	p := &Painter{o: o, out: out, cells: uv.NewScreenBuffer(w, h), jobs: make(chan string, 1)}
	p.idle = sync.NewCond(&p.mu)
	p.renew()
	go p.write()
	return p
}

// profile tells which colours the terminal has. tmux turns colours into those of
// the terminal around it; asking it would take a process.
func profile(out io.Writer, environ []string) colorprofile.Profile {
	env := uv.Environ(environ)
	if env.Getenv("TMUX") == "" {
		return colorprofile.Detect(out, environ)
	}
	p := colorprofile.Env(environ)
	if c := env.Getenv("COLORTERM"); p == colorprofile.ANSI256 && (c == "truecolor" || c == "24bit") {
		p = colorprofile.TrueColor
	}
	return p
}

// renew forgets what the terminal shows.
func (p *Painter) renew() {
	p.scr = uv.NewTerminalRenderer(&p.buf, p.o.Environ)
	p.scr.SetColorProfile(p.o.Profile)
	p.scr.SetTabStops(-1)
	p.scr.SetMapNewline(p.o.Cooked)
	p.scr.SetWidthMethod(p.cells.Method)
	p.scr.SetFullscreen(true)
	p.scr.SetRelativeCursor(false)
	p.whole, p.cursor, p.title, p.mouse = true, false, "", false
}

// Enter takes the terminal: the alternate screen, bracketed paste, keys that can
// be told apart; and asks for its background and what it can do. The answers come
// with the keys.
func (p *Painter) Enter() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inside {
		return
	}
	p.inside = true
	p.renew()
	p.buf.WriteString(ansi.ResetModifyOtherKeys + ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + steadyCursor + ansi.SetModeBracketedPaste +
		ansi.SetModifyOtherKeys2 + ansi.PushKittyKeyboard(1) + ansi.RequestBackgroundColor)
	if p.cells.Method == ansi.GraphemeWidth {
		p.buf.WriteString(ansi.SetModeUnicodeCore)
	}
	if asksModes(p.o.Environ) {
		p.buf.WriteString(ansi.RequestModeSynchronizedOutput + ansi.RequestModeUnicodeCore)
	}
}

// asksModes reports whether a terminal may be asked which modes it has. Apple's
// prints the question, and behind a foreign line one that answers is known by name.
func asksModes(environ []string) bool {
	env := uv.Environ(environ)
	for _, known := range []string{"ghostty", "wezterm", "alacritty", "kitty", "rio"} {
		if strings.Contains(env.Getenv("TERM"), known) {
			return true
		}
	}
	_, far := env.LookupEnv("SSH_TTY")
	return env.Getenv("WT_SESSION") != "" || !far && !strings.Contains(env.Getenv("TERM_PROGRAM"), "Apple")
}

// leavePatience is how long a terminal that does not read is waited for when it
// is given back.
const leavePatience = 500 * time.Millisecond

// Leave gives the terminal back, after what is being written. It waits a moment
// for a terminal that does not read, and then goes without it.
func (p *Painter) Leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.inside {
		return
	}
	p.inside = false
	if !p.rest() {
		return
	}
	p.buf.WriteString(ansi.ResetModifyOtherKeys + ansi.PopKittyKeyboard(1) + ansi.SetTopBottomMargins(0, 0))
	p.scr.MoveTo(0, p.cells.Height()-1)
	_ = p.scr.Flush()
	p.buf.WriteString(ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable + ownCursor + ansi.ResetModeBracketedPaste)
	if p.mouse {
		p.buf.WriteString(mouseOff)
	}
	if p.title != "" {
		p.buf.WriteString(ansi.SetWindowTitle(""))
	}
	if p.cells.Method == ansi.GraphemeWidth {
		p.buf.WriteString(ansi.ResetModeUnicodeCore)
	}
	p.send()
	p.rest()
}

// rest waits until nothing is being written, at most for a moment.
func (p *Painter) rest() bool {
	late := false
	timer := time.AfterFunc(leavePatience, func() {
		p.mu.Lock()
		late = true
		p.mu.Unlock()
		p.idle.Broadcast()
	})
	defer timer.Stop()
	for p.writing && !late {
		p.idle.Wait()
	}
	return !p.writing
}

// Close ends the painter, after [Painter.Leave]. It returns what went wrong when
// it wrote.
func (p *Painter) Close() error {
	p.Leave()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.jobs != nil {
		close(p.jobs)
		p.jobs = nil
	}
	return p.broken
}

// Resize tells the terminal's new size, in cells. What it shows after that is not
// known, so the next frame is drawn whole.
func (p *Painter) Resize(w, h int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w != p.cells.Width() || h != p.cells.Height() {
		method := p.cells.Method
		p.cells = uv.NewScreenBuffer(w, h)
		p.cells.Method = method
	}
	p.scr.Resize(w, h)
	p.whole = true
}

// Redraw makes the next frame start from an empty screen.
func (p *Painter) Redraw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.whole = true
}

// Synchronize says that the terminal shows an update at once when it is marked.
func (p *Painter) Synchronize() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.syncs = true
}

// Clusters says that the terminal can measure text by grapheme clusters, and asks
// it to.
func (p *Painter) Clusters() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cells.Method == ansi.GraphemeWidth {
		return
	}
	p.cells.Method = ansi.GraphemeWidth
	p.scr.SetGraphemeWidth(true)
	p.buf.WriteString(ansi.SetModeUnicodeCore)
	p.whole = true
}

// Say sends a sequence that changes no cell, such as one for the clipboard, with
// the next frame.
func (p *Painter) Say(sequence string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.buf.WriteString(sequence)
}

// Ready reports whether a frame would be shown now. Where it would not, one is asked
// for when its time has come.
func (p *Painter) Ready() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.inside || p.wanted || p.broken != nil {
		return false
	}
	if p.writing {
		p.wanted = true // the writer asks when it is done
		return false
	}
	p.begun = now()
	if wait := p.last[0].done.Add(2 * (p.last[0].cost + p.last[1].cost)).Sub(p.begun); wait > 0 {
		p.wanted = true
		time.AfterFunc(wait, p.again)
		return false
	}
	return true
}

// Written reports whether the terminal has all of the last frame.
func (p *Painter) Written() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.inside && !p.writing && p.broken == nil
}

// Draw shows a frame, which was made after [Painter.Ready] said that it would be.
func (p *Painter) Draw(f Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.inside || p.writing || p.broken != nil {
		return
	}
	p.draw(f)
	done := now()
	p.last = [2]shown{p.last[1], {done, done.Sub(p.begun)}}
	p.send()
}

// now is read to keep drawing to its share of the time.
func now() time.Time { return time.Now() } //nolint:forbidigo // nothing that is shown or stored depends on it

// again asks for the frame that was put off.
func (p *Painter) again() {
	p.mu.Lock()
	asked := p.wanted
	p.wanted = false
	p.mu.Unlock()
	if asked && p.o.Again != nil {
		p.o.Again()
	}
}

// send hands the bytes to the writer. Nothing is being written.
func (p *Painter) send() {
	if p.buf.Len() == 0 || p.jobs == nil {
		return
	}
	p.writing = true
	p.jobs <- p.buf.String()
	p.buf.Reset()
}

func (p *Painter) write() {
	jobs := p.jobs
	for job := range jobs {
		_, err := io.WriteString(p.out, job)
		p.mu.Lock()
		p.writing = false
		if err != nil && p.broken == nil {
			p.broken = err
		}
		asked := p.wanted
		p.mu.Unlock()
		p.idle.Broadcast()
		if asked {
			go p.again()
		}
	}
}
