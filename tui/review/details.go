package review

import (
	"fmt"
	"slices"
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
	add("beside", s.doc.Beside[s.sentence(s.cur).ID], theme.Plain)
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
	add("cue", s.cueWords(a), theme.Plain) // in the sentence a colour alone says which words it is
	add(ruleLabel, s.ruleWords(a), theme.Plain)
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
			words += ", " + kindName(k)
		} else if words == "" && len(at.Cue)+len(at.Content) > 0 {
			words = "not named, only its words are marked"
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

// cueWords are the words that say that somebody says it, of each source.
func (s *Screen) cueWords(a *annotations.Annotation) string {
	var parts []string
	for _, at := range a.Attributions {
		var words []string
		for _, sp := range at.Cue {
			words = append(words, oneLine(s.in(sp)))
		}
		if len(words) > 0 {
			parts = append(parts, "“"+strings.Join(words, " … ")+"”")
		}
	}
	return strings.Join(parts, " · ")
}

// kindName is what people call a kind of source.
func kindName(k *annotations.SourceKind) string { return strings.ReplaceAll(k.ID, "_", " ") }

func (s *Screen) ruleWords(a *annotations.Annotation) string {
	r := s.doc.Book.Rule(a.Rule)
	if r == nil {
		return ""
	}
	return r.ID + " " + r.Name + ": " + r.Words
}

func (s *Screen) rulingWords() string {
	r, ok := s.doc.Rulings[s.sentence(s.cur).ID]
	if !ok || r.Verdict == "" {
		return ""
	}
	words := string(r.Verdict)
	if r.Tag != "" { // a query names none
		words += " " + r.Tag
	}
	words += " by " + r.By
	if r.OfOtherWords(s.text(s.cur)) {
		words += " (made on other words: the sentence was cut since)"
	}
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

// details draws the facts on at most room rows: beside the text each wrapped under its
// label, below it as many to a row as fit. What has no room is counted, and where to
// read it is said.
func (s *Screen) details(l dialog.Look, w, room int, beside bool) []string {
	facts := s.facts()
	s.view.hidden = false
	switch {
	case len(facts) == 0 && beside:
		var rows []string
		for _, row := range dialog.Wrapped(l, s.nothing(), w-2) {
			rows = append(rows, " "+l.Theme.In(theme.Dim, row))
		}
		return rows
	case len(facts) == 0:
		return []string{l.Theme.In(theme.Dim, l.Meter.Cut("  "+s.nothing(), w))}
	case beside:
		rows := s.column(l, facts, w, true)
		if len(rows) > room {
			rows = s.column(l, brief(facts), w, true)
		}
		if len(rows) > room {
			rows = s.column(l, brief(facts), w, false)
		}
		if s.view.hidden = len(rows) > room; s.view.hidden {
			rows = append(rows[:room-1], l.Theme.In(theme.Key, l.Meter.Cut(" … "+s.key(action.History)+" shows all", w)))
		}
		return rows
	}
	rows, shown, whole := s.strip(l, facts, w, room, w)
	if shown < len(facts) {
		rows, shown, whole = s.strip(l, brief(facts), w, room, w)
	}
	if shown < len(facts) { // each says less, so that more of them are seen
		rows, shown, whole = s.strip(l, brief(facts), w, room, max((w-4)/2, 16))
	}
	s.view.hidden = shown < len(facts) || !whole
	return rows
}

// brief are facts without the words of the rule, which are the codebook's and a key away.
func brief(facts []fact) []fact {
	out := slices.Clone(facts)
	for i := range out {
		if out[i].label == ruleLabel {
			out[i].text, _, _ = strings.Cut(out[i].text, ": ")
		}
	}
	return out
}

const ruleLabel = "rule"

// inFull are the facts as the history shows them, where the screen had no room for all.
func (s *Screen) inFull() []dialog.Para {
	out := []dialog.Para{{Head: "As it stands now", Role: theme.Strong, Close: true}}
	for _, f := range brief(s.facts()) {
		out = append(out, dialog.Para{Text: f.label + ": " + f.text, Close: true})
	}
	return out
}

// strip draws facts in rows, each on at most most cells, and says how many of them have
// room, and whether nothing of these was cut but the words of the rule. Where not all have
// room, the last row ends with how many are left.
func (s *Screen) strip(l dialog.Look, facts []fact, w, room, most int) (rows []string, shown int, whole bool) {
	row, used := "", 0
	whole = true
	for i, f := range facts {
		text := annotations.Visible(f.text)
		lead := 2 + l.Meter.Width(f.label) + 2
		text = l.Meter.Cut(text, max(most-lead, 1))
		end := "" // what must have room after it, on the last row
		if left := len(facts) - i; len(rows) == room-1 && left > 1 {
			end = s.andMore(left - 1)
		}
		if used > 0 && used+lead+l.Meter.Width(text)+l.Meter.Width(end) > w {
			if len(rows) == room-1 {
				return append(rows, row+l.Theme.In(theme.Key, s.andMore(len(facts)-i))), i, whole
			}
			rows, row, used = append(rows, row), "", 0
			if left := len(facts) - i; len(rows) == room-1 && left > 1 {
				end = s.andMore(left - 1)
			}
		}
		text = l.Meter.Cut(text, max(w-used-lead-l.Meter.Width(end), 1))
		whole = whole && (f.label == ruleLabel || text == annotations.Visible(f.text))
		row += "  " + l.Theme.In(theme.Dim, f.label) + "  " + l.Theme.In(f.role, text)
		used += lead + l.Meter.Width(text)
	}
	return append(rows, row), len(facts), whole
}

// andMore says how many facts have no room, and which key shows them.
func (s *Screen) andMore(n int) string {
	return fmt.Sprintf("  +%d more: %s shows them", n, s.key(action.History))
}

func (s *Screen) nothing() string {
	u := s.sentence(s.cur)
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

// column draws the facts one under the other, with a blank row between two where there
// is room for it.
func (s *Screen) column(l dialog.Look, facts []fact, w int, apart bool) []string {
	var rows []string
	for i, f := range facts {
		if i > 0 && apart {
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
	p := &dialog.Page{Title: fmt.Sprintf("Codebook %s, version %s", annotations.Visible(b.Name), annotations.Visible(b.Version)), Again: s.key(action.Codebook), Beside: true}
	for _, first := range []bool{true, false} {
		for _, t := range b.Tags {
			if (t.ID == own) == first {
				p.Paras = append(p.Paras, s.tagParas(t)...)
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

func (s *Screen) tagParas(t annotations.Tag) []dialog.Para {
	paras := []dialog.Para{{Head: fmt.Sprintf("%s  %s (key %s)", t.Letter, t.Name, s.key(action.Tag+"-"+action.ID(t.ID))), Text: t.Definition, Role: theme.ForColor(t.Color)}}
	for _, r := range s.doc.Book.RulesFor(t.ID) {
		paras = append(paras, dialog.Para{Text: r.ID + " " + r.Name + ": " + r.Words, Close: true})
	}
	return paras
}
