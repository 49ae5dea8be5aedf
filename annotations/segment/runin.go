package segment

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// maxHead bounds in bytes a heading that its paragraph's text follows on the line.
const maxHead = 100

// runIn finds the next place from start on, within the line, where a sentence opens
// that no mark stands before, and remembers it: behind a heading or a signature that
// runs into the text. Line is what the line has left.
func (s *splitter) runIn(start int, line string, atLine bool) {
	s.runAt, s.runSeen, s.runHead = -1, start+len(line), false
	if len(line) == maxSoftLook {
		s.runSeen -= maxSoftLook / 4 // the unit that the look ends in is looked at again
	}
	k := s.unmarked(line, atLine)
	if k < 0 || !strings.ContainsAny(line[k:], ".!?") {
		return // a headline has no mark
	}
	s.runAt, s.runSeen = start+k, start+k
	s.runHead = atLine && k < maxHead && !strings.ContainsAny(line[:k], ".!?") && !s.hasVerb(line[:k])
}

// unmarked gives the first space of the line behind which opensUnmarked says that a
// sentence opens, or -1.
func (s *splitter) unmarked(line string, atLine bool) int {
	leads := &s.rules.leads
	const size = 64 + around
	for i := 0; len(line)-i >= size; {
		part, first := line[i:i+size], -1
		for hit := capitals(part); hit != 0; hit &= hit - 1 {
			n := bits.TrailingZeros64(hit)
			k := n>>3 | n&7<<3
			if phraseEnds[part[k]]&leads.has(part[k+2], part[k+3], part[k+4]) == 0 {
				continue
			}
			if k += i + 1; (first < 0 || k < first) && line[k] == ' ' && s.opensUnmarked(line, k, atLine && k < maxHead) && !inQuotes(line[:k]) {
				first = k
			}
		}
		if first >= 0 {
			return first
		}
		if i += 64; len(line)-i < size && len(line)-i > around {
			i = len(line) - size // what is left, and some of it once more
		}
	}
	if len(line) < size {
		return s.unmarkedShort(line, atLine)
	}
	return -1
}

// unmarkedShort is unmarked for short lines.
func (s *splitter) unmarkedShort(line string, atLine bool) int {
	for k := 1; k+3 < len(line); k++ {
		if line[k] == ' ' && phraseEnds[line[k-1]]&s.rules.leads.has(line[k+1], line[k+2], line[k+3]) != 0 && line[k+1] < 'a' &&
			s.opensUnmarked(line, k, atLine && k < maxHead) && !inQuotes(line[:k]) {
			return k
		}
	}
	return -1
}

// around is how many bytes beside a capital are looked at: two before, two behind.
const around = 4

// hasVerb tells whether one of the commonest verbs stands in a line's part: then it is
// no heading, but a sentence that lost its stop.
func (s *splitter) hasVerb(part string) bool {
	var f follower
	for i := 0; i < len(part); {
		if s.rules.traitsIn(&f, part, i)&verb != 0 {
			return true
		}
		n := strings.IndexByte(part[i:], ' ')
		if n < 0 {
			break
		}
		i += n + 1
	}
	return false
}

// phraseEnds are the bytes that can stand before a sentence that no mark parts from
// what is before it.
var phraseEnds = func() (t [256]uint32) {
	for c := range t {
		if isWordByte(byte(c)) || c == '"' || c == ')' || c >= utf8.RuneSelf {
			t[c] = 1
		}
	}
	return t
}()

// capitals gives the capitals of ASCII in the 64 bytes behind the first two of part, as
// bits: that of byte 8j+k is 8k+j. So many at once cost less than eight by eight, of which
// nobody can guess whether they hold one.
func capitals(part string) uint64 {
	return upper(load(part, 2))>>6 | upper(load(part, 10))>>5 | upper(load(part, 18))>>4 | upper(load(part, 26))>>3 |
		upper(load(part, 34))>>2 | upper(load(part, 42))>>1 | upper(load(part, 50)) | upper(load(part, 58))<<1
}

// upper marks the capitals of ASCII, and @ and [ to _: of the bytes below 0x80 those
// that have the second bit and not the third.
func upper(v uint64) uint64 { return v &^ (v << 1) &^ (v >> 1) & (0x40 * ones) }

// leadSet is a set of words by their first three letters, the third as a bit. A word
// that opens as one of them does is taken for one.
type leadSet [32][32]uint32

// has gives 1 when a word of the set opens so, else 0.
func (o *leadSet) has(a, b, c byte) uint32 { return o[a&31][b&31] >> (c & 31) & 1 }

// add puts a word in, with what may stand behind it where it has less than three
// letters: a space, an apostrophe, and behind the space anything.
func (o *leadSet) add(word string) {
	switch len(word) {
	case 1:
		o[word[0]&31][' '&31] = 1<<32 - 1
	case 2:
		o.add(word + " ")
		o.add(word + "'")
		o.add(word + "’")
	default:
		o[word[0]&31][word[1]&31] |= 1 << (word[2] & 31)
	}
}

