package interchangetest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
)

// secondBook is another scheme, so that tags and rules of two are in play.
const secondBook = `name = "desk"
version = "7"
language = "en-GB"
[[tags]]
id = "holds"
key = "h"
letter = "H"
definition = "It holds."
needs = ["rule"]
[[tags]]
id = "falls"
key = "0"
letter = "F"
definition = "It falls."
[[rules]]
id = "H-1"
tag = "holds"
name = "plain"
words = "Anyone can see it."
[[flags]]
id = "odd"
words = "Looks odd."
[[source_kinds]]
id = "witness"
short = "witn"
words = "Somebody who was there."
`

// SecondCodebook is a small scheme beside the built-in one.
func SecondCodebook() *annotations.Codebook {
	c, err := codebook.Parse("second.toml", []byte(secondBook))
	if err != nil {
		panic("interchangetest: " + err.Error())
	}
	return c
}

// pick draws an index rather than a value, which keeps a failing case short.
func pick[T any](t *rapid.T, list []T, label string) T {
	return list[rapid.IntRange(0, len(list)-1).Draw(t, label)]
}

// sometimes draws true about once in n.
func sometimes(t *rapid.T, n int, label string) bool {
	return rapid.IntRange(1, n).Draw(t, label) == n
}

func instant(t *rapid.T, label string) time.Time {
	if sometimes(t, 6, label+" none") {
		return time.Time{}
	}
	const day = int64(24 * time.Hour / time.Microsecond)
	return time.UnixMicro(1_700_000_000_000_000 + rapid.Int64Range(0, 900*day).Draw(t, label)).UTC()
}

func hash(t *rapid.T, label string) annotations.Hash {
	return annotations.HashOf(rapid.StringN(1, 4, 8).Draw(t, label))
}

// drawer holds what has been drawn so far of one export.
type drawer struct {
	*rapid.T
	books    []*annotations.Codebook
	articles []*annotations.Article
	names    []string // of the articles, each once
	people   []string // who may review and rule, sorted
}

// Draw draws an export of one to three articles.
func Draw(t *rapid.T) interchange.Export {
	d := &drawer{T: t, books: []*annotations.Codebook{codebook.Builtin(), SecondCodebook()}}
	d.people = people(t)
	d.names = articleNames(t)
	for i := range rapid.IntRange(1, 3).Draw(t, "articles") {
		if i > 0 && sometimes(t, 4, "revised") {
			d.articles = append(d.articles, d.revised(i))
			continue
		}
		d.articles = append(d.articles, d.article(i))
	}
	e := interchange.Export{
		Generator: "stet", Version: "1.2.3-" + rapid.StringMatching(`[a-z0-9]{1,4}`).Draw(t, "version"),
		Exported: time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC),
	}
	inForce := map[annotations.Hash]bool{}
	for _, a := range d.articles {
		e.Documents = append(e.Documents, d.document(a))
		inForce[a.Codebook] = true
	}
	slices.SortFunc(e.Documents, func(a, b interchange.Document) int { return cmp.Compare(a.Article.Name, b.Article.Name) })
	e.Afar = d.afar(e.Documents)
	slices.SortFunc(d.books, func(a, b *annotations.Codebook) int { return cmp.Compare(a.Name, b.Name) })
	for _, c := range d.books {
		if !inForce[c.Hash] {
			e.Codebooks = append(e.Codebooks, c)
		}
	}
	return e
}

// article draws article i; its first sentence makes its text unlike the others.
func (d *drawer) article(i int) *annotations.Article {
	a := &annotations.Article{}
	var body strings.Builder
	body.WriteString(rapid.SampledFrom([]string{"", " ", "\n\n"}).Draw(d.T, "before"))
	ids := rapid.Permutation([]uint32{1, 2, 3, 4, 5, 6, 7, 1200}).Draw(d.T, "ids")
	if !sometimes(d.T, 3, "split before") {
		slices.Sort(ids)
	}
	paragraph := uint32(0)
	for k := range rapid.IntRange(1, 6).Draw(d.T, "sentences") {
		if k > 0 {
			gap := rapid.SampledFrom([]string{" ", "\n", "\n\n", "\u2029", "  "}).Draw(d.T, "gap")
			if strings.Contains(gap, "\n\n") {
				paragraph++
			}
			body.WriteString(gap)
		}
		words := strings.TrimSpace(Text(d.T, 6, "sentence"))
		if k > 1 && sometimes(d.T, 6, "said again") {
			words = pick(d.T, a.Units, "which").Span.In(body.String())
		}
		if k == 0 {
			words = fmt.Sprintf("Article %d. %s", i, words)
		}
		words = strings.TrimSpace(words)
		if words == "" {
			words = "Okay?"
		}
		start := body.Len()
		body.WriteString(words)
		u := annotations.Sentence{
			ID: annotations.SentenceID(ids[k]), Span: annotations.Span{Start: start, End: body.Len()},
			Kind: annotations.Kind(rapid.IntRange(0, int(annotations.KindSpeaker)).Draw(d.T, "kind")), Paragraph: paragraph,
		}
		if k == 0 && rapid.Bool().Draw(d.T, "dateline") {
			u.Dateline = len("Article")
		}
		a.Units = append(a.Units, u)
	}
	body.WriteString(rapid.SampledFrom([]string{"", "\n", " \n "}).Draw(d.T, "after"))
	a.Body = body.String()
	d.describe(a, i)
	if err := a.Seal(); err != nil {
		d.Fatalf("interchangetest: drew an article that does not seal: %v", err)
	}
	return a
}

