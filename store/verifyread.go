package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"runtime"
	"sync"
	"sync/atomic"

	"stet.example/stet/annotations"
	"stet.example/stet/store/lanes"
)

// examined is a stored record after the work that needs no other record.
type examined struct {
	rec     []byte // without its hash; in a check no more than its fixed fields
	hash    annotations.Hash
	proven  bool
	begins  bool   // an act begins here, and the log says
	below   uint64 // where the one below it begins, 0 for none
	change         // of an annotation, in a check
	*detail        // of anything else
}

// detail is what a record says.
type detail struct {
	event annotations.Event
	said  [2]annotations.Annotation // the event's, mostly
	enc   encoded
	err   error // of decoding
}

// depth is how much of a record is looked at.
type depth uint8

const (
	deep  depth = iota // the whole event
	skims              // what projections go by
	bare               // its hash
)

// blockSize is how many records are hashed at once.
const blockSize = 64

// perChunk is how many records are looked at by themselves, in one transaction. It
// is a power of two, so that the tree over them is a whole one.
const perChunk = perRead

// chunk is some records in order, or why there are none.
type chunk struct {
	recs   []examined
	leaves []annotations.Hash
	tree   levels // over leaves
	fixed  []byte // room for the records' fixed fields
	texts  []byte // room for what is said
	err    error
}

// recycled gives a chunk to fill.
func recycled(used <-chan *chunk) *chunk {
	select {
	case c := <-used:
		return c
	default:
		return &chunk{recs: make([]examined, perChunk), leaves: make([]annotations.Hash, perChunk), fixed: make([]byte, perChunk*recordFixed)}
	}
}

// read looks at the records after pos, as many as make a chunk.
func (v *verifier) read(ctx context.Context, l *looker, pos uint64, c *chunk) *chunk {
	done, every := v.turns.take(), v.turns.every()
	defer done()
	n := int(min(perChunk, v.total-pos))
	c.recs, c.leaves = c.recs[:n], c.leaves[:n]
	clear(c.recs)
	c.texts = c.texts[:0]
	got := 0
	c.err = v.s.read(ctx, func(t boltTx) (err error) {
		if l.values, err = v.s.stretch(t, pos, c.recs, l.values[:0]); err != nil {
			return err
		}
		got = len(l.values)
		for first := 0; first < got; first += blockSize {
			end := min(first+blockSize, got)
			l.prove(l.values[first:end], c.recs[first:end])
			for i := first; i < end; i++ {
				giveWay(i, every)
				c.take(l, pos, i)
			}
		}
		return nil
	})
	c.recs, c.leaves = c.recs[:got], c.leaves[:got]
	for i := range c.recs {
		c.leaves[i] = c.recs[i].hash
	}
	c.tree = c.tree.over(l.hasher, c.leaves)
	return c
}

// take looks at the i-th record of a chunk that begins after pos, and copies what is
// wanted of it: what is mapped may be another's when the transaction ends.
func (c *chunk) take(l *looker, pos uint64, i int) {
	x, value := &c.recs[i], l.values[i]
	if x.rec == nil {
		return
	}
	fixed := c.fixed[i*recordFixed:][:recordFixed]
	copy(fixed, x.rec)
	x.rec = fixed
	switch pos += uint64(i) + 1; {
	case !x.proven || l.depth == bare || l.glance(value, x, &c.texts):
	case annotations.EventKind(value[1]) == annotations.EventAnnotate:
		d := &detail{}
		if l.look(pos, value, d); d.err != nil {
			x.detail = &detail{err: d.err}
			return
		}
		x.change = change{actor: d.event.Actor, merged: d.event.Verb == annotations.VerbMerge, rev: d.event.Rev}
		x.change.take(&c.texts, &d.event, d.enc.before, d.enc.after)
	default:
		x.detail = &detail{}
		l.look(pos, value, x.detail)
		x.enc = encoded{}
	}
}

