package attach

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Many clients behind breaking connections change the same few places, each
// change over the revision it saw last. Every revision is made by exactly one of
// them, and who looks after an answer sees at least what was answered before.
func TestEveryRevisionHasOneMaker(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 4))
	const clients, tries, spots = 4, 60, 3
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		makers = map[string]annotations.Act{}
		floor  [spots + 1]atomic.Uint64 // the newest revision that anybody was told of
		cuts   int
	)
	for n := range clients {
		s, made := unreliable(t, st, 10)
		session := storetest.Session(t, "ana") // one person with many windows: the places are the same
		rnd := rand.New(rand.NewPCG(uint64(n), 1))
		wg.Go(func() {
			for range tries {
				at := annotations.SentenceID(rnd.IntN(spots) + 1)
				least := floor[at].Load()
				rows, err := s.State(context.Background(), id, at, at+1, 10)
				if err != nil {
					t.Error(err)
					return
				}
				rev := uint64(0)
				if len(rows) > 0 {
					rev = rows[0].Annotation.Rev
				}
				if rev < least {
					t.Errorf("revision %d of %s was read after %d had been answered", rev, at, least)
				}
				b := session.Batch(id, storetest.Tag(at, rev, []string{"sourced", "contested"}[rev%2]))
				_, err = s.Append(context.Background(), b)
				switch {
				case errors.Is(err, store.ErrConflict):
					session.Failed(b)
				case err != nil:
					t.Error(err)
					return
				default:
					for was := floor[at].Load(); was < rev+1 && !floor[at].CompareAndSwap(was, rev+1); was = floor[at].Load() {
					}
					mu.Lock()
					key := fmt.Sprint(at, "/", rev+1)
					if was, twice := makers[key]; twice {
						t.Errorf("%s was made by %s and by %s", key, was, b.Act)
					}
					makers[key] = b.Act
					mu.Unlock()
				}
			}
			mu.Lock()
			cuts += made()
			mu.Unlock()
		})
	}
	wg.Wait()
	events, _, err := st.Events(t.Context(), store.Query{Article: id}, 1, 1<<20)
	if err != nil || len(events) != len(makers) {
		t.Errorf("%d events, %v; %d were answered", len(events), err, len(makers))
	}
	for _, e := range events {
		if makers[fmt.Sprint(e.Sentence, "/", e.Rev)] != e.Act {
			t.Errorf("event %d is of act %s; %s was told so", e.Pos, e.Act, makers[fmt.Sprint(e.Sentence, "/", e.Rev)])
		}
	}
	if cuts < 20 || len(makers) < 20 {
		t.Errorf("%d connections, %d revisions: that proves nothing", cuts, len(makers))
	}
}

// slowStore answers when it is told to.
type slowStore struct {
	*store.Memory
	begun   chan struct{}
	proceed chan struct{}
}

func (s slowStore) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	s.begun <- struct{}{}
	<-s.proceed
	return s.Memory.Append(ctx, b)
}

// A connection that breaks while a save is under way leaves it unknown whether
// it was saved; asked again, it is the same save.
func TestASaveWhoseAnswerNeverCameIsUnknown(t *testing.T) {
	st := slowStore{memory(t), make(chan struct{}), make(chan struct{})}
	_, dial := served(t, st)
	c := connected(t, dial)
	ana := storetest.Session(t, "ana")
	a := storetest.Article(t, "ferries", 3)
	id := storetest.Import(t, st.Memory, ana, a)
	b := ana.Batch(id, storetest.Tag(1, 0, "sourced"))
	answer := make(chan error)
	go func() {
		_, err := c.Append(context.Background(), b)
		answer <- err
	}()
	<-st.begun
	c.link.conn.Close()
	if err := <-answer; !errors.Is(err, store.ErrUnknown) {
		t.Errorf("%v; want unknown", err)
	}
	if _, err := c.Append(t.Context(), b); !errors.Is(err, store.ErrClosed) || errors.Is(err, store.ErrUnknown) {
		t.Errorf("on a connection that is gone, before anything is sent: %v; want closed", err)
	}
	if _, err := c.Stat(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("a look: %v; want closed", err)
	}
	st.proceed <- struct{}{}
	again := connected(t, dial)
	go func() { <-st.begun; st.proceed <- struct{}{} }()
	if _, err := again.Append(t.Context(), b); err != nil {
		t.Error(err)
	}
	if info, err := st.Stat(t.Context()); err != nil || info.Events != 2 {
		t.Errorf("%d events, %v; want 2", info.Events, err)
	}
}

