package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// relayed opens a store that makes groups of two ready while others are written.
func relayed(t *testing.T) *store.Bolt {
	t.Helper()
	s := storetest.New(t)
	s.RelayFrom(2)
	return s
}

func TestBoltWithRelays(t *testing.T) {
	storetest.Suite(t, func(t *testing.T) store.Store { return relayed(t) })
}

func TestWhatSeveralSeeFitsOneOrderWithRelays(t *testing.T) {
	for seed := range uint64(4) {
		s := relayed(t)
		if ok, err := storetest.Linearizable(t, s, seed); err != nil || !ok {
			t.Errorf("seed %d: no order of the acts explains what the clients saw (%v)", seed, err)
		}
	}
}

// A crowd tags, tags over what others changed, sends acts twice, takes them back,
// cuts sentences and stores texts, all at once: each act that was acknowledged is
// there once, at the place that was told, and the check at the end finds nothing.
func TestACrowdOfAllKinds(t *testing.T) {
	s := relayed(t)
	ana := storetest.Session(t, "ana")
	const sentences, each = 12, 14
	var ids []annotations.ArticleID
	for i := range 4 {
		ids = append(ids, storetest.Import(t, s, ana, storetest.Article(t, fmt.Sprintf("pier %d", i), sentences)))
	}
	type told struct {
		act     annotations.Act
		receipt store.Receipt
	}
	var mu sync.Mutex
	var all []told
	var wg sync.WaitGroup
	wg.Go(func() { // a sentence is cut in two, and put together again
		for range 6 {
			a, err := store.Load(t.Context(), s, ids[0])
			if err != nil {
				t.Error(err)
				return
			}
			units, err := annotations.SplitUnit(a.Body, a.Units, 3, a.Units[2].Span.Start+10, a.NextID())
			if err == nil {
				var change annotations.Change
				if change, err = store.Recut(t.Context(), s, a, units, "split", 3); err == nil {
					_, err = store.Do(t.Context(), s, ana, ids[0], change)
				}
			}
			if err == nil {
				_, _, err = store.Revert(t.Context(), s, ana, annotations.Undo)
			}
			if err != nil {
				t.Error(err)
			}
		}
	})
	for w := range 40 {
		me := storetest.Session(t, fmt.Sprintf("reviewer %d", w))
		id := ids[w%len(ids)]
		wg.Go(func() {
			for i := range each {
				b := me.Batch(id, storetest.Tag(annotations.SentenceID(i%sentences+1), uint64(i/sentences), "sourced"))
				for range 1 + w%2 { // every other one sends all twice
					r, err := s.Append(t.Context(), b)
					if err != nil {
						t.Errorf("%s, act %d: %v", me.Actor, i, err)
						return
					}
					mu.Lock()
					all = append(all, told{b.Act, r})
					mu.Unlock()
				}
				if w%5 == 0 && i%4 == 3 {
					for _, mode := range []annotations.Mode{annotations.Undo, annotations.Redo} {
						if _, _, err := store.Revert(t.Context(), s, me, mode); err != nil {
							t.Errorf("%s takes back: %v", me.Actor, err)
						}
					}
				}
				if w%8 == 1 {
					if _, err := store.Do(t.Context(), s, storetest.Session(t, me.Actor), id, storetest.Tag(1, 99, "contested")); !errors.Is(err, store.ErrConflict) {
						t.Errorf("over a revision that never was: %v", err)
					}
				}
			}
		})
	}
	wg.Go(func() {
		for i := range 20 {
			if _, err := s.PutBlob(t.Context(), strings.Repeat(fmt.Sprintf("text %d. ", i), 20_000)); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	at := map[annotations.Act]store.Receipt{}
	for _, x := range all {
		if first, ok := at[x.act]; ok && first != x.receipt {
			t.Errorf("act %v: %+v, then %+v", x.act, first, x.receipt)
		}
		at[x.act] = x.receipt
	}
	if len(at) != 40*each {
		t.Errorf("%d acts were acknowledged", len(at))
	}
	for act, r := range at {
		events, _, err := s.Events(t.Context(), store.Query{}, r.First-1, 1)
		if err != nil || len(events) != 1 || events[0].Act != act || events[0].Pos != r.First {
			t.Fatalf("act %v is not at %d: %+v, %v", act, r.First, events, err)
		}
	}
}
