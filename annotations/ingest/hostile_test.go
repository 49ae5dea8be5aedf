package ingest

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// hostilePages are pages built to hang or overflow what reads them. Each holds
// the words "the real text" where a reader would see them.
func hostilePages(n int) map[string]string {
	rep := strings.Repeat
	words := "<p>This is the real text, long enough to be an article, with commas, and more words, as news has them.</p>"
	var attrs, fonts, heads strings.Builder
	for i := range n {
		fmt.Fprintf(&attrs, " a%d=x", i)
	}
	for i := range 400 {
		fmt.Fprintf(&fonts, "<font a%d=%d>", i, i)
	}
	for i := range n / 10 {
		fmt.Fprintf(&heads, "<h2>heading number %d</h2>", i)
	}
	return map[string]string{
		"nested div":         rep("<div>", n) + words + rep("</div>", n),
		"nested below limit": rep("<div>", 490) + rep(words, n/200) + rep("</div>", 490),
		"nested list":        rep("<ul><li>", n) + words,
		"nested table":       rep("<table><tr><td>", n) + words,
		"nested quote":       rep("<blockquote>", n) + words,
		"nested link":        rep("<a href=http://x.example>", n) + words,
		"nested svg":         rep("<svg>", n) + rep("</svg>", n) + words,
		"end tags only":      rep("</p></div></b>", n) + words,
		"many attributes":    "<div" + attrs.String() + ">" + words + "</div>",
		"html attributes":    "<html" + attrs.String() + ">" + rep("<html x=1 y=2>", n) + words,
		"huge attribute":     "<div title='" + rep("x&amp;", n*4) + "'>" + words + "</div>",
		"huge class":         rep("<div class='"+rep("comment ", 400)+"'>"+words+"</div>", n/500),
		"fonts reopened":     "<p>" + fonts.String() + rep("</p><p>x", n) + words,
		"bold reopened":      "<p>" + rep("<b>", n) + rep("</p><p>x", n) + words,
		"foster parents":     "<table>" + rep("a<tr>", n) + "</table>" + words,
		"entities":           "<p>" + rep("&lt;&#x26;&amp;&bogus;&CounterClockwiseContourIntegral;", n) + "</p>" + words,
		"title and headings": "<title>" + rep("word ", n) + "</title>" + heads.String() + words,
		"breaks":             rep("<br> \n", n) + words,
		"bylines":            rep("<div rel=author>"+rep("long name ", 12), 400) + words,
		"one long word":      "<p>" + rep("x", n*10) + "</p>" + words,
		"open comment":       words + "<!--" + rep("-", n*10),
		"open script":        words + "<script>" + rep("x<!--<script>", n),
		"open tag":           words + "<div " + rep("x ", n*4),
		"linked data":        `<script type="application/ld+json">` + rep(`[`, n) + `</script>` + words,
		"deep linked data":   `<script type="application/ld+json">` + rep(`{"@graph":[`, 900) + rep(`]}`, 900) + `</script>` + words,
		"siblings":           rep("<p>x, y</p>", n) + words,
		"spans":              "<p>" + rep("<span>x, </span>", n) + "</p>" + words,
		"links":              "<p>" + rep("<a href='https://x.example/y'>x</a> ", n) + "</p>" + words,
	}
}

