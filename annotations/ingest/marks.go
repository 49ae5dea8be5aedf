package ingest

import (
	"net/url"
	"strings"

	"stet.example/stet/annotations"
)

// kindSpan is a stretch of text whose kind the original tells better than the
// text alone can.
type kindSpan struct {
	span annotations.Span
	kind annotations.Kind
}

// openKind is an element that may become a kindSpan.
type openKind struct {
	tag   string
	start int // in out; -1 until its first word
	bars  int // cells after the first that were written
}

// link is a link that is open.
type link struct {
	href  string
	start int // in out; -1 until its first word
}

// kindOf names the elements whose words are of a certain kind.
func kindOf(tag string) (annotations.Kind, bool) {
	switch tag {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return annotations.KindHeading, true
	case "figcaption", "caption":
		return annotations.KindCaption, true
	case "tr":
		return annotations.KindListItem, true
	}
	return 0, false
}

// endKind settles the element of this name that was opened last. A row counts
// when its cells stand in one line; a table that only lays out a page has none.
func (b *builder) endKind(tag string) {
	n := len(b.opened) - 1
	if n < 0 || b.opened[n].tag != tag {
		return // not nested as it should be: the text alone will tell
	}
	o := b.opened[n]
	b.opened = b.opened[:n]
	kind, _ := kindOf(tag)
	if o.start < 0 || o.start >= len(b.out) || kind == annotations.KindListItem && o.bars == 0 {
		return
	}
	b.kinds = append(b.kinds, kindSpan{annotations.Span{Start: o.start, End: len(b.out)}, kind})
}

// maxLinkText is the longest text that counts as the words of a link, in bytes.
// A longer one is a page's forgotten end tag.
const maxLinkText = 2 << 10

// endLink turns the link that was opened last into a hint.
func (b *builder) endLink() {
	if len(b.links) == 0 {
		return
	}
	l := b.links[len(b.links)-1]
	b.links = b.links[:len(b.links)-1]
	if b.all && l.start >= 0 {
		b.anchors = append(b.anchors, annotations.Span{Start: l.start, End: len(b.out)})
	}
	if l.start < 0 || l.start >= len(b.out) || len(b.hints) >= MaxHints {
		return
	}
	target := b.resolve(l.href)
	if target == "" {
		return
	}
	words := string(b.out[l.start:])
	trimmed := strings.TrimSpace(words)
	if trimmed == "" || len(trimmed) > maxLinkText {
		return
	}
	start := l.start + strings.Index(words, trimmed)
	b.hints = append(b.hints, Hint{
		Kind: HintLink,
		URL:  target,
		Text: foldField(trimmed, annotations.MaxField),
		Span: annotations.Span{Start: start, End: start + len(trimmed)},
	})
}

// resolve makes a link's target absolute, or gives "" for what leads nowhere:
// places in the page, scripts, mail addresses, relative links of a page whose
// own address is not known.
func (b *builder) resolve(href string) string {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' || len(href) > maxURL {
		return ""
	}
	if u := cleanURL(href); u != "" {
		return u
	}
	u, err := url.Parse(href)
	if err != nil || b.base == nil || u.Scheme != "" {
		return ""
	}
	return cleanURL(b.base.ResolveReference(u).String())
}

// forget drops what was noted of the text from offset at on.
func (b *builder) forget(at int) {
	for len(b.hints) > 0 && b.hints[len(b.hints)-1].Span.Start >= at {
		b.hints = b.hints[:len(b.hints)-1]
	}
	for len(b.kinds) > 0 && b.kinds[len(b.kinds)-1].span.Start >= at {
		b.kinds = b.kinds[:len(b.kinds)-1]
	}
}
