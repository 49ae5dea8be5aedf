package action

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"stet.example/stet/annotations"
)

// Keymap finds the action for a key. It is immutable once made.
type Keymap struct {
	actions []Action
	byKey   map[Scope]map[string]int
}

// ConfigError is something wrong in a file of key bindings.
type ConfigError struct {
	File string
	Line int // from 1; 0 when it is not known
	Msg  string
}

// Error implements error.
func (e *ConfigError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Msg)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg)
}

// New makes the keymap of a table. It fails when two actions of one scope have
// the same key.
func New(actions []Action) (*Keymap, error) {
	k := &Keymap{actions: slices.Clone(actions), byKey: map[Scope]map[string]int{}}
	for i, a := range k.actions {
		if k.byKey[a.Scope] == nil {
			k.byKey[a.Scope] = map[string]int{}
		}
		for _, key := range a.Keys {
			if j, taken := k.byKey[a.Scope][key]; taken {
				return nil, &clashError{key: key, scope: a.Scope, one: k.actions[j].ID, two: a.ID}
			}
			k.byKey[a.Scope][key] = i
		}
	}
	return k, nil
}

type clashError struct {
	key      string
	scope    Scope
	one, two ID
}

func (e *clashError) Error() string {
	return fmt.Sprintf("%q is the key of both %s and %s (%s)", e.key, e.one, e.two, e.scope)
}

// Rebind gives actions other keys, as the [keys.SCOPE] tables of a TOML file
// say: action-id = "key" or ["key", "key"]. Clashes and unknown names are
// reported with the line. A tag that the codebook has not is reported too, but the
// rest is bound then: a file may name the tags of several codebooks. Where actions
// hold no tags at all, on the desk, nothing is said of them.
func Rebind(actions []Action, file string, src []byte) ([]Action, error) {
	var doc struct {
		Keys map[string]map[string]any `toml:"keys"`
	}
	if err := toml.Unmarshal(src, &doc); err != nil {
		line := 0
		if d, ok := err.(*toml.DecodeError); ok { //nolint:errorlint // the library returns it bare
			line, _ = d.Position()
		}
		return nil, &ConfigError{File: file, Line: line, Msg: err.Error()}
	}
	out := slices.Clone(actions)
	var strange error // a tag of another codebook
	for _, scope := range slices.Sorted(maps.Keys(doc.Keys)) {
		table := doc.Keys[scope]
		for _, name := range slices.Sorted(maps.Keys(table)) {
			v := table[name]
			line := lineOf(src, scope, name)
			keys, ok := keyList(v)
			if !ok {
				return nil, &ConfigError{file, line, fmt.Sprintf("%s must be a key or a list of keys", name)}
			}
			i := slices.IndexFunc(out, func(a Action) bool { return string(a.Scope) == scope && string(a.ID) == name })
			if tag, ok := strings.CutPrefix(name, string(Tag)+"-"); i < 0 && ok && scope == string(Review) {
				if slices.ContainsFunc(out, func(a Action) bool { return a.Tag != "" }) {
					strange = &ConfigError{file, line, fmt.Sprintf("the codebook here has no tag %q; its key was left out", tag)}
				}
				continue
			}
			if i < 0 {
				return nil, &ConfigError{file, line, fmt.Sprintf("%s has no action %q; `stet help keys` lists them", scope, name)}
			}
			for _, key := range keys {
				if why := badKey(out[i].ID, key); why != "" {
					return nil, &ConfigError{file, line, fmt.Sprintf("%s: %s", name, why)}
				}
			}
			out[i].Keys = keys
			if _, err := New(out[i : i+1]); err != nil {
				return nil, &ConfigError{file, line, err.Error()}
			}
		}
	}
	now, err := New(out)
	if err != nil {
		c := err.(*clashError) //nolint:errorlint,forcetypeassert // New returns nothing else
		return nil, &ConfigError{file, max(lineOf(src, string(c.scope), string(c.one)), lineOf(src, string(c.scope), string(c.two))), c.Error()}
	}
	if err := outOfReach(actions, now, file, src); err != nil {
		return nil, err
	}
	return out, strange
}

