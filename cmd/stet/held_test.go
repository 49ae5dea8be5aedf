//go:build linux || darwin

package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// heldWorld is a store with one article, and the real program to work on it.
type heldWorld struct {
	tb      testing.TB
	dir     string
	stet    string // path of the program
	article string
	env     []string
	key     gossh.Signer // ana's, who leads
}

func newHeldWorld(t *testing.T) *heldWorld {
	t.Helper()
	dir, err := os.MkdirTemp("", "st") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	h := &heldWorld{tb: t, dir: dir, stet: filepath.Join(dir, "stet")} // under this name it is the program
	for _, f := range []string{"run", "home"} {
		if err := os.Mkdir(filepath.Join(dir, f), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(self, h.stet); err != nil {
		t.Fatal(err)
	}
	h.env = []string{
		"HOME=" + dir + "/home", "XDG_RUNTIME_DIR=" + dir + "/run", "XDG_DATA_HOME=" + dir + "/data", "XDG_CONFIG_HOME=" + dir + "/config", "XDG_STATE_HOME=" + dir + "/state",
		"STET_REVIEWER=ana", "TERM=xterm-256color", "LANG=C.UTF-8", "PATH=" + os.Getenv("PATH"), "GORACE=" + os.Getenv("GORACE"),
	}
	h.write("story.txt", story)
	h.write("rewrite.txt", strings.Replace(story, "close", "shut", 1))
	h.write("other.txt", "Boats leave at six. They return at nine.\n")
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	h.key = key
	h.write("keys", strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key.PublicKey())))+" ana lead\n")
	out, talk, code := h.run("import", "story.txt")
	if code != 0 {
		t.Fatalf("import: %d %s", code, talk)
	}
	h.article, _, _ = strings.Cut(strings.TrimPrefix(out, "imported "), " ")
	h.article = strings.Trim(h.article, ":,")
	if out, talk, code := h.run("export", "-o", "all.json"); code != 0 {
		t.Fatalf("export: %d %s %s", code, out, talk)
	}
	if out, talk, code := h.run("bundle", h.article, "-o", "story.bundle"); code != 0 {
		t.Fatalf("bundle: %d %s %s", code, out, talk)
	}
	if out, talk, code := h.run("backup", "copy.db"); code != 0 {
		t.Fatalf("backup: %d %s %s", code, out, talk)
	}
	return h
}

func (h *heldWorld) write(name, text string) {
	h.tb.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, name), []byte(text), 0o600); err != nil {
		h.tb.Fatal(err)
	}
}

// hang is how long a command may take before it counts as hanging: far more than
// any takes here.
const hang = 60 * time.Second

func (h *heldWorld) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, h.stet, args...)
	c.Dir, c.Env = h.dir, h.env
	return c
}

func (h *heldWorld) run(args ...string) (stdout, stderr string, code int) {
	h.tb.Helper()
	ctx, stop := context.WithTimeout(context.Background(), hang)
	defer stop()
	c := h.command(ctx, args...)
	var out, talk bytes.Buffer
	c.Stdout, c.Stderr = &out, &talk
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		h.tb.Errorf("stet %s hangs: %s", strings.Join(args, " "), talk.String())
	case errors.As(err, &exit):
		code = exit.ExitCode()
	case err != nil:
		h.tb.Fatal(err)
	}
	return out.String(), talk.String(), code
}

