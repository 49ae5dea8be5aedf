package review

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

func stripped(row string) string { return ansi.Strip(row) }

// fact is a label and what stands behind it.
type fact struct {
	label, text string
	role        theme.Role
}

// facts are what is known of the current sentence, the most important first.
func (s *Screen) facts() []fact {
	a := s.said(s.cur)
	if a == nil {
		a = &annotations.Annotation{}
	}
	var out []fact
	add := func(label, text string, role theme.Role) {
		if text != "" {
			out = append(out, fact{label, text, role})
		}
	}
	add("beside", s.doc.Beside[s.doc.Article.Units[s.cur].ID], theme.Plain)
	if sug := s.suggested(s.cur); sug != nil {
		add("suggested", s.why(sug), theme.Dim)
	}
	if s.stale(s.cur) {
		add("cut", "said of other words: the sentence was cut since", theme.Bad)
	}
	if needs, _ := s.doc.Book.Missing(a); len(needs) > 0 {
		add("unfinished", "no "+joinNeeds(needs)+" named yet", theme.Bad)
	}
	add("source", s.sourceWords(a), theme.Plain)
	add("rule", s.ruleWords(a), theme.Plain)
	add("ruling", s.rulingWords(), theme.Plain)
	add("flags", strings.Join(a.Flags, ", "), theme.Plain)
	add("evidence", s.evidenceWords(a), theme.Plain)
	add("links", s.awayWords(a), theme.Plain)
	if a.Inside {
		add("other side", "inside this sentence", theme.Plain)
	}
	if a.Unsure {
		add("unsure", "the lead is asked", theme.Bad)
	}
	if a.Check != annotations.CheckNone {
		add("second check", a.Check.String(), theme.Plain)
	}
	add("verdict", a.Verdict, theme.Plain)
	add("note", a.Note, theme.Plain)
	if a.Confidential != nil {
		add("confidential", "there is a note beside the log", theme.Plain)
	}
	if len(out) > 0 { // where nothing is known yet, what to do comes first
		add(hereLabel, strings.Join(s.othersOn(s.cur), ", "), theme.Dim)
	}
	return out
}

func (s *Screen) sourceWords(a *annotations.Annotation) string {
	var parts []string
	for _, at := range a.Attributions {
		words := s.sourceName(&at)
		if k := s.doc.Book.SourceKind(at.Kind); k != nil {
			words += ", " + strings.ReplaceAll(k.ID, "_", " ")
		}
		if at.Count > 0 {
			words += fmt.Sprintf(", %d of them", at.Count)
		}
		if at.Hops > 1 {
			words += ", via another outlet"
		}
		if at.Terms != "" {
			words += ", " + at.Terms
		}
		parts = append(parts, strings.TrimPrefix(words, ", "))
	}
	return strings.Join(parts, " · ")
}

func (s *Screen) ruleWords(a *annotations.Annotation) string {
	r := s.doc.Book.Rule(a.Rule)
	if r == nil {
		return ""
	}
	return r.ID + " " + r.Name + ": " + r.Words
}

func (s *Screen) rulingWords() string {
	r, ok := s.doc.Rulings[s.doc.Article.Units[s.cur].ID]
	if !ok || r.Verdict == "" {
		return ""
	}
	words := string(r.Verdict) + " " + r.Tag + " by " + r.By
	if r.Reason != "" {
		words += ": " + r.Reason
	}
	return words
}

func (s *Screen) evidenceWords(a *annotations.Annotation) string {
	var parts []string
	for _, u := range a.Evidence {
		e := s.doc.Evidence[u.ID]
		e.ID = u.ID
		parts = append(parts, string(u.Stance)+" "+Cite(&e))
	}
	return strings.Join(parts, " · ")
}

