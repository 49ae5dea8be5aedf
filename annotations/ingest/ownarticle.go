package ingest

import (
	"strings"

	"golang.org/x/net/html"
)

// maxOwn bounds the text of an element that is kept beside what readability finds, in
// bytes. Readability finds longer articles by itself.
const maxOwn = 16 << 10

// ownArticle is a copy of the one element that a page itself calls its article: the only
// one, with the page's only top heading and a paragraph of running text inside. Nil
// where there is none, or a long one. Readability weighs by length, and behind a paywall
// the article is shorter than what asks for money beside it.
func ownArticle(doc *html.Node) *html.Node {
	var found *html.Node
	headings := 0
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "h1":
			headings++
		case n.Data == "article" && found != nil:
			return nil
		case n.Data == "article":
			found = n
		}
	}
	if found == nil || headings != 1 {
		return nil
	}
	size, headed, prose := 0, false, false
	for n := range found.Descendants() {
		if n.Type == html.TextNode {
			size += len(n.Data)
		}
		headed = headed || n.Type == html.ElementNode && n.Data == "h1"
		prose = prose || isProse(n)
	}
	if !headed || !prose || size > maxOwn {
		return nil
	}
	return copyTree(found)
}

// topHeading is the text of a page's h1 element, if it has one alone. Where its end tag
// is missing, which open says, the article stands in it, and the heading ends at its
// first paragraph.
func topHeading(doc *html.Node) (text string, open bool) {
	var found *html.Node
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "h1" {
			continue
		}
		if found != nil {
			return "", false
		}
		found = n
	}
	if found == nil {
		return "", false
	}
	var b strings.Builder
	for n := range found.Descendants() {
		switch {
		case b.Len() >= maxTitle:
		case n.Type == html.TextNode:
			b.WriteString(n.Data[:min(len(n.Data), maxTitle)])
		case n.Type != html.ElementNode:
		case n.Data == "p" && strings.TrimSpace(b.String()) != "":
			return foldField(b.String(), maxTitle), true
		case n.Data == "br" || layoutOf(n.Data) == block:
			b.WriteByte(' ')
		}
	}
	return foldField(b.String(), maxTitle), false
}

// copyTree copies a node with all below it. The depth of a page's tree is bounded by
// the parser.
func copyTree(n *html.Node) *html.Node {
	out := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	for c := range n.ChildNodes() {
		out.AppendChild(copyTree(c))
	}
	return out
}

// apart reports whether no block of a text stands in another.
func apart(text, other string) bool {
	in := indexWords(other)
	for block := range strings.SplitSeq(text, "\n\n") {
		if words := strings.Fields(block); len(words) >= window {
			if _, ok := in.find(words); ok {
				return false
			}
		}
	}
	return true
}
