package serve_test

import (
	"bytes"
	"crypto/rand"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/tui/serve"
)

// works wants somebody to be able to log in and save.
func (h *house) works(who string) {
	h.tb.Helper()
	if out, talk, code := ssh(h.tb, h.as(who), "words", ""); code != 0 || !strings.HasPrefix(out, who+" ") {
		h.tb.Errorf("%s cannot work: exit code %d, %q %q", who, code, out, talk)
	}
}

// A key that is given to a second person while the server runs stays the first's.
func TestAKeyListedAgainUnderAnotherName(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "")
	ana.WaitFor("harbour-post-2026-01-02", "ana")
	h.write(keyLine(h.keys["ana"], "ana") + keyLine(h.keys["ben"], "ben") + keyLine(h.keys["lea"], "lea lead") + keyLine(h.keys["ana"], "lea lead"))
	eventually(t, "the file is read", func() bool { return strings.Contains(h.log.String(), "a key belongs to one person") })
	h.works("ana")
	ana.Type("<enter>s")
	ana.WaitFor("2 sourced. Saved.")
	if h.said("ana") != 1 || h.said("lea") != 0 {
		t.Error("the act stands under another name")
	}
}

func TestUserNamesOfAnySize(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, n := range []int{1 << 10, 30 << 10, 200 << 10} {
		c, err := h.dial(strings.Repeat("x\x1b", n/2), h.keys["ana"])
		if err != nil {
			continue // a name that does not fit into a packet ends the connection
		}
		if out, _, code := ssh(t, c, "words", ""); code != 0 || !strings.HasPrefix(out, "ana ") {
			t.Errorf("a user name of %d bytes: exit code %d, %q", n, code, out)
		}
		_ = c.Close()
	}
	h.works("ben")
	if len(h.log.String()) > 64<<10 || strings.Contains(h.log.String(), "xxxx") {
		t.Errorf("the access log holds user names: %d bytes", len(h.log.String()))
	}
}

// Whoever tries key after key is hung up on, and is in nobody's way meanwhile.
func TestThousandsOfTriesToLogIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	var many []gossh.Signer
	for range 50 {
		many = append(many, signer(t))
	}
	if c, err := h.dial("ana", append(many, h.keys["ana"])...); err == nil {
		_ = c.Close()
		t.Error("the 51st key of one connection was looked at")
	}
	tries := 2000
	if testing.Short() {
		tries = 100
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range tries / 8 {
				if c, err := h.dial("ana", many[0]); err == nil {
					_ = c.Close()
					t.Error("an unknown key came in")
					return
				}
			}
		})
	}
	h.works("ben")
	all.Wait()
	h.works("ana")
}

