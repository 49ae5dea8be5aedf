package attach

import (
	"context"
	"errors"
	"io"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// engine is what both an owner's store and a client can do.
type engine interface {
	store.Store
	store.Prover
}

var _ engine = (*client)(nil)

// Append implements [store.Store].
func (c *client) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	return requestAs[store.Receipt](ctx, c, mAppend, b, true, &pending{})
}

// PutBlob implements [store.Store].
func (c *client) PutBlob(ctx context.Context, data string) (annotations.Hash, error) {
	h := annotations.HashOf(data)
	if len(data) == 0 || len(data) > annotations.MaxText {
		return h, &store.Error{Kind: store.ErrInvalid, What: "a blob that is empty or too long", Safe: "Nothing was changed"}
	}
	if _, err := requestAs[annotations.Hash](ctx, c, mPutBlob, []byte(data), true, &pending{}); err != nil {
		return h, err
	}
	return h, nil
}

// CopyBlob implements [store.Store].
func (c *client) CopyBlob(ctx context.Context, w io.Writer, h annotations.Hash) error {
	for off := 0; ; off += blobPart {
		part, err := c.Blob(ctx, h, off, blobPart)
		if err == nil {
			_, err = io.WriteString(w, part)
		}
		if err != nil || len(part) < blobPart {
			return err
		}
	}
}

// Blob implements [store.Store]. Long ones are fetched in pieces; that is sound
// because a blob never changes.
func (c *client) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	var out strings.Builder
	for {
		want := blobPart
		if n >= 0 {
			want = min(want, n-out.Len())
		}
		part, err := request[[]byte](ctx, c, mBlob, blobArgs{Hash: h, Off: off + out.Len(), N: want}, &pending{})
		if err != nil {
			return "", err
		}
		if out.Write(part); len(part) < blobPart {
			return out.String(), nil
		}
	}
}

// Articles implements [store.Store].
func (c *client) Articles(ctx context.Context, reviewer string, after annotations.ArticleID, limit int) ([]store.Summary, error) {
	return request[[]store.Summary](ctx, c, mArticles, articlesArgs{Reviewer: reviewer, After: after, Limit: limit}, &pending{})
}

// List implements [store.Store].
func (c *client) List(ctx context.Context, by store.Order, after store.Listed, limit int) ([]store.Listed, error) {
	return request[[]store.Listed](ctx, c, mList, listArgs{By: by, After: after, Limit: limit}, &pending{})
}

// Revisions implements [store.Store].
func (c *client) Revisions(ctx context.Context, of annotations.ArticleID, limit int) ([]store.Listed, error) {
	return request[[]store.Listed](ctx, c, mRevised, revisedArgs{Of: of, Limit: limit}, &pending{})
}

// Lookup implements [store.Store].
func (c *client) Lookup(ctx context.Context, name string) (annotations.ArticleID, error) {
	return request[annotations.ArticleID](ctx, c, mLookup, name, &pending{})
}

// Summary implements [store.Store].
func (c *client) Summary(ctx context.Context, reviewer string, id annotations.ArticleID) (store.Summary, error) {
	return request[store.Summary](ctx, c, mSummary, summaryArgs{Reviewer: reviewer, ID: id}, &pending{})
}

// State implements [store.Store].
func (c *client) State(ctx context.Context, id annotations.ArticleID, from, to annotations.SentenceID, limit int) ([]store.Row, error) {
	return request[[]store.Row](ctx, c, mState, stateArgs{ID: id, From: from, To: to, Limit: limit}, &pending{})
}

// Events implements [store.Store].
func (c *client) Events(ctx context.Context, q store.Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	var ahead []byte // what was read before a damaged record
	p := &pending{push: func(b []byte) {
		if len(ahead)+len(b) <= maxBody {
			ahead = append(ahead, b...)
		}
	}}
	r, err := request[eventsResult](ctx, c, mEvents, eventsArgs{Query: q, After: after, Limit: limit}, p)
	switch {
	case err == nil:
		return r.Events, r.Next, nil
	case !errors.Is(err, store.ErrDamaged): // the answer may not have come, and more may be on its way
		return nil, after, err
	}
	if r, bad := decode[eventsResult](c.link.coding, ahead); bad == nil {
		return r.Events, r.Next, err
	}
	return nil, after, err // an owner of another version, which sends the failure alone
}

// Team implements [store.Store].
func (c *client) Team(ctx context.Context) (annotations.Team, error) {
	return request[annotations.Team](ctx, c, mTeam, none{}, &pending{})
}

// Evidence implements [store.Store].
func (c *client) Evidence(ctx context.Context, after annotations.EvidenceID, limit int) ([]annotations.Evidence, error) {
	return request[[]annotations.Evidence](ctx, c, mEvidence, evidenceArgs{After: after, Limit: limit}, &pending{})
}

// Item implements [store.Store].
func (c *client) Item(ctx context.Context, id annotations.EvidenceID) (annotations.Evidence, error) {
	return request[annotations.Evidence](ctx, c, mItem, id, &pending{})
}

