//go:build linux || darwin

package attach

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// campaign asks for the long runs: go test ./store/attach -run Kill -campaign.
var campaign = flag.Duration("campaign", 0, "how long to kill owners and clients, as 60s; 0 = a short while")

const childVar = "STET_TEST_CHILD"

// TestMain runs the test binary as a child of itself where a test needs a
// process to kill or to stop.
func TestMain(m *testing.M) {
	switch os.Getenv(childVar) {
	case "":
		os.Exit(m.Run())
	case "stranger":
		os.Exit(childStranger(os.Args[1]))
	case "hold":
		os.Exit(childHold(os.Args[1], os.Args[2]))
	case "save":
		os.Exit(childSave(os.Args[1], os.Args[2], os.Args[3]))
	case "stand":
		os.Exit(childStand(os.Args[1], os.Args[2], os.Args[3]))
	case "fall":
		os.Exit(childFall(os.Args[1], os.Args[2], os.Args[3]))
	}
	os.Exit(2)
}

// child is a running copy of this program.
type child struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
	err   *tail
}

// tail keeps the end of what a child says on its stderr.
type tail struct {
	mu  sync.Mutex
	buf []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.buf = append(t.buf, b...); len(t.buf) > 8<<10 {
		t.buf = t.buf[len(t.buf)-8<<10:]
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}

func startChild(tb testing.TB, mode string, args ...string) *child {
	tb.Helper()
	return startUnder(tb, nil, mode, args...)
}

// startUnder starts a child by way of another program, which is given its command
// line.
func startUnder(tb testing.TB, wrapper []string, mode string, args ...string) *child {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	line := append(append(wrapper, self), args...)
	c := &child{cmd: exec.Command(line[0], line[1:]...), err: &tail{}}
	c.cmd.Env = append(os.Environ(), childVar+"="+mode)
	c.cmd.Stderr = c.err
	out, err := c.cmd.StdoutPipe()
	if err == nil {
		c.in, err = c.cmd.StdinPipe()
	}
	if err == nil {
		err = c.cmd.Start()
	}
	if err != nil {
		tb.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	tb.Cleanup(c.kill)
	return c
}

// line waits for the child's next line.
func (c *child) line() (string, bool) {
	if !c.lines.Scan() {
		return "", false
	}
	return c.lines.Text(), true
}

// until reads lines to the first that begins with word.
func (c *child) until(tb testing.TB, word string) string {
	tb.Helper()
	for {
		line, ok := c.line()
		if !ok {
			tb.Fatalf("the child ended before %q: %s", word, c.err)
		}
		if strings.HasPrefix(line, word) {
			return line
		}
	}
}

// drain reads what the child says from now on, so that it never waits for its
// reader.
func (c *child) drain() {
	go func() {
		for c.lines.Scan() {
		}
	}()
}

func (c *child) kill() {
	c.cmd.Process.Signal(syscall.SIGKILL)
	c.cmd.Wait()
}

// The article that children work on.
const sentences = 20

func ferries() (*annotations.Article, error) {
	a := &annotations.Article{Meta: annotations.Meta{Title: "On ferries"}}
	for i := range sentences {
		start := len(a.Body)
		a.Body += fmt.Sprintf("Sentence %d says no.", i+1)
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: start, End: len(a.Body)}})
		a.Body += " "
	}
	return a, a.Seal()
}

// childSave tags sentences as who until its stdin ends or it is killed, and says
// of every act when it is saved: "saved SESSION N REV SENTENCE". It begins where
// the store says that who stands.
func childSave(path, dir, who string) int {
	ctx := context.Background()
	s, err := Open(ctx, Options{
		Options: store.Options{Path: path, Program: "stet review", App: "test", Create: true, Wait: 20 * time.Second}, Actor: who, Folders: []string{dir},
	})
	if err != nil {
		fmt.Println("open:", err)
		return 1
	}
	go func() {
		io.Copy(io.Discard, os.Stdin)
		if err := s.Close(); err != nil {
			fmt.Println("close:", err)
		}
		fmt.Println("closed")
		os.Exit(0)
	}()
	err = save(ctx, s, who)
	for errors.Is(err, store.ErrHeld) { // the owner was kept from work for two seconds: a busy machine
		err = save(ctx, s, who)
	}
	if err != nil && !errors.Is(err, store.ErrClosed) {
		fmt.Println("failed:", err)
		return 1
	}
	select {} // the goroutine above ends the program
}

func save(ctx context.Context, s *Store, who string) error {
	session, err := store.NewSession(who, "test")
	if err != nil {
		return err
	}
	a, err := ferries()
	if err != nil {
		return err
	}
	if _, err := store.Import(ctx, s, session, a, codebook.Builtin()); err != nil {
		return err
	}
	revs, err := revisions(ctx, s, a.ID, who)
	if err != nil {
		return err
	}
	owner := s.Owns()
	fmt.Println("ready", owner)
	for i := 0; ; i++ {
		if !owner && s.Owns() {
			owner = true
			fmt.Println("owner")
		}
		n := annotations.SentenceID(i%sentences + 1)
		b := session.Batch(a.ID, storetest.Tag(n, revs[n], []string{"sourced", "contested", "contextual"}[i%3]))
		_, err := s.Append(ctx, b)
		for errors.Is(err, store.ErrUnknown) {
			_, err = s.Append(ctx, b)
		}
		if errors.Is(err, store.ErrConflict) {
			// What the last process of this name had sent when it was killed may
			// be carried out after this one has looked. An act of its own is never
			// in its own way.
			if err := notThere(ctx, s, a.ID, b.Act); err != nil {
				return err
			}
			session.Failed(b)
			if revs, err = revisions(ctx, s, a.ID, who); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return fmt.Errorf("act %s: %w", b.Act, err)
		}
		revs[n]++
		fmt.Println("saved", b.Act.Session, b.Act.N, revs[n], uint32(n))
		if i%16 == 0 {
			if err := s.SetPlace(who, store.Place{Article: a.ID, Sentence: n}); err != nil {
				return err
			}
		}
	}
}

// revisions are those of who's tags, by sentence.
func revisions(ctx context.Context, s *Store, id annotations.ArticleID, who string) (revs [sentences + 1]uint64, err error) {
	rows, err := s.State(ctx, id, 1, sentences+1, 1<<20)
	for _, r := range rows {
		if r.Reviewer == who {
			revs[r.Sentence] = r.Annotation.Rev
		}
	}
	return revs, err
}

// notThere fails when an act that was refused is in the log.
func notThere(ctx context.Context, s *Store, id annotations.ArticleID, act annotations.Act) error {
	for after := uint64(0); ; {
		page, next, err := s.Events(ctx, store.Query{Article: id}, after, 1<<12)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, e := range page {
			if e.Act == act {
				return fmt.Errorf("act %s was refused and is event %d", act, e.Pos)
			}
		}
		after = next
	}
}

// waitFor waits for a state that comes by itself.
func waitFor(tb testing.TB, ok func() bool) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			tb.Fatal("it never came")
		}
	}
}
