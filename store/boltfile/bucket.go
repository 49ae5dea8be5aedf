package boltfile

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// bucket is a bucket met on the walk. The root bucket has no parent.
type bucket struct {
	parent *bucket
	name   []byte
	root   uint64
	depth  int
}

// path gives the names from the outermost bucket on; empty for the root bucket.
func (b *bucket) path() [][]byte {
	p := make([][]byte, 0, b.depth)
	for ; b.parent != nil; b = b.parent {
		p = append(p, b.name)
	}
	slices.Reverse(p)
	return p
}

// bucketEntry takes note of the bucket in element e, or walks it when it is inline.
func (w *walker) bucketEntry(n *node, e element) (*flaw, error) {
	name, fl := n.key(e, &n.far[0])
	if fl != nil {
		return fl, nil
	}
	if e.vsize < bucketHeaderSize || e.vsize > int64(bucketHeaderSize+w.src.pageSize) {
		return flawf(KindBucket, "the entry of bucket %s has %d bytes, which no bucket has", keyString(name), e.vsize), nil
	}
	v, fl := n.bytes(e.off+e.ksize, e.vsize, &n.far[1])
	if fl != nil {
		return fl, nil
	}
	b := &bucket{parent: w.b, name: bytes.Clone(name), root: binary.NativeEndian.Uint64(v), depth: w.b.depth + 1}
	if b.root == 0 {
		return w.inlineBucket(b, v)
	}
	switch {
	case e.vsize != bucketHeaderSize:
		return flawf(KindBucket, "the entry of bucket %s has %d bytes, %d are right", keyString(name), e.vsize, bucketHeaderSize), nil
	case b.root < firstDataPage || b.root >= w.limit:
		return flawf(KindPointer, "bucket %s begins at page %d, outside the pages %d to %d in use", keyString(name), b.root, firstDataPage, w.limit), nil
	case b.depth > maxBucketDepth:
		return flawf(KindDepth, "buckets are nested more than %d deep", maxBucketDepth), nil
	}
	w.todo = append(w.todo, b)
	return nil, nil
}

// inlineBucket walks the bucket inside the value v.
func (w *walker) inlineBucket(b *bucket, v []byte) (*flaw, error) {
	in, fl := inlineNode(v)
	if fl == nil {
		_, fl = in.verify(nil, nil, 0)
	}
	if fl != nil {
		fl.text = "in the inline bucket " + keyString(b.name) + ": " + fl.text
		return fl, nil
	}
	w.counts.buckets++
	w.counts.inlineBuckets++
	w.counts.records += uint64(in.count)
	if w.collect != nil {
		return nil, w.collect.inline(b, in)
	}
	return nil, nil
}
