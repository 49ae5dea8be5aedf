package ingest

import (
	"context"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"iter"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"stet.example/stet/annotations"
)

// opensFeed reports whether a text begins as an RSS or Atom feed does.
func opensFeed(text string) bool {
	text = text[:min(len(text), 64<<10)]
	for {
		text = strings.TrimLeft(text, " \t\n\ufeff")
		end := ">"
		switch {
		case strings.HasPrefix(text, "<!--"):
			end = "-->"
		case strings.HasPrefix(text, "<?"):
			end = "?>"
		case strings.HasPrefix(text, "<!"):
		default:
			return opensTag(text, "rss") || opensTag(text, "rdf:RDF") || opensTag(text, "feed")
		}
		_, rest, ok := strings.Cut(text, end)
		if !ok {
			return false
		}
		text = rest
	}
}

// feed reads RSS 0.9 to 2.0 and Atom, entry by entry.
type feed struct {
	x       *xmlReader
	outlet  string
	lang    string
	address string
	found   bool
}

// entry is one entry of a feed.
type entry struct {
	title, link, id, byline, published, dated string
	full, content, summary                    string // content:encoded; Atom's content; description or summary
}

// feedParts yields the entries of a feed as pieces of pages.
func feedParts(ctx context.Context, text, address string) iter.Seq[part] {
	return func(yield func(part) bool) {
		f := &feed{x: decodedXML(ctx, "the feed", strings.NewReader(text)), address: address}
		f.x.d.Strict = false
		f.x.d.Entity = xml.HTMLEntity
		for n := 1; ; n++ {
			e, err := f.next()
			if errors.Is(err, io.EOF) {
				if !f.found {
					yield(part{label: "entry 1", fatal: true, err: &Error{Why: "this XML is no RSS or Atom feed, or has no entry", Next: "import the article's page instead", Err: ErrFormat}})
				}
				return
			}
			if ctx.Err() != nil {
				return
			}
			label := "entry " + strconv.Itoa(n)
			if err != nil {
				yield(part{label: label, err: err, fatal: true})
				return
			}
			f.found = true
			p := f.part(e)
			p.label = label
			p.done = float64(f.x.d.InputOffset()) / float64(len(text))
			if !yield(p) {
				return
			}
		}
	}
}

// next reads on to the next entry, past what is said of the feed itself.
func (f *feed) next() (*entry, error) {
	for {
		tok, err := f.x.next()
		if err != nil {
			return nil, err
		}
		t, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch t.Name.Local {
		case "item", "entry":
			return f.entry()
		case "title":
			// The feed's own title comes before its entries, but its picture has one too.
			s, err := f.inner(true)
			if err != nil {
				return nil, err
			}
			if f.outlet == "" {
				f.outlet = s
			}
		case "language":
			if f.lang, err = f.inner(true); err != nil {
				return nil, err
			}
		case "feed":
			f.lang = xmlAttr(t, "lang")
		case "image", "textInput", "textinput", "author", "owner":
			if err := f.x.skip(); err != nil {
				return nil, eofIsDamage(f.x, err)
			}
		}
	}
}

// entry reads one entry to its end.
func (f *feed) entry() (*entry, error) {
	e := &entry{}
	for {
		tok, err := f.x.next()
		if err != nil {
			return nil, eofIsDamage(f.x, err)
		}
		switch t := tok.(type) {
		case xml.EndElement:
			return e, nil
		case xml.StartElement:
			if err := f.field(e, t); err != nil {
				return nil, eofIsDamage(f.x, err)
			}
		}
	}
}

// field reads one element of an entry to its end.
func (f *feed) field(e *entry, t xml.StartElement) error {
	var dst *string
	switch t.Name.Local {
	case "title":
		if strings.Contains(t.Name.Space, "mrss") || t.Name.Space == "media" {
			return f.x.skip()
		}
		dst = &e.title
	case "link":
		return f.link(e, t)
	case "guid", "id", "origLink":
		dst = &e.id
	case "creator", "author":
		return f.author(e)
	case "pubDate", "published", "issued":
		dst = &e.published
	case "date", "updated":
		if dst = &e.dated; t.Name.Local == "date" {
			dst = &e.published
		}
	case "encoded":
		dst = &e.full
	case "content":
		if t.Name.Space != "http://www.w3.org/2005/Atom" && t.Name.Space != "" && !strings.HasSuffix(t.Name.Space, "atom/ns#") {
			return f.x.skip() // media:content and the like are pictures
		}
		return f.atomText(&e.content, t)
	case "description":
		if t.Name.Space != "" && !strings.Contains(t.Name.Space, "purl.org/rss") {
			return f.x.skip()
		}
		dst = &e.summary
	case "summary":
		return f.atomText(&e.summary, t)
	default:
		return f.x.skip()
	}
	s, err := f.inner(true)
	if err == nil && *dst == "" {
		*dst = s
	}
	return err
}

