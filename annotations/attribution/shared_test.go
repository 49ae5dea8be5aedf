package attribution

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// sharedFile reads a file of the shared folder that lies beside the repository,
// or skips the test where there is none.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	root := os.Getenv("STET_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			if filepath.Dir(dir) == dir {
				t.Skip("no go.mod above the test: shared data cannot be found")
			}
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(filepath.Dir(dir), "shared")
	}
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Skipf("shared data is not here (set STET_SHARED): %v", err)
	}
	return b
}

// eachLine decodes JSON lines.
func eachLine[T any](t testing.TB, data []byte, use func(T)) {
	t.Helper()
	n := 0
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatal(err)
		}
		use(v)
		n++
	}
	if n == 0 {
		t.Fatal("the file holds no line")
	}
}

type goldUnit struct {
	ID, File, Tag, Alt string
	Span               [2]int
	Hedges             []struct{ Span [2]int }
	Counter            []struct{ ID string }
}

// seeds are the units of the seed articles by file, and the articles' texts.
func seeds(t *testing.T) (map[string][]goldUnit, map[string]string) {
	t.Helper()
	texts, gold := map[string]string{}, map[string][]goldUnit{}
	eachLine(t, sharedFile(t, "gold/seeds_sentences.jsonl"), func(d struct{ ID, Text string }) { texts[d.ID] = d.Text })
	eachLine(t, sharedFile(t, "gold/seeds_tags.jsonl"), func(u goldUnit) { gold[u.File] = append(gold[u.File], u) })
	return gold, texts
}

func suggestFor(units []goldUnit, text string) Result {
	var spans [][2]int
	for _, u := range units {
		spans = append(spans, u.Span)
	}
	return Suggest(text, Units(spans), Options{Lang: "en"})
}

func TestSeedArticlesAreTaggedAsACarefulReaderDoes(t *testing.T) {
	gold, texts := seeds(t)
	right, second, all := 0, 0, 0
	for file, units := range gold {
		res := suggestFor(units, texts[file])
		checkPromises(t, texts[file], res)
		for i, u := range units {
			all++
			switch got := res.Tags[i]; got.ID {
			case u.Tag:
				right++
			case u.Alt:
				second++
				t.Logf("%s: %s (%s), the reader's first choice is %s", u.ID, got.ID, got.Rule, u.Tag)
			default:
				t.Logf("%s: %s (%s), want %s", u.ID, got.ID, got.Rule, u.Tag)
			}
		}
	}
	t.Logf("%d of %d tags right, %d more are the reader's second choice", right, all, second)
	if float64(right) < 0.92*float64(all) {
		t.Errorf("%d of %d tags right, want 92%%", right, all)
	}
}

func TestSeedArticlesHedgesAreFound(t *testing.T) {
	gold, texts := seeds(t)
	want, both, proposed := 0, 0, 0
	for file, units := range gold {
		spans := map[[2]int]bool{}
		for _, u := range units {
			for _, h := range u.Hedges {
				spans[h.Span] = true
			}
		}
		want += len(spans)
		for _, h := range suggestFor(units, texts[file]).Hedges {
			proposed++
			if spans[[2]int{h.Span.Start, h.Span.End}] {
				both++
			}
		}
	}
	t.Logf("%d of %d hedges found, %d proposed", both, want, proposed)
	if float64(both) < 0.95*float64(want) || float64(both) < 0.8*float64(proposed) {
		t.Errorf("%d of %d hedges found, %d proposed", both, want, proposed)
	}
}
