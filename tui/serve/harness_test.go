package serve_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
	"stet.example/stet/tui/serve"
	"stet.example/stet/tui/tuitest"
)

// soon is how long anything may take that ought to happen.
const soon = 20 * time.Second

func signer(tb testing.TB) gossh.Signer {
	tb.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := gossh.NewSignerFromKey(private)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// keyLine is the line of a file of keys.
func keyLine(key gossh.Signer, rest string) string {
	return strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key.PublicKey()))) + " " + rest + "\n"
}

// house is a running server with a store, an article and three people.
type house struct {
	tb       testing.TB
	st       store.Store
	id       annotations.ArticleID
	addr     string
	keysPath string
	keys     map[string]gossh.Signer
	srv      *serve.Server
	log      *lockedBuffer
	stop     context.CancelFunc
	ended    chan error
	once     sync.Once
	err      error
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// open starts a server for ana and ben, who review, and lea, who leads.
func open(tb testing.TB, change ...func(*serve.Options)) *house {
	tb.Helper()
	return openFor(tb, []string{"ana", "ben", "lea lead"}, 12, change...)
}

func openFor(tb testing.TB, people []string, sentences int, change ...func(*serve.Options)) *house {
	tb.Helper()
	return openOn(tb, storetest.New(tb), people, sentences, change...)
}

// openOn starts a server on a store that the test has opened.
func openOn(tb testing.TB, st store.Store, people []string, sentences int, change ...func(*serve.Options)) *house {
	tb.Helper()
	h := &house{tb: tb, st: st, keys: map[string]gossh.Signer{}, log: &lockedBuffer{}, ended: make(chan error, 1)}
	h.id = storetest.Import(tb, h.st, storetest.Session(tb, "lea"), storetest.Article(tb, "ferries", sentences))
	dir := tb.TempDir()
	h.keysPath = filepath.Join(dir, "authorized_keys")
	var file strings.Builder
	for _, who := range people {
		name, _, _ := strings.Cut(who, " ")
		h.keys[name] = signer(tb)
		file.WriteString(keyLine(h.keys[name], who))
	}
	h.write(file.String())
	keys, err := serve.OpenKeys(h.keysPath)
	if err != nil {
		tb.Fatal(err)
	}
	host, _, err := serve.HostKey(filepath.Join(dir, "host"))
	if err != nil {
		tb.Fatal(err)
	}
	team, err := serve.TeamOf(keys.List())
	if err != nil {
		tb.Fatal(err)
	}
	if !team.Empty() {
		if _, err := store.Do(tb.Context(), h.st, storetest.Session(tb, "lea"), annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team}); err != nil {
			tb.Fatal(err)
		}
	}
	o := serve.Options{
		Store: h.st, Keys: keys, HostKey: host, Tool: "stet test", State: dir, Log: h.log, Watch: 20 * time.Millisecond,
		Screens: tui.Options{Version: "test", Mouse: true}, Command: command,
	}
	for _, f := range change {
		f(&o)
	}
	if h.srv, err = serve.New(o); err != nil {
		tb.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	h.addr = l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	h.stop = cancel
	go func() { h.ended <- h.srv.Serve(ctx, l) }()
	tb.Cleanup(func() { _ = h.end() })
	return h
}

// end stops the server and waits for it.
func (h *house) end() error {
	h.once.Do(func() {
		h.stop()
		select {
		case h.err = <-h.ended:
		case <-time.After(soon):
			h.tb.Error("the server does not stop")
		}
	})
	return h.err
}

func (h *house) write(keys string) {
	h.tb.Helper()
	if err := os.WriteFile(h.keysPath, []byte(keys), 0o600); err != nil {
		h.tb.Fatal(err)
	}
}

// dial logs in with keys, offered in this order.
func (h *house) dial(user string, keys ...gossh.Signer) (*gossh.Client, error) {
	return h.dialWith(user, gossh.PublicKeys(keys...))
}

func (h *house) dialWith(user string, auth ...gossh.AuthMethod) (*gossh.Client, error) {
	return gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		User: user, Auth: auth, HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: underLoad, //nolint:gosec // the test's own server
	})
}

// as logs somebody in.
func (h *house) as(who string) *gossh.Client {
	h.tb.Helper()
	c, err := h.dial("whoever", h.keys[who])
	if err != nil {
		h.tb.Fatalf("%s cannot log in: %v", who, err)
	}
	h.tb.Cleanup(func() { _ = c.Close() })
	return c
}

