package codebook

import (
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// Delta names what one list of a codebook lost and won, by ID. Added and
// Changed stand in the order of the new codebook, Removed in that of the old.
type Delta struct {
	Added   []string
	Removed []string
	Changed []string // same ID, other content
}

// Empty reports whether the list is the same in both.
func (d Delta) Empty() bool { return len(d.Added)+len(d.Removed)+len(d.Changed) == 0 }

// Changes is the difference between two codebooks as far as annotations can
// feel it. What is removed may be in use: an article cannot be judged by the
// new codebook until nothing of it is left.
type Changes struct {
	Tags        Delta
	Rules       Delta
	Flags       Delta
	SourceKinds Delta
}

// Diff tells how b differs from a.
func Diff(a, b *annotations.Codebook) Changes {
	return Changes{
		Tags:        delta(a.Tags, b.Tags, func(t annotations.Tag) string { return t.ID }, sameTag),
		Rules:       delta(a.Rules, b.Rules, func(r annotations.Rule) string { return r.ID }, equal[annotations.Rule]),
		Flags:       delta(a.Flags, b.Flags, func(f annotations.Flag) string { return f.ID }, equal[annotations.Flag]),
		SourceKinds: delta(a.SourceKinds, b.SourceKinds, func(k annotations.SourceKind) string { return k.ID }, equal[annotations.SourceKind]),
	}
}

// Empty reports whether nothing differs that an annotation could feel.
func (c Changes) Empty() bool {
	return c.Tags.Empty() && c.Rules.Empty() && c.Flags.Empty() && c.SourceKinds.Empty()
}

// Lines describes the changes for people, one line for each list and manner:
// "tags removed: contextual".
func (c Changes) Lines() []string {
	var out []string
	for _, l := range []struct {
		name string
		d    Delta
	}{{"tags", c.Tags}, {"rules", c.Rules}, {"flags", c.Flags}, {"source kinds", c.SourceKinds}} {
		for _, m := range []struct {
			how string
			ids []string
		}{{"added", l.d.Added}, {"removed", l.d.Removed}, {"changed", l.d.Changed}} {
			if len(m.ids) > 0 {
				out = append(out, l.name+" "+m.how+": "+strings.Join(m.ids, ", "))
			}
		}
	}
	return out
}

func delta[T any](a, b []T, id func(T) string, same func(x, y T) bool) Delta {
	was, is := map[string]T{}, map[string]bool{}
	for _, x := range a {
		was[id(x)] = x
	}
	var d Delta
	for _, y := range b {
		is[id(y)] = true
		switch x, had := was[id(y)]; {
		case !had:
			d.Added = append(d.Added, id(y))
		case !same(x, y):
			d.Changed = append(d.Changed, id(y))
		}
	}
	for _, x := range a {
		if !is[id(x)] {
			d.Removed = append(d.Removed, id(x))
		}
	}
	return d
}

func equal[T comparable](x, y T) bool { return x == y }

func sameTag(x, y annotations.Tag) bool {
	return x.ID == y.ID && x.Name == y.Name && x.Key == y.Key && x.Letter == y.Letter && x.Color == y.Color &&
		x.Definition == y.Definition && slices.Equal(x.Needs, y.Needs) && slices.Equal(x.Wants, y.Wants)
}
