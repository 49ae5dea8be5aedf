// Package theme holds the colours of the screens as roles, and nothing else
// makes a style. The palette is Okabe and Ito's (2008), which people with any
// of the common colour-vision deficiencies tell apart; shades for text are
// darkened or lightened until they reach a contrast of 4.5 to 1 (WCAG 2.2) on
// the backgrounds below, which a test computes. Colour never says anything
// that a letter or a word does not say too.
package theme

import (
	"fmt"
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Role is what a piece of text is.
type Role int

// The roles.
const (
	Plain   Role = iota
	Dim          // less important: rules, numbers, hints' words
	Title        // the title line
	Strong       // what matters on a line
	Current      // the sentence under judgement
	Key          // a key in the hint line
	Match        // a search match
	Good         // saved
	Bad          // not saved, damage
	Green        // the codebook's colour roles for tags
	Orange
	Blue
	Purple
	Yellow
	Red
	Cyan
	roles
)

// Name is the name of a theme.
type Name string

// The themes.
const (
	Default  Name = "default"
	Contrast Name = "contrast"
	Mono     Name = "mono"
)

// Names lists the themes.
func Names() []Name { return []Name{Default, Contrast, Mono} }

// Theme draws text in roles. A style is a prefix and a suffix made once, so that
// drawing costs two copies; and runs are styled one by one, because a style
// inside a style would end the outer one.
type Theme struct {
	prefix, suffix [roles]string
}

// shade is a colour for dark and light backgrounds, as #rrggbb.
type shade struct{ dark, light string }

// Backgrounds that contrast is computed against.
const (
	DarkBackground  = "#1c1c1c"
	LightBackground = "#ffffff"
)

func palette(n Name) map[Role]shade {
	if n == Contrast {
		return map[Role]shade{
			Dim: {"#d0d0d0", "#303030"}, Title: {"#ffffff", "#000000"}, Key: {"#ffff5f", "#00005f"}, Match: {"#ffff5f", "#5f0000"},
			Good: {"#5fffaf", "#004d33"}, Bad: {"#ffaf87", "#870000"}, Green: {"#5fffaf", "#004d33"}, Orange: {"#ffc766", "#5f3300"},
			Blue: {"#afd7ff", "#00306b"}, Purple: {"#ffc2e5", "#661a4d"}, Yellow: {"#ffff87", "#4d4400"}, Red: {"#ffaf87", "#870000"}, Cyan: {"#87ffff", "#004d4d"},
		}
	}
	return map[Role]shade{
		Dim: {"#9e9e9e", "#5c5c5c"}, Title: {"#ffffff", "#000000"}, Key: {"#56b4e9", "#00598c"}, Match: {"#f0e442", "#7a4b00"},
		Good: {"#2fc393", "#00674a"}, Bad: {"#ff8a47", "#a83e00"}, Green: {"#2fc393", "#00674a"}, Orange: {"#e69f00", "#8a5200"},
		Blue: {"#56b4e9", "#00598c"}, Purple: {"#dd8fba", "#8f3d6c"}, Yellow: {"#f0e442", "#6b6000"}, Red: {"#ff8a47", "#a83e00"}, Cyan: {"#5fd7d7", "#006363"},
	}
}

// Shade returns the colour of a role as #rrggbb, "" where it has none.
func Shade(n Name, r Role, dark bool) string {
	if n == Mono {
		return ""
	}
	s := palette(n)[r]
	if dark {
		return s.dark
	}
	return s.light
}

// New makes a theme for a dark or light background.
func New(n Name, dark bool) *Theme {
	t := &Theme{}
	for r := range roles {
		s := lipgloss.NewStyle()
		if hex := Shade(n, r, dark); hex != "" {
			s = s.Foreground(lipgloss.Color(hex))
		}
		switch r {
		case Title, Strong, Key, Bad, Current:
			s = s.Bold(true)
		case Match:
			s = s.Underline(true)
		case Dim:
			if n == Mono {
				s = s.Faint(true)
			}
		case Green, Orange, Blue, Purple, Yellow, Red, Cyan:
			s = s.Bold(true)
		}
		t.prefix[r], t.suffix[r], _ = strings.Cut(s.Render("x"), "x")
	}
	return t
}

// In returns s drawn as r. s must hold no styled text. Blanks are left alone:
// no role has a background, and every byte counts on a slow line.
func (t *Theme) In(r Role, s string) string {
	if t.prefix[r] == "" || strings.TrimLeft(s, " ") == "" {
		return s
	}
	return t.prefix[r] + s + t.suffix[r]
}

// ForColor returns the role of a codebook's colour; Strong for white and for
// one it has not.
func ForColor(name string) Role {
	switch name {
	case "green":
		return Green
	case "orange":
		return Orange
	case "blue":
		return Blue
	case "magenta":
		return Purple
	case "cyan":
		return Cyan
	case "gray":
		return Dim
	case "yellow":
		return Yellow
	case "red":
		return Red
	}
	return Strong
}

// Ratio is the WCAG 2.2 contrast ratio of two #rrggbb colours, from 1 to 21.
func Ratio(a, b string) (float64, error) {
	x, err := luminance(a)
	if err != nil {
		return 0, err
	}
	y, err := luminance(b)
	if err != nil {
		return 0, err
	}
	return (max(x, y) + 0.05) / (min(x, y) + 0.05), nil
}

func luminance(hex string) (float64, error) {
	var c color.RGBA
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		return 0, fmt.Errorf("colour %q: %w", hex, err)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B), nil
}
