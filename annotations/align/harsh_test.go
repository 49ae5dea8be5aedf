package align

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// harsh is a sentence under edits that are made to deceive.
type harsh struct {
	piece
	ask bool // other facts in nearly the same words: a person must look
}

// accents are written as one character and as two: an editor's system changes the
// one into the other without a trace on the page.
var accents = [...][2]string{{"\u00e5", "a\u030a"}, {"\u00e9", "e\u0301"}, {"\u00fc", "u\u0308"}, {"\u00f6", "o\u0308"}}

func accented(s string) string {
	return strings.NewReplacer("Ida", "Idé", "Varn", "Vårn", "harbour", "hårbour", "council", "cöuncil", "bridge", "brüdge").Replace(s)
}

// otherDigit changes one digit.
func otherDigit(r *rand.Rand, s string) (string, bool) {
	i := strings.IndexAny(s, "0123456789")
	if i < 0 {
		return s, false
	}
	b := []byte(s)
	b[i] = '0' + (b[i]-'0'+1+byte(r.IntN(8)))%10
	return string(b), true
}

// otherName puts another speaker or month in.
func otherName(r *rand.Rand, s string) (string, bool) {
	for _, set := range [][]string{whos, months} {
		for _, m := range set {
			if m = accented(m); strings.Contains(s, m) {
				if other := accented(pick(r, set)); other != m {
					return strings.Replace(s, m, other, 1), true
				}
			}
		}
	}
	return s, false
}

// deceive does one edit of the harsh kind and reports its name.
func deceive(r *rand.Rand, ps []harsh) ([]harsh, string) {
	i := r.IntN(len(ps))
	switch r.IntN(5) {
	case 0: // two that look alike change places
		j := r.IntN(len(ps))
		if k, _ := strings.CutSuffix(ps[i].words, "."); i != j && likeness(grams(k), grams(ps[j].words)) >= 0.5 {
			ps[i], ps[j] = ps[j], ps[i]
			return ps, "swap"
		}
	case 1:
		if s, ok := otherDigit(r, ps[i].words); ok {
			ps[i].words, ps[i].ask = s, true
			return ps, "digit"
		}
	case 2:
		if s, ok := otherName(r, ps[i].words); ok {
			ps[i].words, ps[i].ask = s, true
			return ps, "name"
		}
	case 3:
		for _, a := range accents {
			ps[i].words = strings.ReplaceAll(ps[i].words, a[0], a[1])
		}
		return ps, "decomposed"
	case 4:
		if i+1 < len(ps) && len(ps[i].from) == 1 && len(ps[i+1].from) == 1 {
			joined := harsh{ask: ps[i].ask || ps[i+1].ask}
			joined.words = restyle(strings.TrimSuffix(ps[i].words, ".") + "; " + ps[i+1].words)
			joined.from = append(slices.Clone(ps[i].from), ps[i+1].from...)
			ps[i] = joined
			return slices.Delete(ps, i+1, i+2), "quotes and a merger"
		}
	}
	return ps, ""
}

// TestHarshEditsAreNeverSilentlyWrong makes edits that look like nothing and are
// something, or the other way round, under several seeds.
func TestHarshEditsAreNeverSilentlyWrong(t *testing.T) {
	edits := 2000
	if testing.Short() {
		edits = 400
	}
	right, touched, wrong := 0, 0, 0
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 76+*editSeed))
		for n := 0; n < edits; {
			var old []string
			var ps []harsh
			for i := range 8 + r.IntN(20) {
				s := accented(inventSentence(r))
				old = append(old, s)
				ps = append(ps, harsh{piece: piece{s, []int{i}, true}})
			}
			var names []string
			for range 1 + r.IntN(2) {
				var name string
				if ps, name = deceive(r, ps); name != "" {
					names = append(names, name)
					n++
				}
			}
			got := judge(t, old, ps, names)
			right, touched, wrong = right+got[0], touched+got[1], wrong+got[2]
		}
	}
	share := 100 * float64(right) / float64(max(1, touched))
	t.Logf("touched %d, the true one given or proposed for %.2f%%, silently wrong %d", touched, share, wrong)
	if wrong > 0 || share < 95 || touched < edits {
		t.Errorf("want none silently wrong, 95%% of %d and more right", edits)
	}
}

// judge counts the old sentences whose words or place an edit touched: those whose
// true new sentence is given or proposed, all, and those that are silently wrong.
func judge(t *testing.T, old []string, ps []harsh, names []string) (got [3]int) {
	t.Helper()
	var words []string
	want, ask := make([][]int, len(old)), make([]bool, len(old))
	for j, p := range ps {
		words = append(words, p.words)
		for _, i := range p.from {
			want[i] = append(want[i], j)
			ask[i] = ask[i] || p.ask
		}
	}
	for _, a := range reanchor(sideOf(old...), sideOf(words...)) {
		if a.Old < 0 {
			if len(ps[a.New[0]].from) > 0 && !a.Ask {
				got[2]++
				t.Errorf("%v: %q is said to be new and comes from %v", names, words[a.New[0]], ps[a.New[0]].from)
			}
			continue
		}
		w := want[a.Old]
		same := len(a.New) == 1 && len(w) == 1 && words[a.New[0]] == words[w[0]]
		good := slices.Equal(a.New, w) || same
		switch {
		case !a.Ask && (ask[a.Old] || !good) && !(same && words[w[0]] == old[a.Old]):
			got[2]++
			t.Errorf("%v: %q is silently %v: %q", names, old[a.Old], fate(a), words[w[0]])
		case len(w) == 1 && words[w[0]] == old[a.Old] && a.Fate == Kept:
			continue
		}
		got[1]++
		if good || slices.Contains(a.Others, w[0]) {
			got[0]++
		}
	}
	return got
}
