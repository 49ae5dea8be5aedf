package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// input opens a file, or standard input for "-", and gives what to call it. It is
// read while the command lasts: a pipe that nobody writes to, or a terminal where
// nobody types, must not keep the program from ending when it is told to. Devices
// that never end are refused.
func (a *app) input(path string) (r io.ReadCloser, name string, err error) {
	ctx := a.lasting()
	if path == "-" {
		return untilDone(ctx, io.NopCloser(a.stdin)), "standard input", nil
	}
	f, err := opened(ctx, path)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, path, context.Cause(ctx)
	case err != nil:
		return nil, path, fmt.Errorf("%s cannot be read: %w. Nothing was done. Check the path", path, bare(err))
	case endless(f, a.isTerminal):
		f.Close() //nolint:errcheck // nothing was read
		return nil, path, fmt.Errorf("%s is a device, not a file. Nothing was done. Name a file, or - for standard input", path)
	}
	return untilDone(ctx, f), path, nil
}

// opened opens a file, unless ctx ends before: opening a named pipe waits for a writer.
func opened(ctx context.Context, path string) (*os.File, error) {
	type answer struct {
		f   *os.File
		err error
	}
	done := make(chan answer, 1)
	go func() {
		f, err := os.Open(path)
		done <- answer{f, err}
	}()
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case o := <-done:
		return o.f, o.err
	}
}

// whole reads a small file that is named where no input of many is meant, a codebook or
// the configuration: its first most bytes and one more, so that a longer one is known.
func (a *app) whole(path string, most int64) ([]byte, error) {
	ctx := a.lasting()
	f, err := opened(ctx, path)
	if err != nil {
		return nil, err
	}
	r := untilDone(ctx, f)
	defer r.Close() //nolint:errcheck // only read
	return io.ReadAll(io.LimitReader(r, most+1))
}

// lasting is the context of the command that runs.
func (a *app) lasting() context.Context {
	if a.root != nil && a.root.Context() != nil {
		return a.root.Context()
	}
	return context.Background()
}

// endless reports whether a file is a device other than a terminal or the empty
// one.
func endless(f *os.File, isTerminal func(any) bool) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&(fs.ModeDevice|fs.ModeCharDevice) == 0 || isTerminal(f) {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// untilDone reads r beside its reader, so that a read that never answers can be
// left when ctx ends.
func untilDone(ctx context.Context, r io.ReadCloser) io.ReadCloser {
	out, in := io.Pipe()
	stop := context.AfterFunc(ctx, func() { in.CloseWithError(context.Cause(ctx)) }) //nolint:errcheck // it never fails
	go func() {
		buf := make([]byte, 256<<10)
		_, err := io.CopyBuffer(in, struct{ io.Reader }{r}, buf)
		in.CloseWithError(err) //nolint:errcheck // it never fails
	}()
	return &stoppable{out, r, stop}
}

// stoppable is the reader's end.
type stoppable struct {
	*io.PipeReader
	from io.Closer
	stop func() bool
}

// Close ends the reading.
func (s *stoppable) Close() error {
	s.stop()
	s.PipeReader.Close() //nolint:errcheck // it never fails
	return s.from.Close()
}
