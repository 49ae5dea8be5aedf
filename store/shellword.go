package store

import (
	"runtime"
	"strings"
	"unicode"

	"stet.example/stet/annotations"
)

// ShellWord is a path as it can be typed, for a message that gives a whole line. Control
// characters in it are made visible.
func ShellWord(path string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("/._-+,:@%=", r) || runtime.GOOS == "windows" && strings.ContainsRune(`\~`, r)
	}
	if strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	if runtime.GOOS == "windows" {
		return `"` + annotations.Visible(path) + `"`
	}
	return "'" + strings.ReplaceAll(annotations.Visible(path), "'", `'\''`) + "'"
}
