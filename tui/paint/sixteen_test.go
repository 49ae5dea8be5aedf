package paint_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/colorprofile"

	"stet.example/stet/tui/paint"
)

// On a terminal of sixteen colours the keys of the hint line were bright blue on black,
// which is hard to read.
func TestKeysCanBeReadInSixteenColours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, blue := range []string{"38;2;86;180;233", "38;2;175;215;255"} { // as the themes have it for keys and tags
			out := newScreen(30, 2)
			p := paint.New(out, 30, 2, paint.Options{Environ: environ, Profile: colorprofile.ANSI})
			p.Enter()
			settle(p, nil, paint.Frame{Rows: []string{"\x1b[" + blue + "ms\x1b[m sourced \x1b[" + blue + "m日\x1b[m", "x"}, X: -1})
			sent := out.sent()
			if strings.Contains(sent, "[94m") || strings.Count(sent, "[96m") != 2 || !strings.Contains(sent, "sourced") {
				t.Errorf("sent: %q", sent)
			}
			_ = p.Close()
			_ = out.term.Close()
		}
	})
}
