package store

import (
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"stet.example/stet/annotations"
)

// overlay gathers what many events put, so that each key goes to the file once
// and in order: that is several times as fast as one by one, and fills pages.
// What changes often is kept decoded; while nothing fails it stays, because only
// one goroutine writes, and the next save mostly touches the same.
type overlay struct {
	values   map[string]map[string][]byte // by bucket
	recs     [][]byte                     // records that are not in the file yet, up to position size
	below    map[uint64]uint64            // what lies below acts that begin there
	links    hot[annotations.ArticleID, *links]
	written  hot[annotations.SessionID, written]
	tops     hot[string, undoTops]
	progress hot[string, annotations.Progress] // by key in the state bucket
	rows     hot[string, storedRecord]         // likewise
	metas    hot[annotations.ArticleID, annotations.Meta]
	units    hot[unitKey, unitSeen] // these never change
	crew     *annotations.Team      // nil: not looked up yet
	size     uint64                 // of the log
	last     time.Time
	n        int // puts since the last flush
}

// maxHot is how many decoded values of a kind are kept.
const maxHot = 1 << 12

// hot holds decoded values; those that the file does not have yet are changed.
type hot[K comparable, V any] struct {
	m       map[K]V
	changed map[K]struct{}
}

func (h *hot[K, V]) get(k K) (V, bool) { v, ok := h.m[k]; return v, ok }

func (h *hot[K, V]) keep(k K, v V) {
	if h.m == nil {
		h.m, h.changed = map[K]V{}, map[K]struct{}{}
	}
	h.m[k] = v
}

func (h *hot[K, V]) set(k K, v V) {
	h.keep(k, v)
	h.changed[k] = struct{}{}
}

// flushed says that the file has everything now.
func (h *hot[K, V]) flushed() {
	if len(h.m) > maxHot {
		h.m = map[K]V{}
	}
	h.changed = emptied(h.changed)
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

// flushed says that the file has everything now.
func (o *overlay) flushed() {
	for name, m := range o.values {
		o.values[name] = emptied(m)
	}
	clear(o.recs) // the records themselves must not be kept
	o.recs, o.below, o.n = o.recs[:0], emptied(o.below), 0
	o.links.flushed()
	o.written.flushed()
	o.tops.flushed()
	o.progress.flushed()
	o.rows.flushed()
	o.metas.flushed()
	o.units.flushed()
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

// get looks into the overlay first, if there is one.
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
	if err := t.flushActs(); err != nil {
		return err
	}
	state := o.values[bState]
	for id := range o.links.changed {
		state[string(stateKey(id, 0, ""))] = encodeLinks(o.links.m[id])
	}
	for k := range o.progress.changed {
		p := stored(o.progress.m[k])
		state[k] = t.s.codec.progress(&p)
	}
	if err := t.s.encodeRows(&o.rows, state); err != nil {
		return err
	}
	if err := t.putRecent(bLastRows, bState, rowsRoom, state); err != nil {
		return err
	}
	for _, name := range buckets() {
		if len(o.values[name]) == 0 || name == bState {
			continue
		}
		b := t.bucket(name)
		for _, k := range sorted(o.values[name]) {
			if err := b.Put([]byte(k), o.values[name][k]); err != nil {
				return err
			}
		}
	}
	o.flushed()
	return nil
}

func sorted(m map[string][]byte) []string { return slices.Sorted(maps.Keys(m)) }

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

func (t boltTx) flushActs() error {
	o := t.over
	changed := make(map[string][]byte, len(o.written.changed)+len(o.tops.changed))
	for id := range o.written.changed {
		changed[string(sessionKey(id))] = encodeWritten(o.written.m[id])
	}
	for who := range o.tops.changed {
		changed[string(personKey(who))] = encodeTops(o.tops.m[who])
	}
	return t.putRecent(bLastActs, bActs, actsRoom, changed)
}

// encodeRows encodes changed rows into dst on all processors.
func (s *shared) encodeRows(rows *hot[string, storedRecord], dst map[string][]byte) error {
	if len(rows.changed) == 0 {
		return nil
	}
	keys := slices.Collect(maps.Keys(rows.changed))
	out, errs := make([][]byte, len(keys)), make([]error, len(keys))
	encode := func(first, step int) {
		for i := first; i < len(keys); i += step {
			r := rows.m[keys[i]]
			out[i], errs[i] = s.codec.row(&r)
		}
	}
	if workers := runtime.GOMAXPROCS(0); len(keys) < 32 {
		encode(0, 1)
	} else {
		var all sync.WaitGroup
		for w := range workers {
			all.Go(func() { encode(w, workers) })
		}
		all.Wait()
	}
	for i, k := range keys {
		if errs[i] != nil {
			return errs[i]
		}
		dst[k] = out[i]
	}
	return nil
}
