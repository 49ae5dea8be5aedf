package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// settle keeps readability from taking away what a reader sees.
func settle(n *html.Node) {
	switch {
	case n.Type != html.ElementNode:
	case isProse(n):
		// A class such as "commentary" or "social-housing" makes readability
		// take a paragraph for a page's furniture, in the middle of an article.
		without(n, "class", "id")
	case namesAuthor(n) && isSentence(words(n, maxSpoken)):
		without(n, "class", "id", "rel", "itemprop")
	case isPieceOfWord(n):
		without(n, "aria-hidden")
	}
	switch n.DataAtom {
	case atom.Span, atom.B, atom.Strong, atom.I, atom.Em, atom.Small, atom.Font:
		if strings.Contains(styleOf(n.Attr), "display:block") {
			n.Data, n.DataAtom = "div", atom.Div
		}
	default:
	}
}

func without(n *html.Node, keys ...string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return slices.Contains(keys, a.Key) })
}

// namesAuthor reports whether readability may take n for a byline: by its name, or
// by what it is said to be.
func namesAuthor(n *html.Node) bool {
	if attr(n.Attr, "rel") == "author" || strings.Contains(attr(n.Attr, "itemprop"), "author") {
		return true
	}
	named := strings.ToLower(attr(n.Attr, "class") + " " + attr(n.Attr, "id"))
	return slices.ContainsFunc([]string{"byline", "author", "writtenby", "dateline"}, func(word string) bool { return strings.Contains(named, word) })
}

// maxSpoken bounds the words that are compared, in bytes. Readability takes a
// hundred characters at most for a byline.
const maxSpoken = 4 * 100

// words gives the text in n with its white space folded; cut to limit.
func words(n *html.Node, limit int) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && b.Len() < limit; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data[:min(len(c.Data), limit)])
			} else {
				walk(c)
			}
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// isSentence reports whether a text reads as a sentence or more, and not as a
// name, a place or a date: several words, a stop at the end, no "By".
func isSentence(s string) bool {
	return !hasFoldPrefix(s, "by ") && strings.Count(s, " ") >= 5 && endsSentence(s)
}

// isPieceOfWord reports whether an element that is hidden from screen readers is
// a piece of a word all the same, since what follows goes on in it.
func isPieceOfWord(n *html.Node) bool {
	if attr(n.Attr, "aria-hidden") != "true" || layoutOf(n.Data) != inline {
		return false
	}
	seen := words(n, maxSpoken)
	last, _ := utf8.DecodeLastRuneInString(seen)
	if !unicode.IsLetter(last) {
		return false
	}
	if next := n.NextSibling; next != nil && next.Type == html.TextNode {
		if first, _ := utf8.DecodeRuneInString(next.Data); unicode.IsLetter(first) {
			return true
		}
	}
	return false
}

// seenInstead shows the element beside n that has the same words for the eye, where
// n has them for screen readers alone.
func seenInstead(n *html.Node) {
	if !hasUnseenClass(n.Attr) {
		return
	}
	for _, x := range []*html.Node{n.PrevSibling, n.NextSibling} {
		if x != nil && x.Type == html.ElementNode && attr(x.Attr, "aria-hidden") == "true" && words(x, maxSpoken) == words(n, maxSpoken) {
			without(x, "aria-hidden")
		}
	}
}
