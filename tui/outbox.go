package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
)

// entry is one act on its way to the store: changes of an article, or the
// newest act to be taken back or done again.
type entry struct {
	article annotations.ArticleID
	changes []annotations.Change
	words   string
	blobs   []string         // to be in the store first
	cut     []action.Piece   // the sentences that a cut makes
	revert  annotations.Mode // Undo or Redo; Do for an ordinary act
	batch   *store.Batch     // as it was sent, when it is not known whether it was stored
}

// settled is what became of an entry.
type settled struct {
	entry
	receipt  store.Receipt
	reverted []annotations.Event
	in       string // name of the article where something was taken back
	numbers  []int  // what people call the sentences there, from 1, in order
	behind   bool   // it was not tried, because what it stood on was refused
	err      error
}

// idle reports that there was nothing to take back, or to do again: a word for whoever
// asked, and no failure.
func (s *settled) idle() bool {
	return s.revert != annotations.Do && errors.Is(s.err, store.ErrNotFound)
}

// outbox keeps acts in the order in which Update made them, until they are on
// the disk. Commands of Bubble Tea run without order and are dropped at the end
// of the program; so whichever command comes first drains everything, one
// drain at a time, and the program drains once more after it has ended.
type outbox struct {
	store   store.Store
	session *store.Session
	rescue  string
	mu      sync.Mutex // guards pending, taken, stuck and refused
	pending []entry
	taken   int   // acts that are no longer pending: they are on the disk, or were refused
	stuck   error // set when the store cannot save; pending stays
	// refused is what acts were about that were not stored, by article, until that is
	// known: what was typed behind them was typed on what they said.
	refused map[annotations.ArticleID]*touched
	newest  bool       // the last act that was tried was refused
	writing sync.Mutex // held by the one drain that writes
	file    rescueFile
}

// add queues an act.
func (o *outbox) add(e entry) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pending = append(o.pending, e)
}

// waiting is how many acts are not on the disk yet.
func (o *outbox) waiting() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.pending)
}

// through is how many acts went through since the program began.
func (o *outbox) through() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.taken
}

// reverting reports whether something is to be taken back, or done again, that was not
// yet.
func (o *outbox) reverting() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.ContainsFunc(o.pending, func(e entry) bool { return e.revert != annotations.Do })
}

// queued are the changes of an article that are not on the disk yet, in order.
func (o *outbox) queued(id annotations.ArticleID) (list []annotations.Change) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, e := range o.pending {
		if e.article == id {
			list = append(list, e.changes...)
		}
	}
	return list
}

// drain saves what is queued, in order, and tells what became of each act. It
// stops at a disk that is full or failing: what is left stays queued, and is
// written to the rescue file.
func (o *outbox) drain(ctx context.Context) []settled {
	o.writing.Lock()
	defer o.writing.Unlock()
	var out []settled
	for {
		o.mu.Lock()
		if len(o.pending) == 0 {
			o.stuck = nil
			o.file.done()
			o.mu.Unlock()
			return out
		}
		e := o.pending[0]
		if o.behind(&e) {
			o.pending = o.pending[1:]
			o.taken++
			o.file.short = true
			o.mu.Unlock()
			out = append(out, leftBehind(e))
			continue
		}
		o.mu.Unlock()

		s := o.send(ctx, e)
		if isStuck(s.err) {
			o.mu.Lock()
			left := append([]entry(nil), o.pending...)
			o.mu.Unlock()
			stuck, err := s.err, o.save(left)
			if err != nil {
				s.err = fmt.Errorf("%w. The rescue file could not be written either: %w", s.err, err)
			}
			o.mu.Lock()
			o.stuck = stuck // what is said to be not saved stands in the file by now
			o.mu.Unlock()
			return append(out, s)
		}
		o.mu.Lock()
		o.pending = o.pending[1:]
		o.taken++
		if o.newest = false; s.err != nil && s.revert == annotations.Do {
			o.refuse(&e)
		}
		o.file.short = o.file.short || s.err != nil && !s.idle()
		o.mu.Unlock()
		out = append(out, s)
	}
}

// isStuck reports whether an act could not be saved and stays queued.
func isStuck(err error) bool {
	return errors.Is(err, store.ErrFull) || errors.Is(err, store.ErrPoisoned) || errors.Is(err, store.ErrUnknown) || errors.Is(err, store.ErrHeld)
}

// send asks the store to record an act. When the store cannot say whether it
// did, the same batch is kept to be sent again, so that it is stored once.
func (o *outbox) send(ctx context.Context, e entry) settled {
	s := settled{entry: e}
	for _, b := range e.blobs {
		if _, s.err = o.store.PutBlob(ctx, b); s.err != nil {
			return s
		}
	}
	if s.batch == nil {
		if s.batch, s.reverted, s.err = o.batch(ctx, e); s.err != nil {
			return s
		}
	}
	s.receipt, s.err = o.store.Append(ctx, *s.batch)
	switch {
	case errors.Is(s.err, store.ErrUnknown):
		o.mu.Lock()
		o.pending[0].batch = s.batch
		o.mu.Unlock()
	case s.err != nil:
		o.session.Failed(*s.batch)
		s.err = o.inNumbers(ctx, e.article, s.err)
	case len(s.reverted) > 0:
		s.in, s.numbers = o.where(ctx, s.reverted)
	}
	return s
}

// where is the name of the article that events are of, and the numbers by which
// people call their sentences now. What cannot be read is left out: the events are on
// the disk all the same.
func (o *outbox) where(ctx context.Context, events []annotations.Event) (name string, numbers []int) {
	sum, err := o.store.Summary(ctx, o.session.Actor, events[0].Article)
	if err != nil {
		return "", nil
	}
	if e := named(events); e.Kind == annotations.EventCut { // what is said of the parts goes with it
		events = []annotations.Event{*e}
	}
	text, seen := store.Read(ctx, o.store, &sum), map[annotations.SentenceID]bool{}
	for _, e := range events {
		if !e.Kind.Undoable() || seen[e.Sentence] {
			continue
		}
		seen[e.Sentence] = true
		if at := annotations.PlaceOf(text, e.Sentence); at >= 0 {
			numbers = append(numbers, at+1)
		}
	}
	if text.Fault() != nil {
		return sum.Name, nil
	}
	slices.Sort(numbers)
	return sum.Name, numbers
}

func (o *outbox) batch(ctx context.Context, e entry) (*store.Batch, []annotations.Event, error) {
	if e.revert != annotations.Do {
		b, events, err := store.Reverting(ctx, o.store, o.session, e.revert)
		if errors.Is(err, store.ErrConflict) {
			if _, was, wrong := o.store.Undoable(ctx, o.session.Actor, e.revert); wrong == nil && len(was) > 0 {
				err = o.inNumbers(ctx, was[0].Article, err)
			}
		}
		return &b, events, err
	}
	b := o.session.Batch(e.article, e.changes...)
	return &b, nil, nil
}
