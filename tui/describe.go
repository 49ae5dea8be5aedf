package tui

import (
	"strings"

	"stet.example/stet/annotations"
)

// Describe says in a few words what an event did: "tag contested (was
// sourced)", "undo of tag".
func Describe(e *annotations.Event) string {
	words := e.Verb
	if words == "" {
		words = e.Kind.String()
	}
	switch {
	case e.After != nil:
		was := ""
		if e.Before != nil {
			was = e.Before.Tag
		}
		if e.After.Tag != was {
			words += " " + tagOr(e.After.Tag)
			if was != "" {
				words += " (was " + was + ")"
			}
		} else {
			words += detail(e.Verb, e.After)
		}
	case e.RuleAfter != nil:
		words = strings.TrimSpace("ruling " + string(e.RuleAfter.Verdict) + " " + e.RuleAfter.Tag)
	case e.Meta != nil:
		words += " " + e.Meta.Name
	}
	switch e.Mode {
	case annotations.Undo:
		words = "undo of " + words
	case annotations.Redo:
		words = "redo of " + words
	}
	return words
}

// detail is what an act that left the tag as it was set; "" where its verb says all
// that has room on a line.
func detail(verb string, a *annotations.Annotation) string {
	var parts []string
	switch verb {
	case "source":
		for _, at := range a.Attributions {
			if at.Name != "" {
				parts = append(parts, at.Name)
			}
		}
	case "rule":
		if a.Rule != "" {
			parts = []string{a.Rule}
		}
	case "flags":
		parts = a.Flags
	case "unsure":
		return map[bool]string{true: " on", false: " off"}[a.Unsure]
	default:
		return ""
	}
	if len(parts) == 0 {
		return " none"
	}
	return " " + strings.Join(parts, ", ")
}

func tagOr(tag string) string {
	if tag == "" {
		return "none"
	}
	return tag
}
