package annotations

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// QuoteIn finds a quotation in the text of a copy, and the line (from 1) on which
// it begins. Blanks and the shapes of quotation marks and apostrophes count as
// alike, since a copy is seldom typeset like an article; nothing else does.
// Invalid bytes match nothing. Time is linear in the copy.
func QuoteIn(text, quote string) (line int, found bool) {
	want := foldQuote(quote)
	if want == "" || !utf8.ValidString(text) {
		return 0, false
	}
	var folded strings.Builder
	folded.Grow(len(text))
	var starts []int // of each line's words in folded
	for l := range strings.Lines(text) {
		starts = append(starts, folded.Len())
		if words := foldQuote(l); words != "" {
			folded.WriteString(words)
			folded.WriteByte(' ')
		}
	}
	at := strings.Index(folded.String(), want)
	if at < 0 {
		return 0, false
	}
	return sort.SearchInts(starts, at+1), true
}

func foldQuote(s string) string {
	plain := func(r rune) rune {
		switch r {
		case '“', '”', '„', '«', '»':
			return '"'
		case '‘', '’', '‚':
			return '\''
		}
		return r
	}
	return strings.Join(strings.Fields(strings.Map(plain, s)), " ")
}
