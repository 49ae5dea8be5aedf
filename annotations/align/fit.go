package align

import (
	"math"
	"slices"
)

// The traits of a sentence of the rewrite (here) and one of the original (there)
// that the choice of a source goes by.
const (
	hasForward  = iota // share of here's weight that there has
	hasForward2        // the same, squared
	hasBack            // share of there's weight that here has
	hasContent         // share of the weight of here's words of content that there has
	hasPairs           // share of neighbouring words kept together
	hasMass            // how much weight is shared, whatever the lengths
	hasOne             // 1 when at most one word of content is shared
	hasRow             // share of here's words that there has in the same order
	hasRun             // words in a row that both have, 1 for eight and more
	hasFigures         // share of here's figures that there has not
	hasNames           // share of here's names that there has not
	hasSameName        // names that both have, 1 for two and more
	hasQuote           // by how much more of here is speech
	hasShort           // how far here falls short of a usual weight
	hasRival           // by how much another sentence of the rewrite scores better
	hasLead            // by how much it scores better than any other source
	hasTaken           // share of what is common that the best rival has too
	hasClaim           // share of what is common that sentences resting on there have too
	hasPlace           // stands where the sources around stand
	hasPrev            // the source of the sentence before
	hasNext            // the source of the sentence behind
	hasGap             // between the sources before and behind: 1 / sentences there
	hasSandwich        // alone between them, as here is between its neighbours
	hasOrder           // not between them, the more orderly the worse
	hasBias            // 1: a source against none
	traitCount
)

type traits [traitCount]float64

func (t traits) dot(weights *traits) float64 {
	s := 0.0
	for k, x := range t {
		s += x * weights[k]
	}
	return s
}

// fitted are the weights of the traits: the log of how much likelier a source is
// than none. They were fitted on the pairs of the tests that are worked on, whole
// and cut, by
//
//	go test ./annotations/align -run TestFit -fit
var fitted = traits{
	hasForward:  1.62,
	hasForward2: 1.54,
	hasBack:     1.45,
	hasContent:  1.52,
	hasPairs:    1.18,
	hasMass:     0.84,
	hasOne:      -0.02,
	hasRow:      1.75,
	hasRun:      1.50,
	hasFigures:  -1.29,
	hasNames:    -1.38,
	hasSameName: -0.35,
	hasQuote:    -1.59,
	hasShort:    0.80,
	hasRival:    -1.89,
	hasLead:     2.01,
	hasTaken:    -2.26,
	hasClaim:    -1.90,
	hasPlace:    1.13,
	hasPrev:     2.21,
	hasNext:     1.29,
	hasGap:      0.65,
	hasSandwich: 0.38,
	hasOrder:    -2.61,
	hasBias:     -3.04,
}

const (
	worthTrying = 0.10 // score below which a pair is no candidate
	mostTried   = 256  // candidates of one sentence, the best: in a long list every entry is one of every other
	massUnit    = 3.0  // log weight that counts as 1 of hasMass
	usualMass   = 10.0 // weight of content from which a sentence is not short
	leadCap     = 0.5  // beyond which a lead or a rival says nothing more
	runCap      = 8    // words in a row beyond which more say nothing more
	sameSurplus = 10.0 // for the same words
	rounds      = 3    // each goes by the sources that the last one found
)

// candidate is a source worth trying, with what does not change between rounds.
type candidate struct {
	at     int // sentence of the original
	traits traits
	shared []sharedStem
	mass   float64 // sum of their weights
}

// sharedStem is a stem that two sentences share, or have kin of.
type sharedStem struct {
	stem   int // which of the first sentence's stems
	weight float64
}

