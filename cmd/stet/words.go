package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
)

// numbers writes places as people do: 3-5, 8.
func numbers(list []int) string {
	list = slices.Compact(slices.Sorted(slices.Values(list)))
	var parts []string
	for i := 0; i < len(list); {
		k := i
		for k+1 < len(list) && list[k+1] == list[k]+1 {
			k++
		}
		switch {
		case k-i >= 2:
			parts = append(parts, fmt.Sprintf("%d-%d", list[i], list[k]))
		default:
			for j := i; j <= k; j++ {
				parts = append(parts, strconv.Itoa(list[j]))
			}
		}
		i = k + 1
	}
	return strings.Join(parts, ", ")
}

// wording puts annotations into words. It knows the names of articles that
// links lead to.
type wording struct {
	home  annotations.ArticleID
	names func(annotations.ArticleID) string
	place func(annotations.Target) int
	body  string // the article's text, where it is at hand
}

// wordsFor makes the wording for one article of the store.
func (d *desk) wordsFor(ctx context.Context, home annotations.ArticleID) wording {
	known := map[annotations.ArticleID]string{}
	place := func(t annotations.Target) int { return d.number(ctx, t.Article, t.Sentence) }
	return wording{home: home, place: place, names: func(id annotations.ArticleID) string {
		if n, ok := known[id]; ok {
			return n
		}
		name := "article " + id.String()[:8]
		if sum, err := d.Summary(ctx, "", id); err == nil {
			name = sum.Name
		}
		known[id] = name
		return name
	}}
}

func (w wording) target(t annotations.Target) string {
	n := placeWords(w.place(t), t.Sentence)
	if t.Article == w.home {
		return n
	}
	return w.names(t.Article) + ":" + n
}

// targets lists where the links of one relation lead.
func (w wording) targets(a *annotations.Annotation, r annotations.Relation) []string {
	var out []string
	for _, l := range a.Links {
		if l.Relation == r {
			out = append(out, w.target(l.To))
		}
	}
	return out
}

// against names the other side in the text: "against 5, 16".
func (w wording) against(a *annotations.Annotation) string {
	sides := w.targets(a, annotations.Disputes)
	if a.Inside {
		sides = append(sides, "the other side inside it")
	}
	if len(sides) == 0 {
		return ""
	}
	return "against " + strings.Join(sides, ", ")
}

// nothingNew is what became of an annotation that says what it said before.
const nothingNew = "nothing new"

// change says what became of an annotation: "contested against 5, 16 (was
// sourced), rule C-b". Nil stands for nothing said.
func (w wording) change(before, after *annotations.Annotation) string {
	if before == nil {
		before = &annotations.Annotation{}
	}
	if after == nil {
		after = &annotations.Annotation{}
	}
	var parts []string
	side := w.against(after)
	switch {
	case before.Tag != after.Tag:
		parts = append(parts, tagWords(before.Tag, after.Tag, side))
	case side != "" && side != w.against(before):
		parts = append(parts, strings.TrimSpace(after.Tag+" "+side))
	case side == "" && w.against(before) != "":
		parts = append(parts, "no longer "+w.against(before))
	}
	parts = append(parts, w.mannerChanges(before, after)...)
	if before.Rule != after.Rule {
		parts = append(parts, orNone("rule", after.Rule))
	}
	if !slices.EqualFunc(before.Attributions, after.Attributions, annotations.Attribution.Equal) {
		parts = append(parts, orNone("source", sourceWords(after.Attributions)))
	}
	parts = append(parts, w.linkChanges(before, after)...)
	parts = append(parts, markChanges(before, after)...)
	if len(parts) == 0 {
		return nothingNew
	}
	return strings.Join(parts, ", ")
}

// mannerChanges says how after disputes what before disputed in another way.
func (w wording) mannerChanges(before, after *annotations.Annotation) []string {
	var parts []string
	for _, l := range after.Links {
		i := slices.IndexFunc(before.Links, func(was annotations.Link) bool { return was.To == l.To && was.Relation == l.Relation })
		if i >= 0 && before.Links[i].Manner != l.Manner {
			parts = append(parts, orNone("manner", string(l.Manner))+" against "+w.target(l.To))
		}
	}
	return parts
}

func tagWords(before, after, side string) string {
	switch {
	case after == "":
		return "untagged (was " + before + ")"
	case side != "":
		after += " " + side
	}
	if before != "" {
		after += " (was " + before + ")"
	}
	return after
}

func orNone(what, value string) string {
	if value == "" {
		return "no " + what
	}
	return what + " " + value
}

// sourceWords names who vouches.
func sourceWords(list []annotations.Attribution) string {
	var out []string
	for _, at := range list {
		name := at.Name
		if name == "" {
			name = "marked in the text"
		}
		if at.Kind != "" {
			name += " (" + at.Kind + ")"
		}
		out = append(out, name)
	}
	return strings.Join(out, "; ")
}

func (w wording) linkChanges(before, after *annotations.Annotation) []string {
	var parts []string
	for _, r := range []annotations.Relation{annotations.Supports, annotations.Repeats, annotations.DerivedFrom} {
		was, now := w.targets(before, r), w.targets(after, r)
		switch {
		case slices.Equal(was, now):
		case len(now) == 0:
			parts = append(parts, fmt.Sprintf("no longer %s %s", r, strings.Join(was, ", ")))
		default:
			parts = append(parts, fmt.Sprintf("%s %s", r, strings.Join(now, ", ")))
		}
	}
	for _, u := range after.Evidence {
		if !slices.Contains(before.Evidence, u) {
			parts = append(parts, fmt.Sprintf("evidence %s %s", u.ID, u.Stance))
		}
	}
	for _, u := range before.Evidence {
		if !slices.ContainsFunc(after.Evidence, func(v annotations.Use) bool { return v.ID == u.ID }) {
			parts = append(parts, fmt.Sprintf("no evidence %s", u.ID))
		}
	}
	return parts
}

