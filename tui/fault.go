package tui

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
)

// fault is a panic of a command. It is brought back as what the command would have
// brought: left alone, one in a goroutine of our own would end the program, and a
// server with everybody who is at work there; of one in a goroutine of Bubble Tea's
// the stack would be written over the screen.
type fault struct {
	value any
	stack []byte
}

// guarded is a command that brings back its panics, and those of the commands that
// it leads to.
func guarded(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = fault{r, debug.Stack()}
			}
		}()
		msg = cmd()
		if more, ok := msg.(tea.BatchMsg); ok {
			for i := range more {
				more[i] = guarded(more[i])
			}
		}
		return msg
	}
}

// panicked writes a report of a panic and says where it is.
func panicked(o Options, r any) error {
	f, ok := r.(fault)
	if !ok {
		f = fault{r, debug.Stack()}
	}
	what := fmt.Errorf("stet stopped because of a fault of its own: %s. What was shown as saved is safe", annotations.Visible(fmt.Sprint(f.value)))
	if o.Reports == "" {
		return what
	}
	path := filepath.Join(o.Reports, "panic-"+o.Clock().UTC().Format("20060102T150405")+".txt")
	report := fmt.Sprintf("stet %s, %s/%s, %s\n\n%v\n\n%s", o.Version, runtime.GOOS, runtime.GOARCH, runtime.Version(), f.value, f.stack)
	if err := writeWhole(path, []byte(report)); err != nil {
		return errors.Join(what, err)
	}
	return fmt.Errorf("%w. A report is in %s", what, path)
}
