package codebook

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"

	"stet.example/stet/annotations"
)

// Limits on one field, in bytes.
const (
	maxID    = 64
	maxLabel = 128
	maxProse = 16 << 10
)

// entry is a table of the file with the words that messages call it by.
type entry struct {
	*node
	what string // "tag", "rule" …
}

// codebook reads the whole file. What comes back is sound only when no mistake
// was noted.
func (r *reader) codebook(root *node) *annotations.Codebook {
	top := entry{root, "codebook"}
	r.refuse(top, "name", "version", "language", "unit", "questions", "tags", "rules", "flags", "source_kinds", "examples")
	c := &annotations.Codebook{
		Name:     r.label(top, "name", true),
		Version:  r.label(top, "version", true),
		Language: r.label(top, "language", false),
		Unit:     r.prose(top, "unit", false),
	}
	if c.Language != "" && !languageTag(c.Language) {
		r.complain(top.lineOf("language"), "language %q is not a language tag; write one like \"en\" or \"pt-BR\"", c.Language)
	}
	for _, e := range r.entries(root, "questions", "question", "ask", "then") {
		c.Questions = append(c.Questions, annotations.Question{Ask: r.prose(e, "ask", true), Then: r.prose(e, "then", true)})
	}
	tags := r.tags(c, root)
	rules := r.rules(c, root, tags)
	r.flags(c, root)
	r.sourceKinds(c, root)
	r.examples(c, root, tags, rules)
	return c
}

func (r *reader) rules(c *annotations.Codebook, root *node, tags ids) ids {
	seen := ids{}
	for _, e := range r.entries(root, "rules", "rule", "id", "tag", "name", "words") {
		id := r.id(e, seen)
		rule := annotations.Rule{ID: id, Name: r.label(e, "name", true), Words: r.prose(e, "words", true), Tag: r.known(e, "tag", tags, "tag")}
		c.Rules = append(c.Rules, rule)
	}
	return seen
}

func (r *reader) flags(c *annotations.Codebook, root *node) {
	seen := ids{}
	for _, e := range r.entries(root, "flags", "flag", "id", "words") {
		c.Flags = append(c.Flags, annotations.Flag{ID: r.id(e, seen), Words: r.prose(e, "words", true)})
	}
}

func (r *reader) sourceKinds(c *annotations.Codebook, root *node) {
	seen := ids{}
	for _, e := range r.entries(root, "source_kinds", "source kind", "id", "short", "words") {
		k := annotations.SourceKind{ID: r.id(e, seen), Short: r.label(e, "short", true), Words: r.prose(e, "words", true)}
		if n := cells(k.Short); n > maxShort {
			r.complain(e.lineOf("short"), "short %q is %d cells wide; use at most %d", k.Short, n, maxShort)
		}
		c.SourceKinds = append(c.SourceKinds, k)
	}
}

func (r *reader) examples(c *annotations.Codebook, root *node, tags, rules ids) {
	for _, e := range r.entries(root, "examples", "example", "text", "tag", "rule", "why") {
		x := annotations.Example{Text: r.prose(e, "text", true), Why: r.prose(e, "why", true), Tag: r.known(e, "tag", tags, "tag")}
		if e.table["rule"] != nil {
			x.Rule = r.known(e, "rule", rules, "rule")
		}
		if rule := c.Rule(x.Rule); rule != nil && x.Tag != "" && rule.Tag != x.Tag {
			r.complain(e.lineOf("rule"), "rule %q decides for the tag %q, this example has %q; change one of them", x.Rule, rule.Tag, x.Tag)
		}
		c.Examples = append(c.Examples, x)
	}
}

// entries returns the tables of a list such as [[tags]], and refuses keys that
// do not belong into one.
func (r *reader) entries(root *node, key, what string, known ...string) []entry {
	list := root.table[key]
	if list == nil {
		return nil
	}
	if list.kind != unstable.Array {
		r.complain(list.line, "%s must be a list; begin each %s with [[%s]]", key, what, key)
		return nil
	}
	var out []entry
	for _, n := range list.items {
		if n.kind != unstable.Table {
			r.complain(n.line, "%s must hold tables; begin each %s with [[%s]]", key, what, key)
			continue
		}
		e := entry{n, what}
		r.refuse(e, known...)
		out = append(out, e)
	}
	return out
}

