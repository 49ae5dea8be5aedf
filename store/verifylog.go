package store

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"stet.example/stet/annotations"
)

// log proves every record by its hash, follows the chains, grows the tree and
// folds the events. Hashing and decoding, which is most of the work, runs ahead
// on all processors; the fold takes the records in order.
func (v *verifier) log(ctx context.Context) error {
	seals, odd, err := v.s.sealSizes(ctx)
	if err != nil {
		return err
	}
	if odd > 0 {
		v.r.add("seals", "has %d keys that are no size", odd)
	}
	if err := v.ends(ctx); err != nil {
		return err
	}
	if v.due = seals; len(seals) > 0 && seals[0] == 0 {
		v.r.add("seal at 0", "there is nothing to seal before the first event")
		v.due = seals[1:]
	}
	used, pos := make(chan *chunk, 8), uint64(0)
	chunks := int((v.total + perChunk - 1) / perChunk)
	ordered(chunks, func() func(i int) *chunk {
		l := newLooker(&v.s.shared, v.depth)
		return func(i int) *chunk { return v.read(ctx, l, uint64(i)*perChunk, recycled(used)) }
	}, func(c *chunk) bool {
		if err = c.err; err != nil {
			return false
		}
		v.grow(c)
		for some := range slices.Chunk(c.recs, blockSize) {
			done, every := v.turns.take(), v.turns.every()
			for i := range some {
				giveWay(i, every)
				pos++
				v.event(pos, &some[i])
			}
			done()
		}
		v.progress(pos, v.total)
		if pos%perChunk != 0 && pos < v.total {
			v.r.add("log", "ends at event %d of %d", pos, v.total)
			return false
		}
		select {
		case used <- c:
		default:
		}
		return true
	})
	if err != nil {
		return err
	}
	v.acts()
	for id, s := range v.sessions {
		v.writers[id] = s.written
	}
	for _, pos := range slices.Sorted(maps.Keys(v.below)) {
		v.r.add(eventAt(pos), "has an act below it, and begins none")
	}
	return nil
}

// ends looks for what stands in the log before its first event or behind its last,
// where no other step of the check comes by.
func (v *verifier) ends(ctx context.Context) error {
	return v.s.read(ctx, func(t boltTx) error {
		c := t.bucket(bLog).Cursor()
		if k, _ := c.First(); k != nil && !bytes.Equal(k, u64(1)) {
			v.r.add("log", "begins with a key that is not that of event 1")
		}
		if k, _ := c.Seek(u64(v.total + 1)); k != nil && !v.moved(t) {
			v.r.add("log", "goes on after its last event, number %d", v.total)
		}
		return nil
	})
}

// grow adds a chunk to the tree, and notes the root where there is a seal to
// compare it with.
func (v *verifier) grow(c *chunk) {
	for from := 0; from < len(c.recs); {
		to := len(c.recs)
		if len(v.due) > 0 && v.due[0] < v.tree.size+uint64(to-from) {
			to = from + int(v.due[0]-v.tree.size)
		}
		v.tree.addSome(c.tree, from, to)
		if from = to; len(v.due) > 0 && v.due[0] == v.tree.size {
			v.roots, v.due = append(v.roots, sizedRoot{v.tree.size, v.tree.root()}), v.due[1:]
		}
	}
}

// giveWay lets others run now and then in a long loop, so that a save need not
// wait for a processor until the scheduler takes one away from the loop.
func giveWay(i, every int) {
	if i%every == every-1 {
		runtime.Gosched()
	}
}

// How many turns of a loop go by until others may run: while somebody saves, and
// while nobody does. Then it is still some twenty microseconds.
const (
	oftenEnough  = 8
	seldomEnough = 32
)

// turns are what the parts of a check take while somebody saves: then one of them
// works at a time, and leaves the other processors to those who save. They may be
// nil: then all work at once.
type turns struct {
	mu     sync.Mutex
	needed func() bool
}

// every is after how many turns of a loop others may run.
func (t *turns) every() int {
	if t.needed() {
		return oftenEnough
	}
	return seldomEnough
}

func (t *turns) take() (done func()) {
	if !t.needed() {
		return func() {}
	}
	t.mu.Lock()
	began := time.Now() //nolint:forbidigo // a stopwatch, not a date
	return func() {
		time.Sleep(2 * time.Since(began)) // a check is in no hurry: most of a processor is left, too
		t.mu.Unlock()
	}
}

