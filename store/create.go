package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
	s.trial = o.Trial && len(s.notices) == 0 // where a mirror was put aside, its notice leads to this place
	return nil
}

// unmake takes away a store that was made on trial and never saved to, with what stands
// beside it: a command that failed should not leave an empty store that the next one takes
// for all there is. The lock file stays, and is held meanwhile: others may wait for it.
func (s *Bolt) unmake() error {
	now, err := os.Stat(s.path)
	if err != nil || s.file == nil || !os.SameFile(now, s.file) {
		return nil // moved or replaced: it is no longer this program's to take away
	}
	for _, beside := range []string{".place", ".mirror", ""} {
		if e := os.Remove(s.path + beside); !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return err
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
	s.notices = append(s.notices, fmt.Sprintf("there was no store at %s, and a new one was begun. The mirror of one that stood there is kept as %s: `stet restore %s` brings that store back", s.path, kept, ShellWord(kept)))
}

func createFile(path string, i identity) error {
	return notMade(path, besides(path, func(tmp string) error {
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
	}))
}

// notMade explains what the system said while a new store was written: bbolt's own errors
// name a file that is gone by then.
func notMade(path string, err error) error {
	var system *fs.PathError
	if errors.As(err, new(*Error)) || !errors.As(err, &system) {
		return err
	}
	made := &Error{Kind: ErrReadOnly, What: "the store " + path + " cannot be made", Safe: "Nothing was changed", Next: "Check the path, or name another file with --db", Err: system.Err}
	if isFull(err) {
		made.Kind, made.Next = ErrFull, "Free some room and try again, or name another file with --db"
	}
	return made
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

// FullPath is where a store lies whose path may depend on the folder that the program was
// started in, which may be gone by then.
func FullPath(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return "", &Error{
			Kind: ErrNotFound, What: "the store " + path + " is looked for in the folder one stands in, and that is gone",
			Safe: "Nothing was changed", Next: "Change to a folder that is there, or give the whole path with --db", Err: err,
		}
	}
	return full, nil
}

func exists(path string, create bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return &Error{Kind: ErrForeign, What: path + " is a folder, not a store", Safe: "Nothing was changed", Next: "Name a file with --db"}
	case err == nil && !info.Mode().IsRegular():
		return &Error{Kind: ErrForeign, What: path + " is not an ordinary file", Safe: "Nothing was changed", Next: "Name a file with --db"}
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return noAccess(path, err)
	case !create:
		next := "`stet import FILE` makes one; --db names another"
		if m, err := os.Stat(path + ".mirror"); err == nil && m.Size() > 0 {
			next = fmt.Sprintf("Its mirror is there: `stet --db %s restore %s` makes the store anew from it. --db names another", ShellWord(path), ShellWord(path+".mirror"))
		}
		return &Error{Kind: ErrNotFound, What: "there is no store at " + path, Next: next}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return noAccess(path, err)
	}
	return nil
}
