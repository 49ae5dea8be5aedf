package ingest

import (
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
)

// docText builds the text of a word processor's document from its paragraphs,
// lists, tables and notes, whichever format they come from.
type docText struct {
	b       *builder
	outside []docState   // what was left for the text boxes that are open
	boxes   []string     // texts of boxes, owed after the paragraph they hang on
	boxed   int          // boxes with words
	signs   map[sign]int // signs of fonts that were left out
	para    docPara
	open    []docList // lists that are open, the outermost first
	counts  map[listKey]int
	tables  []docTable
	notes   map[noteKey]docNote
	shown   map[noteKey]int // index in main.places
	main    *builder
	title   string // the words of the first paragraph of the style Title
}

// docPara is the paragraph that is being read.
type docPara struct {
	tag   string // of the block that was opened for it; "" before its first word
	title bool
	glued bool // the paragraph before goes on in it
	start int
}

// paraStyle is what a paragraph is, by its style and its own marks.
type paraStyle struct {
	heading int // 1 to 6; 0 for none
	title   bool
	list    string // name of its list; "" for none
	level   int    // in the list, from 0
	ordered bool
	goesOn  bool // a further paragraph of the same item
}

type docList struct {
	key   listKey
	level int
	tag   string
}

type listKey struct {
	list  string
	level int
}

// docTable is a table that is open. One of a single column only lays out the
// page: its paragraphs are paragraphs.
type docTable struct {
	layout bool
	inCell bool
	words  bool // in this cell
}

func newDocText() *docText {
	b := &builder{}
	return &docText{b: b, main: b, counts: map[listKey]int{}, notes: map[noteKey]docNote{}, shown: map[noteKey]int{}}
}

// cell gives the innermost table that has an open cell whose text stands in a row.
func (d *docText) cell() *docTable {
	for i := len(d.tables) - 1; i >= 0; i-- {
		if t := &d.tables[i]; t.inCell && !t.layout {
			return t
		}
	}
	return nil
}

// begin opens a paragraph.
func (d *docText) begin(s paraStyle) {
	if d.para.glued {
		d.para = docPara{tag: d.para.tag, title: d.para.title, start: d.para.start}
		return
	}
	d.para = docPara{tag: "p", title: s.title, start: len(d.b.out)}
	if t := d.cell(); t != nil {
		d.para.tag = ""
		if t.words {
			d.b.open("br", noAttr)
		}
		return
	}
	if s.list == "" || s.heading > 0 {
		d.closeLists(0)
		if s.heading > 0 {
			d.para.tag = "h" + strconv.Itoa(min(s.heading, 6))
		}
		d.b.open(d.para.tag, noAttr)
		return
	}
	if s.goesOn {
		d.para.tag = ""
		d.b.owe(1)
		return
	}
	d.para.tag = "li"
	d.item(s)
}

// item opens the item of a list, and the lists around it that are not open.
func (d *docText) item(s paraStyle) {
	level := min(max(s.level, 0), maxDepth-1)
	key := listKey{s.list, level}
	n := len(d.open)
	for n > 0 && (d.open[n-1].level > level || d.open[n-1].level == level && d.open[n-1].key != key) {
		n--
	}
	d.closeLists(n)
	if n == 0 || d.open[n-1].level < level {
		tag := "ul"
		if s.ordered {
			tag = "ol"
		}
		start := strconv.Itoa(d.counts[key] + 1)
		d.b.open(tag, func(string) string { return start })
		d.open = append(d.open, docList{key, level, tag})
	}
	if len(d.counts) < maxEntries {
		d.counts[key]++
		for deeper := level + 1; deeper < 10; deeper++ {
			delete(d.counts, listKey{s.list, deeper})
		}
	}
	d.b.open("li", noAttr)
}

// closeLists closes the lists from number n on.
func (d *docText) closeLists(n int) {
	for len(d.open) > n {
		last := len(d.open) - 1
		d.b.close(d.open[last].tag)
		d.open = d.open[:last]
	}
}

// end closes a paragraph; glued means that the next one goes on in it.
func (d *docText) end(glued bool) {
	d.para.glued = glued
	if glued {
		return
	}
	for len(d.b.links) > 0 {
		d.b.endLink()
	}
	if d.para.title && d.title == "" && d.para.start <= len(d.b.out) {
		d.title = foldField(string(d.b.out[d.para.start:]), maxTitle)
	}
	if d.para.tag != "" {
		d.b.close(d.para.tag)
	}
	d.para = docPara{}
	if len(d.outside) == 0 && d.cell() == nil {
		d.placeBoxes()
	}
}

