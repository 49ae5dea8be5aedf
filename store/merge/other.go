package merge

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
)

// FromFile makes a copy at draft, which must not exist, of the store at path: a
// store file, which may be in use, or a journal such as a mirror. path is only
// read and no lock is taken. Errors wrap [store.ErrForeign], [store.ErrDamaged], or [store.ErrHeld]
// for a file that is written to all the time.
func FromFile(ctx context.Context, path, draft, app string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &store.Error{Kind: store.ErrNotFound, What: "there is no such file", Safe: "Nothing was changed", Next: "Check the path"}
	case err != nil:
		return &store.Error{Kind: store.ErrForeign, What: path + " cannot be read", Safe: "Nothing was changed", Next: "Check the path", Err: err}
	case !info.Mode().IsRegular():
		return &store.Error{Kind: store.ErrForeign, What: path + " is no ordinary file", Safe: "Nothing was changed", Next: "Name a store file, a journal or a mirror, or - for standard input"}
	}
	if _, err := boltfile.Quick(path); errors.Is(err, boltfile.ErrNotBolt) {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // only read
		_, err = rebuild(ctx, f, draft, app)
		return err
	}
	return quietCopy(ctx, path, draft)
}

// quietCopy copies a file at a moment when nobody writes to it.
func quietCopy(ctx context.Context, path, draft string) error {
	for range 5 {
		before, err := os.Stat(path)
		if err != nil {
			return err
		}
		if err := copyFile(ctx, path, draft); err != nil {
			return err
		}
		after, err := os.Stat(path)
		if err == nil && after.Size() == before.Size() && after.ModTime().Equal(before.ModTime()) {
			return nil
		}
	}
	return &store.Error{Kind: store.ErrHeld, What: path + " is being written to all the time", Safe: "Nothing was changed", Next: "Make a copy with `stet backup` there and merge that"}
}

func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, stoppable{ctx, in})
	return errors.Join(err, out.Close())
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx context.Context
	io.Reader
}

// Read implements [io.Reader].
func (s stoppable) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(b)
}

// FromStream makes a store at draft, which must not exist, of the journal that
// `stet backup -` writes. One that was cut short is [store.ErrDamaged], whatever
// frame it was cut at: a whole one ends in the seal over all of it.
func FromStream(ctx context.Context, r io.Reader, draft, app string) error {
	t := &tail{r: stoppable{ctx, r}}
	rep, err := rebuild(ctx, t, draft, app)
	if err != nil {
		return err
	}
	if !t.sealed(rep.Seal) {
		return &store.Error{
			Kind: store.ErrDamaged, What: fmt.Sprintf("the stream was cut short after event %d: the seal at its end is missing", rep.Events),
			Safe: "Nothing was changed", Next: "Start it again",
		}
	}
	return nil
}

func rebuild(ctx context.Context, r io.Reader, draft, app string) (store.Report, error) {
	rep, err := store.Rebuild(ctx, draft, app, r)
	if err == nil && !rep.OK() {
		err = &store.Error{Kind: store.ErrDamaged, What: "the journal is damaged: " + rep.Problems[0].String(), Safe: "Nothing was changed", Next: "Give a whole one: `stet backup` makes it"}
	}
	if errors.Is(err, store.ErrForeign) {
		err = &store.Error{Kind: store.ErrForeign, What: "this is neither a store nor a journal of one", Safe: "Nothing was changed", Next: "Give a store file, or what `stet backup -` writes"}
	}
	return rep, err
}

// sealFrame is the length of a journal's frame 'T': its head, then size, root
// and time.
const sealFrame = 9 + 8 + 32 + 8

// tail remembers the last bytes that went through.
type tail struct {
	r    io.Reader
	last []byte
}

// Read implements [io.Reader].
func (t *tail) Read(b []byte) (int, error) {
	n, err := t.r.Read(b)
	t.last = append(t.last, b[:n]...)
	if over := len(t.last) - sealFrame; over > 0 {
		t.last = append(t.last[:0], t.last[over:]...)
	}
	return n, err
}

// sealed reports whether what went through ends in the frame of s.
func (t *tail) sealed(s store.Seal) bool {
	return len(t.last) == sealFrame && t.last[8] == 'T' &&
		binary.BigEndian.Uint64(t.last[9:]) == s.Size && bytes.Equal(t.last[17:17+len(annotations.Hash{})], s.Root[:])
}

// Open opens the copy at draft after proving it from the first byte to the
// last: its pages, the hash of every record, and everything that is derived
// from them. What does not hold is [store.ErrDamaged] and names the first place.
// clock is for the copy alone; progress may be nil.
func Open(ctx context.Context, draft, app string, clock func() time.Time, progress func(done, total uint64)) (*store.Bolt, error) {
	damaged := func(what string) error {
		return &store.Error{Kind: store.ErrDamaged, What: "the other store: " + what, Safe: "Nothing was taken from it, nothing was changed", Next: "Run `stet check` on it; `stet check --salvage` makes a whole one of what can be read"}
	}
	c, err := boltfile.CheckFile(ctx, draft, boltfile.Options{})
	if err == nil {
		err = c.Err()
	}
	if errors.Is(err, boltfile.ErrDamaged) {
		err = damaged(err.Error())
	}
	if err != nil {
		return nil, err
	}
	st, err := store.Open(ctx, store.Options{Path: draft, Program: "stet merge", App: app, Clock: clock})
	if err != nil {
		return nil, err
	}
	rep, err := st.Verify(ctx, progress)
	if err == nil && !rep.OK() {
		err = damaged(rep.Problems[0].String())
	}
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return st, nil
}
