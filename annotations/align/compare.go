package align

import (
	"fmt"

	"stet.example/stet/annotations"
)

// Side is one of two texts, with the units it is cut into: spans in bytes, in
// reading order.
type Side struct {
	Text  string
	Units []annotations.Sentence
}

// Link says which sentences of the original one sentence of the rewrite rests
// on. Both count from 0. An empty From is an answer: it has no source. The first
// of From is the closest.
type Link struct {
	B    int   `json:"b"`
	From []int `json:"from"`
}

// Result is what [Compare] finds. It marshals as the contract of stet compare
// --jsonl has it.
type Result struct {
	ID      string   // copied through; empty is left out
	Links   []Link   // one for each sentence of the rewrite, in order
	Changes []Change // by sentence of the rewrite, then by place
	LeftOut []int    // sentences of the original that no sentence of the rewrite rests on, from 0
	Orphans []Orphan // claims that are kept while what vouched for them is left out
}

// MaxPairs bounds the pairs of sentences that are compared. Each sentence is held against
// each: of news prose this many take a minute or two and under a gigabyte, and four
// times as many four times that.
const MaxPairs = 64_000_000

// TooLong says why two texts should not be given to [Compare], nil when they may be.
func TooLong(a, b Side) error {
	if len(a.Units) == 0 || len(b.Units) <= MaxPairs/len(a.Units) {
		return nil
	}
	return fmt.Errorf("the texts have %d and %d sentences, and each is held against each: that is more than %d million pairs, which takes too long and too much memory. Compare parts of them, saved as files of their own", len(a.Units), len(b.Units), MaxPairs/1_000_000)
}

// Compare aligns rewrite b with original a and names the changes. Its work and its memory
// grow with the product of their sentences: see [TooLong].
func Compare(a, b Side) Result {
	l := newLexer()
	sa, sb := l.read(a, 0), l.read(b, 1)
	w := l.weights(max(len(sa.units), len(sb.units)))
	sa.weigh(w)
	sb.weigh(w)
	from := link(sa, sb, w, l.stop)
	r := Result{Links: make([]Link, len(from))}
	used := make([]bool, len(sa.units))
	for j, f := range from {
		r.Links[j] = Link{B: j, From: f}
		for _, i := range f {
			used[i] = true
		}
	}
	for i, u := range used {
		if !u {
			r.LeftOut = append(r.LeftOut, i)
		}
	}
	r.Changes = changes(sa, sb, from)
	r.Orphans = orphans(sa, sb, from, w, l)
	return r
}
