package sheet

import (
	"bytes"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/cell"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

type dialect struct{}

// New gives the sentence table. It is safe for concurrent use.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return interchange.CSV }

// Write implements [interchange.Dialect]: the table of [interchange.WriteCSV],
// with all articles in one file. Positions are not written; Ranges counts the
// sentences whose words were compared.
func (dialect) Write(e interchange.Export, _ interchange.Options) (interchange.Written, error) {
	pages, err := standoff.Pages(e)
	if err != nil {
		return interchange.Written{}, err
	}
	var b bytes.Buffer
	if err := interchange.WriteCSV(&b, e); err != nil {
		return interchange.Written{}, err
	}
	if err := interchange.Verify(interchange.CSV, b.Bytes(), e); err != nil {
		return interchange.Written{}, err
	}
	name := "stet"
	if len(pages) == 1 {
		name = pages[0].Base
	}
	out := interchange.Written{Files: []interchange.File{{Name: name + ".sentences.csv", Data: b.Bytes()}}, Unit: annotations.Bytes}
	for _, p := range pages {
		out.Ranges += len(p.Article.Units)
	}
	out.Losses = Losses(&e)
	return out, nil
}

// Losses counts what of an export its table does not hold, whichever program writes it.
func Losses(e *interchange.Export) []interchange.Loss {
	var losses standoff.Ledger
	for i := range e.Documents {
		count(&losses, &e.Documents[i])
	}
	return losses.Losses()
}

func count(l *standoff.Ledger, p *interchange.Document) {
	l.Details(p.Article)
	pictured := func(list ...string) {
		for _, s := range list {
			if cell.Printable(s) != s {
				l.Add(1, "texts with control characters", "a table has pictures of them, and line feeds for carriage returns")
			}
		}
	}
	for _, u := range p.Article.Units {
		words, ruled := u.Span.In(p.Article.Body), p.Rulings[u.ID]
		if pictured(words); !l.RuledSince(&ruled.Ruling, words) {
			pictured(ruled.Reason)
		}
		for _, r := range p.Reviewers {
			v, ok := r.Records[u.ID]
			if !ok {
				continue
			}
			pictured(v.Note, v.Verdict)
			for _, at := range v.Attributions {
				pictured(at.Name)
				if len(at.Source)+len(at.Cue)+len(at.Content) > 0 {
					l.Add(1, "marked words of attributions", "a table names sources and marks no words")
				}
				if at.Hops > 0 || at.Terms != "" {
					l.Add(1, "hops and terms of sources", "a table has no column for them")
				}
			}
			l.Record(v.Confidential != nil, false)
			l.Cut(&v, u.Span.In(p.Article.Body))
			if v.Codebook != p.Article.Codebook {
				l.Add(1, "annotations by another codebook", "a table does not name codebooks")
			}
		}
	}
	for _, e := range p.Evidence {
		pictured(e.File, e.Locator, e.Quote, e.Note)
		if e.Fetched != "" || e.Archive != "" || !e.Copy.IsZero() {
			l.Add(1, "dates, copies and archives of evidence", "a table has no column for them")
		}
	}
	l.Add(len(p.Events), "events of the history", "only what holds now is written")
}
