package align

import (
	"cmp"
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// Quote is a quotation, or the part of one that stands in one sentence, of one of
// many texts.
type Quote struct {
	Key  string           // the text, as given to Add
	Unit int              // its sentence, from 0
	Span annotations.Span // bytes of the text, without the marks
	Text string           // the words as they stand there
}

// QuoteIndex finds quotations that stand in several texts with different words.
// Like [Index] it goes by neighbouring content words and never compares all with
// all. It is not safe for concurrent use. The zero value is ready.
type QuoteIndex struct {
	quotes []Quote
	plain  []string // by quote: letters and figures alone, lower case
	words  [][]string
	pairs  []int // by quote: how many traits it has
	posts  map[uint64][]int32
}

const (
	leastQuote  = 4   // words of a quotation that is told from others
	sameQuote   = 0.7 // share of the shorter quotation's words that the other has in order
	mostOfBoth  = 0.6 // and of the longer's: a phrase that many use joins nothing
	quotesOften = 64  // a pair of words in more quotations than this tells nothing
)

// Add takes in the quotations of a text under a key of the caller's.
func (x *QuoteIndex) Add(key string, s Side) {
	if x.posts == nil {
		x.posts = make(map[uint64][]int32)
	}
	read := &side{text: s.Text, units: make([]unit, len(s.Units)), quotes: quotations(s.Text)}
	for i, u := range s.Units {
		read.units[i].span = u.Span
	}
	for _, q := range read.said() {
		if len(q.words) < leastQuote {
			continue
		}
		n := int32(len(x.quotes))
		in := q.span.In(s.Text)
		traits := traitsOf(Side{Text: in, Units: []annotations.Sentence{{Span: annotations.Span{End: len(in)}}}})
		x.quotes = append(x.quotes, Quote{Key: key, Unit: q.unit, Span: q.span, Text: in})
		x.plain = append(x.plain, " "+strings.ToLower(q.plain)+" ")
		x.words = append(x.words, q.words)
		x.pairs = append(x.pairs, len(traits))
		for _, t := range traits {
			x.posts[t] = append(x.posts[t], n)
		}
	}
}

// Variants lists the quotations that texts give in different words, each with all
// its places, in the order they were added. Only those that share most of their
// words are compared: what is left of a quotation that was cut short and altered as
// well is not found. What one text gives in part only is
// not different; two places of one text are not compared.
func (x *QuoteIndex) Variants() [][]Quote {
	of := make([]int, len(x.quotes))
	for i := range of {
		of[i] = i
	}
	root := func(i int) int {
		for of[i] != i {
			of[i] = of[of[i]]
			i = of[i]
		}
		return i
	}
	differ := make(map[int]bool) // quotations that another gives otherwise
	for _, p := range x.candidates() {
		same, altered := x.compare(p[0], p[1])
		if !same && !altered {
			continue
		}
		a, b := root(p[0]), root(p[1])
		of[max(a, b)] = min(a, b)
		if altered {
			differ[p[0]] = true
		}
	}
	groups, wanted := make(map[int][]Quote), make(map[int]bool)
	for i := range x.quotes {
		groups[root(i)] = append(groups[root(i)], x.quotes[i])
		wanted[root(i)] = wanted[root(i)] || differ[i]
	}
	var out [][]Quote
	for i := range x.quotes {
		if root(i) == i && wanted[i] {
			out = append(out, groups[i])
		}
	}
	return out
}

// candidates are the pairs of quotations of two texts that share enough.
func (x *QuoteIndex) candidates() [][2]int {
	shared := make(map[[2]int]int)
	for _, p := range x.posts {
		if len(p) > quotesOften {
			continue
		}
		for i, a := range p {
			for _, b := range p[:i] {
				if x.quotes[a].Key != x.quotes[b].Key {
					shared[[2]int{int(b), int(a)}]++
				}
			}
		}
	}
	var out [][2]int
	for p, n := range shared {
		if n >= 2 || min(x.pairs[p[0]], x.pairs[p[1]]) <= 3 {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(p, q [2]int) int { return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1])) })
	return out
}

// compare says whether one quotation has all the words of the other, or is the
// other altered.
func (x *QuoteIndex) compare(i, j int) (same, altered bool) {
	if n := len(x.words[i]); float64(min(n, len(x.words[j]))) < mostOfBoth*float64(max(n, len(x.words[j]))) {
		return false, false
	}
	if strings.Contains(x.plain[i], x.plain[j]) || strings.Contains(x.plain[j], x.plain[i]) {
		return true, false
	}
	if verbatim(x.quotes[i].Text, x.plain[j]) || verbatim(x.quotes[j].Text, x.plain[i]) {
		return true, false
	}
	n := common(x.words[i], x.words[j])
	return false, n >= leastQuote && kept(x.words[i], x.words[j]) >= sameQuote && float64(n) >= mostOfBoth*float64(max(len(x.words[i]), len(x.words[j])))
}

// Fold reads a name without case, accents, marks and double spaces, for comparing
// names that are written in several ways.
func Fold(s string) string { return strings.Map(foldRune, letters(s)) }