// refuse complains of keys that are not among known.
func (r *reader) refuse(e entry, known ...string) {
	for _, k := range e.unknown(known) {
		article := "a"
		if strings.ContainsAny(e.what[:1], "aeiou") {
			article = "an"
		}
		r.complain(e.lineOf(k), "unknown key %q in %s %s; known are %s", k, article, e.what, strings.Join(known, ", "))
	}
}

// lineOf is the line of a key of e, or of e itself when it has no such key.
func (e entry) lineOf(key string) int {
	if v := e.table[key]; v != nil {
		return v.line
	}
	return e.line
}

// text returns the string under key, trimmed of white space.
func (r *reader) text(e entry, key string, required bool, limit int) string {
	v := e.table[key]
	if v == nil {
		if required {
			r.complain(e.line, "the %s has no %s; add %s = \"…\"", e.what, key, key)
		}
		return ""
	}
	if v.kind != unstable.String {
		r.complain(v.line, "%s must be a string; put it in quotation marks", key)
		return ""
	}
	s := strings.TrimSpace(v.text)
	switch {
	case s == "" && required:
		r.complain(v.line, "%s is empty; write something or leave the %s out", key, e.what)
	case len(s) > limit:
		r.complain(v.line, "%s is %d bytes long; use at most %d", key, len(s), limit)
		return ""
	}
	return s
}

// prose returns a text that may run over several lines.
func (r *reader) prose(e entry, key string, required bool) string {
	s := r.text(e, key, required, maxProse)
	for _, c := range s {
		if c < 0x20 && c != '\n' && c != '\t' || c >= 0x7F && c < 0xA0 {
			r.complain(e.lineOf(key), "%s holds the control character %U; take it out", key, c)
			break
		}
	}
	return s
}

// label returns a text that stands in a column or a title.
func (r *reader) label(e entry, key string, required bool) string {
	s := r.text(e, key, required, maxLabel)
	if strings.ContainsAny(s, "\n\t") || annotations.Visible(s) != s {
		r.complain(e.lineOf(key), "%s %q holds a line break, a control or an invisible character; take it out", key, s)
	}
	return s
}

// ids maps the lower-cased IDs of a list to where each was set.
type ids map[string]place

type place struct {
	id   string
	line int
}

// id returns the ID of e and notes it in seen.
func (r *reader) id(e entry, seen ids) string {
	s := r.text(e, "id", true, maxID)
	if s == "" {
		return ""
	}
	line := e.lineOf("id")
	if !soundID(s) {
		r.complain(line, "id %q is not made of ASCII letters, digits, dots, hyphens and underscores, beginning with a letter or digit", s)
		return s
	}
	if p, taken := seen[strings.ToLower(s)]; taken {
		r.complain(line, "the %s id %q is taken by the one on line %d; choose another", e.what, s, p.line)
		return s
	}
	seen[strings.ToLower(s)] = place{s, line}
	return s
}

// known returns the ID under key, which must be one of seen.
func (r *reader) known(e entry, key string, seen ids, what string) string {
	s := r.text(e, key, true, maxID)
	if s == "" {
		return ""
	}
	p, ok := seen[strings.ToLower(s)]
	switch {
	case !ok:
		r.complain(e.lineOf(key), "this %s names the %s %q, which the codebook does not have; correct it or add it", e.what, what, s)
	case p.id != s:
		r.complain(e.lineOf(key), "this %s names the %s %q, which is written %q; write it so", e.what, what, s, p.id)
	}
	return s
}

func soundID(s string) bool {
	for i := range len(s) {
		c := s[i]
		alnum := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !alnum && (i == 0 || c != '.' && c != '-' && c != '_') {
			return false
		}
	}
	return s != ""
}

// languageTag reports whether s has the form of a BCP 47 tag.
func languageTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) == 0 || len(part) > 8 || i == 0 && len(part) < 2 || !soundID(part) || strings.ContainsAny(part, "._") {
			return false
		}
	}
	return true
}

// one returns the only rune of s.
func one(s string) (rune, bool) {
	c, n := utf8.DecodeRuneInString(s)
	return c, n > 0 && n == len(s)
}

func quoted(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = fmt.Sprintf("%q", s)
	}
	return strings.Join(out, ", ")
}
