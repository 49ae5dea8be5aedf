package plain

import (
	"bufio"
	"context"
	"io"
	"strings"
)

// maxLine bounds one line, in bytes; what is beyond is left out.
const maxLine = 1 << 20

// reader reads lines one at a time and only when one is asked for, so that an
// editor that is run in between has the terminal for itself.
type reader struct {
	ask  chan struct{}
	got  chan answer
	over bool // the input has ended
}

type answer struct {
	line string
	ok   bool
}

func newReader(in io.Reader) *reader {
	r := &reader{ask: make(chan struct{}), got: make(chan answer, 1)}
	go func() {
		b := bufio.NewReader(in)
		for range r.ask {
			line, ok := readLine(b)
			r.got <- answer{line, ok}
			if !ok {
				return
			}
		}
	}()
	return r
}

// readLine returns a line without its end. The last line of an input needs
// none.
func readLine(b *bufio.Reader) (string, bool) {
	var line []byte
	for {
		part, more, err := b.ReadLine()
		if err != nil {
			return string(line), len(line) > 0
		}
		line = append(line, part[:min(len(part), maxLine-len(line))]...)
		if !more {
			return strings.ToValidUTF8(string(line), "\uFFFD"), true
		}
	}
}

// line asks for a line; false at the end of the input or of ctx. A reader that is
// blocked then stays so until the program ends.
func (r *reader) line(ctx context.Context) (string, bool) {
	if r.over {
		return "", false
	}
	select {
	case r.ask <- struct{}{}:
	case <-ctx.Done():
		return "", false
	}
	select {
	case a := <-r.got:
		r.over = !a.ok
		return a.line, a.ok
	case <-ctx.Done():
		return "", false
	}
}

func (r *reader) close() { close(r.ask) }
