package ingest

import (
	"path/filepath"
	"slices"
	"strings"
)

// The names of the formats, as --format takes them and as
// [annotations.Original] records them.
const (
	FormatText     = "text"
	FormatMarkdown = "markdown"
	FormatHTML     = "html"
)

// FormatInfo describes a format for help texts.
type FormatInfo struct {
	Name       string
	Extensions []string // lower case, with the dot
	Words      string   // one line for people
}

// Formats lists what can be imported, the commonest first.
func Formats() []FormatInfo {
	return []FormatInfo{
		{FormatText, []string{".txt", ".text"}, "plain text, kept as it came"},
		{FormatMarkdown, []string{".md", ".markdown", ".mdown", ".mkd"}, "Markdown; front matter gives the fields"},
		{FormatHTML, []string{".html", ".htm", ".xhtml"}, "a saved web page; menus and advertising are left out"},
	}
}

func knownFormat(name string) bool {
	return slices.ContainsFunc(Formats(), func(f FormatInfo) bool { return f.Name == name })
}

func formatNames() string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// formatByName tells the format from a file's ending, or "".
func formatByName(name string) string {
	ext := strings.ToLower(filepath.Ext(name))
	for _, f := range Formats() {
		if ext != "" && slices.Contains(f.Extensions, ext) {
			return f.Name
		}
	}
	return ""
}

// pickFormat settles the format of a decoded text: as told; as the content says
// beyond doubt; as the file's ending says; else plain text.
func (j *job) pickFormat(text string) string {
	if j.opt.Format != "" {
		return j.opt.Format
	}
	byName := formatByName(j.opt.Name)
	switch {
	case byName == FormatMarkdown || byName == FormatHTML:
		return byName
	case opensHTML(text):
		return FormatHTML
	case byName == "" && opensFrontMatter(text):
		return FormatMarkdown
	}
	return FormatText
}

// opensHTML reports whether a text starts as a page does. Comments and an XML
// declaration may come first; a lone tag such as <p> is not enough.
func opensHTML(text string) bool {
	text = text[:min(len(text), 64<<10)]
	for {
		text = strings.TrimLeft(text, " \t\r\n\f\ufeff")
		var end string
		switch {
		case strings.HasPrefix(text, "<!--"):
			end = "-->"
		case strings.HasPrefix(text, "<?xml"):
			end = "?>"
		default:
			return hasFoldPrefix(text, "<!doctype html") || opensTag(text, "html") || opensTag(text, "head") || opensTag(text, "body")
		}
		_, rest, ok := strings.Cut(text, end)
		if !ok {
			return false
		}
		text = rest
	}
}

func opensTag(text, tag string) bool {
	n := len(tag) + 1
	return hasFoldPrefix(text, "<"+tag) && len(text) > n && strings.IndexByte("> \t\r\n\f/", text[n]) >= 0
}

func hasFoldPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
