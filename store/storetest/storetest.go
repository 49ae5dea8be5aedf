// Package storetest is the law for engines of [store.Store]: a suite that every
// engine must pass, helpers that make stores for other packages' tests and check
// them at the end, and a random-history test against the model in memory.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
)

// Clock ticks one second at every reading, from a fixed start, so that tests
// are the same every time.
func Clock() func() time.Time {
	var ticks atomic.Int64
	start := time.Date(2026, 1, 2, 15, 4, 5, 0, time.UTC)
	return func() time.Time { return start.Add(time.Duration(ticks.Add(1)) * time.Second) }
}

// Open opens a bbolt store at path for a test. At the end of the test it is
// closed and checked from the first byte to the last: by plain reads, and by
// folding the log against every projection.
func Open(tb testing.TB, path string) *store.Bolt {
	tb.Helper()
	s, err := store.Open(tb.Context(), store.Options{Path: path, Program: "test", App: "stet test", Create: true, Clock: Clock(), Slow: SlowRead(tb)})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if _, err := s.Stat(context.Background()); !errors.Is(err, store.ErrClosed) {
			MustCheck(tb, s)
		}
		if err := s.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
		MustCheckFile(tb, path)
	})
	return s
}

// SlowRead returns the watchdog for [store.Options]: it fails the test when a
// read transaction outlives its welcome, because a held reader makes the file
// grow with every save. Some over 50 ms may just have been kept waiting for a
// processor; more than twenty, and any over two seconds, were not.
func SlowRead(tb testing.TB) func(time.Duration) {
	var seen atomic.Int32
	return func(took time.Duration) {
		if seen.Add(1) > 20 || took > 2*time.Second {
			tb.Errorf("a read transaction lasted %s", took)
			return
		}
		tb.Logf("a read transaction lasted %s", took)
	}
}

// New opens a bbolt store in a folder of the test's own.
func New(tb testing.TB) *store.Bolt {
	tb.Helper()
	return Open(tb, filepath.Join(tb.TempDir(), "stet.db"))
}

// MustCheck fails the test unless everything in s is as the log says.
func MustCheck(tb testing.TB, s store.Store) {
	tb.Helper()
	r, err := s.Verify(context.Background(), nil)
	if err != nil {
		tb.Errorf("check: %v", err)
	}
	for _, p := range r.Problems {
		tb.Errorf("check: %s", p)
	}
}

// MustCheckFile fails the test unless the closed file at path is sound.
func MustCheckFile(tb testing.TB, path string) {
	tb.Helper()
	r, err := boltfile.CheckFile(context.Background(), path, boltfile.Options{})
	if err != nil {
		tb.Errorf("check %s: %v", path, err)
	}
	for _, p := range r.Problems {
		tb.Errorf("check %s: %s", path, p)
	}
}

// Article makes an article of n short sentences that differ by seed.
func Article(tb testing.TB, seed string, n int) *annotations.Article {
	tb.Helper()
	var b strings.Builder
	a := &annotations.Article{Meta: annotations.Meta{Title: "On " + seed, Outlet: "Harbour Post", Published: "2026-01-02"}}
	for i := range n {
		if i > 0 {
			b.WriteString(" ")
		}
		start := b.Len()
		fmt.Fprintf(&b, "Sentence %d of %s says “é” 🚢 no.", i+1, seed)
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: start, End: b.Len()}})
	}
	if n > 2 {
		a.Units[0].Kind = annotations.KindHeading
	}
	a.Body = b.String()
	if err := a.Seal(); err != nil {
		tb.Fatal(err)
	}
	return a
}

// Import stores an article and returns its key.
func Import(tb testing.TB, s store.Store, who *store.Session, a *annotations.Article) annotations.ArticleID {
	tb.Helper()
	done, err := store.Import(tb.Context(), s, who, a, codebook.Builtin())
	if err != nil {
		tb.Fatal(err)
	}
	return done.ID
}

// Session starts a session for who.
func Session(tb testing.TB, who string) *store.Session {
	tb.Helper()
	s, err := store.NewSession(who, "stet test")
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// Tag returns the change that gives a sentence a tag over revision rev.
func Tag(sentence annotations.SentenceID, rev uint64, tag string) annotations.Change {
	return annotations.Change{
		Kind: annotations.EventAnnotate, Verb: "tag", Sentence: sentence, Rev: rev,
		Annotation: &annotations.Annotation{Tag: tag},
	}
}
