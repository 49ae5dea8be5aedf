package align

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// article invents a text of its own vocabulary beside the common one.
func article(r *rand.Rand, n int) []string {
	var out []string
	for range n {
		s := ""
		for range 6 + r.IntN(12) {
			if r.IntN(3) == 0 {
				s += fmt.Sprintf("word%d ", r.IntN(300))
			} else {
				s += fmt.Sprintf("rare%d ", r.IntN(40000))
			}
		}
		out = append(out, s+"ends.")
	}
	return out
}

func TestIndexFindsRewritesAmongMany(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var x Index
	const n = 1000
	planted := map[[2]string]bool{}
	start := time.Now()
	for i := range n {
		text := article(r, 30)
		key := fmt.Sprintf("a%03d", i)
		x.Add(key, sideOf(text...))
		if i%50 == 0 {
			x.Add(key+"-rewrite", sideOf(text[5:18]...))
			planted[[2]string{key, key + "-rewrite"}] = true
		}
	}
	got := x.Pairs(0.3)
	t.Logf("%d texts all against all: %v", x.Len(), time.Since(start))
	for _, p := range got {
		if !planted[[2]string{p.A, p.B}] {
			t.Errorf("%s and %s share nothing but %d common words, score %.2f", p.A, p.B, p.Shared, p.Score)
		}
		delete(planted, [2]string{p.A, p.B})
	}
	for k := range planted {
		t.Errorf("%v was not found", k)
	}
}

func TestIndexFindsATextItHolds(t *testing.T) {
	var x Index
	if m := x.Similar(sideOf("Nothing is in here yet."), 3); len(m) != 0 {
		t.Fatalf("an empty index found %v", m)
	}
	one := sideOf("The bridge over the river Lenne was closed on Monday.", "Repairs cost four million euros.")
	x.Add("one", one)
	x.Add("two", sideOf("A choir from Varn sang in the old market hall last night.", "Nobody paid."))
	m := x.Similar(one, 3)
	if len(m) != 1 || m[0].Key != "one" || m[0].Score < 0.5 {
		t.Errorf("got %v, want one alone", m)
	}
	if m := x.Similar(sideOf("Okay?"), 0); len(m) != 0 {
		t.Errorf("a text without pairs of words found %v", m)
	}
}

func TestIndexFindsTheSeedsByEachOther(t *testing.T) {
	a, b := seedSides(t)
	r := rand.New(rand.NewPCG(3, 3))
	var x Index
	x.Add("original", a)
	for i := range 100 {
		x.Add(fmt.Sprint("other", i), sideOf(article(r, 30)...))
	}
	m := x.Similar(b, 1)
	if len(m) != 1 || m[0].Key != "original" {
		t.Fatalf("the rewrite leads to %v, want the original", m)
	}
}
