package store

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"stet.example/stet/annotations"
)

// examined is a stored record after the work that needs no other record.
type examined struct {
	rec    []byte // without its hash
	below  []byte // what the log says lies below the act that begins here, if it does
	hash   annotations.Hash
	proven bool
	event  annotations.Event
	err    error // of decoding
}

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
	type chunk struct {
		recs []examined
		err  error
	}
	ahead := make(chan chunk, 2)
	go func() {
		defer close(ahead)
		for pos := uint64(0); pos < v.total; {
			recs, below, err := v.s.logged(ctx, pos, int(min(4*perRead, v.total-pos)))
			out := chunk{recs: v.s.examine(pos, recs, v.bare), err: err}
			for i, b := range below {
				out.recs[i].below = b
			}
			select {
			case ahead <- out:
			case <-ctx.Done():
				return
			}
			if pos += uint64(len(recs)); err != nil || len(recs) == 0 {
				return
			}
		}
	}()
	pos := uint64(0)
	for c := range ahead {
		if c.err != nil {
			return c.err
		}
		if len(c.recs) == 0 {
			v.r.add("log", "ends at event %d of %d", pos, v.total)
		}
		for i := range c.recs {
			giveWay(i)
			pos++
			v.event(pos, &c.recs[i])
		}
		v.progress(pos, v.total)
	}
	for pos := range v.below {
		v.r.add(fmt.Sprintf("event %d", pos), "has an act below it, and begins none")
	}
	return ctx.Err()
}

// giveWay lets others run now and then in a long loop, so that a save need not
// wait for a processor until the scheduler takes one away from the loop.
func giveWay(i int) {
	if i%8 == 7 {
		runtime.Gosched()
	}
}

// examine proves and, unless bare, decodes records, the first of which is that
// after pos.
func (s *shared) examine(pos uint64, recs [][]byte, bare bool) []examined {
	out := make([]examined, len(recs))
	workers := min(runtime.GOMAXPROCS(0), len(recs))
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := w * len(recs) / workers; i < (w+1)*len(recs)/workers; i++ {
				x := &out[i]
				giveWay(i)
				if x.rec, x.hash, x.proven = proven(recs[i]); x.proven && !bare {
					x.event, x.err = s.codec.decode(pos+uint64(i)+1, recs[i])
				}
			}
		})
	}
	all.Wait()
	return out
}

func (v *verifier) event(pos uint64, x *examined) {
	v.tree.add(x.hash)
	if len(v.due) > 0 && v.due[0] == pos {
		v.roots, v.due = append(v.roots, sizedRoot{pos, v.tree.root()}), v.due[1:]
	}
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
	if v.bare {
		return
	}
	if x.err != nil {
		v.r.add(where(), "%v", x.err)
		v.broken = true
		return
	}
	e := &x.event
	v.act(e, where)
	if e.After != nil && e.After.Confidential != nil {
		v.secrets[e.After.Confidential.Digest] = *e.After.Confidential
	}
	if v.broken {
		return
	}
	v.apply(e, x.below, where)
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
