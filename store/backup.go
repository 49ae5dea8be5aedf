package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"stet.example/stet/store/boltfile"
)

// Backup writes a copy of s to a new store file at path while others save: the
// journal is streamed into a new file in short reads, and the copy is checked before it
// gets its name. A file that is there already is not touched.
func Backup(ctx context.Context, s Store, path, app string) (Report, error) {
	r, w := io.Pipe()
	go func() {
		_, err := s.Export(ctx, w, 0)
		w.CloseWithError(err) //nolint:errcheck // always nil
	}()
	rep, err := Rebuild(ctx, path, app, r)
	r.CloseWithError(err) //nolint:errcheck // always nil
	if err != nil {
		return rep, err
	}
	c, err := boltfile.CheckFile(ctx, path, boltfile.Options{})
	if err == nil && c.Damaged() {
		err = c.Err()
	}
	if err != nil {
		return rep, errors.Join(&Error{Kind: ErrDamaged, What: "the copy at " + path + " did not come out whole and was removed", Safe: "The store itself was only read", Err: err}, os.Remove(path))
	}
	return rep, nil
}

// Replace puts the store at from in the place of the one at path, which is kept
// beside it under a name with the time. Nobody may hold either.
func Replace(ctx context.Context, path, from, program string, now time.Time) (kept string, err error) {
	lock, err := lockStore(ctx, path, program, 0)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, lock.release(true)) }()
	if _, err := os.Stat(path); err == nil {
		kept = fmt.Sprintf("%s.replaced-%s", path, now.UTC().Format("20060102T150405"))
		if err := os.Rename(path, kept); err != nil {
			return "", noAccess(path, err)
		}
	}
	if _, err := os.Stat(path + ".mirror"); err == nil {
		if err := os.Rename(path+".mirror", path+".mirror.replaced-"+now.UTC().Format("20060102T150405")); err != nil {
			return kept, noAccess(path, err)
		}
	}
	return kept, besides(path, func(tmp string) error { return copyFile(from, tmp) })
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return noAccess(from, err)
	}
	defer in.Close() //nolint:errcheck // only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return noAccess(to, err)
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
