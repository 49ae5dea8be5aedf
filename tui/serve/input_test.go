package serve_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/tui/serve"
)

// waiting starts a command whose input stays open, and returns where to write to it
// and what ends with it.
func waiting(t *testing.T, c *gossh.Client, pty bool, command string) (keys io.Writer, out *lockedBuffer, ended <-chan error) {
	t.Helper()
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if pty {
		if err := sess.RequestPty("xterm", 24, 80, nil); err != nil {
			t.Fatal(err)
		}
	}
	if keys, err = sess.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out = &lockedBuffer{}
	sess.Stdout, sess.Stderr = out, out
	if err := sess.Start(command); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- sess.Wait() }()
	return keys, out, done
}

// failed wants a command to have ended, and not well.
func failed(t *testing.T, what string, ended <-chan error) {
	t.Helper()
	select {
	case err := <-ended:
		if err == nil {
			t.Errorf("%s: it is called a success", what)
		}
	case <-time.After(soon):
		t.Fatalf("%s: the command goes on", what)
	}
}

// Somebody begins to send a file and goes to lunch: the command waited for the rest
// for ever, with one of the person's sessions, whatever the server had decided.
func TestACommandThatWaitsForItsInputIsEnded(t *testing.T) {
	t.Parallel()
	t.Run("when nothing comes", func(t *testing.T) {
		t.Parallel()
		h := open(t, func(o *serve.Options) { o.Idle = 300 * time.Millisecond })
		_, out, ended := waiting(t, h.as("ana"), false, "cat")
		failed(t, "idle", ended)
		if !strings.Contains(out.String(), "nothing was typed for 300ms") {
			t.Errorf("nobody is told why: %q", out.String())
		}
	})
	t.Run("when the key is withdrawn", func(t *testing.T) {
		t.Parallel()
		h := open(t)
		keys, out, ended := waiting(t, h.as("ana"), false, "cat")
		if _, err := io.WriteString(keys, "half of it\n"); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the half is there", func() bool { return strings.Contains(out.String(), "half of it") })
		h.write(keyLine(h.keys["ben"], "ben") + keyLine(h.keys["lea"], "lea lead"))
		failed(t, "withdrawn", ended)
	})
	t.Run("when the server stops", func(t *testing.T) {
		t.Parallel()
		h := open(t, func(o *serve.Options) { o.Patience = time.Minute })
		_, _, ended := waiting(t, h.as("ana"), false, "cat")
		eventually(t, "the session is there", func() bool { return len(h.srv.Hub().Present()) == 1 })
		if err := h.end(); err != nil { // within a fraction of the patience
			t.Errorf("stop: %v", err)
		}
		failed(t, "stopped", ended)
	})
}

// With ssh -t the client sends ctrl+c as a key, and no line of a terminal stands in
// between that makes a signal of it: a long command could not be stopped.
func TestCtrlCEndsACommandAtATerminal(t *testing.T) {
	t.Parallel()
	h := open(t)
	keys, out, ended := waiting(t, h.as("ana"), true, "flood")
	eventually(t, "it runs", func() bool { return strings.Contains(out.String(), "no play") })
	if _, err := io.WriteString(keys, "typed ahead\x03"); err != nil {
		t.Fatal(err)
	}
	failed(t, "ctrl+c", ended)
}

// What is typed at a terminal comes as lines, and ctrl+d ends it. Without a terminal
// the same bytes are a file's.
func TestInputTypedAtATerminal(t *testing.T) {
	t.Parallel()
	h := open(t)
	keys, out, ended := waiting(t, h.as("ana"), true, "cat")
	if _, err := io.WriteString(keys, "one\rtwo\r\x04three"); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil || strings.ReplaceAll(out.String(), "\r", "") != "one\ntwo\n" {
			t.Errorf("%v, %q", err, out.String())
		}
	case <-time.After(soon):
		t.Fatal("ctrl+d does not end the input")
	}
	file := "\x03\x04\r\x00 a file \xff" + strings.Repeat("long ", 50_000)
	if out, _, code := ssh(t, h.as("ana"), "cat", file); code != 0 || out != file {
		t.Errorf("a file is changed on its way: exit code %d, %d bytes of %d", code, len(out), len(file))
	}
}

// The standard asks for an answer to every request that wants one: who asks for a
// shell in a session that runs already waited for ever.
func TestASecondShellIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	ch, reqs, err := h.as("ana").OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go gossh.DiscardRequests(reqs)
	line := gossh.Marshal(struct{ Line string }{"cat"})
	if ok, err := ch.SendRequest("exec", true, line); err != nil || !ok {
		t.Fatalf("exec: %v, %v", ok, err)
	}
	for _, kind := range []string{"exec", "shell"} {
		answered := make(chan bool, 1)
		go func() {
			ok, err := ch.SendRequest(kind, true, line)
			answered <- ok || err != nil
		}()
		select {
		case wrong := <-answered:
			if wrong {
				t.Errorf("a second %s is not refused", kind)
			}
		case <-time.After(soon):
			t.Fatalf("a second %s is not answered", kind)
		}
	}
}

