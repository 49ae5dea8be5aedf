package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// record is what is needed of a record. Its layout, numbers big-endian:
//
//	 0 u8   version, 1           4 [16] store        20 u64 time, µs since 1970
//	 1 u8   kind                28 [8]  session      36 u64 number of the act
//	 2 u8   mode                44 [16] article      60 u64 place in the chain
//	 3 u8   kind of the unit    68 u32  sentence     72 [32] SHA-256 of its text
//	                           104 [32] codebook    136 [32] hash of the one before
//	168 u8 n, n bytes actor · u8 n, n bytes verb · CBOR map of the rest
type record struct {
	kind, mode     byte
	store, article string // hexadecimal
	time           time.Time
	seq            uint64
	sentence       uint32
	words, prev    hash
	actor, verb    string
	rest           map[string]any
}

const (
	recordFixed = 168

	kindImport   = 1
	kindAnnotate = 2
	kindCut      = 6
)

func parseRecord(b []byte) (record, error) {
	var r record
	if len(b) < recordFixed+2 || b[0] != 1 {
		return r, errors.New("it is no record of version 1")
	}
	r = record{
		kind: b[1], mode: b[2], store: fmt.Sprintf("%x", b[4:20]), article: fmt.Sprintf("%x", b[44:60]),
		time: time.UnixMicro(int64(sizedUint(b, 20, 8))).UTC(), seq: sizedUint(b, 60, 8), sentence: uint32(sizedUint(b, 68, 4)),
		words: hash(b[72:104]), prev: hash(b[136:168]),
	}
	b = b[recordFixed:]
	for _, to := range []*string{&r.actor, &r.verb} {
		if len(b) == 0 || len(b) < 1+int(b[0]) {
			return r, errors.New("a name in it reaches past its end")
		}
		n := 1 + int(b[0]) // as a byte 1+255 is 0
		*to, b = string(b[1:n]), b[n:]
	}
	v, after, err := cbor(b, 0)
	m, ok := v.(map[string]any)
	if err != nil {
		return r, fmt.Errorf("its second half cannot be read: %w", err)
	}
	if !ok || len(after) != 0 {
		return r, errors.New("its second half cannot be read: a CBOR map is wanted, and nothing after it")
	}
	r.rest = m
	return r, nil
}

// field follows keys through maps; nil when there is nothing.
func field(v any, keys ...string) any {
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	return v
}

func bytesAt(v any, keys ...string) []byte {
	b, _ := field(v, keys...).([]byte)
	return b
}

// what puts a record into words.
func (r *record) what() string {
	name := map[byte]string{1: "import", 2: "annotate", 3: "ruling", 4: "evidence", 5: "codebook", 6: "cut", 7: "team", 8: "assign", 9: "finish"}[r.kind]
	if name == "" {
		name = fmt.Sprintf("kind %d", r.kind)
	}
	if r.mode == 1 || r.mode == 2 {
		name = [...]string{1: "undo of ", 2: "redo of "}[r.mode] + name
	}
	if r.sentence > 0 {
		name += fmt.Sprintf(" s%03d", r.sentence)
	}
	if r.kind == kindAnnotate {
		was, _ := field(r.rest, "5", "1").(string)
		now, _ := field(r.rest, "6", "1").(string)
		if was != now {
			name += fmt.Sprintf(": %s (was %s)", orUntagged(now), orUntagged(was))
		}
	}
	return name
}

func orUntagged(s string) string {
	if s == "" {
		return "untagged"
	}
	return s
}

// cbor reads one data item (RFC 8949, definite lengths): unsigned and negative
// numbers, byte and text strings, arrays, maps, false, true, null. Keys of maps
// come out as text, numbers in decimal.
func cbor(b []byte, depth int) (v any, rest []byte, err error) {
	if len(b) == 0 || depth > 16 {
		return nil, nil, errors.New("it is cut off or too deep")
	}
	major, n, b, err := cborHead(b)
	if err != nil {
		return nil, nil, err
	}
	switch major {
	case 0:
		return n, b, nil
	case 1:
		return -1 - int64(n), b, nil
	case 2, 3:
		if n > uint64(len(b)) {
			return nil, nil, errors.New("a string reaches past its end")
		}
		if major == 2 {
			return b[:n], b[n:], nil
		}
		return string(b[:n]), b[n:], nil
	case 4, 5:
		m := map[string]any{}
		for i := uint64(0); i < n; i++ {
			var key, item any = i, nil
			if major == 5 {
				if key, b, err = cbor(b, depth+1); err != nil {
					return nil, nil, err
				}
			}
			if item, b, err = cbor(b, depth+1); err != nil {
				return nil, nil, err
			}
			m[fmt.Sprint(key)] = item
		}
		return m, b, nil
	case 7:
		if n >= 20 && n <= 22 {
			return n == 21, b, nil
		}
	}
	return nil, nil, fmt.Errorf("an item of major type %d is not used in records", major)
}

// cborHead reads the head of an item: its major type and its number.
func cborHead(b []byte) (major byte, n uint64, rest []byte, err error) {
	major, n = b[0]>>5, uint64(b[0]&31)
	b = b[1:]
	if n < 24 {
		return major, n, b, nil
	}
	size := 1 << (n - 24)
	if n > 27 || len(b) < size {
		return 0, 0, nil, errors.New("a number reaches past its end, or has no end")
	}
	var wide [8]byte
	copy(wide[8-size:], b[:size])
	return major, binary.BigEndian.Uint64(wide[:]), b[size:], nil
}

// visible makes a text from outside fit for a terminal.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}
