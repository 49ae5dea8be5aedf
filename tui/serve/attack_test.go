package serve_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// offered offers a public key, is told that it may sign, and then does not.
type offered struct{ stolen }

func (o offered) Sign(io.Reader, []byte) (*gossh.Signature, error) { return &gossh.Signature{}, nil }

// stolen offers a public key and signs with something else.
type stolen struct{ public gossh.PublicKey }

func (s stolen) PublicKey() gossh.PublicKey { return s.public }

func (s stolen) Sign(io.Reader, []byte) (*gossh.Signature, error) {
	return &gossh.Signature{Format: s.public.Type(), Blob: make([]byte, 64)}, nil
}

func TestWhoIsWho(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, lea := h.keys["ana"], h.keys["lea"]
	for name, c := range map[string]struct {
		user string
		auth []gossh.AuthMethod
		who  string // "" when nobody may come in
	}{
		"a key on the list":                                         {"x", []gossh.AuthMethod{gossh.PublicKeys(ana)}, "ana"},
		"another's name in the user field":                          {"lea", []gossh.AuthMethod{gossh.PublicKeys(ana)}, "ana"},
		"root in the user field":                                    {"root", []gossh.AuthMethod{gossh.PublicKeys(ana)}, "ana"},
		"an escape sequence in the user field":                      {"\x1b]0;lea\x07", []gossh.AuthMethod{gossh.PublicKeys(ana)}, "ana"},
		"a stolen public key":                                       {"lea", []gossh.AuthMethod{gossh.PublicKeys(stolen{lea.PublicKey()})}, ""},
		"a lead's key offered and not signed, then one's own":       {"lea", []gossh.AuthMethod{gossh.PublicKeys(offered{stolen{lea.PublicKey()}}, ana)}, "ana"},
		"a stolen public key, then one's own by a forged signature": {"lea", []gossh.AuthMethod{gossh.PublicKeys(stolen{ana.PublicKey()}, stolen{lea.PublicKey()})}, ""},
		"a lead's key offered last, never signed":                   {"lea", []gossh.AuthMethod{gossh.PublicKeys(signer(t), ana, stolen{lea.PublicKey()})}, "ana"},
		"a key that is on no list":                                  {"ana", []gossh.AuthMethod{gossh.PublicKeys(signer(t))}, ""},
		"a password":                                                {"ana", []gossh.AuthMethod{gossh.Password("ana")}, ""},
		"answers at the keyboard": {"ana", []gossh.AuthMethod{gossh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) {
			return []string{"ana"}, nil
		})}, ""},
		"nothing": {"ana", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := h.dialWith(c.user, c.auth...)
			if c.who == "" {
				if err == nil {
					_ = conn.Close()
					t.Error("somebody came in")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close() //nolint:errcheck // a test's own
			if out, _, code := ssh(t, conn, "words", ""); code != 0 || !strings.HasPrefix(out, c.who+" ") {
				t.Errorf("exit code %d; the session belongs to %q, not to %s", code, out, c.who)
			}
		})
	}
}

// The library asks once whether a key may sign. A key that was offered and
// allowed, but never signed, must not be who the session belongs to, whatever
// name came with it.
func TestAnOfferIsNoLogin(t *testing.T) {
	t.Parallel()
	h := open(t)
	conn, err := h.dial("lea", offered{stolen{h.keys["lea"].PublicKey()}}, h.keys["ben"])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // a test's own
	scr, _ := screen(t, conn, 80, 24, "review harbour")
	scr.WaitFor("Sentence 2 of ferries", "ben")
	scr.Type("s")
	scr.WaitFor("2 sourced. Saved.")
	if h.said("ben") != 1 || h.said("lea") != 0 {
		t.Error("the act stands under another name")
	}
}

func TestVariablesOfTheClientAreNotHeeded(t *testing.T) {
	t.Parallel()
	h := open(t)
	sess, err := h.as("ana").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, kv := range []string{"LD_PRELOAD=/tmp/evil.so", "STET_DB=/tmp/other.db", "STET_REVIEWER=lea", "PATH=/tmp", "HOME=/root", "XDG_CONFIG_HOME=/tmp", "EDITOR=/bin/sh", "TMUX=/tmp/x", "TERM=../../etc/passwd", "TTY_FORCE=1", "SSH_TTY=x"} {
		k, v, _ := strings.Cut(kv, "=")
		if sess.Setenv(k, v) == nil {
			t.Errorf("%s was taken", k)
		}
	}
	if sess.Setenv("COLORTERM", "true\x1bcolor") == nil || sess.Setenv("LANG", strings.Repeat("x", 5000)) == nil {
		t.Error("a value that is none was taken")
	}
	if err := sess.Setenv("COLORTERM", "truecolor"); err != nil {
		t.Errorf("what describes the terminal is refused: %v", err)
	}
	var out bytes.Buffer
	sess.Stdout = &out
	if err := sess.Run("words"); err != nil {
		t.Fatal(err)
	}
	if out.String() != "ana [] [COLORTERM=truecolor] false\n" {
		t.Errorf("the command saw %q", out.String())
	}
}

