package align

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func planWords(p Plan) string {
	var out []string
	for _, n := range p.New {
		s := n.Fate.String()
		if n.Fate == PlanAsk {
			s += fmt.Sprint(n.Candidates)
		} else if len(n.Old) > 0 {
			s += fmt.Sprint(n.Old)
		}
		out = append(out, s)
	}
	for i, o := range p.Old {
		if o.Gone {
			out = append(out, fmt.Sprintf("gone[%d]", i))
		}
	}
	return strings.Join(out, " ")
}

func TestARevisionIsPlanned(t *testing.T) {
	const (
		bridge = "The bridge over the Lenne was closed on Monday."
		cost   = "Repairs will cost about four million euros, the council said."
		ships  = "Ships may still pass below the middle arch at low water."
		six    = "The blast killed six people in the harbour town of Varn."
		seven  = "The blast killed seven people in the harbour town of Varn."
		eight  = "The blast killed eight people in the harbour town of Varn."
		vote   = "The mayor spoke on Tuesday and the council will vote in May on the new plan."
		spoke  = "The mayor spoke on Tuesday."
		may    = "The council will vote in May on the new plan."
	)
	for _, c := range []struct {
		name     string
		old, new []string
		want     string
	}{
		{"nothing changed", []string{bridge, cost}, []string{bridge, cost}, "kept[0] kept[1]"},
		{"one moved to the end", []string{bridge, cost, six, ships}, []string{cost, six, ships, bridge}, "kept[1] kept[2] kept[3] moved[0]"},
		{"one was cut, one is new", []string{bridge, cost}, []string{bridge, ships}, "kept[0] new gone[1]"},
		{"a typing error was mended", []string{bridge, "Repairs wil cost about four milion euros, the council said."}, []string{bridge, cost}, "kept[0] edited[1]"},
		{"one was split", []string{bridge, vote}, []string{bridge, spoke, may}, "kept[0] split[1] split[1]"},
		{"two were merged", []string{spoke, may, cost}, []string{vote, cost}, "merged[0 1] kept[2]"},
		{"a number changed is a question", []string{bridge, six, cost}, []string{bridge, seven, cost}, "kept[0] ask[1] kept[2]"},
		{"two look-alikes are a question for both", []string{bridge, six, cost}, []string{bridge, seven, eight, cost}, "kept[0] ask[1] ask[1] kept[2]"},
		{"everything is new", []string{bridge}, []string{ships}, "new gone[0]"},
		{"an empty new text", []string{bridge}, nil, "gone[0]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := planWords(PlanRevision(sideOf(c.old...), sideOf(c.new...))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// planEdit does one random edit, mergers and splits of three among them.
func planEdit(r *rand.Rand, ps []piece) ([]piece, string) {
	i := r.IntN(len(ps))
	switch r.IntN(12) {
	case 0:
		if i+2 < len(ps) && len(ps[i].from) == 1 && len(ps[i+1].from) == 1 && len(ps[i+2].from) == 1 {
			all := piece{from: slices.Concat(ps[i].from, ps[i+1].from, ps[i+2].from)}
			all.words = strings.TrimSuffix(ps[i].words, ".") + "; " + strings.TrimSuffix(ps[i+1].words, ".") + ", while " + ps[i+2].words
			ps[i] = all
			return slices.Delete(ps, i+1, i+3), "merge of three"
		}
	case 1:
		w := strings.Fields(ps[i].words)
		if len(ps[i].from) == 1 && len(w) >= 15 {
			k := len(w) / 3
			from := ps[i].from
			ps[i] = piece{words: strings.Join(w[:k], " ") + ".", from: from}
			return slices.Insert(ps, i+1, piece{words: "It " + strings.Join(w[k:2*k], " ") + ".", from: from}, piece{words: "This " + strings.Join(w[2*k:], " "), from: from}), "split in three"
		}
	}
	return edit(r, ps)
}

// TestTenThousandRevisionsArePlanned counts, from the side of the new text, what
// is planned for every sentence that an edit touched. Mergers and splits of three,
// over one another and over other edits, are more than a person does at once.
func TestTenThousandRevisionsArePlanned(t *testing.T) {
	t.Run("usual edits", func(t *testing.T) { planMany(t, edit, 10000, 0.95) })
	t.Run("mergers and splits of three too", func(t *testing.T) { planMany(t, planEdit, 4000, 0.94) })
}

func planMany(t *testing.T, edit func(*rand.Rand, []piece) ([]piece, string), edits int, floor float64) {
	if testing.Short() {
		edits = 1500
	}
	r := rand.New(rand.NewPCG(20261122, 3+*editSeed))
	right, asked, wrong, oldWrong, candidates, held := 0, 0, 0, 0, 0, 0
	by := map[string][2]int{}
	for n := 0; n < edits; {
		var old []string
		var ps []piece
		for i := range 10 + r.IntN(25) {
			s := inventSentence(r)
			old = append(old, s)
			ps = append(ps, piece{s, []int{i}, true})
		}
		var names []string
		for range 1 + r.IntN(3) {
			var name string
			if ps, name = edit(r, ps); name != "" {
				names = append(names, name)
				n++
			}
		}
		var words []string
		want := make([][]int, len(old))
		for j, p := range ps {
			words = append(words, p.words)
			for _, i := range p.from {
				want[i] = append(want[i], j)
			}
		}
		plan := PlanRevision(sideOf(old...), sideOf(words...))
		for j, got := range plan.New {
			from := ps[j].from
			if len(from) == 1 && words[j] == old[from[0]] && got.Fate == PlanKept {
				if old[got.Old[0]] != words[j] {
					wrong++
				}
				continue // untouched
			}
			same := slices.Equal(got.Old, slices.Compact(slices.Sorted(slices.Values(from)))) || len(from) == 1 && len(got.Old) == 1 && old[got.Old[0]] == old[from[0]] && words[j] == old[from[0]]
			// A twin put where the one it is taken for stood cannot be told from it.
			same = same || len(got.Old) == 1 && words[j] == old[got.Old[0]] || got.Fate == PlanNew && slices.ContainsFunc(from, func(i int) bool {
				return old[i] == words[j] && slices.ContainsFunc(plan.Old[i].New, func(k int) bool { return words[k] == words[j] })
			})
			switch {
			case got.Fate == PlanAsk:
				asked++
				if len(from) > 0 {
					candidates++
					if slices.ContainsFunc(from, func(i int) bool {
						return slices.ContainsFunc(got.Candidates, func(k int) bool { return old[k] == old[i] })
					}) {
						held++
					}
				}
			case same:
				right++
			default:
				wrong++
				t.Errorf("%v: new %d is planned %v%v, comes from %v: %s", names, j, got.Fate, got.Old, from, words[j])
			}
			key := strings.Join(names, "+")
			if len(names) > 1 {
				key = "several"
			}
			c := by[key]
			c[0]++
			if got.Fate == PlanAsk {
				c[1]++
			}
			by[key] = c
		}
		for i, o := range plan.Old {
			if o.Gone && len(want[i]) > 0 && !slices.ContainsFunc(want[i], func(j int) bool { return plan.New[j].Fate == PlanAsk }) && !slices.Contains(words, old[i]) {
				oldWrong++
				t.Errorf("%v: old %d is planned gone and went to %v: %s", names, i, want[i], old[i])
			}
		}
	}
	for k, c := range by {
		t.Logf("%-16s touched %5d, asked %d", k, c[0], c[1])
	}
	share := float64(right) / float64(right+asked+wrong)
	t.Logf("touched %d: right %.2f%%, asked %d (the true one among the candidates of %d in %d), silently wrong %d, wrongly gone %d", right+asked+wrong, 100*share, asked, held, candidates, wrong, oldWrong)
	if share < floor {
		t.Errorf("right %.2f%% of the touched sentences, want %.0f%%", 100*share, 100*floor)
	}
}

// TestAPlanIsWhole holds for any two texts: both sides of a plan say the same,
// and nothing is decided that is asked about.
func TestAPlanIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"a", "b", "c d", "e f g", "Okay?", "x “y” z", "The blast killed six people.", "The blast killed seven people.", "The blast killed six people. The blast killed seven people."})
		old := rapid.SliceOfN(word, 0, 9).Draw(t, "old")
		now := rapid.SliceOfN(word, 0, 9).Draw(t, "new")
		p := PlanRevision(sideOf(old...), sideOf(now...))
		if len(p.New) != len(now) || len(p.Old) != len(old) {
			t.Fatalf("%d and %d, want %d and %d", len(p.New), len(p.Old), len(now), len(old))
		}
		for j, n := range p.New {
			single := n.Fate == PlanKept || n.Fate == PlanMoved || n.Fate == PlanEdited || n.Fate == PlanSplit
			switch {
			case single && len(n.Old) != 1, n.Fate == PlanMerged && len(n.Old) < 2, n.Fate == PlanNew && len(n.Old) > 0:
				t.Fatalf("%v from %v", n.Fate, n.Old)
			case (n.Fate == PlanAsk) != (len(n.Candidates) > 0):
				t.Fatalf("%v with candidates %v", n.Fate, n.Candidates)
			case (n.Fate == PlanKept || n.Fate == PlanMoved) && sameWords(old[n.Old[0]]) != sameWords(now[j]):
				t.Fatalf("%v joins %q and %q", n.Fate, old[n.Old[0]], now[j])
			}
			if n.Fate == PlanAsk {
				continue
			}
			for _, i := range n.Old {
				if !slices.Contains(p.Old[i].New, j) {
					t.Fatalf("new %d comes from old %d, which goes to %v", j, i, p.Old[i].New)
				}
			}
		}
		for i, o := range p.Old {
			states := 0
			for _, is := range []bool{len(o.New) > 0, o.Gone, o.Ask} {
				if is {
					states++
				}
			}
			if states != 1 {
				t.Fatalf("old %d: %+v", i, o)
			}
			for _, j := range o.New {
				if !slices.Contains(p.New[j].Old, i) || p.New[j].Fate == PlanAsk {
					t.Fatalf("old %d goes to new %d, which is %+v", i, j, p.New[j])
				}
			}
		}
	})
}

// Every new sentence follows one old one, is new, or asks: one of the three.
func TestAPlanAsksAboutWhatItDoesNotFollow(t *testing.T) {
	old := sideOf("The port closed on Monday.", "The crews of eleven boats can land at the pier.", "The sea was calm.", "Prices rose in May.")
	now := sideOf("The port closed on Monday.", "A ship came in from the north.", "The crews of nine boats can land at the old pier.", "The sea was calm.")
	p := PlanRevision(old, now)
	asks := map[int][]int{}
	for _, q := range p.Questions() {
		asks[q.New] = q.Old
	}
	for i := range p.New {
		_, follows := p.Follows(i)
		_, ask := asks[i]
		n := 0
		for _, is := range []bool{follows, ask, p.New[i].Fate == PlanNew} {
			if is {
				n++
			}
		}
		if n != 1 {
			t.Errorf("sentence %d: follows %v, asks %v, fate %v", i, follows, ask, p.New[i].Fate)
		}
	}
	if len(asks) != 1 || !slices.Equal(asks[2], []int{1}) {
		t.Errorf("asks: %v", asks)
	}
}
