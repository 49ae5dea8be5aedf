package boltfile

import (
	"context"
	"encoding/binary"
)

const freelistChunk = 64 << 10 // bytes read at once

// freelist reads the freelist of page id into w.free and marks its pages as in
// use. After a flaw nothing of it is believed: w.free is empty, and its pages are not marked.
func (w *walker) freelist(id uint64) (*flaw, error) {
	h, fl := w.src.header(id)
	if fl == nil {
		fl = headerFlaw(h, id, min(w.limit, w.src.pages), w.src.pageSize, flagFreelist)
	}
	if fl != nil {
		return fl, nil
	}
	fl, err := w.freelistIDs(id, h)
	if fl != nil || err != nil {
		w.free = pageSet{}
		return fl, err
	}
	for p := id; p <= id+uint64(h.overflow); p++ {
		w.seen.add(p)
	}
	return nil, nil
}

// tooLong reports that a freelist of count entries has more pages than bbolt
// gives it: it reckons with the entries before the pages of the list itself are
// taken from them, and with one more for a long count.
func tooLong(count int64, h header, pageSize int) bool {
	pages := int64(h.overflow) + 1
	return pages > (headerSize+8*(count+pages+1))/int64(pageSize)+1
}

// freelistIDs reads the page numbers behind header h.
func (w *walker) freelistIDs(id uint64, h header) (*flaw, error) {
	s := w.src
	at := int64(id)*int64(s.pageSize) + headerSize
	room := (int64(h.overflow)+1)*int64(s.pageSize) - headerSize
	count := int64(h.count)
	if h.count == countInFirst {
		var b [8]byte
		if fl := s.full(b[:], at); fl != nil {
			return fl, nil
		}
		n := binary.NativeEndian.Uint64(b[:])
		if n > uint64(room/8-1) {
			return flawf(KindFreelist, "the freelist claims %d entries, more than it has room for", n), nil
		}
		if n < countInFirst {
			return flawf(KindFreelist, "the freelist keeps its count, %d, in the form for %d and more", n, countInFirst), nil
		}
		count, at = int64(n), at+8
	}
	if tooLong(count, h, s.pageSize) {
		return flawf(KindFreelist, "the freelist runs over %d pages, its %d entries need fewer", h.overflow+1, count), nil
	}
	var last uint64
	for count > 0 {
		if err := context.Cause(s.ctx); err != nil {
			return nil, err
		}
		n := min(count, freelistChunk/8)
		s.scratch = resize(s.scratch, int(n*8))
		if fl := s.full(s.scratch, at); fl != nil {
			return fl, nil
		}
		for b := s.scratch; len(b) > 0; b = b[8:] {
			p := binary.NativeEndian.Uint64(b)
			switch {
			case p < firstDataPage || p >= w.limit:
				return flawf(KindFreelist, "the freelist names page %d, outside the pages %d to %d in use", p, firstDataPage, w.limit), nil
			case p <= last:
				return flawf(KindFreelist, "the freelist names page %d after page %d: it is out of order", p, last), nil
			case p >= id && p-id <= uint64(h.overflow):
				return flawf(KindFreelist, "the freelist calls page %d free, which is its own", p), nil
			}
			if p < s.pages { // a file cut short: a claim beyond its end takes no memory
				w.free.add(p)
			}
			last = p
		}
		count, at = count-n, at+n*8
	}
	return nil, nil
}
