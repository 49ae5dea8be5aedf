package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// view is what a report shows of one article; every string in it is as it came.
type view struct {
	Title, Language, Program, Exported, Publisher string
	Facts                                         []fact // outlet, byline …
	URL                                           string // "" unless http or https
	Reviewers                                     string
	Bars                                          []bar
	Total                                         int
	Paragraphs                                    [][]sentence
	Findings                                      []finding
}

type fact struct{ Name, Value string }

// bar is one tag in the summary.
type bar struct {
	Name, Class   string
	Count         int
	Percent       string // "33 %"
	X, Width      string // in a picture 1000 wide
	Definition    string
	start, length int
}

type sentence struct {
	ID, Words, Class, Name string
	Number                 int
	Heading, Found         bool
}

type finding struct {
	sentence
	How    string
	Voices []voice
	Ruling *ruling
}

type voice struct {
	By, When, Tag, Rule, Note, Verdict string
	Flags                              []string
	Sources                            []source
	Evidence                           []evidence
	Links                              []link
	Marks                              []string // unsure, second reading, inside
}

type source struct{ Name, Kind, More, Words string }

type evidence struct {
	Stance, URL, Label, Locator, Quote, Note, Fetched, Archive string
}

type link struct {
	Words, Href, Text, Note string
	Number                  int // of a sentence of this article; 0 = elsewhere
}

type ruling struct{ Words, Rule, Reason, By, When string }

// viewer builds the view of one page.
type viewer struct {
	*standoff.Page
	all     map[annotations.ArticleID]*standoff.Page
	classes map[string]string // tag → class
}

func viewOf(e *interchange.Export, o interchange.Options, p *standoff.Page, all []*standoff.Page) *view {
	w := &viewer{Page: p, all: map[annotations.ArticleID]*standoff.Page{}, classes: map[string]string{}}
	for _, q := range all {
		w.all[q.Article.ID] = q
	}
	for _, t := range p.Codebook.Tags {
		w.classes[t.ID] = "c-" + color(t.Color)
	}
	a := p.Article
	v := &view{
		Title: firstOf(a.Title, a.Name), Language: a.Language, Program: e.Generator + " " + e.Version,
		Exported: instant(e.Exported), Publisher: o.Publisher, Total: len(a.Units),
	}
	if web(a.URL) {
		v.URL = a.URL
	}
	for _, f := range []fact{{"Outlet", a.Outlet}, {"Byline", a.Byline}, {"Published", a.Published}, {"Article", a.Name}, {"Codebook", p.Codebook.Name + " " + p.Codebook.Version}} {
		if strings.TrimSpace(f.Value) != "" {
			v.Facts = append(v.Facts, f)
		}
	}
	var names []string
	for _, r := range p.Reviewers {
		names = append(names, r.Name)
	}
	slices.Sort(names)
	v.Reviewers = strings.Join(names, ", ")
	w.sentences(v)
	v.Bars = w.bars()
	return v
}

func (w *viewer) sentences(v *view) {
	paragraph := uint32(0)
	for i, u := range w.Article.Units {
		a := &w.Answers[i]
		_, ruled := w.Ruling(u.ID)
		voices := w.Voices(u.ID)
		s := sentence{
			ID: u.ID.String(), Words: u.Span.In(w.Article.Body), Number: i + 1, Name: w.tagName(a.Tag), Class: w.class(a),
			Heading: u.Kind == annotations.KindHeading, Found: len(voices) > 0 || ruled,
		}
		if i == 0 || u.Paragraph != paragraph || s.Heading {
			v.Paragraphs = append(v.Paragraphs, nil)
		}
		paragraph = u.Paragraph
		last := &v.Paragraphs[len(v.Paragraphs)-1]
		*last = append(*last, s)
		if s.Found {
			v.Findings = append(v.Findings, w.finding(s, a, voices, u.ID))
		}
	}
}

func (w *viewer) tagName(id string) string {
	if t := w.Codebook.Tag(id); t != nil && t.Name != "" {
		return t.Name
	}
	return id
}

func (w *viewer) class(a *standoff.Answer) string {
	switch {
	case a.Tag != "" && w.classes[a.Tag] != "":
		return w.classes[a.Tag]
	case a.Tag != "":
		return "c-other"
	case a.How == "open":
		return "c-open"
	}
	return "c-none"
}

func (w *viewer) bars() []bar {
	var out []bar
	add := func(name, class, definition string, is func(*standoff.Answer) bool) {
		b := bar{Name: name, Class: class, Definition: definition}
		for i := range w.Answers {
			if is(&w.Answers[i]) {
				b.Count++
			}
		}
		out = append(out, b)
	}
	known := map[string]bool{}
	for _, t := range w.Codebook.Tags {
		known[t.ID] = true
		add(firstOf(t.Name, t.ID), w.classes[t.ID], t.Definition, func(a *standoff.Answer) bool { return a.Tag == t.ID })
	}
	add("other tags", "c-other", "Tags of another codebook.", func(a *standoff.Answer) bool { return a.Tag != "" && !known[a.Tag] })
	add("open", "c-open", "Reviewers differ and nobody has decided.", func(a *standoff.Answer) bool { return a.Tag == "" && a.How == "open" })
	add("no tag", "c-none", "", func(a *standoff.Answer) bool { return a.Tag == "" && a.How != "open" })
	out = slices.DeleteFunc(out, func(b bar) bool { return b.Count == 0 && b.Class == "c-other" })
	total, at := max(len(w.Answers), 1), 0
	for i := range out {
		b := &out[i]
		b.start = at * 1000 / total
		at += b.Count
		b.length = at*1000/total - b.start
		b.X, b.Width = fmt.Sprint(b.start), fmt.Sprint(b.length)
		b.Percent = fmt.Sprintf("%d %%", (100*b.Count+total/2)/total)
	}
	return out
}

// color is the class for a codebook's colour; unknown ones share one.
func color(role string) string {
	if slices.Contains([]string{"green", "orange", "blue", "red", "yellow", "purple", "cyan", "magenta", "grey", "gray"}, role) {
		return strings.Replace(role, "gray", "grey", 1)
	}
	return "other"
}

func firstOf(list ...string) string {
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// web reports whether an address may become a link.
func web(url string) bool {
	rest, ok := strings.CutPrefix(url, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(url, "http://")
	}
	return ok && rest != "" && !strings.ContainsFunc(url, func(r rune) bool {
		return r <= ' ' || r == 0x7F || r == '<' || r == '>' || r == '"' || r == '\\' || r == '`' || standoff.Blank(r) || r == utf8.RuneError || annotations.Visible(string(r)) != string(r)
	})
}

// instant gives t in UTC to the second, which is all that a page may hold and a
// reader needs; "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}
