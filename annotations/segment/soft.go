package segment

import "strings"

// maxSoftLook bounds in bytes how far ahead of a unit soft ends are looked for.
const maxSoftLook = 2 << 10

// softKind says what a unit without a mark ends at.
type softKind uint8

const (
	softFace   softKind = iota // behind a face
	softCredit                 // before a picture credit
	softDate                   // before the date of a headline
	softStamp                  // at a date and time, an address, a letter's closing
	softLabel                  // behind the label of a figure
	softCount                  // behind a number that goes on a count
)

// opensLine tells whether what follows is looked at as a line of its own.
func (k softKind) opensLine() bool { return k == softCredit || k == softDate }

// softEnd finds the next place from start on, within the line, where a unit ends
// though no mark says so, and remembers it: before a picture credit or the date
// that closes the text's title, around the date of a mail's head, behind a face drawn
// with signs. Line is what the line has left.
func (s *splitter) softEnd(start int, line string, atLine bool) {
	s.softAt, s.softSeen = -1, start+len(line)
	if atLine {
		if at := s.dateHead(line); at > 0 {
			s.softAt, s.softKind, s.softSeen = start+at, softDate, start+at
			return
		}
	}
	for i := 0; i < len(line); {
		k := strings.IndexByte(line[i:], ':')
		if k < 0 {
			break
		}
		i += k + 1
		if at, kind := s.atColon(line, i-1); at > 0 {
			s.softAt, s.softKind, s.softSeen = start+at, kind, start+max(at, i)
			if kind == softStamp {
				s.softSeen = start + at
			}
			return
		}
	}
	if s.id > 0 {
		return
	}
	if at := s.dateTail(line); at > 0 {
		s.softAt, s.softKind = start+at, softDate
	}
}

// restOfLine is what the line at start has left, but no more than most bytes.
func (s *splitter) restOfLine(start, most int) string {
	line := s.text[start:min(len(s.text), start+most)]
	if k := strings.IndexByte(line, '\n'); k >= 0 {
		line = line[:k]
	}
	return line
}

// atColon gives the soft end that the colon at i tells of, or 0.
func (s *splitter) atColon(line string, i int) (at int, kind softKind) {
	if i+1 >= len(line) || i == 0 {
		return 0, 0
	}
	switch c := line[i-1]; {
	case line[i+1] == ' ':
		if at = s.openCount(line, i+2); at > 0 {
			return at, softStamp
		}
		return s.creditBefore(line, i), softCredit
	case c == ' ':
		return faceEnd(line, i), softFace
	case c >= '0' && c <= '9':
		return s.stamp(line, i), softStamp
	case line[i+1] == '/' && (c == 'p' || c == 's'):
		return s.addressEnd(line, i), softStamp
	}
	return 0, 0
}

// stamp reads the date and time that mail programs and sites put on a line of
// their own, "Ann Lee 10/24/2025 04:13 PM", whose first colon is at i. It gives
// where the date opens when a name stands before it, else where the time ends
// when words follow, else 0.
func (s *splitter) stamp(line string, i int) int {
	from := i
	for from > 0 && i-from < 2 && line[from-1] >= '0' && line[from-1] <= '9' {
		from--
	}
	if from < len("1/1/25 ") || line[from-1] != ' ' {
		return 0
	}
	from--
	slashes := 0
	for from > 0 && i-from < 16 && (line[from-1] >= '0' && line[from-1] <= '9' || line[from-1] == '/') {
		from--
		if line[from] == '/' {
			slashes++
		}
	}
	if slashes != 2 || from > 0 && line[from-1] != ' ' {
		return 0
	}
	if from > 1 {
		word := line[strings.LastIndexByte(line[:from-1], ' ')+1 : from-1]
		var f follower
		r, _ := decodeLast(line, from-1)
		if t := s.rules.traitsIn(&f, word, 0); (isLetter(r) || r == '>') && t&(starter|speech) == 0 && !isDateWord(f.key[:f.n]) {
			return from
		}
	}
	end := i + 1
	for end < len(line) && (line[end] >= '0' && line[end] <= '9' || line[end] == ':') {
		end++
	}
	if end+3 <= len(line) && line[end] == ' ' && (line[end+1]|0x20 == 'a' || line[end+1]|0x20 == 'p') && line[end+2]|0x20 == 'm' {
		end += 3
	}
	var f follower
	if end+1 < len(line) && line[end] == ' ' && s.rules.traitsIn(&f, line, end+1)&zone != 0 && allCapitals(line[end+1:f.end]) {
		end = f.end
	}
	if end+1 >= len(line) || line[end] != ' ' {
		return 0
	}
	if r, _ := decode(line, end+1); isUpper(r) || isOpener(r) || isLower(r) && from == 0 {
		return end
	}
	return 0
}

