//go:build !windows

package attach

import (
	"context"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// What a log holds before a damaged record was lost on the wire: a failure came alone.
// It is longer here than one frame takes.
func TestWhatStandsBeforeADamagedRecordCrosses(t *testing.T) {
	t.Parallel()
	s := storetest.New(t)
	ana := storetest.Session(t, "ana")
	const size = 60
	id := storetest.Import(t, s, ana, storetest.Article(t, "ferries", size))
	for n := range annotations.SentenceID(size) {
		c := storetest.Tag(n+1, 0, "sourced")
		c.Annotation.Note = strings.Repeat("we were not asked. ", 500)
		if _, err := store.Do(t.Context(), s, ana, id, c); err != nil {
			t.Fatal(err)
		}
	}
	const bad = size - 1
	_, dial := served(t, hurt{s, bad})
	storetest.EventsAroundDamage(t, connected(t, dial), bad, size)
	storetest.EventsAroundDamage(t, attached(t, dial), bad, size)
}

// hurt is a store of which a record cannot be read.
type hurt struct {
	store.Store
	bad uint64
}

// Events implements [store.Store].
func (h hurt) Events(ctx context.Context, q store.Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	list, next, err := h.Store.Events(ctx, q, after, limit)
	for i := range list {
		if list[i].Pos == h.bad {
			return list[:i], h.bad - 1, &store.Error{Kind: store.ErrDamaged, What: "it cannot be read"}
		}
	}
	return list, next, err
}
