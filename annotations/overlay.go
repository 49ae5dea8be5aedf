package annotations

import (
	"cmp"
	"slices"
)

// Over is base with what a says in addition or otherwise: its tag and rule, and
// whatever else it does not leave empty. It is how an annotation that another
// program cut down to what it can hold comes back without losing the rest.
func Over(base, a Annotation) Annotation {
	out := base.Clone()
	a = a.Clone()
	if a.Tag != "" && a.Tag != out.Tag {
		out.Tag, out.Rule = a.Tag, a.Rule
	}
	if a.Rule != "" {
		out.Rule = a.Rule
	}
	if len(a.Attributions) > 0 {
		out.Attributions = a.Attributions
	}
	for _, u := range a.Evidence {
		if i := slices.IndexFunc(out.Evidence, func(v Use) bool { return v.ID == u.ID }); i >= 0 {
			out.Evidence[i].Stance = cmp.Or(u.Stance, out.Evidence[i].Stance)
			continue
		}
		out.Evidence = append(out.Evidence, u)
	}
	for _, l := range a.Links {
		if i := slices.IndexFunc(out.Links, func(m Link) bool { return m.To == l.To && m.Relation == l.Relation }); i >= 0 {
			m := &out.Links[i]
			m.Manner, m.Note = cmp.Or(l.Manner, m.Manner), cmp.Or(l.Note, m.Note)
			continue
		}
		out.Links = append(out.Links, l)
	}
	for _, f := range a.Flags {
		if !out.HasFlag(f) {
			out.ToggleFlag(f)
		}
	}
	if a.Note != "" {
		out.Note = a.Note
	}
	if a.Verdict != "" {
		out.Verdict = a.Verdict
	}
	if a.Confidential != nil {
		out.Confidential = a.Confidential
	}
	out.Inside = out.Tag != "" && (out.Inside || a.Inside)
	out.Unsure, out.Check = out.Unsure || a.Unsure, max(out.Check, a.Check)
	out.Codebook = a.Codebook
	return out
}
