package segment

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Bytes repeated over a word of eight.
const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// skimTable is how many bytes are looked up one by one after a byte that is not
// ASCII: such text comes in runs.
const skimTable = 64

// skim gives the offset of the first byte from i on that the table has a class
// for. It is where the time goes. Eight bytes at a step, it asks whether one is
// a control, one of . ! ? or not ASCII; the table decides about those.
func (s *splitter) skim(text string, i int) int {
	table := &s.rules.table
	if len(s.rules.ends) > 0 {
		return skimBytes(text, i, len(text), table)
	}
	for i+8 <= len(text) {
		b := text[i : i+8]
		v := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		// A byte is below n when subtracting n borrows into its high bit; with its
		// lowest bit turned over, ! is the only sign above the controls that is
		// below 0x21. False hits come only above a true one.
		low := v ^ ones
		dot := v ^ '.'*ones
		ask := v ^ '?'*ones
		hit := (v | (low-0x21*ones)&^low | (dot-ones)&^dot | (ask-ones)&^ask) & highs
		if hit == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(hit) >> 3
		if text[i] < 0x80 {
			if table[text[i]] != 0 {
				return i
			}
			i++
			continue
		}
		end := min(len(text), i+skimTable)
		if i = skimBytes(text, i, end, table); i < end {
			return i
		}
	}
	return skimBytes(text, i, len(text), table)
}

// leadPairs tells of each two bytes that open a rune of several, the second by
// its lower six bits, whether a terminator opens so.
var leadPairs = func() (t [256 << 6]bool) {
	var buf [utf8.UTFMax]byte
	mark := func(r rune) {
		utf8.EncodeRune(buf[:], r)
		t[int(buf[0])<<6|int(buf[1]&63)] = true
	}
	for _, r := range "…‼‽⁇⁈⁉\u2028\u2029。．！？｡﹒﹖﹗⸮؟۔။።፧។៕༎" {
		mark(r)
	}
	for _, b := range unicode.STerm.R16 {
		for r := rune(b.Lo); r <= rune(b.Hi); r += rune(b.Stride) {
			if r >= 0x80 {
				mark(r)
			}
		}
	}
	for _, b := range unicode.STerm.R32 {
		for r := rune(b.Lo); r <= rune(b.Hi); r += rune(b.Stride) {
			mark(r)
		}
	}
	return t
}()

// skimBytes is skim by the table alone, up to end. It passes over runes that only
// share their first byte, or two, with a terminator.
func skimBytes(text string, i, end int, table *[256]uint8) int {
	for i < end {
		b := text[i]
		class := table[b]
		if class == 0 {
			i++
			continue
		}
		if class != classLead {
			break
		}
		if i+1 < len(text) && !leadPairs[int(b)<<6|int(text[i+1]&63)] {
			i += leadLength(b)
			continue
		}
		m, w := leadMark(text, i)
		if m != noMark {
			break
		}
		i += w
	}
	return min(i, len(text))
}

// leadLength is how many bytes a rune has that opens with b.
func leadLength(b byte) int {
	switch {
	case b < 0xE0:
		return 2
	case b < 0xF0:
		return 3
	}
	return 4
}
