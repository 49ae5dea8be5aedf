package agreement

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Set is what one rater named for one unit: sources, or pieces of evidence. nil
// is a missing rating; an empty set that is not nil says "none". Order and
// repetition do not matter.
type Set []string

// SetMeasure says how far two sets are apart.
type SetMeasure uint8

// The measures. Two empty sets are equal; an empty one and any other are wholly
// different.
const (
	// Jaccard is 1 - |A∩B| / |A∪B| (Jaccard 1912).
	Jaccard SetMeasure = iota
	// MASI is 1 - M·|A∩B| / |A∪B|, with M = 1 for equal sets, 2/3 where one
	// holds the other, 1/3 where they overlap otherwise, 0 where they are
	// disjoint (Passonneau 2006). Some programs round M to 0.67 and 0.33.
	MASI
)

// String names the measure as metrics do.
func (m SetMeasure) String() string {
	if m == MASI {
		return "masi"
	}
	return "jaccard"
}

// SetDistance is the distance of two sets, 0 to 1. nil counts as empty.
func SetDistance(m SetMeasure, a, b Set) float64 {
	f := newSetFamily([]Set{canonicalSet(a), canonicalSet(b)})
	return 1 - f.likeness(0, 1).by(m.kind())
}

func (m SetMeasure) kind() diffKind {
	if m == MASI {
		return diffMASI
	}
	return diffJaccard
}

// SetTable holds sets named by raters for units. Its [Table] has one label for
// each different set, so percent agreement and nominal figures there are about
// exactly equal sets; partial agreement counts in [SetTable.Alpha].
type SetTable struct {
	table *Table
	sets  *setFamily
}

// NewSetTable makes a table of cells[unit][rater]. Options.Ordered is ignored:
// sets have no order.
func NewSetTable(cells [][]Set, opt Options) (*SetTable, error) {
	opt.Ordered = false
	index := make(map[string]int) // by canonical form
	seen := make(map[string]int)  // by the form in which a set came
	var labels []Label
	var sets []Set
	rows := make([][]int, len(cells))
	for u, row := range cells {
		rows[u] = make([]int, len(row))
		for r, s := range row {
			rows[u][r] = Missing
			if s == nil {
				continue
			}
			raw := rawKey(s)
			l, ok := seen[raw] // most sets come again as they were
			if !ok {
				s = canonicalSet(s)
				key, err := json.Marshal([]string(s))
				if err != nil {
					return nil, fmt.Errorf("unit %d, rater %d: %w", u+1, r+1, err)
				}
				if l, ok = index[string(key)]; !ok {
					l = len(sets)
					index[string(key)] = l
					sets = append(sets, s)
					labels = append(labels, TextLabel(string(key)))
				}
				seen[raw] = l
			}
			rows[u][r] = l
		}
	}
	t, err := NewTable(labels, rows, opt)
	if err != nil {
		return nil, err
	}
	return &SetTable{table: t, sets: newSetFamily(sets)}, nil
}

// rawKey tells lists of words apart, whatever the words hold.
func rawKey(s Set) string {
	switch len(s) {
	case 0:
		return ""
	case 1:
		return "1:" + s[0]
	}
	var b []byte
	for _, m := range s {
		b = strconv.AppendInt(b, int64(len(m)), 10)
		b = append(b, '=')
		b = append(b, m...)
	}
	return string(b)
}

