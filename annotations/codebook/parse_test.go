package codebook

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
)

// twoTags is the smallest codebook; problems are planted by replacing in it.
const twoTags = `name = "desk"
version = "3"
[[tags]]
id = "yes"
key = "y1"
letter = "Y"
definition = "It is so."
[[tags]]
id = "no"
key = "0"
letter = "N"
definition = "It is not."
[[rules]]
id = "R-1"
tag = "yes"
name = "first"
words = "When it is so."
[[flags]]
id = "odd"
words = "Looks odd."
[[source_kinds]]
id = "person"
short = "pers"
words = "A person."
[[examples]]
text = "It rains."
tag = "yes"
rule = "R-1"
why = "Look out of the window."
`

// sound is twoTags with a key that may be used.
var sound = strings.Replace(twoTags, `"y1"`, `"w"`, 1)

func TestASmallCodebookIsReadWithItsDefaults(t *testing.T) {
	c, err := Parse("desk.toml", []byte(sound))
	if err != nil {
		t.Fatal(err)
	}
	if c.Tags[0].Name != "yes" || c.Tags[0].Color != Colors()[0] || c.Tags[1].Color != Colors()[1] {
		t.Errorf("defaults: name %q, colours %q and %q", c.Tags[0].Name, c.Tags[0].Color, c.Tags[1].Color)
	}
	if string(c.Source) != sound || c.Hash != annotations.HashOf(sound) {
		t.Error("the source is not kept byte for byte")
	}
}

