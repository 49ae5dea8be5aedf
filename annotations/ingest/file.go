package ingest

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"syscall"
)

// File imports the article in the file at path, as [Read] does. opt.Name is set
// to path. Directories and devices are refused. A named pipe is read to its
// end; one that nobody writes to counts as empty, so File never waits for a
// writer that does not come.
func File(ctx context.Context, path string, opt Options) (*Result, error) {
	return only(AllFile(ctx, path, opt))
}

// AllFile imports every article of the file at path, as [All] does, and treats
// the path as [File] does.
func AllFile(ctx context.Context, path string, opt Options) iter.Seq2[*Result, error] {
	return func(yield func(*Result, error) bool) {
		opt.Name = path
		f, size, err := openFile(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close() //nolint:errcheck // nothing was written
		all(ctx, f, opt, size, yield)
	}
}

func openFile(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, fileError(path, err)
	}
	if err := checkMode(path, info.Mode()); err != nil {
		return nil, 0, err
	}
	flag := os.O_RDONLY
	if info.Mode()&fs.ModeNamedPipe != 0 {
		flag |= syscall.O_NONBLOCK // or open itself would wait for a writer
	}
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return nil, 0, fileError(path, err)
	}
	return f, info.Size(), nil
}

func checkMode(path string, mode fs.FileMode) error {
	e := &Error{Input: path, Err: ErrNotFile}
	switch {
	case mode.IsDir():
		e.Why, e.Next = "this is a directory, not an article", "name the files in it"
	case mode&fs.ModeSocket != 0:
		e.Why, e.Next = "this is a socket, not a file", "name a file, or - for standard input"
	case mode&(fs.ModeDevice|fs.ModeCharDevice) != 0:
		e.Why, e.Next = "this is a device, not a file", "name a file, or - for standard input"
	default:
		return nil
	}
	return e
}

func fileError(path string, err error) error {
	e := &Error{Input: path, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Why, e.Next = "there is no such file", "check the spelling, or give the whole path"
	case errors.Is(err, fs.ErrPermission):
		e.Why, e.Next = "you may not read this file", "ask its owner, or change its permissions"
	default:
		e.Why = "it cannot be opened: " + err.Error()
		var p *fs.PathError
		if errors.As(err, &p) {
			e.Why = "it cannot be opened: " + p.Err.Error()
		}
	}
	return e
}
