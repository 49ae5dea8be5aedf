package tui

import (
	"io"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/paint"
)

// continued comes when the program was stopped, by whomever, and goes on.
type continued struct{}

// resumed comes when the shell has given the terminal back, or there is no shell.
type resumed struct {
	stopped bool
	err     error
}

// toShell is the program stopped, and the terminal the shell's meanwhile.
type toShell struct {
	term    *terminal
	stopped *bool
}

// noShell says why there is nothing to suspend to: a remote terminal has no shell here, and
// to stop would stop the server, for everybody.
const noShell = "there is no shell to go to over SSH"

// suspend goes to the shell, where there is one.
func (a *app) suspend() tea.Cmd {
	switch {
	case a.o.Remote:
		a.say(noShell+"; go on here", false)
		return a.redraw()
	case a.term == nil:
		return tea.Suspend
	}
	var stopped bool
	return tea.Exec(toShell{a.term, &stopped}, func(err error) tea.Msg { return resumed{stopped, err} })
}

// Run implements [tea.ExecCommand].
func (s toShell) Run() error {
	s.term.handOver()
	*s.stopped = paint.Stop()
	s.term.told = *s.stopped
	return s.term.takeBack()
}

// SetStdin implements [tea.ExecCommand].
func (toShell) SetStdin(io.Reader) {}

// SetStdout implements [tea.ExecCommand].
func (toShell) SetStdout(io.Writer) {}

// SetStderr implements [tea.ExecCommand].
func (toShell) SetStderr(io.Writer) {}

// resumed paints anew what the shell's words took the place of.
func (a *app) resumed(how resumed) tea.Cmd {
	if !how.stopped && a.term != nil {
		a.say("There is no shell to go to: stet is all that runs in this terminal. Go on here", true)
	}
	a.report(how.err)
	a.measureAnew()
	return a.redraw()
}

// goesOn paints anew after the program was stopped. Whoever handed the terminal over
// takes it back by himself.
func (a *app) goesOn() tea.Cmd {
	if a.term == nil || a.term.away {
		return nil
	}
	if a.term.told { // who went to the shell has taken it back
		a.term.told = false
		return nil
	}
	a.report(a.term.again())
	a.measureAnew()
	return a.redraw()
}

// measureAnew asks how large the terminal is now: the shell was told, not the program.
func (a *app) measureAnew() {
	if w, h, ok := paint.Size(a.o.Output); ok && a.term != nil {
		a.resize(Size{w, h})
	}
}
