package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// The gates are ratios, measured side by side in one run, because machines and
// their neighbours differ: go test ./store -run '^TestGates$' -gates -v
var (
	gates      = flag.Bool("gates", false, "measure the speed gates of the store")
	gateEvents = flag.Int("gates.events", 1_000_000, "events in the large store of the gates")
)

// gateRow is a line of the table.
type gateRow struct {
	what  string
	got   float64
	unit  string
	limit float64 // 0: for information
	least bool    // limit is a least, not a most
	note  string
}

type gateTable struct {
	t    *testing.T
	rows []gateRow
}

func (g *gateTable) add(r gateRow) {
	g.rows = append(g.rows, r)
	limit, verdict := "", ""
	if r.limit != 0 {
		limit, verdict = fmt.Sprintf("≤ %g", r.limit), "ok"
		if r.least {
			limit = fmt.Sprintf("≥ %g", r.limit)
		}
		if r.least != (r.got >= r.limit) && r.got != r.limit {
			verdict = "SHORT"
		}
	}
	g.t.Logf("%-52s %10.3g %-9s %-9s %-6s %s", r.what, r.got, r.unit, limit, verdict, r.note)
	if verdict == "SHORT" {
		g.t.Fail()
	}
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func ratio(a, b []time.Duration) float64 { return float64(median(a)) / float64(median(b)) }

// saver makes lone saves on a store of one article.
type saver struct {
	tb      testing.TB
	s       *Bolt
	article *annotations.Article
	session *Session
	n       int
	over    *overlay // for direct
}

func newSaver(tb testing.TB, s *Bolt) *saver {
	tb.Helper()
	me, err := NewSession("ana", "stet 1.0")
	if err != nil {
		tb.Fatal(err)
	}
	v := &saver{tb: tb, s: s, article: gateArticle(tb, 1<<30), session: me, over: newOverlay()}
	if _, err := Import(context.Background(), s, me, v.article, codebook.Builtin()); err != nil {
		tb.Fatal(err)
	}
	return v
}

func (v *saver) batch() Batch {
	n := v.n
	v.n++
	return v.session.Batch(v.article.ID, annotations.Change{
		Kind: annotations.EventAnnotate, Verb: "tag", Sentence: annotations.SentenceID(n%gateSentences + 1), Rev: uint64(n / gateSentences),
		Annotation: gateAnnotation(annotations.Hash{}, n%1000),
	})
}

func (v *saver) save() time.Duration {
	b := v.batch()
	begun := time.Now()
	if _, err := v.s.Append(context.Background(), b); err != nil {
		v.tb.Fatal(err)
	}
	return time.Since(begun)
}

// direct does the same writes in a transaction of its own, as db.Update would.
func (v *saver) direct() time.Duration {
	b := v.batch()
	begun := time.Now()
	err := v.s.db.Update(func(tx *bolt.Tx) error {
		t := boltTx{tx: tx, s: &v.s.shared, over: v.over}
		t.dense()
		v.over.size, v.over.last = boltTx{tx: tx, s: &v.s.shared}.size()
		events, err := stamp(t, &b, begun)
		if err != nil {
			return err
		}
		recs, err := t.chained(events, ahead(&b))
		if err != nil {
			return err
		}
		if err := t.project(&events[0], recs[0], ""); err != nil {
			return err
		}
		return t.flush()
	})
	if err != nil {
		v.tb.Fatal(err)
	}
	return time.Since(begun)
}

func gateStore(tb testing.TB, dir, name string) *Bolt {
	tb.Helper()
	s, err := Open(context.Background(), Options{Path: filepath.Join(dir, name), Create: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// rawSave is what no store can do without: 4 KiB written and synced.
func rawSave(tb testing.TB, dir string) func() time.Duration {
	tb.Helper()
	f, err := os.Create(filepath.Join(dir, "raw"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = f.Close() })
	buf := make([]byte, 4096)
	if _, err := f.Write(make([]byte, 64*4096)); err != nil {
		tb.Fatal(err)
	}
	n := 0
	return func() time.Duration {
		n++
		binary.BigEndian.PutUint64(buf, uint64(n))
		begun := time.Now()
		if _, err := f.WriteAt(buf, int64(n%64)*4096); err != nil {
			tb.Fatal(err)
		}
		if err := dataSync(f); err != nil {
			tb.Fatal(err)
		}
		return time.Since(begun)
	}
}

func TestGates(t *testing.T) {
	if !*gates {
		t.Skip("measured with -gates, on a machine with nothing else to do")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(200)) // as the program has it
	dir := t.TempDir()
	g := &gateTable{t: t}
	large, events, payload := g.build(dir)
	g.alone(dir)
	g.many(dir)
	g.opening(large)
	g.auditing(large, events, payload)
	g.beside(large)
}

// build measures what an import is: a rebuild from a journal.
func (g *gateTable) build(dir string) (path string, events int, payload int64) {
	t := g.t
	journal := filepath.Join(dir, "journal")
	events, payload = gateJournal(t, journal, *gateEvents)
	path = filepath.Join(dir, "large.db")
	f, err := os.Open(journal)
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if _, err := Rebuild(t.Context(), path, "gates", bufio.NewReaderSize(f, 1<<20)); err != nil {
		t.Fatal(err)
	}
	took := time.Since(begun)
	if err := errors.Join(f.Close(), os.Remove(journal)); err != nil {
		t.Fatal(err)
	}
	g.add(gateRow{what: fmt.Sprintf("import of %d events", events), got: float64(events) / took.Seconds(), unit: "events/s", limit: 100_000, least: true})
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	g.add(gateRow{what: "file ÷ payload (keys and values)", got: float64(info.Size()) / float64(keysAndValues(t, path)), limit: 1.3, note: fmt.Sprintf("%d MiB; records alone %d MiB", info.Size()>>20, payload>>20)})
	return path, events, payload
}

// keysAndValues is the bytes of all keys and values of a store.
func keysAndValues(t *testing.T, path string) (n int64) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error { n += int64(len(k) + len(v)); return nil })
		})
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return n
}

