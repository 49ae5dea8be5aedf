//go:build linux || darwin

package attach

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A client sets a deadline to notice a silent owner, and reads on when it was not
// silent. Where the deadline passed in the middle of a frame, the half that was
// read was lost, the other half was taken for a frame of its own, and the connection
// ended: now and then a backup that takes a while failed as though the program that
// holds the store had gone.
func TestADeadlineInTheMiddleOfAFrameLosesNothing(t *testing.T) {
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	code, err := newCoding()
	if err != nil {
		t.Fatal(err)
	}
	want := message{Kind: kindPush, ID: 7, Body: []byte(strings.Repeat("stet", 20_000))}
	framed := &pieces{}
	if err := newLink(framed, code).send(&want, writeWait); err != nil {
		t.Fatal(err)
	}
	in := newLink(near, code)
	for _, part := range framed.cut(3, 4, 5, 100, 40_000) {
		sent := make(chan error, 1)
		go func() {
			_, err := far.Write(part)
			// All of it was taken: the reader waits for more when its time is over.
			sent <- errors.Join(err, near.SetReadDeadline(time.Unix(1, 0)))
		}()
		got, err := in.receive()
		if bad := <-sent; bad != nil {
			t.Fatal(bad)
		}
		if err == nil {
			if got.Kind != want.Kind || got.ID != want.ID || string(got.Body) != string(want.Body) {
				t.Error("another frame came than was sent")
			}
			return
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("half a frame and a deadline: %v", err)
		}
		if err := near.SetReadDeadline(time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	t.Error("the frame never came")
}

// pieces keeps what is written to it.
type pieces struct {
	net.Conn
	b []byte
}

func (p *pieces) Write(b []byte) (int, error)    { p.b = append(p.b, b...); return len(b), nil }
func (*pieces) SetWriteDeadline(time.Time) error { return nil }

// cut gives the bytes in parts that end at these places, and the rest.
func (p *pieces) cut(at ...int) (out [][]byte) {
	from := 0
	for _, to := range append(at, len(p.b)) {
		out, from = append(out, p.b[from:to]), to
	}
	return out
}

// severed dials, and cuts every connection but the first once it has been read from
// more than a little: the greeting gets through, and no answer.
func severed(dial func(context.Context) (net.Conn, error), until *atomic.Int32) func(context.Context) (net.Conn, error) {
	var n atomic.Int32
	return func(ctx context.Context) (net.Conn, error) {
		c, err := dial(ctx)
		if err != nil || n.Add(1) == 1 || until.Add(-1) < 0 {
			return c, err
		}
		return &cutOff{Conn: c}, nil
	}
}

type cutOff struct {
	net.Conn
	reads atomic.Int32
}

func (c *cutOff) Read(b []byte) (int, error) {
	if c.reads.Add(1) > 1 {
		c.Close()
		return 0, io.ErrUnexpectedEOF
	}
	return c.Conn.Read(b)
}

// Exports and checks have a connection of their own. When that was lost and the one
// for everything else was not, the call waited for a new owner for ever, although the
// one there was answered everybody.
func TestALongCallWhoseOwnConnectionIsLostIsAskedAgain(t *testing.T) {
	calls := map[string]func(ctx context.Context, s store.Store) error{
		"check": func(ctx context.Context, s store.Store) error { _, err := s.Verify(ctx, nil); return err },
		"export": func(ctx context.Context, s store.Store) error {
			_, err := s.Export(ctx, io.Discard, 0)
			return err
		},
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			st := memory(t)
			storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 3))
			_, dial := served(t, st)
			cuts := &atomic.Int32{}
			cuts.Store(2)
			dial = severed(dial, cuts)
			s := newStore(0)
			s.become = func(context.Context) (*owning, error) { return nil, store.ErrHeld }
			s.dial = func(ctx context.Context) (*client, error) { return connect(ctx, dial, Peer{PID: 1}, "") }
			if _, err := s.start(t.Context(), 0); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			if err := call(ctx, s); err != nil {
				t.Error(err)
			}
			if left := cuts.Load(); left > 0 {
				t.Errorf("%d connections were not cut: nothing was tried", left)
			}
		})
	}
}

// A long text is on its way to the owner for longer than an owner may be silent. It
// was given up for silent in the middle, though it took all that was sent: an import
// of a long text through another stet failed after ten seconds of trying, always.
func TestWhoTakesALongRequestIsNotSilent(t *testing.T) {
	t.Parallel()
	near, far := net.Pipe()
	defer far.Close()
	code, err := newCoding()
	if err != nil {
		t.Fatal(err)
	}
	owner := newLink(far, code)
	go func() {
		for took := 0; ; took++ {
			m, err := owner.receive()
			switch {
			case err != nil:
				return
			case m.Kind == kindHello:
				tell(t, owner, kindWelcome, m.ID, 0, welcome{Protocol: protocol})
			case m.Kind == kindPart:
				pause(t.Context(), patience/8)
			case m.Kind == kindCall:
				tell(t, owner, kindAnswer, m.ID, 0, annotations.Hash{})
			}
		}
	}()
	c := connected(t, func(context.Context) (net.Conn, error) { return near, nil })
	if _, err := c.PutBlob(t.Context(), strings.Repeat("x", 13*piece)); err != nil {
		t.Error(err)
	}
}
