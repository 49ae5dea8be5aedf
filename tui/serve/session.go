package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"charm.land/ssh"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui"
)

// Why a session ended, other than by its own choice.
var (
	errGone   = errors.New("the client hung up")
	errSignal = errors.New("the client asked to stop")
	errIdle   = errors.New("nothing was typed for too long")
	errStall  = errors.New("the client did not read")
	errKey    = errors.New("the key was withdrawn")
)

type counter struct{ atomic.Int64 }

// Exit codes of a session, those of the command line.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// Call is a command that a client asks for.
type Call struct {
	Who      string      // whose key it is; the command acts in this name only
	Store    store.Store // as Who may see it; closing it is not the command's business
	Args     []string    // one or more words, the command first
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Environ  []string // KEY=value, about the client's terminal
	Terminal bool     // the output goes to a terminal
}

// lineStore notes what a session does in the store.
type lineStore struct {
	store.Store
	line *line
	news *newsroom
}

// Tail implements [store.Store] for the session: what does not concern it, it is
// not told of.
func (s lineStore) Tail(ctx context.Context, after uint64) <-chan uint64 {
	return s.news.tail(ctx, after, reader{st: s.Store, who: s.line.presence.Name, session: s.line.session, known: &readerSight{}})
}

// Append implements [store.Store].
func (s lineStore) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	r, err := s.Store.Append(ctx, b)
	if err == nil {
		s.line.acts.Add(1)
	}
	return r, err
}

// handle runs a session to its end.
func (s *Server) handle(sess ssh.Session) {
	l, _ := sess.Context().Value(lineKey{}).(*line)
	if l == nil {
		_ = sess.Exit(exitFailed)
		return
	}
	talk := s.writer(l, sess.Stderr())
	if l.term != "" { // a terminal has one stream: what is said comes after what was drawn
		talk = s.writer(l, sess)
	}
	code := s.admitted(sess, l, talk)
	// The exit code, too, waits for a client that does not read.
	stop, _ := after(s.o.Stall, func() { _ = l.guest.Close() })
	defer stop()
	_ = sess.Exit(code)
}

// admitted runs a session of somebody who is let in.
func (s *Server) admitted(sess ssh.Session, l *line, talk io.Writer) int {
	key, ok := s.o.Keys.Find(sess.PublicKey()) // the key that signed
	if !ok {
		return tell(talk, exitFailed, "this key is not known here any more")
	}
	e := Entry{Name: key.Name, Key: key.Fingerprint(), Address: sess.RemoteAddr().String()}
	args, err := Split(sess.RawCommand())
	if err == nil && sess.RawCommand() != "" && len(args) == 0 {
		err = errors.New("it is empty")
	}
	if err != nil {
		e.What, e.Detail = "refused", gist(strings.Fields(sess.RawCommand()))
		s.log.write(e)
		return tell(talk, exitUsage, "the command cannot be read: "+err.Error()+". Nothing was done")
	}
	if len(args) > 0 && args[0] == "stet" { // ssh HOST stet list, as where there is a shell
		args = args[1:]
	}
	e.Detail = gist(args)
	screen := len(args) == 0 || args[0] == "review" || args[0] == plainFlag
	now := s.o.Clock()
	if err := s.hub.join(l, key.Name, screen, now); err != nil {
		e.What, e.Detail = "refused", err.Error()
		s.log.write(e)
		return tell(talk, exitFailed, err.Error())
	}
	defer s.hub.leave(l)
	l.guest.work(1)
	defer l.guest.work(-1)
	code := 0
	e.What = "command"
	if screen {
		e.What = "open"
		s.log.write(e)
		e.What = "close"
	}
	defer func() {
		ms := s.o.Clock().Sub(now).Milliseconds()
		e.Acts, e.Code, e.Millis = int(l.acts.Load()), &code, &ms
		if cause := context.Cause(l.ctx); cause != nil && screen {
			if errors.Is(cause, context.Canceled) { // of the connection
				cause = errGone
			}
			e.Detail = strings.TrimSpace(e.Detail + " (" + cause.Error() + ")")
		}
		s.log.write(e)
	}()
	code = s.work(sess, l, key.Name, screen, args, talk)
	return code
}