// owner starts a program that has the store open, and returns when it has.
func (h *heldWorld) owner() *exec.Cmd {
	h.tb.Helper()
	c := h.command(context.Background(), "review", "--plain", h.article)
	in, err := c.StdinPipe()
	if err != nil {
		h.tb.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		h.tb.Fatal(err)
	}
	if err := c.Start(); err != nil {
		h.tb.Fatal(err)
	}
	h.tb.Cleanup(func() {
		_ = in.Close()
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	first := make([]byte, 1)
	if _, err := io.ReadFull(out, first); err != nil {
		h.tb.Fatalf("the owner did not start: %v", err)
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // ends with the owner
	return c
}

// walk lists every command with words to call it by. apart are those that the file
// must be free for; the others are without a store.
func (h *heldWorld) walk() (shared, apart, without map[string][]string) {
	a := h.article
	shared = map[string][]string{
		"stet": {"--plain"}, "review": {"review", "--plain", a}, "import": {"import", "other.txt"}, "list": {"list"}, "show": {"show", a},
		"tag": {"tag", a, "1", "sourced", "--reason", "again"}, "split": {"split", a, "1", "--before", "close"}, "join": {"join", a, "1"}, "kind": {"kind", a, "1", "caption"},
		"finish": {"finish", a, "--force"}, "undo": {"undo"}, "redo": {"redo"}, "export": {"export"}, "load": {"load", "all.json"},
		"bundle": {"bundle", a}, "revise": {"revise", a, "rewrite.txt"}, "answer": {"answer"}, "codebook list": {"codebook", "list"}, "team": {"team"},
		"assign": {"assign", a, "ana"}, "rule": {"rule", a, "1", "stet"}, "audit": {"audit", "--quick"}, "sample": {"sample"}, "agreement": {"agreement"},
		"report": {"report", "--html", "report.html"}, "log": {"log"}, "verify": {"verify"}, "checkpoint": {"checkpoint"}, "backup": {"backup", "-"}, "merge": {"merge", "copy.db"},
		"doctor": {"doctor"},
	}
	apart = map[string][]string{"check": {"check"}, "compact": {"compact"}, "restore": {"restore", "copy.db"}, "serve": {"serve", "--keys", "keys", "--listen", "127.0.0.1:0"}}
	without = map[string][]string{
		"redact": {"redact", "story.bundle"},
		"demo":   {"demo", "--plain"}, "learn": {"learn", "--plain"}, "segment": {"segment", "story.txt"}, "suggest": {"suggest", "story.txt"}, "compare": {"compare", "story.txt", "rewrite.txt"},
		"codebook": {"codebook"}, "codebook show": {"codebook", "show"}, "codebook check": {"codebook", "check", "story.txt"},
		"config": {"config"}, "version": {"version"}, "completion": {"completion", "bash"}, "man": {"man", "."}, "help": {"help"},
	}
	return shared, apart, without
}

// Whatever has the store open, and in whatever state it is: each command ends, and
// one that fails says why.
func TestNoSecondStartHangsOrFailsWithoutAWord(t *testing.T) {
	t.Parallel()
	h := newHeldWorld(t)
	shared, apart, without := h.walk()
	for _, c := range everyCommand(t) {
		name := strings.TrimPrefix(c.CommandPath(), "stet ")
		if c.Runnable() && !c.Hidden && shared[name] == nil && apart[name] == nil && without[name] == nil {
			t.Errorf("the command %q is not walked: say what it does to the store", name)
		}
	}
	for _, state := range []string{"living", "stopped", "killed"} {
		var owner *exec.Cmd
		if state != "killed" {
			owner = h.owner()
		}
		if state == "stopped" {
			if err := owner.Process.Signal(syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
		}
		for _, kind := range []map[string][]string{shared, apart, without} {
			for name, args := range kind {
				if state == "killed" {
					dead := h.owner()
					_ = dead.Process.Kill()
					_ = dead.Wait()
				}
				h.hold(state, name, args, shared[name] != nil, apart[name] != nil)
			}
		}
		if state == "stopped" {
			if err := owner.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
		}
		if owner != nil {
			_ = owner.Process.Kill()
			_ = owner.Wait()
		}
	}
	if out, talk, code := h.run("check", "--deep"); code != 0 {
		t.Errorf("afterwards: %d %s %s", code, out, talk)
	}
}

// hold runs one command while the store is held in some way.
func (h *heldWorld) hold(state, name string, args []string, shared, apart bool) {
	h.tb.Helper()
	if name == "serve" && state == "killed" {
		h.serves()
		return
	}
	began := time.Now()
	out, talk, code := h.run(append(args, "--wait", "200ms")...)
	took := time.Since(began).Round(time.Millisecond)
	what := fmt.Sprintf("%s owner: stet %s: exit code %d after %v: %s", state, strings.Join(args, " "), code, took, strings.TrimSpace(talk))
	busy := code == exitBusy
	switch {
	case code != 0 && strings.TrimSpace(talk) == "" && strings.TrimSpace(out) == "":
		h.tb.Errorf("%s: it says nothing", what)
	case name == "doctor":
		if code != 0 || state == "stopped" && !strings.Contains(out, "stopped") || state == "living" && !strings.Contains(out, "works through it") {
			h.tb.Errorf("%s: %s", what, out)
		}
	case state == "stopped" && (shared || apart):
		if !busy || !strings.Contains(talk, "stopped") || !strings.Contains(talk, "held by pid") {
			h.tb.Errorf("%s", what)
		}
	case state == "living" && apart:
		if !busy || !strings.Contains(talk, "held by pid") {
			h.tb.Errorf("%s", what)
		}
	case busy:
		h.tb.Errorf("%s: nobody is in the way", what)
	case code == exitDamage || strings.Contains(talk, "panic"):
		h.tb.Errorf("%s", what)
	}
}

// serves starts a server and interrupts it.
func (h *heldWorld) serves() {
	h.tb.Helper()
	ctx, stop := context.WithTimeout(context.Background(), hang)
	defer stop()
	c := h.command(ctx, "serve", "--keys", "keys", "--listen", "127.0.0.1:0")
	talk, err := c.StderrPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		h.tb.Fatal(err)
	}
	said := ""
	buf := make([]byte, 4096)
	for !strings.Contains(said, "serving") {
		n, err := talk.Read(buf)
		if said += string(buf[:n]); err != nil {
			break
		}
	}
	_ = c.Process.Signal(syscall.SIGTERM)
	go io.Copy(io.Discard, talk) //nolint:errcheck // ends with it
	if err := c.Wait(); err != nil || !strings.Contains(said, "serving") {
		h.tb.Errorf("after a crash it does not serve: %v, %q", err, said)
	}
}
