package boltfile

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"
)

// tally counts what became of the damages of one sort.
type tally struct {
	damages  int
	refused  int // by Check
	warned   int // passed with a warning
	clean    int // passed without
	changed  int // passed, and bbolt reads other records
	previous int // passed, and the previous commit opens
}

func (a *tally) add(b tally) {
	a.damages += b.damages
	a.refused += b.refused
	a.warned += b.warned
	a.clean += b.clean
	a.changed += b.changed
	a.previous += b.previous
}

func (a tally) String() string {
	return fmt.Sprintf("%7d %7d %7d %7d %7d %8d", a.damages, a.refused, a.warned, a.clean, a.changed, a.previous)
}

// campaignSize is how often each file is hurt in each way. A long run:
// go test -run TestDamage -campaign 1000 -timeout 0
var campaignSize = flag.Int("campaign", 42, "damages of each sort to each file")

func TestDamageNeverCrashesAndWhatPassesIsSafeForBbolt(t *testing.T) {
	size := *campaignSize
	if testing.Short() {
		size = min(size, 6)
	}
	var (
		mu      sync.Mutex
		total   = map[string]tally{}
		refused [3]int
	)
	t.Run("campaign", func(t *testing.T) {
		for i, c := range []struct{ shape, pageSize int }{{2, 4096}, {3, 1024}, {4, 1024}, {4, 4096}, {5, 4096}, {7, 1024}, {8, 4096}} {
			t.Run(fmt.Sprintf("%s, pages of %d", shapes[c.shape].name, c.pageSize), func(t *testing.T) {
				t.Parallel()
				run := newCampaign(t, c.shape, c.pageSize, uint64(i))
				for _, d := range damages {
					for range size {
						run.one(d)
					}
				}
				run.flush()
				opened := run.openRefused()
				mu.Lock()
				defer mu.Unlock()
				for i, n := range opened {
					refused[i] += n
				}
				for name, x := range run.tallies {
					sum := total[name]
					sum.add(*x)
					total[name] = sum
				}
			})
		}
	})
	var all tally
	t.Logf("%-45s  number refused  warned   clean changed previous", "damage")
	for _, d := range damages {
		t.Logf("%-45s %s", d.name, total[d.name])
		all.add(total[d.name])
	}
	t.Logf("%-45s %s", "all", all)
	t.Logf("of the refused files %d crashed or hung bbolt, %d were read wrong or reported, %d did no harm", refused[0], refused[1], refused[2])
	if refused[0] == 0 {
		t.Error("no refused file harms bbolt: then what is the check for?")
	}
	if size >= 42 && all.damages < 3000 {
		t.Errorf("only %d damages", all.damages)
	}
	if all.refused == 0 || all.warned == 0 || all.clean == 0 || all.changed == 0 || all.previous == 0 {
		t.Error("a campaign in which nothing is refused, or nothing passes, proves nothing")
	}
}

// passed is a damaged file that Check lets pass, waiting to be opened.
type passed struct {
	damage damage
	pages  []uint64
	rep    Report
}

type campaign struct {
	t       *testing.T
	v       *victim
	dir     string
	rnd     *rand.Rand
	tallies map[string]*tally
	waiting map[string]passed
	refused []string // a sample of the files Check refuses
}

func newCampaign(t *testing.T, shape, pageSize int, seed uint64) *campaign {
	c := &campaign{
		t: t, v: newVictim(t, shape, pageSize), dir: t.TempDir(), rnd: rand.New(rand.NewPCG(5, seed)),
		tallies: map[string]*tally{}, waiting: map[string]passed{},
	}
	for _, d := range damages {
		c.tallies[d.name] = &tally{}
	}
	return c
}

const deadline = 5 * time.Second // for one call on a file of a few hundred KiB

