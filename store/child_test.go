//go:build !windows

package store_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

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
	case "examine":
		os.Exit(childExamine(os.Args[1]))
	case "verify":
		os.Exit(childVerify(os.Args[1]))
	case "confined":
		os.Exit(childConfined(os.Args[1]))
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

// examined is what a child says of one file.
type examined struct {
	Path     string
	OpenErr  string   // "" when it opened
	OpenKind string   // the sentinel
	Notices  []string // of the open store
	ReadErr  string   // of reading everything
	ReadKind string
	Verify   []string // problems
	VerErr   string
	CloseErr string
	Digest   string // of everything that can be read
	Salvage  salvaged
	Mirrored salvaged
}

type salvaged struct {
	Err      string
	Found    int
	Lost     []uint64
	Put      []string
	Problems []string
	Verify   []string
	Digest   string
}

// childVerify opens one store, checks it and says in a word what came of it.
func childVerify(path string) int {
	s, err := store.Open(context.Background(), store.Options{Path: path})
	if err != nil {
		fmt.Println("refused:", kindName(err))
		return 0
	}
	r, err := s.Verify(context.Background(), nil)
	closed := s.Close()
	switch {
	case err != nil:
		fmt.Println("refused by the check:", kindName(err))
	case closed != nil:
		fmt.Println("UNTYPED close:", closed)
	case !r.OK():
		fmt.Println("found by the check")
	default:
		fmt.Println("no harm")
	}
	return 0
}

// childExamine reads paths from stdin and examines each: open, read, verify,
// close, salvage. After the word "mirrored" it salvages with the mirror too.
func childExamine(dir string) int {
	in := bufio.NewScanner(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		path, mirrored := strings.CutPrefix(in.Text(), "mirrored ")
		fmt.Println("begin", path)
		x := examine(path)
		x.Salvage = salvageOf(path, filepath.Join(dir, "salvage.db"))
		if mirrored {
			if err := os.Symlink(filepath.Join(dir, "base.mirror"), path+".mirror"); err != nil {
				fmt.Println(err)
				return 1
			}
			x.Mirrored = salvageOf(path, filepath.Join(dir, "mirrored.db"))
		}
		if err := out.Encode(x); err != nil {
			return 1
		}
	}
	return 0
}

func kindName(err error) string {
	if err == nil {
		return ""
	}
	for _, s := range sentinels() {
		if errors.Is(err, s) {
			return s.Error()
		}
	}
	return "UNTYPED"
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func examine(path string) (x examined) {
	x.Path = path
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	s, err := store.Open(ctx, store.Options{Path: path, Program: "test"})
	if x.OpenErr, x.OpenKind = text(err), kindName(err); err != nil {
		return x
	}
	if st, err := s.Stat(ctx); err == nil {
		x.Notices = st.Notices
	}
	x.Digest, err = digest(ctx, s, true)
	x.ReadErr, x.ReadKind = text(err), kindName(err)
	r, err := s.Verify(ctx, nil)
	x.VerErr = text(err)
	for _, p := range r.Problems {
		x.Verify = append(x.Verify, p.String())
	}
	x.CloseErr = text(s.Close())
	return x
}

func salvageOf(from, to string) (x salvaged) {
	ctx := context.Background()
	for _, old := range []string{to, to + ".mirror", to + ".lock", to + ".place"} {
		_ = os.Remove(old)
	}
	out, err := store.Salvage(ctx, from, to, "test", time.Now)
	if err != nil {
		x.Err = err.Error()
		return x
	}
	x.Found, x.Lost = out.Found, out.Lost
	for _, p := range out.Put {
		x.Put = append(x.Put, p.String())
	}
	for _, p := range out.Problems {
		x.Problems = append(x.Problems, p.String())
	}
	s, err := store.Open(ctx, store.Options{Path: to, Program: "test", NoSync: true})
	if err != nil {
		x.Err = err.Error()
		return x
	}
	r, err := s.Verify(ctx, nil)
	if err != nil {
		x.Err = err.Error()
	}
	for _, p := range r.Problems {
		x.Verify = append(x.Verify, p.String())
	}
	if x.Digest, err = digest(ctx, s, false); err != nil {
		x.Digest = "unreadable: " + err.Error()
	}
	if err := s.Close(); err != nil {
		x.Err = err.Error()
	}
	return x
}

// digest is the hash of everything that can be asked of a store; with file,
// what a copy made from the log alone need not have is included.
func digest(ctx context.Context, s store.Store, file bool) (string, error) {
	var all []any
	events, err := everyEvent(s, store.Query{}, 0)
	if err != nil {
		return "", err
	}
	list, err := s.Articles(ctx, "ana", annotations.Desk, math.MaxInt)
	if err != nil {
		return "", err
	}
	items, err := s.Evidence(ctx, annotations.EvidenceID{}, math.MaxInt)
	if err != nil {
		return "", err
	}
	all = append(all, events, tidy(list), items)
	for _, sum := range list {
		a, err := store.Load(ctx, s, sum.ID)
		if err != nil {
			return "", err
		}
		rows, err := s.State(ctx, sum.ID, 0, math.MaxUint32, math.MaxInt)
		if err != nil {
			return "", err
		}
		id, err := s.Lookup(ctx, sum.Name)
		if err != nil {
			return "", err
		}
		book, err := s.Blob(ctx, sum.Codebook, 0, -1)
		if err != nil {
			return "", err
		}
		all = append(all, a.Body, a.Units, rows, id, book)
	}
	for _, e := range events {
		if e.After != nil && e.After.Confidential != nil {
			v, err := s.Secret(ctx, *e.After.Confidential)
			if err != nil {
				return "", err
			}
			all = append(all, v)
		}
	}
	for _, who := range []string{"ana", "ben", "lea"} {
		for _, m := range []annotations.Mode{annotations.Undo, annotations.Redo} {
			d, e, err := s.Undoable(ctx, who, m)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return "", err
			}
			all = append(all, d, e)
		}
	}
	if file {
		seals, err := s.Seals(ctx, 0, math.MaxInt)
		if err != nil {
			return "", err
		}
		st, err := s.Stat(ctx)
		if err != nil {
			return "", err
		}
		all = append(all, seals, st.ID, st.Created, st.App, st.Events, st.Articles)
	}
	b, err := json.Marshal(all)
	return annotations.HashOf(string(b)).String(), err
}
