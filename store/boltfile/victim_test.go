package boltfile

import (
	"bytes"
	"encoding/binary"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// damage is one way to hurt a file.
type damage struct {
	name string
	// hurt returns the file hurt and the pages it touched.
	hurt func(f *victim, rnd *rand.Rand) ([]byte, []uint64)
	// payload: only bits in one place were changed, so that what is not noticed
	// can only be one record's own bytes.
	payload bool
}

// victim is a sound file with what the campaign must know of it.
type victim struct {
	fixture
	byType  map[string][]uint64 // page numbers by type; overflow pages as "overflow"
	owner   map[uint64]uint64   // page → the page it continues
	records map[uint64][]string // page → records on it
	keys    map[string]string   // record → its key
	now     map[string]string   // record → digest
	before  map[string]string   // the same of the previous commit
}

func newVictim(t *testing.T, shape, pageSize int) *victim {
	t.Helper()
	v := &victim{fixture: newFixture(t, shape, pageSize, 77), byType: map[string][]uint64{}, owner: map[uint64]uint64{}, records: map[uint64][]string{}, keys: map[string]string{}}
	v.now, v.before = digests(v.fixture.now), digests(v.fixture.before)
	db := openBolt(t, v.path, pageSize, shapes[shape].opts)
	defer db.Close()
	err := db.View(func(tx *bolt.Tx) error {
		for id := 0; ; id++ {
			p, err := tx.Page(id)
			if p == nil || err != nil {
				return err
			}
			v.byType[p.Type] = append(v.byType[p.Type], uint64(id))
			v.owner[uint64(id)] = uint64(id)
			for range p.OverflowCount {
				if p.Type == "free" {
					break
				}
				id++
				v.byType["overflow"] = append(v.byType["overflow"], uint64(id))
				v.owner[uint64(id)] = uint64(p.ID)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Salvage(t.Context(), bytes.NewReader(v.data), int64(len(v.data)), SalvageOptions{}, func(r Record) error {
		name := recordName(r.Bucket, r.Key)
		v.records[r.Page] = append(v.records[r.Page], name)
		v.keys[name] = string(r.Key)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// pick chooses a page, each type equally often, so that the few metas and
// branches are hit as well as the many leaves.
func (v *victim) pick(rnd *rand.Rand) uint64 {
	types := slices.Sorted(maps.Keys(v.byType))
	ids := v.byType[types[rnd.IntN(len(types))]]
	return ids[rnd.IntN(len(ids))]
}

func (v *victim) at(data []byte, id uint64) []byte {
	return data[int(id)*v.pageSize:][:v.pageSize]
}

var damages = []damage{
	{"one bit", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, id := bytes.Clone(v.data), v.pick(rnd)
		v.at(d, id)[rnd.IntN(v.pageSize)] ^= 1 << rnd.IntN(8)
		return d, []uint64{id}
	}, true},
	{"one bit in the header or the element table", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, id := bytes.Clone(v.data), v.pick(rnd)
		p := v.at(d, id)
		n := min(v.pageSize, headerSize+elementSize*max(1, int(readHeader(p).count)))
		p[rnd.IntN(n)] ^= 1 << rnd.IntN(8)
		return d, []uint64{id}
	}, true},
	{"one byte", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, id := bytes.Clone(v.data), v.pick(rnd)
		v.at(d, id)[rnd.IntN(v.pageSize)] = byte(rnd.Uint32())
		return d, []uint64{id}
	}, true},
	{"a number of the element table", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, id := bytes.Clone(v.data), v.pick(rnd)
		p := v.at(d, id)
		n := min(v.pageSize, headerSize+elementSize*max(1, int(readHeader(p).count)))
		numbers := []uint32{0, 1, 2, 16, 0xFFFF, 1 << 16, 1 << 31, 0xFFFFFFFF, rnd.Uint32(), rnd.Uint32N(uint32(v.pageSize))}
		binary.NativeEndian.PutUint32(p[rnd.IntN(n/4)*4:], numbers[rnd.IntN(len(numbers))])
		return d, []uint64{id}
	}, true},
	{"a sector of zeros", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, id := bytes.Clone(v.data), v.pick(rnd)
		clear(v.at(d, id)[rnd.IntN(v.pageSize/512)*512:][:512])
		return d, []uint64{id}
	}, false},
	{"a page of zeros", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, id := bytes.Clone(v.data), v.pick(rnd)
		clear(v.at(d, id))
		return d, []uint64{id}
	}, false},
	{"noise", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, id := bytes.Clone(v.data), v.pick(rnd)
		from := rnd.IntN(v.pageSize)
		copy(v.at(d, id)[from:], randomBytes(rnd, 1+rnd.IntN(v.pageSize)))
		return d, []uint64{id}
	}, false},
	{"two pages swapped", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, a, b := bytes.Clone(v.data), v.pick(rnd), v.pick(rnd)
		copy(v.at(d, a), v.page(b))
		copy(v.at(d, b), v.page(a))
		return d, []uint64{a, b}
	}, false},
	{"a page in the place of another", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, a, b := bytes.Clone(v.data), v.pick(rnd), v.pick(rnd)
		copy(v.at(d, a), v.page(b))
		return d, []uint64{a}
	}, false},
	{"the same, renumbered", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d, a, b := bytes.Clone(v.data), v.pick(rnd), v.pick(rnd)
		copy(v.at(d, a), v.page(b))
		binary.NativeEndian.PutUint64(v.at(d, a), a)
		return d, []uint64{a}
	}, false},
	{"an older version of a page", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		d := bytes.Clone(v.data)
		old := v.snapshots[rnd.IntN(len(v.snapshots))]
		for range 50 { // most pages are the same in both
			id := v.pick(rnd)
			if int(id+1)*v.pageSize <= len(old) && !bytes.Equal(v.at(old, id), v.page(id)) {
				copy(v.at(d, id), v.at(old, id))
				return d, []uint64{id}
			}
		}
		return d, nil
	}, false},
	{"cut short", func(v *victim, rnd *rand.Rand) ([]byte, []uint64) {
		n := rnd.IntN(len(v.data))
		if rnd.IntN(2) == 0 {
			n -= n % v.pageSize
		}
		return bytes.Clone(v.data[:n]), nil
	}, false},
}

func digests(c contents) map[string]string {
	d := make(map[string]string, len(c))
	for name, v := range c {
		d[name] = digest([]byte(v))
	}
	return d
}

func (v *victim) newest() uint64 {
	info, err := identify(bytes.NewReader(v.data), int64(len(v.data)))
	if err != nil {
		return 0
	}
	m, _ := info.Current()
	return m.TxID
}
