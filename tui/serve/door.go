package serve

import (
	"container/list"
	"net"
	"sync"
	"time"
)

// door lets clients in. Those that have not logged in yet are few: when there
// are too many, the one that has been at it longest is turned away, because a
// login takes a moment and whoever takes long is not logging in.
type door struct {
	net.Listener
	starting int           // most clients that have not logged in
	most     int           // most clients at all
	grace    time.Duration // for a client that has logged in to begin a session

	mu    sync.Mutex
	fresh *list.List // of *guest, oldest first
	all   map[*guest]struct{}
}

func newDoor(l net.Listener, starting, most int, grace time.Duration) *door {
	return &door{Listener: l, starting: starting, most: most, grace: grace, fresh: list.New(), all: map[*guest]struct{}{}}
}

// guest is a client's connection.
type guest struct {
	net.Conn
	door *door
	at   *list.Element // among those that have not logged in; nil after that

	mu       sync.Mutex
	channels int
	sessions int         // that were let in
	idle     *time.Timer // runs while there are none
}

// Accept implements [net.Listener].
func (d *door) Accept() (net.Conn, error) {
	for {
		c, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		g := &guest{Conn: c, door: d}
		var late *guest
		d.mu.Lock()
		full := len(d.all) >= d.most
		if full || d.fresh.Len() >= d.starting {
			if front := d.fresh.Front(); front != nil {
				late = front.Value.(*guest) //nolint:forcetypeassert // nothing else is put in
				full = false
			}
		}
		if !full {
			d.all[g] = struct{}{}
			g.at = d.fresh.PushBack(g)
		}
		d.mu.Unlock()
		if late != nil {
			_ = late.Close()
		}
		if !full {
			return g, nil
		}
		_ = c.Close()
	}
}

// entered notes that a client has logged in.
func (g *guest) entered() {
	g.door.mu.Lock()
	g.leaveFresh()
	g.door.mu.Unlock()
	g.work(0)
}

// work counts sessions of the connection that were let in. A client that has none
// for longer than the grace is hung up on: sessions are few for each person, and
// so connections without any must not fill the door.
func (g *guest) work(by int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sessions += by
	switch {
	case g.sessions > 0 && g.idle != nil:
		g.idle.Stop()
	case g.sessions > 0:
	case g.idle == nil:
		g.idle = time.AfterFunc(g.door.grace, func() {
			g.mu.Lock()
			idle := g.sessions == 0
			g.mu.Unlock()
			if idle {
				_ = g.Close()
			}
		})
	default:
		g.idle.Reset(g.door.grace)
	}
}

func (g *guest) leaveFresh() {
	if g.at != nil {
		g.door.fresh.Remove(g.at)
		g.at = nil
	}
}

// Close implements [net.Conn]; it ends every read and write under way.
func (g *guest) Close() error {
	g.door.mu.Lock()
	delete(g.door.all, g)
	g.leaveFresh()
	g.door.mu.Unlock()
	g.mu.Lock()
	if g.idle != nil {
		g.idle.Stop()
	}
	g.mu.Unlock()
	return g.Conn.Close()
}

// hangUp ends all connections.
func (d *door) hangUp() {
	d.mu.Lock()
	all := make([]*guest, 0, len(d.all))
	for g := range d.all {
		all = append(all, g)
	}
	d.mu.Unlock()
	for _, g := range all {
		_ = g.Close()
	}
}

// channel counts a channel of the connection; false when there are too many.
func (g *guest) channel(by, most int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.channels+by > most {
		return false
	}
	g.channels += by
	return true
}
