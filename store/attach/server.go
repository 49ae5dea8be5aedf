package attach

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"stet.example/stet/store"
)

// Limits of what a server takes on.
const (
	maxGuests = 128             // connections at a time
	maxTurned = 16              // more, which are told that there is no room
	maxCalls  = 256             // calls under way on one connection; a client sends half as many, and tails
	helloWait = 2 * time.Second // for a new connection to say who it is
)

// server serves a store to other processes.
type server struct {
	st    store.Store
	code  coding
	hello welcome
	allow func(net.Conn) error // whether the other end may be here
	crowd *Crowd
	falls bool // when the disk fails, clients are left to the next owner

	mu       sync.Mutex
	draining bool
	socket   net.Listener
	guests   map[*guest]struct{}
	writes   sync.WaitGroup // calls under way that change the store
	all      sync.WaitGroup // goroutines
	reads    context.Context
	noReads  context.CancelFunc
}

// newServer makes a server for st; me is what clients are told of this process.
func newServer(ctx context.Context, st store.Store, me Peer) (*server, error) {
	code, err := newCoding()
	if err != nil {
		return nil, err
	}
	info, err := st.Stat(ctx)
	if err != nil {
		return nil, err
	}
	s := &server{
		st: st, code: code, hello: welcome{Protocol: protocol, Store: info.ID, Peer: me}, allow: sameUser,
		guests: map[*guest]struct{}{}, crowd: NewCrowd(),
	}
	s.reads, s.noReads = context.WithCancel(context.Background())
	return s, nil
}

// Serve takes connections from l until [server.Close], in the background.
func (s *server) Serve(l net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining || s.socket != nil {
		l.Close() //nolint:errcheck // nobody came by it
		return
	}
	s.socket = l
	s.all.Add(1)
	go func() {
		defer s.all.Done()
		for {
			c, err := l.Accept()
			switch {
			case err == nil:
				s.take(c)
			case errors.Is(err, net.ErrClosed):
				return
			default: // out of descriptors, or the peer is gone already: others may still come
				pause(s.reads, aliveEvery)
			}
		}
	}()
}

// take starts a connection's goroutine, or refuses it.
func (s *server) take(c net.Conn) {
	g := &guest{s: s, link: newLink(c, s.code), cancels: map[uint64]context.CancelFunc{}}
	g.ctx, g.end = context.WithCancel(s.reads)
	g.life, g.die = context.WithCancel(context.Background())
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining || len(s.guests) >= maxGuests+maxTurned || s.allow(c) != nil {
		g.stop()
		return
	}
	g.turned = len(s.guests) >= maxGuests
	s.guests[g] = struct{}{}
	s.all.Add(1)
	go func() {
		defer s.all.Done()
		g.run()
		g.stop()
		s.crowd.bring(g, nil)
		s.mu.Lock()
		delete(s.guests, g)
		s.mu.Unlock()
	}()
}

// Close finishes the writes under way, answers them, and ends all connections.
// Reads are cut off: their clients ask the next owner. The store stays open.
func (s *server) Close() {
	s.mu.Lock()
	s.draining = true
	l := s.socket
	s.mu.Unlock()
	if l != nil {
		l.Close() //nolint:errcheck // it takes no more connections either way
	}
	s.writes.Wait()
	s.noReads()
	s.mu.Lock()
	for g := range s.guests {
		g.stop()
	}
	s.mu.Unlock()
	s.all.Wait()
}

// begin notes that a write is under way; false when no more are taken.
func (s *server) begin(write bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining {
		return false
	}
	if write {
		s.writes.Add(1)
	}
	return true
}

// pause waits for d or the end of ctx.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
