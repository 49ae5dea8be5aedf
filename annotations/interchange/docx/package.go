package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpace   = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

	contentTypes = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	rootParts = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	documentParts = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>`
)

// document makes the archive.
func document(p *standoff.Page, list []comment) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct{ name, data string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", rootParts},
		{"docProps/core.xml", properties(p.Article)},
		{"word/_rels/document.xml.rels", documentParts},
		{"word/document.xml", body(p, list)},
		{"word/comments.xml", commentPart(list)},
	} {
		// The first day that an archive can name: a date of now would make each
		// export another file.
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(part.data)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// clean replaces what XML 1.0 does not allow: controls by their pictures, the
// rest by U+FFFD.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7F:
			return 0x2421
		case r == 0xFFFE || r == 0xFFFF:
			return 0xFFFD
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// escape makes text safe between tags and in attributes.
func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(clean(s))) //nolint:errcheck // a Builder takes everything
	return b.String()
}

// run is text with line breaks and tabs as elements, which is how the format
// keeps them.
func run(s, style string) string {
	var b strings.Builder
	b.WriteString("<w:r>" + style)
	for i, line := range strings.Split(clean(s), "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		for k, cell := range strings.Split(line, "\t") {
			if k > 0 {
				b.WriteString("<w:tab/>")
			}
			if cell != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escape(cell) + "</w:t>")
			}
		}
	}
	b.WriteString("</w:r>")
	return b.String()
}

// body is the article with the places of its comments.
func body(p *standoff.Page, list []comment) string {
	number := map[int]int{}
	for n, c := range list {
		number[c.unit] = n
	}
	var b strings.Builder
	b.WriteString(declaration + "<w:document" + wordSpace + "><w:body><w:p>")
	units := p.Article.Units
	for i, u := range units {
		style := ""
		if u.Kind == annotations.KindHeading {
			style = "<w:rPr><w:b/></w:rPr>"
		}
		if i > 0 {
			before := units[i-1]
			gap := p.Article.Body[before.Span.End:u.Span.Start]
			switch {
			case before.Paragraph != u.Paragraph || before.Kind == annotations.KindHeading || u.Kind == annotations.KindHeading:
				b.WriteString("</w:p><w:p>")
			case gap != "":
				b.WriteString(run(gap, ""))
			}
		}
		words := run(u.Span.In(p.Article.Body), style)
		if n, ok := number[i]; ok {
			fmt.Fprintf(&b, `<w:commentRangeStart w:id="%d"/>%s<w:commentRangeEnd w:id="%d"/><w:r><w:commentReference w:id="%d"/></w:r>`, n, words, n, n)
		} else {
			b.WriteString(words)
		}
	}
	b.WriteString("</w:p></w:body></w:document>")
	return b.String()
}

func commentPart(list []comment) string {
	var b strings.Builder
	b.WriteString(declaration + "<w:comments" + wordSpace + ">")
	for n, c := range list {
		fmt.Fprintf(&b, `<w:comment w:id="%d" w:author="%s" w:initials="%s"`, n, escape(firstOf(c.author, "stet")), escape(initials(c.author)))
		if !c.when.IsZero() {
			fmt.Fprintf(&b, ` w:date="%s"`, c.when.UTC().Format("2006-01-02T15:04:05Z"))
		}
		b.WriteString(">")
		for _, l := range c.lines {
			b.WriteString("<w:p>" + run(l, "") + "</w:p>")
		}
		b.WriteString("</w:comment>")
	}
	b.WriteString("</w:comments>")
	return b.String()
}

// initials are the first letters of a name's words, at most three.
func initials(name string) string {
	var out []rune
	for _, w := range strings.Fields(name) {
		for _, r := range w {
			out = append(out, r)
			break
		}
	}
	return strings.ToUpper(string(out[:min(len(out), 3)]))
}

func properties(a *annotations.Article) string {
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		"<dc:title>" + escape(firstOf(a.Title, a.Name)) + "</dc:title><dc:creator>" + escape(a.Byline) + "</dc:creator></cp:coreProperties>"
}
