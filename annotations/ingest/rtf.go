package ingest

import (
	"bytes"
	"strconv"
)

// tidyRTF writes two things in an RTF document in the other way that the format
// allows, since pandoc loses words over them: behind a character given by its number
// it takes the letter after the stand-in for a part of that, unless a blank ends the
// number ("\u8217?s" loses the s); and a link whose instruction has no braces of its
// own loses its words. Nothing else is changed, and no byte of binary data.
func tidyRTF(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+len(raw)/64)
	for i := 0; i < len(raw); {
		if raw[i] != '\\' || i+1 == len(raw) {
			out = append(out, raw[i])
			i++
			continue
		}
		if text, size := fieldText(raw[i:]); size > 0 {
			out = append(append(append(out, `\fldinst{`...), text...), "}}"...)
			i += size
			continue
		}
		end := i + max(2, binaryData(raw[i:]))
		digits := unicodeEscape(raw[i:])
		if digits > 0 {
			end = i + digits
		}
		out = append(out, raw[i:end]...)
		if digits > 0 && end < len(raw) && bytes.IndexByte([]byte(" \\{}\r\n"), raw[end]) < 0 {
			out = append(out, ' ')
		}
		i = end
	}
	return out
}

// fieldText gives a field's instruction without braces of its own, with which b
// begins, and the length of it with the brace that ends the group; or 0.
func fieldText(b []byte) (text []byte, size int) {
	rest, ok := bytes.CutPrefix(b, []byte(`\fldinst`))
	text = bytes.TrimLeft(rest, " \r\n")
	if !ok || len(text) == len(rest) {
		return nil, 0
	}
	n := bytes.IndexAny(text, `{}\`)
	if n < 0 || text[n] != '}' {
		return nil, 0
	}
	return text[:n], len(b) - len(text) + n + 1
}

// binaryData is the length of a \binN with the N bytes behind it that are no text,
// with which b begins, or 0.
func binaryData(b []byte) int {
	rest, ok := bytes.CutPrefix(b, []byte(`\bin`))
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	size, err := strconv.Atoi(string(rest[:min(n, 10)]))
	if !ok || err != nil {
		return 0
	}
	at := len(b) - len(rest) + n
	if at < len(b) && b[at] == ' ' {
		at++
	}
	return at + min(size, len(b)-at)
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
