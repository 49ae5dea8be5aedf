package boltfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

func TestCheckIsSilentOnEveryFileBboltMakes(t *testing.T) {
	for _, pageSize := range []int{1024, 4096, 8192, 16384, 65536} {
		for i := range shapes {
			f := newFixture(t, i, pageSize, 1)
			t.Run(f.name, func(t *testing.T) {
				info, err := Quick(f.path)
				if err != nil {
					t.Fatalf("Quick: %v", err)
				}
				if info.PageSize != pageSize || info.LastSaveDoubtful || len(info.Warnings) > 0 {
					t.Errorf("Quick: page size %d, doubtful %v, warnings %v", info.PageSize, info.LastSaveDoubtful, info.Warnings)
				}
				for _, c := range []Commit{Newest, Previous} {
					rep := checkBytes(t, f.data, Options{Commit: c})
					if !rep.Clean() || rep.Damaged() || rep.Err() != nil {
						t.Errorf("Check of %s is not silent: %s", c, rep)
					}
					want := f.now
					if c == Previous {
						want = f.before
					}
					if rep.Records != uint64(len(want)) {
						t.Errorf("Check of %s counts %d records, bbolt %d", c, rep.Records, len(want))
					}
				}
				tree, _, st := salvageBytes(t, f.data, SalvageOptions{})
				if diff := sameContents(tree, f.now); diff != "" || !st.Whole || st.Scanned {
					t.Errorf("Salvage of a sound file: %s (whole %v, scanned %v)", diff, st.Whole, st.Scanned)
				}
			})
		}
	}
}

func TestCheckKnowsFreelistsOfMoreThan65534Pages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	db := openBolt(t, path, 1024, bolt.Options{FreelistType: bolt.FreelistMapType})
	defer db.Close()
	update(t, db, func(tx *bolt.Tx) error {
		put(bucketOf(tx, "b"), []byte("small"), []byte("stays"))
		put(bucketOf(tx, "big"), []byte("big"), make([]byte, 70_000*1024))
		return nil
	})
	update(t, db, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("big")) })
	rep, err := CheckFile(t.Context(), path, Options{})
	if err != nil || !rep.Clean() {
		t.Fatalf("Check: %v, %s", err, rep)
	}
	if rep.FreePages < countInFirst {
		t.Fatalf("the fixture has %d free pages: too few to need the long form", rep.FreePages)
	}
}

func TestCheckFollowsBackupsCompactionAndChangesOfFreelist(t *testing.T) {
	dir := t.TempDir()
	src := openBolt(t, filepath.Join(dir, "src.db"), 4096, bolt.Options{})
	defer src.Close()
	for parity := range 2 {
		update(t, src, func(tx *bolt.Tx) error {
			for i := range 500 {
				put(bucketOf(tx, "log"), key8(parity*500+i), make([]byte, 100))
			}
			return nil
		})
		path := filepath.Join(dir, fmt.Sprintf("backup%d.db", parity))
		if err := src.View(func(tx *bolt.Tx) error { return tx.CopyFile(path, 0o600) }); err != nil {
			t.Fatal(err)
		}
		wantClean(t, path, "right after the backup")
		for save := range 3 {
			// NoFreelistSync on and off again.
			db := openBolt(t, path, 4096, bolt.Options{NoFreelistSync: save == 1})
			update(t, db, func(tx *bolt.Tx) error { put(bucketOf(tx, "more"), key8(save), key8(save)); return nil })
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			wantClean(t, path, fmt.Sprintf("after save %d to the backup", save))
		}
	}
	packed := openBolt(t, filepath.Join(dir, "packed.db"), 4096, bolt.Options{})
	defer packed.Close()
	if err := bolt.Compact(packed, src, 64<<10); err != nil {
		t.Fatal(err)
	}
	wantClean(t, filepath.Join(dir, "packed.db"), "after compaction")
}

func wantClean(t *testing.T, path, when string) {
	t.Helper()
	rep, err := CheckFile(t.Context(), path, Options{})
	if err != nil || !rep.Clean() {
		t.Errorf("%s: %v, %s", when, err, rep)
	}
}

