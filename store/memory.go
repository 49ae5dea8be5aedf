package store

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"stet.example/stet/annotations"
)

// Memory is a store in memory: the model that other engines are tested
// against. It keeps the same promises but the durable one.
type Memory struct {
	mu      sync.Mutex
	id      StoreID
	clock   func() time.Time
	codec   codec
	closed  bool
	created time.Time
	state   *annotations.State
	log     [][]byte
	tree    frontier
	seals   []Seal
	blobs   map[annotations.Hash]string
	books   map[annotations.Hash]*annotations.Codebook
	secrets map[annotations.Hash]string
	names   map[string]annotations.ArticleID
	writers map[annotations.SessionID]written
	places  map[string]*placesOf
	moved   chan struct{} // closed and replaced at every append
}

// written is the newest act of a session and its receipt.
type written struct {
	n uint64
	r Receipt
}

type placesOf struct {
	last      Place
	byArticle map[annotations.ArticleID]annotations.SentenceID
}

// NewMemory makes an empty store with this identity.
func NewMemory(id StoreID, clock func() time.Time) (*Memory, error) {
	c, err := newCodec()
	if err != nil {
		return nil, err
	}
	return &Memory{
		id: id, clock: clock, codec: c, created: clock(), state: annotations.NewState(),
		blobs: map[annotations.Hash]string{}, books: map[annotations.Hash]*annotations.Codebook{},
		secrets: map[annotations.Hash]string{}, names: map[string]annotations.ArticleID{},
		writers: map[annotations.SessionID]written{}, places: map[string]*placesOf{}, moved: make(chan struct{}),
	}, nil
}

func (m *Memory) lock() (func(), error) {
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		return nil, errClosed()
	}
	return m.mu.Unlock, nil
}

func errClosed() error { return &Error{Kind: ErrClosed, What: "the store is closed"} }

// Append implements [Store].
func (m *Memory) Append(ctx context.Context, b Batch) (Receipt, error) {
	if err := ctx.Err(); err != nil {
		return Receipt{}, err
	}
	unlock, err := m.lock()
	if err != nil {
		return Receipt{}, err
	}
	defer unlock()
	if w, again, err := repeat(m.writers[b.Act.Session], &b); again || err != nil {
		return w, err
	}
	events, err := stamp((*memoryView)(m), &b, m.clock())
	if err != nil {
		return Receipt{}, err
	}
	recs, err := m.chain(events)
	if err != nil {
		return Receipt{}, err
	}
	next := m.state.Clone()
	for i := range events {
		if err := next.Apply(&events[i]); err != nil {
			return Receipt{}, &Error{Kind: ErrInvalid, What: "the change does not follow from the log", Safe: "Nothing was changed", Err: err}
		}
	}
	m.state = next
	m.log = append(m.log, recs...)
	for i := range events {
		m.settle(&events[i], &b.Changes[i])
	}
	r := Receipt{First: events[0].Pos, Last: events[len(events)-1].Pos, Time: events[0].Time}
	m.writers[b.Act.Session] = written{n: b.Act.N, r: r}
	close(m.moved)
	m.moved = make(chan struct{})
	return r, nil
}

// repeat answers a batch that is there already, and refuses one out of turn.
func repeat(w written, b *Batch) (Receipt, bool, error) {
	switch {
	case b.Act.N == w.n && w.n > 0:
		return w.r, true, nil
	case b.Act.N == w.n+1 || b.Act.N == 0:
		return Receipt{}, false, nil
	}
	return Receipt{}, false, conflict("act %d of session %s comes after act %d", b.Act.N, b.Act.Session, w.n)
}

func (m *Memory) chain(events []annotations.Event) ([][]byte, error) {
	prev := (*memoryView)(m).head(events[0].Article).Hash
	recs, total := make([][]byte, 0, len(events)), 0
	for i := range events {
		events[i].Prev = prev
		rec, err := m.codec.encode(m.id, &events[i])
		if err != nil {
			return nil, invalid("%v", err)
		}
		prev = events[i].Hash
		recs = append(recs, rec)
		total += len(rec)
	}
	if total > MaxBatch {
		return nil, invalid("a batch of %d bytes; the limit is %d", total, MaxBatch)
	}
	return recs, nil
}

func (m *Memory) settle(e *annotations.Event, c *annotations.Change) {
	m.tree.add(e.Hash)
	if m.tree.size%SealEvery == 0 {
		m.seals = append(m.seals, m.tree.sealAt(e.Time))
	}
	if e.Kind == annotations.EventImport {
		m.names[e.Meta.Name] = e.Article
	}
	if c.Secret != "" && e.Kind == annotations.EventAnnotate {
		m.secrets[e.After.Confidential.Digest] = c.Secret
	}
}

// PutBlob implements [Store].
func (m *Memory) PutBlob(ctx context.Context, data string) (annotations.Hash, error) {
	h := annotations.HashOf(data)
	if err := ctx.Err(); err != nil {
		return h, err
	}
	unlock, err := m.lock()
	if err != nil {
		return h, err
	}
	defer unlock()
	if len(data) == 0 || len(data) > annotations.MaxText {
		return h, invalid("a blob of %d bytes", len(data))
	}
	m.blobs[h] = strings.Clone(data)
	return h, nil
}

