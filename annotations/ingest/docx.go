package ingest

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// docx reads a Word document: the text as it reads with all changes accepted.
type docx struct {
	*docText
	ctx    context.Context //nolint:containedctx // lives as long as one document
	zip    *archive
	x      *xmlReader
	dir    string // of the main part
	styles map[string]wordStyle
	lists  map[string]bool // whether level L of list N is numbered, by "N/L"
	links  map[string]string
	opens  bool // a paragraph whose properties have not come yet
	hidden bool // in this run
	raised bool // in this run
	glue   bool // the mark at this paragraph's end was deleted
	grid   int  // columns that the open table's grid has named
	fields []wordField
	begun  int          // fields that have begun so far
	broken map[int]bool // of them, by their number, those that never end: they are none
	plain  bool         // no field is one: too many never end
}

// wordField is a field that is open: its instruction, then its result.
type wordField struct {
	number int
	instr  []byte
	result bool
	link   bool
	mute   bool
}

// wordStyle is a paragraph style.
type wordStyle struct {
	name, base  string
	outline     int // heading level from 1; 0 for none
	list, level string
}

func (j *job) extractDOCX(ctx context.Context) (string, error) {
	j.from.Encoding = utf8Name
	d, err := j.readDOCX(ctx, nil, false)
	if err != nil {
		return "", err
	}
	if broken := d.silenced(); len(broken) > 0 {
		if d, err = j.readDOCX(ctx, broken, false); err == nil && len(d.silenced()) > 0 {
			d, err = j.readDOCX(ctx, nil, true)
		}
		if err != nil {
			return "", err
		}
		j.caution(TopicText, "a field of the document, as a page number or a table of contents is, has no end: what stands in it and behind it was taken as text")
	}
	j.lower.title.set(coreTitle(ctx, j.zip, "docProps/core.xml"), "the document's properties")
	return d.finish(j), nil
}

// readDOCX reads the document as it is without the fields that are known to be broken,
// or without any.
func (j *job) readDOCX(ctx context.Context, broken map[int]bool, plain bool) (*docx, error) {
	j.zip.left = maxUnpacked
	d := &docx{docText: newDocText(), ctx: ctx, zip: j.zip, styles: map[string]wordStyle{}, lists: map[string]bool{}, broken: broken, plain: plain}
	main := d.mainPart()
	d.dir = path.Dir(main)
	for _, step := range []func() error{d.readStyles, d.readLists, d.readNotes} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	var err error
	if d.links, err = d.readLinks(main); err != nil {
		return nil, err
	}
	return d, d.readBody(main)
}

// part opens a part that need not be there and feeds its elements to fn.
func (d *docx) part(name string, fn func(e xml.StartElement) error) error {
	r, err := d.zip.open(name)
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	d.x = newXML(d.ctx, "its part "+foldField(name, 80), r)
	for {
		tok, err := d.x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := tok.(xml.StartElement); ok {
			if err := fn(e); err != nil {
				return err
			}
		}
	}
}

// mainPart finds the part that holds the text.
func (d *docx) mainPart() string {
	found := "word/document.xml"
	// What is wrong with the relations is no harm while the usual name is there.
	_ = d.part("_rels/.rels", func(e xml.StartElement) error {
		if strings.HasSuffix(xmlAttr(e, "Type"), "/officeDocument") {
			if target := strings.TrimPrefix(path.Clean("/"+xmlAttr(e, "Target")), "/"); d.zip.has(target) {
				found = target
			}
		}
		return nil
	})
	return found
}

// readLinks reads the outside targets of a part's relations, by their ids.
func (d *docx) readLinks(part string) (map[string]string, error) {
	out := map[string]string{}
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	err := d.part(name, func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && strings.HasSuffix(xmlAttr(e, "Type"), "/hyperlink") && len(out) < 4*MaxHints {
			out[xmlAttr(e, "Id")] = xmlAttr(e, "Target")
		}
		return nil
	})
	return out, err
}

func (d *docx) readStyles() error {
	id, s := "", wordStyle{}
	return d.part(path.Join(d.dir, "styles.xml"), func(e xml.StartElement) error {
		val := xmlAttr(e, "val")
		switch e.Name.Local {
		case "style":
			id, s = xmlAttr(e, "styleId"), wordStyle{}
		case "name":
			s.name = strings.ToLower(val)
		case "basedOn":
			s.base = val
		case "outlineLvl":
			s.outline = outlineLevel(val)
		case "numId":
			s.list = val
		case "ilvl":
			s.level = val
		default:
			return nil
		}
		if id != "" && len(d.styles) < maxEntries {
			d.styles[id] = s
		}
		return nil
	})
}

