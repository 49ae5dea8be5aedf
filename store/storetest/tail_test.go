package storetest

import (
	"context"
	"testing"
	"time"
)

// A tail that ended after its first word passed for one that tells of every save.
func TestATailThatEndsReachesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		ends []uint64
		open bool
		want bool
	}{
		"nothing, and its end":      {nil, false, false},
		"one event, and its end":    {[]uint64{1}, false, false},
		"one event, and silence":    {[]uint64{1}, true, false},
		"the way back":              {[]uint64{4, 3, 5}, true, false},
		"the event":                 {[]uint64{1, 5}, false, true},
		"more than it was asked of": {[]uint64{2, 7}, true, true},
	} {
		ends := make(chan uint64, 3)
		for _, at := range c.ends {
			ends <- at
		}
		if !c.open {
			close(ends)
		}
		ctx, stop := context.WithTimeout(t.Context(), 10*time.Millisecond)
		if err := Reaches(ctx, ends, 5); (err == nil) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		stop()
	}
}
