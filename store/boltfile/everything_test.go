package boltfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// everything calls all that this package offers on a file, and fails where that takes
// longer than a person waits, or more memory than a small file can be worth.
func everything(t *testing.T, data []byte) {
	t.Helper()
	const (
		inTime   = 2 * time.Second
		inMemory = 512 << 20 // bytes allocated in all, freed ones too
	)
	dir := t.TempDir()
	path := filepath.Join(dir, "any.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	ctx, cancel := context.WithTimeout(t.Context(), inTime)
	defer cancel()
	info, _ := Quick(path)
	for _, p := range info.Warnings {
		_ = p.String()
	}
	info.Previous()
	for _, c := range []Commit{Newest, Previous} {
		rep, err := CheckFile(ctx, path, Options{Commit: c, MaxProblems: 1000})
		if s := rep.String(); len(s) > 4<<20 {
			t.Errorf("%d bytes are said about it (%v)", len(s), err)
		}
		if err := rep.Err(); err != nil && len(err.Error()) > 4<<10 {
			t.Errorf("a sentence of %d bytes", len(err.Error()))
		}
		for _, o := range []SalvageOptions{{}, {Everything: true, MaxValue: 100}} {
			_, _ = SalvageFile(ctx, path, o, func(r Record) error { return nil })
		}
		dst := filepath.Join(dir, c.String())
		if err := CopyCommit(ctx, path, dst, c); err == nil {
			if rep, err := CheckFile(ctx, dst, Options{}); err != nil || rep.Damaged() {
				t.Errorf("the copy is damaged: %v, %s", err, rep)
			}
		}
	}
	if ctx.Err() != nil {
		t.Errorf("it took more than %v", inTime)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > inMemory {
		t.Errorf("%d MiB were allocated for a file of %d KiB", used>>20, len(data)>>10)
	}
}

// twist changes one number of the format somewhere in a file, to one that is likely
// to be believed, and makes the checksums right.
func twist(data []byte, rnd *rand.Rand) []byte {
	if len(data) < 4096 {
		return data
	}
	data = bytes.Clone(data)
	page := rnd.IntN(len(data)/1024) * 1024
	numbers := []uint64{0, 1, 2, 3, 4, 5, 8, 0x10, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 40, ^uint64(0), uint64(rnd.IntN(64)), uint64(len(data) / 1024)}
	n := numbers[rnd.IntN(len(numbers))]
	switch o := binary.NativeEndian; rnd.IntN(6) {
	case 0:
		o.PutUint64(data[page:], n)
	case 1:
		o.PutUint16(data[page+8:], uint16(n))
	case 2:
		o.PutUint16(data[page+10:], uint16(n))
	case 3:
		o.PutUint32(data[page+12:], uint32(n))
	case 4:
		o.PutUint32(data[page+16+4*rnd.IntN(40):], uint32(n))
	case 5:
		o.PutUint64(data[page+16+8*rnd.IntN(20):], n)
	}
	return reseal(data)
}

func FuzzEverythingOnTwistedFiles(f *testing.F) {
	whole := 0
	for i, s := range fuzzSeeds(f) {
		for n := range 40 {
			f.Add(s, uint64(i*100+n), uint8(n%12))
		}
		if rep, err := Check(f.Context(), bytes.NewReader(s), int64(len(s)), Options{}); err == nil && rep.Clean() && rep.BranchPages > 0 {
			whole++
		}
	}
	if whole < 2 {
		f.Fatalf("only %d seeds are whole files with branch pages", whole)
	}
	f.Fuzz(func(t *testing.T, data []byte, seed uint64, times uint8) {
		if len(data) > 1<<20 {
			return
		}
		rnd := rand.New(rand.NewPCG(seed, 7))
		for range times % 12 {
			data = twist(data, rnd)
		}
		everything(t, data)
	})
}
