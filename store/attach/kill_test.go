//go:build linux || darwin

package attach

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// acknowledged is an act that a child was told is saved.
type acknowledged struct {
	session  string
	n        uint64
	rev      uint64
	sentence annotations.SentenceID
	who      string
}

// crew is a number of processes that save to one store while some of them are
// killed.
type crew struct {
	tb        testing.TB
	path, dir string
	mu        sync.Mutex
	acks      []acknowledged
	lines     []string // that nobody expected
}

// run starts a process of who, kills it life after it is ready, or after its
// start, and notes what it was told and whether it ever was the owner.
func (c *crew) run(who string, life time.Duration, ready bool) (owned bool) {
	p := startChild(c.tb, "save", c.path, c.dir, who)
	var t *time.Timer
	if !ready {
		t = time.AfterFunc(life, func() { p.cmd.Process.Kill() })
	}
	for line, ok := p.line(); ok; line, ok = p.line() {
		switch {
		case c.note(who, line):
		case line == "owner":
			owned = true
		case strings.HasPrefix(line, "ready"):
			owned = owned || line == "ready true"
			if ready {
				t = time.AfterFunc(life, func() { p.cmd.Process.Kill() })
			}
		case strings.Count(line, " ") < 4 && strings.HasPrefix("saved ", line[:min(len(line), 6)]):
			// a line that the kill cut short
		default:
			c.mu.Lock()
			c.lines = append(c.lines, who+": "+line)
			c.mu.Unlock()
		}
	}
	if t != nil {
		t.Stop()
	}
	p.kill()
	if text := p.err.String(); text != "" {
		c.mu.Lock()
		c.lines = append(c.lines, who+": "+text)
		c.mu.Unlock()
	}
	return owned
}

// note keeps what a line says was acknowledged; false when it says something else.
func (c *crew) note(who, line string) bool {
	a := acknowledged{who: who}
	if _, err := fmt.Sscanf(line, "saved %s %d %d %d", &a.session, &a.n, &a.rev, &a.sentence); err != nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.acks = append(c.acks, a)
	return true
}

// count is how many acts were acknowledged.
func (c *crew) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.acks)
}

// check opens the store that the crew left and holds it against what they were
// told: every act once, every revision after the one before it, the file whole.
func (c *crew) check() (events int) {
	s, err := store.Open(c.tb.Context(), store.Options{Path: c.path, Program: "test"})
	if err != nil {
		c.tb.Fatal(err)
	}
	storetest.MustCheck(c.tb, s)
	times := map[string]int{}
	revs := map[string]uint64{}
	for after := uint64(0); ; {
		page, next, err := s.Events(c.tb.Context(), store.Query{}, after, 4096)
		if err != nil {
			c.tb.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			events++
			if e.Kind != annotations.EventAnnotate {
				continue
			}
			key := fmt.Sprint(e.Actor, "/", e.Sentence)
			if e.Rev != revs[key]+1 {
				c.tb.Errorf("event %d makes revision %d of %s out of %d", e.Pos, e.Rev, key, revs[key])
			}
			revs[key] = e.Rev
			times[fmt.Sprintf("%s %d %d %d %s", e.Act.Session, e.Act.N, e.Rev, e.Sentence, e.Actor)]++
		}
		after = next
	}
	for act, n := range times {
		if n != 1 {
			c.tb.Errorf("act %s is there %d times", act, n)
		}
	}
	lost := 0
	for _, a := range c.acks {
		if times[fmt.Sprintf("%s %d %d %d %s", a.session, a.n, a.rev, a.sentence, a.who)] == 0 {
			lost++
		}
	}
	if lost > 0 {
		c.tb.Errorf("%d of %d acknowledged acts are lost", lost, len(c.acks))
	}
	if err := s.Close(); err != nil {
		c.tb.Error(err)
	}
	storetest.MustCheckFile(c.tb, c.path)
	for i, line := range c.lines {
		if i < 10 {
			c.tb.Errorf("a process said %q", line)
		}
	}
	return events
}

// Owners and clients are killed at any moment while all of them save. What any
// of them was told is saved is there, once.
func TestKillsOfOwnersAndClientsLoseNothing(t *testing.T) {
	needSockets(t)
	long := *campaign
	if long == 0 {
		long = 4 * time.Second
	}
	const hands = 5
	c := &crew{tb: t, path: filepath.Join(t.TempDir(), "stet.db"), dir: filepath.Join(socketDir(t), "stet")}
	var kills, owners int
	var wg sync.WaitGroup
	end := now().Add(long)
	for hand := range hands {
		rnd := rand.New(rand.NewPCG(uint64(hand), 3))
		wg.Go(func() {
			for i := 0; now().Before(end); i++ {
				life := time.Duration(20+rnd.IntN(500)) * time.Millisecond
				owned := c.run(fmt.Sprintf("hand %d", hand), life, i%4 > 0)
				c.mu.Lock()
				kills++
				if owned {
					owners++
				}
				c.mu.Unlock()
			}
		})
	}
	wg.Wait()
	events := c.check()
	t.Logf("%d kills (%d of the owner), %d acknowledged acts, %d events in the log", kills, owners, len(c.acks), events)
	if *campaign > 0 && kills < int(10*campaign.Seconds()) {
		t.Errorf("only %d kills in %s", kills, *campaign)
	}
	if len(c.acks) < 2*kills {
		t.Errorf("%d acts in %d kills: they come too early to prove anything", len(c.acks), kills)
	}
}
