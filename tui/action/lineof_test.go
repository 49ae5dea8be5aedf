package action

import (
	"strings"
	"testing"
)

// TOML names a key under a heading, with dots, or in braces. Of a wrong one it was told on
// which line it stands in the first form only.
func TestWhatIsWrongWithAKeyIsToldWithItsLineInEachForm(t *testing.T) {
	for src, want := range map[string]string{
		"[keys.review]\nundo = \"s\"\n":                                        "f:2: ",
		"\n[ keys . 'review' ]\n  \"undo\" = [\n\"s\"]\n":                      "f:3: ",
		"theme = \"mono\"\nkeys.review.undo = \"Shift+u\"\n":                   "f:2: ",
		"[keys]\nmouse = {}\nreview.undo = \"s\"\n":                            "f:3: ",
		"[keys]\n\nreview = { repeat = \"h\", undo = \"s\" }\n":                "f:3: ",
		"keys = { review = { nosuch = \"h\" } }\n":                             "f:1: ",
		"[keys.desk]\nundo = \"h\"\n[keys.review] # of mine\nredo = \"\"\n":    "f:4: ",
		"[keys.everywhere]\nhelp = []\npalette = []\n[keys.review]\nnext=[]\n": "f:3: ",
	} {
		_, err := Rebind(Table(nil), "f", []byte(strings.Replace(src, "\"s\"", "\"j\"", 1)))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v; want %s", src, err, want)
		}
	}
}
