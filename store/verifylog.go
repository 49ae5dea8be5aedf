package store

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet.example/stet/annotations"
)

// examined is a stored record after the work that needs no other record.
type examined struct {
	rec    []byte // without its hash
	below  []byte // what the log says lies below the act that begins here, if it does
	hash   annotations.Hash
	proven bool
	block  annotations.Hash // root of the tree over the block that begins here, where one does
	*detail
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

// blockSize is how many leaves of the tree are hashed together, away from the one
// goroutine that must see every record in order. A seal within a block undoes that.
const blockSize = 64

// perChunk is how many records are looked at at once: whole blocks.
const perChunk = 4 * perRead

// log proves every record by its hash, follows the chains, grows the tree and
// folds the events. Hashing and decoding, which is most of the work, runs ahead
// on all processors; the fold takes the records in order.
func (v *verifier) log(ctx context.Context) error {
	seals, err := v.s.sealSizes(ctx)
	if err != nil {
		return err
	}
	v.due = seals
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	used, pos := make(rooms, 4), uint64(0)
	for c := range v.ahead(ctx, used) {
		if c.err != nil {
			return c.err
		}
		if len(c.recs) == 0 {
			v.r.add("log", "ends at event %d of %d", pos, v.total)
		}
		for some := range slices.Chunk(c.recs, blockSize) {
			done := v.turns.take()
			for i := range some {
				giveWay(i)
				v.leaf(some, i)
				pos++
				v.event(pos, &some[i])
			}
			done()
		}
		v.progress(pos, v.total)
		used.put(c.recs)
	}
	for pos := range v.below {
		v.r.add(fmt.Sprintf("event %d", pos), "has an act below it, and begins none")
	}
	return ctx.Err()
}

// chunk is some records in order, or why there are none.
type chunk struct {
	pos   uint64 // of the one before the first
	raw   [][]byte
	below map[int][]byte
	recs  []examined
	err   error
}

// ahead reads the log and examines it, each ahead of the next.
func (v *verifier) ahead(ctx context.Context, used rooms) <-chan chunk {
	read, done := make(chan chunk, 1), make(chan chunk, 2)
	send := func(to chan<- chunk, c chunk) bool {
		select {
		case to <- c:
			return true
		case <-ctx.Done():
			return false
		}
	}
	go func() {
		defer close(read)
		for pos := uint64(0); pos < v.total; {
			done := v.turns.take()
			c := chunk{pos: pos}
			c.raw, c.below, c.err = v.s.logged(ctx, pos, int(min(perChunk, v.total-pos)))
			done()
			if !send(read, c) || c.err != nil || len(c.raw) == 0 {
				return
			}
			pos += uint64(len(c.raw))
		}
	}()
	go func() {
		defer close(done)
		for c := range read {
			c.recs = v.s.examine(c.pos, c.raw, v.depth, &v.turns, used.get(len(c.raw), v.depth))
			for i, b := range c.below {
				c.recs[i].below = b
			}
			if !send(done, c) {
				return
			}
		}
	}()
	return done
}

// leaf adds the i-th record of a chunk to the tree, or the whole block that begins
// with it, and notes the root where there is a seal to compare it with.
func (v *verifier) leaf(recs []examined, i int) {
	first := v.tree.size
	switch {
	case v.added > 0: // with its block
		v.added--
		return
	case first%blockSize == 0 && len(recs)-i >= blockSize && (len(v.due) == 0 || v.due[0] >= first+blockSize):
		v.tree.addPerfect(recs[i].block, blockSize)
		v.added = blockSize - 1
	default:
		v.tree.add(recs[i].hash)
	}
	if len(v.due) > 0 && v.due[0] == v.tree.size {
		v.roots, v.due = append(v.roots, sizedRoot{v.tree.size, v.tree.root()}), v.due[1:]
	}
}

// giveWay lets others run now and then in a long loop, so that a save need not
// wait for a processor until the scheduler takes one away from the loop.
func giveWay(i int) {
	if i%8 == 7 {
		runtime.Gosched()
	}
}

// rooms keeps what chunks were examined in: they are large.
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

// turns are what the parts of a check take while somebody saves: then one of them
// works at a time, and leaves the other processors to those who save. They may be
// nil: then all work at once.
type turns struct {
	mu     sync.Mutex
	needed func() bool
}

func (t *turns) take() (done func()) {
	if t == nil || !t.needed() {
		return func() {}
	}
	t.mu.Lock()
	began := time.Now() //nolint:forbidigo // a stopwatch, not a date
	return func() {
		time.Sleep(time.Since(began)) // a check is in no hurry: half of a processor is left, too
		t.mu.Unlock()
	}
}

// examine proves records and looks into them, the first of which is that after
// pos. It returns out, which is empty and has room for as many. A check, which has
// turns, begins where a block does, and whole blocks are hashed.
func (s *shared) examine(pos uint64, recs [][]byte, d depth, t *turns, out []examined) []examined {
	workers := min(runtime.GOMAXPROCS(0), (len(recs)+blockSize-1)/blockSize)
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			q := quick{words: map[string]string{}, skim: d == skims}
			for {
				first := (int(next.Add(1)) - 1) * blockSize
				if first >= len(recs) {
					return
				}
				end := min(first+blockSize, len(recs))
				done := t.take()
				for i := first; i < end; i++ {
					giveWay(i)
					s.look(&q, pos+uint64(i)+1, recs[i], d, &out[i])
				}
				if t != nil && end-first == blockSize {
					out[first].block = perfectRoot(out[first:end])
				}
				done()
			}
		})
	}
	all.Wait()
	return out
}

