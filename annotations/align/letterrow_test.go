package align

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Letters in common are counted in one machine word; word by word they are counted in a table.
func TestLettersInCommonAreThoseOfTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.StringOfN(rapid.RuneFrom([]rune("abcABCkKſsSéÉ漢 1")), 1, shortText, -1)
		a, b := draw.Draw(t, "a"), draw.Draw(t, "b")
		want := common(strings.Split(a, ""), strings.Split(b, ""))
		if got := newLetterRow(a).common(newLetterRow(b)); got != want {
			t.Fatalf("%q and %q have %d letters in common, want %d", a, b, got, want)
		}
	})
	if n := newLetterRow(strings.Repeat("a", 64)).common(newLetterRow(strings.Repeat("A", 64))); n != 64 {
		t.Errorf("64 equal letters have %d in common", n)
	}
}
