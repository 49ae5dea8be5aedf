package ingest

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// odt reads an OpenDocument text, as it reads with all changes accepted.
type odt struct {
	*docText
	ctx    context.Context //nolint:containedctx // lives as long as one document
	zip    *archive
	x      *xmlReader
	styles map[string]odtStyle
	levels map[listKey]bool // whether this level of a list style is numbered
	lists  []odtList        // lists that are open
	listed int              // lists that were opened in all
	inPara int              // paragraphs that are open: text elsewhere is none
	grid   int              // columns that the open table has named
	notesN int              // notes so far, whose own ids may be missing
	named  string           // the style that is being described
	spans  []bool           // spans that are open: whether they raise their text
}

type odtStyle struct {
	parent, list string
	raised       bool
}

type odtList struct {
	style string
	id    string // of its numbering
	begun bool   // the open item has its first paragraph
}

func (j *job) extractODT(ctx context.Context) (string, error) {
	j.from.Encoding = utf8Name
	d := &odt{docText: newDocText(), ctx: ctx, zip: j.zip, styles: map[string]odtStyle{}, levels: map[listKey]bool{}}
	if r, err := j.zip.open("META-INF/manifest.xml"); err == nil {
		manifest, err := io.ReadAll(io.LimitReader(r, 4<<20))
		if err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
			return "", &Error{Why: "this OpenDocument file is locked with a password", Next: nextUnlock, Err: ErrLocked}
		}
	}
	if err := d.read("styles.xml"); err != nil && !errors.Is(err, errNoPart) {
		return "", err
	}
	err := d.read("content.xml")
	if errors.Is(err, errNoPart) {
		return "", &Error{Why: "this looks like an OpenDocument file (ODT), but it has no text part", Next: nextResave, Err: ErrDamaged}
	}
	if err != nil {
		return "", err
	}
	j.lower.title.set(coreTitle(ctx, j.zip, "meta.xml"), "the document's properties")
	return d.finish(j), nil
}

// read takes the styles and the text of one part.
func (d *odt) read(name string) error {
	r, err := d.zip.open(name)
	if err != nil {
		return err
	}
	d.x = newXML(d.ctx, "its part "+name, r)
	style := ""
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
			if d.styleElement(t, &style) {
				continue
			}
			if err := d.element(t); err != nil {
				return eofIsDamage(d.x, err)
			}
		case xml.EndElement:
			d.endElement(t.Name.Local)
		case xml.CharData:
			if d.inPara > 0 {
				d.text(string(t))
			}
		}
	}
}

// styleElement takes what describes styles, and reports whether it was that.
func (d *odt) styleElement(e xml.StartElement, style *string) bool {
	switch e.Name.Local {
	case "style":
		d.named = xmlAttr(e, "name")
		if len(d.styles) < maxEntries {
			d.styles[d.named] = odtStyle{parent: xmlAttr(e, "parent-style-name"), list: xmlAttr(e, "list-style-name")}
		}
	case "text-properties":
		s, ok := d.styles[d.named]
		if raised, _, _ := strings.Cut(xmlAttr(e, "text-position"), " "); ok && isRaised(raised) {
			s.raised = true
			d.styles[d.named] = s
		}
	case "list-style":
		*style, d.named = xmlAttr(e, "name"), ""
	case "list-level-style-number", "list-level-style-bullet", "list-level-style-image":
		level, err := strconv.Atoi(xmlAttr(e, "level"))
		if err == nil && len(d.levels) < maxEntries {
			isNumber := e.Name.Local == "list-level-style-number" && xmlAttr(e, "num-format") != ""
			d.levels[listKey{*style, level - 1}] = isNumber
		}
	default:
		return false
	}
	return true
}

// element takes the start of an element of the text.
func (d *odt) element(e xml.StartElement) error {
	switch e.Name.Local {
	case "master-styles", "tracked-changes", "forms", "table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index",
		"note-citation", "ruby-text", "covered-table-cell", "script", "placeholder", "hidden-text", "object", "object-ole":
		return d.x.skip()
	case "desc", "title":
		if strings.Contains(e.Name.Space, "svg") {
			return d.x.skip() // said of a picture
		}
	case "section":
		if xmlAttr(e, "display") == "none" {
			return d.x.skip()
		}
	case "p", "h":
		d.paragraph(e)
	case "s", "tab":
		d.text(" ")
	case "line-break":
		d.b.open("br", noAttr)
	case "a":
		d.b.open("a", func(string) string { return xmlAttr(e, "href") })
	case "span":
		raised := d.styles[xmlAttr(e, "style-name")].raised
		if d.spans = append(d.spans, raised); raised {
			d.b.open("sup", noAttr)
		}
	case "note":
		return d.note(e)
	case "annotation":
		return d.annotation(e)
	case "annotation-end":
		d.stretch(noteKey{HintComment, xmlAttr(e, "name")})
	default:
		d.structure(e)
	}
	return nil
}

