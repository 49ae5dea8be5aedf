package report

import (
	"embed"
	"fmt"
	"html/template"
	"io"

	"stet.example/stet/annotations/audit"
)

//go:embed page.html
var files embed.FS

// tableRows bounds the rows of the page's tables.
const tableRows = 100

// page is what the template reads.
type page struct {
	Report
	Tags, Labels, Mixes, Pace, Drift Chart
	Agreement                        []Row
	Warnings                         []string
	Bound                            string
	Needs                            []need
	Lint                             []audit.KindCount
}

// HTML writes the report as one page that needs nothing else.
func HTML(w io.Writer, r Report) error {
	t, err := template.New("page.html").Funcs(template.FuncMap{
		"show": show, "percent": percent, "dash": dash, "rounded": rounded, "left": func(n int) int { return max(n-tableRows, 0) },
		"matters": head[audit.Matter], "weak": head[audit.Weak], "drifts": head[audit.Drift], "lints": head[audit.Lint], "rules": head[audit.RuleMix],
		"clip": func(s string) string { return short(s, 300) },
	}).ParseFS(files, "page.html")
	if err != nil {
		return fmt.Errorf("the report's template: %w", err)
	}
	d := r.Desk
	p := page{
		Report: r, Tags: tagChart(d), Labels: labelChart(&r), Mixes: mixChart(d),
		Pace:      dayChart(d, "Pace", "sentences an hour, breaks of more than ten minutes left out", "", func(p *audit.Day) audit.Figure { return p.PerHour }),
		Drift:     dayChart(d, "Agreement with others by day", "the share of each day's tags that others share; a line that falls is drift", "share", func(p *audit.Day) audit.Figure { return p.Agree }),
		Agreement: r.agreementRows(), Warnings: r.warnings(), Bound: Bound(d.Sound.Check), Needs: needs(d), Lint: audit.Kinds(d.Lint),
	}
	if err := t.Execute(w, p); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func head[T any](list []T) []T { return list[:min(len(list), tableRows)] }
