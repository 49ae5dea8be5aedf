package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/tui/learn"
)

// Lines are talked wherever they are asked for, and nothing in them commands a
// terminal.
func TestLinesAreTalkedAnywhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tty  bool
		vars map[string]string
		args []string
	}{
		"in a pipe":               {false, nil, []string{"--plain"}},
		"on a terminal":           {true, nil, []string{"--plain"}},
		"on a dumb terminal":      {true, map[string]string{"TERM": "dumb"}, []string{"--plain"}},
		"asked for by ACCESSIBLE": {false, map[string]string{"ACCESSIBLE": "1"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.tty = c.tty
			for k, v := range c.vars {
				w.vars[k] = v
			}
			w.stdin = "s\nx\nu\nG\n"
			path := w.file("pier.txt", strings.Replace(story, "Boats leave", "Boats \x1b[2J leave", 1))
			out := w.must(append([]string{"review", path}, c.args...)...)
			for _, want := range []string{"Sentence 1 of 6, paragraph 1. Untagged.", "What is it?", "1 sourced. Saved.", "2 contextual. Saved.", "Undid: tag contextual on 2. Saved.", "␛[2J"} {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not told in\n%s", want, out)
				}
			}
			if strings.ContainsAny(out, "\x1b\x07\r") || strings.ContainsAny(out, "─│┌") {
				t.Errorf("there is more than lines:\n%q", out)
			}
			if n := strings.Count(out, "1 sourced. Saved."); n != 1 {
				t.Errorf("a change was told %d times", n)
			}
			w.stdin = ""
			out = w.must("show", "pier", "--plain")
			if !strings.Contains(out, "sourced") || strings.Contains(out, "contextual") {
				t.Errorf("stored:\n%s", out)
			}
		})
	}
}

func TestTheDeskInLines(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("import", w.file("rain.txt", "It rained all day, the weather office said.\n"))
	w.stdin = "/\nrain\n1\ns\nq\nesc\n*\nofficials said\n1\nq\n9\nnonsense\ni\n" + w.file("new.txt", "A third text.\n") + "\nq\n"
	out := w.must("--plain")
	for _, want := range []string{
		"The desk. 2 articles.", "1 article with the letters “rain”", "Article rain", "1 sourced. Saved.", "1 of 1 tagged.",
		"There is no article 9", "1: pier-", "Article pier", "“nonsense” is neither a key nor the name", "Imported.", "The desk. 3 articles.",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not told in\n%s", want, out)
		}
	}
}

// A lesson is held in lines from a script; the step is remembered, the store is
// not.
func TestTheLessonInLines(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stdin = "g 5\ns\n"
	out := w.must("learn", "--plain")
	for _, want := range []string{"Step 1 of 12, Moving.", "Step 1, Moving: done.", "Step 2, Sourced: done.", "Step 3 of 12, Who says so.", "You are at step 3 of 12"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not told in\n%s", want, out)
		}
	}
	if strings.Contains(out, "Step 4 of 12") {
		t.Error("it went on although step 3 was not done")
	}
	w.stdin = ""
	if out = w.must("learn", "--plain"); !strings.Contains(out, "Step 3 of 12") || strings.Contains(out, "Step 1 of 12") {
		t.Errorf("the step is not remembered:\n%s", out)
	}
	if code := w.run("list"); code != exitFailed {
		t.Errorf("the lesson made a store of the reviewer's own: exit code %d", code)
	}
	if code := w.run("learn", "--from", "13", "--plain"); code != exitUsage {
		t.Errorf("--from 13: exit code %d", code)
	}
	if err := os.WriteFile(filepath.Join(w.dir, ".local", "state", "stet", "learn.json"), []byte(`{"step":99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if out = w.must("learn", "--plain"); !strings.Contains(out, "Step 1 of 12") {
		t.Errorf("a damaged memory was believed:\n%s", out)
	}
}

// Somebody who follows the lesson by the key agrees with it in full; one who
// tags all alike is told so, with the rules, and alpha has no good news.
func TestTheLastStepIsComparedWithTheKey(t *testing.T) {
	t.Parallel()
	tagAll := func(tag func(learn.Answer) string) string {
		var in strings.Builder
		for _, k := range learn.Key() {
			line := map[string]string{"sourced": "s", "contextual": "x", "contested": "c inside"}[tag(k)]
			fmt.Fprintf(&in, "g %d\n%s\n", uint32(k.Sentence), line)
		}
		return in.String()
	}
	w := newWorld(t)
	w.stdin = tagAll(func(k learn.Answer) string { return k.Tag })
	out := w.must("learn", "--plain", "--from", "12")
	for _, want := range []string{"Step 12, On your own: done.", "agree on 12 of 12 sentences, 100 percent", "is 1.00", "Nothing was tagged otherwise."} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not told in\n%s", want, out[max(0, len(out)-1500):])
		}
	}
	w = newWorld(t)
	w.stdin = tagAll(func(learn.Answer) string { return "sourced" })
	out = w.must("learn", "--plain", "--from", "12")
	for _, want := range []string{"agree on 6 of 12 sentences, 50 percent", "Sentence 23: you said sourced, the key says contested.", "Rule C-d, accusation:"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not told in\n%s", want, out[max(0, len(out)-1500):])
		}
	}
}

// The sentences that the lesson names are those of the article.
func TestTheLessonFitsItsArticle(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stdin = ""
	path := w.file("article.txt", string(demoArticle))
	lines := strings.Split(strings.TrimSpace(w.must("segment", path)), "\n")
	for n, want := range map[int]string{
		3: "A draft", 5: "Coastal Safety Board", 11: "The CSB inspected", 12: "But members", 17: "Ferries carry", 18: "according to", 22: "While the mayor", 25: "offered no evidence",
		35: "shut the school", 38: "You do the sum",
		2: "two officials", 4: "has also asked", 8: "waiting for somebody", 13: "denied", 14: "he said in an interview", 20: "added", 21: "would name them", 23: "land deal", 26: "two people briefed",
		31: "55 minutes", 33: "in a statement", 40: "withdrawn",
	} {
		if n > len(lines) || !strings.Contains(lines[n-1], want) {
			t.Errorf("sentence %d does not hold %q", n, want)
		}
	}
	for _, k := range learn.Key() {
		if int(k.Sentence) > len(lines) {
			t.Errorf("the key names sentence %s", k.Sentence)
		}
	}
	if !slices.IsSortedFunc(learn.Key(), func(a, b learn.Answer) int { return int(a.Sentence) - int(b.Sentence) }) {
		t.Error("the key is not in the article's order")
	}
}

// What is proposed as a source was told as what had been said: "Now: …. Enter keeps it".
func TestAProposalIsToldAsOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.stdin = "g 5\no\n\ne\ng 5\no\nesc\n"
	out := w.must("learn", "--plain")
	if !strings.Contains(out, "Who vouches for it? Proposed: “Coastal Safety Board”. Enter takes it, a minus leaves it empty.") ||
		!strings.Contains(out, "Who vouches for it? Now: “Coastal Safety Board”. Enter keeps it, a minus empties it.") {
		t.Errorf("it is told otherwise in\n%s", out)
	}
}
