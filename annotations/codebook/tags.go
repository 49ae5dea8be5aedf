package codebook

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2/unstable"
	"golang.org/x/text/width"

	"stet.example/stet/annotations"
)

// Reserved holds the keys that the screens need, so that no tag may have them.
// The digits 1 to 9 are among them because they set the tags by order.
const Reserved = "jkgGuUoelmM!vK/nNfyt:?Fqa.123456789"

const (
	minTags  = 2
	maxTags  = 9 // one digit each
	maxShort = 6 // cells
)

// Colors lists the roles that a tag's color may name, in the order in which
// tags without one take them. What each looks like is the theme's business.
func Colors() []string {
	return []string{"green", "orange", "blue", "magenta", "yellow", "cyan", "red", "gray", "white"}
}

func needs() []string {
	return []string{string(annotations.NeedOtherSide), string(annotations.NeedSource), string(annotations.NeedRule)}
}

// tags reads the labels and returns their IDs.
func (r *reader) tags(c *annotations.Codebook, root *node) ids {
	seen := ids{}
	names, keys, letters := map[string]int{}, map[string]int{}, map[string]int{}
	list := r.entries(root, "tags", "tag", "id", "name", "key", "letter", "color", "definition", "needs", "wants")
	if n := len(list); n < minTags || n > maxTags {
		line := root.line
		if n > maxTags {
			line = list[maxTags].line
		}
		r.complain(line, "the codebook has %d tags; it must have at least %d and at most %d, each begun with [[tags]]", n, minTags, maxTags)
	}
	for i, e := range list {
		t := annotations.Tag{
			ID: r.id(e, seen), Name: r.label(e, "name", false), Definition: r.prose(e, "definition", true),
			Key: r.key(e), Letter: r.letter(e), Color: r.color(e, i), Needs: r.needs(e, "needs"), Wants: r.needs(e, "wants"),
		}
		if t.Name == "" {
			t.Name = t.ID
		}
		r.distinct(e, "name", strings.ToLower(t.Name), names)
		r.distinct(e, "key", t.Key, keys)
		r.distinct(e, "letter", t.Letter, letters)
		for _, n := range t.Wants {
			if slices.Contains(t.Needs, n) {
				r.complain(e.lineOf("wants"), "wants names %q, which needs names already; keep one", n)
			}
		}
		c.Tags = append(c.Tags, t)
	}
	return seen
}

// distinct complains when another tag has the same value.
func (r *reader) distinct(e entry, key, value string, seen map[string]int) {
	if value == "" {
		return
	}
	line := e.lineOf(key)
	if before, taken := seen[value]; taken {
		r.complain(line, "the %s %q is taken by the tag on line %d; choose another", key, value, before)
		return
	}
	seen[value] = line
}

func (r *reader) key(e entry) string {
	s := r.text(e, "key", true, maxLabel)
	if s == "" {
		return ""
	}
	switch c, ok := one(s); {
	case !ok || c <= ' ' || c >= 0x7F:
		r.complain(e.lineOf("key"), "key %q is not one printable ASCII character; choose one, such as %q", s, "s")
	case strings.ContainsRune(r.reserved, c):
		r.complain(e.lineOf("key"), "key %q is used by the screen; choose one of %s", s, free())
	default:
		return s
	}
	return ""
}

// free lists the letters that a tag may have for its key.
func free() string {
	var out []string
	for c := 'a'; c <= 'z'; c++ {
		for _, k := range []rune{c, unicode.ToUpper(c)} {
			if !strings.ContainsRune(Reserved, k) {
				out = append(out, string(k))
			}
		}
	}
	return strings.Join(out, " ")
}

func (r *reader) letter(e entry) string {
	s := r.text(e, "letter", true, maxLabel)
	if s == "" {
		return ""
	}
	if c, ok := one(s); ok && (unicode.IsLetter(c) || unicode.IsDigit(c)) && annotations.Visible(s) == s && cells(s) == 1 {
		return s
	}
	r.complain(e.lineOf("letter"), "letter %q is not one letter or digit, one cell wide; choose one, such as %q", s, "S")
	return ""
}

func (r *reader) color(e entry, i int) string {
	s := r.text(e, "color", false, maxLabel)
	if s == "" {
		return Colors()[min(i, maxTags-1)]
	}
	if !slices.Contains(Colors(), s) {
		r.complain(e.lineOf("color"), "color %q is not a role of the theme; choose one of %s", s, strings.Join(Colors(), ", "))
	}
	return s
}

func (r *reader) needs(e entry, key string) []annotations.Need {
	v := e.table[key]
	if v == nil {
		return nil
	}
	if v.kind != unstable.Array {
		r.complain(v.line, "%s must be a list; write %s = [\"source\"]", key, key)
		return nil
	}
	var out []annotations.Need
	for _, item := range v.items {
		n := annotations.Need(item.text)
		switch {
		case item.kind != unstable.String || !slices.Contains(needs(), item.text):
			r.complain(item.line, "%s names %q, which is unknown; choose from %s", key, item.text, quoted(needs()))
		case slices.Contains(out, n):
			r.complain(item.line, "%s names %q twice; keep one", key, item.text)
		default:
			out = append(out, n)
		}
	}
	return out
}

// cells is the width of a label: East Asian wide characters take two cells,
// marks that sit on another character none.
func cells(s string) int {
	n := 0
	for _, c := range s {
		switch k := width.LookupRune(c).Kind(); {
		case unicode.In(c, unicode.Mn, unicode.Me):
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