// one hurts the file once, and lets Quick, Check and Salvage loose on it.
func (c *campaign) one(d damage) {
	data, pages := d.hurt(c.v, c.rnd)
	tl := c.tallies[d.name]
	tl.damages++
	ctx, cancel := context.WithTimeout(c.t.Context(), deadline)
	defer cancel()
	r, size := bytes.NewReader(data), int64(len(data))
	if _, err := Salvage(ctx, r, size, SalvageOptions{Everything: c.rnd.IntN(2) == 0}, func(Record) error { return nil }); ctx.Err() != nil {
		c.t.Fatalf("%s: Salvage hangs: %v", d.name, err)
	}
	_, quickErr := Inspect(r, size)
	rep, err := Check(ctx, r, size, Options{})
	if ctx.Err() != nil {
		c.t.Fatalf("%s: Check hangs: %v", d.name, err)
	}
	if err == nil {
		err = rep.Err()
	}
	if err != nil {
		tl.refused++
		if len(c.refused) < 12 && c.rnd.IntN(15) == 0 {
			path := filepath.Join(c.dir, fmt.Sprintf("refused%d.db", len(c.refused)))
			if err := os.WriteFile(path, data, 0o600); err != nil {
				c.t.Fatal(err)
			}
			c.refused = append(c.refused, path)
		}
		return
	}
	if quickErr != nil {
		c.t.Errorf("%s at pages %d of %s: Quick refuses what Check lets pass: %v", d.name, pages, c.v.name, quickErr)
	}
	if rep.Clean() {
		tl.clean++
	} else {
		tl.warned++
	}
	path := filepath.Join(c.dir, fmt.Sprintf("%d.db", len(c.waiting)))
	if err := os.WriteFile(path, data, 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.waiting[path] = passed{d, pages, rep}
	if len(c.waiting) >= 100 {
		c.flush()
	}
}

// flush opens the files that passed and judges what bbolt reads in them.
func (c *campaign) flush() {
	paths := slices.Sorted(maps.Keys(c.waiting))
	results := openInChild(c.t, paths, 60*time.Second)
	for _, path := range paths {
		if fault := c.judge(c.waiting[path], results[path]); fault != "" {
			p := c.waiting[path]
			c.t.Errorf("%s at pages %d of %s passed (%s): %s", p.damage.name, p.pages, c.v.name, p.rep, fault)
		}
	}
	clear(c.waiting)
}

// openRefused opens the sample of refused files all the same, to see what they
// would have done: crashes, then files bbolt read wrong or reported, then those
// it did not stumble over.
func (c *campaign) openRefused() (n [3]int) {
	for _, r := range openInChild(c.t, c.refused, 4*time.Second) {
		missing, extra := difference(c.v.now, r.records)
		switch {
		case !r.done:
			n[0]++
		case len(r.errors)+len(missing)+len(extra) > 0:
			n[1]++
		default:
			n[2]++
		}
	}
	return n
}

// judge returns what is wrong with letting p pass, or nothing.
func (c *campaign) judge(p passed, got opened) string {
	if !got.done {
		return "bbolt crashed or hung: " + got.stderr
	}
	for _, e := range got.errors {
		// A leak is a warning of ours, and found by bbolt as well.
		if p.rep.LeakedPages == 0 || !strings.HasSuffix(e, "unreachable unfreed") {
			return "bbolt: " + e
		}
	}
	want := c.v.now
	// Whether a warning was given or, as when the newest meta page never
	// arrived, none could be: the commit that opens must be whole.
	if p.rep.Commit.TxID < c.v.newest() {
		c.tallies[p.damage.name].previous++
		want = c.v.before
	}
	missing, extra := difference(want, got.records)
	if len(missing)+len(extra) == 0 {
		return ""
	}
	c.tallies[p.damage.name].changed++
	if !p.rep.Clean() {
		return "" // a warning was given: contents may differ, but nothing crashed
	}
	// Nothing was said, so only records of the pages touched may differ, ...
	allowed := map[string]bool{}
	for _, id := range p.pages {
		for _, name := range c.v.records[c.v.owner[id]] {
			allowed[name] = true
		}
	}
	renamed := renamesBucket(missing, extra, want, got.records)
	for _, name := range missing {
		if !allowed[name] && !renamed {
			return fmt.Sprintf("%s is gone or has changed, and does not stand on the pages touched", name)
		}
	}
	// ... and for a change in one place only one of them.
	if p.damage.payload && !renamed && (len(missing) > 1 || len(extra) > 1) {
		return fmt.Sprintf("%d records are gone and %d came by a change in one place", len(missing), len(extra))
	}
	return ""
}

// difference names the records of want that got lacks or has with another
// value, and those of got that want lacks or has with another value.
func difference(want, got map[string]string) (missing, extra []string) {
	for name, v := range want {
		if got[name] != v {
			missing = append(missing, name)
		}
	}
	for name, sum := range got {
		if want[name] != sum {
			extra = append(extra, name)
		}
	}
	sort.Strings(missing)
	sort.Strings(extra)
	return missing, extra
}

// renamesBucket reports that missing and extra are the same records under a
// bucket whose name, which is a key too, has changed.
func renamesBucket(missing, extra []string, want, got map[string]string) bool {
	if len(missing) != len(extra) {
		return false
	}
	var a, b []string
	for i := range missing {
		a = append(a, want[missing[i]])
		b = append(b, got[extra[i]])
	}
	sort.Strings(a)
	sort.Strings(b)
	return slices.Equal(a, b)
}
