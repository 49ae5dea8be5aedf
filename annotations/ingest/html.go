package ingest

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// treeBudget bounds the time for one page's tree. Pages within the limits of
// scanPage need a small part of it; it stands against those that find a way
// around them.
const treeBudget = 2 * time.Minute

// extractHTML gives the text of a saved page: what readability takes for the
// article, or all that is visible when that finds nothing or the page is not
// fit for a tree.
func (j *job) extractHTML(ctx context.Context, text string) (string, error) {
	text = closeEmpty(text, j.opt.Name)
	p := scanPage(text, j.opt.Address)
	if u, err := url.Parse(cleanURL(j.opt.URL)); p.base == nil && err == nil && u.Host != "" {
		p.base = u
	}
	if homePage(p.url.value) && !homePage(j.opt.Address) && j.opt.Address != "" {
		p.url = fact{} // a site that names its home page as the address of all of its pages
	}
	var main mainPart
	why, err := "that was asked for", error(nil)
	if !j.opt.Whole {
		main, why, err = readable(ctx, text, p)
	}
	if err != nil {
		return "", err
	}
	j.facts = p.merge(main)
	b := &builder{base: p.base, drop: repeats(&j.facts)}
	if main.node != nil {
		walkTree(b, main.node)
	}
	body, hints := b.finish()
	if main.own != nil && body != "" {
		own := &builder{base: p.base, drop: repeats(&j.facts)}
		walkTree(own, main.own)
		if text, marks := own.finish(); text != "" && apart(text, body) {
			b, body, hints = own, text, marks
		}
	}
	if body == "" {
		if why == "" {
			why = "no article was found in the page"
		}
		j.res.Notices = append(j.res.Notices, Notice{TopicText, "all visible text of the page was taken, menus included: " + why, !j.opt.Whole})
		b = &builder{base: p.base, drop: repeats(&j.facts)}
		walkTokens(b, text)
		if body, hints = b.finish(); body == "" && p.story != "" {
			j.res.Notices[len(j.res.Notices)-1] = Notice{TopicText, "the page itself holds no words, which a script would put there: the text is what the page's linked data give as the article's", true}
			b = &builder{base: p.base, drop: repeats(&j.facts)}
			linkedStory(b, p.story)
			body, hints = b.finish()
		}
	} else {
		j.leftOut(&main.visible, body)
		if !strings.HasPrefix(body, main.heading) { // one that stands there is found there
			j.facts.title.set(main.heading, "the page's heading")
		}
	}
	j.res.Hints, j.kinds = hints, b.kinds
	return body, nil
}

// extractFragment gives the text of a piece of a page: all that is visible in
// it, for a feed or a document has no menus.
func (j *job) extractFragment(text, base string) string {
	b := &builder{}
	if u, err := url.Parse(cleanURL(base)); err == nil && u.Host != "" {
		b.base = u
	}
	walkTokens(b, text)
	body, hints := b.finish()
	j.res.Hints, j.kinds = hints, b.kinds
	return body
}

// mainPart is what readability makes of a page.
type mainPart struct {
	node                          *html.Node
	title, byline, site, language string
	heading                       string // of the whole page, where it has one alone
	visible                       visible
	own                           *html.Node // see ownArticle
}

// readable finds the main part of a page, or says why it did not. The work runs
// beside the caller and is left behind when it takes too long; the limits of
// scanPage see to it that it ends.
func readable(ctx context.Context, text string, p *page) (mainPart, string, error) {
	if p.wild != "" {
		return mainPart{}, p.wild, nil
	}
	inner, cancel := context.WithTimeout(ctx, treeBudget)
	defer cancel()
	type outcome struct {
		main mainPart
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		m, err := parseMain(inner, text, p.base)
		done <- outcome{m, err}
	}()
	select {
	case o := <-done:
		switch {
		case ctx.Err() != nil:
			return mainPart{}, "", context.Cause(ctx)
		case o.err != nil:
			return mainPart{}, o.err.Error(), nil
		}
		return o.main, "", nil
	case <-inner.Done():
		if ctx.Err() != nil {
			return mainPart{}, "", context.Cause(ctx)
		}
		return mainPart{}, "finding the article took too long", nil
	}
}

