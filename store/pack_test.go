package store

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// loose makes a file as a replayed log leaves it: keys that stand anywhere, put in
// over many transactions into pages that are kept full.
func loose(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	for range 40 {
		err := db.Update(func(tx *bolt.Tx) error {
			if err := createBuckets(tx); err != nil {
				return err
			}
			boltTx{tx: tx}.packed()
			for range 500 {
				key, value := make([]byte, 16), make([]byte, 200)
				for i := range key {
					key[i] = byte(r.Uint32())
				}
				if err := tx.Bucket([]byte(bBlobs)).Put(key, value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func sizeAt(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// A store of 100,000 articles came out of its compaction half as large again: texts
// stand by their hashes, and each that was put between two others split a full page.
func TestAPackedCopyIsSmallAndHoldsTheSame(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "loose.db"), filepath.Join(t.TempDir(), "packed.db")
	loose(t, from)
	if err := pack(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
	if was, now := sizeAt(t, from), sizeAt(t, to); now > was*2/3 {
		t.Errorf("%d bytes became %d", was, now)
	}
	if path, err := smaller(from, to); err != nil || path != to {
		t.Errorf("the smaller is %s, %v", path, err)
	}
	if path, err := smaller(to, from); err != nil || path != to {
		t.Errorf("the smaller is %s, %v", path, err)
	}
}

// A copy that lacks a row, or has one changed or more, is told from the file.
func TestACopyThatIsAnotherIsTold(t *testing.T) {
	from := filepath.Join(t.TempDir(), "loose.db")
	loose(t, from)
	for name, change := range map[string]func(*bolt.Bucket) error{
		"a row is missing":   func(b *bolt.Bucket) error { k, _ := b.Cursor().First(); return b.Delete(bytes.Clone(k)) },
		"a row is changed":   func(b *bolt.Bucket) error { k, _ := b.Cursor().Last(); return b.Put(bytes.Clone(k), []byte("x")) },
		"there is one more":  func(b *bolt.Bucket) error { return b.Put(bytes.Repeat([]byte{0xff}, 17), []byte("x")) },
		"the last is absent": func(b *bolt.Bucket) error { k, _ := b.Cursor().Last(); return b.Delete(bytes.Clone(k)) },
	} {
		to := filepath.Join(t.TempDir(), "packed.db")
		if err := pack(t.Context(), from, to); err != nil {
			t.Fatal(err)
		}
		a, err := bolt.Open(from, 0o600, &bolt.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		b, err := bolt.Open(to, 0o600, &bolt.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Update(func(tx *bolt.Tx) error { return change(tx.Bucket([]byte(bBlobs))) }); err != nil {
			t.Fatal(err)
		}
		if err := sameContent(t.Context(), a, b); err == nil || !strings.Contains(err.Error(), "otherwise") {
			t.Errorf("%s: %v", name, err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
