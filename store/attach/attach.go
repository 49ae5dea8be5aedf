package attach

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"stet.example/stet/store"
)

// Options says how to reach a store.
type Options struct {
	store.Options
	Actor   string   // who works here, for the owner's list of guests
	Folders []string // where sockets may lie, see [Folders]; none = this process neither serves nor attaches
	// Apart keeps the others out while this process is the owner from the start:
	// for work during which Clock tells another time than now.
	Apart bool
	// Takeover is the clock from the moment this process becomes the owner in
	// another's place; nil = Clock.
	Takeover func() time.Time
}

// minHandover is how long calls wait at least for a new owner, which may have
// to check a large file first.
const minHandover = 5 * time.Second

// Store is a store that is reached whichever process owns it. It implements
// [store.Store] and [store.Prover].
type Store struct {
	become func(ctx context.Context) (*owning, error) // opens the file and serves it; ErrHeld when another does
	dial   func(ctx context.Context) (*client, error) // errNoSocket, errSilent, refusedError
	bound  time.Duration                              // of the wait for a new owner
	ctx    context.Context                            // ends with Close
	end    context.CancelFunc
	kept   chan struct{} // closed when keep has returned

	closing sync.RWMutex // held for reading while a call is under way
	crowd   *Crowd
	meeting sync.Once      // begins to share the crowd with the owner
	fell    chan struct{}  // closed when the disk failed under this process
	falling sync.WaitGroup // until what it held is let go

	mu      sync.Mutex
	closed  bool
	here    *seat         // nil while a new owner is looked for
	trouble error         // why none was found in time
	fallen  error         // why this process is never the owner again
	changed chan struct{} // closed when one of the four above changes
}

// seat is what calls go to: the store itself, or the owner's.
type seat struct {
	engine
	own    *owning // nil for a client
	client *client // nil for an owner
}

// owning is an open store with the server that shares it.
type owning struct {
	engine
	server *server // nil when it is not shared
	why    error   // why it is not
}

// leave lets the clients and then the store go.
func (o *owning) leave() error {
	if o.server != nil {
		o.server.Close()
	}
	return o.engine.Close()
}

// Open reaches the store at o.Path: as its owner when nobody else is, else
// through the owner. When the owner cannot be reached within o.Wait the error is
// [store.ErrHeld] and names it.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := newStore(o.Wait)
	at := &reach{o: o, crowd: s.crowd, fell: s.stepDown}
	var err error
	if at.paths, err = places(o.Folders, o.Path); err != nil {
		s.end()
		return nil, err
	}
	at.me = Peer{PID: os.Getpid(), Program: o.Program, Version: o.App, Actor: o.Actor}
	s.become, s.dial = at.become, at.dial
	return s.start(ctx, o.Wait)
}

func newStore(wait time.Duration) *Store {
	s := &Store{bound: max(wait, minHandover), crowd: NewCrowd(), kept: make(chan struct{}), fell: make(chan struct{}), changed: make(chan struct{})}
	s.ctx, s.end = context.WithCancel(context.Background())
	return s
}

// start finds the first seat and keeps one from then on.
func (s *Store) start(ctx context.Context, wait time.Duration) (*Store, error) {
	first, err := s.first(ctx, wait)
	if err != nil {
		s.end()
		return nil, err
	}
	s.change(first, nil)
	go s.keep(first)
	return s, nil
}

