package segment

import (
	"strings"

	"stet.example/stet/annotations"
)

// Bounds of what counts as a heading or a dateline, in bytes and words.
const (
	maxHeading      = 160
	maxHeadingWords = 16
	maxDateline     = 96
	maxSpeaker      = 48
	maxCaption      = 400
)

// lineKind names a unit that fills its line.
func (s *splitter) lineKind(start, end, dateline int) (annotations.Kind, int) {
	line := s.text[start:end]
	if !hasWords(line) {
		return annotations.KindHeading, 0
	}
	if dateline > 0 && dateline >= len(line) || s.isDatelineLine(line) {
		return annotations.KindDateline, 0
	}
	if isSpeaker(line) {
		return annotations.KindSpeaker, 0
	}
	if dateline == 0 && len(line) <= maxHeading && !endsSentence(line) && s.linesFollow(end) {
		last, _ := decodeLast(line, len(line))
		if strings.Count(line, " ") < maxHeadingWords && last != ',' && last != ';' {
			return annotations.KindHeading, 0
		}
	}
	return annotations.KindSentence, dateline
}

// hasWords tells whether a line holds a letter or a digit.
func hasWords(line string) bool {
	for i := 0; i < len(line); {
		r, n := decode(line, i)
		if isLetter(r) || isDigit(r) || r >= 0x2E80 {
			return true
		}
		i += n
	}
	return false
}

// linesFollow tells whether something stands below: a last line without a stop
// is a sentence that lost it, not a heading.
func (s *splitter) linesFollow(end int) bool {
	for i := end; i < len(s.text) && i < end+maxGap; {
		r, n := decode(s.text, i)
		if !isSpace(r) && !isInvisible(r) {
			return true
		}
		i += n
	}
	return false
}

// isSpeaker tells "NAME:" and "First Last:" on a line of its own.
func isSpeaker(line string) bool {
	name, ok := strings.CutSuffix(line, ":")
	if !ok || name == "" || len(name) > maxSpeaker || strings.Count(name, " ") > 4 {
		return false
	}
	lastSpace := true
	for i := 0; i < len(name); {
		r, n := decode(name, i)
		if lastSpace && isLower(r) {
			return false
		}
		if !isLetter(r) && !isDigit(r) && !strings.ContainsRune(" .-'’()", r) {
			return false
		}
		lastSpace = r == ' '
		i += n
	}
	return true
}

// isCaption tells a line that opens with one of the language's caption words
// and a colon, or that stands whole in brackets after one.
func (s *splitter) isCaption(line string) bool {
	if line != "" && (line[0] == '(' || line[0] == '[') {
		line = line[1:]
	}
	if len(line) < 2 || !s.headsCaption(line) {
		return false
	}
	for _, c := range s.rules.captions {
		if len(line) > len(c) && foldedPrefix(line, c) {
			next, _ := decode(line, len(c))
			if next == ':' || next == '/' || c[len(c)-1] == ':' || c[len(c)-1] == ' ' {
				return true
			}
		}
	}
	return false
}

// headsCaption tells whether a caption's word may open the line, by two bytes.
func (s *splitter) headsCaption(line string) bool {
	return s.rules.captionHead[line[0]]>>(line[1]&31)&1 != 0
}

// endsInCredit tells a line that closes with a picture agency and no stop.
func (s *splitter) endsInCredit(line string) bool {
	if line == "" || line[len(line)-1] > ' ' && !s.rules.creditTail[line[len(line)-1]] {
		return false
	}
	line = strings.TrimRight(line, " \t\r")
	for _, c := range s.rules.credits {
		rest, ok := strings.CutSuffix(line, c)
		if !ok || rest == "" {
			continue
		}
		switch rest[len(rest)-1] {
		case '/':
			return true
		case ' ', '|', '-': // a name of one word can end a headline
			return strings.IndexByte(c, ' ') > 0
		}
	}
	return false
}

func foldedPrefix(text, prefix string) bool {
	return strings.EqualFold(text[:len(prefix)], prefix)
}

// isDatelineLine tells a line that is nothing but place, date and agency.
func (s *splitter) isDatelineLine(line string) bool {
	if len(line) > maxDateline || endsSentence(line) && !strings.HasSuffix(line, "m.") {
		return false // only p.m. may stand last
	}
	place := strings.TrimRight(line, " -–—―\u00a0")
	d := s.readDateline(place)
	if len(place) < len(line) {
		return d.end == len(place) && d.words > 0 && (d.agency || d.words == d.capitals+d.known) // "CNN —"
	}
	return d.end == len(line) && (d.date && d.words <= d.known+1 || d.agency && (d.capitals > 0 || d.date))
}

