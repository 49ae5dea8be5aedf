package segment

import (
	"errors"
	"fmt"
	"io"

	"stet.example/stet/annotations"
)

// window is how many bytes a Scanner reads at a time. What it holds is that, the
// longest unit, lookahead and lookback, twice: as bytes and as text.
const window = 256 << 10

// maxIdle is how many reads in a row may bring nothing.
const maxIdle = 100

// Scanner cuts a stream into units in bounded memory, whatever its length. It
// gives exactly the units that [Append] gives for the whole text, provided that
// Options.Lang is set or that [Detect] says the same of the whole text as of its
// first window (it reads no more than that).
//
//	sc := segment.NewScanner(r, segment.Options{Lang: "en"})
//	for sc.Scan() {
//		use(sc.Unit(), sc.Text())
//	}
//	if err := sc.Err(); err != nil { … }
type Scanner struct {
	r    io.Reader
	opt  Options
	s    splitter
	unit annotations.Sentence
	base int    // bytes of the stream before s.text
	buf  []byte // the window as bytes, to read into
	text string
	err  error
	done bool
}

// NewScanner makes a Scanner that reads UTF-8 from r.
func NewScanner(r io.Reader, opt Options) *Scanner {
	return &Scanner{r: r, opt: opt, s: splitter{itemAt: -1}}
}

// Scan moves to the next unit. It reports false at the end of the stream and
// after a failed read, once what was read before has been given out.
func (sc *Scanner) Scan() bool {
	for !sc.done {
		if sc.s.rules == nil && !sc.fill() {
			break
		}
		before := sc.s
		ok := sc.s.next(&sc.unit)
		if sc.s.final {
			if !ok {
				sc.done = true
				return false
			}
			return sc.give()
		}
		if ok && sc.unit.Span.End+lookahead <= len(sc.s.text) {
			return sc.give()
		}
		if ok {
			sc.s = before // what is still to come could change this unit
		}
		if !sc.fill() {
			break
		}
	}
	sc.done = true
	return false
}

// give sets the text of the unit and makes its span absolute.
func (sc *Scanner) give() bool {
	sc.text = sc.unit.Span.In(sc.s.text)
	sc.unit.Span.Start += sc.base
	sc.unit.Span.End += sc.base
	return true
}

// fill drops what has been given out and reads until the window is full again.
func (sc *Scanner) fill() bool {
	drop := max(0, sc.s.pos-lookback)
	sc.buf = append(sc.buf[:0], sc.s.text[drop:]...)
	sc.base += drop
	sc.s.shift(drop)
	want, idle := len(sc.buf)+window, 0
	for len(sc.buf) < want && !sc.s.final {
		if cap(sc.buf) < want {
			sc.buf = append(make([]byte, 0, want), sc.buf...)
		}
		n, err := sc.r.Read(sc.buf[len(sc.buf):want])
		if n < 0 || n > want-len(sc.buf) {
			sc.err = errors.New("the reader counted bytes it did not have room for")
			sc.s.final = true
			break
		}
		sc.buf = sc.buf[:len(sc.buf)+n]
		if n > 0 {
			idle = 0
		} else if idle++; idle > maxIdle && err == nil {
			err = io.ErrNoProgress
		}
		if err != nil {
			sc.s.final = true
			if !errors.Is(err, io.EOF) {
				sc.err = fmt.Errorf("reading text to cut, after %d bytes: %w", sc.base+len(sc.buf), err)
			}
		}
	}
	sc.s.text = string(sc.buf)
	if sc.s.rules == nil {
		sc.s.rules = rulesFor(sc.opt, sc.s.text)
	}
	return true
}

// shift moves the splitter's offsets when n bytes go from the front of the text.
func (s *splitter) shift(n int) {
	s.pos -= n
	s.wrapTo -= n
	s.wideAt -= n
	s.softSeen -= n
	s.softAt = max(-1, s.softAt-n)
	s.runSeen -= n
	s.runAt = max(-1, s.runAt-n)
	if s.itemAt >= 0 {
		s.itemAt = max(0, s.itemAt-n)
	}
}

// Unit is the unit that Scan moved to; its span counts bytes from the start of
// the stream.
func (sc *Scanner) Unit() annotations.Sentence { return sc.unit }

// Text is the unit's text. It shares memory with the window: clone it to keep it
// while reading on.
func (sc *Scanner) Text() string { return sc.text }

// Err is the error that a read failed with, nil at the end of the stream.
func (sc *Scanner) Err() error { return sc.err }
