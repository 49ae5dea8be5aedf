//go:build linux || darwin

package attach

import (
	"context"
	"errors"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// attached is a store whose owner is at the other end of dial, for good.
func attached(t *testing.T, dial func(context.Context) (net.Conn, error)) *Store {
	t.Helper()
	s := newStore(0)
	s.become = func(context.Context) (*owning, error) { return nil, store.ErrHeld }
	s.dial = func(ctx context.Context) (*client, error) { return connect(ctx, dial, Peer{PID: 1}, "") }
	if _, err := s.start(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// saysVersion wants an error that names the owner and tells that it is another stet.
func saysVersion(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, store.ErrHeld) || !strings.Contains(err.Error(), "(stet review)") || !strings.Contains(err.Error(), "use the same version of stet") {
		t.Errorf("%v; want who holds the store, and what to do about its version", err)
	}
}

// A stet that was updated, and works through one that was not, asks for what that one
// does not know, or in words it cannot read. The owner hung up without a word: the
// newer one connected again and asked again for ten seconds, and then said that the
// program that holds the store was gone.
func TestAnOwnerSaysThatItDoesNotKnowWhatIsAsked(t *testing.T) {
	_, dial := served(t, memory(t))
	s := attached(t, dial)
	begun := now()
	for name, ask := range map[string]func(e *client) error{
		"a method of later times": func(c *client) error {
			_, err := request[none](t.Context(), c, 99, none{}, &pending{})
			return err
		},
		"arguments of later times": func(c *client) error {
			_, err := request[[]store.Row](t.Context(), c, mState, []int{1, 2, 3, 4, 5, 6, 7}, &pending{})
			return err
		},
		"a write of later times": func(c *client) error {
			_, err := requestAs[none](t.Context(), c, 98, none{}, true, &pending{})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := with(t.Context(), s, func(e engine) (none, error) { return none{}, ask(e.(*seat).client) })
			saysVersion(t, err)
		})
	}
	if took := now().Sub(begun); took > 5*time.Second {
		t.Errorf("it took %v to say so", took)
	}
	if _, err := s.Stat(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// The other way round: an owner of later times says more than is understood here.
// What was written is written, and must not be called lost, or not saved.
func TestAnAnswerThatIsNotUnderstoodIsNoLostOwner(t *testing.T) {
	st := memory(t)
	_, dial := served(t, st)
	s := attached(t, dial)
	begun := now()
	_, err := with(t.Context(), s, func(e engine) (string, error) {
		return request[string](t.Context(), e.(*seat).client, mStat, none{}, &pending{})
	})
	saysVersion(t, err)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 3))
	b := ana.Batch(id, storetest.Tag(1, 0, "sourced"))
	_, err = with(t.Context(), s, func(e engine) (string, error) {
		return requestAs[string](t.Context(), e.(*seat).client, mAppend, b, true, &pending{})
	})
	if !errors.Is(err, store.ErrUnknown) || !strings.Contains(err.Error(), "use the same version of stet") {
		t.Errorf("a save whose answer was not understood: %v", err)
	}
	if took := now().Sub(begun); took > 5*time.Second {
		t.Errorf("it took %v to say so", took)
	}
	if _, err := s.Append(t.Context(), b); err != nil {
		t.Errorf("asked again by one that understands: %v", err)
	}
}

// waits is a store that answers one question only when it is no longer asked.
type waits struct {
	*store.Memory
	begun chan struct{}
}

func (w waits) Team(ctx context.Context) (annotations.Team, error) {
	w.begun <- struct{}{}
	<-ctx.Done()
	return annotations.Team{}, ctx.Err()
}

// Calls that are given up leave nothing behind, neither here nor at the owner.
func TestCallsThatAreGivenUpLeaveNothing(t *testing.T) {
	st := waits{memory(t), make(chan struct{})}
	server, dial := served(t, st)
	c := connected(t, dial)
	base := runtime.NumGoroutine()
	for range 20 {
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if _, err := c.Team(ctx); !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			})
			c.Tail(ctx, 1<<40)
		}
		for range 10 {
			<-st.begun
		}
		cancel()
		all.Wait()
	}
	waitFor(t, func() bool {
		c.mu.Lock()
		mine := len(c.pending) + c.waiting
		c.mu.Unlock()
		server.mu.Lock()
		defer server.mu.Unlock()
		for g := range server.guests {
			g.mu.Lock()
			mine += len(g.cancels) + g.working
			g.mu.Unlock()
		}
		return mine == 0 && runtime.NumGoroutine() <= base
	})
}