func TestFormsOfTOMLThatSayTheSameAreReadTheSame(t *testing.T) {
	inline := `name = "desk"
version = "3"
rules = [{id = "R-1", tag = "yes", name = "first", words = "When it is so."}]
tags = [
  # in order
  {id = "yes", key = "w", letter = "Y", definition = "It is so."},
  {id = "no", key = "0", letter = "N", definition = "It is not."},
]
flags = [{"id" = 'odd', words = """
Looks odd."""}]
source_kinds = [{id = "person", short = "pers", words = "A person."}]
`
	want, err := Parse("a", []byte(sound))
	if err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]string{
		"inline tables": inline, "byte order mark": "\ufeff" + sound, "Windows line ends": strings.ReplaceAll(sound, "\n", "\r\n"),
	} {
		got, err := Parse("b", []byte(src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := Diff(want, got); !d.Empty() {
			t.Errorf("%s: differs: %q", name, d.Lines())
		}
	}
}

// wrong lists mistakes: what stands in place of what, and the message.
var wrong = []struct{ name, old, with, want string }{
	{"no TOML", `[[tags]]`, `[[tags]`, "desk.toml:3: expected ']]' to close array table name; correct the TOML here"},
	{"key set twice", "version = \"3\"\n", "version = \"3\"\nversion = \"4\"\n", "desk.toml:3: key version is already defined"},
	{"slip of the pen", `definition = "It is so."`, `defintion = "It is so."`, `desk.toml:7: unknown key "defintion" in a tag; known are id,`},
	{"a slip in an example", `why = "Look out of the window."`, "why = \"Look out of the window.\"\nwho = \"ana\"", `desk.toml:30: unknown key "who" in an example; known are text,`},
	{"unknown key at the top", `name = "desk"`, `nam = "desk"`, `desk.toml:1: unknown key "nam" in a codebook`},
	{"no version", "version = \"3\"\n", "", `desk.toml:1: the codebook has no version; add version = "…"`},
	{"empty version", `version = "3"`, `version = " "`, "desk.toml:2: version is empty"},
	{"number for a string", `version = "3"`, `version = 3`, "desk.toml:2: version must be a string; put it in quotation marks"},
	{"missing definition", "definition = \"It is so.\"\n", "", `desk.toml:3: the tag has no definition; add definition = "…"`},
	{"one tag", "[[tags]]\nid = \"no\"\nkey = \"0\"\nletter = \"N\"\ndefinition = \"It is not.\"\n", "", "desk.toml:1: the codebook has 1 tags; it must have at least 2 and at most 9"},
	{"ten tags", "[[rules]]", strings.Repeat("[[tags]]\n", 8) + "[[rules]]", "desk.toml:20: the codebook has 10 tags"},
	{"id of two tags", `id = "no"`, `id = "Yes"`, `desk.toml:9: the tag id "Yes" is taken by the one on line 4; choose another`},
	{"id with a blank", `id = "no"`, `id = "no no"`, `desk.toml:9: id "no no" is not made of ASCII letters`},
	{"id that begins with a hyphen", `id = "odd"`, `id = "-odd"`, `desk.toml:19: id "-odd" is not made of ASCII letters`},
	{"key of the screen", `key = "w"`, `key = "j"`, `desk.toml:5: key "j" is used by the screen; choose one of A b B c C`},
	{"digit for a key", `key = "w"`, `key = "2"`, `desk.toml:5: key "2" is used by the screen`},
	{"two characters for a key", `key = "w"`, `key = "ww"`, `desk.toml:5: key "ww" is not one printable ASCII character`},
	{"accented key", `key = "w"`, `key = "é"`, `desk.toml:5: key "é" is not one printable ASCII character`},
	{"blank key", `key = "w"`, `key = " "`, `desk.toml:5: key is empty`},
	{"control key", `key = "w"`, `key = "\u0001"`, `desk.toml:5: key "\x01" is not one printable ASCII character`},
	{"same key", `key = "0"`, `key = "w"`, `desk.toml:10: the key "w" is taken by the tag on line 5; choose another`},
	{"same letter", `letter = "N"`, `letter = "Y"`, `desk.toml:11: the letter "Y" is taken by the tag on line 6; choose another`},
	{"same name", "id = \"no\"\n", "id = \"no\"\nname = \"YES\"\n", `desk.toml:10: the name "yes" is taken by the tag on line 3; choose another`},
	{"wide letter", `letter = "N"`, `letter = "漢"`, `desk.toml:11: letter "漢" is not one letter or digit, one cell wide`},
	{"letter with a mark", `letter = "N"`, `letter = "e\u0301"`, "desk.toml:11: letter \"e\u0301\" is not one letter or digit"},
	{"unknown colour", `letter = "N"`, "letter = \"N\"\ncolor = \"puce\"", `desk.toml:12: color "puce" is not a role of the theme; choose one of green,`},
	{"unknown need", `letter = "N"`, "letter = \"N\"\nneeds = [\n\"source\",\n\"luck\"]", `desk.toml:14: needs names "luck", which is unknown; choose from "other side", "source", "rule"`},
	{"need twice", `letter = "N"`, "letter = \"N\"\nneeds = [\"rule\", \"rule\"]", `desk.toml:12: needs names "rule" twice`},
	{"need that is a want", `letter = "N"`, "letter = \"N\"\nneeds = [\"rule\"]\nwants = [\"rule\"]", `desk.toml:13: wants names "rule", which needs names already`},
	{"need that is no list", `letter = "N"`, "letter = \"N\"\nneeds = \"rule\"", `desk.toml:12: needs must be a list`},
	{"rule of an unknown tag", "id = \"R-1\"\ntag = \"yes\"", "id = \"R-1\"\ntag = \"maybe\"", `desk.toml:15: this rule names the tag "maybe", which the codebook does not have`},
	{"rule in other letters", "id = \"R-1\"\ntag = \"yes\"", "id = \"R-1\"\ntag = \"YES\"", `desk.toml:15: this rule names the tag "YES", which is written "yes"`},
	{"example of an unknown tag", "text = \"It rains.\"\ntag = \"yes\"", "text = \"It rains.\"\ntag = \"maybe\"", `desk.toml:27: this example names the tag "maybe"`},
	{"example of an unknown rule", `rule = "R-1"`, `rule = "R-2"`, `desk.toml:28: this example names the rule "R-2"`},
	{"example against its rule", "text = \"It rains.\"\ntag = \"yes\"", "text = \"It rains.\"\ntag = \"no\"", `desk.toml:28: rule "R-1" decides for the tag "yes", this example has "no"`},
	{"long short form", `short = "pers"`, `short = "persona"`, `desk.toml:23: short "persona" is 7 cells wide; use at most 6`},
	{"wide short form", `short = "pers"`, `short = "证人证言"`, `desk.toml:23: short "证人证言" is 8 cells wide`},
	{"escape in a name", `name = "first"`, `name = "\u001b[31m"`, `desk.toml:16: name "\x1b[31m" holds a line break, a control or an invisible character`},
	{"hidden override in a name", `name = "first"`, `name = "a\u202eb"`, `desk.toml:16: name "a\u202eb" holds`},
	{"control in prose", `words = "Looks odd."`, `words = "Looks\u001b odd."`, `desk.toml:20: words holds the control character U+001B; take it out`},
	{"table for a list", "[[flags]]", "[flags]", `desk.toml:18: flags must be a list; begin each flag with [[flags]]`},
	{"odd language", `version = "3"`, "version = \"3\"\nlanguage = \"English please\"", `desk.toml:3: language "English please" is not a language tag`},
	{"not UTF-8", `"It is not."`, "\"\xff\"", "desk.toml:12: is not UTF-8 here; save the file in that encoding"},
}

func plant(old, with string) string { return strings.Replace(sound, old, with, 1) }

func TestEveryMistakeIsNamedWithItsLine(t *testing.T) {
	for _, w := range wrong {
		t.Run(w.name, func(t *testing.T) {
			src := plant(w.old, w.with)
			if src == sound {
				t.Fatal("nothing was planted")
			}
			c, err := Parse("desk.toml", []byte(src))
			if err == nil || c != nil {
				t.Fatalf("accepted")
			}
			if !slices.ContainsFunc(strings.Split(err.Error(), "\n"), func(l string) bool { return strings.HasPrefix(l, w.want) }) {
				t.Errorf("got  %v\nwant %s", err, w.want)
			}
			var e *Error
			if !errors.As(err, &e) || e.File != "desk.toml" || e.Line == 0 {
				t.Errorf("no place in %#v", err)
			}
		})
	}
}

func TestAllMistakesAreToldInOrder(t *testing.T) {
	src := plant(`key = "w"`, `key = "j"`)
	src = strings.Replace(src, `letter = "N"`, `letter = "NN"`, 1)
	src = strings.Replace(src, `words = "Looks odd."`, "", 1)
	_, err := Parse("desk.toml", []byte(src))
	if err == nil {
		t.Fatal("accepted")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], ":5:") || !strings.Contains(lines[1], ":11:") || !strings.Contains(lines[2], ":18:") {
		t.Errorf("got %q", lines)
	}
}