// addressEnd gives the end of a web address whose colon is at i when a starter
// with a capital or another address follows, or 0.
func (s *splitter) addressEnd(line string, i int) int {
	if !strings.HasPrefix(line[i:], "://") || !strings.HasSuffix(line[:i], "http") && !strings.HasSuffix(line[:i], "https") {
		return 0
	}
	n := strings.IndexByte(line[i:], ' ')
	if n < len("://a.b") || i+n+2 >= len(line) {
		return 0
	}
	end := i + n
	if r, _ := decodeLast(line, end); !isLetter(r) && !isDigit(r) && r != '/' {
		return 0
	}
	var f follower
	if r, _ := decode(line, end+1); isUpper(r) && s.rules.traitsIn(&f, line, end+1)&starter != 0 || strings.HasPrefix(line[end+1:], "http") {
		return end
	}
	return 0
}

// creditBefore gives where a picture credit opens whose colon is at i, as
// "Image:" does behind a caption without a stop, or 0.
func (s *splitter) creditBefore(line string, i int) int {
	if i+2 >= len(line) || line[i+1] != ' ' {
		return 0
	}
	from := i
	for start := wordStart(line, i); s.rules.traitsIn(new(follower), line, start)&credit != 0; start = wordStart(line, from-1) {
		if from = start; from < 2 || line[from-1] != ' ' {
			return 0
		}
	}
	if from == i || line[from] >= 'a' {
		return 0
	}
	r, _ := decodeLast(line, from-1)
	if isLetter(r) || isDigit(r) || r == '.' || r == ')' || isQuote(r) {
		return from
	}
	return 0
}

// wordStart is where the ASCII word opens that ends at i; i when there is none.
func wordStart(line string, i int) int {
	for from := i; i > 0 && from-i < maxWord/2 && line[i-1]|0x20 >= 'a' && line[i-1]|0x20 <= 'z'; {
		i--
	}
	return i
}

// faceEnd gives the end of a face such as :) whose colon is at i, or 0. It stands
// by itself, and a capital follows.
func faceEnd(line string, i int) int {
	j := i + 1
	if j < len(line) && line[j] == '-' {
		j++
	}
	if i == 0 || line[i-1] != ' ' || j+2 >= len(line) || line[j+1] != ' ' {
		return 0
	}
	switch line[j] {
	case ')', '(', 'D', 'P':
	default:
		return 0
	}
	if r, _ := decode(line, j+2); !isUpper(r) {
		return 0
	}
	return j + 1
}

// dateTail gives where the date that closes a title opens, as in "Interview
// with the mayor Monday, October 24, 2025", or 0. A date that belongs to a
// sentence has a comma or a small word before it.
func (s *splitter) dateTail(line string) int {
	n := len(line)
	if n > 0 && line[n-1] > ' ' && (line[n-1] < '0' || line[n-1] > '9') {
		return 0
	}
	n = len(strings.TrimRight(line, " \t\r"))
	if n < 24 || line[n-1] < '0' || line[n-1] > '9' || line[n-5] != ' ' || line[n-6] != ',' {
		return 0
	}
	i := max(0, n-len("Wednesday, September 30, 2025")-1)
	for ; i < n-8; i++ {
		if line[i] != ' ' {
			continue
		}
		var f follower
		if t := s.rules.traitsIn(&f, line, i+1); t&zone == 0 || !strings.HasPrefix(line[f.end:], ", ") {
			continue
		}
		if t := s.rules.traitsIn(&f, line, f.end+2); t&month == 0 || f.end >= n-6 {
			return 0
		}
		word := line[strings.LastIndexByte(line[:i], ' ')+1 : i]
		if i == 0 || word == "" {
			return 0
		}
		r, _ := decodeLast(line, i)
		if !isLetter(r) && !isDigit(r) && r != '?' && r != '!' && !isQuote(r) {
			return 0
		}
		if t := s.rules.traitsIn(&f, word, 0); t&starter != 0 && f.n < 6 {
			return 0
		}
		return i + 1
	}
	return 0
}

