package ingest

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// readBody reads the main part.
func (d *docx) readBody(name string) error {
	r, err := d.zip.open(name)
	if errors.Is(err, errNoPart) {
		return &Error{Why: "this looks like a Word document (DOCX), but it has no text part", Next: nextResave, Err: ErrDamaged}
	}
	if err != nil {
		return err
	}
	d.x = newXML(d.ctx, "its part "+foldField(name, 80), r)
	inText := false
	for {
		tok, err := d.x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t" && !strings.Contains(t.Name.Space, "drawingml")
			if err := d.element(t); err != nil {
				return eofIsDamage(d.x, err)
			}
		case xml.EndElement:
			inText = false
			d.endElement(t.Name.Local)
		case xml.CharData:
			if inText {
				d.words(string(t))
			}
		}
	}
}

// words adds text, unless it is hidden or a field's machinery.
func (d *docx) words(s string) {
	if d.hidden || d.muted() {
		return
	}
	if d.raised {
		d.b.open("sup", noAttr)
		defer d.b.close("sup")
	}
	d.text(s)
}

// muted reports whether a field's instruction is being read, or the result of
// one that repeats the document, as a table of contents does.
func (d *docx) muted() bool {
	for i := range d.fields {
		if !d.fields[i].result || d.fields[i].mute {
			return true
		}
	}
	return false
}

// silenced names, once all was read, the fields that have no end and kept what stands
// behind them from being read.
func (d *docx) silenced() map[int]bool {
	if !d.muted() {
		return nil
	}
	out := map[int]bool{}
	for i := range d.fields {
		out[d.fields[i].number] = true
	}
	return out
}

// element takes the start of an element. Those that are read whole here are
// followed to their end.
func (d *docx) element(e xml.StartElement) error {
	if d.opens && e.Name.Local != "pPr" {
		d.opens = false
		d.begin(paraStyle{})
	}
	switch e.Name.Local {
	case "p":
		d.opens, d.hidden, d.glue = true, false, false
	case "pPr":
		return d.paragraph()
	case "r":
		d.hidden, d.raised = false, false
	case "rPr":
		return d.run()
	case "del", "moveFrom", "delText", "instrText", "Fallback", "rt", "sectPr", "tblPr", "trPr", "tcPr":
		if e.Name.Local == "instrText" {
			return d.instruction()
		}
		return d.x.skip()
	case "sdtPr":
		return d.control()
	case "tab", "ptab":
		d.words(" ")
	case "br", "cr":
		d.lineBreak(xmlAttr(e, "type"))
	case "noBreakHyphen":
		d.words("\u2011")
	case "softHyphen":
		d.words("\u00ad")
	case "sym":
		d.symbol(xmlAttr(e, "font"), xmlAttr(e, "char"))
	case "hyperlink":
		d.openLink(d.links[xmlAttr(e, "id")])
	case "fldSimple":
		d.openLink(linkOfField(xmlAttr(e, "instr")))
	case "fldChar":
		d.field(xmlAttr(e, "fldCharType"))
	default:
		d.structure(e)
	}
	return nil
}

// structure takes the elements of tables, boxes and notes.
func (d *docx) structure(e xml.StartElement) {
	id := xmlAttr(e, "id")
	switch e.Name.Local {
	case "tbl":
		d.grid = 0
		d.openTable()
	case "gridCol":
		d.grid++
	case "tr":
		d.row(true)
	case "tc":
		d.inCell(true)
	case "txbxContent":
		d.openBox()
	case "commentRangeStart":
		d.point(noteKey{HintComment, id})
	case "commentRangeEnd":
		d.stretch(noteKey{HintComment, id})
	case "commentReference":
		d.point(noteKey{HintComment, id})
	case "footnoteReference":
		d.point(noteKey{HintFootnote, id})
	case "endnoteReference":
		d.point(noteKey{HintEndnote, id})
	}
}

func (d *docx) endElement(name string) {
	switch name {
	case "p":
		if d.opens {
			d.opens = false
			d.begin(paraStyle{})
		}
		d.end(d.glue)
	case "tblGrid":
		d.columns(d.grid)
	case "tbl":
		d.closeTable()
	case "tr":
		d.row(false)
	case "tc":
		d.inCell(false)
	case "txbxContent":
		d.closeBox()
	case "hyperlink", "fldSimple":
		d.b.close("a")
	}
}

