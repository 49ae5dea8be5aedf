//go:build linux || darwin

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/store"
	"stet.example/stet/store/attach"
	"stet.example/stet/tui"
	"stet.example/stet/tui/tuitest"
)

// screen opens a review of the store in this process, on an emulated terminal.
func (h *heldWorld) screen(t *testing.T) *tuitest.Screen {
	t.Helper()
	st, err := attach.Open(t.Context(), attach.Options{
		Options: store.Options{Path: filepath.Join(h.dir, "data", "stet", "stet.db"), Program: "stet review", App: "stet test", Wait: time.Second},
		Actor:   "ana", Folders: []string{filepath.Join(h.dir, "run", "stet")},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	id, err := st.Lookup(t.Context(), h.article)
	if err != nil {
		t.Fatal(err)
	}
	session, err := store.NewSession("ana", "stet test")
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Start(t, 80, 24, func(ctx context.Context, in io.Reader, out io.Writer) error {
		return tui.Run(ctx, tui.Options{
			Store: st, Session: session, Article: id, Input: in, Output: out, Size: tui.Size{Width: 80, Height: 24}, Environ: []string{"TERM=xterm-256color", "TTY_FORCE=1"},
			Rescue: filepath.Join(h.dir, "rescue.json"),
		})
	})
}

// A program that holds the store and is stopped (ctrl+z) is a message on the
// screens of the others, not a hang; when it is back, what waited is saved.
func TestAStoppedOwnerIsAMessageOnTheScreen(t *testing.T) {
	t.Parallel()
	h := newHeldWorld(t)
	owner := h.owner()
	s := h.screen(t)
	s.WaitFor("The council will close")
	s.Type("s")
	s.WaitFor("saved ")
	if err := owner.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	s.Type("x")
	s.WaitFor("NOT SAVED: 1", "Not saved yet: pid ", "is stopped (ctrl+z), fg brings it back")
	took := time.Since(began)
	t.Logf("the screen said so after %v", took.Round(time.Millisecond))
	if took > 6*time.Second { // two, and what a busy machine takes to notice
		t.Errorf("it took %v until the screen said so", took)
	}
	s.Type("k") // it goes on taking keys
	s.WaitFor(">")
	if err := owner.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	s.WaitGone("NOT SAVED") // without a key
	out, talk, code := h.run("log", "--limit", "20")
	if code != 0 || strings.Count(out, "contextual") != 1 {
		t.Errorf("the act that waited is not in the log once: %d %s %s", code, out, talk)
	}
}

// A server whose disk fails saves nothing more. It ends and says so, and whoever
// comes next has the store at once.
func TestAServerWhoseDiskFailsEnds(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed; with it this test makes the disk fail (apt-get install strace)")
	}
	h := newHeldWorld(t)
	ctx, stop := context.WithTimeout(context.Background(), hang)
	defer stop()
	c := h.command(ctx, "serve", "--keys", "keys", "--listen", "127.0.0.1:0")
	c.Path, c.Args = tool, append([]string{tool, "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "signal=none", "-e", "inject=fdatasync:error=EIO:when=20+"}, c.Args...)
	talk, err := c.StderrPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	at := regexp.MustCompile(`on (127\.0\.0\.1:[0-9]+);`)
	buf := make([]byte, 4096)
	for at.FindSubmatch(said.Bytes()) == nil {
		n, err := talk.Read(buf)
		said.Write(buf[:n])
		if err != nil {
			t.Fatalf("it does not serve: %v %s", err, said.String())
		}
	}
	rest := make(chan error, 1)
	addr := string(at.FindSubmatch(said.Bytes())[1])
	go func() { _, err := io.Copy(&said, talk); rest <- err }()
	saved := 0
	failed := ""
	for i := 0; i < 200 && failed == ""; i++ {
		out, talk, err := h.overSSH(addr, fmt.Sprintf("tag %s 1 %s", h.article, []string{"sourced", "contextual"}[i%2]))
		if err != nil {
			failed = out + talk
			break
		}
		saved++
	}
	if !strings.Contains(failed, "the disk failed") {
		t.Errorf("after %d acts a client is told %q", saved, failed)
	}
	<-rest
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Errorf("it ended with %v", err)
	}
	if !strings.Contains(said.String(), "the disk failed while saving") || !strings.Contains(said.String(), "start stet again") {
		t.Errorf("it says %q", said.String())
	}
	if out, talk, code := h.run("log", "--limit", "1000"); code != 0 || strings.Count(out, "\n") < saved {
		t.Errorf("the next start: %d, %d lines for %d acts: %s", code, strings.Count(out, "\n"), saved, talk)
	}
	if out, talk, code := h.run("check", "--deep"); code != 0 {
		t.Errorf("check: %d %s %s", code, out, talk)
	}
}

// overSSH runs a command line on a server in ana's name.
func (h *heldWorld) overSSH(addr, line string) (stdout, stderr string, err error) {
	c, err := gossh.Dial("tcp", addr, &gossh.ClientConfig{
		User: "x", Auth: []gossh.AuthMethod{gossh.PublicKeys(h.key)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(), //nolint:gosec // the test's own server
	})
	if err != nil {
		return "", "", err
	}
	defer c.Close() //nolint:errcheck // a test's own
	sess, err := c.NewSession()
	if err != nil {
		return "", "", err
	}
	var out, talk bytes.Buffer
	sess.Stdout, sess.Stderr = &out, &talk
	err = sess.Run(line)
	return out.String(), talk.String(), err
}