// An owner that is slow and alive is waited for, longer than a silent one.
func TestSlowWorkIsWaitedFor(t *testing.T) {
	t.Parallel()
	st := slowStore{memory(t), make(chan struct{}), make(chan struct{})}
	_, dial := served(t, st)
	c := connected(t, dial)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st.Memory, ana, storetest.Article(t, "ferries", 3))
	b := ana.Batch(id, storetest.Tag(1, 0, "sourced"))
	time.AfterFunc(patience+patience/2, func() { st.proceed <- struct{}{} })
	go func() { <-st.begun }()
	if _, err := c.Append(t.Context(), b); err != nil {
		t.Error(err)
	}
}

// A context that ends while a save is under way does not make it unknown: the
// owner's answer is waited for.
func TestASaveThatWasSentIsWaitedFor(t *testing.T) {
	st := slowStore{memory(t), make(chan struct{}), make(chan struct{})}
	_, dial := served(t, st)
	c := connected(t, dial)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st.Memory, ana, storetest.Article(t, "ferries", 3))
	ctx, cancel := context.WithCancel(t.Context())
	b := ana.Batch(id, storetest.Tag(1, 0, "sourced"))
	go func() { <-st.begun; cancel(); st.proceed <- struct{}{} }()
	_, err := c.Append(ctx, b)
	info, bad := st.Stat(t.Context())
	if bad != nil || errors.Is(err, store.ErrUnknown) || (err == nil) != (info.Events == 2) {
		t.Errorf("%v with %d events, %v", err, info.Events, bad)
	}
}

// An export to a writer that fails ends with the writer's error and leaves the
// connection of use.
func TestAnExportEndsWithItsWriter(t *testing.T) {
	_, dial := served(t, storetest.New(t))
	c := connected(t, dial)
	storetest.Import(t, c, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 30))
	full := errors.New("the test's disk is full")
	if _, err := c.Export(t.Context(), failing{full}, 0); !errors.Is(err, full) {
		t.Errorf("%v; want the writer's error", err)
	}
	if _, err := c.Export(t.Context(), io.Discard, 0); err != nil {
		t.Error(err)
	}
	told := uint64(0)
	if _, err := c.Verify(t.Context(), func(done, total uint64) { told = total }); err != nil || told == 0 {
		t.Errorf("%v, told of %d events", err, told)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// More calls at once than an owner takes of one connection wait for their turn.
func TestMoreCallsThanAnOwnerTakesWaitForTheirTurn(t *testing.T) {
	_, dial := served(t, memory(t))
	c := connected(t, dial)
	id := storetest.Import(t, c, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 3))
	var wg sync.WaitGroup
	for n := range 3 * maxCalls {
		who := storetest.Session(t, fmt.Sprint("reviewer ", n))
		wg.Go(func() {
			if _, err := store.Do(context.Background(), c, who, id, storetest.Tag(1, 0, "sourced")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if st, err := c.Stat(t.Context()); err != nil || st.Events != 3*maxCalls+1 {
		t.Errorf("%d events, %v", st.Events, err)
	}
}

// Calls do not wait for ever while a store that somebody left is being opened,
// and go on when it is open.
func TestOpeningThatTakesLongBecomesAMessage(t *testing.T) {
	st := memory(t)
	server, dial := served(t, st)
	opening := make(chan struct{})
	s := &Store{
		become: func(ctx context.Context) (*owning, error) {
			select {
			case <-opening:
				return &owning{engine: st}, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		},
		bound: 50 * time.Millisecond, kept: make(chan struct{}), changed: make(chan struct{}),
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	c := connected(t, dial)
	s.here = &seat{engine: c, client: c}
	go s.keep(s.here)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", 3))
	server.Close()
	if _, err := s.Stat(t.Context()); !errors.Is(err, store.ErrHeld) {
		t.Errorf("a look meanwhile: %v", err)
	}
	b := ana.Batch(id, storetest.Tag(1, 0, "sourced"))
	if _, err := s.Append(t.Context(), b); !errors.Is(err, store.ErrUnknown) || !errors.Is(err, store.ErrHeld) {
		t.Errorf("a save meanwhile: %v", err)
	}
	close(opening)
	for {
		if _, err := s.Append(t.Context(), b); err == nil {
			break
		} else if !errors.Is(err, store.ErrUnknown) {
			t.Fatal(err)
		}
	}
	if !s.Owns() {
		t.Error("it is not the owner")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