// fits chooses sources. Each round goes by the sources that the last one found.
type fits struct {
	m          *matrix
	a, b       *side
	w          []float64
	stop       []bool
	weights    *traits
	candidates [][]candidate // by sentence of b
	anchors    []int         // the source of each sentence of b as far as known, or -1
	before     []neighbour   // by sentence of b: the nearest one before it with a source
	behind     []neighbour
	heirs      [][]int // by sentence of a: those of b that rest on it
	orderly    float64 // 1 when sources come in the order of the original, 0 when in none
}

// neighbour is a sentence of b and its source.
type neighbour struct{ here, there int }

func newFits(a, b *side, w []float64, stop []bool) *fits {
	f := &fits{m: scores(a, b, w), a: a, b: b, w: w, stop: stop, weights: &fitted}
	f.candidates = make([][]candidate, f.m.nb)
	for j, near := range f.m.near {
		for k := range near {
			c, ok := f.candidate(j, &near[k])
			if !ok {
				continue
			}
			s, column := near[k].score, &f.m.columns[c.at]
			c.traits[hasRival] = clip(column.without(j) - s)
			c.traits[hasLead] = clip(s - f.m.rows[j].without(c.at))
			c.traits[hasTaken] = f.taken(j, &c, column.rival(j, s))
			f.candidates[j] = append(f.candidates[j], c)
		}
	}
	f.know(f.m.sure())
	return f
}

// candidate is a source of sentence j, with the traits that the sentences around
// have no part in. Two that share words of grammar alone, no two in
// a row, are no such pair.
func (f *fits) candidate(j int, s *scored) (out candidate, ok bool) {
	u, v, fwd := &f.b.units[j], &f.a.units[s.at], s.fwd
	out = candidate{at: s.at, traits: traits{hasBias: 1, hasForward: fwd, hasForward2: fwd * fwd, hasBack: s.back, hasPairs: sharedPairs(u, v), hasFigures: foreign(u, v)}}
	t := &out.traits
	n, got, all := 0, 0.0, 0.0
	for x, id := range u.stems {
		c := credit(v, id, u.kins[x]) * f.w[id]
		if c > 0 {
			out.shared = append(out.shared, sharedStem{x, c})
			out.mass += c
		}
		if f.stop[id] {
			continue
		}
		all += f.w[id]
		if c > 0 {
			n++
			got += c
		}
	}
	if all > 0 {
		t[hasContent] = got / all
	}
	t[hasMass] = math.Log1p(got) / massUnit
	if n <= 1 {
		t[hasOne] = 1
	}
	t[hasShort] = max(0, 1-all/usualMass)
	row, run := inOrder(u.order, v.order)
	if n == 0 && run < 2 && u.same != v.same {
		return out, false
	}
	if len(u.order) > 0 {
		t[hasRow] = float64(row) / float64(len(u.order))
	}
	t[hasRun] = float64(min(run, runCap)) / runCap
	if len(u.names) > 0 {
		same := 0
		for _, id := range u.names {
			if _, ok := slices.BinarySearch(v.stems, id); ok {
				same++
			}
		}
		t[hasNames] = 1 - float64(same)/float64(len(u.names))
		t[hasSameName] = float64(min(same, 2)) / 2
	}
	t[hasQuote] = max(0, u.quoted-v.quoted)
	return out, true
}

// know takes sources for known: the next round goes by them.
func (f *fits) know(anchors []int) {
	f.anchors = anchors
	f.before, f.behind = make([]neighbour, f.m.nb), make([]neighbour, f.m.nb)
	f.heirs = make([][]int, f.m.na)
	last, steps, forth := neighbour{-1, -1}, 1, 1
	for j, i := range anchors {
		f.before[j] = last
		if i >= 0 {
			steps++
			if i >= last.there {
				forth++
			}
			last = neighbour{j, i}
			f.heirs[i] = append(f.heirs[i], j)
		}
	}
	f.orderly = max(0, 2*float64(forth)/float64(steps)-1)
	last = neighbour{f.m.nb, f.m.na}
	for j := f.m.nb - 1; j >= 0; j-- {
		f.behind[j] = last
		if anchors[j] >= 0 {
			last = neighbour{j, anchors[j]}
		}
	}
}

