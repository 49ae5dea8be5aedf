package align

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

const maxQuote = 4000 // bytes after which an open mark is taken for a stray one

// closers gives the marks that may close what a mark opens.
func closers(open rune) string {
	switch open {
	case '“':
		return "”"
	case '„':
		return "“”"
	case '«':
		return "»"
	case '»':
		return "«»"
	case '「':
		return "」"
	case '『':
		return "』"
	case '"', '＂', '”':
		return "\"＂”"
	case '‘':
		return "’"
	case '\'', '`':
		return "'´"
	}
	return ""
}

// quotations finds what stands between quotation marks, without the marks. A
// quotation ends at an empty line: the next paragraph of a long one opens anew.
func quotations(text string) []annotations.Span {
	var out []annotations.Span
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if (isDouble(r) || isSingle(r)) && opens(text, i, r, n) {
			if end := closing(text, i+n, r); end > i+n {
				out = append(out, annotations.Span{Start: i + n, End: end})
				i = end
				_, n = utf8.DecodeRuneInString(text[i:])
				if text[min(i, len(text)-1)] == '\n' {
					n = 0
				}
				i += max(n, 1)
				continue
			}
		}
		i += n
	}
	return out
}

// opens reports whether the mark at i can open a quotation: a curved one by its
// shape, a straight one by standing behind a space or a bracket and before none.
func opens(text string, i int, r rune, n int) bool {
	if closers(r) == "" || i+n >= len(text) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(text[i+n:])
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	free := i == 0 || unicode.IsSpace(before) || strings.ContainsRune("([{-–—/:“\"‘", before)
	switch r {
	case '“', '„', '«', '「', '『':
		return true
	case '‘', '\'', '`':
		return free && (unicode.IsLetter(next) || unicode.IsDigit(next) || strings.ContainsRune("…[$£€.", next))
	}
	return free && !unicode.IsSpace(next)
}

// closing finds where the quotation that begins at i ends, or -1.
func closing(text string, i int, open rune) int {
	ends := closers(open)
	single := isSingle(open)
	for j := i; j < len(text) && j-i < maxQuote; {
		r, n := utf8.DecodeRuneInString(text[j:])
		if r == '\n' && strings.HasPrefix(strings.TrimLeft(text[j+1:], " \t"), "\n") {
			if single || open == '"' || open == '”' || open == '＂' {
				return -1
			}
			return j
		}
		if r == open && r == '“' && !strings.ContainsRune(ends, r) {
			// Opened anew in the next paragraph of the same speech.
			if last := strings.LastIndexByte(text[i:j], '\n'); last > 0 {
				return i + last
			}
			return -1
		}
		if strings.ContainsRune(ends, r) {
			next, _ := utf8.DecodeRuneInString(text[j+n:])
			if !single || j+n == len(text) || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				return j
			}
		}
		j += n
	}
	return -1
}

// letters folds a quotation to what its speaker said: letters and figures with
// single spaces; marks, dashes, stops and the case of the first letter gone.
func letters(s string) string {
	var b strings.Builder
	gap, first := false, true
	for _, r := range s {
		switch {
		case isSingle(r):
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Sc, r) || r == '%':
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			if first {
				r = unicode.ToLower(r)
				first = false
			}
			b.WriteRune(r)
		case unicode.Is(unicode.Cf, r):
		default:
			gap = true
		}
	}
	return b.String()
}

// said is a quotation, or the part of one that stands in a unit.
type said struct {
	unit  int
	span  annotations.Span
	words []string
	plain string
}

// said cuts the quotations of a side at the borders of its units.
func (s *side) said() []said {
	var out []said
	k := 0
	for _, q := range s.quotes {
		for k > 0 && s.units[k-1].span.End > q.Start {
			k--
		}
		for ; k < len(s.units) && s.units[k].span.Start < q.End; k++ {
			u := s.units[k].span
			if u.End <= q.Start {
				continue
			}
			span := annotations.Span{Start: max(q.Start, u.Start), End: min(q.End, u.End)}
			if span.Empty() {
				continue
			}
			if plain := letters(span.In(s.text)); plain != "" {
				out = append(out, said{k, span, strings.Fields(plain), plain})
			}
		}
	}
	return out
}

// spoken is all that stands in quotation marks on a side, and the whole text,
// folded for a search letter by letter.
func (s *side) spoken(all []said) (quoted, text string) {
	var b strings.Builder
	for _, q := range all {
		b.WriteByte(' ')
		b.WriteString(q.plain)
	}
	b.WriteByte(' ')
	return strings.ToLower(b.String()), " " + strings.ToLower(letters(s.text)) + " "
}

// verbatim reports whether all that is said in q was said or written before.
// What is left out between dots, or put in brackets, is marked as such and so
// is no alteration.
func verbatim(q string, was ...string) bool {
	q = strings.ReplaceAll(q, "...", "…")
	for _, part := range strings.FieldsFunc(cutBrackets(q), func(r rune) bool { return r == '…' }) {
		want := strings.ToLower(letters(part))
		if want == "" {
			continue
		}
		found := false
		for _, w := range was {
			found = found || strings.Contains(w, " "+want+" ")
		}
		if !found {
			return false
		}
	}
	return true
}

func cutBrackets(s string) string {
	for {
		i := strings.IndexByte(s, '[')
		if i < 0 {
			return s
		}
		n := strings.IndexByte(s[i:], ']')
		if n < 0 {
			return s
		}
		s = s[:i] + "…" + s[i+n+1:]
	}
}

// kept is the share of the words of the shorter quotation that the other has in
// the same order.
func kept(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float64(common(a, b)) / float64(min(len(a), len(b)))
}

// maxTable bounds the work of comparing two lists, in pairs of words.
const maxTable = 1 << 20

// common is the length of the longest common subsequence of two word lists, case
// aside. Of lists that differ over thousands of words it is less: only what they
// begin and end with is counted. So they seem less alike than they are, which makes
// people be asked, and a text of one endless line takes no hours.
func common(a, b []string) int {
	n := 0
	for len(a) > 0 && len(b) > 0 && strings.EqualFold(a[0], b[0]) {
		a, b, n = a[1:], b[1:], n+1
	}
	for len(a) > 0 && len(b) > 0 && strings.EqualFold(a[len(a)-1], b[len(b)-1]) {
		a, b, n = a[:len(a)-1], b[:len(b)-1], n+1
	}
	if len(a) == 0 || len(b) == 0 || len(a) > maxTable/len(b) {
		return n
	}
	return n + subsequence(a, b)
}

// subsequence does the work of common, in time that grows with the product of the lengths.
func subsequence(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diag := 0
		for j, y := range b {
			up := row[j+1]
			if strings.EqualFold(x, y) {
				row[j+1] = diag + 1
			} else {
				row[j+1] = max(up, row[j])
			}
			diag = up
		}
	}
	return row[len(b)]
}
