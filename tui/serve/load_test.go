package serve_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/serve"
)

var (
	loadTime     = flag.Duration("load", 3*time.Second, "how long the load test runs")
	loadPeople   = flag.Int("people", 3, "sessions of the load test at a person's pace")
	loadMachines = flag.Int("machines", 1, "sessions of the load test that type as fast as their screen answers")
	loadCommands = flag.Int("commands", 1, "clients of the load test that give commands, each in a connection of its own")
)

// underLoad is how long anything may take in the load test: how long it took is
// reported, and a machine that is busy with other things loses nothing.
const underLoad = 2 * time.Minute

// watcher is a terminal that tells when its last lines hold certain words.
type watcher struct {
	mu   sync.Mutex
	term *vt.SafeEmulator
	want string
	seen chan struct{}
}

func (w *watcher) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.term.Write(p)
	w.look()
	return n, err
}

// look tells whoever waits; w.mu is held.
func (w *watcher) look() {
	if w.want == "" {
		return
	}
	for y := w.term.Height() - 2; y < w.term.Height(); y++ {
		var row strings.Builder
		for x := range w.term.Width() {
			if c := w.term.CellAt(x, y); c != nil {
				row.WriteString(c.Content)
			}
		}
		if strings.Contains(row.String(), w.want) {
			w.want = ""
			w.seen <- struct{}{}
			return
		}
	}
}

// wait returns when the words are on the screen.
func (w *watcher) wait(words string) error {
	w.mu.Lock()
	w.want = words
	w.look()
	w.mu.Unlock()
	select {
	case <-w.seen:
		return nil
	case <-time.After(underLoad):
		return fmt.Errorf("%q was not shown", words)
	}
}

// player is one person of the load test.
type player struct {
	name  string
	fast  bool // types as soon as the last act was saved
	saved int  // acts that this client saw saved
	took  []time.Duration
	keys  io.WriteCloser
	tty   *watcher
	sess  *gossh.Session
}

func (p *player) open(c *gossh.Client) error {
	sess, err := c.NewSession()
	if err != nil {
		return err
	}
	p.sess, p.tty = sess, &watcher{term: vt.NewSafeEmulator(80, 24), seen: make(chan struct{}, 1)}
	if p.keys, err = sess.StdinPipe(); err != nil {
		return err
	}
	sess.Stdout = p.tty
	go io.Copy(p.keys, p.tty.term) //nolint:errcheck // the terminal's answers
	return errors.Join(sess.RequestPty("xterm-256color", 24, 80, nil), sess.Start("review harbour"))
}

// act presses a key and waits until its effect is shown as saved.
func (p *player) act(key, words string) error {
	began := time.Now()
	if _, err := io.WriteString(p.keys, key); err != nil {
		return err
	}
	if err := p.tty.wait(words); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	p.took = append(p.took, time.Since(began))
	p.saved++
	return nil
}

// play works until ctx ends, tagging a sentence and taking that back.
func (p *player) play(ctx context.Context, n *atomic.Int64) error {
	for ctx.Err() == nil {
		for _, step := range []struct{ key, words string }{{"s", "2 sourced. Saved."}, {"u", "Undid"}} {
			if err := p.act(step.key, step.words); err != nil {
				return err
			}
			n.Add(1)
			if p.fast {
				continue
			}
			select {
			case <-time.After(time.Second/2 + rand.N(time.Second)): //nolint:gosec // a person's pace
			case <-ctx.Done():
			}
		}
	}
	_, err := io.WriteString(p.keys, "qq")
	return err
}

