package ingest

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	mdtext "github.com/yuin/goldmark/text"
	xhtml "golang.org/x/net/html"
)

// extractMarkdown gives the text of a Markdown document by its syntax tree.
func (j *job) extractMarkdown(ctx context.Context, text string) (string, error) {
	if front, mark, rest, ok := splitFront(text); ok {
		j.facts.readFront(front, mark)
		text = rest
	}
	if why := unfitMarkdown(text); why != "" {
		j.caution(TopicText, "kept as plain text, marks included: "+why)
		return text, nil
	}
	b := &builder{}
	if u, err := url.Parse(cleanURL(firstOf(j.opt.URL, j.facts.url.value))); err == nil && u.Host != "" {
		b.base = u
	}
	if err := buildMarkdown(b, []byte(text)); err != nil {
		j.caution(TopicText, "kept as plain text, marks included: "+err.Error())
		return text, nil
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	body, hints := b.finish()
	j.res.Hints, j.kinds = hints, b.kinds
	return body, nil
}

// buildMarkdown parses src and feeds its tree to b. As with pages, a panic in
// the library becomes an error.
func buildMarkdown(b *builder, src []byte) (err error) {
	defer func() {
		if recover() != nil {
			err = errMarkdown
		}
	}()
	w := &mdWalker{src: src, b: b}
	return ast.Walk(newMarkdownParser().Parse(mdtext.NewReader(src)), w.visit)
}

var errMarkdown = errors.New("its Markdown could not be taken apart")

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Bounds beyond which a text is no Markdown that a person wrote, and on which
// the parser would spend time without measure.
const (
	maxMarkdown = 16 << 20 // bytes
	maxLine     = 1 << 20  // bytes
	maxNesting  = 64       // marks that open a block inside a block, in one line
	maxBrackets = 1e8      // squares of the brackets in each paragraph, added up
	maxStresses = 4e8      // squares of the runs of *, _ and ~ in each paragraph, added up
	maxNotes    = 10_000   // footnotes
	maxCells    = 2 << 20  // of a table, empty ones included
)

// unfitMarkdown says why a text should not be parsed as Markdown, or "".
func unfitMarkdown(text string) string {
	if len(text) > maxMarkdown {
		return "it is larger than " + sizeWords(maxMarkdown)
	}
	footnotes, lines, bars := 0, 0, 0
	brackets, squares := 0, 0
	stresses, stressed := 0, 0
	for line := range strings.Lines(text) {
		if len(line) > maxLine {
			return "a line is longer than " + sizeWords(maxLine)
		}
		if strings.TrimSpace(line) == "" {
			squares += brackets * brackets
			stressed += stresses * stresses
			brackets, stresses, lines, bars = 0, 0, 0, 0
			continue
		}
		lines++
		bars = max(bars, strings.Count(line, "|"))
		brackets += strings.Count(line, "[")
		stresses += stressRuns(line)
		if strings.HasPrefix(strings.TrimLeft(line, " "), "[^") {
			footnotes++
		}
		switch {
		case squares+brackets*brackets > maxBrackets:
			return "its paragraphs hold too many brackets"
		case stressed+stresses*stresses > maxStresses:
			return "its paragraphs hold too many marks of emphasis"
		case footnotes > maxNotes:
			return "it holds too many footnotes"
		case lines*bars > maxCells:
			return "a table is too large"
		case nesting(line) > maxNesting:
			return "its blocks are nested too deep"
		}
	}
	return ""
}

// stressRuns counts the runs of marks of emphasis: those that open one and
// those that close one are compared in pairs.
func stressRuns(line string) int {
	n, last := 0, byte(0)
	for i := range len(line) {
		c := line[i]
		if c != last && (c == '*' || c == '_' || c == '~') {
			n++
		}
		last = c
	}
	return n
}

// nesting counts the marks and indents at the start of a line that may each
// open a block.
func nesting(line string) int {
	n, spaces := 0, 0
	for i := range len(line) {
		switch c := line[i]; c {
		case ' ':
			spaces++
		case '\t':
			spaces += 4
		case '>', '-', '*', '+':
			n++
		default:
			if !isDigit(c) && c != '.' && c != ')' {
				return n + spaces/4
			}
			n++
		}
	}
	return n + spaces/4
}

// mdWalker feeds a Markdown tree to a builder, under the names of the HTML
// elements that its nodes stand for.
type mdWalker struct {
	src  []byte
	b    *builder
	cell bool   // inside a table's cell
	mute string // the raw HTML element without visible text that is open, or ""
}

// element names the HTML element of a node, or "".
func element(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		return "h" + strconv.Itoa(n.Level)
	case *ast.Paragraph:
		return "p"
	case *ast.Blockquote:
		return "blockquote"
	case *ast.List:
		if n.IsOrdered() {
			return "ol"
		}
		return "ul"
	case *ast.ListItem:
		return "li"
	case *gfmBlock:
		return n.tag
	}
	return ""
}

