package store

import (
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
)

// When many save at once, most of a commit is work for a processor, and half of it
// needs no write transaction: so one group is made ready while the one before it is
// written. Nobody is answered before his own group is on the disk, and when one
// fails, so does what was built on it.

// prepared is a group that is ready to be written, or was.
type prepared struct {
	group   *group
	puts    *puts    // nil when nothing was changed
	tree    frontier // with what was put
	err     error
	done    chan struct{} // closed when it is on the disk, or never will be
	prepare time.Duration
	write   time.Duration
}

// commitAll commits what has queued up until nobody waits.
func (s *Bolt) commitAll() {
	var going *prepared
	for {
		if going != nil && !s.queue.full() {
			select {
			case <-s.queue.filled:
			case <-going.done:
				n := len(going.group.jobs)
				_ = s.settle(going) // who waited for it knows
				going = nil
				s.gather(n)
			}
			continue
		}
		g := s.queue.take()
		switch {
		case g == nil:
			return
		case len(g.jobs) < s.queue.relayed || !relays(g):
			_ = s.settle(going)
			going = nil
			s.commitGroup(g)
			s.gather(len(g.jobs))
		default:
			next := s.prepare(g)
			going = s.send(next, s.settle(going))
		}
	}
}

// relays reports whether a group can be made ready without a write transaction.
func relays(g *group) bool {
	for _, j := range g.jobs {
		if j.batch == nil {
			return false
		}
		for i := range j.batch.Changes {
			if j.batch.Changes[i].Kind == annotations.EventCut { // see recount
				return false
			}
		}
	}
	return true
}

// prepare carries out a group up to what must be written, on top of what is on its
// way. An error spoils the group.
func (s *Bolt) prepare(g *group) (p *prepared) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	p = &prepared{group: g, done: make(chan struct{})}
	begun := time.Now() //nolint:forbidigo // a stopwatch, not a date
	var tx *bolt.Tx
	defer func() {
		if r := recover(); r != nil {
			p.err = s.poisoned(fmt.Errorf("panic: %v", r))
			s.abandon(tx)
		}
		p.prepare = time.Since(begun) //nolint:forbidigo // a stopwatch, not a date
	}()
	if p.err = s.ready(); p.err != nil {
		return p
	}
	var err error
	if tx, err = s.begin(false); err != nil {
		p.err = s.failed(err)
		return p
	}
	p.tree = s.tree.clone()
	changed, fatal := s.carryOutAll(s.lookup(tx), g.jobs, &p.tree)
	if fatal != nil {
		p.err = s.unsound(fatal)
	}
	// Whoever writes may have to wait for this reader.
	if err := tx.Rollback(); p.err == nil {
		p.err = err
	}
	if changed && p.err == nil {
		p.puts = s.over.take()
	}
	return p
}

// send has a group written that was made ready, when what it builds on did not fail.
// It returns what is on its way, or nil.
func (s *Bolt) send(p *prepared, before error) *prepared {
	if before != nil {
		p.err = before
	}
	if p.err != nil {
		s.forget()
	}
	if p.err != nil || p.puts == nil {
		s.answer(p.group, p.err, false, 0)
		return nil
	}
	s.over.depart(p.puts)
	s.tree = p.tree
	go func() {
		defer close(p.done)
		begun := time.Now() //nolint:forbidigo // a stopwatch, not a date
		p.err = s.writeOut(p.puts)
		p.write = time.Since(begun) //nolint:forbidigo // a stopwatch, not a date
		s.answer(p.group, p.err, p.err == nil, p.tree.size)
	}()
	return p
}

// writeOut commits what was put.
func (s *Bolt) writeOut(p *puts) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	var tx *bolt.Tx
	defer func() {
		if r := recover(); r != nil {
			err = s.poisoned(fmt.Errorf("panic: %v", r))
			s.abandon(tx)
		}
	}()
	if tx, err = s.begin(true); err != nil {
		return s.failed(err)
	}
	t := boltTx{tx: tx, s: &s.shared}
	t.dense()
	if err := t.write(p); err != nil {
		return errors.Join(s.unsound(err), ignoreClosed(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return s.failed(err)
	}
	return nil
}

// settle waits until what is on its way, if anything, has arrived, or has not.
func (s *Bolt) settle(p *prepared) error {
	if p == nil {
		return nil
	}
	<-p.done
	if p.err != nil {
		s.forget()
		return p.err
	}
	s.over.arrived()
	s.wrote, s.sure = true, p.tree.size
	switch { // while the disk is waited for, a processor can make ready any number
	case p.write > 5*p.prepare:
		s.queue.allow(maxGroup)
	case p.write < 2*p.prepare:
		s.queue.allow(s.queue.relayed)
	}
	return nil
}
