package attach

import (
	"context"
	"errors"
	"testing"

	"stet.example/stet/store"
)

// An act was sent to an owner that went before it answered, and the caller gave up
// before the next one was asked: whether it is saved is not known, and its number must
// not be used for another.
func TestWhoGivesUpBetweenTwoOwnersKeepsTheDoubt(t *testing.T) {
	s := newStore(0)
	t.Cleanup(s.end)
	first, second := &seat{}, &seat{}
	s.change(first, nil)
	for name, c := range map[string]struct {
		unknown bool
		ends    error
		want    error
		not     error
	}{
		"sent, then given up":      {true, context.Canceled, store.ErrUnknown, nil},
		"sent, then out of time":   {true, context.DeadlineExceeded, store.ErrUnknown, nil},
		"sent, then refused":       {true, store.ErrConflict, store.ErrConflict, store.ErrUnknown},
		"never sent, and given up": {false, context.Canceled, context.Canceled, store.ErrUnknown},
	} {
		s.change(first, nil)
		_, err := with(t.Context(), s, func(e engine) (none, error) {
			if e == engine(first) {
				s.change(second, nil)
				return none{}, &lostError{cause: errors.New("gone"), unknown: c.unknown}
			}
			return none{}, c.ends
		})
		if !errors.Is(err, c.want) || c.not != nil && errors.Is(err, c.not) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
