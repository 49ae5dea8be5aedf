package boltfile

import (
	"bytes"
	"encoding/binary"
)

// element is one entry of a branch or leaf page.
type element struct {
	flags        uint32 // leaf only
	off          int64  // where its key begins, from the start of the page
	ksize, vsize int64  // bytes; vsize is 0 on a branch
	child        uint64 // branch only
}

func (e element) end() int64 { return e.off + e.ksize + e.vsize }

// element decodes entry i; the element table up to i must lie inside n.buf.
func (n *node) element(i int) element {
	o := binary.NativeEndian
	at := headerSize + i*elementSize
	b := n.buf[at : at+elementSize]
	if n.flags == flagLeaf {
		return element{
			flags: o.Uint32(b),
			off:   int64(at) + int64(o.Uint32(b[4:])),
			ksize: int64(o.Uint32(b[8:])),
			vsize: int64(o.Uint32(b[12:])),
		}
	}
	return element{
		off:   int64(at) + int64(o.Uint32(b)),
		ksize: int64(o.Uint32(b[4:])),
		child: o.Uint64(b[8:]),
	}
}

// entries is the number of entries whose table lies inside n.buf.
func (n *node) entries() int {
	return max(0, min(int(n.count), (len(n.buf)-headerSize)/elementSize))
}

func (n *node) key(e element, into *[]byte) ([]byte, *flaw) {
	return n.bytes(e.off, e.ksize, into)
}

// shape is what verify learned about a page.
type shape struct {
	buckets int    // entries that are buckets
	warn    *flaw  // the first thing that is odd and harmless
	seam    *flaw  // its first key is not the parent's: wrong, yet all of it can be read
	end     int64  // the page's content ends here
	first   []byte // the first key; it lives as long as the page's bytes
}

// verify tests everything a branch or leaf page says about itself, and its keys
// against the range [low, high) its parent gives (nil: open). It returns the
// first flaw. One of kind KindPlace means that the page is sound in itself.
func (n *node) verify(low, high []byte, limit uint64) (shape, *flaw) {
	var sh shape
	count := int(n.count)
	sh.end = headerSize + int64(count)*elementSize
	if count > n.entries() {
		return sh, flawf(KindHeader, "the page claims %d records, more than it has room for", count)
	}
	if count < 2 && n.flags == flagBranch {
		return sh, flawf(KindHeader, "a branch page with %d children: bbolt keeps two at least, and stops when it finds fewer", count)
	}
	var prev []byte
	for i := range count {
		e := n.element(i)
		if fl := n.elementFlaw(i, e, sh.end, limit); fl != nil {
			return sh, fl
		}
		sh.end = e.end()
		key, fl := n.key(e, &n.far[i&1])
		if fl != nil {
			return sh, fl
		}
		if i == 0 {
			sh.first = key
			if n.src != nil && e.end() > int64(len(n.buf)) {
				sh.first = bytes.Clone(key)
			}
		} else if bytes.Compare(prev, key) >= 0 {
			return sh, flawf(KindOrder, "key %d, %s, does not come after the one before it, %s", i, keyString(key), keyString(prev))
		}
		prev = key
		if n.flags == flagLeaf {
			n.noteLeafEntry(&sh, i, e)
		}
	}
	if fl := n.endFlaw(&sh); fl != nil {
		return sh, fl
	}
	return sh, n.placeFlaw(&sh, prev, low, high)
}

// elementFlaw tests the numbers of entry i, whose bytes must begin at want.
func (n *node) elementFlaw(i int, e element, want int64, limit uint64) *flaw {
	switch {
	case e.off != want:
		return flawf(KindLayout, "record %d begins at byte %d of the page, where %d is right", i, e.off, want)
	case e.ksize == 0:
		return flawf(KindLayout, "record %d has an empty key", i)
	case e.ksize > maxKeySize:
		return flawf(KindLayout, "record %d has a key of %d bytes, more than bbolt allows", i, e.ksize)
	case e.end() > n.span:
		return flawf(KindLayout, "record %d ends at byte %d, outside the page of %d", i, e.end(), n.span)
	case e.flags > bucketFlag:
		return flawf(KindLayout, "record %d has the unknown flags 0x%x", i, e.flags)
	case n.flags == flagBranch && (e.child < firstDataPage || e.child >= limit || e.child == n.id):
		return flawf(KindPointer, "child %d leads to page %d, outside the pages %d to %d in use", i, e.child, firstDataPage, limit)
	case n.inline && e.flags == bucketFlag:
		return flawf(KindBucket, "record %d of an inline bucket is a bucket, which bbolt never stores so", i)
	}
	return nil
}

