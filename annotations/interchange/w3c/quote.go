package w3c

import (
	"index/suffixarray"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"stet.example/stet/annotations"
)

// around is how many code points of context a quotation gets on each side.
const around = 32

// quoter finds context for quotations of one article.
type quoter struct {
	body       string
	index      *suffixarray.Index
	paragraphs []annotations.Span // in order
}

func newQuoter(a *annotations.Article) *quoter {
	q := &quoter{body: a.Body, index: suffixarray.New([]byte(a.Body))}
	for i, u := range a.Units {
		if n := len(q.paragraphs); i > 0 && a.Units[i-1].Paragraph == u.Paragraph {
			q.paragraphs[n-1].End = u.Span.End
		} else {
			q.paragraphs = append(q.paragraphs, u.Span)
		}
	}
	return q
}

// context gives the words before and after s: of its own paragraph, or, where
// that leaves more than one place, of the text.
func (q *quoter) context(s annotations.Span) (prefix, suffix string) {
	first := sort.Search(len(q.paragraphs), func(i int) bool { return q.paragraphs[i].End > s.Start })
	last := sort.Search(len(q.paragraphs), func(i int) bool { return q.paragraphs[i].End >= s.End })
	from, to := s.Start, s.End
	if first < len(q.paragraphs) {
		from = min(from, q.paragraphs[first].Start)
	}
	if last < len(q.paragraphs) {
		to = max(to, q.paragraphs[last].End)
	}
	prefix, suffix = before(q.body[from:s.Start]), after(q.body[s.End:to])
	if len(q.index.Lookup([]byte(prefix+s.In(q.body)+suffix), 2)) > 1 {
		prefix, suffix = before(q.body[:s.Start]), after(q.body[s.End:])
	}
	return prefix, suffix
}

// before is the end of s: at most 32 code points, no grapheme cluster cut.
func before(s string) string {
	start := len(s)
	for n := 0; n < around && start > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:start])
		start -= size
	}
	// A cluster that is cut shows from a little further ahead.
	ahead := start
	for n := 0; n < around/2 && ahead > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:ahead])
		ahead -= size
	}
	at := ahead
	for g := graphemes.FromString(s[ahead:]); at < start && g.Next(); {
		at += len(g.Value())
	}
	return s[max(at, start):]
}

// after is the beginning of s, cut in the same way.
func after(s string) string {
	var b strings.Builder
	n := 0
	for g := graphemes.FromString(s[:window(s)]); g.Next(); {
		if n += utf8.RuneCountInString(g.Value()); n > around {
			break
		}
		b.WriteString(g.Value())
	}
	return b.String()
}

// window is the length in bytes of the first code points that after looks at.
func window(s string) int {
	n := 0
	for i := range s {
		if n++; n > around+around/2 {
			return i
		}
	}
	return len(s)
}
