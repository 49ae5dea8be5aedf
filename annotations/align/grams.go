package align

import (
	"slices"
	"strings"
)

// grams gives the runs of three letters of a text, folded, as sorted numbers; a
// run that stands twice is listed twice. They bear a typing error, which words do
// not.
func grams(s string) []uint32 {
	rs := []rune(" " + strings.ToLower(letters(s)) + " ")
	out := make([]uint32, 0, len(rs))
	for i := 0; i+2 < len(rs); i++ {
		h := uint32(2166136261)
		for _, r := range rs[i : i+3] {
			h = (h ^ uint32(r)) * 16777619
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return out
}

// both counts the elements two sorted lists share.
func both(a, b []uint32) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			n++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// likeness is 1 for the same letters, 0 for none in common.
func likeness(a, b []uint32) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(both(a, b)) / float64(len(a)+len(b))
}

// mostAlike is the greatest likeness that lists of a and b elements can have.
func mostAlike(a, b int) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * float64(min(a, b)) / float64(a+b)
}

// contained is the share of part that stands in whole.
func contained(part, whole []uint32) float64 {
	if len(part) == 0 {
		return 0
	}
	return float64(both(part, whole)) / float64(len(part))
}
