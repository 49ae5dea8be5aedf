package align

import (
	"encoding/json"
	"math/rand/v2"
	"os"
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

// gold holds the sources of each rewritten sentence. Also are sources that may as
// well be left out: they are neither asked for nor held against an answer.
type gold struct{ from, also [][]int }

// cut is what is left of g when the sentences with keep[i] < 0 are gone.
func (g gold) cut(keep []int) gold {
	left := func(all [][]int) [][]int {
		out := make([][]int, len(all))
		for j, w := range all {
			for _, x := range w {
				if keep[x] >= 0 {
					out[j] = append(out[j], keep[x])
				}
			}
		}
		return out
	}
	return gold{left(g.from), left(g.also)}
}

// scoreLinks adds up links and sentences without a source, and returns the
// sentences that are not wholly right.
func scoreLinks(links, none *tally, got []Link, want gold) (wrong []int) {
	for j, w := range want.from {
		g := slices.DeleteFunc(slices.Clone(got[j].From), func(x int) bool { return slices.Contains(want.also[j], x) })
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
func goldLinks(t *testing.T) map[string]gold {
	t.Helper()
	raw, err := os.ReadFile("testdata/onestop_links.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Links map[string][][]int
		Also  map[string]map[int][]int
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Links) == 0 {
		t.Fatal("testdata/onestop_links.json holds no pairs")
	}
	out := make(map[string]gold, len(file.Links))
	for id, from := range file.Links {
		g := gold{from, make([][]int, len(from))}
		for j, also := range file.Also[id] {
			g.also[j] = also
		}
		out[id] = g
	}
	return out
}

// score is what becomes of some pairs, whole and with a third of the original cut
// (twenty ways each).
type score struct{ links, none, cutLinks, cutNone tally }

func scorePairs(t *testing.T, title string, pairs []labelled, log bool) score {
	t.Helper()
	var s score
	for _, p := range pairs {
		wrong := scoreLinks(&s.links, &s.none, Compare(p.a, p.b).Links, p.want)
		if log {
			t.Logf("%s: wrong %v", p.name, wrong)
		}
		for seed := range uint64(20) {
			a, keep := cutSide(p.a, rand.New(rand.NewPCG(seed, 1)))
			scoreLinks(&s.cutLinks, &s.cutNone, Compare(a, p.b).Links, p.want.cut(keep))
		}
	}
	t.Logf("%s: %d pairs, links F1 %.1f %+v, cut %.1f %+v, no source F1 %.1f %+v", title, len(pairs), s.links.f1(), s.links, s.cutLinks.f1(), s.cutLinks, s.cutNone.f1(), s.cutNone)
	return s
}

// floors are a little under what is measured.
type floors struct{ links, cut, none float64 }

func (f floors) hold(t *testing.T, title string, s score) {
	t.Helper()
	if s.links.f1() < f.links || s.cutLinks.f1() < f.cut || s.cutNone.f1() < f.none {
		t.Errorf("%s: below the floors %+v", title, f)
	}
}

func split(pairs []labelled) (workedOn, held []labelled) {
	for _, p := range pairs {
		if p.heldOut {
			held = append(held, p)
		} else {
			workedOn = append(workedOn, p)
		}
	}
	return workedOn, held
}

// TestDevelopmentLinksStayAboveTheirFloors scores simplified news.
func TestDevelopmentLinksStayAboveTheirFloors(t *testing.T) {
	workedOn, held := split(simplified(t))
	floors{98.2, 97.2, 96.2}.hold(t, "worked on", scorePairs(t, "worked on", workedOn, true))
	floors{97.8, 97.3, 96.2}.hold(t, "held out", scorePairs(t, "held out", held, false))
}

// TestRewritesStayAboveTheirFloors scores what newsrooms do: briefs, tabloids,
// stories joined, corrected and brought up to date.
func TestRewritesStayAboveTheirFloors(t *testing.T) {
	workedOn, held := split(rewrites(t))
	floors{87, 85, 82}.hold(t, "worked on", scorePairs(t, "worked on", workedOn, true))
	floors{88, 86, 89}.hold(t, "held out", scorePairs(t, "held out", held, false))
}
