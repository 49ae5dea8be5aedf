package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/bits"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet.example/stet/annotations"
	"stet.example/stet/store/lanes"
)

// SealEvery is how many events lie between two seals.
const SealEvery = 1000

// frontier is the right edge of the log's Merkle tree: the roots of the perfect
// subtrees that its size is the sum of, largest first. Leaves are the records'
// hashes. It gives the same root as tlog.TreeHash and takes 64 hashes at most.
type frontier struct {
	size uint64
	edge []tlog.Hash
}

// add appends a leaf.
func (f *frontier) add(leaf annotations.Hash) { f.addPerfect(leaf, 1) }

// addPerfect appends so many leaves of which the root is h: a power of two that
// divides the size.
func (f *frontier) addPerfect(h annotations.Hash, leaves uint64) {
	x := tlog.Hash(h)
	for n := f.size / leaves; n&1 == 1; n >>= 1 {
		x = tlog.NodeHash(f.edge[len(f.edge)-1], x)
		f.edge = f.edge[:len(f.edge)-1]
	}
	f.edge = append(f.edge, x)
	f.size += leaves
}

// addSome appends leaves from to to of those that some levels begin with, as the
// largest subtrees that fit. The levels' first leaf stands where a subtree as large
// as they are begins.
func (f *frontier) addSome(l levels, from, to int) {
	for from < to {
		k := len(l) - 1
		for ; k > 0; k-- {
			if size := 1 << k; from%size == 0 && size <= to-from {
				break
			}
		}
		f.addPerfect(l[k][from>>k], 1<<k)
		from += 1 << k
	}
}

// levels are the nodes of a stretch of the tree: the leaves, then the roots of each
// two of them, of each four, and so on as long as there is one.
type levels [][]annotations.Hash

// over makes the levels over leaves, in the room of l.
func (l levels) over(h *lanes.Hasher, leaves []annotations.Hash) levels {
	l = append(l[:0], leaves)
	for n := len(leaves) / 2; n > 0; n /= 2 {
		var nodes []annotations.Hash
		if k := len(l); k < cap(l) {
			nodes = l[:k+1][k]
		}
		nodes = slices.Grow(nodes[:0], n)[:n]
		lanes.Nodes(h, nodes, 1, l[len(l)-1]) // tlog's node hash
		l = append(l, nodes)
	}
	return l
}

// root is the tree's hash; of an empty tree it is zero.
func (f *frontier) root() annotations.Hash {
	if len(f.edge) == 0 {
		return annotations.Hash{}
	}
	h := f.edge[len(f.edge)-1]
	for i := len(f.edge) - 2; i >= 0; i-- {
		h = tlog.NodeHash(f.edge[i], h)
	}
	return annotations.Hash(h)
}

func (f *frontier) clone() frontier {
	return frontier{size: f.size, edge: append([]tlog.Hash(nil), f.edge...)}
}

// sealAt is the seal of the tree as it stands.
func (f *frontier) sealAt(t time.Time) Seal {
	return Seal{Size: f.size, Root: f.root(), Time: asDate(t)}
}

// A stored seal is u64 time in microseconds, the root, the edge, and a CRC-32C of
// these: nothing else would contradict another time.
func encodeSeal(f *frontier, t time.Time) []byte {
	root := f.root()
	b := binary.BigEndian.AppendUint64(nil, uint64(asDate(t).UnixMicro()))
	b = append(b, root[:]...)
	for _, h := range f.edge {
		b = append(b, h[:]...)
	}
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli()))
}

func decodeSeal(size uint64, v []byte) (Seal, frontier, error) {
	const least = 8 + hashSize
	if len(v) < least+4 || (len(v)-least-4)%hashSize != 0 || (len(v)-least-4)/hashSize != bits.OnesCount64(size) {
		return Seal{}, frontier{}, fmt.Errorf("the seal at %d is %d bytes long", size, len(v))
	}
	v, sum := v[:len(v)-4], binary.BigEndian.Uint32(v[len(v)-4:])
	if crc32.Checksum(v, castagnoli()) != sum {
		return Seal{}, frontier{}, fmt.Errorf("the seal at %d was changed", size)
	}
	s := Seal{Size: size, Time: time.UnixMicro(int64(binary.BigEndian.Uint64(v))).UTC(), Root: annotations.Hash(v[8 : 8+hashSize])}
	if !hasDate(int64(binary.BigEndian.Uint64(v))) {
		return Seal{}, frontier{}, fmt.Errorf("the seal at %d bears no date", size)
	}
	f := frontier{size: size}
	for b := v[8+hashSize:]; len(b) > 0; b = b[hashSize:] {
		f.edge = append(f.edge, tlog.Hash(b[:hashSize]))
	}
	if f.root() != s.Root {
		return s, f, fmt.Errorf("the seal at %d does not hash to its root", size)
	}
	return s, f, nil
}
