package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind sorts the pieces of a text.
type tokenKind uint8

const (
	wordToken tokenKind = iota
	comma
	stop      // . ! ?
	semicolon // ; and the like
	colon
	dash
	opening // ( [
	closing // ) ]
	mark2   // a quotation mark, of either side; quotations decide
	otherToken
)

// token is a word or a sign. Offsets are bytes of the text.
type token struct {
	start, end int32
	traits     trait
	id         uint16 // in the lexicon, 0 when unknown
	opens      uint32 // what the phrases are good for that begin with it, a bit a use
	quote      int32  // the outermost quotation that it stands in, -1 for none
	hints      hint
	kind       tokenKind
	capital    bool
	digit      bool
	suffix     suffix
	newline    bool // a line break stands before it
	possessive bool // 's
	place      bool // the comma between a town and its state, read as a word
}

// suffix is what an unknown word's ending hints at.
type suffix uint8

const (
	noSuffix suffix = iota
	edSuffix
	ingSuffix
	lySuffix
)

func (t *token) is(x trait) bool { return t.traits&x != 0 }
func (t *token) has(x hint) bool { return t.hints&x != 0 }
func (t *token) word() bool      { return t.kind == wordToken }

// maxWord is the length in bytes of the longest word that is looked up.
const maxWord = 48

// lexer cuts a text into tokens.
type lexer struct {
	text string
	lex  *lexicon
	out  []token
	buf  [maxWord]byte
}

// tokenize appends the tokens of text[from:to].
func (l *lexer) tokenize(from, to int) {
	line := false
	for i := from; i < to; {
		r, n := rune(l.text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(l.text[i:to])
		}
		switch {
		case r == '\n':
			line = true
			i += n
			continue
		case r == ' ' || r == '\t' || r == '\r' || r == 0xa0 || unicode.IsSpace(r):
			i += n
			continue
		case letter(r):
			i = l.word(i, to)
		default:
			i = l.sign(i, n, r, to)
		}
		l.out[len(l.out)-1].newline = line
		line = false
	}
}

func letter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '$' || r == '#' || r == '@' || r == '&' || r == '%'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '€' || r == '£'
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

// word takes a word. Apostrophes, hyphens and stops inside it belong to it;
// a possessive or clitic 's is a token of its own.
func (l *lexer) word(from, to int) int {
	i, tail := from, 0
	for i < to {
		r, n := utf8.DecodeRuneInString(l.text[i:to])
		if letter(r) {
			i += n
			continue
		}
		if i+n >= to {
			break
		}
		next, m := utf8.DecodeRuneInString(l.text[i+n : to])
		joins := apostrophe(r) || r == '-' || r == '.' || r == '/' || r == '_' || r == ',' && digit(l.text[i-1]) && digit(byte(next)) ||
			(r == '*' || r == ':') && l.lex.capitalNouns && strings.HasPrefix(l.text[i+n:to], "innen") // "Bewohner*innen"
		if !joins || !letter(next) {
			if l.lex.capitalNouns && r == '-' && l.suspended(i+n, to) {
				i += n // "Luft- und Seefahrt"
			}
			break
		}
		if apostrophe(r) && l.clitic(i+n, m, to) {
			tail = i
			i += n + m
			for i < to && asciiLetter(l.text[i]) {
				i++
			}
			break
		}
		i += n
	}
	if tail > 0 {
		l.push(from, tail)
		l.push(tail, i)
		last := &l.out[len(l.out)-1]
		last.possessive = true
		return i
	}
	i = l.abbreviation(from, i, to)
	l.push(from, i)
	return i
}

// suspended reports whether a conjunction follows the hyphen that ends a word at i.
func (l *lexer) suspended(i, to int) bool {
	if i+1 >= to || l.text[i] != ' ' {
		return false
	}
	e := i + 1
	for e < to && asciiLetter(l.text[e]) {
		e++
	}
	return l.lex.words[l.known(l.text[i+1:e])].traits&coord != 0
}

// abbreviation takes the stop of "Mr." or "U.S." into the word.
func (l *lexer) abbreviation(from, i, to int) int {
	if i >= to || l.text[i] != '.' || i-from > 6 {
		return i
	}
	if l.lex.capitalNouns && i-from < 3 && i+2 < to && l.text[i+1] == ' ' && digit(l.text[from]) && digit(l.text[i-1]) {
		return i + 1 // "am 3. September": where nouns have capitals an ordinal has a stop
	}
	if i+1 == to { // a splitter has cut behind a title
		if n := l.known(l.text[from : i+1]); l.lex.words[n].traits&title != 0 {
			return i + 1
		}
		return i
	}
	if l.text[i+1] == ',' || (l.text[i+1] == ')' || l.text[i+1] == ']') && dotted(l.text[from:i]) {
		return i + 1
	}
	if i+2 < to && (l.text[i+1] == ' ' || strings.HasPrefix(l.text[i+1:to], "\u00a0")) {
		if dotted(l.text[from:i]) || l.known(l.text[from:i+1]) != 0 || l.goesOn(from, i+2, to) {
			return i + 1
		}
	}
	return i
}

