package review

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// presenceScreen has a long sentence, a short one and one of exactly one row.
func presenceScreen(t *testing.T) *Screen {
	t.Helper()
	a := &annotations.Article{Meta: annotations.Meta{Title: "Piers"}}
	for i, text := range []string{strings.Repeat("The board disputes that. ", 8), "Boats leave at six.", strings.Repeat("x", 60)} {
		start := len(a.Body)
		a.Body += strings.TrimSpace(text)
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: start, End: len(a.Body)}})
		a.Body += " "
	}
	a.Body = strings.TrimSpace(a.Body)
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	return New(Doc{Article: a, Book: codebook.Builtin(), Reviewer: "ana"})
}

func drawn(s *Screen, w int) string {
	rows, _, _ := s.Body(dialog.Look{Theme: theme.New("mono", true)}, w, 20)
	var out []string
	for _, r := range rows {
		out = append(out, strings.TrimRight(ansi.Strip(r), " "))
	}
	return strings.Join(out, "\n")
}

// Names stand where there is room, and nothing moves when people do.
func TestWhoIsThereStandsBesideTheSentence(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 64, 80, 120} {
		s := presenceScreen(t)
		before := drawn(s, w)
		s.Meet(map[annotations.SentenceID][]string{1: {"ben"}, 2: {"cy"}, 3: {"dan"}})
		after := drawn(s, w)
		if strings.Count(before, "\n") != strings.Count(after, "\n") {
			t.Errorf("%d cells: rows moved:\n%s\n%s", w, before, after)
		}
		for n, who := range []string{"@ben", "@cy"} {
			if !strings.Contains(after, fmt.Sprintf(" %d@", n+1)) || !strings.Contains(after, who) {
				t.Errorf("%d cells: %s is not shown on %d:\n%s", w, who, n+1, after)
			}
		}
		if !strings.Contains(after, " 3@") {
			t.Errorf("%d cells: where there is no room for the name, no mark stands either:\n%s", w, after)
		}
		for row := range strings.Lines(after) {
			if n := len([]rune(strings.TrimSuffix(row, "\n"))); n > w {
				t.Errorf("%d cells: a row of %d", w, n)
			}
		}
		s.Meet(nil)
		if got := drawn(s, w); got != before {
			t.Errorf("%d cells: what is left when they have gone:\n%s", w, got)
		}
	}
}

func TestManyNamesAndHostileOnes(t *testing.T) {
	t.Parallel()
	s := presenceScreen(t)
	s.Meet(map[annotations.SentenceID][]string{1: {"anastasia", "bartholomew", "cyd"}, 2: {"e\x1b]0;x\x07", "\u202eeve"}, 3: {strings.Repeat("long ", 40)}})
	text := drawn(s, 80)
	if !strings.Contains(text, "+2") || strings.ContainsAny(text, "\x1b\x07\u202e") {
		t.Errorf("%q", text)
	}
	if got := s.Around(); !strings.Contains(got, "anastasia is on sentence 1.") || strings.ContainsAny(got, "\x1b\x07\u202e") || !strings.Contains(got, "more are in this article") {
		t.Errorf("%q", got)
	}
	if got := s.company(0); got != "Anastasia, bartholomew and cyd are on it, too." {
		t.Errorf("%q", got)
	}
}