// noteLeafEntry counts buckets, and notices a plain value that is an inline
// bucket to the last byte: its flag was lost.
func (n *node) noteLeafEntry(sh *shape, i int, e element) {
	if e.flags == bucketFlag {
		sh.buckets++
		return
	}
	const least = bucketHeaderSize + headerSize
	if n.inline || e.vsize < least || e.vsize > int64(n.src.pageSize) || e.end() > int64(len(n.buf)) || sh.warn != nil {
		return
	}
	v := n.buf[e.off+e.ksize : e.end()]
	if binary.NativeEndian.Uint64(v) != 0 || binary.NativeEndian.Uint64(v[bucketHeaderSize:]) != 0 {
		return
	}
	if in, fl := inlineNode(v); fl == nil {
		if _, fl := in.verify(nil, nil, 0); fl == nil {
			sh.warn = flawf(KindBucket, "the value of record %d is an inline bucket in every byte, yet is not marked as one", i)
		}
	}
}

// endFlaw tests what follows the last record: room for nothing more, and zeros.
func (n *node) endFlaw(sh *shape) *flaw {
	if n.inline {
		if sh.end != n.span {
			return flawf(KindLayout, "the inline bucket ends at byte %d of its value's %d", sh.end, n.span)
		}
		return nil
	}
	ps := int64(n.src.pageSize)
	need, have := (sh.end+ps-1)/ps, n.span/ps
	if have != need && !(have == need+1 && sh.end%ps == 0) {
		return flawf(KindLayout, "the page runs over %d pages, its records need %d", have, need)
	}
	for off := sh.end; off < n.span; {
		step := min(n.span-off, window)
		b, fl := n.bytes(off, step, &n.far[2])
		if fl != nil {
			return fl
		}
		if !allZero(b) {
			if sh.warn == nil {
				sh.warn = flawf(KindTail, "bytes after the last record are not zero")
			}
			return nil
		}
		off += step
	}
	return nil
}

// placeFlaw compares the first and the last key with the range of the parent.
func (n *node) placeFlaw(sh *shape, last, low, high []byte) *flaw {
	if n.count == 0 {
		if low != nil || high != nil {
			return flawf(KindPlace, "an empty page below a branch page")
		}
		return nil
	}
	if low != nil {
		switch c := bytes.Compare(sh.first, low); {
		case c < 0:
			return flawf(KindPlace, "its first key, %s, comes before %s, from where its parent sends readers here", keyString(sh.first), keyString(low))
		case c > 0:
			// bbolt finds a page in its parent by the page's first key. If that
			// fails, the next save enters the page a second time.
			sh.seam = flawf(KindSeam, "its first key is %s, its parent has %s for it", keyString(sh.first), keyString(low))
		}
	}
	if high != nil && bytes.Compare(last, high) >= 0 {
		return flawf(KindPlace, "its last key, %s, is not below %s, where its neighbour begins", keyString(last), keyString(high))
	}
	return nil
}

func allZero(b []byte) bool {
	for len(b) >= 8 {
		if binary.NativeEndian.Uint64(b) != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// inlineNode makes the page inside the value v of an inline bucket.
func inlineNode(v []byte) (*node, *flaw) {
	if len(v) < bucketHeaderSize+headerSize {
		return nil, flawf(KindBucket, "an inline bucket of %d bytes, too few for its header", len(v))
	}
	n := &node{buf: v[bucketHeaderSize:], span: int64(len(v) - bucketHeaderSize), inline: true}
	n.header = readHeader(n.buf)
	if n.id != 0 || n.flags != flagLeaf || n.overflow != 0 {
		return nil, flawf(KindBucket, "the page header of an inline bucket is wrong: it says %s %d", n.typeName(), n.id)
	}
	return n, nil
}
