package boltfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// contents is every record of a file: quoted path and key → value.
type contents map[string]string

func recordName(path [][]byte, key []byte) string {
	var b strings.Builder
	for _, p := range append(append([][]byte{}, path...), key) {
		b.WriteString("/" + strconv.Quote(string(p)))
	}
	return b.String()
}

// readAll reads a file through bbolt; only for files known to be sound.
func readAll(tb testing.TB, db *bolt.DB) contents {
	tb.Helper()
	all := contents{}
	err := db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return eachRecord([][]byte{bytes.Clone(name)}, b, func(path [][]byte, k, v []byte) {
				all[recordName(path, k)] = string(v)
			})
		})
	})
	if err != nil {
		tb.Fatalf("read the fixture through bbolt: %v", err)
	}
	return all
}

func eachRecord(path [][]byte, b *bolt.Bucket, fn func(path [][]byte, k, v []byte)) error {
	return b.ForEach(func(k, v []byte) error {
		if v != nil {
			fn(path, k, v)
			return nil
		}
		if sub := b.Bucket(k); sub != nil {
			return eachRecord(append(append([][]byte{}, path...), bytes.Clone(k)), sub, fn)
		}
		return nil
	})
}

// shapes are the sorts of file that occur, each made by bbolt itself.
var shapes = []struct {
	name string
	opts bolt.Options
	make func(tb testing.TB, db *bolt.DB, rnd *rand.Rand)
}{
	{"never written to", bolt.Options{}, func(testing.TB, *bolt.DB, *rand.Rand) {}},
	{"empty buckets", bolt.Options{}, func(tb testing.TB, db *bolt.DB, _ *rand.Rand) {
		update(tb, db, func(tx *bolt.Tx) error {
			for _, n := range []string{"a", "b", "c"} {
				bucketOf(tx, n)
			}
			return nil
		})
	}},
	{"flat buckets", bolt.Options{}, makeFlat},
	{"flat buckets, hash map freelist", bolt.Options{FreelistType: bolt.FreelistMapType}, makeFlat},
	{"nested and inline buckets", bolt.Options{}, makeNested},
	{"big values", bolt.Options{}, makeBig},
	{"long keys", bolt.Options{}, func(tb testing.TB, db *bolt.DB, rnd *rand.Rand) {
		update(tb, db, func(tx *bolt.Tx) error {
			for i := range 40 {
				k := bytes.Repeat([]byte{byte('a' + i%7)}, 1+rnd.IntN(bolt.MaxKeySize-8))
				put(bucketOf(tx, "long"), append(k, fmt.Sprint(i)...), []byte(fmt.Sprintf("value %d", i)))
			}
			return nil
		})
	}},
	{"deleted ranges", bolt.Options{}, makeDeleted},
	{"churn", bolt.Options{FreelistType: bolt.FreelistMapType}, makeChurn},
	{"freelist not kept", bolt.Options{NoFreelistSync: true}, makeDeleted},
}

func update(tb testing.TB, db *bolt.DB, fn func(tx *bolt.Tx) error) {
	tb.Helper()
	if err := db.Update(fn); err != nil {
		tb.Fatalf("write the fixture: %v", err)
	}
}

// bucketOf returns the bucket at path, made when missing.
func bucketOf(tx *bolt.Tx, path ...string) *bolt.Bucket {
	b, err := tx.CreateBucketIfNotExists([]byte(path[0]))
	for _, p := range path[1:] {
		if err != nil {
			break
		}
		b, err = b.CreateBucketIfNotExists([]byte(p))
	}
	if err != nil {
		panic(fmt.Sprintf("fixture: bucket %q: %v", path, err))
	}
	return b
}

func put(b *bolt.Bucket, k, v []byte) {
	if err := b.Put(k, v); err != nil {
		panic(fmt.Sprintf("fixture: put %x: %v", k, err))
	}
}

func key8(i int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(i)) }

func randomBytes(rnd *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rnd.Uint32())
	}
	return b
}

func makeFlat(tb testing.TB, db *bolt.DB, rnd *rand.Rand) {
	for round := range 4 {
		update(tb, db, func(tx *bolt.Tx) error {
			for i := range 300 {
				put(bucketOf(tx, "log"), key8(round*300+i), randomBytes(rnd, 20+rnd.IntN(60)))
				put(bucketOf(tx, "state"), randomBytes(rnd, 16), []byte(fmt.Sprintf("state %d", i)))
			}
			put(bucketOf(tx, "meta"), []byte("format"), []byte(fmt.Sprint(round)))
			return nil
		})
	}
}

func makeNested(tb testing.TB, db *bolt.DB, rnd *rand.Rand) {
	for round := range 5 {
		update(tb, db, func(tx *bolt.Tx) error {
			for a := range 6 {
				for b := range 5 {
					in := bucketOf(tx, fmt.Sprintf("top %d", a), fmt.Sprintf("middle %d", b))
					if err := in.SetSequence(rnd.Uint64()); err != nil {
						return err
					}
					for i := range rnd.IntN(8) * a {
						put(in, fmt.Appendf(nil, "k%d.%d.%d.%d", a, b, round, i), randomBytes(rnd, rnd.IntN(40)))
					}
					if a == b {
						deep := bucketOf(tx, fmt.Sprintf("top %d", a), fmt.Sprintf("middle %d", b), "x", "y", "z")
						put(deep, key8(round), randomBytes(rnd, 700))
					}
				}
			}
			return nil
		})
	}
}

