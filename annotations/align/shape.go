package align

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// trim takes the white space off both ends of a span.
func trim(text string, s annotations.Span) annotations.Span {
	in := s.In(text)
	s.Start += len(in) - len(strings.TrimLeftFunc(in, unicode.IsSpace))
	s.End = s.Start + len(strings.TrimSpace(in))
	return s
}

const maxDateline = 60 // bytes in which the dash behind a dateline must come

// dateline is the number of bytes at the start of a sentence that name place,
// date or agency and end in a dash: "KYIV (Reuters) - ". 0 for none.
func dateline(s string) int {
	head := s[:min(len(s), maxDateline)]
	for i, r := range head {
		if !isDash(r) || i == 0 || head[i-1] != ' ' {
			continue
		}
		n := i + utf8.RuneLen(r)
		if n >= len(s) || s[n] != ' ' {
			continue
		}
		before := strings.TrimSpace(head[:i])
		if strings.HasSuffix(before, ")") && strings.Contains(before, "(") || shouted(before) {
			return n + 1
		}
		return 0
	}
	return 0
}

// shouted reports words of which the first is in capitals, as places of
// datelines are.
func shouted(s string) bool {
	word, _, _ := strings.Cut(s, " ")
	word = strings.TrimRight(word, ",.")
	n := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			if !unicode.IsUpper(r) {
				return false
			}
			n++
		}
	}
	return n >= 3
}

const maxHeadingWords = 14

// headingLike reports a unit that is a heading, by its kind or by its form: a
// line of its own, few words, no stop at the end.
func headingLike(text string, u annotations.Sentence) bool {
	if u.Kind == annotations.KindHeading {
		return true
	}
	if u.Kind != annotations.KindSentence {
		return false
	}
	in := u.Span.In(text)
	if strings.ContainsRune(in, '\n') || len(strings.Fields(in)) > maxHeadingWords {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(in, func(r rune) bool { return isDouble(r) || isSingle(r) || r == ')' }))
	if strings.ContainsRune(".!?:;,…。！？।", last) {
		return false
	}
	before, after := text[:u.Span.Start], text[u.Span.End:]
	before = strings.TrimRight(before, " \t")
	after = strings.TrimLeft(after, " \t")
	alone := (before == "" || strings.HasSuffix(before, "\n")) && (after == "" || strings.HasPrefix(after, "\n"))
	return alone && strings.TrimSpace(after) != ""
}