// TestLoad has many people at work at once: at a person's pace, as fast as their
// terminal answers, and by commands. What each saw saved must be in the log, no more
// and no less.
func TestLoad(t *testing.T) {
	people := make([]string, *loadPeople+*loadMachines+*loadCommands)
	for i := range people {
		people[i] = fmt.Sprintf("p%03d", i)
	}
	// The watchdog of the other tests counts waiting for a processor, of which
	// there is a lot here, as holding a read.
	path := filepath.Join(t.TempDir(), "stet.db")
	st, err := store.Open(t.Context(), store.Options{Path: path, Program: "test", App: "stet test", Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		storetest.MustCheck(t, st)
		if err := st.Close(); err != nil {
			t.Error(err)
		}
		storetest.MustCheckFile(t, path)
	})
	h := openOn(t, st, append(people, "lea lead"), 40, func(o *serve.Options) {
		o.MaxSessions, o.MaxStarting, o.Grace = 2*len(people)+10, len(people)+16, underLoad
	})
	before := memory()
	players := make([]*player, len(people))
	var opening sync.WaitGroup
	failed := make(chan error, 2*len(people))
	for i, name := range people {
		players[i] = &player{name: name, fast: i >= *loadPeople}
		opening.Go(func() {
			if err := players[i].start(h, i >= *loadPeople+*loadMachines); err != nil {
				failed <- fmt.Errorf("%s: %w", name, err)
			}
		})
	}
	opening.Wait()
	open := memory()
	ctx, cancel := context.WithTimeout(t.Context(), *loadTime)
	defer cancel()
	var acts atomic.Int64
	var playing sync.WaitGroup
	began := time.Now()
	for i, p := range players {
		playing.Go(func() {
			err := error(nil)
			if p.sess == nil {
				err = p.commands(ctx, h, &acts)
			} else {
				err = p.play(ctx, &acts)
			}
			if err != nil {
				failed <- fmt.Errorf("%s: %w", people[i], err)
			}
		})
	}
	playing.Wait()
	took := time.Since(began)
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	within(t, underLoad, "everybody has left", func() bool { return len(h.srv.Hub().Present()) == 0 })
	h.agrees(t, players)
	t.Logf("%d people, %d acts in %v: %.0f acts a second; memory a session, client and server together: %d kB",
		len(people), acts.Load(), took.Round(time.Millisecond), float64(acts.Load())/took.Seconds(), (open-before)/1024/int64(len(people)))
	report(t, players)
}

func (p *player) start(h *house, commands bool) error {
	c, err := h.dial(p.name, h.keys[p.name])
	if err != nil {
		return err
	}
	h.tb.Cleanup(func() { _ = c.Close() })
	if commands {
		return nil
	}
	if err := p.open(c); err != nil {
		return err
	}
	within(h.tb, underLoad, p.name+" sees the article", func() bool {
		p.tty.mu.Lock()
		defer p.tty.mu.Unlock()
		return strings.Contains(p.tty.term.String(), "Sentence 2")
	})
	return nil
}

// commands tags by commands, one connection each time.
func (p *player) commands(ctx context.Context, h *house, n *atomic.Int64) error {
	for i := 0; ctx.Err() == nil; i++ {
		began := time.Now()
		c, err := h.dial(p.name, h.keys[p.name])
		if err != nil {
			return err
		}
		sess, err := c.NewSession()
		if err != nil {
			return errors.Join(err, c.Close())
		}
		out, err := sess.Output(fmt.Sprintf("tag %d sourced", 2+i%30))
		if err = errors.Join(err, c.Close()); err != nil || string(out) != "Saved.\n" {
			return fmt.Errorf("tag: %q, %w", out, err)
		}
		p.took = append(p.took, time.Since(began))
		p.saved++
		n.Add(1)
	}
	return nil
}

// agrees holds what the clients saw against the log.
func (h *house) agrees(t *testing.T, players []*player) {
	t.Helper()
	inLog := map[string]int{}
	for after := uint64(0); ; {
		events, next, err := h.st.Events(t.Context(), store.Query{Article: h.id}, after, 5000)
		if err != nil {
			t.Fatal(err)
		}
		for i := range events {
			if events[i].Kind == annotations.EventAnnotate {
				inLog[events[i].Actor]++
			}
		}
		if after = next; len(events) < 5000 {
			break
		}
	}
	for _, p := range players {
		if inLog[p.name] != p.saved {
			t.Errorf("%s saw %d acts saved, the log has %d", p.name, p.saved, inLog[p.name])
		}
		if p.saved == 0 {
			t.Errorf("%s did nothing", p.name)
		}
	}
}

// report prints how long it took from a key to its "Saved." on the client's screen.
func report(t *testing.T, players []*player) {
	t.Helper()
	by, early, late := map[string][]time.Duration{}, map[string][]time.Duration{}, map[string][]time.Duration{}
	for _, p := range players {
		if len(p.took) == 0 {
			continue
		}
		kind := "screens at a person's pace"
		switch {
		case p.sess == nil:
			kind = "commands, login included"
		case p.fast:
			kind = "screens at a machine's pace"
		}
		by[kind] = append(by[kind], p.took...)
		n := len(p.took)
		early[kind] = append(early[kind], p.took[:n/5+1]...)
		late[kind] = append(late[kind], p.took[n-n/5-1:]...)
	}
	for kind, list := range by {
		slices.Sort(list)
		at := func(q float64) time.Duration { return list[int(q*float64(len(list)-1))].Round(100 * time.Microsecond) }
		t.Logf("%s: %d acts, p50 %v, p95 %v, p99 %v, worst %v; p50 of each one's first acts %v, last acts %v", kind, len(list), at(0.5), at(0.95), at(0.99), at(1), median(early[kind]), median(late[kind]))
	}
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2].Round(100 * time.Microsecond)
}

// memory is what the heap and the stacks hold, in bytes.
func memory() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse) //nolint:gosec // far from the limit
}