func TestHostilePagesComeInQuickly(t *testing.T) {
	sizes := []int{10_000, 100_000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, n := range sizes {
		comeInQuickly(t, hostilePages, n, FormatHTML)
	}
}

// hostileMarkdown does the same for Markdown.
func hostileMarkdown(n int) map[string]string {
	rep := strings.Repeat
	words := "\n\nThis is the real text.\n"
	var refs, notes, staircase strings.Builder
	for i := range n / 10 {
		fmt.Fprintf(&refs, "[r%d]: https://x.example/%d\n", i, i)
		fmt.Fprintf(&notes, "x[^%d]\n\n[^%d]: note\n\n", i, i)
	}
	for i := range 60 {
		fmt.Fprintf(&staircase, "%s- item\n\n", rep("  ", i))
	}
	return map[string]string{
		"quotes":           rep(">", n) + " x" + words,
		"quotes in lines":  rep(rep("> ", 60)+"x\n", n/100) + words,
		"lists":            rep("- ", n) + "x" + words,
		"lists in lines":   rep(rep("- ", 30)+"x\n\n", n/100) + words,
		"staircase":        staircase.String() + words,
		"numbers":          rep("1. ", n) + words,
		"brackets":         rep("[", n) + words,
		"brackets closed":  rep("[", n) + rep("]", n) + words,
		"brackets apart":   rep("[ ", n/10) + rep("](x", n/10) + words,
		"pictures":         rep("![", n) + words,
		"links":            rep("[a](<b", n) + words,
		"links unclosed":   rep("[a](", n) + words,
		"unclosed, apart":  rep(rep("[a](", 300)+"\n\n", n/100) + words,
		"stars":            rep("*", n) + "a" + words,
		"stars mixed":      rep("*a **b _c __d ", n/10) + words,
		"stars alternate":  rep("a**b", n) + rep("c* d", n) + words,
		"underscores":      rep("_a ", n) + words,
		"backticks":        rep("`", n) + " x " + words,
		"backtick runs":    backticks(600) + words,
		"entities":         rep("&#x26;&amp;\\*", n) + words,
		"escapes":          rep("\\", n) + words,
		"angle":            rep("<", n) + words,
		"tags":             rep("<a href='", n) + words,
		"comments":         rep("<!-- ", n) + "-->" + words,
		"autolinks":        rep("<http://x.example> ", n/4) + words,
		"bare links":       rep("www.x.example ", n/4) + words,
		"mails":            rep("a@", n) + words,
		"references":       refs.String() + rep("[r1] ", 1000) + words,
		"footnotes":        notes.String() + words,
		"table columns":    rep("|a", n/10) + "|\n" + rep("|-", n/10) + "|\n" + rep("|b", n/10) + "|" + words,
		"table rows":       "|a|b|\n|-|-|\n" + rep("|x|y|\n", n) + words,
		"table short rows": rep("|a", 500) + "|\n" + rep("|-", 500) + "|\n" + rep("|b|\n", n/100) + words,
		"headings":         rep("# h\n", n) + words,
		"tildes":           rep("~~a ", n) + words,
		"tildes alternate": rep("~a", n) + rep("b~ ", n) + words,
		"openers, closers": rep("_a ", n/5) + rep("b* ", n/5) + words,
		"in paragraphs":    rep(rep("_a ", 500)+rep("b* ", 500)+"\n\n", n/100) + words,
		"tildes in a row":  rep("~", n*10) + words,
		"boxes":            rep("- [x] ", n) + words,
		"link tails":       rep("www.x.example/&a;&b;&c;).,(http://y.example/", n/4) + words,
		"link parts":       "http://" + rep("a.", n*5) + words,
		"marks":            rep("[^a] ![^b] ", 3000) + "\n\n[^b]: note" + words,
		"notes in notes":   "[^a]: " + rep("[^b]: ", n/10) + "[^a]" + words,
		"bars escaped":     "|a|b|\n|-|-|\n" + rep("|`x\\|y`|z|\n", n/10) + words,
		"rules":            rep("---\n", n) + words,
		"setext":           rep("a\n", n) + "===" + words,
		"html blocks":      rep("<div>\n\n", n) + words,
		"front matter":     "---\n" + rep("a: b\n", n) + "---\n" + words,
	}
}

func backticks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("`", i+1) + " ")
	}
	return b.String()
}

func TestHostileMarkdownComesInQuickly(t *testing.T) {
	// The small sizes lie below the limits, where the parser does the work.
	sizes := []int{9_000, 50_000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, n := range sizes {
		comeInQuickly(t, hostileMarkdown, n, FormatMarkdown)
	}
}

func comeInQuickly(t *testing.T, texts func(n int) map[string]string, n int, format string) {
	for name, whole := range texts(n) {
		t.Run(fmt.Sprintf("%s/%d", name, n), func(t *testing.T) {
			read := func(times int) func() time.Duration {
				return func() time.Duration {
					text := whole
					if times != n {
						text = texts(times)[name]
					}
					start := time.Now()
					res, err := Read(t.Context(), strings.NewReader(text), Options{Format: format})
					took := time.Since(start)
					if err != nil {
						t.Fatal(err)
					}
					checkResult(t, res)
					if !strings.Contains(res.Article.Body, "real text") {
						t.Errorf("the text is lost: %.200q", res.Article.Body)
					}
					return took
				}
			}
			inStep(t, read(n), read(n/4), read(4*n))
		})
	}
}
