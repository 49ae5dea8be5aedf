package store

import (
	"context"
	"errors"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"
)

// OpenToRead opens the store at o.Path where nothing may be written beside it, as
// in a snapshot, on a share or a medium without write access: it makes no file and
// no lock of its own, and every act is refused with [ErrReadOnly]. Others may read at
// the same time. bbolt's own lock keeps a writer out meanwhile, so it is for what ends
// soon; a store that is being written to is ErrHeld.
func OpenToRead(ctx context.Context, o Options) (*Bolt, error) {
	path, err := FullPath(Real(o.Path))
	if err != nil {
		return nil, err
	}
	if err := exists(path, false); err != nil {
		return nil, err
	}
	s, err := newBolt(path, unlocked(path), o)
	if err != nil {
		return nil, err
	}
	s.poison.Store(&Error{Kind: ErrReadOnly, What: "the store " + path + " is open for reading only: nothing can be written beside it", Safe: "Nothing was changed", Next: "Work on a copy of it, or have its owner change the rights"})
	whole, err := s.preflight(ctx)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	if err := s.openFile(bolt.Options{ReadOnly: true}); err != nil {
		return nil, cannotRead(path, err)
	}
	if s.places, err = readPlaces(path + ".place"); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	s.notices = append(s.notices, path+" is open for reading only: nothing can be written there")
	s.mirror = newMirror(s, path+".mirror") // nothing is ever saved, so it sleeps
	go s.commitLoop()
	if whole {
		close(s.checked)
	} else {
		go s.checkWhole()
	}
	return s, nil
}

// cannotRead is err with the words of somebody who only wanted to read.
func cannotRead(path string, err error) error {
	var e *Error
	if !errors.Is(err, fs.ErrPermission) || !errors.As(err, &e) || e.Kind != ErrReadOnly {
		return err
	}
	return &Error{Kind: ErrReadOnly, What: "the store " + path + " cannot be read", Safe: "Nothing was changed", Next: "You may not read it: name another file with --db, or have its owner change the rights", Err: e.Err}
}

// unlocked stands for the lock where none can be made. What the file beside the store
// says is read all the same: text in it tells that the last owner did not end in order.
func unlocked(path string) *lockFile {
	l := &lockFile{path: path + ".lock", idle: true}
	was, err := l.text()
	l.unclean = err != nil || len(was) > 0
	return l
}

// readPlaces takes up where reviewers stood, as far as it may be read.
func readPlaces(path string) (*placeFile, error) {
	p := &placeFile{slots: map[placeKey]slot{}, reads: true}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return p, nil
	}
	if err != nil {
		return nil, noAccess(path, err)
	}
	return p, errors.Join(p.load(path, f), f.Close())
}
