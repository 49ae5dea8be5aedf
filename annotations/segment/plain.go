package segment

import "unicode/utf8"

// shortWords holds the traits of words of up to eight bytes, packed into
// one number each, in an open table: most words before a stop are looked up
// here in a few nanoseconds.
type shortWords struct {
	keys   []uint64
	traits []trait
	shift  uint
}

const hashFactor = 0x9E3779B97F4A7C15

func newShortWords(words map[string]trait) shortWords {
	bits := uint(6)
	for 1<<bits < 3*len(words) {
		bits++
	}
	t := shortWords{keys: make([]uint64, 1<<bits), traits: make([]trait, 1<<bits), shift: 64 - bits}
	for w, tr := range words {
		if len(w) > 8 || len(w) == 0 {
			continue
		}
		// Packed as the scan packs it: from the last letter to the first.
		var key uint64
		for i := len(w) - 1; i >= 0; i-- {
			key = key<<8 | uint64(w[i])
		}
		k := key * hashFactor >> t.shift
		for t.keys[k] != 0 {
			k = (k + 1) & uint64(len(t.keys)-1)
		}
		t.keys[k], t.traits[k] = key, tr
	}
	return t
}

func (t *shortWords) get(key uint64) trait {
	k := key * hashFactor >> t.shift
	for t.keys[k] != 0 {
		if t.keys[k] == key {
			return t.traits[k]
		}
		k = (k + 1) & uint64(len(t.keys)-1)
	}
	return 0
}

// verdict is what the short way says of a terminator.
type verdict uint8

const (
	ask     verdict = iota // look closer
	cut                    // the unit ends at the offset given
	cutLine                // and so does its line
	goOn                   // no end here; go on at the offset given
)

// plain decides the commonest cases of an ASCII terminator at once: a stop
// inside a number or an address, a stop before a blank line, and a stop behind a
// plain word that is no abbreviation with a space and a capital behind it. It
// answers only where decide would answer the same.
func (s *splitter) plain(start, i int) (v verdict, at int) {
	text := s.text
	if i <= start || i+3 >= len(text) {
		return ask, i
	}
	next, before := text[i+1], text[i-1]
	if text[i] == '.' {
		switch {
		case next >= 'a' && next <= 'z', next == ',':
			return goOn, i + 1
		case next >= '0' && next <= '9' && before >= '0' && before <= '9',
			next >= 'A' && next <= 'Z' && before >= 'A' && before <= 'Z':
			return goOn, i + 1
		}
	}
	end := i + 1
	quoted := true
	switch {
	case next == '"':
		end++
	case next == 0xE2 && text[i+2] == 0x80 && text[i+3] == 0x9D: // ”
		end += 3
	default:
		quoted = false
	}
	if end+1 >= len(text) {
		return ask, i
	}
	if text[end] == '\n' && text[end+1] == '\n' {
		return cutLine, end
	}
	if text[end] != ' ' || text[end+1] < 'A' || text[end+1] > 'Z' {
		if text[end] != ' ' || text[end+1] < utf8.RuneSelf || quoted {
			return ask, i
		}
		if opensQuoted(text, end+1) && text[i] == '.' && s.plainWord(start, i) || s.plainWide(start, i, end+1) {
			return cut, end
		}
		return ask, i
	}
	switch {
	case text[i] == '.' && quoted && before >= 'a' && before <= 'z',
		text[i] == '?' && !quoted,
		text[i] == '.' && !quoted && s.plainWord(start, i):
		return cut, end
	}
	return ask, i
}

// plainWord tells whether a plain word of two letters or more that is no
// abbreviation ends at i, with a space before it.
func (s *splitter) plainWord(start, i int) bool {
	text := s.text
	var key uint64
	j := i - 1
	for ; j > start; j-- {
		c := text[j]
		if c < 'a' || c > 'z' {
			break
		}
		key = key<<8 | uint64(c)
	}
	n := i - 1 - j
	if c := text[j]; c >= 'A' && c <= 'Z' && j > start {
		if n < 8 && s.rules.short.get(key<<8|uint64(c))&abbreviation != 0 {
			return false
		}
		key = key<<8 | uint64(c|0x20)
		n++
		j--
	}
	if n < 2 || n > maxWord/2 || text[j] != ' ' {
		return false
	}
	if n <= 8 {
		return s.rules.short.get(key)&abbreviation == 0
	}
	return text[j+1] >= 'a' && s.rules.words[text[j+1:i]]&abbreviation == 0
}

