package serve

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
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
	watchers map[chan struct{}]struct{}
}

// Presence is what others may know of a session.
type Presence struct {
	Session uint64 // number in this run of the server, from 1
	Name    string
	Since   time.Time
	Screen  bool        // of a person at the screens; otherwise a command
	Place   store.Place // where the person stands; zero when on the desk
}

func newHub(most int) *Hub {
	return &Hub{lines: map[uint64]*line{}, most: most, each: max(most/2, 1), empty: make(chan struct{}), watchers: map[chan struct{}]struct{}{}}
}

// Present lists the sessions by number.
func (h *Hub) Present() []Presence {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]Presence, 0, len(h.lines))
	for _, l := range h.lines {
		out = append(out, l.presence)
	}
	slices.SortFunc(out, func(a, b Presence) int { return int(a.Session) - int(b.Session) })
	return out
}

// Others tells who else is at an article's sentences at this moment, each name
// once a sentence, sorted. The session asking is left out, and so are the other
// sessions of its person.
func (h *Hub) Others(session uint64, article annotations.ArticleID) map[annotations.SentenceID][]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	who := ""
	if l := h.lines[session]; l != nil {
		who = l.presence.Name
	}
	out := map[annotations.SentenceID][]string{}
	for _, l := range h.lines {
		p := &l.presence
		if p.Screen && p.Name != who && p.Place.Article == article && article != annotations.Desk && !slices.Contains(out[p.Place.Sentence], p.Name) {
			out[p.Place.Sentence] = append(out[p.Place.Sentence], p.Name)
		}
	}
	for _, names := range out {
		slices.Sort(names)
	}
	return out
}

// Watch returns a channel that holds a value whenever somebody has come, gone or
// moved since it was last received from. It is closed when ctx ends.
func (h *Hub) Watch(ctx context.Context) <-chan struct{} {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	h.watchers[c] = struct{}{}
	h.mu.Unlock()
	context.AfterFunc(ctx, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watchers, c)
		close(c)
	})
	return c
}

// changed tells the watchers; h.mu is held.
func (h *Hub) changed() {
	for c := range h.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
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
	h.changed()
	return nil
}

func (h *Hub) leave(l *line) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.lines, l.presence.Session)
	h.changed()
	if h.stopping && len(h.lines) == 0 {
		close(h.empty)
	}
}

// move notes where a person stands.
func (h *Hub) move(l *line, p store.Place) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if l.presence.Place != p {
		l.presence.Place = p
		h.changed()
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
