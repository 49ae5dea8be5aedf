package align

import (
	"cmp"
	"math"
	"slices"
)

// Index finds texts that share wording, among many, without comparing each with
// each. What it goes by are neighbouring content words; those that stand in many
// texts are passed over, so its work grows with what texts really share. An
// Index is not safe for concurrent use. The zero value is ready.
type Index struct {
	keys  []string
	sizes []int              // how many traits each text has
	posts map[uint64][]int32 // trait → texts, in the order they were added
}

// Match is a text that shares wording with another.
type Match struct {
	Key    string  // as given to Add
	Shared int     // pairs of neighbouring content words that stand in both
	Score  float64 // their weight over that of the text with less of it, 0 to 1
}

// PairMatch is two texts that share wording, A added before B.
type PairMatch struct {
	A, B   string
	Shared int
	Score  float64
}

const (
	minShared  = 4   // traits two texts must share to be named
	commonPart = 0.1 // a trait that stands in more than this share of the texts is passed over …
	commonMin  = 24  // … but never one that stands in as few as this
)

// Add takes a text in under a key of the caller's. The same key twice is two texts.
func (x *Index) Add(key string, s Side) {
	if x.posts == nil {
		x.posts = make(map[uint64][]int32)
	}
	n := int32(len(x.keys))
	traits := traitsOf(s)
	x.keys = append(x.keys, key)
	x.sizes = append(x.sizes, len(traits))
	for _, t := range traits {
		x.posts[t] = append(x.posts[t], n)
	}
}

// Len is how many texts the index holds.
func (x *Index) Len() int { return len(x.keys) }

// Similar lists at most limit texts that share wording with s, the closest
// first; a limit of 0 or less lists all. The text itself is among them when it
// was added.
func (x *Index) Similar(s Side, limit int) []Match {
	traits := traitsOf(s)
	t := newTable(len(x.keys))
	x.gather(t, traits, int32(len(x.keys)))
	var out []Match
	for _, n := range t.seen {
		if m, ok := x.match(t, n, len(traits)); ok {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Shared, a.Shared), cmp.Compare(a.Key, b.Key))
	})
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out
}

// Pairs lists all pairs of texts with at least the given score, the closest
// first.
func (x *Index) Pairs(least float64) []PairMatch {
	traits := make([][]uint64, len(x.keys))
	for t, p := range x.posts {
		if len(p) > 1 && !x.common(len(p)) {
			for _, n := range p {
				traits[n] = append(traits[n], t)
			}
		}
	}
	var out []PairMatch
	t := newTable(len(x.keys))
	for b := range x.keys {
		x.gather(t, traits[b], int32(b))
		for _, a := range t.seen {
			if m, ok := x.match(t, a, x.sizes[b]); ok && m.Score >= least {
				out = append(out, PairMatch{A: m.Key, B: x.keys[b], Shared: m.Shared, Score: m.Score})
			}
		}
	}
	slices.SortStableFunc(out, func(p, q PairMatch) int {
		return cmp.Or(cmp.Compare(q.Score, p.Score), cmp.Compare(q.Shared, p.Shared), cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
	})
	return out
}

func (x *Index) common(df int) bool {
	return df > commonMin && float64(df) > commonPart*float64(len(x.keys))
}

// table sums what one text shares with the others.
type table struct {
	count  []int32
	weight []float64
	seen   []int32
}

func newTable(n int) *table { return &table{count: make([]int32, n), weight: make([]float64, n)} }

// gather fills t with the texts before number end that share traits.
func (x *Index) gather(t *table, traits []uint64, end int32) {
	for _, n := range t.seen {
		t.count[n], t.weight[n] = 0, 0
	}
	t.seen = t.seen[:0]
	rarest := math.Log(1 + float64(len(x.keys)))
	for _, trait := range traits {
		p := x.posts[trait]
		if x.common(len(p)) {
			continue
		}
		w := math.Log(1+float64(len(x.keys))/float64(max(len(p), 1))) / rarest
		for _, n := range p {
			if n >= end {
				break
			}
			if t.count[n] == 0 {
				t.seen = append(t.seen, n)
			}
			t.count[n]++
			t.weight[n] += w
		}
	}
}

func (x *Index) match(t *table, n int32, size int) (Match, bool) {
	if int(t.count[n]) < min(minShared, size, x.sizes[n]) || t.count[n] == 0 {
		return Match{}, false
	}
	least := float64(max(1, min(size, x.sizes[n])))
	return Match{Key: x.keys[n], Shared: int(t.count[n]), Score: min(1, t.weight[n]/least)}, true
}

// traitsOf gives the distinct pairs of neighbouring content words of a text, by
// hash.
func traitsOf(s Side) []uint64 {
	var room []token
	var out []uint64
	for _, u := range s.Units {
		room = tokenize(room[:0], s.Text, u.Span)
		prev := uint64(0)
		for i := range room {
			if !room[i].content() {
				continue
			}
			h := hash(room[i].stem)
			if prev != 0 {
				out = append(out, prev*0x9E3779B97F4A7C15^h)
			}
			prev = h
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h | 1
}
