package annotations

import (
	"fmt"
	"sort"
	"unicode/utf8"
)

// Unit is a way to count positions in a text.
type Unit string

// The three units that clients use. Inside stet everything is bytes.
const (
	Bytes      Unit = "byte"
	CodePoints Unit = "codepoint"
	UTF16      Unit = "utf16"
)

// mark is how many of each begin before a place of the text: a place that is a
// multiple of markEvery in bytes, or the end.
type mark struct{ b, cp, u16 int }

// Offsets converts positions of one text between bytes, code points and UTF-16
// code units. It is safe for concurrent use.
type Offsets struct {
	text  string
	marks []mark // every markEvery bytes, be it within a character, and at the end
}

// markEvery keeps the marks below a quarter of the text, and the way from one to
// any place short.
const markEvery = 128

// NewOffsets reads text once; text must be valid UTF-8.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text, marks: make([]mark, 1, len(text)/markEvery+2)}
	var m mark
	for m.b < len(text) {
		m = m.to(text, min(m.b+markEvery, len(text)))
		o.marks = append(o.marks, m)
	}
	return o
}

// to counts on to the byte at, which lies not before m. A character belongs to
// where its first byte is, and one of four bytes is two units of UTF-16.
func (m mark) to(text string, at int) mark {
	for _, c := range []byte(text[m.b:at]) {
		if c&0xC0 != 0x80 {
			m.cp++
			m.u16++
		}
		if c >= 0xF0 {
			m.u16++
		}
	}
	m.b = at
	return m
}

// next is the mark behind the character at m, a rune border.
func (m mark) next(text string) mark {
	_, n := utf8.DecodeRuneInString(text[m.b:])
	return m.to(text, m.b+n)
}

// counter returns how a mark counts in unit u, or nil when u is none.
func counter(u Unit) func(mark) int {
	switch u {
	case Bytes:
		return func(m mark) int { return m.b }
	case CodePoints:
		return func(m mark) int { return m.cp }
	case UTF16:
		return func(m mark) int { return m.u16 }
	}
	return nil
}

// At converts the byte offset b, which must lie on a rune border, to unit u.
// With a unit that is none of the three it returns -1.
func (o *Offsets) At(b int, u Unit) int {
	count := counter(u)
	switch {
	case count == nil:
		return -1
	case u == Bytes:
		return b
	}
	return count(o.at(b))
}

// Pair converts a span to [start, end) in unit u.
func (o *Offsets) Pair(s Span, u Unit) [2]int { return [2]int{o.At(s.Start, u), o.At(s.End, u)} }

// Span is the inverse of [Offsets.Pair]. It fails when the pair lies outside
// the text, is empty, or cuts a character in two, and for an unknown unit.
func (o *Offsets) Span(p [2]int, u Unit) (Span, error) {
	pick := counter(u)
	if pick == nil {
		return Span{}, fmt.Errorf("%q is not a unit of positions: byte, codepoint or utf16", u)
	}
	if p[0] < 0 || p[1] <= p[0] || p[1] > pick(o.marks[len(o.marks)-1]) {
		return Span{}, fmt.Errorf("%s range [%d, %d) does not fit a text of %d", u, p[0], p[1], pick(o.marks[len(o.marks)-1]))
	}
	a, b := o.seek(pick, p[0]), o.seek(pick, p[1])
	if pick(a) != p[0] || pick(b) != p[1] {
		return Span{}, fmt.Errorf("%s range [%d, %d) cuts a character in two", u, p[0], p[1])
	}
	return Span{Start: a.b, End: b.b}, nil
}

// at counts what begins before byte b; what lies outside of the text counts as
// its nearer end.
func (o *Offsets) at(b int) mark {
	b = min(max(b, 0), len(o.text))
	return o.marks[b/markEvery].to(o.text, b)
}

// seek returns the first rune border whose count by pick is at least want.
func (o *Offsets) seek(pick func(mark) int, want int) mark {
	i := sort.Search(len(o.marks), func(i int) bool { return pick(o.marks[i]) > want })
	m := o.marks[max(i-1, 0)]
	for m.b < len(o.text) && !utf8.RuneStart(o.text[m.b]) {
		m.b++ // the mark counts the character it stands in
	}
	for pick(m) < want && m.b < len(o.text) {
		m = m.next(o.text)
	}
	return m
}
