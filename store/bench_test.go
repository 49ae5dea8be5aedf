package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"stet.example/stet/annotations/codebook"
)

func BenchmarkSave(b *testing.B) {
	v := newSaver(b, gateStore(b, b.TempDir(), "stet.db"))
	for b.Loop() {
		v.save()
	}
}

// BenchmarkManyWriters is 256 people who save at once.
func BenchmarkManyWriters(b *testing.B) {
	s := gateStore(b, b.TempDir(), "stet.db")
	var all sync.WaitGroup
	jobs := make(chan struct{})
	for w := range 256 {
		me, err := NewSession(fmt.Sprintf("reviewer %d", w), "stet 1.0")
		if err != nil {
			b.Fatal(err)
		}
		v := &saver{tb: b, s: s, article: gateArticle(b, w%16), session: me}
		if _, err := Import(context.Background(), s, me, v.article, codebook.Builtin()); err != nil {
			b.Fatal(err)
		}
		all.Go(func() {
			for range jobs {
				v.save()
			}
		})
	}
	for b.Loop() {
		jobs <- struct{}{}
	}
	close(jobs)
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "saves/s")
}

func BenchmarkSaveUnsynced(b *testing.B) {
	s, err := Open(context.Background(), Options{Path: filepath.Join(b.TempDir(), "stet.db"), Create: true, NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // a benchmark's
	v := newSaver(b, s)
	for b.Loop() {
		v.save()
	}
}

func benchRebuilt(b *testing.B, events int) (journal []byte, n int) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "journal")
	n, _ = gateJournal(b, path, events)
	journal, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	return journal, n
}

func BenchmarkRebuild(b *testing.B) {
	journal, n := benchRebuilt(b, 50_000)
	for i := 0; b.Loop(); i++ {
		if _, err := Rebuild(context.Background(), filepath.Join(b.TempDir(), fmt.Sprint(i)), "bench", bytes.NewReader(journal)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkVerify(b *testing.B) { benchCheck(b, (*Bolt).Verify) }

func BenchmarkProve(b *testing.B) { benchCheck(b, (*Bolt).Prove) }

func benchCheck(b *testing.B, check func(*Bolt, context.Context, func(done, total uint64)) (Report, error)) {
	b.Helper()
	journal, n := benchRebuilt(b, 50_000)
	path := filepath.Join(b.TempDir(), "stet.db")
	if _, err := Rebuild(context.Background(), path, "bench", bytes.NewReader(journal)); err != nil {
		b.Fatal(err)
	}
	s := gateStore(b, filepath.Dir(path), "stet.db")
	for b.Loop() {
		if r, err := check(s, context.Background(), nil); err != nil || !r.OK() {
			b.Fatal(err, r.Problems)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkOpen(b *testing.B) {
	journal, _ := benchRebuilt(b, 50_000)
	path := filepath.Join(b.TempDir(), "stet.db")
	if _, err := Rebuild(context.Background(), path, "bench", bytes.NewReader(journal)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := Open(context.Background(), Options{Path: path})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
