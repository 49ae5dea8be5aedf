package segment

import "strings"

// maxFirstCell bounds in bytes the first cell of a row.
const maxFirstCell = 96

// isRow tells a line of a table: cells parted by bars, or by tabs when the line
// above or below has as many, or when there are several and no cell is a sentence.
// One tab by itself is white space.
func (s *splitter) isRow(start int, line string) bool {
	head := line[:min(len(line), maxFirstCell)]
	bar, tab := strings.IndexByte(head, '|') >= 0, strings.IndexByte(head, '\t') >= 0
	if !bar && !tab {
		return false
	}
	line = s.restOfLine(start, maxCaption)
	if bar && (line[0] == '|' || strings.Count(line, " | ") > 1) {
		return true
	}
	if !tab {
		return false
	}
	n := innerTabs(line)
	if n == 0 {
		return false
	}
	return n > 1 && !strings.Contains(line, ". ") && !endsSentence(strings.TrimRight(line, " \t\r")) ||
		innerTabs(s.lineAbove(start)) == n || innerTabs(s.lineBelow(start+len(line))) == n
}

// innerTabs counts the tabs with something on both sides.
func innerTabs(line string) int { return strings.Count(strings.Trim(line, " \t\r"), "\t") }

// lineAbove is the line before the one at start, as far as lookback reaches.
func (s *splitter) lineAbove(start int) string {
	before := s.text[max(0, start-lookback/2):start]
	k := strings.LastIndexByte(before, '\n')
	if k < 0 {
		return ""
	}
	before = before[:k]
	return before[strings.LastIndexByte(before, '\n')+1:]
}

// lineBelow is the line after the one that has a break at or after end, as far as
// a caption may reach.
func (s *splitter) lineBelow(end int) string {
	after := s.text[end:min(len(s.text), end+2*maxCaption)]
	k := strings.IndexByte(after, '\n')
	if k < 0 {
		return ""
	}
	after = after[k+1:]
	if k = strings.IndexByte(after, '\n'); k >= 0 {
		after = after[:k]
	}
	return after
}

// isIndented tells a line that opens with a tab or two spaces.
func isIndented(text string, i int) bool {
	return i+1 < len(text) && (text[i] == '\t' || text[i] == ' ' && text[i+1] == ' ')
}
