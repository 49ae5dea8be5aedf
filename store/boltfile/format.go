package boltfile

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// Sizes and marks of the format; see the package comment.
const (
	headerSize       = 16
	metaSize         = 64
	metaEnd          = headerSize + metaSize
	checksumOffset   = 56
	elementSize      = 16 // leaf and branch elements alike
	bucketHeaderSize = 16

	magic         uint32 = 0xED0CDAED
	formatVersion uint32 = 2

	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagMeta     = 0x04
	flagFreelist = 0x10

	bucketFlag = 0x01

	noFreelist      = ^uint64(0) // a file whose freelist is not kept (NoFreelistSync)
	countInFirst    = 0xFFFF
	firstDataPage   = 2
	minPageSize     = 1 << 10
	maxPageSize     = 16 << 20
	maxKeySize      = 64 << 10 // bbolt allows 32 KiB for keys, and does not check bucket names
	window          = 2 << 20  // bytes of a page with overflow held at once; holds any element table
	maxDepth        = 40       // branch levels of one bucket: 2 to the 40 leaves at the least fan-out
	maxBucketDepth  = 1000
	drainChunk      = 1 << 20
	readFactor      = 8 // a walk that has read the file this often is going in circles
	readAllowance   = 64 << 20
	ctxEveryPages   = 128
	maxRangeKeySize = 256 // bytes of a key kept in a Problem
)

// header is what each page begins with.
type header struct {
	id       uint64
	flags    uint16
	count    uint16
	overflow uint32
}

// readHeader wants at least headerSize bytes.
func readHeader(b []byte) header {
	return header{
		id:       binary.NativeEndian.Uint64(b),
		flags:    binary.NativeEndian.Uint16(b[8:]),
		count:    binary.NativeEndian.Uint16(b[10:]),
		overflow: binary.NativeEndian.Uint32(b[12:]),
	}
}

func (h header) legalType() bool {
	switch h.flags {
	case flagBranch, flagLeaf, flagMeta, flagFreelist:
		return true
	}
	return false
}

func (h header) typeName() string {
	switch h.flags {
	case flagBranch:
		return "branch page"
	case flagLeaf:
		return "leaf page"
	case flagMeta:
		return "meta page"
	case flagFreelist:
		return "freelist page"
	}
	return fmt.Sprintf("page of unknown type 0x%x", h.flags)
}

// Meta is one of the two meta pages: it names a commit. The fields of an invalid
// meta are what stands there and may be wrong in any way.
type Meta struct {
	Index     int    // 0 or 1, the page it stands on
	Fault     string // why it is not valid, in plain words; empty for a valid one
	Version   uint32 // format version, 2
	PageSize  uint32 // bytes
	TxID      uint64 // number of the commit
	Root      uint64 // page of the root bucket
	Sequence  uint64 // sequence of the root bucket, unused by bbolt
	Freelist  uint64 // page of the freelist; all ones when it is not kept
	HighWater uint64 // pages in use or free are below this number

	magic     uint32
	headerOff bool // the page header around a valid meta is wrong; bbolt does not look at it
}

// Valid reports whether bbolt accepts the meta: magic, version and checksum are right.
func (m Meta) Valid() bool { return m.Fault == "" }

// FreelistKept reports whether the commit keeps its freelist in the file.
func (m Meta) FreelistKept() bool { return m.Freelist != noFreelist }

// readMeta decodes page index from b, its first bytes; b may be short.
func readMeta(index int, b []byte) Meta {
	m := Meta{Index: index}
	if len(b) < metaEnd {
		m.Fault = "the file ends before it"
		return m
	}
	h, body := readHeader(b), b[headerSize:metaEnd]
	m.magic = binary.NativeEndian.Uint32(body)
	m.Version = binary.NativeEndian.Uint32(body[4:])
	m.PageSize = binary.NativeEndian.Uint32(body[8:])
	m.Root = binary.NativeEndian.Uint64(body[16:])
	m.Sequence = binary.NativeEndian.Uint64(body[24:])
	m.Freelist = binary.NativeEndian.Uint64(body[32:])
	m.HighWater = binary.NativeEndian.Uint64(body[40:])
	m.TxID = binary.NativeEndian.Uint64(body[48:])
	m.headerOff = h.id != uint64(index) || h.flags != flagMeta || h.count != 0 || h.overflow != 0
	sum := binary.NativeEndian.Uint64(body[checksumOffset:])
	switch {
	case m.magic != magic:
		m.Fault = fmt.Sprintf("its mark is %08x, not %08x", m.magic, magic)
	case m.Version != formatVersion:
		m.Fault = fmt.Sprintf("its format version is %d, not %d", m.Version, formatVersion)
	case sum != fnv1a(body[:checksumOffset]):
		m.Fault = "its checksum does not match"
	}
	return m
}

// putMeta writes m as page index into a page of zeros, with txid, header and checksum of its own.
func putMeta(page []byte, m Meta, index int, txid uint64) {
	o := binary.NativeEndian
	o.PutUint64(page, uint64(index))
	o.PutUint16(page[8:], flagMeta)
	body := page[headerSize:metaEnd]
	o.PutUint32(body, magic)
	o.PutUint32(body[4:], formatVersion)
	o.PutUint32(body[8:], m.PageSize)
	o.PutUint64(body[16:], m.Root)
	o.PutUint64(body[24:], m.Sequence)
	o.PutUint64(body[32:], m.Freelist)
	o.PutUint64(body[40:], m.HighWater)
	o.PutUint64(body[48:], txid)
	o.PutUint64(body[checksumOffset:], fnv1a(body[:checksumOffset]))
}

// fnv1a is the 64-bit FNV-1a hash, written out because it is the only use of it.
func fnv1a(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

func legalPageSize(n uint32) bool {
	return n >= minPageSize && n <= maxPageSize && bits.OnesCount32(n) == 1
}
