package audit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Assertion is a sentence about, or by, one person or body.
type Assertion struct {
	Place
	Title    string        `json:"title,omitempty"`
	Outlet   string        `json:"outlet,omitempty"`
	URL      string        `json:"url,omitempty"`
	Text     string        `json:"text"`
	InText   bool          `json:"in_text"`   // the sentence names it
	AsSource bool          `json:"as_source"` // somebody named it as a source
	Tag      string        `json:"tag"`       // that holds; "" for none
	Open     bool          `json:"open"`      // reviewers differ and nobody has ruled
	Sources  []string      `json:"sources"`   // as reviewers named them, with their kinds
	Evidence []EvidenceUse `json:"evidence"`
	Against  []Rival       `json:"against"` // sentences that dispute it, as reviewers linked them
}

// Rival is a sentence that disputes another.
type Rival struct {
	Place
	Text string `json:"text"`
}

// EvidenceUse is an evidence item and what it does to the sentence.
type EvidenceUse struct {
	Stance annotations.Stance   `json:"stance"`
	Item   annotations.Evidence `json:"item"`
}

// About lists the sentences whose text or attributions hold one of the names, as
// whole words and without regard to case, in the order of articles and reading.
// Empty names find nothing. Reviewers' names and notes are no part of it: the
// list is made to be shown to the one it is about.
func (d *Desk) About(names ...string) []Assertion {
	var wanted []string
	for _, n := range names {
		if n = foldName(n); n != "" {
			wanted = append(wanted, n)
		}
	}
	out := []Assertion{}
	for i := range d.x.units {
		u := &d.x.units[i]
		inText := slices.ContainsFunc(wanted, func(n string) bool { return mentions(foldName(u.text()), n) })
		asSource := false
		for k := range u.said {
			for _, at := range u.said[k].rec.Attributions {
				asSource = asSource || slices.ContainsFunc(wanted, func(n string) bool { return mentions(foldName(at.Name), n) })
			}
		}
		if inText || asSource {
			out = append(out, d.x.assertion(u, inText, asSource))
		}
	}
	return out
}

// mentions reports whether text holds name between word borders.
func mentions(text, name string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(name):])
		if !inWord(before) && !inWord(after) {
			return true
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		from = i + n
	}
}

// inWord takes RuneError, which stands for an end of the text, as no letter.
func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

func (x *index) assertion(u *unit, inText, asSource bool) Assertion {
	m := &u.art.Meta
	a := Assertion{
		Place: u.place(), Title: m.Title, Outlet: m.Outlet, URL: m.URL, Text: u.text(), InText: inText, AsSource: asSource,
		Tag: x.tagName(u.answer), Open: u.answer == open, Sources: []string{}, Evidence: []EvidenceUse{}, Against: []Rival{},
	}
	for k := range u.said {
		r := u.said[k].rec
		for _, at := range r.Attributions {
			name := at.Name
			if name == "" {
				continue
			}
			if at.Kind != "" {
				name += " (" + strings.ReplaceAll(at.Kind, "_", " ") + ")"
			}
			if !slices.Contains(a.Sources, name) {
				a.Sources = append(a.Sources, name)
			}
		}
		for _, use := range r.Evidence {
			e, ok := x.in.Evidence[use.ID]
			if ok && !slices.ContainsFunc(a.Evidence, func(have EvidenceUse) bool { return have.Item.ID == use.ID && have.Stance == use.Stance }) {
				a.Evidence = append(a.Evidence, EvidenceUse{use.Stance, e})
			}
		}
		for _, l := range r.Links {
			if l.Relation != annotations.Disputes {
				continue
			}
			if to := x.unitAt(l.To.Article, l.To.Sentence); to != nil && !slices.ContainsFunc(a.Against, func(r Rival) bool { return r.Place == to.place() }) {
				a.Against = append(a.Against, Rival{to.place(), to.text()})
			}
		}
	}
	return a
}
