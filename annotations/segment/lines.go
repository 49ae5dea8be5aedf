package segment

import (
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Bounds of the look at a paragraph's lines.
const (
	maxWrapLines = 48
	maxWrapBytes = 6 << 10
	minWrapWidth = 30
	maxWrapWidth = 110
	maxItemLook  = 2 << 10
)

// joins tells whether the line break at i stands inside a sentence because the
// text is hard-wrapped.
func (s *splitter) joins(i int) bool {
	text := s.text
	if c := text[i]; c == '\f' || c == '\v' || c == '\r' && (i+1 >= len(text) || text[i+1] != '\n') {
		return false
	}
	if text[i] == '\r' {
		i++
	}
	if i+1 >= len(text) || isBlankLine(text, i+1) {
		return false
	}
	if text[i+1] == '.' && (i+2 >= len(text) || isSpaceAt(text, i+2)) {
		return true // a stop that slipped to the next line
	}
	if i >= s.wrapTo {
		s.measure(i)
	}
	if s.wrapped {
		return !opensItem(text, i+1)
	}
	return s.continues(i)
}

// isBlankLine tells whether the line at i holds no visible character, as far as
// maxGap bytes tell.
func isBlankLine(text string, i int) bool {
	for end := i + maxGap; i < len(text) && i < end; {
		r, n := decode(text, i)
		if isBreak(r) {
			return true
		}
		if !isSpace(r) {
			return false
		}
		i += n
	}
	return true
}

// measure looks at the lines around the break at i, up to the next blank line,
// and decides whether they are plainly hard-wrapped: of nearly every break, the
// first word behind it would not have fitted on the line before, a third of them
// stand inside a sentence, and a third of the lines go on with a small letter.
func (s *splitter) measure(i int) {
	text := s.text
	from := strings.LastIndexByte(text[max(0, i-4*maxWrapWidth):i], '\n') + 1
	from += max(0, i-4*maxWrapWidth)
	var widths, firsts [maxWrapLines]int
	var open, small [maxWrapLines]bool
	n, width, pos := 0, 0, from
	indented := true // the line before
	for n < maxWrapLines && pos < len(text) && pos-from < maxWrapBytes {
		here := isIndented(text, pos)
		if isBlankLine(text, pos) || here && !indented {
			break // an indent opens a paragraph too
		}
		indented = here
		rest := text[pos:min(len(text), pos+maxWrapBytes)]
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			end = len(rest)
		}
		line := strings.TrimRight(rest[:end], " \r\t")
		if len(line) > utf8.UTFMax*maxWrapWidth {
			width = len(line) // too wide, whatever the rest
		}
		if width <= maxWrapWidth && line != "" {
			widths[n] = utf8.RuneCountInString(line)
			firsts[n] = firstWordWidth(line)
			open[n] = !endsSentence(line)
			r, _ := decode(line, skipSpaces(line, 0))
			small[n] = isLower(r)
		}
		width = max(width, widths[n])
		n++
		pos += end + 1
	}
	s.wrapTo = max(pos-1, i+1)
	s.wrapped = plainlyWrapped(widths[:n], firsts[:n], open[:n], small[:n], width, n > 0 && !open[n-1] || strings.Contains(text[from:min(pos, len(text))], ". "))
}

func plainlyWrapped(widths, firsts []int, open, small []bool, width int, stops bool) bool {
	n := len(widths)
	if n < 3 || width < minWrapWidth || width > maxWrapWidth {
		return false
	}
	full, near, inside, goOn := 0, 0, 0, 0
	for k := range n - 1 {
		if widths[k]+1+firsts[k+1] > width-2 {
			full++
		}
		if widths[k]+1+firsts[k+1] > width-width/4 {
			near++
		}
		if open[k] {
			inside++
		}
		if small[k+1] {
			goOn++
		}
	}
	if full*10 >= (n-1)*9 && inside*3 >= n-1 && goOn*3 >= n-1 {
		return true
	}
	// Set in a proportional type, full lines differ in their letters. Then more of them
	// must be seen to go on, and a sentence to end where no line does, or the last: a
	// list without signs has no stops.
	return near*10 >= (n-1)*9 && inside*3 >= 2*(n-1) && goOn*2 >= n-1 && stops
}

func firstWordWidth(line string) int {
	line = strings.TrimLeft(line, " \t")
	if k := strings.IndexByte(line, ' '); k >= 0 {
		line = line[:k]
	}
	return utf8.RuneCountInString(line)
}

