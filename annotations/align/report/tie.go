package report

import (
	"slices"

	"stet.example/stet/annotations/align"
)

// heed holds the proposals of package align against what reviewers linked, who
// know what vouches for what: where a sentence that one of them linked to a claim
// is kept, the claim is no orphan; where all of them are left out, it is one,
// whatever the words say.
func (r *Report) heed(found []align.Orphan) []align.Orphan {
	heir := make([]int, len(r.A.Side.Units)) // the first sentence of the rewrite that rests on each of the original, or -1
	for i := range heir {
		heir[i] = -1
	}
	for _, l := range r.Result.Links {
		for _, i := range l.From {
			if heir[i] < 0 {
				heir[i] = l.B
			}
		}
	}
	found = slices.Clone(found)
	for _, claim := range claims(r.A.Supports, len(heir)) {
		support := ties(r.A.Supports, claim, len(heir))
		at := slices.IndexFunc(found, func(o align.Orphan) bool { return o.A == claim })
		switch {
		case heir[claim] < 0:
			continue
		case slices.ContainsFunc(support, func(i int) bool { return heir[i] >= 0 }):
			if at >= 0 {
				found = slices.Delete(found, at, at+1)
			}
			continue
		case at < 0:
			found = append(found, align.Orphan{B: heir[claim], A: claim})
			at = len(found) - 1
		}
		o := &found[at]
		o.Linked = true
		o.Support = union(o.Support, support)
		against := slices.DeleteFunc(ties(r.A.Disputes, claim, len(heir)), func(i int) bool { return heir[i] >= 0 })
		o.Against = slices.DeleteFunc(union(o.Against, against), func(i int) bool { return slices.Contains(o.Support, i) })
	}
	slices.SortStableFunc(found, func(x, y align.Orphan) int { return x.B - y.B })
	return found
}

// claims are the sentences that ties lead to, in order.
func claims(list []Tie, units int) []int {
	var out []int
	for _, t := range list {
		if t.To >= 0 && t.To < units && t.From >= 0 && t.From < units && t.From != t.To {
			out = append(out, t.To)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ties are the sentences tied to one, in order.
func ties(list []Tie, to, units int) []int {
	var out []int
	for _, t := range list {
		if t.To == to && t.From >= 0 && t.From < units && t.From != to {
			out = append(out, t.From)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func union(a, b []int) []int {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}