// first tries for as long as wait.
func (s *Store) first(ctx context.Context, wait time.Duration) (*seat, error) {
	until := now().Add(wait)
	for {
		limit, stop := context.WithDeadline(ctx, later(until, now().Add(patience/4)))
		at, err := s.sit(ctx, limit)
		stop()
		switch {
		case err == nil:
			return at, nil
		case ctx.Err() != nil && errors.Is(err, store.ErrHeld):
			return nil, ctx.Err() // who was told to stop does not want to hear who holds it
		case ctx.Err() != nil:
			return nil, err
		case !errors.Is(err, store.ErrHeld) || errors.As(err, new(*refusedError)) || !now().Before(until):
			return nil, err
		}
		pause(ctx, min(jitter(), max(until.Sub(now()), time.Millisecond)))
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// lastChance is how long an owner may take to say hello whose last answer is
// overdue already: with [patience] it makes the two seconds of the promise.
const lastChance = 200 * time.Millisecond

// jitter is a short time that differs, so that many do not try at once.
func jitter() time.Duration { return 4*time.Millisecond + rand.N(16*time.Millisecond) }

// sit opens the store, or attaches to its owner. limit bounds the talk with the
// owner; a held store's error stays what the lock says.
func (s *Store) sit(ctx, limit context.Context) (*seat, error) {
	own, err := s.become(ctx)
	if err == nil {
		return &seat{engine: own.engine, own: own}, nil
	}
	var held *store.HeldError
	if !errors.Is(err, store.ErrHeld) || errors.As(err, &held) && held.Stopped {
		return nil, err
	}
	c, why := s.dial(limit)
	switch {
	case why == nil:
		return &seat{engine: c, client: c}, nil
	case errors.As(why, new(*refusedError)), errors.As(why, new(*store.Error)):
		return nil, why // no room, with the words for it, is no reason to give up
	case errors.Is(why, errSilent) || errors.Is(why, context.DeadlineExceeded):
		return nil, &silentError{err}
	}
	return nil, err
}

// silentError says that the owner is there and does not answer.
type silentError struct{ error }

// Unwrap gives the error that names the owner.
func (e *silentError) Unwrap() error { return e.error }

// keep looks for another owner whenever the one that was is gone.
func (s *Store) keep(at *seat) {
	defer close(s.kept)
	for at.client != nil {
		select {
		case <-at.client.done:
		case <-s.ctx.Done():
			return
		}
		s.change(nil, nil)
		if at = s.next(errors.Is(at.client.ended(), errSilent)); at == nil {
			return
		}
	}
}

// next finds a new seat; nil when the store is closed or can never be reached
// again. Calls wait meanwhile, until it is known that this may take long: the
// owner is there and silent (as told from the start by the caller), or the time
// is up.
func (s *Store) next(silent bool) *seat {
	begun, slow := now(), time.Duration(1)
	late := time.AfterFunc(s.bound, s.stillOpening)
	defer late.Stop()
	for {
		wait := patience
		if silent {
			wait = lastChance
		}
		limit, stop := context.WithTimeout(s.ctx, wait)
		at, err := s.sit(s.ctx, limit)
		stop()
		if s.ctx.Err() != nil {
			if at != nil {
				at.leave() //nolint:errcheck // nothing was written by it
			}
			return nil
		}
		if err == nil {
			s.change(at, nil)
			return at
		}
		switch {
		case hopeless(err):
			s.change(nil, err)
			return nil
		case silent || isSilent(err) || now().Sub(begun) > s.bound:
			s.change(nil, err)
			slow, silent = 5, false
		}
		pause(s.ctx, slow*jitter())
	}
}

func isSilent(err error) bool {
	var held *store.HeldError
	return errors.As(err, new(*silentError)) || errors.As(err, &held) && held.Stopped
}

// hopeless reports whether trying again cannot help: the file itself is the
// matter, or the owner does not want this process.
func hopeless(err error) bool {
	return errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrForeign) || errors.Is(err, store.ErrNewerFormat) || errors.As(err, new(*refusedError))
}

// leave lets go of a seat.
func (t *seat) leave() error {
	if t.own != nil {
		return t.own.leave()
	}
	return t.client.Close()
}

// change tells the calls that wait what they can go on with.
func (s *Store) change(at *seat, trouble error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.here, s.trouble = at, trouble
	if at != nil && at.own != nil && s.fallen != nil { // the disk failed while it was being taken over
		s.letGo(at.own)
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// stillOpening ends the wait of calls while this process is not done yet with
// opening a store that somebody left.
func (s *Store) stillOpening() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.here == nil && s.trouble == nil && !s.closed {
		s.trouble = &store.Error{
			Kind: store.ErrHeld, What: "the program that held the store went without closing it, and the file is being checked", Safe: "What was shown as saved is safe",
			Next: "A large file takes a while; it goes on by itself",
		}
		close(s.changed)
		s.changed = make(chan struct{})
	}
}

// look returns the seat, or why there is none, or what to wait for.
func (s *Store) look() (at *seat, wait <-chan struct{}, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, nil, errClosed()
	}
	return s.here, s.changed, s.trouble
}

// await returns the seat that is not the one that was lost.
func (s *Store) await(ctx context.Context, lost *seat) (*seat, error) {
	for {
		at, changed, err := s.look()
		switch {
		case err != nil:
			return nil, err
		case at != nil && at != lost:
			return at, nil
		}
		select {
		case <-changed:
		case <-s.ctx.Done():
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Owns reports whether this process is the owner now.
func (s *Store) Owns() bool {
	at, _, err := s.look()
	return err == nil && at != nil && at.own != nil
}

// Owner says who owns the store now; false when nobody answers.
func (s *Store) Owner() (Peer, bool) {
	at, _, err := s.look()
	switch {
	case err != nil || at == nil:
		return Peer{}, false
	case at.client != nil:
		return at.client.Owner(), true
	case at.own.server != nil:
		return at.own.server.hello.Peer, true
	}
	return Peer{PID: os.Getpid()}, true
}

// Unshared tells why others cannot attach to this process although it owns the
// store, or nil.
func (s *Store) Unshared() error {
	if at, _, err := s.look(); err == nil && at != nil && at.own != nil {
		return at.own.why
	}
	return nil
}

// Close implements [store.Store]. An owner finishes the writes under way, seals
// the log and makes room for the next.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		<-s.kept
		return nil
	}
	s.closed = true
	close(s.changed)
	s.changed = make(chan struct{})
	s.mu.Unlock()
	s.end()
	<-s.kept
	s.falling.Wait()
	s.closing.Lock() // calls under way come to their end
	defer s.closing.Unlock()
	s.mu.Lock()
	at := s.here
	s.here = nil
	s.mu.Unlock()
	if at == nil {
		return nil
	}
	return at.leave()
}
