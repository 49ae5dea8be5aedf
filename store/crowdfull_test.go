//go:build !windows

package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A crowd saves on a disk that is full again and again, and gets a little more room
// each time. Each act is sent until it is saved, and some are sent once more after
// that: they are saved once, whatever fails around them, and nobody is refused over
// what was not saved.
func TestACrowdOnAFullDisk(t *testing.T) {
	dir, mount := smallDisk(t, "1500k")
	path := filepath.Join(dir, "stet.db")
	s, err := store.Open(t.Context(), store.Options{Path: path, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	s.RelayFrom(4)
	ana := storetest.Session(t, "ana")
	var ids []annotations.ArticleID
	for i := range 4 {
		ids = append(ids, storetest.Import(t, s, ana, storetest.Article(t, fmt.Sprintf("pier %d", i), 30)))
	}
	const people, each = 48, 90
	var room, full atomic.Int64
	room.Store(1500)
	told := make([]map[annotations.Act]store.Receipt, people)
	var wg sync.WaitGroup
	for w := range people {
		me, elsewhere := storetest.Session(t, fmt.Sprintf("reviewer %d", w)), storetest.Session(t, fmt.Sprintf("reviewer %d", w))
		id := ids[w%len(ids)]
		told[w] = map[annotations.Act]store.Receipt{}
		wg.Go(func() {
			for i := range each {
				sent, rev := annotations.SentenceID(i%30+1), uint64(i/30)
				b := me.Batch(id, storetest.Tag(sent, rev, []string{"sourced", "contested"}[i%2]))
				r, err := s.Append(t.Context(), b)
				for ; errors.Is(err, store.ErrFull); r, err = s.Append(t.Context(), b) {
					if full.Add(1)%400 == 0 {
						if err := mount(fmt.Sprintf("remount,size=%dk", room.Add(400))); err != nil {
							t.Error(err)
						}
					}
				}
				if err != nil {
					t.Errorf("%s, act %d: %v", me.Actor, i, err)
					return
				}
				told[w][b.Act] = r
				if i%3 == 0 {
					if again, err := s.Append(t.Context(), b); err != nil || again != r {
						t.Errorf("%s, act %d was saved at %d; sent again: %d, %v", me.Actor, i, r.First, again.First, err)
					}
				}
				if w%4 == 0 { // the same person saw an older revision in another window
					_, err := store.Do(t.Context(), s, elsewhere, id, storetest.Tag(sent, rev, "contextual"))
					if !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrFull) {
						t.Errorf("over a revision that was replaced: %v", err)
					}
				}
			}
		})
	}
	wg.Wait()
	if full.Load() == 0 {
		t.Error("the disk was never full: the test proves nothing")
	}
	if err := mount("remount,size=64m"); err != nil {
		t.Fatal(err)
	}
	at := map[uint64]annotations.Act{}
	for _, mine := range told {
		for act, r := range mine {
			events, _, err := s.Events(t.Context(), store.Query{}, r.First-1, 1)
			if err != nil || len(events) != 1 || events[0].Act != act || at[r.First] != (annotations.Act{}) {
				t.Fatalf("act %v is not at %d: %+v, %v", act, r.First, events, err)
			}
			at[r.First] = act
		}
	}
	r, err := s.Verify(t.Context(), nil)
	if want := uint64(people*each + len(ids)); err != nil || !r.OK() || r.Events != want {
		t.Error(err, r.Problems, r.Events, want)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	storetest.MustCheckFile(t, path)
}
