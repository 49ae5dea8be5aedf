package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
)

// besideStore are the endings of the files that a store keeps beside it.
func besideStore() []string { return []string{"", ".lock", ".lock.held", ".mirror", ".place"} }

// writeFile writes a file whole or not at all: beside its place under another
// name, synced, then renamed. What a link leads to is written, not the link; a
// pipe or a device is written to, never replaced. A store is never written over,
// nor what belongs to the one in use.
func (a *app) writeFile(path string, data []byte) error {
	explain := func(err error) error {
		return fmt.Errorf("%s cannot be written: %w. What was there before is untouched, the store is as it was. Name another place", path, bare(err))
	}
	place := store.Real(path)
	info, err := os.Stat(place)
	switch {
	case err == nil && info.IsDir():
		return explain(errors.New("it is a folder"))
	case err == nil && !info.Mode().IsRegular():
		if err := writeThrough(a.lasting(), place, data); err != nil {
			return fmt.Errorf("%s cannot be written: %w. It may have taken a part. The store is as it was. Name another place", path, bare(err))
		}
		return nil
	case a.ofStore(place, info):
		return explain(errors.New("it belongs to a store"))
	}
	if err := replaceFile(place, data); err != nil {
		return explain(err)
	}
	return nil
}

// ofStore reports whether place is a store, or belongs to the one in use, whether
// that file is there yet or not. info is nil for a file that is not there.
func (a *app) ofStore(place string, info fs.FileInfo) bool {
	if set, err := a.settings(); err == nil && set.db.value != "" {
		for _, ending := range besideStore() {
			there, err := os.Stat(set.db.value + ending)
			if err == nil && info != nil && os.SameFile(there, info) || samePlace(place, set.db.value+ending) {
				return true
			}
		}
	}
	if info == nil || info.Size() == 0 {
		return false
	}
	_, err := boltfile.Quick(place)
	return err == nil || errors.Is(err, boltfile.ErrDamaged) || errors.Is(err, boltfile.ErrVersion)
}

func samePlace(one, other string) bool {
	x, err := filepath.Abs(one)
	y, e := filepath.Abs(other)
	return err == nil && e == nil && x == y
}

// writeThrough writes to a pipe or a device, as it stands. Nobody may ever read
// from there: the program still ends when it is told to.
func writeThrough(ctx context.Context, path string, data []byte) error {
	done := make(chan error, 1)
	go func() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_, err = io.Copy(f, bytes.NewReader(data))
			err = errors.Join(err, f.Close())
		}
		done <- err
	}()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case err := <-done:
		return err
	}
}

// replaceFile puts a new file in the place of path, in one step.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".stet-new-*") // readable by its owner alone
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone already when all went well
	_, err = io.Copy(f, bytes.NewReader(data))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		dir.Sync() //nolint:errcheck // not every system syncs folders; the file itself is safe
		return dir.Close()
	}
	return nil
}
