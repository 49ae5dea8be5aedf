package segment

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hardPassage is a line of testdata/hard_*.txt.
type hardPassage struct {
	lang, text string
	units      []string
}

func readHard(t *testing.T, name, lang string) (passages []hardPassage) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if tag, ok := strings.CutPrefix(line, "@"); ok {
			lang = tag
			continue
		}
		p := hardPassage{lang: lang, text: strings.ReplaceAll(line, "|", "")}
		for part := range strings.SplitSeq(line, "|") {
			p.units = append(p.units, strings.TrimSpace(part))
		}
		passages = append(passages, p)
	}
	return passages
}

// The passages were written before the rules were run on them. Half of the English
// ones were never looked at singly, so their count tells how the rules do on what
// they were not made for.
func TestHardPassages(t *testing.T) {
	for _, c := range []struct {
		file, lang  string
		least       int
		seen, blind float64 // shares that must be cut exactly
	}{
		{"hard_en.txt", "en", 300, .98, .98},
		{"hard_other.txt", "", 175, .98, .98},
	} {
		t.Run(c.file, func(t *testing.T) {
			passages := readHard(t, c.file, c.lang)
			if len(passages) < c.least {
				t.Fatalf("only %d passages", len(passages))
			}
			var right, all [2]int
			for k, p := range passages {
				blind := k % 2 // every other passage
				all[blind]++
				units := Append(nil, p.text, Options{Lang: p.lang})
				checkTiling(t, p.text, units)
				var got []string
				for _, u := range units {
					got = append(got, u.Span.In(p.text))
				}
				if strings.Join(got, "|") == strings.Join(p.units, "|") {
					right[blind]++
				} else if blind == 0 || c.lang == "" {
					t.Logf("%s cut as %s", p.lang, strings.Join(got, " | "))
				}
			}
			t.Logf("exact: %d of %d seen, %d of %d never looked at", right[0], all[0], right[1], all[1])
			for k, least := range []float64{c.seen, c.blind} {
				if share := float64(right[k]) / float64(all[k]); share < least {
					t.Errorf("%.3f are cut exactly, the floor is %.3f (half %d)", share, least, k)
				}
			}
		})
	}
}
