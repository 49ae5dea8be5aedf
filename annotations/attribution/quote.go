package attribution

import (
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Quotation is a stretch of quoted words, marks included. Quotations do not
// overlap: a quotation within a quotation belongs to the outer one.
type Quotation struct {
	Span annotations.Span // bytes of the text
	// Open is true when no mark closes it: it runs to the end of its paragraph,
	// and goes on in the next if Continues.
	Open bool
	// Continued is true when it goes on from the paragraph before.
	Continued bool
}

// quoteFamily groups the marks that close each other.
type quoteFamily uint8

const (
	straight quoteFamily = iota + 1
	curly
	german
	guillemet
	guillemetIn
	typewriter
	singleStraight
	singleCurly
	singleGerman
)

// closers of a family, as runes.
func (f quoteFamily) closes(r rune, double bool) bool {
	switch f {
	case straight:
		return r == '"' || r == '”' || r == '“' || double && r == '\'' // some desks close so
	case curly:
		return r == '”' || r == '"'
	case german:
		return r == '“' || r == '”' || r == '"'
	case guillemet:
		return r == '»'
	case guillemetIn:
		return r == '«'
	case typewriter:
		return r == '"' || double && (r == '\'' || r == '`')
	case singleStraight:
		return r == '\'' && !double
	case singleCurly:
		return r == '’'
	case singleGerman:
		return r == '‘' || r == '’'
	}
	return false
}

// opens says which family a mark can open where it stands.
func opens(text string, from, to int32, r rune, double bool) quoteFamily {
	before, after := rune(' '), rune(' ')
	if from > 0 {
		before, _ = utf8.DecodeLastRuneInString(text[:from])
	}
	if int(to) < len(text) {
		after, _ = utf8.DecodeRuneInString(text[to:])
	}
	free := !letter(before) // an apostrophe or an inch has a letter or digit before it
	full := after != ' ' && after != '\n' && after != ',' && after != '.'
	switch r {
	case '"':
		if free && (full || before == ' ' || before == '\n') {
			return straight
		}
	case '“', '‟':
		return curly
	case '”':
		if free && full && (before == ' ' || before == '\n') {
			return curly
		}
	case '„':
		return german
	case '«':
		return guillemet
	case '»':
		if full {
			return guillemetIn
		}
	case '\'', '`':
		switch {
		case double && free:
			return typewriter
		case !double && free && letter(after):
			return singleStraight
		}
	case '‘':
		if letter(after) {
			return singleCurly
		}
	case '‚':
		if letter(after) {
			return singleGerman
		}
	}
	return 0
}

// quoter pairs the marks of a text, paragraph by paragraph.
type quoter struct {
	text   string
	tokens []token
	out    []Quotation
}

// run marks every token with its quotation. paras are half-open token ranges.
func (q *quoter) run(paras [][2]int) {
	open := false
	for _, p := range paras {
		open = q.paragraph(p[0], p[1], open)
	}
}

func (q *quoter) rune(i int) (rune, bool) {
	t := &q.tokens[i]
	r, n := utf8.DecodeRuneInString(q.text[t.start:t.end])
	return r, int(t.end-t.start) > n
}

// paragraph pairs the marks of one paragraph and reports whether a quotation is
// open at its end. before says that one was open at the end of the last.
func (q *quoter) paragraph(lo, hi int, before bool) bool {
	singles := q.singleClosers(lo, hi)
	for i := lo; i < hi; i++ {
		t := &q.tokens[i]
		if t.kind != mark2 {
			continue
		}
		r, double := q.rune(i)
		f := opens(q.text, t.start, t.end, r, double)
		if f == 0 || (f == singleStraight || f == singleCurly) && singles == 0 {
			continue
		}
		end, single := q.closer(i, hi, f)
		singles -= single
		if end < 0 {
			if f >= singleStraight {
				continue
			}
			q.add(i, hi-1, true, before && i == lo)
			return true
		}
		q.add(i, end, false, before && i == lo)
		i = end
	}
	return false
}

// singleClosers counts the single marks that could close, so that a lone
// opening apostrophe ('em, '90s) is not searched for its partner for nothing.
func (q *quoter) singleClosers(lo, hi int) int {
	n := 0
	for i := lo; i < hi; i++ {
		if q.tokens[i].kind == mark2 && q.closesSingle(i) {
			n++
		}
	}
	return n
}

// closesSingle reports whether a single mark can be a closing one: it stands
// behind a sign, or behind a letter with no letter after it.
func (q *quoter) closesSingle(i int) bool {
	t := &q.tokens[i]
	r, double := q.rune(i)
	if double || r != '\'' && r != '’' && r != '‘' {
		return false
	}
	if t.start == 0 || q.text[t.start-1] == ' ' || q.text[t.start-1] == '\n' {
		return false
	}
	return int(t.end) >= len(q.text) || !asciiLetter(q.text[t.end])
}

// maxSingle is how many tokens a quotation in single marks may have.
const maxSingle = 250

// closer finds the mark that closes family f opened at i, and how many single
// closing marks it passed.
func (q *quoter) closer(i, hi int, f quoteFamily) (end, singles int) {
	depth := 0
	if f >= singleStraight {
		hi = min(hi, i+maxSingle)
	}
	for j := i + 1; j < hi; j++ {
		if q.tokens[j].kind != mark2 {
			continue
		}
		r, double := q.rune(j)
		if q.closesSingle(j) {
			singles++
		}
		wrong := f == curly && r == '“' && q.closesBackwards(j)
		if f == curly && r == '“' && !wrong {
			depth++
			continue
		}
		if !wrong && !f.closes(r, double) {
			continue
		}
		if f == singleStraight || f == singleCurly {
			if !q.closesSingle(j) || plainBefore(q.text, q.tokens[j].start) && f == singleStraight && j-i > 8 {
				continue
			}
		}
		if j == i+2 && f >= singleStraight && q.tokens[i+1].end-q.tokens[i+1].start == 1 {
			continue // rock 'n' roll
		}
		if depth > 0 && q.closesAgain(j, hi) {
			depth--
			continue
		}
		return j, singles
	}
	return -1, singles
}

// closesBackwards reports whether an opening curly mark stands where only a
// closing one can: tight behind a word or comma, with a space after it.
func (q *quoter) closesBackwards(j int) bool {
	t := &q.tokens[j]
	before, _ := utf8.DecodeLastRuneInString(q.text[:t.start])
	after, _ := utf8.DecodeRuneInString(q.text[t.end:])
	return (after == ' ' || after == '\n') && (letter(before) || before == ',' || before == '.' || before == '?' || before == '!')
}

// closesAgain reports whether the next curly mark behind token j closes too.
func (q *quoter) closesAgain(j, hi int) bool {
	for k := j + 1; k < min(hi, j+maxSingle); k++ {
		if q.tokens[k].kind != mark2 {
			continue
		}
		switch r, _ := q.rune(k); r {
		case '”':
			return true
		case '“':
			return false
		}
	}
	return false
}

// plainBefore reports whether a letter s stands before a mark: the possessive of
// a plural ("the ministers' plan").
func plainBefore(text string, at int32) bool { return at > 0 && text[at-1] == 's' }

func (q *quoter) add(i, j int, open, continued bool) {
	n := int32(len(q.out))
	q.out = append(q.out, Quotation{
		Span: annotations.Span{Start: int(q.tokens[i].start), End: int(q.tokens[j].end)},
		Open: open, Continued: continued,
	})
	for k := i; k <= j; k++ {
		q.tokens[k].quote = n
	}
}
