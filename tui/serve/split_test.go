package serve_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/tui/serve"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"":                              nil,
		"  \t ":                         nil,
		"list":                          {"list"},
		"  tag a  3 s ":                 {"tag", "a", "3", "s"},
		`tag a 3 s --note "two words"`:  {"tag", "a", "3", "s", "--note", "two words"},
		`a'b c'"d e"f`:                  {"ab cd ef"},
		`'' "" x`:                       {"", "", "x"},
		`a\ b \' \" \\ \; \$`:           {"a b", "'", `"`, `\`, ";", "$"},
		`"a \"b\" \\ \$5 \x"`:           {`a "b" \ $5 \x`},
		`'$(id) "; | & > <` + "`" + `'`: {`$(id) "; | & > <` + "`"},
		"--source 'Mara Lind' # no * ~": {"--source", "Mara Lind", "#", "no", "*", "~"},
		"é 日本 'a\tb'":                   {"é", "日本", "a\tb"},
	} {
		if got, err := serve.Split(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", line, got, err)
		}
	}
	for _, line := range []string{
		"a;b", "a|b", "a&b", "a>b", "a<b", "(a)", "$a", "`a`", "a\nb", "a\rb", "'a\nb'", "\"a\nb\"", `"$a"`, "\"`a`\"", "'a", `"a`, `a\`, "a\\\n", "a\x00", "\x7f", "'\x1b'", "\xff",
		strings.Repeat("a", 70_000),
	} {
		if got, err := serve.Split(line); err == nil {
			t.Errorf("%q is taken as %q", line, got)
		}
	}
}

func TestWhatIsQuotedIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringOf(rapid.RuneFrom([]rune(" \tab'\"\\;|&<>()$`*~é日#-=")))).Draw(t, "words")
		got, err := serve.Split(serve.Quote(words))
		if err != nil || !slices.Equal(got, words) {
			t.Fatalf("%q became %q, %v", words, got, err)
		}
	})
}

func FuzzSplit(f *testing.F) {
	seeds := []string{"list", `tag a 3 s --note "x y"`, "a;b", `'a'\''b'`, `"\$"`, "\\", "$(id)", "\x1b"}
	for _, s := range seeds {
		f.Add(s)
	}
	if len(seeds) == 0 {
		f.Fatal("there are no seeds")
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, err := serve.Split(line)
		if err != nil {
			if words != nil {
				t.Error("words beside an error")
			}
			return
		}
		for _, w := range words {
			if strings.ContainsAny(w, "\x00\n\r\x1b\x7f") {
				t.Errorf("%q holds a control character", w)
			}
		}
		again, err := serve.Split(serve.Quote(words))
		if err != nil || !slices.Equal(again, words) {
			t.Errorf("%q, then %q, %v", words, again, err)
		}
	})
}
