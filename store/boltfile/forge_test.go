package boltfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"testing"
	"time"
)

// forge builds files no bbolt would write, with checksums that are right.
type forge struct {
	data     []byte
	pageSize int
}

func newForge(pages, pageSize int, root, freelist uint64) *forge {
	f := &forge{make([]byte, pages*pageSize), pageSize}
	for i := range 2 {
		m := Meta{PageSize: uint32(pageSize), Root: root, Freelist: freelist, HighWater: uint64(pages)}
		putMeta(f.data[i*pageSize:][:pageSize], m, i, uint64(10+i))
	}
	return f
}

func (f *forge) page(id uint64, flags, count uint16, overflow uint32) []byte {
	p := f.data[int(id)*f.pageSize:]
	binary.NativeEndian.PutUint64(p, id)
	binary.NativeEndian.PutUint16(p[8:], flags)
	binary.NativeEndian.PutUint16(p[10:], count)
	binary.NativeEndian.PutUint32(p[12:], overflow)
	return p
}

// branch fills page id with children under keys of three bytes.
func (f *forge) branch(id uint64, children ...uint64) {
	p := f.page(id, flagBranch, uint16(len(children)), 0)
	off := headerSize + elementSize*len(children)
	for i, c := range children {
		e := p[headerSize+elementSize*i:]
		binary.NativeEndian.PutUint32(e, uint32(off-headerSize-elementSize*i))
		binary.NativeEndian.PutUint32(e[4:], 3)
		binary.NativeEndian.PutUint64(e[8:], c)
		copy(p[off:], []byte{0, byte(i >> 8), byte(i)})
		off += 3
	}
}

// leaf fills page id with one entry.
func (f *forge) leaf(id uint64, flags uint32, overflow uint32, key string, value []byte) {
	p := f.page(id, flagLeaf, 1, overflow)
	e := p[headerSize:]
	binary.NativeEndian.PutUint32(e, flags)
	binary.NativeEndian.PutUint32(e[4:], elementSize)
	binary.NativeEndian.PutUint32(e[8:], uint32(len(key)))
	binary.NativeEndian.PutUint32(e[12:], uint32(len(value)))
	copy(e[elementSize:], key)
	copy(e[elementSize+len(key):], value)
}

