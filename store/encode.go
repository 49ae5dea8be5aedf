package store

import (
	"bytes"
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// The rows that every save writes are encoded by hand, byte for byte as the
// library would: deterministic CBOR, keys in order, the shortest numbers.

// appendCBOR appends the head of a data item of a major type.
func appendCBOR(b []byte, major byte, n uint64) []byte {
	major <<= 5
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n < 1<<8:
		return append(b, major|24, byte(n))
	case n < 1<<16:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(n))
	case n < 1<<32:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, major|27), n)
}

// The major types in use.
const (
	cborUint  = 0
	cborMinus = 1
	cborBytes = 2
	cborText  = 3
	cborMap   = 5
)

// appendField appends a key and a number.
func appendField(b []byte, key byte, n int64) []byte {
	if b = append(b, key); n < 0 {
		return appendCBOR(b, cborMinus, uint64(-1-n))
	}
	return appendCBOR(b, cborUint, uint64(n))
}

// encode gives the row of a record.
func (r *storedRecord) encode() []byte {
	ann := r.ann
	if ann == nil {
		ann = appendAnnotation(nil, &r.Ann, annotations.Hash{})
	}
	b := make([]byte, 0, len(ann)+80)
	b = appendCBOR(b, cborMap, 6)
	b = appendCBOR(append(b, 1), cborUint, r.Rev)
	b = appendCBOR(append(b, 2), cborUint, r.Pos)
	b = appendField(b, 3, r.Time)
	b = append(append(b, 4), ann...)
	b = appendCBOR(append(b, 5), cborUint, r.On)
	return appendBytes(b, 6, r.Own[:])
}

// decodeRow reads a record of the state, and keeps the bytes of its annotation.
func (c codec) decodeRow(v []byte) (r storedRecord, err error) {
	q := quick{b: v}
	const all = 1<<7 - 1<<1
	q.fields(all, func(key byte) {
		switch key {
		case 1:
			r.Rev = q.number(math.MaxUint64)
		case 2:
			r.Pos = q.number(math.MaxUint64)
		case 3:
			r.Time = int64(q.number(math.MaxInt64))
		case 4:
			b := q.b
			q.annotation(&r.Ann)
			r.ann = bytes.Clone(b[:len(b)-len(q.b)])
		case 5:
			r.On = q.number(math.MaxUint64)
		case 6:
			q.fixed(r.Own[:])
		default:
			q.fail()
		}
	})
	if q.bad || len(q.b) > 0 || !r.Ann.Codebook.IsZero() {
		r = storedRecord{}
		err = c.dec.Unmarshal(v, &r)
	}
	return r, err
}

// encode gives the row of how far a reviewer is.
func (p *storedProgress) encode() []byte {
	fields := 3
	for _, there := range []bool{p.Tagged != 0, p.Extra != 0, p.Unsure != 0, len(p.ByTag) > 0, p.Done} {
		if there {
			fields++
		}
	}
	b := appendCBOR(make([]byte, 0, 96), cborMap, uint64(fields))
	for i, n := range []int{p.Tagged, p.Extra, p.Unsure} {
		if n != 0 {
			b = appendField(b, byte(i+1), int64(n))
		}
	}
	if len(p.ByTag) > 0 {
		b = appendCBOR(append(b, 4), cborMap, uint64(len(p.ByTag)))
		tags := slices.SortedFunc(maps.Keys(p.ByTag), func(x, y string) int {
			if len(x) != len(y) {
				return len(x) - len(y) // the length comes first in what is compared
			}
			return strings.Compare(x, y)
		})
		for _, tag := range tags {
			b = append(appendCBOR(b, cborText, uint64(len(tag))), tag...)
			if n := int64(p.ByTag[tag]); n < 0 {
				b = appendCBOR(b, cborMinus, uint64(-1-n))
			} else {
				b = appendCBOR(b, cborUint, uint64(n))
			}
		}
	}
	b = appendCBOR(append(b, 5), cborUint, p.Pos)
	b = appendField(b, 6, p.Time)
	b = appendCBOR(append(b, 7), cborUint, uint64(p.Current))
	if p.Done {
		b = append(b, 8, 0xF5) // true
	}
	return b
}
