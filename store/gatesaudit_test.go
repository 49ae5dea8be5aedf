package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/store/lanes"
)

// auditing measures a whole check against hashing as much and nothing else, as the
// standard library does it: each record once, and once more for the tree, on all
// processors. Where messages are hashed side by side a check beats that; where the
// processor has instructions for SHA-256 the bare hashing is quick, and reading and
// folding is what the ratio shows.
func (g *gateTable) auditing(large string, events int, payload int64) {
	s, err := Open(g.t.Context(), Options{Path: large})
	if err != nil {
		g.t.Fatal(err)
	}
	<-s.checked
	var verify, prove, bare []time.Duration
	for range 3 {
		bare = append(bare, hashing(events, int(payload)/events))
		for _, c := range []struct {
			look func(context.Context, func(done, total uint64)) (Report, error)
			took *[]time.Duration
		}{{s.Prove, &prove}, {s.Verify, &verify}} {
			begun := time.Now()
			if r, err := c.look(g.t.Context(), nil); err != nil || !r.OK() {
				g.t.Fatalf("%v %v", err, r.Problems)
			}
			*c.took = append(*c.took, time.Since(begun))
		}
	}
	if err := s.Close(); err != nil {
		g.t.Fatal(err)
	}
	rate := func(d []time.Duration) float64 { return float64(events) / median(d).Seconds() }
	side := lanes.New().Lanes()
	proofLimit, verifyLimit := 1.0, 2.5
	if side == 1 || lanes.Native() {
		proofLimit, verifyLimit = 4, 10
	}
	g.add(gateRow{what: "SHA-256 one by one, of records and tree", got: rate(bare), unit: "events/s", note: fmt.Sprintf("crypto/sha256 on %d processors; a check hashes %d at once", runtime.GOMAXPROCS(0), side)})
	g.add(gateRow{what: "proof of the log", got: rate(prove), unit: "events/s", note: "hashes, chains and tree"})
	g.add(gateRow{what: "proof of the log ÷ SHA-256 one by one", got: ratio(prove, bare), unit: "×", limit: proofLimit})
	g.add(gateRow{what: "verify", got: rate(verify), unit: "events/s", limit: 2_000_000, least: true, note: "also folds every event and compares every row"})
	g.add(gateRow{what: "verify ÷ SHA-256 one by one", got: ratio(verify, bare), unit: "×", limit: verifyLimit})
}

// hashing is how long SHA-256 of so many records and of as many nodes takes on all
// processors.
func hashing(n, size int) time.Duration {
	begun := time.Now()
	workers := runtime.GOMAXPROCS(0)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			rec, node := make([]byte, 1+size-hashSize), make([]byte, 1+2*hashSize)
			for range n / workers {
				sum := sha256.Sum256(rec)
				copy(node[1:], sum[:])
				sum = sha256.Sum256(node)
				copy(rec, sum[:])
			}
		})
	}
	all.Wait()
	return time.Since(begun)
}

// beside measures saves while somebody audits or backs up.
func (g *gateTable) beside(large string) {
	s, err := Open(g.t.Context(), Options{Path: large})
	if err != nil {
		g.t.Fatal(err)
	}
	<-s.checked
	defer func() {
		if err := s.Close(); err != nil {
			g.t.Error(err)
		}
	}()
	v := newSaver(g.t, s)
	for range 200 {
		v.save()
	}
	for _, c := range []struct {
		what  string
		limit float64
		work  func(ctx context.Context) error
	}{
		{"an endless check", 1.1, func(ctx context.Context) error { _, err := s.Verify(ctx, nil); return err }},
		{"a backup", 1.2, func(ctx context.Context) error { _, err := s.Export(ctx, io.Discard, 0); return err }},
	} {
		var quiet, busy []time.Duration
		var ratios []float64 // round by round: what else the machine does changes from one to the next
		grownQuiet, grownBusy := int64(0), int64(0)
		for range 20 {
			var still, beside []time.Duration
			grownQuiet += g.grown(s, func() {
				for range 45 {
					still = append(still, v.save())
				}
			})
			ctx, stop := context.WithCancel(context.Background())
			var ended sync.WaitGroup
			ended.Go(func() {
				for ctx.Err() == nil {
					if err := c.work(ctx); err != nil && ctx.Err() == nil {
						g.t.Error(err)
					}
				}
			})
			grownBusy += g.grown(s, func() {
				for range 45 {
					beside = append(beside, v.save())
				}
			})
			stop()
			ended.Wait()
			ratios = append(ratios, ratio(beside, still))
			quiet, busy = append(quiet, still...), append(busy, beside...)
		}
		slices.Sort(ratios)
		note := fmt.Sprintf("%d µs, quiet %d µs", median(busy).Microseconds(), median(quiet).Microseconds())
		g.add(gateRow{what: "save during " + c.what + " ÷ quiet", got: ratios[len(ratios)/2], unit: "×", limit: c.limit, note: note})
		note = fmt.Sprintf("%d pages, quiet %d", grownBusy, grownQuiet)
		g.add(gateRow{what: "growth by 900 saves during " + c.what + " − quiet", got: float64(grownBusy-grownQuiet) * 4 / 1024, unit: "MiB", limit: 1, note: note})
	}
}

// grown is how many pages the file's high water mark rises while fn runs.
func (g *gateTable) grown(s *Bolt, fn func()) int64 {
	mark := func() (n int64) {
		if err := s.db.View(func(tx *bolt.Tx) error { n = tx.Size() / int64(s.db.Info().PageSize); return nil }); err != nil {
			g.t.Fatal(err)
		}
		return n
	}
	before := mark()
	fn()
	return mark() - before
}
