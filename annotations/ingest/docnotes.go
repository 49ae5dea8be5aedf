package ingest

import (
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

type noteKey struct {
	kind HintKind
	id   string
}

// docNote is what a comment or note says.
type docNote struct{ text, by, url string }

// place is where a comment or a note stands: a stretch of text, or a point.
type place struct {
	key     noteKey
	at      int // bytes of text before it
	next    int // where the word after it starts; -1 until then
	end     int // bytes of text before its end
	stretch bool
}

// point marks where a note stands, or where a comment begins.
func (d *docText) point(key noteKey) {
	if _, twice := d.shown[key]; twice || len(d.main.places) >= MaxHints {
		return
	}
	d.shown[key] = len(d.main.places)
	d.main.wait = append(d.main.wait, len(d.main.places))
	d.main.places = append(d.main.places, place{key: key, at: len(d.main.out), next: -1})
}

// stretch makes a point a stretch of text, which ends here.
func (d *docText) stretch(key noteKey) {
	if i, ok := d.shown[key]; ok && !d.main.places[i].stretch {
		d.main.places[i].stretch = true
		d.main.places[i].end = len(d.main.out)
	}
}

// words gives what a place stands at: the words of its stretch, or for a point
// the word before it, or at the very start the word after.
func (p place) words(body string) annotations.Span {
	if end := min(p.end, len(body)); p.stretch && p.next >= 0 && p.next < end {
		if inner := strings.TrimSpace(body[p.next:end]); inner != "" {
			start := p.next + strings.Index(body[p.next:end], inner)
			return annotations.Span{Start: start, End: start + len(inner)}
		}
	}
	const blank = " \n\t"
	end := len(strings.TrimRight(body[:min(p.at, len(body))], blank))
	if end == 0 {
		start := len(body) - len(strings.TrimLeft(body, blank))
		word, _, _ := strings.Cut(body[start:], " ")
		word, _, _ = strings.Cut(word, "\n")
		return annotations.Span{Start: start, End: start + len(word)}
	}
	start := strings.LastIndexAny(body[:end], blank) + 1
	const longest = 64 // of a word, where there are no spaces between words
	if end-start > longest {
		for start = end - longest; !utf8.RuneStart(body[start]); {
			start++
		}
	}
	return annotations.Span{Start: start, End: end}
}

// noteText gathers what one comment or note says, on one line, with the targets
// of its links where its words do not name them.
type noteText struct {
	b     strings.Builder
	url   string
	links []openNoteLink
}

type openNoteLink struct {
	target string
	start  int
}

func (n *noteText) add(s string) {
	if n.b.Len() < 4*MaxNote {
		n.b.WriteString(s[:min(len(s), 4*MaxNote)])
	}
}

func (n *noteText) openLink(target string) {
	n.links = append(n.links, openNoteLink{cleanURL(target), n.b.Len()})
}

func (n *noteText) closeLink() {
	if len(n.links) == 0 {
		return
	}
	l := n.links[len(n.links)-1]
	n.links = n.links[:len(n.links)-1]
	if l.target == "" {
		return
	}
	if n.url == "" {
		n.url = l.target
	}
	if !strings.Contains(n.b.String()[l.start:], l.target) {
		n.add(" (" + l.target + ")")
	}
}

func (n *noteText) note(by string) docNote {
	text := foldField(n.b.String(), MaxNote)
	if n.url == "" {
		n.url = addressIn(text)
	}
	return docNote{text: text, by: foldField(by, annotations.MaxName), url: n.url}
}

// addressIn finds the first web address that stands in a text.
func addressIn(s string) string {
	for _, word := range strings.Fields(s) {
		i := strings.Index(word, "http")
		if i < 0 {
			continue
		}
		if u := cleanURL(strings.TrimRight(word[i:], `.,;:!?)]}>"'”’»`)); u != "" {
			return u
		}
	}
	return ""
}
