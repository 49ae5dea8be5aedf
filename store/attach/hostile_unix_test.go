//go:build linux || darwin

package attach

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// badFolders makes folders that are no place for a socket.
func badFolders(t *testing.T, dir string) map[string]string {
	t.Helper()
	open, file, link, good := filepath.Join(dir, "open"), filepath.Join(dir, "file"), filepath.Join(dir, "link"), filepath.Join(dir, "good")
	err := errors.Join(os.Mkdir(open, 0o700), os.Chmod(open, 0o770), os.WriteFile(file, nil, 0o600), os.Mkdir(good, 0o700), os.Symlink(good, link))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"open to the group": open, "a file": file, "a link": link, "no parent": filepath.Join(dir, "none", "none")}
}

// childStranger dials a socket and says what it hears: run as another user.
func childStranger(path string) int {
	c, err := net.Dial("unix", path)
	if err != nil {
		fmt.Println("dial:", err)
		return 1
	}
	code, err := newCoding()
	if err != nil {
		return 1
	}
	l := newLink(c, code)
	if body, err := l.enc.Marshal(hello{Magic: magic, Protocol: protocol}); err == nil {
		l.send(&message{Kind: kindHello, ID: 1, Body: body}, writeWait)
	}
	if m, err := l.receive(); err == nil {
		fmt.Println("heard", m.Kind)
	} else {
		fmt.Println("shown out")
	}
	return 0
}

// Even where the folder would let strangers in, the owner does not talk to them.
func TestAnotherUserIsShownOut(t *testing.T) {
	needSockets(t)
	if os.Geteuid() != 0 {
		t.Skip("only root can be another user")
	}
	dir, err := os.MkdirTemp("/tmp", "st")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "x.sock")
	l, err := net.Listen("unix", path)
	if err == nil {
		err = errors.Join(os.Chmod(dir, 0o777), os.Chmod(path, 0o777))
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := newServer(t.Context(), memory(t), Peer{PID: os.Getpid()})
	if err != nil {
		t.Fatal(err)
	}
	s.Serve(l)
	t.Cleanup(s.Close)
	self := copyOfSelf(t, dir)
	cmd := exec.Command(self, path)
	cmd.Env = append(os.Environ(), childVar+"=stranger")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "shown out" {
		t.Errorf("a stranger: %q, %v", out, err)
	}
	cmd = exec.Command(self, path)
	cmd.Env = append(os.Environ(), childVar+"=stranger")
	if out, err := cmd.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "heard 2" {
		t.Errorf("the same user: %q, %v", out, err)
	}
	if _, err := connect(t.Context(), func(ctx context.Context) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}, Peer{}, ""); err != nil {
		t.Errorf("this process: %v", err)
	}
}

// copyOfSelf puts this program where every user may run it.
func copyOfSelf(t *testing.T, dir string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	to := filepath.Join(dir, "self")
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(out.Close(), os.Chmod(to, 0o755)); err != nil {
		t.Fatal(err)
	}
	return to
}
