//go:build linux || darwin

package attach

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// childHold owns a store until its stdin ends.
func childHold(path, dir string) int {
	s, err := Open(context.Background(), Options{
		Options: store.Options{Path: path, Program: "stet review", App: "test", Create: true}, Actor: "lea", Folders: []string{dir},
	})
	if err != nil {
		fmt.Println("open:", err)
		return 1
	}
	fmt.Println("ready", s.Owns())
	io.Copy(io.Discard, os.Stdin)
	if err := s.Close(); err != nil {
		fmt.Println("close:", err)
		return 1
	}
	return 0
}

// saver saves one tag after the other.
type saver struct {
	s       *Store
	session *store.Session
	id      annotations.ArticleID
	n       uint64
}

func newSaver(b *testing.B, s *Store) *saver {
	b.Helper()
	session := storetest.Session(b, "ana")
	return &saver{s: s, session: session, id: storetest.Import(b, s, session, storetest.Article(b, "ferries", 200))}
}

func (v *saver) save(b *testing.B) time.Duration {
	b.Helper()
	at := annotations.SentenceID(v.n%200 + 1)
	begun := now()
	if _, err := store.Do(b.Context(), v.s, v.session, v.id, storetest.Tag(at, v.n/200, "sourced")); err != nil {
		b.Fatal(err)
	}
	v.n++
	return now().Sub(begun)
}

// BenchmarkSave compares a save by the owner with one that goes through another
// process, turn by turn on the same disk: attached/owner is the ratio of the
// medians. The gate is 1.5.
func BenchmarkSave(b *testing.B) {
	dir := filepath.Join(socketDir(b), "stet")
	path := filepath.Join(b.TempDir(), "held.db")
	c := startChild(b, "hold", path, dir)
	c.until(b, "ready true")
	reach := func(path string, owner bool) *saver {
		o := optionsFor(path, filepath.Dir(dir))
		o.Clock = nil
		s, err := Open(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { s.Close() })
		if s.Owns() != owner {
			b.Fatalf("owner of %s: %v", path, s.Owns())
		}
		return newSaver(b, s)
	}
	own, through := reach(filepath.Join(b.TempDir(), "own.db"), true), reach(path, false)
	var a, z []time.Duration
	for b.Loop() {
		a, z = append(a, own.save(b)), append(z, through.save(b))
	}
	slices.Sort(a)
	slices.Sort(z)
	owner, attached := a[len(a)/2], z[len(z)/2]
	b.ReportMetric(float64(owner.Microseconds()), "µs/owner")
	b.ReportMetric(float64(attached.Microseconds()), "µs/attached")
	b.ReportMetric(float64(attached)/float64(owner), "attached/owner")
}
