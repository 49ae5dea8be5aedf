package segment

import "strings"

// maxAddress bounds in bytes a letter's greeting or closing, and the name behind it.
const maxAddress = 48

// letterEnd looks whether the unit at start opens with a letter's greeting or
// closing, after which it ends at the comma.
func (s *splitter) letterEnd(start int) {
	text := s.text
	if text[start] < 'A' || text[start] > 'Z' || start+8 > len(text) || !s.rules.letterHeads.has(text[start:]) {
		return
	}
	var f follower
	t := s.traitsAt(&f, start)
	if t&(greeting|closing|leave) == 0 {
		return
	}
	line := text[start:min(len(text), start+2*maxAddress)]
	k := strings.IndexByte(line[:min(len(line), maxAddress)], ',')
	if k < 4 || k+3 >= len(line) || line[k+1] != ' ' || t&greeting != 0 && !s.greets(line, k) || t&greeting == 0 && !s.takesLeave(line, k) {
		return
	}
	s.softAt, s.softKind, s.softSeen = start+k+1, softStamp, start+k+1
}

// heads is a set of words by their first four letters, as bits. It may hold more than
// was put in, never less.
type heads [1024 / 64]uint64

func headBit(word string) uint32 {
	x := uint32(word[0]) | uint32(word[1])<<8 | uint32(word[2])<<16 | uint32(word[3])<<24
	return (x | 0x20202020) * 0x9E3779B1 >> 22
}

func (h *heads) add(word string) {
	k := headBit(word + "   ")
	h[k/64] |= 1 << (k % 64)
}

func (h *heads) has(word string) bool {
	k := headBit(word)
	return h[k/64]>>(k%64)&1 != 0
}

// greets tells "Dear Ms. Lee, I write to …", whose comma is at k.
func (s *splitter) greets(line string, k int) bool {
	if strings.IndexByte(line[:k], '\n') >= 0 {
		return false
	}
	var f follower
	t := s.rules.traitsIn(&f, line, k+2)
	return t&starter != 0 && line[k+2] < 'a' && f.end < len(line)
}

// takesLeave tells "Kind regards, Ann Lee", whose comma is at k: behind a name of few
// words the line ends, or something follows that is no part of a sentence about
// whoever is named.
func (s *splitter) takesLeave(line string, k int) bool {
	var f follower
	if s.rules.traitsIn(&f, line, strings.LastIndexByte(line[:k], ' ')+1)&closing == 0 || strings.Count(line[:k], " ") > 2 {
		return false
	}
	i := k + 2
	for words := 0; words < 4; words++ {
		r, _ := decode(line, i)
		t := s.rules.traitsIn(&f, line, i)
		if words > 0 && (isDigit(r) || r == '<' || isUpper(r) && t&starter != 0) {
			return true
		}
		if !isUpper(r) || t&(starter|subject) != 0 || s.rules.titleTraits(&f)&title != 0 {
			return false
		}
		if f.single && f.end < len(line) && line[f.end] == '.' {
			f.end++
		}
		for i = f.end; i < len(line) && (line[i] == ' ' || line[i] == '\t'); {
			i++
		}
		switch {
		case i >= len(line) || line[i] == '\n' || line[i] == '\r':
			return true
		case i == f.end:
			return false // Thanks, Ann.
		}
	}
	return false
}
