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
