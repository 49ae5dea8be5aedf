package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// A terminal that does not say whether it is light, though its environment does, had the
// title white on white.
func TestALightTerminalThatDoesNotAnswerCanBeRead(t *testing.T) {
	st := storetest.New(t)
	storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	for _, c := range []struct {
		back  string
		light bool
	}{{"0;15", true}, {"0;default;15", true}, {"0;7", true}, {"15;0", false}, {"15", false}, {";", false}, {"", false}} {
		d := show(t, st, annotations.Desk, 80, 24, func(o *tui.Options) { o.Environ = append(o.Environ, "COLORFGBG="+c.back) })
		d.WaitFor("desk")
		if got := strings.Contains(string(d.Raw()), "38;2;0;0;0;1m stet"); got != c.light {
			t.Errorf("COLORFGBG=%s: light %v, want %v", c.back, got, c.light)
		}
		d.Stop()
		d.WaitEnd()
	}
}

// The screens were painted where somebody had said NO_COLOR=yes or CLICOLOR=0, though the
// commands were not: only 1 and "true" were taken for a word against colours.
func TestScreensTakeTheSameWordsAgainstColoursAsCommands(t *testing.T) {
	st := storetest.New(t)
	storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	for _, c := range []struct {
		environ, color string
		coloured       bool
	}{
		{"", "auto", true},
		{"NO_COLOR=yes", "auto", false},
		{"NO_COLOR=0", "auto", false}, // anything in it
		{"NO_COLOR=", "auto", true},
		{"NO_COLOR=yes CLICOLOR_FORCE=1", "auto", false},
		{"NO_COLOR=yes", "always", true},
		{"CLICOLOR=0", "auto", false},
		{"CLICOLOR=0 CLICOLOR_FORCE=0", "auto", false},
		{"CLICOLOR=0 CLICOLOR_FORCE=1", "auto", true},
		{"CLICOLOR=1", "auto", true},
	} {
		for _, ticks := range []bool{false, true} {
			d := show(t, st, annotations.Desk, 80, 24, func(o *tui.Options) {
				o.Environ, o.Color, o.Ticks = append(o.Environ, strings.Fields(c.environ)...), c.color, ticks
			})
			d.WaitFor("desk", "? keys")
			if got := strings.Contains(string(d.Raw()), "\x1b[38;"); got != c.coloured {
				t.Errorf("%q, --color %s, at ticks %v: coloured %v, want %v", c.environ, c.color, ticks, got, c.coloured)
			}
			d.Stop()
			d.WaitEnd()
		}
	}
}