// TestDeepTreesKeepTheRules grows and shrinks trees whose pages hold only four
// or five long keys: where bbolt splits, merges and collapses pages most, the
// rules Check holds it to must hold.
func TestDeepTreesKeepTheRules(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	db := openBolt(t, path, 1024, bolt.Options{FreelistType: bolt.FreelistMapType})
	defer db.Close()
	rnd := rand.New(rand.NewPCG(4, 4))
	saves, depth := 300, 0
	if testing.Short() {
		saves = 40
	}
	for save := range saves {
		update(t, db, func(tx *bolt.Tx) error {
			b := bucketOf(tx, "deep")
			b.FillPercent = 0.1 + 0.9*rnd.Float64()
			from, n := rnd.IntN(4000), 1+rnd.IntN(400)
			shrink := rnd.IntN(10) < 3+save/60%5
			for i := from; i < from+n; i++ {
				k := append(key8(i*1237%4001), bytes.Repeat([]byte{'k'}, 150+i%80)...)
				if !shrink {
					put(b, k, key8(i))
				} else if err := b.Delete(k); err != nil {
					return err
				}
			}
			return nil
		})
		rep, err := CheckFile(t.Context(), path, Options{})
		if err != nil || !rep.Clean() {
			t.Fatalf("after save %d: %v, %s", save, err, rep)
		}
		depth = max(depth, rep.Depth)
	}
	if depth < 5 {
		t.Errorf("the trees were only %d levels deep", depth)
	}
}

// find returns the number of a page of the wanted type that holds at least two
// entries, and that is not the root page.
func (f fixture) find(tb testing.TB, flags uint16) uint64 {
	tb.Helper()
	root := binary.NativeEndian.Uint64(f.data[headerSize+16:])
	free := map[uint64]bool{}
	db := openBolt(tb, f.path, f.pageSize, bolt.Options{})
	defer db.Close()
	tx, err := db.Begin(false)
	if err != nil {
		tb.Fatal(err)
	}
	defer tx.Rollback()
	for id := 2; ; id++ {
		p, err := tx.Page(id)
		if err != nil || p == nil {
			break
		}
		free[uint64(id)] = p.Type == "free"
	}
	for id := uint64(2); int(id+1)*f.pageSize <= len(f.data); id++ {
		h := readHeader(f.page(id))
		if h.id == id && h.flags == flags && h.count > 1 && !free[id] && id != root {
			return id
		}
	}
	tb.Fatalf("%s: no page of type %d", f.name, flags)
	return 0
}

func (f fixture) page(id uint64) []byte {
	return f.data[int(id)*f.pageSize:][:f.pageSize]
}

