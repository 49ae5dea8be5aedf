package boltfile

import "context"

// scan goes through the file once, page by page, and hands out the leaf pages
// that no tree led to. A page counts as a leaf when it stands where it says and
// says that it is one.
func (sv *salvager) scan() error {
	sv.stats.Scanned = true
	w := sv.w
	s := w.src
	w.limit, w.b, w.quiet, w.report = s.pages, nil, true, nil
	s.read = 0 // the scan has an allowance of its own
	perRead := max(1, uint64(drainChunk/s.pageSize))
	buf := make([]byte, 0)
	for at := uint64(firstDataPage); at < s.pages; at += perRead {
		if err := context.Cause(s.ctx); err != nil {
			return err
		}
		if w.tick != nil {
			sv.opts.Progress(at, s.pages)
		}
		n := min(perRead, s.pages-at)
		buf = resize(buf, int(n)*s.pageSize)
		whole := s.full(buf, int64(at)*int64(s.pageSize)) == nil
		for i := range n {
			var page []byte
			if whole {
				page = buf[int(i)*s.pageSize:][:s.pageSize]
			}
			if err := sv.candidate(at+i, page); err != nil {
				return err
			}
		}
	}
	return nil
}

// candidate looks at page id, whose bytes are page, or nil when the read of
// several failed and this one must be tried alone.
func (sv *salvager) candidate(id uint64, page []byte) error {
	w := sv.w
	if w.seen.has(id) {
		return nil
	}
	if page != nil {
		if h := readHeader(page); h.id != id || h.flags != flagLeaf || h.count == 0 {
			return nil
		}
	}
	sv.source = Orphan
	if w.free.has(id) {
		sv.source = Leftover
	}
	if w.src.exhausted() {
		return nil
	}
	n := &w.leaf
	fl := w.src.load(n, id, w.limit, nil)
	if len(n.buf) == 0 || n.id != id || n.flags != flagLeaf {
		return nil
	}
	var sh shape
	if fl == nil {
		sh, fl = n.verify(nil, nil, w.limit)
	}
	if fl != nil {
		w.seen.add(id)
		return sv.leaf(nil, n, true)
	}
	// The pages a sound leaf runs over are values: what looks like a page in
	// them is none.
	for p := id; p <= id+uint64((sh.end-1)/int64(w.src.pageSize)); p++ {
		w.seen.add(p)
	}
	return sv.leaf(nil, n, false)
}
