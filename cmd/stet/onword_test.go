package main

import (
	"bytes"
	"strings"
)

// onWord is an output that calls fn when a word has been written.
type onWord struct {
	bytes.Buffer
	word string
	fn   func()
}

func (o *onWord) Write(b []byte) (int, error) {
	n, err := o.Buffer.Write(b)
	if fn := o.fn; fn != nil && strings.Contains(o.String(), o.word) {
		o.fn = nil
		fn()
	}
	return n, err
}
