package interchangetest

import (
	"strings"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
)

// sentences is an invented report with a dateline, an emoji, a formula
// and a sentence that stands twice.
var sentences = []string{
	"Ferry fares to rise",
	"PORT ELLERY, 18 November (EP) — Ferry fares will rise by 12% in March, two council aides said.",
	"“Nobody asked us 🚢,” said Dr. M. Okafor, who runs a kiosk on the quay.",
	"But the harbour board still says that passengers were consulted.",
	"The board did not reply.",
	"=SUM of all fares: “5,40 €”",
	"The board did not reply.",
}

// Article is the sample's article.
func Article(t rapid.TB) *annotations.Article {
	t.Helper()
	a := &annotations.Article{Meta: annotations.Meta{
		Title: "Ferry fares to rise", Outlet: "Ellery Post", Byline: "A. Writer", Published: "2026-11-18", Language: "en",
		URL:      "https://news.example/2026/fares?a=1&b=2",
		Original: annotations.Original{File: "fares.html", Format: "html", Encoding: "utf-8", Bytes: 2048, SHA256: annotations.HashOf("the page")},
		Codebook: codebook.Builtin().Hash,
	}}
	for i, s := range sentences {
		gap := " "
		if i < 3 {
			gap = "\n\n"
		}
		if i > 0 {
			a.Body += gap
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
		t.Fatal(err)
	}
	return a
}

// words is the span of a phrase of the article, which must stand there once.
func words(t rapid.TB, a *annotations.Article, phrase string) []annotations.Span {
	t.Helper()
	i := strings.Index(a.Body, phrase)
	if i < 0 || strings.LastIndex(a.Body, phrase) != i {
		t.Fatalf("%q does not stand once in the sample", phrase)
	}
	return []annotations.Span{{Start: i, End: i + len(phrase)}}
}

// Sample is an export with something of everything.
func Sample(t rapid.TB) interchange.Export {
	t.Helper()
	a := Article(t)
	book := codebook.Builtin()
	at := func(minute int) time.Time { return time.Date(2026, 11, 20, 9, minute, 30, 250000, time.UTC) }
	minutes := annotations.Evidence{
		URL: "https://council.example/minutes", Locator: "item 6", Quote: "the public was not heard", Fetched: "2026-11-19T08:00:00Z",
		Archive: "https://archive.example/minutes", Copy: annotations.HashOf("the minutes"),
	}
	minutes.Identify()
	here := func(n annotations.SentenceID) annotations.Target {
		return annotations.Target{Article: a.ID, Sentence: n}
	}
	say := func(minute int, x annotations.Annotation) annotations.Record {
		x.Codebook = book.Hash
		return annotations.Record{Annotation: x, Rev: 1, Time: at(minute)}
	}
	ana := interchange.Reviewer{Name: "ana", Records: map[annotations.SentenceID]annotations.Record{
		2: say(1, annotations.Annotation{Tag: "sourced", Rule: "S-1", Flags: []string{"numbers", "single_source"}, Attributions: []annotations.Attribution{{
			Source: words(t, a, "two council aides"), Cue: words(t, a, "aides said"), Content: words(t, a, "Ferry fares will rise by 12% in March"),
			Name: "two council aides (unnamed)", Kind: "anonymous_official", Count: 2, Hops: 1, Terms: "background",
		}}}),
		3: say(2, annotations.Annotation{Tag: "sourced", Rule: "S-1", Note: "=ask her\nagain", Attributions: []annotations.Attribution{{
			Source: words(t, a, "Dr. M. Okafor, who runs a kiosk on the quay"), Cue: words(t, a, "said Dr"), Content: words(t, a, "“Nobody asked us 🚢,”"),
			Name: "M. Okafor", Kind: "named_other", Count: 1, Hops: 1,
		}}}),
		4: say(3, annotations.Annotation{
			Tag: "contested", Rule: "C-b", Note: "the minutes say otherwise", Verdict: "The minutes record no consultation.", Evidence: []annotations.Use{{ID: minutes.ID, Stance: annotations.Refutes}},
			Links: []annotations.Link{
				{Relation: annotations.Disputes, Manner: annotations.Direct, To: here(3), Note: "consulted or not"},
				{Relation: annotations.Repeats, To: annotations.Target{Article: annotations.ArticleID{0xab}, Sentence: 12}},
			},
			Confidential: annotations.Seal([16]byte{1, 2, 3}, "called the clerk"), Check: annotations.CheckWanted,
		}),
		6: say(4, annotations.Annotation{Tag: "contextual", Rule: "X-2", Flags: []string{"unsourced"}}),
	}}
	ben := interchange.Reviewer{Name: "ben", Records: map[annotations.SentenceID]annotations.Record{
		2: say(6, annotations.Annotation{Tag: "sourced", Rule: "S-1"}),
		4: say(7, annotations.Annotation{Tag: "sourced", Rule: "S-1", Unsure: true}),
		6: say(8, annotations.Annotation{Tag: "sourced"}),
	}}
	return interchange.Export{
		Generator: "stet", Version: "0.0.0-test", Exported: at(59),
		Documents: []interchange.Document{{
			Article: a, Codebook: book, Reviewers: []interchange.Reviewer{ana, ben}, Evidence: []annotations.Evidence{minutes},
			Rulings: map[annotations.SentenceID]annotations.RulingRecord{
				4: {Ruling: annotations.Ruling{Verdict: annotations.Amend, Tag: "contested", Rule: "C-c", Codebook: book.Hash, Reason: "see the minutes", Words: annotations.HashOf("But the harbour board still says that passengers were consulted.").Start()}, By: "lea", Rev: 1, Time: at(30)},
			},
		}},
	}
}
