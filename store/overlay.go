package store

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"stet.example/stet/annotations"
)

// overlay gathers what many events put, so that each key goes to the file once
// and in order: that is several times as fast as one by one, and fills pages.
// What changes often is kept decoded; while nothing fails it stays, because only
// one goroutine writes, and the next save mostly touches the same.
type overlay struct {
	values   map[string]map[string][]byte // by bucket: what few events put
	recs     [][]byte                     // records that are not in the file yet, up to position size
	below    map[uint64]uint64            // what lies below acts that begin there
	said     []keyed                      // rows of what was said of sentences, the latest of a key last
	links    hot[annotations.ArticleID, *links]
	written  hot[annotations.SessionID, written]
	tops     hot[string, undoTops]
	progress hot[rowID, annotations.Progress]
	rows     hot[rowID, storedRecord] // none is changed here: said has their bytes
	metas    hot[annotations.ArticleID, annotations.Meta]
	units    hot[unitKey, unitSeen] // these never change
	windows  hot[windowKey, string] // likewise
	crew     *annotations.Team      // nil: not looked up yet
	size     uint64                 // of the log
	last     time.Time
	n        int // puts since the last flush
}

// windowKey names a piece of a text.
type windowKey struct {
	text annotations.Hash
	from int
}

// rowID names a row of the state, as stateKey does.
type rowID struct {
	article  annotations.ArticleID
	sentence annotations.SentenceID
	reviewer string
}

func (r rowID) key() []byte { return stateKey(r.article, r.sentence, r.reviewer) }

// keyed is a key with its value, and its place in a list.
type keyed struct {
	k, v []byte
	i    int
}

// maxHot is how many decoded values of a kind are kept.
const maxHot = 1 << 12

// hot holds decoded values; those that the file does not have yet are changed.
type hot[K comparable, V any] struct {
	m       map[K]*warm[K, V]
	changed []*warm[K, V]
}

type warm[K comparable, V any] struct {
	k       K
	v       V
	changed bool
}

func (h *hot[K, V]) get(k K) (v V, ok bool) {
	if w := h.m[k]; w != nil {
		return w.v, true
	}
	return v, false
}

// at is the value of k, made where there is none.
func (h *hot[K, V]) at(k K) *warm[K, V] {
	w := h.m[k]
	if w == nil {
		if h.m == nil {
			h.m = map[K]*warm[K, V]{}
		}
		w = &warm[K, V]{k: k}
		h.m[k] = w
	}
	return w
}

func (h *hot[K, V]) keep(k K, v V) { h.at(k).v = v }

func (h *hot[K, V]) set(k K, v V) {
	w := h.at(k)
	if w.v = v; !w.changed {
		w.changed = true
		h.changed = append(h.changed, w)
	}
}

// flushed says that the file has everything now.
func (h *hot[K, V]) flushed() {
	for _, w := range h.changed {
		w.changed = false
	}
	clear(h.changed)
	h.changed = h.changed[:0]
	if len(h.m) > maxHot {
		h.m = nil
	}
}

func newOverlay() *overlay {
	o := &overlay{}
	o.clear()
	return o
}

// clear forgets everything, what was kept too.
func (o *overlay) clear() {
	*o = overlay{values: map[string]map[string][]byte{}, below: map[uint64]uint64{}}
	for _, name := range buckets() {
		o.values[name] = map[string][]byte{}
	}
}

// flushed says that the file has everything now. The bytes that were put are
// bbolt's until the commit: they are let go of, never used again.
func (o *overlay) flushed() {
	for name, m := range o.values {
		o.values[name] = emptied(m)
	}
	clear(o.recs)
	clear(o.said)
	o.recs, o.said, o.below, o.n = o.recs[:0], o.said[:0], emptied(o.below), 0
	o.links.flushed()
	o.written.flushed()
	o.tops.flushed()
	o.progress.flushed()
	o.rows.flushed()
	o.metas.flushed()
	o.units.flushed()
	o.windows.flushed()
}

// emptied is m without its entries. A map keeps its room; a large one is slow to
// clear.
func emptied[K comparable, V any](m map[K]V) map[K]V {
	if len(m) > maxHot {
		return map[K]V{}
	}
	clear(m)
	return m
}

// append adds a record to the log.
func (o *overlay) append(e *annotations.Event, rec []byte) {
	o.recs = append(o.recs, rec)
	o.size, o.last = e.Pos, e.Time
	o.n++
}