func TestNewKeysInMidSession(t *testing.T) {
	t.Parallel()
	h := open(t)
	c, err := gossh.Dial("tcp", h.addr, &gossh.ClientConfig{
		Config: gossh.Config{RekeyThreshold: 1},                                                                                // the library makes it 256 bytes
		User:   "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.keys["ana"])}, HostKeyCallback: gossh.InsecureIgnoreHostKey(), //nolint:gosec // the test's own server
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // a test's own
	long := strings.Repeat("all work and no play\n", 5000)
	if out, _, code := ssh(t, c, "cat", long); code != 0 || out != long {
		t.Errorf("exit code %d, %d bytes of %d came back", code, len(out), len(long))
	}
	ana, _ := screen(t, c, 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	ana.Type("s")
	ana.WaitFor("2 sourced. Saved.")
}

// A client that asks for an agent, X11 or a tunnel is refused, and the server opens
// no channel to it.
func TestTheServerOpensNoChannels(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	var opened sync.Map
	for _, kind := range []string{"auth-agent@openssh.com", "auth-agent", "x11", "forwarded-tcpip", "forwarded-streamlocal@openssh.com", "tun@openssh.com"} {
		asked := c.HandleChannelOpen(kind)
		go func() {
			for ch := range asked {
				opened.Store(kind, true)
				_ = ch.Reject(gossh.Prohibited, "")
			}
		}()
	}
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	x11 := gossh.Marshal(struct {
		Single          bool
		Protocol, Cooky string
		Screen          uint32
	}{false, "MIT-MAGIC-COOKIE-1", strings.Repeat("ab", 16), 0})
	for name, payload := range map[string][]byte{"auth-agent-req@openssh.com": nil, "x11-req": x11, "eow@openssh.com": nil, "xon-xoff": {1}} {
		if ok, err := sess.SendRequest(name, true, payload); err != nil || ok {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
	var out bytes.Buffer
	sess.Stdout = &out
	if err := sess.Run("words"); err != nil || !strings.HasPrefix(out.String(), "ana") {
		t.Errorf("afterwards: %q, %v", out.String(), err)
	}
	opened.Range(func(kind, _ any) bool { t.Errorf("the server opened %v", kind); return true })
}

func TestSignals(t *testing.T) {
	t.Parallel()
	h := open(t)
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ben.WaitFor("Sentence 2 of ferries")
	for _, sig := range []gossh.Signal{gossh.SIGTERM, gossh.SIGKILL, gossh.SIGHUP, gossh.SIGINT, gossh.SIGQUIT} {
		ana, sess := screen(t, h.as("ana"), 80, 24, "review harbour")
		ana.WaitFor("Sentence 2 of ferries")
		for range 500 {
			if err := sess.Signal("USR1"); err != nil {
				t.Fatal(err)
			}
			if _, err := sess.SendRequest("signal", false, []byte{0xff, 0xff, 0xff, 0xff, 1}); err != nil {
				t.Fatal(err)
			}
		}
		ana.Type("s")
		ana.WaitFor("Saved.")
		if err := sess.Signal(sig); err != nil {
			t.Fatal(err)
		}
		wait(t, ana)
	}
	ben.Type("s")
	ben.WaitFor("2 sourced. Saved.")
}

func TestAStormOfResizes(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, sess := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	before := len(ana.Raw())
	for i := range 20_000 {
		if err := sess.WindowChange(10+i%200, 20+i%400); err != nil {
			t.Fatal(err)
		}
		if i%100 == 0 {
			if _, err := sess.SendRequest("window-change", false, []byte{1, 2, 3}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := sess.WindowChange(24, 80); err != nil {
		t.Fatal(err)
	}
	ana.Type("s")
	eventually(t, "ana goes on working", func() bool { return h.said("ana") == 1 })
	if sent := len(ana.Raw()) - before; sent > 50<<20 {
		t.Errorf("%d bytes were sent", sent)
	}
}

func TestFloodsOfRequests(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	for range 5000 {
		if _, _, err := c.SendRequest("keepalive@openssh.com", false, nil); err != nil {
			t.Fatal(err)
		}
	}
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	for range 2000 {
		if sess.Setenv("LANG", "C") == nil {
			taken++
		}
	}
	if taken > 32 {
		t.Errorf("%d variables were taken", taken)
	}
	_ = sess.Close()
	for range 500 { // opened and closed at once
		s, err := c.NewSession()
		if err != nil {
			continue // ten at a time; the server may still be closing some
		}
		_ = s.Close()
	}
	eventually(t, "ana can work", func() bool {
		s, err := c.NewSession()
		if err != nil {
			return false
		}
		out, err := s.Output("words")
		return err == nil && strings.HasPrefix(string(out), "ana")
	})
	h.works("ben")
}

func TestLongCommandLines(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	for _, n := range []int{70_000, 200_000, 255_000} {
		sess, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if out, err := sess.Output("words " + strings.Repeat("'a' ", n/4)); err == nil {
			t.Errorf("a command of %d bytes was run: %d bytes of output", n, len(out))
		}
		_ = sess.Close()
	}
	if out, _, code := ssh(t, c, "words "+strings.Repeat("a ", 3000), ""); code != 0 || strings.Count(out, `"a"`) != 3000 {
		t.Errorf("6,000 bytes are refused: exit code %d", code)
	}
}

// What speaks something else than SSH is hung up on.
func TestGarbageInPlaceOfSSH(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *serve.Options) { o.Grace = time.Second })
	noise := make([]byte, 1<<20)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	for name, sent := range map[string][]byte{
		"noise":                         noise,
		"zeros":                         make([]byte, 1<<20),
		"lines without end":             bytes.Repeat([]byte("SSH-"), 1<<18),
		"a million lines":               bytes.Repeat([]byte("x\r\n"), 1<<20),
		"a web browser":                 []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
		"TLS":                           {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03},
		"an old SSH":                    []byte("SSH-1.5-old\r\n"),
		"a banner, then noise":          append([]byte("SSH-2.0-x\r\n"), noise...),
		"a banner, then a huge packet":  append([]byte("SSH-2.0-x\r\n"), 0xff, 0xff, 0xff, 0xff, 0xff),
		"a banner, then an empty one":   append([]byte("SSH-2.0-x\r\n"), make([]byte, 64)...),
		"a banner, then a short packet": append([]byte("SSH-2.0-x\r\n"), 0, 0, 0, 12, 10, 20, 0, 0),
		"nothing":                       nil,
	} {
		c, err := net.Dial("tcp", h.addr)
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = c.Write(sent) }()
		_ = c.SetReadDeadline(time.Now().Add(soon))
		if _, err := io.Copy(io.Discard, c); err != nil && strings.Contains(err.Error(), "timeout") {
			t.Errorf("%s: the server does not hang up", name)
		}
		_ = c.Close()
	}
	h.works("ana")
	for line := range strings.Lines(h.log.String()) {
		if len(line) > 4096 || strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\x00\x1b\x07") {
			t.Errorf("the access log holds what was sent: %d bytes", len(line))
		}
	}
}

// Whoever has logged in and begins no session does not keep the door shut for
// others.
func TestConnectionsWithoutASession(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *serve.Options) { o.MaxSessions, o.MaxStarting, o.Grace = 4, 4, 700*time.Millisecond })
	work, _ := screen(t, h.as("lea"), 80, 24, "review harbour") // lasts longer than the grace
	work.WaitFor("Sentence 2 of ferries")
	for range 30 {
		c, err := h.dial("x", h.keys["ana"])
		if err != nil {
			break
		}
		t.Cleanup(func() { _ = c.Close() })
		_, _ = c.NewSession() // a channel in which nothing is asked for
	}
	eventually(t, "ben comes in", func() bool {
		c, err := h.dial("x", h.keys["ben"])
		if err != nil {
			return false
		}
		defer c.Close() //nolint:errcheck // a test's own
		s, err := c.NewSession()
		if err != nil {
			return false
		}
		out, err := s.Output("words")
		return err == nil && strings.HasPrefix(string(out), "ben")
	})
	work.Type("s")
	work.WaitFor("2 sourced. Saved.")
}
