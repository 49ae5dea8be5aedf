package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

// slurp reads r to its end, or fails when it holds more than limit bytes. The
// reading goes on beside the caller, so that a reader that never answers can be
// left. size is a guess at the length, 0 for none.
func slurp(ctx context.Context, r io.Reader, limit, size int64) ([]byte, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	type outcome struct {
		b   []byte
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		b, err := readUpTo(ctx, r, limit, size)
		done <- outcome{b, err}
	}()
	select {
	case o := <-done:
		return o.b, o.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func readUpTo(ctx context.Context, r io.Reader, limit, size int64) ([]byte, error) {
	var buf bytes.Buffer
	if size > 0 {
		buf.Grow(int(min(size, limit)) + bytes.MinRead + 1)
	}
	n, err := buf.ReadFrom(io.LimitReader(stoppable{ctx, r}, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, &Error{
			Why:  "it holds more than " + sizeWords(limit),
			Next: "cut it into several files, or check that it is an article",
			Err:  ErrTooLarge,
		}
	}
	return buf.Bytes(), nil
}

// stoppable is a reader that ends with its context, between two reads.
type stoppable struct {
	ctx context.Context //nolint:containedctx // lives as long as one read loop
	r   io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if s.ctx.Err() != nil {
		return 0, context.Cause(s.ctx)
	}
	return s.r.Read(p)
}

// sizeWords writes a number of bytes for people.
func sizeWords(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 10<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