func TestForgedFilesEndInTimeAndInLittleMemory(t *testing.T) {
	const pages = 8000
	tests := []struct {
		story string
		make  func() *forge
	}{
		{"every branch leads to every other", func() *forge {
			f := newForge(pages, 1024, 3, noFreelist)
			for id := uint64(2); id < pages; id++ {
				var children []uint64
				for i := range uint64(50) {
					children = append(children, 2+(id*31+i*17)%(pages-2))
				}
				f.branch(id, children...)
			}
			return f
		}},
		{"a chain of branches, each as deep as the file has pages", func() *forge {
			f := newForge(pages, 1024, 2, noFreelist)
			for id := uint64(2); id < pages; id++ {
				f.branch(id, min(id+1, pages-1), min(id+2, pages-1))
			}
			return f
		}},
		{"every leaf claims the rest of the file", func() *forge {
			f := newForge(pages, 1024, 2, noFreelist)
			for id := uint64(2); id < pages; id++ {
				f.leaf(id, 0, uint32(pages-1-id), "k", nil)
			}
			return f
		}},
		{"leaves inside the values of leaves", func() *forge {
			f := newForge(pages, 1024, 2, noFreelist)
			for id := uint64(pages - 1); id >= 2; id-- {
				n := (pages-int(id))*1024 - headerSize - elementSize - 1
				f.leaf(id, 0, uint32(pages-1-id), "k", nil)
				binary.NativeEndian.PutUint32(f.data[int(id)*1024+headerSize+12:], uint32(n))
			}
			return f
		}},
		{"65,535 records in the same place, on every page", func() *forge {
			f := newForge(pages, 1024, 2, noFreelist)
			for id := uint64(2); id+2000 < pages; id++ {
				p := f.page(id, flagLeaf, 0xFFFF, 1999)
				for i := range 62 {
					e := p[headerSize+elementSize*i:]
					binary.NativeEndian.PutUint32(e[4:], uint32(2000-elementSize*i))
					binary.NativeEndian.PutUint32(e[8:], 1)
					binary.NativeEndian.PutUint32(e[12:], 2_000_000)
				}
			}
			return f
		}},
		{"buckets nested 5,000 deep", func() *forge {
			f := newForge(pages, 1024, 2, noFreelist)
			for id := uint64(2); id < pages-1; id++ {
				f.leaf(id, bucketFlag, 0, "bucket", binary.NativeEndian.AppendUint64(nil, id+1))
				binary.NativeEndian.PutUint32(f.data[int(id)*1024+headerSize+12:], bucketHeaderSize)
			}
			f.leaf(pages-1, 0, 0, "k", []byte("v"))
			return f
		}},
		{"a freelist of the whole file", func() *forge {
			f := newForge(pages, 1024, 2, 3)
			f.leaf(2, 0, 0, "k", []byte("v"))
			p := f.page(3, flagFreelist, countInFirst, pages-4)
			binary.NativeEndian.PutUint64(p[headerSize:], (pages-4)*128)
			return f
		}},
		{"a high water mark of 2 to the 60, and a freelist spread over it", func() *forge {
			f := newForge(pages, 1024, 2, 3)
			f.leaf(2, 0, 0, "k", []byte("v"))
			p := f.page(3, flagFreelist, countInFirst, pages-4)
			binary.NativeEndian.PutUint64(p[headerSize:], (pages-5)*128)
			for i := range (pages - 5) * 128 {
				binary.NativeEndian.PutUint64(p[headerSize+8+8*i:], uint64(i+10)<<20)
			}
			for i := range 2 {
				putMeta(f.data[i*1024:][:1024], Meta{PageSize: 1024, Root: 2, Freelist: 3, HighWater: 1 << 60}, i, uint64(10+i))
			}
			return f
		}},
	}
	const (
		inTime   = 20 * time.Second // far more than they take, far less than forever
		inMemory = 256 << 20        // bytes allocated in all, freed ones too, for a file of 8 MB
	)
	for _, tt := range tests {
		t.Run(tt.story, func(t *testing.T) {
			f := tt.make()
			ctx, cancel := context.WithTimeout(t.Context(), inTime)
			defer cancel()
			r, size := bytes.NewReader(f.data), int64(len(f.data))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			if _, err := Inspect(r, size); err != nil && !errors.Is(err, ErrDamaged) {
				t.Error(err)
			}
			rep, err := Check(ctx, r, size, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !rep.Damaged() {
				t.Errorf("a forged file passes: %s", rep)
			}
			checked := time.Since(start)
			_, err = Salvage(ctx, r, size, SalvageOptions{Everything: true}, func(Record) error { return nil })
			if err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			used := after.TotalAlloc - before.TotalAlloc
			t.Logf("Check %v, Salvage %v, %d MiB", checked, time.Since(start)-checked, used>>20)
			if used > inMemory {
				t.Errorf("%d MiB were allocated for a file of %d", used>>20, size>>20)
			}
		})
	}
}

// hollow is a file of which only the beginning is there; the rest are zeros.
type hollow struct{ head []byte }

func (h hollow) ReadAt(b []byte, off int64) (int, error) {
	clear(b)
	if off < int64(len(h.head)) {
		copy(b, h.head[off:])
	}
	return len(b), nil
}

func TestAHollowFileOfEightTerabytesCanBeCancelled(t *testing.T) {
	const pages = 1 << 33
	f := newForge(8, 1024, 2, noFreelist)
	for i := range 2 {
		putMeta(f.data[i*1024:][:1024], Meta{PageSize: 1024, Root: 2, Freelist: 3, HighWater: pages}, i, uint64(10+i))
	}
	f.page(3, flagFreelist, 0, 1<<31)
	f.leaf(2, 0, 0, "k", nil)
	var r io.ReaderAt = hollow{f.data}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := Salvage(ctx, r, pages*1024, SalvageOptions{}, func(Record) error { return nil })
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Salvage: %v", err)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("Salvage went on for %v", took)
	}
}
