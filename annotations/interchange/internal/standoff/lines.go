package standoff

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations/interchange"
)

// MaxLine is the longest line of a file that is read, in bytes.
const MaxLine = 16 << 20

// Refuse makes the error for a file that is refused as a whole. Line counts
// from 1; 0 means the file.
func Refuse(file string, line int, format string, args ...any) error {
	return &interchange.FileError{Problems: []interchange.Problem{{Line: line, Path: file, Msg: fmt.Sprintf(format, args...)}}}
}

// Text decodes a file that must be UTF-8; a byte order mark is taken off.
func Text(f interchange.File) (string, error) {
	s := string(f.Data)
	if !utf8.ValidString(s) {
		return "", Refuse(f.Name, lineOfInvalid(s), "is not valid UTF-8; save it as UTF-8 and load it again")
	}
	return strings.TrimPrefix(s, "\ufeff"), nil
}

func lineOfInvalid(s string) int {
	line := 1
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				break
			}
		}
		if r == '\n' {
			line++
		}
	}
	return line
}

// Lines cuts a text at line feeds and takes one carriage return off each line's
// end. It fails on a line longer than [MaxLine].
func Lines(file, s string) ([]string, error) {
	if s == "" {
		return nil, nil
	}
	out := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	for i := range out {
		out[i] = strings.TrimSuffix(out[i], "\r")
		if len(out[i]) > MaxLine {
			return nil, Refuse(file, i+1, "is %d bytes long, the limit is %d", len(out[i]), MaxLine)
		}
	}
	return out, nil
}

// Blank reports whether r is white space or one of the separators (U+001C to
// U+001E) at which some programs end a line.
func Blank(r rune) bool { return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F }

// EndsLine reports whether any program takes r for the end of a line.
func EndsLine(r rune) bool {
	switch r {
	case '\n', '\v', '\f', '\r', 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// OneLine makes each run of line ends a blank, and tells whether there were any.
func OneLine(s string) (string, bool) {
	if !strings.ContainsFunc(s, EndsLine) {
		return s, false
	}
	var b strings.Builder
	in := false
	for _, r := range s {
		if EndsLine(r) {
			if !in {
				b.WriteByte(' ')
			}
			in = true
			continue
		}
		in = false
		b.WriteRune(r)
	}
	return b.String(), true
}

// Clip shortens what a message quotes to about n runes.
func Clip(s string, n int) string {
	i := 0
	for at := range s {
		if i == n {
			return s[:at] + "…"
		}
		i++
	}
	return s
}

// Base is a file's name up to its first dot: what the files of one article share.
func Base(name string) string {
	base, _, _ := strings.Cut(name, ".")
	return base
}
