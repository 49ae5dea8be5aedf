package align

import (
	"cmp"
	"slices"
)

// Orphan is a claim that the rewrite keeps while it leaves out what vouched for it.
// Package align reads it from the words, which makes it a proposal.
type Orphan struct {
	B       int   `json:"b"`                 // the sentence of the rewrite, from 0
	A       int   `json:"a"`                 // the sentence of the original it rests on
	Support []int `json:"support"`           // sentences left out that name a source for it, in order
	Against []int `json:"against,omitempty"` // sentences left out that speak against it (but, still …), in order
	Linked  bool  `json:"linked,omitempty"`  // reviewers linked what vouched for it; never set by Compare
}

const (
	orphanFrom  = 0.28 // share of what a source says that the claim must have
	orphanMore  = 0.12 // the same for sentences near one that supports the claim
	orphanWords = 2    // words of content the two must share
	denialMass  = 1.5  // weight of a not that both have
	orphanReach = 3    // sentences between one that supports the claim and the next
)

// orphans finds claims without a source of their own, kept without one, that
// sentences of the original with a source spoke for, all of which are left out.
func orphans(a, b *side, from [][]int, w []float64, l *lexer) []Orphan {
	used := make([]bool, len(a.units))
	for _, f := range from {
		for _, i := range f {
			used[i] = true
		}
	}
	said := make([]*saying, len(a.units))
	var out []Orphan
	for j, f := range from {
		if len(f) != 1 || a.units[f[0]].heading || vouchedFor(a, f[0]) || vouchedFor(b, j) {
			continue
		}
		o := Orphan{B: j, A: f[0]}
		kept := 0.0 // how well what is still there vouches for it
		score := make([]float64, len(a.units))
		for i := range a.units {
			if i == o.A {
				continue
			}
			if said[i] == nil {
				said[i] = l.saying(a, i)
			}
			score[i] = said[i].of(&a.units[o.A], w, l.stop)
			if said[i].sourced && !said[i].against && used[i] {
				kept = max(kept, score[i])
			}
		}
		o.gather(score, said, used, kept)
		if len(o.Support) > 0 {
			out = append(out, o)
		}
	}
	return out
}

// gather collects the support that was left out: the surest, if it is surer than
// what was kept, then what stands near it and goes on with it.
func (o *Orphan) gather(score []float64, said []*saying, used []bool, kept float64) {
	first := -1
	for i, s := range score {
		if s >= orphanFrom && s > kept && !used[i] && said[i].sourced && !said[i].against && (first < 0 || s > score[first]) {
			first = i
		}
	}
	if first < 0 {
		return
	}
	for i := max(0, first-orphanReach); i <= min(len(score)-1, first+orphanReach); i++ {
		if used[i] || i == o.A || !said[i].sourced || i != first && score[i] < orphanMore {
			continue
		}
		if said[i].against {
			o.Against = append(o.Against, i)
		} else {
			o.Support = append(o.Support, i)
		}
	}
	slices.SortFunc(o.Support, cmp.Compare)
}

// vouchedFor reports a sentence that names a source.
func vouchedFor(s *side, i int) bool { return len(s.attributions(&s.units[i], i)) > 0 }

// saying is what a sentence says, without who says it.
type saying struct {
	stems   []int32
	sourced bool
	denied  bool // it has a not
	against bool // it begins with a but
}

func (l *lexer) saying(s *side, i int) *saying {
	u := &s.units[i]
	out := &saying{denied: denied(u)}
	said := s.attributions(u, i)
	for k := range u.tokens {
		t := &u.tokens[k]
		if k == 0 && t.is("but", "however", "still", "yet", "although", "though", "nevertheless", "despite") {
			out.against = true
		}
		vouching := slices.ContainsFunc(said, func(a attribution) bool {
			return a.source[0] <= k && k < a.source[1] || a.cue[0] <= k && k < a.cue[1]
		})
		if t.content() && !vouching {
			if id, ok := l.ids[t.stem]; ok {
				out.stems = append(out.stems, id)
			}
		}
	}
	out.stems = distinct(out.stems)
	out.sourced = slices.ContainsFunc(said, func(a attribution) bool { return !a.pronoun })
	return out
}

// of is the share of what is said that the claim has too, 0 when the one denies
// what the other says, or when they share next to nothing.
func (s *saying) of(claim *unit, w []float64, stop []bool) float64 {
	if !s.against && s.denied != denied(claim) {
		return 0
	}
	all, got, n := 0.0, 0.0, 0
	for _, id := range s.stems {
		all += w[id]
		if _, ok := slices.BinarySearch(claim.stems, id); ok && !stop[id] {
			got += w[id]
			n++
		}
	}
	if n < orphanWords || all == 0 {
		return 0
	}
	if s.denied && denied(claim) {
		all, got = all+denialMass, got+denialMass
	}
	return got / all
}

func denied(u *unit) bool {
	return slices.ContainsFunc(u.tokens, func(t token) bool {
		return t.is("not", "no", "never", "neither", "nobody", "none", "without", "cannot", "isnt", "arent", "wasnt", "didnt", "doesnt", "hasnt", "havent", "wont")
	})
}
