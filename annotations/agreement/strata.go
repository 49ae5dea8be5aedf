package agreement

import (
	"container/heap"
	"fmt"
	"math/big"
	"math/bits"
	"sort"
)

// Stratum is one part of a population that was checked separately.
type Stratum struct {
	Name    string `json:"name"`
	Size    int    `json:"size"`    // how many it holds
	Checked int    `json:"checked"` // of those, drawn at random and checked
	Wrong   int    `json:"wrong"`   // of those, found wrong
}

// Allocate shares n checks among strata so that the least-checked stratum is
// checked as densely as can be: each next check goes where the checked share is
// lowest (Adams's rule), to the larger and then the earlier on a tie. No stratum
// gets more than it holds; n beyond the whole checks everything. More n never
// takes a check away from a stratum. Negative numbers count as 0.
func Allocate(sizes []int, n int) []int {
	total := 0
	for _, s := range sizes {
		total += max(s, 0)
	}
	n = min(max(n, 0), total)
	// In Adams's order a stratum's next check comes up at the share it has so
	// far. All checks due before a common share are found by halving it; the few
	// left follow one by one.
	share := sort.Search(shareSteps, func(m int) bool { return due(sizes, m+1, nil) > n })
	out := make([]int, len(sizes))
	given := due(sizes, share, out)
	q := &shareQueue{sizes: sizes, given: out}
	for i, s := range sizes {
		if out[i] < s {
			q.order = append(q.order, i)
		}
	}
	heap.Init(q)
	for ; given < n; given++ {
		i := q.order[0]
		out[i]++
		if out[i] == sizes[i] {
			heap.Pop(q)
		} else {
			heap.Fix(q, 0)
		}
	}
	return out
}

// shareSteps is the fineness in which a common share is looked for.
const shareSteps = 1 << 30

// due is how many checks come up before the share m/shareSteps, in all and, when
// out is not nil, by stratum.
func due(sizes []int, m int, out []int) int {
	total := 0
	for i, s := range sizes {
		hi, lo := bits.Mul64(uint64(max(s, 0)), uint64(m))
		c := int(hi<<34 | lo>>30)
		if lo&(shareSteps-1) != 0 {
			c++
		}
		total += c
		if out != nil {
			out[i] = c
		}
	}
	return total
}

// shareQueue has the stratum with the lowest checked share on top.
type shareQueue struct {
	sizes, given, order []int
}

func (q *shareQueue) Len() int { return len(q.order) }
func (q *shareQueue) Less(a, b int) bool {
	i, j := q.order[a], q.order[b]
	x, y := int64(q.given[i])*int64(q.sizes[j]), int64(q.given[j])*int64(q.sizes[i])
	if x != y {
		return x < y
	}
	if q.sizes[i] != q.sizes[j] {
		return q.sizes[i] > q.sizes[j]
	}
	return i < j
}
func (q *shareQueue) Swap(a, b int) { q.order[a], q.order[b] = q.order[b], q.order[a] }
func (q *shareQueue) Push(x any) {
	if i, ok := x.(int); ok {
		q.order = append(q.order, i)
	}
}
func (q *shareQueue) Pop() any {
	last := q.order[len(q.order)-1]
	q.order = q.order[:len(q.order)-1]
	return last
}

// maxStratified is the largest population that stratified plans are made for.
const maxStratified = 1_000_000

// StratifiedSampleSize is [SampleSize], without wrong ones allowed, for a draw
// that is shared among strata by [Allocate]. Spreading the checks makes it
// possible for wrong ones to hide where they are met least, so this plan assumes
// the worst spread and asks for as many checks as a simple draw or a few more.
func StratifiedSampleSize(sizes []int, maxRate, confidence float64) ([]int, error) {
	a, rate, err := plan(maxRate, confidence, 0)
	if err != nil {
		return nil, err
	}
	total := 0
	for i, s := range sizes {
		if s < 0 || s > maxStratified {
			return nil, fmt.Errorf("stratum %d holds %d: it must hold from 0 to %d", i+1, s, maxStratified)
		}
		total += s
	}
	if total < 1 || total > maxStratified {
		return nil, fmt.Errorf("strata hold %d in all: it must be from 1 to %d", total, maxStratified)
	}
	wrong := countFor(total, rate)
	n := sort.Search(total, func(n int) bool {
		strata := make([]Stratum, len(sizes))
		for i, c := range Allocate(sizes, n) {
			strata[i] = Stratum{Size: sizes[i], Checked: c}
		}
		return worstSpread(strata, wrong, a) < wrong
	})
	return Allocate(sizes, n), nil
}

