package store_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// ruledUpon makes a store of three articles, the second of which is ruled on.
func ruledUpon(t *testing.T, path string) (want []store.Listed) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: path, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	lea := storetest.Session(t, "lea")
	for i, seed := range []string{"ferries", "bridges", "canals"} {
		a := storetest.Article(t, seed, 4)
		id := storetest.Import(t, s, lea, a)
		if _, err := store.Do(t.Context(), s, lea, id, storetest.Tag(1, 0, "sourced")); err != nil {
			t.Fatal(err)
		}
		if i != 1 {
			continue
		}
		rule(t, s, lea, id, 0)
		want = []store.Listed{{ID: id, Name: a.Name}}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return want
}

func rule(t *testing.T, s store.Store, who *store.Session, id annotations.ArticleID, rev uint64) {
	t.Helper()
	if _, err := store.Do(t.Context(), s, who, id, annotations.Change{
		Kind: annotations.EventRule, Verb: "rule", Sentence: 2, Rev: rev,
		Ruling: &annotations.Ruling{Verdict: annotations.Neither, Reason: "nothing fits"},
	}); err != nil {
		t.Fatal(err)
	}
}

func ruled(t *testing.T, s store.Store) []store.Listed {
	t.Helper()
	list, err := s.List(t.Context(), store.Ruled, store.Listed{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A file that was made before rulings were indexed has no index: it is looked
// through, stays sound when more is ruled, and gets the index when it is written
// anew.
func TestAFileWithoutTheIndexOfRulingsIsLookedThrough(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	want := ruledUpon(t, path)
	if err := store.DropBucket(path, "ruled"); err != nil {
		t.Fatal(err)
	}
	s := storetest.Open(t, path)
	if got := ruled(t, s); !slices.Equal(got, want) {
		t.Errorf("ruled on: %v, want %v", got, want)
	}
	rule(t, s, storetest.Session(t, "kim"), want[0].ID, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Compact(t.Context(), store.Options{Path: path}, time.Now()); err != nil {
		t.Fatal(err)
	}
	err := store.Tamper(path, func(b func(string) *bolt.Bucket) error {
		if b("ruled") == nil || b("ruled").Stats().KeyN != 1 {
			t.Error("a file that is written anew has no index of rulings")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestACheckFindsAFaultInTheIndexOfRulings(t *testing.T) {
	for name, spoil := range map[string]func(b *bolt.Bucket, k []byte) error{
		"an entry is gone":     func(b *bolt.Bucket, k []byte) error { return b.Delete(k) },
		"an older ruling":      func(b *bolt.Bucket, k []byte) error { return b.Put(k, []byte{0, 0, 0, 0, 0, 0, 0, 1}) },
		"an article too many":  func(b *bolt.Bucket, _ []byte) error { return b.Put(slices.Repeat([]byte{7}, 16), make([]byte, 8)) },
		"a key that is no key": func(b *bolt.Bucket, _ []byte) error { return b.Put([]byte("x"), []byte("y")) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "stet.db")
			want := ruledUpon(t, path)
			if err := store.Tamper(path, func(b func(string) *bolt.Bucket) error { return spoil(b("ruled"), want[0].ID[:]) }); err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(t.Context(), store.Options{Path: path})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close() //nolint:errcheck // nothing was written
			r, err := s.Verify(t.Context(), nil)
			if err != nil || r.OK() || !strings.Contains(r.Problems[0].Where, "ruling") {
				t.Errorf("the check says %+v, %v", r.Problems, err)
			}
			_ = ruled(t, s) // whatever it finds, it returns
		})
	}
}
