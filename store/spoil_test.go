//go:build !windows

package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// spoils returns what a check says of the store after it was spoiled.
func spoils(t *testing.T, base string, spoil func(b func(string) *bolt.Bucket) error) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "spoiled.db")
	if err := os.WriteFile(path, []byte(content(t, base)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Tamper(path, spoil); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Path: path, NoSync: true})
	if err != nil {
		return "open: " + err.Error()
	}
	defer s.Close() //nolint:errcheck // it is spoiled
	r, err := s.Verify(t.Context(), nil)
	if err != nil {
		return "check: " + err.Error()
	}
	var all []string
	for _, p := range r.Problems {
		all = append(all, p.String())
	}
	return strings.Join(all, "\n")
}

// spoilStore makes a closed store that has something in each bucket, but nothing of
// the team. It returns the keys of a table of sentences that is in force no more and of
// a copy that was kept as evidence.
func spoilStore(t *testing.T) (path string, table, kept annotations.Hash) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "base.db")
	fill(t, path)
	s := storetest.Open(t, path)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", 9))
	kept, err := s.PutBlob(t.Context(), strings.Repeat("the minutes. ", 12_000))
	if err != nil {
		t.Fatal(err)
	}
	item := annotations.Evidence{URL: "https://harbour.example/minutes", Copy: kept}
	item.Identify()
	do(t, s, ana, id, annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &item})
	a, err := store.Load(t.Context(), s, id)
	if err != nil {
		t.Fatal(err)
	}
	units, err := annotations.SplitUnit(a.Body, a.Units, 3, a.Units[2].Span.Start+10, a.NextID())
	if err != nil {
		t.Fatal(err)
	}
	c, err := store.Recut(t.Context(), s, a, units, "split", 3)
	if err != nil {
		t.Fatal(err)
	}
	do(t, s, ana, id, c)
	again := storetest.Article(t, "ferries again", 9)
	again.Parent, again.Revision = id, 2
	storetest.Import(t, s, ana, again)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if said := spoils(t, path, func(func(string) *bolt.Bucket) error { return nil }); said != "" {
		t.Fatalf("the store to be spoiled is not sound: %s", said)
	}
	return path, a.Table, kept
}

// Whatever is spoiled in a bucket is found: a value that is another, a key that is gone
// or in another place. What cannot be told from the work of those who may do it is
// named here.
func TestNothingSpoiledIsOverlooked(t *testing.T) {
	base, _, _ := spoilStore(t)
	flip := func(b *bolt.Bucket, k []byte) error {
		v := bytes.Clone(b.Get(k))
		v[len(v)/2] ^= 1
		return b.Put(k, v)
	}
	move := func(b *bolt.Bucket, k []byte) error {
		v, at := bytes.Clone(b.Get(k)), bytes.Clone(k)
		at[0] ^= 0x80
		return b.Put(at, v)
	}
	drop := func(b *bolt.Bucket, k []byte) error { return b.Delete(k) }
	add := func(b *bolt.Bucket, _ []byte) error { return b.Put(bytes.Repeat([]byte{0xFF}, 11), []byte("x")) }
	for name, may := range map[string]string{
		"log": "", "byart": "", "state": "", "acts": "", "lastacts": "", "lastrows": "", "articles": "", "names": "", "ruled": "", "revised": "", "evidence": "",
		"secrets": "gone",                      // a confidential note may be removed
		"seals":   "gone",                      // a seal may be of any time
		"blobs":   "gone, elsewhere, one more", // what no event names is of no account; a copy may be missing
		"meta":    "elsewhere, one more",       // likewise
	} {
		var keys [][]byte
		err := store.Tamper(base, func(b func(string) *bolt.Bucket) error {
			return b(name).ForEach(func(k, _ []byte) error { keys = append(keys, bytes.Clone(k)); return nil })
		})
		if err != nil || len(keys) == 0 {
			t.Fatal(name, err, len(keys))
		}
		for i := 0; i < len(keys); i += max(1, len(keys)/size(len(keys), 3)) {
			for what, hurt := range map[string]func(*bolt.Bucket, []byte) error{"other": flip, "gone": drop, "elsewhere": move, "one more": add} {
				if strings.Contains(may, what) {
					continue
				}
				if said := spoils(t, base, func(b func(string) *bolt.Bucket) error { return hurt(b(name), keys[i]) }); said == "" {
					t.Errorf("%s: %x is %s, and the check finds nothing", name, keys[i], what)
				}
			}
		}
	}
}

