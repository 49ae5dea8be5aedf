package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/desk"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/plain"
	"stet.example/stet/tui/review"
)

// RunPlain holds the same work as [Run] in lines, for screen readers, dumb
// terminals and scripts: nothing but lines is written to o.Output. Input and
// output need not be terminals. interactive says whether somebody reads along,
// so that long pages wait; o.Size.Width, when it is set, is where lines are
// broken. It returns as Run does: after everything is saved or stands in the
// rescue file.
func RunPlain(ctx context.Context, o Options, interactive bool) error {
	if o.Clock == nil {
		o.Clock = time.Now //nolint:forbidigo // the default clock
	}
	work := context.WithoutCancel(ctx)
	out := &outbox{store: o.Store, session: o.Session, rescue: o.Rescue}
	drafts := o.Drafts
	if !interactive {
		drafts = "" // a script's next run is no going on
	}
	l := &lines{a: newApp(o, loader{ctx: work, store: o.Store, who: o.Session.Actor, suggest: o.Suggest, files: o.Files, drafts: drafts, against: o.Against, whole: true}, out)}
	l.a.o.inLines = l
	tail, stop := context.WithCancel(work)
	if l.a.measure(); l.a.measured {
		go follow(tail, o.Store, l.a.known, l.growing)
	}
	err := l.talk(ctx, plain.Options{Reviewer: o.Session.Actor, Width: o.Size.Width, Interactive: interactive})
	stop()
	return errors.Join(lastDrain(work, out, err), l.a.keepDraft(), l.a.crash)
}

// growing notes that the log has grown; what is new is looked at between lines.
func (l *lines) growing(msg tea.Msg) {
	if m, ok := msg.(moved); ok {
		l.grown.Store(m.size)
	}
}

// lastDrain saves what is still queued when the program has ended, and says what
// could not be.
func lastDrain(ctx context.Context, out *outbox, err error) error {
	for _, s := range out.drain(ctx) {
		if s.err != nil && !s.idle() {
			err = errors.Join(err, s.err)
		}
	}
	return errors.Join(err, out.unsaved())
}

// lines is the root in line mode. It runs each command at once and to its end, so
// that what a line led to is settled before the next is read.
type lines struct {
	a       *app
	saved   []plain.Saying // acts that are on the disk since Said
	words   []plain.Saying // messages since Said
	grown   atomic.Uint64  // size of the log that was not looked at yet; 0 for none
	left    bool
	instead bool // the next message is about what was told already
	beside  beside
}

func (l *lines) talk(ctx context.Context, o plain.Options) (err error) {
	defer func() {
		if r := recover(); r != nil {
			l.a.crash = panicked(l.a.o, r)
		}
	}()
	l.hear()
	l.a.begin()
	l.run(l.a.first)
	return plain.Talk(ctx, l.a.o.Input, l.a.o.Output, l, o)
}

// run runs a command and all that follows from it, in order.
func (l *lines) run(cmd tea.Cmd) {
	l.hear()
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			l.run(c)
		}
	case tea.QuitMsg:
		l.left = true
	default:
		if d, ok := msg.(drained); ok {
			l.settled(d.list)
		}
		l.run(l.a.update(msg))
	}
}

// settled notes the acts that are on the disk.
func (l *lines) settled(list []settled) {
	for i := range list {
		if s := &list[i]; s.err == nil && s.revert == annotations.Do {
			l.saved = append(l.saved, plain.Saying{Words: dialog.Capital(annotations.Visible(s.words)) + ". Saved."})
		}
	}
}

// hear takes the message line. What says only that something is on its way is
// left out, and what settled has noted.
func (l *lines) hear() {
	m := plain.Saying{Words: l.a.message, Bad: l.a.bad}
	if m.Words == "" || strings.HasSuffix(m.Words, " …") {
		return
	}
	l.a.message = ""
	if l.instead {
		l.instead = false
		return
	}
	if !slices.Contains(l.saved, m) {
		l.words = append(l.words, m)
	}
}

// Said implements [plain.Program].
func (l *lines) Said() []plain.Saying {
	if size := max(l.grown.Swap(0), l.a.grown); size > l.a.known { // also what could not be read before
		l.run(l.a.update(moved{size}))
	}
	if l.a.unread.some {
		l.run(l.a.update(readAgain{}))
	}
	l.unread()
	l.hear()
	if words := l.a.joined(&l.beside); words != "" {
		l.words = append(l.words, plain.Saying{Words: words})
	}
	out := append(l.saved, l.words...)
	if n := l.a.out.waiting(); n > 0 && len(out) > 0 {
		out = append(out, plain.Saying{Words: fmt.Sprintf("Not saved yet: %d", n), Bad: true})
	}
	l.saved, l.words = nil, nil
	return out
}

// Find implements [plain.Program].
func (l *lines) Find(key string) (action.Action, bool) { return l.a.keys.Find(l.a.scope(), key) }

// Live implements [plain.Program].
func (l *lines) Live() []action.Action { return l.a.keys.Live(l.a.scope()) }

// Why implements [plain.Program].
func (l *lines) Why(id action.ID) string {
	if id == action.LeadDesk {
		return "the lead's desk has no lines: run stet audit, stet agreement and stet rule"
	}
	if l.a.review != nil {
		defer l.a.review.Unframed()()
	}
	if why := l.a.why(id); why != "" {
		return why
	}
	switch id {
	case action.Undo, action.Redo, action.Compare:
		m, _ := l.a.askPossible()().(notPossible)
		return m[id]
	}
	return ""
}

// Do implements [plain.Program].
func (l *lines) Do(act action.Action) {
	l.a.message = ""
	if act.ID == action.LeadDesk {
		l.a.say(l.Why(act.ID), true)
		return
	}
	l.run(tea.Batch(l.a.do(act), l.a.fillIn(), l.a.readOn()))
	l.unread()
}

// Press implements [plain.Program].
func (l *lines) Press(k tea.KeyPressMsg) {
	l.run(l.a.update(k))
	l.unread()
}

// unread leaves an article of which the current sentence, or what was told, could not be
// read, before anything is said of that.
func (l *lines) unread() {
	if r := l.a.review; r != nil && r.Readable() != nil {
		l.run(l.a.shut(r.Fault()))
	}
}

// Paste implements [plain.Program].
func (l *lines) Paste(text string) { l.a.paste(text) }

// Panel implements [plain.Program].
func (l *lines) Panel() dialog.Panel {
	switch {
	case l.a.over != nil:
		return l.a.over.pick
	case l.a.review != nil:
		return l.a.review.Panel
	}
	return l.a.desk.Panel
}

// Review implements [plain.Program].
func (l *lines) Review() *review.Screen { return l.a.review }

// Desk implements [plain.Program].
func (l *lines) Desk() *desk.Screen { return l.a.desk }

// Coach implements [plain.Program].
func (l *lines) Coach() []string { return l.a.coached() }

// Left implements [plain.Program].
func (l *lines) Left() bool { return l.left || l.a.crash != nil }

// tell puts words on the lines that a terminal would have been given in another
// way, in place of the message that says so.
func (l *lines) tell(words string) {
	l.words = append(l.words, plain.Saying{Words: words})
	l.instead = true
}
