package cell

import (
	"regexp"
	"strings"
	"sync"
)

// Guard disarms a cell that a spreadsheet could take for a formula, by an
// apostrophe in front. Cells that look disarmed already get one more, so that
// [Unguard] always gives back what was there.
func Guard(s string) string {
	if risky(s) {
		return "'" + s
	}
	return s
}

// Unguard takes the apostrophe of [Guard] off; a program may have done so before.
func Unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && risky(rest) {
		return rest
	}
	return s
}

// risky reports whether a spreadsheet could run s: it begins with = + - @ (in
// full width too), a tab or a line end, after any apostrophes and blanks.
func risky(s string) bool {
	s = strings.TrimLeft(s, "' ")
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\n", "\r", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return true
		}
	}
	return false
}

// Printable makes a text fit for a table: line ends are line feeds, and other
// control characters, which spreadsheets refuse or drop, become their pictures.
func Printable(s string) string {
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7F:
			return 0x2421
		}
		return r
	}, s)
}

// quote puts words into quotation marks and doubles their own.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// unquote takes quoted words off the start of s; ok is false when none stand
// there or they never end.
func unquote(s string) (words, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", s, false
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			i++
			continue
		}
		return strings.ReplaceAll(s[1:i], `""`, `"`), s[i+1:], true
	}
	return "", s, false
}

// opens reports whether a quotation begins with s, which another piece of the cell
// might end.
func opens(s string) bool { return strings.HasPrefix(s, `"`) }

// form is a regular expression, compiled when it is first used: at the start of
// the program it would cost every command.
func form(s string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s) })
}
