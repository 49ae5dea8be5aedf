package agreement

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// Shapes that invite sums over all pairs of labels, raters or sets must be
// answered, in numbers or in words, without minutes or gigabytes.
func TestLopsidedDataIsAnsweredInTime(t *testing.T) {
	manyLabels := make([]Label, 40_000)
	for i := range manyLabels {
		manyLabels[i] = NumberLabel(float64(i))
	}
	wide := func(units, raters, step int) [][]int {
		cells := make([][]int, units)
		for u := range cells {
			cells[u] = make([]int, raters)
			for r := range cells[u] {
				cells[u][r] = (u + r*step) % len(manyLabels)
			}
		}
		return cells
	}
	sets := make([][]Set, 30_000)
	for u := range sets {
		sets[u] = []Set{{"police", fmt.Sprint(u)}, {"police", fmt.Sprint(u + 1)}}
	}
	for story, c := range map[string]Case{
		"40,000 labels for three units":        {Labels: manyLabels, Ratings: wide(3, 2, 50)},
		"every label used once":                {Labels: manyLabels, Ratings: wide(20_000, 2, 20_000)},
		"20,000 raters of two units":           {Labels: manyLabels, Ratings: wide(2, 20_000, 1)},
		"300 raters, every row different":      {Labels: manyLabels[:70], Ratings: wide(70, 300, 0)},
		"sets that all share a member":         {Sets: sets},
		"raters without units, units unrated":  {Labels: manyLabels[:2], Ratings: [][]int{{}, {}, {}}},
		"two hundred raters of the same units": {Labels: manyLabels[:3], Ratings: wide(3, 200, 0)},
	} {
		c.Name, c.Ordered = story, c.Sets == nil
		start := time.Now()
		r, err := Evaluate(c)
		if err != nil {
			t.Errorf("%s: %v", story, err)
			continue
		}
		if _, err := json.Marshal(r); err != nil {
			t.Errorf("%s: %v", story, err)
		}
		t.Logf("%s: %v", story, time.Since(start).Round(time.Millisecond))
		if v := r.Values["percent_agreement"]; v.OK == (v.Why != "") {
			t.Errorf("%s: percent agreement is neither a figure nor words", story)
		}
	}
}
