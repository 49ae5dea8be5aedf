package segment

import "strings"

// openCount gives the end of the number that stands at i, behind a colon, and that
// counts the first of several clauses in the line, "decided: (1) Schools stay open.
// (2) Roads …", or 0. The number is a unit of its own, and so are those that go on:
// they belong to no sentence.
func (s *splitter) openCount(line string, i int) int {
	bare := i < len(line) && line[i] == '1'
	end := countEnd(line, i, 1, bare)
	if end == 0 {
		return 0
	}
	sign := " (2) "
	if bare {
		sign = " 2 "
	}
	for k, rest := end, line[end:]; ; {
		n := strings.Index(rest, sign)
		if n < 0 {
			return 0
		}
		k += n + 1
		if rest = line[k:]; countEnd(line, k, 2, bare) > 0 && endsSentence(line[:k-1]) {
			s.countNext, s.countBare = 2, bare
			return end
		}
	}
}

// countEnd gives the end of the number n, in brackets or bare, that stands at i before
// a capital or a dash, or 0.
func countEnd(line string, i, n int, bare bool) int {
	if !bare {
		if i >= len(line) || line[i] != '(' {
			return 0
		}
		i++
	}
	from, got := i, 0
	for i < len(line) && i < from+2 && line[i] >= '0' && line[i] <= '9' {
		got = got*10 + int(line[i]-'0')
		i++
	}
	if !bare && i < len(line) && line[i] == ')' {
		i++
	} else if !bare {
		return 0
	}
	if got != n || i+3 >= len(line) || line[i] != ' ' {
		return 0
	}
	if c := line[i+1]; (c < 'A' || c > 'Z') && !strings.HasPrefix(line[i+1:], "-- ") {
		return 0
	}
	return i
}

// goOnCounting looks whether the unit at start opens with the number that goes on the
// count, and ends it behind that.
func (s *splitter) goOnCounting(start int) {
	near := s.text[start:min(len(s.text), start+len("(99) -- The"))]
	if end := countEnd(near, 0, s.countNext, s.countBare); end > 0 {
		s.softAt, s.softKind, s.softSeen = start+end, softCount, start+end
		s.countNext++
	}
}