// work shows the screens or runs a command. A fault in it is not the server's, and
// nobody's idea of success: who exports to a file must see that it is not whole.
func (s *Server) work(sess ssh.Session, l *line, who string, screen bool, args []string, talk io.Writer) (code int) {
	defer func() {
		if r := recover(); r != nil {
			faults{s.log}.Printf("panic: %v\n%s", r, debug.Stack())
			code = tell(talk, exitFailed, "a fault of the program ended this. What was shown as saved is saved; the server's log says more")
		}
	}()
	st := store.For(lineStore{s.o.Store, l, s.news}, who)
	if screen {
		return s.screens(sess, l, st, who, args, talk)
	}
	return s.command(sess, l, st, who, args, talk)
}

// gist is what the access log keeps of a command: its name and what it is about.
// Behind these stand tags, notes and confidential words, which are the store's to
// show and to withhold.
func gist(args []string) string {
	n := min(len(args), 2)
	if n == 2 && strings.HasPrefix(args[1], "-") {
		n = 1
	}
	return strings.Join(args[:n], " ")
}

// tell says a line of talk and returns the exit code.
func tell(w io.Writer, code int, words string) int {
	_, _ = fmt.Fprintln(w, annotations.Visible("stet: "+words)) // whoever has gone need not be told
	return code
}

// screens shows the screens, or the same in lines, until the reviewer leaves or
// the session ends.
func (s *Server) screens(sess ssh.Session, l *line, st store.Store, who string, args []string, talk io.Writer) int {
	inLines := slices.Contains(args, plainFlag) || slices.Contains(l.env, accessible)
	args = slices.DeleteFunc(args, func(arg string) bool { return arg == plainFlag })
	option := slices.IndexFunc(args, func(arg string) bool { return strings.HasPrefix(arg, "-") })
	switch {
	case option >= 0:
		return tell(talk, exitUsage, fmt.Sprintf("%q is no option of the screens over SSH; %s is the only one. Nothing was done", annotations.Visible(args[option]), plainFlag))
	case len(args) > 2:
		return tell(talk, exitUsage, "review takes one article. Nothing was done")
	case inLines && l.term != "": // whoever types has no line editor there
		return tell(talk, exitUsage, "lines need a session without a terminal: ssh -T HOST review --plain. Nothing was done")
	case inLines:
	case l.term == "" && len(args) == 0:
		return tell(talk, exitUsage, "the screens need a terminal, and this session has none: ssh -t asks for one. Without, give a command: ssh HOST list. Nothing was done")
	case l.term == "":
		return tell(talk, exitUsage, "review needs a terminal: ssh -t asks for one. Without, ssh -T HOST review --plain does the same in lines. Nothing was done")
	case l.term == "dumb":
		return tell(talk, exitUsage, "the screens need a terminal that can place its cursor, and TERM is dumb. ssh -T HOST review --plain does the same in lines, and everything has a command: ssh HOST list. Nothing was done")
	}
	o := s.o.Screens
	o.Article = annotations.Desk
	if len(args) == 2 {
		var err error
		if o.Article, err = store.Find(l.ctx, st, args[1]); err != nil {
			return tell(talk, exitFailed, err.Error())
		}
	}
	var err error
	if o.Session, err = store.NewSession(who, s.o.Tool); err != nil {
		return tell(talk, exitFailed, err.Error())
	}
	l.session = o.Session.ID
	stop, again := after(s.o.Idle, func() { l.end(errIdle) })
	defer stop()
	o.Store, o.Clock, o.Remote = st, s.o.Clock, true
	o.Company = &company{Member: l.member, ctx: l.ctx, st: st, news: s.news, who: who, asked: -1}
	o.Import, o.Editor, o.Files = nil, nil, false // nothing of the server's machine
	o.Rescue = filepath.Join(s.o.State, fmt.Sprintf("rescue-%s-%s.jsonl", s.o.Clock().UTC().Format("20060102T150405"), o.Session.ID))
	o.Reports, o.Drafts = s.o.State, filepath.Join(s.o.State, "drafts")
	o.Environ, o.Size, o.Sizes = l.environ(), l.size, l.sizes
	o.Output = s.writer(l, sess)
	if inLines {
		o.Input = &keyboard{from: sess, touched: again, gone: func() {}} // its end leaves
		err = tui.RunPlain(l.ctx, o, false)
	} else {
		o.Input = &keyboard{from: sess, touched: again, gone: func() { l.end(errGone) }}
		err = tui.Run(l.ctx, o)
	}
	if err != nil {
		return tell(talk, exitFailed, err.Error())
	}
	return s.farewell(l, talk)
}