// details draws the facts: beside the text each wrapped under its label, below
// it on as few rows as they fit.
func (s *Screen) details(l dialog.Look, w int, beside bool) []string {
	facts := s.facts()
	if len(facts) == 0 && beside {
		var rows []string
		for _, row := range dialog.Wrapped(l, s.nothing(), w-2) {
			rows = append(rows, " "+l.Theme.In(theme.Dim, row))
		}
		return rows
	}
	if len(facts) == 0 {
		return []string{l.Theme.In(theme.Dim, l.Meter.Cut("  "+s.nothing(), w))}
	}
	if beside {
		return s.column(l, facts, w)
	}
	var rows []string
	row, used := "", 0
	for _, f := range facts {
		text := annotations.Visible(f.text)
		need := 2 + len(f.label) + 2 + l.Meter.Width(text)
		if used > 0 && used+need > w {
			rows, row, used = append(rows, row), "", 0
		}
		text = l.Meter.Cut(text, max(w-used-len(f.label)-4, 1))
		row += "  " + l.Theme.In(theme.Dim, f.label) + "  " + l.Theme.In(f.role, text)
		used += 2 + len(f.label) + 2 + l.Meter.Width(text)
	}
	return append(rows, row)
}

func (s *Screen) nothing() string {
	u := s.doc.Article.Units[s.cur]
	if a := s.said(s.cur); a != nil && a.Tag != "" {
		parts := make([]string, 0, 6)
		for _, id := range []action.ID{action.Source, action.Rule, action.Evidence, action.Link, action.Flags, action.Note} {
			parts = append(parts, s.key(id)+" "+string(id))
		}
		return "nothing more said yet: " + strings.Join(parts, ", ")
	}
	if !u.Kind.Required() {
		return "a " + u.Kind.String() + ": it may be tagged, it need not be"
	}
	return "not tagged yet"
}

func (s *Screen) column(l dialog.Look, facts []fact, w int) []string {
	var rows []string
	for i, f := range facts {
		if i > 0 {
			rows = append(rows, "")
		}
		rows = append(rows, " "+l.Theme.In(theme.Dim, f.label))
		for _, row := range dialog.Wrapped(l, f.text, w-3) {
			rows = append(rows, "  "+l.Theme.In(f.role, row))
		}
	}
	return rows
}

// codebookPage is the codebook beside the sentence: its tag first, then the
// others, then how to decide, then examples.
func (s *Screen) codebookPage() *dialog.Page {
	b := s.doc.Book
	own := ""
	if a := s.said(s.cur); a != nil {
		own = a.Tag
	}
	p := &dialog.Page{Title: fmt.Sprintf("Codebook %s, version %s", annotations.Visible(b.Name), annotations.Visible(b.Version))}
	for _, first := range []bool{true, false} {
		for _, t := range b.Tags {
			if (t.ID == own) == first {
				p.Paras = append(p.Paras, tagParas(b, t)...)
			}
		}
	}
	if b.Unit != "" {
		p.Paras = append(p.Paras, dialog.Para{Head: "One unit", Text: b.Unit, Role: theme.Strong})
	}
	for _, q := range b.Questions {
		p.Paras = append(p.Paras, dialog.Para{Head: q.Ask, Text: q.Then, Role: theme.Strong})
	}
	for _, e := range b.Examples {
		head := e.Tag
		if e.Rule != "" {
			head += ", " + e.Rule
		}
		p.Paras = append(p.Paras, dialog.Para{Head: "Example: " + head, Text: e.Text, Role: theme.Strong}, dialog.Para{Text: e.Why, Close: true})
	}
	return p
}

func tagParas(b *annotations.Codebook, t annotations.Tag) []dialog.Para {
	paras := []dialog.Para{{Head: fmt.Sprintf("%s  %s (key %s)", t.Letter, t.Name, t.Key), Text: t.Definition, Role: theme.ForColor(t.Color)}}
	for _, r := range b.RulesFor(t.ID) {
		paras = append(paras, dialog.Para{Text: r.ID + " " + r.Name + ": " + r.Words, Close: true})
	}
	return paras
}
