package agreement

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func someItems(n int) []Item {
	items := make([]Item, n)
	for i := range items {
		items[i] = Item{ID: fmt.Sprintf("a/s%03d", i+1), Stratum: []string{"sourced", "contested", "contextual"}[i%7%3], Risky: i%11 == 0}
	}
	return items
}

func TestDrawIsTheSameOnAnyMachine(t *testing.T) {
	seed := sha256.Sum256([]byte("a checkpoint's root"))
	items := someItems(60)
	s, err := Draw(items, 6, seed)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range s.Chosen {
		if !c.Risky {
			ids = append(ids, c.ID)
		}
	}
	want := pinnedDraw
	if !slices.Equal(ids, want) {
		t.Errorf("drew %q, want %q", ids, want)
	}
	// A lot is what the documentation says, so that others can draw again.
	h := hmac.New(sha256.New, seed[:])
	h.Write([]byte("stet draw 1\na/s002"))
	if lot := Lot(seed, "a/s002"); hex.EncodeToString(lot[:]) != hex.EncodeToString(h.Sum(nil)) {
		t.Errorf("lot %x", lot)
	}
}

func TestDrawTakesRiskyItemsAndSharesTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := someItems(rapid.IntRange(0, 80).Draw(t, "items"))
		n := rapid.IntRange(0, 90).Draw(t, "n")
		seed := sha256.Sum256([]byte(rapid.String().Draw(t, "seed")))
		s, err := Draw(items, n, seed)
		if err != nil {
			t.Fatal(err)
		}
		chosen := make(map[string]bool)
		perStratum := make(map[string]int)
		for _, c := range s.Chosen {
			chosen[c.ID] = true
			if !c.Risky {
				perStratum[c.Stratum]++
			}
			if c.Risky != (c.Order == "") {
				t.Fatalf("%s: risky %v with lot %q", c.ID, c.Risky, c.Order)
			}
		}
		open := 0
		for _, it := range items {
			if it.Risky && !chosen[it.ID] {
				t.Fatalf("risky %s was left out", it.ID)
			}
			if !it.Risky {
				open++
			}
		}
		drawn := 0
		for _, st := range s.Strata {
			drawn += st.Checked
			if perStratum[st.Name] != st.Checked {
				t.Fatalf("%s: %d drawn, %d noted", st.Name, perStratum[st.Name], st.Checked)
			}
			if n >= len(s.Strata) && st.Size > 0 && st.Checked == 0 {
				t.Fatalf("%s was passed over", st.Name)
			}
		}
		if drawn != min(n, open) {
			t.Fatalf("%d drawn, want %d of %d", drawn, n, open)
		}
	})
}

func TestDrawDoesNotDependOnOrderAndGrowsWithoutLoss(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := someItems(rapid.IntRange(0, 80).Draw(t, "items"))
		n := rapid.IntRange(0, 90).Draw(t, "n")
		seed := sha256.Sum256([]byte(rapid.String().Draw(t, "seed")))
		s, err := Draw(items, n, seed)
		if err != nil {
			t.Fatal(err)
		}
		// The order of the population does not matter, nor does a larger draw
		// drop anybody.
		turned := slices.Clone(items)
		slices.Reverse(turned)
		again, err := Draw(turned, n, seed)
		if err != nil {
			t.Fatal(err)
		}
		more, err := Draw(items, n+5, seed)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range []*Sample{again, more} {
			found := make(map[string]bool)
			for _, c := range other.Chosen {
				found[c.ID] = true
			}
			for _, c := range s.Chosen {
				if !found[c.ID] {
					t.Fatalf("%s fell out of another draw", c.ID)
				}
			}
		}
		if !reflect.DeepEqual(again.Strata, s.Strata) || len(again.Chosen) != len(s.Chosen) {
			t.Fatalf("turned round: %+v, was %+v", again.Strata, s.Strata)
		}
	})
}