// goesOn reports whether what stands behind a stop and a space at i belongs to the same sentence: a name or title in
// short form is followed by a small letter ("Marsh Bros. said").
func (l *lexer) goesOn(from, i, to int) bool {
	first, _ := utf8.DecodeRuneInString(l.text[from:])
	next, _ := utf8.DecodeRuneInString(l.text[i:to])
	return unicode.IsUpper(first) && unicode.IsLower(next)
}

func dotted(s string) bool {
	if len(s) == 1 {
		return s[0] >= 'A' && s[0] <= 'Z'
	}
	for j := 1; j < len(s); j++ {
		if s[j] == '.' {
			return true
		}
	}
	return false
}

func digit(b byte) bool       { return b >= '0' && b <= '9' }
func asciiLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// clitic reports whether what follows an apostrophe is 's, 're, 've, 'll, 'd, 'm.
func (l *lexer) clitic(i, n, to int) bool {
	j := i
	for j < to && j-i < 3 && asciiLetter(l.text[j]) {
		j++
	}
	switch l.text[i:j] {
	case "s", "S", "re", "ve", "ll", "d", "m":
		return true
	}
	return false
}

// known is the number in the lexicon of a word, compared in lower case and with
// a straight apostrophe, 0 if it is unknown.
func (l *lexer) known(s string) uint16 {
	if len(s) > maxWord {
		return 0
	}
	b := l.buf[:0]
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
			i++
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == '’' {
				r = '\''
			}
			if len(b)+utf8.UTFMax > maxWord {
				return 0
			}
			b = utf8.AppendRune(b, unicode.ToLower(r))
			i += n
		}
	}
	return l.lex.index[string(b)]
}

func (l *lexer) push(from, to int) {
	s := l.text[from:to]
	t := token{start: int32(from), end: int32(to), quote: -1, kind: wordToken}
	t.id = l.known(s)
	w := &l.lex.words[t.id]
	t.traits, t.hints, t.opens = w.traits, w.hints, w.opens
	first, _ := utf8.DecodeRuneInString(s)
	t.capital = unicode.IsUpper(first)
	if h := strings.IndexByte(s, '-'); l.lex.capitalNouns && !t.capital && h > 0 && h+1 < len(s) && s[h+1] >= 'A' && s[h+1] <= 'Z' {
		t.capital = true // "ai-Bericht"
	}
	t.digit = digit(s[0]) || s[0] == '$' && len(s) > 1
	if t.digit && l.lex.age(s) {
		t.traits |= person
	} else if t.digit {
		t.traits |= number
	}
	if t.traits == 0 && t.hints&^raising == 0 && !t.capital { // a word of a phrase may be known by that alone
		t.suffix = l.lex.ending(s)
	}
	l.out = append(l.out, t)
}

// age reports whether a word names somebody by an age: "29-year-old".
func (lex *lexicon) age(s string) bool {
	for _, e := range lex.ages {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// ending sorts a word by the language's endings.
func (lex *lexicon) ending(s string) suffix {
	for i, e := range lex.endings {
		if e != "" && len(s) > len(e)+2 && strings.HasSuffix(s, e) {
			return suffix(i + 1)
		}
	}
	return noSuffix
}

func (l *lexer) sign(i, n int, r rune, to int) int {
	t := token{start: int32(i), quote: -1, kind: otherToken}
	switch r {
	case ',', '、', '،':
		t.kind = comma
	case '.', '!', '?', '。', '…':
		t.kind = stop
	case ';':
		t.kind = semicolon
	case ':':
		t.kind = colon
	case '(', '[':
		t.kind = opening
	case ')', ']':
		t.kind = closing
	case '—', '–', '―':
		t.kind = dash
	case '-':
		t.kind = dash
		for i+n < to && l.text[i+n] == '-' {
			n++
		}
	case '"', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '\'', '`':
		t.kind = mark2
		if r < utf8.RuneSelf && i+n < to && r != '"' && l.text[i+n] == byte(r) {
			n++ // '' and `` are typewriter quotes, ''' closes an inner one too
			if i+n < to && l.text[i+n] == byte(r) {
				n++
			}
		}
		if end := l.leadingClitic(i, n, to); end > 0 {
			l.push(i, end)
			l.out[len(l.out)-1].possessive = true
			return end
		}
	}
	t.end = int32(i + n)
	l.out = append(l.out, t)
	return i + n
}

// leadingClitic finds 's after a sign ("U.S.'s").
func (l *lexer) leadingClitic(i, n, to int) int {
	if i == 0 || i+n >= to || l.text[i-1] != '.' && l.text[i-1] != ')' {
		return 0
	}
	if l.text[i+n] == 's' && (i+n+1 == to || !asciiLetter(l.text[i+n+1])) {
		return i + n + 1
	}
	return 0
}