func (d *drawer) describe(a *annotations.Article, i int) {
	a.Name = d.names[i]
	a.Title, a.Outlet = Prose(d.T, 3, "title"), Prose(d.T, 2, "outlet")
	a.Byline, a.Published = Prose(d.T, 1, "byline"), rapid.SampledFrom([]string{"", "2026-11-18", "yesterday"}).Draw(d.T, "published")
	a.URL = rapid.SampledFrom([]string{"", "https://news.example/a?b=c&d=<e>", "https://news.example/" + a.Name, "news example\n(printed)"}).Draw(d.T, "url")
	a.Language = rapid.SampledFrom([]string{"", "en", "ar"}).Draw(d.T, "language")
	if a.Revision == 0 {
		a.Revision = rapid.IntRange(1, 4).Draw(d.T, "revision")
		if a.Revision > 1 {
			a.Parent = annotations.ArticleIDOf(hash(d.T, "parent"))
		}
	}
	if rapid.Bool().Draw(d.T, "from a file") {
		file := rapid.SampledFrom([]string{"a b.html", "-", "räumung\u202e.txt", `..\x.docx`}).Draw(d.T, "original")
		a.Original = annotations.Original{File: file, Format: "html", Encoding: "windows-1252", Bytes: 4711, SHA256: hash(d.T, "file")}
	}
	a.Codebook = pick(d.T, d.books, "codebook").Hash
	if sometimes(d.T, 4, "dealt out") {
		a.Assigned = d.someOf(d.people, "assigned")
	}
}

func (d *drawer) book(h annotations.Hash) *annotations.Codebook {
	return d.books[slices.IndexFunc(d.books, func(c *annotations.Codebook) bool { return c.Hash == h })]
}

func (d *drawer) document(a *annotations.Article) interchange.Document {
	doc := interchange.Document{Article: a, Codebook: d.book(a.Codebook), Evidence: d.items()}
	tell := sometimes(d.T, 3, "with secrets")
	for _, name := range d.someOf(d.people, "reviewers") {
		r := interchange.Reviewer{Name: name, Records: map[annotations.SentenceID]annotations.Record{}}
		for _, u := range a.Units {
			if rapid.Bool().Draw(d.T, "silent") {
				continue
			}
			rec := annotations.Record{Annotation: d.annotation(a, u.ID, doc.Evidence), Rev: rapid.Uint64Range(1, 9).Draw(d.T, "rev"), Time: instant(d.T, "when"), Words: annotations.HashOf(u.Span.In(a.Body)).Start()}
			if sometimes(d.T, 8, "cut since") {
				rec.Words = 0xabc
			}
			if rec.IsZero() {
				continue
			}
			if tell && rec.Confidential != nil {
				words := Prose(d.T, 3, "secret")
				rec.Confidential = annotations.Seal([16]byte{7, byte(u.ID)}, words)
				if doc.Secrets == nil {
					doc.Secrets = map[annotations.ReviewerKey]string{}
				}
				doc.Secrets[annotations.ReviewerKey{Sentence: u.ID, Reviewer: name}] = words
			}
			r.Records[u.ID] = rec
		}
		doc.Reviewers = append(doc.Reviewers, r)
	}
	for _, u := range a.Units {
		if sometimes(d.T, 4, "ruled") {
			if doc.Rulings == nil {
				doc.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
			}
			r := d.ruling(a)
			if r.Words = annotations.HashOf(u.Span.In(a.Body)).Start(); sometimes(d.T, 4, "ruled on, then cut") {
				r.Words = 0xabc
			}
			doc.Rulings[u.ID] = annotations.RulingRecord{Ruling: r, By: pick(d.T, d.people, "lead"), Rev: rapid.Uint64Range(1, 3).Draw(d.T, "ruling rev"), Time: instant(d.T, "ruled at")}
		}
	}
	if sometimes(d.T, 3, "with history") {
		doc.Events = d.events(a, doc.Evidence)
	}
	return doc
}

// afar draws where the sentences stand that links to articles outside the export
// lead to; nobody knows it of some.
func (d *drawer) afar(docs []interchange.Document) map[annotations.Target]interchange.Whereabouts {
	var out map[annotations.Target]interchange.Whereabouts
	here := map[annotations.ArticleID]bool{}
	for _, a := range d.articles {
		here[a.ID] = true
	}
	for i := range docs {
		for _, r := range docs[i].Reviewers {
			for _, id := range slices.Sorted(maps.Keys(r.Records)) {
				for _, l := range r.Records[id].Links {
					if _, known := out[l.To]; known || here[l.To.Article] || rapid.Bool().Draw(d.T, "lost") {
						continue
					}
					start := rapid.IntRange(0, 1<<20).Draw(d.T, "far start")
					if out == nil {
						out = map[annotations.Target]interchange.Whereabouts{}
					}
					out[l.To] = interchange.Whereabouts{
						Article: "elsewhere", Span: annotations.Span{Start: start, End: start + rapid.IntRange(1, 400).Draw(d.T, "far length")}, Words: hash(d.T, "far words").Start(),
					}
				}
			}
		}
	}
	return out
}