// Secret implements [store.Store].
func (c *client) Secret(ctx context.Context, s annotations.Sealed) (string, error) {
	return request[string](ctx, c, mSecret, s, &pending{})
}

// Undoable implements [store.Store].
func (c *client) Undoable(ctx context.Context, actor string, mode annotations.Mode) (annotations.Done, []annotations.Event, error) {
	r, err := request[undoableResult](ctx, c, mUndoable, undoableArgs{Actor: actor, Mode: mode}, &pending{})
	return r.Done, r.Events, err
}

// SetPlace implements [store.Store].
func (c *client) SetPlace(reviewer string, p store.Place) error {
	_, err := requestAs[none](context.Background(), c, mSetPlace, placeArgs{Reviewer: reviewer, Place: p}, true, &pending{})
	return err
}

// Places implements [store.Store].
func (c *client) Places(reviewer string) (store.Place, map[annotations.ArticleID]annotations.SentenceID, error) {
	r, err := request[placesResult](context.Background(), c, mPlaces, reviewer, &pending{})
	return r.Last, r.By, err
}

// Seal implements [store.Store].
func (c *client) Seal(ctx context.Context) (store.Seal, error) {
	return requestAs[store.Seal](ctx, c, mSeal, none{}, true, &pending{})
}

// Seals implements [store.Store].
func (c *client) Seals(ctx context.Context, size uint64, limit int) ([]store.Seal, error) {
	return request[[]store.Seal](ctx, c, mSeals, fromArgs{From: size, Limit: limit}, &pending{})
}

// Stat implements [store.Store].
func (c *client) Stat(ctx context.Context) (store.Stat, error) {
	return request[store.Stat](ctx, c, mStat, none{}, &pending{})
}

// Records implements [store.Prover].
func (c *client) Records(ctx context.Context, after uint64, limit int) ([][]byte, error) {
	return request[[][]byte](ctx, c, mRecords, fromArgs{From: after, Limit: limit}, &pending{})
}

// Chain implements [store.Prover].
func (c *client) Chain(ctx context.Context, article annotations.ArticleID, after uint64, limit int) ([]uint64, error) {
	return request[[]uint64](ctx, c, mChain, chainArgs{Article: article, After: after, Limit: limit}, &pending{})
}

// Tail implements [store.Store]. It ends with the connection.
func (c *client) Tail(ctx context.Context, after uint64) <-chan uint64 {
	out, ends := make(chan uint64, 1), make(chan uint64, 1)
	ctx, stop := context.WithCancel(ctx)
	go func() {
		defer stop()
		// Only the newest end counts: an unread one gives way to the next.
		p := &pending{quiet: true, push: func(b []byte) {
			if at, err := decode[uint64](c.link.coding, b); err == nil {
				select {
				case <-ends:
				default:
				}
				ends <- at
			}
		}}
		request[none](ctx, c, mTail, after, p) //nolint:errcheck // the tail ends either way
	}()
	go func() {
		defer close(out)
		for {
			select {
			case at := <-ends:
				select {
				case out <- at:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Verify implements [store.Store].
func (c *client) Verify(ctx context.Context, tell func(done, total uint64)) (store.Report, error) {
	own, err := c.apart(ctx)
	if err != nil {
		return store.Report{}, err
	}
	p := &pending{push: func(b []byte) {
		if at, err := decode[progress](c.link.coding, b); err == nil && tell != nil {
			tell(at.Done, at.Total)
		}
	}}
	r, err := request[store.Report](ctx, own, mVerify, none{}, p)
	own.finish()
	return r, c.lostToo(err)
}

// Export implements [store.Store].
func (c *client) Export(ctx context.Context, w io.Writer, after uint64) (store.ExportInfo, error) {
	own, err := c.apart(ctx)
	if err != nil {
		return store.ExportInfo{}, err
	}
	var failed error
	p := &pending{push: func(b []byte) {
		if failed == nil {
			if _, failed = w.Write(b); failed != nil {
				own.Close() //nolint:errcheck // always nil
			}
		}
	}}
	info, err := request[store.ExportInfo](ctx, own, mExport, after, p)
	own.finish()
	if failed != nil {
		return info, failed
	}
	return info, c.lostToo(err)
}

// apart opens a connection for one long call.
func (c *client) apart(ctx context.Context) (*client, error) {
	select {
	case <-c.done:
		return nil, &lostError{cause: c.ended()}
	default:
	}
	own, err := c.again(ctx)
	if err != nil && ctx.Err() == nil {
		c.fail(err)
		return nil, &lostError{cause: err}
	}
	return own, err
}

// lostToo ends this connection when err says that the one apart was lost: whoever
// asks again waits until there is another than this.
func (c *client) lostToo(err error) error {
	if errors.As(err, new(*lostError)) {
		c.fail(err)
	}
	return err
}
