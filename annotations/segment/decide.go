package segment

import (
	"strings"
	"unicode/utf8"
)

// site is what stands around a terminator.
type site struct {
	start   int  // of the unit
	at      int  // of the run of terminators
	end     int  // past the run and its closers
	m       mark // the strongest in the run
	dots    int  // how many stops and ellipses
	spaced  bool // the dots have spaces between
	quote   bool // a quotation mark closes after the run
	paren   bool // a bracket closes after the run
	gap     bool // white space follows
	begin   int  // where the next unit would start
	first   int  // its first letter or digit, past openers
	opener  rune // the last opener skipped, or 0
	bracket bool // a bracket was among them
	dash    bool // a dash was skipped
	r       rune // the rune at first; 0 at the text's end
}

// Bounds of the look around a terminator, in bytes.
const (
	maxRun     = 256
	maxClosers = 32
	maxGap     = 512
	maxWord    = 48
)

// decide says whether the terminator at i ends the unit that starts at start.
// It gives the unit's end, or 0, and where the scan goes on.
func (s *splitter) decide(start, i int, m mark, w int) (cut, next int) {
	p := site{start: start, at: i, m: m}
	if text := s.text; text[i] == '.' && i+2 < len(text) && text[i+1] == ' ' && isWordByte(text[i+2]) {
		// The commonest site, told without looking closer.
		p.end, p.begin, p.first = i+1, i+2, i+2
		p.dots, p.gap, p.r = 1, true, rune(text[i+2])
		if s.stopEnds(&p) {
			return p.end, p.end
		}
		return 0, p.end
	}
	s.run(&p, w)
	s.close(&p)
	if !s.look(&p) {
		return 0, p.end // a line break or the text's end: scan sees to it
	}
	if p.begin < len(s.text) && !utf8.RuneStart(s.text[p.begin]) {
		return 0, p.end
	}
	var split bool
	switch {
	case p.m == full:
		split = s.fullEnds(&p)
	case p.m == strong:
		split = s.strongEnds(&p)
	case p.m == ellipsis || p.dots > 1:
		split = s.ellipsisEnds(&p)
	case !p.gap && s.text[p.at] >= utf8.RuneSelf:
		split = !isDigit(p.r) && !s.numbered(&p) && s.fullEnds(&p) // ．
	case !p.gap:
		split = s.missingSpace(&p)
	default:
		split = s.stopEnds(&p)
	}
	if split && s.stopBeforeDots(&p) {
		p.end = p.at + 1 // "word. . . . Next": the first stop is the sentence's
	}
	if split {
		return p.end, p.end
	}
	return 0, p.end
}

// stopBeforeDots tells a sentence's own stop with three spaced dots behind it,
// "word. . . . Next". Dots that stand alone, and an ellipsis sign with one more
// dot ("word… . Next"), are one mark: nothing in them can be cut.
func (s *splitter) stopBeforeDots(p *site) bool {
	return p.spaced && p.dots == 4 && !p.quote && s.text[p.at] == '.' &&
		p.at > p.start && s.text[p.at-1] != ' '
}

// isWordByte tells the ASCII letters and digits.
func isWordByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// run takes in all terminators that stand together, spaced dots included.
func (s *splitter) run(p *site, w int) {
	text, j := s.text, p.at+w
	if p.m == stop || p.m == ellipsis {
		p.dots = 1
	}
	for j < len(text) && j < p.at+maxRun {
		m, n := s.rules.markAt(text, j)
		if m == noMark && spacedDot(text, j) {
			m, n = stop, 2
			p.spaced = true
		}
		if m == noMark || m >= lineSep {
			break
		}
		switch m {
		case stop:
			p.dots++
		case ellipsis:
			p.dots += 3
		default:
			p.m = max(p.m, m)
		}
		if p.m == stop && m == ellipsis {
			p.m = ellipsis
		}
		j += n
	}
	p.end = j
}