// dateline gives where a dateline at the start of a paragraph ends, dash and
// space included, or start.
func (s *splitter) dateline(start int) int {
	text := s.text[start:min(len(s.text), start+maxDateline)]
	if len(text) < 4 {
		return start
	}
	r, n := decode(text, 0)
	if !isUpper(r) && !isDigit(r) && r != '(' && !(isLower(r) && s.id == 0) {
		return start
	}
	if strings.IndexByte(text, '(') < 0 {
		// Without an agency it takes capitals or a number, and a dash.
		if second, _ := decode(text, n); isLower(second) || !hasDash(text) {
			return start
		}
	}
	d := s.readDateline(text)
	if d.end >= len(text) || !(d.agency || d.capitals > 0 && (d.date || d.words == d.capitals+d.known || d.comma)) {
		return start
	}
	i := skipSpaces(text, d.end)
	dash := i
	for i < len(text) && (text[i] == '-' || text[i] >= 0x80) {
		r, n := decode(text, i)
		if !isDash(r) {
			break
		}
		i += n
	}
	if i == dash && !(d.agency && (d.capitals > 0 || d.comma)) {
		return start
	}
	j := skipSpaces(text, i)
	if j == i && i-dash == 1 || j >= len(text) || i == dash && i == d.end {
		return start
	}
	if r, _ := decode(text, j); isLower(r) || isBreak(r) {
		return start
	}
	return start + j
}

// hasDash tells whether a dash that could close a dateline stands in text.
func hasDash(text string) bool {
	if strings.IndexByte(text, '-') < 0 && strings.IndexByte(text, 0xE2) < 0 {
		return false
	}
	for i := 1; i+2 < len(text); i++ {
		switch text[i] {
		case '-':
			if c := text[i-1]; c == ' ' || c == ')' || text[i+1] == '-' {
				return true
			}
		case 0xE2:
			if text[i+1] == 0x80 && (text[i+2] == 0x93 || text[i+2] == 0x94 || text[i+2] == 0x95) {
				return true
			}
		case '\n':
			return false
		}
	}
	return false
}

// datelineParts is what a possible dateline is made of.
type datelineParts struct {
	end      int // of the parts, before the dash
	words    int
	capitals int // words wholly in capitals, three letters or more
	known    int // months, weekdays, numbers
	date     bool
	agency   bool // a bracketed name stands last: (Reuters)
	comma    bool
}

// readDateline reads words with a capital, numbers, months and one bracketed
// name, until something else comes.
func (s *splitter) readDateline(text string) (d datelineParts) {
	for i := 0; i < len(text); {
		r, n := decode(text, i)
		switch {
		case isBreak(r):
			return d
		case isSpace(r):
			i += n
			continue
		case r == ',' || r == '/' || r == '|':
			d.comma = true
			i += n
		case r == '(':
			k := strings.IndexByte(text[i:], ')')
			if k < 2 || k > 40 || d.agency {
				return d
			}
			d.agency = true
			i += k + 1
		case d.agency:
			return d
		case isDigit(r):
			i = numberEnd(text, i)
			d.known++
			d.words++
			d.date = d.date || d.known > 0
		case isUpper(r) || isLower(r):
			var f follower
			f.read(text, i)
			key, end := f.key[:f.n], f.end
			t := s.rules.lookup(key)
			if isLower(r) && t&(month|zone) == 0 && !isDateWord(key) {
				return d
			}
			d.words++
			switch {
			case t&(month|zone) != 0 || isDateWord(key):
				d.known++
				d.date = d.date || t&month != 0
			case end-i >= 3 && allCapitals(text[i:end]):
				d.capitals++
			}
			for end < len(text) && (text[end] == '.' || text[end] == '\'' || text[end] == '-' && end+1 < len(text) && text[end+1] != ' ' && text[end+1] != '-') {
				end++
			}
			i = end
		default:
			return d
		}
		d.end = i
	}
	return d
}

func allCapitals(word string) bool {
	for i := 0; i < len(word); {
		r, n := decode(word, i)
		if !isUpper(r) {
			return false
		}
		i += n
	}
	return true
}

// isDateWord tells the label some sites put before a date.
func isDateWord(key []byte) bool {
	switch string(key) {
	case "a", "p", "m", "date", "updated", "published", "posted", "modified", "am", "pm", "th", "st", "nd", "rd", "de", "of", "at", "on":
		return true
	}
	return false
}

// numberEnd reads a date or a time: 2025-10-24, 10:30, 24th, 24.
func numberEnd(text string, i int) int {
	for i < len(text) {
		r, n := decode(text, i)
		if !isDigit(r) && !(strings.ContainsRune("-:/.", r) && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9') {
			break
		}
		i += n
	}
	for i < len(text) && (text[i] >= 'a' && text[i] <= 'z') {
		i++
	}
	if i < len(text) && text[i] == '.' {
		i++
	}
	return min(i, len(text))
}
