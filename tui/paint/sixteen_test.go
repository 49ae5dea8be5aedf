package paint_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/colorprofile"

	"stet.example/stet/tui/paint"
	"stet.example/stet/tui/theme"
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

// sixteenOf are the sixteen colours of xterm, and of a console.
func sixteenOf() [2][16]string {
	return [2][16]string{
		{
			"#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
			"#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
		},
		{
			"#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
			"#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff",
		},
	}
}

// On a light terminal of sixteen colours "✓ saved" and the letters of green tags were cyan
// on white (2.0 to 1), in the theme of high contrast the words that led to a suggestion were
// yellow on white (1.7), and all that is dim was grey (4.0).
func TestEveryRoleCanBeReadInSixteenColours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, name := range theme.Names() {
			for role := theme.Plain; role <= theme.Cyan; role++ {
				for back, dark := range map[string]bool{"#000000": true, "#ffffff": false} {
					out := newScreen(30, 2)
					p := paint.New(out, 30, 2, paint.Options{Environ: environ, Profile: colorprofile.ANSI})
					p.Enter()
					settle(p, nil, paint.Frame{Rows: []string{theme.New(name, dark).In(role, "word"), "x"}, X: -1})
					for _, palette := range sixteenOf() {
						for _, n := range foregrounds(out.sent()) {
							if got, err := theme.Ratio(palette[n], back); err != nil || got < 4.5 {
								t.Errorf("%s, role %d: colour %d on %s is %.1f to 1 (%v)", name, role, n, back, got, err)
							}
						}
					}
					_ = p.Close()
					_ = out.term.Close()
				}
			}
		}
	})
}

// foregrounds are the colours, of sixteen, that text is sent in.
func foregrounds(sent string) (out []int) {
	for _, sgr := range regexp.MustCompile(`\x1b\[([0-9;]*)m`).FindAllStringSubmatch(sent, -1) {
		for _, part := range strings.Split(sgr[1], ";") {
			switch n, err := strconv.Atoi(part); {
			case err != nil:
			case n >= 30 && n <= 37:
				out = append(out, n-30)
			case n >= 90 && n <= 97:
				out = append(out, n-90+8)
			}
		}
	}
	return out
}
