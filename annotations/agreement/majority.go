package agreement

import "slices"

// Vote is a majority decision on one item.
type Vote struct {
	Item   string
	Label  string  // the winner; empty when Tied
	Share  float64 // of the item's responses that chose it, 0 to 1
	Broken bool    // the responses were tied and the raters' records decided
	Tied   bool    // not even those could decide
}

// Majority decides each item by most responses. A tie is broken in favour of the
// label whose voters agreed more often, in sum, with the outright majorities on
// the other items; if that ties too there is no decision. Items come by first
// appearance.
func Majority(responses []Response) []Vote {
	items := &numbering{of: map[string]int{}}
	var votes []map[string]float64
	for _, r := range responses {
		i := items.number(r.Item)
		if i == len(votes) {
			votes = append(votes, make(map[string]float64))
		}
		votes[i][r.Label]++
	}
	out := make([]Vote, len(votes))
	for i, v := range votes {
		winners, most := leaders(v, 0)
		out[i] = Vote{Item: items.names[i], Share: most / total(v), Tied: len(winners) > 1}
		if !out[i].Tied {
			out[i].Label = winners[0]
		}
	}
	breakTies(responses, items, votes, out)
	return out
}

func total(v map[string]float64) float64 {
	n := 0.0
	for _, x := range v {
		n += x
	}
	return n
}

// leaders are the labels within slack of the most votes, in order.
func leaders(v map[string]float64, slack float64) (labels []string, most float64) {
	for _, n := range v {
		most = max(most, n)
	}
	for l, n := range v {
		if n >= most-slack {
			labels = append(labels, l)
		}
	}
	slices.Sort(labels)
	return labels, most
}

func breakTies(responses []Response, items *numbering, votes []map[string]float64, out []Vote) {
	right, all := make(map[string]float64), make(map[string]float64)
	for _, r := range responses {
		if v := out[items.of[r.Item]]; !v.Tied {
			all[r.Rater]++
			if v.Label == r.Label {
				right[r.Rater]++
			}
		}
	}
	records := make([]map[string]float64, len(out))
	for _, r := range responses {
		i := items.of[r.Item]
		if !out[i].Tied || votes[i][r.Label] < out[i].Share*total(votes[i])-0.5 || all[r.Rater] == 0 {
			continue
		}
		if records[i] == nil {
			records[i] = make(map[string]float64)
		}
		records[i][r.Label] += right[r.Rater] / all[r.Rater]
	}
	for i, rec := range records {
		if w, _ := leaders(rec, 1e-9); len(w) == 1 {
			out[i].Label, out[i].Tied, out[i].Broken = w[0], false, true
		}
	}
}