// spacedDot tells " ." that goes on an ellipsis written ". . .".
func spacedDot(text string, j int) bool {
	if text[j] != ' ' || j+1 >= len(text) || text[j+1] != '.' || text[j-1] != '.' {
		return false
	}
	if j+2 >= len(text) {
		return true
	}
	r, _ := decode(text, j+2)
	return isSpace(r) || r == '.' || isCloser(r)
}

// close takes in brackets, quotes and note numbers that follow the run at once.
func (s *splitter) close(p *site) {
	text, j := s.text, p.end
	for j < len(text) && j < p.end+maxClosers {
		r, n := decode(text, j)
		if isInvisible(r) {
			j += n
			continue
		}
		if isDigit(r) && (p.m == stop && p.dots == 1 || p.m == strong) {
			if k := s.gluedNote(p, j); k > 0 {
				j = k
				continue
			}
		}
		if r == '[' {
			if k := noteEnd(text, j); k > 0 {
				j = k
				continue
			}
			break
		}
		if !isCloser(r) || opensWord(text, j+n, r) && !s.quoteOpen(p, r) {
			break
		}
		if isQuote(r) {
			p.quote = true
		} else if r == ')' || r == ']' || r == '）' {
			p.paren = true
		}
		j += n
	}
	p.end = j
}

// gluedNote gives the end of note numbers set right behind the stop, or 0:
// "consultation.11 12 Take". A word must stand before, a capital behind.
func (s *splitter) gluedNote(p *site, j int) int {
	text := s.text
	if p.at < p.start+3 || !isLowerAt(text, p.at-1) || !isLowerAt(text, p.at-2) || !isLowerAt(text, p.at-3) {
		if p.at < p.start+1 || text[p.at-1] != ')' {
			return 0
		}
	}
	k := j
	for k < len(text) && k < j+12 && (text[k] >= '0' && text[k] <= '9' || text[k] == ' ' || text[k] == ',') {
		k++
	}
	if k >= len(text) || text[k-1] != ' ' || !isUpper(rune(text[k])) {
		return 0
	}
	return trimEnd(text, j, k)
}

func isLowerAt(text string, i int) bool { return text[i] >= 'a' && text[i] <= 'z' }

// opensWord tells a quote that, though it follows a terminator at once, belongs
// to the word after it: Jr.'s, “Go.”“Stay.”
func opensWord(text string, j int, r rune) bool {
	if j >= len(text) {
		return false
	}
	next, _ := decode(text, j)
	switch r {
	case '“', '‘', '«', '„', '‹', '\'', '’', '*', '_', '"':
		return isLetter(next) || isDigit(next)
	}
	return false
}

// quoteOpen tells, for scripts without spaces, whether a straight or single quote is
// open before the terminator, so that the one behind it closes.
func (s *splitter) quoteOpen(p *site, r rune) bool {
	if s.text[p.at] < utf8.RuneSelf {
		if before, _ := decodeLast(s.text, max(1, p.at)); !isHanOrKana(before) {
			return false
		}
	}
	if r == '’' {
		before := s.text[max(0, p.at-maxGap):p.at]
		return strings.LastIndex(before, "‘") > strings.LastIndex(before, "’")
	}
	if r != '"' {
		return false
	}
	line := s.text[max(0, p.at-maxGap):p.at]
	line = line[strings.LastIndexByte(line, '\n')+1:]
	straight := 0
	if strings.IndexByte(line, 0xE2) >= 0 {
		for i := len(line) - 1; i > 1; i-- {
			switch c := line[i]; {
			case c == '"':
				straight++
			case c&^1 == 0x9C && line[i-1] == 0x80 && line[i-2] == 0xE2:
				return (c == 0x9C) != (straight&1 == 1) // “ or ”
			}
		}
	}
	return strings.Count(line, `"`)&1 == 1
}

