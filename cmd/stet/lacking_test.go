package main

import (
	"cmp"
	"context"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// lacking is a store that has lost a blob, whose disk fails when poisoned, and that
// refuses all acts after so many.
type lacking struct {
	store.Store
	lost     annotations.Hash
	kind     error // nil: damaged
	poisoned bool
	most     int // 0: no such limit
	acts     int
}

func (l *lacking) Blob(ctx context.Context, h annotations.Hash, from, to int) (string, error) {
	if h == l.lost {
		return "", &store.Error{Kind: cmp.Or(l.kind, store.ErrDamaged), What: "blob " + h.Short() + " cannot be read"}
	}
	return l.Store.Blob(ctx, h, from, to)
}

func (l *lacking) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	if l.poisoned {
		return store.Receipt{}, &store.Error{Kind: store.ErrPoisoned, What: "the disk failed"}
	}
	if l.acts++; l.most > 0 && l.acts > l.most {
		return store.Receipt{}, &store.Error{Kind: store.ErrForbidden, What: b.Actor + " may not", Safe: nothingChanged}
	}
	return l.Store.Append(ctx, b)
}