// dateHead gives the end of the date that opens a line and that a sentence follows
// with no mark between, "Friday, May 7, 2025 The mayor has …", or 0. In a sentence
// a comma or a verb would follow; without the weekday a starter must.
func (s *splitter) dateHead(line string) int {
	if line == "" || line[0] < 'A' || line[0] > 'Z' {
		return 0
	}
	i := 1
	for i < len(line) && isLowerAt(line, i) {
		i++
	}
	if i < 3 || i+2 >= len(line) {
		return 0
	}
	var f follower
	weekday := line[i] == ',' && s.rules.traitsIn(&f, line, 0)&zone != 0
	switch {
	case weekday && line[i+1] == ' ':
		i += 2
	case line[i] == ' ' && line[i+1] >= '0' && line[i+1] <= '9':
		i = 0
	default:
		return 0
	}
	if s.rules.traitsIn(&f, line, i)&month == 0 {
		return 0
	}
	i = f.end
	for _, want := range [...]string{" 00, 0000 ", " 0, 0000 "} {
		if end := i + len(want) - 1; end+2 < len(line) && likeFigures(line[i:], want) {
			r, _ := decode(line, end+1)
			if isUpper(r) && (weekday || s.rules.traitsIn(&f, line, end+1)&starter != 0) {
				return end
			}
		}
	}
	return 0
}

// likeFigures tells whether line opens like want, where 0 stands for any figure.
func likeFigures(line, want string) bool {
	for k := range len(want) {
		if line[k] != want[k] && (want[k] != '0' || line[k] < '0' || line[k] > '9') {
			return false
		}
	}
	return true
}

// labelEnd gives the end of a numbered label that opens a line and that a
// sentence follows, as in "Figure 3.4 The mayor speaks.", or 0.
func (s *splitter) labelEnd(line string) int {
	if len(line) < 8 || line[0] >= 'a' || !s.headsCaption(line) {
		return 0
	}
	var f follower
	if s.rules.traitsIn(&f, line, 0)&label == 0 {
		return 0
	}
	i := f.end
	if i < len(line) && line[i] == '.' {
		i++
	}
	if i+1 >= len(line) || line[i] != ' ' || line[i+1] < '0' || line[i+1] > '9' {
		return 0
	}
	for i++; i < len(line) && (line[i] >= '0' && line[i] <= '9' || line[i] == '.' || line[i] == '-'); {
		i++
	}
	if i+1 >= len(line) || line[i] != ' ' || line[i-1] == '.' {
		return 0
	}
	if r, _ := decode(line, i+1); !isUpper(r) {
		return 0
	}
	return i
}

// noteAfter gives the end of a note number that stands behind a sentence's end
// with a space between, "… was late. 8 Yet some …", or 0: a starter with a
// capital follows, which no number has that opens a sentence.
func (s *splitter) noteAfter(p *site) int {
	text, i := s.text, p.begin
	if s.countNext > 0 && s.countBare {
		return 0
	}
	for i < len(text) && i < p.begin+2 && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	if i == p.begin || p.first != p.begin || i+2 >= len(text) || text[i] != ' ' || text[i+1] < 'A' || text[i+1] > 'Z' {
		return 0
	}
	var f follower
	if t := s.traitsAt(&f, i+1); t&starter == 0 || f.single || f.end+1 >= len(text) || text[f.end] != ' ' && text[f.end] != ',' || !isLower(rune(text[f.end+1])) && text[f.end] != ',' {
		return 0
	}
	return i
}