// alone measures lone saves: against the bare disk, against bbolt, with and
// without the mirror.
func (g *gateTable) alone(dir string) {
	raw := rawSave(g.t, dir)
	with, without := newSaver(g.t, gateStore(g.t, dir, "with.db")), newSaver(g.t, gateStore(g.t, dir, "without.db"))
	without.s.mirror.close()
	plain := newSaver(g.t, gateStore(g.t, dir, "plain.db"))
	plain.s.mirror.close()
	var bare, save, still, update []time.Duration
	for i := range 1500 {
		bare = append(bare, raw())
		if i%2 == 0 { // neither is always the one that follows the other
			save = append(save, with.save())
		}
		still = append(still, without.save())
		if i%2 == 1 {
			save = append(save, with.save())
		}
		update = append(update, plain.direct())
	}
	us := func(d []time.Duration) string { return fmt.Sprintf("%d µs", median(d).Microseconds()) }
	g.add(gateRow{what: "save ÷ raw 4 KiB write and sync", got: ratio(save, bare), unit: "×", limit: 4.8, note: us(save) + ", raw " + us(bare)})
	g.add(gateRow{what: "committer alone ÷ db.Update of the same writes", got: ratio(still, update), unit: "×", limit: 1.2, note: us(still) + ", db.Update " + us(update)})
	g.add(gateRow{what: "save with the mirror ÷ without", got: ratio(save, still), unit: "×", limit: 1.02})
}

// many measures what sharing a commit brings.
func (g *gateTable) many(dir string) {
	s := gateStore(g.t, dir, "many.db")
	crowd := make([]*saver, 256)
	for w := range crowd {
		me, err := NewSession(fmt.Sprintf("reviewer %d", w), "stet 1.0")
		if err != nil {
			g.t.Fatal(err)
		}
		crowd[w] = &saver{tb: g.t, s: s, article: gateArticle(g.t, w%16), session: me}
		if _, err := Import(context.Background(), s, me, crowd[w].article, codebook.Builtin()); err != nil {
			g.t.Fatal(err)
		}
	}
	rate := func(writers int, d time.Duration) float64 {
		var all sync.WaitGroup
		total, begun := make([]int, writers), time.Now()
		for w := range writers {
			all.Go(func() {
				for time.Since(begun) < d {
					crowd[w].save()
					total[w]++
				}
			})
		}
		all.Wait()
		sum := 0
		for _, n := range total {
			sum += n
		}
		return float64(sum) / time.Since(begun).Seconds()
	}
	var one, many []float64
	for range 5 {
		one = append(one, rate(1, time.Second))
		many = append(many, rate(len(crowd), time.Second))
	}
	slices.Sort(one)
	slices.Sort(many)
	g.add(gateRow{what: "256 writers ÷ 1, saves a second", got: many[2] / one[2], unit: "×", limit: 25, least: true, note: fmt.Sprintf("%.0f and %.0f saves/s", many[2], one[2])})
}

func (g *gateTable) opening(large string) {
	small := filepath.Join(filepath.Dir(large), "small.db")
	journal := small + ".journal"
	gateJournal(g.t, journal, 1000)
	b, err := os.ReadFile(journal)
	if err != nil {
		g.t.Fatal(err)
	}
	if _, err := Rebuild(g.t.Context(), small, "gates", bytes.NewReader(b)); err != nil {
		g.t.Fatal(err)
	}
	open := func(path string) time.Duration {
		begun := time.Now()
		s, err := Open(context.Background(), Options{Path: path})
		took := time.Since(begun)
		if err != nil {
			g.t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			g.t.Fatal(err)
		}
		return took
	}
	var l, s []time.Duration
	for range 60 {
		s = append(s, open(small))
		l = append(l, open(large))
	}
	g.add(gateRow{what: "open of the large store ÷ of 1,000 events", got: ratio(l, s), unit: "×", limit: 20})
	g.add(gateRow{what: "open of the large store", got: float64(median(l).Microseconds()) / 1000, unit: "ms", limit: 10})
}