// What no step of the check comes by on its way is found all the same.
func TestTheCheckLooksIntoCorners(t *testing.T) {
	base, table, kept := spoilStore(t)
	team := append(make([]byte, 16), 0, 0, 0, 1)
	piece := func(h annotations.Hash, n byte) []byte { return append(bytes.Clone(h[:]), 0, 0, 0, n) }
	for name, c := range map[string]struct {
		spoil func(b func(string) *bolt.Bucket) error
		says  string
	}{
		"a team that nobody set": {func(b func(string) *bolt.Bucket) error { return b("state").Put(team, []byte{0xA0}) }, "belongs to no article"},
		"what was said of an article to come": {
			func(b func(string) *bolt.Bucket) error {
				return b("lastrows").Put(append(bytes.Repeat([]byte{9}, 16), 0, 0, 0, 1, 'b'), []byte{0xA0})
			}, "belongs to no article",
		},
		"the place of an act to come": {
			func(b func(string) *bolt.Bucket) error {
				return b("log").Put([]byte{0, 0, 0, 0, 0, 0, 9, 9, 0}, make([]byte, 8))
			}, "goes on after its last event",
		},
		"a key that hides the seals behind it": {func(b func(string) *bolt.Bucket) error { return b("seals").Put([]byte{0}, []byte("x")) }, "no size"},
		"a table that a cut replaced is another": {
			func(b func(string) *bolt.Bucket) error {
				v := bytes.Clone(b("blobs").Get(piece(table, 0)))
				v[5] ^= 1
				return b("blobs").Put(piece(table, 0), v)
			}, "does not hash to",
		},
		"a piece of a table that a cut replaced is gone": {func(b func(string) *bolt.Bucket) error { return b("blobs").Delete(piece(table, 0)) }, "is missing"},
		"a copy kept as evidence is another": {
			func(b func(string) *bolt.Bucket) error {
				v := bytes.Clone(b("blobs").Get(piece(kept, 1)))
				v[5] ^= 1
				return b("blobs").Put(piece(kept, 1), v)
			}, "the copy kept with it",
		},
		"a piece of a copy is gone": {func(b func(string) *bolt.Bucket) error { return b("blobs").Delete(piece(kept, 1)) }, "the copy kept with it"},
	} {
		if said := spoils(t, base, c.spoil); !strings.Contains(said, c.says) {
			t.Errorf("%s: the check says %q", name, said)
		}
	}
}

// A copy of a store whose kept evidence was damaged says what it leaves out, and a
// store is not replaced by such a copy.
func TestACopySaysWhichBlobsItLeavesOut(t *testing.T) {
	base, _, kept := spoilStore(t)
	k := append(bytes.Clone(kept[:]), 0, 0, 0, 1)
	err := store.Tamper(base, func(b func(string) *bolt.Bucket) error {
		v := bytes.Clone(b("blobs").Get(k))
		v[5] ^= 1
		return b("blobs").Put(k, v)
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Path: base})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := store.Backup(t.Context(), s, filepath.Join(t.TempDir(), "copy.db"), "test")
	if err != nil || rep.OK() {
		t.Errorf("a copy without the evidence is called whole: %+v, %v", rep, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	was := content(t, base)
	if _, err := store.Compact(t.Context(), store.Options{Path: base}, time.Unix(0, 0)); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("compacted: %v", err)
	}
	if content(t, base) != was {
		t.Error("the store was replaced")
	}
}