// ordered does n pieces of work on all processors, each by a worker that begin
// makes, and hands the results to use one by one in their order, until it has
// enough. All workers have ended when it returns.
func ordered[T any](n int, begin func() (work func(i int) T), use func(T) (more bool)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	results, stop := make(chan chan T, 2*workers), make(chan struct{})
	var next struct {
		sync.Mutex
		i int
	}
	take := func() (i int, result chan T) {
		next.Lock()
		defer next.Unlock()
		if next.i == n {
			return 0, nil
		}
		result = make(chan T, 1)
		select {
		case results <- result:
		case <-stop:
			return 0, nil
		}
		next.i++
		return next.i - 1, result
	}
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			work := begin()
			for i, result := take(); result != nil; i, result = take() {
				result <- work(i)
			}
		})
	}
	go func() {
		all.Wait()
		close(results)
	}()
	for result := range results {
		if x := <-result; !use(x) {
			break
		}
	}
	close(stop)
	all.Wait()
}

// event takes in the next record: its place in its article's chain, and what it
// says.
func (v *verifier) event(pos uint64, x *examined) {
	if x.rec == nil {
		v.blame(pos, "was changed: it does not hash to the hash it carries")
		return
	}
	article, seq, prev := chainOf(x.rec)
	t := v.tallyOf(article)
	before := t.head
	t.head = annotations.Head{N: seq, Hash: x.hash} // of a changed one, too, so that those after it are not blamed
	if !x.proven {
		v.blame(pos, "was changed: it does not hash to the hash it carries")
		return
	}
	if storeOf(x.rec) != v.s.id {
		v.r.add(eventAt(pos), "comes from another store")
	}
	if !hasDate(timeOf(x.rec)) {
		v.r.add(eventAt(pos), "%v", errDate)
	}
	follows := seq == before.N+1 && prev == before.Hash
	if !follows {
		v.r.add(eventAt(pos), "breaks the chain of article %s at number %d", article, seq)
	}
	switch {
	case v.depth == bare:
	case x.detail != nil && x.err != nil:
		v.blame(pos, "%v", x.err)
	default:
		v.meaning(pos, x, t, before, follows)
	}
}

func eventAt(pos uint64) string { return fmt.Sprintf("event %d", pos) }

// blame notes a fault after which nothing can be said of what was made of the log.
func (v *verifier) blame(pos uint64, format string, args ...any) {
	v.r.add(eventAt(pos), format, args...)
	v.broken = true
}

// meaning folds in what an event says that follows on before in its chain, or does
// not, and looks whether what the log says of the person's lists is what comes out.
func (v *verifier) meaning(pos uint64, x *examined, t *tally, before annotations.Head, follows bool) {
	actor, sealed, reversible := x.actor, x.sealed, !x.merged || annotations.Mode(x.rec[2]) != annotations.Do
	if x.detail != nil {
		actor, reversible = x.event.Actor, x.event.Reversible()
		if x.event.After != nil {
			sealed = x.event.After.Confidential
		}
		v.names(&x.event, pos)
	}
	act := v.act(pos, x.rec)
	if sealed != nil {
		v.secrets[sealed.Digest] = *sealed
	}
	if v.broken {
		return
	}
	v.who(act, actor)
	if x.detail != nil || !follows || !v.annotate(t, x, pos, act) {
		if err := v.apply(t, x.whole(pos), before); err != nil {
			v.blame(pos, "%v", err)
			clear(v.below)
			return
		}
	}
	t.chain = append(t.chain, pos)
	first, below, grew := v.remember(actOf(x.rec), pos, annotations.Mode(x.rec[2]), reversible, act.person)
	said, known := x.below, x.begins
	if known && first != pos {
		v.below[pos] = x.below
	}
	if !grew {
		return
	}
	if first != pos {
		said, known = v.below[first]
		delete(v.below, first)
	}
	if !known || said != below {
		v.r.add(eventAt(pos), "stands in %s's list above another act than the log says", annotations.Visible(actor))
	}
}

// act follows the sessions, as receipts do. A salvaged log may have gaps, never
// a step back.
func (v *verifier) act(pos uint64, rec []byte) *session {
	act := actOf(rec)
	s := v.sessions[act.Session]
	if s == nil {
		s = &session{}
		v.sessions[act.Session] = s
	}
	if s.n != act.N {
		if act.N < s.n {
			v.r.add(eventAt(pos), "is act %d of its session, after act %d", act.N, s.n)
		}
		s.written = written{n: act.N, r: Receipt{First: pos, Time: time.UnixMicro(timeOf(rec)).UTC()}}
	}
	s.r.Last = pos
	return s
}
