package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/attach"
	"stet.example/stet/tui"
	"stet.example/stet/tui/serve"
)

// serveOptions are the flags of `stet serve`.
type serveOptions struct {
	listen  string
	keys    string
	hostKey string
	idle    time.Duration
	most    int
	log     string
}

// loopback is where a server listens unless it is told otherwise.
const loopback = "127.0.0.1:2222"

func newServe(a *app) *cobra.Command {
	var o serveOptions
	c := &cobra.Command{
		Use:   "serve",
		Short: "the same screens and commands over SSH, for many at a time",
		Long: `Opens the store once and serves it over SSH: with a terminal the screens,
without one the commands that read and write the store (ssh HOST list). What
needs files, programs or the network of this machine is refused there. Everybody
sees and does what the team of the store allows them (stet team).

Whoever has a key in the file of keys may log in; the key that signs says who it
is, and the user name given to ssh is not heeded. A line is a line of OpenSSH's
authorized_keys, with the person's name behind the key, or before it:

  ssh-ed25519 AAAA… ana
  ssh-ed25519 AAAA… lea lead
  name="ben",role="reviewer" ssh-ed25519 AAAA… any comment

Roles in it make the team of a store that has none; where there is a team, its
roles hold. The file and its folders may be writable by nobody else. It is read
again when it has changed, and who is taken out of it is logged out.

It listens on this machine only, unless --listen says otherwise. Interrupt it to
stop: every session is ended and what was done in it is saved.

` + exitWords,
		Example: `  stet serve --keys team.keys
  stet serve --listen :2222 --log access.jsonl
  ssh -p 2222 -t 127.0.0.1
  ssh -p 2222 127.0.0.1 export --format csv > all.csv`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runServe(cmd.Context(), a, o, nil) },
	}
	f := c.Flags()
	f.StringVar(&o.listen, "listen", loopback, "`ADDRESS` to listen on, as HOST:PORT")
	f.StringVar(&o.keys, "keys", "", "`FILE` of who may log in (default: authorized_keys beside the configuration)")
	f.StringVar(&o.hostKey, "host-key", "", "`FILE` of the server's own key, made when missing (default: in the state folder)")
	f.DurationVar(&o.idle, "idle", 30*time.Minute, "end a session in which nothing was typed for such a `TIME`")
	f.IntVar(&o.most, "max-sessions", 200, "`N` sessions at a time; one person may have half of them")
	f.StringVar(&o.log, "log", "-", "`FILE` for the access log, JSON Lines; - is standard error")
	f.SortFlags = false
	return c
}

func (o *serveOptions) check() error {
	if o.idle < time.Second {
		return usage("--idle is %v; the least is 1s", o.idle)
	}
	if o.most < 1 || o.most > 100_000 {
		return usage("--max-sessions is %d, not between 1 and 100000", o.most)
	}
	if _, _, err := net.SplitHostPort(o.listen); err != nil {
		return usage("--listen: %v", err)
	}
	return nil
}

// runServe serves until ctx ends. ready, if not nil, is told the address.
func runServe(ctx context.Context, a *app, o serveOptions, ready func(net.Addr)) error {
	if err := o.check(); err != nil {
		return err
	}
	set, err := a.settings()
	if err != nil {
		return err
	}
	path := orElse(o.keys, filepath.Join(filepath.Dir(set.configPath), "authorized_keys"))
	keys, err := serve.OpenKeys(path)
	if err != nil {
		return fmt.Errorf("nobody was let in: %w", err)
	}
	host, made, err := serve.HostKey(orElse(o.hostKey, filepath.Join(a.stateFolder(), "ssh_host_ed25519_key")))
	if err != nil {
		return err
	}
	log, closeLog, err := a.accessLog(o.log)
	if err != nil {
		return err
	}
	defer closeLog()
	return a.withStore(ctx, "serve", true, func(d *desk) error {
		if d.attached() { // through another program one acts in one's own name only
			return &store.Error{Kind: store.ErrHeld, What: d.heldBy(), Safe: "Nothing was changed", Next: "End it and serve again; as long as stet serves, others may join"}
		}
		// Before anything is stored: who cannot be reached makes no team.
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", o.listen)
		if err != nil {
			return fmt.Errorf("%s cannot be listened on: %w. Nothing was changed in the store. Give another address with --listen", o.listen, err)
		}
		defer l.Close() //nolint:errcheck // the server closes it before
		if err := d.firstTeam(ctx, keys.List()); err != nil {
			return err
		}
		v, _ := a.build()
		s, err := serve.New(serve.Options{
			Store: store.Whole(d.Store), Keys: keys, HostKey: host, Tool: a.tool(), State: a.stateFolder(), Log: log, Clock: a.clock,
			Screens: tui.Options{
				Keys: set.keys, KeysAt: set.configPath, Color: "auto", Theme: set.theme.value, Mouse: set.mouse, Suggest: set.suggest, Version: v,
			},
			Command:     func(ctx context.Context, c serve.Call) int { return a.serveCommand(ctx, c) },
			MaxSessions: o.most, Idle: o.idle, Crowd: d.crowd(),
		})
		if err != nil {
			return err
		}
		ctx, fallen := d.untilFallen(ctx)
		a.announce(l.Addr(), keys.List(), host, made)
		if ready != nil {
			ready(l.Addr())
		}
		return errors.Join(s.Serve(ctx, l), fallen())
	})
}

