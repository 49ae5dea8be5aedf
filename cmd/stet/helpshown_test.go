package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheConfigurationThatHelpShows: the example in `stet help config` gave undo a key
// that another action has, and the program refused the file.
func TestTheConfigurationThatHelpShows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var lines []string
	for _, l := range strings.Split(w.must("help", "config"), "\n") {
		if l == "" && len(lines) > 0 {
			break
		}
		if line, ok := strings.CutPrefix(l, "  "); ok && (len(lines) > 0 || strings.Contains(line, " = ")) {
			lines = append(lines, line)
		}
	}
	file := strings.Join(lines, "\n") + "\n"
	if len(lines) < 4 || !strings.Contains(file, "[keys.review]") {
		t.Fatalf("help shows no configuration: %q", file)
	}
	w.file("our.toml", w.must("codebook", "show", "--toml"))
	path := w.file("config.toml", file)
	said := w.must("--config", path, "config")
	for _, want := range []string{"our.toml", "some are bound anew"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in force: %s", want, said)
		}
	}
	if said := w.must("--config", path, "help", "keys"); !strings.Contains(said, "u Z") {
		t.Errorf("undo has other keys:\n%s", said)
	}
}

// TestTheLinesThatHelpShowsForCompletions: in a home where nobody has put a script for a
// shell before, the folders were missing.
func TestTheLinesThatHelpShowsForCompletions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	help := w.must("help", "completion")
	for _, shell := range []string{"bash", "zsh", "fish"} {
		_, path, _ := strings.Cut(help, "stet completion "+shell+" > ")
		path, _, _ = strings.Cut(path, "\n")
		if dir := filepath.ToSlash(filepath.Dir(path)); dir == "." || !strings.Contains(help, "mkdir -p "+dir+" &&") {
			t.Errorf("%s: the folder of %q is not made", shell, path)
		}
	}
}

// TestNoNameIsMadeUp: help named an article that no text has; what it names now fits the
// article of the demonstration.
func TestNoNameIsMadeUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	text, err := os.ReadFile("demo/article.txt")
	if err != nil {
		t.Fatal(err)
	}
	w.must("import", "--outlet", "Harbour Post", w.file("harbour.txt", string(text)))
	pages := w.must("help", "review") + w.must("help", "show")
	for word := range strings.FieldsSeq(pages) {
		if strings.HasPrefix(word, "harbour-post") {
			w.must("show", word)
		}
	}
	if !strings.Contains(pages, "harbour-post") {
		t.Error("help names no article")
	}
}