var (
	errNested = errors.New("its elements are too many or nested too deep")
	errParser = errors.New("the page could not be taken apart")
)

// parseMain builds the tree and runs readability on it. A panic in either
// library becomes an error: a page from outside must not end the program, and
// nothing but this page depends on their state.
func parseMain(ctx context.Context, text string, base *url.URL) (m mainPart, err error) {
	defer func() {
		if recover() != nil {
			m, err = mainPart{}, errParser
		}
	}()
	doc, err := html.Parse(&pacedReader{ctx: ctx, text: text})
	if err != nil {
		return mainPart{}, errNested
	}
	if !lighten(doc) {
		return mainPart{}, errNested
	}
	heading, open := topHeading(doc)
	all, own := allVisible(doc), ownArticle(doc)
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	a, err := parser.ParseAndMutate(doc, base)
	if err != nil {
		return mainPart{}, errParser
	}
	title := a.Title()
	if open && strings.HasPrefix(title, heading) { // what stands in the heading was glued to it
		title = heading
	}
	return mainPart{a.Node, title, a.Byline(), a.SiteName(), a.Language(), heading, all, own}, nil
}

// pacedReader hands out a text in small pieces until its context ends, which
// stops the parser that reads it.
type pacedReader struct {
	ctx  context.Context //nolint:containedctx // lives as long as one parse
	text string
}

func (r *pacedReader) Read(p []byte) (int, error) {
	switch {
	case r.ctx.Err() != nil:
		return 0, context.Cause(r.ctx)
	case r.text == "":
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), 16<<10)], r.text)
	r.text = r.text[n:]
	return n, nil
}

// Bounds on what readability compares again and again, in bytes.
const (
	maxAttrValue = 4 << 10
	maxAttrKey   = 128
)

// maxTreeCost bounds the sum, over all nodes of a tree, of depth times bytes:
// readability reads the text below an element once for each of its ancestors.
const maxTreeCost = 256 << 20

// lighten removes from a tree what readability does not need but would pay for
// many times over, and reports whether the rest is within bounds.
func lighten(doc *html.Node) bool {
	nodes, cost := 0, 0
	var walk func(n *html.Node, depth int) bool
	walk = func(n *html.Node, depth int) bool {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			if isBallast(c) {
				seenInstead(c)
				n.RemoveChild(c)
				c = next
				continue
			}
			nodes++
			cost += depth * 16
			if c.Type == html.TextNode {
				cost += depth * len(c.Data)
			}
			if nodes > maxTreeNodes || cost > maxTreeCost {
				return false
			}
			trim(c)
			settle(c)
			if !walk(c, depth+1) {
				return false
			}
			c = next
		}
		return true
	}
	return walk(doc, 1)
}

// minProse is how many bytes of its own words a paragraph has that is a sentence
// or more.
const minProse = 80

// isProse reports whether a node is a paragraph of running text: long enough, and
// more of it outside links than inside. What may be a byline is left to readability.
func isProse(n *html.Node) bool {
	if n.Type != html.ElementNode || n.Data != "p" {
		return false
	}
	if namesAuthor(n) {
		return false
	}
	own, linked := 0, 0
	var count func(n *html.Node, in *int)
	count = func(n *html.Node, in *int) {
		for c := n.FirstChild; c != nil && own <= 2*minProse+linked; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				*in += len(strings.TrimSpace(c.Data))
			case c.Type == html.ElementNode && c.Data == "a":
				count(c, &linked)
			default:
				count(c, in)
			}
		}
	}
	count(n, &own)
	return own >= minProse && own > linked
}