// look examines one record.
func (s *shared) look(q *quick, pos uint64, rec []byte, d depth, x *examined) {
	if x.rec, x.hash, x.proven = proven(rec); !x.proven || d == bare {
		return
	}
	x.enc, x.err = s.codec.decodeWith(q, pos, rec, &x.event, &x.said)
}

// perfectRoot is the root of the tree over the hashes of as many records as a
// power of two.
func perfectRoot(recs []examined) annotations.Hash {
	var level [blockSize]tlog.Hash
	for i := range recs {
		level[i] = tlog.Hash(recs[i].hash)
	}
	for n := len(recs) / 2; n > 0; n /= 2 {
		for i := range n {
			level[i] = tlog.NodeHash(level[2*i], level[2*i+1])
		}
	}
	return annotations.Hash(level[0])
}

func (v *verifier) event(pos uint64, x *examined) {
	where := func() string { return fmt.Sprintf("event %d", pos) }
	if !x.proven {
		v.r.add(where(), "was changed: it does not hash to the hash it carries")
		v.broken = true
		if x.rec != nil { // so that those after it are not blamed
			article, seq, _ := chainOf(x.rec)
			v.heads[article] = annotations.Head{N: seq, Hash: x.hash}
		}
		return
	}
	if storeOf(x.rec) != v.s.id {
		v.r.add(where(), "comes from another store")
	}
	article, seq, prev := chainOf(x.rec)
	if head := v.heads[article]; seq != head.N+1 || prev != head.Hash {
		v.r.add(where(), "breaks the chain of article %s at number %d", article, seq)
	}
	v.heads[article] = annotations.Head{N: seq, Hash: x.hash}
	if v.depth == bare {
		return
	}
	if x.err != nil {
		v.r.add(where(), "%v", x.err)
		v.broken = true
		return
	}
	e := &x.event
	standIns(e, &x.enc)
	v.act(e, where)
	if e.After != nil && e.After.Confidential != nil {
		v.secrets[e.After.Confidential.Digest] = *e.After.Confidential
	}
	if v.broken {
		return
	}
	v.apply(e, x.below, where)
}

// standIns puts in the place of what an event says something that is as good for
// the fold, which looks whether two annotations are equal and counts tags: what
// was skimmed, and all the rest of it as the bytes that a row of the state holds.
func standIns(e *annotations.Event, enc *encoded) {
	for _, x := range []struct {
		a   *annotations.Annotation
		raw []byte
	}{{e.Before, enc.before}, {e.After, enc.after}} {
		if x.a == nil {
			continue
		}
		if x.raw == nil {
			x.raw = appendAnnotation(nil, x.a, x.a.Codebook)
		}
		*x.a = annotations.Annotation{Tag: x.a.Tag, Codebook: x.a.Codebook, Confidential: x.a.Confidential, Unsure: x.a.Unsure, Note: string(x.raw)}
	}
}

// apply folds in an event, and looks whether what the log says of the person's
// lists is what comes out.
func (v *verifier) apply(e *annotations.Event, below []byte, where func() string) {
	list := func() []annotations.Done {
		h := v.state.Acts[e.Actor]
		switch {
		case h == nil:
			return nil
		case e.Mode == annotations.Undo:
			return h.Redo
		}
		return h.Undo
	}
	if below != nil {
		v.below[e.Pos] = positionIn(below)
	}
	before := len(list())
	if err := v.state.Apply(e); err != nil {
		v.r.add(where(), "%v", err)
		v.broken = true
		clear(v.below)
		return
	}
	v.links[e.Article] = append(v.links[e.Article], e.Pos)
	if after := list(); len(after) > before {
		want, first := uint64(0), after[before].First
		if before > 0 {
			want = after[before-1].First
		}
		if got, ok := v.below[first]; !ok || got != want {
			v.r.add(where(), "stands in %s's list above another act than the log says", annotations.Visible(e.Actor))
		}
		delete(v.below, first)
	}
}

// act follows the sessions, as receipts do. A salvaged log may have gaps, never
// a step back.
func (v *verifier) act(e *annotations.Event, where func() string) {
	w := v.writers[e.Act.Session]
	if w.n != e.Act.N {
		if e.Act.N < w.n {
			v.r.add(where(), "is act %d of its session, after act %d", e.Act.N, w.n)
		}
		w = written{n: e.Act.N, r: Receipt{First: e.Pos, Time: e.Time}}
	}
	w.r.Last = e.Pos
	v.writers[e.Act.Session] = w
}
