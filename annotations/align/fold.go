package align

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// latinPairs lists letters with marks and the plain letter each is read as. The
// standard library has no decomposition tables, and names such as Nicolás are
// written both ways within one story.
const latinPairs = "àaáaâaãaäaåaāaăaąaçcćcčcďdđdèeéeêeëeēeėeęeěeğgìiíiîiïiīiįiıiłlñnńnňnòoóoôoõoöoøoōoőořrśsşsšsșsťtţtțtùuúuûuüuūuůuűuýyÿyźzżzžz"

var latinBase = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, utf8.RuneCountInString(latinPairs)/2)
	rs := []rune(latinPairs)
	for i := 0; i+1 < len(rs); i += 2 {
		m[rs[i]] = rs[i+1]
	}
	return m
})

// foldRune reads a letter without its case and marks.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	r = unicode.ToLower(r)
	if b, ok := latinBase()[r]; ok {
		return b
	}
	return r
}

// isDouble reports a mark that opens or closes a quotation whatever surrounds it.
func isDouble(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』', '＂', '〝', '〞':
		return true
	}
	return false
}

// isSingle reports a mark that is a quotation mark or an apostrophe.
func isSingle(r rune) bool {
	switch r {
	case '\'', '‘', '’', '‚', '‛', '‹', '›', 'ʼ', '´', '`':
		return true
	}
	return false
}

func isDash(r rune) bool { return r == '-' || r >= 0x2010 && r <= 0x2015 || r == '−' }

// sameWords folds what may differ between two printings of the same words:
// quotation marks, white space, dashes, the dots of an ellipsis. Letters, their
// case and all other punctuation stay.
func sameWords(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\u00ad' || r == '\ufeff':
			gap = gap || unicode.IsSpace(r)
			continue
		case isDouble(r) || isSingle(r):
			r = '\''
		case isDash(r):
			r = '-'
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		if r == '…' {
			b.WriteString("...")
			continue
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "''", "'")
}
