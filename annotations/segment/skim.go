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
	lows  = 0x7F * ones
)

// skim gives the offset of the first byte from i on that can end a unit: a byte
// that the table has a class for and that, if it opens a rune, opens a
// terminator. It is where the time goes. Eight bytes at a step it asks for
// controls, . ! ? and for the bytes that terminators of other scripts have and
// letters of the script at hand have not; the table decides about those.
func (s *splitter) skim(text string, i int) int {
	table := &s.rules.table
	if len(s.rules.ends) > 0 {
		return skimBytes(text, i, table)
	}
	if i < len(text) && opensDense(text[i]) {
		return s.skimDense(text, i, table)
	}
	for i+8 <= len(text) {
		v := load(text, i)
		hit := asciiMarks(v) | atLeast(v, 0xD6)
		if hit == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(hit) >> 3
		b := text[i]
		switch {
		case b < utf8.RuneSelf:
			if table[b] != 0 {
				return i
			}
			i++
		case b >= 0xD8 && b <= 0xDB:
			return skimArabic(text, i, table)
		case opensDense(b):
			return s.skimDense(text, i, table)
		default:
			if opensMark(text, i) {
				return i
			}
			if b >= 0xE3 {
				s.wideAt = i
			}
			i += leadLength(b)
		}
	}
	return skimBytes(text, i, table)
}

// skimDense picks the way for the script whose rune stands at i.
func (s *splitter) skimDense(text string, i int, table *[256]uint8) int {
	if text[i] >= 0xE3 {
		return s.skimWide(text, i, table)
	}
	if i+1 < len(text) && text[i+1]|1 == 0xA5 {
		return skimDevanagari(text, i, table)
	}
	s.wideAt = i
	return skimRunes(text, i, table)
}

// skimDevanagari is skim where runes open with E0 A4 and E0 A5: eight bytes at a
// step, wherever the runes in them begin.
func skimDevanagari(text string, i int, table *[256]uint8) int {
	from := i
	for i+9 <= len(text) {
		hit := devanagariMarks(load(text, i), load(text, i+1))
		if hit == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(hit) >> 3
		switch b := text[i]; {
		case b < utf8.RuneSelf:
			if i = skimASCII(text, i, table); i >= len(text) || text[i] < utf8.RuneSelf {
				return i
			}
		case b < 0xC0:
			if i > from && text[i-1] == 0xE0 {
				return i - 1 // । or ॥
			}
			i += 2
		case opensMark(text, i):
			return i
		case b == 0xE0:
			return skimRunes(text, i, table) // another script
		default:
			i += leadLength(b)
		}
	}
	return skimBytes(text, max(from, backToLead(text, i)), table)
}

// devanagariMarks marks in eight bytes what cannot be passed over in Devanagari:
// signs of ASCII below @ but not spaces, first bytes of runes but not E0 A4 and
// E0 A5, and the second byte of । and ॥, E0 A5 A4 and A5. The bytes one further on
// are v1. The lowest mark is true; above it some may not be.
func devanagariMarks(v, v1 uint64) uint64 {
	next := (v1 ^ 0xA4*ones) &^ ones
	other := ^(v ^ (v&lows + 0x40*ones)) & notZero(v^' '*ones) & notZero((v^0xE0*ones)|next)
	danda := (v ^ 0xA5*ones) | next
	return (other | (danda-ones)&^danda) & highs
}

// backToLead gives where the rune opens that i may stand inside of.
func backToLead(text string, i int) int {
	for k := min(i, len(text)); k > 0 && k > i-utf8.UTFMax; k-- {
		switch b := text[k-1]; {
		case b >= 0xC0:
			if k-1+leadLength(b) > i {
				return k - 1
			}
			return i
		case b < utf8.RuneSelf:
			return i
		}
	}
	return i
}

// opensDense tells the first bytes of the scripts whose every letter opens with one
// that a terminator opens with, or stands among such: Indic, kana, Han.
func opensDense(b byte) bool { return b >= 0xE3 && b <= 0xE9 || b == 0xE0 }

// skimArabic is skim where runes are of Arabic, whose letters share their first
// byte with ؝ ؞ ؟ ۔. It looks for the second byte of these, 90 to 9F, instead.
func skimArabic(text string, i int, table *[256]uint8) int {
	for from := i; i+8 <= len(text); i++ {
		v := load(text, i)
		sign := ((v^' '*ones)&lows + lows) &^ (v | v<<1) // ASCII below @ but the space
		lead := v & (v << 1) & notZero((v^0xD8*ones)&(0xFC*ones))
		second := v&(0xF0*ones) ^ 0x90*ones
		hit := (sign | lead | (second-ones)&^second) & highs
		if hit == 0 {
			i += 7
			continue
		}
		i += bits.TrailingZeros64(hit) >> 3
		switch b := text[i]; {
		case b < utf8.RuneSelf:
			if table[b] != 0 {
				return i
			}
		case b < 0xC0:
			if i > from && opensMark(text, i-1) {
				return i - 1
			}
		case opensMark(text, i):
			return i
		}
	}
	if i > 0 && text[i-1] >= 0xC0 {
		i-- // the last step ended inside a rune
	}
	return skimBytes(text, i, table)
}

