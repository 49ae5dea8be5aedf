package attribution

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Place is a unit of one of several results.
type Place struct {
	Text int // index of the result
	Unit int // index of the unit in it
}

// Reason says what sets two claims against each other. Several may hold.
type Reason uint8

// The reasons.
const (
	Denial   Reason = 1 << iota // one says that it is not so
	Opposite                    // words that exclude each other: rise and fall
	Figures                     // other figures for the same things
	Dispute                     // a cue of one disputes: denied, rejected
	Contrast                    // the later one opens with But or However
)

var reasonNames = []struct {
	reason Reason
	name   string
}{{Denial, "denial"}, {Opposite, "opposite words"}, {Figures, "other figures"}, {Dispute, "dispute"}, {Contrast, "contrast"}}

// String lists the reasons' names, parted by commas.
func (r Reason) String() string {
	var out []string
	for _, n := range reasonNames {
		if r&n.reason != 0 {
			out = append(out, n.name)
		}
	}
	return strings.Join(out, ", ")
}

// Rival is a pair of units that may speak against each other: of the same
// matter, from different voices, with a sign that both may not be true.
type Rival struct {
	A, B    Place   // A stands first: the earlier text, or the earlier unit
	Score   float64 // 0 to 1; how strongly the signs point, no probability
	Reasons Reason
}

// Claims are compared by the stems of their words. A stem in many units says
// little and would make the work quadratic: only the last postings are looked at.
const (
	postings   = 48   // units looked at for each stem of a unit
	minAlike   = 0.20 // least likeness of two claims
	minMarked  = 0.12 // the same for a unit that is marked as a contrast
	minScore   = 0.30 // least score
	perUnit    = 4    // rivals kept for a unit on each side
	farUnits   = 30   // units of one text that may lie between
	oneShared  = 0.30 // likeness that a single shared stem must reach
	maxRivaled = 1 << 20
)

// Counter compares the claims of several results, of each with itself and of all
// with each other, and lists the pairs that may speak against each other, the
// strongest first; of equal ones the earlier first. It is made for a picker: most
// of what it lists is to be refused. Time is linear in the number of units. Of
// more than a million units the first million are compared.
func Counter(results []Result) []Rival {
	x := newClaimIndex(results)
	var out []Rival
	for n := range x.list {
		out = append(out, x.rivals(n)...)
	}
	slices.SortStableFunc(out, func(a, b Rival) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A.Text, b.A.Text), cmp.Compare(a.A.Unit, b.A.Unit),
			cmp.Compare(a.B.Text, b.B.Text), cmp.Compare(a.B.Unit, b.B.Unit))
	})
	return x.trim(out)
}

// claimIndex finds claims by their stems.
type claimIndex struct {
	list    []claim
	at      []Place
	norm    []float64
	by      map[uint32][]int32 // stem to claims, in order
	weights []float64          // of a stem, by the number of its claims
	hits    []float64          // shared weight with each claim, while one is looked up
	common  []int32            // shared stems
	touched []int32
}

func newClaimIndex(results []Result) *claimIndex {
	x := &claimIndex{by: map[uint32][]int32{}}
	for t := range results {
		for u := range results[t].claims {
			c := &results[t].claims[u]
			if len(c.stems) == 0 || len(x.list) == maxRivaled {
				continue
			}
			for _, s := range c.stems {
				x.by[s] = append(x.by[s], int32(len(x.list)))
			}
			x.list = append(x.list, *c)
			x.at = append(x.at, Place{t, u})
		}
	}
	x.weights = make([]float64, min(len(x.list), 4*postings)+1)
	for df := range x.weights {
		x.weights[df] = math.Log(1 + float64(len(x.list)+2)/float64(max(1, df)))
	}
	x.norm = make([]float64, len(x.list))
	for i, c := range x.list {
		for _, s := range c.stems {
			x.norm[i] += x.weight(len(x.by[s]))
		}
	}
	x.hits, x.common = make([]float64, len(x.list)), make([]int32, len(x.list))
	return x
}

// weight of a stem in df claims: the fewer, the more it says.
func (x *claimIndex) weight(df int) float64 { return x.weights[min(df, len(x.weights)-1)] }

// rivals are the claims before claim n that may speak against it.
func (x *claimIndex) rivals(n int) []Rival {
	x.touched = x.touched[:0]
	for _, s := range x.list[n].stems {
		before := x.by[s]
		i, _ := slices.BinarySearch(before, int32(n))
		w := x.weight(len(before))
		for _, m := range before[max(0, i-postings):i] {
			if x.hits[m] == 0 {
				x.touched = append(x.touched, m)
			}
			x.hits[m] += w
			x.common[m]++
		}
	}
	slices.Sort(x.touched)
	var out []Rival
	for _, m := range x.touched {
		small, large := min(x.norm[n], x.norm[m]), max(x.norm[n], x.norm[m])
		alike := x.hits[m] * (1/small + 1/math.Sqrt(small*large)) / 2 // of the shorter claim, and of both
		if r, ok := x.judge(int(m), n, alike, int(x.common[m])); ok {
			out = append(out, r)
		}
		x.hits[m], x.common[m] = 0, 0
	}
	return out
}

