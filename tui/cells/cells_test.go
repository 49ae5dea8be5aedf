package cells_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/tui/cells"
)

func TestWrapBreaksAtBlanks(t *testing.T) {
	for _, c := range []struct {
		name, in string
		w        int
		want     []string
	}{
		{"fits", "one two", 7, []string{"one two"}},
		{"at the blank", "one two", 6, []string{"one", "two"}},
		{"exactly full, then a blank", "one two three", 7, []string{"one two", "three"}},
		{"a long word", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"a long word after a short one", "a bcdefg", 4, []string{"a", "bcde", "fg"}},
		{"wide characters", "日本語の文", 4, []string{"日本", "語の", "文"}},
		{"a wide one that does not fit a cell", "日", 1, []string{"日"}},
		{"empty", "", 5, []string{""}},
		{"several blanks", "a   b", 3, []string{"a", "b"}},
		{"accents in two code points", "e\u0301e\u0301 e\u0301", 2, []string{"e\u0301e\u0301", "e\u0301"}},
	} {
		var got []string
		for _, l := range (cells.Meter{Clusters: true}).Wrap(c.in, c.w) {
			got = append(got, c.in[l.Start:l.End])
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Nothing but blanks is lost, and no row is wider than asked, unless a single
// cluster is.
func TestWrapKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := cells.Meter{Clusters: rapid.Bool().Draw(t, "clusters")}
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "word", " ", "  ", "日本", "e\u0301", "👩‍🚀", "ع", "ไทย", "x-y", "🇩🇪"})).Draw(t, "parts"), "")
		w := rapid.IntRange(2, 12).Draw(t, "w")
		at := 0
		for _, l := range m.Wrap(s, w) {
			if strings.Trim(s[at:l.Start], " ") != "" || l.Start < at || l.End < l.Start {
				t.Fatalf("lost %q before %v", s[at:l.Start], l)
			}
			if got := m.Width(s[l.Start:l.End]); got > w && strings.Count(s[l.Start:l.End], "\u200d") == 0 && len([]rune(s[l.Start:l.End])) > 2 {
				t.Fatalf("row %q takes %d of %d cells", s[l.Start:l.End], got, w)
			}
			at = l.End
		}
		if strings.Trim(s[at:], " ") != "" {
			t.Fatalf("lost %q at the end", s[at:])
		}
	})
}

func TestPadIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := cells.Meter{Clusters: rapid.Bool().Draw(t, "clusters")}
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", " ", "日", "é", "ع", "👩\u200d👩\u200d👧\u200d👦", "☎\ufe0f", "🇩🇪", "กำ"})).Draw(t, "parts"), "")
		w := rapid.IntRange(0, 12).Draw(t, "w")
		if got := m.Width(m.Pad(s, w)); got != w {
			t.Fatalf("Pad(%q, %d) takes %d cells", s, w, got)
		}
	})
}

// A word that fits behind a blank and grows by a wide character: breaking at the
// blank was not enough, and the row was a cell too wide.
func TestAWordThatOutgrowsItsRowIsBrokenTwice(t *testing.T) {
	s := " word日本"
	for _, l := range (cells.Meter{}).Wrap(s, 5) {
		if got := (cells.Meter{}).Width(s[l.Start:l.End]); got > 5 {
			t.Errorf("row %q takes %d of 5 cells", s[l.Start:l.End], got)
		}
	}
}