// heldBy says which program has the store open that this one works through.
func (d *desk) heldBy() string {
	if s, ok := store.Whole(d.Store).(*attach.Store); ok {
		if who, ok := s.Owner(); ok {
			return fmt.Sprintf("the store is held by pid %d (%s)", who.PID, who.Program)
		}
	}
	return "another program has the store open"
}

// untilFallen is a context that ends when the disk fails under the store: nothing
// can be saved by this process any more, and another can take the store only once
// it has let go of it. fallen tells whether that was so.
func (d *desk) untilFallen(ctx context.Context) (_ context.Context, fallen func() error) {
	s, ok := store.Whole(d.Store).(*attach.Store)
	if !ok {
		return ctx, func() error { return nil }
	}
	ctx, stop := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-s.Fallen():
			_, err := s.Stat(ctx)
			stop(err)
		case <-ctx.Done():
		}
	}()
	return ctx, func() error {
		defer stop(nil)
		if err := context.Cause(ctx); errors.Is(err, store.ErrPoisoned) {
			return err
		}
		return nil
	}
}

// announce says where the server is and how to reach it.
func (a *app) announce(at net.Addr, keys []serve.Key, host gossh.Signer, made bool) {
	people := map[string]bool{}
	for i := range keys {
		people[keys[i].Name] = true
	}
	who := fmt.Sprintf("%d people", len(people))
	if len(people) == 1 {
		who = "1 person"
	}
	a.say("serving %s on %s; interrupt it to stop", who, at)
	what := "host key"
	if made {
		what = "new host key"
	}
	a.say("%s %s", what, gossh.FingerprintSHA256(host.PublicKey()))
	if tcp, ok := at.(*net.TCPAddr); ok {
		if tcp.IP.IsLoopback() {
			a.say("from this machine: ssh -t -p %d %s", tcp.Port, tcp.IP)
		} else {
			a.say("note: it can be reached from other machines")
		}
	}
}

func orElse(value, otherwise string) string {
	if value != "" {
		return value
	}
	return otherwise
}

// accessLog opens the access log, for its owner alone.
func (a *app) accessLog(path string) (io.Writer, func(), error) {
	if path == "-" {
		return a.stderr, func() {}, nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("the access log cannot be written: %w. Give another file with --log", err)
	}
	return f, func() { _ = f.Close() }, nil
}

// firstTeam gives a store without a team the one of the file of keys, and says
// who may log in but does not belong to the team that holds.
func (d *desk) firstTeam(ctx context.Context, keys []serve.Key) error {
	team, err := d.Team(ctx)
	if err != nil {
		return err
	}
	if team.Empty() {
		first, err := serve.TeamOf(keys)
		switch {
		case err != nil:
			return fmt.Errorf("the roles of the file of keys make no team: %w. Nothing was changed", err)
		case first.Empty():
			d.say("note: there is no team: everybody who logs in may do and see everything. `stet team` sets one, and so do roles in the file of keys")
			return nil
		}
		if _, err := d.do(ctx, d.session, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &first}); err != nil {
			return err
		}
		d.say("the store had no team; it has that of the file of keys now (%s)", plural(len(first.Members), "member"))
		return nil
	}
	told := map[string]bool{}
	for i := range keys {
		k := &keys[i]
		switch role := team.RoleOf(k.Name); {
		case told[k.Name]:
		case role == "":
			told[k.Name] = true
			d.say("note: %s has a key but does not belong to the team, and can change nothing. `stet team set` adds members", k.Name)
		case k.Role != "" && k.Role != role:
			told[k.Name] = true
			d.say("note: %s is a %s in the file of keys and a %s in the team, and the team's role holds. `stet team set %s %s` changes it", k.Name, k.Role, role, store.ShellWord(k.Name), k.Role)
		}
	}
	return nil
}

// kept is a store that a command must not close.
type kept struct{ store.Store }

// Close implements [store.Store].
func (kept) Close() error { return nil }

// onShared is the desk of a command that works on the open store of a server.
func (a *app) onShared(s *store.Session) *desk {
	return &desk{
		app: a, Store: kept{a.shared}, session: s,
		books: map[annotations.Hash]*annotations.Codebook{}, cuts: map[annotations.ArticleID][]annotations.Sentence{},
	}
}

// errNotServed begins every refusal of what is not offered over SSH.
var errNotServed = errors.New("not over SSH")
