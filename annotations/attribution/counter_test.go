package attribution

import (
	"slices"
	"testing"
	"time"
)

// pairs counts pairs asked for, proposed, and right.
type pairs struct{ asked, proposed, right int }

func (p pairs) recall() float64    { return 100 * float64(p.right) / float64(max(1, p.asked)) }
func (p pairs) precision() float64 { return 100 * float64(p.right) / float64(max(1, p.proposed)) }

func TestRivalsAcrossOutletsAreFound(t *testing.T) {
	var parts [2]pairs
	for _, s := range readStories(t) {
		p := &parts[0]
		if s.unseen() {
			p = &parts[1]
		}
		var results []Result
		for _, o := range s.passages {
			results = append(results, o.suggest())
		}
		words := func(p place) string { return results[p.text].Units[p.unit].Span.In(s.passages[p.text].text) }
		p.asked += len(s.counter)
		proposed := map[[2]place]bool{}
		for _, r := range Counter(results) {
			key := [2]place{{r.A.Text, r.A.Unit}, {r.B.Text, r.B.Unit}}
			proposed[key] = true
			p.proposed++
			if s.counter[key] {
				p.right++
			} else if !s.unseen() {
				t.Logf("story %d: too much, %.2f (%v): %s / %s", s.number, r.Score, r.Reasons, words(key[0]), words(key[1]))
			}
		}
		for key := range s.counter {
			if !proposed[key] && !s.unseen() {
				t.Logf("story %d: missed: %s / %s", s.number, words(key[0]), words(key[1]))
			}
		}
	}
	for i, name := range []string{"seen", "unseen"} {
		t.Logf("%s: %+v, recall %.0f%%, precision %.0f%%", name, parts[i], parts[i].recall(), parts[i].precision())
	}
	if parts[0].recall() < 55 || parts[0].precision() < 80 || parts[1].recall() < 35 || parts[1].precision() < 50 {
		t.Errorf("fewer pairs than before: %+v", parts)
	}
}

func TestRivalsSayWhyAndComeInOrder(t *testing.T) {
	tell := func(text string) Result { return Suggest(text, nil, Options{Lang: "en"}) }
	results := []Result{
		tell("The harbour board said cargo prices fell in May. The gate is blue."),
		tell("Cargo prices rose in May, the union said. The port carried 40 ships, a broker said."),
		tell("The port carried 55 ships, the mayor said. The harbour board did not say that cargo prices rose."),
	}
	got := Counter(results)
	if len(got) == 0 {
		t.Fatal("nothing found")
	}
	reasons := map[[2]Place]Reason{}
	for i, r := range got {
		if r.Score <= 0 || r.Score > 1 || r.Reasons == 0 || r.Reasons.String() == "" || i > 0 && got[i-1].Score < r.Score {
			t.Errorf("rival %d: %+v", i, r)
		}
		reasons[[2]Place{r.A, r.B}] = r.Reasons
	}
	if r := reasons[[2]Place{{0, 0}, {1, 0}}]; r&Opposite == 0 {
		t.Errorf("fell and rose: %v", r)
	}
	if r := reasons[[2]Place{{1, 1}, {2, 0}}]; r&Figures == 0 {
		t.Errorf("40 and 55 ships: %v", r)
	}
	if again := Counter(results); !slices.Equal(got, again) {
		t.Error("a second run gives something else")
	}
	if n := len(Counter(nil)) + len(Counter(make([]Result, 3))); n != 0 {
		t.Errorf("%d rivals of nothing", n)
	}
}

func TestTheSameWordsInTwoOutletsAreNoRivals(t *testing.T) {
	text := "The harbour board said cargo prices did not fall in May. Two ships left, the mayor said."
	res := Suggest(text, nil, Options{Lang: "en"})
	if got := Counter([]Result{res, res}); len(got) != 0 {
		t.Errorf("a copy speaks against its original: %+v", got)
	}
}

func TestComparingClaimsTakesLinearTime(t *testing.T) {
	one := Suggest(madeUp(50), nil, Options{Lang: "en"})
	took := func(n int) time.Duration {
		results, best := slices.Repeat([]Result{one}, n), time.Hour
		for range 3 {
			start := time.Now()
			Counter(results)
			best = min(best, time.Since(start))
		}
		return best
	}
	small, large := took(20), took(160)
	t.Logf("1,000 units in %v, 8,000 in %v", small, large)
	if large > 30*small+20*time.Millisecond {
		t.Errorf("8 times the texts took %v instead of %v", large, small)
	}
}

func TestSeedArticlesRivalsAreFound(t *testing.T) {
	gold, texts := seeds(t)
	var p pairs
	for file, units := range gold {
		at := map[string]int{}
		for i, u := range units {
			at[u.ID] = i
		}
		want := map[Pair]bool{}
		for i, u := range units {
			for _, c := range u.Counter {
				want[Pair{min(i, at[c.ID]), max(i, at[c.ID])}] = true
			}
		}
		p.asked += len(want)
		for _, r := range Counter([]Result{suggestFor(units, texts[file])}) {
			p.proposed++
			key := Pair{r.A.Unit, r.B.Unit}
			if want[key] {
				p.right++
			}
			t.Logf("%v %s–%s %.2f (%v)", want[key], units[key[0]].ID, units[key[1]].ID, r.Score, r.Reasons)
		}
	}
	t.Logf("%+v recall %.0f%% precision %.0f%%", p, p.recall(), p.precision())
	if p.right < 6 || p.proposed > 20 {
		t.Errorf("%d of %d pairs found, %d proposed", p.right, p.asked, p.proposed)
	}
}
