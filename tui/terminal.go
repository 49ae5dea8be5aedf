package tui

import (
	"context"
	"io"
	"os/exec"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"stet.example/stet/tui/paint"
	"stet.example/stet/tui/theme"
)

// terminal is the terminal as the root paints on it itself. A nil one stands for
// the stock renderer, which draws what View returns.
type terminal struct {
	*paint.Painter
	in      io.Reader
	restore func() // out of raw mode
	away    bool   // somebody else has it
	told    bool   // that the program goes on is known, and will be told once more
}

// drawAgain comes when a frame that was put off can be drawn.
type drawAgain struct{}

// takeTerminal prepares the terminal and shows the first frame on it.
func (a *app) takeTerminal(send func(tea.Msg)) error {
	w, h, ok := paint.Size(a.o.Output)
	if !ok {
		w, h = a.o.Size.Width, a.o.Size.Height
	}
	t := &terminal{in: a.o.Input}
	if err := t.raw(); err != nil {
		return err
	}
	t.Painter = paint.New(a.o.Output, w, h, paint.Options{
		Environ: a.o.Environ, Profile: profile(a.o.Color, a.o.Environ), Cooked: !paint.IsTerminal(a.o.Input),
		Again: func() { send(drawAgain{}) },
	})
	a.term, a.w, a.h = t, w, h
	t.Enter()
	a.draw()
	return nil
}

// lightByName reports whether the environment names a light background, as some terminals
// do that never say so when they are asked: COLORFGBG is the text's colour and, last,
// the background's, by their numbers. What the terminal answers goes before it.
func lightByName(environ []string) bool {
	for _, e := range environ {
		if value, ok := strings.CutPrefix(e, "COLORFGBG="); ok {
			back := value[strings.LastIndexByte(value, ';')+1:]
			return strings.Contains(value, ";") && (back == "7" || back == "15")
		}
	}
	return false
}

// profile is which colours are asked for, as the commands read it; Unknown leaves it to what
// the terminal can do.
func profile(color string, environ []string) colorprofile.Profile {
	switch yes, said := theme.Wanted(color, uv.Environ(environ).Getenv); {
	case said && !yes:
		return colorprofile.ASCII
	case color == "always":
		return colorprofile.TrueColor
	}
	return colorprofile.Unknown
}

func (t *terminal) raw() error {
	restore, err := paint.Raw(t.in)
	if err != nil {
		return err
	}
	t.restore = restore
	return nil
}

// handOver gives the terminal to another program, or to the shell.
func (t *terminal) handOver() {
	t.Leave()
	t.restore()
	t.away = true
}

// takeBack is the way back from handOver.
func (t *terminal) takeBack() error {
	if err := t.raw(); err != nil {
		return err
	}
	t.Enter()
	t.away = false
	return nil
}

// again takes the terminal that the shell had while the program was stopped without a
// word. What it was like before the program began is known.
func (t *terminal) again() error {
	t.Leave()
	if _, err := paint.Raw(t.in); err != nil {
		return err
	}
	t.Enter()
	return nil
}

// draw shows what holds now. Whoever draws at ticks asks View.
func (a *app) draw() {
	switch {
	case a.term == nil || a.w == 0 || a.h == 0:
	case a.term.Ready():
		a.term.Draw(a.seen())
		a.framed()
	default:
		a.lay()
		a.undrawn = true
	}
}

// lay works out what a frame would, where there is no time to show one: what a page
// is follows from the keys, however fast they come.
func (a *app) lay() {
	if room := a.h - 3 - len(a.coachRows(a.h-4)) - len(a.messageRows()); a.review != nil && a.over == nil && a.w >= minWidth && a.h >= minHeight {
		a.review.Lay(a.look, a.w, room)
		return
	}
	a.seen()
}

// seen is the frame, or a word about the fault that kept it from being drawn.
func (a *app) seen() (f paint.Frame) {
	f = paint.Frame{X: -1, Y: -1, Title: a.windowTitle(), Mouse: a.o.Mouse}
	if a.w == 0 || a.h == 0 {
		return f
	}
	defer func() {
		if r := recover(); r != nil {
			a.crash = panicked(a.o, r)
			f.Rows = []string{"stet stopped: press ctrl+c"}
		}
	}()
	rows, x, y := a.frame()
	f.Rows = rows
	if x >= 0 && y >= 0 && y < a.h {
		f.X, f.Y = min(x, a.w-1), y
	}
	return f
}

// resize takes the window's size. The one that is known already is told once by
// Bubble Tea, which asks nobody; a signal that tells it again means that the
// terminal may have lost what it showed.
func (a *app) resize(z Size) {
	a.w, a.h = z.Width, z.Height
	if a.term != nil {
		a.term.Resize(z.Width, z.Height)
	}
}

// ability takes what a terminal answers about a mode it was asked for.
func (a *app) ability(msg tea.ModeReportMsg) {
	switch {
	case msg.Mode == ansi.ModeUnicodeCore && (msg.Value.IsSet() || msg.Value.IsReset()):
		a.look.Meter.Clusters = true
		if a.term != nil {
			a.term.Clusters()
		}
	case msg.Mode == ansi.ModeSynchronizedOutput && msg.Value.IsReset() && a.term != nil:
		a.term.Synchronize()
	}
}

// redraw paints all anew.
func (a *app) redraw() tea.Cmd {
	if a.term == nil {
		return tea.ClearScreen
	}
	a.term.Redraw()
	return nil
}

// copied puts text on the clipboard of whoever looks at the terminal.
func (a *app) copied(text string) tea.Cmd {
	if a.term == nil {
		return tea.SetClipboard(text)
	}
	a.term.Say(ansi.SetSystemClipboard(text))
	return nil
}

// lent is a program that has the terminal while it runs.
type lent struct {
	*exec.Cmd
	term *terminal
}

// lend runs a program on the terminal and goes on when it has ended.
func (a *app) lend(c *exec.Cmd, then tea.ExecCallback) tea.Cmd {
	if a.term == nil {
		return tea.ExecProcess(c, then)
	}
	return tea.Exec(lent{c, a.term}, then)
}

// Run implements [tea.ExecCommand].
func (l lent) Run() error {
	l.term.handOver()
	err := l.Cmd.Run()
	if back := l.term.takeBack(); err == nil {
		err = back
	}
	return err
}

// SetStdin implements [tea.ExecCommand].
func (l lent) SetStdin(r io.Reader) {
	if l.Stdin == nil {
		l.Stdin = r
	}
}

// SetStdout implements [tea.ExecCommand].
func (l lent) SetStdout(w io.Writer) {
	if l.Stdout == nil {
		l.Stdout = w
	}
}

// SetStderr implements [tea.ExecCommand].
func (l lent) SetStderr(w io.Writer) {
	if l.Stderr == nil {
		l.Stderr = w
	}
}

// sizes tells of the window's size as it changes, until ctx ends.
func sizes(ctx context.Context, o Options, told func(Size)) {
	if o.Sizes == nil {
		paint.Resized(ctx, o.Output, func(w, h int) { told(Size{w, h}) })
		return
	}
	for {
		select {
		case z := <-o.Sizes:
			told(z)
		case <-ctx.Done():
			return
		}
	}
}
