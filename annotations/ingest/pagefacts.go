package ingest

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// page is what one pass over a page's tokens tells, before any tree is built.
type page struct {
	facts
	base    *url.URL // for relative links, or nil
	fetched *url.URL // where the page was fetched, or nil
	og      facts    // what the Open Graph and plain meta elements say, below the linked data
	wild    string   // why no tree should be built, or ""
	links   []string // JSON-LD blocks
	story   string   // the article's text as they give it
	active  map[string]int
	peak    int // most formatting elements open at once
	tags    int // tags and runs of text
	text    int // bytes of text, scripts and styles apart
}

// Bounds beyond which a page is no article and a tree of it may grow or take
// time without measure.
const (
	maxPageText   = 16 << 20 // bytes, scripts and styles apart
	maxTreeNodes  = 400_000
	maxAttributes = 1000 // of one element
	maxLinkedData = 1 << 20
)

// scanPage reads a page's facts and size in one pass. address is where the page
// was fetched, if it was.
func scanPage(text, address string) *page {
	p := &page{active: map[string]int{}}
	if u, err := url.Parse(cleanURL(address)); err == nil && u.Host != "" {
		p.fetched = u
	}
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxToken)
	want := ""
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			p.conclude()
			return p
		case html.TextToken:
			p.tags++
			p.takeText(want, z)
		case html.CommentToken:
			p.savedFrom(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			want = p.takeTag(tok, kind)
		case html.EndTagToken:
			want = ""
			name, _ := z.TagName()
			if tag := string(name); isFormatting(tag) {
				p.active[tag] = max(p.active[tag]-1, 0)
			}
			p.tags++
		}
	}
}

// takeTag notes one start tag and says what its text is wanted for.
func (p *page) takeTag(tok html.Token, kind html.TokenType) string {
	p.tags++
	if len(tok.Attr) > maxAttributes {
		p.wild = "an element has more than a thousand attributes"
	}
	if isFormatting(tok.Data) && kind == html.StartTagToken {
		p.active[tok.Data]++
		open := 0
		for _, n := range p.active {
			open += n
		}
		p.peak = max(p.peak, open)
	}
	switch tok.Data {
	case "html":
		p.language.set(attr(tok.Attr, "lang"), "the page")
		p.language.set(attr(tok.Attr, "xml:lang"), "the page")
	case "link":
		if slices.Contains(strings.Fields(strings.ToLower(attr(tok.Attr, "rel"))), "canonical") {
			p.url.set(p.absolute(attr(tok.Attr, "href")), "the page's canonical link")
		}
	case "base":
		if u, err := url.Parse(cleanURL(attr(tok.Attr, "href"))); err == nil && u.Host != "" && p.base == nil {
			p.base = u
		}
	case "meta":
		p.takeMeta(tok.Attr)
	case "time":
		if prop := strings.ToLower(attr(tok.Attr, "itemprop")); prop == "datepublished" || hasAttr(tok.Attr, "pubdate") {
			p.og.published.set(attr(tok.Attr, "datetime"), "the page's time element")
		}
	case "title":
		return "title"
	case "script":
		if strings.EqualFold(strings.TrimSpace(attr(tok.Attr, "type")), "application/ld+json") {
			return "linked data"
		}
		return "script"
	case "style":
		return "script"
	}
	return ""
}

// takeText notes one run of text, for what takeTag said of it.
func (p *page) takeText(want string, z *html.Tokenizer) {
	switch want {
	case "":
		p.text += len(z.Raw())
	case "title":
		p.og.title.set(foldField(string(z.Text()), maxTitle), "the page's title")
	case "linked data":
		if raw := z.Raw(); len(raw) <= maxLinkedData && len(p.links) < 16 {
			p.links = append(p.links, string(raw))
		}
	}
}

func (p *page) takeMeta(attrs []html.Attribute) {
	content := attr(attrs, "content")
	key := strings.ToLower(strings.TrimSpace(attr(attrs, "property")))
	if key == "" {
		key = strings.ToLower(strings.TrimSpace(attr(attrs, "name")))
	}
	if key == "" {
		key = "itemprop:" + strings.ToLower(attr(attrs, "itemprop"))
	}
	switch key {
	case "og:url":
		p.og.url.set(cleanURL(content), "the page's og:url")
	case "og:title":
		p.og.title = fact{foldField(content, maxTitle), "the page's og:title"}
	case "og:site_name", "application-name":
		p.og.outlet.set(content, "the page's "+key)
	case "author", "dc.creator", "article:author", "parsely-author", "byl":
		p.og.byline.set(cleanByline(content), "the page's "+key)
	case "article:published_time", "date", "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "pubdate", "publishdate",
		"parsely-pub-date", "sailthru.date", "itemprop:datepublished", "datepublished", "og:article:published_time", "published-date":
		if iso, ok := parseDate(cleanDate(content)); ok {
			p.og.published.set(iso, "the page's "+strings.TrimPrefix(key, "itemprop:"))
		}
	case "og:locale":
		p.og.language.set(cleanLanguage(content), "the page's og:locale")
	}
}

// savedFrom reads the address that browsers and SingleFile leave in a comment
// of the pages they save.
func (p *page) savedFrom(comment string) {
	const from = "the comment of the browser that saved the page"
	if _, rest, ok := strings.Cut(comment, "saved from url=("); ok && len(comment) < maxURL {
		if _, u, ok := strings.Cut(rest, ")"); ok {
			p.og.url.set(cleanURL(strings.TrimSpace(u)), from)
		}
	}
	if strings.Contains(comment, "SingleFile") {
		for line := range strings.Lines(comment[:min(len(comment), maxURL)]) {
			if u, ok := strings.CutPrefix(strings.TrimSpace(line), "url:"); ok {
				p.og.url.set(cleanURL(strings.TrimSpace(u)), from)
			}
		}
	}
}

// conclude ranks the witnesses and bounds the tree.
func (p *page) conclude() {
	for _, raw := range p.links {
		p.takeLinkedData(raw)
	}
	p.url.set(p.og.url.value, p.og.url.from)
	p.language.set(p.og.language.value, p.og.language.from)
	if cleanLanguage(p.language.value) == "" {
		p.language = p.og.language
	}
	if p.base == nil {
		p.base = p.fetched
	}
	if u, err := url.Parse(p.url.value); err == nil && u.Host != "" && p.base == nil {
		p.base = u
	}
	switch {
	case p.wild != "":
	case p.text > maxPageText:
		p.wild = "it holds more than " + sizeWords(maxPageText) + " of text"
	case p.tags > maxTreeNodes || p.tags*(p.peak+1) > 10*maxTreeNodes:
		p.wild = "it has too many elements"
	}
}

func (p *page) absolute(href string) string {
	b := builder{base: p.base}
	if b.base == nil {
		b.base = p.fetched
	}
	if b.base == nil {
		return cleanURL(href)
	}
	return b.resolve(href)
}

func hasAttr(attrs []html.Attribute, key string) bool {
	return slices.ContainsFunc(attrs, func(a html.Attribute) bool { return a.Key == key })
}

// isFormatting names the elements that a parser opens anew in every block
// until they are closed: a few thousand bytes can so ask for millions of nodes.
func isFormatting(tag string) bool {
	switch tag {
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

// homePage reports whether an address has neither path nor query.
func homePage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}
