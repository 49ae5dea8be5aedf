package annotations

import (
	"fmt"
	"unicode/utf8"
)

// Span is a half-open range [Start, End) of byte offsets into an article's
// UTF-8 text. Both ends stand on rune borders.
type Span struct {
	Start int `json:"start" cbor:"1,keyasint"`
	End   int `json:"end" cbor:"2,keyasint"`
}

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether s holds no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// In returns the bytes of text that s covers. It panics when s does not fit;
// call [Span.Check] first on anything that came from outside.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Check tells why s is not a proper span of text, or nil: it must not be empty,
// must lie inside, and must cut no rune in two.
func (s Span) Check(text string) error {
	switch {
	case s.Start < 0 || s.End > len(text):
		return fmt.Errorf("bytes %d to %d reach outside the text of %d bytes", s.Start, s.End, len(text))
	case s.Empty():
		return fmt.Errorf("bytes %d to %d hold nothing", s.Start, s.End)
	case !RuneBorder(text, s.Start) || !RuneBorder(text, s.End):
		return fmt.Errorf("bytes %d to %d cut a character in two", s.Start, s.End)
	}
	return nil
}

// RuneBorder reports whether a text may be cut before byte i: at its ends, and where a
// character begins.
func RuneBorder(text string, i int) bool {
	return i == 0 || i == len(text) || i > 0 && i < len(text) && utf8.RuneStart(text[i])
}
