//go:build !windows

package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/proof"
	"stet.example/stet/store/storetest"
)

// A store in which an event or a seal bore a time that is no date, as a colleague can make
// one, was called whole: but `stet verify` broke off for ever, because the seal it had
// noted could not be read again, and no export could be written.
func TestWhatBearsNoDateIsNeitherStoredNorTakenIn(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	clock := func() time.Time { return now }
	m, err := store.NewMemory(store.StoreID{1}, clock)
	if err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, m, ana, storetest.Article(t, "dates", 3))
	now = time.Date(20_000, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, err := store.Do(t.Context(), m, ana, id, storetest.Tag(1, 0, "sourced")); !errors.Is(err, store.ErrInvalid) || !strings.Contains(err.Error(), "clock is in the year 20000") {
		t.Errorf("saved in the year 20000: %v", err)
	}
	for _, year := range []int{-5, 20_000} {
		now = time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "stet.db"), Create: true, Clock: clock, NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		if year < 0 { // what comes after the beginning is dated like it
			if _, err := store.Import(t.Context(), s, storetest.Session(t, "ana"), storetest.Article(t, "dates", 3), codebook.Builtin()); err != nil {
				t.Error(err)
			}
		}
		seal, err := s.Seal(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := proof.Remember(dir, strings.Repeat("0", 32), seal); err != nil {
			t.Fatal(err)
		}
		if err := proof.Remember(dir, strings.Repeat("0", 32), store.Seal{Size: 9, Time: seal.Time}); err != nil {
			t.Errorf("a seal of the year %d is noted and cannot be read: %v", year, err)
		}
		if info, err := s.Stat(t.Context()); err != nil || info.Created.Year() < 1 || info.Created.Year() > 9999 {
			t.Errorf("made in the year %d: %v, %v", year, info.Created, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// dated changes a journal so that its last event bears another time, as somebody can who
// knows how records are proven.
func dated(t *testing.T, journal []byte, at int64) []byte {
	t.Helper()
	out := bytes.Clone(journal)
	last := -1
	for off := 0; off < len(out); off += 9 + int(binary.BigEndian.Uint32(out[off:])) {
		if out[off+8] == 'E' {
			last = off
		}
	}
	end := last + 9 + int(binary.BigEndian.Uint32(out[last:]))
	rec := out[last+9+8 : end]
	binary.BigEndian.PutUint64(rec[20:], uint64(at))
	copy(rec[len(rec)-32:], store.RecordHash(rec[:len(rec)-32]))
	binary.BigEndian.PutUint32(out[last+4:], crc32.Checksum(out[last+8:end], crc32.MakeTable(crc32.Castagnoli)))
	return out[:end]
}

func TestAJournalWithoutDatesIsRefused(t *testing.T) {
	m, err := store.NewMemory(store.StoreID{1}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, m, ana, storetest.Article(t, "dates", 3))
	do(t, m, ana, id, storetest.Tag(1, 0, "sourced"))
	var b bytes.Buffer
	if _, err := m.Export(t.Context(), &b, 0); err != nil {
		t.Fatal(err)
	}
	rebuild := func(at time.Time) (string, error) {
		path := filepath.Join(t.TempDir(), "dated.db")
		_, err := store.Rebuild(t.Context(), path, "test", bytes.NewReader(dated(t, b.Bytes(), at.UnixMicro())))
		return path, err
	}
	if _, err := rebuild(time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("of the year 10000: %v", err)
	}
	path, err := rebuild(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if said := spoils(t, path, func(func(string) *bolt.Bucket) error { return nil }); said != "" {
		t.Errorf("of the year 9999: %s", said)
	}
	if said := spoils(t, path, func(b func(string) *bolt.Bucket) error {
		key := []byte{0, 0, 0, 0, 0, 0, 0, 2}
		rec := bytes.Clone(b("log").Get(key))
		binary.BigEndian.PutUint64(rec[20:], 1<<60)
		copy(rec[len(rec)-32:], store.RecordHash(rec[:len(rec)-32]))
		return b("log").Put(key, rec)
	}); !strings.Contains(said, "dated outside the years 1 to 9999") {
		t.Errorf("the check says %q", said)
	}
}

// One clock that was years ahead dates all that is saved after it, by anybody, and
// nobody was told.
func TestALogThatIsAheadOfTheClockIsTold(t *testing.T) {
	now := time.Date(2031, 6, 1, 12, 0, 0, 0, time.UTC)
	path := filepath.Join(t.TempDir(), "stet.db")
	open := func() *store.Bolt {
		s, err := store.Open(context.Background(), store.Options{Path: path, Create: true, Clock: func() time.Time { return now }, NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	notices := func(s *store.Bolt) string {
		info, err := s.Stat(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(info.Notices, "\n")
	}
	s := open()
	storetest.Import(t, s, storetest.Session(t, "ana"), storetest.Article(t, "dates", 3))
	if said := notices(s); said != "" {
		t.Errorf("of a clock that goes: %s", said)
	}
	now = now.Add(-20 * time.Hour)
	if said := notices(s); said != "" {
		t.Errorf("of clocks that differ by hours: %s", said)
	}
	now = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	if said := notices(s); !strings.Contains(said, "dated 2031-06-01 12:00:00, and this computer's clock says 2026-06-01 12:00:00") {
		t.Errorf("five years ahead: %q", said)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
