//go:build amd64 || arm64

package resident

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// A debugger's breakpoints and what the loader filled in stand in memory alone: letting
// go of them would take them away.
func TestUnchanged(t *testing.T) {
	const smaps = `00400000-01080000 r-xp 00000000 fe:00 11                                 /opt/a b/stet
Rss:               10352 kB
Anonymous:             0 kB
VmFlags: rd ex mr mw me
01080000-01cb0000 r--p 00c80000 fe:00 11                                 /opt/a b/stet
Anonymous:             0 kB
01cb0000-01cc0000 r--p 018b0000 fe:00 11                                 /opt/a b/stet
Anonymous:            64 kB
01cc0000-01e70000 rw-p 018b0000 fe:00 11                                 /opt/a b/stet
Anonymous:             0 kB
c000000000-c000400000 rw-p 00000000 00:00 0                              [anon: Go: heap]
Anonymous:             0 kB
7f0000000000-7f0000010000 r-xp 00000000 fe:00 12                         /lib/libc.so.6
Anonymous:             0 kB
7f0000010000-7f0000011000 r-xp 00000000 00:00 0                          [vdso]
Anonymous:             0 kB
`
	want := []span{{0x400000, 0xc80000}, {0x1080000, 0xc30000}}
	if got := unchanged("/opt/a b/stet", smaps); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("let go: %x, want %x", got, want)
	}
	if got := unchanged("/opt/a", smaps); got != nil {
		t.Errorf("of another program: %x", got)
	}
}

func TestLetGo(t *testing.T) {
	if len(ofProgram()) == 0 {
		t.Skip("this system does not tell where the program lies in memory")
	}
	before := inMemory(t, os.Getpid(), "RssFile")
	LetGo()
	if after := inMemory(t, os.Getpid(), "RssFile"); after >= before {
		t.Errorf("%d KiB of files in memory, %d before", after, before)
	}
}

// Starting touched nearly all of the program: the screens took 27 MiB where they need 10.
func TestScreensTakeLittle(t *testing.T) {
	if !mapSingly(nil) {
		t.Skip("this system does not map pages singly")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "stet")
	build := exec.Command("go", "build", "-o", program, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	article := filepath.Join(dir, "article.txt")
	if err := os.WriteFile(article, []byte("The mayor said on Monday that the harbour stays open.\n\nNo one else spoke.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	screen, end := terminal(t)
	c := exec.Command(program, "review", article)
	c.Env = []string{"HOME=" + dir, "STET_DB=" + filepath.Join(dir, "s.db"), "STET_REVIEWER=anna", "TERM=xterm-256color", "PATH=" + os.Getenv("PATH")}
	c.Stdin, c.Stdout, c.Stderr = end, end, end
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	_ = end.Close()
	defer func() { _ = c.Process.Kill() }() // where the test failed
	until(t, screen, "harbour")
	for _, key := range []string{"s", "j", "x", "u", "?"} {
		if _, err := screen.WriteString(key); err != nil {
			t.Fatal(err)
		}
	}
	until(t, screen, "undo")
	got := inMemory(t, c.Process.Pid, "VmHWM")
	t.Logf("%d KiB at most", got)
	if got > 16<<10 {
		t.Error("want 16 MiB at most")
	}
	if _, err := screen.WriteString("\x03"); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
}

// terminal opens one of 80 by 24 cells: its screen and keyboard, and the end for a program.
func terminal(t *testing.T) (screen, end *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	fd := int(screen.Fd())
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80})
	}
	if err != nil {
		t.Fatal(err)
	}
	end, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return screen, end
}

// until reads what is drawn until some words of it.
func until(t *testing.T, screen *os.File, words string) {
	t.Helper()
	var drawn []byte
	for piece := make([]byte, 4096); !bytes.Contains(drawn, []byte(words)); {
		n, err := screen.Read(piece)
		if err != nil {
			t.Fatalf("%v; drawn so far: %q", err, drawn)
		}
		drawn = append(drawn, piece[:n]...)
	}
}

// inMemory is a figure of a process's memory, in KiB.
func inMemory(t *testing.T, process int, name string) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(name + `:\s*(\d+) kB`).FindStringSubmatch(string(status))
	if found == nil {
		t.Skipf("the system does not tell %s:\n%s", name, strings.TrimSpace(string(status)))
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}
