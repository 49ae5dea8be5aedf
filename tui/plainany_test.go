package tui_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// Whatever lines come, the conversation ends with its input, breaks nothing and
// writes nothing but lines. (The store is checked whole when the test ends.)
func TestAnyLinesDoNoHarm(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), read(t, story))
	storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	known := []string{
		"", "s", "x", "c", "a", "A", "y", "j", "k", "uu", "U", "V", "# 3 s", "#", "g 3", "g", "G", "o", "o the board ; b", "v", "+", "-", "e", "l", "l 2 ; s", "i", "r", "w", "w a b", "m", "M",
		"!", "z", "S", "J", "F", "f", "f all", "/", "n", "*", "p", "t", "K", "?", ":undo", ":", "esc", "q", "1", "2", "9999", "said", ".", "\\esc", "https://a.example/x", "0", "space", "home", "pgdown", "enter", "tab", "untag", "Sentence",
	}
	saved := 0
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(known), rapid.SampledFrom(known), rapid.String()), 1, 40).Draw(rt, "lines")
		var out strings.Builder
		err := tui.RunPlain(t.Context(), tui.Options{
			Store: st, Session: storetest.Session(t, "ana"), Article: rapid.SampledFrom([]annotations.ArticleID{annotations.Desk, id}).Draw(rt, "article"),
			Clock: storetest.Clock(), Suggest: true, Input: strings.NewReader(strings.Join(lines, "\n")), Output: &out, Reports: t.TempDir(),
		}, rapid.Bool().Draw(rt, "interactive"))
		if err != nil {
			rt.Fatalf("%v after\n%s", err, out.String())
		}
		saved += strings.Count(out.String(), "Saved.")
		for _, line := range strings.Split(out.String(), "\n") {
			if i := strings.IndexFunc(line, unicode.IsControl); i >= 0 {
				rt.Fatalf("%q holds a control character", line)
			}
		}
	})
	if saved == 0 {
		t.Error("nothing was ever saved: the lines do nothing")
	}
}
