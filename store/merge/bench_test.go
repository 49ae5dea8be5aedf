package merge

import (
	"fmt"
	"path/filepath"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// filled makes a store file of articles with 40 sentences, all tagged by two
// people.
func filled(b *testing.B, dir string, articles int) *store.Bolt {
	b.Helper()
	st, err := store.Open(b.Context(), store.Options{Path: filepath.Join(dir, "theirs.db"), Program: "test", App: "test", Create: true, Clock: storetest.Clock(), NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	for i := range articles {
		a := storetest.Article(b, fmt.Sprint("story ", i), 40)
		id := storetest.Import(b, st, storetest.Session(b, "ana"), a)
		for _, who := range []string{"ana", "ben"} {
			s := storetest.Session(b, who)
			for n := range annotations.SentenceID(40) {
				if _, err := store.Do(b.Context(), st, s, id, storetest.Tag(n+1, 0, "sourced")); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	return st
}

// BenchmarkMerge brings 50 articles with 4,000 annotations into an empty store
// (new), and again (known).
func BenchmarkMerge(b *testing.B) {
	theirs := filled(b, b.TempDir(), 50)
	defer theirs.Close() //nolint:errcheck // a benchmark
	open := func() *store.Bolt {
		st, err := store.Open(b.Context(), store.Options{Path: filepath.Join(b.TempDir(), "ours.db"), Program: "test", App: "test", Create: true})
		if err != nil {
			b.Fatal(err)
		}
		return st
	}
	run := func(b *testing.B, ours *store.Bolt, taken int) {
		r, err := Merge(b.Context(), ours, theirs, Options{Lead: "lena", Tool: "test"})
		if err != nil || r.Annotations.Taken != taken {
			b.Fatalf("%+v, %v", r.Annotations, err)
		}
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			ours := open()
			run(b, ours, 4000)
			if err := ours.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("known", func(b *testing.B) {
		ours := open()
		defer ours.Close() //nolint:errcheck // a benchmark
		run(b, ours, 4000)
		for b.Loop() {
			run(b, ours, 0)
		}
	})
}
