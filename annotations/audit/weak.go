package audit

import (
	"cmp"
	"slices"

	"stet.example/stet/annotations"
)

// The kinds of weak spot, with their points: the sum orders the list.
const (
	WeakUnsourcedHigh = "unsourced, high stakes"      // 16
	WeakAnonymous     = "single anonymous source"     // 8
	WeakNoEvidence    = "contested, without evidence" // 4
	WeakUnsourced     = "unsourced"                   // 2
	WeakUnsure        = "unsure"                      // 1, until somebody rules
)

// Weak is a sentence on which a published text would be easy to attack.
type Weak struct {
	Place
	Text    string   `json:"text"`
	Kinds   []string `json:"kinds"` // gravest first
	Points  int      `json:"points"`
	Sources []string `json:"sources,omitempty"` // as reviewers named them
	Says    []Voice  `json:"says"`
}

// weak lists weak spots, gravest first.
func (x *index) weak() []Weak {
	out := []Weak{}
	for i := range x.units {
		u := &x.units[i]
		kinds, points := x.weaknesses(u)
		if points > 0 {
			out = append(out, Weak{u.place(), u.text(), kinds, points, sourceNames(u), x.voices(u)})
		}
	}
	slices.SortStableFunc(out, func(a, b Weak) int { return cmp.Compare(b.Points, a.Points) })
	return out
}

func (x *index) weaknesses(u *unit) (kinds []string, points int) {
	add := func(kind string, n int) {
		kinds = append(kinds, kind)
		points += n
	}
	bare := u.marks.has(unsourced)
	high := u.marks.has(highStakes | accusation)
	if bare && high {
		add(WeakUnsourcedHigh, 16)
	}
	if u.marks.has(anonymous) {
		add(WeakAnonymous, 8)
	}
	if u.marks.has(disputable) && !u.marks.has(evidenced) && !u.settledAgainst(x) {
		add(WeakNoEvidence, 4)
	}
	if bare && !high {
		add(WeakUnsourced, 2)
	}
	if u.marks.has(unsure) && !u.settled() {
		add(WeakUnsure, 1)
	}
	return kinds, points
}

// settledAgainst reports whether a ruling gave the unit a tag that names no
// other side.
func (u *unit) settledAgainst(x *index) bool {
	if !u.settled() {
		return false
	}
	b := x.books[u.art.Meta.Codebook]
	return b == nil || u.answer < 0 || !slices.Contains(b.needs[x.tags[u.answer]], annotations.NeedOtherSide)
}

func sourceNames(u *unit) []string {
	var out []string
	for i := range u.said {
		for k := range u.said[i].rec.Attributions {
			if n := u.said[i].rec.Attributions[k].Name; n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}
