//go:build !windows

package store_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// savedAct is the act that a line of the script says is saved, or 0.
func savedAct(line string) (n uint64) {
	if _, err := fmt.Sscanf(line, "saved %d", &n); err != nil {
		return 0
	}
	return n
}

// readUntil reads a child's lines until it has saved some acts, and returns the
// last.
func readUntil(t *testing.T, c *child, acts int) (last uint64) {
	t.Helper()
	for acts > 0 {
		line, ok := c.line()
		if !ok {
			t.Fatalf("the child ended: %s", c.err)
		}
		if n := savedAct(line); n > 0 {
			last = n
			acts--
		}
	}
	return last
}

// readAll reads a child to its end, which must be an orderly one.
func readAll(t *testing.T, c *child) (last uint64) {
	t.Helper()
	line := ""
	for next, ok := c.line(); ok; next, ok = c.line() {
		line = next
		last = max(last, savedAct(line))
	}
	if line != "closed" {
		t.Errorf("the child ended with %q: %s", line, c.err)
	}
	return last
}

// checkScript opens a store that children wrote and checks it against the
// script: acts 1…n, n at least least, each once and in order, whatever else
// became of them. Then it goes on with the next act, twice.
func checkScript(t *testing.T, path string, least uint64) (n uint64) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: path, Program: "test", Slow: storetest.SlowRead(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		storetest.MustCheckFile(t, path)
	}()
	storetest.MustCheck(t, s)
	events, err := everyEvent(s, store.Query{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	a, err := scriptArticle()
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range events {
		n = uint64(i) + 1
		if e.Act.N != n || n > 1 && e.After.Note != fmt.Sprintf("act %d", n) || n > 1 && e.After.Tag != scriptTag(n) {
			t.Fatalf("event %d is %s: %+v", n, e.Act, e.After)
		}
		if n%7 == 0 {
			if v, err := s.Secret(t.Context(), *e.After.Confidential); err != nil || v != fmt.Sprintf("hush %d", n) {
				t.Errorf("the confidential note of act %d: %q, %v", n, v, err)
			}
		}
	}
	if n < least {
		t.Errorf("%d acts are there, %d were acknowledged", n, least)
	}
	if n == 0 {
		return 0
	}
	b := scriptBatch("script", a.ID, n+1)
	first, err := s.Append(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Append(t.Context(), b); err != nil || again != first {
		t.Errorf("the same act again: %+v, %v; want %+v", again, err, first)
	}
	if last := scriptBatch("script", a.ID, n); n > 1 {
		if r, err := s.Append(t.Context(), last); err == nil || r != (store.Receipt{}) {
			t.Errorf("an act before the last: %+v, %v", r, err)
		}
	}
	return n + 1
}

// A program is killed at any moment, over and over. What it said was saved is
// there; the act under way is there once or not at all; the next program goes on.
func TestKillsLoseNothingThatWasAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	kills, acts, unsaid := size(500, 25), uint64(0), 0
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range kills {
		c := startChild(t, "append", path, "endless")
		// One in four is killed while it may still be starting, the others while
		// they save, however slow the machine is at starting.
		var timer *time.Timer
		arm := func() {
			timer = time.AfterFunc(time.Duration(5+rnd.IntN(60))*time.Millisecond, func() { _ = c.cmd.Process.Kill() })
		}
		if i%4 == 0 {
			arm()
		}
		acked, said := acts, 0
		for line, ok := c.line(); ok; line, ok = c.line() {
			if strings.HasPrefix(line, "ready") {
				var at uint64
				if _, err := fmt.Sscanf(line, "ready %d", &at); err != nil || at < acts {
					t.Fatalf("kill %d: starts at act %d after act %d, %v", i, at, acts, err)
				}
				if timer == nil {
					arm()
				}
			}
			if n := savedAct(line); n > 0 {
				acked = n
				said++
			}
		}
		if timer != nil {
			timer.Stop()
		}
		c.kill()
		if e := c.err.String(); e != "" {
			t.Fatalf("kill %d: %s", i, e)
		}
		if acked == 0 {
			continue // killed before its first act
		}
		if said > 1 {
			place(t, path, acked)
		}
		if acts = checkScript(t, path, acked); acts > acked+1 {
			unsaid++
		}
		if t.Failed() {
			t.Fatalf("after kill %d", i)
		}
	}
	t.Logf("%d kills, %d acts, %d of them saved and not acknowledged", kills, acts, unsaid)
	if acts < uint64(kills) {
		t.Errorf("only %d acts in %d kills: the kills come too early to prove anything", acts, kills)
	}
}

// place checks that the place file tells where the reviewer stood: at the last
// act that was acknowledged, or, killed before that was noted, the one before.
func place(t *testing.T, path string, acked uint64) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	last, _, err := s.Places("ana")
	at := func(n uint64) annotations.SentenceID { return annotations.SentenceID((n-2)%scriptSentences + 1) }
	if err != nil || last.Sentence != at(acked) && last.Sentence != at(acked-1) {
		t.Errorf("the reviewer stands at %d, %v; the last act was on %d", last.Sentence, err, at(acked))
	}
}