// glance reads a change of an annotation, if that can be done quickly; else it
// reports false.
func (l *looker) glance(value []byte, x *examined, texts *[]byte) bool {
	if value[0] != recordVersion || annotations.EventKind(value[1]) != annotations.EventAnnotate {
		return false
	}
	actor, b, ok := cutName(value[recordFixed : len(value)-hashSize])
	verb, b, ok2 := cutName(b)
	if !ok || !ok2 {
		return false
	}
	m := l.known(b)
	if m == nil {
		return false
	}
	x.change = m.change
	x.actor, x.merged = l.q.word(actor), string(verb) == annotations.VerbMerge
	for _, s := range [...]*said{&x.before, &x.after} {
		if s.there {
			at := len(*texts)
			*texts = append(*texts, s.raw...)
			s.raw, s.book = (*texts)[at:], annotations.Hash(value[104:136]) // were it another, quick would have given up
		}
	}
	return true
}

// memo is what a record said beyond its fixed fields and names, and how that was
// read.
type memo struct {
	rest []byte
	change
}

// memos is how many are kept. Many people say the same of a sentence.
const memos = 1 << 12

// known reads the CBOR part of a record, or remembers what it read there; it gives
// nil when that cannot be done quickly.
func (l *looker) known(rest []byte) *memo {
	if l.memos == nil {
		l.memos = make([]memo, memos)
	}
	m := &l.memos[maphash.Bytes(l.seed, rest)%memos]
	if len(rest) > 0 && bytes.Equal(m.rest, rest) {
		return m
	}
	e, said := &l.event, &l.said // of all that is read, only this is looked at
	e.Of, e.Rev, e.Before, e.After = annotations.Act{}, 0, nil, nil
	said[0], said[1] = annotations.Annotation{}, annotations.Annotation{}
	m.rest = append(m.rest[:0], rest...)
	l.q.b, l.q.bad, l.q.own = m.rest, false, annotations.Hash{}
	before, after, ok := l.q.rest(e, &said[0], &said[1])
	if !ok {
		m.rest = m.rest[:0]
		return nil
	}
	m.change = change{rev: e.Rev}
	m.before.set(e.Before, before)
	if m.after.set(e.After, after); m.after.there {
		m.sealed = e.After.Confidential
	}
	return m
}

// set sets s to an annotation of which the bytes are raw.
func (s *said) set(a *annotations.Annotation, raw []byte) {
	if a != nil {
		*s = said{there: true, unsure: a.Unsure, tag: a.Tag, raw: raw}
	}
}

// cutName cuts a name off the front of what follows a record's fixed fields.
func cutName(b []byte) (name, rest []byte, ok bool) {
	if len(b) == 0 || len(b) < 1+int(b[0]) {
		return nil, nil, false
	}
	n := 1 + int(b[0]) // as a byte 1+255 is 0
	return b[1:n], b[n:], true
}

// take sets c to what an event says of an annotation, of which the bytes may be
// known.
func (c *change) take(texts *[]byte, e *annotations.Event, before, after []byte) {
	c.before.take(texts, e.Before, before)
	if c.after.take(texts, e.After, after); c.after.there {
		c.sealed = e.After.Confidential
	}
}

// take sets s to an annotation, of which the bytes may be known: they are copied to
// the end of texts.
func (s *said) take(texts *[]byte, a *annotations.Annotation, raw []byte) {
	if a == nil {
		return
	}
	if raw == nil {
		raw = appendAnnotation(nil, a, a.Codebook)
	}
	at := len(*texts)
	*texts = append(*texts, raw...)
	*s = said{there: true, unsure: a.Unsure, tag: a.Tag, book: a.Codebook, raw: (*texts)[at:]}
}

