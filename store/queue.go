package store

import (
	"context"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// maxGroup bounds how many batches share one commit, and so how long the first
// of them waits.
const maxGroup = 256

// relayed is how many batches are enough to be made ready while others are written,
// and how many share a commit then. Fewer share the pages they touch with fewer.
const relayed = 128

// job is one request to the committer: a batch, or a function over a
// transaction of its own.
type job struct {
	batch *Batch
	after [][]byte // by change: its annotation without a codebook, encoded
	fn    func(t boltTx) error
	outcome
}

type outcome struct {
	receipt Receipt
	err     error
}

// group is the jobs that share a commit.
type group struct {
	jobs []*job
	done chan struct{} // closed when each has its outcome
}

// queue holds the jobs that wait for the committer. There is one at a time:
// whoever comes when there is none does the work himself, which spares a lone
// reviewer two changes of goroutine; what has queued up meanwhile is left to the
// loop, which commits it together. So many share the price of a sync.
type queue struct {
	relayed int // see there; tests change it
	mu      sync.Mutex
	most    int           // how many a group may have
	groups  []*group      // all but the last are full
	busy    bool          // there is a committer
	wake    chan struct{} // holds one: go on with what has queued up
	filled  chan struct{} // holds one: a group has become full
}

func newQueue() queue {
	return queue{relayed: relayed, most: maxGroup, wake: make(chan struct{}, 1), filled: make(chan struct{}, 1)}
}

// add puts j into a group, and reports whether the caller is the committer now.
func (q *queue) add(j *job) (g *group, lead bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if n := len(q.groups); n > 0 && len(q.groups[n-1].jobs) < q.most {
		g = q.groups[n-1]
	} else {
		g = &group{done: make(chan struct{})}
		q.groups = append(q.groups, g)
	}
	if g.jobs = append(g.jobs, j); len(g.jobs) == q.most {
		select {
		case q.filled <- struct{}{}:
		default:
		}
	}
	lead, q.busy = !q.busy, true
	return g, lead
}

// withdraw takes j back, and reports whether that was in time.
func (q *queue) withdraw(g *group, j *job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(g.jobs, j)
	if !slices.Contains(q.groups, g) || i < 0 {
		return false
	}
	g.jobs = slices.Delete(g.jobs, i, i+1)
	return true
}

// take is the next group, or nil, and then there is no committer any more.
func (q *queue) take() *group {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.groups) == 0 {
		q.busy = false
		return nil
	}
	g := q.groups[0]
	q.groups = slices.Delete(q.groups, 0, 1)
	return g
}

// full reports whether the next group is as large as it may be.
func (q *queue) full() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.groups) > 1 || len(q.groups) == 1 && len(q.groups[0].jobs) >= q.most
}

// allow sets how many a group may have.
func (q *queue) allow(most int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.most = most
}

// hand passes the committer's part on to the loop if anybody waits.
func (q *queue) hand() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy = len(q.groups) > 0; q.busy {
		q.wake <- struct{}{}
	}
}

// waiting is how many jobs wait.
func (q *queue) waiting() (n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, g := range q.groups {
		n += len(g.jobs)
	}
	return n
}

// update runs fn in a write transaction of the committer.
func (s *Bolt) update(ctx context.Context, fn func(t boltTx) error) error {
	out, err := s.submit(ctx, &job{fn: fn})
	if err != nil {
		return err
	}
	return out.err
}

// submit hands a job to the committer, or is it, and waits. A context that ends
// before the job was taken leaves nothing behind; after that the outcome is waited
// for, because it cannot be called back.
func (s *Bolt) submit(ctx context.Context, j *job) (outcome, error) {
	if err := ctx.Err(); err != nil {
		return outcome{}, err
	}
	s.closing.RLock()
	defer s.closing.RUnlock()
	if s.closed {
		return outcome{}, errClosed()
	}
	g, lead := s.queue.add(j)
	if lead {
		s.commitGroup(s.queue.take())
		s.queue.hand()
		return j.outcome, nil
	}
	select {
	case <-g.done:
	case <-ctx.Done():
		if s.queue.withdraw(g, j) {
			return outcome{}, ctx.Err()
		}
		<-g.done
	}
	return j.outcome, nil
}

// commitLoop goes on with what has queued up, and seals at the end.
func (s *Bolt) commitLoop() {
	defer close(s.done)
	for {
		select {
		case <-s.queue.wake:
			s.commitAll()
		case <-s.quit:
			s.sealAtClose()
			return
		}
	}
}

// gatherFor is how long those who were just answered are given to come back. It
// is less than a sync takes.
const gatherFor = 100 * time.Microsecond

// gather lets those who were just answered come back, so that they share the
// next commit with those who wait for it already: each page of it is then written
// once instead of twice. A few are not worth a wait.
func (s *Bolt) gather(answered int) {
	if answered < 8 {
		return
	}
	all, begun := min(answered+s.queue.waiting(), maxGroup), time.Now() //nolint:forbidigo // a stopwatch, not a date
	for s.queue.waiting() < all && time.Since(begun) < gatherFor {      //nolint:forbidigo // a stopwatch, not a date
		runtime.Gosched()
	}
}

// commitGroup commits a group by itself, when nothing is on its way.
func (s *Bolt) commitGroup(g *group) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	size := s.tree.size
	err := s.commit(g.jobs)
	s.answer(g, err, err == nil && s.tree.size != size, s.tree.size)
}

// answer tells those who wait for a group what became of it, and everybody else when
// the log has grown to a size.
func (s *Bolt) answer(g *group, err error, grew bool, size uint64) {
	for _, j := range g.jobs {
		// What a batch was refused over, if it was, is not there either. But one that is
		// in the file since long ago is not called unsaved: its number would be used again.
		if before := j.err == nil && j.receipt.Last > 0 && j.receipt.Last <= s.sure; err != nil && !before {
			j.outcome = outcome{err: err}
		}
	}
	close(g.done)
	if grew { // nobody waits for these
		s.saved.Store(time.Now().UnixNano()) //nolint:forbidigo // a stopwatch, not a date
		s.news.tell(size)
		s.mirror.poke()
	}
}

// savedLately reports whether somebody has saved just now, and so may again.
func (s *Bolt) savedLately() bool {
	return time.Now().UnixNano()-s.saved.Load() < int64(100*time.Millisecond) //nolint:forbidigo // a stopwatch, not a date
}