// text adds words to the paragraph.
func (d *docText) text(s string) {
	if t := d.cell(); t != nil && strings.TrimSpace(s) != "" {
		t.words = true
	}
	d.b.text(s)
}

// openTable opens a table that lays out the page until columns says otherwise.
func (d *docText) openTable() {
	d.closeLists(0)
	d.tables = append(d.tables, docTable{layout: true})
}

// columns says how many columns the open table has.
func (d *docText) columns(n int) {
	last := len(d.tables) - 1
	if last < 0 || n == 1 || last >= maxDepth || !d.tables[last].layout {
		return
	}
	if d.cell() == nil {
		d.b.open("table", noAttr)
	}
	d.tables[last].layout = false
}

func (d *docText) closeTable() {
	n := len(d.tables) - 1
	if n < 0 {
		return
	}
	layout := d.tables[n].layout
	d.tables = d.tables[:n]
	if !layout && d.cell() == nil {
		d.b.close("table")
	}
}

func (d *docText) row(opens bool) {
	if n := len(d.tables); n == 0 || d.tables[n-1].layout {
		return
	}
	if opens {
		d.b.open("tr", noAttr)
	} else {
		d.b.close("tr")
	}
}

func (d *docText) inCell(opens bool) {
	n := len(d.tables)
	if n == 0 {
		return
	}
	t := &d.tables[n-1]
	t.inCell, t.words = opens, false
	if !t.layout && opens {
		d.b.open("td", noAttr)
	}
}

// openBox begins a text box. It hangs on a paragraph and would cut it in two,
// so its text waits for the paragraph's end.
func (d *docText) openBox() {
	d.outside = append(d.outside, docState{d.b, d.para, d.open, d.tables})
	d.b, d.para, d.open, d.tables = &builder{}, docPara{}, nil, nil
}

type docState struct {
	b      *builder
	para   docPara
	open   []docList
	tables []docTable
}

func (d *docText) closeBox() {
	n := len(d.outside) - 1
	if n < 0 {
		return
	}
	text, _ := d.b.finish()
	s := d.outside[n]
	d.outside = d.outside[:n]
	d.b, d.para, d.open, d.tables = s.b, s.para, s.open, s.tables
	if text != "" {
		d.boxes = append(d.boxes, text)
		d.boxed++
	}
}

// placeBoxes writes the texts of boxes after the paragraph that just ended.
func (d *docText) placeBoxes() {
	boxes := d.boxes
	d.boxes = nil
	for _, box := range boxes {
		d.closeLists(0)
		for _, para := range strings.Split(strings.TrimSpace(box), "\n\n") {
			d.b.open("p", noAttr)
			for i, line := range strings.Split(para, "\n") {
				if i > 0 {
					d.b.open("br", noAttr)
				}
				d.b.text(line)
			}
			d.b.close("p")
		}
	}
}

// finish gives the text and hands the job what belongs to it.
func (d *docText) finish(j *job) string {
	for len(d.outside) > 0 {
		d.closeBox()
	}
	d.placeBoxes()
	body, hints := d.main.finish()
	for _, p := range d.main.places {
		n, ok := d.notes[p.key]
		if !ok || n.text == "" && n.url == "" || body == "" {
			continue
		}
		span := p.words(body)
		hints = append(hints, Hint{
			Kind: p.key.kind, URL: n.url, Span: span, Text: foldField(span.In(body), annotations.MaxField), Note: n.text, By: n.by,
		})
	}
	slices.SortStableFunc(hints, func(a, b Hint) int { return a.Span.Start - b.Span.Start })
	j.res.Hints, j.kinds = hints[:min(len(hints), MaxHints)], d.main.kinds
	j.facts.title.set(d.title, "the paragraph in the style Title")
	if d.boxed > 0 {
		j.caution(TopicText, "the text of "+count(d.boxed, "text box", "text boxes")+" stands after the paragraph it hangs on")
	}
	if s := d.signNotice(); s != "" {
		j.caution(TopicText, s)
	}
	return body
}

// count gives "1 text box", "3 text boxes".
func count(n int, one, many string) string {
	return strconv.Itoa(n) + " " + plural(n, one, many)
}