// plainFlag asks for lines in place of screens, and so does the variable, as it does
// on the client's own machine.
const (
	plainFlag  = "--plain"
	accessible = "ACCESSIBLE=1"
)

// farewell says why a session was ended.
func (s *Server) farewell(l *line, talk io.Writer) int {
	const safe = ". What was shown as saved is saved"
	switch cause := context.Cause(l.ctx); {
	case errors.Is(cause, errIdle):
		return tell(talk, exitOK, fmt.Sprintf("closed: nothing was typed for %v%s", s.o.Idle, safe))
	case errors.Is(cause, errStopping):
		return tell(talk, exitOK, "closed: the server is stopping"+safe)
	case errors.Is(cause, errKey):
		return tell(talk, exitFailed, "closed: your key was taken off the list"+safe)
	}
	return exitOK
}

// command runs a command for the client.
func (s *Server) command(sess ssh.Session, l *line, st store.Store, who string, args []string, talk io.Writer) int {
	if s.o.Command == nil {
		return tell(talk, exitUsage, "there are no commands here. Nothing was done")
	}
	stop, again := after(s.o.Idle, func() { l.end(errIdle) })
	defer stop()
	code := s.o.Command(l.ctx, Call{
		Who: who, Store: st, Args: args,
		Stdin:  l.input(&keyboard{from: sess, touched: again, gone: func() {}}),
		Stdout: s.writer(l, &busy{sess, again}), Stderr: talk,
		Environ: l.environ(), Terminal: l.term != "",
	})
	s.farewell(l, talk)
	return code
}

// keyboard reads what a client sends, and tells that it did.
type keyboard struct {
	from    io.Reader
	touched func()
	gone    func() // at the end of the input
}

// Read implements [io.Reader].
func (k *keyboard) Read(p []byte) (int, error) {
	n, err := k.from.Read(p)
	if n > 0 {
		k.touched()
	}
	if err != nil {
		k.gone()
	}
	return n, err
}

// busy counts output as a sign of life: a long export types nothing.
type busy struct {
	to    io.Writer
	again func()
}

// Write implements [io.Writer].
func (b *busy) Write(p []byte) (int, error) {
	b.again()
	return b.to.Write(p)
}

// patient hangs up on a client that takes no output for a while: whoever writes
// to it waits, and nothing else would end that.
type patient struct {
	to     io.Writer
	stall  time.Duration
	hangUp func()
}

// piece is what must go out within a stall, in bytes.
const piece = 16 << 10

func (s *Server) writer(l *line, to io.Writer) io.Writer {
	return &patient{to: to, stall: s.o.Stall, hangUp: func() {
		l.end(errStall)
		_ = l.guest.Close()
	}}
}

// Write implements [io.Writer].
func (w *patient) Write(p []byte) (int, error) {
	stop, again := after(w.stall, w.hangUp)
	defer stop()
	n := 0
	for {
		again()
		some := p[n:min(n+piece, len(p))]
		m, err := w.to.Write(some)
		if n += min(m, len(some)); err != nil || n == len(p) {
			return n, err
		}
	}
}
