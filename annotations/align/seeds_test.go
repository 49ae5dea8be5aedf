package align

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"stet.example/stet/annotations/segment"
)

func seedSides(t testing.TB) (a, b Side) {
	t.Helper()
	dir := filepath.Join(sharedDir(t), "seeds")
	for i, name := range []string{"000_1cb0c55ad63ff44b.txt", "001_3a6df856e15fe0ca.txt"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Skipf("no seed articles: %v", err)
		}
		s := Side{Text: string(raw), Units: segment.Append(nil, string(raw), segment.Options{Lang: "en"})}
		if i == 0 {
			a = s
		} else {
			b = s
		}
	}
	return a, b
}

type goldUnit struct {
	Type    string   `json:"type"`
	ID      string   `json:"id"`
	From    []string `json:"from"`
	Changes []struct {
		Type string `json:"type"`
	} `json:"changes"`
}

// TestSeedsAreRight holds the pair of seed articles against a careful reader's
// alignment: every source, and no change of a kind that the reader denies.
func TestSeedsAreRight(t *testing.T) {
	gold := readLines[goldUnit](t, filepath.Join(sharedDir(t), "gold", "seeds_alignment.jsonl"))
	a, b := seedSides(t)
	r := Compare(a, b)
	by := map[ChangeType]*tally{}
	count := func(k ChangeType) *tally {
		if by[k] == nil {
			by[k] = &tally{}
		}
		return by[k]
	}
	left, rows := 0, 0
	for _, g := range gold {
		n, err := strconv.Atoi(g.ID[1:])
		if err != nil {
			t.Fatal(err)
		}
		if g.Type == "left_out" {
			left++
			if !slices.Contains(r.LeftOut, n-1) {
				t.Errorf("%s is not among the sentences left out", g.ID)
			}
			continue
		}
		rows++
		var want, got []string
		want = append(want, g.From...)
		for _, i := range r.Links[n-1].From {
			got = append(got, fmt.Sprintf("A%d", i+1))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s comes from %v, want %v", g.ID, got, want)
		}
		wantKinds, gotKinds := map[ChangeType]bool{}, map[ChangeType]bool{}
		for _, c := range g.Changes {
			if named[ChangeType(c.Type)] {
				wantKinds[ChangeType(c.Type)] = true
			}
		}
		for _, c := range r.Changes {
			if c.B == n-1 && c.Type != OutletLaundered {
				gotKinds[c.Type] = true
			}
		}
		for k := range wantKinds {
			if gotKinds[k] {
				count(k).tp++
			} else {
				count(k).fn++
				t.Errorf("%s misses %s", g.ID, k)
			}
		}
		for k := range gotKinds {
			if !wantKinds[k] {
				count(k).fp++
				t.Errorf("%s reports %s, the reader does not", g.ID, k)
			}
		}
	}
	if rows != 16 || left == 0 || left != len(r.LeftOut) {
		t.Errorf("%d rows and %d left out in the gold, %d left out here", rows, left, len(r.LeftOut))
	}
	for _, c := range r.Changes {
		if c.Type == QuoteAltered || c.Type == NumberChanged {
			t.Errorf("nothing of the kind is in the seeds: %+v", c)
		}
	}
	for k, c := range by {
		t.Logf("%-20s F1 %.0f %+v", k, c.f1(), *c)
	}
}

var named = map[ChangeType]bool{
	QuoteAltered: true, QuoteDropped: true, AttributionDropped: true, AttributionAdded: true, AttributionChanged: true, CueChanged: true,
	HedgeDropped: true, HedgeAdded: true, HedgeChanged: true, HedgeMoved: true, NumberChanged: true, NumberDropped: true, HeadingAdded: true, DenialDropped: true, DenialAdded: true,
}

func TestSeedsTakeNoTime(t *testing.T) {
	a, b := seedSides(t)
	best := time.Hour
	for range 10 {
		start := time.Now()
		Compare(a, b)
		best = min(best, time.Since(start))
	}
	t.Logf("the seeds take %v", best)
	if best > 20*time.Millisecond {
		t.Errorf("the seeds take %v, want less than 20 ms", best)
	}
}

func BenchmarkCompareSeeds(b *testing.B) {
	x, y := seedSides(b)
	b.ReportAllocs()
	for b.Loop() {
		Compare(x, y)
	}
}

// TestTheSeedsLoseTheirSupport: the rewrite keeps the claim of sentence 5 and
// leaves out the two sentences that vouch for it, and the one that answers them.
func TestTheSeedsLoseTheirSupport(t *testing.T) {
	a, b := seedSides(t)
	got := fmt.Sprint(Compare(a, b).Orphans)
	if want := "[{4 4 [15 17] [18] false}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
