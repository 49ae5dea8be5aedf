package segment

import (
	"math/bits"
	"unicode/utf8"
)

// Three runes of three bytes fill eight bytes and one more, their first two bytes
// each a number of sixteen bits where the text is read from the left.
const (
	triples  = 1 | 1<<24 | 1<<48
	leadBits = 0x8000 * triples
)

// skimWide is skim where runes are kana and Han: six at a step while all are
// letters.
func (s *splitter) skimWide(text string, i int, table *[256]uint8) int {
	for {
		if i+18 <= len(text) {
			six := text[i : i+18]
			letters := wideLetters(loadBig(six, 0))
			if letters == leadBits {
				if letters = wideLetters(loadBig(six, 9)); letters == leadBits {
					i += 18
					continue
				}
				i += 9
			}
			i += bits.LeadingZeros64(letters^leadBits) >> 3 // past those that are
		}
		if i+3 > len(text) {
			return skimBytes(text, i, table)
		}
		b, b1, b2 := text[i], text[i+1], text[i+2]
		switch {
		case b == 0xE3 && b1 == 0x80 && b2 == 0x82: // 。
			return i
		case b < utf8.RuneSelf:
			if i = skimASCII(text, i, table); i >= len(text) || text[i] < utf8.RuneSelf {
				return i
			}
		case wideTails[b2]>>(b&15)&1 != 0 || b < 0xE0 || b >= 0xF0:
			if table[b] != 0 && opensMark(text, i) {
				return i
			}
			i += int(runeLengths[b])
		default:
			if b1 == 0x80 || b1 == 0xBC {
				s.noteBracket(i, text[i:i+3])
			}
			i += 3
		}
	}
}

// noteBracket notes at i that a wide bracket opens or, unless it stands inside
// another, closes.
func (s *splitter) noteBracket(i int, sign string) {
	switch sign {
	case "《", "（":
		s.wideNested = s.wideAt >= s.pos
		s.wideAt = i
	case "》", "）":
		if !s.wideNested {
			s.wideAt = -1
		}
	}
}

// wideLetters gives the highest bit of each number of v whose rune is from E3 81 to
// E9 BF: letters, but not the signs that 。 stands among.
func wideLetters(v uint64) uint64 {
	low := v & (0x7FFF * triples)
	return v & (low + (0x8000-0x6381)*triples) &^ (low + (0x8000-0x6A00)*triples) & leadBits
}

// loadBig is load, the first byte the highest.
func loadBig(text string, i int) uint64 {
	b := text[i : i+8]
	return uint64(b[7]) | uint64(b[6])<<8 | uint64(b[5])<<16 | uint64(b[4])<<24 |
		uint64(b[3])<<32 | uint64(b[2])<<40 | uint64(b[1])<<48 | uint64(b[0])<<56
}

// skimASCII gives the offset of the first byte from i on that the table has a class
// for or that is not ASCII.
func skimASCII(text string, i int, table *[256]uint8) int {
	for i+8 <= len(text) {
		v := load(text, i)
		hit := asciiMarks(v) | v&highs
		if hit == 0 {
			i += 8
			continue
		}
		if i += bits.TrailingZeros64(hit) >> 3; text[i] >= utf8.RuneSelf || table[text[i]] != 0 {
			return i
		}
		i++
	}
	for i < len(text) && text[i] < utf8.RuneSelf && table[text[i]] == 0 {
		i++
	}
	return i
}

// wideTails are the last bytes of the terminators of three bytes, each with a bit for
// the lower half of the first byte.
var wideTails = func() (t [256]uint16) {
	terminators(func(r string) {
		if len(r) == 3 {
			t[r[2]] |= 1 << (r[0] & 15)
		}
	})
	return t
}()