// stored is a record that is not in the file yet, or nil.
func (o *overlay) stored(pos uint64) []byte {
	first := o.size - uint64(len(o.recs)) + 1
	if pos < first || pos > o.size {
		return nil
	}
	return o.recs[pos-first]
}

// stored is the record at a position with its hash, or nil.
func (t boltTx) stored(pos uint64) []byte {
	if t.over != nil {
		if v := t.over.stored(pos); v != nil {
			return v
		}
	}
	return t.bucket(bLog).Get(u64(pos))
}

// get looks into the overlay first, if there is one. What is kept decoded there
// is the caller's to look for.
func (t boltTx) get(bucket string, k []byte) []byte {
	if t.over != nil {
		if v, ok := t.over.values[bucket][string(k)]; ok {
			return v
		}
	}
	if bucket == bState {
		if v := t.bucket(bLastRows).Get(k); v != nil {
			return v
		}
	}
	return t.bucket(bucket).Get(k)
}

// put adds a value to the overlay.
func (t boltTx) put(bucket string, k, v []byte) {
	t.over.values[bucket][string(k)] = v
	t.over.n++
}

// putNow writes a value, or adds it to the overlay if there is one.
func (t boltTx) putNow(bucket string, k, v []byte) error {
	if t.over != nil {
		t.put(bucket, k, v)
		return nil
	}
	return t.bucket(bucket).Put(k, v)
}

// flush writes what was gathered.
func (t boltTx) flush() error {
	o := t.over
	if o == nil || o.n == 0 {
		return nil
	}
	if err := t.flushLog(); err != nil {
		return err
	}
	if err := t.putRecent(bLastActs, bActs, actsRoom, o.acts()); err != nil {
		return err
	}
	if err := t.putRecent(bLastRows, bState, rowsRoom, o.state()); err != nil {
		return err
	}
	for _, name := range buckets() {
		if len(o.values[name]) == 0 || name == bState {
			continue
		}
		b := t.bucket(name)
		for _, k := range slices.Sorted(maps.Keys(o.values[name])) {
			if err := b.Put([]byte(k), o.values[name][k]); err != nil {
				return err
			}
		}
	}
	o.flushed()
	return nil
}

// flushLog writes the records and, beside them, which acts lie below theirs.
func (t boltTx) flushLog() error {
	o, b := t.over, t.bucket(bLog)
	first := o.size - uint64(len(o.recs)) + 1
	for i, rec := range o.recs {
		pos := first + uint64(i)
		if err := b.Put(u64(pos), rec); err != nil {
			return err
		}
		if below, ok := o.below[pos]; ok {
			if err := b.Put(belowKey(pos), u64(below)); err != nil {
				return err
			}
			delete(o.below, pos)
		}
	}
	for pos, below := range o.below { // acts that began before the last flush
		if err := b.Put(belowKey(pos), u64(below)); err != nil {
			return err
		}
	}
	return nil
}

// acts is the changed receipts and lists of people, in order.
func (o *overlay) acts() []keyed {
	out := make([]keyed, 0, len(o.written.changed)+len(o.tops.changed))
	for _, w := range o.written.changed {
		out = append(out, keyed{k: sessionKey(w.k), v: encodeWritten(w.v)})
	}
	for _, w := range o.tops.changed {
		out = append(out, keyed{k: personKey(w.k), v: encodeTops(w.v)})
	}
	return inOrder(out)
}

// state is the changed rows of the state, in order.
func (o *overlay) state() []keyed {
	out := slices.Grow(o.said, len(o.links.changed)+len(o.progress.changed)+len(o.values[bState]))
	for _, w := range o.links.changed {
		out = append(out, keyed{k: stateKey(w.k, 0, ""), v: encodeLinks(w.v)})
	}
	for _, w := range o.progress.changed {
		p := stored(w.v)
		out = append(out, keyed{k: w.k.key(), v: p.encode()})
	}
	for k, v := range o.values[bState] {
		out = append(out, keyed{k: []byte(k), v: v})
	}
	o.said = out // so that its room is used again
	return inOrder(out)
}

// inOrder sorts by key and keeps the last of each.
func inOrder(list []keyed) []keyed {
	for i := range list {
		list[i].i = i
	}
	slices.SortFunc(list, func(a, b keyed) int {
		if c := bytes.Compare(a.k, b.k); c != 0 {
			return c
		}
		return a.i - b.i
	})
	out := list[:0]
	for i, kv := range list {
		if i+1 == len(list) || !bytes.Equal(kv.k, list[i+1].k) {
			out = append(out, kv)
		}
	}
	return out
}
