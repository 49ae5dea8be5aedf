package serve_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/serve"
)

// unread opens a channel and never reads what comes: the window that SSH gives it
// fills up, and then the server's writes wait.
func unread(t *testing.T, c *gossh.Client, command string) {
	t.Helper()
	ch, reqs, err := c.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go gossh.DiscardRequests(reqs)
	if ok, err := ch.SendRequest("exec", true, gossh.Marshal(struct{ Line string }{command})); err != nil || !ok {
		t.Fatalf("exec: %v, %v", ok, err)
	}
}

func TestWhoeverDoesNotReadIsHungUpOn(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *serve.Options) { o.Stall = 700 * time.Millisecond })
	unread(t, h.as("ana"), "flood")
	eventually(t, "the session is there", func() bool { return len(h.srv.Hub().Present()) == 1 })
	// Meanwhile others work.
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ben.WaitFor("Sentence 2 of ferries")
	ben.Type("s")
	ben.WaitFor("2 sourced. Saved.")
	if _, _, code := ssh(t, h.as("lea"), "tag 3 sourced", ""); code != 0 {
		t.Error("lea cannot save")
	}
	eventually(t, "the session that does not read is ended", func() bool {
		for _, p := range h.srv.Hub().Present() {
			if p.Name == "ana" {
				return false
			}
		}
		return true
	})
}

// A screen that is not read: the client has a long sentence copied again and
// again, until the window of SSH is full.
func TestAScreenThatIsNotRead(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *serve.Options) { o.Stall = time.Second })
	long := &annotations.Article{Meta: annotations.Meta{Title: "Long", Outlet: "Elsewhere"}, Body: strings.Repeat("and so on ", 8000) + "end."}
	long.Units = []annotations.Sentence{{ID: 1, Span: annotations.Span{End: len(long.Body)}}}
	if err := long.Seal(); err != nil {
		t.Fatal(err)
	}
	storetest.Import(t, h.st, storetest.Session(t, "lea"), long)
	ch, reqs, err := h.as("ana").OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go gossh.DiscardRequests(reqs)
	pty := gossh.Marshal(struct {
		Term       string
		W, H, X, Y uint32
		Modes      string
	}{"xterm-256color", 80, 24, 0, 0, ""})
	if ok, err := ch.SendRequest("pty-req", true, pty); err != nil || !ok {
		t.Fatalf("pty-req: %v, %v", ok, err)
	}
	if ok, err := ch.SendRequest("exec", true, gossh.Marshal(struct{ Line string }{"review elsewhere"})); err != nil || !ok {
		t.Fatalf("exec: %v, %v", ok, err)
	}
	eventually(t, "the session is there", func() bool { return len(h.srv.Hub().Present()) == 1 })
	go func() {
		for { // y copies the sentence
			if _, err := ch.Write([]byte("y")); err != nil {
				return
			}
		}
	}()
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ben.WaitFor("Sentence 2 of ferries")
	ben.Type("s")
	ben.WaitFor("2 sourced. Saved.")
	eventually(t, "the screen that is not read is ended", func() bool { return strings.Contains(h.log.String(), "the client did not read") })
}

func TestStoppingDoesNotWaitForWhoeverDoesNotRead(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *serve.Options) { o.Patience = 2 * time.Second; o.Stall = time.Hour })
	unread(t, h.as("ana"), "flood")
	eventually(t, "the session is there", func() bool { return len(h.srv.Hub().Present()) == 1 })
	began := time.Now()
	if err := h.end(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if took := time.Since(began); took > soon/2 {
		t.Errorf("stopping took %v", took)
	}
}

// TestHalfOpenConnections opens connections that never log in, many more than are
// kept, while somebody logs in.
func TestHalfOpenConnections(t *testing.T) {
	t.Parallel()
	n := 10_000
	if testing.Short() {
		n = 300
	}
	h := open(t, func(o *serve.Options) { o.Grace = time.Minute; o.MaxStarting = 32 })
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	conns := make(chan net.Conn, n)
	done := make(chan error, 1)
	go func() {
		var d net.Dialer
		for i := range n {
			c, err := d.DialContext(ctx, "tcp", h.addr)
			if errors.Is(err, syscall.EMFILE) && i >= 500 { // this system allows a process no more
				t.Logf("%d connections in place of %d: %v", i, n, err)
				break
			}
			if err != nil {
				done <- fmt.Errorf("connection %d: %w", i, err)
				return
			}
			if i%3 == 0 {
				_, _ = c.Write([]byte("SSH-2.0-half\r\n"))
			}
			conns <- c
		}
		done <- nil
	}()
	defer func() {
		for len(conns) > 0 {
			_ = (<-conns).Close()
		}
	}()
	ok := 0
	for range 5 {
		if c, err := h.dial("x", h.keys["ana"]); err == nil {
			if out, _, code := ssh(t, c, "words", ""); code == 0 && strings.HasPrefix(out, "ana") {
				ok++
			}
			_ = c.Close()
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of 5 logins during %d half-open connections went through", ok, n)
	// When the storm is over nobody has to wait, though the half-open are still there.
	ana := h.as("ana")
	if out, _, code := ssh(t, ana, "words", ""); code != 0 || !strings.HasPrefix(out, "ana") {
		t.Errorf("after the storm: exit code %d, %q", code, out)
	}
	// Nearly all were hung up on: the ones that are kept are few.
	var alive atomic.Int32
	var looking sync.WaitGroup
	for range len(conns) {
		c := <-conns
		looking.Go(func() {
			_ = c.SetReadDeadline(time.Now().Add(2 * time.Second))
			_, err := io.Copy(io.Discard, c)
			var late net.Error
			if errors.As(err, &late) && late.Timeout() {
				alive.Add(1)
			}
			_ = c.Close()
		})
	}
	looking.Wait()
	if alive.Load() > 32 {
		t.Errorf("%d half-open connections are kept, the limit is 32", alive.Load())
	}
}

func TestALoginTakesNoLongerThanItsGrace(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *serve.Options) { o.Grace = 200 * time.Millisecond })
	c, err := net.Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // a test's own
	_ = c.SetReadDeadline(time.Now().Add(soon))
	if _, err := io.Copy(io.Discard, c); err != nil {
		t.Errorf("the server did not hang up: %v", err)
	}
}