// opensQuoted tells “ with a capital of ASCII behind it.
func opensQuoted(text string, i int) bool {
	return i+3 < len(text) && text[i:i+3] == "“" && text[i+3] >= 'A' && text[i+3] <= 'Z'
}

// plainWide is the same for a stop or question mark at i between a word of
// Cyrillic or Arabic and another, at next, that can open a sentence, perhaps behind «.
func (s *splitter) plainWide(start, i, next int) bool {
	text := s.text
	if next+3 >= len(text) {
		return false
	}
	b, b1 := text[next], text[next+1]
	if b == 0xC2 && b1 == 0xAB { // «
		b, b1 = text[next+2], text[next+3]
	}
	capital := b == 0xD0 && b1 >= 0x90 && b1 < 0xB0
	if !capital && !isArabicLead(b, b1) {
		return false
	}
	if text[i] == '?' {
		return capital
	}
	if text[i] != '.' {
		return false
	}
	// Small letters of Cyrillic are D0 B0…BF and D1 80…9F.
	j := i
	for j > start+1 && j > i-maxWord/2 {
		b, b1 := text[j-2], text[j-1]
		if capital && !(b == 0xD0 && b1 >= 0xB0 || b == 0xD1 && b1 < 0xA0) || !capital && !isArabicLead(b, b1) || b1&0xC0 != 0x80 {
			break
		}
		j -= 2
	}
	if j > i-4 || j <= start || text[j-1] != ' ' {
		return false
	}
	t := s.rules.wordTrait(text[j:i])
	return t&abbreviation == 0
}

// isArabicLead tells the two bytes of a letter from the Arabic block's main part.
func isArabicLead(b, b1 byte) bool {
	return b == 0xD8 && b1 >= 0xA1 && b1 < 0xC0 || b == 0xD9 && b1 >= 0x80 && b1 < 0x8B
}

// plainLead is plain for a terminator of several bytes that ends at end: it ends
// the unit before a letter of a script without case, with a quote that closes
// between or not, and before a blank line.
func (s *splitter) plainLead(start, end int, m mark) (v verdict, at int) {
	text := s.text
	if m != full && m != strong || end+6 >= len(text) || end < 4 {
		return ask, end
	}
	wide := text[end-1] < 0xC0 && text[end-3] >= 0xE3
	switch b, b1 := text[end], text[end+1]; {
	case b == '\n' && b1 == '\n':
		return cutLine, end
	case b >= 0xE4 && b < 0xEA, b == 0xE3 && isKana(b1, text[end+2]), isWordByte(b), opensQuoteOfHan(text, end):
		if wide && !s.insideBrackets(start, end) && !(b == 0xE3 && takesUp(text, end)) {
			return cut, end
		}
	case b == ' ' && b1 == 0xE0 && text[end+2] == 0xA4 && text[end+3] >= 0x84 && text[end+3] < 0xBA,
		b == ' ' && isArabicLead(b1, text[end+2]):
		return cut, end
	case b >= 0xE2 && wide && closesQuoteOfHan(text, end) && text[end-4] >= utf8.RuneSelf:
		end += 3
		if particleAt(text, end) || s.speaksAtOnce(end) && !s.introduced(start, end) || m == strong && s.quoteGoesOn(start, end, m) {
			return goOn, end
		}
		if !s.insideBrackets(start, end) {
			return cut, end
		}
	}
	return ask, end
}

// closesQuoteOfHan tells ” or 」 with Han behind it, or a hiragana.
func closesQuoteOfHan(text string, i int) bool {
	return (text[i:i+3] == "”" || text[i:i+3] == "」") &&
		(text[i+3] >= 0xE4 && text[i+3] < 0xEA || text[i+3] == 0xE3 && (text[i+4] == 0x81 && text[i+5] > 0x80 || text[i+4] == 0x82 && text[i+5] < 0x97))
}

// opensQuoteOfHan tells “ or 「 with Han behind it.
func opensQuoteOfHan(text string, i int) bool {
	return i+3 < len(text) && (text[i:i+3] == "“" || text[i:i+3] == "「") && text[i+3] >= 0xE4 && text[i+3] < 0xEA
}

// isKana tells the last two bytes of a kana that cannot take up what was said, as
// と can.
func isKana(b1, b2 byte) bool {
	return b1 == 0x81 && b2 > 0x80 && b2 != 0xA8 || b1 == 0x82 && b2 < 0x97 || b1 == 0x82 && b2 > 0xA0 || b1 == 0x83 && b2 < 0xBB
}
