package attach

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

func needSockets(tb testing.TB) {
	tb.Helper()
	if maxPath == 0 {
		tb.Skip("nobody can attach on this system")
	}
}

// socketDir is a folder for sockets with a short path.
func socketDir(tb testing.TB) string {
	tb.Helper()
	needSockets(tb)
	dir, err := os.MkdirTemp("", "st")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// served serves st on a real socket and returns how to dial it.
func served(tb testing.TB, st store.Store) (*server, func(context.Context) (net.Conn, error)) {
	tb.Helper()
	paths := []string{filepath.Join(socketDir(tb), "stet", "x.sock")}
	l, err := listen(paths)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := newServer(tb.Context(), st, Peer{PID: os.Getpid(), Program: "stet review"})
	if err != nil {
		tb.Fatal(err)
	}
	s.Serve(l)
	tb.Cleanup(s.Close)
	return s, func(ctx context.Context) (net.Conn, error) { return dialOne(ctx, paths) }
}

func connected(tb testing.TB, dial func(context.Context) (net.Conn, error)) *client {
	tb.Helper()
	c, err := connect(tb.Context(), dial, Peer{PID: os.Getpid(), Program: "stet list", Actor: "ana"}, "")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Close() })
	return c
}

func memory(tb testing.TB) *store.Memory {
	tb.Helper()
	m, err := store.NewMemory(store.StoreID{1, 2, 3}, storetest.Clock())
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestAClientOfAFileIsAStore(t *testing.T) {
	storetest.Suite(t, func(t *testing.T) store.Store {
		_, dial := served(t, storetest.New(t))
		return connected(t, dial)
	})
}

func TestAClientOfAStoreInMemoryIsAStore(t *testing.T) {
	storetest.Suite(t, func(t *testing.T) store.Store {
		_, dial := served(t, memory(t))
		return connected(t, dial)
	})
}

// An owner is a store, too, with the server beside it.
func TestAnOwnerIsAStore(t *testing.T) {
	storetest.Suite(t, func(t *testing.T) store.Store {
		path := filepath.Join(t.TempDir(), "stet.db")
		s := opened(t, optionsFor(path, socketDir(t)))
		t.Cleanup(func() { storetest.MustCheckFile(t, path) })
		return s
	})
}

func optionsFor(path, dir string) Options {
	return Options{
		Options: store.Options{Path: path, Program: "test", App: "stet test", Create: true, Clock: storetest.Clock(), Wait: 10 * time.Second},
		Actor:   "ana", Folders: []string{filepath.Join(dir, "stet")},
	}
}

func opened(tb testing.TB, o Options) *Store {
	tb.Helper()
	s, err := Open(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return s
}

// flaky is a connection that now and then breaks after a request was sent and
// before its answer arrives.
type flaky struct {
	net.Conn
	mu    sync.Mutex
	rnd   *rand.Rand
	one   int // of how many reads one breaks the connection
	reads int
}

func (f *flaky) Read(b []byte) (int, error) {
	n, err := f.Conn.Read(b) // the answer is on its way by then, and dropped
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.reads++; f.reads > 2 && f.rnd.IntN(f.one) == 0 {
		f.Conn.Close()
		return 0, errors.New("the test cut the connection")
	}
	return n, err
}

// unreliable is a Store whose connections break all the time.
func unreliable(tb testing.TB, st store.Store, one int) (s *Store, cuts func() int) {
	tb.Helper()
	_, dial := served(tb, st)
	var mu sync.Mutex
	seed, made := uint64(0), 0
	s = newStore(time.Second)
	s.become = func(context.Context) (*owning, error) { return nil, &store.HeldError{Path: "x", PID: 1} }
	s.dial = func(ctx context.Context) (*client, error) {
		return connect(ctx, func(ctx context.Context) (net.Conn, error) {
			c, err := dial(ctx)
			mu.Lock()
			defer mu.Unlock()
			seed++
			made++
			return &flaky{Conn: c, rnd: rand.New(rand.NewPCG(seed, 7)), one: one}, err
		}, Peer{PID: os.Getpid()}, "")
	}
	s, err := s.start(tb.Context(), time.Second)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s, func() int {
		mu.Lock()
		defer mu.Unlock()
		return made
	}
}

// Answers get lost all the time, and callers notice nothing.
func TestAStoreBehindBreakingConnectionsIsAStore(t *testing.T) {
	total := 0
	for _, kind := range []struct {
		name string
		make func(t *testing.T) store.Store
	}{
		{"file", func(t *testing.T) store.Store { return storetest.New(t) }},
		{"memory", func(t *testing.T) store.Store { return memory(t) }},
	} {
		t.Run(kind.name, func(t *testing.T) {
			storetest.Suite(t, func(t *testing.T) store.Store {
				s, cuts := unreliable(t, kind.make(t), 12)
				t.Cleanup(func() { total += cuts() })
				return patient{s}
			})
		})
	}
	if total < 100 {
		t.Errorf("only %d connections were made: the test cuts nothing", total)
	}
}

// patient asks for an export until it comes whole: one that broke off half way
// says so, and its caller begins anew.
type patient struct{ *Store }

func (p patient) Export(ctx context.Context, w io.Writer, after uint64) (store.ExportInfo, error) {
	for {
		var b bytes.Buffer
		info, err := p.Store.Export(ctx, &b, after)
		if errors.Is(err, store.ErrClosed) && b.Len() > 0 {
			continue
		}
		if err == nil {
			_, err = w.Write(b.Bytes())
		}
		return info, err
	}
}
