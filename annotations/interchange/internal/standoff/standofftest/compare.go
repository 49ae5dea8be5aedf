package standofftest

import (
	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// Said finds what a reviewer says of a sentence in an export, or nil.
func Said(e *interchange.Export, article annotations.ArticleID, by string, id annotations.SentenceID) *annotations.Record {
	for _, d := range e.Documents {
		if d.Article.ID != article {
			continue
		}
		for _, r := range d.Reviewers {
			if rec, ok := r.Records[id]; ok && r.Name == by {
				return &rec
			}
		}
	}
	return nil
}

// Count is how many annotations an export holds.
func Count(e *interchange.Export) int {
	n := 0
	for _, d := range e.Documents {
		for _, r := range d.Reviewers {
			n += len(r.Records)
		}
	}
	return n
}

// Single makes an export of one that has a single reviewer a document, no
// rulings, and the article's codebook throughout: what formats with one answer a
// sentence can hold.
func Single(t rapid.TB, e interchange.Export) interchange.Export {
	t.Helper()
	for i := range e.Documents {
		d := &e.Documents[i]
		d.Rulings, d.Events, d.Secrets = nil, nil, nil
		if len(d.Reviewers) > 1 {
			d.Reviewers = d.Reviewers[:1]
		}
		for _, r := range d.Reviewers {
			for id, rec := range r.Records {
				if rec.Codebook != d.Article.Codebook {
					delete(r.Records, id)
				}
			}
		}
	}
	return e
}
