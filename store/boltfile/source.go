package boltfile

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// flaw is what is wrong with one page, before it is known what the page holds.
type flaw struct {
	kind  Kind
	text  string
	cause error
}

func flawf(k Kind, format string, args ...any) *flaw {
	return &flaw{kind: k, text: fmt.Sprintf(format, args...)}
}

// source reads the pages of one file and counts what it read.
type source struct {
	ctx      context.Context
	r        io.ReaderAt
	size     int64
	pageSize int
	pages    uint64 // whole pages in the file
	read     int64  // bytes read so far
	scratch  []byte
}

func newSource(r io.ReaderAt, info Info) *source {
	return &source{ctx: context.Background(), r: r, size: info.Size, pageSize: info.PageSize, pages: info.Pages()}
}

// full reads exactly len(b) bytes at off; off and len(b) lie inside the file.
func (s *source) full(b []byte, off int64) *flaw {
	n, err := s.r.ReadAt(b, off)
	s.read += int64(max(n, 0))
	if n >= len(b) {
		return nil
	}
	page := off / int64(s.pageSize)
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &flaw{kind: KindTruncated, text: fmt.Sprintf("the file is cut short: it ends inside page %d", page), cause: err}
	}
	return &flaw{kind: KindUnreadable, text: fmt.Sprintf("reading page %d failed: %v", page, err), cause: err}
}

// exhausted reports that so much was read that the file's pages must lead in circles.
func (s *source) exhausted() bool { return s.read > readFactor*s.size+readAllowance }

// header reads the header of page id alone.
func (s *source) header(id uint64) (header, *flaw) {
	if id >= s.pages {
		return header{}, flawf(KindTruncated, "the file is cut short: it has %d pages, this is page %d", s.pages, id)
	}
	var b [headerSize]byte
	if fl := s.full(b[:], int64(id)*int64(s.pageSize)); fl != nil {
		return header{}, fl
	}
	return readHeader(b[:]), nil
}

// readUpTo reads at most n bytes at off, fewer where the file ends.
func readUpTo(r io.ReaderAt, off int64, n int, size int64) ([]byte, error) {
	if size-off < int64(n) {
		n = int(max(size-off, 0))
	}
	if n == 0 {
		return nil, nil
	}
	b := make([]byte, n)
	got, err := r.ReadAt(b, off)
	if got < n && err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return b[:max(got, 0)], nil
}

// headerFlaw tests a header found at page id against limit, the number of pages
// there may be, and the types wanted in this place.
func headerFlaw(h header, id, limit uint64, pageSize int, want ...uint16) *flaw {
	if h.id != id {
		switch {
		case h == header{}:
			return flawf(KindHeader, "page %d begins with zeros where its header should be", id)
		case h.legalType():
			return flawf(KindHeader, "page %d says it is page %d: another page stands in its place, or its header is damaged", id, h.id)
		}
		return flawf(KindHeader, "page %d has no page header", id)
	}
	ok := false
	for _, w := range want {
		ok = ok || h.flags == w
	}
	if !ok {
		return flawf(KindHeader, "page %d is a %s, which does not belong here", id, h.typeName())
	}
	if uint64(h.overflow) >= limit-min(id, limit) {
		return flawf(KindHeader, "page %d claims %d following pages, which end after the last page %d", id, h.overflow, limit)
	}
	need := int64(headerSize) + int64(h.count)*elementSize
	if h.flags == flagFreelist {
		need = headerSize
		if h.count != countInFirst {
			need += int64(h.count) * 8
		}
	}
	if need > (int64(h.overflow)+1)*int64(pageSize) {
		return flawf(KindHeader, "page %d claims %d entries, more than it has room for", id, h.count)
	}
	return nil
}

// node is a branch or leaf page with its overflow, or the page inside an inline bucket.
type node struct {
	header
	src    *source // nil for an inline bucket
	buf    []byte  // the first bytes of the page: all of it up to window
	span   int64   // bytes of the page with its overflow
	inline bool
	far    [3][]byte // keys outside buf, by turns, and the tail of the page
}

// load reads page id into n. On a flaw, n still holds the page's own bytes
// without overflow when they could be read, and len(n.buf) is 0 when not.
// Unless seen is nil, overflow of a page that is in it is not read.
func (s *source) load(n *node, id, limit uint64, seen *pageSet) *flaw {
	n.src, n.inline, n.span = s, false, int64(s.pageSize)
	n.buf = resize(n.buf, s.pageSize)
	if id >= s.pages {
		n.buf = n.buf[:0]
		return flawf(KindTruncated, "the file is cut short: it has %d pages, page %d is wanted", s.pages, id)
	}
	at := int64(id) * int64(s.pageSize)
	if fl := s.full(n.buf, at); fl != nil {
		n.buf = n.buf[:0]
		return fl
	}
	n.header = readHeader(n.buf)
	if fl := headerFlaw(n.header, id, min(limit, s.pages), s.pageSize, flagBranch, flagLeaf); fl != nil {
		return fl
	}
	if n.overflow == 0 || seen != nil && seen.has(id) {
		return nil
	}
	n.span = (int64(n.overflow) + 1) * int64(s.pageSize)
	if n.flags == flagBranch && n.span > max(window, int64(s.pageSize)) {
		n.span = int64(s.pageSize)
		return flawf(KindHeader, "page %d is a branch page of %d pages, more than keys can fill", id, n.overflow+1)
	}
	if n.span > int64(s.pageSize) {
		have := s.pageSize
		n.buf = resize(n.buf, int(min(n.span, max(window, int64(s.pageSize)))))
		if fl := s.full(n.buf[have:], at+int64(have)); fl != nil {
			n.buf, n.span = n.buf[:have], int64(have)
			return fl
		}
	}
	return nil
}

// resize returns b with length n, keeping its content and growing it when needed.
func resize(b []byte, n int) []byte {
	if n <= cap(b) {
		return b[:n]
	}
	grown := make([]byte, n)
	copy(grown, b)
	return grown
}

// bytes returns the n bytes at off of the page, from buf or read into into.
// The range must lie inside the span.
func (n *node) bytes(off, length int64, into *[]byte) ([]byte, *flaw) {
	if off+length <= int64(len(n.buf)) {
		return n.buf[off : off+length], nil
	}
	if n.src == nil || off+length > n.span {
		return nil, flawf(KindLayout, "bytes %d to %d lie outside the page", off, off+length)
	}
	*into = resize((*into)[:0], int(length))
	if fl := n.src.full(*into, int64(n.id)*int64(n.src.pageSize)+off); fl != nil {
		return nil, fl
	}
	return *into, nil
}

// drain reads the part of the page that buf does not hold, to prove that it can
// be read: bbolt would stop with a bus error there.
func (n *node) drain() *flaw {
	s := n.src
	for off := int64(len(n.buf)); off < n.span; off += drainChunk {
		if s.ctx.Err() != nil {
			return nil // the walk ends for it soon enough
		}
		s.scratch = resize(s.scratch, int(min(drainChunk, n.span-off)))
		if fl := s.full(s.scratch, int64(n.id)*int64(s.pageSize)+off); fl != nil {
			return fl
		}
	}
	return nil
}
