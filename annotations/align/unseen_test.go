package align

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// unseenPair is one block of testdata/changes_unseen.txt.
type unseenPair struct{ was, now, want string }

func unseenPairs(t *testing.T) []unseenPair {
	t.Helper()
	raw, err := os.ReadFile("testdata/changes_unseen.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []unseenPair
	for block := range strings.SplitSeq(string(raw), "\n\n") {
		var p unseenPair
		full := false
		for line := range strings.Lines(block) {
			line = strings.TrimRight(line, "\n")
			if line == "" || line[0] == '#' {
				continue
			}
			text := strings.TrimSpace(line[1:])
			switch line[0] {
			case '-':
				p.was = text
			case '+':
				p.now = text
			case '=':
				p.want, full = text, true
			default:
				t.Fatalf("testdata/changes_unseen.txt: %q begins with none of - + = #", line)
			}
		}
		if full {
			out = append(out, p)
		}
	}
	if len(out) < 100 {
		t.Fatalf("testdata/changes_unseen.txt holds %d pairs, want 100 and more", len(out))
	}
	return out
}

// TestUnseenChangesStayAboveTheirFloors scores the kinds of change on made-up
// pairs that were labelled before anything was run on them. Every second one was
// never looked at while the rules were made.
func TestUnseenChangesStayAboveTheirFloors(t *testing.T) {
	const before, after = "The valley lies two hours north of the capital.", "Farming has been in decline there for decades."
	var by [2]map[string]*tally
	var exact, pairs [2]int
	for h := range by {
		by[h] = map[string]*tally{}
	}
	for n, p := range unseenPairs(t) {
		h := n % 2
		r := Compare(sideOf(before, p.was, after), sideOf(before, p.now, after))
		got, want := strings.Fields(kinds(r.Changes)), strings.Fields(p.want)
		slices.Sort(want)
		pairs[h]++
		if slices.Equal(got, want) {
			exact[h]++
		} else if h == 0 {
			t.Logf("pair %d: got %v, want %v\n  - %s\n  + %s", n+1, got, want, p.was, p.now)
		}
		for _, k := range append(slices.Clone(got), want...) {
			if by[h][k] == nil {
				by[h][k] = &tally{}
			}
		}
		for _, k := range got {
			if slices.Contains(want, k) {
				by[h][k].tp++
			} else {
				by[h][k].fp++
			}
		}
		for _, k := range want {
			if !slices.Contains(got, k) {
				by[h][k].fn++
			}
		}
	}
	for h, name := range []string{"worked on", "held out"} {
		t.Logf("%s: %d of %d pairs wholly right", name, exact[h], pairs[h])
		for _, k := range slices.Sorted(maps.Keys(by[h])) {
			t.Logf("  %-20s F1 %5.1f  %+v", k, by[h][k].f1(), *by[h][k])
			if floor, ok := unseenFloors[k]; ok && h == 1 && by[h][k].f1() < floor {
				t.Errorf("%s, held out: F1 %.1f is below the floor %.0f", k, by[h][k].f1(), floor)
			}
		}
	}
}

// unseenFloors are what is aimed at, of the held-out half.
var unseenFloors = map[string]float64{
	"quote_altered": 100, "quote_dropped": 80, "attribution_dropped": 85, "attribution_changed": 75, "attribution_added": 75, "cue_changed": 85,
	"hedge_dropped": 80, "hedge_added": 80, "hedge_changed": 80, "number_changed": 90, "number_dropped": 95, "hedge_moved": 80, "outlet_laundered": 80,
}
