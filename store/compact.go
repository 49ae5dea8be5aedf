package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Compacted says what [Compact] did.
type Compacted struct {
	Events uint64
	Before int64  // bytes of the old file
	After  int64  // bytes of the new one
	Kept   string // where the old file is now
}

// Compact writes the store at o.Path anew, without the gaps that saves leave in
// its pages, checks the copy and puts it in the old one's place, which is kept
// beside it under a name with the time now. The lock is held from the first read
// to the end, so nothing can be saved in between. On an error the old file stands
// where it stood.
func Compact(ctx context.Context, o Options, now time.Time) (out Compacted, err error) {
	o.Create = false
	s, err := Open(ctx, o)
	if err != nil {
		return out, err
	}
	clean := false
	defer func() {
		_, failed := s.shut()
		err = errors.Join(err, failed, s.lock.release(clean && s.damage == nil))
	}()
	before, err := s.Stat(ctx)
	if err != nil {
		return out, err
	}
	dir, err := os.MkdirTemp(filepath.Dir(s.path), ".stet-compact-*")
	if err != nil {
		return out, noAccess(s.path, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	draft := filepath.Join(dir, "stet.db")
	rep, err := Backup(ctx, s, draft, o.App)
	if err != nil {
		clean = !errors.Is(err, ErrDamaged)
		return out, err
	}
	clean = true
	if rep.Events != before.Events || !rep.OK() {
		return out, &Error{
			Kind: ErrDamaged, What: fmt.Sprintf("the copy has %d events of %d", rep.Events, before.Events), Safe: "The store stands as it was", Next: "Run `stet check`",
		}
	}
	packed := filepath.Join(dir, "packed.db")
	if err := pack(ctx, draft, packed); err != nil {
		return out, err
	}
	if draft, err = smaller(draft, packed); err != nil {
		return out, err
	}
	if _, err := s.shut(); err != nil {
		return out, err
	}
	out = Compacted{Events: before.Events, Before: before.Bytes}
	if err := syncPath(draft); err != nil { // which may take long, and so is done before there is a second file
		return out, noAccess(s.path, err)
	}
	out.Kept, err = exchange(s.path, now, func(tmp string) error { return os.Rename(draft, tmp) }, func() error { return nil })
	if err != nil {
		return out, err
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return out, noAccess(s.path, err)
	}
	out.After = info.Size()
	return out, nil
}
