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
	i := identity{format: FormatVersion, created: s.clock().UTC().Truncate(time.Microsecond), app: o.App}
	if _, err := io.ReadFull(from, i.id[:]); err != nil {
		return fmt.Errorf("make a new store: %w", err)
	}
	return createFile(s.path, i)
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
