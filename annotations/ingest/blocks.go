package ingest

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"stet.example/stet/annotations"
)

// layout is what an element does to the line it stands in.
type layout uint8

const (
	inline  layout = iota
	newLine        // begins and ends a line
	block          // stands between blank lines
	hidden         // has no text that a reader sees
)

// layoutOf gives the layout of an element by its name.
func layoutOf(tag string) layout {
	switch tag {
	case "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "blockquote", "figure", "figcaption",
		"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "menu", "table", "caption", "pre", "address", "hr", "details", "summary",
		"fieldset", "form", "hgroup", "body", "html", "search", "dialog", "center", "listing":
		return block
	case "li", "tr", "dt", "dd", "thead", "tbody", "tfoot", "legend":
		return newLine
	case "script", "style", "head", "title", "template", "noscript", "svg", "iframe", "object", "embed", "video", "audio", "canvas",
		"select", "textarea", "button", "datalist", "map", "noframes", "noembed", "frameset", "applet", "rp", "rt", "rtc",
		"amp-ad", "amp-sticky-ad", "amp-sidebar", "amp-consent", "amp-user-notification":
		return hidden
	}
	return inline
}

// builder writes the text of an article from elements and words, in the order
// they come. It is fed by a page's tree, by a page's bare tokens and by a
// Markdown tree alike, so that all three follow the rules of the package
// comment.
type builder struct {
	out    []byte
	gap    int  // line breaks owed before the next word: 0, 1 or 2
	space  bool // a space is owed before the next word
	cell   bool // a bar is owed before the next word of this row
	pre    int  // depth in elements that keep their white space
	lists  []list
	marker string // a list item's mark, owed before its first word
	links  []link
	hints  []Hint
	kinds  []kindSpan
	opened []openKind
	base   *url.URL // for relative links; nil when it is not known
	begun  int      // where the block being written starts
	blocks int      // finished blocks
	body   bool     // running text has begun
	noGap  bool     // the next block goes on in the line of what stands before it
	raised bool     // what comes is raised behind a figure
	struck int      // where words ended that are struck out
	places []place  // where comments and notes stand
	wait   []int    // those of them that begin with the next word
	drop   func(block string) bool

	all     bool               // every link is noted, wherever it leads
	anchors []annotations.Span // where links stand in out, in their order
}

type list struct {
	ordered bool
	next    int
}

// maxListNumber bounds the numbers that lists and their items name.
const maxListNumber = 1e6

// maxDepth bounds the lists and marked elements that may be open at once.
const maxDepth = 64

// open begins an element. attr gives the value of an attribute, or "".
func (b *builder) open(tag string, attr func(string) string) {
	switch layoutOf(tag) {
	case block:
		b.owe(b.blockGap(tag))
	case newLine:
		b.owe(1)
	case inline, hidden:
	}
	if _, ok := kindOf(tag); ok && len(b.opened) < maxDepth {
		b.opened = append(b.opened, openKind{tag: tag, start: -1})
	}
	switch tag {
	case "br":
		b.gap = min(b.gap+1, 2)
		b.space = false
	case "pre", "listing":
		b.pre++
	case "ul", "ol", "menu":
		if len(b.lists) < maxDepth {
			n, err := strconv.Atoi(attr("start"))
			if err != nil || n < 0 || n > maxListNumber {
				n = 1
			}
			b.lists = append(b.lists, list{tag == "ol", n})
		}
	case "li":
		b.item(attr("value"))
	case "td", "th":
		b.space = false
		b.cell = b.gap == 0 && len(b.out) > 0
	case "a":
		b.endLink() // links do not stand inside each other
		b.links = append(b.links, link{attr("href"), -1})
	case "q":
		b.text("“")
	case "sup":
		b.raised = b.behindFigure()
	case "ins":
		b.space = b.space || b.struck > 0 && b.struck == len(b.out) && b.gap == 0
	}
}

// close ends an element. What was never opened may be closed.
func (b *builder) close(tag string) {
	switch tag {
	case "pre", "listing":
		b.pre = max(b.pre-1, 0)
	case "ul", "ol", "menu":
		if len(b.lists) > 0 {
			b.lists = b.lists[:len(b.lists)-1]
		}
		b.marker = ""
	case "li":
		b.marker = ""
	case "tr":
		b.cell = false
	case "a":
		b.endLink()
	case "q":
		b.space = false
		b.text("”")
	case "sup":
		b.raised = false
	case "del", "s", "strike":
		b.struck = len(b.out)
	}
	if _, ok := kindOf(tag); ok {
		b.endKind(tag)
	}
	switch layoutOf(tag) {
	case block:
		b.owe(b.blockGap(tag))
	case newLine:
		b.owe(1)
	case inline, hidden:
	}
}

