package main

import (
	"bytes"
	"io"
)

// jsonList writes a list as printJSON does, value by value, so that it need not be held.
type jsonList struct {
	w io.Writer
	n int
}

func (l *jsonList) add(v any) error {
	b, err := encodeJSON([]any{v}, "  ")
	if err != nil {
		return err
	}
	// A list of one, without what opens and closes it.
	b = bytes.TrimSuffix(bytes.TrimPrefix(b, []byte("[")), []byte("\n]\n"))
	between := ","
	if l.n == 0 {
		between = "["
	}
	l.n++
	_, err = io.WriteString(l.w, between+string(b))
	return err
}

// close ends a list that was begun, and nothing else: where no value came no list did.
func (l *jsonList) close() error {
	if l.n == 0 {
		return nil
	}
	return l.end()
}

func (l *jsonList) end() error {
	end := "\n]\n"
	if l.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(l.w, end)
	return err
}