func TestAFloodOfMistakesIsCountedNotListed(t *testing.T) {
	_, err := Parse("desk.toml", []byte(sound+strings.Repeat("[[flags]]\n", 200)))
	if err == nil {
		t.Fatal("accepted")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != maxProblems+1 || !strings.Contains(lines[maxProblems], "350 more mistakes") {
		t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
	}
}

func TestHugeAndHostileFilesAreRefusedQuickly(t *testing.T) {
	for name, src := range map[string]string{
		"too long":             strings.Repeat("#", MaxSize+1),
		"deep table":           "[" + strings.Repeat("a.", 200_000) + "a]",
		"many deep tables":     strings.Repeat("[["+strings.Repeat("a.", 500)+"a]]\n", 1000),
		"deep array":           "a = " + strings.Repeat("[", 500_000),
		"deep closed array":    "a = " + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000),
		"a flood of keys":      flood(60_000),
		"a flood in one line":  "a = {" + strings.ReplaceAll(flood(60_000), "\n", ",") + "z=1}",
		"a flood of tags":      strings.Repeat("[[tags]]\n", 110_000),
		"a flood of bad needs": "[[tags]]\nneeds=[" + strings.Repeat("'a',", 200_000) + "]",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if _, err := Parse("x.toml", []byte(src)); err == nil {
				t.Error("accepted")
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func flood(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("k")
		b.WriteString(strings.Repeat("x", i%7))
		b.WriteString(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26)) + string(rune('a'+i/17576)) + "=1\n")
	}
	return b.String()
}

func TestReservedHoldsTheDigitsAndLeavesTheBuiltInKeysAlone(t *testing.T) {
	for c := '1'; c <= '9'; c++ {
		if !strings.ContainsRune(Reserved, c) {
			t.Errorf("digit %c is not reserved", c)
		}
	}
	for _, tag := range Builtin().Tags {
		if strings.Contains(Reserved, tag.Key) {
			t.Errorf("the key %q of %s is reserved", tag.Key, tag.ID)
		}
	}
}

