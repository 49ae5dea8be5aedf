package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

// create makes a new store safely: under another name, synced, then renamed and
// the folder synced. bbolt's own way leaves torn files after a power cut, some
// of which open and then crash.
func (s *Bolt) create(o Options) error {
	from := o.Random
	if from == nil {
		from = rand.Reader
	}
	i := identity{format: FormatVersion, created: asDate(s.clock()), app: o.App}
	if _, err := io.ReadFull(from, i.id[:]); err != nil {
		return fmt.Errorf("make a new store: %w", err)
	}
	if err := createFile(s.path, i); err != nil {
		return err
	}
	s.keepOldMirror()
	return nil
}

// keepOldMirror puts the mirror of a store that is gone out of the way of the new one's,
// and tells of it: nobody who lost a file should take the empty store for all there is.
func (s *Bolt) keepOldMirror() {
	mirror := s.path + ".mirror"
	if info, err := os.Stat(mirror); err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return
	}
	kept := unused(mirror, s.clock())
	if os.Rename(mirror, kept) != nil {
		kept = mirror // which is never written over either
	}
	s.notices = append(s.notices, fmt.Sprintf("there was no store at %s, and a new one was begun. The mirror of one that stood there is kept as %s: `stet restore %s` brings that store back", s.path, kept, kept))
}

func createFile(path string, i identity) error {
	return besides(path, func(tmp string) error {
		db, err := bolt.Open(tmp, 0o600, &bolt.Options{Timeout: time.Second, NoSync: true})
		if err != nil {
			return err
		}
		return errors.Join(db.Update(func(tx *bolt.Tx) error {
			if err := createBuckets(tx); err != nil {
				return err
			}
			return i.write(tx)
		}), db.Close())
	})
}

// besides makes the file at path in full or not at all: make writes it under a
// name beside path, then it is synced and renamed, and the folder is synced.
func besides(path string, make func(tmp string) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".new-*")
	if err != nil {
		return noAccess(path, err)
	}
	tmp := f.Name()
	defer os.Remove(tmp) //nolint:errcheck // gone already when all went well
	if err := f.Close(); err != nil {
		return noAccess(path, err)
	}
	if err := make(tmp); err != nil {
		return err
	}
	if err := syncPath(tmp); err != nil {
		return noAccess(path, err)
	}
	if err := os.Rename(tmp, path); err != nil {
		return noAccess(path, err)
	}
	return syncDir(dir)
}

func syncPath(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
