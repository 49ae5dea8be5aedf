package boltfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

func TestCopyCommitOpensAsThatCommit(t *testing.T) {
	for i := range shapes {
		for _, c := range []Commit{Newest, Previous} {
			f := newFixture(t, i, 4096, 21)
			t.Run(f.name+", "+c.String(), func(t *testing.T) {
				dir := t.TempDir()
				dst := filepath.Join(dir, "copy.db")
				if err := CopyCommit(t.Context(), f.path, dst, c); err != nil {
					t.Fatal(err)
				}
				wantClean(t, dst, "the copy")
				db := openBolt(t, dst, 0, bolt.Options{})
				want := f.now
				if c == Previous {
					want = f.before
				}
				if diff := sameContents(readAll(t, db), want); diff != "" {
					t.Error(diff)
				}
				for save := range 3 {
					update(t, db, func(tx *bolt.Tx) error { put(bucketOf(tx, "more"), key8(save), key8(save)); return nil })
					wantClean(t, dst, "the copy after a save")
				}
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
				if err := CopyCommit(t.Context(), f.path, dst, c); !errors.Is(err, os.ErrExist) {
					t.Errorf("a second copy under the same name: %v", err)
				}
				if names, err := os.ReadDir(dir); err != nil || len(names) != 1 {
					t.Errorf("files left beside the copy: %v, %v", names, err)
				}
			})
		}
	}
}

func TestCopyCommitRefusesWhatIsNotWhole(t *testing.T) {
	f := newFixture(t, 2, 4096, 22)
	info, err := Quick(f.path)
	if err != nil {
		t.Fatal(err)
	}
	prev, ok := info.Previous()
	if !ok {
		t.Fatal("the fixture has no previous commit")
	}
	dir := t.TempDir()
	dst := filepath.Join(dir, "copy.db")

	// A save that was cut off has written over the previous commit's root.
	clear(f.page(prev.Root))
	if err := os.WriteFile(f.path, f.data, 0o600); err != nil {
		t.Fatal(err)
	}
	var d *Damage
	if err := CopyCommit(t.Context(), f.path, dst, Previous); !errors.Is(err, ErrDamaged) || !errors.As(err, &d) || d.Page != prev.Root {
		t.Errorf("damaged previous commit: %v", err)
	}
	if err := CopyCommit(t.Context(), f.path, dst, Newest); err != nil {
		t.Errorf("the newest commit is whole: %v", err)
	}
	if err := os.Remove(dst); err != nil {
		t.Fatal(err)
	}
	clear(f.page(uint64(prev.Index)))
	if err := os.WriteFile(f.path, f.data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := CopyCommit(t.Context(), f.path, dst, Previous); !errors.Is(err, ErrNoCommit) {
		t.Errorf("previous meta gone: %v", err)
	}
	if names, err := os.ReadDir(dir); err != nil || len(names) != 0 {
		t.Errorf("files left after refusals: %v, %v", names, err)
	}
}