// judge weighs what sets claim n against claim m, which stands before it.
func (x *claimIndex) judge(m, n int, alike float64, shared int) (Rival, bool) {
	a, b := &x.list[m], &x.list[n]
	r := Rival{A: x.at[m], B: x.at[n]}
	within := r.A.Text == r.B.Text
	if within && (r.B.Unit-r.A.Unit > farUnits || a.sameVoice(b)) ||
		within && (a.mute() || b.mute() || len(a.voices)+len(b.voices) == 0) || !within && a.sameVoice(b) && len(a.voices) == 1 && len(b.voices) == 1 {
		return r, false
	}
	signs := 0.0
	add := func(is bool, reason Reason, weight float64) {
		if is {
			r.Reasons |= reason
			signs += weight
		}
	}
	opposed := a.poles&b.antipoles|a.antipoles&b.poles != 0
	marked := within && b.contrast && (shared >= 3 || r.B.Unit-r.A.Unit <= window)
	least := minAlike
	if marked && shared >= 3 {
		least = minMarked
	}
	if alike < least || shared < 2 && alike < oneShared && !(opposed && alike >= minAlike) {
		return r, false
	}
	add(opposed, Opposite, 0.5)
	add(a.denies != b.denies && !opposed, Denial, 0.5)
	add(otherFigures(a.figures, b.figures), Figures, 0.4)
	add(a.disputes || b.disputes, Dispute, 0.25)
	add(marked, Contrast, 0.4)
	if r.Reasons == 0 {
		return r, false
	}
	if !within && len(a.voices) > 0 && len(b.voices) > 0 {
		signs += 0.1
	}
	r.Score = min(1, math.Sqrt(alike)*min(1, 0.3+signs))
	return r, r.Score >= minScore
}

// otherFigures reports whether both name figures and none of them agree.
func otherFigures(a, b []uint32) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for _, f := range a {
		if slices.Contains(b, f) {
			return false
		}
	}
	return true
}

// trim keeps the strongest rivals of each unit. in is in order of score.
func (x *claimIndex) trim(in []Rival) []Rival {
	kept := map[Place]int{}
	out := in[:0]
	for _, r := range in {
		if kept[r.A] >= perUnit || kept[r.B] >= perUnit {
			continue
		}
		kept[r.A]++
		kept[r.B]++
		out = append(out, r)
	}
	return out
}

// claim is what a unit says, as far as comparing needs it.
type claim struct {
	stems            []uint32 // of its content words, each once
	voices           []string // who says it, in small letters
	figures          []uint32
	poles, antipoles uint64 // sides of pairs of opposites
	denies           bool
	disputes         bool
	contrast         bool
}

// mute reports whether nobody is named for a claim, and it gives no sign of a
// dispute: beside others of its text it is background.
func (c *claim) mute() bool { return len(c.voices) == 0 && !c.denies && !c.contrast }

func (c *claim) sameVoice(o *claim) bool {
	for _, v := range c.voices {
		if slices.Contains(o.voices, v) {
			return true
		}
	}
	return false
}

// claims digests every unit. carried is, for each unit, the attribution of
// another unit that reaches into it, -1 for none.
func (r *reader) claims(carried []int, tags []Tag) []claim {
	out := make([]claim, len(r.units))
	pool := make([]uint32, 0, len(r.tokens)/3)
	for u := range out {
		if tags[u].Rule == "X-1" && len(r.byUnit[u]) == 0 && carried[u] < 0 {
			continue
		}
		c := &out[u]
		own := r.byUnit[u]
		if carried[u] >= 0 {
			own = append(slices.Clip(own), carried[u])
		}
		for _, n := range own {
			if w := strings.ToLower(r.found[n].who); w != "" && !slices.Contains(c.voices, w) {
				c.voices = append(c.voices, w)
			}
		}
		from := len(pool)
		pool = r.digest(u, c, pool)
		c.stems = pool[from:len(pool):len(pool)]
		c.disputes = r.disputes(u)
		c.denies = c.denies != c.disputes
		_, c.contrast = r.opensContrast(u)
		c.contrast = c.contrast || tags[u].ID == contestedTag
	}
	return out
}

// digest reads the words of unit u into c and appends its stems to pool.
func (r *reader) digest(u int, c *claim, pool []uint32) []uint32 {
	from := len(pool)
	for i := r.claim[u]; i < r.end(u); i++ {
		t := &r.tokens[i]
		if !t.word() || t.possessive || r.names(u, i) {
			continue
		}
		if p := r.lex.words[t.id].pole; p > 0 {
			c.poles |= 1 << p
		} else if p < 0 {
			c.antipoles |= 1 << -p
		}
		c.denies = c.denies || t.is(negative)
		w := r.text[t.start:t.end]
		if t.digit {
			if !(r.yearAt(i) && r.at(i-1).is(prep|day)) && len(c.figures) < 8 {
				c.figures = append(c.figures, stem(w))
			}
			continue
		}
		if t.is(common|det|prep|aux|conj|subord|subjectPronoun|objectPronoun|adverb|day|relative|negative) || len(w) < 3 ||
			t.is(saying) && !t.capital || len(pool)-from >= topicSize {
			continue
		}
		if h := stem(w); !slices.Contains(pool[from:], h) {
			pool = append(pool, h)
		}
	}
	return pool
}

// names reports whether token i stands in a source of unit u: who says it is no
// part of what is said.
func (r *reader) names(u, i int) bool {
	for _, n := range r.byUnit[u] {
		if s := r.found[n].source; s.lo <= i && i < s.hi {
			return true
		}
	}
	return false
}