// skimRunes is skim where runes are of scripts that share their first byte with a
// terminator: stepping from rune to rune is the quickest there.
func skimRunes(text string, i int, table *[256]uint8) int {
	for i+2 < len(text) {
		b, b1 := text[i], text[i+1]
		switch {
		case b >= 0xE4 && b < 0xEA: // Han
			i += 3
		case b == 0xE0: // Indic: । and ॥ are E0 A5 A4 and A5
			if (b1 == 0xA5 && text[i+2]&0xFE == 0xA4 || b1 == 0xA0 || b1 == 0xBC) && opensMark(text, i) {
				return i
			}
			i += 3
		case b < utf8.RuneSelf:
			if table[b] != 0 {
				return i
			}
			i++
		case b == 0xE3: // kana and wide punctuation
			if b1 == 0x80 && text[i+2] == 0x82 {
				return i
			}
			i += 3
		case b == 0xEF && b1 == 0xBC && text[i+2] == 0x8C: // ，
			i += 3
		default:
			if table[b] == classLead && opensMark(text, i) {
				return i
			}
			i += leadLength(b)
		}
	}
	return skimBytes(text, i, table)
}

func load(text string, i int) uint64 {
	b := text[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// The masks that follow have the high bit of every byte that is asked for.

// atLeast marks the bytes that are n or more, n being 0x80 or more.
func atLeast(v, n uint64) uint64 { return ((v & lows) + (0x100-n)*ones) & v & highs }

// notZero marks the bytes that are not zero; other bits of it mean nothing.
func notZero(v uint64) uint64 { return (v&lows + lows) | v }

// asciiMarks marks controls and . ! ?. A byte is below n when subtracting n borrows
// into its high bit, so false marks come only above a true one. With its lowest bit turned over, ! is the
// only sign above the controls that is below 0x21.
func asciiMarks(v uint64) uint64 {
	low := v ^ ones
	dot := v ^ '.'*ones
	ask := v ^ '?'*ones
	return ((low-0x21*ones)&^low | (dot-ones)&^dot | (ask-ones)&^ask) & highs
}

// terminators calls mark with each rune of several bytes that may end a sentence.
func terminators(mark func(bytes string)) {
	for _, r := range "…‼‽⁇⁈⁉\u2028\u2029。．！？｡﹒﹖﹗⸮؟۔။།፧។៕༎" {
		mark(string(r))
	}
	for _, b := range unicode.STerm.R16 {
		for r := rune(b.Lo); r <= rune(b.Hi); r += rune(b.Stride) {
			if r >= utf8.RuneSelf {
				mark(string(r))
			}
		}
	}
	for _, b := range unicode.STerm.R32 {
		for r := rune(b.Lo); r <= rune(b.Hi); r += rune(b.Stride) {
			mark(string(r))
		}
	}
}

// leadPairs tells of each two bytes that open a rune of several, the second by
// its lower six bits, whether a terminator opens so.
var leadPairs = func() (t [256 << 6]bool) {
	terminators(func(r string) { t[int(r[0])<<6|int(r[1]&63)] = true })
	return t
}()

// opensMark tells whether a terminator of several bytes stands at i.
func opensMark(text string, i int) bool {
	if i+1 >= len(text) || !leadPairs[int(text[i])<<6|int(text[i+1]&63)] {
		return false
	}
	m, _ := leadMark(text, i)
	return m != noMark
}

// skimBytes is skim rune by rune.
func skimBytes(text string, i int, table *[256]uint8) int {
	for i < len(text) {
		b := text[i]
		switch class := table[b]; {
		case b < utf8.RuneSelf:
			if class != 0 {
				return i
			}
			i++
		case class == classLead && opensMark(text, i):
			return i
		default:
			i += leadLength(b)
		}
	}
	return len(text)
}

// runeLengths is leadLength by first byte.
var runeLengths = func() (t [256]uint8) {
	for b := range t {
		t[b] = uint8(leadLength(byte(b)))
	}
	return t
}()

// leadLength is how many bytes a rune has that opens with b; one for a byte that
// opens none.
func leadLength(b byte) int {
	switch {
	case b < 0xC0:
		return 1
	case b < 0xE0:
		return 2
	case b < 0xF0:
		return 3
	}
	return 4
}
