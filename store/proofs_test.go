package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// provable makes a history of some hundred events over three articles.
func provable(t *testing.T, s store.Store, acts int) []annotations.ArticleID {
	t.Helper()
	var ids []annotations.ArticleID
	who := []*store.Session{storetest.Session(t, "ana"), storetest.Session(t, "Ben Ådal")}
	for _, seed := range []string{"piers", "ferries", "locks"} {
		ids = append(ids, storetest.Import(t, s, who[0], storetest.Article(t, seed, 9)))
	}
	revs := map[string]uint64{}
	for i := range acts {
		id, sentence, by := ids[i%3], annotations.SentenceID(2+i%7), who[i%2]
		k := fmt.Sprint(i%3, sentence, by.Actor)
		c := storetest.Tag(sentence, revs[k], []string{"sourced", "contextual", ""}[i%5%3])
		c.Annotation.Note = fmt.Sprintf("note %d", i)
		if i%4 == 0 {
			c.Reason = "on second thoughts"
		}
		if _, err := store.Do(t.Context(), s, by, id, c); err != nil {
			t.Fatal(err)
		}
		revs[k]++
	}
	return ids
}

func TestEnginesGiveTheirLogOutAsItIs(t *testing.T) {
	mem, err := store.NewMemory(store.StoreID{1, 2, 3}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]interface {
		store.Store
		store.Prover
	}{"bolt": storetest.New(t), "memory": mem} {
		t.Run(name, func(t *testing.T) {
			ids := provable(t, s, 700)
			all, err := s.Records(t.Context(), 0, 1<<20)
			if err != nil || len(all) != 703 {
				t.Fatalf("%d records, %v", len(all), err)
			}
			part, err := s.Records(t.Context(), 10, 600)
			if err != nil || len(part) != 600 || !bytes.Equal(part[0], all[10]) || !bytes.Equal(part[599], all[609]) {
				t.Errorf("600 records after 10: %d, %v", len(part), err)
			}
			for _, after := range []uint64{703, 704, 1<<64 - 1} {
				if none, err := s.Records(t.Context(), after, 5); err != nil || len(none) != 0 {
					t.Errorf("records after %d: %d, %v", after, len(none), err)
				}
			}
			all[0][5] ^= 1
			if again, err := s.Records(t.Context(), 0, 1); err != nil || bytes.Equal(again[0], all[0]) {
				t.Errorf("what was returned is the log itself (%v)", err)
			}
			all[0][5] ^= 1
			checkChains(t, s, ids, all)
			checkRoot(t, s, all)
		})
	}
}

// checkChains holds the chains against the records and against Events.
func checkChains(t *testing.T, s interface {
	store.Store
	store.Prover
}, ids []annotations.ArticleID, all [][]byte,
) {
	t.Helper()
	for _, id := range append(slices.Clone(ids), annotations.Desk, annotations.ArticleID{9}) {
		chain, err := s.Chain(t.Context(), id, 0, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		var want []uint64
		var prev annotations.Hash
		for i, rec := range all {
			info, ok := store.ReadRecord(rec)
			if !ok || !info.Proven {
				t.Fatalf("record %d is not one", i+1)
			}
			if info.Article != id {
				continue
			}
			want = append(want, uint64(i+1))
			if info.Prev != prev || info.Seq != uint64(len(want)) {
				t.Fatalf("record %d is number %d of its chain, want %d", i+1, info.Seq, len(want))
			}
			prev = info.Leaf
			e, err := store.DecodeRecord(uint64(i+1), rec)
			if err != nil || e.Actor != info.Actor || e.Act != info.Act || !e.Time.Equal(info.Time) || e.Hash != info.Leaf || e.Sentence != info.Sentence || e.Kind != info.Kind {
				t.Fatalf("record %d: %+v, but as an event %+v, %v", i+1, info, e, err)
			}
		}
		if !slices.Equal(chain, want) {
			t.Errorf("the chain of %s: %d positions, want %d", id, len(chain), len(want))
		}
		if len(want) > 20 {
			some, err := s.Chain(t.Context(), id, want[9], 5)
			if err != nil || !slices.Equal(some, want[10:15]) {
				t.Errorf("five of the chain after %d: %v, %v; want %v", want[9], some, err, want[10:15])
			}
		}
	}
}

// checkRoot computes the root of the tree as tlog does.
func checkRoot(t *testing.T, s store.Store, all [][]byte) {
	t.Helper()
	var hashes []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) (out []tlog.Hash, err error) {
		for _, i := range at {
			out = append(out, hashes[i])
		}
		return out, nil
	})
	for i, rec := range all {
		add, err := tlog.StoredHashes(int64(i), store.RecordBody(rec), read)
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, add...)
	}
	root, err := tlog.TreeHash(int64(len(all)), read)
	if err != nil {
		t.Fatal(err)
	}
	if seal, err := s.Seal(t.Context()); err != nil || tlog.Hash(seal.Root) != root || seal.Size != uint64(len(all)) {
		t.Errorf("the seal is %+v, %v; tlog says %s", seal, err, root)
	}
}

