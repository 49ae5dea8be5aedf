package attach

import (
	"context"
	"errors"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// sentry is an owner's store. It tells when the disk failed: from then on the
// store writes no more, and only another process, which checks the file first,
// may go on with it.
type sentry struct {
	engine
	fell func(why error)
}

// look passes an answer on.
func look[R any](s *sentry, r R, err error) (R, error) {
	if s.fell != nil && errors.Is(err, store.ErrPoisoned) {
		s.fell(err)
	}
	return r, err
}

// Append implements [store.Store].
func (s *sentry) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	r, err := s.engine.Append(ctx, b)
	return look(s, r, err)
}

// PutBlob implements [store.Store].
func (s *sentry) PutBlob(ctx context.Context, data string) (annotations.Hash, error) {
	h, err := s.engine.PutBlob(ctx, data)
	return look(s, h, err)
}

// Seal implements [store.Store].
func (s *sentry) Seal(ctx context.Context) (store.Seal, error) {
	seal, err := s.engine.Seal(ctx)
	return look(s, seal, err)
}

// stepDown lets the store go because the disk failed. What this process asks from
// then on fails with why; its clients go to whoever opens the file next.
func (s *Store) stepDown(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fallen != nil || s.closed {
		return
	}
	s.fallen = why
	close(s.fell)
	if s.here != nil && s.here.own != nil {
		s.letGo(s.here.own)
		close(s.changed)
		s.changed = make(chan struct{})
	}
}

// letGo leaves a seat on which the disk failed; s.mu is held.
func (s *Store) letGo(own *owning) {
	s.here, s.trouble = nil, s.fallen
	s.falling.Go(func() {
		own.leave() //nolint:errcheck // what failed is known, and the file is checked before it is opened again
	})
}

// Fallen is closed when the disk failed while this process was the owner. It has
// let the store go then, and every call fails with [store.ErrPoisoned].
func (s *Store) Fallen() <-chan struct{} { return s.fell }