// opensUnmarked tells whether a sentence opens behind the space at k of the line
// though no mark stands before it. Inside a sentence only names have capitals, so the
// capital of a word such as "they" shows it when a small letter follows: in a name
// that such a word opens, more capitals would.
func (s *splitter) opensUnmarked(line string, k int, atHead bool) bool {
	end := k + 2
	for end < len(line) && isLowerAt(line, end) {
		end++
	}
	if end-k > maxWord/4 || end+2 >= len(line) {
		return false
	}
	t := s.capitalTrait(line[k+1 : end])
	if t&lead == 0 {
		return false
	}
	small, ok := s.endsPhrase(line, k)
	if !ok {
		return false
	}
	head := atHead && !strings.ContainsAny(line[:k], ".!?")
	long := head && strings.Count(line[:k], " ") > 1
	free := small || t&named == 0 && (t&minor == 0 || t&article != 0)
	if line[end] == '\'' || strings.HasPrefix(line[end:], "’") { // It's, They’ve
		n := strings.IndexByte(line[end:min(len(line), end+8)], ' ')
		return free && n > 0 && end+n+1 < len(line) && isLowerAt(line, end+n+1)
	}
	if line[end] != ' ' {
		return false
	}
	preposed := t&minor != 0 && t&(article|named) == 0
	switch c := line[end+1]; {
	case c >= '0' && c <= '9':
		return long && preposed // Council Meeting Notes In 2024 …
	case c >= 'A' && c <= 'Z':
		return head && free && t&clause != 0 && s.proseAfter(line, end+1) // Though Mayor Lee said …
	case c < 'a' || c > 'z':
		return false
	}
	var f follower
	switch next := s.rules.traitsIn(&f, line, end+1); {
	case t&verb != 0:
		return free && next&subject != 0 // Have you …
	case next&minor == 0:
		return free
	case next&article == 0:
		return false // Log In to read on
	case preposed:
		return long || small && s.smallAfter(line, end+1)
	}
	return small && t&named == 0 && s.smallAfter(line, end+1) // When the storm …
}

// capitalTrait is what the language file has of a word of ASCII whose first letter is
// a capital.
func (s *splitter) capitalTrait(word string) trait {
	if len(word) > 8 {
		var f follower
		return s.rules.traitsIn(&f, word, 0)
	}
	key := uint64(0)
	for i := len(word) - 1; i >= 0; i-- {
		key = key<<8 | uint64(word[i])
	}
	return s.rules.short.get(key | 0x20)
}

// smallAfter tells whether the first word from i on that titles do not write small
// is small all the same.
func (s *splitter) smallAfter(line string, i int) bool {
	for range 4 {
		var f follower
		t := s.rules.traitsIn(&f, line, i)
		if i >= len(line) || !isLowerAt(line, i) {
			return false
		}
		if t&minor == 0 {
			return true
		}
		if i = f.end + 1; i > len(line) || line[f.end] != ' ' {
			return false
		}
	}
	return false
}

// proseAfter tells whether one of the next words is small that titles do not write
// small: in a headline that has capitals throughout, none is.
func (s *splitter) proseAfter(line string, i int) bool {
	for range 6 {
		var f follower
		t := s.rules.traitsIn(&f, line, i)
		if i >= len(line) {
			return false // a space ends the line
		}
		if isLowerAt(line, i) && t&minor == 0 {
			return true
		}
		n := strings.IndexByte(line[i:], ' ')
		if n < 0 || n > 3 && strings.IndexByte(".!?", line[i+n-1]) >= 0 {
			return false // the end; "Mr." is none
		}
		i += n + 1
	}
	return false
}

// endsPhrase tells whether what ends at the space at k can end a heading: a word of
// its own, a figure of three digits or more, a quotation, a bracket; but no list sign.
// Small says that its last word has no capital.
func (s *splitter) endsPhrase(line string, k int) (small, ok bool) {
	to := k
	for to > 0 && k-to < 2*len("”") {
		r, n := decodeLast(line, to)
		if r != '"' && r != '”' && r != '’' && r != ')' {
			break
		}
		to -= n
	}
	if to == 0 {
		return false, false
	}
	last, _ := decodeLast(line, to)
	if !isLetter(last) && !isDigit(last) {
		return false, false
	}
	from := strings.LastIndexByte(line[max(0, to-maxWord):to], ' ') + 1 + max(0, to-maxWord)
	for from < to && !isWordByte(line[from]) && line[from] < utf8.RuneSelf {
		from++
	}
	if to-from < 3 && (to < k || isDigit(last)) {
		return false, false
	}
	var f follower
	t := s.rules.traitsIn(&f, line, from)
	first, _ := decode(line, from)
	return !isUpper(first), f.end < to || t&(starter|article|verb|speech|minor|work) == 0
}

// inQuotes tells whether a quotation is open at the end of a line's part.
func inQuotes(part string) bool {
	straight, curly, low := false, false, false
	for i := range len(part) {
		switch part[i] {
		case '"':
			straight = !straight
		case 0xE2:
			if strings.HasPrefix(part[i:], "„") {
				curly, low = true, true
			} else if strings.HasPrefix(part[i:], "“") {
				curly, low = !low, false // „…“
			} else if strings.HasPrefix(part[i:], "”") {
				curly = false
			}
		}
	}
	return straight || curly
}
