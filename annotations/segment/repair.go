package segment

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Split is a unit in two parts.
type Split struct {
	Left, Right annotations.Span // trimmed, not empty
	// Nearest is the place of [SplitPoints] nearest to the one asked for, in bytes of
	// the text; Right.Start when the place asked for is one, or when there is none.
	Nearest int
}

// SplitAt cuts unit in two before byte at of text. White space around the place
// belongs to neither part. It fails when unit is no span of text, when at is not
// inside it or cuts a character in two, and when a part would hold nothing.
func SplitAt(text string, unit annotations.Span, at int) (Split, error) {
	if err := unit.Check(text); err != nil {
		return Split{}, fmt.Errorf("the unit: %w", err)
	}
	if at <= unit.Start || at >= unit.End {
		return Split{}, fmt.Errorf("byte %d is not inside the unit, which holds bytes %d to %d", at, unit.Start, unit.End)
	}
	if !utf8.RuneStart(text[at]) {
		return Split{}, fmt.Errorf("byte %d cuts a character in two; one begins at byte %d", at, runeBefore(text, at))
	}
	s := Split{
		Left:  trimSpan(text, annotations.Span{Start: unit.Start, End: at}),
		Right: trimSpan(text, annotations.Span{Start: at, End: unit.End}),
	}
	if s.Left.Empty() || s.Right.Empty() {
		return Split{}, fmt.Errorf("at byte %d one of the two parts would hold nothing but blanks", at)
	}
	s.Nearest = s.Right.Start
	best := -1
	for _, p := range SplitPoints(text, unit) {
		if d := max(p-s.Right.Start, s.Right.Start-p); best < 0 || d < best {
			best, s.Nearest = d, p
		}
	}
	return s, nil
}

// runeBefore gives where the character begins that byte i is in.
func runeBefore(text string, i int) int {
	for k := i; k > 0 && i-k < utf8.UTFMax; k-- {
		if utf8.RuneStart(text[k]) {
			return k
		}
	}
	return i
}

func trimSpan(text string, s annotations.Span) annotations.Span {
	for s.Start < s.End {
		r, n := decode(text, s.Start)
		if !isSpace(r) {
			break
		}
		s.Start += n
	}
	s.End = trimEnd(text, s.Start, s.End)
	return s
}

// Joined is the span of a and the one behind it, with what stands between. It
// fails when b does not begin where a ends or later.
func Joined(a, b annotations.Span) (annotations.Span, error) {
	if a.Empty() || b.Empty() {
		return annotations.Span{}, errors.New("one of the two units holds nothing")
	}
	if b.Start < a.End {
		return annotations.Span{}, fmt.Errorf("bytes %d to %d do not follow bytes %d to %d", b.Start, b.End, a.Start, a.End)
	}
	return annotations.Span{Start: a.Start, End: b.End}, nil
}

// How good a place to cut is, best first.
const (
	atStop        = iota // behind . ! ? 。 with a capital after it
	atSmall              // behind the same with anything else after it
	atBreak              // at a line break
	atSemicolon          // behind a semicolon
	atColon              // behind a colon or around a dash
	atConjunction        // before "and", "but" … behind a comma
	atComma              // behind another comma, before another conjunction
	atBlank              // at any white space
)

// maxPoints is how many places SplitPoints gives.
const maxPoints = 64

