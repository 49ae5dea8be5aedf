package segment

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// marker is the sign that opened a list item, as far as the next can be told
// from it.
type marker struct {
	bullet  rune // •, or 0
	number  int  // 3 of "3."; 1…26 for letters; 0 for none
	letter  bool // a. b. c.
	upper   bool // A. B. C.
	bracket bool // (3)
	tail    string
}

// openItem is openLine for a further item of an inline list.
func (s *splitter) openItem(start int) int {
	m, at := readMarker(s.text, start)
	s.marker, s.itemAt = m, -1
	if at > start {
		s.itemAt = s.nextItem(at)
	}
	return at
}

// openRun looks for an inline list that opens in the middle of a line.
func (s *splitter) openRun(start int) {
	m, at := readMarker(s.text, start)
	if m.number == 1 && at > start {
		s.marker = m
		s.itemAt = s.nextItem(at)
	}
}

// readMarker reads a list sign at i: a bullet, a number or a letter with a stop
// or bracket, or a bullet and a number. It gives where the words begin, or i.
func readMarker(text string, i int) (m marker, at int) {
	j := i
	if j < len(text) {
		r, n := decode(text, j)
		switch {
		case isBullet(r) && r != '*' && r != '·':
			m.bullet = r
			j = skipSpaces(text, j+n)
		case (r == '-' || r == '–' || r == '*' || r == '·') && j+1 < len(text) && isSpaceAt(text, j+n) && !isRule(text, j+n):
			m.bullet = r
			j = skipSpaces(text, j+n)
		}
	}
	if k := m.readNumber(text, j); k > j {
		return m, k
	}
	return m, j
}

// readNumber reads "3.", "3)", "3.)", "(3)", "a." at j and gives where the words
// begin, or j.
func (m *marker) readNumber(text string, j int) int {
	k := j
	bracket := k < len(text) && text[k] == '('
	if bracket {
		k++
	}
	from := k
	for k < len(text) && k < from+3 && text[k] >= '0' && text[k] <= '9' {
		m.number = m.number*10 + int(text[k]-'0')
		k++
	}
	if k == from && k < len(text) && text[k]|0x20 >= 'a' && text[k]|0x20 <= 'z' {
		m.letter, m.upper = true, text[k] < 'a'
		m.number = int(text[k]|0x20-'a') + 1
		k++
	}
	tail := k
	for k < len(text) && k < tail+2 && (text[k] == '.' || text[k] == ')') {
		k++
	}
	ok := k > tail && k < len(text) && isSpaceAt(text, k) && !(k-tail == 2 && text[tail] == text[tail+1])
	if m.letter && text[min(tail, len(text)-1)] == '.' && (m.upper || m.number > 3) {
		ok = false // "A. Smith" is a name, "p. 5" a page
	}
	if m.number > 99 || bracket && (tail >= len(text) || text[tail] != ')') {
		ok = false
	}
	if !ok || from == tail {
		m.number, m.letter = 0, false
		return j
	}
	m.tail, m.bracket = text[tail:k], bracket
	return skipSpaces(text, k)
}

// nextItem finds where the next item of the same list opens on the same line,
// as in "1) one 2) two", or -1. Numbers must count on and a word with a capital
// must follow a bare stop, so that prose with figures is left alone.
func (s *splitter) nextItem(from int) int {
	m := s.marker
	if m.number == 0 && (m.bullet == 0 || isDash(m.bullet) || m.bullet == '*') {
		return -1
	}
	var buf [32]byte
	sign := m.next(append(buf[:0], ' '))
	line := s.text[from:min(len(s.text), from+maxItemLook)]
	if k := strings.IndexByte(line, '\n'); k >= 0 {
		line = line[:k]
	}
	for range maxItemTries {
		k := strings.Index(line, string(sign))
		if k < 0 {
			return -1
		}
		from += k + 1
		line = line[k+1:]
		got, at := readMarker(line, 0)
		if at == 0 || at >= len(line) || got.tail != m.tail || got.bullet != m.bullet || m.number > 0 && got.number != m.number+1 {
			continue
		}
		if r, _ := decode(line, at); isUpper(r) || m.bullet != 0 || m.tail != "." {
			return from
		}
	}
	return -1
}

// maxItemTries bounds how many look-alikes nextItem passes over.
const maxItemTries = 4

// next appends to sign how the list's next item opens: its bullet, or the number
// or letter that follows.
func (m marker) next(sign []byte) []byte {
	switch {
	case m.bullet != 0:
		return utf8.AppendRune(sign, m.bullet)
	}
	if m.bracket {
		sign = append(sign, '(')
	}
	switch {
	case m.letter && m.upper:
		return append(sign, byte('A'+m.number))
	case m.letter:
		return append(sign, byte('a'+m.number))
	}
	return strconv.AppendInt(sign, int64(m.number+1), 10)
}
