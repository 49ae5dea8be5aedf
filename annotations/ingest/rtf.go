package ingest

import (
	"bytes"
	"regexp"
)

// fieldText is a field's instruction without braces of its own.
var fieldText = regexp.MustCompile(`\\fldinst[ \r\n]+([^{}\\]*)\}`) //nolint:gochecknoglobals // a lookup table

// tidyRTF writes two things in an RTF document in the other way that the format
// allows, since pandoc loses words over them: behind a character given by its number
// it takes the letter after the stand-in for a part of that, unless a blank ends the
// number ("\u8217?s" loses the s); and a link whose instruction has no braces of its
// own loses its words. Nothing else is changed.
func tidyRTF(raw []byte) []byte {
	raw = fieldText.ReplaceAll(raw, []byte(`\fldinst{$1}}`))
	out := make([]byte, 0, len(raw)+len(raw)/64)
	for i := 0; i < len(raw); {
		if raw[i] != '\\' || i+1 == len(raw) {
			out = append(out, raw[i])
			i++
			continue
		}
		end := i + 2
		if digits := unicodeEscape(raw[i:]); digits > 0 {
			end = i + digits
		}
		out = append(out, raw[i:end]...)
		if end > i+2 && end < len(raw) && !bytes.ContainsRune([]byte(" \\{}\r\n"), rune(raw[end])) {
			out = append(out, ' ')
		}
		i = end
	}
	return out
}

// unicodeEscape is the length of a \uN with which b begins, or 0.
func unicodeEscape(b []byte) int {
	i := 2
	if b[1] != 'u' {
		return 0
	}
	if i < len(b) && b[i] == '-' {
		i++
	}
	from := i
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	if i == from {
		return 0
	}
	return i
}