// ssh runs a command and returns what it printed and its exit code; -1 when it
// was refused.
func ssh(tb testing.TB, c *gossh.Client, line, input string) (stdout, stderr string, code int) {
	tb.Helper()
	sess, err := c.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	defer sess.Close() //nolint:errcheck // closed by the server before
	var out, talk bytes.Buffer
	sess.Stdin, sess.Stdout, sess.Stderr = strings.NewReader(input), &out, &talk
	err = sess.Run(line)
	var exit *gossh.ExitError
	switch {
	case errors.As(err, &exit):
		code = exit.ExitStatus()
	case err != nil:
		code = -1
	}
	return out.String(), talk.String(), code
}

// screen opens the screens for a client.
func screen(tb testing.TB, c *gossh.Client, w, h int, command string, env ...string) (*tuitest.Screen, *gossh.Session) {
	tb.Helper()
	sess, err := c.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	for _, kv := range env {
		k, v, _ := strings.Cut(kv, "=")
		_ = sess.Setenv(k, v) // what is refused is part of the test
	}
	if err := sess.RequestPty("xterm-256color", h, w, nil); err != nil {
		tb.Fatal(err)
	}
	keys, err := sess.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	return tuitest.Start(tb, w, h, func(ctx context.Context, in io.Reader, out io.Writer) error {
		sess.Stdout, sess.Stderr = out, out
		var err error
		if command == "" {
			err = sess.Shell()
		} else {
			err = sess.Start(command)
		}
		if err != nil {
			return err
		}
		go io.Copy(keys, in) //nolint:errcheck // ends with the session
		defer context.AfterFunc(ctx, func() { _ = sess.Close() })()
		return sess.Wait()
	}), sess
}

// command is what the server under test offers without a terminal.
func command(ctx context.Context, c serve.Call) int {
	switch {
	case c.Args[0] == "words":
		fmt.Fprintf(c.Stdout, "%s %q %v %v\n", c.Who, c.Args[1:], c.Environ, c.Terminal)
	case c.Args[0] == "cat":
		if _, err := io.Copy(c.Stdout, c.Stdin); err != nil {
			return 1
		}
	case c.Args[0] == "flood":
		page := bytes.Repeat([]byte("all work and no play\n"), 3000)
		for ctx.Err() == nil {
			if _, err := c.Stdout.Write(page); err != nil {
				return 1
			}
		}
		return 1
	case c.Args[0] == "panic":
		panic("a fault of its own")
	case c.Args[0] == "tag" && len(c.Args) == 3:
		return tag(ctx, c)
	default:
		fmt.Fprintln(c.Stderr, "what?")
		return 2
	}
	return 0
}

// tag gives sentence N a tag, and says so when it is saved.
func tag(ctx context.Context, c serve.Call) int {
	var n annotations.SentenceID
	if _, err := fmt.Sscan(c.Args[1], &n); err != nil {
		return 2
	}
	list, err := c.Store.Articles(ctx, c.Who, annotations.Desk, 1)
	if err != nil || len(list) == 0 {
		return 1
	}
	var rev uint64
	rows, err := c.Store.State(ctx, list[0].ID, n, n+1, 1000)
	for _, r := range rows {
		if r.Reviewer == c.Who {
			rev = r.Annotation.Rev
		}
	}
	sess, err2 := store.NewSession(c.Who, "stet test")
	if err := errors.Join(err, err2); err != nil {
		fmt.Fprintln(c.Stderr, err)
		return 1
	}
	if _, err := store.Do(ctx, c.Store, sess, list[0].ID, storetest.Tag(n, rev, c.Args[2])); err != nil {
		fmt.Fprintln(c.Stderr, err)
		return 1
	}
	fmt.Fprintln(c.Stdout, "Saved.")
	return 0
}

// eventually waits for a state.
func eventually(tb testing.TB, what string, is func() bool) {
	tb.Helper()
	within(tb, soon, what, is)
}

func within(tb testing.TB, limit time.Duration, what string, is func() bool) {
	tb.Helper()
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-deadline.C:
			tb.Fatalf("this did not come about: %s", what)
		case <-tick.C:
		}
	}
}

// said counts what somebody said of the article.
func (h *house) said(who string) int {
	h.tb.Helper()
	rows, err := h.st.State(context.Background(), h.id, 1, ^annotations.SentenceID(0), 1<<20)
	if err != nil {
		h.tb.Fatal(err)
	}
	n := 0
	for _, r := range rows {
		if r.Reviewer == who {
			n++
		}
	}
	return n
}

// wait waits for a session to end, well or badly.
func wait(tb testing.TB, s *tuitest.Screen) {
	tb.Helper()
	select {
	case <-s.Ended:
	case <-time.After(soon):
		tb.Fatal("the session does not end")
	}
}