func markChanges(before, after *annotations.Annotation) []string {
	var parts []string
	for _, f := range after.Flags {
		if !before.HasFlag(f) {
			parts = append(parts, "flag "+f)
		}
	}
	for _, f := range before.Flags {
		if !after.HasFlag(f) {
			parts = append(parts, "no flag "+f)
		}
	}
	if before.Note != after.Note {
		parts = append(parts, map[bool]string{true: "note", false: "no note"}[after.Note != ""])
	}
	if before.Verdict != after.Verdict {
		parts = append(parts, orNone("verdict", after.Verdict))
	}
	if (before.Confidential == nil) != (after.Confidential == nil) ||
		before.Confidential != nil && before.Confidential.Digest != after.Confidential.Digest {
		parts = append(parts, map[bool]string{true: "confidential note", false: "no confidential note"}[after.Confidential != nil])
	}
	if before.Unsure != after.Unsure {
		parts = append(parts, map[bool]string{true: "unsure", false: "no longer unsure"}[after.Unsure])
	}
	if before.Check != after.Check {
		parts = append(parts, "second check "+after.Check.String())
	}
	return parts
}

const takenBack = "ruling taken back"

// rulingWords puts a ruling into words; nil is one taken back.
func rulingWords(r *annotations.Ruling) string {
	if r == nil || r.Verdict == "" {
		return takenBack
	}
	s := string(r.Verdict)
	if r.Tag != "" {
		s += " to " + r.Tag
	}
	if r.Rule != "" {
		s += " (" + r.Rule + ")"
	}
	if r.Reviewer != "" {
		s += " on " + r.Reviewer
	}
	if r.Reason != "" {
		s += ": " + r.Reason
	}
	return s
}

// event says what an event did, without when, who and where.
func (w wording) event(e *annotations.Event) string {
	switch e.Kind {
	case annotations.EventImport:
		if e.Meta != nil {
			return fmt.Sprintf("imported from %s, %s", e.Meta.Original.File, plural(e.Meta.Sentences, "sentence"))
		}
	case annotations.EventAnnotate:
		if e.Verb == audit.VerbAnswer || e.Verb == audit.VerbNoted {
			return map[string]string{audit.VerbAnswer: "answered the lead", audit.VerbNoted: "noted the ruling"}[e.Verb]
		}
		return w.said(e)
	case annotations.EventRule:
		words := rulingWords(e.RuleAfter)
		if words == takenBack {
			return words
		}
		return "ruled " + words
	case annotations.EventEvidence:
		if e.Evidence != nil {
			return "evidence " + e.Evidence.ID.String() + " " + evidenceWords(e.Evidence)
		}
	case annotations.EventCodebook:
		return "judged by codebook " + e.Codebook.Short() + " from here on"
	case annotations.EventCut:
		return cutWords(e)
	case annotations.EventTeam:
		return "set the team: " + teamWords(e.Team)
	case annotations.EventAssign:
		if len(e.Assigned) == 0 {
			return "assigned to nobody in particular"
		}
		return "assigned to " + strings.Join(e.Assigned, ", ")
	case annotations.EventFinish:
		if e.Finish != nil {
			return finishWords(e.Finish, e.Actor)
		}
	}
	return e.Kind.String()
}

// said says what an annotation became. One that says what it said before was
// written again for the words that stand there now, as by a split.
func (w wording) said(e *annotations.Event) string {
	words := w.change(e.Before, e.After)
	if words == nothingNew && e.After != nil {
		return strings.TrimPrefix(e.After.Tag+", said again of the words that now stand there", ", ")
	}
	return words
}

// cutWords says what a cut did to the sentence it is about.
func cutWords(e *annotations.Event) string {
	if e.Cut == nil {
		return "cut"
	}
	by := e.Cut.Now.Units - e.Cut.Was.Units
	switch {
	case by > 0:
		return fmt.Sprintf("split; the article has %s now", plural(e.Cut.Now.Units, "sentence"))
	case by < 0:
		return fmt.Sprintf("joined with the next; the article has %s now", plural(e.Cut.Now.Units, "sentence"))
	case len(e.Cut.Touched) > 0:
		return "is of the kind " + e.Cut.Touched[0].Now.String()
	}
	return "cut"
}

// teamWords lists a team.
func teamWords(t *annotations.Team) string {
	if t.Empty() {
		return "no rules, everybody may do everything"
	}
	var out []string
	for _, m := range t.Members {
		out = append(out, m.Name+" ("+string(m.Role)+")")
	}
	if t.Open {
		return strings.Join(out, ", ") + "; everybody sees every tag"
	}
	return strings.Join(out, ", ")
}

func finishWords(f *annotations.Finish, actor string) string {
	words := map[bool]string{true: "finished", false: "open again"}[f.Done]
	if f.Reviewer != actor {
		words += " for " + f.Reviewer
	}
	return words
}

// evidenceWords says where an item is to be found.
func evidenceWords(e *annotations.Evidence) string {
	parts := []string{e.URL}
	if e.URL == "" {
		parts[0] = e.File
	}
	if e.Locator != "" {
		parts = append(parts, e.Locator)
	}
	if e.Quote != "" {
		parts = append(parts, "“"+e.Quote+"”")
	}
	if e.Note != "" {
		parts = append(parts, e.Note)
	}
	return strings.Join(parts, ", ")
}
