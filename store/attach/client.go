package attach

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"stet.example/stet/store"
)

// client is a store that another process owns, over one connection. It does not
// connect again: after the connection is lost, writes that were sent and not
// answered are [store.ErrUnknown], everything else is [store.ErrClosed]. [Store]
// is made of these.
type client struct {
	link  *link
	owner welcome
	again func(ctx context.Context) (*client, error) // a connection of its own, for streams
	slots chan struct{}                              // filled while calls are under way

	mu      sync.Mutex
	pending map[uint64]*pending
	waiting int       // of these, how many an owner at work would hum for
	silent  time.Time // when something came last, or a wait began
	armed   bool      // a deadline for reading is set
	doubted bool      // it was silent for too long, and gets one more look
	last    uint64
	cause   error         // why it ended
	done    chan struct{} // closed when it ended
	heard   chan struct{} // closed when listen has returned
}

// pending is a call whose answer has not come.
type pending struct {
	answer chan message   // the answer, or fail
	push   func(b []byte) // takes pushes, one at a time, before the answer
	quiet  bool
	in     []byte // pieces of the answer
}

// connect says hello to the owner at the other end of what dial gives, and
// returns when it answered. id is the store that is expected, "" for any. dial is
// called again for exports and checks.
func connect(ctx context.Context, dial func(ctx context.Context) (net.Conn, error), me Peer, id string) (*client, error) {
	code, err := newCoding()
	if err != nil {
		return nil, err
	}
	conn, err := dial(ctx)
	if err != nil {
		return nil, err
	}
	c := &client{link: newLink(conn, code), pending: map[uint64]*pending{}, done: make(chan struct{}), heard: make(chan struct{}), slots: make(chan struct{}, maxCalls/2)}
	if err := c.greet(ctx, me, id); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	c.again = func(ctx context.Context) (*client, error) { return connect(ctx, dial, me, c.owner.Store) }
	go c.listen()
	return c, nil
}

// greet exchanges hello and welcome.
func (c *client) greet(ctx context.Context, me Peer, id string) error {
	until := now().Add(patience)
	if t, ok := ctx.Deadline(); ok && t.Before(until) {
		until = t
	}
	stop := context.AfterFunc(ctx, func() { c.link.conn.SetReadDeadline(time.Unix(1, 0)) }) //nolint:errcheck // the connection is closed then
	defer stop()
	if err := c.link.conn.SetReadDeadline(until); err != nil {
		return err
	}
	body, err := c.link.enc.Marshal(hello{Magic: magic, Protocol: protocol, Store: id, Peer: me})
	if err != nil {
		return err
	}
	if err := c.link.send(&message{Kind: kindHello, ID: 1, Body: body}, patience); err != nil {
		return silence(err)
	}
	m, err := c.link.receive()
	if err != nil {
		return silence(err)
	}
	switch m.Kind {
	case kindWelcome:
		c.owner, err = decode[welcome](c.link.coding, m.Body)
		if err == nil && c.owner.Protocol != protocol {
			err = errProtocol
		}
	case kindFail:
		var f failure
		if f, err = decode[failure](c.link.coding, m.Body); err == nil {
			if err = f.err(); m.ID != comeAgain {
				err = &refusedError{err}
			}
		}
	default:
		err = errProtocol
	}
	if !stop() {
		return ctx.Err()
	}
	return errors.Join(err, c.link.conn.SetReadDeadline(time.Time{}))
}

// refusedError says that the owner does not want us.
type refusedError struct{ error }

// Unwrap gives the owner's reason.
func (e *refusedError) Unwrap() error { return e.error }

// silence turns a passed deadline into errSilent.
func silence(err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return errSilent
	}
	return err
}

// Owner says who owns the store.
func (c *client) Owner() Peer { return c.owner.Peer }

// listen reads what the owner sends until the connection ends.
func (c *client) listen() {
	defer close(c.heard)
	for {
		m, err := c.link.receive()
		if errors.Is(err, os.ErrDeadlineExceeded) && c.patient() {
			continue
		}
		if err == nil {
			err = c.take(&m)
		}
		if err != nil {
			c.fail(silence(err))
			return
		}
	}
}

// take hands one message to the call it belongs to. Messages for calls that
// nobody waits for any more are dropped.
func (c *client) take(m *message) error {
	c.mu.Lock()
	p := c.pending[m.ID]
	switch m.Kind {
	case kindPart:
		if p != nil {
			p.in = append(p.in, m.Body...)
		}
	case kindAnswer, kindFail:
		if p != nil {
			if p.in != nil {
				m.Body = append(p.in, m.Body...)
			}
			c.forget(m.ID)
		}
	case kindPush, kindAlive:
	default:
		c.mu.Unlock()
		return fmt.Errorf("a frame of kind %d: %w", m.Kind, errProtocol)
	}
	c.mu.Unlock()
	switch {
	case p == nil:
	case m.Kind == kindPush && p.push != nil:
		p.push(m.Body)
	case m.Kind == kindAnswer || m.Kind == kindFail:
		p.answer <- *m
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.silent, c.doubted = now(), false
	return nil
}

// arm makes the reader look at how long the owner has been silent when its
// patience will be at an end, unless it is going to look before: moving a
// deadline for every call would wake a thread each time. c.mu is held.
func (c *client) arm() error {
	if c.armed {
		return nil
	}
	c.armed = true
	return c.link.conn.SetReadDeadline(c.silent.Add(patience))
}

// patient decides at a deadline whether the owner may be silent for longer. It
// may have been this process that stood still: what has come meanwhile is
// looked at before the owner is given up.
func (c *client) patient() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.armed = false
	switch {
	case c.waiting == 0:
		return c.link.conn.SetReadDeadline(time.Time{}) == nil
	case now().Sub(c.silent) < patience:
		return c.arm() == nil
	case c.doubted:
		return false
	}
	c.armed, c.doubted = true, true
	return c.link.conn.SetReadDeadline(now().Add(lastLook)) == nil
}

