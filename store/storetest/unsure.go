package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Unsure is an engine behind a bad line: of ten appends it loses two before they
// are done and two answers after, and sends one twice. What it loses is
// [store.ErrUnknown]. A second sending that does not bring the same receipt is
// an error that no caller expects.
type Unsure struct {
	store.Store
	mu   sync.Mutex
	rnd  *rand.Rand
	lost int
}

// NewUnsure puts a bad line before an engine. The same seed loses the same appends
// of the same history.
func NewUnsure(s store.Store, seed uint64) *Unsure {
	return &Unsure{Store: s, rnd: rand.New(rand.NewPCG(seed, 1))}
}

// Lost is how many answers were lost so far.
func (u *Unsure) Lost() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.lost
}

func (u *Unsure) draw() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	n := u.rnd.IntN(10)
	if n < 4 {
		u.lost++
	}
	return n
}

// Append implements [store.Store].
func (u *Unsure) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	unknown := &store.Error{Kind: store.ErrUnknown, What: "the test lost the answer"}
	switch u.draw() {
	case 0, 1:
		return store.Receipt{}, unknown
	case 2, 3:
		_, _ = u.Store.Append(ctx, b) // whatever came of it, nobody hears
		return store.Receipt{}, unknown
	case 4:
		first, err := u.Store.Append(ctx, b)
		if err != nil {
			return first, err
		}
		if again, err := u.Store.Append(ctx, b); err != nil || again != first {
			return again, fmt.Errorf("the same act sent twice: %+v, then %+v, %w", first, again, err)
		}
		return first, nil
	}
	return u.Store.Append(ctx, b)
}

// Again sends an act whose answer was lost again, under its number, until there
// is an answer, as screens and clients do.
type Again struct{ store.Store }

// Append implements [store.Store].
func (a Again) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	for {
		r, err := a.Store.Append(ctx, b)
		if !errors.Is(err, store.ErrUnknown) || ctx.Err() != nil {
			return r, err
		}
	}
}

// note returns the change that says words of a sentence over revision rev.
func note(sentence annotations.SentenceID, rev uint64, words string) annotations.Change {
	c := Tag(sentence, rev, "sourced")
	c.Annotation.Note = words
	return c
}