// isBallast names nodes without text for a reader. Linked data goes too:
// scanPage has read it, and readability would compare a headline of any length
// with every heading.
func isBallast(n *html.Node) bool {
	if n.Type == html.CommentNode {
		return true
	}
	if n.Type != html.ElementNode {
		return false
	}
	switch n.Data {
	case "script", "style", "svg", "template", "noscript", "canvas", "iframe", "object", "embed":
		return true
	}
	return hasUnseenClass(n.Attr) // readability takes the classes off
}

// trim shortens what readability takes for a title, and drops attributes that
// are too long to mean anything to it, such as pictures inside the page.
func trim(n *html.Node) {
	if n.Type != html.ElementNode {
		return
	}
	if n.Data == "title" && n.FirstChild != nil {
		n.FirstChild.Data = foldField(n.FirstChild.Data, maxTitle)
	}
	keep := n.Attr[:0]
	for _, a := range n.Attr {
		if len(a.Val) > maxAttrValue || len(a.Key) > maxAttrKey {
			continue
		}
		if n.Data == "meta" && a.Key == "content" {
			a.Val = foldField(a.Val, maxTitle)
		}
		keep = append(keep, a)
	}
	n.Attr = keep
}

// merge ranks what the page says of itself: readability first for the title,
// where it weighs several witnesses, linked data first for the rest.
func (p *page) merge(m mainPart) facts {
	f := p.facts
	f.title = fact{}
	f.title.set(foldField(m.title, maxTitle), "the page")
	f.title.set(p.title.value, p.title.from)
	f.title.set(p.og.title.value, p.og.title.from)
	f.byline.set(p.og.byline.value, p.og.byline.from)
	f.byline.set(foldField(cleanByline(m.byline), maxByline), "the page")
	f.outlet.set(p.og.outlet.value, p.og.outlet.from)
	f.outlet.set(m.site, "the page")
	f.title.value = withoutSite(f.title.value, f.outlet.value, p.title.value, m.heading)
	f.published.set(p.og.published.value, p.og.published.from)
	f.language.set(m.language, "the page")
	return f
}

// withoutSite takes the site's name off the end of a title: "Ships held - The
// Post". It is told by the outlet, where that is known, or by one of the headings
// that the page gives the article, when the title is that and a few words more.
func withoutSite(title, outlet string, headings ...string) string {
	for _, h := range headings {
		h = foldField(h, maxTitle)
		rest, ok := strings.CutPrefix(title, h)
		rest, bar := afterBar(rest)
		tail, words := len(strings.Fields(rest)), len(strings.Fields(h))
		if ok && bar && words > 1 && tail <= min(4, words) {
			return h
		}
	}
	for i := len(title) - 1; i > 0 && outlet != ""; i-- {
		if title[i-1] != ' ' {
			continue
		}
		head := strings.TrimSpace(title[:i])
		if tail, bar := afterBar(title[i-1:]); bar && squeeze(tail) == squeeze(outlet) && len(strings.Fields(head)) > 1 {
			return head
		}
	}
	return title
}

// afterBar takes a bar that stands between spaces off the front of s.
func afterBar(s string) (string, bool) {
	for _, bar := range []string{" - ", " – ", " — ", " | ", " · ", " :: ", " » ", " • "} {
		if rest, ok := strings.CutPrefix(s, bar); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return s, false
}

// repeats tells blocks at the head of a page that say nothing but title, byline
// or date, which belong in the fields. A field that is not known yet is taken
// from such a block.
func repeats(f *facts) func(string) bool {
	title := squeeze(f.title.value)
	return func(text string) bool {
		s := squeeze(text)
		if s == "" || len(text) > maxTitle {
			return false
		}
		if s == title {
			return true
		}
		if name, ok := bylineFrom([]string{text}); ok {
			f.byline.set(name, "the page's first lines")
		}
		if byline := squeeze(f.byline.value); byline != "" && (s == byline || s == "by"+byline) {
			return true
		}
		iso, ok := publishedLine(strings.TrimSpace(text))
		if ok {
			f.published.set(iso, "the page's first lines")
		}
		return ok && strings.HasPrefix(cleanDate(f.published.value), iso[:10])
	}
}

// squeeze keeps letters and digits, in lower case, for a comparison.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
