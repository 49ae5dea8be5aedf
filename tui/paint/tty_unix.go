//go:build unix

package paint

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
)

// Direct says that a painter can do all that a terminal of this system needs.
const Direct = true

// Raw makes a terminal hand over keys as they are typed, and returns what gives
// it back. Anything but a terminal is left alone.
func Raw(in any) (restore func(), err error) {
	f, ok := in.(term.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return func() {}, nil
	}
	was, err := term.MakeRaw(f.Fd())
	if err != nil {
		return nil, err
	}
	return func() { _ = term.Restore(f.Fd(), was) }, nil
}

// IsTerminal reports whether f is a terminal of this machine.
func IsTerminal(f any) bool {
	t, ok := f.(term.File)
	return ok && term.IsTerminal(t.Fd())
}

// Size returns the size of a terminal of this machine, in cells.
func Size(out any) (w, h int, ok bool) {
	f, is := out.(term.File)
	if !is {
		return 0, 0, false
	}
	w, h, err := term.GetSize(f.Fd())
	return w, h, err == nil
}

// Resized calls changed with the terminal's size whenever it changes, until ctx
// ends.
func Resized(ctx context.Context, out any, changed func(w, h int)) {
	winch := make(chan os.Signal, 1)
	signal.Notify(winch, syscall.SIGWINCH)
	defer signal.Stop(winch)
	for {
		select {
		case <-ctx.Done():
			return
		case <-winch:
			if w, h, ok := Size(out); ok {
				changed(w, h)
			}
		}
	}
}

// Continued calls back whenever the program was stopped and goes on, until ctx ends: by
// whom it was stopped it is not told, and the terminal is then as the shell left it.
func Continued(ctx context.Context, back func()) {
	cont := make(chan os.Signal, 1)
	signal.Notify(cont, syscall.SIGCONT)
	defer signal.Stop(cont)
	for {
		select {
		case <-ctx.Done():
			return
		case <-cont:
			back()
		}
	}
}

// unstopped is how long a stop may take to come about.
const unstopped = 200 * time.Millisecond

// Stop stops the program, and who was started with it, as the shell's own key does, and
// returns when it goes on. It reports false where it was not stopped: a window that runs
// this program alone has no shell that could let it go on, and the system knows that.
func Stop() bool {
	cont := make(chan os.Signal, 1)
	signal.Notify(cont, syscall.SIGCONT)
	defer signal.Stop(cont)
	if syscall.Kill(0, syscall.SIGTSTP) != nil {
		return false
	}
	for range 2 { // the first may have run out while the program was stopped
		select {
		case <-cont:
			return true
		case <-time.After(unstopped):
		}
	}
	return false
}