// atomText reads a construct that is HTML, XHTML or plain text, as a piece of a
// page.
func (f *feed) atomText(dst *string, t xml.StartElement) error {
	kind := strings.ToLower(xmlAttr(t, "type"))
	s, err := f.inner(kind != "xhtml")
	if kind == "" || kind == "text" || kind == "text/plain" {
		s = "<p>" + strings.ReplaceAll(html.EscapeString(s), "\n\n", "</p><p>") + "</p>"
	}
	if err == nil && *dst == "" {
		*dst = s
	}
	return err
}

func (f *feed) link(e *entry, t xml.StartElement) error {
	rel, href := xmlAttr(t, "rel"), xmlAttr(t, "href")
	s, err := f.inner(true)
	if href != "" {
		s = href
	}
	if err == nil && e.link == "" && (rel == "" || rel == "alternate") {
		e.link = s
	}
	return err
}

// author reads a name, from "a@b.example (Jane Doe)" or a name element too.
func (f *feed) author(e *entry) error {
	s, err := f.inner(false)
	if err != nil {
		return err
	}
	if _, rest, ok := strings.Cut(s, "<name>"); ok {
		s, _, _ = strings.Cut(rest, "</name>")
	}
	s = html.UnescapeString(s)
	if _, rest, ok := strings.Cut(s, "("); ok && strings.Contains(s, "@") {
		s, _, _ = strings.Cut(rest, ")")
	}
	if s = strings.TrimSpace(s); s == "" || strings.Contains(s, "@") {
		return nil
	}
	if e.byline != "" {
		e.byline += ", "
	}
	e.byline = foldField(e.byline+s, maxByline)
	return nil
}

// inner reads an element to its end: its words, or its markup written anew.
func (f *feed) inner(words bool) (string, error) {
	var b strings.Builder
	for open := 1; open > 0; {
		tok, err := f.x.next()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			open++
			if !words {
				b.WriteString("<" + t.Name.Local)
				if href := xmlAttr(t, "href"); href != "" {
					b.WriteString(` href="` + html.EscapeString(href) + `"`)
				}
				b.WriteByte('>')
			}
		case xml.EndElement:
			if open--; open > 0 && !words {
				b.WriteString("</" + t.Name.Local + ">")
			}
		case xml.CharData:
			if words {
				b.Write(t)
			} else {
				b.WriteString(html.EscapeString(string(t)))
			}
		}
	}
	return strings.TrimSpace(b.String()), nil
}

// part makes an article of an entry, from the fullest text that it has.
func (f *feed) part(e *entry) part {
	p := part{html: true}
	const from = "the feed"
	p.facts.title.set(html.UnescapeString(foldField(plainWords(e.title), maxTitle)), from)
	p.facts.byline.set(cleanByline(e.byline), from)
	p.facts.published.set(firstOf(cleanFeedDate(e.published), cleanFeedDate(e.dated)), from)
	p.facts.url.set(cleanURL(strings.TrimSpace(e.link)), from)
	p.facts.url.set(cleanURL(strings.TrimSpace(e.id)), from)
	p.facts.outlet.set(foldField(f.outlet, maxOutlet), from)
	p.facts.language.set(cleanLanguage(f.lang), from)
	switch {
	case e.full != "":
		p.text = e.full
	case e.content != "":
		p.text = e.content
	default:
		p.text = e.summary
		p.notes = append(p.notes, Notice{TopicText, "the feed holds a summary at most, not the article; import the page itself if it is cut", true})
	}
	if strings.TrimSpace(p.text) == "" {
		p.err = &Error{Why: "it has no text, only a title", Next: "import the page itself", Err: annotations.ErrEmpty}
	}
	p.text = withoutSignature(p.text)
	return p
}

// withoutSignature takes off the line that blogs put under every entry.
func withoutSignature(s string) string {
	trimmed := strings.TrimSpace(s)
	i := strings.LastIndex(trimmed, "<p>")
	if i <= 0 {
		return s
	}
	last := plainWords(trimmed[i:])
	if strings.HasPrefix(last, "The post ") && strings.Contains(last, " appeared first on ") && len(last) < 2*maxTitle {
		return trimmed[:i]
	}
	return s
}

// plainWords gives the words of a short piece of a page.
func plainWords(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	b := &builder{}
	walkTokens(b, s[:min(len(s), 16*maxTitle)])
	text, _ := b.finish()
	return strings.TrimSpace(text)
}

// cleanFeedDate reads the dates of feeds, which RFC 822 and RFC 3339 prescribe.
func cleanFeedDate(s string) string {
	s = foldField(s, maxPublished)
	if t, err := mail.ParseDate(s); err == nil {
		return t.Format(time.RFC3339)
	}
	iso, _ := parseDate(s)
	return iso
}
