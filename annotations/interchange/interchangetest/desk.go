package interchangetest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/segment"
)

// Desk is a library for readers of foreign files: it knows the articles of an
// export and makes others by the program's own segmenter.
type Desk struct {
	Export interchange.Export
	Made   []*annotations.Article
	told   map[string]interchange.About
}

// Article implements [interchange.Library].
func (d *Desk) Article(text annotations.Hash, name string) (*annotations.Article, error) {
	for i := range d.Export.Documents {
		a := d.Export.Documents[i].Article
		if a.Text == text || name != "" && (a.Name == name || a.ID.String() == name || a.URL == name) {
			return a, nil
		}
	}
	return nil, nil
}

// Tell implements [interchange.Library].
func (d *Desk) Tell(key string, about interchange.About) {
	if d.told == nil {
		d.told = map[string]interchange.About{}
	}
	d.told[key] = d.told[key].Or(about)
}

// Make implements [interchange.Library].
func (d *Desk) Make(text string, about interchange.About, file string) (*annotations.Article, error) {
	about = d.told[annotations.ArticleIDOf(annotations.HashOf(text)).String()].Or(about)
	a := &annotations.Article{Body: text, Meta: annotations.Meta{
		Name: fmt.Sprintf("made-%d", len(d.Made)+1), Title: about.Title, Outlet: about.Outlet, Byline: about.Byline, Published: about.Published, URL: about.URL, Language: about.Language, Codebook: codebook.Builtin().Hash,
		Original: annotations.Original{File: file},
	}}
	a.Units = segment.Append(nil, text, segment.Options{Lang: about.Language})
	if err := a.Seal(); err != nil {
		return nil, err
	}
	d.Made = append(d.Made, a)
	return a, nil
}

// Fresh implements [interchange.Library].
func (d *Desk) Fresh(a *annotations.Article) bool {
	return slices.ContainsFunc(d.Made, func(m *annotations.Article) bool { return m.ID == a.ID })
}

// Codebook implements [interchange.Library].
func (d *Desk) Codebook(a *annotations.Article) *annotations.Codebook {
	for i := range d.Export.Documents {
		if doc := &d.Export.Documents[i]; a != nil && doc.Article.ID == a.ID {
			return doc.Codebook
		}
	}
	return codebook.Builtin()
}

// Reviewer implements [interchange.Library].
func (d *Desk) Reviewer() string { return "cleo" }

// SampleDesk makes libraries that know the sample.
func SampleDesk(t rapid.TB) func() interchange.Library {
	t.Helper()
	e := Sample(t)
	return func() interchange.Library { return &Desk{Export: e} }
}

// EmptyDesk is a library that knows no article yet.
func EmptyDesk() interchange.Library { return &Desk{} }