func TestEveryItemIsDrawnAboutAsOften(t *testing.T) {
	items := make([]Item, 20)
	for i := range items {
		items[i].ID = fmt.Sprint(i)
	}
	times := make(map[string]int)
	const draws = 4000
	for i := range draws {
		s, err := Draw(items, 5, sha256.Sum256([]byte(fmt.Sprint("seed", i))))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range s.Chosen {
			times[c.ID]++
		}
	}
	// 1,000 is expected, with a deviation of 27; 5 of those are allowed.
	for _, it := range items {
		if n := times[it.ID]; n < 863 || n > 1137 {
			t.Errorf("item %s was drawn %d times of %d", it.ID, n, draws)
		}
	}
}

func TestDrawRefusesWhatCannotBeTold(t *testing.T) {
	for story, items := range map[string][]Item{
		"no ID":         {{ID: ""}},
		"same ID twice": {{ID: "a"}, {ID: "a", Stratum: "x"}},
	} {
		if _, err := Draw(items, 1, [32]byte{}); err == nil {
			t.Errorf("%s was taken", story)
		}
	}
	if _, err := Draw(nil, -1, [32]byte{}); err == nil {
		t.Error("a negative sample was taken")
	}
}

func TestBoundAfterTheCheck(t *testing.T) {
	items := someItems(70)
	s, err := Draw(items, 40, [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	clean, err := s.Bound(nil, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	var risky, plain string
	for _, c := range s.Chosen {
		if c.Risky {
			risky = c.ID
		} else {
			plain = c.ID
		}
	}
	oneRisky, err := s.Bound([]string{risky}, 0.95)
	if err != nil || oneRisky.Count != clean.Count+1 {
		t.Errorf("a risky one wrong: %+v after %+v, %v", oneRisky, clean, err)
	}
	onePlain, err := s.Bound([]string{plain}, 0.95)
	if err != nil || onePlain.Count <= clean.Count {
		t.Errorf("a drawn one wrong: %+v after %+v, %v", onePlain, clean, err)
	}
	for _, bad := range [][]string{{"nobody"}, {plain, plain}} {
		if _, err := s.Bound(bad, 0.95); err == nil {
			t.Errorf("wrong %q was taken", bad)
		}
	}
	all, err := Draw(items, 1000, [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := all.Bound([]string{plain, risky}, 0.95); err != nil || b.Count != 2 {
		t.Errorf("everything checked, two wrong: %+v, %v", b, err)
	}
	empty, err := Draw(nil, 3, [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := empty.Bound(nil, 0.95); err == nil {
		t.Error("a bound of nothing")
	}
	onlyRisky, err := Draw([]Item{{ID: "a", Risky: true}, {ID: "b", Risky: true}}, 3, [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := onlyRisky.Bound([]string{"b"}, 0.95); err != nil || b != (Bound{1, 0.5}) {
		t.Errorf("only risky ones: %+v, %v", b, err)
	}
	if _, err := onlyRisky.Bound(nil, 7); err == nil {
		t.Error("confidence 7 was taken")
	}
}

func TestAllocateNeverTakesBackAndServesTheLeastChecked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(0, 40), 0, 6).Draw(t, "sizes")
		total := 0
		for _, s := range sizes {
			total += s
		}
		before := Allocate(sizes, 0)
		for n := 1; n <= total+2; n++ {
			now := Allocate(sizes, n)
			sum, changed := 0, -1
			for i := range now {
				sum += now[i]
				if now[i] > sizes[i] || now[i] < before[i] {
					t.Fatalf("%v: %d gives %v after %v", sizes, n, now, before)
				}
				if now[i] > before[i] {
					changed = i
				}
			}
			if sum != min(n, total) {
				t.Fatalf("%v: %d shared as %v", sizes, n, now)
			}
			for i := range now {
				if changed >= 0 && before[i] < sizes[i] && before[i]*sizes[changed] < before[changed]*sizes[i] {
					t.Fatalf("%v: check %d went to %d, but %d had less", sizes, n, changed, i)
				}
			}
			before = now
		}
	})
	if got := Allocate([]int{-3, 1_000_000_000, 10}, 11); !slices.Equal(got, []int{0, 10, 1}) {
		t.Errorf("a billion and ten: %v", got)
	}
}

// hidden is the largest probability that no wrong one is met, over every way of
// spreading k wrong ones.
func hidden(strata []Stratum, k int) *big.Rat {
	if len(strata) == 0 {
		if k == 0 {
			return big.NewRat(1, 1)
		}
		return new(big.Rat)
	}
	best := new(big.Rat)
	s := strata[0]
	for x := 0; x <= min(k, s.Size); x++ {
		p := new(big.Rat).Mul(exactTail(hyper{s.Size, x, s.Checked}, 0), hidden(strata[1:], k-x))
		if p.Cmp(best) > 0 {
			best = p
		}
	}
	return best
}

func TestWorstSpreadIsFound(t *testing.T) {
	doubtful := big.NewRat(1, 20)
	rapid.Check(t, func(t *rapid.T) {
		var strata []Stratum
		total := 0
		for range rapid.IntRange(1, 3).Draw(t, "strata") {
			size := rapid.IntRange(1, 12).Draw(t, "size")
			strata = append(strata, Stratum{Size: size, Checked: rapid.IntRange(0, size).Draw(t, "checked")})
			total += size
		}
		b, err := StratifiedUpperBound(strata, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if hidden(strata, b.Count).Cmp(doubtful) <= 0 && b.Count > 0 {
			t.Fatalf("%+v: %d wrong are excluded after all", strata, b.Count)
		}
		if b.Count < total && hidden(strata, b.Count+1).Cmp(doubtful) > 0 {
			t.Fatalf("%+v: %d wrong are not excluded", strata, b.Count+1)
		}
	})
}

func TestStratifiedPlanKeepsItsPromise(t *testing.T) {
	for _, c := range []struct {
		sizes []int
		rate  float64
	}{{[]int{38}, 0.05}, {[]int{20, 30, 4}, 0.1}, {[]int{500, 300, 200}, 0.05}, {[]int{0, 7}, 0.5}} {
		got, err := StratifiedSampleSize(c.sizes, c.rate, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		strata, total, n := make([]Stratum, len(got)), 0, 0
		for i := range got {
			strata[i] = Stratum{Size: c.sizes[i], Checked: got[i]}
			total += c.sizes[i]
			n += got[i]
		}
		b, err := StratifiedUpperBound(strata, 0.95)
		if err != nil || b.Rate >= c.rate {
			t.Errorf("%v: checking %v excludes only %v (%v)", c.sizes, got, b.Rate, err)
		}
		simple, err := SampleSize(total, c.rate, 0.95, 0)
		if err != nil || n < simple {
			t.Errorf("%v: %d checks in strata, %d in a simple draw (%v)", c.sizes, n, simple, err)
		}
		if len(c.sizes) == 1 && n != simple {
			t.Errorf("one stratum: %d checks, a simple draw takes %d", n, simple)
		}
	}
	for _, bad := range [][]int{nil, {0}, {-1, 5}, {maxStratified + 1}} {
		if _, err := StratifiedSampleSize(bad, 0.05, 0.95); err == nil {
			t.Errorf("sizes %v were taken", bad)
		}
	}
	if _, err := StratifiedUpperBound([]Stratum{{Size: 3, Checked: 4}}, 0.95); err == nil {
		t.Error("more checked than there are")
	}
	if b, err := StratifiedUpperBound([]Stratum{{Size: 54, Checked: 20, Wrong: 1}}, 0.95); err != nil || b.Count != 9 {
		t.Errorf("one stratum with one wrong: %+v, want the plain bound of 9 (%v)", b, err)
	}
}