func TestACodebookOfAnEarlierVersionIsReadAlthoughItsKeyIsReservedNow(t *testing.T) {
	src := []byte(plant(`key = "w"`, `key = "j"`))
	if _, err := Parse("old.toml", src); err == nil {
		t.Error("a new codebook may take a key of the screen")
	}
	c, err := Reparse("old.toml", src)
	if err != nil || c.Tags[0].Key != "j" {
		t.Errorf("an old one is refused: %v", err)
	}
	if _, err := Reparse("old.toml", []byte(plant(`key = "w"`, `key = "é"`))); err == nil {
		t.Error("the other rules are not kept")
	}
}

func TestParseSaysWhereAFileIsWrong(t *testing.T) {
	if c, err := Parse("good.toml", []byte(sound)); err != nil || c.Name != "desk" {
		t.Errorf("good file: %v", err)
	}
	for src, want := range map[string]string{twoTags: "bad.toml:5: key", strings.Repeat("#", MaxSize+1): "is longer than"} {
		if _, err := Parse("bad.toml", []byte(src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20s: %v, want %q", src, err, want)
		}
	}
}

func TestDiffNamesWhatAnotherCodebookLacksAndAdds(t *testing.T) {
	a, err := Parse("a", []byte(sound))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse("b", []byte(strings.NewReplacer("It is so.", "It is.", `id = "odd"`, `id = "strange"`, `"R-1"`, `"R-9"`).Replace(sound)))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"tags changed: yes", "rules added: R-9", "rules removed: R-1", "flags added: strange", "flags removed: odd"}
	if got := Diff(a, b).Lines(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if d := Diff(a, a); !d.Empty() || d.Lines() != nil {
		t.Errorf("a codebook differs from itself: %q", d.Lines())
	}
}

func FuzzParse(f *testing.F) {
	seeds := []string{sound, twoTags, string(builtinSource), "", "[[tags]]", "a=[{b.c=[1,'x']}]", "tags.x=1\n[[tags.y]]"}
	for _, w := range wrong {
		seeds = append(seeds, plant(w.old, w.with))
	}
	if len(seeds) < 40 {
		f.Fatalf("only %d seeds", len(seeds))
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		c, err := Parse("f", src)
		if err != nil {
			if c != nil {
				t.Fatal("a codebook and an error")
			}
			return
		}
		if len(c.Tags) < minTags || len(c.Tags) > maxTags || c.Hash != annotations.HashOf(string(src)) {
			t.Fatalf("accepted %d tags", len(c.Tags))
		}
		keys := map[string]bool{}
		for _, tag := range c.Tags {
			if keys[tag.Key] || len(tag.Key) != 1 || strings.Contains(Reserved, tag.Key) || tag.Definition == "" || c.Tag(tag.ID) == nil {
				t.Fatalf("accepted the tag %+v", tag)
			}
			keys[tag.Key] = true
		}
		for _, r := range c.Rules {
			if c.Tag(r.Tag) == nil {
				t.Fatalf("rule %q of no tag", r.ID)
			}
		}
		again, err := Parse("f", c.Source)
		if err != nil || !Diff(c, again).Empty() {
			t.Fatalf("its own source does not give it again: %v", err)
		}
	})
}

// A long text whose end was forgotten runs on to the next quotation marks. Only the
// line there was named, dozens of lines below the mistake.
func TestALongTextWithoutItsEndIsNamedWhereItBegins(t *testing.T) {
	long := strings.Replace(sound, `"It is so."`, "\"\"\"\nIt is so,\nas said.\"\"\"", 1)
	long = strings.Replace(long, `"It is not."`, "\"\"\"\nIt is not.\"\"\"", 1)
	if _, err := Parse("desk.toml", []byte(long)); err != nil {
		t.Fatal(err)
	}
	_, err := Parse("desk.toml", []byte(strings.Replace(long, "as said.\"\"\"", "as said.", 1)))
	if want := `begins with """ on line 7: it ends on line 14`; err == nil || !strings.HasPrefix(err.Error(), "desk.toml:15:") || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	_, err = Parse("desk.toml", []byte(strings.Replace(long, `name = "first"`, `name = first`, 1)))
	if err == nil || strings.Contains(err.Error(), "ends on") {
		t.Errorf("another mistake is explained by a long text: %v", err)
	}
}
