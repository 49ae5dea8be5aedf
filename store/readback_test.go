package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// A copy had its name before it was looked at, and then its pages alone were read: one
// whose values the disk had changed was a backup "read back and found whole", and of one
// that was found damaged somebody else may have made use meanwhile.
func TestACopyIsReadBackBeforeItHasItsName(t *testing.T) {
	var journal bytes.Buffer
	s := sample(t)
	if _, err := s.Export(t.Context(), &journal, 0); err != nil {
		t.Fatal(err)
	}
	flip := func(bucket string) func(tx *bolt.Tx) error {
		return func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte(bucket))
			k, v := b.Cursor().First()
			v = bytes.Clone(v)
			v[len(v)/2] ^= 1
			return b.Put(bytes.Clone(k), v)
		}
	}
	for name, c := range map[string]struct {
		hurt  func(tx *bolt.Tx) error
		named bool
	}{
		"nothing":            {func(*bolt.Tx) error { return nil }, true},
		"a record":           {flip(bLog), false},
		"the end of the log": {cutOff, false},
		"a row":              {flip(bLastRows), true}, // the log stands, and from it all rows can be made
	} {
		path := filepath.Join(t.TempDir(), "copy.db")
		rep, err := rebuild(t.Context(), path, "test", bytes.NewReader(journal.Bytes()), func(tmp string, rep *Report) error {
			if _, err := os.Lstat(path); err == nil {
				t.Errorf("%s was changed: the copy has its name already", name)
			}
			db, err := bolt.Open(tmp, 0o600, nil)
			if err != nil {
				return err
			}
			if err := errors.Join(db.Update(c.hurt), db.Close()); err != nil {
				return err
			}
			return readBack(t.Context(), path, tmp, rep)
		})
		_, missing := os.Lstat(path)
		switch {
		case c.named && (err != nil || missing != nil || rep.OK() != (name == "nothing")):
			t.Errorf("%s was changed: %v, %v, %v; want a copy that tells of it", name, rep.Problems, err, missing)
		case !c.named && (!errors.Is(err, ErrDamaged) || missing == nil):
			t.Errorf("%s was changed: %v, and the copy is there: %t", name, err, missing == nil)
		}
		if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) > 0 != c.named || len(left) > 1 {
			t.Errorf("%s was changed: left behind: %v, %v", name, left, err)
		}
	}
}

// cutOff takes the last record out of the log, with what stands beside it.
func cutOff(tx *bolt.Tx) error {
	c := tx.Bucket([]byte(bLog)).Cursor()
	for {
		k, _ := c.Last()
		if err := c.Delete(); err != nil || len(k) == 8 {
			return err
		}
	}
}

// BenchmarkBackup tells what it costs to read a copy back.
func BenchmarkBackup(b *testing.B) {
	path := filepath.Join(b.TempDir(), "journal")
	gateJournal(b, path, 100_000)
	journal, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	for name, look := range map[string]func(string, *Report) error{
		"as it was written": func(string, *Report) error { return nil },
		"read back":         func(tmp string, rep *Report) error { return readBack(context.Background(), "x", tmp, rep) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if rep, err := rebuild(b.Context(), filepath.Join(b.TempDir(), "copy.db"), "test", bytes.NewReader(journal), look); err != nil || !rep.OK() {
					b.Fatal(rep.Problems, err)
				}
			}
		})
	}
}
