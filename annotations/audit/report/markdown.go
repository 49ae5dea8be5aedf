package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"stet.example/stet/annotations/audit"
)

// escape makes words from outside plain text in Markdown, in a table too.
func escape(s string) string {
	var b strings.Builder
	for _, r := range show(s) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_{}[]()#+-.!|~=:$^\"'@", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// writer keeps the first error, so that a page is written without a check a line.
type writer struct {
	*bufio.Writer
}

func (w writer) line(format string, args ...any) {
	fmt.Fprintf(w.Writer, format+"\n", args...) //nolint:errcheck // Flush gives the first error
}

func (w writer) table(head ...string) {
	w.line("\n| %s |", strings.Join(head, " | "))
	w.line("|%s", strings.Repeat(" --- |", len(head)))
}

func (w writer) row(cells ...string) { w.line("| %s |", strings.Join(cells, " | ")) }

// Markdown writes the report as Markdown (GitHub's tables).
func Markdown(out io.Writer, r Report) error {
	w := writer{bufio.NewWriter(out)}
	d := r.Desk
	t := &d.Totals
	w.line("# Audit report\n")
	w.line("%d articles, %d sentences, %d of them with a tag, %d with tags by two reviewers or more, %d rulings.\n", t.Articles, t.Sentences, t.Tagged, t.Doubly, t.Rulings)
	w.line("Seal: %s", escape(r.Seal.String()))
	w.line("\n## What needs a decision")
	w.table("how many", "what")
	for _, n := range needs(d) {
		w.row(fmt.Sprint(n.N), n.What)
	}
	w.row(fmt.Sprint(len(d.Begun)), "articles begun or assigned, and not finished")
	for _, n := range needs(d) {
		if n.N > 0 {
			w.line("\n### %s\n", n.What)
			for _, m := range head(n.List) {
				w.line("- %s: %s (%s)", escape(m.String()), escape(short(m.Text, 300)), escape(Voices(m.Says)))
			}
			w.more(n.N)
		}
	}
	r.soundMarkdown(w)
	r.mixesMarkdown(w)
	r.paceMarkdown(w)
	w.line("\n## Weak spots\n")
	if len(d.Weak) == 0 {
		w.line("None found.")
	}
	for _, x := range head(d.Weak) {
		w.line("- %s: %s. %s", escape(x.String()), strings.Join(x.Kinds, "; "), escape(short(x.Text, 300)))
	}
	w.more(len(d.Weak))
	if len(d.Lint) > 0 {
		w.line("\n### What contradicts itself\n")
		for _, l := range head(d.Lint) {
			w.line("- %s: %s. %s", escape(l.String()), escape(l.What), escape(short(l.Text, 300)))
		}
		w.more(len(d.Lint))
	}
	w.line("\nMade by %s from the state named by the seal above.", escape(r.Program))
	return w.flush()
}

func (w writer) more(n int) {
	if n > tableRows {
		w.line("- and %d more", n-tableRows)
	}
}

func (w writer) flush() error {
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func (r *Report) soundMarkdown(w writer) {
	d := r.Desk
	w.line("\n## Is the work sound")
	w.table("figure", "value", "")
	for _, row := range r.agreementRows() {
		w.row(row.Name, escape(row.Value), row.Note)
	}
	for _, l := range d.Sound.Tags.Labels {
		value := l.Agreement.String()
		if r.Intervals != nil {
			if ci := r.Intervals.Labels[l.Label]; ci.Low.OK && ci.High.OK {
				value = ci.String()
			}
		}
		w.row("agreement on "+escape(l.Label), escape(value), "")
	}
	if r.Intervals != nil {
		w.line("\nIntervals: 95 %%, from resampling articles, seed %d.", r.Intervals.Seed)
	}
	for _, text := range r.warnings() {
		w.line("\n> Mind: %s", escape(text))
	}
	w.line("\n%s", escape(Bound(d.Sound.Check)))
	if len(d.Drift) > 0 {
		w.line("\n### One reviewer, two answers\n")
		for _, x := range head(d.Drift) {
			w.line("- %s: %s (%s), then %s (%s). %s", escape(x.Reviewer), escape(x.Was.Tag), escape(x.Was.Place.String()), escape(x.Now.Tag), escape(x.Now.Place.String()), escape(short(x.Text, 300)))
		}
		w.more(len(d.Drift))
	}
}

func (r *Report) mixesMarkdown(w writer) {
	m := &r.Desk.Mixes
	w.line("\n## Who mixes what")
	w.table("tags", "sentences", "of all pairs that differ")
	for _, x := range m.Labels {
		w.row(escape(x.A)+" and "+escape(x.B), fmt.Sprint(x.Sentences), percent(x.Share))
	}
	w.table("rule", "against", "sentences")
	for _, x := range head(m.Rules) {
		w.row(escape(strings.TrimSpace(x.TagA+" "+x.RuleA)), escape(strings.TrimSpace(x.TagB+" "+x.RuleB)), fmt.Sprint(x.Sentences))
	}
	w.table("reviewer", "tagged", "with others", "ruled on", "upheld")
	for _, p := range r.Desk.People {
		w.row(escape(p.Reviewer), fmt.Sprint(p.Tagged), dash(p.Agree), fmt.Sprint(p.Ruled), dash(p.Upheld))
	}
}

// paceMarkdown is how fast people work, and what became of suggestions.
func (r *Report) paceMarkdown(w writer) {
	d := r.Desk
	if len(d.Rhythm) > 0 {
		w.line("\n## Pace and suggestions")
		w.table("reviewer", "decisions", "days", "an hour", "a day", "with others")
	}
	for _, x := range d.Rhythm {
		w.row(escape(x.Reviewer), fmt.Sprint(x.Sentences), fmt.Sprint(x.Days), rounded(x.PerHour), rounded(x.PerDay), dash(x.Agree))
	}
	if d.Offer == nil {
		return
	}
	w.table("suggested", "shown", "taken", "ruled on", "right by rulings")
	for _, x := range d.Offer.ByLabel {
		w.row(escape(x.Offered), fmt.Sprint(x.Shown), percent(x.Share), fmt.Sprint(x.Ruled), dash(x.Right))
	}
	w.table("reviewer", "suggestions shown", "taken")
	for _, x := range d.Offer.By {
		w.row(escape(x.Reviewer), fmt.Sprint(x.Shown), percent(x.Share))
	}
}

// rounded is a rate as people say it.
func rounded(f audit.Figure) string {
	if !f.OK {
		return "–"
	}
	return fmt.Sprintf("%.0f", f.V)
}

func dash(f audit.Figure) string {
	if !f.OK {
		return "–"
	}
	return percent(f)
}

// Voices puts who says what into a line: "ana sourced by S-1; bob contested". It
// is not made safe for a terminal.
func Voices(list []audit.Voice) string {
	out := make([]string, 0, len(list))
	for _, v := range list {
		s := v.Reviewer + " "
		switch {
		case v.Tag == "" && v.Past != "":
			s += v.Past + " of other words"
		case v.Tag == "":
			s += "untagged"
		case v.Rule != "":
			s += v.Tag + " by " + v.Rule
		default:
			s += v.Tag
		}
		if v.Unsure {
			s += ", unsure"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}