// structure takes lists, tables and boxes.
func (d *odt) structure(e xml.StartElement) {
	switch e.Name.Local {
	case "list":
		d.openList(e)
	case "list-item":
		if n := len(d.lists); n > 0 {
			d.lists[n-1].begun = false
		}
	case "list-header":
		if n := len(d.lists); n > 0 {
			d.lists[n-1].begun = true
		}
	case "table":
		d.grid = 0
		d.openTable()
	case "table-column":
		n, err := strconv.Atoi(xmlAttr(e, "number-columns-repeated"))
		if err != nil {
			n = 1
		}
		d.grid += min(max(n, 1), maxDepth)
	case "table-row":
		d.columns(d.grid)
		d.row(true)
	case "table-cell":
		d.inCell(true)
	case "text-box":
		d.openBox()
	}
}

func (d *odt) endElement(name string) {
	switch name {
	case "p", "h":
		if d.inPara > 0 {
			d.inPara--
			d.end(false)
		}
	case "a":
		d.b.close("a")
	case "span":
		if n := len(d.spans); n > 0 {
			if d.spans[n-1] {
				d.b.close("sup")
			}
			d.spans = d.spans[:n-1]
		}
	case "list":
		d.lists = d.lists[:max(len(d.lists)-1, 0)]
	case "table":
		d.closeTable()
	case "table-row":
		d.row(false)
	case "table-cell":
		d.inCell(false)
	case "text-box":
		d.closeBox()
	}
}

func (d *odt) paragraph(e xml.StartElement) {
	d.inPara++
	var s paraStyle
	name := xmlAttr(e, "style-name")
	for range 12 {
		if name == "Title" {
			s.heading, s.title = 1, true
		}
		st, ok := d.styles[name]
		if !ok {
			break
		}
		name = st.parent
	}
	if e.Name.Local == "h" {
		level, err := strconv.Atoi(xmlAttr(e, "outline-level"))
		if err != nil {
			level = 1
		}
		s.heading = min(max(level, 1), 6)
	}
	if n := len(d.lists); n > 0 && s.heading == 0 {
		l := &d.lists[n-1]
		s.list, s.level, s.goesOn = l.id, n-1, l.begun
		s.ordered = d.levels[listKey{l.style, n - 1}]
		l.begun = true
	}
	d.begin(s)
}

// openList opens a list. Inside another it has that one's style and numbering.
func (d *odt) openList(e xml.StartElement) {
	if len(d.lists) >= maxDepth {
		return
	}
	l := odtList{style: xmlAttr(e, "style-name"), begun: true}
	if n := len(d.lists); n > 0 {
		if l.style == "" {
			l.style = d.lists[n-1].style
		}
		l.id = d.lists[n-1].id
	} else {
		if xmlAttr(e, "continue-numbering") != "true" && xmlAttr(e, "continue-list") == "" {
			d.listed++
		}
		l.id = l.style + "/" + strconv.Itoa(d.listed)
	}
	d.lists = append(d.lists, l)
}

// note reads a footnote or endnote, which stands inside the sentence.
func (d *odt) note(e xml.StartElement) error {
	kind := HintFootnote
	if xmlAttr(e, "note-class") == "endnote" {
		kind = HintEndnote
	}
	d.notesN++
	key := noteKey{kind, strconv.Itoa(d.notesN)}
	d.point(key)
	n, err := d.noteBody()
	if err == nil && len(d.notes) < MaxHints {
		d.notes[key] = n
	}
	return err
}

// annotation reads a comment. It stands where its words begin; where they end
// comes later, if it has any.
func (d *odt) annotation(e xml.StartElement) error {
	name := xmlAttr(e, "name")
	if name == "" {
		d.notesN++
		name = "\x00" + strconv.Itoa(d.notesN)
	}
	key := noteKey{HintComment, name}
	d.point(key)
	n, err := d.noteBody()
	if err == nil && len(d.notes) < MaxHints {
		d.notes[key] = n
	}
	return err
}

// noteBody reads the words of a note or comment to its end.
func (d *odt) noteBody() (docNote, error) {
	var n noteText
	by, meta := "", ""
	paras := 0
	for open := 1; open > 0; {
		tok, err := d.x.next()
		if err != nil {
			return docNote{}, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "note-citation" {
				if err := d.x.skip(); err != nil {
					return docNote{}, err
				}
				continue
			}
			open++
			meta = ""
			switch t.Name.Local {
			case "creator":
				meta = "creator"
			case "p", "h":
				paras++
				n.add(" ")
			case "s", "tab", "line-break":
				n.add(" ")
			case "a":
				n.openLink(xmlAttr(t, "href"))
			}
		case xml.EndElement:
			open--
			meta = ""
			switch t.Name.Local {
			case "p", "h":
				paras--
			case "a":
				n.closeLink()
			}
		case xml.CharData:
			if meta == "creator" {
				by += string(t[:min(len(t), 4*MaxNote)])
			} else if paras > 0 {
				n.add(string(t))
			}
		}
	}
	return n.note(by), nil
}
