package attach

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"stet.example/stet/store"
)

// guest is one connection, seen from the owner.
type guest struct {
	s    *server
	link *link
	peer Peer            // set once it said hello, under s.mu
	ctx  context.Context // of reads: ends with the connection, or when the server drains
	end  context.CancelFunc
	life context.Context // of writes: ends with the connection
	die  context.CancelFunc
	in   bodies

	turned bool // there is no room: it is told so and shown out

	mu      sync.Mutex
	cancels map[uint64]context.CancelFunc // of calls under way
	working int                           // of these, those to hum for
	humming bool                          // the timer runs
	timer   *time.Timer
}

// stop ends the connection and what it asked for.
func (g *guest) stop() {
	g.end()
	g.die()
	g.link.conn.Close() //nolint:errcheck // it is over either way
}

// run reads what the client sends until it goes or makes no sense.
func (g *guest) run() {
	var calls sync.WaitGroup
	defer calls.Wait()
	defer g.stop()
	if g.greet() != nil {
		return
	}
	for {
		m, err := g.link.receive()
		if err != nil {
			return
		}
		switch m.Kind {
		case kindPart:
			err = g.in.add(&m)
		case kindCall:
			m.Body = g.in.whole(&m)
			err = g.start(&m, &calls)
		case kindCancel:
			g.in.drop(m.ID)
			g.mu.Lock()
			if cancel := g.cancels[m.ID]; cancel != nil {
				cancel()
			}
			g.mu.Unlock()
		default:
			return
		}
		if err != nil {
			return
		}
	}
}

// greet waits for the client's hello and answers it.
func (g *guest) greet() error {
	if err := g.link.conn.SetReadDeadline(now().Add(helloWait)); err != nil {
		return err
	}
	m, err := g.link.receive()
	if err != nil {
		return err
	}
	h, err := decode[hello](g.link.coding, m.Body)
	if err != nil || m.Kind != kindHello || h.Magic != magic {
		return errProtocol
	}
	mine := &g.s.hello
	switch {
	case h.Protocol != protocol:
		err = otherVersion(mine.Peer, "which speaks another version of the protocol")
	case h.Store != "" && h.Store != mine.Store:
		err = &store.Error{Kind: store.ErrForeign, What: "another store was put in this one's place", Safe: "What was saved is in the file that was kept", Next: "Quit and start again to work on the new one"}
	}
	if err != nil {
		return errors.Join(err, g.fail(m.ID, err))
	}
	if g.turned {
		err = crowded(mine.Peer)
		return errors.Join(err, g.fail(comeAgain, err))
	}
	g.s.mu.Lock()
	g.peer = h.Peer
	g.s.mu.Unlock()
	body, err := g.link.enc.Marshal(mine)
	if err == nil {
		err = g.link.send(&message{Kind: kindWelcome, ID: m.ID, Body: body}, writeWait)
	}
	if err == nil {
		err = g.link.conn.SetReadDeadline(time.Time{})
	}
	return err
}

func (g *guest) fail(id uint64, err error) error {
	body, bad := g.link.enc.Marshal(failureOf(err))
	if bad != nil {
		return bad
	}
	return g.link.sendBody(kindFail, id, 0, body)
}

// start begins a call. An error ends the connection.
func (g *guest) start(m *message, calls *sync.WaitGroup) error {
	h, ok := handlers[m.Method]
	g.mu.Lock()
	_, twice := g.cancels[m.ID]
	many := len(g.cancels) >= maxCalls
	g.mu.Unlock()
	switch {
	case twice || many:
		return errProtocol
	case !ok:
		return errors.Join(errProtocol, g.fail(m.ID, otherVersion(g.s.hello.Peer, notKnown)))
	case len(m.Body) > maxArgs && m.Method != mPutBlob:
		return g.fail(m.ID, &store.Error{Kind: store.ErrInvalid, What: fmt.Sprintf("%d bytes at once; the limit is %d", len(m.Body), maxArgs), Safe: "Nothing was changed"})
	}
	if !g.s.begin(h.write) {
		return nil // the end of the connection tells the client to ask elsewhere
	}
	parent := g.ctx
	if h.write {
		parent = g.life
	}
	ctx, cancel := context.WithCancel(parent)
	g.mu.Lock()
	g.cancels[m.ID] = cancel
	g.mu.Unlock()
	calls.Go(func() {
		if h.write {
			defer g.s.writes.Done()
		}
		g.serve(ctx, m, h)
		g.mu.Lock()
		delete(g.cancels, m.ID)
		g.mu.Unlock()
		cancel()
	})
	return nil
}

// serve carries out one call and answers it.
func (g *guest) serve(ctx context.Context, m *message, h handler) {
	if !h.silent {
		g.hum()
	}
	body, err := g.carryOut(ctx, m, h)
	if !h.silent {
		g.quiet()
	}
	switch {
	case err == nil:
		err = g.link.sendBody(kindAnswer, m.ID, 0, body)
	case errors.Is(err, errProtocol): // the connection ends below
		err = errors.Join(err, g.fail(m.ID, otherVersion(g.s.hello.Peer, notKnown)))
	case !h.write && g.ctx.Err() != nil:
		return // cut off: the client asks the next owner
	case g.s.falls && errors.Is(err, store.ErrPoisoned):
		// The disk failed under this process. Whether the act is in the file only
		// the next owner can tell: the end of the connection makes the client ask it.
	default:
		err = g.fail(m.ID, err)
	}
	if err != nil {
		g.stop()
	}
}

// hum says that the owner is at work, every now and then while there are calls
// under way, from when the first of them began.
func (g *guest) hum() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.working++; g.humming {
		return
	}
	g.humming = true
	if g.timer != nil {
		g.timer.Reset(aliveEvery)
		return
	}
	g.timer = time.AfterFunc(aliveEvery, func() {
		g.mu.Lock()
		g.humming = g.working > 0
		more := g.humming
		g.mu.Unlock()
		if more && g.link.send(&message{Kind: kindAlive}, writeWait) == nil {
			g.timer.Reset(aliveEvery)
		}
	})
}

// quiet ends what hum began for one call. The timer finds out by itself.
func (g *guest) quiet() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.working--
}

// carryOut calls the store. A panic is an answer like others: one request must
// not end the owner's work.
func (g *guest) carryOut(ctx context.Context, m *message, h handler) (body []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &store.Error{Kind: store.ErrInvalid, What: fmt.Sprintf("the request could not be carried out: %v", r), Next: "Please report this"}
		}
	}()
	return h.run(ctx, g, m)
}
