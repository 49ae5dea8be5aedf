package boltfile

import (
	"bytes"
	"context"
)

// frame is a branch page whose children are being walked.
type frame struct {
	n         node
	next      int    // the child to enter
	low, high []byte // the range the page's own parent gives; they live in frames below
	damaged   bool   // the page has a flaw: its children must prove themselves (salvage)
}

// collector receives what a salvaging walk can read.
type collector interface {
	// leaf gets a page whose entries are sound, or, with damaged set, one where each must be tested.
	leaf(b *bucket, n *node, damaged bool) error
	// inline gets the page inside an inline bucket.
	inline(b *bucket, n *node) error
}

// counts is what a walk has seen.
type counts struct {
	branches, leaves, overflow      uint64
	buckets, inlineBuckets, records uint64
	depth                           int
}

// walker visits all pages a commit reaches, each once. Buckets are walked one
// after another, not inside each other, so that the pages held are those of one path.
type walker struct {
	src     *source
	limit   uint64 // pages are numbered below this
	seen    pageSet
	free    pageSet
	spare   pageSet // when salvaging: pages that belong to a node which does not need them
	report  func(Problem)
	collect collector // nil when only checking
	quiet   bool      // pages seen before are no news: another commit shares them
	tick    func()    // called once in a while; may be nil

	leaf      node
	frames    []frame
	top       int // frames in use
	todo      []*bucket
	b         *bucket
	leafDepth int // of the first leaf of b; 0 before it
	loads     uint64
	tangled   bool // the walk was given up because it went in circles
	counts    counts
}

// walk visits everything below page root. The error is the context's or the collector's.
func (w *walker) walk(root uint64) error {
	w.todo = append(w.todo[:0], &bucket{root: root})
	for len(w.todo) > 0 {
		w.b = w.todo[len(w.todo)-1]
		w.todo[len(w.todo)-1] = nil
		w.todo = w.todo[:len(w.todo)-1]
		w.counts.buckets++
		if err := w.bucket(); err != nil {
			return err
		}
		if w.tangled {
			return nil
		}
	}
	return nil
}

// bucket walks the pages of w.b in the order of their keys.
func (w *walker) bucket() error {
	w.top, w.leafDepth = 0, 0
	if err := w.enter(w.b.root, nil, nil, false); err != nil {
		return err
	}
	for w.top > 0 && !w.tangled {
		f := &w.frames[w.top-1]
		if f.next >= f.n.entries() {
			w.top--
			continue
		}
		i := f.next
		f.next++
		low, high, ok := f.childRange(i)
		if !ok {
			continue // only in a damaged page: what lies below is found by other ways
		}
		if err := w.enter(f.n.element(i).child, low, high, f.damaged); err != nil {
			return err
		}
	}
	return nil
}

// childRange gives the keys child i may hold. In a page without flaw it always can.
func (f *frame) childRange(i int) (low, high []byte, ok bool) {
	if low, ok = f.keyAt(i); !ok {
		return nil, nil, false
	}
	high = f.high
	if i+1 < f.n.entries() {
		if high, ok = f.keyAt(i + 1); !ok {
			if !f.damaged {
				return nil, nil, false
			}
			high = f.high
		}
	}
	return low, high, true
}

// keyAt returns the key of entry i; a branch page lies in its buffer as a whole.
func (f *frame) keyAt(i int) ([]byte, bool) {
	e := f.n.element(i)
	if e.ksize == 0 || e.ksize > maxKeySize || e.end() > int64(len(f.n.buf)) {
		return nil, false
	}
	return f.n.buf[e.off:e.end()], true
}

// enter visits page id, which must hold keys of [low, high). Below a damaged
// branch (salvage only) a page is accepted when its first key is the one the
// branch has for it.
func (w *walker) enter(id uint64, low, high []byte, doubtful bool) error {
	if err := w.breathe(); err != nil || w.tangled {
		return err
	}
	if id < firstDataPage || id >= w.limit {
		w.problem(w.parentPage(), low, high, flawf(KindPointer, "a pointer leads to page %d, outside the pages %d to %d in use", id, firstDataPage, w.limit))
		return nil
	}
	n := &w.leaf
	fl := w.src.load(n, id, w.limit, &w.seen)
	if w.seen.has(id) {
		if !w.quiet {
			w.problem(id, low, high, flawf(KindShared, "page %d is used in two places", id))
		}
		return nil
	}
	var sh shape
	if fl == nil {
		sh, fl = n.verify(low, high, w.limit)
	}
	if doubtful && (fl != nil || !bytes.Equal(sh.first, low)) {
		return nil
	}
	if fl != nil {
		w.problem(id, low, high, fl)
		return w.flawed(n, id, low, high, fl)
	}
	if sh.seam != nil {
		w.problem(id, low, high, sh.seam)
	}
	if sh.warn != nil {
		w.warn(id, low, high, sh.warn)
	}
	w.claim(n, sh, low, high)
	if n.flags == flagBranch {
		w.counts.branches++
		w.push(low, high, false)
		return nil
	}
	w.counts.leaves++
	return w.soundLeaf(n, sh, low, high)
}

