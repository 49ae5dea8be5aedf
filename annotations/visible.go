package annotations

import (
	"strings"
	"unicode/utf8"
)

// Visible returns s with everything that could command a terminal, reorder a
// line or hide itself replaced by a symbol one cell wide. What comes back holds
// no control character at all, so it can be drawn as it is; it is for eyes
// only, never stored. Each rune of s becomes exactly one rune, so word counts
// and rune positions stay the same.
//
//	line feed, tab and other white space       a space
//	other C0 controls, DEL                     their control picture (␛ ␇ ␡)
//	C1 controls, invalid bytes,                U+FFFD
//	private use, noncharacters
//	bidirectional marks and overrides          ⇄
//	zero-width and other invisible characters  ¦, soft hyphen -, except the joiners
//	                                           (U+200C, U+200D) and variation selectors
func Visible(s string) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for _, r := range s {
		b.WriteRune(visible(r))
	}
	return b.String()
}

// clean is the fast way out: printable ASCII, and nothing else, needs no work.
func clean(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7F {
			return false
		}
	}
	return true
}

func visible(r rune) rune {
	switch {
	case r >= 0x20 && r < 0x7F:
		return r
	case r == '\n' || r == '\t' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return ' '
	case r < 0x20:
		return 0x2400 + r
	case r == 0x7F:
		return 0x2421
	case r < 0xA0, r == utf8.RuneError:
		return utf8.RuneError
	case r == 0xAD:
		return '-'
	case r == 0x61C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x206F:
		return '⇄'
	case r == 0x200B || r >= 0x2060 && r <= 0x2065 || r == 0xFEFF || r == 0x180E || r == 0x34F || r == 0x115F || r == 0x1160 || r == 0x3164 || r == 0xFFA0 || r == 0x17B4 || r == 0x17B5:
		return '¦'
	case r >= 0xFFF0 && r <= 0xFFFB || r >= 0x1BCA0 && r <= 0x1BCA3 || r >= 0x13430 && r <= 0x1343F || r >= 0xE0000 && r <= 0xE00FF || r >= 0xE01F0 && r <= 0xE0FFF || r >= 0x1D173 && r <= 0x1D17A:
		return '¦'
	case r >= 0xFFFE && r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF || r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000:
		return utf8.RuneError // noncharacters and private use: no terminal agrees on them
	}
	return r
}