// look reads what follows the end. It reports false at a line break and at the
// end of the text.
func (s *splitter) look(p *site) bool {
	text, i := s.text, p.end
	if i, p.gap = s.skipBlanks(i); i < 0 {
		return false
	}
	p.begin, p.first = i, i
	for k := 0; i < len(text) && k < 8; k++ {
		r, n := decode(text, i)
		p.first, p.r = i, r
		if p.gap && k == 0 && i < p.at+maxRun {
			if end := s.lateEnd(p, i, n, r); end > 0 {
				p.end = end
				if i, _ = s.skipBlanks(end); i < 0 {
					return false
				}
				p.begin = i
				k = -1
				continue
			}
		}
		switch {
		case isOpener(r):
			p.opener = r
			p.bracket = p.bracket || r == '(' || r == '['
			i += n
		case isDash(r), isBullet(r):
			p.dash = true
			i += n
		case isInvisible(r), r == ' ', r == 0xA0, r == 0x202F, r == 0x2009:
			i += n
		default:
			return true
		}
	}
	p.r = 0
	return i < len(text)
}

// lateEnd gives the end of what stands at i, behind a space, and yet belongs to the
// sentence before: a quote that closes, a note, a face. It is 0 for all else.
func (s *splitter) lateEnd(p *site, i, n int, r rune) int {
	switch {
	case r < utf8.RuneSelf && isWordByte(byte(r)):
		return 0
	case s.closesLate(i, n, r):
		p.quote = true
		return i + n
	case r == '[':
		if k := noteEnd(s.text, i); k > 0 && numbered(s.text[i+1:k-1]) {
			return k
		}
		return 0 // a word in brackets is an aside here: "[laughs]"
	case r >= 0x2600:
		return moodEnd(s.text, i)
	}
	return 0
}

// moodEnd gives the end of faces, hearts and the like at i that a space or the text's
// end follows, or 0: they belong to the sentence before.
func moodEnd(text string, i int) int {
	from := i
	for i < len(text) && i < from+maxWord {
		r, n := decode(text, i)
		if !isMood(r) {
			if isSpace(r) {
				return i
			}
			return 0
		}
		i += n
	}
	return i
}

// closesLate tells the quotes that close even after a space: » in French, and
// everywhere a quote with white space on both sides that another opened.
func (s *splitter) closesLate(i, n int, r rune) bool {
	if (r == '"' || r == '”' || r == '\'') && (i+n >= len(s.text) || isSpaceAt(s.text, i+n)) {
		before := s.text[max(0, i-maxGap):i]
		before = before[strings.LastIndexByte(before, '\n')+1:]
		switch r {
		case '"':
			return strings.Count(before, "\"")&1 == 1
		case '\'':
			return singleOpen(before)
		}
		return true
	}
	for _, c := range s.rules.closers {
		if c == r {
			return true
		}
	}
	return false
}

// singleOpen tells whether a single straight quote is open at the end of a line's
// part. Apostrophes do not count: a quote has a space before it, or, closing, a
// sign before and a space behind. With spaces on both sides it is what is due.
func singleOpen(before string) bool {
	open := false
	for k := 0; k < len(before); k++ {
		if before[k] != '\'' {
			continue
		}
		spaced := k == 0 || before[k-1] == ' '
		next := byte(' ')
		if k+1 < len(before) {
			next = before[k+1]
		}
		switch {
		case spaced && (isWordByte(next) || next >= utf8.RuneSelf):
			open = true
		case spaced && next == ' ':
			open = !open
		case spaced, !isWordByte(before[k-1]) && next == ' ':
			open = false
		}
	}
	return open
}

// skipBlanks moves over white space within the line, joined lines included. It
// gives -1 at a line break that counts, at the text's end and when the gap is
// too wide to be one.
func (s *splitter) skipBlanks(i int) (at int, gap bool) {
	text := s.text
	for from := i; i < len(text); {
		r, n := decode(text, i)
		switch {
		case isBreak(r):
			if !s.joins(i) {
				return -1, true
			}
			gap = true
		case isSpace(r):
			gap = true
		case !isInvisible(r):
			return i, gap
		}
		if i += n; i > from+maxGap {
			return i, gap
		}
	}
	return -1, gap
}