// Undoable implements [Store].
func (m *Memory) Undoable(ctx context.Context, actor string, mode annotations.Mode) (annotations.Done, []annotations.Event, error) {
	unlock, err := m.lock()
	if err != nil {
		return annotations.Done{}, nil, err
	}
	d, ok := m.state.Acts[actor].Top(mode)
	unlock()
	if !ok {
		return d, nil, nothingTo(mode)
	}
	events, _, err := m.Events(ctx, Query{}, d.First-1, d.Count)
	return d, events, err
}

func nothingTo(mode annotations.Mode) error {
	if mode == annotations.Redo {
		return notFound("there is nothing to redo")
	}
	return notFound("there is nothing to undo")
}

// Tail implements [Store].
func (m *Memory) Tail(ctx context.Context, after uint64) <-chan uint64 {
	out := make(chan uint64, 1)
	go func() {
		defer close(out)
		for {
			m.mu.Lock()
			size, moved := m.state.Size, m.moved
			m.mu.Unlock()
			if size > after {
				select {
				case out <- size:
					after = size
				case <-ctx.Done():
					return
				}
			}
			select {
			case <-moved:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// SetPlace implements [Store].
func (m *Memory) SetPlace(reviewer string, p Place) error {
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer unlock()
	at := m.places[reviewer]
	if at == nil {
		at = &placesOf{byArticle: map[annotations.ArticleID]annotations.SentenceID{}}
		m.places[reviewer] = at
	}
	at.last, at.byArticle[p.Article] = p, p.Sentence
	return nil
}

// Places implements [Store].
func (m *Memory) Places(reviewer string) (Place, map[annotations.ArticleID]annotations.SentenceID, error) {
	unlock, err := m.lock()
	if err != nil {
		return Place{}, nil, err
	}
	defer unlock()
	if at := m.places[reviewer]; at != nil {
		return at.last, maps.Clone(at.byArticle), nil
	}
	return Place{}, nil, nil
}

// Seal implements [Store].
func (m *Memory) Seal(context.Context) (Seal, error) {
	unlock, err := m.lock()
	if err != nil {
		return Seal{}, err
	}
	defer unlock()
	return m.sealNow(), nil
}

func (m *Memory) sealNow() Seal {
	if n := len(m.seals); n > 0 && m.seals[n-1].Size == m.tree.size {
		return m.seals[n-1]
	}
	s := m.tree.sealAt(m.clock())
	if s.Size > 0 {
		m.seals = append(m.seals, s)
	}
	return s
}

// Seals implements [Store].
func (m *Memory) Seals(_ context.Context, size uint64, limit int) ([]Seal, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	i, _ := slices.BinarySearchFunc(m.seals, size, func(s Seal, size uint64) int { return cmp.Compare(s.Size, size) })
	return slices.Clone(m.seals[i : i+min(len(m.seals)-i, max(limit, 0))]), nil
}

// Verify implements [Store].
func (m *Memory) Verify(ctx context.Context, progress func(done, total uint64)) (Report, error) {
	events, _, err := m.Events(ctx, Query{}, 0, int(^uint(0)>>1))
	if err != nil {
		return Report{}, err
	}
	unlock, err := m.lock()
	if err != nil {
		return Report{}, err
	}
	defer unlock()
	r := Report{Events: uint64(len(events)), Articles: len(m.names), Blobs: len(m.blobs)}
	var f frontier
	for i := range events {
		if _, h, ok := proven(m.log[i]); !ok || h != events[i].Hash {
			r.add(fmt.Sprintf("event %d", i+1), "does not hash to its hash")
		}
		f.add(events[i].Hash)
	}
	if _, err := annotations.Fold(events); err != nil {
		r.add("log", "%v", err)
	}
	if f.root() != m.tree.root() {
		r.add("log", "its tree has another root")
	}
	r.Seal = f.sealAt(m.clock())
	if progress != nil {
		progress(r.Events, r.Events)
	}
	return r, nil
}

// Export implements [Store].
func (m *Memory) Export(ctx context.Context, w io.Writer, after uint64) (ExportInfo, error) {
	return exportJournal(ctx, m, m.id, m.created, w, after)
}

// raw implements journaled.
func (m *Memory) raw(_ context.Context, after uint64, limit int) ([][]byte, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if after >= uint64(len(m.log)) {
		return nil, nil
	}
	return slices.Clone(m.log[after:min(uint64(len(m.log)), after+uint64(limit))]), nil
}

// Stat implements [Store].
func (m *Memory) Stat(context.Context) (Stat, error) {
	unlock, err := m.lock()
	if err != nil {
		return Stat{}, err
	}
	defer unlock()
	return Stat{ID: fmt.Sprintf("%x", m.id), Format: FormatVersion, Created: m.created, App: "memory", Events: m.state.Size}, nil
}

// Close implements [Store].
func (m *Memory) Close() error {
	unlock, err := m.lock()
	if err != nil {
		return nil //nolint:nilerr // closing twice is no error
	}
	defer unlock()
	m.sealNow()
	m.closed = true
	return nil
}
