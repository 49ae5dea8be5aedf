package annotations

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hidden reports whether r could command a terminal, reorder a line or hide.
func hidden(r rune) bool {
	switch {
	case r == 0x200C || r == 0x200D || unicode.Is(unicode.Variation_Selector, r):
		return false // part of the letters and signs beside them
	case r >= 0x600 && r <= 0x605, r == 0x6DD, r == 0x70F, r == 0x890, r == 0x891, r == 0x8E2, r == 0x110BD, r == 0x110CD:
		return false // format characters that are drawn: signs over or under numbers
	case r >= 0x13430 && r <= 0x1343F:
		return false // they place hieroglyphs within a sign
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs, unicode.Noncharacter_Code_Point) ||
		unicode.In(r, unicode.Bidi_Control, unicode.Other_Default_Ignorable_Code_Point)
}

func checkVisible(t *testing.T, s string) {
	t.Helper()
	v := Visible(s)
	if !utf8.ValidString(v) {
		t.Errorf("Visible(%q) = %q is not UTF-8", s, v)
	}
	if got, want := utf8.RuneCountInString(v), utf8.RuneCountInString(s); got != want {
		t.Errorf("Visible(%q) has %d runes, want %d", s, got, want)
	}
	for _, r := range v {
		if hidden(r) {
			t.Errorf("Visible of %d bytes lets %U through", len(s), r)
		}
	}
	if again := Visible(v); again != v {
		t.Errorf("Visible(%q) = %q, and that again %q", s, v, again)
	}
}

func TestVisibleShowsEveryRune(t *testing.T) {
	var all []rune
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if all = append(all, r); len(all) == 1<<12 || r == unicode.MaxRune {
			checkVisible(t, string(all))
			all = all[:0]
		}
	}
}

func TestVisibleKeepsWhatPeopleWrite(t *testing.T) {
	for _, s := range []string{
		"plain, with “quotes” – and dashes…", "Zürich, Łódź, Đà Nẵng", "中文和日本語、한국어", "עברית עם ניקוד", "العربية ١٢٣", "हिन्दी क्‍ष",
		"👩\u200d👩\u200d👧 ❤\ufe0f", "a\u0301e\u0308", "no\u00a0break", "10\u2009000",
	} {
		if v := Visible(s); v != s {
			t.Errorf("Visible(%q) = %q", s, v)
		}
	}
	for in, want := range map[string]string{
		"a\x1b[2Jb": "a␛[2Jb", "tab\there": "tab here", "line\nline": "line line", "del\x7f": "del␡", "\x00": "␀", "\xff\xfe": "\uFFFD\uFFFD",
		"soft\u00adhyphen": "soft-hyphen", "a\u202eb": "a⇄b", "zero\u200bwidth": "zero¦width", "\u009b31m": "\uFFFD31m",
	} {
		if got := Visible(in); got != want {
			t.Errorf("Visible(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzVisible(f *testing.F) {
	seeds := []string{"", "plain", "\x1b]0;title\x07", "\u202eevil\u202c", "\xc0\x80", "é🚢\u200d", strings.Repeat("\x9b", 9), "\U000E0041\U0010FFFF"}
	for _, s := range seeds {
		f.Add(s)
	}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, s string) { checkVisible(t, s) })
}
