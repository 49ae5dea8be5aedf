package attach

import (
	"context"
	"errors"
	"net"
	"sync"

	"stet.example/stet/store"
)

// reach knows the ways to one store file.
type reach struct {
	o     Options
	paths []string // of the socket
	me    Peer
	crowd *Crowd      // of this process
	fell  func(error) // told when the disk fails under this process
	mu    sync.Mutex
	id    string // of the store, once it is known
}

// become opens the file and serves it.
func (r *reach) become(ctx context.Context) (*owning, error) {
	o, id := r.o.Options, r.known("")
	o.Wait = 0
	if id != "" {
		o.Create = false // a file that went away meanwhile is not made anew
		if r.o.Takeover != nil {
			o.Clock = r.o.Takeover
		}
	}
	b, err := store.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	info, err := b.Stat(ctx)
	switch {
	case err != nil:
		return nil, errors.Join(err, b.Close())
	case id != "" && info.ID != id:
		err := &store.Error{
			Kind: store.ErrForeign, What: "another store was put at " + o.Path, Safe: "What was saved is in the file that was kept",
			Next: "Quit and start again to work on the new one",
		}
		return nil, errors.Join(err, b.Close())
	}
	r.known(info.ID)
	own := &owning{engine: &sentry{engine: b, fell: r.fell}, why: errors.ErrUnsupported}
	if len(r.paths) > 0 && !(r.o.Apart && id == "") {
		own.server, own.why = r.share(ctx, own.engine)
	}
	return own, nil
}

// share serves b on the store's socket.
func (r *reach) share(ctx context.Context, b store.Store) (*server, error) {
	l, err := listen(r.paths)
	if err != nil {
		return nil, err
	}
	s, err := newServer(ctx, b, r.me)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	s.crowd, s.falls = r.crowd, true
	s.Serve(l)
	s.renew(func() (net.Listener, error) { return listen(r.paths) })
	return s, nil
}

// dial attaches to the owner.
func (r *reach) dial(ctx context.Context) (*client, error) {
	c, err := connect(ctx, func(ctx context.Context) (net.Conn, error) { return dialOne(ctx, r.paths) }, r.me, r.known(""))
	if err == nil {
		r.known(c.owner.Store)
	}
	return c, err
}

// known notes the store's ID and returns it.
func (r *reach) known(id string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if id != "" {
		r.id = id
	}
	return r.id
}