// ssh-rsa signs a SHA-1; the same key signs better ones.
func TestSignaturesOfSHA1AreRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s, err := gossh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	h.write(keyLine(s, "rosa"))
	for algorithm, comesIn := range map[string]bool{gossh.KeyAlgoRSA: false, gossh.KeyAlgoRSASHA256: true, gossh.KeyAlgoRSASHA512: true} {
		only, err := gossh.NewSignerWithAlgorithms(s.(gossh.AlgorithmSigner), []string{algorithm}) //nolint:forcetypeassert // it is one
		if err != nil {
			t.Fatal(err)
		}
		c, err := h.dial("x", only)
		if (err == nil) != comesIn {
			t.Errorf("%s: %v", algorithm, err)
		}
		if err == nil {
			_ = c.Close()
		}
	}
}

// stuckLog takes nothing until it is let go.
type stuckLog struct {
	open chan struct{}
	into lockedBuffer
}

func (s *stuckLog) Write(p []byte) (int, error) {
	<-s.open
	return s.into.Write(p)
}

// The access log goes to a terminal that was halted with ctrl+s, or to a pipe that
// nobody reads: nobody could log in any more, and the server did not stop.
func TestALogThatTakesNothingHoldsUpNobody(t *testing.T) {
	t.Parallel()
	log := &stuckLog{open: make(chan struct{})}
	h := open(t, func(o *serve.Options) { o.Log, o.Patience = log, 2*time.Second })
	h.works("ana")
	c := h.as("ben")
	for range 1100 { // more than are kept
		if out, _, code := ssh(t, c, "words", ""); code != 0 || !strings.HasPrefix(out, "ben ") {
			t.Fatalf("exit code %d, %q", code, out)
		}
	}
	close(log.open)
	eventually(t, "the log goes on", func() bool { return strings.Contains(log.into.String(), `"name":"ana"`) })
	h.works("lea")
	eventually(t, "the log says what it lacks", func() bool { return strings.Contains(log.into.String(), `"what":"lost"`) })
	if err := h.end(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if !strings.Contains(log.into.String(), `"what":"stop"`) {
		t.Error("the last entry is not written")
	}
}

// fullLog is a disk without room for a while, which takes half of a line.
type fullLog struct {
	lockedBuffer
	room atomic.Bool
}

func (l *fullLog) Write(p []byte) (int, error) {
	if l.room.Load() {
		return l.lockedBuffer.Write(p)
	}
	n, _ := l.lockedBuffer.Write(p[:len(p)/2])
	return n, errors.New("no space left")
}

// The disk of the access log was full for a while: what was not written was counted
// nowhere, and half a line spoilt the whole one behind it.
func TestALogThatFailsCountsWhatItLacks(t *testing.T) {
	t.Parallel()
	log := &fullLog{}
	log.room.Store(true)
	h := open(t, func(o *serve.Options) { o.Log = log })
	eventually(t, "the log begins", func() bool { return strings.Contains(log.String(), `"what":"start"`) })
	log.room.Store(false)
	c := h.as("ana")
	for n := range 3 {
		ssh(t, c, "words", "")
		eventually(t, "half an entry", func() bool { return strings.Count(log.String(), `{"time"`) >= n+2 }) // or more: what was lost is told in vain, too
	}
	log.room.Store(true)
	ssh(t, c, "words", "")
	ssh(t, c, "words", "")
	if err := h.end(); err != nil {
		t.Error(err)
	}
	lost, whole := 0, 0
	for line := range strings.Lines(log.String()) {
		var e serve.Entry
		switch {
		case json.Unmarshal([]byte(line), &e) != nil:
		case e.What == "lost":
			n := 0
			if _, err := fmt.Sscan(e.Detail, &n); err != nil {
				t.Errorf("%q: %v", e.Detail, err)
			}
			lost += n
		default:
			whole++
		}
	}
	if lost != 3 || whole != 4 { // start, two commands, stop
		t.Errorf("%d entries are counted as lost, %d can be read in\n%s", lost, whole, log.String())
	}
}

func TestTheServerStopsThoughItsLogTakesNothing(t *testing.T) {
	t.Parallel()
	log := &stuckLog{open: make(chan struct{})}
	h := open(t, func(o *serve.Options) { o.Log, o.Patience = log, time.Second })
	h.works("ana")
	if err := h.end(); err != nil {
		t.Errorf("stop: %v", err)
	}
	close(log.open)
}
