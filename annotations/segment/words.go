package segment

import (
	"unicode"
	"unicode/utf8"
)

// word is the word before a terminator.
type word struct {
	start, end   int
	key          [maxWord]byte // lower case, without invisible runes
	n            int           // bytes of key
	traits       trait
	digits       bool // digits and their separators only
	decimal      bool // figures and a comma stand before it: 61,5
	single       bool // one letter
	dotted       bool // has a stop inside: U.S, p.m, 3.2
	acronym      bool // every part between the stops has at most two letters
	plain        bool // lower-case letters only, three or more, a vowel among them
	small        bool // small letters only
	capitals     bool // two or more letters, all capitals, no stop inside
	consonants   bool // two or more letters without a vowel
	roman        bool // a roman numeral
	atStart      bool // opens the unit
	glued        bool // a sign of addresses stands before it: / @ : _ =
	capitalEnd   bool // small letters, then a last capital: McN
	afterCapital bool // the word before it has a capital
}

// wordBefore reads the word that ends at the terminator into w.
func (s *splitter) wordBefore(p *site, w *word) {
	text := s.text
	i := p.at
	floor := max(p.start, i-maxWord/2)
	for i > floor {
		if c := text[i-1]; c < utf8.RuneSelf {
			if !wordBytes[c] && !(c == '-' && i-2 >= floor && text[i-2] == '.') { // J.-C.
				break
			}
			i--
			continue
		}
		r, n := decodeLast(text, i)
		if !isWordRune(r) {
			break
		}
		i -= n
	}
	for i < p.at && (text[i] == '.' || text[i] == '\'') {
		i++
	}
	w.start, w.end = i, p.at
	w.read(text)
	w.atStart = s.opensUnit(p.start, i)
	s.rules.judge(text, w)
	if w.traits == 0 {
		s.afterElision(p, w)
	}
	if w.n <= maxPart && s.spacedPair(p, w) {
		return
	}
	if i > p.start {
		switch c := text[i-1]; c {
		case '/', '@', ':', '_', '=':
			w.glued = true
		}
	}
	if w.glued && w.single && w.small && s.text[i-1] == '/' {
		w.single, w.traits = false, 0 // km/h is no short form
	}
	if w.single {
		w.afterCapital = s.capitalBefore(p.start, i)
	}
}

// judge looks a word up. What the language file has with a capital goes before
// what it has without; a lone letter keeps its case.
func (r *rules) judge(text string, w *word) {
	w.traits = r.lookup(w.key[:w.n])
	if w.n == 0 {
		return
	}
	for _, e := range r.endings {
		if w.traits == 0 && w.n > len(e) && string(w.key[w.n-len(e):w.n]) == e {
			w.traits = number
		}
	}
	first, _ := decode(text, w.start)
	if !isUpper(first) {
		return
	}
	key := w.key
	if utf8.RuneLen(first) != utf8.RuneLen(lower(first)) {
		return
	}
	utf8.EncodeRune(key[:], first)
	switch t := r.lookup(key[:w.n]); {
	case t&abbreviation != 0:
		w.traits = w.traits&^abbreviation | t
	case w.single:
		w.traits &^= abbreviation
	case w.capitals:
		w.traits &^= never // IE is a name, ie is not
	}
}

// maxPart is how many bytes each half of a pair may have.
const maxPart = 9

// spacedPair reads "U. S.", "z. B.", "m. in.", "कि. मी." and "н. э." as the forms
// without the space, when the language file has those.
func (s *splitter) spacedPair(p *site, w *word) bool {
	text, i := s.text, w.start
	if i < p.start+3 || text[i-2:i] != ". " {
		return false
	}
	at := i - 2
	for at > p.start && i-2-at <= maxPart {
		r, n := decodeLast(text, at)
		if !isLetter(r) {
			if !isSpace(r) && !isOpener(r) {
				return false
			}
			break
		}
		at -= n
	}
	if at == i-2 || i-2-at > maxPart {
		return false
	}
	first, n := decode(text, at)
	var buf [2*maxPart + 1]byte
	key := append(append(buf[:0], text[at:i-1]...), w.key[:w.n]...)
	t := s.rules.lookup(key)
	if small := lower(first); utf8.RuneLen(small) == n {
		utf8.EncodeRune(key, small)
		t |= s.rules.lookup(key)
	}
	if t &= mayEnd | clock | state | never | afterNum; t == 0 {
		return false
	}
	w.traits, w.start, w.single = t, at, false
	return true
}

// afterElision looks up what follows an article cut short, or a short form with a
// hyphen: l'Ing., dell'art., Dipl.-Ing.
func (s *splitter) afterElision(p *site, w *word) {
	for i := w.start; i < p.at && i < w.start+8; {
		r, n := decode(s.text, i)
		if i += n; r == '\'' || r == '’' || r == '-' {
			part := word{start: i, end: p.at}
			part.read(s.text)
			s.rules.judge(s.text, &part)
			w.traits = part.traits & abbreviation
			return
		}
	}
}

// wordBytes are the ASCII bytes that a word before a stop is made of.
var wordBytes = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		r := rune(c)
		t[c] = r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '\'' || r == ',' || r == '&'
	}
	return t
}()

// isWordRune is wordBytes for the rest.
func isWordRune(r rune) bool {
	return isLetter(r) || isDigit(r) || isInvisible(r) ||
		r == '’' || r == '°' || r == 'º' || r == 'ª' || r == 0x2011
}

// tally counts what a word is made of.
type tally struct{ letters, digits, upper, vowels, part int }

