package compare

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// run is text in one role. Its text may hold anything.
type run struct {
	text string
	role theme.Role
}

// plainRuns are sentences as they stand, without marks.
func plainRuns(t *report.Text, list []int) []run {
	parts := make([]string, len(list))
	for k, i := range list {
		parts[k] = squeeze(t.Claim(i))
	}
	return []run{{strings.Join(parts, " "), theme.Plain}}
}

// woven is both texts in one, or one of them: with what was taken out marked, with
// what was put in marked, or with both.
func woven(parts []report.Part, was, now bool) []run {
	var out []run
	for _, p := range parts {
		switch {
		case p.Kind == report.Same && now:
			out = append(out, run{p.Text, theme.Plain})
		case p.Kind == report.Same:
			out = append(out, run{p.Old, theme.Plain})
		case p.Kind == report.Was && was:
			out = marked(out, p.Text, "[-", "-]", theme.Red)
		case p.Kind == report.Now && now:
			out = marked(out, p.Text, "{+", "+}", theme.Green)
		}
	}
	return out
}

// marked adds words in marks; the blank before them stays outside.
func marked(out []run, text, open, shut string, role theme.Role) []run {
	if rest, ok := strings.CutPrefix(text, " "); ok {
		out, text = append(out, run{" ", theme.Plain}), rest
	}
	return append(out, run{open + text + shut, role})
}

// wrap breaks runs into rows of at most w cells, each run styled by itself.
func wrap(l dialog.Look, runs []run, w int) []string {
	var b strings.Builder
	ends := make([]int, len(runs))
	for i, r := range runs {
		text := annotations.Visible(r.text)
		if b.Len() == 0 {
			text = strings.TrimLeft(text, " ")
		}
		b.WriteString(text)
		ends[i] = b.Len()
	}
	text := b.String()
	var rows []string
	i, from := 0, 0
	for _, line := range l.Meter.Wrap(text, w) {
		var row strings.Builder
		for from = line.Start; from < line.End && i < len(runs); {
			for i < len(runs) && ends[i] <= from {
				i++
			}
			if i == len(runs) {
				break
			}
			to := min(ends[i], line.End)
			row.WriteString(l.Theme.In(runs[i].role, text[from:to]))
			from = to
		}
		rows = append(rows, row.String())
	}
	return rows
}

// width is how many cells a row takes that is styled already.
func width(l dialog.Look, row string) int { return l.Meter.Width(ansi.Strip(row)) }

// drawings are the rows of blocks, kept for one width and look.
type drawings struct {
	w     int
	theme *theme.Theme
	meter cells.Meter
	rows  map[int][]string
}

// ready forgets what was drawn for another screen.
func (d *drawings) ready(l dialog.Look, w int) {
	if d.rows == nil || d.w != w || d.theme != l.Theme || d.meter != l.Meter {
		*d = drawings{w, l.Theme, l.Meter, map[int][]string{}}
	}
}

func (d *drawings) body(i int, draw func() []string) []string {
	rows, ok := d.rows[i]
	if !ok {
		rows = draw()
		d.rows[i] = rows
	}
	return rows
}

// tall is how many rows a block takes; a guess for one that was not drawn yet.
func (d *drawings) tall(i int) int {
	if rows, ok := d.rows[i]; ok {
		return len(rows) + 1
	}
	return 4
}
