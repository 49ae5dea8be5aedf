package ingest

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Statistics know the encodings of the web. A file in one of those before it, or of
// another machine, gets the name of one that it is not, and comes in as signs that are no
// words. What was guessed is therefore read, and where it does not read as text does, and
// one of the encodings below does, that one is taken.

// reading is how a text reads, character by character outside ASCII.
type reading struct {
	judged   int // characters that could be out of place
	odd      int // of them, those that are
	cyrillic int // letters
	vowels   int // of them
}

// read looks at a text: a capital behind a small letter, two scripts in a word, a sign
// inside one, a control character and what no encoding has are out of place.
func read(text string) reading {
	var r reading
	var before, at rune = ' ', ' '
	for _, after := range text + " " {
		if at >= utf8.RuneSelf || at == utf8.RuneError {
			r.judge(before, at, after)
		}
		before, at = at, after
	}
	return r
}

func (r *reading) judge(before, at, after rune) {
	// Inside a word a sign has letters, or others like itself, on both sides.
	inside := func(c rune) bool { return unicode.IsLetter(c) || c >= utf8.RuneSelf && !unicode.IsSpace(c) }
	odd := false
	switch {
	case unicode.IsLetter(at):
		odd = unicode.IsLower(before) && unicode.IsUpper(at) || unicode.IsLetter(before) && isCyrillic(before) != isCyrillic(at)
		if isCyrillic(at) {
			r.cyrillic++
			r.vowels += one(strings.ContainsRune("аеёиоуыэюяіїєўө", unicode.ToLower(at)))
		}
	case unicode.IsMark(at), unicode.IsSpace(at), at == '\u00ad', at == '’', at == '‑', at == '–', at == '—', at == '·':
		return
	case unicode.IsControl(at), at == utf8.RuneError, !unicode.IsGraphic(at) && !unicode.Is(unicode.Cf, at):
		odd = true
	default:
		odd = inside(before) && inside(after)
	}
	r.judged++
	r.odd += one(odd)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func isCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }

// isRussian reports whether a text reads as one in Cyrillic letters: they are nearly all
// that is not ASCII, and of some of them every third to every other is a vowel.
func (r reading) isRussian() bool {
	return r.cyrillic >= 20 && r.cyrillic*10 >= r.judged*9 && r.vowels*3 >= r.cyrillic && r.vowels*2 <= r.cyrillic+r.cyrillic/5
}

// doubt reads what was guessed, and what else it could be.
func doubt(sample []byte, c choice) choice {
	if isThai(sample) {
		return choice{charmap.Windows874, "windows-874", "no byte but of Thai letters, and its signs stand above and below such", 0, true}
	}
	if isEBCDIC(sample) {
		return choice{charmap.CodePage037, "IBM037", "blanks and letters as mainframes have them", 0, true}
	}
	was := read(decodedBy(c.enc, sample))
	if was.odd < 2 || was.odd*100 < was.judged {
		return c
	}
	best, least := c, max(1, was.odd/5) // of what is out of place: nothing, or less than a fifth
	for _, o := range []struct {
		enc  encoding.Encoding
		name string
	}{
		{charmap.CodePage866, "IBM866"}, {charmap.MacintoshCyrillic, "x-mac-cyrillic"}, {charmap.Windows1251, "windows-1251"}, {charmap.KOI8R, "KOI8-R"},
		{charmap.KOI8U, "KOI8-U"},
	} {
		if r := read(decodedBy(o.enc, sample)); r.isRussian() && r.odd < least {
			best, least = choice{o.enc, o.name, "the one in which it reads as words", 0, true}, r.odd
		}
	}
	if best.enc == c.enc && was.odd*5 > was.judged {
		best.why += ", but many of its signs stand where no word has them: look whether it reads well"
	}
	return best
}

func decodedBy(enc encoding.Encoding, raw []byte) string {
	if enc == nil {
		return string(raw)
	}
	out, _ := enc.NewDecoder().Bytes(raw) //nolint:errcheck // what fails reads as nothing
	return string(out)
}

// isThai tells Thai from the encodings of East Asia, whose pairs of bytes it looks like:
// all bytes above ASCII are of Thai, a vowel or tone sign follows a letter or another such
// sign, and a vowel that is written first has its letter behind it.
func isThai(sample []byte) bool {
	letter := func(c byte) bool { return c >= 0xa1 && c <= 0xce }
	sign := func(c byte) bool { return c == 0xd1 || c >= 0xd4 && c <= 0xda || c >= 0xe7 && c <= 0xee }
	at := func(i int) byte {
		if i < 0 || i >= len(sample) {
			return ' '
		}
		return sample[i]
	}
	letters, signs, amiss := 0, 0, 0
	for i, c := range sample {
		switch {
		case c < 0x80, c == 0xa0, c == 0x80, c == 0x85, c >= 0x91 && c <= 0x97, c >= 0xdf:
		case letter(c), c >= 0xcf && c <= 0xda:
		default:
			return false
		}
		switch {
		case c >= 0xfc:
			return false
		case letter(c):
			letters++
		case sign(c):
			signs++
			amiss += one(!letter(at(i-1)) && !sign(at(i-1)))
		case c >= 0xe0 && c <= 0xe4:
			signs++
			amiss += one(!letter(at(i + 1)))
		}
	}
	return letters >= 10 && signs*6 >= letters && amiss*20 <= signs
}

// isEBCDIC tells the text of a mainframe: the byte that is its blank is the most frequent
// of all, that of ASCII is not there, and what it spells is letters.
func isEBCDIC(sample []byte) bool {
	var n [256]int
	for _, c := range sample {
		n[c]++
	}
	if n[' '] > 0 || n[0x40]*20 < len(sample) || n[0x40]*3 > len(sample) {
		return false
	}
	plain := 0
	for _, r := range decodedBy(charmap.CodePage037, sample) {
		plain += one(r == ' ' || r == '\n' || r == '\u0085' || r == '.' || r == ',' || r < utf8.RuneSelf && unicode.IsLetter(r))
	}
	return len(sample) >= 40 && plain*10 >= len(sample)*9
}

// looksUTF7 reports whether ASCII holds what a text in UTF-7 has for the characters
// outside it, "+AOk-" for é: twice or more, and hardly a plus sign that is none of these.
// That encoding is not read: nobody has written articles in it for twenty years.
func looksUTF7(raw []byte) bool {
	shifts, pluses := 0, 0
	for i := bytes.IndexByte(raw, '+'); i >= 0; {
		raw = raw[i+1:]
		pluses++
		n := bytes.IndexFunc(raw, func(r rune) bool {
			return r != '+' && r != '/' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
		})
		if n < 0 {
			n = len(raw)
		}
		shifts += one(spellsUTF16(raw[:n]) || n == 0 && bytes.HasPrefix(raw, []byte("-"))) // "+-" is the plus sign itself
		raw = raw[n:]
		i = bytes.IndexByte(raw, '+')
	}
	return shifts >= 2 && shifts*10 >= pluses*9
}

// spellsUTF16 reports whether base 64 spells graphic characters outside ASCII, and no bit
// beside them.
func spellsUTF16(digits []byte) bool {
	units, err := base64.RawStdEncoding.Strict().DecodeString(string(digits))
	if err != nil || len(units) == 0 || len(units)%2 != 0 {
		return false
	}
	outside := false
	for ; len(units) > 0; units = units[2:] {
		r := rune(units[0])<<8 | rune(units[1])
		outside = outside || r >= utf8.RuneSelf
		if !utf16.IsSurrogate(r) && !unicode.IsGraphic(r) {
			return false
		}
	}
	return outside
}