func (d *docx) openLink(target string) {
	d.b.open("a", func(string) string { return target })
}

func (d *docx) lineBreak(kind string) {
	switch {
	case d.hidden || d.muted():
	case kind == "page" || kind == "column":
		d.text(" ")
	default:
		d.b.open("br", noAttr)
	}
}

// paragraph reads a paragraph's properties and opens it as what they say.
func (d *docx) paragraph() error {
	style, list, level, outline := "", "", "", 0
	isMark := false
	for open := 1; open > 0; {
		tok, err := d.x.next()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.EndElement:
			open--
			isMark = isMark && t.Name.Local != "rPr"
		case xml.StartElement:
			open++
			switch val := xmlAttr(t, "val"); t.Name.Local {
			case "pStyle":
				style = val
			case "numId":
				list = val
			case "ilvl":
				level = val
			case "outlineLvl":
				outline = outlineLevel(val)
			case "rPr":
				isMark = true
			case "del", "moveFrom":
				d.glue = d.glue || isMark // the two paragraphs are one when the change is accepted
			case "pPrChange":
				if err := d.x.skip(); err != nil {
					return err
				}
				open--
			}
		}
	}
	d.opens = false
	s := d.style(style)
	if outline > 0 {
		s.heading = outline
	}
	if list != "" {
		s.list = list
		s.level, _ = strconv.Atoi(level) //nolint:errcheck // 0 when it is no number
	}
	if s.list == "0" {
		s.list = "" // taken out of the list of its style
	}
	s.ordered = d.lists[s.list+"/"+strconv.Itoa(s.level)]
	d.begin(s)
	return nil
}

// run reads a run's properties, for whether its text is hidden or raised.
func (d *docx) run() error {
	for open := 1; open > 0; {
		tok, err := d.x.next()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.EndElement:
			open--
		case xml.StartElement:
			open++
			if v := xmlAttr(t, "val"); t.Name.Local == "vanish" && v != "0" && v != "false" && v != "off" {
				d.hidden = true
			} else if t.Name.Local == "vertAlign" {
				d.raised = v == "superscript"
			}
		}
	}
	return nil
}

// control reads the properties of a content control. What only asks to be
// filled in, and a table of contents, is no text of the article.
func (d *docx) control() error {
	skip := false
	for open := 1; open > 0; {
		tok, err := d.x.next()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.EndElement:
			open--
		case xml.StartElement:
			open++
			if t.Name.Local == "showingPlcHdr" || t.Name.Local == "docPartGallery" && xmlAttr(t, "val") == "Table of Contents" {
				skip = true
			}
		}
	}
	if skip {
		return d.x.skip() // the control itself
	}
	return nil
}

// instruction reads what a field does.
func (d *docx) instruction() error {
	for {
		tok, err := d.x.next()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := d.x.skip(); err != nil {
				return err
			}
		case xml.CharData:
			if n := len(d.fields); n > 0 && len(d.fields[n-1].instr) < maxURL {
				d.fields[n-1].instr = append(d.fields[n-1].instr, t...)
			}
		}
	}
}

// field follows a field from its beginning over its instruction and its result
// to its end.
func (d *docx) field(kind string) {
	n := len(d.fields) - 1
	switch {
	case kind == "begin":
		d.begun++
		if n < maxDepth && !d.plain && !d.broken[d.begun] {
			d.fields = append(d.fields, wordField{number: d.begun})
		}
	case n < 0:
	case kind == "separate":
		f := &d.fields[n]
		f.result = true
		f.mute = strings.HasPrefix(strings.ToUpper(strings.TrimSpace(string(f.instr))), "TOC ")
		if target := linkOfField(string(f.instr)); target != "" {
			f.link = true
			d.openLink(target)
		}
	case kind == "end":
		if d.fields[n].link {
			d.b.close("a")
		}
		d.fields = d.fields[:n]
	}
}

// linkOfField gives the target of a HYPERLINK field, or "".
func linkOfField(instr string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(instr), "HYPERLINK")
	if !ok {
		return ""
	}
	_, rest, ok = strings.Cut(rest, `"`)
	target, _, closed := strings.Cut(rest, `"`)
	if !ok || !closed {
		return ""
	}
	return target
}
