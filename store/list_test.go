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

// ask lists what an index answers.
type ask = func(*testing.T, store.Store) []store.Listed

// indexes are those that older files have not, with a store where there is something
// in each, and what is asked of them.
var indexes = []struct { //nolint:gochecknoglobals // a table of cases
	bucket string
	fill   func(*testing.T, string) []store.Listed
	ask    ask
	more   func(*testing.T, store.Store, annotations.ArticleID) // something that belongs to it
	size   int                                                  // afterwards
}{
	{"ruled", ruledUpon, ruled, func(t *testing.T, s store.Store, id annotations.ArticleID) {
		rule(t, s, storetest.Session(t, "kim"), id, 1)
	}, 1},
	{"revised", revisedOnce, func(t *testing.T, s store.Store) []store.Listed { return revisionsOf(t, s, "ferries") },
		func(t *testing.T, s store.Store, id annotations.ArticleID) { revise(t, s, id, "piers") }, 2},
}

// revisedOnce makes a store of three articles, the second of which is a revision of
// the first.
func revisedOnce(t *testing.T, path string) []store.Listed {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: path, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	first := storetest.Article(t, "ferries", 4)
	storetest.Import(t, s, storetest.Session(t, "lea"), first)
	want := revise(t, s, first.ID, "bridges")
	storetest.Import(t, s, storetest.Session(t, "lea"), storetest.Article(t, "canals", 4))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return []store.Listed{want}
}

func revise(t *testing.T, s store.Store, of annotations.ArticleID, seed string) store.Listed {
	t.Helper()
	a := storetest.Article(t, seed, 4)
	a.Parent, a.Revision = of, 2
	return store.Listed{ID: storetest.Import(t, s, storetest.Session(t, "lea"), a), Name: a.Name}
}

func revisionsOf(t *testing.T, s store.Store, seed string) []store.Listed {
	t.Helper()
	list, err := s.Revisions(t.Context(), storetest.Article(t, seed, 4).ID, 10)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A file that was made before something was indexed has no index of it: it is looked
// through, stays sound when there is more, and gets the index when it is written anew.
func TestAFileWithoutAnIndexIsLookedThrough(t *testing.T) {
	for _, x := range indexes {
		t.Run(x.bucket, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "stet.db")
			want := x.fill(t, path)
			if err := store.DropBucket(path, x.bucket); err != nil {
				t.Fatal(err)
			}
			s := storetest.Open(t, path)
			if got := x.ask(t, s); !slices.Equal(got, want) {
				t.Errorf("it says %v, want %v", got, want)
			}
			if info, err := s.Stat(t.Context()); err != nil || !strings.Contains(info.Slower, "stet compact") {
				t.Errorf("nobody is told what would help: %+v, %v", info, err)
			}
			x.more(t, s, want[0].ID)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := store.Compact(t.Context(), store.Options{Path: path}, time.Now()); err != nil {
				t.Fatal(err)
			}
			s = storetest.Open(t, path)
			if info, err := s.Stat(t.Context()); err != nil || info.Slower != "" {
				t.Errorf("told still: %+v, %v", info, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			err := store.Tamper(path, func(b func(string) *bolt.Bucket) error {
				if b(x.bucket) == nil || b(x.bucket).Stats().KeyN != x.size {
					t.Error("a file that is written anew has no index, or another one")
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestACheckFindsAFaultInAnIndex(t *testing.T) {
	for _, x := range indexes {
		for name, spoil := range map[string]func(b *bolt.Bucket, k []byte) error{
			"an entry is gone":     func(b *bolt.Bucket, k []byte) error { return b.Delete(k) },
			"another value":        func(b *bolt.Bucket, k []byte) error { return b.Put(k, []byte{0, 0, 0, 0, 0, 0, 0, 1}) },
			"an entry too many":    func(b *bolt.Bucket, k []byte) error { return b.Put(slices.Repeat([]byte{7}, len(k)), make([]byte, 8)) },
			"a key that is no key": func(b *bolt.Bucket, _ []byte) error { return b.Put([]byte("x"), []byte("y")) },
		} {
			t.Run(x.bucket+", "+name, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "stet.db")
				x.fill(t, path)
				err := store.Tamper(path, func(b func(string) *bolt.Bucket) error {
					k, _ := b(x.bucket).Cursor().First()
					return spoil(b(x.bucket), slices.Clone(k))
				})
				if err != nil {
					t.Fatal(err)
				}
				s, err := store.Open(t.Context(), store.Options{Path: path})
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close() //nolint:errcheck // nothing was written
				r, err := s.Verify(t.Context(), nil)
				if err != nil || r.OK() || !strings.Contains(r.Problems[0].Where, map[string]string{"ruled": "ruling", "revised": "revision"}[x.bucket]) {
					t.Errorf("the check says %+v, %v", r.Problems, err)
				}
				_ = x.ask(t, s) // whatever it finds, it returns
			})
		}
	}
}
