package serve

import (
	"errors"
	"slices"
	"sync"
	"time"

	"stet.example/stet/store"
	"stet.example/stet/store/attach"
)

// Hub knows the sessions of a server. It is safe for concurrent use.
type Hub struct {
	mu       sync.Mutex
	lines    map[uint64]*line
	next     uint64
	most     int // sessions
	each     int // sessions of one person
	stopping bool
	empty    chan struct{} // closed when stopping and the last session has gone
	crowd    *attach.Crowd // who is at the screens, here and in other programs
}

// Presence is what others may know of a session.
type Presence struct {
	Session uint64 // number in this run of the server, from 1
	Name    string
	Since   time.Time
	Screen  bool        // of a person at the screens; otherwise a command
	Place   store.Place // where the person stands; zero when on the desk
}

func newHub(most int, crowd *attach.Crowd) *Hub {
	if crowd == nil {
		crowd = attach.NewCrowd()
	}
	return &Hub{lines: map[uint64]*line{}, most: most, each: max(most/2, 1), empty: make(chan struct{}), crowd: crowd}
}

// Present lists the sessions by number.
func (h *Hub) Present() []Presence {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]Presence, 0, len(h.lines))
	for _, l := range h.lines {
		p := l.presence
		if l.member != nil {
			p.Place = l.member.Place()
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Presence) int { return int(a.Session) - int(b.Session) })
	return out
}

// Why a session is not let in.
var (
	errFull     = errors.New("the server has as many sessions as it takes. Try again in a while")
	errOwnFull  = errors.New("you have as many sessions open as one person may. Leave one of them")
	errStopping = errors.New("the server is stopping")
)

// join lets a session in.
func (h *Hub) join(l *line, name string, screen bool, now time.Time) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	own := 0
	for _, o := range h.lines {
		if o.presence.Name == name {
			own++
		}
	}
	switch {
	case h.stopping:
		return errStopping
	case len(h.lines) >= h.most:
		return errFull
	case own >= h.each:
		return errOwnFull
	}
	h.next++
	l.presence = Presence{Session: h.next, Name: name, Since: now, Screen: screen}
	h.lines[h.next] = l
	if screen {
		l.member = h.crowd.Join(name)
	}
	return nil
}

func (h *Hub) leave(l *line) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.lines, l.presence.Session)
	if l.member != nil {
		l.member.Leave()
	}
	if h.stopping && len(h.lines) == 0 {
		close(h.empty)
	}
}

// all returns the sessions of the moment.
func (h *Hub) all() []*line {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]*line, 0, len(h.lines))
	for _, l := range h.lines {
		out = append(out, l)
	}
	return out
}

// stop lets nobody in any more and ends every session. The channel it returns is
// closed when the last has gone.
func (h *Hub) stop() <-chan struct{} {
	h.mu.Lock()
	if !h.stopping {
		h.stopping = true
		if len(h.lines) == 0 {
			close(h.empty)
		}
	}
	h.mu.Unlock()
	for _, l := range h.all() {
		l.end(errStopping)
	}
	return h.empty
}
