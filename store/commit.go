package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"stet.example/stet/annotations"
)

// Append implements [Store].
func (s *Bolt) Append(ctx context.Context, b Batch) (Receipt, error) {
	out, err := s.submit(ctx, &job{batch: &b, after: ahead(&b)})
	if err != nil {
		return Receipt{}, err
	}
	return out.receipt, out.err
}

// ahead encodes what can be encoded before it is the batch's turn: the committer
// is one, those who wait for it are many.
func ahead(b *Batch) [][]byte {
	if len(b.Changes) > MaxChanges {
		return nil // it will be refused
	}
	out := make([][]byte, len(b.Changes))
	for i := range b.Changes {
		if a := b.Changes[i].Annotation; a != nil {
			out[i] = appendAnnotation(nil, a, a.Codebook)
		}
	}
	return out
}

// commit carries out a group in one transaction. An error is everybody's; what
// concerns one batch alone goes to its outcome.
func (s *Bolt) commit(group []*job) (err error) {
	var tx *bolt.Tx
	defer func() {
		if r := recover(); r != nil {
			err = s.poisoned(fmt.Errorf("panic: %v", r))
			s.abandon(tx)
		}
		if err != nil {
			s.forget()
		}
	}()
	if err := s.ready(); err != nil {
		return err
	}
	if tx, err = s.begin(true); err != nil {
		return s.failed(err)
	}
	t := s.lookup(tx)
	t.dense()
	tree := s.tree.clone()
	changed, fatal := s.carryOutAll(t, group, &tree)
	if fatal != nil {
		return errors.Join(s.unsound(fatal), ignoreClosed(tx.Rollback()))
	}
	if !changed {
		return ignoreClosed(tx.Rollback())
	}
	if err := t.flush(); err != nil {
		return errors.Join(s.unsound(err), ignoreClosed(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return s.failed(err)
	}
	s.wrote = true
	s.tree, s.sure = tree, tree.size
	return nil
}

// ready says why nothing can be saved, or nil.
func (s *Bolt) ready() error {
	<-s.checked
	if s.damage != nil {
		return s.damage
	}
	if p := s.poison.Load(); p != nil {
		return p
	}
	if err := s.inPlace(); err != nil {
		return err
	}
	return s.loadTree()
}

// forget lets go of what was kept after a failure: it may not be what the file has.
// Nothing is on its way.
func (s *Bolt) forget() {
	s.tree, s.treeOK = frontier{}, false
	s.over.clear()
}

// lookup looks things up in a transaction and in what is not written yet.
func (s *Bolt) lookup(tx *bolt.Tx) boltTx {
	t := boltTx{tx: tx, s: &s.shared}
	if s.over.going == nil {
		s.over.cool(s.over.links.round) // batches that are refused leave behind what was looked up, too
		s.over.size, s.over.last = t.size()
	}
	t.over = s.over
	return t
}

// carryOutAll does a group's jobs. fatal spoils them all.
func (s *Bolt) carryOutAll(t boltTx, group []*job, tree *frontier) (changed bool, fatal error) {
	for _, j := range group {
		did, fatal := s.carryOut(t, j, tree)
		if fatal != nil {
			return false, fatal
		}
		changed = changed || did
	}
	return changed, nil
}

// inPlace stops this program when the file no longer stands under its name: what is
// written to a file that was deleted is gone when the program ends, and whoever opens
// the store by its name does not see it. Windows lets nobody move an open file.
func (s *Bolt) inPlace() error {
	if runtime.GOOS == "windows" {
		return nil
	}
	now, err := os.Stat(s.path)
	if err == nil && os.SameFile(now, s.file) || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	what := "was moved or deleted"
	if err == nil {
		what = "was moved or deleted, and there is another file in its place"
	}
	s.poison.CompareAndSwap(nil, &Error{
		Kind: ErrPoisoned, What: "the store " + s.path + " " + what + " while this program works on it",
		Safe: "What was saved before is in the file that was moved, or in its mirror; this change is not saved",
		Next: "Put the file back, or make it anew from its mirror (`stet restore` says how), then start stet again",
	})
	return s.poison.Load()
}

// abandon ends a transaction in which bbolt panicked. When that panics too, bbolt
// holds its own locks for good, and Close must not wait for them.
func (s *Bolt) abandon(tx *bolt.Tx) {
	defer func() {
		if recover() != nil {
			s.stuck.Store(true)
		}
	}()
	if tx != nil && ignoreClosed(tx.Rollback()) != nil {
		s.stuck.Store(true)
	}
}

func ignoreClosed(err error) error {
	if errors.Is(err, berrors.ErrTxClosed) {
		return nil
	}
	return err
}

// carryOut does one job within the group's transaction. fatal spoils the group.
func (s *Bolt) carryOut(t boltTx, j *job, tree *frontier) (did bool, fatal error) {
	if j.fn != nil {
		if err := t.flush(); err != nil {
			return false, err
		}
		return true, j.fn(boltTx{tx: t.tx, s: t.s})
	}
	b := j.batch
	r, again, err := repeat(t.written(b.Act.Session), b)
	if again || err != nil {
		j.outcome = outcome{receipt: r, err: err}
		return false, nil
	}
	if err := t.atEnd(b.Article, tree.size); err != nil {
		return false, err
	}
	events, err := stamp(t, b, s.clock())
	if err != nil {
		j.outcome = outcome{err: err}
		return false, nil
	}
	recs, err := t.chained(events, j.after)
	if err != nil {
		j.outcome = outcome{err: err}
		return false, nil
	}
	for i := range events {
		if events[i].Kind == annotations.EventCut { // see recount
			if err := t.flush(); err != nil {
				return true, err
			}
		}
		if err := t.project(&events[i], recs[i], b.Changes[i].Secret); err != nil {
			return true, err
		}
		tree.add(events[i].Hash)
		if tree.size%SealEvery == 0 {
			t.put(bSeals, u64(tree.size), encodeSeal(tree, events[i].Time))
		}
	}
	j.receipt = Receipt{First: events[0].Pos, Last: events[len(events)-1].Pos, Time: events[0].Time}
	return true, nil
}

// encoded is an event's record and, where they are at hand, the annotations in it
// by themselves, without a codebook that is the event's.
type encoded struct {
	rec, before, after []byte
	skimmed            bool // the event's annotations have only what projections go by
}

// encodedBefore is the annotation before e as it stands in the row that e
// replaces, when that row was kept from an earlier save.
func (t boltTx) encodedBefore(e *annotations.Event) []byte {
	if e.Before == nil || e.Before.Codebook != e.Codebook {
		return nil
	}
	row, ok := t.over.rows.get(rowID{e.Article, e.Sentence, e.Actor})
	if !ok || row.Rev+1 != e.Rev || row.Own != e.Codebook {
		return nil
	}
	return row.ann
}

// chained links events to the end of their article's chain and encodes them;
// after is the annotations among them as far as they are encoded.
func (t boltTx) chained(events []annotations.Event, after [][]byte) ([]encoded, error) {
	prev := t.head(events[0].Article).Hash
	recs, total := make([]encoded, len(events)), 0
	for i := range events {
		events[i].Prev = prev
		e := &events[i]
		known := encoded{before: t.encodedBefore(e)}
		if i < len(after) && e.After != nil && e.After.Codebook == e.Codebook {
			known.after = after[i]
		}
		var err error
		if recs[i], err = t.s.codec.encodeWith(t.s.id, e, known); err != nil {
			return nil, invalid("%v", err)
		}
		prev = e.Hash
		total += len(recs[i].rec)
	}
	if total > MaxBatch {
		return nil, invalid("a batch of %d bytes; the limit is %d", total, MaxBatch)
	}
	return recs, nil
}

// unsound says what a failure within a transaction means, before anything was
// written: what is in the file contradicts itself, and nothing more is written.
func (s *Bolt) unsound(err error) error {
	var known *Error
	if errors.As(err, &known) && known.Kind != ErrDamaged {
		return err
	}
	if known == nil {
		errors.As(damaged(s.path, err), &known)
	}
	s.poison.CompareAndSwap(nil, known)
	return known
}

// failed says what a failure of the disk means. Writing pages or growing the
// file failed for want of room: nothing of it counts, and later it may work. Any
// other failure leaves it unknown what is on the disk.
func (s *Bolt) failed(err error) error {
	if noRoom(err) {
		return &Error{
			Kind: ErrFull, What: "no room left to save to " + s.path, Safe: "What was saved before is safe, this change is not saved",
			Next: "Free some room and try again", Err: err,
		}
	}
	return s.poisoned(err)
}

// noRoom reports whether bbolt could not write or grow for want of room. Of a
// failure to grow it hands on the words alone; it happens before any page is
// written.
func noRoom(err error) bool {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Op == "write" && isFull(err)
	}
	words, growing := strings.CutPrefix(err.Error(), "file resize error: ")
	return growing && (strings.HasSuffix(words, syscall.ENOSPC.Error()) || strings.HasSuffix(words, errQuota().Error()) || strings.HasSuffix(words, syscall.EFBIG.Error()))
}

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, errQuota()) || errors.Is(err, syscall.EFBIG)
}