// StratifiedUpperBound is [UpperBound] for a check in strata, against the worst
// way in which wrong ones may be spread. Where none was found wrong it is exact:
// what a stratum of N with n checked leaves unseen shrinks by 1 - n/(N-k) with
// its k-th further wrong one, a falling factor, so that taking the largest factor
// each time finds the worst spread. Otherwise each stratum is bounded at a doubt
// divided by their number (Bonferroni), which errs on the safe side.
func StratifiedUpperBound(strata []Stratum, confidence float64) (Bound, error) {
	a, err := doubtOf(confidence)
	if err != nil {
		return Bound{}, err
	}
	total, wrong, open := 0, 0, 0
	for i, s := range strata {
		if s.Size == 0 && s.Checked == 0 && s.Wrong == 0 {
			continue
		}
		if err := checkCounts(s.Size, s.Checked, s.Wrong); err != nil {
			return Bound{}, fmt.Errorf("stratum %d (%s): %w", i+1, s.Name, err)
		}
		total += s.Size
		wrong += s.Wrong
		if s.Checked < s.Size {
			open++
		}
	}
	if total < 1 || total > maxStratified {
		return Bound{}, fmt.Errorf("strata hold %d in all: it must be from 1 to %d", total, maxStratified)
	}
	if wrong == 0 {
		return boundOf(worstSpread(strata, total, a), total), nil
	}
	count, each := 0, a.among(open)
	for _, s := range strata {
		if s.Size > 0 {
			count += upperCount(s.Size, s.Checked, s.Wrong, each)
		}
	}
	return boundOf(count, total), nil
}

// worstSpread is the largest number of wrong ones, at most limit, that no check
// would have met with a probability above a.
func worstSpread(strata []Stratum, limit int, a doubt) int {
	q := &hidingQueue{}
	for _, s := range strata {
		if s.Checked < s.Size {
			q.left = append(q.left, hiding{checked: s.Checked, left: s.Size})
		}
	}
	heap.Init(q)
	unseen := big.NewFloat(1).SetPrec(256)
	level := new(big.Float).SetPrec(256).SetRat(a.r)
	// What differs only by the rounding of 256 bits is a tie, and a tie excludes.
	level.Mul(level, new(big.Float).SetPrec(256).Add(big.NewFloat(1), big.NewFloat(0x1p-200)))
	for count := 0; ; count++ {
		if count >= limit || len(q.left) == 0 {
			return count
		}
		h := &q.left[0]
		unseen.Mul(unseen, big.NewFloat(float64(h.left-h.checked)))
		unseen.Quo(unseen, big.NewFloat(float64(h.left)))
		if unseen.Cmp(level) <= 0 {
			return count
		}
		if h.left--; h.left == h.checked {
			heap.Pop(q)
		} else {
			heap.Fix(q, 0)
		}
	}
}

// hiding is a stratum in which wrong ones may hide: the checks, and how many are
// not yet supposed wrong.
type hiding struct{ checked, left int }

type hidingQueue struct{ left []hiding }

func (q *hidingQueue) Len() int { return len(q.left) }
func (q *hidingQueue) Less(i, j int) bool {
	return int64(q.left[i].checked)*int64(q.left[j].left) < int64(q.left[j].checked)*int64(q.left[i].left)
}
func (q *hidingQueue) Swap(i, j int) { q.left[i], q.left[j] = q.left[j], q.left[i] }
func (q *hidingQueue) Push(x any) {
	if h, ok := x.(hiding); ok {
		q.left = append(q.left, h)
	}
}
func (q *hidingQueue) Pop() any {
	last := q.left[len(q.left)-1]
	q.left = q.left[:len(q.left)-1]
	return last
}
