package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/gofrs/flock"
)

// The folder of a demo or a lesson holds a lock as long as its program lives. A program
// that is killed removes nothing: the next one does, and knows by the lock which folders
// are in nobody's use.
const (
	demoPrefix = "stet-demo-"
	demoLock   = "in-use"
)

// throwAway makes a folder for what is thrown away when the command ends.
func throwAway(pattern string) (string, error) {
	dir, err := os.MkdirTemp("", pattern)
	if err != nil {
		return "", fmt.Errorf("no folder for throw-away files can be made in %s: %w. Nothing was changed. Set TMPDIR to a folder that you may write in", os.TempDir(), bare(err))
	}
	return dir, nil
}

func demoName() *regexp.Regexp { return regexp.MustCompile(`^` + demoPrefix + `[0-9]+$`) }

// demoFolder makes a folder for a store that is thrown away. remove ends it.
func demoFolder() (dir string, remove func() error, err error) {
	clearDemos(os.TempDir())
	const tries = 3
	for range tries { // another that starts now may take it for left behind before it is locked
		if dir, err = throwAway(demoPrefix + "*"); err != nil {
			return "", nil, err
		}
		lock, held := heldDemo(dir, os.O_CREATE)
		if held {
			return dir, func() error { return removeDemo(dir, lock) }, nil
		}
	}
	return "", nil, errors.New("no folder for the demo could be kept in " + os.TempDir() + ". Nothing was done. Try again")
}

// heldDemo takes the lock of a folder; false where another has it, or the folder has gone
// meanwhile.
func heldDemo(dir string, flag int) (*flock.Flock, bool) {
	path := filepath.Join(dir, demoLock)
	lock := flock.New(path, flock.SetFlag(flag|os.O_RDWR), flock.SetPermissions(0o600))
	if ok, err := lock.TryLock(); err != nil || !ok {
		return nil, false
	}
	if _, err := os.Lstat(path); err != nil {
		lock.Unlock() //nolint:errcheck // there is nothing to let go of
		return nil, false
	}
	return lock, true
}

// removeDemo removes a folder whose lock is held. Where an open file cannot be removed,
// the lock goes last.
func removeDemo(dir string, lock *flock.Flock) error {
	first := os.RemoveAll(dir)
	err := lock.Unlock()
	if first == nil {
		return err
	}
	return os.RemoveAll(dir)
}

// clearDemos removes what demos and lessons of the same user were killed over. Whatever is
// not certainly that stays: it is a folder that is called as they are, and has a lock
// which nobody holds. What cannot be removed is in nobody's way.
func clearDemos(in string) {
	entries, err := os.ReadDir(in)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !demoName().MatchString(e.Name()) { // nor is a link one
			continue
		}
		dir := filepath.Join(in, e.Name())
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || !ownFile(info) {
			continue
		}
		if info, err := os.Lstat(filepath.Join(dir, demoLock)); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if lock, held := heldDemo(dir, 0); held {
			removeDemo(dir, lock) //nolint:errcheck // see above
		}
	}
}
