package align

import (
	"math/bits"
	"slices"
	"unicode"
)

// letterRow is a short text letter by letter, without regard to case. Each letter has the
// places at which it stands as bits, so there are at most 64 letters.
type letterRow struct {
	row     []rune
	letters []rune   // each once
	places  []uint64 // beside letters
}

func newLetterRow(s string) *letterRow {
	t := &letterRow{}
	for _, r := range s {
		r = folded(r)
		k := slices.Index(t.letters, r)
		if k < 0 {
			k = len(t.letters)
			t.letters, t.places = append(t.letters, r), append(t.places, 0)
		}
		t.places[k] |= 1 << len(t.row)
		t.row = append(t.row, r)
	}
	return t
}

// folded is the same for letters that differ in case only.
func folded(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}

// common is how many letters two rows have in common in the same order: the length of a
// longest common subsequence, one row of the table in one word (Hyyrö, Bit-parallel LCS-length
// computation revisited, 2004).
func (t *letterRow) common(u *letterRow) int {
	free := ^uint64(0)
	for _, r := range u.row {
		if k := slices.Index(t.letters, r); k >= 0 {
			at := free & t.places[k]
			free = (free + at) | (free - at)
		}
	}
	return len(t.row) - bits.OnesCount64(free<<(64-len(t.row)))
}