// outlineLevel gives the heading level of an outline level; 9 is body text.
func outlineLevel(val string) int {
	if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

// readLists reads which levels of which lists are numbered.
func (d *docx) readLists() error {
	abstract := map[string]bool{} // by "A/L"
	owner, level, num := "", "", ""
	return d.part(path.Join(d.dir, "numbering.xml"), func(e xml.StartElement) error {
		val := xmlAttr(e, "val")
		switch e.Name.Local {
		case "abstractNum":
			owner = xmlAttr(e, "abstractNumId")
		case "lvl":
			level = xmlAttr(e, "ilvl")
		case "numFmt":
			if len(abstract) < maxEntries {
				abstract[owner+"/"+level] = val != "bullet" && val != "none"
			}
		case "num":
			num = xmlAttr(e, "numId")
		case "abstractNumId":
			for l := range 9 {
				at := "/" + strconv.Itoa(l)
				if len(d.lists) < maxEntries {
					d.lists[num+at] = abstract[val+at]
				}
			}
		}
		return nil
	})
}

// style gives what a paragraph's style makes of it, with what it inherits.
func (d *docx) style(id string) paraStyle {
	var p paraStyle
	for range 12 {
		s, ok := d.styles[id]
		if !ok {
			break
		}
		if p.heading == 0 {
			p.heading = s.outline
			if n, ok := strings.CutPrefix(s.name, "heading "); ok && p.heading == 0 {
				p.heading, _ = strconv.Atoi(n) //nolint:errcheck // 0 when it is no number
			}
		}
		if s.name == "title" {
			p.heading, p.title = 1, true
		}
		if p.list == "" && s.list != "" {
			p.list = s.list
			p.level, _ = strconv.Atoi(s.level) //nolint:errcheck // 0 when it is no number
		}
		id = s.base
	}
	return p
}

// readNotes reads comments, footnotes and endnotes.
func (d *docx) readNotes() error {
	for _, n := range []struct {
		part, element string
		kind          HintKind
	}{
		{"comments.xml", "comment", HintComment}, {"footnotes.xml", "footnote", HintFootnote}, {"endnotes.xml", "endnote", HintEndnote},
	} {
		part := path.Join(d.dir, n.part)
		links, err := d.readLinks(part)
		if err != nil {
			return err
		}
		err = d.part(part, func(e xml.StartElement) error {
			if e.Name.Local != n.element || xmlAttr(e, "type") != "" && xmlAttr(e, "type") != "normal" {
				return nil
			}
			note, err := d.readNote(links, xmlAttr(e, "author"))
			if len(d.notes) < MaxHints {
				d.notes[noteKey{n.kind, xmlAttr(e, "id")}] = note
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readNote reads one note to its end.
func (d *docx) readNote(links map[string]string, by string) (docNote, error) {
	var n noteText
	inText := false
	for open := 1; open > 0; {
		tok, err := d.x.next()
		if err != nil {
			return docNote{}, eofIsDamage(d.x, err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "del", "moveFrom", "Fallback", "pPr", "rPr":
				if err := d.x.skip(); err != nil {
					return docNote{}, eofIsDamage(d.x, err)
				}
				continue
			case "t":
				inText = true
			case "tab", "br", "cr", "p":
				n.add(" ")
			case "hyperlink":
				n.openLink(links[xmlAttr(t, "id")])
			}
			open++
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "hyperlink":
				n.closeLink()
			}
			open--
		case xml.CharData:
			if inText {
				n.add(string(t))
			}
		}
	}
	return n.note(by), nil
}

// eofIsDamage names an end that comes inside an element.
func eofIsDamage(x *xmlReader, err error) error {
	if errors.Is(err, io.EOF) {
		return x.fail(io.ErrUnexpectedEOF)
	}
	return err
}

// coreTitle reads the title among a document's properties.
func coreTitle(ctx context.Context, z *archive, name string) string {
	r, err := z.open(name)
	if err != nil {
		return ""
	}
	x := newXML(ctx, name, io.LimitReader(r, 1<<20))
	title := false
	for {
		tok, err := x.next()
		if err != nil {
			return ""
		}
		switch t := tok.(type) {
		case xml.StartElement:
			title = t.Name.Local == "title"
		case xml.EndElement:
			title = false
		case xml.CharData:
			if s := foldField(string(t), maxTitle); title && s != "" {
				return s
			}
		}
	}
}
