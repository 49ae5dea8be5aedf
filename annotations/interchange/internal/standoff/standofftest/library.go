// Package standofftest gives the tests of the formats of other programs a store
// to read against, and one small invented article with something of everything.
package standofftest

import (
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/segment"
)

// Library is a store in memory: the articles it is given, and those it makes.
type Library struct {
	Articles []*annotations.Article
	Books    []*annotations.Codebook
	Made     []*annotations.Article
}

// Of is a library that holds what an export holds.
func Of(e interchange.Export) *Library {
	l := &Library{Books: append([]*annotations.Codebook{codebook.Builtin()}, e.Codebooks...)}
	for _, d := range e.Documents {
		l.Articles = append(l.Articles, d.Article)
		l.Books = append(l.Books, d.Codebook)
	}
	return l
}

// Article implements [interchange.Library].
func (l *Library) Article(text annotations.Hash, name string) (*annotations.Article, error) {
	for _, a := range l.Articles {
		if !text.IsZero() && a.Text == text || name != "" && (a.Name == name || a.URL == name || a.ID.String() == name) {
			return a, nil
		}
	}
	return nil, nil
}

// Tell implements [interchange.Library]: no format that is tested with this one says it.
func (*Library) Tell(string, interchange.About) {}

// Make implements [interchange.Library].
func (l *Library) Make(text string, about interchange.About, file string) (*annotations.Article, error) {
	a := &annotations.Article{Body: text, Units: segment.Append(nil, text, segment.Options{Lang: about.Language})}
	a.Title, a.Language, a.Original.File, a.Codebook = about.Title, about.Language, file, codebook.Builtin().Hash
	if err := a.Seal(); err != nil {
		return nil, err
	}
	l.Articles, l.Made = append(l.Articles, a), append(l.Made, a)
	return a, nil
}

// Fresh implements [interchange.Library].
func (l *Library) Fresh(a *annotations.Article) bool {
	return slices.ContainsFunc(l.Made, func(m *annotations.Article) bool { return m.ID == a.ID })
}

// Codebook implements [interchange.Library].
func (l *Library) Codebook(a *annotations.Article) *annotations.Codebook {
	for _, c := range l.Books {
		if a != nil && c.Hash == a.Codebook {
			return c
		}
	}
	return codebook.Builtin()
}

// Reviewer implements [interchange.Library].
func (*Library) Reviewer() string { return "rita" }

// sentences is an invented report with a dateline, an emoji, a line that is
// wrapped, a separator that some readers take for a line end, markup, a formula
// and a sentence that stands twice.
var sentences = []string{ //nolint:gochecknoglobals // a table
	"Ferry fares to rise",
	"PORT ELLERY, 18 November (EP) — Ferry fares will rise by 12% in March, two council aides said.",
	"“Nobody asked us 🚢,” said Dr. M. Okafor,\nwho runs a kiosk\u2028on the quay.",
	"But the harbour board still says that <b>passengers</b> were consulted.",
	"The board did not reply.",
	"=SUM of all fares: “5,40 €” [see](https://fares.example) | _all_ *of* them",
	"The board did not reply.",
}

// Article is the sample's article.
func Article() *annotations.Article {
	a := &annotations.Article{Meta: annotations.Meta{
		Title: "Ferry fares to rise", Outlet: "Ellery Post", Byline: "A. Writer", Published: "2026-11-18", Language: "en",
		URL: "https://news.example/2026/fares?a=1&b=2", Codebook: codebook.Builtin().Hash,
	}}
	for i, s := range sentences {
		switch {
		case i == 0:
		case i < 3:
			a.Body += "\n\n"
		default:
			a.Body += " "
		}
		start := len(a.Body)
		a.Body += s
		a.Units = append(a.Units, annotations.Sentence{
			ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: start, End: len(a.Body)}, Paragraph: uint32(min(i, 2)),
		})
	}
	a.Body += "\n"
	a.Units[0].Kind = annotations.KindHeading
	a.Units[1].Dateline = len("PORT ELLERY, 18 November (EP) — ")
	if err := a.Seal(); err != nil {
		panic("standofftest: " + err.Error())
	}
	return a
}

