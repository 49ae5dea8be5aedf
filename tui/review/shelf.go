package review

import (
	"iter"
	"slices"

	"stet.example/stet/annotations"
)

// shelf holds what is said of sentences, by place. Where nothing is said of hundreds in a
// row it takes no room: of a million sentences a reviewer sees some thousand.
type shelf []*board

const boardLen = 256

type board [boardLen]spot

// spot is what is said of one sentence.
type spot struct {
	said  *annotations.Record // nil for nothing
	tag   uint8               // 0 untagged, else place in the codebook + 1
	fresh uint8               // see stale
}

func shelfFor(n int) shelf { return make(shelf, (n+boardLen-1)/boardLen) }

// at is the spot at a place, to be looked at.
func (h shelf) at(i int) spot {
	if b := h[i/boardLen]; b != nil {
		return b[i%boardLen]
	}
	return spot{}
}

// put changes the spot at a place.
func (h shelf) put(i int, s spot) {
	b := &h[i/boardLen]
	if *b == nil {
		if s == (spot{}) {
			return
		}
		*b = new(board)
	}
	(*b)[i%boardLen] = s
}

// all are the places of which something is said, in order.
func (h shelf) all() iter.Seq2[int, *spot] {
	return func(yield func(int, *spot) bool) {
		for n, b := range h {
			for k := 0; b != nil && k < boardLen; k++ {
				if b[k].said != nil && !yield(n*boardLen+k, &b[k]) {
					return
				}
			}
		}
	}
}

// backward are those of all, the last first.
func (h shelf) backward() iter.Seq2[int, *spot] {
	return func(yield func(int, *spot) bool) {
		for n, b := range slices.Backward(h) {
			for k := boardLen - 1; b != nil && k >= 0; k-- {
				if b[k].said != nil && !yield(n*boardLen+k, &b[k]) {
					return
				}
			}
		}
	}
}
