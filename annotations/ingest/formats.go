package ingest

import (
	"bytes"
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
	FormatDOCX     = "docx"
	FormatODT      = "odt"
	FormatMHTML    = "mhtml"
	FormatJSONL    = "jsonl"
	FormatFeed     = "feed"
	FormatPDF      = "pdf"
	FormatEPUB     = "epub"
	FormatRTF      = "rtf"
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
		{FormatDOCX, []string{".docx", ".docm", ".dotx"}, "Word; comments and notes come as hints"},
		{FormatODT, []string{".odt", ".ott"}, "OpenDocument text; comments and notes come as hints"},
		{FormatMHTML, []string{".mhtml", ".mht"}, "a page that a browser saved in one file"},
		{FormatJSONL, []string{".jsonl", ".ndjson", ".json"}, "one article a line or object: text, title, url, outlet, byline, published, language"},
		{FormatFeed, []string{".rss", ".atom", ".xml"}, "a saved RSS or Atom feed; often it holds summaries only"},
		{FormatPDF, []string{".pdf"}, "through the program pdftotext; the text is to be checked"},
		{FormatEPUB, []string{".epub"}, "through the program pandoc"},
		{FormatRTF, []string{".rtf"}, "through the program pandoc"},
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

// packedFormat tells the formats that are no plain text: as the content says,
// whatever the file's name is. It gives "" for text, and an error for what
// cannot be read or is not what the caller says.
func (j *job) packedFormat() (string, error) {
	looks, err := j.sniffPacked()
	want := j.opt.Format
	switch {
	case err != nil:
		return "", err
	case looks == "" && isPacked(want):
		return "", &Error{Why: "this is no document of the format " + want, Next: "leave out --format to have it detected", Err: ErrFormat}
	case looks == "":
		return "", checkBinary(j.raw)
	case want != "" && want != looks && (looks == FormatMHTML || looks == FormatRTF) && !isPacked(want):
		return "", nil // its bytes are text, of a sort
	case want != "" && want != looks:
		return "", &Error{Why: "this looks like " + looks + ", not like " + want, Next: "leave out --format to have it detected", Err: ErrFormat}
	}
	if j.opt.Encoding != "" && looks != FormatMHTML {
		j.caution(TopicEncoding, "the encoding that was named is not for "+looks+", which says its own")
	}
	return looks, nil
}

func isPacked(format string) bool {
	switch format {
	case FormatDOCX, FormatODT, FormatMHTML, FormatPDF, FormatEPUB, FormatRTF:
		return true
	}
	return false
}

func (j *job) sniffPacked() (string, error) {
	raw := j.raw
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.HasPrefix(raw, []byte("PK\x05\x06")):
		a, err := openArchive(raw)
		if err != nil {
			return "", err
		}
		j.zip = a
		return a.format()
	case bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")) && (bytes.HasPrefix(raw, []byte("%PDF-")) || bytes.IndexByte(raw[:min(len(raw), sampleSize)], 0) >= 0):
		return FormatPDF, nil
	case bytes.HasPrefix(raw, []byte(`{\rtf`)):
		return FormatRTF, nil
	case isMHTML(raw), j.opt.Format == FormatMHTML, j.opt.Format == "" && formatByName(j.opt.Name) == FormatMHTML && opensHeader(raw):
		return FormatMHTML, nil
	}
	return "", nil
}

// pickFormat settles the format of a decoded text: as told; as the content says
// beyond doubt; as the file's ending says; else plain text.
func (j *job) pickFormat(text string) string {
	if j.opt.Format != "" {
		return j.opt.Format
	}
	byName := formatByName(j.opt.Name)
	switch {
	case byName == FormatMarkdown || byName == FormatHTML || byName == FormatJSONL:
		return byName
	case opensHTML(text):
		return FormatHTML
	case opensFeed(text) || byName == FormatFeed:
		return FormatFeed
	case opensJSON(text):
		return FormatJSONL
	case byName == "" && opensFrontMatter(text):
		return FormatMarkdown
	case isPacked(byName):
		j.caution(TopicFormat, "its name says "+byName+", but its content is plain text")
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