// Words is the span of a phrase of a's text, which must stand there.
func Words(a *annotations.Article, phrase string) []annotations.Span {
	i := strings.Index(a.Body, phrase)
	if i < 0 {
		panic("standofftest: " + phrase + " does not stand in the sample")
	}
	return []annotations.Span{{Start: i, End: i + len(phrase)}}
}

// Sample is an export of one article by one reviewer, ana.
func Sample() interchange.Export {
	a, book := Article(), codebook.Builtin()
	at := func(minute int) time.Time { return time.Date(2026, 11, 20, 9, minute, 30, 250000, time.UTC) }
	minutes := annotations.Evidence{
		URL: "https://council.example/minutes?a=1&b=2", Locator: "item 6", Quote: "the public was not\nheard", Fetched: "2026-11-19T08:00:00Z",
		Archive: "https://archive.example/minutes", Copy: annotations.HashOf("the minutes"),
	}
	minutes.Identify()
	say := func(minute int, x annotations.Annotation) annotations.Record {
		x.Codebook = book.Hash
		return annotations.Record{Annotation: x, Rev: 1, Time: at(minute)}
	}
	ana := interchange.Reviewer{Name: "ana", Records: map[annotations.SentenceID]annotations.Record{
		2: say(1, annotations.Annotation{Tag: "sourced", Rule: "S-1", Flags: []string{"numbers", "single_source"}, Attributions: []annotations.Attribution{{
			Source: Words(a, "two council aides"), Cue: Words(a, "said."), Content: Words(a, "Ferry fares will rise by 12% in March"),
			Name: "two council aides (unnamed)", Kind: "anonymous_official", Count: 2, Hops: 1, Terms: "background",
		}}}),
		3: say(2, annotations.Annotation{Tag: "sourced", Rule: "S-1", Note: "=ask her <script>alert(1)</script> again [x](y)", Attributions: []annotations.Attribution{{
			Source: Words(a, "Dr. M. Okafor,\nwho runs a kiosk\u2028on the quay"), Cue: Words(a, "said Dr"), Content: Words(a, "“Nobody asked us 🚢,”"),
			Name: "M. Okafor", Kind: "named_other", Count: 1, Hops: 1,
		}}}),
		4: say(3, annotations.Annotation{
			Tag: "contested", Rule: "C-b", Note: "the minutes say otherwise", Evidence: []annotations.Use{{ID: minutes.ID, Stance: annotations.Refutes}},
			Links: []annotations.Link{{Relation: annotations.Disputes, Manner: annotations.Direct, To: annotations.Target{Article: a.ID, Sentence: 3}, Note: "consulted or not"}, {Relation: annotations.Supports, To: annotations.Target{Article: a.ID, Sentence: 5}}},
			Check: annotations.CheckWanted,
		}),
		6: say(4, annotations.Annotation{Tag: "contextual", Rule: "X-2", Flags: []string{"unsourced"}, Unsure: true}),
	}}
	return interchange.Export{
		Generator: "stet", Version: "0.0.0-test", Exported: at(59),
		Documents: []interchange.Document{{Article: a, Codebook: book, Reviewers: []interchange.Reviewer{ana}, Evidence: []annotations.Evidence{minutes}}},
	}
}

// Team is the sample with two more voices: ben, who agrees, differs and is
// unsure, and lea, who rules.
func Team() interchange.Export {
	e := Sample()
	book := codebook.Builtin()
	at := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	say := func(x annotations.Annotation) annotations.Record {
		x.Codebook = book.Hash
		return annotations.Record{Annotation: x, Rev: 1, Time: at}
	}
	d := &e.Documents[0]
	d.Reviewers = append(d.Reviewers, interchange.Reviewer{Name: "ben", Records: map[annotations.SentenceID]annotations.Record{
		2: say(annotations.Annotation{Tag: "sourced"}),
		4: say(annotations.Annotation{Tag: "sourced", Confidential: annotations.Seal([16]byte{1}, "called the clerk")}),
		6: say(annotations.Annotation{Tag: "sourced", Verdict: "false"}),
	}})
	d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{
		4: {Ruling: annotations.Ruling{Verdict: annotations.Amend, Tag: "contested", Rule: "C-c", Codebook: book.Hash, Reason: "see the minutes"}, By: "lea", Rev: 1, Time: at},
	}
	return e
}