// canonicalSet sorts and drops repetition; bytes that are no UTF-8 become U+FFFD,
// as they do when written to JSON.
func canonicalSet(s Set) Set {
	out := make(Set, len(s))
	for i, m := range s {
		out[i] = strings.ToValidUTF8(m, "\uFFFD")
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Table is the same ratings with whole sets as labels.
func (s *SetTable) Table() *Table { return s.table }

// Alpha is Krippendorff's alpha with a set distance as its difference function
// (Passonneau 2006).
func (s *SetTable) Alpha(m SetMeasure) Value { return s.Statistic(m)(s.table) }

// Statistic is Alpha in the form that [Bootstrap] takes, for s.Table.
func (s *SetTable) Statistic(m SetMeasure) Statistic {
	d := &difference{kind: m.kind(), sets: s.sets}
	return func(t *Table) Value {
		if v := t.comparable(); !v.OK {
			return v
		}
		labels, n := t.pairableMargins()
		return t.alpha(d, labels, n)
	}
}

// setFamily is the different sets of a table, members as numbers.
type setFamily struct {
	members [][]int32 // by label, ascending
	holders [][]int32 // by member: the labels whose sets hold it, ascending
	alike   []likePair
	listed  bool    // whether alike holds all pairs that share a member
	visits  float64 // steps to find those pairs
}

// likeness is 1 - distance under both measures.
type likeness struct{ jaccard, masi float64 }

func (l likeness) by(kind diffKind) float64 {
	if kind == diffMASI {
		return l.masi
	}
	return l.jaccard
}

type likePair struct {
	c, k int32
	likeness
}

// maxListed bounds the list of pairs that share a member; beyond it they are
// found anew for every sum, which is slow but takes no memory.
const maxListed = 4 << 20

func newSetFamily(sets []Set) *setFamily {
	f := &setFamily{members: make([][]int32, len(sets))}
	number := make(map[string]int32)
	for l, s := range sets {
		for _, m := range s {
			n, ok := number[m]
			if !ok {
				n = int32(len(f.holders))
				number[m] = n
				f.holders = append(f.holders, nil)
			}
			f.members[l] = append(f.members[l], n)
			f.holders[n] = append(f.holders[n], int32(l))
		}
		slices.Sort(f.members[l])
	}
	for _, h := range f.holders {
		f.visits += float64(len(h)) * float64(len(h)) / 2
	}
	if f.listed = f.visits <= maxPairwiseSets; !f.listed {
		return f
	}
	f.eachAlike(func(c, k int32) bool {
		if len(f.alike) == maxListed {
			f.alike, f.listed = nil, false
			return false
		}
		f.alike = append(f.alike, likePair{c, k, f.likeness(c, k)})
		return true
	})
	return f
}

// eachAlike visits every pair c < k that shares a member, once, until visit
// returns false. All other pairs are wholly different.
func (f *setFamily) eachAlike(visit func(c, k int32) bool) {
	last := make([]int32, len(f.members)) // last[k] = c+1 once (c, k) was visited
	for c := range int32(len(f.members)) {
		for _, m := range f.members[c] {
			from, _ := slices.BinarySearch(f.holders[m], c+1)
			for _, k := range f.holders[m][from:] {
				if last[k] == c+1 {
					continue
				}
				last[k] = c + 1
				if !visit(c, k) {
					return
				}
			}
		}
	}
}

// alikeSum is the sum of n[c]·n[k]·likeness over pairs c < k.
func (f *setFamily) alikeSum(kind diffKind, labels []int32, n []float64) float64 {
	at := make([]float64, len(f.members))
	for i, l := range labels {
		at[l] = n[i]
	}
	sum := 0.0
	if f.listed {
		for i := range f.alike {
			p := &f.alike[i]
			sum += at[p.c] * at[p.k] * p.by(kind)
		}
		return sum
	}
	f.eachAlike(func(c, k int32) bool {
		if w := at[c] * at[k]; w > 0 {
			sum += w * f.likeness(c, k).by(kind)
		}
		return true
	})
	return sum
}

// likeness walks two ascending lists.
func (f *setFamily) likeness(c, k int32) likeness {
	a, b := f.members[c], f.members[k]
	shared, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			shared, i, j = shared+1, i+1, j+1
		}
	}
	union := len(a) + len(b) - shared
	if union == 0 {
		return likeness{1, 1}
	}
	jaccard := float64(shared) / float64(union)
	switch {
	case shared == len(a) && shared == len(b):
		return likeness{1, 1}
	case shared == 0:
		return likeness{}
	case shared == len(a) || shared == len(b):
		return likeness{jaccard, jaccard * 2 / 3}
	}
	return likeness{jaccard, jaccard / 3}
}
