package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/cell"
)

// gathered are the rows about one article, put together: the text that they
// make, and the sentences that they are.
type gathered struct {
	text  string
	units []annotations.Sentence
	ids   []annotations.SentenceID // that the rows give them
	rows  map[string]int           // the sentence of each row, by its name
}

// rowName tells the rows of one sentence from those of others: by id, else by
// order, else each row is a sentence of its own.
func (r *reader) rowName(row line) string {
	return cmp.Or(r.table.cell(row, "id"), r.table.cell(row, "order"), strconv.Itoa(-row.at))
}

// gather puts the sentences of an article together, each once, by their order,
// with a blank line between paragraphs.
func (r *reader) gather(name string) *gathered {
	type piece struct {
		order                 int
		name, paragraph, text string
		kind                  annotations.Kind
	}
	var list []piece
	seen := map[string]bool{}
	for i, row := range r.table.rows {
		text, id := strings.TrimSpace(cell.Printable(r.table.cell(row, "text"))), r.rowName(row)
		if text == "" || seen[id] || r.name(r.table, row) != name {
			continue
		}
		seen[id] = true
		order, err := strconv.Atoi(r.table.cell(row, "order"))
		if err != nil {
			order = i + 1
		}
		kind, err := annotations.ParseKind(r.table.cell(row, "kind"))
		if err != nil {
			kind = annotations.KindSentence
		}
		list = append(list, piece{order, id, r.table.cell(row, "paragraph"), text, kind})
	}
	slices.SortStableFunc(list, func(a, b piece) int { return cmp.Compare(a.order, b.order) })
	out := &gathered{rows: map[string]int{}}
	var b strings.Builder
	paragraph := uint32(0)
	for i, p := range list {
		switch {
		case i == 0:
		case p.paragraph != list[i-1].paragraph:
			b.WriteString("\n\n")
			paragraph++
		default:
			b.WriteString(" ")
		}
		start := b.Len()
		b.WriteString(p.text)
		out.rows[p.name] = i
		id := annotations.SentenceID(i + 1) //nolint:gosec // rows of a file fit
		if n, err := strconv.ParseUint(strings.TrimPrefix(p.name, "s"), 10, 32); err == nil {
			id = annotations.SentenceID(n)
		}
		out.ids = append(out.ids, id)
		out.units = append(out.units, annotations.Sentence{
			ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: start, End: b.Len()}, Kind: p.kind, Paragraph: paragraph, //nolint:gosec // rows of a file fit
		})
	}
	out.text = b.String()
	return out
}

// over gives an article whose text was at hand the rows as its sentences, where
// they are all of it, in their order: whoever made the table had cut it already.
// A table of some of the sentences says nothing of the others: that is nil.
func (g *gathered) over(a *annotations.Article) *annotations.Article {
	spans, ids := make([]annotations.Span, len(g.units)), make([]annotations.SentenceID, len(g.units))
	at := 0
	for i, u := range g.units {
		rest := strings.TrimLeftFunc(a.Body[at:], unicode.IsSpace)
		words := u.Span.In(g.text)
		if !strings.HasPrefix(rest, words) {
			return nil
		}
		start := len(a.Body) - len(rest)
		at = start + len(words)
		spans[i], ids[i] = annotations.Span{Start: start, End: at}, g.ids[i]
	}
	b, err := interchange.CutAt(a, spans, ids)
	if err != nil {
		return nil
	}
	for i := range b.Units {
		b.Units[i].Kind = g.units[i].Kind
	}
	if b.Seal() != nil {
		return nil
	}
	return b
}

// cut gives the article that was made of the text the rows as its sentences:
// whoever made the table had cut it already.
func (g *gathered) cut(a *annotations.Article) (*annotations.Article, error) {
	if a.Body != g.text {
		return a, nil
	}
	b := *a
	b.Units = g.units
	return &b, b.Seal()
}
