package ingest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// takeLinkedData reads headline, date, authors and publisher of the first
// article that a JSON-LD block describes.
func (p *page) takeLinkedData(raw string) {
	v := linkedValues(raw)
	a := findArticle(v, maxLinkedDepth)
	if a == nil {
		return
	}
	const from = "the page's linked data"
	named := map[string]any{}
	noteNames(v, maxLinkedDepth, named)
	if s, ok := a["headline"].(string); ok {
		p.title.set(html.UnescapeString(s), from)
	}
	if s, ok := a["datePublished"].(string); ok {
		p.published.set(s, from)
	}
	p.byline.set(cleanByline(html.UnescapeString(strings.Join(namesIn(a["author"], named), ", "))), from)
	if names := namesIn(a["publisher"], named); len(names) > 0 {
		p.outlet.set(html.UnescapeString(names[0]), from)
	}
	if s, ok := a["inLanguage"].(string); ok {
		p.language.set(cleanLanguage(s), from)
	}
	if s, ok := a["url"].(string); ok {
		p.og.url.set(cleanURL(s), from)
	}
	if s, ok := a["articleBody"].(string); ok && p.story == "" {
		p.story = s
	}
}

// linkedStory feeds a builder with the text of an article as linked data give it: plain,
// with line ends between its paragraphs, or a piece of a page.
func linkedStory(b *builder, story string) {
	marked := func() bool { return strings.Contains(story, "</") || strings.Contains(story, "<br") }
	if !marked() {
		story = html.UnescapeString(story)
	}
	if !marked() {
		var page strings.Builder
		for line := range strings.Lines(story) {
			page.WriteString("<p>" + html.EscapeString(line) + "</p>")
		}
		story = page.String()
	}
	walkTokens(b, story)
}

// maxLinkedDepth is how many levels down linked data is looked through.
const maxLinkedDepth = 9

// linkedValues reads the values of a block. Publishing systems write line ends
// into its strings, a semicolon or a second object after it, and wrap it as a
// script; all that is no JSON, and read all the same.
func linkedValues(raw string) []any {
	raw = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(raw), "\ufeff"))
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}} {
		if inner, ok := strings.CutPrefix(raw, wrap[0]); ok {
			raw = strings.TrimSuffix(strings.TrimSpace(inner), wrap[1])
		}
	}
	raw = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, raw)
	var out []any
	for d := json.NewDecoder(strings.NewReader(raw)); len(out) < 16; {
		var v any
		if d.Decode(&v) != nil {
			break
		}
		out = append(out, v)
	}
	return out
}

// findArticle looks for an object whose type is an article's, at most depth
// levels down.
func findArticle(v any, depth int) map[string]any {
	if depth == 0 {
		return nil
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if a := findArticle(e, depth-1); a != nil {
				return a
			}
		}
	case map[string]any:
		if isArticleType(v["@type"]) {
			return v
		}
		if a := findArticle(v["@graph"], depth-1); a != nil {
			return a
		}
		return findArticle(v["mainEntity"], depth-1)
	}
	return nil
}

func isArticleType(v any) bool {
	switch v := v.(type) {
	case string:
		v = strings.TrimPrefix(strings.TrimPrefix(v, "http://schema.org/"), "https://schema.org/")
		return strings.HasSuffix(v, "Article") || strings.HasSuffix(v, "BlogPosting") || v == "Report"
	case []any:
		return slices.ContainsFunc(v, isArticleType)
	}
	return false
}

// noteNames gathers the names of what linked data describes, by its @id, for
// authors and publishers that are given by that alone.
func noteNames(v any, depth int, into map[string]any) {
	if depth == 0 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			noteNames(e, depth-1, into)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && v["name"] != nil && into[id] == nil {
			into[id] = v["name"]
		}
		for _, key := range slices.Sorted(maps.Keys(v)) { // the first one counts, on every machine
			noteNames(v[key], depth-1, into)
		}
	}
}

// namesIn gives the names in an author or publisher: a string, an object with a
// name or with the @id of one of named, or a list of these.
func namesIn(v any, named map[string]any) []string {
	switch v := v.(type) {
	case string:
		if s := strings.TrimSpace(v); s != "" && !strings.Contains(s, "://") {
			return []string{s}
		}
	case map[string]any:
		if names := namesIn(v["name"], nil); len(names) > 0 {
			return names
		}
		if id, ok := v["@id"].(string); ok {
			return namesIn(named[id], nil)
		}
	case []any:
		var out []string
		for _, e := range v[:min(len(v), 16)] {
			if names := namesIn(e, named); len(names) > 0 {
				out = append(out, names[0])
			}
		}
		return out
	}
	return nil
}
