package ingest

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// unescape undoes the backslash escapes and entities of Markdown text. Unlike
// in HTML, an entity needs its semicolon, and numbers mean the code points that
// they say, U+FFFD when there is none.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexAny(s, `\&`)
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		if s[0] == '&' {
			if meaning, n := entity(s); n > 0 {
				b.WriteString(meaning)
				s = s[n:]
				continue
			}
		} else if len(s) > 1 && util.IsPunct(s[1]) {
			s = s[1:]
		}
		b.WriteByte(s[0]) // as it stands
		s = s[1:]
	}
}

// maxEntity is longer than any name of an entity, in bytes.
const maxEntity = 40

// entity reads the entity that s begins with, and gives what it means and its
// length in bytes, or 0.
func entity(s string) (string, int) {
	end := strings.IndexByte(s[:min(len(s), maxEntity)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	digits, base, most := name[1:], 10, 7
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, most = digits[1:], 16, 6
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > most {
		return "", 0
	}
	if r := rune(n); r != 0 && utf8.ValidRune(r) {
		return string(r), end + 1
	}
	return string(utf8.RuneError), end + 1
}