// SplitPoints gives the places where the unit can sensibly be cut in two, as
// bytes of text at which the second part begins: behind ends of sentences that
// the rules passed over first, then line breaks, semicolons, colons and dashes,
// conjunctions, commas; in reading order among equals, at most 64. Without any of
// these it gives white space, the middle first. It is nil when unit is no span of
// text or has one word.
func SplitPoints(text string, unit annotations.Span) []int {
	if unit.Check(text) != nil {
		return nil
	}
	f := finder{text: text, unit: unit, rules: rulesFor(Options{}, text)}
	f.find()
	middle := unit.Start + unit.Len()/2
	slices.SortStableFunc(f.found, func(a, b point) int {
		if a.rank != b.rank || a.rank != atBlank {
			return cmp.Compare(a.rank, b.rank)
		}
		return cmp.Compare(max(a.at-middle, middle-a.at), max(b.at-middle, middle-b.at))
	})
	var out []int
	for _, p := range f.found {
		if p.rank == atBlank && len(out) > 0 && f.found[0].rank != atBlank || len(out) == maxPoints {
			break
		}
		out = append(out, p.at)
	}
	return out
}

// point is one place to cut at.
type point struct{ at, rank int }

// finder looks through a unit for places.
type finder struct {
	text  string
	unit  annotations.Span
	rules *rules
	found []point
}

// find looks at every gap between words, and behind terminators of scripts
// without spaces.
func (f *finder) find() {
	for i := f.unit.Start; i < f.unit.End; {
		r, n := decode(f.text, i)
		if isSpace(r) {
			next := trimSpan(f.text, annotations.Span{Start: i, End: f.unit.End}).Start
			if next < f.unit.End && i > f.unit.Start {
				f.add(next, f.rank(i, next))
			}
			i = max(next, i+n)
			continue
		}
		if m, w := f.rules.markAt(f.text, i); i+w < f.unit.End && w > 1 && (m == full || m == strong) {
			if next, _ := decode(f.text, i+w); !isSpace(next) && !isCloser(next) {
				f.add(i+w, atStop)
			}
		}
		i += n
	}
}

func (f *finder) add(at, rank int) {
	if at > f.unit.Start && at < f.unit.End && (len(f.found) == 0 || f.found[len(f.found)-1].at < at) {
		f.found = append(f.found, point{at, rank})
	}
}

// rank says how good the gap is that begins at gap and has the word at next
// behind it.
func (f *finder) rank(gap, next int) int {
	text := f.text
	for i := gap; i < next; i++ {
		if text[i] == '\n' {
			return atBreak
		}
	}
	var w follower
	after := next
	r, n := decode(text, after)
	for isOpener(r) && after+n < f.unit.End {
		after += n
		r, n = decode(text, after)
	}
	t := f.rules.traitsIn(&w, text, after)
	last, prev := f.lastSign(gap)
	switch {
	case (last == '.' || last == '!' || last == '?' || last == '…') && prev >= 0:
		if f.isTitle(prev) {
			return atBlank
		}
		if isUpper(r) || isDigit(r) {
			return atStop
		}
		return atSmall
	case last == '。' || last == '।' || last == '؟' || last == '۔':
		return atStop
	case last == ';' || last == '；' || last == '؛':
		return atSemicolon
	case last == ':' || isDash(r) && next+1 < f.unit.End || isDash(last):
		return atColon
	case last == ',' || last == '،' || last == '，' || last == '、':
		if t&(joins|clause) != 0 {
			return atConjunction
		}
		return atComma
	case t&(joins|clause) != 0:
		return atComma
	}
	return atBlank
}

// lastSign is the last sign before i that no bracket or quote is, and where it
// stands; -1 at the unit's start.
func (f *finder) lastSign(i int) (rune, int) {
	for i > f.unit.Start {
		r, n := decodeLast(f.text, i)
		i -= n
		if !isCloser(r) && !isInvisible(r) {
			return r, i
		}
	}
	return 0, -1
}

// isTitle tells whether the stop at i belongs to a title or an initial, behind
// which no one wants to cut.
func (f *finder) isTitle(i int) bool {
	if f.text[i] != '.' {
		return false
	}
	s := splitter{text: f.text, rules: f.rules}
	p, w := site{start: f.unit.Start, at: i}, word{}
	s.wordBefore(&p, &w)
	return w.traits&(title|never|number) != 0 && w.traits&mayEnd == 0 || w.single
}