func TestCheckSaysWhatIsWrongAndWhatItHeld(t *testing.T) {
	o := binary.NativeEndian
	element := func(p []byte, i int) []byte { return p[headerSize+i*elementSize:][:elementSize] }
	tests := []struct {
		story string
		hurt  func(f fixture) uint64 // returns the page the problem must name
		kind  Kind
		warn  bool
		says  string
	}{
		{"a leaf forgot its number", func(f fixture) uint64 { id := f.find(t, flagLeaf); o.PutUint64(f.page(id), id+1); return id }, KindHeader, false, "says it is page"},
		{"a leaf was overwritten with zeros", func(f fixture) uint64 { id := f.find(t, flagLeaf); clear(f.page(id)); return id }, KindHeader, false, "begins with zeros"},
		{"a leaf became a freelist", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			o.PutUint16(f.page(id)[8:], flagFreelist)
			return id
		}, KindHeader, false, "freelist page, which does not belong"},
		{"a leaf claims the rest of the file", func(f fixture) uint64 { id := f.find(t, flagLeaf); o.PutUint32(f.page(id)[12:], 1<<30); return id }, KindHeader, false, "following pages"},
		{"a leaf claims one page more", func(f fixture) uint64 { id := f.find(t, flagLeaf); o.PutUint32(f.page(id)[12:], 1); return id }, KindLayout, false, "runs over 2 pages"},
		{"a leaf claims 65,535 records", func(f fixture) uint64 { id := f.find(t, flagLeaf); o.PutUint16(f.page(id)[10:], 0xFFFF); return id }, KindHeader, false, "more than it has room for"},
		{"a leaf lost a record from its count", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			p := f.page(id)
			o.PutUint16(p[10:], o.Uint16(p[10:])-1)
			return id
		}, KindLayout, false, "record 0 begins at"},
		{"a record points far outside", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			o.PutUint32(element(f.page(id), 1)[4:], 1<<31)
			return id
		}, KindLayout, false, "record 1 begins at"},
		{"a key lost a byte of its length", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			e := element(f.page(id), 0)
			o.PutUint32(e[8:], o.Uint32(e[8:])-1)
			return id
		}, KindLayout, false, "record 1 begins at"},
		{"a value of 4 GiB", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			o.PutUint32(element(f.page(id), 0)[12:], 0xFFFFFFFF)
			return id
		}, KindLayout, false, "outside the page"},
		{"an empty key", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			o.PutUint32(element(f.page(id), 0)[8:], 0)
			return id
		}, KindLayout, false, "empty key"},
		{"unknown flags on a record", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			o.PutUint32(element(f.page(id), 0), 8)
			return id
		}, KindLayout, false, "unknown flags"},
		{"a record called a bucket", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			o.PutUint32(element(f.page(id), 0), bucketFlag)
			return id
		}, KindBucket, false, "16 are right"},
		{"a byte after the last record", func(f fixture) uint64 {
			id := f.find(t, flagLeaf)
			f.page(id)[f.pageSize-1] = 1
			return id
		}, KindTail, true, "not zero"},
		{"two children of a branch are one page", func(f fixture) uint64 {
			p := f.page(f.find(t, flagBranch))
			copy(element(p, 1)[8:], element(p, 0)[8:])
			return o.Uint64(element(p, 0)[8:])
		}, KindShared, false, "used in two places"},
		{"a child behind the end", func(f fixture) uint64 {
			id := f.find(t, flagBranch)
			o.PutUint64(element(f.page(id), 0)[8:], 1<<40)
			return id
		}, KindPointer, false, "child 0 leads to page"},
		{"a branch that is its own child", func(f fixture) uint64 {
			id := f.find(t, flagBranch)
			o.PutUint64(element(f.page(id), 0)[8:], id)
			return id
		}, KindPointer, false, "child 0 leads to page"},
		{"a branch key higher than its child's first", func(f fixture) uint64 {
			p := f.page(f.find(t, flagBranch))
			e := element(p, 1)
			p[headerSize+elementSize+int(o.Uint32(e))+int(o.Uint32(e[4:]))-1]++
			return o.Uint64(e[8:])
		}, KindPlace, false, "comes before"},
	}
	for _, tt := range tests {
		t.Run(tt.story, func(t *testing.T) {
			f := newFixture(t, 2, 4096, 7) // flat buckets
			page := tt.hurt(f)
			rep := checkBytes(t, f.data, Options{})
			for _, p := range rep.Problems {
				if p.Page == page && p.Kind == tt.kind && p.Warning == tt.warn && strings.Contains(p.Text, tt.says) {
					if !strings.Contains(p.Holds(), `bucket "log"`) && !strings.Contains(p.Holds(), `bucket "state"`) && !strings.Contains(p.Holds(), "bucket \"last\"") {
						t.Errorf("does not say what it held: %s", p)
					}
					if tt.warn == errors.Is(rep.Err(), ErrDamaged) {
						t.Errorf("a warning is no damage, damage is: Err is %v", rep.Err())
					}
					return
				}
			}
			t.Errorf("want %v at page %d saying %q, got %s", tt.kind, page, tt.says, rep)
		})
	}
}