// flawed takes from a page with a flaw what can be taken when salvaging, and
// marks it as dealt with when checking.
func (w *walker) flawed(n *node, id uint64, low, high []byte, fl *flaw) error {
	if w.collect == nil {
		if id < w.src.pages {
			w.seen.add(id)
		}
		return nil
	}
	if fl.kind == KindPlace || len(n.buf) == 0 {
		return nil // sound, or unreadable: the scan of all pages will tell
	}
	if (n.id != id || n.flags != flagBranch && n.flags != flagLeaf) && !w.mend(n, id, low, high) {
		return nil
	}
	switch n.flags {
	case flagBranch:
		w.seen.add(id)
		w.push(low, high, true)
	case flagLeaf:
		w.seen.add(id)
		return w.collect.leaf(w.b, n, true)
	}
	return nil
}

// mend tries whether n is the page wanted with only its header hurt: whether its
// bytes, read as a leaf or as a branch of one page, are sound and begin with the
// very key the parent has.
func (w *walker) mend(n *node, id uint64, low, high []byte) bool {
	n.id, n.overflow, n.span = id, 0, int64(w.src.pageSize)
	n.buf = n.buf[:w.src.pageSize]
	for _, flags := range [...]uint16{flagLeaf, flagBranch} {
		n.flags = flags
		sh, fl := n.verify(low, high, w.limit)
		if fl == nil && n.count > 0 && (low == nil || bytes.Equal(sh.first, low)) {
			return true
		}
	}
	return false
}

// push makes the page in w.leaf the innermost frame.
func (w *walker) push(low, high []byte, damaged bool) {
	if w.top >= maxDepth {
		w.problem(w.leaf.id, low, high, flawf(KindDepth, "the tree is more than %d levels deep", maxDepth))
		return
	}
	if w.top == len(w.frames) {
		// Ranges point into the frames' page buffers, not into the frames, so
		// that moving the frames does not harm them.
		w.frames = append(w.frames, frame{})
	}
	f := &w.frames[w.top]
	w.top++
	f.n, w.leaf = w.leaf, f.n
	f.next, f.low, f.high, f.damaged = 0, low, high, damaged
	w.counts.depth = max(w.counts.depth, w.top+1)
}

// claim marks the page and its overflow as in use. When salvaging, a page that
// the records do not need, as older versions left one, is not claimed: a flip in
// the overflow must not hide the page behind.
func (w *walker) claim(n *node, sh shape, low, high []byte) {
	last := n.id + uint64(n.overflow)
	if w.collect != nil {
		if used := n.id + uint64((sh.end-1)/int64(w.src.pageSize)); used < last {
			w.spare.add(last)
			last = used
		}
	}
	var twice, free bool
	for id := n.id; id <= last; id++ {
		if id&(1<<20-1) == 0 && w.src.ctx.Err() != nil {
			return // the walk ends for it soon enough
		}
		twice = !w.seen.add(id) || twice
		free = free || w.free.has(id)
	}
	w.counts.overflow += uint64(n.overflow)
	if twice && !w.quiet {
		w.problem(n.id, low, high, flawf(KindShared, "page %d or one of the %d that follow it is used in two places", n.id, n.overflow))
	}
	if free && !w.quiet {
		w.problem(n.id, low, high, flawf(KindFreeInUse, "page %d is in use, yet the freelist calls it or a page that follows it free: the next save would write over it", n.id))
	}
}

// soundLeaf counts what a leaf holds and takes note of its buckets.
func (w *walker) soundLeaf(n *node, sh shape, low, high []byte) error {
	depth := w.top + 1
	w.counts.depth = max(w.counts.depth, depth)
	if w.leafDepth == 0 {
		w.leafDepth = depth
	} else if w.leafDepth != depth {
		w.problem(n.id, low, high, flawf(KindDepth, "this leaf is %d levels deep, others of the bucket are %d", depth, w.leafDepth))
	}
	records := int(n.count) - sh.buckets
	w.counts.records += uint64(records)
	if w.b.parent == nil && records > 0 {
		w.problem(n.id, low, high, flawf(KindBucket, "the list of buckets holds an entry that is no bucket"))
	}
	if w.collect != nil {
		if err := w.collect.leaf(w.b, n, false); err != nil {
			return err
		}
	} else if fl := n.drain(); fl != nil {
		w.problem(n.id, low, high, fl)
	}
	if sh.buckets == 0 {
		return nil
	}
	for i := range int(n.count) {
		if e := n.element(i); e.flags == bucketFlag {
			fl, err := w.bucketEntry(n, e)
			if err != nil {
				return err
			}
			if fl != nil {
				w.problem(n.id, low, high, fl)
			}
		}
	}
	return nil
}

// breathe looks at the context and at the amount of work done.
func (w *walker) breathe() error {
	if w.src.exhausted() && !w.tangled {
		w.tangled = true
		w.problem(w.parentPage(), nil, nil, flawf(KindShared, "the pages lead in circles: the walk was given up after reading %d times the file", readFactor))
	}
	w.loads++
	if w.loads%ctxEveryPages != 1 {
		return nil
	}
	if w.tick != nil {
		w.tick()
	}
	return context.Cause(w.src.ctx)
}

func (w *walker) parentPage() uint64 {
	if w.top > 0 {
		return w.frames[w.top-1].n.id
	}
	return w.b.root
}

func (w *walker) problem(page uint64, low, high []byte, fl *flaw) { w.note(page, low, high, fl, false) }
func (w *walker) warn(page uint64, low, high []byte, fl *flaw)    { w.note(page, low, high, fl, true) }

func (w *walker) note(page uint64, low, high []byte, fl *flaw, warning bool) {
	if w.report == nil {
		return
	}
	w.report(Problem{
		Page: page, Kind: fl.kind, Warning: warning, Bucket: w.b.path(),
		Low: clip(low), High: clip(high), Text: fl.text, cause: fl.cause,
	})
}
