package segment

import (
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// splitter cuts a text one unit at a time. It looks no further than lookahead
// bytes past the unit it gives out and no further back than lookback bytes
// before it, so a stream can be cut with a window that moves along.
type splitter struct {
	text  string
	rules *rules
	final bool // no more text comes after text

	pos        int                    // start of what is not yet given out
	id         annotations.SentenceID // the last one given
	paragraph  uint32
	breaks     int              // line breaks passed since the last unit
	midLine    bool             // the unit before ended inside a line
	kind       annotations.Kind // of the units of the line at hand
	marker     marker           // the list item that the line opened with
	itemAt     int              // where the next item of an inline list opens; -1 for none
	softAt     int              // where the unit ends without a mark; -1 for nowhere
	softSeen   int              // softAt holds for units that start before this offset
	softKind   softKind         // what softAt is
	countNext  int              // the number that goes on a count inside the line; 0 for none
	countBare  bool             // its numbers have no brackets
	runAt      int              // where a sentence opens that no mark stands before; -1 for nowhere
	runSeen    int              // runAt holds for units that start before this offset
	runHead    bool             // what ends there is a heading
	wideAt     int              // where a wide bracket opened that is still open, or may be
	wideNested bool             // it stands inside another
	wrapTo     int              // wrapped holds for line breaks before this offset
	wrapped    bool             // the lines are hard-wrapped: a break is a space
}

// lookahead bounds in bytes how far past a boundary the rules read.
const lookahead = 16 << 10

// lookback bounds in bytes how far before a unit the rules read.
const lookback = 1 << 10

// next fills u with the unit that starts at or after s.pos, or reports that
// there is none. Every rule that reads ahead is bounded by lookahead.
func (s *splitter) next(u *annotations.Sentence) bool {
	start, ok := s.open()
	if !ok {
		return false
	}
	text, body, dateline := s.text, start, 0
	atLine := !s.midLine
	if atLine {
		s.countNext = 0
	}
	var line string
	runs := s.rules.runIns && (atLine || start >= s.runSeen)
	if soft := s.rules.soft && start >= s.softSeen; atLine || soft || runs {
		line = s.restOfLine(start, s.rules.lineLook)
		if s.rules.soft && (atLine || soft) {
			s.softEnd(start, line, atLine)
		}
		if runs {
			s.runIn(start, line, atLine)
		}
	}
	if s.countNext > 0 {
		s.goOnCounting(start)
	}
	if s.rules.soft {
		s.letterEnd(start)
	}
	switch {
	case atLine:
		body, dateline = s.openLine(start, line)
	case s.itemAt >= 0 && start >= s.itemAt:
		body = s.openItem(start)
	case text[start] == '1' || text[start] == '(':
		s.openRun(start)
	}
	end, byBreak := s.scan(start, body)
	if end < len(s.text) {
		end = s.takeInvisible(end)
	}
	s.id++
	u.ID = s.id
	u.Span = annotations.Span{Start: start, End: end}
	u.Paragraph = s.paragraph
	u.Kind = s.kind
	u.Dateline = 0
	if dateline > start {
		u.Dateline = min(dateline, end) - start
	}
	if atLine && byBreak && s.kind == annotations.KindSentence {
		u.Kind, u.Dateline = s.lineKind(start, end, u.Dateline)
		if u.Kind == annotations.KindHeading && s.softKind == softCredit && s.softAt > end {
			u.Kind = annotations.KindCaption // its credit follows
		}
	}
	if s.softKind == softCount && end == s.softAt {
		u.Kind = annotations.KindHeading // a number alone says nothing
	}
	s.midLine = !byBreak
	s.pos = end
	return true
}

// open skips white space up to the next unit and keeps count of paragraphs. A
// unit may open with zero-width characters, which are no unit by themselves.
func (s *splitter) open() (start int, ok bool) {
	text, i := s.text, s.pos
	for i < len(text)-utf8.UTFMax && i < s.pos+utf8.UTFMax { // the common case: a space or a blank line
		switch c := text[i]; {
		case c == '\n':
			s.breaks++
		case plainlyVisible(text, i):
			s.noteBreaks()
			return i, true
		}
		if text[i] != ' ' && text[i] != '\n' {
			break
		}
		i++
	}
	start = -1
	for i < len(text) {
		if start < 0 && !s.final && i >= len(text)-utf8.UTFMax {
			s.pos = i // all white space so far; go on when more text has come
			return 0, false
		}
		r, n := decode(text, i)
		visible := false
		switch {
		case r == '\r' && i+1 < len(text) && text[i+1] == '\n':
		case r == '\f' || r == 0x2029:
			s.breaks += 2
		case isBreak(r):
			s.breaks++
		case isSpace(r):
		default:
			visible = !isInvisible(r)
			if start < 0 {
				start = i
			}
		}
		if visible || start >= 0 && i-start > maxGap {
			s.noteBreaks()
			return start, true
		}
		i += n
	}
	s.noteBreaks()
	return start, start >= 0
}

// noteBreaks turns the line breaks before a unit into its place.
func (s *splitter) noteBreaks() {
	if s.breaks > 0 {
		s.midLine = false
	}
	if s.breaks > 1 && s.id > 0 {
		s.paragraph++
	}
	s.breaks = 0
}

// limit gives how far the unit that starts at start may reach, and whether a soft
// end sets that, behind which what follows is looked at as a line of its own.
func (s *splitter) limit(start, body int) (at int, opens, soft bool) {
	at = min(len(s.text), start+MaxUnit)
	if s.itemAt >= 0 && s.itemAt < at {
		at = s.itemAt
	}
	if s.softAt > body && s.softAt < at {
		at, opens, soft = s.softAt, s.softKind.opensLine(), true
	}
	if s.runAt > body && s.runAt < at {
		return s.runAt, s.runHead, true
	}
	return at, opens, soft
}

// scan finds the end of the unit that starts at start, looking from body on,
// and says whether a line break or the text's end made it.
func (s *splitter) scan(start, body int) (end int, byBreak bool) {
	limit, opens, soft := s.limit(start, body)
	text, table := s.text, &s.rules.table
	for i := body; i < limit; {
		if s.rules.wide {
			i = s.skimWide(text[:limit], i, table)
		} else {
			i = s.skim(text[:limit], i)
		}
		if i >= limit {
			break
		}
		m, w := stop, 1
		switch table[text[i]] {
		case classStop, classMark:
			switch v, at := s.plain(start, i); {
			case v == goOn:
				i = at
				continue
			case v != ask && at <= limit:
				return at, v == cutLine
			}
			if text[i] != '.' {
				m = strong
			}
		case classBreak:
			if s.joins(i) {
				i++
				continue
			}
			return trimEnd(text, start, i), true
		case classExtra:
			m = strong
		case classLead:
			if m, w = leadMark(text, i); m == noMark {
				i += w
				continue
			}
			if m >= lineSep {
				return trimEnd(text, start, i), true
			}
			switch v, at := s.plainLead(start, i+w, m); {
			case v == goOn:
				i = at
				continue
			case v != ask && at <= limit:
				return at, v == cutLine
			}
		}
		end, next := s.decide(start, i, m, w)
		if end > 0 && end <= limit {
			return end, false
		}
		i = next
	}
	return s.endAtLimit(start, limit, opens, soft)
}

// endAtLimit ends a unit in which no mark was found.
func (s *splitter) endAtLimit(start, limit int, opens, soft bool) (end int, byBreak bool) {
	text := s.text
	if limit == len(text) {
		return trimEnd(text, start, limit), true
	}
	if soft || limit == s.itemAt {
		if end = trimEnd(text, start, limit); end > start {
			return end, opens
		}
	}
	return forcedEnd(text, start, limit), false
}

// trimEnd is text[start:end] without trailing white space, by its end.
func trimEnd(text string, start, end int) int {
	for end > start {
		r, n := decodeLast(text, end)
		if !isSpace(r) {
			break
		}
		end -= n
	}
	return end
}

// forcedEnd cuts an over-long unit, at white space when some is near.
func forcedEnd(text string, start, limit int) int {
	for i := limit; i > limit-1024 && i > start; i-- {
		if text[i-1] == ' ' && utf8.RuneStart(text[i]) {
			if end := trimEnd(text, start, i); end > start {
				return end
			}
		}
	}
	for i := limit; i > start && i > limit-utf8.UTFMax; i-- {
		if end := trimEnd(text, start, i); end > start && utf8.RuneStart(text[i]) {
			return end
		}
	}
	return limit
}

// takeInvisible moves end over zero-width characters that would otherwise be a
// unit of their own: those before the next break or the text's end.
func (s *splitter) takeInvisible(end int) int {
	text, last, breaks := s.text, end, 0
	for i := end; i < len(text); i++ {
		if c := text[i]; c != ' ' && c != '\n' {
			if c < utf8.RuneSelf || plainlyVisible(text, i) {
				return end
			}
			break
		}
	}
	for i := end; i < len(text) && i < end+256; {
		r, n := decode(text, i)
		i += n
		switch {
		case isInvisible(r):
			last = i
		case isBreak(r):
			if breaks++; last > end {
				return last
			}
		case !isSpace(r):
			return end
		}
	}
	return last
}
