package boltfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// fuzzSeeds are small files made by bbolt, each with all types of page.
func fuzzSeeds(tb testing.TB) [][]byte {
	tb.Helper()
	var seeds [][]byte
	for i, pageSize := range []int{1024, 1024, 4096} { // small ones: the fuzzer is slow on large inputs
		dir := tb.TempDir()
		db := openBolt(tb, filepath.Join(dir, "seed.db"), pageSize, bolt.Options{})
		rnd := rand.New(rand.NewPCG(1, uint64(i)))
		for save := range 3 {
			update(tb, db, func(tx *bolt.Tx) error {
				for k := range 30 {
					put(bucketOf(tx, "log"), key8(save*30+k), randomBytes(rnd, 30))
				}
				put(bucketOf(tx, "nested", "inline"), fmt.Append(nil, save), []byte("value"))
				put(bucketOf(tx, "big"), []byte("k"), make([]byte, 1500))
				return bucketOf(tx, "log").Delete(key8(save))
			})
		}
		// A backup has the pages in use alone, and so is small.
		path := filepath.Join(dir, "small.db")
		if err := db.View(func(tx *bolt.Tx) error { return tx.CopyFile(path, 0o600) }); err != nil {
			tb.Fatal(err)
		}
		if err := db.Close(); err != nil {
			tb.Fatal(err)
		}
		seeds = append(seeds, readFile(tb, path))
	}
	seeds = append(seeds, nil, []byte("text"), make([]byte, 9000))
	return seeds
}

// reseal makes the checksums of both metas right, so that changed numbers are believed.
func reseal(data []byte) []byte {
	data = bytes.Clone(data)
	for _, at := range []int{0, 1024, 4096} {
		if len(data) < at+metaEnd {
			break
		}
		body := data[at+headerSize : at+metaEnd]
		if binary.NativeEndian.Uint32(body) == magic {
			binary.NativeEndian.PutUint64(body[checksumOffset:], fnv1a(body[:checksumOffset]))
		}
	}
	return data
}

func FuzzAnyBytes(f *testing.F) {
	seeds, bolts := fuzzSeeds(f), 0
	for _, s := range seeds {
		f.Add(s, false)
		f.Add(s, true)
		if rep, err := Check(f.Context(), bytes.NewReader(s), int64(len(s)), Options{}); err == nil && rep.Clean() && rep.BranchPages > 0 {
			bolts++
		}
	}
	if bolts < 2 {
		f.Fatalf("only %d seeds are whole files with branch pages", bolts)
	}
	f.Fuzz(func(t *testing.T, data []byte, seal bool) {
		if seal {
			data = reseal(data)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		r, size := bytes.NewReader(data), int64(len(data))
		_, quick := Inspect(r, size)
		var known *Damage
		if quick != nil && !errors.As(quick, &known) && !errors.Is(quick, ErrNotBolt) && !errors.Is(quick, ErrVersion) {
			t.Errorf("an error of no known kind: %v", quick)
		}
		rep, err := Check(ctx, r, size, Options{})
		if err == nil {
			err = rep.Err()
		}
		if quick != nil && err == nil {
			t.Errorf("Quick refuses what Check lets pass: %v", quick)
		}
		if _, err := Check(ctx, r, size, Options{Commit: Previous}); ctx.Err() != nil {
			t.Fatalf("Check hangs: %v", err)
		}
		var records uint64
		st, serr := Salvage(ctx, r, size, SalvageOptions{}, func(rec Record) error {
			if len(rec.Key) == 0 {
				t.Error("a record without a key")
			}
			records++
			return nil
		})
		if ctx.Err() != nil {
			t.Fatalf("Salvage hangs: %v", serr)
		}
		if err == nil && (!st.Whole && rep.Clean() || st.Records[Tree] != rep.Records) {
			t.Errorf("Check counts %d records and finds no damage, Salvage finds %d (whole %v): %s", rep.Records, st.Records[Tree], st.Whole, rep)
		}
	})
}

func TestCopyOfAnythingNeverPanics(t *testing.T) {
	dir := t.TempDir()
	src := filepath.Join(dir, "src.db")
	for i, seed := range fuzzSeeds(t) {
		rnd := rand.New(rand.NewPCG(3, uint64(i)))
		for n := range 40 {
			data := bytes.Clone(seed)
			for range n {
				if len(data) > 0 {
					data[rnd.IntN(len(data))] = byte(rnd.Uint32())
				}
			}
			if err := os.WriteFile(src, reseal(data), 0o600); err != nil {
				t.Fatal(err)
			}
			dst := filepath.Join(dir, fmt.Sprintf("dst%d.%d.db", i, n))
			if err := CopyCommit(t.Context(), src, dst, Commit(n%2)); err == nil {
				if rep, err := CheckFile(t.Context(), dst, Options{}); err != nil || rep.Damaged() {
					t.Errorf("the copy is damaged: %v, %s", err, rep)
				}
			} else if _, err := os.Lstat(dst); err == nil {
				t.Error("a copy is left after an error")
			}
		}
	}
}
