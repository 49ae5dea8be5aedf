//go:build !windows

package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// strace returns the wrapper that traces the disk calls of a child into log,
// with one of them made to fail, or skips the test.
func strace(t *testing.T, log, inject string) []string {
	t.Helper()
	tool, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed; with it this test makes the disk fail (apt-get install strace)")
	}
	w := []string{tool, "-f", "-y", "-qq", "-s", "0", "-o", log, "-e", "trace=fdatasync,fsync,pwrite64,ftruncate", "-e", "signal=none"}
	if inject != "" {
		w = append(w, "-e", "inject="+inject)
	}
	return w
}

// traced reads a trace: the calls in order, each with its file.
func traced(t *testing.T, log string) []string {
	t.Helper()
	b, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

// lines reads all a child says.
func (c *child) all() (out []string) {
	for line, ok := c.line(); ok; line, ok = c.line() {
		out = append(out, line)
	}
	_ = c.cmd.Wait()
	return out
}

// The disk fails in every way at any moment: what was acknowledged is there, a
// failed sync ends all writing, a full disk does not.
func TestFailingDisksLoseNothingThatWasAcknowledged(t *testing.T) {
	dir := t.TempDir()
	rnd := rand.New(rand.NewPCG(5, 6))
	shared := filepath.Join(dir, "shared.db")
	tally := map[string]int{}
	faults := []struct {
		call, err string
		upTo      int // the k-th call fails; calls are counted for each thread
	}{
		{"fdatasync", "EIO", 20}, {"pwrite64", "ENOSPC", 60}, {"pwrite64", "EIO", 60}, {"ftruncate", "ENOSPC", 3},
		{"fsync", "EIO", 4}, {"pwrite64", "EDQUOT", 60}, {"ftruncate", "EFBIG", 3}, {"fdatasync", "ENOSPC", 20},
	}
	for i := range size(320, 24) {
		f, path := faults[i%len(faults)], shared
		if f.call == "ftruncate" || f.call == "fsync" || i%3 == 0 {
			path = filepath.Join(dir, fmt.Sprintf("fresh-%d.db", i)) // so that making and growing it can fail too
		}
		log := filepath.Join(dir, "trace")
		inject := fmt.Sprintf("%s:error=%s:when=%d", f.call, f.err, 1+rnd.IntN(f.upTo))
		c := startWith(t, "append", strace(t, log, inject), path, "some")
		said := c.all()
		what := faultOutcome(t, inject, path, said, traced(t, log))
		tally[f.call+" "+f.err+": "+what]++
		if t.Failed() {
			t.Fatalf("%s on %s:\n%s\n%s", inject, filepath.Base(path), strings.Join(said, "\n"), c.err)
		}
	}
	t.Logf("%v", tally)
}

// faultOutcome checks one run and says what came of it.
func faultOutcome(t *testing.T, inject, path string, said, calls []string) string {
	t.Helper()
	acked, what := uint64(0), "never came"
	for i, line := range said {
		switch word, _, _ := strings.Cut(line, " "); word {
		case "saved":
			if acked = savedAct(line); what == "full" {
				what = "full, then saved"
			}
		case "full":
			if what = "full"; !strings.Contains(inject, "ENOSPC") && !strings.Contains(inject, "EDQUOT") && !strings.Contains(inject, "EFBIG") {
				t.Errorf("%q without a full disk", line)
			}
		case "poisoned":
			what = "poisoned"
			if i+1 < len(said) && said[i+1] != "then poisoned" && strings.HasPrefix(said[i+1], "then") {
				t.Errorf("after %q it says %q", line, said[i+1])
			}
		case "open:":
			what = "refused at the start"
		case "place:":
			what = "no place noted"
		case "damaged", "failed":
			t.Errorf("%q", line)
		}
	}
	silentAfterFailedSync(t, path, calls)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if acked > 0 {
			t.Errorf("the store is gone after %d acts", acked)
		}
		return what
	}
	checkScript(t, path, acked)
	return what
}

var injected = regexp.MustCompile(`(fdatasync|fsync)\(\d+<([^>]*)>\).*INJECTED`)

// silentAfterFailedSync fails if a file was written to after a sync of it failed.
func silentAfterFailedSync(t *testing.T, path string, calls []string) {
	t.Helper()
	failed := false
	for _, call := range calls {
		if m := injected.FindStringSubmatch(call); m != nil && m[2] == path {
			failed = true
			continue
		}
		if failed && strings.Contains(call, "pwrite64(") && strings.Contains(call, "<"+path+">") {
			t.Errorf("after a failed sync the file was written to: %s", call)
			return
		}
	}
}

// Both of bbolt's syncs are done before an act is acknowledged. That the test
// would notice if they were not is shown with a store that does not sync.
func TestEveryActIsSyncedTwice(t *testing.T) {
	dir := t.TempDir()
	syncs := func(mode string) (acts, syncs int) {
		path, log := filepath.Join(dir, mode+".db"), filepath.Join(dir, mode)
		c := startWith(t, "append", strace(t, log, ""), path, mode)
		for _, line := range c.all() {
			if savedAct(line) > 0 {
				acts++
			}
		}
		for _, call := range traced(t, log) {
			if strings.Contains(call, "fdatasync(") && strings.Contains(call, "<"+path+">") {
				syncs++
			}
		}
		return acts, syncs
	}
	if acts, n := syncs("some"); acts != 12 || n < 2*acts {
		t.Errorf("%d acts with %d syncs", acts, n)
	}
	if acts, n := syncs("some-nosync"); acts != 12 || n >= 2*acts {
		t.Errorf("a store that does not sync made %d syncs for %d acts: the test proves nothing", n, acts)
	}
}

var endsFull = regexp.MustCompile(`^full \d+ .*\nthen (full|saved)\nclosed$`)

// A disk that runs full says so, keeps what was saved, and takes more once there
// is room.
func TestASmallDiskRunsFullAndGoesOnAfterwards(t *testing.T) {
	dir, mount := smallDisk(t, "700k")
	path := filepath.Join(dir, "stet.db")
	acked := uint64(0)
	for round := range 2 {
		said := startChild(t, "append", path, "endless").all()
		for _, line := range said {
			acked = max(acked, savedAct(line))
		}
		// It gives up an act after four tries and makes a last one. What the mirror
		// wrote of an event in part it cuts off again, which may give that one room.
		tail := said[max(0, len(said)-3):]
		if end := strings.Join(tail, "\n"); !endsFull.MatchString(end) {
			t.Fatalf("round %d ends with\n%s", round, end)
		}
		if err := mount(fmt.Sprintf("remount,size=%dk", 2000<<round)); err != nil {
			t.Fatal(err)
		}
		acked = checkScript(t, path, acked)
	}
	if acked < 50 {
		t.Errorf("only %d acts fitted", acked)
	}
}
