package report

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

type markdownReport struct{}

// Markdown gives the report as Markdown. It is safe for concurrent use.
func Markdown() interchange.Dialect { return markdownReport{} }

// Format implements [interchange.Dialect].
func (markdownReport) Format() interchange.Format { return "markdown" }

// Read implements [interchange.Dialect]; it returns [interchange.ErrWriteOnly].
func (markdownReport) Read([]interchange.File, interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	return nil, nil, interchange.ErrWriteOnly
}

// Write implements [interchange.Dialect]. Ranges counts the sentences whose
// words a parser found again in the text.
func (markdownReport) Write(e interchange.Export, o interchange.Options) (interchange.Written, error) {
	return writeAll(e, o, ".md", func(v *view, p *standoff.Page) ([]byte, int, error) {
		m := &markdown{}
		m.report(v)
		data := []byte(m.out.String())
		n, err := proveMarkdown(data, v, m.links)
		return data, n, err
	})
}

// markdown writes a report; links counts those that it meant.
type markdown struct {
	out   strings.Builder
	links int
}

func (m *markdown) line(format string, args ...any) {
	fmt.Fprintf(&m.out, format, args...)
	m.out.WriteByte('\n')
}

func (m *markdown) report(v *view) {
	m.line("# %s\n", inline(v.Title))
	for _, f := range v.Facts {
		m.line("- %s: %s", f.Name, inline(f.Value))
	}
	if v.URL != "" {
		m.line("- Address: %s", m.address(v.URL, v.URL))
	}
	if v.Reviewers != "" {
		m.line("- Reviewers: %s", inline(v.Reviewers))
	}
	if v.Publisher != "" {
		m.line("- Publisher: %s", inline(v.Publisher))
	}
	m.line("\n## Summary\n\n| Tag | Sentences | Share |\n| --- | ---: | ---: |")
	for _, b := range v.Bars {
		m.line("| %s | %d | %s |", inline(b.Name), b.Count, b.Percent)
	}
	m.line("\n## Text")
	for _, p := range v.Paragraphs {
		m.out.WriteByte('\n')
		for i, s := range p {
			if i > 0 {
				m.out.WriteByte('\n')
			}
			m.out.WriteString(inline(s.Words))
			if s.Found {
				m.out.WriteString(" " + m.to(s.Number, fmt.Sprint(s.Number)))
			}
		}
		m.out.WriteByte('\n')
	}
	m.line("\n## Findings")
	if len(v.Findings) == 0 {
		m.line("\nNothing is said of any sentence.")
	}
	found := map[int]bool{}
	for i := range v.Findings {
		found[v.Findings[i].Number] = true
	}
	for i := range v.Findings {
		m.finding(&v.Findings[i], found)
	}
	by := ""
	if v.Exported != "" {
		by = v.Exported + " by "
	}
	m.line("\n---\n\nWritten %s%s. A tag says what the text shows, not whether it is true.", by, inline(v.Program))
}

// to makes a link to the finding on a sentence.
func (m *markdown) to(number int, words string) string {
	m.links++
	return fmt.Sprintf(`[%s](#sentence-%d)`, words, number)
}

// address makes a link of an address that [web] has let pass.
func (m *markdown) address(url, words string) string {
	m.links++
	return fmt.Sprintf("[%s](<%s>)", inline(words), escapeTarget(url))
}

// escapeTarget guards what would be read as an entity or an escape in a link's
// target. An address that may become a link holds no angle brackets, blanks or
// backslashes.
func escapeTarget(url string) string { return strings.ReplaceAll(url, "&", `\&`) }

func (m *markdown) finding(f *finding, found map[int]bool) {
	m.line("\n### Sentence %d\n", f.Number)
	head := inline(f.Name)
	if head == "" {
		head = "no tag"
	}
	m.out.WriteString("**" + head + "**")
	if f.How != "" {
		m.out.WriteString(", " + inline(f.How))
	}
	m.line("\n\n> %s", inline(f.Words))
	for i := range f.Voices {
		m.voice(&f.Voices[i], found)
	}
	if r := f.Ruling; r != nil {
		m.line("\n- Ruling: %s, by %s%s", inline(r.Words), inline(r.By), timed(r.When))
		m.part("Rule", r.Rule)
		m.part("Reason", r.Reason)
	}
}

func timed(when string) string {
	if when == "" {
		return ""
	}
	return ", " + when
}

// part writes one more line under a reviewer's.
func (m *markdown) part(name, words string) {
	if strings.TrimSpace(words) != "" {
		m.line("  - %s: %s", name, block(words, "    "))
	}
}

func (m *markdown) voice(v *voice, found map[int]bool) {
	tag := ""
	if v.Tag != "" {
		tag = ", " + inline(v.Tag)
	}
	m.line("\n- %s%s%s", inline(v.By), tag, timed(v.When))
	m.part("Rule", v.Rule)
	for _, s := range v.Sources {
		words := inline(s.Name)
		for _, more := range []string{s.Kind, s.More} {
			if more != "" {
				words += ", " + inline(more)
			}
		}
		if s.Words != "" {
			words += ": “" + inline(s.Words) + "”"
		}
		m.line("  - Source: %s", words)
	}
	m.part("Note", v.Note)
	m.part("Verdict", v.Verdict)
	for _, e := range v.Evidence {
		m.evidence(&e)
	}
	for _, l := range v.Links {
		to := inline(l.Text)
		if found[l.Number] {
			to = m.to(l.Number, to)
		}
		if l.Note != "" {
			to += ": " + inline(l.Note)
		}
		m.line("  - %s %s", inline(l.Words), to)
	}
	if len(v.Flags) > 0 {
		m.line("  - Flags: %s", inline(strings.Join(v.Flags, ", ")))
	}
	for _, x := range v.Marks {
		m.line("  - %s", inline(x))
	}
}

func (m *markdown) evidence(e *evidence) {
	words := inline(e.Label)
	if e.URL != "" {
		words = m.address(e.URL, e.Label)
	}
	if e.Locator != "" {
		words += ", " + inline(e.Locator)
	}
	if e.Quote != "" {
		words += ": “" + inline(e.Quote) + "”"
	}
	if e.Note != "" {
		words += ". " + inline(e.Note)
	}
	if e.Fetched != "" {
		words += ", seen " + inline(e.Fetched)
	}
	if e.Archive != "" {
		words += ", " + m.address(e.Archive, "archived copy")
	}
	m.line("  - Evidence (%s): %s", inline(e.Stance), words)
}
