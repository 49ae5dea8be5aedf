package serve

import (
	"context"
	"strings"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/annotations"
	"stet.example/stet/store/attach"
	"stet.example/stet/tui"
)

// Bounds on what a session may ask of its terminal.
const (
	maxWidth    = 500 // cells
	maxHeight   = 250 // cells
	maxChannels = 10  // sessions of one connection, as sshd's MaxSessions
	maxEnviron  = 32  // variables
	maxValue    = 256 // bytes of a variable
)

// line is a session: a channel of a client's connection, from its opening to its
// end. What the gate writes before the session starts, the session reads.
type line struct {
	ctx   context.Context //nolint:containedctx // it is the session
	end   context.CancelCauseFunc
	guest *guest
	term  string // of the client's terminal, "" without one
	size  tui.Size
	sizes chan tui.Size // the newest size that was not taken up yet
	env   []string      // KEY=value

	presence Presence              // guarded by the hub
	member   *attach.Member        // among those at the screens; nil for a command. Set by the hub
	session  annotations.SessionID // of what the screens save
	acts     counter
}

type lineKey struct{}

// lineContext is a connection's context that knows the session.
type lineContext struct {
	ssh.Context
	line *line
}

// Value implements [context.Context].
func (c lineContext) Value(key any) any {
	if key == (lineKey{}) {
		return c.line
	}
	return c.Context.Value(key)
}

type guestKey struct{}

// session handles a channel of the type session: it stands between the client and
// the library's handler, which would take any variable, allow agents, keep every
// resize for whoever reads it and wait until somebody does.
func (s *Server) session(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	g, _ := ctx.Value(guestKey{}).(*guest)
	if g == nil || !g.channel(1, maxChannels) {
		_ = asked.Reject(gossh.ResourceShortage, "too many sessions on this connection")
		return
	}
	defer g.channel(-1, maxChannels)
	l := &line{guest: g, sizes: make(chan tui.Size, 1)}
	l.ctx, l.end = context.WithCancelCause(ctx)
	// The library returns when the client has closed the channel.
	defer l.end(errGone)
	ssh.DefaultSessionHandler(srv, conn, &gate{NewChannel: asked, line: l}, lineContext{ctx, l})
}

// gate passes on what a session may ask for.
type gate struct {
	gossh.NewChannel
	line *line
}

// Accept implements [gossh.NewChannel].
func (g *gate) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, in, err := g.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	out := make(chan *gossh.Request)
	go func() {
		defer close(out)
		started := false
		for req := range in {
			if !g.line.pass(req, started) {
				continue
			}
			started = started || req.Type == "shell" || req.Type == "exec"
			select {
			case out <- req:
			case <-g.line.ctx.Done():
				_ = req.Reply(false, nil)
			}
		}
	}()
	return ch, out, nil
}

// pass answers a request, or reports that it goes on to the library.
func (l *line) pass(req *gossh.Request, started bool) bool {
	ok := false
	switch req.Type {
	case "pty-req":
		if !started && l.terminal(req) {
			return true
		}
	case "shell":
		if !started {
			return true
		}
	case "exec":
		var command struct{ Line string }
		if !started && gossh.Unmarshal(req.Payload, &command) == nil { // Split says in words what is too long
			return true
		}
	case "env":
		ok = !started && l.variable(req.Payload)
	case "window-change":
		var w struct{ Columns, Rows, Width, Height uint32 }
		if ok = l.term != "" && gossh.Unmarshal(req.Payload, &w) == nil; ok {
			l.resize(clamp(w.Columns, w.Rows))
		}
	case "signal":
		var sig struct{ Name string }
		if gossh.Unmarshal(req.Payload, &sig) == nil {
			switch sig.Name {
			case "INT", "TERM", "HUP", "QUIT", "KILL":
				l.end(errSignal)
			}
		}
	}
	_ = req.Reply(ok, nil)
	return false
}

// terminal takes a request for a terminal, and makes of it one that nothing
// behind can stumble over.
func (l *line) terminal(req *gossh.Request) bool {
	var pty struct {
		Term                         string
		Columns, Rows, Width, Height uint32
		Modes                        string
	}
	if l.term != "" || gossh.Unmarshal(req.Payload, &pty) != nil {
		return false
	}
	if pty.Term == "" { // where the client was started without TERM
		pty.Term = "unknown"
	}
	if !termName(pty.Term) {
		return false
	}
	l.term, l.size = pty.Term, clamp(pty.Columns, pty.Rows)
	pty.Columns, pty.Rows, pty.Width, pty.Height, pty.Modes = uint32(l.size.Width), uint32(l.size.Height), 0, 0, "\x00\x00\x00\x00" //nolint:gosec // clamped
	req.Payload = gossh.Marshal(pty)
	return true
}

// termName reports whether a terminal's name is one: it becomes part of a path
// where descriptions of terminals are looked up.
func termName(s string) bool {
	return s != "" && len(s) <= 64 && s[0] != '.' && strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+-._", r))
	}) < 0
}

// clamp makes a size that can be drawn; a client that does not know its own gets
// the usual one.
func clamp(columns, rows uint32) tui.Size {
	if columns == 0 || rows == 0 {
		return tui.Size{Width: 80, Height: 24}
	}
	return tui.Size{Width: int(min(columns, maxWidth)), Height: int(min(rows, maxHeight))}
}

// resize keeps the newest size only.
func (l *line) resize(z tui.Size) {
	for {
		select {
		case l.sizes <- z:
			return
		default:
		}
		select {
		case <-l.sizes:
		default:
		}
	}
}

// fromClient are the variables that a client may set: they describe its terminal
// and nothing else. TMUX is not among them, because asking tmux starts a program.
func fromClient(name string) bool {
	switch name {
	case "COLORTERM", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LANG", "LC_ALL", "LC_CTYPE", "LC_TIME", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "WT_SESSION", "COLUMNS", "ACCESSIBLE":
		return true
	}
	return false
}

func (l *line) variable(payload []byte) bool {
	var v struct{ Name, Value string }
	if gossh.Unmarshal(payload, &v) != nil || !fromClient(v.Name) || len(l.env) >= maxEnviron || len(v.Value) > maxValue {
		return false
	}
	if strings.IndexFunc(v.Value, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
		return false
	}
	l.env = append(l.env, v.Name+"="+v.Value)
	return true
}

// environ is all of the environment that the session knows.
func (l *line) environ() []string {
	env := append([]string{}, l.env...)
	if l.term != "" {
		// There is a terminal behind the output, though it is none of this machine's.
		env = append(env, "TERM="+l.term, "SSH_TTY=remote", "TTY_FORCE=1")
	}
	return env
}

// after calls f when d has passed; nothing when d is 0. It returns how to stop
// that, and how to begin anew.
func after(d time.Duration, f func()) (stop, again func()) {
	if d <= 0 {
		return func() {}, func() {}
	}
	t := time.AfterFunc(d, f)
	return func() { t.Stop() }, func() { t.Reset(d) }
}
