package dialog

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is text as it is searched: small letters, an accented letter in one form,
// quotation marks and apostrophes as keyboards have them, and one blank for each run
// of blanks and line ends. So what somebody types is found as an article has it.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	blank, plain := false, true
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && r > ' ':
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
		case unicode.IsSpace(r):
			blank = true
			continue
		case r >= utf8.RuneSelf:
			r, plain = folded(r), false
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
		} else {
			b.WriteRune(r)
		}
	}
	if plain {
		return b.String()
	}
	return composed(b.String())
}

// composed puts an accented letter into one form. It is done to small letters: a
// capital may have another accent to it.
func composed(text string) string {
	if !norm.NFC.IsNormalString(text) {
		return norm.NFC.String(text)
	}
	return text
}

func folded(r rune) rune {
	switch r {
	case '“', '”', '„', '«', '»':
		return '"'
	case '‘', '’', '‚':
		return '\''
	}
	return unicode.ToLower(r)
}

// Find lists where text holds words, both folded: byte ranges of text, in order, on
// the borders of letters with their accents.
func Find(text, words string) [][2]int {
	words = Fold(words)
	if words == "" {
		return nil
	}
	var b strings.Builder
	var at []int // where each byte of b comes from
	var it norm.Iter
	it.InitString(norm.NFC, text)
	for !it.Done() {
		from := it.Pos()
		for _, r := range composed(strings.Map(folded, string(it.Next()))) {
			n := b.Len()
			switch {
			case !unicode.IsSpace(r):
				b.WriteRune(r)
			case n > 0 && b.String()[n-1] != ' ':
				b.WriteByte(' ')
			}
			for range b.Len() - n {
				at = append(at, from)
			}
		}
	}
	at = append(at, len(text))
	var out [][2]int
	for from := 0; ; {
		i := strings.Index(b.String()[from:], words)
		if i < 0 {
			return out
		}
		i += from
		from = i + len(words)
		end := from
		for end < len(at)-1 && at[end] == at[end-1] { // inside of a letter
			end++
		}
		if n := len(out); n == 0 || at[i] >= out[n-1][1] { // else it is in a letter that is marked
			out = append(out, [2]int{at[i], at[end]})
		}
	}
}
