package theme_test

import (
	"testing"

	"stet.example/stet/tui/theme"
)

// Text in every role reaches 4.5 to 1 on both backgrounds, 7 to 1 in the
// high-contrast theme.
func TestContrast(t *testing.T) {
	seen := 0
	for _, n := range theme.Names() {
		for r := theme.Plain; r <= theme.Cyan; r++ {
			for _, dark := range []bool{true, false} {
				back, want := theme.LightBackground, 4.5
				if dark {
					back = theme.DarkBackground
				}
				if n == theme.Contrast {
					want = 7
				}
				hex := theme.Shade(n, r, dark)
				if hex == "" {
					continue
				}
				seen++
				if got, err := theme.Ratio(hex, back); err != nil || got < want {
					t.Errorf("%s, role %d, dark %t: %s on %s is %.2f to 1, want %.1f (%v)", n, r, dark, hex, back, got, want, err)
				}
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d colours were measured", seen)
	}
}

func TestRatioOfBlackAndWhite(t *testing.T) {
	if got, err := theme.Ratio("#000000", "#ffffff"); err != nil || got < 20.9 || got > 21.1 {
		t.Errorf("%.2f, %v; want 21", got, err)
	}
	if _, err := theme.Ratio("red", "#ffffff"); err == nil {
		t.Error("a colour that is none was taken")
	}
}
