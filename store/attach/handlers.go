package attach

import (
	"bufio"
	"cmp"
	"context"
	"errors"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// handler carries out one method.
type handler struct {
	run    func(ctx context.Context, g *guest, m *message) ([]byte, error)
	write  bool // it changes the store: an owner that closes finishes it first
	silent bool // it waits for others, and says nothing meanwhile
}

// on makes the handler of a method that takes an A and gives an R.
func on[A, R any](fn func(ctx context.Context, st store.Store, a A) (R, error)) handler {
	return handler{run: func(ctx context.Context, g *guest, m *message) ([]byte, error) {
		a, err := decode[A](g.link.coding, m.Body)
		if err != nil {
			return nil, err
		}
		r, err := fn(ctx, g.s.st, a)
		if err != nil {
			return nil, err
		}
		return g.link.enc.Marshal(r)
	}}
}

func writing(h handler) handler {
	h.write = true
	return h
}

// handlers is the table of methods.
var handlers = map[method]handler{ //nolint:gochecknoglobals // a lookup table
	mAppend: writing(on(func(ctx context.Context, st store.Store, b store.Batch) (store.Receipt, error) {
		return st.Append(ctx, b)
	})),
	mPutBlob: writing(on(func(ctx context.Context, st store.Store, b []byte) (annotations.Hash, error) {
		return st.PutBlob(ctx, string(b))
	})),
	mBlob: on(func(ctx context.Context, st store.Store, a blobArgs) ([]byte, error) {
		n := a.N
		if n < 0 || n > blobPart {
			n = blobPart
		}
		s, err := st.Blob(ctx, a.Hash, a.Off, n)
		return []byte(s), err
	}),
	mArticles: on(func(ctx context.Context, st store.Store, a articlesArgs) ([]store.Summary, error) {
		return st.Articles(ctx, a.Reviewer, a.After, a.Limit)
	}),
	mList: on(func(ctx context.Context, st store.Store, a listArgs) ([]store.Listed, error) {
		return st.List(ctx, a.By, a.After, a.Limit)
	}),
	mRevised: on(func(ctx context.Context, st store.Store, a revisedArgs) ([]store.Listed, error) {
		return st.Revisions(ctx, a.Of, a.Limit)
	}),
	mLookup: on(func(ctx context.Context, st store.Store, name string) (annotations.ArticleID, error) {
		return st.Lookup(ctx, name)
	}),
	mSummary: on(func(ctx context.Context, st store.Store, a summaryArgs) (store.Summary, error) {
		return st.Summary(ctx, a.Reviewer, a.ID)
	}),
	mState: on(func(ctx context.Context, st store.Store, a stateArgs) ([]store.Row, error) {
		return st.State(ctx, a.ID, a.From, a.To, a.Limit)
	}),
	mEvents: {run: serveEvents},
	mTeam:   on(func(ctx context.Context, st store.Store, _ none) (annotations.Team, error) { return st.Team(ctx) }),
	mEvidence: on(func(ctx context.Context, st store.Store, a evidenceArgs) ([]annotations.Evidence, error) {
		return st.Evidence(ctx, a.After, a.Limit)
	}),
	mItem: on(func(ctx context.Context, st store.Store, id annotations.EvidenceID) (annotations.Evidence, error) {
		return st.Item(ctx, id)
	}),
	mSecret: on(func(ctx context.Context, st store.Store, s annotations.Sealed) (string, error) {
		return st.Secret(ctx, s)
	}),
	mUndoable: on(func(ctx context.Context, st store.Store, a undoableArgs) (r undoableResult, err error) {
		r.Done, r.Events, err = st.Undoable(ctx, a.Actor, a.Mode)
		return r, err
	}),
	mTail:  {run: serveTail, silent: true},
	mCrowd: {run: serveCrowd, silent: true},
	mStand: {run: serveStand},
	mSetPlace: writing(on(func(_ context.Context, st store.Store, a placeArgs) (none, error) {
		return none{}, st.SetPlace(a.Reviewer, a.Place)
	})),
	mPlaces: on(func(_ context.Context, st store.Store, who string) (r placesResult, err error) {
		r.Last, r.By, err = st.Places(who)
		return r, err
	}),
	mSeal: writing(on(func(ctx context.Context, st store.Store, _ none) (store.Seal, error) { return st.Seal(ctx) })),
	mSeals: on(func(ctx context.Context, st store.Store, a fromArgs) ([]store.Seal, error) {
		return st.Seals(ctx, a.From, a.Limit)
	}),
	mVerify: {run: serveVerify},
	mExport: {run: serveExport},
	mStat:   on(func(ctx context.Context, st store.Store, _ none) (store.Stat, error) { return st.Stat(ctx) }),
	mRecords: on(func(ctx context.Context, st store.Store, a fromArgs) ([][]byte, error) {
		p, err := proverOf(st)
		if err != nil {
			return nil, err
		}
		return p.Records(ctx, a.From, a.Limit)
	}),
	mChain: on(func(ctx context.Context, st store.Store, a chainArgs) ([]uint64, error) {
		p, err := proverOf(st)
		if err != nil {
			return nil, err
		}
		return p.Chain(ctx, a.Article, a.After, a.Limit)
	}),
}

// blobPart is how much of a blob one call asks for, in bytes.
const blobPart = 4 << 20

func proverOf(st store.Store) (store.Prover, error) {
	if p, ok := st.(store.Prover); ok {
		return p, nil
	}
	return nil, &store.Error{Kind: store.ErrInvalid, What: "the store's owner gives no proofs", Safe: "Nothing was changed"}
}

// serveEvents answers with events. What was read before a damaged record is pushed
// ahead of the failure, which comes alone.
func serveEvents(ctx context.Context, g *guest, m *message) ([]byte, error) {
	a, err := decode[eventsArgs](g.link.coding, m.Body)
	if err != nil {
		return nil, err
	}
	var r eventsResult
	r.Events, r.Next, err = g.s.st.Events(ctx, a.Query, a.After, a.Limit)
	body, bad := g.link.enc.Marshal(r)
	switch {
	case err == nil || bad != nil:
		return body, cmp.Or(err, bad)
	case errors.Is(err, store.ErrDamaged):
		if _, bad := (&pushWriter{g: g, id: m.ID}).Write(body); bad != nil {
			return nil, bad // which ends the connection
		}
	}
	return nil, err
}

// serveTail pushes new ends of the log until the client has enough.
func serveTail(ctx context.Context, g *guest, m *message) ([]byte, error) {
	after, err := decode[uint64](g.link.coding, m.Body)
	if err != nil {
		return nil, err
	}
	for at := range g.s.st.Tail(ctx, after) {
		if err := g.push(m.ID, at); err != nil {
			return nil, err
		}
	}
	return nil, ctx.Err()
}

func (g *guest) push(id uint64, v any) error {
	body, err := g.link.enc.Marshal(v)
	if err != nil {
		return err
	}
	return g.link.send(&message{Kind: kindPush, ID: id, Body: body}, writeWait)
}

// serveVerify checks the store and tells how far it is, ten times a second at
// most.
func serveVerify(ctx context.Context, g *guest, m *message) ([]byte, error) {
	var last progress
	told := now()
	r, err := g.s.st.Verify(ctx, func(done, total uint64) {
		last = progress{Done: done, Total: total}
		if done < total && now().Sub(told) < aliveEvery/4 {
			return
		}
		told = now()
		g.push(m.ID, last) //nolint:errcheck // the answer will tell
	})
	if err != nil {
		return nil, err
	}
	return g.link.enc.Marshal(r)
}

// serveExport streams a journal.
func serveExport(ctx context.Context, g *guest, m *message) ([]byte, error) {
	after, err := decode[uint64](g.link.coding, m.Body)
	if err != nil {
		return nil, err
	}
	// A journal is written in small frames: they travel together.
	out := bufio.NewWriterSize(&pushWriter{g: g, id: m.ID}, piece/2)
	info, err := g.s.st.Export(ctx, out, after)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return nil, err
	}
	return g.link.enc.Marshal(info)
}

// pushWriter sends what is written to it as pushes.
type pushWriter struct {
	g  *guest
	id uint64
}

// Write implements [io.Writer].
func (w *pushWriter) Write(b []byte) (int, error) {
	for at := 0; at < len(b); at += piece {
		m := &message{Kind: kindPush, ID: w.id, Body: b[at:min(len(b), at+piece)]}
		if err := w.g.link.send(m, streamWait); err != nil {
			return at, err
		}
	}
	return len(b), nil
}
