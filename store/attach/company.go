package attach

import (
	"context"
	"errors"
	"slices"
	"time"

	"stet.example/stet/store"
)

// crowdPause is the least time between two words about who is where, in either
// direction.
const crowdPause = 100 * time.Millisecond

// Crowd is who is at the screens of the store: of this process and, where other
// processes of this machine have it open too, of those. Until it was asked for,
// nothing is sent about it.
func (s *Store) Crowd() *Crowd {
	s.meeting.Do(func() { go s.meet() })
	return s.crowd
}

// meet tells the owner of the moment who is here, and hears from it who else is.
func (s *Store) meet() {
	for {
		at, err := s.settled(s.ctx)
		switch {
		case errors.Is(err, store.ErrPoisoned) || errors.Is(err, store.ErrClosed) || s.ctx.Err() != nil:
			s.crowd.setFar(nil)
			return
		case err != nil:
		case at.own != nil:
			s.crowd.setFar(nil) // the guests tell
			return
		default:
			at.client.meet(s.ctx, s.crowd)
			s.crowd.setFar(nil)
		}
		pause(s.ctx, jitter())
	}
}

// meet tells the owner who is in c, whenever that changes, and keeps in c who is
// elsewhere, until the connection or ctx ends.
func (c *client) meet(ctx context.Context, crowd *Crowd) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer stop()
		p := &pending{quiet: true, push: func(b []byte) {
			if list, err := decode[[]Standing](c.link.coding, b); err == nil && ctx.Err() == nil {
				crowd.setFar(list)
			}
		}}
		request[none](ctx, c, mCrowd, none{}, p) //nolint:errcheck // it ends either way
	}()
	news := crowd.Watch(ctx)
	var told []Standing
	for {
		if own := crowd.own(); !slices.Equal(own, told) {
			if _, err := request[none](ctx, c, mStand, own, &pending{}); err != nil {
				return
			}
			told = own
		}
		if _, more := <-news; !more {
			return
		}
		pause(ctx, crowdPause)
	}
}

// serveStand takes who is at a client's screens.
func serveStand(_ context.Context, g *guest, m *message) ([]byte, error) {
	list, err := decode[[]Standing](g.link.coding, m.Body)
	if err != nil {
		return nil, err
	}
	g.s.crowd.bring(g, list)
	return g.link.enc.Marshal(none{})
}

// serveCrowd pushes who is at the other screens, whenever that changes.
func serveCrowd(ctx context.Context, g *guest, m *message) ([]byte, error) {
	news := g.s.crowd.Watch(ctx)
	var last []Standing
	for first := true; ; first = false {
		if list := g.s.crowd.seenBy(g); first || !slices.Equal(list, last) {
			if err := g.push(m.ID, list); err != nil {
				return nil, err
			}
			last = list
		}
		if _, more := <-news; !more {
			return nil, ctx.Err()
		}
		pause(ctx, crowdPause)
	}
}
