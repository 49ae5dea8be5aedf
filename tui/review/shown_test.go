package review

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
)

// Whatever a text holds, each row shows the bytes that it is said to show, the rows go on
// from one another with blanks between them at most (and what joins itself to a blank), and a place goes there and back.
func TestRowsShowTheBytesTheyAreSaidTo(t *testing.T) {
	letters := []rune("ab é\n\t\u00ad\u200b\u2028\x1b港ع\u202e\U000F0000👩\u200d")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(letters), 0, 60, -1).Draw(t, "text")
		shown := annotations.Visible(text)
		var rows []annotations.Span
		for _, line := range (cells.Meter{Clusters: true}).Wrap(shown, rapid.IntRange(1, 20).Draw(t, "w")) {
			rows = append(rows, annotations.Span{Start: line.Start, End: line.End})
		}
		last := 0
		for i, sp := range rowSpans(text, shown, rows) {
			if got, want := annotations.Visible(sp.In(text)), rows[i].In(shown); got != want {
				t.Fatalf("row %d of %q shows %q, not %q", i, text, want, got)
			}
			if gap := annotations.Visible(text[last:sp.Start]); strings.Trim(gap, " \u200d") != "" {
				t.Fatalf("%q is left out before row %d of %q", gap, i, text)
			}
			last = sp.End
			for at := range sp.In(text) {
				if back := asWritten(sp.In(text), asShown(sp.In(text), at)); back != at {
					t.Fatalf("byte %d of %q goes to %d", at, sp.In(text), back)
				}
			}
		}
	})
}

func TestWordsAreFoundOverLineEnds(t *testing.T) {
	for _, c := range []struct{ text, words, found string }{
		{"the Coastal\nSafety Board and the Coastal  Safety Board", "Coastal Safety Board", "Coastal\nSafety Board|Coastal  Safety Board"},
		{"aaa b", "aa b", "aa b"},
		{"aaaa", "aa", "aa|aa"},
		{"a b", "ab", ""},
		{"ab", "a b", ""},
		{"a\u00a0b", " a b ", "a\u00a0b"},
		{"any", "  ", ""},
	} {
		var got []string
		for _, sp := range find(c.text, c.words) {
			got = append(got, sp.In(c.text))
		}
		if strings.Join(got, "|") != c.found {
			t.Errorf("%q in %q: %q", c.words, c.text, got)
		}
	}
}
