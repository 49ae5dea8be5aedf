package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// named are the keys that have a word for a name, as the table of actions has
// them and as it shows them.
var named = map[string]tea.Key{
	"space": {Code: tea.KeySpace, Text: " "}, "enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
	"backspace": {Code: tea.KeyBackspace}, "bksp": {Code: tea.KeyBackspace}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "f1": {Code: tea.KeyF1},
	"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "pgdn": {Code: tea.KeyPgDown},
}

// keyOf makes the key press for a name: "s", "space", "ctrl+r", "^r". A word is one in
// large letters, too.
func keyOf(name string) (tea.KeyPressMsg, bool) {
	if k, ok := named[strings.ToLower(name)]; ok {
		return tea.KeyPressMsg(k), true
	}
	rest, ctrl := strings.CutPrefix(name, "ctrl+")
	if !ctrl && len(name) == 2 {
		rest, ctrl = strings.CutPrefix(name, "^")
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case size == 0 || size != len(rest) || !unicode.IsPrint(r):
		return tea.KeyPressMsg{}, false
	case ctrl:
		return tea.KeyPressMsg{Code: r, Mod: tea.ModCtrl}, true
	}
	return tea.KeyPressMsg{Code: r, Text: rest}, true
}

// key is keyOf for names that are known to be keys.
func key(name string) tea.KeyPressMsg {
	k, _ := keyOf(name)
	return k
}

// cutKey takes the first key off a line: a named key, one character, or the
// first character of the same one several times or of signs and digits ("uu",
// "#3s", "g19"). Another word is returned whole, with ok false: its letters
// are no keys, and neither is what begins with a digit, a number, a date or "2nd",
// though each of its digits is one alone.
func cutKey(line string) (name, rest string, ok bool) {
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	word := line
	if i := strings.IndexFunc(line, unicode.IsSpace); i >= 0 {
		word = line[:i]
	}
	rest = line[len(word):]
	if _, isKey := keyOf(word); isKey {
		return word, rest, true
	}
	first, size := utf8.DecodeRuneInString(word)
	tail := word[size:]
	same := strings.Trim(tail, string(first)) == ""
	digits := tail != "" && strings.IndexFunc(tail, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
	if unicode.IsDigit(first) {
		return word, rest, false
	}
	if same || digits || !unicode.IsLetter(first) {
		return word[:size], tail + rest, true
	}
	return word, rest, false
}

// cutAnswer takes the first answer off what stands behind a key, up to a semicolon
// that stands alone. Two of them have an empty answer between them.
func cutAnswer(line string) (text, rest string) {
	line = strings.TrimSpace(line)
	if rest, empty := strings.CutPrefix(line+" ", "; "); empty {
		return "", rest
	}
	text, rest, _ = strings.Cut(line+" ", " ; ")
	return strings.TrimSpace(text), rest
}
