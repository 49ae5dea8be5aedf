package brat

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations/interchange/internal/standoff"
)

// configuration is the annotation.conf for all pages: types that it does not
// declare, brat does not show.
func configuration(pages []*standoff.Page) string {
	var tags, flags, rules []string
	add := func(list *[]string, names ...string) {
		for _, n := range names {
			if !slices.Contains(*list, n) {
				*list = append(*list, n)
			}
		}
	}
	for _, p := range pages {
		n := namesOf(p.Codebook)
		add(&tags, n.order...)
		add(&flags, n.orderF...)
		for _, r := range p.Codebook.Rules {
			add(&rules, r.ID)
		}
		for i := range p.Answers {
			a := &p.Answers[i]
			if a.Tag != "" {
				add(&tags, n.tag(a.Tag))
			}
			if a.Rule != "" {
				add(&rules, a.Rule)
			}
			if a.Record != nil {
				for _, f := range a.Record.Flags {
					add(&flags, n.flag(f))
				}
			}
		}
	}
	var b strings.Builder
	b.WriteString("[entities]\n")
	for _, t := range append(tags, typeUntagged, typeSource, typeCue, typeContent) {
		fmt.Fprintln(&b, t)
	}
	b.WriteString("\n[relations]\n")
	for _, r := range relations() {
		fmt.Fprintf(&b, "%s\tArg1:<ENTITY>, Arg2:<ENTITY>\n", r.brat)
	}
	for _, part := range []string{typeSource, typeCue, typeContent} {
		fmt.Fprintf(&b, "Has_%s\tArg1:<ENTITY>, Arg2:%s\n", strings.ToLower(part), part)
	}
	// Spans of attributions lie over those of sentences, and over each other.
	b.WriteString("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n")
	b.WriteString("\n[events]\n\n[attributes]\n")
	for _, f := range append(flags, "Unsure", "Inside") {
		fmt.Fprintf(&b, "%s\tArg:<ENTITY>\n", f)
	}
	b.WriteString("Check\tArg:<ENTITY>, Value:wanted|done\n")
	if len(rules) > 0 {
		fmt.Fprintf(&b, "Rule\tArg:<ENTITY>, Value:%s\n", strings.Join(rules, "|"))
	}
	return b.String()
}
