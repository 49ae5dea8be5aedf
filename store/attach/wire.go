package attach

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// The protocol's version and limits; see the package comment.
const (
	protocol = 1
	magic    = "stet attach"
	piece    = 256 << 10                    // bytes of a body in one frame
	maxFrame = piece + 1<<10                // bytes of a frame after its length
	maxBody  = annotations.MaxText + 64<<10 // bytes of a body that came in pieces
	maxArgs  = 8 * store.MaxBatch           // bytes of one that is no text: a few of them stand for very much when it is read
)

// The protocol's waits.
const (
	aliveEvery = 400 * time.Millisecond  // how often an owner at work says so
	patience   = 1700 * time.Millisecond // silence after which a client gives up
	writeWait  = 2 * time.Second         // for the other end to take a frame
	streamWait = time.Minute             // the same, for the data of an export
)

// kind says what a frame is.
type kind uint8

const (
	kindHello   kind = 1 // client: who it is
	kindWelcome kind = 2 // owner: who it is
	kindCall    kind = 3 // client: a request
	kindPart    kind = 4 // both: a piece of a body, ahead of its call or answer
	kindCancel  kind = 5 // client: the answer is not wanted any more
	kindAnswer  kind = 6 // owner: the result
	kindFail    kind = 7 // owner: an error instead
	kindPush    kind = 8 // owner: progress, data, a new end, ahead of the answer
	kindAlive   kind = 9 // owner: still at it
)

// message is one frame.
type message struct {
	_      struct{} `cbor:",toarray"`
	Kind   kind
	ID     uint64
	Method method
	Body   []byte
}

// hello is a client's first message.
type hello struct {
	Magic    string
	Protocol uint
	Store    string // ID of the store it was attached to before, or ""
	Peer     Peer
}

// welcome is the owner's answer to it.
type welcome struct {
	Protocol uint
	Store    string
	Peer     Peer
}

// Peer is one end of a connection, as it describes itself: for people.
type Peer struct {
	PID     int
	Program string // "stet review"
	Version string // name and version of the program
	Actor   string // who works with it
}

// coding holds the CBOR modes; they are immutable.
type coding struct {
	enc cbor.EncMode
	dec cbor.DecMode
}

func newCoding() (coding, error) {
	enc, err := cbor.EncOptions{Time: cbor.TimeRFC3339Nano}.EncMode()
	if err != nil {
		return coding{}, err
	}
	// The body's length bounds its elements: a count without them is refused.
	dec, err := cbor.DecOptions{
		MaxNestedLevels: 32, MaxArrayElements: math.MaxInt32, MaxMapPairs: math.MaxInt32,
		IndefLength: cbor.IndefLengthForbidden, UTF8: cbor.UTF8DecodeInvalid,
	}.DecMode()
	return coding{enc: enc, dec: dec}, err
}

// errProtocol ends a connection whose other end does not keep to the protocol.
var errProtocol = errors.New("the other end does not speak this protocol")

// link is a connection that carries frames. Sending is safe for concurrent use.
type link struct {
	coding
	conn net.Conn
	in   *bufio.Reader
	part []byte     // the frame that is coming in; nil between two
	have int        // bytes of it that are there
	mu   sync.Mutex // held while a frame is written
	till time.Time  // the deadline for writing
}

func newLink(c net.Conn, code coding) *link {
	return &link{coding: code, conn: c, in: bufio.NewReaderSize(c, 32<<10)}
}

// send writes one frame and waits at most wait, and at least half of it, for the
// other end to take it: moving a deadline wakes a thread, so it is left where it
// is while it will do. After an error the connection is of no use, and the other end did not get a
// whole frame.
func (l *link) send(m *message, wait time.Duration) error {
	b, err := l.enc.Marshal(m)
	if err != nil {
		return err
	}
	if len(b) > maxFrame {
		return fmt.Errorf("a frame of %d bytes: %w", len(b), errProtocol)
	}
	frame := append(binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(b)), uint32(len(b))), b...)
	l.mu.Lock()
	defer l.mu.Unlock()
	if at := now(); l.till.Before(at.Add(wait/2)) || l.till.After(at.Add(wait)) {
		l.till = at.Add(wait)
		if err := l.conn.SetWriteDeadline(l.till); err != nil {
			return err
		}
	}
	if _, err := l.conn.Write(frame); err != nil {
		// Half a frame may be out: nothing can follow it.
		return errors.Join(err, l.conn.Close())
	}
	return nil
}

// sendBody sends a message whose body may be long.
func (l *link) sendBody(k kind, id uint64, m method, body []byte) error {
	for len(body) > piece {
		if err := l.send(&message{Kind: kindPart, ID: id, Body: body[:piece]}, writeWait); err != nil {
			return err
		}
		body = body[piece:]
	}
	return l.send(&message{Kind: k, ID: id, Method: m, Body: body}, writeWait)
}

// receive reads one frame. When a deadline passed it can be called again, in the
// middle of a frame, too: what is there of it is kept.
func (l *link) receive() (m message, err error) {
	if l.part == nil {
		head, err := l.in.Peek(4)
		if err != nil {
			return m, err
		}
		n := binary.BigEndian.Uint32(head)
		if _, err := l.in.Discard(4); err != nil {
			return m, err
		}
		if n == 0 || n > maxFrame {
			return m, fmt.Errorf("a frame of %d bytes: %w", n, errProtocol)
		}
		l.part, l.have = make([]byte, n), 0
	}
	n, err := io.ReadFull(l.in, l.part[l.have:])
	if l.have += n; err != nil {
		return m, err
	}
	b := l.part
	l.part = nil
	if err := l.dec.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("%w: %w", errProtocol, err)
	}
	return m, nil
}

// decode reads a body. What it refuses is the other end's fault.
func decode[T any](c coding, b []byte) (v T, err error) {
	if err := c.dec.Unmarshal(b, &v); err != nil {
		return v, fmt.Errorf("%w: %w", errProtocol, err)
	}
	return v, nil
}

// bodies puts together bodies that come in pieces.
type bodies struct {
	open map[uint64][]byte
	size int
}

// maxOpen is how many bodies may be on their way in pieces at a time.
const maxOpen = 64

// add takes a piece.
func (b *bodies) add(m *message) error {
	if b.open == nil {
		b.open = map[uint64][]byte{}
	}
	had, begun := b.open[m.ID]
	if b.size += len(m.Body); b.size > maxBody || !begun && len(b.open) >= maxOpen || len(m.Body) == 0 {
		return fmt.Errorf("too much in pieces: %w", errProtocol)
	}
	b.open[m.ID] = append(had, m.Body...)
	return nil
}

// whole returns the body that m ends.
func (b *bodies) whole(m *message) []byte {
	had, begun := b.open[m.ID]
	if !begun {
		return m.Body
	}
	b.drop(m.ID)
	return append(had, m.Body...)
}

// drop forgets the pieces of a call.
func (b *bodies) drop(id uint64) {
	b.size -= len(b.open[id])
	delete(b.open, id)
}

// now reads the stopwatch. No time of it is ever stored.
func now() time.Time { return time.Now() } //nolint:forbidigo // deadlines only
