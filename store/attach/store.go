package attach

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

var _ engine = (*Store)(nil)

// with calls fn with whatever leads to the store now, and again with what leads
// there next when that was lost before it answered. Every method may be asked
// twice: reads change nothing, and a write says the same when it was done.
func with[R any](ctx context.Context, s *Store, fn func(e engine) (R, error)) (r R, err error) {
	s.closing.RLock()
	defer s.closing.RUnlock()
	var lost *seat
	var since time.Time
	unsure := false
	for {
		at, err := s.await(ctx, lost)
		if err != nil {
			return r, doubt(unsure, err)
		}
		r, err = fn(at)
		var gone *lostError
		if !errors.As(err, &gone) {
			ended := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
			return r, doubt(unsure && ended, err) // who is asked no more has not said
		}
		unsure = unsure || gone.unknown
		if lost = at; since.IsZero() {
			since = now()
		}
		if now().Sub(since) > 2*s.bound {
			return r, doubt(unsure, err)
		}
	}
}

// doubt is the error of a call that could not be finished.
func doubt(unsure bool, err error) error {
	if unsure {
		return unknown(err)
	}
	return err
}

// Append implements [store.Store].
func (s *Store) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	r, err := with(ctx, s, func(e engine) (store.Receipt, error) {
		r, err := e.Append(ctx, b)
		if b.Act.N == 0 && errors.Is(err, store.ErrUnknown) {
			return r, unknown(nil) // without a number it might be stored twice
		}
		return r, err
	})
	return r, pendingStill(err)
}

// pendingStill is the error of a write that could not even be sent, for want of
// an owner that answers. It is [store.ErrUnknown] like one that was: whoever
// waits for the one to be settled keeps and repeats the other, too.
func pendingStill(err error) error {
	if !errors.Is(err, store.ErrHeld) || errors.Is(err, store.ErrUnknown) {
		return err
	}
	what := "this is not saved yet"
	var held *store.HeldError
	if errors.As(err, &held) && held.Stopped { // short, because a narrow screen shows the beginning only
		what = fmt.Sprintf("not saved yet: pid %d is stopped (ctrl+z), fg brings it back", held.PID)
	}
	return &store.Error{
		Kind: store.ErrUnknown, What: what, Safe: "What was shown as saved is safe", Next: "Ask again when the store can be reached", Err: err,
	}
}

// PutBlob implements [store.Store].
func (s *Store) PutBlob(ctx context.Context, data string) (annotations.Hash, error) {
	h, err := with(ctx, s, func(e engine) (annotations.Hash, error) { return e.PutBlob(ctx, data) })
	return h, pendingStill(err)
}

// Blob implements [store.Store].
func (s *Store) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	return with(ctx, s, func(e engine) (string, error) { return e.Blob(ctx, h, off, n) })
}

// CopyBlob implements [store.Store]. When the owner goes after something was written
// to w, it fails with [store.ErrClosed]: it cannot begin anew.
func (s *Store) CopyBlob(ctx context.Context, w io.Writer, h annotations.Hash) error {
	to := &counted{w: w}
	_, err := with(ctx, s, func(e engine) (struct{}, error) { return struct{}{}, to.broken(e.CopyBlob(ctx, to, h)) })
	return err
}

// Articles implements [store.Store].
func (s *Store) Articles(ctx context.Context, reviewer string, after annotations.ArticleID, limit int) ([]store.Summary, error) {
	return with(ctx, s, func(e engine) ([]store.Summary, error) { return e.Articles(ctx, reviewer, after, limit) })
}

// List implements [store.Store].
func (s *Store) List(ctx context.Context, by store.Order, after store.Listed, limit int) ([]store.Listed, error) {
	return with(ctx, s, func(e engine) ([]store.Listed, error) { return e.List(ctx, by, after, limit) })
}

// Revisions implements [store.Store].
func (s *Store) Revisions(ctx context.Context, of annotations.ArticleID, limit int) ([]store.Listed, error) {
	return with(ctx, s, func(e engine) ([]store.Listed, error) { return e.Revisions(ctx, of, limit) })
}

// Lookup implements [store.Store].
func (s *Store) Lookup(ctx context.Context, name string) (annotations.ArticleID, error) {
	return with(ctx, s, func(e engine) (annotations.ArticleID, error) { return e.Lookup(ctx, name) })
}

// Summary implements [store.Store].
func (s *Store) Summary(ctx context.Context, reviewer string, id annotations.ArticleID) (store.Summary, error) {
	return with(ctx, s, func(e engine) (store.Summary, error) { return e.Summary(ctx, reviewer, id) })
}

// State implements [store.Store].
func (s *Store) State(ctx context.Context, id annotations.ArticleID, from, to annotations.SentenceID, limit int) ([]store.Row, error) {
	return with(ctx, s, func(e engine) ([]store.Row, error) { return e.State(ctx, id, from, to, limit) })
}

// Events implements [store.Store].
func (s *Store) Events(ctx context.Context, q store.Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	next := after
	list, err := with(ctx, s, func(e engine) (list []annotations.Event, err error) {
		list, next, err = e.Events(ctx, q, after, limit)
		return list, err
	})
	return list, next, err
}

// Team implements [store.Store].
func (s *Store) Team(ctx context.Context) (annotations.Team, error) {
	return with(ctx, s, func(e engine) (annotations.Team, error) { return e.Team(ctx) })
}

