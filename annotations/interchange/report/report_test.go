package report_test

import (
	"bytes"
	"errors"
	"flag"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/standoff/standofftest"
	"stet.example/stet/annotations/interchange/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func write(t rapid.TB, d interchange.Dialect, e interchange.Export) interchange.Written {
	t.Helper()
	w, err := d.Write(e, interchange.Options{Publisher: "The Desk <x>"})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestGoldenFiles(t *testing.T) {
	for _, d := range []interchange.Dialect{report.HTML(), report.Markdown()} {
		w := write(t, d, standofftest.Team())
		standofftest.Golden(t, w.Files, *update)
		if w.Ranges != 7 {
			t.Errorf("%s: %d sentences", d.Format(), w.Ranges)
		}
		if len(w.Losses) != 1 || w.Losses[0].What != "confidential notes" {
			t.Errorf("%v", w.Losses)
		}
	}
}

func TestReportsAreForReading(t *testing.T) {
	for _, d := range []interchange.Dialect{report.HTML(), report.Markdown()} {
		if _, _, err := d.Read(nil, nil); !errors.Is(err, interchange.ErrWriteOnly) {
			t.Errorf("%s: %v", d.Format(), err)
		}
	}
}

// elements counts the elements of a page.
func elements(t rapid.TB, data []byte) map[string]int {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			out[n.Data]++
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src") && strings.HasPrefix(strings.ToLower(a.Val), "javascript") {
					t.Fatalf("the attribute %s=%q", a.Key, a.Val)
				}
			}
		}
	}
	return out
}

func TestHostileWordsStayWords(t *testing.T) {
	e := standofftest.Team()
	d := &e.Documents[0]
	bad := `</style></title><script>alert(1)</script><img src=x onerror=alert(2)> [a](javascript:alert(3)) www.evil.example https://evil.example <b> ` + "`code`\n    indented\n# head\n- item\n1. one\n===\n***\x00\u202e"
	d.Article.Title, d.Article.Outlet, d.Article.URL = bad, bad, "javascript:alert(4)"
	rec := d.Reviewers[0].Records[4]
	rec.Note, rec.Verdict = bad, bad
	d.Reviewers[0].Records[4] = rec
	item := annotations.Evidence{URL: "javascript:alert(5)", Quote: strings.ReplaceAll(bad, "\x00", ""), Note: "](https://evil.example)", Archive: "https://a.example/\"><script>"}
	item.Identify()
	d.Evidence = append(d.Evidence, item)
	rec.Evidence = append(rec.Evidence, annotations.Use{ID: item.ID, Stance: annotations.Neutral})
	d.Reviewers[0].Records[4] = rec

	page := write(t, report.HTML(), e).Files[0].Data
	if n := elements(t, page); n["script"]+n["img"]+n["iframe"] != 0 || n["style"] != 1 || n["title"] != 1 {
		t.Errorf("%v", n)
	}
	if bytes.Contains(page, []byte("\x00")) || !bytes.Contains(page, []byte("␀")) {
		t.Error("a zero byte is not shown as its picture")
	}
	md := write(t, report.Markdown(), e).Files[0].Data
	out := render(t, md)
	if n := elements(t, out); n["script"]+n["img"]+n["code"]+n["pre"] != 0 || n["h1"] != 1 {
		t.Errorf("%v\n%s", n, out)
	}
	if bytes.Contains(out, []byte(`href="http://www.evil`)) || bytes.Contains(out, []byte(`href="https://evil`)) {
		t.Errorf("an address of the text became a link\n%s", out)
	}
}

// render makes HTML of Markdown as the most generous renderers do.
func render(t rapid.TB, md []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	g := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	if err := g.Convert(md, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNoTextEverBecomesMarkup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		pages, texts := write(t, report.HTML(), e), write(t, report.Markdown(), e)
		for i, f := range pages.Files {
			if n := elements(t, f.Data); n["script"]+n["img"]+n["b"] != 0 {
				t.Fatalf("%v", n)
			}
			md := texts.Files[i].Data
			plain := elements(t, render(t, md))
			if plain["b"]+plain["em"]+plain["del"]+plain["code"]+plain["pre"]+plain["img"]+plain["input"] != 0 || plain["h1"] != 1 || plain["table"] != 1 {
				t.Fatalf("%v\n%s", plain, md)
			}
			if meant := bytes.Count(md, []byte("](#sentence-")) + bytes.Count(md, []byte("](<http")); plain["a"] != meant {
				t.Fatalf("%d links, %d meant\n%s", plain["a"], meant, md)
			}
		}
		if again := write(t, report.HTML(), e); !bytes.Equal(again.Files[0].Data, pages.Files[0].Data) {
			t.Fatal("written again, the bytes differ")
		}
	})
}

func TestThePageStandsAlone(t *testing.T) {
	page := string(write(t, report.HTML(), standofftest.Team()).Files[0].Data)
	for _, want := range []string{`<svg class="chart"`, `id="s004"`, `href="#f-s004"`, `href="#s003"`, "@media print", "default-src 'none'", `href="https://council.example/minutes?a=1&amp;b=2"`, "two council aides (unnamed)", "by a ruling", "see the minutes", "reviewers differ"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, not := range []string{"<script", "src=", "@import", "url(", "called the clerk"} {
		if strings.Contains(page, not) {
			t.Errorf("the page has %s", not)
		}
	}
}
