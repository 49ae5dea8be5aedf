package foreign

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"unicode/utf16"
	"unicode/utf8"

	"stet.example/stet/annotations/interchange"
)

// Refuse makes the error for a file that is refused as a whole.
func Refuse(file string, line int, format string, args ...any) error {
	return &interchange.FileError{Problems: []interchange.Problem{{Line: line, Path: file, Msg: fmt.Sprintf(format, args...)}}}
}

// Sound tells why a file cannot be read at all, or nil.
func Sound(f interchange.File) error {
	switch {
	case len(f.Data) > MaxFile:
		return Refuse(f.Name, 0, "is longer than %d bytes; split it", MaxFile)
	case !utf8.Valid(f.Data):
		i := 0
		for i < len(f.Data) {
			r, n := utf8.DecodeRune(f.Data[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		return Refuse(f.Name, bytes.Count(f.Data[:i], []byte("\n"))+1, "is not UTF-8 here; save it as UTF-8")
	}
	return nil
}

// Lines gives the lines of a JSONL file that are not blank, numbered from 1.
func Lines(data []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
		for n := 1; len(data) > 0; n++ {
			line, rest, _ := bytes.Cut(data, []byte("\n"))
			data = rest
			if len(bytes.TrimSpace(line)) > 0 && !yield(n, line) {
				return
			}
		}
	}
}

// Encode gives v as JSON on one line, without a line end.
func Encode(v any) ([]byte, error) { return encode(v, "") }

// EncodeIndented gives v as JSON with one value a line.
func EncodeIndented(v any) ([]byte, error) { return encode(v, " ") }

func encode(v any, indent string) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// ASCII escapes every character of a JSON text that is not printable ASCII: some
// programs guess the encoding of a file and guess wrong. The brace behind a tilde
// is escaped too, since there a guesser sees the start of Chinese in HZ.
func ASCII(b []byte) []byte {
	out := make([]byte, 0, len(b)+len(b)/4)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == '{' && bytes.HasSuffix(out, []byte("~")):
			out = append(out, `\u007b`...)
		case r < 0x7F:
			out = append(out, byte(r))
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		b = b[n:]
	}
	return out
}
