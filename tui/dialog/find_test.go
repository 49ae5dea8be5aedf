package dialog_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stet.example/stet/tui/dialog"
)

func TestFindMarksWhatPeopleSee(t *testing.T) {
	for _, c := range []struct{ text, words, marked string }{
		{"The Café is shut", "cafe\u0301", "Café"},
		{"The cafe\u0301 is shut", "CAFÉ is", "cafe\u0301 is"},
		{"he hasn’t said “no”", `HASN'T said "NO"`, "hasn’t said “no”"},
		{"a  wrapped\nline\u00a0here", "a wrapped line here", "a  wrapped\nline\u00a0here"},
		{"東京都は港を", "港", "港"},
		{"costs $5.00 (a*b) [x", "(A*B) [", "(a*b) ["},
		{"İstanbul", "istanbul", "İstanbul"},
		{"aaaa", "aa", "aa|aa"},
		{"cafe\u0301", "cafe", ""},
		{"nothing", "", ""},
		{"nothing", "   ", ""},
	} {
		var got []string
		for _, at := range dialog.Find(c.text, c.words) {
			got = append(got, c.text[at[0]:at[1]])
		}
		if strings.Join(got, "|") != c.marked {
			t.Errorf("%q in %q: %q; want %q", c.words, c.text, got, c.marked)
		}
	}
}

// Whatever the text, what is marked says the same as what was searched for, and lies in
// order on the borders of characters; and something is marked exactly where the folded
// text holds the words.
func TestFindAgreesWithFold(t *testing.T) {
	letters := []rune("aAeE\u0301\u0308 \n\u00a0'’“\"éÉİ港ع\u200d\u00ad\ufffd")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(letters), 0, 24, -1).Draw(t, "text")
		words := rapid.StringOfN(rapid.SampledFrom(letters), 0, 4, -1).Draw(t, "words")
		found := dialog.Find(text, words)
		last := 0
		for _, at := range found {
			if at[0] < last || at[1] <= at[0] || at[1] > len(text) || !utf8.ValidString(text[at[0]:at[1]]) {
				t.Fatalf("%v of %q in %q", found, words, text)
			}
			if !strings.Contains(dialog.Fold(text[at[0]:at[1]]), dialog.Fold(words)) {
				t.Fatalf("%q is marked for %q", text[at[0]:at[1]], words)
			}
			last = at[1]
		}
		if want := dialog.Fold(words); (len(found) > 0) != (want != "" && strings.Contains(dialog.Fold(text), want)) {
			t.Fatalf("%d found of %q in %q, folded %q", len(found), want, text, dialog.Fold(text))
		}
		if again := dialog.Fold(dialog.Fold(text)); again != dialog.Fold(text) {
			t.Fatalf("folded twice: %q", again)
		}
	})
}
