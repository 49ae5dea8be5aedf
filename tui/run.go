package tui

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/tui/paint"
)

// Options is all that the screens need of the world.
type Options struct {
	Store   store.Store
	Session *store.Session        // who works, and under which session
	Article annotations.ArticleID // to review at once; Desk shows the list of articles
	Audit   *audit.Options        // open the lead's desk at once, with these; nil: not
	Compare *Comparison           // open this comparison at once; nil: not
	// Import reads a file into the store, for the desk's own import; nil takes
	// the action away.
	Import  func(ctx context.Context, path string) (annotations.ArticleID, error)
	Warning string                // what the person must know from the start, or ""
	Rescue  string                // file that takes acts the store could not save
	Reports string                // folder for the report of a panic
	Drafts  string                // folder for notes that were being written when the screens ended; "" keeps none
	Keys    []byte                // a TOML file of key bindings, or nil
	KeysAt  string                // its name, for messages
	Color   string                // "auto", "always", "never"
	Theme   string                // "", "default", "contrast", "mono"
	Mouse   bool                  // take the mouse
	Suggest bool                  // show what is proposed for sentences
	Against annotations.ArticleID // the original beside which rewrites are shown; Desk for none
	// Editor runs the person's editor on a file; nil takes the action away.
	Editor  func(path string) *exec.Cmd
	Files   bool             // files of this machine may be attached as evidence
	Version string           // of the program
	Clock   func() time.Time // local time, for the saved mark and what a double click is
	Input   io.Reader        // the terminal
	Output  io.Writer        // the terminal
	Environ []string         // KEY=value; no other environment is read
	Size    Size             // of a terminal that cannot be asked; zero = ask
	Sizes   <-chan Size      // its later sizes; nil = the terminal tells
	Remote  bool             // the terminal is another machine's: nothing is suspended here
	Shown   func()           // called when the first frame is on its way; may be nil
	Ticks   bool             // Bubble Tea's own renderer draws, at its ticks; Windows has no other
	Coach   Coach            // a tutor above the text; nil for none
	Company Company          // who else is at the screens; nil where that is not known
	inLines *lines           // set in line mode, where there is no terminal to speak to
}

// Size is that of a terminal, in cells.
type Size struct{ Width, Height int }

// Run shows the screens until the reviewer leaves, ctx ends or the terminal
// goes away, and returns after everything that was done is saved (or stands in
// the rescue file, which the error then names).
func Run(ctx context.Context, o Options) error {
	if o.Clock == nil {
		o.Clock = time.Now //nolint:forbidigo // the default clock
	}
	// Saving goes on after ctx ends: what was done must reach the disk.
	work := context.WithoutCancel(ctx)
	out := &outbox{store: o.Store, session: o.Session, rescue: o.Rescue}
	a := newApp(o, loader{ctx: work, store: o.Store, who: o.Session.Actor, suggest: o.Suggest, files: o.Files, drafts: o.Drafts, against: o.Against, ahead: true}, out)
	a.measure()
	a.begin()
	p := tea.NewProgram(a, a.programOptions()...)
	if o.direct() {
		if err := a.takeTerminal(p.Send); err != nil {
			return errors.Join(lastDrain(work, out, err), a.crash)
		}
	}
	if o.Shown != nil {
		o.Shown()
	}
	ended := make(chan struct{})
	go func() {
		select {
		case <-ended:
			return
		case <-ctx.Done():
		}
		p.Quit()
		// A terminal that is gone can keep a reader waiting for ever.
		select {
		case <-ended:
		case <-time.After(2 * time.Second):
			p.Kill()
		}
	}()
	tail, stop := context.WithCancel(work)
	a.follow(tail, p.Send)
	if a.term != nil && !o.Remote {
		go paint.Continued(tail, func() { p.Send(continued{}) })
	}
	go sizes(tail, o, func(z Size) { p.Send(resized(z)) })
	_, err := p.Run()
	stop()
	close(ended)
	if a.term != nil {
		a.term.handOver()
		err = errors.Join(err, a.term.Close())
	}
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		err = nil
	}
	return errors.Join(lastDrain(work, out, err), a.keepDraft(), a.crash)
}

// direct reports whether the root paints on the terminal itself.
func (o Options) direct() bool { return !o.Ticks && (paint.Direct || o.Remote) }

// resized is a size that the terminal told of.
type resized Size

func (a *app) programOptions() []tea.ProgramOption {
	o := a.o
	opts := []tea.ProgramOption{
		tea.WithInput(o.Input), tea.WithOutput(o.Output), tea.WithEnvironment(o.Environ),
		tea.WithoutSignalHandler(), // ctx brings the signals, SIGHUP among them
	}
	if o.direct() {
		return append(opts, tea.WithoutRenderer(), tea.WithFPS(1), tea.WithColorProfile(colorprofile.TrueColor))
	}
	if o.Size != (Size{}) {
		opts = append(opts, tea.WithWindowSize(o.Size.Width, o.Size.Height))
	}
	if p := profile(o.Color, o.Environ); p != colorprofile.Unknown {
		opts = append(opts, tea.WithColorProfile(p))
	}
	return append(opts, tea.WithFPS(120))
}