// traits are those of sentence j and candidate c, by what is known.
func (f *fits) traits(j int, c *candidate) traits {
	t := c.traits
	t[hasClaim] = f.taken(j, c, f.heirs[c.at]...)
	t[hasPlace] = f.orderly * place(f.anchors, j, c.at)
	p, q := f.before[j], f.behind[j]
	switch {
	case p.here == j-1 && c.at == p.there && p.here >= 0:
		t[hasPrev] = 1
	case q.here == j+1 && c.at == q.there && q.here < f.m.nb:
		t[hasNext] = 1
	case c.at > p.there && c.at < q.there:
		t[hasGap] = f.orderly / float64(q.there-p.there-1)
	case p.there <= q.there && (c.at < p.there || c.at > q.there):
		t[hasOrder] = f.orderly * f.orderly
	}
	if q.there-p.there == 2 && c.at == p.there+1 && q.here-p.here == 2 {
		t[hasSandwich] = f.orderly
	}
	return t
}

// likely is the log of how much likelier c is to be a source of sentence j than
// that it has none.
func (f *fits) likely(j int, c *candidate) float64 {
	if f.b.units[j].same == f.a.units[c.at].same {
		return sameSurplus + place(f.anchors, j, c.at)
	}
	s := f.traits(j, c).dot(f.weights)
	if f.b.units[j].heading {
		s -= headingCost
	}
	return s
}

// foreign is the share of u's figures that v has not: a rewrite keeps figures, or
// writes them in words.
func foreign(u, v *unit) float64 {
	if len(u.figures) == 0 {
		return 0
	}
	n := 0
	for _, id := range u.figures {
		if _, ok := slices.BinarySearch(v.stems, id); !ok {
			n++
		}
	}
	return float64(n) / float64(len(u.figures))
}

// taken is the share of what sentence j and source c have in common that one of the
// other sentences of b has too. Others below 0 are nobody.
func (f *fits) taken(j int, c *candidate, others ...int) float64 {
	if c.mass == 0 {
		return 0
	}
	u, gone := &f.b.units[j], 0.0
	for _, s := range c.shared {
		for _, k := range others {
			if k >= 0 && k != j && credit(&f.b.units[k], u.stems[s.stem], u.kins[s.stem]) > 0 {
				gone += s.weight
				break
			}
		}
	}
	return gone / c.mass
}

// inOrder is the length of the longest row of stems that two units share in the
// same order, and of the longest without a gap.
func inOrder(a, b []int32) (row, run int) {
	rows, runs := make([]int32, len(b)+1), make([]int32, len(b)+1)
	best := int32(0)
	for _, x := range a {
		diagonal, before := int32(0), int32(0)
		for j, y := range b {
			up, long := rows[j+1], runs[j+1]
			if x == y {
				rows[j+1], runs[j+1] = diagonal+1, before+1
				best = max(best, before+1)
			} else {
				rows[j+1], runs[j+1] = max(up, rows[j]), 0
			}
			diagonal, before = up, long
		}
	}
	return int(rows[len(b)]), int(best)
}

// topTwo holds the best score of a row or column, and the next best.
type topTwo struct {
	at         int
	best, next float64
}

func (t *topTwo) add(at int, s float64) {
	if s > t.best {
		t.at, t.best, t.next = at, s, t.best
	} else if s > t.next {
		t.next = s
	}
}

// without is the best score of all but at.
func (t *topTwo) without(at int) float64 {
	if t.at == at {
		return t.next
	}
	return t.best
}

// rival is who scores better than at, whose score is s, by rivalLead; -1 for nobody.
func (t *topTwo) rival(at int, s float64) int {
	if t.at != at && t.best > s+rivalLead {
		return t.at
	}
	return -1
}

func clip(x float64) float64 { return max(-leadCap, min(leadCap, x)) }
