package interchangetest

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// revised draws article i as a later text of one before it: the white space at
// its end is other, a sentence is gone, or another came behind.
func (d *drawer) revised(i int) *annotations.Article {
	was := pick(d.T, d.articles, "of which")
	a := &annotations.Article{Body: was.Body, Units: slices.Clone(was.Units)}
	a.Parent, a.Revision = was.ID, was.Revision+1
	last := &a.Units[len(a.Units)-1]
	switch n := rapid.IntRange(0, 2).Draw(d.T, "how"); {
	case n == 0 && strings.HasSuffix(a.Body, "\n"):
		a.Body = strings.TrimSuffix(a.Body, "\n")
	case n == 0:
		a.Body += "\n"
	case n == 1 && len(a.Units) > 1:
		a.Units = a.Units[:len(a.Units)-1]
		a.Body = a.Body[:a.Units[len(a.Units)-1].Span.End]
	default:
		a.Body = a.Body[:last.Span.End] + " Corrected."
		id := annotations.SentenceID(1)
		for _, u := range a.Units {
			id = max(id, u.ID+1)
		}
		a.Units = append(a.Units, annotations.Sentence{
			ID: id, Span: annotations.Span{Start: len(a.Body) - len("Corrected."), End: len(a.Body)}, Paragraph: last.Paragraph,
		})
	}
	for _, b := range d.articles {
		if b.Body == a.Body {
			return d.article(i) // a third that is the first again
		}
	}
	d.describe(a, i)
	if err := a.Seal(); err != nil {
		d.Fatalf("interchangetest: drew a revision that does not seal: %v", err)
	}
	return a
}

// items draws up to three evidence items, of which each says something else.
func (d *drawer) items() []annotations.Evidence {
	noZero := strings.NewReplacer("\x00", "0") // parts the fields in an item's key
	prose := func(n int, label string) string { return noZero.Replace(Prose(d.T, n, label)) }
	var out []annotations.Evidence
	for range rapid.IntRange(0, 3).Draw(d.T, "items") {
		e := annotations.Evidence{
			URL:   rapid.SampledFrom([]string{"", "https://archive.example/0", "https://archive.example/1", "https://archive.example/a, b", "no address"}).Draw(d.T, "address"),
			File:  rapid.SampledFrom([]string{"", "", "minutes.pdf", "a b.pdf", "räumung.docx"}).Draw(d.T, "file"),
			Quote: prose(2, "quote"), Note: prose(1, "item note"),
			Locator: rapid.SampledFrom([]string{"", "p. 4", "p. 4, line 2", "12:30", "x.y"}).Draw(d.T, "locator"),
			Fetched: rapid.SampledFrom([]string{"", "2026-11-19T08:00:00Z"}).Draw(d.T, "fetched"),
		}
		if rapid.Bool().Draw(d.T, "copied") {
			e.Copy, e.Archive = hash(d.T, "copy"), "https://archive.example/old"
		}
		if e.URL == "" && e.File == "" && e.Quote == "" && e.Note == "" {
			e.Note = "seen"
		}
		id := e.Identify()
		if !slices.ContainsFunc(out, func(x annotations.Evidence) bool { return x.ID == id }) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b annotations.Evidence) int { return slices.Compare(a.ID[:], b.ID[:]) })
	return out
}
