package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

// TestWhatIsExportedIsLoadedTheSame lets several people tag, untag, link, undo
// and rule at random, then exports, loads into a new store and exports again:
// the two files are the same to the byte.
func TestWhatIsExportedIsLoadedTheSame(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		w := newWorld(t)
		w.dir = filepath.Join(dir, fmt.Sprint(round))
		if err := os.Mkdir(w.dir, 0o700); err != nil {
			rt.Fatal(err)
		}
		w.must("import", "--outlet", "pier", w.file("pier.txt", story))
		w.must("import", "--outlet", "boats", w.file("boats.txt", "Boats leave at six. Nobody said why."))
		steps := rapid.IntRange(1, 12).Draw(rt, "steps")
		for range steps {
			w.step(rt)
		}
		at := []string{"--exported", "2026-01-02T03:04:05Z"}
		first := w.must(append([]string{"export", "--confidential"}, at...)...)
		copied := filepath.Join(w.dir, "copy.db")
		w.stdin = first
		w.must("--db", copied, "--as", "somebody", "load", "-")
		second := w.must(append([]string{"--db", copied, "export", "--confidential"}, at...)...)
		if first != second {
			rt.Fatalf("the export of the loaded store differs:\n%s\n%s", first, second)
		}
		w.must("--db", copied, "load", "-")
		if again := w.must(append([]string{"--db", copied, "export", "--confidential"}, at...)...); again != first {
			rt.Fatal("loading twice changed the store")
		}
		w.must("check")
		w.must("--db", copied, "check")
	})
}

// step is one act of one person. Acts that the rules refuse count as well: they
// must change nothing.
func (w *world) step(rt *rapid.T) {
	who := rapid.SampledFrom([]string{"ana", "bob", "Zoë"}).Draw(rt, "who")
	n := fmt.Sprint(rapid.IntRange(1, 6).Draw(rt, "n"))
	var args []string
	switch rapid.SampledFrom([]string{"tag", "tag", "tag", "more", "undo", "redo", "rule"}).Draw(rt, "what") {
	case "tag":
		args = []string{"tag", "pier", n, rapid.SampledFrom([]string{"sourced", "contested", "contextual", "none"}).Draw(rt, "tag")}
	case "more":
		args = append([]string{"tag", "pier", n, "-"}, rapid.SampledFrom([][]string{
			{"--note", "a “note” \u202e\x1b 😀"}, {"--source", "officials", "--hops", "2"}, {"--disputes", "1", "--manner", "partial"},
			{"--supports", "boats:1"}, {"--evidence", "https://example.org/é", "--stance", "refutes"}, {"--flag", "vague"}, {"--unsure"},
			{"--confidential", "psst"}, {"--check", "wanted"}, {"--no-link", "all"},
		}).Draw(rt, "more")...)
	case "undo":
		args = []string{"undo"}
	case "redo":
		args = []string{"redo"}
	case "rule":
		args = append([]string{"rule", "pier", n}, rapid.SampledFrom([][]string{{"stet"}, {"amend", "contested"}, {"query", "--reason", "why?"}, {"none"}}).Draw(rt, "verdict")...)
	}
	if code := w.run(append([]string{"--as", who}, args...)...); code != exitOK && code != exitFailed && code != exitUsage {
		rt.Fatalf("stet %v: exit code %d: %s", args, code, w.stderr.String())
	}
}

// seeds finds the two real articles beside the repository.
func seeds(t *testing.T) []string {
	t.Helper()
	shared := os.Getenv("STET_SHARED")
	if shared == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				shared = filepath.Join(dir, "..", "shared")
				break
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(shared, "seeds", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skipf("the real articles are not beside the repository (%s); set STET_SHARED to their folder", shared)
	}
	return files
}

// exportedDesk is as much of an export as these tests look at.
type exportedDesk struct {
	Articles []exportedArticle `json:"articles"`
}

type exportedArticle struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Sentences []struct {
		Text  string  `json:"text"`
		Tag   *string `json:"tag"`
		Range struct {
			Byte      [2]int `json:"byte"`
			CodePoint [2]int `json:"codepoint"`
			UTF16     [2]int `json:"utf16"`
		} `json:"range"`
	} `json:"sentences"`
}

// check finds every sentence at its range in all three units.
func (a *exportedArticle) check(t *testing.T) {
	t.Helper()
	runes, units := []rune(a.Text), utf16.Encode([]rune(a.Text))
	for i, s := range a.Sentences {
		for unit, got := range map[string]string{
			"byte": a.Text[s.Range.Byte[0]:s.Range.Byte[1]], "codepoint": string(runes[s.Range.CodePoint[0]:s.Range.CodePoint[1]]),
			"utf16": string(utf16.Decode(units[s.Range.UTF16[0]:s.Range.UTF16[1]])),
		} {
			if got != s.Text {
				t.Errorf("%s, sentence %d, %s: %q, not %q", a.ID, i+1, unit, got, s.Text)
			}
		}
		if s.Tag == nil {
			t.Errorf("%s, sentence %d has no tag", a.ID, i+1)
		}
	}
}

// TestRealArticlesKeepEveryWordInItsPlace imports real articles, tags, exports,
// and finds every sentence again at its range, in bytes, code points and UTF-16
// units.
func TestRealArticlesKeepEveryWordInItsPlace(t *testing.T) {
	t.Parallel()
	files := seeds(t)
	w := newWorld(t)
	w.must(append([]string{"import"}, files...)...)
	var desk struct {
		Articles []struct {
			ID        string `json:"id"`
			Sentences int    `json:"sentences"`
		} `json:"articles"`
	}
	if err := json.Unmarshal([]byte(w.must("list", "--json")), &desk); err != nil || len(desk.Articles) != len(files) {
		t.Fatalf("%d articles of %d files: %v", len(desk.Articles), len(files), err)
	}
	for _, a := range desk.Articles {
		w.must("tag", a.ID, "1", "sourced", "--source", "officials")
		w.must("tag", a.ID, fmt.Sprintf("2-%d", a.Sentences), "contextual")
	}
	var export exportedDesk
	if err := json.Unmarshal([]byte(w.must("export")), &export); err != nil {
		t.Fatal(err)
	}
	originals := map[string]bool{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		originals[strings.ReplaceAll(strings.TrimPrefix(string(b), "\ufeff"), "\r\n", "\n")] = true
	}
	for _, a := range export.Articles {
		if !originals[a.Text] {
			t.Errorf("%s: the text is not that of a file", a.ID)
		}
		a.check(t)
		if len(a.Sentences) < 10 {
			t.Errorf("%s has only %d sentences", a.ID, len(a.Sentences))
		}
	}
}
