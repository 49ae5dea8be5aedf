package serve

import (
	"context"
	"io"
)

// Keys of a terminal that a command's input heeds, as the line between a terminal
// and a program does where there is one.
const (
	keyInterrupt = 0x03 // ctrl+c
	keyEnd       = 0x04 // ctrl+d
	keyEnter     = '\r'
)

// Bounds on what is read of a client before its command asks.
const (
	inputPiece = 32 << 10 // bytes
	typedAhead = 64       // pieces, with a terminal: what is typed is looked through for ctrl+c
)

// input is what a command reads: what the client sends, until the session ends. A
// client that sends nothing must not keep a session that was ended, and somebody at
// a terminal can end a command that reads nothing.
func (l *line) input(from io.Reader) io.Reader {
	in := &commandInput{ctx: l.ctx, pieces: make(chan []byte)}
	see := func(p []byte) ([]byte, bool) { return p, false }
	if l.term != "" {
		in.pieces, see = make(chan []byte, typedAhead), l.typed
	}
	go in.pump(from, see)
	return in
}

// typed is what of p a terminal would give to a program, and whether the input ends
// with it.
func (l *line) typed(p []byte) (out []byte, end bool) {
	out = p[:0]
	for _, c := range p {
		switch c {
		case keyInterrupt:
			l.end(errSignal)
			return nil, true
		case keyEnd:
			return out, true
		case keyEnter:
			c = '\n'
		}
		out = append(out, c)
	}
	return out, false
}

// commandInput is read beside its reader, so that a read can be left.
type commandInput struct {
	ctx    context.Context //nolint:containedctx // the session's
	pieces chan []byte     // closed at the end of the input
	rest   []byte
	err    error // why the input ended; set before pieces is closed
}

// pump reads until the input or the session ends.
func (in *commandInput) pump(from io.Reader, see func([]byte) ([]byte, bool)) {
	defer close(in.pieces)
	for {
		p := make([]byte, inputPiece)
		n, err := from.Read(p)
		p, end := see(p[:n])
		if len(p) > 0 {
			select {
			case in.pieces <- p:
			case <-in.ctx.Done():
				return
			}
		}
		if end {
			err = io.EOF
		}
		if err != nil {
			in.err = err
			return
		}
	}
}

// Read implements [io.Reader]. What was sent before the session ended is not read
// any more: whoever was cut off has not said all.
func (in *commandInput) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if in.ctx.Err() == nil && len(in.rest) == 0 {
		select {
		case in.rest = <-in.pieces:
		case <-in.ctx.Done():
		}
	}
	if in.ctx.Err() != nil {
		return 0, context.Cause(in.ctx)
	}
	if len(in.rest) == 0 {
		return 0, in.err
	}
	n := copy(p, in.rest)
	in.rest = in.rest[n:]
	return n, nil
}
