package dialog

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestWhatIsWrittenAnywhereIsTheSameSigns: only the signs around the cursor are looked at
// when a key comes, since each key of a note of 64 KiB took milliseconds when all of it
// was split anew. What stands there must be what splitting all of it gives.
func TestWhatIsWrittenAnywhereIsTheSameSigns(t *testing.T) {
	pieces := []string{
		"a", "b c", "\n", "é", "e\u0301", "\u0301", "\u200d", "👩", "👩‍👩‍👧", "🇩", "🇪", "🇩🇪", "क", "्", "ष", "क्ष", "\u0600", "1", "ᄀ", "ᅡ", "각", "\ufe0f", "☂", "👍🏽", "🏽", "‏", "ش",
	}
	rapid.Check(t, func(t *rapid.T) {
		in := NewInput("note", strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "there"), ""))
		in.Multi, in.Max = true, 1<<16
		for range rapid.IntRange(1, 12).Draw(t, "acts") {
			in.at = rapid.IntRange(0, len(in.clusters)).Draw(t, "at")
			text := rapid.SampledFrom(pieces).Draw(t, "text")
			before, after := strings.Join(in.clusters[:in.at], ""), strings.Join(in.clusters[in.at:], "")
			in.insert(text)
			if want := split(before + text + after); !slices.Equal(in.clusters, want) {
				t.Fatalf("%q and %q before %q: %q, want %q", before, text, after, in.clusters, want)
			}
			if want := min(len(split(before+text)), len(in.clusters)); in.at != want {
				t.Fatalf("%q and %q before %q: the cursor is at %d, want %d", before, text, after, in.at, want)
			}
		}
	})
}

func BenchmarkAKeyInALongNote(b *testing.B) {
	in := NewInput("note", strings.Repeat("the ferry leaks ", 4000))
	in.Multi, in.Max = true, 1<<30
	for b.Loop() {
		in.insert("x")
	}
}
