package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
// beside it under a name with the time. Nobody may hold either. On an error the old
// file stands where it stood. What is no ordinary file, as a folder or a device, is not
// put aside.
func Replace(ctx context.Context, path, from, program string, now time.Time) (kept string, err error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return "", &Error{Kind: ErrForeign, What: path + " is not an ordinary file", Safe: "Nothing was changed", Next: "Name a file with --db"}
	}
	lock, err := lockStore(ctx, path, program, 0)
	if err != nil {
		return "", err
	}
	// What was left unchecked by a crash stays so unless it was replaced.
	defer func() { err = errors.Join(err, lock.release(err == nil || !lock.unclean)) }()
	err = besides(path, func(tmp string) (err error) {
		if err := errors.Join(copyFile(ctx, from, tmp), syncPath(tmp)); err != nil { // for which there may be no room
			return err
		}
		if kept, err = aside(path, now); err != nil {
			return err
		}
		_, err = aside(path+".mirror", now)
		return err
	})
	if _, missing := os.Lstat(path); err != nil && kept != "" && missing != nil {
		kept, err = "", errors.Join(err, os.Rename(kept, path))
	}
	return kept, err
}

// aside renames the file at path, if there is one, to a name with the time that
// nothing has yet.
func aside(path string, now time.Time) (kept string, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	for n := 0; ; n++ {
		kept = fmt.Sprintf("%s.replaced-%s", path, now.UTC().Format("20060102T150405"))
		if n > 0 {
			kept += fmt.Sprintf("-%d", n)
		}
		if _, err := os.Lstat(kept); errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	if err := os.Rename(path, kept); err != nil {
		return "", noAccess(path, err)
	}
	return kept, nil
}

func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return noAccess(from, err)
	}
	defer in.Close() //nolint:errcheck // only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return noAccess(to, err)
	}
	_, err = io.Copy(out, UntilTold(ctx, in))
	return errors.Join(err, out.Close())
}

// UntilTold reads from r until ctx ends.
func UntilTold(ctx context.Context, r io.Reader) io.Reader { return untilTold{ctx, r} }

type untilTold struct {
	ctx context.Context //nolint:containedctx // of one copy
	r   io.Reader
}

// Read implements [io.Reader].
func (u untilTold) Read(b []byte) (int, error) {
	if err := context.Cause(u.ctx); err != nil {
		return 0, err
	}
	return u.r.Read(b)
}