// endsSentence tells whether a line's last visible sign ends a sentence.
func endsSentence(line string) bool {
	for i := len(line); i > 0; {
		r, n := decodeLast(line, i)
		if r == '.' || r == '!' || r == '?' || r == '…' || r == ':' || r == '。' || r == '।' || r == '؟' || r == '۔' {
			return true
		}
		if k := noteStart(line, i); k > 0 {
			i = k
			continue
		}
		if !isCloser(r) && !isInvisible(r) {
			return false
		}
		i -= n
	}
	return false
}

// continues tells a lone break inside a sentence: no end mark before it, a small
// letter behind it, and behind that a line that ends a sentence.
func (s *splitter) continues(i int) bool {
	text := s.text
	r, _ := decode(text, i+1)
	if isUpper(r) {
		end := i
		if text[end-1] == '\r' {
			end--
		}
		return end > 0 && text[end-1] == '.' && s.titleBefore(end-1)
	}
	if !isLower(r) || opensItem(text, i+1) {
		return false
	}
	lineStart := strings.LastIndexByte(text[max(0, i-512):i], '\n') + 1 + max(0, i-512)
	before := text[lineStart:i]
	trimmed := strings.TrimRight(before, " \t\r")
	if strings.Count(trimmed, " ") < 2 {
		return false
	}
	last, _ := decodeLast(trimmed, len(trimmed))
	if last == softHyphen {
		return true // a word cut in two
	}
	if !isLetter(last) && last != ',' && last != '-' && last != '–' && !isDigit(last) {
		return false
	}
	if len(before) > len(trimmed) && text[i-1] == ' ' {
		return true // a space before the break: the line was cut, not ended
	}
	rest := text[i+1 : min(len(text), i+1+maxItemLook)]
	if k := strings.IndexByte(rest, '\n'); k >= 0 {
		rest = rest[:k]
	}
	rest = strings.TrimRight(rest, " \t\r")
	return rest != "" && endsSentence(rest) && rest[len(rest)-1] != ':'
}

// titleBefore tells whether the stop at i belongs to a title that ends a line of prose,
// whose name is on the next: "… was met by Mr." and "Smith".
func (s *splitter) titleBefore(i int) bool {
	from := max(0, i-minWrapWidth)
	p := site{start: from + strings.LastIndexByte(s.text[from:i], '\n') + 1, at: i}
	if p.start > from {
		return false // a short line is a heading or a cell
	}
	var w word
	s.wordBefore(&p, &w)
	return w.traits&title != 0 && w.traits&mayEnd == 0
}

// opensItem tells whether a list item's sign opens the line at i.
func opensItem(text string, i int) bool {
	_, at := readMarker(text, i)
	return at > i
}

// openLine looks at the start of a line: list signs, dateline, caption. It gives
// where the words begin and where a dateline ends (start when there is none).
func (s *splitter) openLine(start int, line string) (body, dateline int) {
	s.kind, s.itemAt = annotations.KindSentence, -1
	if !plainOpening(s.text, start) {
		if m, at := readMarker(s.text, start); at > start {
			s.kind = annotations.KindListItem
			s.marker = m
			s.itemAt = s.nextItem(at)
			return at, start
		}
	}
	whole := len(line) < maxCaption
	if !whole {
		line = line[:maxCaption]
	}
	if s.isCaption(line) || whole && s.endsInCredit(line) {
		s.kind = annotations.KindCaption
		return start, start
	}
	if s.rules.soft {
		if end := s.labelEnd(line); end > 0 {
			s.kind = annotations.KindCaption
			s.softAt, s.softKind, s.softSeen = start+end, softLabel, start+end
			return start, start
		}
	}
	if s.isRow(start, line) {
		s.kind = annotations.KindListItem
		return start, start
	}
	if opensHan(s.text[start]) {
		return start, start // without capitals no dateline can be told
	}
	if end := s.dateline(start); end > start {
		return end, end
	}
	return start, start
}

// plainOpening tells a line that opens with two letters, or with a letter of kana
// or Han, hence with no list sign.
func plainOpening(text string, i int) bool {
	return opensHan(text[i]) || i+1 < len(text) && text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z' && text[i+1] >= 'a' && text[i+1] <= 'z'
}

func isSpaceAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	r, _ := decode(text, i)
	return isSpace(r)
}

// isRule tells a line of signs such as "* * *", which is no list item.
func isRule(text string, i int) bool {
	for end := i + maxWord; i < len(text) && i < end; {
		r, n := decode(text, i)
		if isBreak(r) {
			return true
		}
		if isLetter(r) || isDigit(r) {
			return false
		}
		i += n
		if n > 1 && !isSpace(r) && !isDash(r) && !isBullet(r) {
			return false
		}
	}
	return true
}

func skipSpaces(text string, i int) int {
	for end := i + maxGap; i < len(text) && i < end; {
		r, n := decode(text, i)
		if !isSpace(r) || isBreak(r) {
			break
		}
		i += n
	}
	return i
}
