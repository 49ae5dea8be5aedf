package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	"charm.land/wish/v2/recover"
	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/store"
	"stet.example/stet/store/attach"
	"stet.example/stet/tui"
)

// Options is what a server needs. Durations that are 0 get the value named.
type Options struct {
	Store   store.Store  // open; closed by the caller after Serve has returned
	Keys    *Keys        // who may log in
	HostKey gossh.Signer // by which clients know the server
	Tool    string       // name and version of the program, for the log of the store
	State   string       // folder for rescue files and reports of faults
	// Screens is what all screens have in common: Keys, Theme, Color, Mouse,
	// Suggest, Version. What concerns one session is set for each.
	Screens tui.Options
	// Command runs what a client asks for and returns its exit code; nil takes
	// commands away. It ends soon after ctx does.
	Command func(ctx context.Context, c Call) int
	Crowd   *attach.Crowd // who is at the screens of the store in other programs, too; nil: nobody is known there
	Log     io.Writer     // of the access log, a line a write; nil for none
	Clock   func() time.Time

	MaxSessions int           // at a time; 200. One person may have half of them
	MaxStarting int           // clients that have not logged in; 256
	Idle        time.Duration // without a key pressed; 30 minutes
	Grace       time.Duration // to log in, and then to begin a session; 20 seconds
	Stall       time.Duration // without a byte read by the client; 30 seconds
	Patience    time.Duration // for all sessions to end; 10 seconds
	Watch       time.Duration // between looks at the file of keys; 2 seconds
}

func (o *Options) defaults() {
	if o.Clock == nil {
		o.Clock = time.Now //nolint:forbidigo // the default clock
	}
	for _, d := range []struct {
		at    *time.Duration
		value time.Duration
	}{
		{&o.Idle, 30 * time.Minute}, {&o.Grace, 20 * time.Second}, {&o.Stall, 30 * time.Second}, {&o.Patience, 10 * time.Second}, {&o.Watch, 2 * time.Second},
	} {
		if *d.at == 0 {
			*d.at = d.value
		}
	}
	if o.MaxSessions == 0 {
		o.MaxSessions = 200
	}
	if o.MaxStarting == 0 {
		o.MaxStarting = 256
	}
}

// Server offers the screens over SSH.
type Server struct {
	o    Options
	ssh  *ssh.Server
	hub  *Hub
	log  *accessLog
	news *newsroom
}

// New makes a server. It opens nothing yet.
func New(o Options) (*Server, error) {
	o.defaults()
	if o.Store == nil || o.Keys == nil || o.HostKey == nil {
		return nil, errors.New("a server needs a store, keys and a host key")
	}
	s := &Server{o: o, hub: newHub(o.MaxSessions, o.Crowd), news: newNewsroom(o.Store), log: newAccessLog(o.Log, o.Clock)}
	srv, err := wish.NewServer(
		func(srv *ssh.Server) error { srv.AddHostKey(o.HostKey); return nil },
		wish.WithVersion("stet"),
		// Pure: it says which keys may sign. Whoever did is asked for afterwards.
		wish.WithPublicKeyAuth(func(_ ssh.Context, key ssh.PublicKey) bool { _, ok := o.Keys.Find(key); return ok }),
		wish.WithIdleTimeout(o.Idle+time.Minute), // of the connection; sessions end before
		wish.WithMiddleware(recover.MiddlewareWithLogger(faults{s.log}, func(ssh.Handler) ssh.Handler { return s.handle })),
	)
	if err != nil {
		return nil, fmt.Errorf("make the SSH server: %w", err)
	}
	srv.HandshakeTimeout = o.Grace
	srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.session}
	srv.RequestHandlers = map[string]ssh.RequestHandler{}
	srv.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
	srv.ConnCallback = func(ctx ssh.Context, c net.Conn) net.Conn {
		ctx.SetValue(guestKey{}, c)
		return c
	}
	srv.ServerConfigCallback = func(ctx ssh.Context) *gossh.ServerConfig {
		g, _ := ctx.Value(guestKey{}).(*guest)
		// Without ssh-rsa: it signs a SHA-1, of which two with the same value can be made.
		return &gossh.ServerConfig{MaxAuthTries: 8, PublicKeyAuthAlgorithms: gossh.SupportedAlgorithms().PublicKeyAuths, AuthLogCallback: func(_ gossh.ConnMetadata, _ string, err error) {
			if err == nil && g != nil {
				g.entered()
			}
		}}
	}
	srv.ConnectionFailedCallback = func(c net.Conn, err error) {
		s.log.write(Entry{What: "refused", Address: c.RemoteAddr().String(), Detail: err.Error()})
	}
	s.ssh = srv
	return s, nil
}