func (s *Bolt) poisoned(err error) error {
	e := &Error{
		Kind: ErrPoisoned, What: "the disk failed while saving to " + s.path,
		Safe: "What was shown as saved before is safe; it is not known whether the last change was saved, and this program writes no more",
		Next: "Look at the disk, then start stet again: it checks the file first", Err: err,
	}
	s.poison.CompareAndSwap(nil, e)
	return s.poison.Load()
}

// loadTree rebuilds the tree's edge from the last seal and the events since,
// and looks whether the heads agree with the last events.
func (s *Bolt) loadTree() error {
	if s.treeOK {
		return nil
	}
	var f frontier
	err := s.view(func(tx *bolt.Tx) error {
		t := boltTx{tx: tx, s: &s.shared}
		var err error
		if f, err = t.edge(); err != nil {
			return err
		}
		newest, err := t.newest(f.size)
		if err != nil {
			return err
		}
		return t.headsOf(newest, func() { s.lean.looked(tx) })
	})
	if err != nil {
		return damaged(s.path, err)
	}
	s.tree, s.treeOK, s.sure = f, true, f.size
	return nil
}

// sealAtClose signs off the log when there is anything new in it.
func (s *Bolt) sealAtClose() {
	if !s.wrote || s.poison.Load() != nil {
		return
	}
	// A seal that cannot be written is made at the next close; the log is whole.
	_ = s.seal()
}

func (s *Bolt) seal() error {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return s.commit([]*job{{fn: func(t boltTx) error {
		if s.tree.size == 0 || t.get(bSeals, u64(s.tree.size)) != nil {
			return nil
		}
		return t.putNow(bSeals, u64(s.tree.size), encodeSeal(&s.tree, s.clock()))
	}}})
}
