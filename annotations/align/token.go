package align

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

type tokenKind uint8

const (
	isWord   tokenKind = iota
	isNumber           // begins with a digit
	isMark             // one character of punctuation
)

// token is a word, a figure or a mark of a sentence.
type token struct {
	span annotations.Span // bytes of the whole text
	low  string           // folded: lower case, no accents, no apostrophes
	stem string           // what words are compared by; empty for the tail of a name such as "United States"
	kind tokenKind
	cap  bool // begins with a capital
	stop bool // carries grammar more than content
}

// is reports whether the token is one of the folded words.
func (t token) is(words ...string) bool {
	for _, w := range words {
		if t.low == w {
			return true
		}
	}
	return false
}

// content reports whether the token tells what a sentence is about.
func (t token) content() bool { return t.kind != isMark && !t.stop && t.stem != "" }

// tokenize reads the words of one unit of text.
func tokenize(dst []token, text string, s annotations.Span) []token {
	first := len(dst)
	for i := s.Start; i < s.End; {
		r, n := utf8.DecodeRuneInString(text[i:s.End])
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			i += n
		case unicode.IsDigit(r):
			end := figureEnd(text, i, s.End)
			dst = append(dst, makeToken(text, i, end, isNumber))
			i = end
		case eachRune(r):
			dst = append(dst, makeToken(text, i, i+n, isWord))
			i += n
		case unicode.IsLetter(r):
			end := wordEnd(text, i, s.End)
			dst = append(dst, makeToken(text, i, end, isWord))
			i = end
		default:
			dst = append(dst, token{span: annotations.Span{Start: i, End: i + n}, low: string(foldMark(r)), kind: isMark})
			i += n
		}
	}
	shortNames(dst[first:])
	return dst
}

// eachRune reports scripts written without spaces, where a character is a word.
func eachRune(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x0E00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func foldMark(r rune) rune {
	switch {
	case isDouble(r):
		return '"'
	case isSingle(r):
		return '\''
	case isDash(r):
		return '-'
	}
	return r
}

// wordEnd finds the end of the word that begins at i. An apostrophe between
// letters belongs to it; the dots of "U.S." do.
func wordEnd(text string, i, end int) int {
	_, n := utf8.DecodeRuneInString(text[i:])
	if dotted(text, i, i+n, end) {
		j := i
		for dotted(text, j, j+1, end) {
			j += 2
		}
		if j < end && asciiLetter(text[j]) && (j+1 == end || !asciiLetter(text[j+1])) {
			j++
			if j < end && text[j] == '.' {
				j++
			}
		}
		return j
	}
	j := i
	for j < end {
		r, n := utf8.DecodeRuneInString(text[j:end])
		switch {
		case unicode.IsLetter(r) && !eachRune(r) || unicode.Is(unicode.M, r) || unicode.IsDigit(r):
		case isSingle(r) && j > i && j+n < end:
			if next, _ := utf8.DecodeRuneInString(text[j+n:]); !unicode.IsLetter(next) {
				return j
			}
		default:
			return j
		}
		j += n
	}
	return j
}

func asciiLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// dotted reports a single capital and a dot, with another letter behind it.
func dotted(text string, i, next, end int) bool {
	return next == i+1 && i+2 < end && text[i] >= 'A' && text[i] <= 'Z' && text[i+1] == '.' && text[i+2] >= 'A' && text[i+2] <= 'Z'
}

// figureEnd finds the end of a figure: digits with separators inside, and the
// letters that stand right behind it (22nd, 1.2m, 10am).
func figureEnd(text string, i, end int) int {
	j := i
	for j < end {
		r, n := utf8.DecodeRuneInString(text[j:end])
		if unicode.IsDigit(r) {
			j += n
			continue
		}
		if groupSpace(r) && threeDigits(text[j+n:end]) {
			j += n
			continue
		}
		if (r == '.' || r == ',' || r == ':') && j+1 < end && text[j+1] >= '0' && text[j+1] <= '9' {
			j++
			continue
		}
		break
	}
	for j < end {
		r, n := utf8.DecodeRuneInString(text[j:end])
		if !unicode.IsLetter(r) || eachRune(r) {
			break
		}
		j += n
	}
	return j
}

// groupSpace tells the spaces that part the thousands of a figure and no two words.
func groupSpace(r rune) bool { return r == 0xA0 || r == 0x202F || r == 0x2009 }

// threeDigits reports that text opens with three digits and no fourth.
func threeDigits(text string) bool {
	n := 0
	for n < len(text) && n < 4 && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n == 3
}

func makeToken(text string, start, end int, kind tokenKind) token {
	raw := text[start:end]
	t := token{span: annotations.Span{Start: start, End: end}, kind: kind}
	first, _ := utf8.DecodeRuneInString(raw)
	t.cap = unicode.IsUpper(first)
	t.low = foldWord(raw)
	if kind == isNumber {
		t.low = strings.Map(func(r rune) rune {
			if groupSpace(r) {
				return -1
			}
			return r
		}, t.low)
		t.stem = strings.ReplaceAll(t.low, ",", "")
		return t
	}
	t.stem = stem(t.low)
	t.stop = stopWords()[t.low]
	return t
}

// foldWord lower-cases a word, takes off accents, dots and apostrophes, and the
// possessive 's.
func foldWord(raw string) string {
	plain := true
	for i := 0; i < len(raw); i++ {
		if c := raw[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' || c == '\'' || c == '.' || c == '`' {
			plain = false
			break
		}
	}
	if plain {
		return raw
	}
	var b strings.Builder
	b.Grow(len(raw))
	last := -1
	for _, r := range raw {
		switch {
		case isSingle(r):
			last = b.Len()
			continue
		case r == '.' && !(raw[0] >= '0' && raw[0] <= '9'):
			continue
		case r == 'ß':
			b.WriteString("ss")
			continue
		}
		b.WriteRune(foldRune(r))
	}
	s := b.String()
	if last > 0 && s[last:] == "s" {
		return s[:last]
	}
	return s
}

// shortNames gives long names the stem of their short form.
func shortNames(toks []token) {
	for i := 0; i+1 < len(toks); i++ {
		short, ok := longNames[toks[i].low]
		if ok && toks[i+1].low == short[0] {
			toks[i].stem, toks[i].stop = short[1], false
			toks[i+1].stem = ""
		}
	}
}

// longNames holds first word, second word and short form of names that are
// written both ways.
var longNames = map[string][2]string{
	"united":   {"states", "us"},
	"european": {"union", "eu"},
	"per":      {"cent", "percent"},
	"white":    {"house", "whitehouse"},
}