// Evidence implements [store.Store].
func (s *Store) Evidence(ctx context.Context, after annotations.EvidenceID, limit int) ([]annotations.Evidence, error) {
	return with(ctx, s, func(e engine) ([]annotations.Evidence, error) { return e.Evidence(ctx, after, limit) })
}

// Item implements [store.Store].
func (s *Store) Item(ctx context.Context, id annotations.EvidenceID) (annotations.Evidence, error) {
	return with(ctx, s, func(e engine) (annotations.Evidence, error) { return e.Item(ctx, id) })
}

// Secret implements [store.Store].
func (s *Store) Secret(ctx context.Context, sealed annotations.Sealed) (string, error) {
	return with(ctx, s, func(e engine) (string, error) { return e.Secret(ctx, sealed) })
}

// Undoable implements [store.Store].
func (s *Store) Undoable(ctx context.Context, actor string, mode annotations.Mode) (annotations.Done, []annotations.Event, error) {
	var done annotations.Done
	list, err := with(ctx, s, func(e engine) (list []annotations.Event, err error) {
		done, list, err = e.Undoable(ctx, actor, mode)
		return list, err
	})
	return done, list, err
}

// SetPlace implements [store.Store].
func (s *Store) SetPlace(reviewer string, p store.Place) error {
	_, err := with(context.Background(), s, func(e engine) (none, error) { return none{}, e.SetPlace(reviewer, p) })
	return err
}

// Places implements [store.Store].
func (s *Store) Places(reviewer string) (store.Place, map[annotations.ArticleID]annotations.SentenceID, error) {
	var last store.Place
	by, err := with(context.Background(), s, func(e engine) (by map[annotations.ArticleID]annotations.SentenceID, err error) {
		last, by, err = e.Places(reviewer)
		return by, err
	})
	return last, by, err
}

// Seal implements [store.Store].
func (s *Store) Seal(ctx context.Context) (store.Seal, error) {
	return with(ctx, s, func(e engine) (store.Seal, error) { return e.Seal(ctx) })
}

// Seals implements [store.Store].
func (s *Store) Seals(ctx context.Context, size uint64, limit int) ([]store.Seal, error) {
	return with(ctx, s, func(e engine) ([]store.Seal, error) { return e.Seals(ctx, size, limit) })
}

// Verify implements [store.Store]. When the owner goes meanwhile it begins anew.
func (s *Store) Verify(ctx context.Context, tell func(done, total uint64)) (store.Report, error) {
	return with(ctx, s, func(e engine) (store.Report, error) { return e.Verify(ctx, tell) })
}

// Export implements [store.Store]. When the owner goes after something was
// written to w, the export fails with [store.ErrClosed]: it cannot begin anew.
func (s *Store) Export(ctx context.Context, w io.Writer, after uint64) (store.ExportInfo, error) {
	to := &counted{w: w}
	return with(ctx, s, func(e engine) (store.ExportInfo, error) {
		info, err := e.Export(ctx, to, after)
		return info, to.broken(err)
	})
}

// counted counts the bytes that go through it.
type counted struct {
	w io.Writer
	n int64
}

// broken is the error of a copy that did not come to its end.
func (c *counted) broken(err error) error {
	if gone := new(*lostError); errors.As(err, gone) && c.n > 0 {
		return &store.Error{
			Kind: store.ErrClosed, What: "the program that holds the store went in the middle of the copy", Safe: "The store is as it was, the copy is not whole",
			Next: "Do it again", Err: (*gone).cause,
		}
	}
	return err
}

// Write implements [io.Writer].
func (c *counted) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// Stat implements [store.Store].
func (s *Store) Stat(ctx context.Context) (store.Stat, error) {
	return with(ctx, s, func(e engine) (store.Stat, error) { return e.Stat(ctx) })
}

// Records implements [store.Prover].
func (s *Store) Records(ctx context.Context, after uint64, limit int) ([][]byte, error) {
	return with(ctx, s, func(e engine) ([][]byte, error) { return e.Records(ctx, after, limit) })
}

// Chain implements [store.Prover].
func (s *Store) Chain(ctx context.Context, article annotations.ArticleID, after uint64, limit int) ([]uint64, error) {
	return with(ctx, s, func(e engine) ([]uint64, error) { return e.Chain(ctx, article, after, limit) })
}

// Tail implements [store.Store]. It outlives owners.
func (s *Store) Tail(ctx context.Context, after uint64) <-chan uint64 {
	out := make(chan uint64, 1)
	go func() {
		defer close(out)
		for {
			at, err := s.settled(ctx)
			if err != nil {
				return
			}
			for size := range at.Tail(ctx, after) {
				select {
				case out <- size:
					after = size
				case <-ctx.Done():
					return
				case <-s.ctx.Done():
					return
				}
			}
			if ctx.Err() != nil || at.own != nil {
				return // an owner's tail ends with the store
			}
			pause(ctx, jitter()) // it ended before the loss was noted here, or is about to
		}
	}()
	return out
}

// settled waits for a seat as long as it takes.
func (s *Store) settled(ctx context.Context) (*seat, error) {
	for {
		at, changed, err := s.look()
		if at != nil {
			return at, nil
		}
		if errors.Is(err, store.ErrClosed) {
			return nil, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.ctx.Done():
			return nil, errClosed()
		}
	}
}
