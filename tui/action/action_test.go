package action_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
)

func TestTheTableHasNoClashes(t *testing.T) {
	if _, err := action.New(action.Table(codebook.Builtin())); err != nil {
		t.Error(err)
	}
}

func TestEveryActionIsDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range action.Table(codebook.Builtin()) {
		id := string(a.Scope) + " " + string(a.ID)
		if seen[id] {
			t.Errorf("%s is there twice", id)
		}
		seen[id] = true
		if a.Hint == "" || a.Words == "" || a.Group == "" || len(a.Keys) == 0 {
			t.Errorf("%s lacks words, a group or a key: %+v", id, a)
		}
		for _, k := range a.Keys {
			if k == "ctrl+s" || k == "ctrl+q" || strings.HasPrefix(k, "alt+") {
				t.Errorf("%s asks for %s, which terminals keep or lack", id, k)
			}
		}
	}
}

// The README lists the default keys; it must not drift from the table.
func TestTheReadmeListsTheKeys(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, keys, ok := strings.Cut(string(b), "## Keys")
	keys, _, ok2 := strings.Cut(keys, "\n## ")
	if !ok || !ok2 {
		t.Fatal("the README has no section Keys")
	}
	_, lead, ok3 := strings.Cut(string(b), "## The lead")
	lead, _, ok4 := strings.Cut(lead, "\n## ")
	if !ok3 || !ok4 {
		t.Fatal("the README has no section The lead")
	}
	_, ray, ok5 := strings.Cut(string(b), "## Suggestions")
	ray, _, ok6 := strings.Cut(ray, "\n## ")
	if !ok5 || !ok6 {
		t.Fatal("the README has no section Suggestions")
	}
	named := func(section string) map[string]bool {
		out := map[string]bool{}
		for _, m := range regexp.MustCompile("`([^`\\s][^`\n]*)`").FindAllStringSubmatch(section, -1) {
			out[strings.Fields(m[1])[0]] = true
		}
		return out
	}
	inKeys, inLead, inRay := named(keys), named(lead), named(ray)
	checked := 0
	for _, a := range action.Table(codebook.Builtin()) {
		if a.Scope == action.Desk || a.ID == action.Suspend || a.ID == action.Redraw || a.ID == action.First {
			continue
		}
		listed := inKeys
		switch a.Scope {
		case action.Audit, action.Settle:
			listed = inLead
		case action.Comparing:
			listed = inRay
		}
		checked++
		if k := a.Keys[0]; !listed[k] && !listed[action.Show(k)] {
			t.Errorf("the README does not list %s (%s)", k, a.ID)
		}
	}
	if checked < 60 {
		t.Errorf("only %d actions were looked for", checked)
	}
}

