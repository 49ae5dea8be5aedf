package clients

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations/interchange"
)

const wordSpace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

// Document reads NAME.comments.docx: a mark is what a comment covers, its label
// the word in brackets that the comment begins with. Text is what stands in the
// document, with line ends between paragraphs.
func Document(files []interchange.File) ([]Reading, error) {
	return each(files, ".comments.docx", func(name string, data []byte) (*Reading, error) {
		parts, err := packageParts(data)
		if err != nil {
			return nil, err
		}
		said, err := readComments(parts["word/comments.xml"])
		if err != nil {
			return nil, err
		}
		out := &Reading{Name: name}
		return out, readBody(parts["word/document.xml"], said, out)
	})
}

// packageParts opens the archive as the Open Packaging Conventions have it: every
// part has a type, and every relation leads to a part.
func packageParts(data []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		if _, twice := parts[f.Name]; twice || !utf8.Valid(b) {
			return nil, fmt.Errorf("the part %q stands twice, or is no UTF-8", f.Name)
		}
		parts[f.Name] = b
	}
	var types struct {
		Defaults []struct {
			Extension string `xml:",attr"`
		} `xml:"Default"`
		Overrides []struct {
			PartName string `xml:",attr"`
		} `xml:"Override"`
	}
	if err := xml.Unmarshal(parts["[Content_Types].xml"], &types); err != nil {
		return nil, err
	}
	typed := map[string]bool{}
	for _, d := range types.Defaults {
		typed["."+d.Extension] = true
	}
	for _, o := range types.Overrides {
		if parts[strings.TrimPrefix(o.PartName, "/")] == nil {
			return nil, fmt.Errorf("a type is given for %s, which is not there", o.PartName)
		}
	}
	for name, b := range parts {
		if name != "[Content_Types].xml" && !typed[path.Ext(name)] {
			return nil, fmt.Errorf("the part %s has no type", name)
		}
		if path.Ext(name) != ".rels" {
			continue
		}
		var list struct {
			Items []struct {
				ID     string `xml:"Id,attr"`
				Target string `xml:",attr"`
			} `xml:"Relationship"`
		}
		if err := xml.Unmarshal(b, &list); err != nil {
			return nil, err
		}
		for _, r := range list.Items {
			if target := path.Join(path.Dir(path.Dir(name)), r.Target); r.ID == "" || parts[target] == nil {
				return nil, fmt.Errorf("%s leads to %s, which is not there", name, target)
			}
		}
	}
	return parts, nil
}

type comment struct {
	ID     *int   `xml:"id,attr"`
	Author string `xml:"author,attr"`
	Date   string `xml:"date,attr"`
	Paras  []struct {
		Runs []struct {
			Text []string `xml:"t"`
		} `xml:"r"`
	} `xml:"p"`
}

func readComments(data []byte) (map[int]comment, error) {
	var list struct {
		Items []comment `xml:"comment"`
	}
	if err := xml.Unmarshal(data, &list); err != nil {
		return nil, err
	}
	out := map[int]comment{}
	for _, c := range list.Items {
		if c.ID == nil || c.Author == "" || len(c.Paras) == 0 || c.Date != "" && !instant(c.Date) {
			return nil, fmt.Errorf("a comment has no id, author or paragraph: %+v", c)
		}
		if _, twice := out[*c.ID]; twice {
			return nil, fmt.Errorf("the comment %d stands twice", *c.ID)
		}
		out[*c.ID] = c
	}
	return out, nil
}

// body walks document.xml.
type body struct {
	text  strings.Builder
	runes int
	open  map[int]int // comment → where it begins
	said  map[int]comment
	ends  map[int][2]int
	out   *Reading
}

func (b *body) add(s string) {
	b.text.WriteString(s)
	b.runes += utf8.RuneCountInString(s)
}

func readBody(data []byte, said map[int]comment, out *Reading) error {
	b := &body{open: map[int]int{}, said: said, ends: map[int][2]int{}, out: out}
	d := xml.NewDecoder(bytes.NewReader(data))
	inText := false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Space != wordSpace {
				return fmt.Errorf("the element %s is in no known space", t.Name.Local)
			}
			inText = t.Name.Local == "t"
			if err := b.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			inText = false
			if t.Name.Local == "p" {
				b.add("\n")
			}
		case xml.CharData:
			if inText {
				b.add(string(t))
			} else if strings.TrimSpace(string(t)) != "" {
				return fmt.Errorf("the words %q stand in no run", t)
			}
		}
	}
	if len(b.open) > 0 || len(out.Marks) != len(said) {
		return fmt.Errorf("%d comments are never closed; %d of %d are placed", len(b.open), len(out.Marks), len(said))
	}
	out.Text = b.text.String()
	return nil
}

func (b *body) start(t xml.StartElement) error {
	id := -1
	for _, a := range t.Attr {
		if a.Name.Local == "id" {
			if _, err := fmt.Sscanf(a.Value, "%d", &id); err != nil {
				return err
			}
		}
	}
	switch t.Name.Local {
	case "br":
		b.add("\n")
	case "tab":
		b.add("\t")
	case "commentRangeStart":
		b.open[id] = b.runes
	case "commentRangeEnd":
		from, ok := b.open[id]
		if !ok {
			return fmt.Errorf("the comment %d ends and never began", id)
		}
		delete(b.open, id)
		b.ends[id] = [2]int{from, b.runes}
	case "commentReference":
		place, ok := b.ends[id]
		c, known := b.said[id]
		if !ok || !known || place[0] == place[1] {
			return fmt.Errorf("the comment %d covers nothing, or is not there", id)
		}
		delete(b.ends, id)
		var words strings.Builder
		for _, r := range c.Paras[0].Runs {
			words.WriteString(strings.Join(r.Text, " "))
		}
		tag, _, ok := strings.Cut(strings.TrimPrefix(words.String(), "["), "]")
		if !ok {
			return fmt.Errorf("the comment %d begins with %q, not with a tag", id, words.String())
		}
		b.out.Marks = append(b.out.Marks, Mark{Start: place[0], End: place[1], Label: tag, By: c.Author})
	}
	return nil
}