func TestCheckSaysWhatIsWrongWithFreelists(t *testing.T) {
	o := binary.NativeEndian
	tests := []struct {
		story string
		hurt  func(f fixture, list []byte, used uint64)
		kind  Kind
	}{
		{"a page in use is called free", func(_ fixture, list []byte, used uint64) {
			// Replaces the last entry below or above, keeping the order.
			n := int(o.Uint16(list[10:]))
			for i := range n {
				at := list[headerSize+8*i:]
				if prev := uint64(1); i > 0 && o.Uint64(list[headerSize+8*(i-1):]) >= used || prev > used {
					continue
				}
				if o.Uint64(at) > used {
					o.PutUint64(at, used)
					return
				}
			}
			o.PutUint64(list[headerSize+8*(n-1):], used)
		}, KindFreeInUse},
		{"out of order", func(_ fixture, list []byte, _ uint64) {
			a, b := o.Uint64(list[headerSize:]), o.Uint64(list[headerSize+8:])
			o.PutUint64(list[headerSize:], b)
			o.PutUint64(list[headerSize+8:], a)
		}, KindFreelist},
		{"one page twice", func(_ fixture, list []byte, _ uint64) { copy(list[headerSize+8:], list[headerSize:headerSize+8]) }, KindFreelist},
		{"a meta page is called free", func(_ fixture, list []byte, _ uint64) { o.PutUint64(list[headerSize:], 1) }, KindFreelist},
		{"a page behind the end", func(_ fixture, list []byte, _ uint64) { o.PutUint64(list[headerSize:], 1<<50) }, KindFreelist},
		{"a count of 2 to the 60", func(_ fixture, list []byte, _ uint64) {
			o.PutUint16(list[10:], countInFirst)
			o.PutUint64(list[headerSize:], 1<<60)
		}, KindFreelist},
		{"an entry lost", func(_ fixture, list []byte, _ uint64) { o.PutUint16(list[10:], o.Uint16(list[10:])-1) }, KindLeak},
	}
	for _, tt := range tests {
		t.Run(tt.story, func(t *testing.T) {
			f := newFixture(t, 7, 4096, 7) // deleted ranges
			used := f.find(t, flagLeaf)
			m := checkBytes(t, f.data, Options{}).Commit
			tt.hurt(f, f.page(m.Freelist), used)
			rep := checkBytes(t, f.data, Options{})
			if len(rep.Problems) == 0 || rep.Problems[0].Kind != tt.kind || rep.Problems[0].Warning != (tt.kind == KindLeak) {
				t.Errorf("want %v, got %s", tt.kind, rep)
			}
		})
	}
}

func TestCheckStopsWhenToldTo(t *testing.T) {
	f := newFixture(t, 2, 1024, 3)
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	calls := 0
	_, err := Check(ctx, bytes.NewReader(f.data), int64(len(f.data)), Options{Progress: func(done, total uint64) {
		calls++
		if done > total {
			t.Errorf("progress %d of %d", done, total)
		}
		cancel(enough)
	}})
	if !errors.Is(err, enough) || calls == 0 {
		t.Errorf("error %v after %d calls of Progress; want the cause", err, calls)
	}
}

func TestCheckBoundsItsList(t *testing.T) {
	f := newFixture(t, 2, 1024, 3)
	root := checkBytes(t, f.data, Options{}).Commit.Root
	for id := 4; (id+1)*f.pageSize <= len(f.data); id++ {
		if h := readHeader(f.page(uint64(id))); h.flags == flagLeaf && h.id != root {
			f.page(uint64(id))[headerSize+4] ^= 0x40
		}
	}
	rep := checkBytes(t, f.data, Options{MaxProblems: 3})
	if len(rep.Problems) != 3 || rep.Omitted == 0 || !rep.Damaged() || rep.Damages() < 3 {
		t.Errorf("%d problems listed, %d omitted, %d damages", len(rep.Problems), rep.Omitted, rep.Damages())
	}
	if !strings.Contains(rep.String(), fmt.Sprintf("and %d more", rep.Omitted)) {
		t.Errorf("the report hides what it omits: %s", rep)
	}
}
