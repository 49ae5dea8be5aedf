package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxLine bounds one line of input, in bytes.
const maxLine = 512 << 20

// eachLine answers every line of in by what fn makes of it. It writes out what
// is ready whenever the next line is not there yet, so it can serve another
// program step by step. A line that cannot be answered ends the run; shape says
// what a line is.
func (a *app) eachLine(ctx context.Context, in io.Reader, name, shape string, fn func(line []byte) ([]byte, error)) (err error) {
	in = untilDone(ctx, io.NopCloser(in))
	r, w := bufio.NewReaderSize(in, 256<<10), bufio.NewWriterSize(a.stdout, 64<<10)
	defer func() {
		if failed := w.Flush(); failed != nil && !errors.Is(err, failed) { // said once
			err = errors.Join(err, written(failed))
		}
	}()
	for n := 1; ctx.Err() == nil; n++ {
		line, err := readLine(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s, line %d: %w. The lines before it are answered", name, n, err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")) // some programs put a mark before UTF-8
		}
		if strings.TrimSpace(string(line)) == "" {
			continue
		}
		if !utf8.Valid(line) {
			return fmt.Errorf("%s, line %d: is not UTF-8. The lines before it are answered", name, n)
		}
		out, err := fn(line)
		if err != nil {
			return fmt.Errorf("%s, line %d: %w. The lines before it are answered. A line is %s", name, n, err, shape)
		}
		if _, err := w.Write(out); err != nil {
			return written(err)
		}
		if r.Buffered() == 0 {
			if err := w.Flush(); err != nil {
				return written(err)
			}
		}
	}
	return ctx.Err()
}

// readLine reads one line without its end; io.EOF when there is none.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			return nil, fmt.Errorf("is longer than %d bytes", maxLine)
		}
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0, err == nil:
			return line, nil
		}
		return nil, err
	}
}

// lineFault puts what is wrong with a line of JSON into words that need no Go.
func lineFault(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("is no JSON (%w)", syntax)
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("is not an object but: %s", kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("%q is of the wrong type: %s", kind.Field, kind.Value)
	}
	return err
}
