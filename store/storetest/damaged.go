package storetest

import (
	"errors"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// EventsAroundDamage is the law of [store.Store.Events] for a log of which the record at
// position bad was damaged: whatever the pages, what stands before it comes, the
// position with the error is the one it follows, and behind it reading goes on. shown is
// how many of the other events s shows. Engines differ in how they are damaged, so it is
// no part of [Suite].
func EventsAroundDamage(tb testing.TB, s store.Store, bad uint64, shown int) {
	tb.Helper()
	for _, limit := range []int{1, 2, 3, 1000} {
		var all []annotations.Event
		failed := 0
		for after := uint64(0); ; {
			page, next, err := s.Events(tb.Context(), store.Query{}, after, limit)
			all = append(all, page...)
			switch {
			case errors.Is(err, store.ErrDamaged) && failed == 0:
				if failed++; next != bad-1 {
					tb.Fatalf("pages of %d: event %d is damaged, and reading stopped behind %d", limit, bad, next)
				}
				next = bad
			case err != nil:
				tb.Fatalf("pages of %d, behind event %d: %v", limit, after, err)
			case failed == 0 && next >= bad:
				tb.Fatalf("pages of %d: the damaged event %d was passed over", limit, bad)
			}
			if next == after {
				break
			}
			after = next
		}
		for i := range all {
			if all[i].Pos == bad || i > 0 && all[i].Pos <= all[i-1].Pos {
				tb.Errorf("pages of %d: event %d is damaged or out of order", limit, all[i].Pos)
			}
		}
		if len(all) != shown || failed != 1 {
			tb.Errorf("pages of %d: %d events and %d failures; want %d and one", limit, len(all), failed, shown)
		}
	}
}