// blockGap is the gap around a block: a list inside a list goes on with its item.
func (b *builder) blockGap(tag string) int {
	switch tag {
	case "ul", "ol", "menu":
		if len(b.lists) > 0 {
			return 1
		}
	}
	return 2
}

func (b *builder) owe(gap int) {
	if b.noGap {
		return
	}
	b.gap = max(b.gap, gap)
	b.space, b.cell = false, false
}

// item prepares the mark of a list item. number is what it says its number is.
func (b *builder) item(number string) {
	if len(b.lists) == 0 {
		b.marker = "- "
		return
	}
	l := &b.lists[len(b.lists)-1]
	b.marker = strings.Repeat("  ", len(b.lists)-1)
	if l.ordered {
		if n, err := strconv.Atoi(number); err == nil && n >= 0 && n <= maxListNumber {
			l.next = n
		}
		b.marker += strconv.Itoa(l.next) + ". "
		l.next++
	} else {
		b.marker += "- "
	}
}

// text adds running text. Outside <pre>, runs of the white space of HTML become
// one space; a no-break space is a character like others.
func (b *builder) text(s string) {
	if b.raised {
		s = superscript(s)
	}
	if b.pre > 0 {
		b.verbatim(s)
		return
	}
	for s != "" {
		i := strings.IndexAny(s, " \t\n\r\f")
		if i == 0 {
			b.space = true
			s = strings.TrimLeft(s, " \t\n\r\f")
			continue
		}
		word := s
		if i > 0 {
			word = s[:i]
		}
		b.word(word)
		s = s[len(word):]
	}
}

// verbatim adds text that keeps its lines and spaces.
func (b *builder) verbatim(s string) {
	if b.gap > 0 || len(b.out) == 0 {
		trimmed := strings.TrimLeft(s, "\r\n")
		if strings.TrimSpace(trimmed) == "" {
			return
		}
		s = trimmed
	}
	b.word(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
}

// word adds s after whatever is owed.
func (b *builder) word(s string) {
	if b.gap > 0 || len(b.out) == 0 {
		b.breakLine()
	} else if b.cell {
		b.out = append(b.out, " | "...)
		for i := range b.opened {
			b.opened[i].bars++
		}
	} else if b.space {
		b.out = append(b.out, ' ')
	}
	b.gap, b.space, b.cell, b.noGap = 0, false, false, false
	if b.marker != "" {
		b.out = append(b.out, b.marker...)
		b.marker = ""
	}
	for i := range b.opened {
		if b.opened[i].start < 0 {
			b.opened[i].start = len(b.out)
		}
	}
	for i := range b.links {
		if b.links[i].start < 0 {
			b.links[i].start = len(b.out)
		}
	}
	for _, i := range b.wait {
		b.places[i].next = len(b.out)
	}
	b.wait = b.wait[:0]
	b.out = append(b.out, s...)
}

// breakLine pays the line breaks that are owed.
func (b *builder) breakLine() {
	b.trimEnd()
	if b.gap > 1 || len(b.out) == 0 {
		b.endBlock()
	}
	if len(b.out) == 0 {
		return
	}
	for range b.gap {
		b.out = append(b.out, '\n')
	}
	if b.gap > 1 {
		b.begun = len(b.out)
	}
}

func (b *builder) trimEnd() {
	for len(b.out) > 0 && strings.IndexByte(" \t\n\r\f", b.out[len(b.out)-1]) >= 0 {
		b.out = b.out[:len(b.out)-1]
	}
}

// headBlocks is how many blocks may stand before the running text of a page for
// title, byline and date to be looked for among them.
const headBlocks = 8

// endBlock settles the block that was written last. At the head of a page it
// is dropped when it only repeats a field.
func (b *builder) endBlock() {
	if b.begun >= len(b.out) {
		return
	}
	b.blocks++
	if b.drop == nil || b.body || b.blocks > headBlocks {
		return
	}
	text := string(b.out[b.begun:])
	if b.drop(text) {
		b.out = b.out[:b.begun]
		b.trimEnd()
		b.begun = len(b.out)
		b.forget(b.begun)
		return
	}
	b.body = len(text) > 240
}

// finish gives the text, which ends with one line end, or is empty.
func (b *builder) finish() (string, []Hint) {
	for len(b.links) > 0 {
		b.endLink()
	}
	b.trimEnd()
	b.endBlock()
	if len(strings.TrimFunc(string(b.out), unicode.IsSpace)) == 0 {
		return "", nil
	}
	return string(append(b.out, '\n')), b.hints
}
