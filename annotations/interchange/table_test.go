package interchange

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations/interchange/internal/cell"
)

// awkward draws cells made of what tables stumble over.
var awkward = rapid.Custom(func(t *rapid.T) string {
	list := rapid.SliceOfN(rapid.SampledFrom([]string{"=", "+", "-", "@", "'", " ", "\t", "\n", "\r", "\\", "\\n", "\"", ",", "a", "＝", "\x00", "\x7f", "é"}), 0, 6)
	return strings.Join(list.Draw(t, "parts"), "")
})

func TestTSVCellsHoldNoTabAndNoLineEndAndComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := cell.Printable(awkward.Draw(t, "cell"))
		e := escapeTSV(s)
		if strings.ContainsAny(e, "\t\n\r\x00") || unescapeTSV(e) != s {
			t.Fatalf("%q became %q and then %q", s, e, unescapeTSV(e))
		}
	})
}

func TestPlainTextStaysPlainInTables(t *testing.T) {
	for s, want := range map[string]string{
		"The toll rose.":  "The toll rose.",
		"“a”, b":          `"“a”, b"`,
		`say "x"`:         `"say ""x"""`,
		" blank at start": `" blank at start"`,
		"two\nlines":      "\"two\nlines\"",
		"":                "",
	} {
		if got := quoteCSV(cell.Guard(cell.Printable(s))); got != want {
			t.Errorf("%q is written %s, want %s", s, got, want)
		}
	}
}

func TestHalfSurrogatesAreTold(t *testing.T) {
	for s, want := range map[string]bool{
		`\ud83d\ude80`:        false,
		`a\ud83d`:             true,
		`\ude80`:              true,
		`\ud83d\u0041`:        true,
		`\\ud83d`:             false,
		`\u0041\n\"`:          false,
		`\ud83dx`:             true,
		`\uD83D\uDE80\uDE80`:  true,
		`plain`:               false,
		`\\\ud83d`:            true,
		`\ud83d\ude80\u00e9x`: false,
	} {
		if got := halfSurrogate([]byte(s)); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}