func TestTooFewBytesAreNoRecord(t *testing.T) {
	for n := range 202 {
		if _, ok := store.ReadRecord(make([]byte, n)); ok {
			t.Fatalf("%d bytes are taken for a record", n)
		}
	}
	short := make([]byte, 202)
	short[168] = 200 // a name that reaches past the end
	if info, ok := store.ReadRecord(short); !ok || info.Proven || info.Actor != "" || !info.Time.Equal(time.UnixMicro(0)) {
		t.Errorf("%+v, %v", info, ok)
	}
}

// flips is how many bytes the flip test changes.
func flips() int {
	if testing.Short() {
		return 150
	}
	return 5000
}

// Whichever byte of the log is changed, and to whatever: the check finds it, and
// the first thing that it names is the record that was changed.
func TestEveryFlippedByteOfTheLogIsFound(t *testing.T) {
	s := flipStore(t)
	all, err := s.Records(t.Context(), 0, 1<<20)
	if err != nil || len(all) < 200 {
		t.Fatalf("%d records, %v", len(all), err)
	}
	ends := make([]int, len(all)) // of the records, one after the other
	total := 0
	for i, rec := range all {
		total += len(rec)
		ends[i] = total
	}
	rnd, hashes := rand.New(rand.NewPCG(3, 14)), 0
	for range flips() {
		at := rnd.IntN(total)
		i, _ := slices.BinarySearch(ends, at+1)
		off := at - (ends[i] - len(all[i]))
		changed := bytes.Clone(all[i])
		changed[off] ^= byte(1 + rnd.IntN(255))
		pos := uint64(i + 1)
		if off >= len(changed)-32 {
			hashes++
		}
		if err := s.Overwrite(store.LogBucket, pos, changed); err != nil {
			t.Fatal(err)
		}
		named := firstNamed(t, s)
		if named != pos && named != pos+1 {
			t.Fatalf("byte %d of %d of record %d was changed from %#x to %#x: the check names %d first", off, len(changed), pos, all[i][off], changed[off], named)
		}
		if err := s.Overwrite(store.LogBucket, pos, all[i]); err != nil {
			t.Fatal(err)
		}
	}
	if hashes == 0 || hashes > flips()/2 {
		t.Errorf("%d of %d flips were in hashes", hashes, flips())
	}
	storetest.MustCheck(t, s)
}

// flipStore is a store that does not wait for the disk.
func flipStore(t *testing.T) *store.Bolt {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: t.TempDir() + "/stet.db", Create: true, Clock: storetest.Clock(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	provable(t, s, 240)
	return s
}

// firstNamed is the position that the first problem of a check names; 0 for none.
func firstNamed(t *testing.T, s store.Store) uint64 {
	t.Helper()
	r, err := s.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Problems) == 0 {
		return 0
	}
	n, _ := strings.CutPrefix(r.Problems[0].Where, "event ")
	pos, err := strconv.ParseUint(n, 10, 64)
	if err != nil {
		t.Fatalf("the first problem names no record: %s", r.Problems[0])
	}
	return pos
}

// The model finds them, too.
func TestTheModelFindsAFlippedByte(t *testing.T) {
	m, err := store.NewMemory(store.StoreID{4}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	provable(t, m, 20)
	all, err := m.Records(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(all[6])
	changed[180] ^= 0x20
	m.OverwriteIn(7, changed)
	if r, err := m.Verify(t.Context(), nil); err == nil && r.OK() {
		t.Error("it was not found")
	}
}
