package serve

import (
	"context"
	"slices"
	"sync"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// newsroom reads what is stored once, for all sessions. Without it each act would
// make every screen look at the log, by the rules of its person: with a hundred
// people at work that is nearly all that a server does. What a session is not
// allowed to see, or did itself, does not wake it.
type newsroom struct {
	st store.Store // all of it

	mu      sync.Mutex
	size    uint64     // of the log that was looked at
	teams   int        // how often the team may have changed
	recent  []headline // of the events up to size, without gaps, oldest first
	readers map[chan struct{}]struct{}
}

// headline is what decides whom an event concerns.
type headline struct {
	article annotations.ArticleID
	session annotations.SessionID
	actor   string
	kind    annotations.EventKind
}

const (
	maxHeadlines = 4096                   // that are kept; who lags behind by more looks for itself
	edition      = 100 * time.Millisecond // the least time between two looks
)

func newNewsroom(st store.Store) *newsroom {
	return &newsroom{st: st, readers: map[chan struct{}]struct{}{}}
}

// run follows the log until ctx ends.
func (n *newsroom) run(ctx context.Context) {
	info, err := n.st.Stat(ctx)
	if err == nil {
		n.mu.Lock()
		n.size = info.Events
		n.mu.Unlock()
	}
	for ; err != nil; info, err = n.st.Stat(ctx) { // a store that is held for a while is there again later
		select {
		case <-time.After(edition):
		case <-ctx.Done():
			return
		}
	}
	if n.at() < info.Events { // what came meanwhile is left to the sessions that began before
		n.publish(info.Events, nil)
	}
	for size := range n.st.Tail(ctx, info.Events) {
		n.read(ctx, size)
		select {
		case <-time.After(edition):
		case <-ctx.Done():
		}
	}
}

// read takes in the events up to size. What cannot be read now is left to the
// sessions: they are told that there is something.
func (n *newsroom) read(ctx context.Context, size uint64) {
	for at := n.at(); at < size; at = n.at() {
		events, next, err := n.st.Events(ctx, store.Query{}, at, 256)
		if err != nil || len(events) == 0 || next <= at {
			n.publish(size, nil)
			return
		}
		lines := make([]headline, len(events))
		for i := range events {
			e := &events[i]
			lines[i] = headline{e.Article, e.Act.Session, e.Actor, e.Kind}
		}
		n.publish(next, lines)
	}
}

func (n *newsroom) at() uint64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.size
}

func (n *newsroom) publish(size uint64, lines []headline) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if lines == nil {
		n.recent = nil
	}
	if lines == nil || slices.ContainsFunc(lines, func(l headline) bool { return l.kind == annotations.EventTeam }) {
		n.teams++
	}
	n.size, n.recent = size, append(n.recent, lines...)
	if over := len(n.recent) - maxHeadlines; over > maxHeadlines/4 {
		n.recent = append([]headline(nil), n.recent[over:]...)
	}
	for c := range n.readers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// team counts up when the team may have changed.
func (n *newsroom) team() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.teams
}

// since returns the headlines after a position and the position of the last; whole
// is false when there were more than are kept.
func (n *newsroom) since(after uint64) (lines []headline, size uint64, whole bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if after >= n.size {
		return nil, n.size, true
	}
	if n.size-after > uint64(len(n.recent)) {
		return nil, n.size, false
	}
	return n.recent[len(n.recent)-int(n.size-after):], n.size, true //nolint:gosec // at most as many as are kept
}

// tail is [store.Store.Tail] for one session: it tells of ends of the log before
// which something stands that concerns it.
func (n *newsroom) tail(ctx context.Context, after uint64, r reader) <-chan uint64 {
	news, out := make(chan struct{}, 1), make(chan uint64, 1)
	news <- struct{}{}
	n.mu.Lock()
	n.readers[news] = struct{}{}
	n.mu.Unlock()
	go func() {
		defer close(out)
		defer func() {
			n.mu.Lock()
			defer n.mu.Unlock()
			delete(n.readers, news)
		}()
		for {
			select {
			case <-news:
			case <-ctx.Done():
				return
			}
			lines, size, whole := n.since(after)
			if size <= after {
				continue
			}
			after = size
			switch {
			case !whole: // the team may have changed in what is not known
				r.known.team, r.known.finished = nil, nil
			case !r.concerned(ctx, lines):
				continue
			}
			select { // an end that nobody took yet gives way
			case <-out:
			default:
			}
			out <- size
		}
	}()
	return out
}

// reader is whose session it is, with what is known of what they may see.
type reader struct {
	st      store.Store
	who     string
	session annotations.SessionID
	known   *readerSight
}

// readerSight is what was asked about a reader; nil team: not yet.
type readerSight struct {
	team     *annotations.Team
	finished map[annotations.ArticleID]bool
}

// concerned reports whether any of lines may be seen by the reader and is not of
// the session itself. In doubt it is: the rules are kept where events are read.
func (r *reader) concerned(ctx context.Context, lines []headline) bool {
	yes := false
	for i := range lines {
		switch l := &lines[i]; {
		case l.kind == annotations.EventTeam || l.kind == annotations.EventFinish:
			r.known.team, r.known.finished = nil, nil
			yes = yes || l.session != r.session
		case l.session == r.session || yes:
		default:
			yes = l.kind != annotations.EventAnnotate || l.actor == r.who || r.sees(ctx, l)
		}
	}
	return yes
}

func (r *reader) sees(ctx context.Context, l *headline) bool {
	if r.known.team == nil {
		team, err := r.st.Team(ctx)
		if err != nil {
			return true
		}
		r.known.team, r.known.finished = &team, map[annotations.ArticleID]bool{}
	}
	team := r.known.team
	switch {
	case !team.Empty() && team.RoleOf(r.who) == "":
		return false
	case team.MaySee(r.who, l.actor, false):
		return true
	}
	done, asked := r.known.finished[l.article]
	if !asked {
		sum, err := r.st.Summary(ctx, r.who, l.article)
		if err != nil {
			return true
		}
		done = sum.Progress.Finished
		r.known.finished[l.article] = done
	}
	return done
}
