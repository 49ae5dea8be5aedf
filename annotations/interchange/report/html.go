package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

//go:embed report.html.tmpl
var pageSource string

type htmlReport struct{}

// HTML gives the report as a web page. It is safe for concurrent use.
func HTML() interchange.Dialect { return htmlReport{} }

// Format implements [interchange.Dialect].
func (htmlReport) Format() interchange.Format { return "html" }

// Read implements [interchange.Dialect]; it returns [interchange.ErrWriteOnly].
func (htmlReport) Read([]interchange.File, interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	return nil, nil, interchange.ErrWriteOnly
}

// Write implements [interchange.Dialect]. Ranges counts the sentences whose
// words were found again in the page.
func (htmlReport) Write(e interchange.Export, o interchange.Options) (interchange.Written, error) {
	page, err := template.New("report").Funcs(template.FuncMap{"x": legible, "lang": language}).Parse(pageSource)
	if err != nil {
		return interchange.Written{}, fmt.Errorf("report: %w", err)
	}
	return writeAll(e, o, ".report.html", func(v *view, p *standoff.Page) ([]byte, int, error) {
		var b bytes.Buffer
		if err := page.Execute(&b, v); err != nil {
			return nil, 0, err
		}
		n, err := proveHTML(b.Bytes(), p)
		return b.Bytes(), n, err
	})
}

// writeAll makes one file an article.
func writeAll(e interchange.Export, o interchange.Options, suffix string, make func(*view, *standoff.Page) ([]byte, int, error)) (interchange.Written, error) {
	pages, err := standoff.Pages(e)
	if err != nil {
		return interchange.Written{}, err
	}
	out := interchange.Written{Unit: annotations.Bytes}
	var losses standoff.Ledger
	for _, p := range pages {
		data, n, err := make(viewOf(&e, o, p, pages), p)
		if err == nil && n != len(p.Article.Units) {
			err = fmt.Errorf("%d sentences of %d read back", n, len(p.Article.Units))
		}
		if err != nil {
			return interchange.Written{}, fmt.Errorf("report: article %q: %w", p.Article.Name, err)
		}
		out.Ranges += n
		out.Files = append(out.Files, interchange.File{Name: p.Base + suffix, Data: data})
		for _, u := range p.Article.Units {
			for _, v := range p.Voices(u.ID) {
				losses.Record(v.Confidential != nil, false)
			}
		}
		losses.Add(len(p.Events), "events of the history", "only what holds now is written")
	}
	out.Losses = losses.Losses()
	return out, nil
}

// legible replaces what no HTML or XML document may hold: controls by their
// pictures, noncharacters by U+FFFD. Line ends become line feeds.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7F:
			return 0x2421
		case r >= 0x80 && r < 0xA0, r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
			return 0xFFFD
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

var languageForm = sync.OnceValue(func() *regexp.Regexp { //nolint:gochecknoglobals // a lookup table
	return regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$`)
})

// language is a BCP 47 tag for an attribute, or "" for what is none.
func language(tag string) string {
	if languageForm().MatchString(tag) {
		return tag
	}
	return ""
}

// proveHTML reads the page as a browser does and compares the words of each
// sentence with the article. It returns how many were found.
func proveHTML(data []byte, p *standoff.Page) (int, error) {
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return 0, err
	}
	words := map[string]string{}
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "iframe" || n.Data == "img" || n.Data == "link" || n.Data == "object"):
			return 0, fmt.Errorf("the page has an element %s", n.Data)
		case n.Type == html.ElementNode && attribute(n, "class") != "" && attribute(n, "id") != "" && n.Data == "span":
			var b strings.Builder
			for c := range n.Descendants() {
				if c.Type == html.TextNode {
					b.WriteString(c.Data)
				}
			}
			words[attribute(n, "id")] = b.String()
		}
	}
	found := 0
	for _, u := range p.Article.Units {
		if got, want := words[u.ID.String()], legible(u.Span.In(p.Article.Body)); got != want {
			return found, fmt.Errorf("%s reads %q, not %q", u.ID, standoff.Clip(got, 60), standoff.Clip(want, 60))
		}
		found++
	}
	return found, nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