func TestATerminalsNameIsNoPath(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, term := range []string{"../../../etc/passwd", "/etc/passwd", "x\x1b[2J", strings.Repeat("x", 100), "..", "a/b"} {
		sess, err := h.as("ana").NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if sess.RequestPty(term, 24, 80, nil) == nil {
			t.Errorf("%q was taken as a terminal's name", term)
		}
		_ = sess.Close()
	}
}

// A client that was started without TERM says that its terminal has no name. It was told
// "PTY allocation request failed", by ssh itself and without a reason.
func TestATerminalWithoutANameIsATerminal(t *testing.T) {
	t.Parallel()
	h := open(t)
	sess, err := h.as("ana").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := sess.RequestPty("", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	out := &lockedBuffer{}
	sess.Stdout = out
	if err := sess.Start("review harbour"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the screen", func() bool { return strings.Contains(out.String(), "ferries") })
	if sess.RequestPty("", 24, 80, nil) == nil {
		t.Error("a second terminal was given")
	}
	_ = sess.Close()
}

func TestNothingIsForwarded(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("lea")
	if conn, err := c.Dial("tcp", h.addr); err == nil {
		_ = conn.Close()
		t.Error("a port was forwarded from the client")
	}
	if l, err := c.Listen("tcp", "127.0.0.1:0"); err == nil {
		_ = l.Close()
		t.Error("a port was forwarded to the client")
	}
	for _, kind := range []string{"direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "tun@openssh.com", "forwarded-tcpip"} {
		if ch, _, err := c.OpenChannel(kind, nil); err == nil {
			_ = ch.Close()
			t.Errorf("a channel %q was opened", kind)
		}
	}
	for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "no-such-request"} {
		if ok, _, err := c.SendRequest(kind, true, []byte("\x00\x00\x00\x00\x00\x00\x00\x00")); err != nil || ok {
			t.Errorf("the request %q: %v, %v", kind, ok, err)
		}
	}
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"auth-agent-req@openssh.com", "x11-req", "subsystem", "break", "no-such-request"} {
		if ok, err := sess.SendRequest(kind, true, gossh.Marshal(struct{ Name string }{"sftp"})); err != nil || ok {
			t.Errorf("the session's request %q: %v, %v", kind, ok, err)
		}
	}
	if sess.RequestSubsystem("sftp") == nil {
		t.Error("sftp was opened")
	}
}

func TestThereIsNoShell(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	for _, line := range []string{
		"words; rm -rf /", "words | sh", "words && id", "words $(id)", "words `id`", "words > /tmp/x", "words < /etc/passwd", "words\nid",
		"words \"$(id)\"", "words \"`id`\"", "words 'a", "words \"a", "words \\", "(words)", "words a\x00b", "words \x1b[2J", "words \xff", " ", "''; id",
	} {
		out, talk, code := ssh(t, c, line, "")
		if code == 0 || out != "" || strings.Contains(talk, "uid=") {
			t.Errorf("%q: exit code %d, %q, %q", line, code, out, talk)
		}
		if strings.ContainsAny(talk, "\x1b\x00\x07") {
			t.Errorf("%q comes back raw: %q", line, talk)
		}
	}
	if out, _, code := ssh(t, c, `words '; rm -rf /' '$(id)' \;`, ""); code != 0 || !strings.Contains(out, `["; rm -rf /" "$(id)" ";"]`) {
		t.Errorf("quoted, they are words: exit code %d, %q", code, out)
	}
}

func TestCommandLinesHaveAnEnd(t *testing.T) {
	t.Parallel()
	h := open(t)
	if out, _, code := ssh(t, h.as("ana"), "words "+strings.Repeat("x", 100_000), ""); code == 0 || out != "" {
		t.Errorf("a command of 100 kB was taken: exit code %d", code)
	}
}

func TestOneConnectionOpensFewSessions(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	n := 0
	for range 40 {
		if _, err := c.NewSession(); err == nil {
			n++
		}
	}
	if n != 10 {
		t.Errorf("%d sessions were opened on one connection, not 10", n)
	}
}

func TestHugeWindows(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, sess := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	before := len(ana.Raw())
	for range 200 {
		if err := sess.WindowChange(60000, 60000); err != nil {
			t.Fatal(err)
		}
		if err := sess.WindowChange(1<<31-1, 1<<31-1); err != nil {
			t.Fatal(err)
		}
	}
	if err := sess.WindowChange(24, 80); err != nil {
		t.Fatal(err)
	}
	ana.Type("s")
	eventually(t, "ana goes on working", func() bool { return h.said("ana") == 1 })
	if sent := len(ana.Raw()) - before; sent > 50<<20 {
		t.Errorf("%d bytes were sent for windows that nobody has", sent)
	}
	// One that says it is huge from the start, and one that has no size.
	for _, z := range []int{60000, 0} {
		s, err := h.as("ben").NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var out lockedBuffer
		s.Stdout = &out
		if err := errors.Join(s.RequestPty("xterm", z, z, nil), s.Shell()); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the desk is drawn", func() bool { return strings.Contains(out.String(), "harbour-post") })
		_ = s.Close()
	}
}