func makeBig(tb testing.TB, db *bolt.DB, rnd *rand.Rand) {
	for round, size := range []int{300, 3000, 30000, 70000, 0} {
		update(tb, db, func(tx *bolt.Tx) error {
			for i := range 6 {
				put(bucketOf(tx, "evidence"), fmt.Appendf(nil, "%d.%d", round, i), randomBytes(rnd, size+rnd.IntN(size/4+1)))
			}
			// One that fills its pages to the last byte.
			ps := tx.DB().Info().PageSize
			put(bucketOf(tx, fmt.Sprintf("exact %d", round)), []byte("k"), randomBytes(rnd, (round+1)*ps-headerSize-elementSize-1))
			return nil
		})
	}
}

func makeDeleted(tb testing.TB, db *bolt.DB, rnd *rand.Rand) {
	update(tb, db, func(tx *bolt.Tx) error {
		for i := range 3000 {
			put(bucketOf(tx, "log"), key8(i), randomBytes(rnd, 30))
		}
		put(bucketOf(tx, "gone"), []byte("big"), randomBytes(rnd, 50000))
		return nil
	})
	for round := range 6 {
		update(tb, db, func(tx *bolt.Tx) error {
			b := bucketOf(tx, "log")
			from := rnd.IntN(2500)
			for i := from; i < from+400; i++ {
				if err := b.Delete(key8(i)); err != nil {
					return err
				}
			}
			if round == 3 {
				return tx.DeleteBucket([]byte("gone"))
			}
			return nil
		})
	}
}

func makeChurn(tb testing.TB, db *bolt.DB, rnd *rand.Rand) {
	for range 60 {
		update(tb, db, func(tx *bolt.Tx) error {
			b := bucketOf(tx, "churn")
			for range 20 {
				k := key8(rnd.IntN(500))
				if rnd.IntN(3) == 0 {
					if err := b.Delete(k); err != nil {
						return err
					}
				} else {
					put(b, k, randomBytes(rnd, rnd.IntN(120)))
				}
			}
			return nil
		})
	}
}

// fixture is a sound file made by bbolt.
type fixture struct {
	name      string
	path      string
	data      []byte
	pageSize  int
	now       contents
	before    contents // as the previous commit had it
	snapshots [][]byte // the file at earlier times
}

// newFixture makes one file of shapes[i].
func newFixture(tb testing.TB, i, pageSize int, seed uint64) fixture {
	tb.Helper()
	sh := shapes[i]
	f := fixture{
		name:     fmt.Sprintf("%s, pages of %d", sh.name, pageSize),
		path:     filepath.Join(tb.TempDir(), "store.db"),
		pageSize: pageSize,
	}
	db := openBolt(tb, f.path, pageSize, sh.opts)
	rnd := rand.New(rand.NewPCG(seed, uint64(i)))
	sh.make(tb, db, rnd)
	// A last small save, so that the two commits differ in a known way.
	for save := range 4 {
		f.before = readAll(tb, db)
		f.snapshots = append(f.snapshots, readFile(tb, f.path))
		update(tb, db, func(tx *bolt.Tx) error {
			put(bucketOf(tx, "last"), key8(save), randomBytes(rnd, 50))
			return nil
		})
	}
	f.now = readAll(tb, db)
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
	f.data = readFile(tb, f.path)
	return f
}

func openBolt(tb testing.TB, path string, pageSize int, opts bolt.Options) *bolt.DB {
	tb.Helper()
	opts.PageSize, opts.NoSync, opts.Timeout = pageSize, true, 2*time.Second
	db, err := bolt.Open(path, 0o600, &opts)
	if err != nil {
		tb.Fatalf("open the fixture: %v", err)
	}
	return db
}

func readFile(tb testing.TB, path string) []byte {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// checkBytes checks a file in memory.
func checkBytes(tb testing.TB, data []byte, opts Options) Report {
	tb.Helper()
	rep, err := Check(context.Background(), bytes.NewReader(data), int64(len(data)), opts)
	if err != nil {
		tb.Fatalf("Check: %v", err)
	}
	return rep
}

// salvageBytes salvages a file in memory; records of the tree go into the first
// result by name, all records into the second by key and value alone.
func salvageBytes(tb testing.TB, data []byte, opts SalvageOptions) (contents, map[string]int, Stats) {
	tb.Helper()
	tree, all := contents{}, map[string]int{}
	st, err := Salvage(context.Background(), bytes.NewReader(data), int64(len(data)), opts, func(r Record) error {
		if r.Source == Tree {
			tree[recordName(r.Bucket, r.Key)] = string(r.Value)
		}
		all[string(r.Key)+"\x00"+string(r.Value)]++
		return nil
	})
	if err != nil {
		tb.Fatalf("Salvage: %v", err)
	}
	return tree, all, st
}

// sameContents compares two sets of records and names up to three differences.
func sameContents(got, want contents) string {
	var diff []string
	for k, v := range want {
		if g, ok := got[k]; !ok {
			diff = append(diff, k+" is missing")
		} else if g != v {
			diff = append(diff, k+" has another value")
		}
	}
	for k := range got {
		if _, ok := want[k]; !ok {
			diff = append(diff, k+" was never there")
		}
	}
	if len(diff) == 0 {
		return ""
	}
	return fmt.Sprintf("%d differences: %s", len(diff), strings.Join(diff[:min(3, len(diff))], "; "))
}
