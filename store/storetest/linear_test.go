package storetest

import (
	"context"
	"sync"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

func memory(tb testing.TB) store.Store {
	tb.Helper()
	m, err := store.NewMemory(store.StoreID{1, 2, 3}, Clock())
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// forgetful says that a change is stored and now and then drops it.
type forgetful struct {
	store.Store
	mu sync.Mutex
	n  int
}

func (f *forgetful) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.n++; f.n%7 == 0 && b.Changes[0].Kind == annotations.EventAnnotate {
		return store.Receipt{First: 1, Last: 1}, nil
	}
	return f.Store.Append(ctx, b)
}

// late shows what stood there one read ago.
type late struct {
	store.Store
	mu  sync.Mutex
	old map[annotations.SentenceID][]store.Row
}

func (l *late) State(ctx context.Context, id annotations.ArticleID, from, to annotations.SentenceID, n int) ([]store.Row, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rows, err := l.Store.State(ctx, id, from, to, n)
	was, seen := l.old[from]
	if l.old[from] = rows; seen {
		return was, err
	}
	return rows, err
}

// twice does what was asked a second time under another number when the answer
// was lost, as a client without numbers would.
type twice struct {
	store.Store
	mu  sync.Mutex
	n   int
	who *store.Session
}

func (d *twice) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	r, err := d.Store.Append(ctx, b)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.n++; err == nil && d.n%5 == 0 && b.Changes[0].Kind == annotations.EventAnnotate {
		c := b.Changes[0]
		c.Rev++
		_, _ = store.Do(ctx, d.Store, d.who, b.Article, c)
	}
	return r, err
}

// A check that cannot fail proves nothing.
func TestBrokenEnginesAreNotLinearizable(t *testing.T) {
	for name, broken := range map[string]store.Store{
		"drops what it said it stored": &forgetful{Store: memory(t)},
		"shows what is old":            &late{Store: memory(t), old: map[annotations.SentenceID][]store.Row{}},
		"does things twice":            &twice{Store: memory(t), who: Session(t, "ana")},
	} {
		t.Run(name, func(t *testing.T) {
			if ok, err := Linearizable(t, broken, 3); err != nil || ok {
				t.Errorf("found linearizable: %v, %v", ok, err)
			}
		})
	}
}

func TestLostAnswersKeepOneOrder(t *testing.T) {
	for seed := range uint64(20) {
		u := NewUnsure(memory(t), seed)
		if ok, err := Linearizable(t, u, seed); err != nil || !ok {
			t.Fatalf("seed %d: %v, %v", seed, ok, err)
		}
		if u.Lost() < 10 {
			t.Errorf("seed %d: only %d answers were lost", seed, u.Lost())
		}
	}
}