// outOfReach finds what nobody could do any more with the keys of now, and could with
// the defaults.
func outOfReach(defaults []Action, now *Keymap, file string, src []byte) error {
	before, err := New(defaults)
	if err != nil {
		return nil //nolint:nilerr // the defaults clash with the codebook: whoever binds them says so
	}
	if act, by, key, found := hidden(before, now); found {
		line := max(lineOf(src, string(Everywhere), string(act.ID)), lineOf(src, string(by.Scope), string(by.ID)))
		return &ConfigError{file, line, fmt.Sprintf("%q is the key of both %s (%s) and %s, which would have none there", key, by.ID, by.Scope, act.ID)}
	}
	help, palette := now.reached(Review, Help), now.reached(Review, Palette)
	if !help && !palette {
		line := max(lineOf(src, string(Everywhere), string(Help)), lineOf(src, string(Everywhere), string(Palette)))
		return &ConfigError{file, line, fmt.Sprintf("neither %s nor %s has a key: what has no key could not be found", Help, Palette)}
	}
	return nil
}

func keyList(v any) ([]string, bool) {
	switch v := v.(type) {
	case string:
		return []string{v}, v != ""
	case []any:
		var keys []string
		for _, k := range v {
			s, ok := k.(string)
			if !ok || s == "" {
				return nil, false
			}
			keys = append(keys, s)
		}
		return keys, true
	}
	return nil, false
}

// Find returns the action of key on a screen: the screen's own first, then
// those of every screen.
func (k *Keymap) Find(screen Scope, key string) (Action, bool) {
	for _, s := range []Scope{screen, Everywhere} {
		if i, ok := k.byKey[s][key]; ok {
			return k.actions[i], true
		}
	}
	return Action{}, false
}

// Get returns an action of a screen by its name.
func (k *Keymap) Get(screen Scope, id ID) (Action, bool) {
	for _, s := range []Scope{screen, Everywhere} {
		for _, a := range k.actions {
			if a.Scope == s && a.ID == id {
				return a, true
			}
		}
	}
	return Action{}, false
}

// KeyOf is the key that people are told to press for an action of a screen: the
// first that means it there, as [Show] gives it; where it has none, how to find it
// among the commands.
func (k *Keymap) KeyOf(screen Scope, id ID) string {
	act, ok := k.Get(screen, id)
	if !ok {
		return string(id)
	}
	if key := k.first(screen, &act); key != "" {
		return Show(key)
	}
	for _, find := range []ID{Palette, Help} { // one of them has a key, see outOfReach
		if list, ok := k.Get(screen, find); ok && find != id {
			if key := k.first(screen, &list); key != "" {
				return Show(key) + " " + act.Hint
			}
		}
	}
	return string(id)
}

// first is the first key of an action that means it on a screen; "" for none.
func (k *Keymap) first(screen Scope, act *Action) string {
	for _, key := range act.Keys {
		if means, ok := k.Find(screen, key); ok && means.ID == act.ID {
			return key
		}
	}
	return ""
}

// Lists is the action that shows the others of a screen: help, or the commands where
// that has no key.
func (k *Keymap) Lists(screen Scope) Action {
	help, _ := k.Get(screen, Help)
	if list, ok := k.Get(screen, Palette); ok && k.first(screen, &help) == "" {
		return list
	}
	return help
}

// Usual is the key of an action, as people are shown it, where nobody has bound another;
// its name where it has none.
func Usual(book *annotations.Codebook, screen Scope, id ID) string {
	for _, a := range Table(book) {
		if a.Scope == screen && a.ID == id && len(a.Keys) > 0 {
			return Show(a.Keys[0])
		}
	}
	return string(id)
}

// Live returns the actions of a screen and those of every screen.
func (k *Keymap) Live(screen Scope) []Action {
	return slices.DeleteFunc(slices.Clone(k.actions), func(a Action) bool { return a.Scope != screen && a.Scope != Everywhere })
}

// Show gives a key as people know it: "space", "↓", "^c".
func Show(key string) string {
	switch key {
	case "down":
		return "↓"
	case "up":
		return "↑"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgdown":
		return "pgdn"
	case "backspace":
		return "bksp"
	}
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok && len(rest) == 1 {
		return "^" + rest
	}
	return key
}