// read fills the key and what follows from the letters alone.
func (w *word) read(text string) {
	var c tally
	w.acronym = true
	for i := w.start; i < w.end; {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		i += n
		switch {
		case r == ',': // what stands before a comma is another word, or thousands
			digits := c.letters == 0
			w.decimal = digits && c.digits > 0
			w.start, w.n, c = i, 0, tally{}
			if digits {
				c.digits = 1
			}
		case r < utf8.RuneSelf:
			w.key[w.n] = w.count(&c, r)
			w.n++
		case !isInvisible(r):
			w.n += utf8.EncodeRune(w.key[w.n:], w.countWide(&c, r))
		}
	}
	if c.letters > 2 && c.letters <= 4 && c.upper >= 2 && c.upper < c.letters {
		last, _ := decodeLast(text, w.end)
		first, _ := decode(text, w.start)
		w.capitalEnd = isUpper(last) && isUpper(first) // but not l'UE
	}
	w.digits = c.digits > 0 && c.letters == 0
	w.single = c.letters == 1 && c.digits == 0 && !w.dotted && !(c.upper == 0 && w.start > 0 && text[w.start-1] == '-')
	w.acronym = w.acronym && c.letters > 0 && c.digits == 0
	w.capitals = c.letters > 1 && c.upper == c.letters && c.digits == 0 && !w.dotted
	w.small = c.letters > 0 && c.upper == 0 && c.digits == 0 && !w.dotted
	w.plain = w.small && c.letters >= 3 && c.vowels > 0
	w.consonants = c.letters >= 2 && c.digits == 0 && c.vowels == 0
	w.roman = isRoman(w.key[:w.n])
}

// count takes an ASCII sign into the tally and gives its small form.
func (w *word) count(c *tally, r rune) byte {
	switch {
	case r >= 'a' && r <= 'z':
	case r >= 'A' && r <= 'Z':
		c.upper++
		r |= 0x20
	case r == '.':
		w.dotted = true
		c.part = 0
		return '.'
	default:
		if r >= '0' && r <= '9' {
			c.digits++
		}
		return byte(r)
	}
	c.letters++
	if c.part++; c.part > 2 {
		w.acronym = false
	}
	switch r {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		c.vowels++
	}
	return byte(r)
}

// countWide is count for the rest; every letter outside ASCII counts as a vowel,
// so that no word of another script looks like a short form.
func (w *word) countWide(c *tally, r rune) rune {
	switch {
	case isDigit(r):
		c.digits++
	case isLetter(r):
		c.letters++
		c.vowels++
		if c.part++; c.part > 2 {
			w.acronym = false
		}
		if isUpper(r) {
			c.upper++
		}
		r = lower(r)
	}
	return r
}

// opensUnit tells whether only openers stand between the unit's start and i.
func (s *splitter) opensUnit(start, i int) bool {
	if i-start > 12 {
		return false
	}
	for j := start; j < i; {
		r, n := decode(s.text, j)
		if !isOpener(r) && !isSpace(r) && !isBullet(r) && !isDash(r) && !isInvisible(r) {
			return false
		}
		j += n
	}
	return true
}

// capitalBefore tells whether the word before offset i opens with a capital.
func (s *splitter) capitalBefore(start, i int) bool {
	text := s.text
	j := i
	for floor := max(start, i-maxWord); j > floor && (text[j-1] == ' ' || text[j-1] == '.'); {
		j--
	}
	if j == i {
		return false
	}
	floor := max(start, j-maxWord)
	for j > floor {
		r, n := decodeLast(text, j)
		if !isLetter(r) && r != '-' && r != '\'' && r != '’' {
			break
		}
		j -= n
	}
	if j >= i {
		return false
	}
	r, _ := decode(text, j)
	return isUpper(r)
}

// follower is the word after a terminator: its letters and digits up to the
// first other sign, in lower case.
type follower struct {
	key    [maxWord]byte
	n      int
	single bool // one letter
	end    int  // in the text
}

func (f *follower) read(text string, i int) {
	f.n = 0
	count := 0
	for i < len(text) && f.n <= maxWord-utf8.UTFMax {
		r, n := decode(text, i)
		if !isLetter(r) && !isDigit(r) {
			break
		}
		if r < utf8.RuneSelf {
			f.key[f.n] = byte(lower(r))
			f.n++
		} else {
			f.n += utf8.EncodeRune(f.key[f.n:], lower(r))
		}
		i += n
		count++
	}
	f.single, f.end = count == 1, i
}

// traitsAt reads the word at i and says what the language file has of it.
func (s *splitter) traitsAt(f *follower, i int) trait {
	f.read(s.text, i)
	return s.rules.lookup(f.key[:f.n])
}

// titleTraits says what the language file has of the word with its first letter as
// a capital.
func (r *rules) titleTraits(f *follower) trait {
	if f.n == 0 || f.key[0] < 'a' || f.key[0] > 'z' {
		return 0
	}
	f.key[0] -= 'a' - 'A'
	t := r.lookup(f.key[:f.n])
	f.key[0] += 'a' - 'A'
	return t
}

// traitsIn is traitsAt for any text.
func (r *rules) traitsIn(f *follower, text string, i int) trait {
	f.read(text, i)
	return r.lookup(f.key[:f.n])
}

func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	if r >= 0x430 && r < 0x460 || !hasCase(r) {
		return r
	}
	return unicode.ToLower(r)
}

func isRoman(key []byte) bool {
	if len(key) == 0 || len(key) > 6 {
		return false
	}
	for _, c := range key {
		switch c {
		case 'i', 'v', 'x', 'l', 'c':
		default:
			return false
		}
	}
	return true
}

// acronymed tells short forms such as U.S and p.m.
func (w *word) acronymed() bool { return w.dotted && w.acronym }
