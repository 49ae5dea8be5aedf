package action

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What goes before a key's name when it is held down, in the order in which a
// terminal's keys are named.
var modifiers = []string{"ctrl+", "alt+", "shift+", "meta+", "hyper+", "super+"}

// wordKeys are the keys that have a word for a name, beside f1 to f63.
var wordKeys = []string{
	"enter", "tab", "backspace", "esc", "space", "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "insert", "delete",
	"begin", "find", "select",
}

// fixed are the keys that always mean one action, whatever a file says.
func fixed(key string) ID {
	return map[string]ID{"ctrl+c": Quit, "ctrl+z": Suspend, "esc": Cancel}[key]
}

// badKey says why an action cannot have a key, or "": no terminal sends a key of this
// name, or it always means something else.
func badKey(id ID, key string) string {
	if always := fixed(key); always != "" && always != id {
		return fmt.Sprintf("%q always means %s", key, always)
	}
	bare := key
	for _, m := range modifiers {
		bare = strings.TrimPrefix(bare, m)
	}
	r, size := utf8.DecodeRuneInString(bare)
	one := size == len(bare) && size > 0
	low := strings.ToLower(bare)
	switch {
	case one && bare != key && strings.HasPrefix(key, "shift+") && unicode.IsLetter(r):
		return fmt.Sprintf("no terminal sends %q: write %q", key, strings.ToUpper(bare))
	case one && unicode.IsPrint(r) && r != ' ':
		return ""
	case slices.Contains(wordKeys, bare) || isFunctionKey(bare):
		return ""
	case bare == " ":
		return fmt.Sprintf("%q is no key: write \"space\"", key)
	case key != strings.ToLower(key) && badKey(id, strings.ToLower(key)) == "":
		return fmt.Sprintf("%q is no key: write %q", key, strings.ToLower(key))
	case low == "escape" || low == "return" || low == "pgdn" || low == "pagedown" || low == "pageup" || low == "del":
		return fmt.Sprintf("%q is no key: write %q", key, map[string]string{"escape": "esc", "return": "enter", "pgdn": "pgdown", "pagedown": "pgdown", "pageup": "pgup", "del": "delete"}[low])
	}
	return fmt.Sprintf("%q is no key: a key is one character, or a name such as space, enter, up, pgdown, f5 or ctrl+r", key)
}

// isFunctionKey reports whether a name is one of f1 to f63.
func isFunctionKey(name string) bool {
	digits, ok := strings.CutPrefix(name, "f")
	if !ok || len(digits) == 0 || len(digits) > 2 || digits[0] == '0' {
		return false
	}
	n := 0
	for _, d := range digits {
		if d < '0' || d > '9' {
			return false
		}
		n = n*10 + int(d-'0')
	}
	return n <= 63
}

// hidden finds an action of every screen that has keys and had one on each screen
// before, but now none on this one, because the screen's own actions have them all.
// Without it, nobody could leave a screen, or ask for its keys, by the keys that were
// given for that.
func hidden(before, now *Keymap) (act, by Action, key string, found bool) {
	for i := range now.actions {
		a := &now.actions[i]
		if a.Scope != Everywhere || len(a.Keys) == 0 {
			continue
		}
		for _, scope := range slices.Sorted(maps.Keys(now.byKey)) { // the same fault is named each time
			own, _ := now.Find(scope, a.Keys[0])
			if scope == Everywhere || now.reached(scope, a.ID) || !before.reached(scope, a.ID) {
				continue
			}
			return *a, own, a.Keys[0], true
		}
	}
	return Action{}, Action{}, "", false
}

// reached reports whether a key leads to an action on a screen.
func (k *Keymap) reached(screen Scope, id ID) bool {
	act, ok := k.Get(screen, id)
	return ok && slices.ContainsFunc(act.Keys, func(key string) bool { means, ok := k.Find(screen, key); return ok && means.ID == id })
}
