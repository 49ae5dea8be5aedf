//go:build !windows

package store_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stet.example/stet/store"
)

// childCrowd has people save at once, in groups of which one is made ready while
// another is written, until something fails or each has saved 30 times; it says of
// every act that was acknowledged whose it is, its number and where it stands.
func childCrowd(path string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{Path: path, Program: "test", Create: true})
	if err != nil {
		fmt.Println("open:", err)
		return 3
	}
	s.RelayFrom(3)
	a, err := scriptArticle()
	if err == nil {
		_, err = store.Import(ctx, s, scriptSession("script"), a, builtin())
	}
	if err != nil {
		fmt.Println(said(err), err)
		return closeSaying(s)
	}
	fmt.Println("ready")
	var wg sync.WaitGroup
	var out sync.Mutex
	var stop atomic.Bool
	for w := range 12 {
		me, err := store.NewSession(fmt.Sprintf("reviewer %d %d", w, time.Now().UnixNano()), "test")
		if err != nil {
			fmt.Println(err)
			return 1
		}
		wg.Go(func() {
			for i := 0; i < 30 && !stop.Load(); i++ {
				c := scriptBatch("", a.ID, uint64(i%scriptSentences+2)).Changes[0]
				c.Rev = uint64(i / scriptSentences)
				b := me.Batch(a.ID, c)
				r, err := s.Append(ctx, b)
				out.Lock()
				if err != nil {
					fmt.Println(said(err), err)
					stop.Store(true)
				} else {
					fmt.Println("acked", hex.EncodeToString(b.Act.Session[:]), b.Act.N, r.First)
				}
				out.Unlock()
			}
		})
	}
	wg.Wait()
	return closeSaying(s)
}

// checkCrowd opens the store and looks for every act that was acknowledged, at the
// place that was told. It returns how many there were.
func checkCrowd(t *testing.T, path string, lines []string) (acked int) {
	t.Helper()
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && !strings.Contains(strings.Join(lines, "\n"), "acked") {
		return 0
	}
	s, err := store.Open(t.Context(), store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		var session string
		var n, at uint64
		if _, err := fmt.Sscanf(line, "acked %s %d %d", &session, &n, &at); err != nil {
			continue // cut short by the kill, or another word
		}
		if len(session) != 16 {
			continue
		}
		acked++
		events, _, err := s.Events(t.Context(), store.Query{}, at-1, 1)
		if err != nil || len(events) != 1 || events[0].Pos != at || events[0].Act.N != n || hex.EncodeToString(events[0].Act.Session[:]) != session {
			t.Errorf("%s: %+v, %v", line, events, err)
		}
	}
	if r, err := s.Verify(t.Context(), nil); err != nil || !r.OK() {
		t.Errorf("%v %v", err, r.Problems)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	return acked
}

func TestKillsOfACrowdLoseNothing(t *testing.T) {
	path, all := filepath.Join(t.TempDir(), "stet.db"), 0
	rnd := rand.New(rand.NewPCG(3, 4))
	kills := size(200, 8)
	for i := range kills {
		c := startChild(t, "crowd", path)
		var lines []string
		var timer *time.Timer
		for line, ok := c.line(); ok; line, ok = c.line() {
			if lines = append(lines, line); timer == nil {
				timer = time.AfterFunc(time.Duration(1+rnd.IntN(40))*time.Millisecond, func() { _ = c.cmd.Process.Kill() })
			}
		}
		if timer != nil {
			timer.Stop()
		}
		c.kill()
		if e := c.err.String(); e != "" {
			t.Fatalf("kill %d: %s", i, e)
		}
		if all += checkCrowd(t, path, lines); t.Failed() {
			t.Fatalf("after kill %d", i)
		}
	}
	t.Logf("%d kills, %d acts acknowledged", kills, all)
	if all < kills {
		t.Errorf("only %d acts in %d kills: the kills come too early to prove anything", all, kills)
	}
}

// Whatever fails under a crowd, who was told "saved" was told the truth, and after a
// failed sync nothing is written.
func TestFailingDisksUnderACrowdLoseNothing(t *testing.T) {
	dir, all, failed := t.TempDir(), 0, 0
	rnd := rand.New(rand.NewPCG(7, 8))
	faults := []struct {
		call, err string
		upTo      int
	}{{"fdatasync", "EIO", 60}, {"pwrite64", "ENOSPC", 300}, {"pwrite64", "EIO", 300}, {"fdatasync", "ENOSPC", 60}}
	for i := range size(160, 8) {
		f, path, log := faults[i%len(faults)], filepath.Join(dir, fmt.Sprintf("%d.db", i%8)), filepath.Join(dir, "trace")
		inject := fmt.Sprintf("%s:error=%s:when=%d", f.call, f.err, 1+rnd.IntN(f.upTo))
		c := startWith(t, "crowd", strace(t, log, inject), path)
		lines := c.all()
		silentAfterFailedSync(t, path, traced(t, log))
		for _, line := range lines {
			if word, _, _ := strings.Cut(line, " "); word == "poisoned" || word == "full" {
				failed++
				break
			} else if word == "damaged" || word == "failed" {
				t.Errorf("%q", line)
			}
		}
		if all += checkCrowd(t, path, lines); t.Failed() {
			t.Fatalf("%s on %s:\n%s\n%s", inject, filepath.Base(path), strings.Join(lines[max(0, len(lines)-20):], "\n"), c.err)
		}
	}
	t.Logf("%d runs failed, %d acts acknowledged", failed, all)
	if all == 0 || failed == 0 {
		t.Error("nothing was acknowledged, or nothing failed: this proves nothing")
	}
}
