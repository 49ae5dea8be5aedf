package boltfile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

var errUndo = errors.New("undo")

// history is a random life of a bbolt file.
type history struct {
	t    *rapid.T
	keys *rapid.Generator[int]
}

// key draws from few keys, so that they are met again; some are long.
func (h history) key() []byte {
	k := h.keys.Draw(h.t, "key")
	if k%17 == 0 {
		return append(bytes.Repeat([]byte{'L'}, 200+k), key8(k)...)
	}
	return fmt.Appendf(nil, "%04d", k)
}

func (h history) value() []byte {
	n := rapid.OneOf(rapid.IntRange(0, 60), rapid.IntRange(0, 60), rapid.IntRange(60, 700), rapid.IntRange(700, 9000)).Draw(h.t, "size")
	return bytes.Repeat([]byte{byte(n) | 1}, n)
}

// act does one random thing in b, which may have buckets below it.
func (h history) act(tx *bolt.Tx) {
	path := []string{fmt.Sprint("top", rapid.IntRange(0, 3).Draw(h.t, "top"))}
	for range rapid.IntRange(0, 2).Draw(h.t, "depth") {
		path = append(path, fmt.Sprint("sub", rapid.IntRange(0, 2).Draw(h.t, "sub")))
	}
	b := bucketOf(tx, path...)
	switch rapid.IntRange(0, 9).Draw(h.t, "act") {
	case 0:
		if tx.DeleteBucket([]byte(path[0])) != nil {
			h.t.Fatal("delete bucket")
		}
	case 1:
		// A range of keys goes.
		from, n := h.keys.Draw(h.t, "from"), rapid.IntRange(1, 300).Draw(h.t, "n")
		for i := from; i < from+n; i++ {
			if err := b.Delete(fmt.Appendf(nil, "%04d", i)); err != nil {
				h.t.Fatal(err)
			}
		}
	case 2, 3:
		if err := b.Delete(h.key()); err != nil {
			h.t.Fatal(err)
		}
	case 4, 5:
		// A run of keys comes.
		from, n := h.keys.Draw(h.t, "from"), rapid.IntRange(1, 200).Draw(h.t, "n")
		b.FillPercent = rapid.SampledFrom([]float64{0.1, 0.5, 0.9, 1}).Draw(h.t, "fill")
		for i := from; i < from+n; i++ {
			put(b, fmt.Appendf(nil, "%04d", i), []byte("run"))
		}
	case 6:
		if err := b.SetSequence(rapid.Uint64().Draw(h.t, "sequence")); err != nil {
			h.t.Fatal(err)
		}
	default:
		put(b, h.key(), h.value())
	}
}

func TestCheckAgreesWithBboltOverRandomHistories(t *testing.T) {
	dir := t.TempDir()
	saves, leaking := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		f, err := os.CreateTemp(dir, "*.db")
		if err != nil {
			rt.Fatal(err)
		}
		path := f.Name()
		if err := errors.Join(f.Close(), os.Remove(path)); err != nil {
			rt.Fatal(err)
		}
		defer os.Remove(path)
		h := history{rt, rapid.IntRange(0, 2000)}
		opts := func() bolt.Options {
			return bolt.Options{
				FreelistType:   rapid.SampledFrom([]bolt.FreelistType{bolt.FreelistArrayType, bolt.FreelistMapType}).Draw(rt, "freelist"),
				NoFreelistSync: rapid.IntRange(0, 5).Draw(rt, "keep") == 0,
			}
		}
		pageSize := rapid.SampledFrom([]int{1024, 4096, 16384}).Draw(rt, "page size")
		db := openBolt(t, path, pageSize, opts())
		defer func() { db.Close() }()
		for range rapid.IntRange(1, 20).Draw(rt, "saves") {
			if rapid.IntRange(0, 6).Draw(rt, "reopen") == 0 {
				if err := db.Close(); err != nil {
					rt.Fatal(err)
				}
				db = openBolt(t, path, 0, opts())
			}
			undo := rapid.IntRange(0, 5).Draw(rt, "undo") == 0
			err := db.Update(func(tx *bolt.Tx) error {
				for range rapid.IntRange(1, 6).Draw(rt, "acts") {
					h.act(tx)
				}
				if undo {
					return errUndo
				}
				return nil
			})
			if err != nil && !errors.Is(err, errUndo) {
				rt.Fatal(err)
			}
			saves++
			if agree(t, rt, db) > 0 {
				leaking++
			}
		}
	})
	t.Logf("%d saves compared, %d with pages leaked by bbolt", saves, leaking)
}

// agree compares what Check and Salvage say of the file with what bbolt says.
// The one fault bbolt makes itself is to leak pages: when a bucket is deleted
// that holds several buckets and was changed in the same transaction, it loses
// some of them. Then Check must warn of as many pages.
func agree(t *testing.T, rt *rapid.T, db *bolt.DB) (leaks uint64) {
	err := db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			if !strings.HasSuffix(err.Error(), ": unreachable unfreed") {
				rt.Fatalf("bbolt itself finds fault: %v", err)
			}
			leaks++
		}
		return nil
	})
	if err != nil {
		rt.Fatal(err)
	}
	rep, err := CheckFile(t.Context(), db.Path(), Options{})
	if err != nil {
		rt.Fatalf("Check: %v", err)
	}
	if !rep.Commit.FreelistKept() {
		leaks = 0 // what bbolt leaked in memory the file calls free
	}
	if rep.LeakedPages != leaks || rep.Damaged() || len(rep.Problems) > min(1, int(leaks)) {
		rt.Fatalf("bbolt leaks %d pages, Check says: %s", leaks, rep)
	}
	want, got := readAll(t, db), contents{}
	st, err := SalvageFile(t.Context(), db.Path(), SalvageOptions{}, func(r Record) error {
		if r.Source == Tree {
			got[recordName(r.Bucket, r.Key)] = string(r.Value)
		}
		return nil
	})
	if err != nil || st.Whole != (leaks == 0) || len(st.Problems) > 0 {
		rt.Fatalf("Salvage: %v, %v", err, st.Problems)
	}
	if diff := sameContents(got, want); diff != "" {
		rt.Fatalf("Salvage against bbolt: %s", diff)
	}
	if rep.Records != uint64(len(want)) {
		rt.Fatalf("Check counts %d records, bbolt %d", rep.Records, len(want))
	}
	return leaks
}