// faults writes panics of sessions to the access log.
type faults struct{ log *accessLog }

// Printf implements wish's logger.
func (f faults) Printf(format string, v ...any) {
	f.log.write(Entry{What: "fault", Detail: fmt.Sprintf(format, v...)})
}

// Hub returns who is there.
func (s *Server) Hub() *Hub { return s.hub }

// Serve takes clients from l until ctx ends, then closes l, ends every session
// and waits until what they did is saved, for Options.Patience at most. The error
// names the sessions that had not ended by then.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	defer neverStopped()()
	defer s.log.run(min(time.Second, s.o.Patience))()
	d := newDoor(l, s.o.MaxStarting, 2*s.o.MaxSessions+s.o.MaxStarting, s.o.Grace)
	s.log.write(Entry{What: "start", Address: l.Addr().String(), Key: gossh.FingerprintSHA256(s.o.HostKey.PublicKey())})
	failed := make(chan error, 1)
	go func() { failed <- s.ssh.Serve(d) }()
	watching, stopWatching := context.WithCancel(ctx)
	defer stopWatching()
	go s.watchKeys(watching)
	go s.news.run(watching)
	var err error
	select {
	case err = <-failed:
		err = fmt.Errorf("no more clients can be taken: %w", err)
	case <-ctx.Done():
	}
	_ = l.Close() // nobody may come in while the others leave
	return errors.Join(err, s.stop(d))
}

// stop ends every session.
func (s *Server) stop(d *door) error {
	gone := s.hub.stop()
	deadline := time.NewTimer(s.o.Patience)
	defer deadline.Stop()
	// A client that does not read keeps its session from ending politely.
	hangUp := time.AfterFunc(s.o.Patience/2, d.hangUp)
	defer hangUp.Stop()
	var err error
	select {
	case <-gone:
	case <-deadline.C:
		var left []string
		for _, p := range s.hub.Present() {
			left = append(left, p.Name)
		}
		err = fmt.Errorf("%d sessions did not end in %v (%s). What they were shown as saved is saved", len(left), s.o.Patience, strings.Join(left, ", "))
	}
	polite, cancel := context.WithTimeout(context.Background(), min(time.Second, s.o.Patience))
	defer cancel()
	if s.ssh.Shutdown(polite) != nil { // some clients never hang up
		_ = s.ssh.Close()
		d.hangUp()
	}
	s.log.write(Entry{What: "stop"})
	return err
}

// watchKeys ends sessions whose key has gone. A key must be missing at two looks,
// because some editors empty a file before they write it.
func (s *Server) watchKeys(ctx context.Context) {
	tick := time.NewTicker(s.o.Watch)
	defer tick.Stop()
	missing := map[uint64]bool{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.o.Keys.News(); err != nil {
			s.log.write(Entry{What: "keys", Detail: err.Error()})
		}
		now := map[uint64]bool{}
		for _, l := range s.hub.all() {
			if pub, _ := l.ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey); pub != nil {
				if k, ok := s.o.Keys.Find(pub); !ok || k.Name != l.presence.Name {
					if id := l.presence.Session; missing[id] {
						l.end(errKey)
					} else {
						now[id] = true
					}
				}
			}
		}
		missing = now
	}
}
