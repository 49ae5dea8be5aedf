package review

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// What is shown of a text says one sign for one, but not byte for byte: a line end
// inside of a sentence is a blank, a soft hyphen a hyphen. Places in the text and places
// in a row are told apart here.

// rowSpans are the stretches of text that the rows show; each row is bytes from..to of
// what is shown of it. Between rows at most blanks are left out.
func rowSpans(text, shown string, rows []annotations.Span) []annotations.Span {
	if text == shown {
		return rows
	}
	out := make([]annotations.Span, len(rows))
	from, at := 0, 0 // in text, in shown
	for i, row := range rows {
		from += asWritten(text[from:], row.Start-at)
		end := from + asWritten(text[from:], row.End-row.Start)
		out[i] = annotations.Span{Start: from, End: end}
		from, at = end, row.End
	}
	return out
}

// asShown is how many bytes the first n bytes of a text have where it is shown.
func asShown(text string, n int) int { return len(annotations.Visible(text[:n])) }

// asWritten is how many bytes of a text stand behind the first n bytes of what is shown.
func asWritten(text string, n int) int {
	if n <= 0 {
		return 0
	}
	shown := 0
	for i, r := range text {
		if shown >= n {
			return i
		}
		shown += len(annotations.Visible(string(r)))
	}
	return len(text)
}

// find lists where words stand in a text, letter by letter, in order and apart; but one
// run of blanks and line ends is as good as another, since nobody sees where a line of
// the file ended.
func find(text, words string) []annotations.Span {
	parts := strings.Fields(words)
	if len(parts) == 0 {
		return nil
	}
	var out []annotations.Span
	for from := 0; ; {
		i := strings.Index(text[from:], parts[0])
		if i < 0 {
			return out
		}
		start := from + i
		end, ok := goesOn(text, start+len(parts[0]), parts[1:])
		if !ok {
			_, size := utf8.DecodeRuneInString(text[start:])
			from = start + size
			continue
		}
		out = append(out, annotations.Span{Start: start, End: end})
		from = end
	}
}

// goesOn reports whether a text goes on with words at a byte, and where they end.
func goesOn(text string, at int, words []string) (end int, ok bool) {
	for _, word := range words {
		rest := strings.TrimLeftFunc(text[at:], unicode.IsSpace)
		if len(rest) == len(text)-at || !strings.HasPrefix(rest, word) {
			return 0, false
		}
		at = len(text) - len(rest) + len(word)
	}
	return at, true
}

// oneLine is words of a text as a name is written: on one line.
func oneLine(words string) string { return strings.Join(strings.Fields(words), " ") }
