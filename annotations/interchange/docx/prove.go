package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"stet.example/stet/annotations/interchange/internal/standoff"
)

// prove opens the archive and compares the words under each comment with its
// sentence, and the number of comments with those meant.
func prove(data []byte, p *standoff.Page, list []comment) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	covered, err := under(z)
	if err != nil {
		return err
	}
	for n, c := range list {
		want := clean(p.Article.Units[c.unit].Span.In(p.Article.Body))
		if got := covered[fmt.Sprint(n)]; got != want {
			return fmt.Errorf("comment %d stands over %q, not over %q", n, standoff.Clip(got, 60), standoff.Clip(want, 60))
		}
	}
	if len(covered) != len(list) {
		return fmt.Errorf("%d comments were meant, %d stand in the text", len(list), len(covered))
	}
	notes := 0
	err = elements(z, "word/comments.xml", func(t xml.Token) {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "comment" {
			notes++
		}
	})
	if err == nil && notes != len(list) {
		err = fmt.Errorf("%d comments were meant, %d have words", len(list), notes)
	}
	return err
}

// under reads the words that each comment covers.
func under(z *zip.Reader) (map[string]string, error) {
	out := map[string]string{}
	open := map[string]*strings.Builder{}
	add := func(s string) {
		for _, b := range open {
			b.WriteString(s)
		}
	}
	text := false
	err := elements(z, "word/document.xml", func(t xml.Token) {
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "commentRangeStart":
				open[id(e)] = &strings.Builder{}
			case "commentRangeEnd":
				if b := open[id(e)]; b != nil {
					out[id(e)] = b.String()
				}
				delete(open, id(e))
			case "br":
				add("\n")
			case "tab":
				add("\t")
			case "t":
				text = true
			}
		case xml.EndElement:
			text = text && e.Name.Local != "t"
		case xml.CharData:
			if text {
				add(string(e))
			}
		}
	})
	return out, err
}

func id(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" {
			return a.Value
		}
	}
	return ""
}

// elements hands out the tokens of one part.
func elements(z *zip.Reader, name string, each func(xml.Token)) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	d := xml.NewDecoder(f)
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		each(t)
	}
}
