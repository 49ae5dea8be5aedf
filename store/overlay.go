package store

import (
	"time"

	"stet.example/stet/annotations"
)

// overlay gathers what many events put, so that each key goes to the file once
// and in order: that is several times as fast as one by one, and fills pages.
// What changes often is kept decoded; while nothing fails it stays, because only
// one goroutine puts, and the next save mostly touches the same.
//
// While one goroutine writes what was taken out of it, another may go on putting:
// what is on its way is looked up here until the file has it.
type overlay struct {
	next     *puts // since the last take
	going    *puts // on its way to the file, or nil
	spare    *puts // empty, or nil
	links    hot[annotations.ArticleID, *links]
	written  hot[annotations.SessionID, written]
	tops     hot[string, undoTops]
	progress hot[rowID, annotations.Progress]
	rows     hot[rowID, storedRecord] // none is changed here: the puts have their bytes
	metas    hot[annotations.ArticleID, annotations.Meta]
	units    hot[unitKey, unitSeen] // these never change
	windows  hot[windowKey, string] // likewise
	crew     *annotations.Team      // nil: not looked up yet
	size     uint64                 // of the log
	last     time.Time
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

// maxHot is how many decoded values of a kind are kept.
const maxHot = 1 << 12

// hot holds decoded values; those that were not taken out to be written are changed.
type hot[K comparable, V any] struct {
	m       map[K]*warm[K, V]
	changed []*warm[K, V]
	round   uint64 // how often values were taken out
}

type warm[K comparable, V any] struct {
	k     K
	v     V
	round uint64 // in which it was changed last, or 0
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
	if w.v = v; w.round <= h.round {
		w.round = h.round + 1
		h.changed = append(h.changed, w)
	}
}

// taken says that all that was changed was taken out.
func (h *hot[K, V]) taken() {
	h.round++
	clear(h.changed)
	h.changed = h.changed[:0]
}

// cool forgets what the file has, when there is much: all that was not changed
// after so many rounds.
func (h *hot[K, V]) cool(rounds uint64) {
	if len(h.m) <= maxHot {
		return
	}
	left := map[K]*warm[K, V]{}
	for k, w := range h.m {
		if w.round > rounds {
			left[k] = w
		}
	}
	h.m = left
}

func newOverlay() *overlay {
	o := &overlay{}
	o.clear()
	return o
}

// clear forgets everything, what was kept too.
func (o *overlay) clear() { *o = overlay{next: newPuts()} }

// take takes out what was put, in the order of the file. It can still be looked up
// here until it has arrived there; one at a time may be on its way.
func (o *overlay) take() *puts {
	p := o.next
	o.order(p)
	o.links.taken()
	o.written.taken()
	o.tops.taken()
	o.progress.taken()
	o.rows.taken()
	o.metas.taken()
	p.round = o.links.round
	if o.next, o.spare = o.spare, nil; o.next == nil {
		o.next = newPuts()
	}
	return p
}

// depart says that p, the last that was taken, is on its way. What was taken before
// has arrived.
func (o *overlay) depart(p *puts) { o.going = p }

// arrived says that the file has all that was on its way.
func (o *overlay) arrived() {
	p := o.going
	o.going = nil
	o.cool(p.round)
	p.empty()
	o.spare = p
}

// cool forgets what was not changed after so many rounds, where there is much of it.
func (o *overlay) cool(rounds uint64) {
	o.links.cool(rounds)
	o.written.cool(rounds)
	o.tops.cool(rounds)
	o.progress.cool(rounds)
	o.rows.cool(rounds)
	o.metas.cool(rounds)
	o.units.cool(rounds)
	o.windows.cool(rounds)
}

// append adds a record to the log.
func (o *overlay) append(e *annotations.Event, rec []byte) {
	o.next.recs = append(o.next.recs, rec)
	o.next.end, o.size, o.last = e.Pos, e.Pos, e.Time
	o.next.n++
}

// stored is a record that is not in the file yet, or nil.
func (o *overlay) stored(pos uint64) []byte {
	if rec := o.next.stored(pos); rec != nil || o.going == nil {
		return rec
	}
	return o.going.stored(pos)
}

// value is what was put at a key of a bucket and is not in the file yet.
func (o *overlay) value(bucket string, k []byte) (v []byte, ok bool) {
	if v, ok = o.next.values[bucket][string(k)]; ok || o.going == nil {
		return v, ok
	}
	v, ok = o.going.values[bucket][string(k)]
	return v, ok
}

// under is what lies below the act that begins at a position, when the file does not
// say it yet.
func (o *overlay) under(pos uint64) (below uint64, ok bool) {
	if below, ok = o.next.below[pos]; ok || o.going == nil {
		return below, ok
	}
	below, ok = o.going.below[pos]
	return below, ok
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
		if v, ok := t.over.value(bucket, k); ok {
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
	t.over.next.values[bucket][string(k)] = v
	t.over.next.n++
}

// putNow writes a value, or adds it to the overlay if there is one.
func (t boltTx) putNow(bucket string, k, v []byte) error {
	if t.over != nil {
		t.put(bucket, k, v)
		return nil
	}
	return t.bucket(bucket).Put(k, v)
}
