package ingest

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// isXHTML reports whether a page is one of XML, by its declaration or its name, and
// says so: pages of HTML claim the namespace too, and are not written as XML is.
func isXHTML(page, name string) bool {
	head := page[:min(len(page), 4096)]
	byName := slices.Contains([]string{".xhtml", ".xht"}, strings.ToLower(filepath.Ext(name)))
	return strings.Contains(head, "http://www.w3.org/1999/xhtml") && (byName || strings.HasPrefix(strings.TrimSpace(head), "<?xml"))
}

// closeEmpty writes the empty elements of an XML page as HTML has them: <x/> is an
// element without content there, and in HTML one that stays open, which takes what
// follows for its own. Nothing else of the page is touched.
func closeEmpty(page, name string) string {
	if !isXHTML(page, name) {
		return page
	}
	var out strings.Builder
	out.Grow(len(page))
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == html.ErrorToken {
			out.WriteString(raw)
			if !errors.Is(z.Err(), io.EOF) {
				return page
			}
			return out.String()
		}
		inner, empty := strings.CutSuffix(raw, "/>")
		tag, _ := z.TagName()
		if kind != html.SelfClosingTagToken || !empty || hasNoContent(string(tag)) {
			out.WriteString(raw)
			continue
		}
		z.NextIsNotRawText() // of <script/> and its like
		out.WriteString(inner + "></" + string(tag) + ">")
	}
}

// hasNoContent reports whether an element of HTML never has content.
func hasNoContent(tag string) bool {
	switch tag {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}
