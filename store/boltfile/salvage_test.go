package boltfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// ways to destroy one page.
var destroy = []struct {
	name string
	do   func(p []byte, rnd *rand.Rand)
}{
	{"zeros", func(p []byte, _ *rand.Rand) { clear(p) }},
	{"noise", func(p []byte, rnd *rand.Rand) { copy(p, randomBytes(rnd, len(p))) }},
	{"a flip in its number", func(p []byte, _ *rand.Rand) { p[0] ^= 1 }},
	{"a flip in its type", func(p []byte, _ *rand.Rand) { p[8] ^= 2 }},
	{"a flip in its count", func(p []byte, _ *rand.Rand) { p[10] ^= 1 }},
	{"a flip in its overflow", func(p []byte, _ *rand.Rand) { p[12] ^= 1 }},
	{"a flip in its first element", func(p []byte, _ *rand.Rand) { p[headerSize+4] ^= 16 }},
	{"noise in the first bytes of the child or size", func(p []byte, rnd *rand.Rand) { copy(p[headerSize+8:], randomBytes(rnd, 4)) }},
	{"noise at its end", func(p []byte, rnd *rand.Rand) { copy(p[len(p)/2:], randomBytes(rnd, len(p)/2)) }},
}

// TestSalvageReturnsEveryRecordOutsideTheDamagedPage destroys pages in use in
// each way; all of them with -campaign 1000.
func TestSalvageReturnsEveryRecordOutsideTheDamagedPage(t *testing.T) {
	runs, lostOnPage, inPlace, elsewhere := 0, 0, 0, 0
	for _, c := range []struct{ shape, pageSize int }{{2, 4096}, {4, 1024}, {4, 4096}, {5, 4096}, {6, 4096}, {7, 1024}, {8, 4096}} {
		v := newVictim(t, c.shape, c.pageSize)
		rnd := rand.New(rand.NewPCG(9, 9))
		var pages []uint64
		for _, typ := range []string{"meta", "branch", "leaf", "overflow", "freelist"} {
			pages = append(pages, v.byType[typ]...)
		}
		step := max(1, len(pages)/max(1, *campaignSize/3))
		for i := 0; i < len(pages); i += step {
			id := pages[i]
			onPage := map[string]bool{}
			for _, name := range v.records[v.owner[id]] {
				onPage[name] = true
			}
			for _, way := range destroy {
				data := bytes.Clone(v.data)
				way.do(v.at(data, id), rnd)
				tree, all, _ := salvageBytes(t, data, SalvageOptions{})
				runs++
				for name, value := range v.fixture.now {
					switch {
					case tree[name] == value:
						inPlace++
					case all[v.keys[name]+"\x00"+value] > 0:
						elsewhere++
					case onPage[name]:
						lostOnPage++
					default:
						t.Errorf("%s, page %d destroyed by %s: %s is lost, and stood elsewhere", v.name, id, way.name, name)
					}
				}
				if t.Failed() {
					return
				}
			}
		}
	}
	t.Logf("%d damages: %d records found in their tree, %d outside it, %d lost with their page, 0 others", runs, inPlace, elsewhere, lostOnPage)
	if lostOnPage == 0 || elsewhere == 0 {
		t.Error("destroying pages must lose the records on them, and force a search elsewhere")
	}
}

