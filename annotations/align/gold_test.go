package align

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// cutSide takes a random third of the sentences out of a text; keep[i] is the new place of i, or -1.
func cutSide(s Side, rng *rand.Rand) (Side, []int) {
	drop := rng.Perm(len(s.Units))[:len(s.Units)/3]
	keep := make([]int, len(s.Units))
	var b strings.Builder
	var out Side
	last := 0
	for i, u := range s.Units {
		keep[i] = -1
		if slices.Contains(drop, i) {
			last = u.Span.End
			continue
		}
		b.WriteString(s.Text[last:u.Span.Start])
		from := b.Len()
		b.WriteString(u.Span.In(s.Text))
		last = u.Span.End
		keep[i] = len(out.Units)
		u.Span = annotations.Span{Start: from, End: b.Len()}
		out.Units = append(out.Units, u)
	}
	out.Text = b.String()
	return out, keep
}

type tally struct{ tp, fp, fn int }

func (c tally) f1() float64 { return 200 * float64(c.tp) / float64(max(1, 2*c.tp+c.fp+c.fn)) }

// scoreLinks adds up links and sentences without a source, and returns the
// sentences that are not wholly right.
func scoreLinks(links, none *tally, got []Link, want [][]int) (wrong []int) {
	for j, w := range want {
		g := got[j].From
		bad := false
		for _, x := range w {
			if slices.Contains(g, x) {
				links.tp++
			} else {
				links.fn++
				bad = true
			}
		}
		for _, x := range g {
			if !slices.Contains(w, x) {
				links.fp++
				bad = true
			}
		}
		switch {
		case len(w) == 0 && len(g) == 0:
			none.tp++
		case len(w) == 0:
			none.fn++
		case len(g) == 0:
			none.fp++
		}
		if bad {
			wrong = append(wrong, j)
		}
	}
	return wrong
}

// goldLinks are the sources of each rewritten sentence of some development pairs,
// as a reader of the two texts sees them. Only numbers are kept here; the texts
// (OneStopEnglish, CC BY-SA 4.0) stay with the shared data.
func goldLinks(t *testing.T) map[string][][]int {
	t.Helper()
	raw, err := os.ReadFile("testdata/onestop_links.json")
	if err != nil {
		t.Fatal(err)
	}
	g := map[string][][]int{}
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatal(err)
	}
	if len(g) == 0 {
		t.Fatal("testdata/onestop_links.json holds no pairs")
	}
	return g
}

// TestDevelopmentLinksStayAboveTheirFloors scores links on whole pairs, and on
// pairs of which a third of the original was taken out (twenty ways each).
func TestDevelopmentLinksStayAboveTheirFloors(t *testing.T) {
	g := goldLinks(t)
	var links, none, cutLinks, cutNone [2]tally
	var pairs [2]int
	for _, p := range readLines[Pair](t, filepath.Join(sharedDir(t), "attribution/dev/onestop_pairs.jsonl")) {
		want, ok := g[p.ID]
		if !ok {
			continue
		}
		h := 0
		if heldOut(p.ID) {
			h = 1
		}
		pairs[h]++
		wrong := scoreLinks(&links[h], &none[h], Compare(p.A, p.B).Links, want)
		if h == 0 {
			t.Logf("%s: wrong %v", p.ID, wrong)
		}
		for seed := range uint64(20) {
			a, keep := cutSide(p.A, rand.New(rand.NewPCG(seed, 1)))
			rest := make([][]int, len(want))
			for j, w := range want {
				for _, x := range w {
					if keep[x] >= 0 {
						rest[j] = append(rest[j], keep[x])
					}
				}
			}
			scoreLinks(&cutLinks[h], &cutNone[h], Compare(a, p.B).Links, rest)
		}
	}
	for h, name := range []string{"worked on", "held out"} {
		t.Logf("%s: %d pairs, links F1 %.1f, cut %.1f %+v, no source F1 %.1f %+v", name, pairs[h], links[h].f1(), cutLinks[h].f1(), cutLinks[h], cutNone[h].f1(), cutNone[h])
		if links[h].f1() < floors[h].links || cutLinks[h].f1() < floors[h].cut || cutNone[h].f1() < floors[h].none {
			t.Errorf("%s: below the floors %+v", name, floors[h])
		}
	}
}

// floors are a little under what is measured.
var floors = [2]struct{ links, cut, none float64 }{{97.5, 96.5, 95}, {97, 96.4, 94}}
