package plain

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"pgregory.net/rapid"

	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
)

func TestKeysAreCutOffALine(t *testing.T) {
	for line, want := range map[string][]string{
		"s":             {"s"},
		"s x u":         {"s", "x", "u"},
		"uu":            {"u", "u"},
		"#3s":           {"#", "(3s)"}, // which the count takes, sign by sign: see TestACountIsAskedForAndTold
		"# 3 s":         {"#", "3", "s"},
		"g19":           {"g", "(19)"},
		"12":            {"(12)"},
		"11 s":          {"(11)", "s"},
		"1 2":           {"1", "2"},
		"ctrl+r":        {"ctrl+r"},
		"^r s":          {"^r", "s"},
		"space  home":   {"space", "home"},
		"V jjj":         {"V", "j", "j", "j"},
		"help":          {"(help)"},
		"s sourced":     {"s", "(sourced)"},
		"next-untagged": {"(next-untagged)"},
		"é":             {"é"},
	} {
		var got []string
		for rest := line; strings.TrimSpace(rest) != ""; {
			name, left, ok := cutKey(rest)
			if !ok {
				name = "(" + name + ")"
			}
			got, rest = append(got, name), left
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q gives %q, want %q", line, got, want)
		}
	}
}

// "e URL ; ; ; s" leaves two questions without an answer: their semicolons were stored
// as the words of a quotation and its place.
func TestAnswersAreCutOffALine(t *testing.T) {
	for line, want := range map[string][]string{
		"the board ; e":               {"the board", "e"},
		"https://a.example ; ; ; s":   {"https://a.example", "", "", "s"},
		"https://a.example ;  ;  ; s": {"https://a.example", "", "", "s"},
		"; s":                         {"", "s"},
		"the board ;":                 {"the board"},
		"a;b ; c":                     {"a;b", "c"},
		";b":                          {";b"},
	} {
		var got []string
		for rest := line; strings.TrimSpace(rest) != ""; {
			var text string
			text, rest = cutAnswer(rest)
			got = append(got, text)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q gives %q, want %q", line, got, want)
		}
	}
}

// Whatever a line holds, cutting keys off it ends and loses no sign.
func TestCuttingEndsAndLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.String().Draw(t, "line")
		var all strings.Builder
		for rest, n := line, 0; strings.TrimSpace(rest) != ""; n++ {
			if n > len(line) {
				t.Fatalf("%q: no end", line)
			}
			name, left, _ := cutKey(rest)
			if name == "" {
				t.Fatalf("%q: nothing was cut off %q", line, rest)
			}
			all.WriteString(name)
			rest = left
		}
		blanks := func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}
		if got, want := strings.Map(blanks, all.String()), strings.Map(blanks, line); got != want {
			t.Fatalf("%q became %q", line, got)
		}
	})
}

// Every key of the table has a press that Bubble Tea calls by the same name, so
// that each can be given in a line.
func TestEveryKeyOfTheTableCanBeGiven(t *testing.T) {
	n := 0
	for _, a := range action.Table(nil) {
		for _, k := range a.Keys {
			n++
			press, ok := keyOf(k)
			if !ok || press.String() != k {
				t.Errorf("%s of %s is %q", k, a.ID, press.String())
			}
			if name, rest, ok := cutKey(k + " rest"); !ok || name != k || strings.TrimSpace(rest) != "rest" {
				t.Errorf("%s is cut to %q and %q", k, name, rest)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d keys", n)
	}
}

func TestChoicesAreNamedWithoutDoubt(t *testing.T) {
	free := func(string) string { return "" }
	for name, c := range map[string]struct {
		pick *dialog.Pick
		want string
	}{
		"plain ones by number":        {dialog.NewPick("", []dialog.Item{{Key: "d", Label: "direct"}, {Label: "partial"}}), "1 2"},
		"sentences by their own":      {dialog.NewPick("", []dialog.Item{{Key: "f", Label: "finish"}, {Label: "7  no tag"}, {Label: "12"}}), "f 7 12"},
		"beside free text by letters": {withFree(dialog.NewPick("", []dialog.Item{{Label: "https://a.example"}, {Label: "b"}}), free), "a b"},
		"beside sentences by letters": {withFree(dialog.NewPick("", []dialog.Item{{Label: "inside"}, {Label: "elsewhere"}, {Label: "3"}}), free), "a b 3"},
	} {
		if got := strings.Join(choiceNames(c.pick), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func withFree(p *dialog.Pick, free func(string) string) *dialog.Pick { p.Free = free; return p }

// Lines are broken at words where the width is known, and left alone otherwise;
// nothing of a text gets through that commands a terminal.
func TestPrintedLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		width := rapid.IntRange(0, 60).Draw(t, "width")
		var b bytes.Buffer
		p := &printer{w: &b, width: width}
		p.say(text)
		for _, line := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n") {
			if i := strings.IndexFunc(line, unicode.IsControl); i >= 0 {
				t.Fatalf("%q holds a control character", line)
			}
			whole := graphemes.FromString(line) // what is one character to a reader is not broken, however wide
			one := whole.Next() && whole.End() == len(line)
			if w := (cells.Meter{}).Width(line); width > 2 && w > width && !one {
				t.Fatalf("%q is %d wide, not %d", line, w, width)
			}
		}
	})
}

func TestLongLinesAndLastLinesAreRead(t *testing.T) {
	r := newReader(strings.NewReader("one\r\n" + strings.Repeat("x", 2*maxLine) + "\nlast"))
	defer r.close()
	for i, want := range []int{3, maxLine, 4} {
		line, ok := r.line(context.Background())
		if !ok || len(line) != want {
			t.Errorf("line %d: %d bytes, %v; want %d", i+1, len(line), ok, want)
		}
	}
	for range 2 {
		if line, ok := r.line(context.Background()); ok {
			t.Errorf("after the end there is %q", line)
		}
	}
}

// Numbers that a screen lines up in a column have blanks before them. The sentences of one
// digit were letters then: "c: 1: …" in the place of "1: …".
func TestNumbersInAColumnAreNumbers(t *testing.T) {
	p := &dialog.Pick{Items: []dialog.Item{{Label: "inside this sentence"}, {Label: "  1 One."}, {Label: " 12 Two."}, {Label: "123 Three."}}}
	if got := strings.Join(choiceNames(p), " "); got != "a 1 12 123" {
		t.Errorf("they are called %s", got)
	}
	if got := choiceLine(p, 1, "1"); got != "1: One." {
		t.Errorf("one is told as %q", got)
	}
}

// The last line of an input, when it was long and had no end, came with bytes that are no
// text, and so did its answer.
func TestALongLastLineIsText(t *testing.T) {
	r := newReader(strings.NewReader(strings.Repeat("x", 5000) + "\xff"))
	defer r.close()
	if line, ok := r.line(context.Background()); !ok || !strings.HasSuffix(line, "x\uFFFD") {
		t.Errorf("it is %q", line[max(0, len(line)-5):])
	}
}
