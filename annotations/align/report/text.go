package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"stet.example/stet/annotations/align"
)

// Style says how the text form is drawn.
type Style struct {
	Width int                         // cells of a row; 0 or less: no row is broken
	Cells func(s string) int          // how wide a text is, in cells; nil counts runes
	Paint func(role, s string) string // colours a text; nil leaves it as it is
}

const (
	indent   = 6  // cells before the text of a sentence
	leastRow = 20 // cells: narrower rows are not broken further
)

// WriteText writes the report for a terminal or a pipe: the summary, the
// sentences of the rewrite with where they come from and what changed, then what
// was left out.
func (r *Report) WriteText(w io.Writer, s Style) error {
	out := &drawer{w: bufio.NewWriter(w), style: s}
	out.heading("original", &r.A)
	out.heading("rewrite", &r.B)
	out.line("")
	for i, l := range r.Summary() {
		role := ""
		if i < len(r.Result.Orphans)+1 && len(r.Result.Orphans) > 0 {
			role = "red"
		}
		out.wrapped("", "  ", role, l)
	}
	for i := range r.Groups {
		out.line("")
		r.writeGroup(out, &r.Groups[i])
	}
	if len(r.Result.LeftOut) > 0 {
		out.line("\nLeft out of the original:")
		for _, i := range r.Result.LeftOut {
			tag := ""
			if t := r.A.shownTag(i); t != "" {
				tag = "[" + t + "] "
			}
			out.wrapped(fmt.Sprintf("%4d  ", i+1), strings.Repeat(" ", indent), "", tag+show(claim(r.A.Side, i)))
		}
	}
	return out.w.Flush()
}

func (r *Report) writeGroup(out *drawer, g *Group) {
	head := fmt.Sprintf("%4s  ", Numbers(g.B)) + g.Origin()
	out.line(out.paint("bold", head))
	out.parts(g.Parts, len(g.A) == 0)
	for _, c := range r.Changes(g) {
		at := ""
		if len(g.B) > 1 {
			at = fmt.Sprintf(" in %d", c.B+1)
		}
		text := Letter(c.Type) + " " + Words(c.Type) + at
		if c.Was != "" {
			text += "  [-" + show(c.Was) + "-]"
		}
		if c.Now != "" {
			text += "  {+" + show(c.Now) + "+}"
		}
		out.wrapped(strings.Repeat(" ", indent), strings.Repeat(" ", indent+4), roleOf(c.Type), text)
	}
	for _, o := range r.Orphans(g) {
		out.wrapped(strings.Repeat(" ", indent), strings.Repeat(" ", indent+4), "red", "! "+OrphanWords(o))
	}
}

// OrphanWords says of an orphan what was cut, and who says that it vouched for it.
func OrphanWords(o align.Orphan) string {
	s := "orphan: what vouched for it is left out: " + Numbers(o.Support)
	if o.Linked {
		s += ", as reviewers linked it"
	}
	if len(o.Against) > 0 {
		s += "; so is what spoke against it: " + Numbers(o.Against)
	}
	return s
}

func roleOf(t align.ChangeType) string {
	for _, k := range kinds {
		if k.kind == t {
			return k.role
		}
	}
	return ""
}

// drawer writes rows; an error of the writer is kept for Flush.
type drawer struct {
	w     *bufio.Writer
	style Style
}

func (d *drawer) line(s string) { fmt.Fprintln(d.w, s) } //nolint:errcheck // Flush reports it

func (d *drawer) paint(role, s string) string {
	if d.style.Paint == nil || role == "" || s == "" {
		return s
	}
	return d.style.Paint(role, s)
}

func (d *drawer) cells(s string) int {
	if d.style.Cells == nil {
		return len([]rune(s))
	}
	return d.style.Cells(s)
}

func (d *drawer) heading(what string, t *Text) {
	parts := []string{show(t.Name)}
	for _, s := range []string{t.Outlet, t.Published, t.Title} {
		if s != "" {
			parts = append(parts, show(s))
		}
	}
	d.wrapped(fmt.Sprintf("%-9s ", what), "          ", "", strings.Join(parts, " · ")+" · "+plural(len(t.Side.Units), "sentence"))
}

// atom is a word with the colour it is painted in.
type atom struct {
	text  string
	role  string
	blank bool // a blank stands before it
}

// wrapped writes a text that is visible already, broken into rows.
func (d *drawer) wrapped(first, rest, role, text string) {
	var atoms []atom
	for i, f := range strings.Fields(text) {
		atoms = append(atoms, atom{f, role, i > 0})
	}
	d.atoms(first, rest, atoms)
}

// parts writes the words of a group. What is new as a whole needs no marks.
func (d *drawer) parts(ps []Part, plain bool) {
	var atoms []atom
	for _, p := range ps {
		open, shut, role := "", "", ""
		switch {
		case plain:
		case p.Kind == Was:
			open, shut, role = "[-", "-]", "red"
		case p.Kind == Now:
			open, shut, role = "{+", "+}", "green"
		}
		fields := strings.Fields(p.Text)
		for i, f := range fields {
			f = show(f)
			if i == 0 {
				f = open + f
			}
			if i == len(fields)-1 {
				f += shut
			}
			atoms = append(atoms, atom{f, role, i > 0 || strings.HasPrefix(p.Text, " ")})
		}
	}
	pad := strings.Repeat(" ", indent)
	d.atoms(pad, pad, atoms)
}

// atoms breaks words into rows of the style's width. A word without a blank
// before it stays with the one ahead.
func (d *drawer) atoms(first, rest string, atoms []atom) {
	var row strings.Builder
	row.WriteString(first)
	used, empty := d.cells(first), true
	limit := d.style.Width
	if limit > 0 {
		limit = max(limit, d.cells(rest)+leastRow)
	}
	for i := 0; i < len(atoms); {
		end := i + 1
		for end < len(atoms) && !atoms[end].blank {
			end++
		}
		need := 0
		for _, a := range atoms[i:end] {
			need += d.cells(a.text)
		}
		switch {
		case empty:
		case limit > 0 && used+1+need > limit:
			d.line(row.String())
			row.Reset()
			row.WriteString(rest)
			used = d.cells(rest)
		case atoms[i].blank:
			row.WriteByte(' ')
			used++
		}
		for _, a := range atoms[i:end] {
			row.WriteString(d.paint(a.role, a.text))
		}
		used += need
		empty = false
		i = end
	}
	d.line(row.String())
}
