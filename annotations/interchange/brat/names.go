package brat

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
)

// Types that are not tags.
const (
	typeSource   = "Source"
	typeCue      = "Cue"
	typeContent  = "Content"
	typeUntagged = "Untagged"
)

// Kinds of # lines.
const (
	noteWords       = "AnnotatorNotes"
	noteReviewer    = "Reviewer"
	noteRuling      = "Ruling" // like Reviewer, but a lead decided the tag
	noteEvidence    = "Evidence"
	noteAttribution = "Attribution"
	noteManner      = "Manner"
	noteSentences   = "Sentences" // on the first T line, about the whole text
)

const flagPrefix = "Flag_"

// relations pairs stet's relations with brat's types.
func relations() []struct {
	stet annotations.Relation
	brat string
} {
	return []struct {
		stet annotations.Relation
		brat string
	}{
		{annotations.Disputes, "Disputes"}, {annotations.Supports, "Supports"},
		{annotations.Repeats, "Repeats"}, {annotations.DerivedFrom, "Derived_from"},
	}
}

// names maps the tags and flags of a codebook to brat's names and back.
type names struct {
	tags, flags   map[string]string // ID → name
	types, attrs  map[string]string // name → ID
	order, orderF []string          // names in the codebook's order
}

func namesOf(c *annotations.Codebook) *names {
	n := &names{tags: map[string]string{}, flags: map[string]string{}, types: map[string]string{}, attrs: map[string]string{}}
	taken := map[string]bool{typeSource: true, typeCue: true, typeContent: true, typeUntagged: true}
	for _, t := range c.Tags {
		name := unique(plainName(t.ID), taken)
		n.tags[t.ID], n.types[name] = name, t.ID
		n.order = append(n.order, name)
	}
	taken = map[string]bool{}
	for _, f := range c.Flags {
		name := unique(flagPrefix+safe(f.ID), taken)
		n.flags[f.ID], n.attrs[name] = name, f.ID
		n.orderF = append(n.orderF, name)
	}
	return n
}

// tag names a tag, of another codebook too.
func (n *names) tag(id string) string {
	if name, ok := n.tags[id]; ok {
		return name
	}
	return plainName(id)
}

func (n *names) flag(id string) string {
	if name, ok := n.flags[id]; ok {
		return name
	}
	return flagPrefix + safe(id)
}

func unique(name string, taken map[string]bool) string {
	out := name
	for i := 2; taken[out]; i++ {
		out = fmt.Sprintf("%s_%d", name, i)
	}
	taken[out] = true
	return out
}

// plainName is an ID as a type: a capital letter first.
func plainName(id string) string {
	s := safe(id)
	if s == "" || s[0] >= '0' && s[0] <= '9' || s[0] == '_' {
		return "T_" + s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// safe keeps ASCII letters, digits and underscores.
func safe(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, id)
}
