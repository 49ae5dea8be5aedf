package review

import (
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// unit draws one unit: mark, number, letter, word, text, links.
func (s *Screen) unit(i, text, w int) []string {
	t, m := s.view.look.Theme, s.view.look.Meter
	a := s.said(i)
	lines := s.wrap(i).rows
	role := theme.Plain
	switch {
	case i == s.cur && w < barred:
		role = theme.Current
	case !s.shown(i) && i != s.cur:
		role = theme.Dim
	case s.sentence(i).Kind == annotations.KindHeading:
		role = theme.Strong
	}
	marks := s.marksOf(i)
	gutter := s.gutter(w)
	head := s.head(i, a, w)
	rows := make([]string, len(lines))
	for n, line := range lines {
		lead := head
		if n > 0 {
			lead = s.margin(i, n, gutter, w)
		}
		switch {
		case len(marks) > 0:
			rows[n] = lead + s.painted(line, s.rowSpan(i, n), marks, role)
		case s.found && i == s.cur:
			rows[n] = lead + s.marked(line, role)
		default:
			rows[n] = lead + t.In(role, line)
		}
	}
	links := s.links(i, a)
	last := len(rows) - 1
	room := text - 1 - gutter - m.Width(lines[last]) - m.Width(links)
	also := s.beyond(i, room-1)
	rows[last] += also
	if links != "" {
		if free := room - m.Width(stripped(also)); free >= 1 {
			rows[last] += cells.Blanks(free) + t.In(theme.Dim, links)
		} else {
			links = m.Cut(links, max(text-gutter-1, 4))
			rows = append(rows, cells.Blanks(text-1-m.Width(links))+t.In(theme.Dim, links))
		}
	}
	return rows
}

// head is " >19 C rhet  ": letters and words say what colour says too.
func (s *Screen) head(i int, a *annotations.Annotation, w int) string {
	t, m := s.view.look.Theme, s.view.look.Meter
	mark := "  "
	num := theme.Dim
	switch {
	case i == s.cur:
		mark, num = " >", theme.Current
	case s.anchor >= 0 && i >= min(s.anchor, s.cur) && i <= max(s.anchor, s.cur):
		mark, num = " |", theme.Current
	}
	letter, role := s.letter(i, a)
	out := t.In(num, mark+m.Left(strconv.Itoa(i+1), s.digits())) + s.companion(i) + t.In(role, letter) + t.In(stateRole(s.state(i, a)), s.state(i, a)) + " "
	if w < barred {
		return out
	}
	return out + t.In(theme.Dim, m.Pad(s.short(i, a), 6)) + s.bar(i)
}

// barred is the width from which a bar before its rows says which sentence is under
// judgement, not heavy type: so a step sends a few cells instead of two sentences, and
// what is marked in the sentence stands out in it.
const barred = 70

// bar is the two cells before the text.
func (s *Screen) bar(i int) string {
	if i == s.cur {
		return "│ "
	}
	return "  "
}

func (s *Screen) letter(i int, a *annotations.Annotation) (string, theme.Role) {
	if a == nil || a.Tag == "" {
		if sug := s.suggested(i); sug != nil {
			return strings.ToLower(s.doc.Book.Tag(sug.Tag).Letter), theme.Dim
		}
		if !s.sentence(i).Kind.Required() {
			return "-", theme.Dim
		}
		return "·", theme.Dim
	}
	if tag := s.doc.Book.Tag(a.Tag); tag != nil {
		return tag.Letter, theme.ForColor(tag.Color)
	}
	return "?", theme.Bad
}

// state is one character: … being saved, ? unsure, ! unfinished, ~ suggested only,
// # said of other words.
func (s *Screen) state(i int, a *annotations.Annotation) string {
	switch {
	case s.busy[i] > 0:
		return "…"
	case s.suggested(i) != nil:
		return "~"
	case a == nil:
		return " "
	case s.stale(i):
		return "#"
	case a.Unsure:
		return "?"
	}
	if needs, _ := s.doc.Book.Missing(a); len(needs) > 0 {
		return "!"
	}
	return " "
}

// stateRole is how a state is drawn: what is only proposed must not call out.
func stateRole(state string) theme.Role {
	if state == "~" || state == "…" {
		return theme.Dim
	}
	return theme.Bad
}

// short is the one word that matters most beside the letter, at most 6 cells.
func (s *Screen) short(i int, a *annotations.Annotation) string {
	if a == nil || a.Tag == "" {
		if sug := s.suggested(i); sug != nil {
			return s.shortSuggestion(sug)
		}
		switch s.sentence(i).Kind {
		case annotations.KindHeading:
			return "head"
		case annotations.KindCaption:
			return "capt"
		case annotations.KindDateline:
			return "date"
		case annotations.KindSpeaker:
			return "who"
		}
		return ""
	}
	for _, l := range a.Links {
		switch l.Manner {
		case annotations.Direct:
			return "direct"
		case annotations.Rhetorical:
			return "rhet"
		case annotations.Partial:
			return "partly"
		}
	}
	if a.Inside {
		return "inside"
	}
	if len(a.Attributions) > 0 {
		if k := s.doc.Book.SourceKind(a.Attributions[0].Kind); k != nil {
			return k.Short
		}
	}
	if len(a.Flags) > 0 {
		return strings.NewReplacer("_", "", "unsourced", "unsrc").Replace(a.Flags[0])
	}
	return ""
}

// maxIncoming is how many sentences that dispute one are named beside it.
const maxIncoming = 40

// links is "vs 5 16 18" and "<- 19", at the right of a unit.
func (s *Screen) links(i int, a *annotations.Annotation) string {
	var vs, other []string
	away := 0 // disputed in other articles
	if a != nil {
		for _, l := range a.Links {
			to := "elsewhere"
			if l.To.Article == s.Article() {
				if to = strconv.Itoa(s.place(l.To.Sentence) + 1); to == "0" {
					to = "gone" // it was joined with another since
				}
			}
			switch {
			case l.Relation == annotations.Disputes && to == "elsewhere":
				away++
			case l.Relation == annotations.Disputes:
				vs = append(vs, to)
			default:
				other = append(other, map[annotations.Relation]string{
					annotations.Supports: "supports ", annotations.Repeats: "repeats ", annotations.DerivedFrom: "from ",
				}[l.Relation]+to)
			}
		}
	}
	switch {
	case away == 1:
		vs = append(vs, "elsewhere")
	case away > 1:
		vs = append(vs, fmt.Sprintf("%d elsewhere", away))
	}
	var parts []string
	if len(vs) > 0 {
		parts = append(parts, "vs "+strings.Join(vs, " "))
	}
	parts = append(parts, other...)
	if in := s.tally.incoming[i]; len(in) > 0 {
		nums := make([]string, min(len(in), maxIncoming))
		for n := range nums {
			nums[n] = strconv.Itoa(in[n] + 1)
		}
		if more := len(in) - len(nums); more > 0 {
			nums = append(nums, fmt.Sprintf("and %d more", more))
		}
		parts = append(parts, "<- "+strings.Join(nums, " "))
	}
	return strings.Join(parts, "  ")
}

// marked draws a row with what is searched for standing out.
func (s *Screen) marked(line string, role theme.Role) string {
	t := s.view.look.Theme
	var out strings.Builder
	from := 0
	for _, hit := range dialog.Find(line, s.search) {
		out.WriteString(t.In(role, line[from:hit[0]]) + t.In(theme.Match, line[hit[0]:hit[1]]))
		from = hit[1]
	}
	return out.String() + t.In(role, line[from:])
}