func (w *mdWalker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if tag := element(n); tag != "" {
		w.mute = "" // a tag in running text does not outlive its block
		w.cell = tag == "td" && entering
		if entering {
			w.b.open(tag, func(key string) string { return listStart(n, key) })
			if note := numberOf(n); note > 0 {
				w.b.text("[" + strconv.Itoa(note) + "] ")
				w.b.noGap = true
			}
		} else {
			w.b.close(tag)
		}
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Link:
		w.link(string(n.Destination), entering)
	case *ast.AutoLink:
		w.autoLink(n, entering)
	case *ast.Image:
		return w.image(n, entering), nil
	default:
		if entering {
			return w.leaf(n), nil
		}
	}
	return ast.WalkContinue, nil
}

// leaf takes the nodes that hold text of their own.
func (w *mdWalker) leaf(n ast.Node) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.String:
		w.b.text(unescape(string(n.Value)))
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				w.code(string(t.Segment.Value(w.src)))
			}
		}
		return ast.WalkSkipChildren
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.b.open("pre", noAttr)
		w.b.text(string(n.Lines().Value(w.src)))
		w.b.close("pre")
		return ast.WalkSkipChildren
	case *ast.HTMLBlock:
		raw := string(n.Lines().Value(w.src))
		if n.HasClosure() {
			raw += string(n.ClosureLine.Value(w.src))
		}
		w.b.owe(2)
		walkTokens(w.b, raw)
		w.b.owe(2)
	case *ast.RawHTML:
		w.rawTag(string(n.Segments.Value(w.src)))
	case *ast.ThematicBreak:
		w.b.owe(2)
	case *gfmInline:
		if n.note > 0 {
			w.b.text("[" + strconv.Itoa(n.note) + "]")
		}
	}
	return ast.WalkContinue
}

func noAttr(string) string { return "" }

func listStart(n ast.Node, key string) string {
	if l, ok := n.(*ast.List); ok && key == "start" {
		return strconv.Itoa(l.Start)
	}
	return ""
}

// text adds a run of words. A line end of the source is a space, a hard break
// is a line end.
func (w *mdWalker) text(n *ast.Text) {
	if w.mute != "" {
		return
	}
	v := n.Segment.Value(w.src)
	if n.IsRaw() {
		w.b.text(string(v))
	} else {
		w.b.text(unescape(string(v)))
	}
	switch {
	case n.HardLineBreak():
		w.b.open("br", noAttr)
	case n.SoftLineBreak():
		w.b.text(" ")
	}
}

// code adds words between backticks. Only in the cell of a table is there an
// escape in them: that of the bar.
func (w *mdWalker) code(s string) {
	if w.cell {
		s = strings.ReplaceAll(s, `\|`, "|")
	}
	w.b.text(s)
}

func (w *mdWalker) link(target string, entering bool) {
	if entering {
		w.b.open("a", func(string) string { return unescape(target) })
	} else {
		w.b.close("a")
	}
}

func (w *mdWalker) autoLink(n *ast.AutoLink, entering bool) {
	if !entering {
		return
	}
	w.b.open("a", func(string) string { return string(n.URL(w.src)) })
	w.b.text(string(n.Label(w.src)))
	w.b.close("a")
}

// image keeps the description of a picture that stands alone, as its caption,
// and drops that of one inside a sentence, where no reader sees it.
func (w *mdWalker) image(n *ast.Image, entering bool) ast.WalkStatus {
	p := n.Parent()
	alone := p != nil && p.Kind() == ast.KindParagraph && p.ChildCount() == 1
	switch {
	case entering && !alone:
		return ast.WalkSkipChildren
	case entering:
		w.b.open("figcaption", noAttr)
	case alone:
		w.b.close("figcaption")
	}
	return ast.WalkContinue
}

// rawTag takes one tag that stands in running text. Its name may mean a line
// end, or that what follows is not seen.
func (w *mdWalker) rawTag(raw string) {
	z := xhtml.NewTokenizer(strings.NewReader(raw))
	kind := z.Next()
	if kind != xhtml.StartTagToken && kind != xhtml.SelfClosingTagToken && kind != xhtml.EndTagToken {
		return
	}
	name, _ := z.TagName()
	switch tag := string(name); {
	case kind == xhtml.EndTagToken && tag == w.mute:
		w.mute = ""
	case w.mute != "" || kind == xhtml.EndTagToken:
	case tag == "br":
		w.b.open("br", noAttr)
	case layoutOf(tag) == hidden && kind == xhtml.StartTagToken:
		w.mute = tag
	}
}
