package segment

import (
	"unicode"
	"unicode/utf8"
)

// Classes of bytes in the scan. Zero is a byte that can neither end a unit nor
// open a rune that does.
const (
	classStop  = 1 + iota // .
	classMark             // ! ?
	classBreak            // a line or page break
	classLead             // first byte of a rune that may be a terminator
	classExtra            // an ASCII terminator of this language only
)

// baseTable is shared by all languages; a language adds to a copy of it.
var baseTable = func() (t [256]uint8) {
	t['.'] = classStop
	t['!'], t['?'] = classMark, classMark
	t['\n'], t['\r'], t['\f'], t['\v'] = classBreak, classBreak, classBreak, classBreak
	// Lead bytes of the terminators of the world's scripts, see terminator.
	for _, b := range []byte{0xD6, 0xD8, 0xDB, 0xDC, 0xDF, 0xE0, 0xE1, 0xE2, 0xE3, 0xEA, 0xEF, 0xF0} {
		t[b] = classLead
	}
	return t
}()

// mark says what sort of terminator a rune is.
type mark uint8

const (
	noMark   mark = iota
	stop          // . and its like: needs the word before
	strong        // ! ? and their like: a lower-case letter after it can go on
	ellipsis      // …
	full          // 。 । ։ — ends a sentence whatever follows, unless inside brackets
	lineSep       // U+2028
	paraSep       // U+2029
)

// leadMark reads the rune at text[i], whose first byte has classLead, and says
// which terminator it is and how many bytes it takes.
func leadMark(text string, i int) (mark, int) {
	if len(text)-i < 2 {
		return noMark, 1
	}
	b1 := text[i+1]
	switch text[i] {
	case 0xE3: // ideographic full stop: the only one in this block
		if b1 == 0x80 && len(text)-i > 2 && text[i+2] == 0x82 {
			return full, 3
		}
		return noMark, 3
	case 0xE2:
		return generalMark(text, i, b1)
	case 0xEF: // wide forms
		if len(text)-i < 3 {
			return noMark, 1
		}
		switch b2 := text[i+2]; {
		case b1 == 0xBC && (b2 == 0x81 || b2 == 0x9F):
			return strong, 3
		case b1 == 0xBC && b2 == 0x8E:
			return stop, 3
		case b1 == 0xBC || b1 == 0xBB:
			return noMark, 3
		}
	case 0xD8: // Arabic question mark, end of text, triple dot
		if b1 >= 0x9D && b1 <= 0x9F {
			return strong, 2
		}
		return noMark, 2
	case 0xE0: // Devanagari danda and double danda
		if b1 == 0xA5 && len(text)-i > 2 {
			if b2 := text[i+2]; b2 == 0xA4 || b2 == 0xA5 {
				return full, 3
			}
			return noMark, 3
		}
	}
	return rareMark(text, i)
}

// generalMark knows the block of general punctuation.
func generalMark(text string, i int, b1 byte) (mark, int) {
	if len(text)-i < 3 {
		return noMark, 1
	}
	b2 := text[i+2]
	switch {
	case b1 == 0x80 && b2 == 0xA6:
		return ellipsis, 3
	case b1 == 0x80 && b2 == 0xA8:
		return lineSep, 3
	case b1 == 0x80 && b2 == 0xA9:
		return paraSep, 3
	case b1 == 0x80 && (b2 == 0xBC || b2 == 0xBD), b1 == 0x81 && b2 >= 0x87 && b2 <= 0x89:
		return strong, 3
	case b1 == 0xB8 || b1 == 0xB9:
		return rareMark(text, i)
	}
	return noMark, 3
}

// rareMark decodes the rune and asks the Unicode property, which covers the
// terminators of every script.
func rareMark(text string, i int) (mark, int) {
	r, n := utf8.DecodeRuneInString(text[i:])
	switch r {
	case '！', '？', '﹖', '﹗', '⸮':
		return strong, n
	case '．', '﹒':
		return stop, n
	case '۔', '။', '።', '፧':
		return full, n
	case '၊': // a comma, though the property has it
		return noMark, n
	case '។', '៕', '༎':
		return full, n
	}
	if unicode.Is(unicode.STerm, r) {
		return full, n
	}
	return noMark, n
}

// markAt is leadMark for any byte.
func (r *rules) markAt(text string, i int) (mark, int) {
	switch r.table[text[i]] {
	case classStop:
		return stop, 1
	case classMark:
		return strong, 1
	case classExtra:
		return strong, 1
	case classLead:
		return leadMark(text, i)
	}
	return noMark, 1
}

// isCloser tells the runes that, standing right after a terminator, still
// belong to the sentence, the signs of notes among them. Opening quotes count:
// „…“ closes with one.
func isCloser(r rune) bool {
	switch r {
	case ')', ']', '}', '"', '\'', '’', '”', '“', '‘', '»', '«', '›', '‹', '„',
		'」', '』', '）', '】', '》', '〉', '〕', '］', '｝', '｣', '〟', '＂', '＇', '´', '*', '_', '†', '‡', '¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹':
		return true
	}
	return false
}

// isQuote tells the closers that end a quotation.
func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '’', '”', '“', '‘', '»', '«', '›', '‹', '」', '』', '｣', '＂', '´':
		return true
	}
	return false
}

// isOpener tells the runes that may stand before a sentence's first letter.
func isOpener(r rune) bool {
	switch r {
	case '(', '[', '{', '"', '\'', '‘', '’', '“', '”', '„', '‚', '«', '»', '‹', '›', '¿', '¡',
		'「', '『', '（', '【', '《', '〈', '〔', '［', '｛', '｢', '＂', '*', '_', '`', '<':
		return true
	}
	return false
}

// isDash tells the dashes that may open a sentence or part a dateline from it.
func isDash(r rune) bool { return r == '-' || r == '–' || r == '—' || r == '―' || r == '−' }

// isBullet tells the marks that open a list item.
func isBullet(r rune) bool {
	switch r {
	case '•', '‣', '⁃', '◦', '▪', '▫', '■', '□', '●', '○', '►', '▶', '➤', '➢', '✓', '✔', '·', '*':
		return true
	}
	return false
}

// isMood tells the pictures that say how a sentence is meant: faces, hearts, hands, and
// what changes their looks.
func isMood(r rune) bool {
	switch {
	case r >= 0x1F600 && r <= 0x1F64F, r >= 0x1F910 && r <= 0x1F92F, r >= 0x1F970 && r <= 0x1F97A, r >= 0x1F493 && r <= 0x1F49F,
		r >= 0x1F44C && r <= 0x1F44F, r >= 0x1F3FB && r <= 0x1F3FF:
		return true
	}
	switch r {
	case 0x2764, 0x2639, 0x263A, 0x1F389, 0x1F38A, 0x1F4AA, 0x1F525, 0x1F90D, 0x1F90E, 0x1F5A4, 0xFE0F, 0x200D:
		return true
	}
	return false
}

// softHyphen shows only where a line is broken at it.
const softHyphen = 0xAD

// isInvisible tells the runes that have no width and no say: soft hyphen,
// zero-width characters, direction marks, byte order mark.
func isInvisible(r rune) bool {
	return r == softHyphen || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E ||
		r >= 0x2060 && r <= 0x2064 || r >= 0x2066 && r <= 0x2069 || r == 0xFEFF || r == 0x61C
}

// isBreak tells the runes that end a line.
func isBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\f' || r == '\v' || r == 0x2028 || r == 0x2029
}
