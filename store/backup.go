package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Backup writes a copy of s to a new store file at path while others save: the
// journal is streamed into a new file in short reads. Before it gets its name the copy is
// read back, all its pages and then what is in them: every record and text is hashed, and
// what is derived from the log compared with it. That reads what the system has of the
// file, which may be its memory and not yet the disk. A file that is there already is
// not touched.
func Backup(ctx context.Context, s Store, path, app string) (Report, error) {
	r, w := io.Pipe()
	go func() {
		_, err := s.Export(ctx, w, 0)
		w.CloseWithError(err) //nolint:errcheck // always nil
	}()
	rep, err := rebuild(ctx, path, app, r, func(tmp string, rep *Report) error { return readBack(ctx, path, tmp, rep) })
	r.CloseWithError(err) //nolint:errcheck // always nil
	return rep, err
}

// readBack checks the finished copy at tmp that is to stand at path, of which rep tells
// what went in. It is none unless its log is that one. What else is found is added to
// rep: it may be as wrong in the store, and a copy of that is better than none.
func readBack(ctx context.Context, path, tmp string, rep *Report) (err error) {
	c, err := OpenToRead(ctx, Options{Path: tmp, Program: "stet backup"})
	if err != nil {
		return notWhole(path, err)
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	got, err := c.Prove(ctx, nil)
	switch {
	case err != nil:
		return notWhole(path, err)
	case !got.OK():
		return notWhole(path, errors.New(got.Problems[0].String()))
	case got.Events != rep.Events || got.Seal.Root != rep.Seal.Root:
		return notWhole(path, fmt.Errorf("of %d events it has %d, and another root", rep.Events, got.Events))
	case !rep.OK():
		return nil // it is known to lack something
	}
	if got, err = c.Verify(ctx, nil); err != nil {
		return notWhole(path, err)
	}
	rep.Problems, rep.More = got.Problems, got.More
	return nil
}

func notWhole(path string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &Error{Kind: ErrDamaged, What: "the copy at " + path + " did not come out whole and was removed", Safe: "The store itself was only read", Err: err}
}

// Replace puts the store at from in the place of the one at path, which is kept
// beside it under a name with the time. Nobody may hold either. On an error the old
// file stands where it stood. What is no ordinary file, as a folder or a device, is not
// put aside.
func Replace(ctx context.Context, path, from, program string, now time.Time) (kept string, err error) {
	return ReplaceBy(ctx, path, program, 0, func() (string, time.Time, error) { return from, now, nil })
}

// ReplaceBy is Replace by a store that draft makes while nobody else can open the one at
// path; for who holds that it waits. On an error of draft nothing is changed.
func ReplaceBy(ctx context.Context, path, program string, wait time.Duration, draft func() (from string, now time.Time, err error)) (kept string, err error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return "", &Error{Kind: ErrForeign, What: path + " is not an ordinary file", Safe: "Nothing was changed", Next: "Name a file with --db"}
	}
	lock, err := lockStore(ctx, path, program, wait)
	if err != nil {
		return "", err
	}
	// What was left unchecked by a crash stays so unless it was replaced.
	defer func() { err = errors.Join(err, lock.release(err == nil || !lock.unclean)) }()
	from, now, err := draft()
	if err != nil {
		return "", err
	}
	return exchange(path, now, func(tmp string) error {
		return errors.Join(copyFile(ctx, from, tmp), syncPath(tmp)) // for which there may be no room
	}, func() error {
		mirror := path + ".mirror"
		if _, err := os.Lstat(mirror); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return os.Rename(mirror, unused(mirror, now))
	})
}

// exchange puts the file that write makes in the place of the one at path, which is kept
// under a name with the time, and calls ready just before. On an error the old file
// stands where it stood. It stands there until the new one does: after a program that
// was killed in between the next one would begin an empty store.
func exchange(path string, now time.Time, write func(tmp string) error, ready func() error) (kept string, err error) {
	err = besides(path, func(tmp string) (err error) {
		if err := write(tmp); err != nil {
			return err
		}
		if kept, err = alsoNamed(path, now); err != nil {
			return noAccess(path, err)
		}
		return errors.Join(ready(), syncDir(filepath.Dir(path)))
	})
	if err == nil || kept == "" {
		return kept, err
	}
	was, gone := os.Lstat(kept)
	is, missing := os.Lstat(path)
	switch {
	case gone == nil && missing != nil:
		return "", errors.Join(err, os.Rename(kept, path))
	case gone == nil && os.SameFile(was, is):
		return "", errors.Join(err, os.Remove(kept))
	}
	return kept, err
}

// alsoNamed gives the file at path, if there is one, a second name with the time. Where
// a file cannot have two, it loses the first.
func alsoNamed(path string, now time.Time) (kept string, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	kept = unused(path, now)
	if os.Link(path, kept) == nil {
		return kept, nil
	}
	if err := os.Rename(path, kept); err != nil {
		return "", err
	}
	return kept, nil
}

// unused is a name with the time, for what stood at path, that nothing has yet.
func unused(path string, now time.Time) string {
	first := fmt.Sprintf("%s.replaced-%s", path, now.UTC().Format("20060102T150405"))
	for name, n := first, 1; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = fmt.Sprintf("%s-%d", first, n)
	}
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
