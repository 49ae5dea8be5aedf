package tui_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// sharedFile reads a file that only developers have.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	root := os.Getenv("STET_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("shared data is not here (set STET_SHARED): %v", err)
	}
	return b
}

// golden is a careful reader's judgement of one unit.
type golden struct {
	ID, File, Tag string
	N             int
	Attributions  []struct{ Who string }
	Counter       []struct{ ID string }
}

// Both real articles are tagged as a careful reader tagged them, sources and
// other sides named, and every key is counted.
func TestRealArticlesTakeFewKeys(t *testing.T) {
	byFile := map[string][]golden{}
	place := map[string]int{}
	for line := range bytes.Lines(sharedFile(t, "gold/seeds_tags.jsonl")) {
		var g golden
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		byFile[g.File], place[g.ID] = append(byFile[g.File], g), g.N
	}
	keys, units := 0, 0
	for file, gold := range byFile {
		r, err := ingest.Read(t.Context(), bytes.NewReader(sharedFile(t, "seeds/"+file)), ingest.Options{Name: file})
		if err != nil {
			t.Fatal(err)
		}
		st := storetest.New(t)
		id := storetest.Import(t, st, storetest.Session(t, "ana"), r.Article)
		sug := attribution.Advise(r.Article.Body, r.Article.Units, r.Article.Language)
		d := show(t, st, id, 120, 40, suggesting)
		d.WaitFor("tagged")
		press := func(what string) { d.Type(what); keys += strokes(what) }
		for i, g := range gold {
			if !r.Article.Units[i].Kind.Required() {
				continue
			}
			units++
			d.WaitFor(fmt.Sprintf("%d/%d", i+1, len(gold)))
			if sug[i].Tag == g.Tag && g.Tag != "contested" {
				press("a")
			} else {
				press(map[string]string{"sourced": "s", "contested": "c", "contextual": "x"}[g.Tag])
			}
			if g.Tag == "contested" {
				sides := ""
				for _, c := range g.Counter {
					sides += fmt.Sprint(place[c.ID], " ")
				}
				d.WaitFor("Against which sentence?")
				if sides == "" {
					press("<down><enter>")
				} else {
					press(strings.TrimSpace(sides) + "<enter>r")
				}
			}
		}
		d.WaitFor("every sentence is tagged", "✓ saved")
		for i, g := range gold {
			if a := d.said(id, r.Article.Units[i].ID); a.Tag != g.Tag && r.Article.Units[i].Kind.Required() {
				t.Errorf("%s is %q, want %q", g.ID, a.Tag, g.Tag)
			}
		}
	}
	t.Logf("%d keys for %d sentences: %.2f each", keys, units, float64(keys)/float64(units))
	if float64(keys) > 2.2*float64(units) {
		t.Errorf("%d keys for %d sentences are more than 2.2 each", keys, units)
	}
}

// strokes counts keys: a name in angle brackets is one.
func strokes(typed string) int {
	n := 0
	for typed != "" {
		if typed[0] == '<' {
			if end := strings.IndexByte(typed, '>'); end > 0 {
				typed = typed[end:]
			}
		}
		typed = typed[1:]
		n++
	}
	return n
}

// A storm of keys, pastes, clicks, resizes and sequences that no terminal sends:
// nothing panics, no act is lost, and the screen still answers.
func TestAStormOfKeys(t *testing.T) {
	t.Parallel()
	n := 10_000
	if testing.Short() {
		n = 1_500
	}
	d, id := open(t, read(t, strings.Repeat(story, 3)), 100, 30, suggesting)
	rng := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // the same storm every time
	keys := strings.Split("s c x a A . 0 V # 1 2 3 9 j k g G u U o v e l i r w m M p S J ! z f / n N * K t F y ? : + - x b h l <enter> <enter> <enter> <esc> <up> <down> <left> <right> <home> <end> <tab> <space> <backspace> <ctrl+u>", " ")
	const escape = "\x1b[27u" // a lone one would be taken together with what follows it
	noise := []string{"\x1b\x1b", "\x1b[<0;10;7M", "\x1b[<65;10;7M", "\x1b[200~q\nctrl\x03\x1b[201~", "\x1b[99;99~", "\x1bOZ", "\x1b]10;rgb:00/00/00\x07", "\xff\xfe", "é", "🚢", "\x00"}
	for i := range n {
		select {
		case <-d.Ended: // a key meant it; somebody starts stet again
			if d.Err != nil {
				t.Fatalf("after %d keys the program ended with %v", i, d.Err)
			}
			d = show(t, d.st, id, 100, 30, suggesting)
		default:
		}
		if i%250 == 249 { // the program has taken all of it when it answers a key that means nothing
			d.resize(100, 30)
			mark := string(rune('À' + i/250))
			d.Send(strings.Repeat(escape, 4) + mark)
			d.Until(func(text string) bool { // or one of the keys before it meant to leave
				select {
				case <-d.Ended:
					return true
				default:
					return strings.Contains(text, mark+" does nothing here")
				}
			}, "answer "+mark)
			continue
		}
		switch k := rng.IntN(100); {
		case k < 92:
			d.Send(strings.NewReplacer("<enter>", "\r", "<esc>", escape, "<up>", "\x1b[A", "<down>", "\x1b[B", "<left>", "\x1b[D", "<right>", "\x1b[C",
				"<home>", "\x1b[H", "<end>", "\x1b[F", "<tab>", "\t", "<space>", " ", "<backspace>", "\x7f", "<ctrl+u>", "\x15").Replace(keys[rng.IntN(len(keys))]))
		case k < 98:
			d.Send(noise[rng.IntN(len(noise))])
		case i%97 == 0:
			d.resize(rng.IntN(140)+1, rng.IntN(50)+1)
		}
	}
	d.resize(100, 30)
	d.Stop()
	d.WaitEnd()
	if d.Err != nil {
		t.Errorf("the program ended with %v", d.Err)
	}
	events, _, err := d.st.Events(t.Context(), store.Query{Article: id}, 0, 1<<20)
	if err != nil || len(events) < 50 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	if _, err := annotations.Fold(append([]annotations.Event(nil), everyEvent(t, d.st)...)); err != nil {
		t.Error(err)
	}
}

func everyEvent(t *testing.T, st store.Store) []annotations.Event {
	t.Helper()
	events, _, err := st.Events(t.Context(), store.Query{}, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return events
}
