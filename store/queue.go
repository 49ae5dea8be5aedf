package store

import (
	"bytes"
	"context"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"stet.example/stet/annotations"
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
	done  chan struct{} // closed when it has its outcome
	outcome
}

// article is what a job is about; one that is no batch is about none.
func (j *job) article() (id annotations.ArticleID) {
	if j.batch != nil {
		id = j.batch.Article
	}
	return id
}

type outcome struct {
	receipt Receipt
	err     error
}

// group is the jobs that share a commit.
type group struct{ jobs []*job }

// queue holds the jobs that wait for the committer. There is one at a time:
// whoever comes when there is none does the work himself, which spares a lone
// reviewer two changes of goroutine; what has queued up meanwhile is left to the
// loop, which commits it together. So many share the price of a sync.
type queue struct {
	relayed int // see there; tests change it
	mu      sync.Mutex
	most    int                   // how many a group may have
	jobs    []*job                // in the order in which they came
	swept   annotations.ArticleID // see sweep
	busy    bool                  // there is a committer
	wake    chan struct{}         // holds one: go on with what has queued up
	filled  chan struct{}         // holds one: there is enough for a group
}

func newQueue() queue {
	return queue{relayed: relayed, most: maxGroup, wake: make(chan struct{}, 1), filled: make(chan struct{}, 1)}
}

// add has j wait, and reports whether the caller is the committer now.
func (q *queue) add(j *job) (lead bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.jobs = append(q.jobs, j); len(q.jobs) == q.most {
		select {
		case q.filled <- struct{}{}:
		default:
		}
	}
	lead, q.busy = !q.busy, true
	return lead
}

// withdraw takes j back, and reports whether that was in time.
func (q *queue) withdraw(j *job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.jobs, j)
	if i >= 0 {
		q.jobs = slices.Delete(q.jobs, i, i+1)
	}
	return i >= 0
}

// take is the next group, or nil, and then there is no committer any more.
func (q *queue) take() *group {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch n := len(q.jobs); {
	case n == 0:
		q.busy = false
		return nil
	case n > q.most:
		q.sweep()
	}
	n := min(q.most, len(q.jobs))
	g := &group{jobs: slices.Clone(q.jobs[:n])}
	q.jobs = slices.Delete(q.jobs, 0, n)
	return g
}

// sweep brings what waits into the order of the articles, from the one on after
// which the last group ended: those who work on the same article then share a
// commit, and most of the pages that each would write by himself. It goes round like
// a hand of a clock, so that everybody's turn comes, and leaves the jobs of one
// article in the order in which they came.
func (q *queue) sweep() {
	later := func(id annotations.ArticleID) bool { return bytes.Compare(id[:], q.swept[:]) <= 0 }
	slices.SortStableFunc(q.jobs, func(a, b *job) int {
		x, y := a.article(), b.article()
		switch {
		case later(x) == later(y):
			return bytes.Compare(x[:], y[:])
		case later(x):
			return 1
		}
		return -1
	})
	q.swept = q.jobs[q.most-1].article()
}

// full reports whether the next group is as large as it may be.
func (q *queue) full() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.jobs) >= q.most
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
	if q.busy = len(q.jobs) > 0; q.busy {
		q.wake <- struct{}{}
	}
}

// waiting is how many jobs wait.
func (q *queue) waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.jobs)
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
	j.done = make(chan struct{})
	if s.queue.add(j) {
		s.commitGroup(s.queue.take())
		s.queue.hand()
	}
	select {
	case <-j.done:
	case <-ctx.Done():
		if s.queue.withdraw(j) {
			return outcome{}, ctx.Err()
		}
		<-j.done
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
		close(j.done)
	}
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
