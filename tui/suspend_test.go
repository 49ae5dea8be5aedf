//go:build unix

package tui_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
	"stet.example/stet/tui/tuitest"
)

// onlyScreens makes a test show the screens on its own standard input and output, and no more.
const onlyScreens = "STET_TEST_ONLY_SCREENS"

// inAnotherProcess shows the screens of the test by this name in a process of its own.
func inAnotherProcess(t *testing.T, how *syscall.SysProcAttr) (*tuitest.Screen, *os.Process) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	cmd := exec.CommandContext(ctx, self, "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), onlyScreens+"=1")
	cmd.SysProcAttr, cmd.Stderr = how, os.Stderr
	keys, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	shown, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := tuitest.Start(t, 80, 24, func(_ context.Context, in io.Reader, out io.Writer) error {
		go func() { _, _ = io.Copy(keys, in) }()
		_, _ = io.Copy(out, shown)
		return cmd.Wait()
	})
	t.Cleanup(stop) // before the screen is waited for
	return s, cmd.Process
}

// screensOnly is what the other process does.
func screensOnly(t *testing.T) bool {
	if os.Getenv(onlyScreens) == "" {
		return false
	}
	st := storetest.New(t)
	r, err := ingest.Read(t.Context(), strings.NewReader(walkedFerries), ingest.Options{Name: "ferries.txt"})
	if err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, r.Article)
	err = tui.Run(t.Context(), tui.Options{
		Store: st, Session: ana, Article: id, Version: "test", Clock: storetest.Clock(), Mouse: true,
		Input: os.Stdin, Output: os.Stdout, Environ: []string{"TERM=xterm-256color", "COLORTERM=truecolor", "TTY_FORCE=1"}, Size: tui.Size{Width: 80, Height: 24},
		Rescue: t.TempDir() + "/rescue.jsonl", Reports: t.TempDir(),
	})
	if err != nil {
		t.Error(err)
	}
	return true
}

const walkedFerries = "The ferries stop on Monday. The board said so. Nobody knows why. The ships are old.\n"

// A terminal window that runs stet and nothing else (tmux new-window stet, ssh -t host stet)
// has no shell to go to, and the system stops no program there: ctrl+z left a blank screen
// that took no key any more, until somebody killed it from elsewhere.
func TestCtrlZInAWindowWithoutAShellGoesOn(t *testing.T) {
	if screensOnly(t) {
		return
	}
	t.Parallel()
	d, _ := inAnotherProcess(t, &syscall.SysProcAttr{Setsid: true})
	d.WaitFor("The board said so", "0 of 4 tagged")
	d.Type("\x1a")
	d.WaitFor("no shell to go to", "0 of 4 tagged")
	d.Type("s")
	d.WaitFor("1 sourced. Saved.")
	d.Type("<ctrl+c>")
	d.WaitEnd()
}

// Over SSH ctrl+z painted the screen anew and said nothing, and the list of keys offered it:
// who pressed it waited for a shell. What is being written stays.
func TestCtrlZOverSSHSaysThatThereIsNoShell(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	d := show(t, st, id, 80, 24, func(o *tui.Options) { o.Remote = true })
	d.WaitFor("0 of 5 tagged")
	d.Type("\x1a")
	d.WaitFor("no shell to go to over SSH")
	d.Type("mhalf a note\x1a")
	d.WaitFor("half a note", "no shell to go to over SSH")
	d.Type("s<enter>")
	d.WaitFor("half a notes", "note. Saved.")
	d.Type(":suspend")
	d.WaitFor("no shell to go to over SSH")
}

// With a shell it is stopped, the terminal is the shell's as it was, and fg paints all anew.
func TestCtrlZGoesToTheShellAndComesBack(t *testing.T) {
	if screensOnly(t) {
		return
	}
	t.Parallel()
	d, child := inAnotherProcess(t, &syscall.SysProcAttr{Setpgid: true})
	d.WaitFor("The board said so", "0 of 4 tagged")
	for n := range 2 {
		d.Type("\x1a")
		var how syscall.WaitStatus
		if _, err := syscall.Wait4(child.Pid, &how, syscall.WUNTRACED, nil); err != nil || !how.Stopped() {
			t.Fatal(err, how)
		}
		d.Until(func(string) bool { return strings.Count(string(d.Raw()), "\x1b[?1049l") == n+1 }, "leave the screen to the shell")
		if err := child.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		d.Until(func(string) bool { return strings.Count(string(d.Raw()), "\x1b[?1049h") == n+2 }, "take the screen back, once")
		d.WaitFor("The board said so", "0 of 4 tagged", "? keys")
	}
	d.Type("s")
	d.WaitFor("1 sourced. Saved.")
	if n := strings.Count(string(d.Raw()), "\x1b[?1049h"); n != 3 {
		t.Errorf("the screen was taken %d times, not 3", n)
	}
	d.Type("<ctrl+c>")
	d.WaitEnd()
}
