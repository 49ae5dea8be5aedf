package plain

import (
	"bufio"
	"context"
	"io"
	"strings"
	"time"
)

// maxLine bounds one line, in bytes; what is beyond is left out.
const maxLine = 1 << 20

// reader reads lines one at a time and only when one is asked for, so that an
// editor that is run in between has the terminal for itself.
type reader struct {
	ask   chan struct{}
	got   chan answer
	asked bool // for a line that has not come yet
	over  bool // the input has ended
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
			return strings.ToValidUTF8(string(line), "\uFFFD"), len(line) > 0
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
	line, ok, _ := r.within(ctx, nil)
	return line, ok
}

// within is line where one comes before late does; else came is false, and what comes
// later is the next line.
func (r *reader) within(ctx context.Context, late <-chan time.Time) (line string, ok, came bool) {
	if r.over {
		return "", false, true
	}
	if !r.asked {
		select {
		case r.ask <- struct{}{}:
			r.asked = true
		case <-ctx.Done():
			return "", false, true
		}
	}
	select {
	case a := <-r.got:
		r.asked, r.over = false, !a.ok
		return a.line, a.ok, true
	case <-ctx.Done():
		return "", false, true
	case <-late:
		return "", false, false
	}
}

func (r *reader) close() { close(r.ask) }
