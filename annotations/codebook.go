package annotations

import "slices"

// Codebook is a tagging scheme: what a reviewer may say, and when.
type Codebook struct {
	Name        string
	Version     string
	Language    string
	Hash        Hash   // SHA-256 of Source
	Source      []byte // the TOML it was read from, byte for byte
	Unit        string // what counts as one unit, in words
	Questions   []Question
	Tags        []Tag
	Rules       []Rule
	Flags       []Flag
	SourceKinds []SourceKind
	Examples    []Example
}

// Need is something a tag is not complete without.
type Need string

// The needs a codebook can state.
const (
	NeedOtherSide Need = "other side" // a link, an evidence item or "inside this sentence"
	NeedSource    Need = "source"     // an attribution that names or marks a source
	NeedRule      Need = "rule"       // the rule that decided
)

// Tag is one of the labels; a sentence has exactly one.
type Tag struct {
	ID         string
	Name       string // as shown, one or two words
	Key        string // one printable character that sets it
	Letter     string // one character for narrow columns, distinct within the codebook
	Color      string // role in the theme: "green", "orange", "blue" …
	Definition string
	Needs      []Need // unfinished until named
	Wants      []Need // good to have; the finish list shows it
}

// Rule is a numbered reason for a tag.
type Rule struct {
	ID    string // "C-a"
	Tag   string
	Name  string // one or two words
	Words string // the rule itself
}

// Flag is a mark beside the tag that feeds work lists.
type Flag struct {
	ID    string
	Words string
}

// SourceKind is a sort of voucher.
type SourceKind struct {
	ID    string
	Short string // at most 6 cells, for narrow columns
	Words string
}

// Question is one step of the decision, asked in order.
type Question struct {
	Ask  string
	Then string
}

// Example is a worked case.
type Example struct {
	Text string
	Tag  string
	Rule string
	Why  string
}

// Tag returns the tag with this ID, or nil.
func (c *Codebook) Tag(id string) *Tag { return find(c.Tags, func(t *Tag) bool { return t.ID == id }) }

// Rule returns the rule with this ID, or nil.
func (c *Codebook) Rule(id string) *Rule {
	return find(c.Rules, func(r *Rule) bool { return r.ID == id })
}

// SourceKind returns the source kind with this ID, or nil.
func (c *Codebook) SourceKind(id string) *SourceKind {
	return find(c.SourceKinds, func(k *SourceKind) bool { return k.ID == id })
}

// Flag returns the flag with this ID, or nil.
func (c *Codebook) Flag(id string) *Flag {
	return find(c.Flags, func(f *Flag) bool { return f.ID == id })
}

// RulesFor returns the rules that decide for a tag, in the codebook's order.
func (c *Codebook) RulesFor(tag string) []Rule {
	var out []Rule
	for _, r := range c.Rules {
		if r.Tag == tag {
			out = append(out, r)
		}
	}
	return out
}

func find[T any](list []T, ok func(*T) bool) *T {
	for i := range list {
		if ok(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// Missing lists what the annotation's tag still needs, and then what it would
// be good to have. A tag with a need open is unfinished.
func (c *Codebook) Missing(a *Annotation) (needs, wants []Need) {
	t := c.Tag(a.Tag)
	if t == nil {
		return nil, nil
	}
	open := func(n Need) bool { return !n.Met(a) }
	return filter(t.Needs, open), filter(t.Wants, open)
}

func filter(in []Need, keep func(Need) bool) []Need {
	return slices.DeleteFunc(slices.Clone(in), func(n Need) bool { return !keep(n) })
}

// Met reports whether an annotation has what n asks for. A need that this version
// does not know is met.
func (n Need) Met(a *Annotation) bool {
	switch n {
	case NeedOtherSide:
		return a.NamesOtherSide()
	case NeedSource:
		return a.NamesSource()
	case NeedRule:
		return a.Rule != ""
	}
	return true
}