// stretch lists the stored records after pos. For each with which an act begins it notes
// in out which act lies below that one, by the log.
func (s *Bolt) stretch(t boltTx, pos uint64, out []examined, values [][]byte) ([][]byte, error) {
	c := t.bucket(bLog).Cursor()
	for k, v := c.Seek(u64(pos + 1)); k != nil; k, v = c.Next() {
		n := len(values)
		next := pos + uint64(n) + 1
		switch {
		case len(k) == 9 && binary.BigEndian.Uint64(k) == next-1 && n > 0:
			out[n-1].begins, out[n-1].below = true, positionIn(v)
		case n == len(out):
			return values, nil
		case len(k) != 8 || binary.BigEndian.Uint64(k) != next:
			return values, damaged(s.path, fmt.Errorf("event %d is missing from the log", next))
		default:
			values = append(values, v)
		}
	}
	return values, nil
}

// looker is what one goroutine needs to look at records.
type looker struct {
	q      quick
	codec  codec
	depth  depth
	hasher *lanes.Hasher // made when there is something to hash side by side
	seed   maphash.Seed
	memos  []memo
	values [][]byte                  // room for a chunk
	event  annotations.Event         // for known
	said   [2]annotations.Annotation // likewise
	bodies [blockSize][]byte
	sums   [blockSize]annotations.Hash
}

func newLooker(s *shared, d depth) *looker {
	return &looker{q: quick{words: map[string]string{}, skim: d == skims}, codec: s.codec, depth: d, seed: maphash.MakeSeed()}
}

// prove splits a block of stored values into records and hashes, and checks the
// hashes.
func (l *looker) prove(values [][]byte, out []examined) {
	if len(values) == 1 {
		x := &out[0]
		x.rec, x.hash, x.proven = proven(values[0])
		return
	}
	if l.hasher == nil {
		l.hasher = lanes.New()
	}
	for i, v := range values {
		if l.bodies[i] = nil; len(v) >= recordFixed+2+hashSize && v[0] != 0 { // see proven
			l.bodies[i] = v[:len(v)-hashSize]
		}
	}
	lanes.Sums(l.hasher, l.sums[:len(values)], 0, l.bodies[:len(values)]) // tlog's record hash
	for i, v := range values {
		if x := &out[i]; l.bodies[i] != nil {
			x.rec, x.hash = l.bodies[i], annotations.Hash(v[len(v)-hashSize:])
			x.proven = x.hash == l.sums[i]
		}
	}
}

// look reads what a record says.
func (l *looker) look(pos uint64, value []byte, d *detail) {
	d.enc, d.err = l.codec.decodeWith(&l.q, pos, value, &d.event, &d.said)
}

// rooms keeps what records were examined in: they are large.
type rooms chan []examined

// get gives room for n records at a depth, which is always the same.
func (r rooms) get(n int, d depth) []examined {
	select {
	case old := <-r:
		if cap(old) >= n {
			old = old[:n]
			for i := range old {
				said := old[i].detail
				if said != nil {
					*said = detail{}
				}
				old[i] = examined{detail: said}
			}
			return old
		}
	default:
	}
	x := make([]examined, n)
	if d != bare {
		said := make([]detail, n)
		for i := range x {
			x[i].detail = &said[i]
		}
	}
	return x
}

func (r rooms) put(x []examined) {
	select {
	case r <- x:
	default:
	}
}

// examine proves records and looks into them, the first of which is that after
// pos. It returns out, which is empty and has room for as many.
func (s *shared) examine(pos uint64, recs [][]byte, d depth, out []examined) []examined {
	workers := min(runtime.GOMAXPROCS(0), (len(recs)+blockSize-1)/blockSize)
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			l := newLooker(s, d)
			for {
				first := (int(next.Add(1)) - 1) * blockSize
				if first >= len(recs) {
					return
				}
				end := min(first+blockSize, len(recs))
				l.prove(recs[first:end], out[first:end])
				for i := first; i < end; i++ {
					giveWay(i, oftenEnough)
					if out[i].proven && d != bare {
						l.look(pos+uint64(i)+1, recs[i], out[i].detail)
					}
				}
			}
		})
	}
	all.Wait()
	return out
}
