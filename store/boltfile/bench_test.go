package boltfile

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// benchFile makes a file of a million records of 8 + 80 bytes, ordered by key or not.
func benchFile(b *testing.B, random bool) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "store.db")
	db := openBolt(b, path, 4096, bolt.Options{FreelistType: bolt.FreelistMapType})
	rnd := rand.New(rand.NewPCG(1, 2))
	value := randomBytes(rnd, 80)
	const perSave = 50_000
	for i := 0; i < 1_000_000; i += perSave {
		update(b, db, func(tx *bolt.Tx) error {
			bk := bucketOf(tx, "log")
			if !random {
				bk.FillPercent = 0.9
			}
			for k := i; k < i+perSave; k++ {
				key := key8(k)
				if random {
					key = key8(int(rnd.Int64()))
				}
				put(bk, key, value)
			}
			return nil
		})
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	st, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return path, st.Size()
}

func BenchmarkMillionRecords(b *testing.B) {
	for _, random := range []bool{false, true} {
		path, size := benchFile(b, random)
		name := fmt.Sprintf("random=%v", random)
		b.Run("Quick/"+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Quick(path); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("Check/"+name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				rep, err := CheckFile(b.Context(), path, Options{})
				if err != nil || !rep.Clean() || rep.Records < 999_000 {
					b.Fatalf("%v, %s", err, rep)
				}
			}
		})
		b.Run("Salvage/"+name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				st, err := SalvageFile(b.Context(), path, SalvageOptions{}, func(Record) error { return nil })
				if err != nil || !st.Whole {
					b.Fatalf("%v, %+v", err, st.Problems)
				}
			}
		})
		// What the machine takes to read the file at all.
		b.Run("Read/"+name, func(b *testing.B) {
			b.SetBytes(size)
			buf := make([]byte, 1<<20)
			for b.Loop() {
				f, err := os.Open(path)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{f}, buf); err != nil {
					b.Fatal(err)
				}
				f.Close()
			}
		})
	}
}