// lastLook is how long what has come already may take to be read.
const lastLook = 50 * time.Millisecond

// forget ends a call. c.mu is held.
func (c *client) forget(id uint64) {
	if p := c.pending[id]; p != nil {
		delete(c.pending, id)
		if !p.quiet {
			c.waiting--
		}
	}
}

// fail ends the connection and every call on it.
func (c *client) fail(cause error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cause == nil {
		c.cause = cause
		c.link.conn.Close() //nolint:errcheck // it is over either way
		close(c.done)
	}
}

// ended says why the connection ended. It must have.
func (c *client) ended() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cause
}

// begin notes a call that is going to be sent.
func (c *client) begin(p *pending) (id uint64, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cause != nil {
		return 0, &lostError{cause: c.cause}
	}
	c.last++
	c.pending[c.last] = p
	if !p.quiet {
		if c.waiting++; c.waiting == 1 {
			c.silent, c.doubted = now(), false
		}
		if err = c.arm(); err != nil { // the reader has closed it, and is about to say why: nothing was sent
			err = &lostError{cause: err}
		}
	}
	return c.last, err
}

// drop forgets a call that nobody waits for any more and tells the owner.
func (c *client) drop(id uint64) {
	c.mu.Lock()
	c.forget(id)
	c.mu.Unlock()
	if err := c.link.send(&message{Kind: kindCancel, ID: id}, writeWait); err != nil {
		c.fail(err)
	}
}

// ask sends one call and waits for its answer. A write that was sent is waited
// for even when ctx ends, since only its answer tells whether it was stored.
func (c *client) ask(ctx context.Context, m method, body []byte, write bool, p *pending) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !p.quiet {
		select {
		case c.slots <- struct{}{}:
			defer func() { <-c.slots }()
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-c.done:
			return nil, &lostError{cause: c.ended()}
		}
	}
	p.answer = make(chan message, 1)
	id, err := c.begin(p)
	if err != nil {
		return nil, err
	}
	if err := c.sendCall(id, m, body); err != nil {
		c.fail(err)
		return nil, &lostError{cause: err}
	}
	stop := ctx.Done()
	for {
		select {
		case a := <-p.answer:
			return c.answered(ctx, &a)
		case <-c.done:
			select {
			case a := <-p.answer: // it came just before the end
				return c.answered(ctx, &a)
			default:
				return nil, &lostError{cause: c.ended(), unknown: write}
			}
		case <-stop:
			if !write {
				c.drop(id)
				return nil, ctx.Err()
			}
			stop = nil
			if err := c.link.send(&message{Kind: kindCancel, ID: id}, writeWait); err != nil {
				c.fail(err)
			}
		}
	}
}

// sendCall sends a call, whose body may be long. An owner that takes what is sent is
// not silent: it has nothing to say before it has all of it.
func (c *client) sendCall(id uint64, m method, body []byte) error {
	for ; len(body) > piece; body = body[piece:] {
		if err := c.link.send(&message{Kind: kindPart, ID: id, Body: body[:piece]}, writeWait); err != nil {
			return silence(err)
		}
		c.mu.Lock()
		c.silent, c.doubted = now(), false
		c.mu.Unlock()
	}
	return silence(c.link.send(&message{Kind: kindCall, ID: id, Method: m, Body: body}, writeWait))
}

func (c *client) answered(ctx context.Context, m *message) ([]byte, error) {
	if m.Kind == kindAnswer {
		return m.Body, nil
	}
	f, err := decode[failure](c.link.coding, m.Body)
	if err != nil {
		c.fail(err)
		return nil, &lostError{cause: err}
	}
	err = f.err()
	if ours := ctx.Err(); ours != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		return nil, ours
	}
	return nil, err
}

// finish closes the connection and waits until nothing more is pushed.
func (c *client) finish() {
	c.fail(errClosed())
	<-c.heard
}

// Close implements [store.Store]. The store itself stays open; calls under way
// end as if the connection were lost.
func (c *client) Close() error {
	c.fail(errClosed())
	return nil
}

// request asks one question of one answer.
func request[R any](ctx context.Context, c *client, m method, args any, p *pending) (r R, err error) {
	return requestAs[R](ctx, c, m, args, false, p)
}

func requestAs[R any](ctx context.Context, c *client, m method, args any, write bool, p *pending) (r R, err error) {
	body, err := c.link.enc.Marshal(args)
	if err != nil {
		return r, &store.Error{Kind: store.ErrInvalid, What: "this cannot be sent to the store's owner", Safe: "Nothing was changed", Err: err}
	}
	answer, err := c.ask(ctx, m, body, write, p)
	if err != nil {
		return r, err
	}
	if r, err = decode[R](c.link.coding, answer); err != nil {
		return r, unread(c.owner.Peer, write)
	}
	return r, nil
}
