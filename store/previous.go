package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"stet.example/stet/store/boltfile"
)

// GivenUp is what a store file and its mirror still have beyond the commit before the
// last: whoever takes that one gives it up.
type GivenUp struct {
	Events int
	People []string // by whom, sorted
	First  time.Time
	Last   time.Time
}

// TakePrevious copies what the commit before the last had out of the store file at from,
// which may be damaged, to a new file at to. Whether that is a whole store is for the
// caller to prove. The file is only read.
func TakePrevious(ctx context.Context, from, to string) error {
	err := boltfile.CopyCommit(ctx, from, to, boltfile.Previous)
	gone := func(what string) error {
		return &Error{Kind: ErrDamaged, What: what, Safe: "The store was not touched", Next: "`stet restore --salvage` takes what can be read of it", Err: err}
	}
	var worse *boltfile.Damage
	switch {
	case errors.Is(err, boltfile.ErrNotBolt):
		return &Error{Kind: ErrForeign, What: from + " is no store file", Safe: "The store was not touched", Next: "Name a store; a journal or a mirror has no commits", Err: err}
	case errors.Is(err, boltfile.ErrNoCommit):
		return gone(from + " holds no commit before the last")
	case errors.As(err, &worse):
		err = nil // its own advice is for who has not tried this yet
		return gone(fmt.Sprintf("the commit before the last of %s is damaged too, at page %d: %s", from, worse.Page, worse.What))
	}
	return err
}

// BeyondPrevious counts what the file at from and its mirror have that a store of size
// events, taken from it by [TakePrevious], lacks. Every record that counts proved itself.
func BeyondPrevious(ctx context.Context, from string, size uint64) (GivenUp, error) {
	var out GivenUp
	c, err := newCodec()
	if err != nil {
		return out, err
	}
	g := newGathered(c)
	if err := g.file(ctx, from); err != nil {
		return out, err
	}
	if g.mirror(ctx, from+".mirror"); ctx.Err() != nil {
		return out, ctx.Err()
	}
	for pos, v := range g.byPos {
		if pos <= size {
			continue
		}
		e, err := c.decode(pos, v)
		if err != nil {
			return out, fmt.Errorf("event %d: %w", pos, err)
		}
		out.Events++
		if at, known := slices.BinarySearch(out.People, e.Actor); !known {
			out.People = slices.Insert(out.People, at, e.Actor)
		}
		if out.First.IsZero() || e.Time.Before(out.First) {
			out.First = e.Time
		}
		if e.Time.After(out.Last) {
			out.Last = e.Time
		}
	}
	return out, nil
}
