package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Reaches waits until a tail has told of the event at a position, and says why it never
// will: a tail that ends, goes back or says nothing tells of no event.
func Reaches(ctx context.Context, ends <-chan uint64, at uint64) error {
	for last := uint64(0); ; {
		select {
		case end, open := <-ends:
			switch {
			case !open:
				return fmt.Errorf("the tail ended behind event %d, before event %d", last, at)
			case end <= last:
				return fmt.Errorf("the tail went back from event %d to %d", last, end)
			case end >= at:
				return nil
			}
			last = end
		case <-ctx.Done():
			return fmt.Errorf("the tail stands at event %d and never told of event %d: %w", last, at, ctx.Err())
		}
	}
}

// tailWait is how long a tail may take to tell of what was saved.
const tailWait = 20 * time.Second

// MustReach fails the test unless a tail tells of the event at a position.
func MustReach(tb testing.TB, ends <-chan uint64, at uint64) {
	tb.Helper()
	ctx, stop := context.WithTimeout(tb.Context(), tailWait)
	defer stop()
	if err := Reaches(ctx, ends, at); err != nil {
		tb.Fatal(err)
	}
}

func tail(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 9))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	moved := s.Tail(ctx, 0)
	if at, open := <-moved; !open || at != 1 {
		t.Errorf("the first end is %d, %t", at, open)
	}
	for i := uint64(1); i <= 9; i++ { // it goes on after each
		mustDo(t, s, ana, id, Tag(annotations.SentenceID(i), 0, "sourced"))
		MustReach(t, moved, i+1)
	}
	late := s.Tail(ctx, 9) // all but the last are known
	MustReach(t, late, 10)
	mustDo(t, s, ana, id, Tag(1, 1, "contested"))
	MustReach(t, late, 11)
	MustReach(t, moved, 11)
	stop()
	for range moved { // it must end
	}
	for range late {
	}
}