func TestSalvageSaysWhereARecordComesFrom(t *testing.T) {
	f := newFixture(t, 2, 4096, 31)
	rep := checkBytes(t, f.data, Options{})
	info := rep.Info
	prev, ok := info.Previous()
	if !ok {
		t.Fatal("no previous commit")
	}
	t.Run("the newest root is gone: the other tree has all but the last save", func(t *testing.T) {
		data := bytes.Clone(f.data)
		clear(data[int(rep.Commit.Root)*4096:][:4096])
		got := contents{}
		st, err := Salvage(t.Context(), bytes.NewReader(data), int64(len(data)), SalvageOptions{}, func(r Record) error {
			if r.Source == OtherTree {
				got[recordName(r.Bucket, r.Key)] = string(r.Value)
			}
			return nil
		})
		if err != nil || st.Whole || !st.Scanned || st.Records[OtherTree] == 0 {
			t.Fatalf("%v, %+v", err, st)
		}
		if diff := sameContents(got, f.before); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("both roots are gone: all leaves are orphans", func(t *testing.T) {
		data := bytes.Clone(f.data)
		clear(data[int(rep.Commit.Root)*4096:][:4096])
		clear(data[int(prev.Root)*4096:][:4096])
		values := map[string]bool{}
		st, err := Salvage(t.Context(), bytes.NewReader(data), int64(len(data)), SalvageOptions{}, func(r Record) error {
			if r.Source != Orphan && r.Source != Leftover {
				t.Errorf("source %v", r.Source)
			}
			if len(r.Bucket) > 1 {
				t.Errorf("an orphan knows its bucket %q", r.Bucket)
			}
			values[string(r.Value)] = true
			return nil
		})
		if err != nil || st.Whole || st.Records[Orphan] == 0 || st.Records[Leftover] == 0 {
			t.Fatalf("%v, %+v", err, st)
		}
		rootOnly := 0
		for _, v := range f.now {
			if !values[v] {
				rootOnly++
			}
		}
		// Small buckets stand inside the root page itself and go with it.
		if rootOnly > 6 {
			t.Errorf("%d records are lost, more than the root page held", rootOnly)
		}
	})
	t.Run("both metas are gone: the page size is guessed", func(t *testing.T) {
		for _, pageSize := range []int{1024, 4096, 16384, 65536} {
			f := newFixture(t, 2, pageSize, 32)
			clear(f.data[:2*pageSize])
			_, all, st := salvageBytes(t, f.data, SalvageOptions{})
			if st.Info.PageSize != pageSize {
				t.Errorf("page size %d is guessed to be %d", pageSize, st.Info.PageSize)
			}
			if missing := countMissing(f.now, all); missing > 0 {
				t.Errorf("pages of %d: %d records are lost", pageSize, missing)
			}
		}
	})
	t.Run("both metas have a flip: their roots still serve", func(t *testing.T) {
		data := bytes.Clone(f.data)
		data[headerSize+60] ^= 1
		data[4096+headerSize+60] ^= 1
		got := contents{}
		_, err := Salvage(t.Context(), bytes.NewReader(data), int64(len(data)), SalvageOptions{}, func(r Record) error {
			if r.Source == OtherTree {
				got[recordName(r.Bucket, r.Key)] = string(r.Value)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := sameContents(got, f.now); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("everything: what was deleted and not yet written over", func(t *testing.T) {
		f := newFixture(t, 7, 1024, 33)
		_, _, st := salvageBytes(t, f.data, SalvageOptions{Everything: true})
		if !st.Whole || !st.Scanned || st.Records[Leftover] == 0 || st.Records[Tree] != uint64(len(f.now)) {
			t.Errorf("%+v", st)
		}
	})
}

// countMissing counts the records of want whose value came under no key.
func countMissing(want contents, all map[string]int) int {
	values := map[string]bool{}
	for kv := range all {
		for i := range kv {
			if kv[i] == 0 {
				values[kv[i+1:]] = true
			}
		}
	}
	n := 0
	for _, v := range want {
		if !values[v] {
			n++
		}
	}
	return n
}

func TestSalvageObeysItsCaller(t *testing.T) {
	f := newFixture(t, 5, 4096, 34)
	r, size := bytes.NewReader(f.data), int64(len(f.data))
	stop := errors.New("stop")
	n := 0
	_, err := Salvage(t.Context(), r, size, SalvageOptions{}, func(Record) error {
		if n++; n == 5 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 5 {
		t.Errorf("error %v after %d records", err, n)
	}
	st, err := Salvage(t.Context(), r, size, SalvageOptions{MaxValue: 1000}, func(r Record) error {
		if len(r.Value) > 1000 {
			t.Errorf("a value of %d bytes", len(r.Value))
		}
		return nil
	})
	if err != nil || st.TooLarge == 0 || st.TooLarge+st.Records[Tree] != uint64(len(f.now)) {
		t.Errorf("%v, %+v", err, st)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Salvage(ctx, r, size, SalvageOptions{}, func(Record) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	calls := 0
	_, err = Salvage(t.Context(), r, size, SalvageOptions{Everything: true, Progress: func(done, total uint64) {
		calls++
		if done > total {
			t.Errorf("progress %d of %d", done, total)
		}
	}}, func(Record) error { return nil })
	if err != nil || calls == 0 {
		t.Errorf("%v, %d calls of Progress", err, calls)
	}
}

func TestValuesLargerThanTheWindow(t *testing.T) {
	path := t.TempDir() + "/store.db"
	db := openBolt(t, path, 4096, bolt.Options{})
	rnd := rand.New(rand.NewPCG(1, 1))
	big := map[string][]byte{}
	update(t, db, func(tx *bolt.Tx) error {
		for i, n := range []int{window - 100, window, window + 1, 3*window + 17, 20 << 10} {
			k := fmt.Sprint("k", i)
			big[k] = randomBytes(rnd, n)
			put(bucketOf(tx, "b"), []byte(k), big[k])
			put(bucketOf(tx, "sub", "tiny"), []byte(k), []byte(k))
		}
		return nil
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantClean(t, path, "values of several MiB")
	_, err := SalvageFile(t.Context(), path, SalvageOptions{}, func(r Record) error {
		if string(r.Bucket[0]) != "b" {
			return nil
		}
		if !bytes.Equal(r.Value, big[string(r.Key)]) {
			t.Errorf("key %s has another value", r.Key)
		}
		delete(big, string(r.Key))
		return nil
	})
	if err != nil || len(big) > 0 {
		t.Errorf("%v, %d values did not come", err, len(big))
	}
}