func TestRebind(t *testing.T) {
	table := action.Table(codebook.Builtin())
	bound, err := action.Rebind(table, "config.toml", []byte("reviewer = \"ana\"\n\n[keys.review]\nnote = [\"b\", \"f2\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	k, err := action.New(bound)
	if err != nil {
		t.Fatal(err)
	}
	if a, ok := k.Find(action.Review, "b"); !ok || a.ID != action.Note {
		t.Errorf("b is %+v", a)
	}
	if a, ok := k.Find(action.Review, "m"); ok && a.ID == action.Note {
		t.Error("the old key still works")
	}
	for want, src := range map[string]string{
		`c.toml:2: "j" is the key of both`:                               "[keys.review]\nnote = \"j\"\n",
		`c.toml:3: review has no action "notes"`:                         "[keys.review]\n\nnotes = \"b\"\n",
		"c.toml:2: note must be a key or a list":                         "[keys.review]\nnote = 7\n",
		`c.toml:2: desk has no action "note"`:                            "[keys.desk]\nnote = \"b\"\n",
		`c.toml:4: "b" is the key of both`:                               "[keys.review]\nnote = \"b\"\n\nflags = \"b\"\n",
		"c.toml:1: ":                                                     "[keys.review\n",
		`c.toml:2: source: "xx" is no key`:                               "[keys.review]\nsource = \"xx\"\n",
		`c.toml:2: link: " " is no key: write "space"`:                   "[keys.review]\nlink = \" \"\n",
		`c.toml:2: note: "Ctrl+T" is no key: write "ctrl+t"`:             "[keys.review]\nnote = \"Ctrl+T\"\n",
		`c.toml:2: flags: "F5" is no key: write "f5"`:                    "[keys.review]\nflags = \"F5\"\n",
		`c.toml:2: flags: no terminal sends "shift+b": write "B"`:        "[keys.review]\nflags = \"shift+b\"\n",
		`c.toml:2: note: "PageDown" is no key: write "pgdown"`:           "[keys.review]\nnote = \"PageDown\"\n",
		`c.toml:2: note: "esc" always means cancel`:                      "[keys.review]\nnote = \"esc\"\n",
		`c.toml:2: codebook: "ctrl+c" always means quit`:                 "[keys.review]\ncodebook = [\"K\", \"ctrl+c\"]\n",
		`c.toml:2: "s" is the key of both tag-sourced (review) and help`: "[keys.everywhere]\nhelp = \"s\"\n",
		`c.toml:2: "q" is the key of both note (review) and back`:        "[keys.review]\nnote = \"q\"\n",
		`c.toml:3: neither help nor palette has a key`:                   "[keys.everywhere]\nhelp = []\npalette = []\n",
	} {
		if _, err := action.Rebind(table, "c.toml", []byte(src)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v; want %s", src, err, want)
		}
	}
}

// Whatever the names of keys that a file may give, the action is reached by them; and
// where a key is hidden on one screen only, the others that the file gives do.
func TestRebindTakesEveryKeyThatTerminalsSend(t *testing.T) {
	for _, key := range []string{"b", "é", "ß", "港", "space", "f5", "f63", "ctrl+r", "ctrl+x", "alt+x", "ctrl+alt+x", "shift+tab", "ctrl+up", "pgdown", "insert", "+", "ctrl++", "\\"} {
		table := slices.DeleteFunc(action.Table(codebook.Builtin()), func(a action.Action) bool { return slices.Contains(a.Keys, key) && a.ID != action.Note })
		bound, err := action.Rebind(table, "c.toml", []byte("[keys.review]\nnote = '"+key+"'\n"))
		if err != nil {
			t.Errorf("%q: %v", key, err)
			continue
		}
		k, err := action.New(bound)
		if err != nil {
			t.Fatal(err)
		}
		if a, ok := k.Find(action.Review, key); !ok || a.ID != action.Note {
			t.Errorf("%q is %s", key, a.ID)
		}
	}
	bound, err := action.Rebind(action.Table(codebook.Builtin()), "c.toml", []byte("[keys.everywhere]\nhelp = [\"s\", \"f1\"]\nquit = \"ctrl+x\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	k, err := action.New(bound)
	if err != nil {
		t.Fatal(err)
	}
	if key := k.KeyOf(action.Review, action.Help); key != "f1" {
		t.Errorf("people are told to press %q", key)
	}
}

// A file may name the tags of several codebooks, and is read on the desk too, where
// there are none.
func TestTagsOfAnotherCodebookAreLeftOut(t *testing.T) {
	src := []byte("[keys.review]\ntag-sourced = \"d\"\ntag-verified = \"v\"\nnote = \"b\"\n")
	bound, err := action.Rebind(action.Table(nil), "c.toml", src)
	if err != nil || bound == nil {
		t.Errorf("on the desk: %v", err)
	}
	bound, err = action.Rebind(action.Table(codebook.Builtin()), "c.toml", src)
	if err == nil || err.Error() != `c.toml:3: the codebook here has no tag "verified"; its key was left out` {
		t.Errorf("in an article: %v", err)
	}
	k, err := action.New(bound)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]action.ID{"d": "tag-sourced", "b": action.Note, "v": action.Spans} {
		if a, ok := k.Find(action.Review, key); !ok || a.ID != want {
			t.Errorf("%s is %+v; want %s", key, a, want)
		}
	}
	if got := k.KeyOf(action.Review, "tag-sourced"); got != "d" {
		t.Errorf("people are told to press %q", got)
	}
}

// A team's codebook was written before the screen had a key for flags; its own
// key must go on working.
func TestATagTakesItsKeyFromTheScreen(t *testing.T) {
	book := &annotations.Codebook{Tags: []annotations.Tag{{ID: "wrong", Name: "wrong", Key: "w"}, {ID: "none", Name: "none", Key: "0"}}}
	k, err := action.New(action.Table(book))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]action.ID{"w": "tag-wrong", "0": "tag-none", "m": action.Note} {
		if a, ok := k.Find(action.Review, key); !ok || a.ID != want {
			t.Errorf("%q is %s", key, a.ID)
		}
	}
	if a, ok := k.Get(action.Review, action.Flags); !ok || len(a.Keys) != 0 {
		t.Errorf("flags: %+v", a)
	}
}
