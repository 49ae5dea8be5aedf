package align

import (
	"math"
	"slices"
	"strconv"

	"stet.example/stet/annotations"
)

// unit is one sentence of a side, read.
type unit struct {
	span    annotations.Span // without the dateline
	tokens  []token
	stems   []int32   // distinct stems, sorted
	order   []int32   // stems in reading order
	kins    [][]int32 // the kins of stems[i]
	kinSet  []int32   // distinct kins, sorted
	pairs   []int64   // distinct neighbouring stems of content words, sorted
	figures []int32   // distinct stems of figures, sorted
	names   []int32   // distinct stems of capitalised words inside, sorted
	quoted  float64   // share of the words that stand in quotation marks
	mass    float64   // sum of the weights of stems
	heading bool
	same    string // the words as sameWords folds them
}

// side is a text, read.
type side struct {
	text   string
	units  []unit
	quotes []annotations.Span // what stands between quotation marks
}

// lexer numbers the stems of the two sides of one comparison.
type lexer struct {
	ids    map[string]int32
	kins   map[string]int32
	kin    [][]int32 // by stem
	stop   []bool    // by stem
	common []uint8   // by stem
	df     [][2]int32
}

func newLexer() *lexer {
	return &lexer{ids: make(map[string]int32, 1024), kins: make(map[string]int32, 1024)}
}

// id numbers a stem.
func (l *lexer) id(name string, stop bool) int32 {
	if id, ok := l.ids[name]; ok {
		return id
	}
	id := int32(len(l.kin))
	l.ids[name] = id
	var ks []int32
	for _, k := range kins(name) {
		n, ok := l.kins[k]
		if !ok {
			n = int32(len(l.kins))
			l.kins[k] = n
		}
		ks = append(ks, n)
	}
	l.kin = append(l.kin, ks)
	l.stop = append(l.stop, stop)
	l.common = append(l.common, commonness(name))
	l.df = append(l.df, [2]int32{})
	return id
}

// read cuts the units of one side (0 or 1) into words and counts in how many
// units each stem stands.
func (l *lexer) read(s Side, which int) *side {
	out := &side{text: s.Text, units: make([]unit, len(s.Units)), quotes: quotations(s.Text)}
	room := make([]token, 0, len(s.Text)/5+16)
	for i, u := range s.Units {
		span := u.Span
		if u.Dateline > 0 {
			span.Start += u.Dateline
		} else {
			span.Start += dateline(s.Text[span.Start:span.End])
		}
		span = trim(s.Text, span)
		from := len(room)
		room = tokenize(room, s.Text, span)
		v := &out.units[i]
		v.span, v.tokens = span, room[from:len(room):len(room)]
		v.heading = headingLike(s.Text, u)
		v.same = sameWords(span.In(s.Text))
		l.index(v, which)
	}
	out.markSpeech()
	return out
}

// markSpeech works out how much of each unit stands in quotation marks.
func (s *side) markSpeech() {
	for i := range s.units {
		u := &s.units[i]
		n, in := 0, 0
		k, _ := slices.BinarySearchFunc(s.quotes, u.span.Start, func(q annotations.Span, at int) int { return q.End - at })
		for _, t := range u.tokens {
			if t.kind == isMark {
				continue
			}
			n++
			for k < len(s.quotes) && s.quotes[k].End <= t.span.Start {
				k++
			}
			if k < len(s.quotes) && s.quotes[k].Contains(t.span) {
				in++
			}
		}
		if n > 0 {
			u.quoted = float64(in) / float64(n)
		}
	}
}

func (l *lexer) index(v *unit, which int) {
	prev, figureEnd := int32(-1), 0
	for i := range v.tokens {
		t := &v.tokens[i]
		if t.kind == isMark || t.stem == "" {
			continue
		}
		name, stop := t.stem, t.stop
		if i < figureEnd {
			if !unitWord(t) {
				continue
			}
		} else if n, next, ok := quantity(v.tokens, i); ok && n.in != "th" && n.in != "clock" && !n.weak {
			name, stop, figureEnd = figureName(n), false, next
		}
		id := l.id(name, stop)
		v.stems = append(v.stems, id)
		v.order = append(v.order, id)
		if name[0] == '#' || t.kind == isNumber {
			v.figures = append(v.figures, id)
		}
		if t.cap && i > 0 && !stop {
			v.names = append(v.names, id)
		}
		if stop {
			continue
		}
		if prev >= 0 {
			v.pairs = append(v.pairs, int64(prev)<<32|int64(id))
		}
		prev = id
	}
	v.stems = distinct(v.stems)
	v.figures = distinct(v.figures)
	v.names = distinct(v.names)
	v.pairs = distinct(v.pairs)
	v.kins = make([][]int32, len(v.stems))
	for i, id := range v.stems {
		v.kins[i] = l.kin[id]
		v.kinSet = append(v.kinSet, v.kins[i]...)
		l.df[id][which]++
	}
	v.kinSet = distinct(v.kinSet)
}

// figureName is what a number is compared by when sentences are linked: its value,
// whatever it is written in.
func figureName(n number) string {
	v := n.raw
	if n.part {
		v = math.Round(n.value)
	}
	return "#" + strconv.FormatFloat(v, 'g', 6, 64)
}

// unitWord reports a word that a number is followed by, or takes in, and that says
// something by itself.
func unitWord(t *token) bool {
	_, byStem := measures[t.stem]
	_, byWord := measures[t.low]
	return t.kind == isWord && (byStem || byWord)
}

func distinct[T int32 | int64 | int](s []T) []T {
	slices.Sort(s)
	return slices.Compact(s)
}

// weights gives each stem its weight: the rarer among the sentences of either
// side, the heavier; words of grammar a fraction.
func (l *lexer) weights(n int) []float64 {
	w := make([]float64, len(l.kin))
	total := float64(max(n, 20))
	for id := range w {
		df := float64(max(l.df[id][0], l.df[id][1], 1))
		w[id] = math.Log(1 + total/df)
		if l.stop[id] {
			w[id] *= stopShare
		} else {
			w[id] *= commonShare[l.common[id]]
		}
	}
	return w
}

// weigh sums the weights of a side's units.
func (s *side) weigh(w []float64) {
	for i := range s.units {
		u := &s.units[i]
		u.mass = 0
		for _, id := range u.stems {
			u.mass += w[id]
		}
	}
}

// covered is the share of u's weight that v has too. A stem that is only of kin
// counts kinShare. known, when given, holds stems that no longer count.
func covered(u, v *unit, w []float64) float64 {
	if u.mass == 0 {
		return 0
	}
	got := 0.0
	for i, id := range u.stems {
		if c := credit(v, id, u.kins[i]); c > 0 {
			got += c * w[id]
		}
	}
	return got / u.mass
}

// sharedPairs is the share of the neighbouring content words of the unit with
// fewer of them that the other has too.
func sharedPairs(u, v *unit) float64 {
	n := min(len(u.pairs), len(v.pairs))
	if n == 0 {
		return 0
	}
	hit, i, j := 0, 0, 0
	for i < len(u.pairs) && j < len(v.pairs) {
		switch {
		case u.pairs[i] == v.pairs[j]:
			hit++
			i++
			j++
		case u.pairs[i] < v.pairs[j]:
			i++
		default:
			j++
		}
	}
	return float64(hit) / float64(n)
}
