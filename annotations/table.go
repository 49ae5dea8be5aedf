package annotations

import (
	"encoding/binary"
	"fmt"
	"math"
)

// A sentence table is a run of records of TableRecord bytes each, in reading
// order, all numbers little-endian:
//
//	0  u32 ID · 4 u32 start · 8 u32 end · 12 u32 paragraph · 16 u16 dateline bytes · 18 u8 kind · 19 u8 zero
//
// The fixed size lets a store read one sentence of a hundred thousand without
// the others.
const TableRecord = 20

// MaxText is the longest text stet stores, in bytes (a table holds 32-bit offsets).
const MaxText = math.MaxInt32

// MaxDateline is the longest dateline of a sentence, in bytes (16 bits in a table).
const MaxDateline = math.MaxUint16

// AppendTable appends the table of units to dst.
func AppendTable(dst []byte, units []Sentence) []byte {
	for _, u := range units {
		dst = binary.LittleEndian.AppendUint32(dst, uint32(u.ID))
		dst = binary.LittleEndian.AppendUint32(dst, uint32(u.Span.Start))
		dst = binary.LittleEndian.AppendUint32(dst, uint32(u.Span.End))
		dst = binary.LittleEndian.AppendUint32(dst, u.Paragraph)
		dst = binary.LittleEndian.AppendUint16(dst, uint16(min(u.Dateline, MaxDateline)))
		dst = append(dst, byte(u.Kind), 0)
	}
	return dst
}

// ParseTable is the inverse of [AppendTable]. It checks the length only; call
// [CheckUnits] on what it returns.
func ParseTable(b []byte) ([]Sentence, error) {
	if len(b)%TableRecord != 0 {
		return nil, fmt.Errorf("a sentence table of %d bytes, not a multiple of %d", len(b), TableRecord)
	}
	units := make([]Sentence, 0, len(b)/TableRecord)
	for ; len(b) > 0; b = b[TableRecord:] {
		units = append(units, TableAt(b))
	}
	return units, nil
}

// TableAt decodes the first record of b, which must hold one.
func TableAt(b []byte) Sentence {
	return Sentence{
		ID:        SentenceID(binary.LittleEndian.Uint32(b)),
		Span:      Span{Start: int(binary.LittleEndian.Uint32(b[4:])), End: int(binary.LittleEndian.Uint32(b[8:]))},
		Paragraph: binary.LittleEndian.Uint32(b[12:]),
		Dateline:  int(binary.LittleEndian.Uint16(b[16:])),
		Kind:      Kind(b[18]),
	}
}
