package ingest

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// behindFigure reports whether what is written next stands right behind a figure.
// Raised there it is a power or a note's number; set beside it, it would make
// another figure of it.
func (b *builder) behindFigure() bool {
	if b.gap > 0 || b.space || b.cell || b.marker != "" {
		return false
	}
	r, _ := utf8.DecodeLastRune(b.out)
	return unicode.IsDigit(r)
}

const (
	onLine = "0123456789+-−"
	above  = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"
)

// superscript writes the figures of s as the raised characters that Unicode has.
// Where s has letters too ("st") nothing can be taken for a figure, and s stays.
func superscript(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune(onLine+", \u00a0–", r) }) {
		return s
	}
	raised := []rune(above)
	return strings.Map(func(r rune) rune {
		if at := strings.IndexRune(onLine, r); at >= 0 {
			return raised[utf8.RuneCountInString(onLine[:at])]
		}
		return r
	}, s)
}

// isRaised reports whether the position that an OpenDocument style gives its text,
// "super" or a share of the line's height, is above the line.
func isRaised(position string) bool {
	share, err := strconv.ParseFloat(strings.TrimSuffix(position, "%"), 64)
	return position == "super" || err == nil && share > 0
}
