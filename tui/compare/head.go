package compare

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// headRows say what the rewrite did as a whole, the gravest first: as many rows as
// the height allows, and where there is room one with a sign for each sentence of
// the original.
func (s *Screen) headRows(l dialog.Look, w, h int) []string {
	c := s.doc.Report.Counts()
	var rows []string
	add := func(role theme.Role, words string) {
		rows = append(rows, l.Theme.In(role, l.Meter.Cut(" "+annotations.Visible(words), w)))
	}
	if grave := s.graveWords(&c); grave != "" {
		lines := dialog.Wrapped(l, grave, w-2)
		if most := max(h/8, 1); len(lines) > most {
			lines = append(lines[:most-1:most-1], strings.Join(lines[most-1:], " "))
		}
		for _, line := range lines {
			add(theme.Bad, line)
		}
	}
	add(theme.Strong, s.leftWords(&c))
	if h >= 9 {
		add(theme.Plain, fmt.Sprintf("rewrite %d: %d word for word, %d reworded, %d altered, %d new", c.Rewrite, c.Verbatim, c.Reworded, c.Altered, c.New))
	}
	if words := changeCounts(&c); h >= 14 && words != "" {
		add(theme.Plain, words)
	}
	if h >= 16 {
		if strip := s.strip(l, w); strip != "" {
			rows = append(rows, strip)
		}
	}
	if h >= 12 {
		rows = append(rows, s.ruleRow(l, w))
	}
	return rows[:max(min(len(rows), h-3), 0)]
}

// graveWords is the verdict on claims whose support was cut; "" for none.
func (s *Screen) graveWords(c *report.Counts) string {
	if c.Orphans == 0 {
		return ""
	}
	words := "! The rewrite drops the evidence and keeps the claim"
	if c.Orphans > 1 {
		words = fmt.Sprintf("! The rewrite drops the evidence and keeps %d claims", c.Orphans)
	}
	var parts []string
	for _, o := range s.doc.Report.Result.Orphans {
		p := fmt.Sprintf("%d is kept, what vouches for it is cut (%s)", o.A+1, report.Numbers(o.Support))
		if len(o.Against) > 0 {
			p += fmt.Sprintf(", and what speaks against it (%s)", report.Numbers(o.Against))
		}
		parts = append(parts, p)
	}
	return words + ": " + strings.Join(parts, "; ")
}

func (s *Screen) leftWords(c *report.Counts) string {
	words := fmt.Sprintf("original %d: %d left out", c.Original, c.LeftOut)
	var parts []string
	for _, id := range slices.SortedFunc(maps.Keys(c.ByTag), func(x, y string) int {
		return cmp.Or(cmp.Compare(c.ByTag[y], c.ByTag[x]), cmp.Compare(x, y))
	}) {
		name := "untagged"
		if id != "" {
			letter, full := s.tag(id)
			name = letter + " " + full
		}
		parts = append(parts, fmt.Sprintf("%d %s", c.ByTag[id], name))
	}
	if len(parts) > 0 {
		words += ": " + strings.Join(parts, ", ")
	}
	switch c.Proposed {
	case 0:
	case c.LeftOut - c.ByTag[""]:
		words += " (~ suggested)"
	default:
		words += fmt.Sprintf(" (~ %d suggested)", c.Proposed)
	}
	return words
}

func changeCounts(c *report.Counts) string {
	var parts []string
	for _, k := range report.Kinds() {
		if n := c.Changes[string(k)]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s %d", report.Letter(k), report.Words(k), n))
		}
	}
	return strings.Join(parts, " · ")
}

// strip has a sign for each sentence of the original: "─" for one that is a source
// of something, the letter of its tag for one that was left out, "·" where that has
// no tag. It is empty where they do not fit a row.
func (s *Screen) strip(l dialog.Look, w int) string {
	const label = " kept ─, left out by tag  "
	n := len(s.doc.Report.A.Side.Units)
	if n == 0 || len(label)+n+2 > w {
		return ""
	}
	signs := make([]string, n)
	roles := make([]theme.Role, n)
	for i := range signs {
		signs[i], roles[i] = "─", theme.Dim
	}
	for _, i := range s.doc.Report.Result.LeftOut {
		signs[i], roles[i] = "·", theme.Plain
		for k := range s.doc.Tags {
			if t := &s.doc.Tags[k]; t.ID == s.doc.Report.A.Tag(i) {
				signs[i], roles[i] = annotations.Visible(t.Letter), theme.ForColor(t.Color)
			}
		}
	}
	row := l.Theme.In(theme.Dim, label)
	for from := 0; from < n; {
		to := from
		for to < n && roles[to] == roles[from] {
			to++
		}
		row += l.Theme.In(roles[from], strings.Join(signs[from:to], ""))
		from = to
	}
	if width(l, row) > w {
		return ""
	}
	return row
}

// ruleRow parts the head from the texts; where they stand side by side it says
// which is which.
func (s *Screen) ruleRow(l dialog.Look, w int) string {
	if w < wideAt {
		return rule(l, w)
	}
	each := (w - gutter - 4) / 2
	names := [2]string{"original", "rewrite"}
	if s.lead == original {
		names[0] += " (in its order)"
	} else {
		names[1] += " (in its order)"
	}
	left := " " + strings.Repeat("─", gutter-2) + " " + names[0] + " "
	left += strings.Repeat("─", max(gutter+each-l.Meter.Width(left), 0)) + "─┬─"
	right := " " + names[1] + " "
	return l.Theme.In(theme.Dim, left+right+strings.Repeat("─", max(w-1-l.Meter.Width(left+right), 0)))
}
