package segment

import (
	"unicode"
	"unicode/utf8"
)

// decode is utf8.DecodeRuneInString of what stands at i, with a short way for
// ASCII. At the end of the text it is an error of no bytes, which no rule looks
// for.
func decode(text string, i int) (rune, int) {
	if i >= len(text) {
		return utf8.RuneError, 0
	}
	if b := text[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return decodeWide(text, i)
}

// decodeWide has a short way for valid runes of two and three bytes. Nearly all
// have so many.
func decodeWide(text string, i int) (rune, int) {
	b := text[i]
	if i+2 < len(text) {
		b1, b2 := text[i+1], text[i+2]
		switch {
		case b1&0xC0 != 0x80:
		case b >= 0xC2 && b < 0xE0:
			return rune(b&0x1F)<<6 | rune(b1&0x3F), 2
		case b2&0xC0 == 0x80 && (b > 0xE0 && b < 0xF0 && b != 0xED || b == 0xE0 && b1 >= 0xA0):
			return rune(b&0x0F)<<12 | rune(b1&0x3F)<<6 | rune(b2&0x3F), 3
		}
	}
	return utf8.DecodeRuneInString(text[i:])
}

// decodeLast reads the rune that ends at text[:i].
func decodeLast(text string, i int) (rune, int) {
	if b := text[i-1]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return decodeLastWide(text, i)
}

func decodeLastWide(text string, i int) (rune, int) {
	b := text[i-1]
	if i > 2 && b&0xC0 == 0x80 {
		b1, b2 := text[i-2], text[i-3]
		switch {
		case b1 >= 0xC2 && b1 < 0xE0:
			return rune(b1&0x1F)<<6 | rune(b&0x3F), 2
		case b1&0xC0 == 0x80 && (b2 > 0xE0 && b2 < 0xF0 && b2 != 0xED || b2 == 0xE0 && b1 >= 0xA0):
			return rune(b2&0x0F)<<12 | rune(b1&0x3F)<<6 | rune(b&0x3F), 3
		}
	}
	return utf8.DecodeLastRuneInString(text[max(0, i-utf8.UTFMax):i])
}

// Most runes of text are in a few blocks whose class is known without a table;
// asking the tables is what costs time outside ASCII.

// isPlain tells the letters of Cyrillic, Arabic, Devanagari, kana and Han.
func isPlain(r rune) bool {
	return r >= 0x400 && r < 0x460 || r >= 0x620 && r < 0x660 || r >= 0x671 && r < 0x6D4 ||
		r >= 0x900 && r < 0x964 || r >= 0x3041 && r < 0x3097 || r >= 0x30A1 && r < 0x30FB || r >= 0x4E00 && r < 0xA000
}

// isSign tells blocks of punctuation that hold neither letters nor digits.
func isSign(r rune) bool {
	return r >= 0x2000 && r < 0x2070 || r >= 0x3008 && r < 0x3021 || r >= 0x3000 && r < 0x3005 ||
		r >= 0xFF01 && r < 0xFF10 || r >= 0xFF1A && r < 0xFF21 || r == 0x964 || r == 0x965
}

// hasCase tells the blocks that have capitals.
func hasCase(r rune) bool {
	return r < 0x590 || r >= 0x10A0 && r < 0x2000 || r >= 0x2100 && r < 0x2E80 || r >= 0xA640 && r < 0xAC00 || r >= 0xFB00
}

// isSpace is unicode.IsSpace.
func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r >= '\t' && r <= '\r'
	}
	if r > 0xA0 && r < 0x1680 || r > 0x3000 {
		return false
	}
	return unicode.IsSpace(r)
}

func isDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9'
	}
	return r >= 0x660 && !isPlain(r) && !isSign(r) && unicode.IsDigit(r)
}

func isUpper(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'A' && r <= 'Z'
	}
	if r >= 0x400 && r < 0x460 { // Cyrillic
		return r < 0x430
	}
	return hasCase(r) && (unicode.IsUpper(r) || unicode.IsTitle(r))
}

func isLower(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z'
	}
	if r >= 0x400 && r < 0x460 {
		return r >= 0x430
	}
	return hasCase(r) && unicode.IsLower(r)
}

// isLetter counts marks too: a word of Devanagari holds them.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return isPlain(r) || !isSign(r) && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// plainlyVisible tells the runes whose first bytes alone show that they are neither
// white space nor invisible; all others have to be looked at closer.
func plainlyVisible(text string, i int) bool {
	sure := visibleLeads[text[i]]
	return sure == visible || sure == perhaps && visibleWide(text, i)
}

// Whether the runes that open with a byte are visible.
const (
	visible = 1 + iota
	perhaps // the next byte tells
)

var visibleLeads = func() (t [256]uint8) {
	for b := range t {
		switch {
		case b > ' ' && b < 0x7F, b >= 0xC3 && b < 0xD8, b >= 0xD9 && b < 0xE1, b >= 0xE4 && b < 0xEF:
			t[b] = visible
		case b >= 0xE2 && b < 0xF0:
			t[b] = perhaps
		}
	}
	return t
}()

// visibleWide is plainlyVisible for kana, wide forms, dashes and quotes.
func visibleWide(text string, i int) bool {
	if i+2 >= len(text) {
		return false
	}
	switch b1 := text[i+1]; text[i] {
	case 0xE2:
		return b1 == 0x80 && text[i+2]&0xF0 == 0x90
	case 0xE3:
		return b1 > 0x80
	default:
		return b1 == 0xBC
	}
}

// opensHan tells the first byte of a rune of kana or Han, or of the signs that
// go with them.
func opensHan(b byte) bool { return b >= 0xE3 && b <= 0xE9 }
