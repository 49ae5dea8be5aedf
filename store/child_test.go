//go:build !windows

package store_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// campaign asks for the long runs: go test ./store -campaign -timeout 1h.
var campaign = flag.Bool("campaign", false, "run the fault campaigns at full length")

// size is how often a campaign tries: full with -campaign, else some.
func size(full, some int) int {
	switch {
	case *campaign:
		return full
	case testing.Short():
		return max(1, some/4)
	}
	return some
}

const childVar = "STET_TEST_CHILD"

// TestMain runs the test binary as a child of itself where a test needs a
// process to kill, to stop or to crash.
func TestMain(m *testing.M) {
	switch os.Getenv(childVar) {
	case "":
		os.Exit(m.Run())
	case "hold":
		os.Exit(childHold(os.Args[1]))
	case "append":
		os.Exit(childAppend(os.Args[1], os.Args[2]))
	case "crowd":
		os.Exit(childCrowd(os.Args[1]))
	case "examine":
		os.Exit(childExamine(os.Args[1]))
	case "verify":
		os.Exit(childVerify(os.Args[1]))
	case "confined":
		os.Exit(childConfined(os.Args[1]))
	case "reader":
		os.Exit(childReader(os.Args[1]))
	case "unprivileged":
		os.Exit(childUnprivileged(os.Args[1]))
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

// tail keeps the beginning and the end of what a child says on its stderr.
type tail struct {
	mu  sync.Mutex
	buf []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.buf = append(t.buf, b...); len(t.buf) > 8<<10 {
		t.buf = append(t.buf[:2<<10], t.buf[len(t.buf)-4<<10:]...)
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
	return startWith(tb, mode, nil, args...)
}

// startWith starts a child under a wrapper, such as strace with its options.
func startWith(tb testing.TB, mode string, wrapper []string, args ...string) *child {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	line := append(append(append([]string{}, wrapper...), self), args...)
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
	c.lines.Buffer(nil, 1<<20)
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

func (c *child) kill() {
	_ = c.cmd.Process.Signal(syscall.SIGKILL)
	_ = c.cmd.Wait()
}

// childHold holds a store until its stdin ends.
func childHold(path string) int {
	s, err := store.Open(context.Background(), store.Options{Path: path, Program: "stet review", Create: true})
	if err != nil {
		fmt.Println("error:", err)
		return 1
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := s.Close(); err != nil {
		fmt.Println("error:", err)
		return 1
	}
	fmt.Println("closed")
	return 0
}

// A fault script is what a child appends: act n of its one session tags
// sentence (n-2) mod 20 + 1, after act 1 has imported the article.
const scriptSentences = 20

func scriptSession(name string) *store.Session {
	return &store.Session{ID: annotations.SessionID([]byte(fmt.Sprintf("%-8s", name))), Actor: "ana", Tool: "test"}
}

func scriptTag(n uint64) string { return []string{"sourced", "contested", "contextual"}[n%3] }

// scriptBatch is act n, from 2 on.
func scriptBatch(name string, id annotations.ArticleID, n uint64) store.Batch {
	s := scriptSession(name)
	c := storetest.Tag(annotations.SentenceID((n-2)%scriptSentences+1), (n-2)/scriptSentences, scriptTag(n))
	c.Annotation.Note = fmt.Sprintf("act %d", n)
	if n%7 == 0 {
		c.Secret = fmt.Sprintf("hush %d", n)
		c.Annotation.Confidential = annotations.Seal([16]byte{byte(n), byte(n >> 8)}, c.Secret)
	}
	return store.Batch{Act: annotations.Act{Session: s.ID, N: n}, Actor: s.Actor, Tool: s.Tool, Article: id, Changes: []annotations.Change{c}}
}

// childAppend goes on with the script where the store's log ends, and says of
// every act what became of it: "saved n first last", "full n", "poisoned n".
// After a full disk it tries again; after a failed one it tries once more, to
// show that nothing is written, and ends. Mode "endless" goes on until killed.
func childAppend(path, mode string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{Path: path, Program: "test", Create: true, NoSync: strings.Contains(mode, "nosync")})
	if err != nil {
		fmt.Println("open:", err)
		return 3
	}
	a, err := scriptArticle()
	if err != nil {
		fmt.Println(err)
		return 1
	}
	n := uint64(0)
	if err := scriptStart(ctx, s, a, &n); err != nil {
		fmt.Println(said(err), 1, err)
		return closeSaying(s)
	}
	fmt.Println("ready", n)
	limit := uint64(math.MaxUint64)
	if strings.HasPrefix(mode, "some") {
		limit = n + 12
	}
	for n++; n <= limit; n++ {
		b := scriptBatch("script", a.ID, n)
		r, err := s.Append(ctx, b)
		for tries := 0; errors.Is(err, store.ErrFull) && tries < 3; tries++ {
			fmt.Println("full", n)
			r, err = s.Append(ctx, b)
		}
		if err != nil {
			fmt.Println(said(err), n, err)
			_, again := s.Append(ctx, b)
			fmt.Println("then", said(again))
			return closeSaying(s)
		}
		fmt.Println("saved", n, r.First, r.Last)
		if err := s.SetPlace("ana", store.Place{Article: a.ID, Sentence: b.Changes[0].Sentence}); err != nil {
			fmt.Println("place:", err)
		}
	}
	return closeSaying(s)
}

func closeSaying(s *store.Bolt) int {
	if err := s.Close(); err != nil {
		fmt.Println("close:", said(err), err)
		return 4
	}
	fmt.Println("closed")
	return 0
}

func said(err error) string {
	switch {
	case err == nil:
		return "saved"
	case errors.Is(err, store.ErrFull):
		return "full"
	case errors.Is(err, store.ErrPoisoned):
		return "poisoned"
	case errors.Is(err, store.ErrDamaged):
		return "damaged"
	}
	return "failed"
}

func scriptArticle() (*annotations.Article, error) {
	a := &annotations.Article{Meta: annotations.Meta{Title: "On ferries"}}
	for i := range scriptSentences {
		start := len(a.Body)
		a.Body += fmt.Sprintf("Sentence %d says “é” 🚢.", i+1)
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: start, End: len(a.Body)}})
		a.Body += " "
	}
	return a, a.Seal()
}

// scriptStart imports the article if it is not there, and finds the session's
// last act.
func scriptStart(ctx context.Context, s store.Store, a *annotations.Article, n *uint64) error {
	if _, err := store.Import(ctx, s, scriptSession("script"), a, builtin()); err != nil {
		return err
	}
	events, err := everyEvent(s, store.Query{}, 0)
	if err != nil {
		return err
	}
	*n = events[len(events)-1].Act.N
	return nil
}
