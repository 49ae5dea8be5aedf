package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheExamplesOfHelpFitTheDemonstration: who tried the first example of `stet help tag` on
// the article that the program comes with was told that heading 16 does not hold the words
// "According to"; other examples ruled on "two officials" where none are named. Each line is
// run as it is printed.
func TestTheExamplesOfHelpFitTheDemonstration(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("demo/article.txt")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, about := range []string{"tag", "split", "join", "kind", "show", "rule", "answer"} {
		for _, line := range examplesOf(t, about) {
			if !strings.Contains(line, " harbour") || strings.Contains(line, "|") {
				continue
			}
			w := newWorld(t)
			w.must("import", "--outlet", "Harbour Post", w.file("harbour.txt", string(text)))
			w.must("tag", "harbour", "1-40", "sourced")
			if about == "answer" {
				for _, asked := range examplesOf(t, "rule") {
					w.must(shellWords(asked)...)
				}
			}
			if tried++; w.run(shellWords(line)...) != 0 {
				t.Errorf("stet %s: %s", line, w.stderr.String())
			}
		}
	}
	if tried < 15 {
		t.Errorf("only %d lines were tried", tried)
	}
}

// examplesOf are the lines below "Examples:" in a command's help, without the name of the
// program; one that goes on in the next line is one.
func examplesOf(t *testing.T, command string) []string {
	t.Helper()
	_, help, _ := strings.Cut(newWorld(t).must("help", command), "Examples:\n")
	help, _, _ = strings.Cut(help, "\n\n")
	var out []string
	for line := range strings.Lines(strings.ReplaceAll(help, "\\\n", " ")) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), " >> ")
		if words, ok := strings.CutPrefix(line, "stet "); ok {
			out = append(out, words)
		}
	}
	if len(out) == 0 {
		t.Fatalf("help %s shows no example", command)
	}
	return out
}

// shellWords splits a line at its spaces, but for those between quotation marks.
func shellWords(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
			continue
		}
		out = append(out, strings.Fields(part)...)
	}
	return out
}

// TestTheReadmeCanBeFollowed: of the README's lines one tagged the words of one sentence under
// the number of another, one asked for a letter to somebody whom no sentence names, and one
// compared the articles of a store before they were brought in.
func TestTheReadmeCanBeFollowed(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("demo/article.txt")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.must("import", w.file("article.txt", string(text)))
	w.must("--as", "ben", "tag", "harbour-post", "5", "sourced") // a second reviewer, for agreement
	w.file("original.txt", "The pier closed on Monday. Two officials said it was safe.\n\nNobody else was asked.\n")
	w.file("rewrite.txt", "The pier closed on Monday. Officials said it was safe.\n\nNobody else was asked.\n")
	tried := 0
	for line := range strings.Lines(string(readme)) {
		command, _, _ := strings.Cut(line, " #")
		words := shellWords(command)
		if len(words) < 2 || words[0] != "stet" || words[1] == "serve" {
			continue // what opens the desk, or does not end
		}
		if words[1] == "review" {
			words = append(words, "--plain")
		}
		for i, word := range words {
			switch filepath.Ext(word) {
			case ".txt", ".html", ".json":
				words[i] = filepath.Join(w.dir, word)
			}
		}
		tried++
		code := w.run(words[1:]...)
		if refuses := strings.Contains(line, "# refuses"); (code != 0) != refuses {
			t.Errorf("%sends with %d: %s", line, code, w.stderr.String())
		}
		if said := w.stderr.String(); strings.Contains(said, "Nothing was written") || strings.HasPrefix(said, "stet: no ") {
			t.Errorf("%shas nothing to show: %s", line, said)
		}
		if words[1] == "tag" && strings.Contains(line, "--source") {
			if said := w.must("show", words[2], "--sentence", words[3]); strings.Count(said, "CSB") != 2 {
				t.Errorf("%sdoes not fit the sentence: %s", line, said)
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d lines were tried", tried)
	}
}

// TestListsKeepTheirFormInManualPages: in stet-bundle(1) and stet-log(1) a list ran into the
// paragraph around it, and what stood in columns was filled and spread over the line.
func TestListsKeepTheirFormInManualPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("man", w.dir)
	pages, err := filepath.Glob(filepath.Join(w.dir, "*.1"))
	if err != nil || len(pages) < 40 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		kept := false // between .nf and .fi lines stay as they are
		for line := range strings.Lines(string(text)) {
			switch {
			case strings.HasPrefix(line, ".nf"):
				kept = true
			case strings.HasPrefix(line, ".fi"):
				kept = false
			case !kept && strings.HasPrefix(line, " "):
				t.Errorf("%s fills %q", filepath.Base(page), line)
			}
		}
	}
}
