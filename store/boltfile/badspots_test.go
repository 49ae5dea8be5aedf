package boltfile

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// failing is a file on a disk with one bad spot.
type failing struct {
	io.ReaderAt
	from, to int64
	err      error
}

func (f failing) ReadAt(b []byte, off int64) (int, error) {
	if off < f.to && off+int64(len(b)) > f.from {
		return 0, f.err
	}
	return f.ReaderAt.ReadAt(b, off)
}

func TestBadSpotsOfTheDiskAreReportedAndWorkedAround(t *testing.T) {
	f := newFixture(t, 5, 4096, 5) // big values
	bad := errors.New("input/output error")
	rep := checkBytes(t, f.data, Options{})
	if rep.OverflowPages == 0 {
		t.Fatal("the fixture has no overflow")
	}
	seen := 0
	for id := int64(0); id < int64(rep.Commit.HighWater); id++ {
		r := failing{bytes.NewReader(f.data), id * 4096, (id + 1) * 4096, bad}
		got, err := Check(t.Context(), r, int64(len(f.data)), Options{})
		if err == nil {
			err = got.Err()
		}
		if err != nil {
			seen++
			if !errors.Is(err, bad) || !errors.Is(err, ErrDamaged) {
				t.Errorf("page %d: error %v does not carry the disk's", id, err)
			}
		}
		n := 0
		if _, err := Salvage(t.Context(), r, int64(len(f.data)), SalvageOptions{}, func(Record) error { n++; return nil }); err != nil {
			t.Errorf("page %d: Salvage: %v", id, err)
		}
		if n == 0 {
			t.Errorf("page %d: nothing was salvaged", id)
		}
	}
	// All pages in use must be noticed, in particular those in the middle of a value.
	if want := int(rep.Commit.HighWater - rep.FreePages); seen != want {
		t.Errorf("%d unreadable pages noticed, %d are in use", seen, want)
	}
}

func TestAFileThatShrinksMeanwhileIsCutShort(t *testing.T) {
	f := newFixture(t, 2, 4096, 5)
	rep, err := Check(t.Context(), bytes.NewReader(f.data[:5*4096+100]), int64(len(f.data)), Options{})
	if err == nil {
		err = rep.Err()
	}
	if !errors.Is(err, ErrTruncated) {
		t.Errorf("error %v, want ErrTruncated", err)
	}
	if _, err := CheckFile(t.Context(), filepath.Join(t.TempDir(), "none"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}
