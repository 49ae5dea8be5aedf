package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// attr gives the value of an attribute, or "".
func attr(attrs []html.Attribute, key string) string {
	for _, a := range attrs {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// walkTree feeds a page's tree to b. The parser bounds the depth of trees.
func walkTree(b *builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.text(n.Data)
		return
	case html.ElementNode:
		if layoutOf(n.Data) == hidden || isHidden(n.Data, n.Attr) {
			return
		}
		b.open(n.Data, func(key string) string { return attr(n.Attr, key) })
		defer b.close(n.Data)
	case html.DocumentNode:
	default:
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walkTree(b, c)
	}
}

// isHidden reports whether an element says that nobody sees it: by itself, or by
// the names that style sheets give to words for screen readers, such as "opens
// in a new window" after a link.
func isHidden(tag string, attrs []html.Attribute) bool {
	if tag == "dialog" && !hasAttr(attrs, "open") {
		return true
	}
	if hasUnseenClass(attrs) {
		return true
	}
	for _, a := range attrs {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			style := styleOf(attrs)
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// styleOf gives what an element says of its look, in small letters without spaces.
func styleOf(attrs []html.Attribute) string {
	style := attr(attrs, "style")
	return strings.ReplaceAll(strings.ToLower(style[:min(len(style), 1024)]), " ", "")
}

func hasUnseenClass(attrs []html.Attribute) bool {
	class := attr(attrs, "class")
	return class != "" && slices.ContainsFunc(strings.Fields(class[:min(len(class), 1024)]), unseenClass)
}

// unseenClass names classes that mean, wherever they are used, that an element
// is not on the screen.
func unseenClass(name string) bool {
	switch strings.ToLower(name) {
	case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader-only", "u-visually-hidden",
		"a11y-hidden", "element-invisible":
		return true
	}
	return false
}

// maxToken bounds one tag or one run of text, in bytes.
const maxToken = 64 << 20

// walkTokens feeds the visible text of a page to b without building a tree, in
// one pass and bounded memory, whatever the page's shape.
func walkTokens(b *builder, page string) {
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(maxToken)
	var skip skipper
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			text := string(z.Text())
			if skip.on() {
				skip.hold(text)
				continue
			}
			b.text(skip.piece(text))
			b.text(text)
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tok := z.Token()
			if skip.step(kind, tok) {
				continue
			}
			if layoutOf(tok.Data) != inline {
				skip.held = ""
			}
			if kind == html.EndTagToken {
				b.close(tok.Data)
				continue
			}
			b.open(tok.Data, func(key string) string { return attr(tok.Attr, key) })
			if kind == html.SelfClosingTagToken && layoutOf(tok.Data) != inline {
				b.close(tok.Data)
			}
		}
	}
}

// skipper follows an element without visible text to its end.
type skipper struct {
	tag   string
	depth int
	veils bool   // what is skipped is hidden from screen readers alone
	held  string // words of the last such element
}

// hold keeps the words that are skipped, which may be the first piece of a word.
func (s *skipper) hold(text string) {
	if s.veils && len(s.held)+len(text) <= maxSpoken {
		s.held += text
	}
}

// piece gives the words that were held when text goes on in the last of them.
func (s *skipper) piece(text string) string {
	held := s.held
	s.held = ""
	last, _ := utf8.DecodeLastRuneInString(held)
	first, _ := utf8.DecodeRuneInString(text)
	if unicode.IsLetter(last) && unicode.IsLetter(first) {
		return held
	}
	return ""
}

func (s *skipper) on() bool { return s.depth > 0 }

// step takes a tag and reports whether it belongs to what is skipped.
func (s *skipper) step(kind html.TokenType, tok html.Token) bool {
	if s.depth == 0 {
		if kind == html.StartTagToken && (layoutOf(tok.Data) == hidden && !isVoid(tok.Data) || isHidden(tok.Data, tok.Attr) && mustClose(tok.Data)) {
			s.tag, s.depth, s.held = tok.Data, 1, ""
			s.veils = layoutOf(tok.Data) == inline && attr(tok.Attr, "aria-hidden") == "true" &&
				!isHidden(tok.Data, slices.DeleteFunc(slices.Clone(tok.Attr), func(a html.Attribute) bool { return a.Key == "aria-hidden" }))
			return true
		}
		return layoutOf(tok.Data) == hidden
	}
	switch {
	case mayStayOpen(s.tag) && endsOpen(tok.Data) && (tok.Data != s.tag || kind == html.StartTagToken):
		s.depth = 0
		return s.step(kind, tok)
	case s.tag == "head" && kind == html.StartTagToken && tok.Data == "body":
		s.depth = 0 // a head need not be closed
		return false
	case tok.Data != s.tag:
	case kind == html.StartTagToken:
		s.depth++
	case kind == html.EndTagToken:
		s.depth--
	}
	return true
}

// mayStayOpen names hidden elements whose end tag may be left out.
func mayStayOpen(tag string) bool { return tag == "rp" || tag == "rt" || tag == "rtc" }

// endsOpen names elements that end one of those: parts of the same ruby, and what
// cannot stand in it.
func endsOpen(tag string) bool {
	at := layoutOf(tag)
	return mayStayOpen(tag) || tag == "ruby" || tag == "rb" || at == block || at == newLine
}

// isVoid names the elements without content that layoutOf hides.
func isVoid(tag string) bool { return tag == "embed" }

// mustClose names elements whose end tag may not be left out, so that skipping
// to it cannot swallow the rest of the page.
func mustClose(tag string) bool {
	switch tag {
	case "div", "span", "section", "article", "aside", "nav", "header", "footer", "dialog", "ul", "ol", "table", "a", "b", "i", "figure", "form":
		return true
	}
	return false
}
